"""Every page can be read by everyone: axe finds nothing, in both colour schemes and widths."""

from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from .conftest import PHONE
from .stand_in import stand_in
from .test_site import ALL, ROOTS, SOURCES, WRITTEN, in_each_language
from .trees import Kind, headings, kinds

AXE = Axe().axe_script
RUN = "async ([part, options]) => (await axe.run(part ?? document, options)).violations"
SCHEMES: dict[str, Literal["light", "dark"]] = {"default": "light", "slate": "dark"}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Which colours a page has changes nothing else.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
# What stands in the middle is the same in a wide window as on a phone, but for its places.
FRAME = {"exclude": [[".md-content"]]}
PLACES = {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}
POINTED_AT = ("button[type=submit]", ".question .run-button", ".suspects summary")
Part = str | dict[str, list[list[str]]] | None  # of a page: a selector, or as axe says it
# Colours are a matter of style sheets: of each kind of element (its tag, classes and other
# attributes, those around it) the first stands for all, on whatever page; the others are taken
# away before colours are looked at. (A page took 2 s of computing, `recording` 16 s.) In a wide
# window it is what stands around that may be new, with or without text, by any attribute.
NEW_KINDS = """([seen, wide]) => {
    const known = new Set(seen);
    const isText = ({ nodeType, data }) => nodeType === Node.TEXT_NODE && data.trim();
    const named = ["class", "style", "type", "open", "role", "aria-hidden", "tabindex"];
    const kind = (element) => element === document.documentElement ? "" : [
        kind(element.parentElement),
        element.localName,
        ...named.map((name) => element.getAttribute(name) ?? ""),
        ...[...(wide ? element.attributes : [])].map(({ name, value }) => `${name} ${!value}`),
    ].join("|");
    const looked = `*:not(script, style${wide ? ", .md-content *" : ""})`;
    window.knownTexts = [];
    window.firsts = [];
    for (const element of document.body.querySelectorAll(looked)) {
        const texts = [...element.childNodes].filter(isText);
        if (!(wide || texts.length) || !element.checkVisibility()) continue;
        if (known.has(kind(element))) knownTexts.push(...texts);
        else firsts.push(element);
        known.add(kind(element));
    }
    return [...known];
}"""
FIRSTS_ALONE = """() => {
    for (const part of document.querySelectorAll(".md-content article > *")) {
        if (!firsts.some((first) => part.contains(first))) part.remove();
    }
    for (const text of knownTexts) text.data = " ";
}"""
SHOWN = """() => [...document.querySelectorAll(".md-content *")]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }))"""
KEEP_SHOWN = f"() => {{ window.shown = ({SHOWN})(); }}"
SHOWN_OTHERWISE = f"""() => {{
    const [before, now] = [new Set(shown), new Set(({SHOWN})())];
    return [...before.symmetricDifference(now)].map((each) => each.outerHTML.slice(0, 140));
}}"""
# Of words of code that are coloured alike, the first is enough for each look at the page.
FIRST_WORDS = """() => {
    const seen = new Set();
    for (const word of document.querySelectorAll("pre span:not(:has(*))")) {
        const kind = `${word.closest(".highlight")?.className} ${word.className}`;
        if (seen.has(kind)) word.replaceWith(...word.childNodes);
        seen.add(kind);
    }
}"""
SEEN: dict[bool, list[str]] = {}  # the kinds of elements that were looked at, if in a wide window


@pytest.fixture(scope="module", params=[PHONE["width"], 1280])
def view(request: Any, browser: Browser, base: str) -> Iterator[Page]:
    """Return a page of a width, in which nothing moves: a colour on its way has no contrast."""
    context = browser.new_context(
        viewport={"width": request.param, "height": 900}, reduced_motion="reduce", base_url=base
    )
    stand_in(context)
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[str]:
    """Return what axe finds, in each colour scheme: the rule and where.

    In a wide window what a phone shows as well is looked at by the rules about places alone. It
    takes parts of the page away; what else is to be looked at comes before.
    """
    page.evaluate(FIRST_WORDS)
    wide = is_wide(page)
    seen = SEEN.get(wide, [])
    SEEN[wide] = page.evaluate(NEW_KINDS, [seen, wide])
    is_new = len(SEEN[wide]) > len(seen)
    lines = shown_otherwise_on_a_phone(page) if wide else []
    if wide:
        lines += found(page, PLACES)
    if is_new or not wide:
        lines += found(page, TAGS, FRAME if wide else None, but=COLOURS["values"])
    if is_new:
        page.evaluate(FIRSTS_ALONE)
        for scheme in SCHEMES:
            lines += colours(page, scheme, FRAME if wide else None)
    return lines


