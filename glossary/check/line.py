"""What goes through a check: a sentence pair, and a finding with what the later comparison needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary.check.english import Text

if TYPE_CHECKING:
    from glossary.check.expected import Expected, Hit, Rendering
    from glossary.check.finding import Finding
    from glossary.match.annotation import Match


@dataclass(slots=True)
class Line:
    """One sentence pair with the terms that were found in its source; `note` says what is wrong with it."""

    id: str | int
    zh: str
    en: str
    matches: list[Match]
    note: str = ""
    exact: dict[tuple[str, ...], list[Hit]] | None = None  # filled by the checker
    _text: Text | None = None

    def forget(self) -> None:
        """Drop what was worked out: a document may have hundreds of thousands of lines."""
        self._text = self.exact = None

    @property
    def text(self) -> Text:
        """The tokens of the translation."""
        if self._text is None:
            self._text = Text(self.en)
        return self._text


@dataclass(slots=True)
class Made:
    """A finding with what the comparison over the whole document needs."""

    finding: Finding
    pinyin: str  # of the form in the source, the same in both scripts
    expected: Expected
    rendering: Rendering | None = None
    how: str = ""
    beside: Rendering | None = None  # a second accepted rendering in brackets beside the first
    free: bool = False
