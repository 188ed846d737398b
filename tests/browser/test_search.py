"""The search finds what people type, in the language of the page, and loads nothing before."""

import pytest
from playwright.sync_api import Page, Request, expect

from .queries import QUERIES

ROOTS = {"fr": "", "en": "en/"}
ALL = [(language, query) for language, queries in QUERIES.items() for query in queries]


ASK = """async ([queries, root]) => {
    const [pagefind, { matching }] = await Promise.all(
        [import(`${root}pagefind/pagefind.js`), import(`${root}theme/matching.js`)]);
    await pagefind.init();
    const found = [];
    for (const query of queries) {
        const hits = (await matching(pagefind, query)).slice(0, 12);
        const sections = await Promise.all(hits.map((hit) => hit.data()));
        found.push(sections.map(({ meta }) => meta.url));
    }
    return found;
}"""


@pytest.fixture(scope="module")
def found(page_of_module: Page, base: str) -> dict[tuple[str, str], list[str]]:
    """Return the addresses of the results of each query, asked in one page per language."""
    results: dict[tuple[str, str], list[str]] = {}
    for language, queries in QUERIES.items():
        page_of_module.goto(f"{ROOTS[language]}index.html")
        answers = page_of_module.evaluate(ASK, [list(queries), base])
        results |= {(language, query): urls for query, urls in zip(queries, answers, strict=True)}
    return results


def search(page: Page, query: str) -> list[str]:
    """Type a query; return the addresses of the results, from the root of the site."""
    page.fill("#search-box input", "")
    expect(page.locator("#search-box li")).to_have_count(0)
    page.locator("#search-box input").press_sequentially(query)
    expect(page.locator("#search-box li").first).to_be_visible()
    links = page.locator("#search-box li a").evaluate_all("all => all.map(link => link.href)")
    return [link.removeprefix(page.evaluate("location.origin + '/'")) for link in links]


@pytest.mark.parametrize(("language", "query"), ALL)
def test_a_query_finds_its_section(
    language: str, query: str, found: dict[tuple[str, str], list[str]]
) -> None:
    wanted = ROOTS[language] + QUERIES[language][query]
    first = found[language, query][:3]
    assert any(link == wanted or link.partition("#")[0] == wanted for link in first), first


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
    expect(page.locator("#search-box li a").first).to_be_focused()
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
