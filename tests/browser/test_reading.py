"""Light, readable on paper, without a mouse, without motion, without scripts."""

import gzip
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import PHONE
from .test_site import ALL, SOURCES, WRITTEN, in_each_language

MOST = 55_000  # bytes of a first view, compressed
COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".txt"}
# Of each kind of page one: what moves is moved by a script or a style sheet, in any language.
KINDS = [
    "index.html",  # a drawing
    "diagnose.html",  # the form
    "releases.html",  # a form among tables
    "emails/links.html",  # blocks that run
    "message-source.html",  # pictures
    "404.html",
]
ASKED = """() => ["navigation", "resource"]
    .flatMap((kind) => performance.getEntriesByType(kind))
    .map(({ name }) => name)"""
SHIFT = """() => new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) sum += entry.hadRecentInput ? 0 : entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
})"""


@pytest.mark.parametrize("name", ALL)
def test_a_first_view_is_light_and_fits_a_phone(
    page_of_module: Page, base: str, site: Path, name: str
) -> None:
    page_of_module.goto(name)
    files = [url.partition("#")[0].removeprefix(base) for url in page_of_module.evaluate(ASKED)]
    assert name in files
    sizes = {file: size(site / file) for file in files}
    assert sum(sizes.values()) <= MOST, sizes
    assert page_of_module.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page_of_module.get_attribute("html", "lang") == WRITTEN[name]


@cache
def size(file: Path) -> int:
    """Return the bytes of a file as a web host sends them."""
    body = file.read_bytes()
    return len(gzip.compress(body)) if file.suffix in COMPRESSED else len(body)


@pytest.mark.parametrize("name", KINDS)
def test_a_first_view_keeps_still(page: Page, name: str) -> None:
    page.goto(name)
    assert page.evaluate(SHIFT) < 0.1


FOCUS = """() => {
    const { activeElement: it } = document;
    const { left, right } = it.getBoundingClientRect();
    const name = it.getAttribute("for") || it.id || it.className || it.textContent;
    const inside = left >= 0 && right <= innerWidth;
    const shown = inside && it.checkVisibility({ visibilityProperty: true });
    const outlined = getComputedStyle(it).outlineStyle !== "none";
    return it === document.body ? null : [name, outlined, shown];
}"""


@pytest.mark.parametrize("name", ["index.html", "emails/troubleshooting.html", "diagnose.html"])
def test_each_stop_of_the_keyboard_is_seen(page: Page, name: str) -> None:
    page.goto(name)
    reached = []
    for _ in range(25):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None:  # behind the last stop
            break
        where, is_outlined, is_shown = focus
        assert is_outlined, where
        assert is_shown, where
        reached.append(where)
    assert {"__drawer", "colour-scheme", "search-open"} <= set(reached), reached


def test_the_colour_scheme_is_chosen_and_remembered(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto("index.html")
    body = page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.click("#colour-scheme")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    page.goto("releases.html")
    expect(body).to_have_attribute("data-md-color-scheme", "default")


def test_code_can_be_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("emails/links.html")
    page.locator(".copy").first.click()
    expect(page.locator(".copy").first).to_have_text("Copié")
    assert "python -m snippets links" in page.evaluate("navigator.clipboard.readText()")


def test_the_contents_follow_the_reader(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("emails/troubleshooting.html#send-context")
    link = page.locator('.md-sidebar--secondary a[href="#send-context"]')
    expect(link).to_contain_class("md-nav__link--active")


def test_the_drawer_opens_by_keyboard(page: Page) -> None:
    page.goto("emails/troubleshooting.html")
    page.locator('label.md-header__button[for="__drawer"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("#__drawer")).to_be_checked()
    expect(page.locator(".md-nav--primary a").first).to_be_in_viewport()


def test_the_guide_on_paper(page: Page) -> None:
    page.goto("emails/clicks.html")
    page.emulate_media(media="print")
    for hidden in (".md-header", ".md-sidebar", ".md-footer", ".run", ".headerlink"):
        assert page.locator(f"{hidden}:visible").count() == 0, hidden
    assert page.locator(".highlight.output:visible").count() > 1
    assert page.pdf().startswith(b"%PDF")


def test_nothing_moves_for_those_who_asked_so(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto("index.html")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter((each) =>"
        " getComputedStyle(each).transitionDuration.split(', ').some((time) => time !== '0s')"
        " || getComputedStyle(each).animationName !== 'none').length"
    )
    assert moving == 0


@pytest.fixture(scope="module")
def without_scripts(browser: Browser, base: str) -> Iterator[Page]:
    """Return a page that runs no scripts."""
    context = browser.new_context(java_script_enabled=False, base_url=base)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", [*SOURCES, *in_each_language("diagnose.html")[1:]])
def test_a_page_without_scripts(without_scripts: Page, name: str) -> None:
    without_scripts.goto(name)
    expect(without_scripts.locator("h1")).to_be_visible()
    scripted = "#search-open:visible, #diagnose-form:visible, .run:visible"
    assert without_scripts.locator(scripted).count() == 0
