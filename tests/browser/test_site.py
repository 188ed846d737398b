"""Every page in every language, as a reader's browser sees it."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

import front
from pages import DOCS, LANGUAGES
from snippets.evidence.questions import Symptom

from .trees import attribute, elements, named

ROOTS = {language: "" if language == front.SOURCE else f"{language}/" for language in LANGUAGES}
NAMES = sorted(
    str(p.relative_to(DOCS).with_suffix(".html"))
    for p in DOCS.rglob("*.md")
    if "theme" not in p.parts and len(p.suffixes) == 1
)
# Every page that is written, by its address: others are the French one.
WRITTEN = {
    root + name: language
    for language, root in ROOTS.items()
    for name in NAMES
    if front.path_of(DOCS, name.removesuffix(".html"), language).exists()
}
ALL = list(WRITTEN)
SOURCES = [name for name, language in WRITTEN.items() if language == front.SOURCE]


def in_each_language(name: str) -> list[str]:
    """Return the addresses of a page in the languages in which it is written."""
    return [each for each, language in WRITTEN.items() if each == ROOTS[language] + name]


@pytest.fixture(scope="module", params=ALL)  # so that the tests of a page follow each other
def name(request: Any) -> str:
    """Return the address of a page in one of its languages."""
    return str(request.param)


def test_head_of_a_page(site: Path, name: str) -> None:
    page = site / name
    metas = {attribute(m, "name"): attribute(m, "content") for m in named(page, "meta")}
    assert 40 <= len(metas["description"]) <= 160
    links = named(page, "link")
    languages = {attribute(x, "hreflang") for x in links} - {""}
    source = name.removeprefix(ROOTS[WRITTEN[name]])
    there = {language for language, root in ROOTS.items() if root + source in WRITTEN}
    assert languages == there | {"x-default"}
    assert [x for x in links if attribute(x, "rel") == "canonical"]
    assert "default-src 'self'" in page.read_text("utf-8")


def test_descriptions_differ(site: Path) -> None:
    found = [re.search(r'name="description" content="([^"]*)', (site / n).read_text()) for n in ALL]
    texts = [match[1] for match in found if match]
    assert len(set(texts)) == len(ALL)


def test_links_anchors_ids_and_images(site: Path, name: str) -> None:
    page = site / name
    ids = [attribute(e, "id") for e in elements(page) if "id" in (e.attrs or {})]
    assert len(ids) == len(set(ids))
    assert [i for i in named(page, "img") if "alt" not in (i.attrs or {})] == []
    for href in [attribute(a, "href") for a in named(page, "a") if "href" in (a.attrs or {})]:
        if not re.match(r"[a-z]+:", href):
            assert_resolves(site, name, href)


def assert_resolves(site: Path, name: str, href: str) -> None:
    """Check that a link of a page leads to a file and, where it names one, to an element."""
    address, _, fragment = href.partition("#")
    target = (site / name).parent / address if address else site / name
    target = target / "index.html" if target.is_dir() else target
    assert target.exists(), href
    if fragment.startswith("symptom="):
        assert fragment.removeprefix("symptom=") in list(Symptom), href
    elif fragment and not fragment.startswith("__"):
        assert fragment in anchors(target), href


@cache
def anchors(path: Path) -> frozenset[str]:
    """Return what an address can name in a page; most pages are led to by every other."""
    return frozenset(re.findall(r' id="([^"]*)"', path.read_text("utf-8")))


@pytest.mark.parametrize("language", [name for name, root in ROOTS.items() if root])
def test_the_switch_keeps_page_and_section(warm: Page, language: str) -> None:
    warm.goto("emails/troubleshooting.html#site-url-host")
    warm.hover(".md-select")
    warm.click(f'.md-select__link[hreflang="{language}"]')
    warm.wait_for_url(f"**/{language}/emails/troubleshooting.html#site-url-host")


def test_a_missing_page_is_french_and_leads_on(browser: object, base: str, site: Path) -> None:
    text = (site / "404.html").read_text("utf-8")
    assert "Cette page n’existe pas" in text
    assert all(f'lang="{language}"' in text for language in LANGUAGES)
    assert '<html lang="fr"' in text


@pytest.mark.parametrize("name", [f"{root}index.html" for root in ROOTS.values()])
def test_symptoms_fit_one_screen_and_the_name_its_place(warm: Page, name: str) -> None:
    warm.goto(name)
    place = warm.locator(".md-header__title .md-ellipsis").first
    assert place.evaluate("name => name.scrollWidth <= name.clientWidth")
    box = warm.locator(".symptoms").bounding_box()
    assert box
    assert box["y"] + box["height"] <= 844


def test_the_sitemap_has_every_page(site: Path) -> None:
    named = re.findall(r"<loc>([^<]*)</loc>", (site / "sitemap.xml").read_text("utf-8"))
    root = min(named, key=len)  # the French home page
    assert sorted(named) == sorted(root + name.removesuffix("index.html") for name in ALL)
