"""Words of running text, with offsets. jieba's dictionary and algorithm, in Rust where it is installed.

Nothing process-wide is touched: no user words are ever added; terms are kept whole by cutting only the gaps
between them (`glossary.match` does that).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any
