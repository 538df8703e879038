"""`glossary diff`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from glossary.cli.io import emit, read_text
from glossary.desk import Glossary

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("old", help="the earlier base: a compiled file or a folder of term files")
    parser.add_argument("new", nargs="?", default="", help="the later one (default: the bundled base)")
    parser.add_argument("--text", metavar="FILE", help="only what concerns the terms of this text; - is standard input")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="one JSON object a line")
    how.add_argument("--markdown", action="store_true", help="in words, as a section of terms/CHANGES.md")


def run(options: argparse.Namespace) -> int:
    """Print what changed; 1 where there is a difference."""
    old = Glossary.open(options.old)
    new = Glossary.open(options.new) if options.new else Glossary.open()
    changes = new.changes_since(old, read_text(options.text) if options.text else None)
    if options.markdown:
        print(new.changes_in_words(changes, old), end="")
        return 1 if changes else 0
    for change in changes:
        if options.json:
            emit(change.to_dict())
            continue
        more = f" → {', '.join(change.replaced_by)}" if change.replaced_by else ""
        print(f"{change.what:<8} {change.id}  {change.label}{more}")
        for name, before, after in change.fields:
            print(f"         {name}: {_short(before)} → {_short(after)}")
    if not options.json:
        counts = {w: sum(c.what == w for c in changes) for w in ("added", "changed", "removed")}
        print(", ".join(f"{n} {w}" for w, n in counts.items()))
    return 1 if changes else 0


def _short(value: Any) -> str:
    """A value in one line; of terms their texts and status."""
    if isinstance(value, list) and value and isinstance(value[0], dict) and "text" in value[0]:
        return "; ".join(f"{t['text']} ({t.get('use', 'preferred')})" for t in value)
    text = "–" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) < 120 else text[:117] + "…"
