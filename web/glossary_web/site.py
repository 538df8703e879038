"""What every request shares: the glossary, and lists out of it that never change while it is open."""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from flask import current_app

import glossary
import glossary_web
from glossary.errors import UnknownConcept

if TYPE_CHECKING:
    from glossary.desk import Glossary
    from glossary.model import Source

SEED = "article19-2021"  # the report that the term base grew from
CREDIT = "CC-CEDICT, CC BY-SA 4.0"  # of the general dictionary, wherever something of it is shown


class Site:
    """One glossary and what is worth remembering of it."""

    def __init__(self, glossary: Glossary) -> None:
        self.glossary = glossary

    @cached_property
    def stamp(self) -> str:
        """Another one whenever the same request could be answered in another way: by other entries or other code."""
        seen = hashlib.sha256(self.glossary.digest.encode())
        for package in (glossary, glossary_web):
            for path in sorted(Path(str(package.__file__)).parent.rglob("*")):
                if path.suffix in (".py", ".html", ".toml", ".sql"):
                    seen.update(path.read_bytes())
        return seen.hexdigest()

    @cached_property
    def vocabulary(self) -> dict[str, dict[str, Any]]:
        """The closed lists with their labels."""
        return self.glossary.vocabulary

    @cached_property
    def stats(self) -> dict[str, Any]:
        """Counts of what the base holds."""
        return self.glossary.stats()

    @cached_property
    def coverage(self) -> dict[str, Any]:
        """How far the entries go: evidence, review, definitions."""
        return self.glossary.coverage()

    @cached_property
    def domains(self) -> list[tuple[str, int]]:
        """(code, number of entries) of every domain, by label."""
        return sorted(self.stats["domains"].items(), key=lambda d: self.label("domains", d[0]).lower())

    @cached_property
    def works(self) -> dict[str, tuple[Source, int]]:
        """Every cited work, with the number of entries that cite it, by key."""
        return {source.cite: (source, count) for source, count in self.glossary.sources()}

    def work(self, cite: str) -> Source | None:
        """One cited work, from any of the bases; None where there is none."""
        if cite in self.works:
            return self.works[cite][0]
        try:
            return self.glossary.source(cite)
        except UnknownConcept:
            return None

    def label(self, group: str, code: str, lang: str = "en") -> str:
        """The label of a code of the closed lists; the code itself where it has none."""
        return str(self.vocabulary.get(group, {}).get(code, {}).get(lang, code))

    def relation(self, type: str, inverse: bool) -> str:
        """The label of a relation as it reads from this side."""
        entry = self.vocabulary.get("relations", {}).get(type, {})
        side = entry.get("inverse", entry) if inverse else entry
        return str(side.get("en", type.replace("_", " ")))


def the_site() -> Site:
    """The site of the application that is answering."""
    return cast("Site", current_app.extensions["site"])
