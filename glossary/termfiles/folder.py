"""The folder as a whole: every topic file, the cited works, the closed lists, the retired ids."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glossary.errors import InputError, TermFileError
from glossary.model import Concept, Source, Topic, concept_from, source_from
from glossary.termfiles.shape import CONCEPT, EDITION, ID, NEW, SOURCE, TOPIC, Checker, Problem

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


@dataclass(slots=True)
class TermFolder:
    """What a term folder holds. `problems` are the faults of shape met while reading; the rest was read."""

    root: Path
    vocabulary: dict[str, dict[str, Any]] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)  # by path below the root
    concepts: dict[str, Concept] = field(default_factory=dict)  # by id
    home: dict[str, str] = field(default_factory=dict)  # id -> path of its topic file
    sources: dict[str, Source] = field(default_factory=dict)  # by cite key
    source_home: dict[str, str] = field(default_factory=dict)  # cite key -> file
    retired: dict[str, dict[str, Any]] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)  # title, licence, date of the edition, changes (Markdown)
    reviewed: dict[str, dict[str, str]] = field(default_factory=dict)  # code of a warning -> what an editor looked at
    everyday: dict[str, dict[str, str]] = field(default_factory=dict)  # language -> word -> what else it means
    wordings: dict[str, list[str]] = field(default_factory=dict)  # Chinese form -> what translations also say
    texts: dict[str, str] = field(default_factory=dict)  # path -> text, for canonical form and line numbers
    data: dict[str, dict[str, Any]] = field(default_factory=dict)  # path -> what TOML makes of the text
    problems: list[Problem] = field(default_factory=list)


def bundled_folder() -> Path:
    """Where the term files that came with this package are: in the wheel, or beside it in a checkout."""
    bundled: Traversable = files("glossary") / "terms"
    inside = Path(str(bundled))
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / "terms"


def bundled_vocabulary() -> dict[str, dict[str, Any]]:
    """The closed lists that came with this package."""
    return tomllib.loads((bundled_folder() / "vocabulary.toml").read_text(encoding="utf-8"))


def below(root: Path, file: Path) -> str:
    """A file's path below the term folder, as problems and topics name it. Raises InputError for any other file."""
    if not file.exists():
        raise InputError(f"{file}: no such file")
    if not file.resolve().is_relative_to(root.resolve()):
        raise InputError(f"{file}: is not below the term folder {root}; name the folder with --terms")
    return file.resolve().relative_to(root.resolve()).as_posix()


def term_paths(root: Path) -> list[Path]:
    """Every TOML file of the folder, in a stable order."""
    return sorted(root.rglob("*.toml"))


def read_folder(root: Path | None = None, *, keep_going: bool = False) -> TermFolder:
    """Read a term folder.

    Without `keep_going` any fault raises TermFileError, which lists them all; with it the sound entries are
    returned and `problems` says what was left out.
    """
    root = root or bundled_folder()
    if not root.is_dir():
        raise TermFileError(f"{root}: there is no term folder here")
    folder = TermFolder(root)
    vocabulary = root / "vocabulary.toml"
    folder.vocabulary = (
        _load(folder, vocabulary if vocabulary.is_file() else bundled_folder() / "vocabulary.toml") or {}
    )
    for path in term_paths(root):
        if path.name == "vocabulary.toml":
            continue
        data = _load(folder, path)
        if data is None:
            continue
        name = path.relative_to(root).as_posix()
        if path.parent != root:
            _read_topic(folder, name, data)
        else:
            _read_record(folder, name, data)
    changes = root / "CHANGES.md"
    if changes.is_file():
        folder.facts["changes"] = changes.read_text(encoding="utf-8", errors="replace")
    if folder.problems and not keep_going:
        raise TermFileError([str(p) for p in sorted(folder.problems)])
    return folder


def _load(folder: TermFolder, path: Path) -> dict[str, Any] | None:
    name = path.relative_to(folder.root).as_posix() if path.is_relative_to(folder.root) else str(path)
    try:
        text = path.read_bytes().decode("utf-8")
        folder.texts[name] = text
        folder.data[name] = tomllib.loads(text)
        return folder.data[name]
    except OSError as error:
        folder.problems.append(Problem(name, 0, "E100", "", "", f"cannot be read: {error.strerror}"))
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        folder.problems.append(Problem(name, line, "E100", "", "", "is not UTF-8; save it as UTF-8"))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        # "at end of document" is what a half-written file says
        line = int(at[1]) if at else folder.texts[name].count("\n") + 1
        folder.problems.append(Problem(name, line, "E100", "", "", f"is not TOML: {error}"))
    return None


