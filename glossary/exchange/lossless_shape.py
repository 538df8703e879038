"""The shape of our own JSON: its JSON Schema, and a check that names the field, both from the same tables.

The tables are those of the term files; what differs is said here: ids and codes are free (an imported base has its
own), texts may be of any length, and there is a remainder.
"""

from __future__ import annotations

from typing import Any

from glossary.errors import InputError
from glossary.termbase.keys import USES
from glossary.termfiles.shape import CONCEPT, DEFINITION, EN, REFERENCE, RELATION, SOURCE, ZH

_PAIRS = {"remainder": "pairs"}
TABLES: dict[str, dict[str, str]] = {
    "concept": {"id": "line!", **CONCEPT, **_PAIRS},
    "zh": {**ZH, **_PAIRS},
    "en": {**EN, **_PAIRS},
    "definition": DEFINITION,
    "relation": RELATION,
    "reference": REFERENCE,
    "source": {"cite": "line!", **SOURCE},
}
_TEXT = {"type": "string"}
_USE = {"enum": list(USES)}
_LISTS = {"zh": "zh", "en": "en", "references": "reference"}


def _kind(spec: str) -> tuple[str, bool]:
    return spec.rstrip("!").partition(":")[0], spec.endswith("!")


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the `json` format."""
    notes: dict[str, dict[str, Any]] = {
        "flag": {"type": "boolean"},
        "numbers": {"type": "array", "items": {"type": "integer"}},
        "codes": {"type": "array", "items": _TEXT},
        "lines": {"type": "array", "items": _TEXT},
        "pairs": {
            "type": "array",
            "items": {"type": "array", "prefixItems": [_TEXT, _TEXT], "minItems": 2, "maxItems": 2},
        },
        "definition": {"$ref": "#/$defs/definition"},
        "relations": {"type": "array", "items": {"anyOf": [_TEXT, {"$ref": "#/$defs/relation"}]}},
        **{kind: {"type": "array", "items": {"$ref": f"#/$defs/{table}"}} for kind, table in _LISTS.items()},
    }

    def table(spec: dict[str, str]) -> dict[str, Any]:
        return {
            "type": "object",
            "additionalProperties": False,
            "required": [n for n, k in spec.items() if k.endswith("!")],
            "properties": {n: _USE if n == "use" else notes.get(_kind(k)[0], _TEXT) for n, k in spec.items()},
        }

    lists = {"type": "object", "additionalProperties": {"type": "object"}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A term base of zh-en-glossary, whole",
        "type": "object",
        "required": ["format", "version", "concepts"],
        "additionalProperties": False,
        "properties": {
            "format": {"const": "zh-en-glossary"},
            "version": {"const": 1},
            "title": _TEXT,
            "licence": _TEXT,
            "date": _TEXT,
            "vocabulary": lists,
            "retired": lists,
            "concepts": {"type": "array", "items": {"$ref": "#/$defs/concept"}},
            "sources": {"type": "array", "items": {"$ref": "#/$defs/source"}},
        },
        "$defs": {name: table(spec) for name, spec in TABLES.items()},
    }


def check_concept(value: Any, at: str) -> None:
    """Raise InputError that names the field where a concept does not have the shape of the schema."""
    _table(value, "concept", at)


def check_source(value: Any, at: str) -> None:
    """Raise InputError that names the field where a cited work does not have the shape of the schema."""
    _table(value, "source", at)


def _table(value: Any, name: str, at: str) -> None:
    if not isinstance(value, dict):
        raise InputError(f"{at}: must be an object")
    spec = TABLES[name]
    for field, item in value.items():
        if field not in spec:
            raise InputError(f"{at}: {field}: unknown field; known are {', '.join(spec)}")
        _value(item, _kind(spec[field])[0], f"{at}: {field}")
        if field == "use" and item not in USES:
            raise InputError(f"{at}: use: {item!r} is none of {', '.join(USES)}")
    for field, kind in spec.items():
        if kind.endswith("!") and field not in value:
            raise InputError(f"{at}: {field}: is missing")
        if kind == "line!" and field in ("id", "cite") and not value[field]:
            raise InputError(f"{at}: {field}: is empty")


def _value(value: Any, kind: str, at: str) -> None:
    if kind == "definition":
        _table(value, kind, at)
    elif kind in _LISTS:
        for n, item in enumerate(_list(value, at)):
            _table(item, _LISTS[kind], f"{at}[{n}]")
    elif kind == "relations":
        for n, item in enumerate(_list(value, at)):
            if not isinstance(item, str):
                _table(item, "relation", f"{at}[{n}]")
    elif kind in _SIMPLE_LISTS:
        test, what = _SIMPLE_LISTS[kind]
        if not all(map(test, _list(value, at))):
            raise InputError(f"{at}: must be a list of {what}")
    elif kind == "flag":
        if not isinstance(value, bool):
            raise InputError(f"{at}: must be true or false")
    else:
        _text(value, at)


def _text(value: Any, at: str) -> None:
    if not isinstance(value, str):
        raise InputError(f"{at}: must be text")
    if any("\ud800" <= c <= "\udfff" for c in value):
        raise InputError(f"{at}: holds half a character (a lone surrogate)")


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(v, str) for v in value)


def _list(value: Any, at: str) -> list[Any]:
    if not isinstance(value, list):
        raise InputError(f"{at}: must be a list")
    return value


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


_SIMPLE_LISTS: dict[str, tuple[Any, str]] = {
    "codes": (_is_text, "texts"),
    "lines": (_is_text, "texts"),
    "numbers": (lambda v: type(v) is int, "whole numbers"),
    "pairs": (_is_pair, "pairs of texts"),
}
