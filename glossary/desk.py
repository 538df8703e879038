"""The one object that a caller holds: a glossary over one or more term bases."""

from __future__ import annotations

import os

from glossary.errors import InputError, UnknownConcept

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any, BinaryIO

    from glossary.check.checker import Checker
    from glossary.check.finding import Check, CheckedLine
    from glossary.exchange.registry import Format
    from glossary.exchange.report import Report
    from glossary.match.annotation import Annotation, Match, Word
    from glossary.match.bulk import Columns, Document, Lists
    from glossary.match.matcher import Matcher
    from glossary.model import Concept, Source
    from glossary.queries.engine import Engine
    from glossary.queries.query import Query
    from glossary.search.hit import Results
    from glossary.termbase.browse import Page
    from glossary.termbase.diff import Change
    from glossary.termbase.store import Store


class Glossary:
    """Look-up, annotation, segmentation and pinyin over term bases, the first of which has precedence.

    Safe to read from several threads; picklable by the paths of its bases. Make it with `Glossary.open`.
    """

    def __init__(self, stores: list[Store], dictionary: Store | None = None) -> None:
        self._stores = stores
        self._made: list[Matcher] = []
        self._dictionary = dictionary
        self._checker: Checker | None = None

    @classmethod
    def open(cls, *paths: str | os.PathLike[str]) -> Glossary:
        """Open the bundled base, or the given ones: compiled files or folders of term files.

        Raises TermBaseError where a file is no base, TermFileError where term files are faulty.
        """
        from glossary.termbase.bundled import open_bundled
        from glossary.termbase.store import Store

        if not paths:
            return cls([open_bundled()])
        names = [os.fspath(p) for p in paths]
        return cls([open_bundled(name) if os.path.isdir(name) else Store(name) for name in names])

    def __reduce__(self) -> tuple[Any, ...]:
        return Glossary, (self._stores, self._dictionary)

    # concepts

    def __len__(self) -> int:
        return sum(store.count for store in self._stores)

    def __iter__(self) -> Iterator[Concept]:
        """Every concept, in pinyin order within each base."""
        for store in self._stores:
            numbers = list(store.numbers())
            for start in range(0, len(numbers), 500):
                found = store.data(numbers[start : start + 500])
                yield from (_concept(found[n][0], found[n][2]) for n in numbers[start : start + 500])

    def __contains__(self, id: object) -> bool:
        return any(store.number(str(id)) is not None for store in self._stores)

    def __getitem__(self, id: str) -> Concept:
        """The concept with this id; a retired id leads to what replaced it. Raises UnknownConcept."""
        for store in self._stores:
            n = store.number(id)
            if n is not None:
                return _concept(*store.entry(n))
            for target in store.retired(id) or ():
                return self[target]
        raise UnknownConcept(f"there is no concept {id!r}")

    def related(self, id: str) -> list[tuple[str, bool, Concept, str]]:
        """(type, whether it is the derived other side, concept, note) of every relation of a concept."""
        for store in self._stores:
            n = store.number(id)
            if n is not None:
                return [(kind, inverse, self[target], note) for kind, inverse, target, note in store.relations(n)]
        raise UnknownConcept(f"there is no concept {id!r}")

    # finding

    def lookup(self, query: str, limit: int = 20, *, facets: bool = False) -> Results:
        """Find concepts by characters, pinyin, initials, zhuyin or English; the best reason first.

        Each hit says why it matched; `search.syntax` says which operators a query may hold, `facets` asks for counts
        of all that was found. Raises InputError for a lone surrogate or a limit below 1.
        """
        from glossary.search.lookup import lookup, merge
        from glossary.text.normalize import check_text

        if limit < 1:
            raise InputError(f"the limit must be 1 or more, not {limit}")
        check_text(query)
        return merge([lookup(store, query, limit, facets=facets) for store in self._stores], limit)

    def suggest(self, query: str, limit: int = 8) -> Results:
        """What `lookup` finds, without what is only similar: quick enough to be asked at every key stroke."""
        from glossary.search.lookup import lookup, merge
        from glossary.text.normalize import check_text

        check_text(query)
        return merge([lookup(store, query, limit, quick=True) for store in self._stores], limit)

    # the general dictionary, always apart from the term bases

    def open_dictionary(self, path: str = "") -> str:
        """Open the general dictionary (CC-CEDICT), from a file or the optional package; returns its credit line.

        The first time it is compiled, which takes some seconds. Raises MissingPart where there is none.
        """
        from glossary.termbase.dictionary import CREDIT, open_dictionary

        self._dictionary = open_dictionary(path)
        return CREDIT

    @property
    def has_dictionary(self) -> bool:
        """Whether the general dictionary has been opened."""
        return self._dictionary is not None

    def define(self, query: str, limit: int = 20) -> Results:
        """What the general dictionary has for a query; nothing where it has not been opened."""
        from glossary.search.hit import Results
        from glossary.search.lookup import lookup
        from glossary.text.normalize import check_text

        check_text(query)
        if self._dictionary is None:
            return Results(query, [], [], [])
        return lookup(self._dictionary, query, limit)

    def define_words(self, words: Iterable[str]) -> dict[str, list[tuple[str, list[str]]]]:
        """(reading, senses) of every homograph of each word that the general dictionary has, by word."""
        if self._dictionary is None:
            return {}
        from glossary.text.normalize import key

        found: dict[str, list[tuple[str, list[str]]]] = {}
        for word in dict.fromkeys(words):
            ns = list(dict.fromkeys(n for n, _, _, _ in self._dictionary.exact("zh", key(word))))
            entries = self._dictionary.data(ns)
            for n in ns:
                _, _, data = entries[n]
                found.setdefault(word, []).append((data["zh"][0]["pinyin"], [t["text"] for t in data["en"]]))
        return found

    def named(self, text: str) -> list[str]:
        """Ids of the concepts with exactly this Chinese form (either script), rendering or abbreviation."""
        from glossary.termbase.browse import named

        return list(dict.fromkeys(id for store in self._stores for id in named(store, text)))

    # outside search engines

    def query(
        self,
        concepts: str | Concept | Iterable[str | Concept],
        engine: str | Iterable[str] = "cnki",
        *,
        also: Iterable[str | Concept | Iterable[str | Concept]] = (),
        narrower: bool = False,
        as_typed: bool = False,
        each: bool = False,
        **how: Any,
    ) -> list[Query]:
        """Strings and links that ask outside search engines for these concepts; nothing is fetched.

        `concepts` are ids, terms (a string of several lines is a list) or Concepts, of which any will do; `also`
        further such groups, of which each must be met too. `engine` names engines (`engines` lists them). `narrower`
        asks for narrower concepts as well, `as_typed` for terms that are in no base, `each` for one query a concept.
        `how` are the fields of `queries.query.Wanted`: size, field, scripts, old, homographs, english, exclude, site,
        date.
        An engine's limits may need several queries. Raises InputError for what it does not know.
        """
        from glossary.queries.compose import queries
        from glossary.queries.query import Wanted

        wanted = Wanted(**how)
        return queries(self, concepts, engine, also, wanted, narrower=narrower, as_typed=as_typed, each=each)

    @property
    def engines(self) -> list[Engine]:
        """The search engines that `query` writes for."""
        from glossary.queries.engine import engines

        return list(engines().values())

    # citing

    def cite(
        self,
        ids: str | Iterable[str],
        style: str = "chicago",
        *,
        works: bool = False,
        site: str = "",
        accessed: str = "",
    ) -> str:
        """Citations of entries, and with `works` of what they cite: bibtex, csl-json, apa, chicago, mla or gbt7714.

        `site` is where the web app is reached, for the permanent addresses; `accessed` an ISO date; neither is made up.
        Raises UnknownConcept for an id that there is not, InputError for such a style or date.
        """
        from glossary.exchange.citation import cite
        from glossary.exchange.works import entry_work, source_work

        concepts = list({c.id: c for c in map(self.__getitem__, [ids] if isinstance(ids, str) else ids)}.values())
        cited = self._cited(concepts) if works else []
        return cite([*(entry_work(c, site, accessed, self.edition) for c in concepts), *map(source_work, cited)], style)

    def _cited(self, concepts: Iterable[Concept]) -> Iterator[Source]:
        """The works that entries cite and that a base has a record of, in order of appearance."""
        from contextlib import suppress

        for cite in dict.fromkeys(r.cite for c in concepts for r in c.references()):
            with suppress(UnknownConcept):
                yield self.source(cite)

    # running text

    def _matchers(self) -> list[Matcher]:
        """One for each base, made when there is a first text."""
        if not self._made:
            from glossary.match.matcher import Matcher

            self._made = [Matcher(store) for store in self._stores]
        return self._made

    def annotate(
        self, text: str, *, every: bool = False, crossing: bool = False, borders: bool = True,
        everyday: bool = False, lang: str = "",
    ) -> Annotation:  # fmt: skip
        """Mark the terms of a text, with code-point offsets into it; see `match.matcher.Matcher.annotate`."""
        from glossary.match.matcher import annotate_all

        return annotate_all(
            self._matchers(), text, every=every, crossing=crossing, borders=borders, everyday=everyday, lang=lang
        )

    def annotate_many(self, texts: Iterable[str], *, workers: int = 1, **options: Any) -> Iterator[Annotation]:
        """Annotate texts as they come, in order; options as for `annotate`.

        With several `workers` they are shared out to so many processes, which need a base that is a file. A script
        must then have its calls under `if __name__ == "__main__":`.
        """
        from functools import partial

        from glossary.match.bulk import annotate_many

        return annotate_many(partial(self.annotate, **options), texts, workers)

    def annotate_columns(self, texts: Iterable[str], *, workers: int = 1, **options: Any) -> Columns:
        """The matches of texts as columns: number of the text, start, end, concept, certainty.

        Quicker than objects. Processes and options as for `annotate_many`.
        """
        from glossary.match.bulk import joined

        return joined(self.annotate_batches(texts, workers=workers, **options))

    def annotate_batches(self, texts: Iterable[str], *, workers: int = 1, **options: Any) -> Iterator[Columns]:
        """As `annotate_columns` for a stream without end: columns of some texts at a time, in order."""
        from functools import partial

        from glossary.match.bulk import columns

        return columns(partial(self._lists, **options), texts, workers)

    def _lists(self, text: str, **options: Any) -> Lists:
        from glossary.match.matcher import lists_all

        return lists_all(self._matchers(), text, **options)

    def annotate_lines(
        self, documents: Iterable[Document], *, tokens: bool = False, workers: int = 1, **options: Any
    ) -> Iterator[tuple[bytes, int]]:
        """(a line of JSON in UTF-8, the number of its matches) of each document, in order.

        A document is (what an error calls it, what its object begins with, its text). Raises InputError, which names
        the document. Processes and options as for `annotate_many`.
        """
        from functools import partial

        from glossary.match.bulk import lines

        return lines(partial(self.annotate, **options), documents, workers, tokens)

    def segment(self, text: str) -> list[Word]:
        """The words of a text, terms whole; they tile the text."""
        return self.annotate(text).tokens

    def segment_for_search(self, text: str) -> list[tuple[str, int, int]]:
        """(word, start, end) of the words of a text, before each the shorter words and terms inside it."""
        from glossary.match.finer import finer

        return list(finer(self.segment(text), self.annotate(text, every=True).matches))

    def pinyin(self, text: str, style: str = "marks", *, sandhi: bool = False) -> str:
        """The reading of a text by word; styles: marks, numbers, plain, initials, zhuyin, alalc.

        With `sandhi` tones are written as they are spoken, for learners. Raises InputError for an unknown style.
        """
        if style not in STYLES:
            raise InputError(f"there is no pinyin style {style!r}; there are {', '.join(STYLES)}")
        return self.annotate(text).pinyin(style, sandhi)

    # checking a translation

    def check(self, source: str, target: str, *, least: float | None = None) -> Check:
        """Hold an English translation against its Chinese source, sentence by sentence; see `check.finding`.

        Offsets are into the two texts as given. Texts that were given the wrong way round are turned, and said so.
        Findings less certain than `least` are counted but left out; without it those on ordinary words.
        Raises InputError for half a character.
        """
        from glossary.check.finding import DOUBTFUL
        from glossary.check.given import check_texts

        return check_texts(self._checks(), self._chinese, source, target, DOUBTFUL if least is None else least)

    def check_lines(self, lines: Iterable[Mapping[str, Any]], *, least: float | None = None) -> list[CheckedLine]:
        """The findings of a document given as sentence pairs: {"id", "zh", "en"} each, in order; see `check`."""
        from glossary.check.finding import DOUBTFUL
        from glossary.check.given import check_pairs

        return check_pairs(self._checks(), self._chinese, lines, DOUBTFUL if least is None else least)

    @staticmethod
    def text_of(data: bytes, name: str) -> str:
        """The text of a file (UTF-8, UTF-16, GB18030, Big5); `name` is what an error calls it. Raises InputError."""
        from glossary.text.decode import decode

        return decode(data, name)[0]

    def _checks(self) -> Checker:
        from glossary.check.checker import Checker
        from glossary.termbase.bundled import TITLE

        if self._checker is None:
            ours = any(store.facts().get("title") == TITLE for store in self._stores)
            self._checker = Checker(
                self.__getitem__,
                lambda id: [other for kind, _, other, _ in self.related(id) if kind == "contrast"],
                lambda text: self.annotate(text, every=True, everyday=True, lang="zh").matches,
                wordings={form: texts for store in self._stores for form, texts in store.wordings().items()},
                strict=not ours,
            )
        return self._checker

    def _chinese(self, text: str) -> list[Match]:
        # a term of one character is often rendered by the words beside it: 市、县政府, "local governments"
        return [m for m in self.annotate(text, everyday=True, lang="zh").matches if m.end - m.start > 1]

    def pairs(self, path: str | os.PathLike[str] | BinaryIO, name: str = "") -> Iterator[dict[str, str]]:
        """The sentence pairs of a table (CSV, TSV, XLSX) for `check_lines`; see `exchange.pairs.read_pairs`."""
        from glossary.exchange.importing import opened
        from glossary.exchange.pairs import read_pairs

        with opened(path) as file:
            yield from read_pairs(file, name or str(getattr(file, "name", path)))

    # browsing

    @property
    def digest(self) -> str:
        """Another one whenever the bases hold anything else: what caches may go by."""
        return "-".join(store.digest for store in self._stores)

    @property
    def vocabulary(self) -> dict[str, dict[str, Any]]:
        """The closed lists (domains, kinds, uses …) with their labels in both languages."""
        return self._stores[0].vocabulary

    def browse(
        self,
        *,
        letter: str = "",
        order: str = "pinyin",
        after: int = 0,
        limit: int = 100,
        **filters: str | Sequence[str],
    ) -> Page:
        """A page of the first base's concepts in the order of their pinyin or English; see `termbase.browse.browse`.

        `filters` are `domain="policing"`, `register=["ngo", "press"]`, `year="2010..2015"` and so on: those of
        `filters()`, which `termbase.facet` explains.
        """
        from glossary.termbase.browse import browse

        return browse(self._stores[0], letter=letter, order=order, after=after, limit=limit, **filters)

    def letters(
        self, order: str = "pinyin", domain: str | Sequence[str] = "", **filters: str | Sequence[str]
    ) -> dict[str, int]:
        """How many concepts begin with each letter, by pinyin or by English; `filters` as for `browse`."""
        from glossary.termbase.browse import letters

        return letters(self._stores[0], order, domain=domain, **filters)

    @staticmethod
    def filters() -> tuple[str, ...]:
        """The names of what concepts can be chosen by, in queries (`region:TW`), lists and exports."""
        from glossary.termbase.facet import FIELDS

        return FIELDS

    @property
    def edition(self) -> str:
        """Which edition of the data the first base holds, as its day: 2026.11.23; "" where it says none."""
        return self._stores[0].edition

    def stats(self) -> dict[str, Any]:
        """The edition of the first base, and counts: concepts, forms, renderings, sources; by domain, kind, status."""
        from glossary.termbase.browse import stats

        return stats(self._stores[0])

    def coverage(self) -> dict[str, Any]:
        """How far the first base goes: review, definitions and evidence by domain; see `termbase.coverage`."""
        from glossary.termbase.coverage import coverage

        return coverage(self._stores[0])

    def changes_since(self, old: Glossary, text: str | None = None) -> list[Change]:
        """What differs from an earlier base; with `text` only what concerns the terms that either finds in it."""
        from glossary.termbase.diff import diff

        changes = diff(old._stores[0], self._stores[0])
        if text is None:
            return changes
        met = {id for g in (old, self) for match in g.annotate(text, every=True).matches for id in match.ids}
        return [c for c in changes if c.id in met]

    def changes_in_words(self, changes: Sequence[Change], old: Glossary) -> str:
        """What `changes_since` found, as a section of a list of changes in Markdown."""
        from glossary.termbase.changes import section

        return section(changes, self.edition, old.edition)

    @property
    def changes(self) -> str:
        """What changed with each edition of the first base, the latest first, in Markdown; "" where it does not say."""
        return self._stores[0].changes

    def sources(self) -> list[tuple[Source, int]]:
        """Every cited work with the number of concepts that cite it, by cite key."""
        from glossary.termbase.browse import sources

        return sources(self._stores[0])

    def source(self, cite: str) -> Source:
        """One cited work. Raises UnknownConcept where there is none with this key."""
        from glossary.termbase.browse import source

        for store in self._stores:
            found = source(store, cite)
            if found is not None:
                return found
        raise UnknownConcept(f"there is no cited work {cite!r}")

    # other programs' files

    @staticmethod
    def formats() -> dict[str, Format]:
        """The formats that there are, by name, with what each reads, writes and cannot hold."""
        from glossary.exchange.registry import FORMATS

        return FORMATS

    def export(
        self,
        format: str,
        to: str | os.PathLike[str] | BinaryIO,
        *,
        ids: Iterable[str] | None = None,
        filters: Mapping[str, Sequence[str]] | None = None,
        query: str = "",
        text: str | None = None,
        script: str = "hans",
        options: Mapping[str, str] | None = None,
    ) -> Report:
        """Write concepts to a path (whole or not at all) or an open file, in one of `formats`; returns the loss report.

        All concepts, or those with these `ids`, that satisfy the `filters` (see `browse`), that look-up finds
        for `query`, and whose terms stand in `text`. `script` is hans, hant or both, `options` what only one format
        knows. Raises InputError.
        """
        from glossary.exchange.exporting import export, select

        chosen = self._chosen(ids, query, text)
        concepts = select(self._stores, filters or {}, chosen)
        whole = chosen is None and not any((filters or {}).values())
        return export(self._stores, format, to, concepts, whole=whole, text=text or "", script=script, options=options)

    def _chosen(self, ids: Iterable[str] | None, query: str, text: str | None) -> set[str] | None:
        """The ids that are in every selection that was made; None where none was."""
        chosen = [{self[id].id for id in ids}] if ids is not None else []
        if query:
            chosen.append({hit.id for hit in self.lookup(query, max(len(self), 1))})
        if text is not None:
            chosen.append({id for match in self.annotate(text, every=True).matches for id in match.ids})
        return set.intersection(*chosen) if chosen else None

    def import_(
        self,
        path: str | os.PathLike[str] | BinaryIO,
        base: str | os.PathLike[str] = "",
        *,
        name: str = "",
        format: str = "",
        options: Mapping[str, str] | None = None,
        dry_run: bool = False,
        override: bool = False,
        progress: Callable[[int], None] = lambda _: None,
    ) -> Report:
        """Read a file of one of `formats` into the compiled base at `base` (the first opened one); returns the report.

        The base is made if need be, and afterwards is as before or has all of the file; a second time changes
        nothing. Raises InputError, which names file, line and field. See `exchange.importing.import_file`.
        """
        from glossary.exchange.importing import import_file, opened

        target = os.fspath(base) or self._stores[0].path
        with opened(path) as file:
            report = import_file(
                file,
                name or str(getattr(file, "name", path)),
                target,
                format=format,
                options=options,
                dry_run=dry_run,
                override=override,
                progress=progress,
            )
        self._reopen(target)
        return report

    def _reopen(self, path: str) -> None:
        """Read a base that has been written anew."""
        from glossary.termbase.store import Store

        mine = [os.path.abspath(store.path) == os.path.abspath(path) for store in self._stores]
        if any(mine):
            self._made = []
            self._stores = [Store(s.path) if own else s for s, own in zip(self._stores, mine, strict=True)]


STYLES = ("marks", "numbers", "plain", "initials", "zhuyin", "alalc")


def _concept(id: str, data: dict[str, Any]) -> Concept:
    from glossary.model import concept_from

    return concept_from(id, data)
