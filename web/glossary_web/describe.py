"""The OpenAPI document as its page shows it: operations in groups, types as tables, an example of each call."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from flask import url_for

from glossary_web.api.openapi import document
from glossary_web.present import permanent


def description() -> dict[str, Any]:
    """What the template asks for."""
    whole = document()
    groups = {tag["name"]: {**tag, "operations": []} for tag in whole["tags"]}
    for path, methods in whole["paths"].items():
        for method, operation in methods.items():
            groups[operation["tags"][0]]["operations"].append(_operation(method.upper(), path, operation))
    return {
        "info": whole["info"],
        "about": whole["info"]["description"].split("\n"),
        "groups": list(groups.values()),
        "types": [
            {"name": name, "text": schema.get("description", ""), "fields": _fields(schema)}
            for name, schema in whole["components"]["schemas"].items()
        ],
    }


def _operation(method: str, path: str, operation: dict[str, Any]) -> dict[str, Any]:
    answers = operation["responses"]
    body = operation.get("requestBody", {}).get("content", {})
    ok = answers["200"]
    return {
        "id": operation["operationId"],
        "method": method,
        "path": url_for("api.service").rstrip("/") + path,
        "summary": operation["summary"],
        "text": operation.get("description", ""),
        "parameters": [
            {**p, "words": words(p["schema"]), "default": _default(p["schema"]), "required": p.get("required", False)}
            for p in operation.get("parameters", [])
        ],
        "takes": [(media, words(content["schema"])) for media, content in body.items()],
        "gives": [(media, words(content["schema"])) for media, content in ok["content"].items()],
        "limits": {name: h["schema"]["example"] for name, h in ok["headers"].items() if "example" in h["schema"]},
        "faults": {status: a["description"] for status, a in answers.items() if status != "200"},
        **_example(method, path, operation, body),
    }


def _example(method: str, path: str, operation: dict[str, Any], body: dict[str, Any]) -> dict[str, str]:
    """A call that works: as a command, and as a link where it only needs an address."""
    given = {p["name"]: p["example"] for p in operation.get("parameters", []) if "example" in p}
    for part in [p["name"] for p in operation.get("parameters", []) if p["in"] == "path"]:
        path = path.replace("{" + part + "}", str(given.pop(part, "")))
    link = url_for("api.service").rstrip("/") + path + (f"?{urlencode(given, doseq=True)}" if given else "")
    if method == "GET":
        return {"link": link, "command": f"curl '{permanent(link)}'"}
    example = json.dumps(body["application/json"]["example"], ensure_ascii=False)
    return {"link": "", "command": f"curl {permanent(link)} --json '{example}'"}


def _fields(schema: dict[str, Any]) -> list[dict[str, Any]]:
    required = schema.get("required", [])
    return [
        {"name": name, "words": words(field), "text": field.get("description", ""), "required": name in required}
        for name, field in schema.get("properties", {}).items()
    ]


def words(schema: dict[str, Any]) -> list[tuple[str, str]]:
    """The type of a value in words: (text, name of the type that it links to or "")."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return [(name, name)]
    if "enum" in schema:
        if "true" in schema["enum"]:
            return [("1 or 0", "")]
        *most, last = [str(v) for v in schema["enum"] if v != ""]
        return [(f"{', '.join(most)} or {last}" if most else last, "")]
    if "anyOf" in schema:
        out: list[tuple[str, str]] = []
        for inner in schema["anyOf"]:
            out += [(" or ", ""), *words(inner)] if out else words(inner)
        return out
    if "contentMediaType" in schema or not schema:
        return [("a file", "")]
    kind = schema.get("type", "anything")
    if kind == "array":
        if "prefixItems" in schema:
            return [("pair of numbers", "")]
        inner = words(schema["items"]) if schema.get("items") else [("anything", "")]
        return [
            ("list of strings" if inner == [("string", "")] else "list of ", ""),
            *(i for i in inner if i[0] != "string"),
        ]
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return [("map of ", ""), *words(schema["additionalProperties"])]
    return [(kind + _bounds(schema), "")]


def _bounds(schema: dict[str, Any]) -> str:
    low, high, longest = schema.get("minimum"), schema.get("maximum"), schema.get("maxLength")
    out = f" {low}–{high:,}" if low is not None and high is not None else ""
    return out + (f", at most {longest:,} characters" if longest else "")


def _default(schema: dict[str, Any]) -> str:
    return str(schema.get("default", ""))
