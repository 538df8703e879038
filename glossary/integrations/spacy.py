"""A spaCy component: `nlp.add_pipe("glossary")` marks the terms of a document.

Spans stand in `doc.spans["glossary"]`, labelled by kind, with the concept's id as `id_`. Matching is done on the
text, so it works over any tokenisation; a term that does not fall on token borders is widened to the tokens that
hold it, and `span._.glossary_match` keeps the exact offsets.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from glossary.desk import Glossary

if TYPE_CHECKING:
    from glossary.match.annotation import Match


class GlossaryComponent:
    """Marks terms in Chinese and in English documents.

    `bases` are paths of term bases (none: the bundled one), `spans_key` says where the spans go; with `entities` they
    are entities too, where no other component has found one.
    """

    def __init__(self, bases: list[str], spans_key: str, entities: bool = False) -> None:
        self.bases, self.spans_key, self.entities = list(bases), spans_key, entities
        self._glossary: Glossary | None = None
        if not Span.has_extension("glossary_match"):
            Span.set_extension("glossary_match", default=None)
        if not Doc.has_extension("glossary_matches"):
            Doc.set_extension("glossary_matches", default=None)

    @property
    def glossary(self) -> Glossary:
        """The glossary, opened when it is first needed."""
        if self._glossary is None:
            self._glossary = Glossary.open(*self.bases)
        return self._glossary

    def __call__(self, doc: Doc) -> Doc:
        """Mark one document."""
        matches = self.glossary.annotate(doc.text).matches
        kinds: dict[str, str] = {}
        spans = [s for m in matches if (s := self._span(doc, m, kinds)) is not None]
        doc.spans[self.spans_key] = spans
        doc._.glossary_matches = matches
        if self.entities:
            doc.ents = filter_spans([*doc.ents, *(s for s in spans if not any(_overlap(s, e) for e in doc.ents))])
        return doc

    def _span(self, doc: Doc, match: Match, kinds: dict[str, str]) -> Span | None:
        kind = kinds.setdefault(match.id, self.glossary[match.id].kind)
        span = doc.char_span(match.start, match.end, label=kind.upper(), span_id=match.id, alignment_mode="expand")
        if span is not None:
            span._.glossary_match = match.to_dict()
        return span

    # spaCy's serialisation: the settings only; the base is found again by its path

    def to_bytes(self, **_: Any) -> bytes:
        """The settings as bytes."""
        return json.dumps({"bases": self.bases, "spans_key": self.spans_key, "entities": self.entities}).encode()

    def from_bytes(self, data: bytes, **_: Any) -> GlossaryComponent:
        """Take the settings up again."""
        settings = json.loads(data)
        self.bases, self.spans_key, self._glossary = settings["bases"], settings["spans_key"], None
        self.entities = settings.get("entities", False)
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write the settings."""
        Path(path).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, **_: Any) -> GlossaryComponent:
        """Read the settings."""
        return self.from_bytes(Path(path).read_bytes())


@Language.factory("glossary", default_config={"bases": [], "spans_key": "glossary", "entities": False})
def make_component(nlp: Language, name: str, bases: list[str], spans_key: str, entities: bool) -> GlossaryComponent:
    """What `nlp.add_pipe("glossary")` calls."""
    return GlossaryComponent(bases, spans_key, entities)


def _overlap(one: Span, other: Span) -> bool:
    return bool(one.start < other.end and other.start < one.end)
