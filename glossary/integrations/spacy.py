"""The glossary in spaCy: a component that marks terms, and a tokenizer that keeps them whole.

`nlp.add_pipe("glossary")` puts spans in `doc.spans["glossary"]`, labelled by kind, with the concept's id as `id_`.
Matching is done on the text, so it works over any tokenisation; a term that does not fall on token borders is widened
to the tokens that hold it, and `span._.glossary_match` keeps the exact offsets.

The tokenizer is registered as `glossary.Tokenizer.v1`; `token._.glossary_pinyin` is the reading of a word.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans, get_words_and_spaces, registry

from glossary import Match
from glossary.desk import Glossary

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.vocab import Vocab

KEPT = "glossary_matches"  # where a document keeps what was found, as plain data, which spaCy can write


class _Settings:
    """What both parts share: the bases, opened when they are first needed, and spaCy's way of saving settings.

    Only the settings are saved; a base is found again by its path.
    """

    bases: list[str]
    saved: tuple[str, ...] = ("bases",)  # names of the settings

    def __init__(self) -> None:
        self._glossary: Glossary | None = None

    @property
    def glossary(self) -> Glossary:
        """The glossary, opened when it is first needed."""
        if self._glossary is None:
            self._glossary = Glossary.open(*self.bases)
        return self._glossary

    def to_bytes(self, **_: Any) -> bytes:
        """The settings as bytes."""
        return json.dumps({name: getattr(self, name) for name in self.saved}).encode()

    def from_bytes(self, data: bytes, **_: Any) -> _Settings:
        """Take the settings up again."""
        for name, value in json.loads(data).items():
            if name in self.saved:
                setattr(self, name, value)
        self._glossary = None
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write the settings."""
        Path(path).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, **_: Any) -> _Settings:
        """Read the settings."""
        return self.from_bytes(Path(path).read_bytes())


class GlossaryTokenizer(_Settings):
    """Cuts texts into words, terms whole. `bases` are paths of term bases (none: the bundled one)."""

    def __init__(self, vocab: Vocab, bases: list[str]) -> None:
        super().__init__()
        self.vocab, self.bases = vocab, list(bases)

    def __call__(self, text: str) -> Doc:
        """The words of a text."""
        found = self.glossary.segment(text)
        doc = Doc(self.vocab, *get_words_and_spaces([word.text for word in found], text))
        readings = {word.start: word.pinyin for word in found if word.pinyin}
        for token in doc:
            if token.idx in readings:
                token._.glossary_pinyin = readings[token.idx]
        return doc


class GlossaryComponent(_Settings):
    """Marks terms in Chinese and in English documents.

    `bases` are paths of term bases (none: the bundled one), `spans_key` says where the spans go; with `entities` they
    are entities too, where no other component has found one.
    """

    saved = ("bases", "spans_key", "entities")

    def __init__(self, bases: list[str], spans_key: str, entities: bool = False) -> None:
        super().__init__()
        self.bases, self.spans_key, self.entities = list(bases), spans_key, entities

    def __call__(self, doc: Doc) -> Doc:
        """Mark one document."""
        matches = self.glossary.annotate(doc.text).matches
        kinds: dict[str, str] = {}
        spans = [s for m in matches if (s := self._span(doc, m, kinds)) is not None]
        doc.spans[self.spans_key] = spans
        doc.user_data[KEPT] = [m.to_dict() for m in matches]
        if self.entities:
            doc.ents = filter_spans([*doc.ents, *(s for s in spans if not any(_overlap(s, e) for e in doc.ents))])
        return doc

    def _span(self, doc: Doc, match: Match, kinds: dict[str, str]) -> Span | None:
        kind = kinds.setdefault(match.id, self.glossary[match.id].kind)
        span = doc.char_span(match.start, match.end, label=kind.upper(), span_id=match.id, alignment_mode="expand")
        if span is not None:
            span._.glossary_match = match.to_dict()
        return span


@Language.factory("glossary", default_config={"bases": [], "spans_key": "glossary", "entities": False})
def make_component(nlp: Language, name: str, bases: list[str], spans_key: str, entities: bool) -> GlossaryComponent:
    """What `nlp.add_pipe("glossary")` calls."""
    return GlossaryComponent(bases, spans_key, entities)


def _overlap(one: Span, other: Span) -> bool:
    return bool(one.start < other.end and other.start < one.end)


@registry.tokenizers("glossary.Tokenizer.v1")  # type: ignore[untyped-decorator]
def make_tokenizer(bases: list[str] | None = None) -> Callable[[Language], GlossaryTokenizer]:
    """What `[nlp.tokenizer] @tokenizers = "glossary.Tokenizer.v1"` in a configuration calls."""
    return lambda nlp: GlossaryTokenizer(nlp.vocab, bases or [])


def _matches(doc: Doc) -> list[Match]:
    """The matches of a document as the library has them; a document that was sent or saved has them too."""
    return [Match.from_dict(data) for data in doc.user_data.get(KEPT, [])]


Span.set_extension("glossary_match", default=None, force=True)
Doc.set_extension("glossary_matches", getter=_matches, force=True)
Token.set_extension("glossary_pinyin", default="", force=True)
