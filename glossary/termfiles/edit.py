"""Changes to the term files themselves: bring them into canonical form, begin a new entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary.errors import InputError, TermFileError
from glossary.termfiles.canonical import draw_id, format_sources, format_topic
from glossary.termfiles.canonical import quote as q
from glossary.termfiles.folder import TermFolder, read_folder
from glossary.termfiles.schema import schema_text
from glossary.termfiles.shape import ID, NEW
from glossary.text.normalize import key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from glossary.model import Concept


def labels(folder: TermFolder) -> dict[str, str]:
    """The comment that stands beside each id."""
    return {id: concept.label for id, concept in folder.concepts.items()}


def canonical_texts(folder: TermFolder) -> dict[str, str]:
    """The canonical text of every topic and source file of a sound folder, by path."""
    names = labels(folder)
    out = {name: format_topic(folder.data[name], names) for name in folder.topics}
    for name in set(folder.source_home.values()):
        out[name] = format_sources(folder.data[name])
    return out


def fmt(root: Path, *, only: Sequence[str] = (), write: bool = True) -> list[str]:
    """Bring the folder into canonical form; returns the files that were (or, without `write`, would be) changed.

    `only` limits this to some files (paths below the folder). `schema.json` is made anew from the tables that the
    checker uses.

    New entries (`[new-…]`) are given their ids, and relations written with a Chinese term are given the id of the
    concept that has it as preferred term (its own file first, else the only one). Raises TermFileError where the
    files do not have the right shape; nothing is written then.
    """
    folder = read_folder(root, keep_going=bool(only))
    mine = set(only) or {*folder.topics, *folder.source_home.values()}
    faults = [str(p) for p in sorted(folder.problems) if p.file in mine]
    if faults:
        raise TermFileError(faults)
    resolved = _resolve_relations(folder, _draw_ids(folder, mine), mine)
    fresh = _reread(folder, resolved) if resolved != folder.texts else folder
    wanted = canonical_texts(fresh)
    changed = sorted(name for name, text in wanted.items() if name in mine and text != folder.texts[name])
    schema = root / "schema.json"
    if not schema.is_file() or schema.read_text(encoding="utf-8") != schema_text(folder.vocabulary):
        changed.append("schema.json")
        wanted["schema.json"] = schema_text(folder.vocabulary)
    if write:
        for name in changed:
            (root / name).write_text(wanted[name], encoding="utf-8", newline="\n")
    return changed


def _reread(folder: TermFolder, texts: dict[str, str]) -> TermFolder:
    """The folder as its files would be read with other texts."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as scratch:
        for name, text in texts.items():
            path = Path(scratch) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        return read_folder(Path(scratch), keep_going=True)  # its faults were told when the files were read


def _draw_ids(folder: TermFolder, mine: set[str]) -> dict[str, str]:
    """Texts with an id drawn for every `[new-…]` entry; a reference to such a key follows it."""
    taken = {*folder.concepts, *folder.retired}
    texts = dict(folder.texts)
    for old in [id for id in folder.concepts if NEW.fullmatch(id) and folder.home[id] in mine]:
        id = draw_id(taken)
        taken.add(id)
        home = folder.home[old]
        texts[home] = re.sub(rf"^\[{re.escape(old)}((?:\.[^\]]*)?)\]", rf"[{id}\1]", texts[home], flags=re.MULTILINE)
    return texts


def _resolve_relations(folder: TermFolder, texts: dict[str, str], mine: set[str]) -> dict[str, str]:
    """Texts in which relations name ids: a target that is a Chinese term becomes the id of its concept."""
    fresh = _reread(folder, texts) if texts != folder.texts else folder
    by_term: dict[str, list[str]] = {}
    for id, concept in fresh.concepts.items():
        for form in concept.zh:
            by_term.setdefault(key(form.text), []).append(id)
    preferred = {(key(c.zh[0].text), id) for id, c in fresh.concepts.items()}
    out = dict(texts)
    for id, concept in fresh.concepts.items():
        if fresh.home[id] not in mine:
            continue
        for target in dict.fromkeys(r.target for r in concept.relations):
            if ID.fullmatch(target):
                continue
            found = _pick(target, id, by_term.get(key(target), []), preferred, fresh)
            if found and ID.fullmatch(found):
                out[fresh.home[id]] = _replace_in_entry(out[fresh.home[id]], id, target, found)
    return out


