"""`glossary stats`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from glossary.cli.io import add_base, emit, open_base

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--json", action="store_true", help="one JSON object")
    add_base(parser)


def run(options: argparse.Namespace) -> int:
    """Print the counts."""
    glossary = open_base(options)
    counts, coverage = glossary.stats(), glossary.coverage()
    if options.json:
        emit({**counts, "coverage": coverage})
        return 0
    for name, value in counts.items():
        if value == "":  # a base of one's own has no edition
            continue
        if isinstance(value, dict):
            print(f"{name}:")
            for key, count in value.items():
                print(f"  {key:<16} {count:>6}")
        else:
            print(f"{name.replace('_', ' '):<18} {value:>6}")
    _print(coverage)
    return 0


def _print(coverage: dict[str, Any]) -> None:
    """How far the entries go: evidence, review, domains."""
    print(f"{'defined':<18} {coverage['all']['defined']:>6}")
    print("reviewed on:")
    for day, count in coverage["reviewed"].items():
        print(f"  {day or 'not yet':<16} {count:>6}")
    for language, name in (("zh", "Chinese forms"), ("en", "English renderings")):
        print(f"evidence of {name}:")
        for kind, count in coverage["all"][language].items():
            print(f"  {kind:<16} {count:>6}")
    print(f"{'by domain:':<18} {'entries':>8} {'reviewed':>9} {'defined':>8} {'zh attested':>12} {'en attested':>12}")
    for code, row in coverage["domains"].items():
        numbers = f"{row['entries']:>8} {row['reviewed']:>9} {row['defined']:>8}"
        print(f"  {code:<16} {numbers} {_share(row['zh']):>12} {_share(row['en']):>12}")


def _share(evidence: dict[str, int]) -> str:
    total = sum(evidence.values())
    return f"{100 * evidence['attested'] / total:.0f}%" if total else "–"
