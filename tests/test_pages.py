"""The guide and its tests cannot drift apart: guards over every page in every language."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from justhtml import JustHTML
from mkdocs_static_i18n.config import RE_LOCALE
from sybil import Document, Region

import translations
from front import language_of, path_of, source_of, writing
from pages import DOCS, HEADING, INCLUDE, KEPT, LANGUAGES, MARK, PAGES, SNIPPETS, fences, section
from snippets import catalogue
from translations import sections

PAGE_PATHS = sorted(p for p in DOCS.rglob("*.md") if "theme" not in p.parts)
SOURCES = [path for path in PAGE_PATHS if path.suffixes == [".md"]]
TRANSLATIONS = [path for path in PAGE_PATHS if len(path.suffixes) == 2]
# Pages of the languages whose page `contributing` says how they are written.
WRITTEN = [p for p in PAGE_PATHS if path_of(DOCS, "contributing", language_of(p)).exists()]
FENCE_LANGUAGES = {
    "python",
    "pycon",
    "html",
    "eml",
    "text",
    "console",
    "yaml",
    "nginx",
    "apache",
    "sql",
    "json",
}
TERM = re.compile(r"^\S.*\{ *#([\w-]+) \}\n:", re.MULTILINE)  # what a page explains in a list
NAIVE_FENCE = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})[ \t]*\{?[ \t.]*(\w+)", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)[^)]*\)|^\[\^[\w-]+\]:", re.MULTILINE)


def name(path: Path) -> str:
    """Return the page as one would call it: `emails/links.en.md`."""
    return str(path.relative_to(DOCS))


def read(path: Path) -> Document:
    """Return the page as Sybil reads it."""
    return Document(path.read_text("utf-8"), str(path))


def blocks(path: Path) -> list[tuple[str, str]]:
    """Return (language and attributes, text) of each block of the page, in order."""
    return [block(region) for region in fences(read(path))]


def block(region: Region) -> tuple[str, str]:
    """Return (language and attributes, text) of a block."""
    found = region.lexemes
    return f"{found['language']}{found['attributes']}", str(found["source"])


def includes() -> Iterator[tuple[Path, str, str | None]]:
    """Yield (page, file, section) of each include of each page."""
    for path in PAGE_PATHS:
        for _, text in blocks(path):
            if include := INCLUDE.fullmatch(text.strip()):
                yield path, include["path"], include["section"]


@pytest.mark.parametrize("path", PAGE_PATHS, ids=name)
def test_every_python_fence_is_collected(path: Path) -> None:
    wanted = [lang for lang in NAIVE_FENCE.findall(path.read_text()) if lang in {"python", "pycon"}]
    collected = [info.split()[0].rstrip("}") for info, _ in blocks(path)]
    assert [lang for lang in collected if lang in {"python", "pycon"}] == wanted
    parsed = [e.parsed for e in PAGES.parse(path).examples()]
    assert len(parsed) >= len(wanted)


@pytest.mark.parametrize("path", PAGE_PATHS, ids=name)
def test_fences_have_a_known_language(path: Path) -> None:
    languages = {re.match(r"\w*", info)[0] for info, _ in blocks(path)}  # type: ignore[index]
    assert languages <= FENCE_LANGUAGES


@pytest.mark.parametrize("path", PAGE_PATHS, ids=name)
def test_a_block_is_either_one_include_or_literal_code(path: Path) -> None:
    for _, text in blocks(path):
        assert "--8<--" not in text or INCLUDE.fullmatch(text.strip()), text


def test_each_include_exists() -> None:
    for _, file, part in includes():
        assert section(SNIPPETS / file, part)[0].strip()


def test_each_snippet_section_is_shown_by_a_page() -> None:
    marked = {
        (str(path.relative_to(SNIPPETS)), mark["name"])
        for path in SNIPPETS.rglob("*.py")
        for line in path.read_text("utf-8").split("\n")
        if (mark := MARK.match(line)) and mark["type"] == "start"
    }
    assert marked - {(file, part) for _, file, part in includes()} == set()


def test_sections_shown_are_short() -> None:
    for page, file, part in includes():
        text = re.sub(r'"""(?s:.*?)"""', "", section(SNIPPETS / file, part)[0])
        code = [line for line in text.split("\n") if line.strip()]
        is_table = re.match(r"[A-Z_]+ = ", text) is not None
        assert len(code) <= (30 if is_table else 20), (page, file, part)


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_each_page_exists_in_each_language(path: Path) -> None:
    page = str(path.relative_to(DOCS).with_suffix(""))
    assert [language for language in KEPT if not path_of(DOCS, page, language).exists()] == []


def test_no_file_looks_like_a_language_by_accident() -> None:
    # static-i18n takes any two-letter middle suffix for a language and drops the file silently.
    middle = {p.suffixes[-2][1:] for p in DOCS.rglob("*.*") if len(p.suffixes) > 1}
    assert {suffix for suffix in middle if RE_LOCALE.match(suffix)} <= {*LANGUAGES}


@pytest.mark.parametrize("path", TRANSLATIONS, ids=name)
def test_languages_have_equal_blocks(path: Path) -> None:
    source = sections(source_of(path).read_text("utf-8"))
    for id_, text in sections(path.read_text("utf-8")).items():
        wanted = Document(source[id_], "French")
        found = Document(text, "translation")
        assert [block(r) for r in fences(found)] == [block(r) for r in fences(wanted)], id_


@pytest.mark.parametrize("path", TRANSLATIONS, ids=name)
def test_languages_have_equal_ids(path: Path) -> None:
    missing = set(translations.missing(path))
    wanted = HEADING.findall(source_of(path).read_text("utf-8"))
    assert HEADING.findall(path.read_text("utf-8")) == [x for x in wanted if x not in missing]
    explained, wanted_too = ({*TERM.findall(prose(page))} for page in (path, source_of(path)))
    assert explained - wanted_too == set()
    assert missing or wanted_too - explained == set()


@pytest.mark.parametrize("path", TRANSLATIONS, ids=name)
def test_languages_have_equal_links(path: Path) -> None:
    missing = translations.missing(path)
    found, wanted = ({*LINK.findall(prose(page))} for page in (path, source_of(path)))
    assert found - wanted == set()
    assert missing or wanted - found == set()


@pytest.mark.parametrize("path", PAGE_PATHS, ids=name)
def test_every_heading_has_an_explicit_id(path: Path) -> None:
    headings = re.findall(r"^#{1,6} .*", prose(path), re.MULTILINE)
    assert [heading for heading in headings if not HEADING.match(heading)] == []


@pytest.mark.parametrize("path", PAGE_PATHS, ids=name)
def test_each_mark_of_a_footnote_has_its_text(path: Path) -> None:
    text = prose(path)
    told = re.findall(r"^\[\^([\w-]+)\]:", text, re.MULTILINE)
    assert {*re.findall(r"\[\^([\w-]+)\](?!:)", text)} == {*told}
    assert len(told) == len({*told})


POINT = re.compile(r"^- \*\*(.+?)\.\*\*", re.MULTILINE)


@pytest.mark.parametrize("path", WRITTEN, ids=name)
def test_each_cause_has_its_six_points_in_order(path: Path) -> None:
    names = writing(DOCS, language_of(path))["points"]
    for part in re.split(r"^## ", prose(path), flags=re.MULTILINE):
        cause = HEADING.match(f"## {part}")
        if cause and cause["id"] in catalogue.pages():
            assert POINT.findall(part)[:6] == names, cause["id"]


def prose(path: Path) -> str:
    """Return the text of a page without its blocks."""
    document = read(path)
    text, end = "", 0
    for region in fences(document):
        text, end = text + document.text[end : region.start], region.end
    return text + document.text[end:]


@pytest.mark.parametrize("path", PAGE_PATHS, ids=name)
def test_the_code_published_is_the_code_tested(path: Path, site: Path) -> None:
    tested = []
    for info, text in blocks(path):
        include = INCLUDE.fullmatch(text.strip())
        code = section(SNIPPETS / include["path"], include["section"])[0] if include else text
        if info.startswith(("python", "pycon")) or ".output" in info:
            tested.append(code.strip("\n"))
    shown = [code for code in published(path, site) if code in tested]
    assert shown == tested


def published(path: Path, site: Path) -> list[str]:
    """Return the text of the code blocks of the built page, in order."""
    tree = JustHTML(built(path, site).read_text("utf-8"))
    codes = tree.query("pre > code")
    return [code.to_text(separator="", strip=False).strip("\n") for code in codes]


def built(path: Path, site: Path) -> Path:
    """Return the file of a page in the built site."""
    page = source_of(path) if path in TRANSLATIONS else path
    folder = site / language_of(path) if path in TRANSLATIONS else site
    return (folder / page.relative_to(DOCS)).with_suffix(".html")
