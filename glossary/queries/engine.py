"""An outside search engine as data: how it wants a query to be written, how long it may be, what its address is.

`docs/query.md` says what each key of `engines.toml` means.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from glossary.errors import InputError
from glossary.text.normalize import is_han

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

GROUPS = {"papers": "Scholarly databases", "web": "The web", "official": "Official sites"}
FIELDS = {
    "topic": "topic",
    "title": "title",
    "keywords": "keywords",
    "abstract": "abstract",
    "wide": "title, keywords and abstract",
    "text": "full text",
}
LONGEST_ADDRESS = 2000  # bytes: our own ceiling; browsers and servers commonly take a little more
ALL = "all"


@dataclass(frozen=True, slots=True)
class Engine:
    """One engine. Templates hold {} for the content, {field}, {term}, {block}; `address` holds {q}."""

    id: str
    name: str
    zh: str
    group: str
    checked: date
    form: str
    facts: tuple[tuple[str, str], ...]
    aliases: tuple[str, ...] = ()
    place: str = ""  # CN, TW or HK; "" for the whole world
    address: str = ""  # "" where it takes none: the string is pasted into the form
    charset: str = "utf-8"
    match: str = "unknown"  # phrase: a quoted form is found inside a longer one; words; unknown
    quote: str = ""
    term: str = "{}"
    or_: str = ""  # "" where it takes one form at a time
    and_: str = ""
    not_: str = ""
    block: str = "{}"
    one: str = ""  # a block of one form, where that differs
    scope: str = ""  # what always stands at the end
    site: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)
    unchecked: tuple[str, ...] = ()

    @property
    def script(self) -> str:
        """The script of its sources: hans or hant."""
        return "hant" if self.place in ("TW", "HK") else "hans"

    def field_code(self, name: str) -> str:
        """The engine's own code for a field; that of its topic where it lacks the field, "" where it has none."""
        return self.fields.get(name) or self.fields.get("topic", "")

    def string(self, blocks: Sequence[Sequence[str]], excluded: Iterable[str], name: str, site: str) -> str:
        """The query: any form of each block, all blocks, none of the excluded forms; `name` is a field of `FIELDS`."""
        code = self.field_code(name)
        text = self.and_.join(self._block(forms, code) for forms in blocks)
        excluded = list(excluded)
        if excluded and "{block}" in self.not_:
            text += self.not_.replace("{block}", self._block(excluded, code))
        elif self.not_:
            text += "".join(self.not_.replace("{term}", self._term(form, code)) for form in excluded)
        if site and self.site:
            text += self.site.replace("{}", site)
        elif self.scope:
            text += self.scope
        return text

    def _term(self, form: str, code: str) -> str:
        return self.term.replace("{field}", code).replace("{}", form)

    def _block(self, forms: Sequence[str], code: str) -> str:
        pattern = self.one if self.one and len(forms) == 1 else self.block
        return pattern.replace("{field}", code).replace("{}", self.or_.join(self._term(f, code) for f in forms))

    def url(self, string: str) -> str:
        """The address that opens this search; that of the form where the engine takes none."""
        return self.address.replace("{q}", quote(string, safe="", encoding=self.charset)) if self.address else self.form

    def excess(self, string: str, terms: int) -> str:
        """Which limit a query breaks, in words; "" where it keeps them all. `terms` is the number of search terms."""
        sizes = {"characters": len(string), "width": width(string), "words": words(string), "terms": terms}
        for name, most in self.limits.items():
            if sizes[name] > most:
                return limit_in_words(name, most)
        if self.address and len(self.url(string)) > LONGEST_ADDRESS:
            return f"an address of at most {LONGEST_ADDRESS} bytes"
        return ""


def width(text: str) -> int:
    """Length as Chinese sites count: a wide character is two."""
    return sum(1 if c < "\u2e80" else 2 for c in text)


def words(text: str) -> int:
    """Words of a query, without operators and brackets; two Chinese characters are counted as one word."""
    count = 0
    for piece in text.split():
        if piece in ("OR", "AND", "NOT", "|"):
            continue
        han = sum(map(is_han, piece))
        latin = any(c.isascii() and c.isalnum() for c in piece)
        count += (han + 1) // 2 + latin
    return count


def limit_in_words(name: str, most: int) -> str:
    """A limit as people say it."""
    if name == "width":
        return f"at most {most // 2} Chinese characters"
    return f"at most {most} {name}"


@cache
def engines() -> dict[str, Engine]:
    """Every engine by its id, in the order of the file."""
    import tomllib
    from importlib.resources import files

    data = tomllib.loads(files(__package__).joinpath("engines.toml").read_text(encoding="utf-8"))
    return {id: _engine(id, table) for id, table in data.items()}


def _engine(id: str, table: dict[str, Any]) -> Engine:
    renamed = {"or": "or_", "and": "and_", "not": "not_"}
    values: dict[str, Any] = {
        renamed.get(k, k): tuple(v) if k in ("aliases", "unchecked") else v for k, v in table.items()
    }
    values["facts"] = tuple((what, whence) for what, whence in table["facts"])
    return Engine(id=id, **values)


def engines_named(names: str | Iterable[str]) -> list[Engine]:
    """The engines that are asked for: ids or aliases, joined by commas or in a list; `all` for every one.

    Raises InputError for a name that there is not.
    """
    known = engines()
    by_alias = {alias: e for e in known.values() for alias in (e.id, *e.aliases)}
    found: dict[str, Engine] = {}
    wanted = names.split(",") if isinstance(names, str) else [n for name in names for n in name.split(",")]
    for name in (n.strip().lower() for n in wanted):
        if name == ALL:
            found.update(known)
        elif name in by_alias:
            found[by_alias[name].id] = by_alias[name]
        elif name:
            raise InputError(f"there is no search engine {name!r}; there are {', '.join(known)} and {ALL}")
    if not found:
        raise InputError(f"say which search engines: {', '.join(known)} or {ALL}")
    return list(found.values())
