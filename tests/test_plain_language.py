"""The guide is read by tired people: short sentences, plain words, marks and figures told in words.

What a program can hold of that; lengths and terms are those of the language, which its page
`contributing` names.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from justhtml import JustHTML

import front
from pages import DOCS
from sources import FOOTNOTE
from test_pages import PAGE_PATHS, WRITTEN, built, name, prose
from test_typography import BLOCK, text

TITLE = 60  # characters, with the name of the site: a search engine cuts what is longer

FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
# What a reader doesn't read as a sentence: headings, rows of tables, tags, definitions' terms.
NO_SENTENCE = re.compile(r"^(?:#|\||<|!\[|\?\?\?|!!!|:   ).*$", re.MULTILINE)
CODE = re.compile(r"`+[^`]+`+|\[\[[^\]]+\]\]")
LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\]]*\])*)\]\([^)]*\)")
MARKUP = re.compile(r"\[\^[\w-]+\]|\{[^}]*\}|<[^>]+>|\*+")
PARAGRAPH = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.) )")
END = re.compile(r"(?<=[.!?…])[»”“)\u202f]*\s+(?=\S)")

ID = r"\b[VRXKPUS]\d+[a-z]?\b"
ABOUT_RULES = {"contributing", "sources"}  # pages that speak of rules by their ids
# What others call something: in quotation marks, or on the way to a setting.
NAMES = re.compile(r"[«“„][^»”“]*[»”“]|\[\[[^\]]+\]\]|Apple Mail|→ [\w ]+|#\w+")
THREAD = re.compile(r"\[([^\]]*)\]\((https://github\.com/mautic/[\w-]+/(?:issues|pull)/\d+[^)]*)\)")
WITH_TITLE = re.compile(r"(?:[\w-]+)?#\d+\s?:\s\S.{4,}")


def running(path: Path) -> str:
    """Return what stands on a page as sentences: no front matter, code, headings, tables."""
    text = FOOTNOTE.sub("", BLOCK.sub("", prose(path)))
    return NO_SENTENCE.sub("", FRONT.sub("", text))


def plain(text: str) -> str:
    """Return a text as it is read: code and a thread's title are a word, a link is its text."""
    text = THREAD.sub("x", CODE.sub("x", text))
    while LINK.search(text):
        text = LINK.sub(r"\1", text)
    return MARKUP.sub("", text)


def sentences(path: Path) -> Iterator[str]:
    """Yield the sentences of a page, each point of a list for itself."""
    for paragraph in PARAGRAPH.split(plain(running(path))):
        for sentence in END.split(re.sub(r"\s+", " ", paragraph)):
            if len(words(sentence)) > 1:
                yield sentence.strip()


def words(sentence: str) -> list[str]:
    """Return the words of a sentence, as a reader counts them."""
    return re.findall(r"[\w./:@%+-]*\w[\w’'./:@%+-]*", sentence)


@pytest.mark.parametrize("path", WRITTEN, ids=name)
def test_no_sentence_is_too_long(path: Path) -> None:
    longest = said(path)["longest"]
    assert [found for found in sentences(path) if len(words(found)) > longest] == []


@pytest.mark.parametrize("path", WRITTEN, ids=name)
def test_sentences_are_short(path: Path) -> None:
    assert median([len(words(x)) for x in sentences(path)] or [0]) <= said(path)["median"]


def said(path: Path) -> dict[str, Any]:
    """Return how the language of a page is written."""
    return front.writing(DOCS, front.language_of(path))


@pytest.mark.parametrize("path", WRITTEN, ids=name)
def test_evidence_is_told_in_words_or_in_a_footnote(path: Path) -> None:
    mark = rf"\((?i:{said(path)['evidence']})\b[^)]*\)|{ID}"
    found = re.findall(mark, running(path)) if path.name.split(".")[0] not in ABOUT_RULES else []
    assert found == []


@pytest.mark.parametrize("path", WRITTEN, ids=name)
def test_one_word_for_each_thing(path: Path) -> None:
    if path.name.startswith("contributing"):  # whose table of terms names other languages
        return
    words = NAMES.sub("x", re.sub(r"\s+", " ", text(path)))
    for term, others in said(path)["terms"].items():
        found = re.finditer(others, words)
        assert [words[f.start() : f.end() + 20] for f in found] == [], term


@pytest.mark.parametrize("path", PAGE_PATHS, ids=name)
def test_a_thread_has_its_title(path: Path) -> None:
    text = re.sub(r"\s+", " ", FOOTNOTE.sub("", prose(path)))
    assert [text for text, _ in THREAD.findall(text) if not WITH_TITLE.match(text)] == []


@pytest.mark.parametrize("path", PAGE_PATHS, ids=name)
def test_a_heading_is_words(path: Path) -> None:
    headings = re.findall(r"^#+ (.*?) *\{ *#([\w-]+)", FRONT.sub("", prose(path)), re.MULTILINE)
    assert [
        title for title, id in headings if re.sub(r"\W", "", title) == re.sub(r"\W", "", id)
    ] == []
    assert [title for title, _ in headings if re.fullmatch(r"`[^`]*`", title)] == []


@pytest.mark.parametrize("path", PAGE_PATHS, ids=name)
def test_a_title_can_be_read_whole(path: Path, site: Path) -> None:
    head = JustHTML(built(path, site).read_text("utf-8")).query("title")
    assert [title.to_text() for title in head if len(title.to_text()) > TITLE] == []
