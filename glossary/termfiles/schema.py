"""JSON Schema of a topic file, for editors: made from the same tables that the checker walks."""

from __future__ import annotations

import json
from typing import Any

from glossary.termfiles.shape import (
    CITE,
    CONCEPT,
    DATE,
    DEFINITION,
    EN,
    ID,
    LOCATORS,
    LONGEST,
    NEW,
    PAGE,
    REFERENCE,
    RELATION,
    TOPIC,
    YEARS,
    ZH,
)

_LINE = {"type": "string", "minLength": 1, "pattern": r"^\S(.*\S)?$"}


def topic_schema(vocabulary: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The schema (draft 2020-12) with the codes of this vocabulary."""

    def value(kind: str, name: str) -> dict[str, Any]:
        kind, _, arg = kind.rstrip("!").partition(":")
        if kind in ("code", "codes"):
            code = {"enum": list(vocabulary[arg])}
            return code if kind == "code" else {"type": "array", "minItems": 1, "items": code}
        simple: dict[str, dict[str, Any]] = {
            "flag": {"const": True},
            "date": {"type": "string", "format": "date"},
            "cite": _matching(CITE.pattern),
            "page": _matching(PAGE.pattern),
            "year": _matching(DATE.pattern),
            "years": _matching(YEARS.pattern),
            "numbers": {"anyOf": [_NUMBER, {"type": "array", "minItems": 1, "items": _NUMBER}]},
            "references": {"type": "array", "items": {"$ref": "#/$defs/reference"}},
            "zh": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/zh"}},
            "en": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/en"}},
            "definition": {"$ref": "#/$defs/definition"},
            "relations": {"type": "array", "items": {"anyOf": [_LINE, {"$ref": "#/$defs/relation"}]}},
            "lines": {"type": "array", "items": _LINE},
        }
        return simple.get(kind) or {**_LINE, "maxLength": LONGEST.get(name, 1000)}

    def table(spec: dict[str, str]) -> dict[str, Any]:
        return {
            "type": "object",
            "additionalProperties": False,
            "required": [n for n, k in spec.items() if k.endswith("!")],
            "properties": {n: value(k, n) for n, k in spec.items()},
        }

    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A topic file of the term base",
        "type": "object",
        "required": ["topic"],
        "properties": {"topic": table(TOPIC)},
        "patternProperties": {f"^({ID.pattern}|{NEW.pattern})$": {"$ref": "#/$defs/concept"}},
        "additionalProperties": False,
        "$defs": {
            "concept": table(CONCEPT),
            "zh": table(ZH),
            "en": table(EN),
            "definition": table(DEFINITION),
            "relation": table(RELATION),
            "reference": {**table(REFERENCE), "anyOf": [{"required": [n]} for n in LOCATORS]},
        },
    }


_NUMBER = {"type": "integer", "minimum": 1}


def _matching(pattern: str) -> dict[str, Any]:
    return {"type": "string", "pattern": f"^({pattern})$"}


def schema_text(vocabulary: dict[str, dict[str, Any]]) -> str:
    """The schema as it stands in `schema.json`."""
    return json.dumps(topic_schema(vocabulary), ensure_ascii=False, indent=1) + "\n"
