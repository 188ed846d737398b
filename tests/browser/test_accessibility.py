"""Every page can be read by everyone: axe finds nothing, in both colour schemes and widths."""

from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from .conftest import PHONE
from .test_site import ALL, ROOTS, SOURCES, WRITTEN, in_each_language
from .trees import Kind, headings, kinds

AXE = Axe()
SCHEMES: dict[str, Literal["light", "dark"]] = {"default": "light", "slate": "dark"}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Which colours a page has changes nothing else.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
# What stands in the middle has the same colours in a wide window as on a phone.
FRAME = {"exclude": [[".md-content"]]}
POINTED_AT = ("button[type=submit]", ".question .run-button", ".suspects summary")
Part = str | dict[str, list[list[str]]] | None  # of a page: a selector, or as axe says it
# Colours are a matter of style sheets: of each kind of element (its tag, classes and other
# attributes, those around it) the first stands for all, on whatever page; the text of the others
# is taken away before colours are looked at. (A page took 2 s of computing, `recording` 16 s.)
NEW_KINDS = """(seen) => {
    const known = new Set(seen);
    const isText = ({ nodeType, data }) => nodeType === Node.TEXT_NODE && data.trim();
    const named = ["class", "style", "type", "open"];
    const kind = (element) => element === document.documentElement ? "" : [
        kind(element.parentElement),
        element.localName,
        ...named.map((name) => element.getAttribute(name) ?? ""),
    ].join("|");
    const found = [];
    for (const element of document.body.querySelectorAll("*:not(script, style)")) {
        const texts = [...element.childNodes].filter(isText);
        if (!texts.length || !element.checkVisibility()) continue;
        if (known.has(kind(element))) found.push(...texts);
        known.add(kind(element));
    }
    for (const text of found) text.data = " ";
    return [...known];
}"""
# Of words of code that are coloured alike, the first is enough for each look at the page.
FIRST_WORDS = """() => {
    const seen = new Set();
    for (const word of document.querySelectorAll("pre span:not(:has(*))")) {
        const kind = `${word.closest(".highlight")?.className} ${word.className}`;
        if (seen.has(kind)) word.replaceWith(...word.childNodes);
        seen.add(kind);
    }
}"""
SEEN: dict[int, list[str]] = {}  # the kinds of elements whose colours were looked at, by width


@pytest.fixture(scope="module", params=[PHONE["width"], 1280])
def view(request: Any, browser: Browser, base: str) -> Iterator[Page]:
    """Return a page of a width, in which nothing moves: a colour on its way has no contrast."""
    context = browser.new_context(
        viewport={"width": request.param, "height": 900}, reduced_motion="reduce", base_url=base
    )
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[str]:
    """Return what axe finds, in each colour scheme: the rule and where.

    It takes texts away from the page; what else is to be looked at comes before.
    """
    page.evaluate(FIRST_WORDS)
    lines = found(page, TAGS, but=COLOURS["values"])
    width = page.evaluate("innerWidth")
    seen = SEEN.get(width, [])
    SEEN[width] = page.evaluate(NEW_KINDS, seen)
    if len(SEEN[width]) > len(seen):
        part = FRAME if is_wide(page) else None
        lines += [line for scheme in SCHEMES for line in colours(page, scheme, part)]
    return lines


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
    violations = AXE.run(page, context=part, options=options).response["violations"]
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


def test_a_block_that_ran_has_no_violations(view: Page) -> None:
    view.goto("emails/troubleshooting.html")
    view.locator(".run-button").first.click()
    expect(view.locator(".run-output").first).to_be_visible()
    assert violations(view) == []


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
