"""The search finds what people type, in the language of the page, and loads nothing before."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, Route, expect

import front
from pages import DOCS, KEPT

from .test_site import ROOTS

QUERIES = Path(__file__).parent / "queries"
ENOUGH = 25  # queries of a language
# What people type, by language, and the section or the page that must be among the first three
# results, from the root of the language; null where nothing must be found.
TYPED: dict[tuple[str, str], str | None] = {
    (path.stem, query): address
    for path in sorted(QUERIES.glob("*.json"))
    for query, address in json.loads(path.read_text("utf-8")).items()
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
        queries = [query for asked, query in TYPED if asked == language]
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


@pytest.mark.parametrize(("language", "query"), TYPED)
def test_a_query_finds_its_section(
    language: str, query: str, found: dict[tuple[str, str], list[str]]
) -> None:
    results, address = found[language, query], TYPED[language, query]
    if address is None:  # its words stand nowhere: no section is guessed
        assert results == []
        return
    wanted, first = ROOTS[language] + address, results[:3]
    assert any(link == wanted or link.partition("#")[0] == wanted for link in first), first


@pytest.mark.parametrize("language", KEPT)
def test_each_language_has_its_queries(language: str) -> None:
    answered = [asked for (asked, _), address in TYPED.items() if address]
    assert answered.count(language) >= ENOUGH, f"{QUERIES / language}.json holds too few"


@pytest.mark.parametrize("language", ROOTS)
def test_synonyms_are_of_sections(language: str, site: Path) -> None:
    home = front.path_of(DOCS, "index", language)
    for address in front.read(home).get("synonyms", {}):
        page, _, section = address.partition("#")
        assert f'id="{section}"' in (site / ROOTS[language] / page).read_text("utf-8"), address


def test_code_is_not_searched(found: dict[tuple[str, str], list[str]]) -> None:
    code = ("emails/rewriting.html", "emails/recording.html")
    first = {key: links[0].removeprefix(ROOTS[key[0]]) for key, links in found.items() if links}
    assert {key: link for key, link in first.items() if link.startswith(code)} == {}


@pytest.mark.parametrize("language", ROOTS)
def test_results_are_of_the_readers_language(
    language: str, found: dict[tuple[str, str], list[str]]
) -> None:
    roots = tuple(root for other, root in ROOTS.items() if root and other != language)
    for (asked, _), links in found.items():
        if asked == language:
            assert all(link.startswith(ROOTS[language]) for link in links)
            assert not any(link.startswith(roots) for link in links)


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


def test_what_is_typed_before_the_index_is_there_is_answered(page: Page) -> None:
    held: list[Route] = []
    page.route("**/pagefind/pagefind.js", lambda route: held.append(route))
    page.clock.install()
    page.goto("index.html")
    with page.expect_request("**/pagefind/pagefind.js"):
        page.click("#search-open")
    page.locator("#search-box input").press_sequentially("localhost")
    page.clock.run_for(1000)  # the pause after the last key has passed
    expect(page.locator("#search-box ol > li")).to_have_count(0)
    held[0].continue_()
    expect(page.locator("#search-box ol > li").first).to_be_visible()


def test_nothing_found_is_said(page: Page) -> None:
    page.goto("index.html")
    page.click("#search-open")
    page.locator("#search-box input").press_sequentially("zzzqqq")
    expect(page.locator("#search-box [role=status]")).to_contain_text("Rien n’a été trouvé")
    ways_in = page.locator("#search-box ul a")
    expect(ways_in).to_have_count(3)
    ways_in.first.click()
    page.wait_for_url("**/emails/troubleshooting.html#opens")


@pytest.mark.parametrize("language", KEPT)
def test_a_section_called_as_typed_comes_first(
    page_of_module: Page, base: str, language: str
) -> None:
    home = front.read(front.path_of(DOCS, "index", language))
    headings = home["site"]["words"]["search"]
    symptoms = ("opens", "clicks", "unsubscribe")
    page_of_module.goto(f"{ROOTS[language]}index.html")
    answers = page_of_module.evaluate(ASK, [[headings[each] for each in symptoms], base])
    page = f"{ROOTS[language]}emails/troubleshooting.html"
    assert [urls[0] for urls in answers] == [f"{page}#{each}" for each in symptoms]
