"""The search finds what people type, in the language of the page, and loads nothing before."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

import front
from pages import DOCS

from .queries import QUERIES

ROOTS = {"fr": "", "en": "en/"}
# What people typed, some of it in other languages: those words stand nowhere.
TYPED = json.loads(Path(__file__).with_name("queries.json").read_text("utf-8"))
WANTED = {
    **{(x, query): ROOTS[x] + url for x, all_ in QUERIES.items() for query, url in all_.items()},
    **{(each["lang"], each["query"]): each["expected"] for each in TYPED},
}


ASK = """async ([queries, root]) => {
    const [pagefind, { matching }] = await Promise.all(
        [import(`${root}pagefind/pagefind.js`), import(`${root}theme/matching.js`)]);
    await pagefind.init();
    const found = [];
    const { ignored } = document.querySelector("#search-box").dataset;
    for (const query of queries) {
        const sections = await matching(pagefind, query, ignored);
        found.push(sections.map(({ meta }) => meta.url));
    }
    return found;
}"""


@pytest.fixture(scope="module")
def found(page_of_module: Page, base: str) -> dict[tuple[str, str], list[str]]:
    """Return the addresses of the results of each query, asked in one page per language."""
    results: dict[tuple[str, str], list[str]] = {}
    for language, root in ROOTS.items():
        queries = [query for asked, query in WANTED if asked == language]
        page_of_module.goto(f"{root}index.html")
        answers = page_of_module.evaluate(ASK, [queries, base])
        results |= {(language, query): urls for query, urls in zip(queries, answers, strict=True)}
    return results


def search(page: Page, query: str) -> list[str]:
    """Type a query; return the addresses of the results, from the root of the site."""
    page.fill("#search-box input", "")
    expect(page.locator("#search-box ol > li")).to_have_count(0)
    page.locator("#search-box input").press_sequentially(query)
    expect(page.locator("#search-box ol > li").first).to_be_visible()
    links = page.locator("#search-box ol a").evaluate_all("all => all.map(link => link.href)")
    return [link.removeprefix(page.evaluate("location.origin + '/'")) for link in links]


@pytest.mark.parametrize(("language", "query"), [key for key, url in WANTED.items() if url])
def test_a_query_finds_its_section(
    language: str, query: str, found: dict[tuple[str, str], list[str]]
) -> None:
    wanted = WANTED[language, query]
    first = found[language, query][:3]
    assert any(link == wanted or link.partition("#")[0] == wanted for link in first), first


FOREIGN = [("fr", "Öffnungsrate"), ("fr", "uitschrijven"), ("en", "DSGVO"), ("en", "rastreamento")]


@pytest.mark.parametrize(("language", "query"), FOREIGN)
def test_no_section_is_guessed(
    language: str, query: str, found: dict[tuple[str, str], list[str]]
) -> None:
    assert found[language, query] == []


@pytest.mark.parametrize("language", ROOTS)
def test_synonyms_are_of_sections(language: str, site: Path) -> None:
    name = "index.md" if language == "fr" else f"index.{language}.md"
    for address in front.read(DOCS / name)["synonyms"]:
        page, _, section = address.partition("#")
        assert f'id="{section}"' in (site / ROOTS[language] / page).read_text("utf-8"), address


def test_code_is_not_searched(found: dict[tuple[str, str], list[str]]) -> None:
    code = ("emails/rewriting.html", "emails/recording.html")
    first = [links[0] for links in found.values() if links]
    assert [link for link in first if link.removeprefix("en/").startswith(code)] == []


@pytest.mark.parametrize("language", QUERIES)
def test_results_are_of_the_readers_language(
    language: str, found: dict[tuple[str, str], list[str]]
) -> None:
    links = [link for (asked, _), links in found.items() if asked == language for link in links]
    assert {link.startswith("en/") for link in links} == {language == "en"}


def test_nothing_is_loaded_before_the_first_use(page: Page) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    page.goto("index.html")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "pagefind" in url] == []
    page.click("#search-open")
    search(page, "pixel")
    assert [url for url in asked if "pagefind" in url]


def test_the_search_by_keyboard(page: Page) -> None:
    page.goto("index.html")
    page.keyboard.press("/")
    expect(page.locator("#search-box input")).to_be_focused()
    search(page, "localhost")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#search-box ol a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#search-box")).to_be_hidden()
    page.keyboard.press("Control+k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/emails/*.html#*")


def test_words_no_section_has_together_still_find_something(page: Page) -> None:
    page.goto("index.html")
    page.click("#search-open")
    assert search(page, "pourquoi mon pixel zzz")


def test_nothing_found_is_said(page: Page) -> None:
    page.goto("index.html")
    page.click("#search-open")
    page.locator("#search-box input").press_sequentially("zzzqqq")
    expect(page.locator("#search-box [role=status]")).to_contain_text("Rien n’a été trouvé")
    ways_in = page.locator("#search-box ul a")
    expect(ways_in).to_have_count(3)
    ways_in.first.click()
    page.wait_for_url("**/emails/troubleshooting.html#opens")
