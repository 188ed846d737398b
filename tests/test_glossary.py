"""A technical word is explained where a page first uses it, and nowhere that would hurt."""

import re
from pathlib import Path

import pytest

import glossary
from front import language_of
from pages import DOCS, KEPT, LANGUAGES
from test_pages import PAGE_PATHS, built, name

KNOWN = {
    "Jeton": glossary.Term("term-token", "a code"),
    "HEAD": glossary.Term("term-head", "a request"),
    "DNT": glossary.Term("term-dnt", "a signal"),
    "GPC": glossary.Term("term-dnt", "a signal"),
    "page de préférences": glossary.Term("term-page", "a page"),
    "`ct`": glossary.Term("term-ct", "<em>who</em>"),
}


def explained(html: str) -> list[str]:
    """Return the words that became buttons."""
    return re.findall(
        r'<button[^>]*class="term"[^>]*>(.*?)</button>', glossary.explain(html, KNOWN)
    )


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Un jeton, deux jetons.</p>", ["jeton"]),
        ("<p>Les Jetons</p>", ["Jetons"]),
        ("<p>head, HEAD</p>", ["HEAD"]),
        ("<p>GPC et DNT</p>", ["GPC"]),
        ("<p>Zwei Jetone, drei Jetonen</p>", ["Jetone"]),
        ("<p>deux pages de préférences</p>", ["pages de préférences"]),
        ("<p><code>ct</code> et <code>ct</code></p>", ["<code>ct</code>"]),
        ("<p>d’un jeton</p>", ["jeton"]),
        ("<p>un hors-jeton, jetonnier</p>", []),
        ('<p><a href="#jeton">un <code>ct</code> et un jeton</a></p>', []),
        ("<h2 id='jeton'>Un jeton</h2><pre><code>ct</code> HEAD</pre>", []),
        ("<summary>jeton</summary><button>HEAD</button><svg><text>jeton</text></svg>", []),
        ('<div class="way"><ol><li>jeton</li></ol></div>', []),
        ('<div class="footnote"><ol><li>jeton</li></ol></div>', []),
        ("<p><code>jeton</code> HEAD</p>", ["HEAD"]),
    ],
)
def test_the_first_use_of_a_word_is_explained(html: str, words: list[str]) -> None:
    assert explained(html) == words


def test_a_word_is_read_as_it_was_written() -> None:
    html = '<p>Un <em>jeton</em> <img alt="jeton">, <code>ct</code> &amp; HEAD.</p>'
    found = glossary.explain(html, KNOWN)
    without = re.sub(r'<span popover[^>]*class="explained">.*?</span>', "", found)
    assert re.sub(r"<button[^>]*>(.*?)</button>", r"\1", without) == html


def test_a_language_without_a_glossary_explains_nothing(tmp_path: Path) -> None:
    assert glossary.terms(tmp_path, "de") == {}
    assert glossary.explain("<p>jeton</p>", {}) == "<p>jeton</p>"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_explanation_is_plain(language: str) -> None:
    for word, term in glossary.terms(DOCS, language).items():
        assert "<" not in re.sub(r"</?(?:code|em)>", "", term.explained), word
        assert not re.search(r"[`*]", term.explained), word


@pytest.mark.parametrize("language", KEPT)
def test_every_word_of_the_glossary_is_used_by_a_page(language: str, site: Path) -> None:
    used: set[str] = set()
    for path in PAGE_PATHS:
        if language_of(path) == language:
            html = built(path, site).read_text("utf-8")
            used |= set(re.findall(r'popovertarget="([\w-]+)"', html))
    assert {term.id for term in glossary.terms(DOCS, language).values()} == used != set()


@pytest.mark.parametrize("path", PAGE_PATHS, ids=name)
def test_ids_stay_unique(path: Path, site: Path) -> None:
    html = built(path, site).read_text("utf-8")
    ids = re.findall(r'<(?:button|span|h\d|dt)[^>]* id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
