"""The same for programs: `/api/v1`, JSON with the keys of the command line.

`operation.py` says how an operation is declared; each module of routes declares some; `openapi.py` describes them all.
"""

from glossary_web.api import entries, exports, lists, lookups, openapi, searches, texts
from glossary_web.api.operation import OPERATIONS, blueprint

__all__ = ["OPERATIONS", "blueprint", "entries", "exports", "lists", "lookups", "openapi", "searches", "texts"]
