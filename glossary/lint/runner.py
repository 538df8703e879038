"""Run the rules over a folder, or over some of its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary.lint import concept_rules, date_rules, definition_rules, folder_rules, pinyin_rules
from glossary.lint.kept import kept
from glossary.lint.rules import CONCEPT_RULES, FOLDER_RULES, SHAPE_RULES
from glossary.termfiles.folder import bundled_folder, read_folder
from glossary.termfiles.shape import Problem, line_of

if TYPE_CHECKING:
    from pathlib import Path

    from glossary.termfiles.folder import TermFolder

_LOADED = (concept_rules, date_rules, definition_rules, folder_rules, pinyin_rules)  # importing them fills the registry

RULES: dict[str, str] = dict(
    sorted(
        (
            SHAPE_RULES
            | {
                code: " ".join((rule.__doc__ or "").partition("\n\n")[0].split()).rstrip(".")
                for code, rule in (*CONCEPT_RULES.items(), *FOLDER_RULES.items())
            }
        ).items()
    )
)


def check(root: Path | None = None, *, only: list[str] | None = None, select: str = "") -> list[Problem]:
    """Every fault and warning of a term folder, sorted by place.

    `only` limits the result to these files (paths below the folder); `select` to codes with one of these
    comma-separated beginnings (`E`, `W1`, `E108`).
    """
    root = root or bundled_folder()
    problems = kept(root, lambda: _all(read_folder(root, keep_going=True)))
    if only:
        problems = [p for p in problems if p.file in only]
    if select:
        problems = [p for p in problems if p.code.startswith(tuple(select.split(",")))]
    return problems


def _all(folder: TermFolder) -> list[Problem]:
    return sorted(_but_for_reviewed(folder, [*folder.problems, *_concepts(folder), *_folder(folder)]))


def _concepts(folder: TermFolder) -> list[Problem]:
    out = []
    for id, concept in folder.concepts.items():
        file = folder.home[id]
        for code, rule in CONCEPT_RULES.items():
            out += [
                Problem(
                    file,
                    line_of(folder.texts[file], id, field),
                    code,
                    f"{id} {concept.zh[0].text}",
                    field,
                    f"{RULES[code]}: {detail}",
                )
                for field, detail in rule(concept, folder)
            ]
    return out


def _folder(folder: TermFolder) -> list[Problem]:
    out = []
    for code, rule in FOLDER_RULES.items():
        for entry, field, detail in rule(folder):
            file = folder.home.get(entry) or folder.source_home.get(entry) or entry
            known = folder.concepts.get(entry)
            label = f"{entry} {known.zh[0].text}" if known else "" if file == entry else entry
            line = line_of(folder.texts.get(file, ""), entry, field)
            out.append(Problem(file, line, code, label, field, f"{RULES[code]}: {detail}"))
    return out


def _but_for_reviewed(folder: TermFolder, problems: list[Problem]) -> list[Problem]:
    """Without the warnings that an editor lets stand, by code and entry; what is not needed for that is told.

    W102 is about readings, not entries, and has looked itself.
    """
    reviewed = {code: table for code, table in folder.reviewed.items() if code != "W102"}
    met = {(p.code, p.entry.split(" ")[0]) for p in problems}
    spare = [(code, id) for code, table in reviewed.items() for id in table if (code, id) not in met]
    return [
        *(p for p in problems if p.entry.split(" ")[0] not in reviewed.get(p.code, ())),
        *(Problem("reviewed.toml", 0, code, "", "", f"{id!r} is not needed any more") for code, id in spare),
    ]
