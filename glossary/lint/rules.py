"""The registry of rules. A rule is one function; its docstring is the message a reader sees.

E1xx and W1xx look at one concept, E2xx and W2xx at the whole folder; E fails a check, W only warns. E100 to E103,
E106, E113, E118, E119, E201 and E208 are faults of shape, found while a file is read (`termfiles.shape`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glossary.model import Concept
    from glossary.termfiles.folder import TermFolder

Finding = tuple[str, str]  # field, detail
FolderFinding = tuple[str, str, str]  # id or cite key, field, detail
ConceptRule = Callable[["Concept", "TermFolder"], Iterator[Finding]]
FolderRule = Callable[["TermFolder"], Iterator[FolderFinding]]

CONCEPT_RULES: dict[str, ConceptRule] = {}
FOLDER_RULES: dict[str, FolderRule] = {}
SHAPE_RULES = {
    "E100": "a file cannot be read: it must be UTF-8 and TOML",
    "E101": "a field is missing, unknown, or of the wrong type",
    "E102": "an id or cite key has the wrong form",
    "E103": "text is empty, padded with blanks, or holds a control character",
    "E106": "a code is not in vocabulary.toml",
    "E113": "a reference lacks a locator, or its page has the wrong form",
    "E118": "a date is not a date",
    "E119": "a text is too long",
    "E201": "an id stands in two files",
    "E208": "a cite key stands in two files",
}


def concept_rule(code: str) -> Callable[[ConceptRule], ConceptRule]:
    """Register a rule over one concept."""

    def register(function: ConceptRule) -> ConceptRule:
        CONCEPT_RULES[code] = function
        return function

    return register


def folder_rule(code: str) -> Callable[[FolderRule], FolderRule]:
    """Register a rule over the whole folder."""

    def register(function: FolderRule) -> FolderRule:
        FOLDER_RULES[code] = function
        return function

    return register