def _read_topic(folder: TermFolder, name: str, data: dict[str, Any]) -> None:
    check = Checker(name, folder.texts[name], folder.vocabulary)
    check.entry = "topic"
    topic = data.get("topic")
    if topic is None:
        check.fault("E101", "", "the file needs a [topic] with zh and en")
        topic = {}
    elif not check.record(topic, TOPIC):
        topic = {}
    ids = []
    for id, entry in data.items():
        if id == "topic":
            continue
        check.entry = id
        if not ID.fullmatch(id) and not NEW.fullmatch(id):
            check.fault("E102", "", "is no id: five characters without i, l, o, u, or new-… for a new entry")
        elif id in folder.concepts:
            check.fault("E201", "", f"stands in {folder.home[id]} too")
        elif check.record(entry, CONCEPT):
            folder.concepts[id] = concept_from(id, entry)
            folder.home[id] = name
            ids.append(id)
    folder.topics[name] = Topic(name, topic.get("zh", ""), topic.get("en", ""), tuple(ids))
    folder.problems.extend(check.problems)


def _read_record(folder: TermFolder, name: str, data: dict[str, Any]) -> None:
    """A file that stands in the folder itself."""
    readers = {
        "edition.toml": _read_edition,
        "reviewed.toml": _read_reviewed,
        "everyday.toml": _read_everyday,
        "wordings.toml": _read_wordings,
    }
    if name == "retired.toml":
        folder.retired = data
    elif name in readers:
        readers[name](folder, name, data)
    elif name.startswith("sources"):
        _read_sources(folder, name, data)
    else:
        folder.problems.append(Problem(name, 0, "E101", "", "", "topic files stand in a folder below terms/"))


def _read_edition(folder: TermFolder, name: str, data: dict[str, Any]) -> None:
    check = Checker(name, folder.texts[name], folder.vocabulary)
    if check.record(data, EDITION):
        folder.facts.update({field: str(value) for field, value in data.items()})
    folder.problems.extend(check.problems)


def _read_reviewed(folder: TermFolder, name: str, data: dict[str, Any]) -> None:
    """What an editor looked at and lets stand: a table by code of the warning, with why as its values."""
    for code, table in data.items():
        sound = isinstance(table, dict) and all(isinstance(why, str) and why.strip() for why in table.values())
        if re.fullmatch(r"W\d{3}", code) and sound:
            folder.reviewed[code] = table
        else:
            folder.problems.append(
                Problem(
                    name, 0, "E101", code, "", 'must be [W102] with "term reading" = "why", or [W…] with id = "why"'
                )
            )


def _read_everyday(folder: TermFolder, name: str, data: dict[str, Any]) -> None:
    """Words that running text mostly says in an everyday sense: a table by language, with that sense as its values."""
    for lang, table in data.items():
        sound = isinstance(table, dict) and all(isinstance(sense, str) and sense.strip() for sense in table.values())
        if lang in ("zh", "en") and sound:
            folder.everyday[lang] = table
        else:
            folder.problems.append(
                Problem(name, 0, "E101", lang, "", 'must be [zh] or [en] with word = "its everyday sense"')
            )


def _read_wordings(folder: TermFolder, name: str, data: dict[str, Any]) -> None:
    """What translations say for a form in running text, without its being a rendering: a list by Chinese form."""
    for form, texts in data.items():
        if isinstance(texts, list) and texts and all(isinstance(text, str) and text.strip() for text in texts):
            folder.wordings[form] = texts
        else:
            folder.problems.append(Problem(name, 0, "E101", form, "", 'must be form = ["a wording", "another"]'))


def _read_sources(folder: TermFolder, name: str, data: dict[str, Any]) -> None:
    check = Checker(name, folder.texts[name], folder.vocabulary)
    for cite, entry in data.items():
        check.entry = cite
        if cite in folder.sources:
            check.fault("E208", "", f"stands in {folder.source_home[cite]} too")
        elif check.record(entry, SOURCE):
            folder.sources[cite] = source_from(cite, entry)
            folder.source_home[cite] = name
    folder.problems.extend(check.problems)
