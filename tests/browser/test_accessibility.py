"""Every page can be read by everyone: axe finds nothing, in both colour schemes and widths."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from .test_site import ALL

AXE = Axe()
VIEWS = [(width, scheme) for width in (390, 1280) for scheme in ("light", "dark")]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


@pytest.fixture(scope="module", params=VIEWS, ids=lambda view: f"{view[0]}-{view[1]}")
def view(request: Any, browser: Browser, base: str) -> Iterator[Page]:
    """Return a page of a width and a colour scheme."""
    width, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, base_url=base
    )
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[str]:
    """Return what axe finds: the rule and where."""
    found = AXE.run(page, options=RULES).response["violations"]
    return [f"{v['id']}: {n['target']} {n['html'][:150]}" for v in found for n in v["nodes"]]


def test_the_search_has_no_violations(view: Page) -> None:
    view.goto("index.html")
    view.click("#search-open")
    view.fill("#search-box input", "pixel")
    expect(view.locator("#search-box ol > li").first).to_be_visible()
    assert violations(view) == []


def test_a_diagnosis_has_no_violations(view: Page) -> None:
    view.goto("diagnose.html")
    view.click("[data-sample=link-markup-not-matched]")
    expect(view.locator("#diagnose-result")).to_be_visible(timeout=60_000)
    assert violations(view) == []


def test_a_block_that_ran_has_no_violations(view: Page) -> None:
    view.goto("emails/troubleshooting.html")
    view.locator(".run-button").first.click()
    expect(view.locator(".run-output").first).to_be_visible(timeout=60_000)
    assert violations(view) == []


@pytest.mark.parametrize("name", [*ALL, "404.html"])
def test_a_page_has_no_violations(view: Page, name: str) -> None:
    view.goto(name)
    assert violations(view) == []
