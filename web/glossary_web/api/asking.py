"""What is asked for, out of query strings and bodies; whatever is wrong with it is said with the field's name.

JSON is read more strictly than by the standard library: no name twice in one object, no NaN, no half characters.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from flask import request

from glossary_web.api.asked import MOST_LINES, MOST_TEXT, Asked, Narrowed
from glossary_web.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

JSON, PLAIN, LINES = "application/json", "text/plain", "application/x-ndjson"
TEXTS = ("text", "zh", "en")  # fields that count towards the limit
_A = TypeVar("_A", bound=Asked)
_WHERE = re.compile(r"^(?P<what>.*?)(?: - at `\$\.?(?P<path>.*)`)?$", re.DOTALL)
_NAMED = re.compile(r"^Object (?P<fault>contains unknown|missing required) field `(?P<name>.*)`$", re.DOTALL)
_NAMES = {"boolean": "true or false", "string": "a string", "integer": "a whole number", "array": "a list"}


def read_query(kind: type[_A]) -> _A:
    """The query string as `kind`. An unknown name, a name given twice and a value that does not fit are 400."""
    given: dict[str, Any] = {}
    properties = schema_of(kind)["properties"]
    for name, values in request.args.lists():
        if name not in properties:
            there = ", ".join(properties) or "none here"
            raise Fault(400, f"there is no parameter {name!r}; there are: {there}", field=name)
        if properties[name].get("type") == "array":
            given[name] = [value for value in values if value]  # a form sends what was left empty too
        elif len(values) > 1:
            raise Fault(400, f"{name} is given {len(values)} times; give it once", field=name)
        else:
            given[name] = values[0]
            _check_choice(name, values[0], properties[name])
    asked = _converted(given, kind, strict=False)
    _check_characters(given)
    return asked


def _check_choice(name: str, value: str, schema: Mapping[str, Any]) -> None:
    """Refuse what would be taken for a number or a choice with too much good will."""
    kind = schema.get("type")
    if (kind == "boolean" and value not in ("0", "1", "true", "false")) or (
        kind == "integer" and not re.fullmatch(r"-?[0-9]{1,20}", value)
    ):
        raise Fault(400, f"{name} must be {wanted(schema, address=True)}", field=name)


def read_bodies(kind: type[_A], chosen: Asked, *, lines: bool = True) -> list[_A]:
    """What the body holds: one object, or one a line.

    A body is one JSON object, or a plain text, or one JSON object a line. `chosen` are the choices made in the query
    string; those in the body win over them.
    """
    media = (request.mimetype or JSON).lower()
    names = set(schema_of(kind)["properties"])
    taken = (JSON, *((PLAIN,) if "text" in names else ()), *((LINES,) if lines else ()))
    if media not in taken:
        raise Fault(415, f"the body must be {' or '.join(taken)}, not {media[:80]}", field="Content-Type")
    charset = request.mimetype_params.get("charset", "utf-8").lower().replace("_", "-")
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise Fault(415, f"the body must be UTF-8, not {charset[:40]}", field="Content-Type")
    choices = {name: getattr(chosen, name) for name in chosen.__struct_fields__ if name in names}
    raw = request.get_data()
    if media == PLAIN:
        given = [{**choices, "text": _decoded(raw)}]
    elif media == JSON:
        given = [{**choices, **_object(raw)}]
    else:
        given = [{**choices, **_object(line, number)} for number, line in _lines(raw)]
    _check_size(given, media == LINES)
    bodies = []
    for number, value in enumerate(given, 1):
        line = {"line": number} if media == LINES else {}
        bodies.append(_converted(value, kind, strict=True, members=line))
        _check_characters(value, line)  # only now: what does not fit may be nested without end
    return bodies


def _lines(raw: bytes) -> list[tuple[int, bytes]]:
    found = [(number, line) for number, line in enumerate(raw.split(b"\n"), 1) if line.strip()]
    if len(found) > MOST_LINES:
        raise Fault(
            413, f"at most {MOST_LINES} lines go into one request; divide them", limit=MOST_LINES, given=len(found)
        )
    return found


def _check_size(given: list[dict[str, Any]], lines: bool) -> None:
    size = sum(len(v) for value in given for name, v in value.items() if name in TEXTS and isinstance(v, str))
    if size > MOST_TEXT:
        many = lines or "text" not in given[0]
        whole = "all texts of one request together" if many else "the text"
        raise Fault(
            413,
            f"{whole} may have {MOST_TEXT:,} characters, not {size:,}; divide it, or use the command line, "
            "which has no limit",
            limit=MOST_TEXT,
            given=size,
            field=", ".join(name for name in TEXTS if any(name in value for value in given)),
        )


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Fault(400, f"the body is not UTF-8 (byte {error.start})") from None


def _object(raw: bytes, number: int = 0) -> dict[str, Any]:
    """One JSON object."""
    line = {"line": number} if number else {}
    place = f"line {number}: " if number else ""
    try:
        value = json.loads(_decoded(raw), object_pairs_hook=_once, parse_constant=_no_number)
    except RecursionError:
        raise Fault(400, f"{place}the JSON is nested too deeply", **line) from None
    except Fault as fault:
        raise Fault(fault.status, place + fault.detail, **{**fault.members, **line}) from None
    except ValueError as error:
        raise Fault(400, f"{place}the body is not JSON: {str(error)[:200]}", **line) from None
    if not isinstance(value, dict):
        raise Fault(400, f"{place}the body must be a JSON object", **line)
    _check_characters(list(value), line, "the name of a field")
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    out = dict(pairs)
    if len(out) < len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise Fault(400, f"{name[:80]!r} stands twice in one object", field=name[:80])
            seen.add(name)
    return out


def _no_number(name: str) -> Any:
    raise Fault(400, f"{name} is no JSON value")


def _check_characters(value: Any, members: Mapping[str, Any] | None = None, path: str = "") -> None:
    """Refuse half characters (lone surrogates), wherever they stand."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            code = ord(value[error.start])
            raise Fault(
                400,
                f"{path} holds half a character (lone surrogate U+{code:04X}) at position {error.start}",
                field=path,
                **(members or {}),
            ) from None
    elif isinstance(value, dict):
        for name, inner in value.items():
            _check_characters(inner, members, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            _check_characters(inner, members, f"{path}[{at}]")


def _converted(value: dict[str, Any], kind: type[_A], *, strict: bool, members: Mapping[str, Any] | None = None) -> _A:
    members = members or {}
    place = f"line {members['line']}: " if members else ""
    try:
        return msgspec.convert(value, kind, strict=strict)
    except msgspec.ValidationError as error:
        found = _WHERE.match(str(error))
        what, path = (found["what"], found["path"] or "") if found else (str(error), "")
    named = _NAMED.match(what)
    if named:
        name = ".".join(filter(None, (path, named["name"][:80])))
        names = ", ".join(schema_of(kind)["properties"])
        said = f"{name!r} is missing" if named["fault"][0] == "m" else f"there is no field {name!r}"
        raise Fault(400, f"{place}{said}; there are: {names}" if not path else place + said, field=name, **members)
    schema = schema_of(kind)["properties"].get(path)
    said = f"{path} must be {wanted(schema, address=not strict)}" if schema else f"{path}: {what}"
    raise Fault(400, place + said, field=path, **members)


def wanted(schema: Mapping[str, Any], *, address: bool = False) -> str:
    """What a field takes, in words. In an address, true and false may be written 1 and 0."""
    if "enum" in schema:
        return "one of " + ", ".join(str(v) or '""' for v in schema["enum"])
    kind = str(schema.get("type", ""))
    if kind == "boolean" and address:
        return "1 or 0"
    words = _NAMES.get(kind, kind)
    low, high = schema.get("minimum"), schema.get("maximum")
    if high is not None:
        words += f" from {low} to {high}"
    if "pattern" in schema:
        words += f" of the form {schema['pattern']}"
    if "maxLength" in schema:
        words += f" of at most {schema['maxLength']:,} characters"
    if "maxItems" in schema:
        words += f" of at most {schema['maxItems']}"
    return words


_SCHEMAS: dict[type, dict[str, Any]] = {}


def schema_of(kind: type) -> dict[str, Any]:
    """The JSON schema of a request's type, its own references taken in."""
    known = _SCHEMAS.get(kind)
    if known is None:
        _, components = msgspec.json.schema_components([kind])
        known = _SCHEMAS[kind] = components[kind.__name__]
        # what is asked for stands before what it is narrowed to
        known["properties"] = dict(
            sorted(known["properties"].items(), key=lambda p: p[0] in Narrowed.__struct_fields__)
        )
    return known
