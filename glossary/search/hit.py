"""What look-up returns. Plain slotted classes: `dataclasses` would cost half of the whole command's time."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# The ranking, best first: (name, what a person is told). A hit stands in the best tier that any reading gives it.
TIERS = (
    ("id", "the entry's id"),
    ("chinese", "Chinese"),
    ("chinese-other", "another Chinese form"),
    ("pinyin-tones", "pinyin with tones"),
    ("english", "English"),
    ("pinyin", "pinyin"),
    ("english-other", "another rendering"),
    ("chinese-beginning", "beginning of the Chinese"),
    ("initials", "initials"),
    ("mixed", "characters and pinyin"),
    ("pinyin-beginning", "beginning of the pinyin"),
    ("english-words", "English words"),
    ("chinese-inside", "inside the Chinese"),
    ("pinyin-inside", "inside the pinyin"),
    ("initials-beginning", "beginning of the initials"),
    ("mixed-inside", "characters and pinyin, inside"),
    ("definition", "definition or note"),
    ("similar", "similar"),
)
(
    ID,
    ZH,
    ZH_OTHER,
    TONES,
    EN,
    PLAIN,
    EN_OTHER,
    ZH_PREFIX,
    INITIALS,
    MIXED,
    PLAIN_PREFIX,
    EN_WORDS,
    ZH_INSIDE,
    PLAIN_INSIDE,
    INITIALS_PREFIX,
    MIXED_INSIDE,
    DEFINITION,
    SIMILAR,
) = range(len(TIERS))
USES = ("preferred", "admitted", "superseded", "deprecated")


class Match:
    """Why a hit matched: the field, the form as written, and the matching spans in it (code points, end exclusive)."""

    __slots__ = ("field", "form", "spans")

    def __init__(self, field: str, form: str, spans: list[tuple[int, int]]) -> None:
        self.field, self.form, self.spans = field, form, spans

    def to_dict(self) -> dict[str, Any]:
        """The match as plain data."""
        return {"field": self.field, "form": self.form, "spans": [list(s) for s in self.spans]}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Match:
        """A match out of what `to_dict` made of it."""
        return cls(data["field"], data["form"], [(start, end) for start, end in data["spans"]])


class Hit:
    """One concept found. `zh` and `en` stand preferred first; `tier` indexes `TIERS`; `use` is the matched form's."""

    __slots__ = (
        "domains",
        "en",
        "en_all",
        "hant",
        "id",
        "kind",
        "matched",
        "pinyin",
        "status",
        "tier",
        "use",
        "zh",
        "zh_all",
    )

    def __init__(self, id: str, data: dict[str, Any], tier: int, use: str, matched: Match) -> None:
        first = data["zh"][0] if data["zh"] else {"text": "", "pinyin": ""}
        forms = [f for t in data["zh"] for f in (t["text"], t.get("trad", t["text"]))]
        self.id = id
        self.zh: str = first["text"]
        self.hant: str = first.get("trad", first["text"])
        self.pinyin: str = first["pinyin"]
        self.en: list[str] = [t["text"] for t in data["en"] if t.get("use") not in ("deprecated", "superseded")]
        self.zh_all: list[str] = list(dict.fromkeys(forms))
        self.en_all: list[str] = list(dict.fromkeys(f for t in data["en"] for f in (t["text"], t.get("abbr", "")) if f))
        self.kind: str = data["kind"]
        self.domains: list[str] = list(data["domains"])
        self.status: str = data.get("status", "draft")
        self.tier, self.use, self.matched = tier, use, matched

    @property
    def why(self) -> str:
        """The tier in words."""
        return TIERS[self.tier][1]

    def to_dict(self) -> dict[str, Any]:
        """The hit with the keys of the public contract."""
        return {
            "id": self.id,
            "zh": self.zh,
            "hant": self.hant,
            "pinyin": self.pinyin,
            "en": self.en,
            "zh_all": self.zh_all,
            "en_all": self.en_all,
            "kind": self.kind,
            "domains": self.domains,
            "status": self.status,
            "tier": self.tier,
            "why": self.why,
            "use": self.use,
            "matched": self.matched.to_dict(),
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Hit:
        """A hit out of what `to_dict` made of it."""
        hit = cls.__new__(cls)
        for name in cls.__slots__:
            setattr(hit, name, data[name])
        hit.matched = Match.from_dict(data["matched"])
        return hit

    def __repr__(self) -> str:
        return f"<Hit {self.id} {self.zh} · {self.en[0] if self.en else ''} ({self.why})>"


class Results(list[Hit]):
    """Hits in order, with how the query was read, and what to try where it found nothing.

    `total` is the number of concepts found (at least; `more` says that there are more than were counted), `facets`
    counts them by every field of `termbase.facet` where that was asked for, `suggestions` are queries that do
    find something: parts of the query that are known, or its nearest spelling.
    """

    def __init__(self, query: str, readings: list[str], hits: list[Hit], suggestions: list[str]) -> None:
        super().__init__(hits)
        self.query, self.readings, self.suggestions = query, readings, suggestions
        self.total = len(hits)
        self.more = False
        self.facets: dict[str, dict[str, int]] = {}

    def to_dict(self) -> dict[str, Any]:
        """The whole answer with the keys of the public contract."""
        out: dict[str, Any] = {
            "query": self.query,
            "readings": self.readings,
            "total": self.total,
            "more": self.more,
            "hits": [h.to_dict() for h in self],
            "suggestions": self.suggestions,
        }
        if self.facets:
            out["facets"] = self.facets
        return out

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Results:
        """An answer out of what `to_dict` made of it."""
        hits = [Hit.from_dict(hit) for hit in data["hits"]]
        results = cls(data["query"], data["readings"], hits, data["suggestions"])
        results.total, results.more, results.facets = data["total"], data["more"], data.get("facets", {})
        return results
