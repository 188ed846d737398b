"""The page `releases` compares two of them: for a mail, or in general; for every reader."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FilePayload, Page, expect

from snippets import comparing, documents, guide

from .conftest import visit
from .test_site import WRITTEN, in_each_language

PAGES = in_each_language("releases.html")
HTML = """<p>Été <a href="https://a.example/x|y">x</a>
<a href="://b.example">b</a> {unsubscribe_text}</p>"""
RESULT = "#compare-result"
VERDICT = f"{RESULT} > h3"


@pytest.fixture(scope="module", params=PAGES)
def name(request: Any) -> str:
    """Return the page in a language: the tests of one together, with one Python."""
    return str(request.param)


def compared(page: Page, name: str, html: str = "", old: str = "5.2.11", new: str = "7.1.3") -> str:
    """Compare two releases; return what the result says."""
    visit(page, name)
    page.select_option("[name=old]", old)
    page.select_option("[name=new]", new)
    page.fill("#compare-mail", html)
    page.click("#compare-form [type=submit]")
    expect(page.locator(VERDICT)).to_be_visible()
    return page.inner_text(RESULT)


def test_only_what_changes_for_the_mail_is_told_link_by_link(asking: Page, name: str) -> None:
    said = compared(asking, name, HTML)
    language = WRITTEN[name]
    cards = asking.locator(f"{RESULT} .cause")
    found = comparing.compare(documents.read(HTML.encode(), "x"), "5.2", "7.1")
    assert [one.kind for one in found.links] == ["lost", "stops"]
    expect(cards).to_have_count(3)
    stops, lost, also = cards.all()
    words = guide.words(language)
    expect(stops).to_contain_text(words["compare.stops"])
    expect(stops.locator(".corrected code")).to_have_text('<a href="https://b.example">')
    expect(lost).to_contain_text(words["compare.lost"])
    expect(also).to_contain_text(words["compare.also"])
    assert "5.2.11" in said
    assert "import " not in said, "no Python is shown"
    expect(asking.locator(VERDICT)).to_be_focused()
    shown = also.locator("li").count()
    assert shown == len(guide.changes(found.changes, language))


def test_links_of_a_result_lead_to_sections_that_are_there(quick: Page, name: str) -> None:
    compared(quick, name, HTML)
    links = quick.locator(f"{RESULT} a[href*='.html#']").evaluate_all("all => all.map(a => a.href)")
    assert len(links) > 3
    for address in sorted({link for link in links if quick.url.split("/releases")[0] in link}):
        response = quick.request.get(address)
        assert response.ok, address
        assert f'id="{address.partition("#")[2]}"' in response.text(), address


def test_without_a_mail_all_changes_are_listed_by_release(quick: Page) -> None:
    compared(quick, "en/releases.html", old="6.0.9", new="7.0.2")
    assert quick.locator(f"{RESULT} h5").all_inner_texts() == ["7.0"]
    changes = guide.changes(comparing.compare(None, "6.0.9", "7.0.2").changes, "en")
    shown = quick.locator(f"{RESULT} li").all_inner_texts()
    assert len(shown) >= len(changes) > 10
    told = [text in shown for text in changes]  # the others hold a word that is explained
    assert told[0]
    assert told[-1]


def test_errors_and_nothing_are_said_in_the_language_of_the_page(quick: Page, name: str) -> None:
    language = WRITTEN[name]
    said = compared(quick, name, "<p>x</p>", "7.0.1", "7.0.2")
    nothing = guide.words(language)["compare.nothing"]
    assert said.strip() == nothing.replace("{old}", "7.0.1").replace("{new}", "7.0.2")
    quick.select_option("[name=old]", "7.1.3")
    quick.click("#compare-form [type=submit]")
    status = quick.locator("#compare-form [role=status]")
    expected = guide.words(language)["ui.problems.downgrade"].partition("{new}")[2]
    expect(status).to_contain_text(expected)
    expect(quick.locator(RESULT)).to_be_hidden()


def test_a_file_and_the_keyboard_do_as_well(quick: Page) -> None:
    visit(quick, "en/releases.html")
    file = FilePayload(name="n.html", mimeType="text/html", buffer=HTML.encode())
    quick.fill("#compare-mail", "")
    quick.set_input_files("#compare-file", file)
    expect(quick.locator("#compare-form [role=status]")).to_have_text("n.html")
    quick.focus("[name=new]")
    quick.keyboard.press("Control+Enter")
    expect(quick.locator(f"{RESULT} .cause").first).to_be_visible()


def test_form_and_result_are_accessible_and_fit_a_phone(quick: Page) -> None:
    compared(quick, "en/releases.html", HTML)
    assert quick.evaluate("document.documentElement.scrollWidth") <= 390
    violations = Axe().run(quick).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in violations] == []
