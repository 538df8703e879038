"""User dictionaries for jieba: a form, its frequency and its part of speech a line, separated by blanks.

The frequency is the lowest at which jieba keeps the form whole, by its own estimate against its own dictionary.
Larger ones keep a few more whole in running text, but tear other words apart: of 9,265 terms in the base's own
definitions and notes jieba alone keeps 80.1 % whole, with these frequencies 93.7 %, with 100,000 for each 95.4 %, while
the terms that it finds across the border of two words rise from 8 to 28 and to 63 (`make bench`).

jieba cuts at everything but Han characters, Latin letters, digits and +#&._%- whatever its dictionary says, so forms
with other characters are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from glossary.exchange.facts import forms, leave_out, one_line, only, script_of
from glossary.text.segment import JIEBA_CUTS_AT, kept_whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary.exchange.registry import Options
    from glossary.exchange.report import Report
    from glossary.model import Concept

# jieba's tags (those of ICTCLAS): other proper noun, person, place, organisation, set phrase
_TAGS = {
    "person": "nr",
    "place": "ns",
    **dict.fromkeys(("institution", "company", "outlet"), "nt"),
    **dict.fromkeys(("programme", "document", "law", "treaty", "standard", "product", "journal", "event"), "nz"),
    "slogan": "l",
}
_CARRIED = frozenset({"kind"})


def write(concepts: Iterable[Concept], file: BinaryIO, report: Report, options: Options) -> None:
    """Write the dictionary, the shorter forms first. Raises InputError for an unknown option."""
    only(options)
    script = script_of(options)
    tags: dict[str, str] = {}
    for concept in concepts:
        before = len(tags)
        for form in dict.fromkeys(one_line(f) for term in concept.zh for f in forms(term, script)):
            if not form or JIEBA_CUTS_AT.search(form):
                report.note("dropped", "forms with a character at which jieba always cuts", form or concept.id)
                continue
            tag = _TAGS.get(concept.kind, "n")
            if tags.setdefault(form, tag) != tag:
                report.note("chosen", "one part of speech for a form of several concepts", form)
        if len(tags) > before:
            report.concepts += 1
            leave_out(concept, report, _CARRIED, script)
            report.note("dropped", "en.text", concept.id, len(concept.en))
    words = sorted(tags, key=lambda w: (len(w), w))
    lines = (f"{word} {frequency} {tags[word]}\n" for word, frequency in zip(words, kept_whole(words), strict=True))
    file.write("".join(lines).encode())
