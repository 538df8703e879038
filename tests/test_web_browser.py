"""The web app in a real browser: typing, cards, toggles, narrow screens, no errors in the console."""

from __future__ import annotations

import re
import threading
import tomllib
from typing import TYPE_CHECKING, Any, Literal

import pytest
from test_web import CEDICT, CONCEPTS, ER, MANY, SOURCES, VOCABULARY

from glossary.desk import Glossary
from glossary.model import concept_from, source_from
from glossary.termbase.compile import compile_base
from glossary_web import create_app
from glossary_web.serve import address, make_server, port_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, FloatRect, Locator, Page, Route

pytestmark = pytest.mark.browser
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync"]
TEXT = "情绪识别与微表情。\n某地的雪亮工程用情绪识别。\n" + "这是一段很长的中文文字，没有术语。\n" * 30 + "末尾的微表情。"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from served(tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Enough entries to be narrowed, a term inside a term, a general dictionary."""
    inner = {"zh": [{"text": "情绪", "pinyin": "qíngxù"}], "en": [{"text": "emotion"}], "kind": "concept", "domains": ["emotion"]}
    yield from served(tmp_path_factory.mktemp("rich"), {**MANY, "q2w3e": inner}, CEDICT)


def served(folder: Path, more: dict[str, dict[str, Any]] | None = None, dictionary: str = "") -> Iterator[str]:
    compile_base(folder / "base.db", [concept_from(id, data) for id, data in {**CONCEPTS, **(more or {})}.items()],
                 {cite: source_from(cite, data) for cite, data in SOURCES.items()},
                 tomllib.loads(VOCABULARY.read_text(encoding="utf-8")))
    glossary = Glossary.open(folder / "base.db")
    if dictionary:
        (folder / "small.u8").write_text(dictionary, encoding="utf-8")
        glossary.open_dictionary(str(folder / "small.u8"))
    server = make_server(create_app(glossary), "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield address("127.0.0.1", port_of(server))
    server.close()
    thread.join(5)


@pytest.fixture(scope="module")
def browser(need: Callable[[str, str], str]) -> Iterator[Browser]:
    sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")
    found = need("chromium chromium-browser google-chrome", "apt-get install chromium fonts-noto-cjk, or Google Chrome")
    with sync.sync_playwright() as play:
        running = play.chromium.launch(executable_path=found, args=ARGS)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that must not complain: no console errors, no exceptions, nothing against the policy."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    made = context.new_page()
    complaints: list[str] = []
    made.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    made.on("pageerror", lambda e: complaints.append(str(e)))
    made.add_init_script("document.addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective))")
    yield made
    context.close()
    assert complaints == []


def read(page: Page, site: str, text: str = TEXT) -> None:
    page.goto(site + "/read")
    page.fill("#text", text)
    with page.expect_navigation():  # until the page has loaded: the cards' script runs just before, after the text is there
        page.click("form.paste button")
    page.wait_for_selector(".reader")


def test_typing_finds_and_enter_opens(page: Page, site: str) -> None:
    page.goto(site)
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("qingxushi", delay=20)
    page.wait_for_selector("[role=option]")
    assert page.locator("[role=option]").first.inner_text().startswith("情绪识别")
    assert page.get_attribute("#q", "aria-expanded") == "true"
    assert page.input_value("#q") == "qingxushi"
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#q", "aria-activedescendant") == "typed-0"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/c/{ER}/qingxu-shibie")
    assert "情绪识别" in page.inner_text("h1")


def test_escape_closes_then_clears_and_slash_focuses(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.type("wei")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("Escape")
    assert page.locator("[role=listbox]").is_hidden()
    assert page.input_value("#q") == "wei"
    page.keyboard.press("Escape")
    assert page.input_value("#q") == ""
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    assert page.input_value("#q") == ""


def test_enter_without_a_choice_is_the_form(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.type("emotion")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=emotion")
    assert page.locator(".hit").count() >= 1


def test_a_stale_answer_is_dropped(page: Page, site: str) -> None:
    held: list[Route] = []
    page.route(re.compile(r"suggest\?q=w$"), lambda route: held.append(route))
    page.goto(site)
    page.keyboard.type("w")
    page.wait_for_timeout(250)
    page.keyboard.type("eibiaoqing")
    page.wait_for_selector("[role=option]")
    for route in held:
        route.abort()
    assert page.locator("[role=option]").count() == 1
    assert "微表情" in page.inner_text("[role=option]")


def test_cards_by_hover(page: Page, site: str) -> None:
    read(page, site)
    term = page.locator(".term").first
    term.hover()
    page.wait_for_selector("#card:popover-open")
    assert "emotion recognition" in page.inner_text("#card")
    assert not covers(page, term)
    page.hover("#card")
    page.wait_for_timeout(400)
    assert page.locator("#card").is_visible()
    page.locator(".term").nth(1).hover()
    page.locator("#card", has_text="micro-expression").wait_for()
    assert page.locator("[aria-expanded=true]").count() == 1
    page.mouse.move(5, 5)
    page.wait_for_selector("#card", state="hidden")


def test_cards_by_keyboard(page: Page, site: str) -> None:
    read(page, site)
    page.locator(".bar a").focus()
    page.keyboard.press("Tab")
    page.wait_for_selector("#card:popover-open")
    term = page.locator(".term").first
    assert term.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('#card').contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()
    assert page.evaluate("document.activeElement.classList.contains('term')")
    assert term.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Tab")
    page.wait_for_selector("#card:popover-open")
    assert "micro-expression" in page.inner_text("#card")
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()


def test_cards_by_tap(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
    page = context.new_page()
    read(page, site)
    for number in (0, page.locator(".term").count() - 1):
        term = page.locator(".term").nth(number)
        term.scroll_into_view_if_needed()
        term.tap()
        page.wait_for_selector("#card:popover-open")
        assert page.url.endswith("/read")
        assert not covers(page, term)
        card = page.locator("#card").bounding_box()
        assert card
        assert card["x"] >= 0
        assert card["x"] + card["width"] <= 360
    page.locator("#another label").tap()
    page.wait_for_selector("#card", state="hidden")
    context.close()


def covers(page: Page, term: Locator) -> bool:
    return bool(page.evaluate("""term => {
        const card = document.querySelector('#card').getBoundingClientRect();
        return [...term.getClientRects()].some(b => b.left < card.right && card.left < b.right
                                                  && b.top < card.bottom && card.top < b.bottom);
    }""", term.element_handle()))


def test_pinyin_can_be_switched_without_a_jump(page: Page, site: str) -> None:
    read(page, site)
    height = page.evaluate("document.querySelector('.text').offsetHeight")
    seen = "[...document.querySelectorAll('.text rt')].filter(r => getComputedStyle(r).visibility === 'visible').length"
    every = page.evaluate(seen)
    page.check("[name=pinyin][value=terms]")
    some = page.evaluate(seen)
    page.check("[name=pinyin][value=none]")
    assert every > some > page.evaluate(seen) == 0
    assert page.evaluate("document.querySelector('.text').offsetHeight") == height
    page.reload()
    assert page.is_checked("[name=pinyin][value=none]")


def test_without_scripts_everything_still_works(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    read(page, site)
    page.locator(".term").first.click()
    page.wait_for_url(f"**/c/{ER}/qingxu-shibie")
    assert page.locator("button.copy:visible").count() == 0
    page.goto(site)
    page.fill("#q", "qxsb")
    page.click("form.search button")
    assert page.locator(".hit").count() == 1
    context.close()


def test_copy_buttons_say_that_they_did(page: Page, site: str) -> None:
    page.goto(f"{site}/c/{ER}")
    button = page.locator("button.copy").first
    button.click()
    page.get_by_text("Copied", exact=True).wait_for()


def test_search_strings_can_be_asked_for_and_copied(page: Page, site: str) -> None:
    page.goto(f"{site}/c/{ER}")
    page.click("text=Search Chinese-language sources")
    page.wait_for_selector(".strings")
    page.click("text=Change what is asked")
    page.fill("#and", "微表情")
    page.check("input[value=google]")
    page.click("text=Write the strings")
    page.wait_for_selector("#google .strings")
    assert page.locator("#google code").inner_text() == '"情绪识别" "微表情"'
    page.locator("#google .copy").first.click()
    page.wait_for_selector("#google .copy:has-text('Copied')")
    page.click("#google .method summary")
    assert "together with 微表情" in page.locator("#google .method p").first.inner_text()


def test_words_that_are_no_terms_have_a_quieter_card(page: Page, rich: str) -> None:
    read(page, rich, "学生在地铁研究情绪识别。学生说情绪识别。")
    word = page.locator(".text ruby", has_text="学生").first
    word.hover()
    page.wait_for_selector("#card.general:popover-open")
    assert "schoolchild" in page.inner_text("#card")
    assert "CC-CEDICT" in page.inner_text("#card")
    assert "Open the entry" not in page.inner_text("#card")
    assert not covers(page, word)
    page.locator(".term").first.hover()
    page.locator("#card:not(.general)", has_text="Open the entry").wait_for()
    page.keyboard.press("Escape")
    word.click()
    page.wait_for_selector("#card.general:popover-open")
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()
    page.uncheck("[name=words]")
    assert page.locator("#words").is_hidden()
    word.click()
    page.wait_for_timeout(300)
    assert page.locator("#card").is_hidden()
    page.reload()
    assert not page.is_checked("[name=words]")


def test_general_words_are_no_stops_for_the_tab_key(page: Page, rich: str) -> None:
    read(page, rich, "学生在地铁研究情绪识别。")
    page.locator(".bar > a").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('term')")


def test_toggles_of_the_list(page: Page, rich: str) -> None:
    read(page, rich, "用情绪识别。")
    assert page.locator("#t-q2w3e").is_hidden()
    page.check("[name=nested]")
    assert page.locator("#t-q2w3e").is_visible()
    first = page.locator(f"#t-{ER} .head")
    assert "情绪识别" in first.inner_text()
    assert "情緒識別" in first.inner_text()
    page.check("[name=script][value=hans]")
    assert "情緒識別" not in first.inner_text()
    page.check("[name=script][value=hant]")
    assert "情绪识别" not in first.inner_text()
    page.locator(".term").first.hover()
    page.wait_for_selector("#card:popover-open")
    assert "情緒識別" in page.inner_text("#card .head")
    assert "情绪识别" not in page.inner_text("#card .head")


def test_facets_stand_beside_the_hits_and_below_on_a_phone(page: Page, rich: str) -> None:
    page.goto(rich + "/?q=警情")
    assert not page.locator(".down").is_visible()
    assert box(page, ".facets")["x"] > box(page, ".hits")["x"] + box(page, ".hits")["width"]
    page.set_viewport_size({"width": 390, "height": 800})
    assert box(page, ".facets")["y"] > box(page, ".hits")["y"] + box(page, ".hits")["height"]
    page.click(".down")
    page.locator(".facets a", has_text="law or regulation").click()
    page.wait_for_url("**kind=law**")
    assert page.locator(".hit").count() == 8
    page.locator(".chip.on").click()
    page.wait_for_url(lambda url: "kind" not in url)
    page.click(".results .more a")
    page.wait_for_url("**limit=50*")
    assert page.locator(".hit").count() == 24


def box(page: Page, what: str) -> FloatRect:
    found = page.locator(what).bounding_box()
    assert found
    return found


def test_the_text_for_a_suggestion_can_be_copied(page: Page, site: str) -> None:
    page.goto(site + "/?q=深层伪装学")
    page.locator(".propose").get_by_text("Copy the text").click()
    page.get_by_text("Copied", exact=True).wait_for()
    assert "Chinese: 深层伪装学" in page.input_value(".propose textarea")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_rich_pages_are_no_wider_than_a_phone(browser: Browser, rich: str, scheme: Literal["light", "dark"]) -> None:
    fit(browser, rich, scheme, ("/?q=警情&kind=law&domain=policing", "/?q=emotion", "/?q=行", "/?q=情续识别", "/about",
                                "/?q=警情&source=" + "x" * 100, "/read?text=学生在地铁研究情绪识别。"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_a_phone(browser: Browser, site: str, scheme: Literal["light", "dark"]) -> None:
    fit(browser, site, scheme, (
        "/", "/?q=emotion", "/?q=" + "a" * 300, f"/c/{ER}/qingxu-shibie", "/c/g4n1a/gonganju", "/browse",
        "/browse?order=english", "/domains", "/domains/emotion", "/sources", "/sources/wang-2019", "/sources/evil",
        "/read", "/read?example=1", "/read?text=" + "a" * 300, "/about", "/about/coverage", "/c/zzzzz", "/query",
        f"/query?c={ER}&engine=all&english=1&narrower=1", "/query?typed=1&c=" + "a" * 190, "/query?c=nothing"))


def fit(browser: Browser, site: str, scheme: Literal["light", "dark"], paths: tuple[str, ...]) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640}, color_scheme=scheme)
    page = context.new_page()
    for path in paths:
        page.goto(site + path)
        for summary in page.locator("summary:visible").all():
            summary.click()
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide == 0, path
        for tall in page.evaluate("""[...document.querySelectorAll('button, nav a, summary, .chip, .facets a')].filter(e => e.offsetParent)
                                   .map(e => [e.textContent.trim(), e.offsetHeight])"""):
            assert tall[1] >= 24, (path, tall)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_enough(browser: Browser, site: str, scheme: Literal["light", "dark"]) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(site)
    colours = page.evaluate("""['ink', 'soft', 'accent', 'paper', 'tint'].map(n => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.color = `var(--${n})`;
        return getComputedStyle(probe).color.match(/\\d+/g).map(Number);
    })""")
    ink, soft, accent, paper, tint = map(luminance, colours)
    for front, back in ((ink, paper), (soft, paper), (accent, paper), (ink, tint), (accent, tint), (soft, tint)):
        assert ratio(front, back) >= 4.5
    context.close()


def luminance(rgb: list[int]) -> float:
    parts = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def ratio(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
