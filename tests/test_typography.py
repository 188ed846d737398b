"""Each language as it is printed, as far as a program can see: `contributing` holds the rules."""

import re
from pathlib import Path

import pytest

import front
from pages import DOCS
from test_pages import PAGE_PATHS, SOURCES, TRANSLATIONS, WRITTEN, name, prose
from translations import OWN

NOT_TEXT = re.compile(
    r"^---\n.*?\n---\n"  # front matter has a test of its own
    r"|^!!! \w+ |\[(?:[\w-]+)?#\d+[^\]]*\](?=\()"  # a thread carries its title, in English
    r"|<[^>]+>|`+[^`\n]*`+|\]\([^)]*\)|\{[^}\n]*\}|https?://\S+|^\[\^[\w-]+\]:|\[\^[\w-]+\]",
    re.DOTALL | re.MULTILINE,
)
BLOCK = re.compile(r"^( *)```.*?^\1```$", re.DOTALL | re.MULTILINE)


def text(path: Path) -> str:
    """Return the words of a page: no code, no addresses, no attributes."""
    return NOT_TEXT.sub("x", BLOCK.sub("", prose(path)))


@pytest.mark.parametrize("path", WRITTEN, ids=name)
def test_a_page_is_printed_as_its_language_is(path: Path) -> None:
    words = text(path)
    for rule, fault in front.writing(DOCS, front.language_of(path))["printed"].items():
        found = re.finditer(fault, words)
        assert [words[f.start() : f.end() + 20] for f in found] == [], rule


@pytest.mark.parametrize("path", PAGE_PATHS, ids=name)
def test_front_matter_is_set_like_the_page(path: Path) -> None:
    words = OWN.sub("", path.read_text("utf-8").partition("---\n")[2].partition("\n---\n")[0])
    assert "'" not in words or path in TRANSLATIONS
    if path in SOURCES:
        assert re.findall(r"\w ?[!?](?=\s|$)|«[^\u202f]|[^\u202f]»", words) == []
