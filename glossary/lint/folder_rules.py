"""Rules over the whole folder: references, relations, homographs, canonical form."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from glossary.lint.rules import folder_rule
from glossary.model import RELATIONS, SYMMETRIC
from glossary.termfiles.edit import canonical_texts
from glossary.termfiles.shape import ID, NEW
from glossary.text.normalize import key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary.lint.rules import FolderFinding
    from glossary.model import Concept
    from glossary.termfiles.folder import TermFolder


@folder_rule("E202")
def not_retired(folder: TermFolder) -> Iterator[FolderFinding]:
    """An id is in use although it was retired."""
    for id in folder.concepts.keys() & folder.retired.keys():
        yield id, "", "draw a new id"


@folder_rule("E203")
def cites_known_work(folder: TermFolder) -> Iterator[FolderFinding]:
    """A reference cites a work that is in no sources file."""
    for id, concept in folder.concepts.items():
        for cite in sorted({r.cite for r in concept.references()} - folder.sources.keys()):
            yield id, "sources", cite
    for cite, source in folder.sources.items():
        for ref in source.cited_in:
            if ref.cite not in folder.sources:
                yield cite, "cited_in", ref.cite


@folder_rule("E204")
def no_loop(folder: TermFolder) -> Iterator[FolderFinding]:
    """A concept is broader than itself, by way of others."""
    up = {id: [r.target for r in c.relations if r.type == "broader"] for id, c in folder.concepts.items()}
    done: set[str] = set()
    for start in up:
        path: list[str] = []
        stack = [(start, iter(up[start]))]
        while stack:
            node, rest = stack[-1]
            if node not in path:
                path.append(node)
            following = next((n for n in rest if n in up and n not in done), None)
            if following is None:
                done.add(node)
                path.pop()
                stack.pop()
            elif following in path:
                yield (
                    following,
                    "broader",
                    " → ".join(folder.concepts[n].zh[0].text for n in path[path.index(following) :]),
                )
                done.add(following)
            else:
                stack.append((following, iter(up[following])))


@folder_rule("E205")
def relation_target_exists(folder: TermFolder) -> Iterator[FolderFinding]:
    """A relation leads to no concept."""
    for id, concept in folder.concepts.items():
        for relation in concept.relations:
            if relation.target not in folder.concepts and not (
                NEW.fullmatch(relation.target) and relation.target in folder.concepts
            ):
                hint = "" if ID.fullmatch(relation.target) else " (no concept has this as a term)"
                yield id, relation.type, relation.target + hint


@folder_rule("E206")
def relation_stored_once(folder: TermFolder) -> Iterator[FolderFinding]:
    """A relation leads to its own concept, or is stored twice."""
    seen = {(id, r.type, r.target) for id, c in folder.concepts.items() for r in c.relations}
    for id, concept in folder.concepts.items():
        for i, relation in enumerate(concept.relations):
            if relation.target == id:
                yield id, relation.type, "leads to itself"
            if relation.type in SYMMETRIC and id > relation.target and (relation.target, relation.type, id) in seen:
                yield id, relation.type, f"{folder.concepts[relation.target].zh[0].text} has it already"
            if any((r.type, r.target) == (relation.type, relation.target) for r in concept.relations[:i]):
                yield id, relation.type, f"{relation.target} stands twice"


@folder_rule("E207")
def canonical_form(folder: TermFolder) -> Iterator[FolderFinding]:
    """A file is not in canonical form; run `glossary fmt`."""
    for id in folder.concepts:
        if NEW.fullmatch(id):
            yield id, "", "the entry has no id yet"
    if not folder.problems:
        for name, text in canonical_texts(folder).items():
            if text != folder.texts[name]:
                yield name, "", "differs"


@folder_rule("E209")
def retired_leads_somewhere(folder: TermFolder) -> Iterator[FolderFinding]:
    """A retired id names no living replacement."""
    for id, record in folder.retired.items():
        targets = record.get("to", [])
        for target in targets:
            if target not in folder.concepts:
                yield "retired.toml", "", f"{id} → {target}"
        if not ID.fullmatch(id):
            yield "retired.toml", "", f"{id} is no id"


@folder_rule("E210")
def one_concept_a_term(folder: TermFolder) -> Iterator[FolderFinding]:
    """Two concepts that share a domain have the same preferred Chinese term."""
    seen: dict[tuple[str, str], list[str]] = defaultdict(list)
    for id, concept in folder.concepts.items():
        for domain in concept.domains:
            seen[key(concept.zh[0].text), domain].append(id)
    for first, id in dict.fromkeys((ids[0], id) for ids in seen.values() for id in ids[1:]):
        yield id, "zh", f"{first} in {folder.home[first]} has it too"


@folder_rule("E211")
def lists_are_labelled(folder: TermFolder) -> Iterator[FolderFinding]:
    """A code lacks its label in one language, or a relation lacks that of its other side, which is derived by it."""
    for name, codes in folder.vocabulary.items():
        for code, labels in codes.items():
            sides = [labels, labels.get("inverse", {})] if name == "relations" else [labels]
            if not all(side.get("en") and side.get("zh") for side in sides):
                yield "vocabulary.toml", name, code
    for type in set(RELATIONS) - folder.vocabulary.get("relations", {}).keys():
        yield "vocabulary.toml", "relations", type


@folder_rule("E213")
def everyday_words_are_terms(folder: TermFolder) -> Iterator[FolderFinding]:
    """A word of everyday.toml is no term of the base."""
    terms = {
        "zh": {t.text for c in folder.concepts.values() for t in c.zh},
        "en": {t.text for c in folder.concepts.values() for t in c.en},
    }
    for lang, words in folder.everyday.items():
        for word in words.keys() - terms[lang]:
            yield "everyday.toml", lang, word


@folder_rule("E214")
def wordings_are_new(folder: TermFolder) -> Iterator[FolderFinding]:
    """In wordings.toml: no term of the base, a rendering of the term itself, or what stands for a concept beside it."""
    by_form: dict[str, list[Concept]] = defaultdict(list)
    beside: dict[str, set[str]] = defaultdict(set)
    for id, concept in folder.concepts.items():
        for term in concept.zh:
            by_form[term.text].append(concept)
        for relation in concept.relations:
            if relation.type == "contrast":
                beside[id].add(relation.target)
                beside[relation.target].add(id)
    for form, wordings in folder.wordings.items():
        if form not in by_form:
            yield "wordings.toml", form, "no Chinese form of the base"
        own = {t.text.lower() for c in by_form[form] for t in c.en}
        others = {o for c in by_form[form] for o in beside[c.id]} & folder.concepts.keys()
        theirs = {t.text.lower(): o for o in others for t in folder.concepts[o].en if t.use != "deprecated"}
        for wording in wordings:
            if wording.lower() in own:
                yield "wordings.toml", form, f"“{wording}” is in the entry"
            elif wording.lower() in theirs:
                other = theirs[wording.lower()]
                yield "wordings.toml", form, f"“{wording}” is {folder.concepts[other].label}, another concept"


@folder_rule("W201")
def homograph_noted(folder: TermFolder) -> Iterator[FolderFinding]:
    """Two concepts have the same preferred Chinese term and neither contrasts with the other."""
    seen: dict[str, list[str]] = defaultdict(list)
    for id, concept in folder.concepts.items():
        seen[key(concept.zh[0].text)].append(id)
    for ids in seen.values():
        for id in ids[1:]:
            pair = {id, ids[0]}
            if not any(r.type == "contrast" and r.target in pair for i in pair for r in folder.concepts[i].relations):
                yield id, "zh", f"{ids[0]} {folder.concepts[ids[0]].label} in {folder.home[ids[0]]}"


@folder_rule("W202")
def topic_size(folder: TermFolder) -> Iterator[FolderFinding]:
    """A topic file holds more than 60 entries; divide it."""
    for name, topic in folder.topics.items():
        if len(topic.ids) > 60:
            yield name, "", f"{len(topic.ids)} entries"


@folder_rule("W203")
def source_used(folder: TermFolder) -> Iterator[FolderFinding]:
    """A cited work is used by no entry and cited by no other work."""
    used = {r.cite for c in folder.concepts.values() for r in c.references()}
    used |= {r.cite for s in folder.sources.values() for r in s.cited_in}
    for cite, source in folder.sources.items():
        if cite not in used and not source.cited_in:
            yield cite, "", source.title
