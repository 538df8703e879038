"""Chinese–English term base: look-up, annotation, segmentation, pinyin.

The names below are loaded when they are first used: the whole `glossary lookup` takes less time than importing
the records of `glossary.model` would.
"""

from importlib import import_module

__all__ = [
    "Annotation",
    "Check",
    "CheckedLine",
    "Concept",
    "EnTerm",
    "Finding",
    "Glossary",
    "GlossaryError",
    "Hit",
    "InputError",
    "Line",
    "Match",
    "MissingPart",
    "Page",
    "Query",
    "Reference",
    "Relation",
    "Report",
    "Results",
    "ServiceError",
    "Source",
    "TermBaseError",
    "TermFileError",
    "UnknownConcept",
    "Word",
    "ZhTerm",
]
__version__ = "0.1.0"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glossary.check.finding import Check, CheckedLine, Finding
    from glossary.desk import Glossary
    from glossary.errors import (
        GlossaryError,
        InputError,
        MissingPart,
        ServiceError,
        TermBaseError,
        TermFileError,
        UnknownConcept,
    )
    from glossary.exchange.report import Report
    from glossary.match.annotation import Annotation, Match, Word
    from glossary.model import Concept, EnTerm, Reference, Relation, Source, ZhTerm
    from glossary.queries.query import Query
    from glossary.search.hit import Hit, Results
    from glossary.termbase.browse import Line, Page

_HOMES = {
    "glossary.check.finding": ("Check", "CheckedLine", "Finding"),
    "glossary.desk": ("Glossary",),
    "glossary.errors": (
        "GlossaryError",
        "InputError",
        "MissingPart",
        "ServiceError",
        "TermBaseError",
        "TermFileError",
        "UnknownConcept",
    ),
    "glossary.exchange.report": ("Report",),
    "glossary.match.annotation": ("Annotation", "Match", "Word"),
    "glossary.model": ("Concept", "EnTerm", "Reference", "Relation", "Source", "ZhTerm"),
    "glossary.queries.query": ("Query",),
    "glossary.search.hit": ("Hit", "Results"),
    "glossary.termbase.browse": ("Line", "Page"),
}


def __getattr__(name: str) -> object:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module 'glossary' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
