"""What schemathesis must be told: a list as `application/x-ndjson` is one JSON value a line."""

import json
from typing import Any

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def to_lines(ctx: Any, value: Any) -> bytes:
    return b"".join(json.dumps(v).encode() + b"\n" for v in value) if isinstance(value, list) else json.dumps(value).encode()


@schemathesis.deserializer("application/x-ndjson")
def from_lines(ctx: Any, response: Any) -> Any:
    return [json.loads(line) for line in response.content.splitlines()]
