"""Drawings: words from the page, sources without words, and the way that names each cause once."""

import re
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from justhtml import JustHTML
from mkdocs.exceptions import PluginError
from mkdocs.utils.meta import get_data

import drawings
import front
from pages import DOCS, KEPT
from snippets.catalogue import pages
from snippets.clickthrough import encode
from snippets.verdicts import HEALTHY
from test_pages import PAGE_PATHS, TRANSLATIONS, built, name

SOURCES = sorted((DOCS / "drawings").glob("*.svg"))
WAYS = [front.path_of(DOCS, "emails/troubleshooting", language) for language in KEPT]
BESIDE = (
    "emails/unsubscribe",
    "pages/troubleshooting",
)  # of neither an open nor a click: not on the way
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 340 20">
  <text>{button}</text>
</svg>"""


def put_in(words: object, docs: Path, text: str = "![](drawings/box.svg)\n") -> str:
    """Return a page `page.md` with what it names put in."""
    (docs / "drawings").mkdir(exist_ok=True)
    (docs / "drawings" / "box.svg").write_text(SVG, "utf-8")
    file = SimpleNamespace(src_uri="page.md", locale="fr")
    page = SimpleNamespace(file=file, meta={"drawings": words})
    return drawings.on_page_markdown(text, page, SimpleNamespace(docs_dir=str(docs)))


def test_a_drawing_is_put_in_with_the_words_of_the_page(tmp_path: Path) -> None:
    words = {"box": {"title": "A & B", "desc": "Both.", "button": "<Show>"}}
    tree = JustHTML(put_in(words, tmp_path), sanitize=False)
    assert [text.to_text() for text in tree.query("text")] == ["<Show>"]
    (svg,) = tree.query("svg")
    assert [said.to_text() for said in tree.query("#box-title, #box-desc")] == ["A & B", "Both."]
    attributes = svg.attrs or {}
    assert attributes["role"] == "img"
    assert attributes["aria-labelledby"] == "box-title"
    assert attributes["aria-describedby"] == "box-desc"


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (None, "page.md: `drawings.box.button` is missing."),
        ({"box": {"title": "T", "button": "B"}}, "page.md: `drawings.box.desc` is missing."),
        (
            {"box": {"title": "T", "desc": "D", "button": "B", "old": "O"}},
            "page.md: `drawings.box.old` is not in docs/drawings/box.svg.",
        ),
        (
            {"box": {"title": "T", "desc": "D", "button": True}},
            "page.md: `drawings.box.button` must be a text.",
        ),
        (
            {"box": {"title": "T", "desc": "D", "button": "B"}, "bax": {}},
            "page.md: `drawings.bax` is shown nowhere.",
        ),
    ],
)
def test_a_word_that_is_wrong_stops_the_build(words: object, problem: str, tmp_path: Path) -> None:
    with pytest.raises(PluginError) as raised:
        put_in(words, tmp_path)
    assert str(raised.value) == problem


def test_a_drawing_or_section_that_is_missing_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(PluginError, match=r"page.md: there is no drawing docs/drawings/no.svg."):
        put_in(None, tmp_path, "![](drawings/no.svg)\n")
    with pytest.raises(PluginError, match=r"page.md: `emails/a.md` has no section `way`."):
        put_in(None, tmp_path, "![](emails/a.md#way)\n")


def test_links_of_a_section_lead_from_the_page_that_shows_it(tmp_path: Path) -> None:
    (tmp_path / "emails").mkdir()
    text = "## Way { #way }\n[a](#a) [b](b.md#b) [c](../c.md) [d](https://d.example)\n"
    (tmp_path / "emails" / "a.md").write_text(text + "## End { #end }\n", "utf-8")
    led = "[a](emails/a.md#a) [b](emails/b.md#b) [c](c.md) [d](https://d.example)\n\n"
    assert put_in(None, tmp_path, "![](emails/a.md#way)\n") == led


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_source_has_no_words_and_asks_nobody(path: Path) -> None:
    source = path.read_text("utf-8")
    tree = JustHTML(source, sanitize=False)
    code = {text.to_text() for text in tree.query(".code, .code text, .step text, .keys")}
    words = {text.to_text() for text in tree.query("text")} - code
    assert [word for word in words if not re.fullmatch(r"\{[\w-]+\}", word)] == []
    assert re.findall(r" href=|url\(|<image|<style|style=", source) == []
    assert 'viewBox="0 0 340 ' in source


def test_each_source_is_shown_by_a_page() -> None:
    shown = {word for page in PAGE_PATHS for word in words_of(page)}
    assert shown == {path.stem for path in SOURCES}


@pytest.mark.parametrize("path", TRANSLATIONS, ids=name)
def test_languages_show_equal_drawings(path: Path) -> None:
    french = front.source_of(path)
    assert words_of(path).keys() <= words_of(french).keys()


def words_of(page: Path) -> dict[str, dict[str, str]]:
    """Return the words of the drawings of a page."""
    _, front = get_data(page.read_text("utf-8"))
    return dict(front.get("drawings") or {})


def test_the_ct_of_the_drawing_holds_what_it_says() -> None:
    tree = JustHTML((DOCS / "drawings" / "ct.svg").read_text("utf-8"), sanitize=False)
    lines = [text.to_text() for text in tree.query("text.code")]
    shown, said = "".join(lines[:2]).rstrip("…"), lines[2:]
    data = yaml.safe_load("{" + ", ".join(said) + "}")
    order = ("source", "email", "stat", "lead", "channel")
    assert encode({key: data[key] for key in order}).startswith(shown)


ON_THE_WAY = sorted({id_ for id_, page in pages().items() if page not in BESIDE} - {*HEALTHY})


def stands(path: Path) -> Counter[str]:
    """Return how often each section is named at a station of the way on a page."""
    way = path.read_text("utf-8").partition('<div class="way" markdown>')[2].partition("</div>")[0]
    return Counter(re.findall(r"\]\([\w./-]*#([\w-]+)\)", way))


@pytest.mark.parametrize("cause", ON_THE_WAY)
def test_each_cause_stands_at_one_station_of_the_way(cause: str) -> None:
    wrong = {path.name: found for path in WAYS if (found := stands(path)[cause]) != 1}
    assert wrong == {}, "these pages need one line for it, at one station of the way"


@pytest.mark.parametrize("path", WAYS, ids=name)
def test_nothing_but_causes_stands_on_the_way(path: Path) -> None:
    assert set(stands(path)) <= set(ON_THE_WAY)


@pytest.mark.parametrize("language", KEPT)
def test_the_home_page_shows_the_way_of_the_guide(language: str, site: Path) -> None:
    def stations(page: str) -> list[str]:
        html = built(front.path_of(DOCS, page, language), site).read_text("utf-8")
        tree = JustHTML(html, sanitize=False)
        return [link.to_text() for link in tree.query(".way li")]

    assert stations("index") == stations("emails/troubleshooting") != []