def shown_otherwise_on_a_phone(page: Page) -> list[str]:
    """Return what a page shows in its middle in a wide window or on a phone alone: nothing."""
    size = page.viewport_size
    assert size
    page.evaluate(KEEP_SHOWN)
    page.set_viewport_size(PHONE)
    lines: list[str] = page.evaluate(SHOWN_OTHERWISE)
    page.set_viewport_size(size)
    return [f"shown in one width: {each}" for each in lines]


def is_wide(page: Page) -> bool:
    """Whether the page is seen in a wide window, not on a phone."""
    return bool(page.evaluate("innerWidth") > PHONE["width"])


def colours(page: Page, scheme: str, part: Part = None) -> list[str]:
    """Return what axe finds about the colours of a scheme, in the page or a part of it."""
    page.emulate_media(color_scheme=SCHEMES[scheme])
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)
    seen = found(page, COLOURS, part)
    page.emulate_media(color_scheme="light")
    return [f"{scheme} {each}" for each in seen]


def found(page: Page, rules: Any, part: Part = None, but: Collection[str] = ()) -> list[str]:
    """Return what axe finds by these rules, but for some: the rule and where."""
    options = {
        "runOnly": rules,
        "rules": {rule: {"enabled": False} for rule in but},
        "resultTypes": ["violations"],
    }
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    violations = page.evaluate(RUN, [part, options])
    return [f"{v['id']}: {n['target']} {n['html'][:140]}" for v in violations for n in v["nodes"]]


def test_the_search_has_no_violations(view: Page) -> None:
    view.goto("index.html")
    view.click("#search-open")
    view.fill("#search-box input", "pixel")
    expect(view.locator("#search-box li").first).to_be_visible()
    assert violations(view) == []


def test_a_diagnosis_has_no_violations(view: Page) -> None:
    view.goto("diagnose.html")
    view.click("[data-sample=link-markup-not-matched]")
    expect(view.locator("#diagnose-result")).to_be_visible()
    assert violations(view) == []


def test_a_question_has_no_violations_whatever_is_pointed_at(view: Page) -> None:
    view.goto("index.html")  # from the form itself it would be no new page, and keep its text
    view.goto("diagnose.html#symptom=open-missing")
    view.click("button[type=submit]")
    expect(view.locator("#diagnose-result .question")).to_be_visible()
    view.locator(".suspects summary").first.click()
    for each in () if is_wide(view) else POINTED_AT:  # its colours are those of a phone
        for pointed_at in (view.locator(each).first.hover, view.locator(each).first.focus):
            pointed_at()
            assert [line for scheme in SCHEMES for line in colours(view, scheme, each)] == []
    assert violations(view) == []


def test_a_block_that_ran_has_no_violations(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto("emails/troubleshooting.html")
    page.locator(".run-button").first.click()
    expect(page.locator(".run-output").first).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 900})
    assert found(page, PLACES) == []
    page.set_viewport_size(PHONE)
    assert violations(page) == []


@pytest.mark.parametrize("name", [*SOURCES, "404.html"])
def test_a_page_has_no_violations(view: Page, name: str) -> None:
    view.goto(name)
    assert violations(view) == []


@pytest.mark.parametrize("view", [PHONE["width"]], indirect=True)
@pytest.mark.parametrize("name", [name for name in ALL if name not in SOURCES])
def test_a_translation_has_no_violations(view: Page, site: Path, name: str) -> None:
    source = name.removeprefix(ROOTS[WRITTEN[name]])
    if kinds(site / name) <= of_sources(site) and headings(site / name) == headings(site / source):
        return  # it has other words alone, and axe has seen all that stands around them
    view.goto(name)  # the colours are the same
    assert found(view, TAGS, but=COLOURS["values"]) == []


@cache
def of_sources(site: Path) -> frozenset[Kind]:
    """Return the kinds of elements that the French pages have: axe sees them all."""
    return frozenset[Kind]().union(*(kinds(site / name) for name in SOURCES))


@pytest.mark.parametrize("name", in_each_language("index.html")[1:])
def test_the_frame_of_a_language_has_no_violations(view: Page, name: str) -> None:
    view.goto(name)
    assert found(view, TAGS, FRAME, but=COLOURS["values"]) == []
