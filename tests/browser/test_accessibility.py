"""Every page can be read by everyone: axe finds nothing, in both colour schemes and widths."""

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from .test_site import ALL

AXE = Axe()
SCHEMES: dict[str, Literal["light", "dark"]] = {"default": "light", "slate": "dark"}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Which colours a page has changes nothing else.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


@pytest.fixture(scope="module", params=[390, 1280])
def view(request: Any, browser: Browser, base: str) -> Iterator[Page]:
    """Return a page of a width, in which nothing moves: a colour on its way has no contrast."""
    context = browser.new_context(
        viewport={"width": request.param, "height": 900}, reduced_motion="reduce", base_url=base
    )
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[str]:
    """Return what axe finds in each colour scheme: the rule and where."""
    return [
        *in_scheme(page, "default", TAGS),
        *in_scheme(page, "slate", COLOURS),
    ]


def in_scheme(page: Page, scheme: str, rules: Any) -> list[str]:
    """Return what axe finds in a colour scheme."""
    page.emulate_media(color_scheme=SCHEMES[scheme])
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = AXE.run(page, options=options).response["violations"]
    return [
        f"{scheme} {v['id']}: {n['target']} {n['html'][:140]}" for v in found for n in v["nodes"]
    ]


def test_the_search_has_no_violations(view: Page) -> None:
    view.goto("index.html")
    view.click("#search-open")
    view.fill("#search-box input", "pixel")
    expect(view.locator("#search-box li").first).to_be_visible()
    assert violations(view) == []


def test_a_diagnosis_has_no_violations(view: Page) -> None:
    view.goto("diagnose.html")
    view.click("[data-sample=link-markup-not-matched]")
    expect(view.locator("#diagnose-result")).to_be_visible(timeout=60_000)
    assert violations(view) == []


def test_a_question_has_no_violations_whatever_is_pointed_at(view: Page) -> None:
    view.goto("index.html")  # from the form itself it would be no new page, and keep its text
    view.goto("diagnose.html#symptom=open-missing")
    view.click("button[type=submit]")
    expect(view.locator("#diagnose-result .question")).to_be_visible(timeout=60_000)
    view.locator(".suspects summary").first.click()
    assert violations(view) == []
    for each in ("button[type=submit]", ".question .run-button", ".suspects summary"):
        view.locator(each).first.hover()
        assert violations(view) == [], each
        view.locator(each).first.focus()
        assert violations(view) == [], each


def test_a_block_that_ran_has_no_violations(view: Page) -> None:
    view.goto("emails/troubleshooting.html")
    view.locator(".run-button").first.click()
    expect(view.locator(".run-output").first).to_be_visible(timeout=60_000)
    assert violations(view) == []


@pytest.mark.parametrize("name", [*ALL, "404.html"])
def test_a_page_has_no_violations(view: Page, name: str) -> None:
    view.goto(name)
    assert violations(view) == []