def _pick(target: str, own: str, candidates: list[str], preferred: set[tuple[str, str]], folder: TermFolder) -> str:
    ids = [i for i in dict.fromkeys(candidates) if i != own]
    ids.sort(
        key=lambda i: (
            (key(target), i) not in preferred,
            folder.home[i] != folder.home[own],
            folder.concepts[i].domains[0] != folder.concepts[own].domains[0],
        )
    )
    return ids[0] if ids else ""


_RELATION_LINE = re.compile(
    r"^(\s*(?:(?:broader|related|contrast|part_of|predecessor|issued_by|made_by|used_in|"
    r'located_in|concerns)\s*=\s*\[|"|\{\s*to\s*=)).*$'
)


def _replace_in_entry(text: str, id: str, target: str, found: str) -> str:
    """Put an id in the place of a quoted term, in the relation lines of one entry only."""
    lines = text.split("\n")
    inside = False
    for i, line in enumerate(lines):
        if line.startswith("["):
            inside = line.startswith((f"[{id}]", f"[{id}."))
        elif inside and _RELATION_LINE.match(line):
            lines[i] = line.replace(f'"{target}"', f'"{found}"')
    return "\n".join(lines)


def new_entry(root: Path, topic: str, zh: str, en: str, *, force: bool = False) -> tuple[str, str]:
    """Begin an entry at the end of a topic file; returns its id and the text that was added.

    The reading is proposed, the status is draft. Raises InputError where a concept with that term exists
    (unless `force`) and names the near ones, or where the topic file does not exist.
    """
    folder = read_folder(root)
    name = topic if topic.endswith(".toml") else f"{topic}.toml"
    if name not in folder.topics:
        raise InputError(f"there is no topic file {name}; there are {', '.join(sorted(folder.topics)) or 'none'}")
    near = near_concepts(folder, zh, en)
    same = [c for c in near if key(zh) in {key(t.text) for t in c.zh}]
    if same and not force:
        raise InputError(
            f"{zh} is there already: " + "; ".join(f"{c.id} {c.label}" for c in near) + "; use --force for a homograph"
        )
    from glossary.text.reading import read_line

    id = draw_id({*folder.concepts, *folder.retired})
    pinyin = read_line(zh)
    domain = name.split("/")[0]
    domain = domain if domain in folder.vocabulary["domains"] else next(iter(folder.vocabulary["domains"]))
    block = (
        f'\n# {zh} · {en}\n[{id}]\nkind = "concept"\ndomains = [{q(domain)}]\nstatus = "draft"\n'
        f'zh = [\n  {{ text = {q(zh)}, pinyin = {q(pinyin)}, use = "preferred" }},\n]\n'
        f'en = [\n  {{ text = {q(en)}, use = "preferred", proposed = true }},\n]\n'
    )
    path = root / name
    path.write_text(folder.texts[name].rstrip("\n") + "\n" + block, encoding="utf-8", newline="\n")
    try:
        fmt(root)
    except TermFileError:
        path.write_text(folder.texts[name], encoding="utf-8", newline="\n")
        raise
    return id, block.strip("\n")


def near_concepts(folder: TermFolder, zh: str, en: str) -> list[Concept]:
    """Concepts that share the Chinese term, contain it or are contained in it, or share the English rendering."""
    want, low = key(zh), en.lower()

    def closeness(concept: Concept) -> int:
        forms = [key(t.text) for t in concept.zh]
        if want in forms:
            return 0
        if low and low in (t.text.lower() for t in concept.en):
            return 1
        return 2 if any(len(f) > 1 and (f in want or want in f) for f in forms) else 9

    ranked = sorted((closeness(c), c.id) for c in folder.concepts.values())
    return [folder.concepts[id] for rank, id in ranked if rank < 9][:8]
