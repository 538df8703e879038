"""The pages for people: look-up, entries, lists, cited works."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import Blueprint, Response, after_this_request, redirect, render_template, request, url_for

from glossary.errors import GlossaryError, InputError, UnknownConcept
from glossary_web import checking, entries, reading, results, searching
from glossary_web.changes import editions
from glossary_web.cited import cited, imprint_of
from glossary_web.describe import description
from glossary_web.faults import Fault, fault
from glossary_web.forms import FORMS, represent
from glossary_web.negotiation import negotiated
from glossary_web.present import entry_url, permanent, script
from glossary_web.site import SEED, the_site

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Redirect

    from glossary.model import Source

blueprint = Blueprint("pages", __name__)
for function in (cited, imprint_of, results.lang, results.plain, results.reason, results.spans):
    blueprint.add_app_template_global(function)

TEXT_LIMIT = 200_000  # code points on the reading page
PAGE = 100  # lines of a list
EXAMPLE = """去年，某市在地铁站试点步态识别和人脸识别系统，并将其接入雪亮工程平台。
供应商称，情绪识别技术可以通过微表情判断乘客是否紧张；研究者则指出，表情与情绪之间并没有固定的对应关系。

课堂上的情况与此类似。摄像头记录学生的表情数据，教师在课后收到一份“专注度”报告。
家长最关心的是：这些生物特征数据由谁保存，保存多久，个人信息保护又由谁负责。"""


def number(name: str, default: int, most: int) -> int:
    """A number from the query string, within its limits; the default where it is none."""
    try:
        return max(0, min(int(request.args.get(name, default)), most))
    except ValueError:
        return default


@blueprint.get("/")
def home() -> str:
    """The search box, and what it finds."""
    site = the_site()
    query = results.asked(request.args)
    if not query.typed and not query.filters:
        return render_template("home.html", query="", answer=None, letters=site.glossary.letters("pinyin"))
    limit = max(1, number("limit", 20, results.MOST))
    answer = results.answer(site, query, limit, number("words", results.WORDS, results.MOST))
    return render_template(
        "home.html",
        query=query.typed,
        answer=answer,
        ONLY=results.ONLY,
        SHOWN=results.SHOWN,
        MOST=results.MOST,
        FOLDED=results.FOLDED,
    )


@blueprint.get("/c/<id>")
@blueprint.get("/c/<id>/<slug>")
def entry(id: str, slug: str = "") -> str | Response | Redirect:
    """One entry, as its page or in another form. Any other address of it leads to the right one."""
    site = the_site()
    try:
        concept = site.glossary[id]
    except UnknownConcept:
        if id.lower() in site.glossary:
            return redirect(entry_url(site.glossary[id.lower()]), 301)
        raise
    right = entry_url(concept)
    if concept.id != id:
        return redirect(right, 301)
    form = form_asked()
    if form != "html":
        return represent(concept, form)
    if slug != right.rpartition("/")[2]:
        return redirect(right, 302)  # not for ever: the slug follows the pinyin, which may be corrected
    return render_template(
        "entry.html",
        **entries.entry(site, concept),
        forms=FORMS,
        address=permanent(url_for("pages.entry", id=concept.id)),
        today=datetime.datetime.now(datetime.UTC).date().isoformat(),
    )


def form_asked() -> str:
    """The form in which an entry is wanted, its page first."""

    @after_this_request
    def vary(response: Response) -> Response:
        response.vary.add("Accept")
        return response

    media = negotiated(("text/html", *(m for m in FORMS.values() if m != "text/html")))
    if not media:
        raise Fault(406, f"this entry can be had as {', '.join(FORMS.values())}")
    return next(name for name, offered in FORMS.items() if offered == media)


@blueprint.get("/browse")
def browse() -> str | Response:
    """Every concept by the alphabet of its pinyin or its English."""
    order = request.args.get("order", "pinyin")
    if order not in ("pinyin", "english"):
        return fault(400, "The order is pinyin or english.")
    return render_template("browse.html", order=order, **listed(order))


def listed(order: str, **filters: str) -> dict[str, Any]:
    """A page of a list by its alphabet, narrowed as its address asks and by further `filters`."""
    site = the_site()
    filters = {**results.asked(request.args).filters, **filters}
    letter = request.args.get("letter", "")[:1].lower()
    after = number("after", 0, 10**9)
    return {
        "letter": letter,
        "page": site.glossary.browse(order=order, letter=letter, after=after, limit=PAGE, **filters),
        "letters": site.glossary.letters(order, **filters),
        "after": after,
        "size": PAGE,
        "narrowed": filters,
        "choices": results.choices(site),
    }


@blueprint.get("/domains")
def domains() -> str:
    """The fields of knowledge, with their counts."""
    return render_template("domains.html")


@blueprint.get("/domains/<code>")
def domain(code: str) -> str | Response:
    """The concepts of one domain."""
    site = the_site()
    if code not in site.vocabulary.get("domains", {}) and code not in site.stats["domains"]:
        return fault(404)
    return render_template("domain.html", code=code, **listed("pinyin", domain=code))


@blueprint.get("/sources")
def sources() -> str | Response:
    """The cited works."""
    site = the_site()
    show = request.args.get("show", "all")
    if show not in ("all", "seed", "zh"):
        return fault(400, "The list shows all works, those that the seed report cites, or those in Chinese.")
    works = list(site.works.values())
    if show == "seed":
        works = sorted((w for w in works if seed_notes(w[0])), key=lambda w: (seed_notes(w[0]), w[0].cite))
    elif show == "zh":
        works = [w for w in works if w[0].lang.startswith("zh")]
    after = number("after", 0, 10**9)
    counts = {
        "all": len(site.works),
        "seed": sum(bool(seed_notes(s)) for s, _ in site.works.values()),
        "zh": sum(s.lang.startswith("zh") for s, _ in site.works.values()),
    }
    return render_template(
        "sources.html",
        works=works[after : after + PAGE],
        total=len(works),
        after=after,
        size=PAGE,
        show=show,
        counts=counts,
        seed=site.work(SEED),
    )


@blueprint.app_template_global()
def seed_notes(source: Source) -> tuple[int, ...]:
    """The notes of the seed report in which it cites a work; (0,) where it does without a note number."""
    found = [r for r in source.cited_in if r.cite == SEED]
    return tuple(sorted(n for r in found for n in r.note)) or (0,) * bool(found)


@blueprint.get("/sources/<cite>")
def source(cite: str) -> str:
    """One cited work: its record, and the entries that cite it."""
    site = the_site()
    work = site.glossary.source(cite)
    after = number("after", 0, 10**9)
    page = site.glossary.browse(source=cite, after=after, limit=PAGE)
    citing = sum(any(r.cite == cite for r in s.cited_in) for s, _ in site.works.values())
    return render_template("source.html", work=work, page=page, after=after, size=PAGE, citing=citing, seed=SEED)


@blueprint.route("/read", methods=["GET", "POST"])
def read() -> str | Response:
    """A text with pinyin above its words and its terms marked."""
    if request.method == "POST":
        text = request.form.get("text", "")
    else:
        text = EXAMPLE if "example" in request.args else request.args.get("text", "")
    text = reading.tidy(text)
    if len(text) > TEXT_LIMIT:
        return fault(413, f"The text has {len(text):,} characters.")
    if not text.strip():
        return render_template("read.html", text="", lines=[], asked=request.method == "POST")
    glossary = the_site().glossary
    annotation = glossary.annotate(text, every=True)
    return render_template(
        "read.html",
        text=text,
        lines=reading.lines(annotation),
        asked=True,
        script=script(text),
        term_path=url_for("pages.entry", id="-")[:-1],
        found=reading.found(glossary, annotation),
        words=reading.words(glossary, annotation),
    )


@blueprint.route("/check", methods=["GET", "POST"])
def check() -> str | Response | tuple[str, int]:
    """A translation held against its source: two texts, or a table."""
    glossary = the_site().glossary
    asked = checking.Given(*checking.EXAMPLE) if "example" in request.args else checking.Given()
    checked, said = None, ""
    try:
        if request.method == "POST":
            asked = checking.given(glossary, request.form, request.files)
        if max(len(asked.source), len(asked.target) // 2) > TEXT_LIMIT:
            return fault(413, f"The texts have {len(asked.source):,} and {len(asked.target):,} characters.")
        if asked.pairs or asked.source.strip():
            checked = checking.check(glossary, asked)
        elif request.method == "POST":
            said = "there is no Chinese source"
        if checked is not None and not asked.pairs and not asked.target.strip():
            checked, said = None, "there is no English translation"
    except GlossaryError as error:
        said = str(error)
    form = request.form.get("format", "")
    if checked is not None and form in ("csv", "tsv", "json"):
        text, media = checking.as_file(checked, form)
        return Response(text, mimetype=media, headers={"Content-Disposition": f"attachment; filename=check.{form}"})
    page = render_template("check.html", checked=checked, asked=asked, fault=said, verdicts=checking.VERDICTS)
    return (page, 400) if said else page


@blueprint.get("/query")
def query() -> str | tuple[str, int]:
    """Strings and links that ask outside search engines for concepts."""
    site = the_site()
    asked = searching.read(request.args)
    groups: list[searching.Group] = []
    fault_said = ""
    if asked.concepts:
        try:
            groups = searching.answer(site.glossary, asked)
        except InputError as error:
            fault_said = str(error)
    page = render_template(
        "query.html",
        asked=asked,
        groups=groups,
        sought=searching.sought(site.glossary, groups),
        fault=fault_said,
        choices=searching.choices(site.glossary),
    )
    return (page, 400) if fault_said else page


@blueprint.get("/about")
def about() -> str:
    """What this is, how it is made, how to cite it."""
    return render_template("about.html", seed=the_site().work(SEED))


@blueprint.get("/api")
def api() -> str:
    """The HTTP API, described: made from the same document that programs read."""
    return render_template("api.html", **description())


@blueprint.get("/about/coverage")
def coverage() -> str:
    """Counts by domain, kind, status, evidence and review."""
    site = the_site()
    return render_template("coverage.html", coverage=site.coverage, stats=site.stats)


@blueprint.get("/changes")
def changes() -> str:
    """What changed with each edition."""
    return render_template("changes.html", editions=editions(the_site().glossary.changes))


@blueprint.get("/cite/<id>.<any(bib, json):kind>")
def cite(id: str, kind: str) -> Response:
    """An entry, and with `works` what it cites, for a reference manager: BibTeX or CSL-JSON."""
    style, media = {
        "bib": ("bibtex", "application/x-bibtex; charset=utf-8"),
        "json": ("csl-json", "application/vnd.citationstyles.csl+json"),
    }[kind]
    text = entries.cited_as(the_site(), id, style, works=request.args.get("works", "0") != "0")
    answer = Response(text, content_type=media)
    answer.headers["Content-Disposition"] = f"attachment; filename={the_site().glossary[id].id}.{kind}"
    return answer


@blueprint.get("/favicon.ico")
def favicon() -> Redirect:
    """Where browsers look without being told."""
    return redirect(url_for("static", filename="favicon.svg"), 301)


@blueprint.app_template_global()
def here(**changes: object) -> str:
    """The address of this page with some of its query string changed; None takes a part out."""
    args = {**request.args.to_dict(), **changes}
    query = urlencode({k: v for k, v in args.items() if v not in (None, "")})
    return request.path + ("?" + query if query else "")


@blueprint.app_template_global()
def line_url(line: object) -> str:
    """The address of an entry of a list."""
    return url_for("pages.entry", id=line.id)  # type: ignore[attr-defined]  # a line of a browse page
