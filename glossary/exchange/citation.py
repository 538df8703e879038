"""Citations of entries and of the works they cite: two formats for reference managers, four styles for reading.

Names are written as they are recorded and are not turned round (`Lisa Feldman Barrett`, `Wang Jianguo`): which part
is the family name is not recorded. The styles follow the published rules of APA (7th edition), Chicago (17th,
bibliography), MLA (9th) and GB/T 7714–2015 in plain text, without italics.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from glossary.errors import InputError
from glossary.exchange.works import ENTRY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from glossary.exchange.works import Work

_MONTHS = "January February March April May June July August September October November December".split()
_MLA_MONTHS = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()
_CSL = {
    ENTRY: "entry-dictionary",
    "report": "report",
    "article": "article-journal",
    "news": "article-newspaper",
    "book": "book",
    "law": "legislation",
    "treaty": "treaty",
    "standard": "standard",
    "termbase": "dataset",
    "patent": "patent",
    "video": "motion_picture",
    "post": "post",
}
_BIBTEX = {"article": "article", "news": "article", "report": "techreport", "book": "book"}
_GBT = {
    "article": "J",
    "news": "N",
    "book": "M",
    "report": "R",
    "standard": "S",
    "patent": "P",
    "termbase": "DB",
    ENTRY: "DB",
}
_WHOLE = {"book", "report", "law", "treaty", "standard", "patent", "termbase", "dictionary"}  # no quotation marks
_LATEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def cite(works: Sequence[Work], style: str) -> str:
    """The works in one of STYLES, as text with a line end. Raises InputError for a style that there is not."""
    if style not in STYLES:
        raise InputError(f"there is no citation style {style!r}; there are {', '.join(STYLES)}")
    return STYLES[style](works)


# for reference managers


def csl(work: Work) -> dict[str, Any]:
    """One item of CSL-JSON."""
    item: dict[str, Any] = {"id": work.key, "type": _CSL.get(work.type, "webpage"), "title": work.title}
    if work.authors:
        item["author"] = [{"literal": name} for name in work.authors]
    for name, value in (
        ("container-title", work.container),
        ("publisher", work.publisher),
        ("volume", work.volume),
        ("issue", work.issue),
        ("page", work.pages),
        ("number", work.number),
        ("version", work.version),
        ("language", work.lang),
        ("URL", work.url),
        ("note", f"English title: {work.title_en}" if work.title_en else ""),
    ):
        if value:
            item[name] = value
    for name, date in (("issued", work.date), ("accessed", work.accessed)):
        if date:
            item[name] = {"date-parts": [_parts(date)]}
    return item


def _csl_json(works: Sequence[Work]) -> str:
    return json.dumps([csl(work) for work in works], ensure_ascii=False, indent=2) + "\n"


def _bibtex(works: Sequence[Work]) -> str:
    return "\n".join(map(_bibtex_record, works))


def _bibtex_record(work: Work) -> str:
    kind = _BIBTEX.get(work.type, "misc")
    place = {"article": "journal", "techreport": "institution"}.get(kind, "howpublished")
    date = _parts(work.date)
    notes = [
        f"English title: {work.title_en}" if work.title_en else "",
        f"version {work.version}, entry {work.number}" if work.number else "",
        f"accessed {work.accessed}" if work.accessed else "",
    ]
    fields = [
        ("author", " and ".join(f"{{{_latex(name)}}}" for name in work.authors)),
        ("title", f"{{{_latex(work.title)}}}"),
        (place, _latex(work.container or (work.publisher if kind == "techreport" else ""))),
        ("publisher", _latex(work.publisher) if kind != "techreport" else ""),
        ("year", str(date[0]) if date else ""),
        ("month", str(date[1]) if len(date) > 1 else ""),
        ("volume", _latex(work.volume)),
        ("number", _latex(work.issue)),
        ("pages", _latex(re.sub("[-–—]+", "--", work.pages))),
        ("url", _url(work.url)),
        ("note", _latex("; ".join(filter(None, notes)))),
    ]
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
    return f"@{kind}{{{re.sub(r'[^A-Za-z0-9:._-]', '-', work.key)},\n{body}}}\n"


def _latex(text: str) -> str:
    """Text for a BibTeX field, in UTF-8; braces that stand alone would end the field, so they become brackets."""
    return "".join(_LATEX.get(c, f"\\{c}" if c in "&%$#_" else {"{": "(", "}": ")"}.get(c, c)) for c in _line(text))


def _url(url: str) -> str:
    return re.sub(r"[{}\\\s]", lambda found: f"%{ord(found[0]):02X}", url)


# for reading


def _lines(one: Callable[[Work], str]) -> Callable[[Sequence[Work]], str]:
    return lambda works: "".join(_line(one(work)) + "\n" for work in works)


def _line(text: str) -> str:
    return " ".join(text.split())


def _apa(work: Work) -> str:
    names = work.authors_en or work.authors
    who = ", ".join(names[:-1]) + ", & " + names[-1] if len(names) > 1 else "".join(names)
    when = f"({_american(work.date, year_first=True) or 'n.d.'})"
    title = work.title + (f" [{work.title_en}]" if work.title_en else "")
    start = [who, when, title] if who else [title, when]
    if work.type == ENTRY:
        where = f"In {work.container} (Version {work.version}, entry {work.number})"
    else:
        volume = work.volume + (f"({work.issue})" if work.issue else "")
        where = ", ".join(filter(None, (_both(work), volume, work.pages)))
    publisher = work.publisher if work.publisher not in (*work.authors, work.container) else ""
    text = _sentences(*start, where, publisher)
    if work.url and work.accessed and not work.date:
        return f"{text} Retrieved {_american(work.accessed)}, from {work.url}"
    return f"{text} {work.url}".strip()


def _chicago(work: Work) -> str:
    who = _listed(work.authors_en or work.authors)
    title = work.title if work.type in _WHOLE else f"“{_closed(work.title)}”"
    english = f"[{_closed(work.title_en)}]" if work.title_en else ""
    volume = work.volume + (f", no. {work.issue}" if work.issue else "")
    if work.type == "article" and work.container:
        year = f"({work.date[:4]})" if work.date else ""
        where = " ".join(filter(None, (_both(work), volume, year))) + (f": {work.pages}" if work.pages else "")
    elif work.type == ENTRY:
        reviewed = f"Last reviewed {_american(work.date)}" if work.date else ""
        where = _sentences(f"In {work.container}, version {work.version}, entry {work.number}", reviewed)
    else:
        publisher = work.publisher if work.publisher not in (*work.authors, work.container) else ""
        where = ", ".join(filter(None, (_both(work), publisher, _american(work.date))))
    accessed = f"Accessed {_american(work.accessed)}" if work.accessed else ""
    return _sentences(who, title, english, where, accessed, work.url)


def _mla(work: Work) -> str:
    names = work.authors_en or work.authors
    who = f"{names[0]}, et al" if len(names) > 2 else " and ".join(names)
    title = work.title if work.type in _WHOLE else f"“{_closed(work.title)}”"
    english = f"[{_closed(work.title_en)}]" if work.title_en else ""
    publisher = work.publisher if work.publisher not in (*work.authors, work.container) else ""
    where = [
        _both(work),
        f"version {work.version}, entry {work.number}" if work.number else "",
        f"vol. {work.volume}" if work.volume else "",
        f"no. {work.issue}" if work.issue else "",
        publisher,
        _british(work.date, _MLA_MONTHS),
        ("pp. " if re.search("[-–,]", work.pages) else "p. ") + work.pages if work.pages else "",
        work.url,
    ]
    accessed = f"Accessed {_british(work.accessed, _MLA_MONTHS)}" if work.accessed else ""
    return _sentences(who, title, english, ", ".join(filter(None, where)), accessed)


def _gbt7714(work: Work) -> str:
    more = "等" if work.lang.startswith("zh") else "et al."
    who = ", ".join([*work.authors[:3], more] if len(work.authors) > 3 else work.authors)
    online = "/OL" if work.url else ""
    title = f"{work.title}[{_GBT.get(work.type, 'EB' if work.url else 'Z')}{online}]"
    if work.type == ENTRY:
        title += f"//{work.container}. Version {work.version}, {work.number}"
    volume = work.volume + (f"({work.issue})" if work.issue else "")
    periodical = work.type in ("article", "news")
    year = (work.date[:4] if work.type == "article" else work.date) if periodical else ""
    where = ", ".join(filter(None, (work.container if work.type != ENTRY else "", year, volume)))
    where += f": {work.pages}" if work.pages else ""
    publisher = work.publisher if work.publisher not in (*work.authors, work.container) else ""
    day = "" if periodical or not work.date else f"({work.date})" if work.url else work.date
    dates = day + (f"[{work.accessed}]" if work.accessed else "")
    return _sentences(who, title, where, ", ".join(filter(None, (publisher, dates))), work.url)


def _both(work: Work) -> str:
    """Where it appeared, with the English beside a Chinese name."""
    english = work.container_en if work.container_en != work.container else ""
    return f"{work.container} [{english}]" if work.container and english else work.container or english


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + ", and " + names[-1] if len(names) > 1 else "".join(names)


def _sentences(*parts: str) -> str:
    """Parts with full stops; an address ends without one, so that it can be followed."""
    out = [part if part.startswith(("http://", "https://")) else _closed(part) for part in parts if part]
    return " ".join(out)


def _closed(text: str) -> str:
    """A part with its full stop; none is doubled."""
    return text if text.rstrip("”]").endswith((".", "?", "!", "。", "？", "！")) else f"{text}."


def _parts(date: str) -> list[int]:
    return [int(part) for part in date.split("-")] if date else []


def _american(date: str, *, year_first: bool = False) -> str:
    year, month, day = (*_parts(date), 0, 0, 0)[:3]
    rest = f"{_MONTHS[month - 1]}{f' {day}' if day else ''}" if month else ""
    if year_first or not rest:
        return ", ".join(filter(None, (str(year or ""), rest)))
    return f"{rest}, {year}" if day else f"{rest} {year}"


def _british(date: str, months: Sequence[str]) -> str:
    year, month, day = (*_parts(date), 0, 0, 0)[:3]
    return " ".join(filter(None, (str(day or ""), months[month - 1] if month else "", str(year or ""))))


STYLES: dict[str, Callable[[Sequence[Work]], str]] = {
    "bibtex": _bibtex,
    "csl-json": _csl_json,
    "apa": _lines(_apa),
    "chicago": _lines(_chicago),
    "mla": _lines(_mla),
    "gbt7714": _lines(_gbt7714),
}
