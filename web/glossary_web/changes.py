"""The list of changes of a base, as `glossary diff --markdown` writes it, in parts that a page can show."""

from __future__ import annotations

import re
from typing import Any

_ENTRY = re.compile(r"- `(?P<id>[^`]+)` (?P<label>.*)")
_TO = re.compile(r" → `([^`]+)`")


def editions(text: str) -> list[dict[str, Any]]:
    """Of each edition its `title`, what is `said` of it, and its `groups`: (name, entries).

    An entry has `id`, `label`, `what` was changed, and for one that was removed what it went `to`.
    """
    found: list[dict[str, Any]] = []
    for line in text.splitlines():
        if line.startswith("## "):
            found.append({"title": line[3:], "said": "", "groups": []})
        elif line.startswith("### ") and found:
            found[-1]["groups"].append((line[4:], []))
        elif (entry := _ENTRY.fullmatch(line)) and found and found[-1]["groups"]:
            label = entry["label"].rstrip()
            found[-1]["groups"][-1][1].append(
                {"id": entry["id"], "label": _TO.sub("", label), "what": "", "to": _TO.findall(label)}
            )
        elif line.startswith("  ") and found and found[-1]["groups"]:
            found[-1]["groups"][-1][1][-1]["what"] = line.strip()
        elif line and found and not found[-1]["groups"]:
            found[-1]["said"] += f"{line} "
    return found
