"""What is wanted of a query, and what is given back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date as Date
from typing import Any

from glossary.errors import InputError
from glossary.queries.engine import FIELDS
from glossary.text.normalize import check_text

SIZES = {
    "long": "every form, over as few searches as the engine's limits allow",
    "short": "one search with the most telling forms",
    "split": "one search a form",
}
SCRIPTS = ("hans", "hant", "both")
OLD = ("attested", "all", "none")
HOMOGRAPHS = ("drop", "keep")
_DOMAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*")


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to ask. Raises InputError for a value that there is not.

    `size` is one of SIZES; `field` one of FIELDS, for engines that have fields; `scripts` one of SCRIPTS or "" for
    the script of the engine's place; `old` says which superseded and deprecated forms to ask for; `homographs` what
    to do with forms that mean something else too; `exclude` are forms that must not be found; `site` a domain to stay
    in; `date` the day of the note, as 2026-11-23 or "".
    """

    size: str = "long"
    field: str = "topic"
    scripts: str = ""
    old: str = "attested"
    homographs: str = "drop"
    english: bool = False
    exclude: tuple[str, ...] = ()
    site: str = ""
    date: str = ""

    def __post_init__(self) -> None:
        for name, allowed in (
            ("size", tuple(SIZES)),
            ("field", tuple(FIELDS)),
            ("scripts", ("", *SCRIPTS)),
            ("old", OLD),
            ("homographs", HOMOGRAPHS),
        ):
            value = getattr(self, name)
            if value not in allowed:
                raise InputError(f"{name} is {', '.join(filter(None, allowed))}, not {value!r}")
        for form in self.exclude:
            if not check_text(form).strip() or len(form) > 100:
                raise InputError(f"a form to exclude has 1 to 100 characters, not {len(form.strip())}")
        if self.site and not (len(self.site) <= 253 and _DOMAIN.fullmatch(self.site)):
            raise InputError(f"the site is a domain such as gov.cn, not {self.site[:60]!r}")
        if self.date:
            try:
                Date.fromisoformat(self.date)
            except ValueError:
                raise InputError(f"the date is written 2026-11-23, not {self.date[:40]!r}") from None


@dataclass(frozen=True, slots=True)
class Query:
    """One search: the string to paste, the address to open, what it asks for, what it leaves out and why.

    `url` opens the search where `prefilled`, else the engine's form. `dropped` are the forms that were left out, with
    the reasons in `reasons`; where all were, `string` is empty. `note` is worded for a methods section. It is `part` of
    `parts` where one search could not hold everything.
    """

    engine: str
    name: str
    string: str
    url: str
    prefilled: bool
    forms: tuple[str, ...]
    excluded: tuple[str, ...]
    dropped: tuple[str, ...]
    reasons: dict[str, str] = field(hash=False)
    note: str
    concepts: tuple[str, ...]
    date: str = ""
    part: int = 1
    parts: int = 1

    def to_dict(self) -> dict[str, Any]:
        """The query with the keys of the public contract."""
        return {
            "engine": self.engine,
            "string": self.string,
            "url": self.url,
            "forms": list(self.forms),
            "dropped": list(self.dropped),
            "note": self.note,
            "name": self.name,
            "prefilled": self.prefilled,
            "excluded": list(self.excluded),
            "reasons": dict(self.reasons),
            "concepts": list(self.concepts),
            "date": self.date,
            "part": self.part,
            "parts": self.parts,
        }
