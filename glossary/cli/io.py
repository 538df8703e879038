"""What the commands share: reading input, line-by-line JSON, opening bases."""

from __future__ import annotations

import json
import sys

from glossary.errors import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from typing import Any

    from glossary.desk import Glossary


def add_base(parser: argparse.ArgumentParser) -> None:
    """The option that selects term bases."""
    parser.add_argument(
        "--base",
        action="append",
        default=[],
        metavar="PATH",
        help="a term base: a compiled file or a folder of term files (repeatable; default: the bundled one)",
    )


def open_base(options: argparse.Namespace) -> Glossary:
    """The glossary that the options ask for."""
    from glossary.desk import Glossary

    return Glossary.open(*options.base)


def read_text(path: str) -> str:
    """The text of a file, or of standard input for `-`; another encoding than UTF-8 is said on standard error."""
    data = sys.stdin.buffer.read() if path == "-" else _bytes(path)
    from glossary.text.decode import decode

    name = "standard input" if path == "-" else path
    text, encoding = decode(data, name)
    if encoding != "utf-8":
        print(f"glossary: {name}: read as {encoding}", file=sys.stderr)
    return text


def _bytes(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None


def _lines(path: str) -> Iterator[tuple[int, bytes]]:
    if path == "-":
        yield from enumerate(sys.stdin.buffer, 1)
        return
    try:
        with open(path, "rb") as file:
            yield from enumerate(file, 1)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None


def each_json(path: str, field: str, plain: bool = False) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """(line number, the text, the whole object) of each line of a JSON Lines input; blank lines are passed over.

    A line is `{"<field>": …}`, or with `plain` also a JSON string. Raises InputError that names the line.
    """
    name = "standard input" if path == "-" else path
    for number, raw in _lines(path):
        if not raw.strip():
            continue
        try:
            value = json.loads(raw)
        except (ValueError, RecursionError) as error:
            raise InputError(f"{name}: line {number}: is not JSON: {error}") from None
        if plain and isinstance(value, str):
            value = {field: value}
        if not isinstance(value, dict) or not isinstance(value.get(field), str):
            wanted = f'an object with "{field}"' + (" or a string" if plain else "")
            raise InputError(f"{name}: line {number}: must be {wanted}")
        yield number, value[field], value


def run_jsonl(
    path: str, field: str, answer: Callable[[str, dict[str, Any]], dict[str, Any]], *, plain: bool = False
) -> int:
    """Answer each line of a JSON Lines input with one object, in the same order."""
    for number, text, value in each_json(path, field, plain):
        try:
            emit(answer(text, value))
        except InputError as error:
            raise InputError(f"line {number}: {error}") from None
    return 0


def sentence_pairs(path: str) -> Iterator[dict[str, Any]]:
    """The {"id", "zh", "en"} of each line of a JSON Lines input; without an id it is the line's number."""
    for number, zh, value in each_json(path, "zh"):
        en, id = value.get("en", ""), value.get("id", number)
        if not isinstance(en, str) or not isinstance(id, str | int):
            raise InputError(f"{path}: line {number}: en must be a string, id a string or number")
        yield {"id": id, "zh": zh, "en": en}


def emit(value: dict[str, Any]) -> None:
    """One JSON object on one line. Half characters, which UTF-8 cannot hold, are written as escapes."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value)
    sys.stdout.write(text + "\n")


def pairs(given: list[str]) -> dict[str, str]:
    """The options NAME=VALUE that were given. Raises InputError where one is none."""
    out = {}
    for one in given:
        name, sign, value = one.partition("=")
        if not sign or not name:
            raise InputError(f"--option takes NAME=VALUE, not {one!r}")
        out[name] = value
    return out
