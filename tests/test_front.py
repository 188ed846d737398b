"""The front matter of pages: valid for every reader of YAML, complete in every language."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.exceptions import PluginError

import front
import wording
from pages import DOCS, LANGUAGES

PAGES = sorted(path for path in DOCS.rglob("*.md") if "theme" not in path.parts)
DIAGNOSE_FRENCH = DOCS / "diagnose.md"
HOME, DIAGNOSE = DOCS / "index.en.md", DOCS / "diagnose.en.md"
WORDS = (
    *(("index", "site", front.Site), ("sources", "rules", dict[str, str])),
    *((page, key, kind) for page, held in front.WITH_WORDS.items() for key, kind in held.items()),
)
HELD: list[tuple[Path, str, Any]] = [
    (path, key, front.Source if path.name == "index.md" else kind)
    for language in LANGUAGES
    for page, key, kind in WORDS
    if (path := front.path_of(DOCS, page, language)).exists()
]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(DOCS)))
def test_every_reader_of_yaml_reads_the_same(path: Path) -> None:
    text = path.read_text("utf-8").split("---\n")[1]
    assert yaml.load(text, yaml.CSafeLoader) == front.read(path)
    keys = re.findall(r"^([\w-]+):", text, re.MULTILINE)
    assert len(keys) == len(set(keys)), "a key stands twice; the last would win without a word"


@pytest.mark.parametrize(("path", "key", "kind"), HELD, ids=lambda each: getattr(each, "name", ""))
def test_the_words_are_complete(path: Path, key: str, kind: Any) -> None:
    assert front.words(path, key, kind)


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_a_language_is_written_can_be_read(language: str) -> None:
    if not front.path_of(DOCS, "contributing", language).exists():
        return
    written = front.writing(DOCS, language)
    assert len(written["points"]) == 6
    for pattern in (*written["terms"].values(), *written["printed"].values()):
        assert re.compile(pattern).fullmatch("") is None, "it would find nothing everywhere"


def test_a_language_that_is_not_kept_says_in_french_what_it_lacks(tmp_path: Path) -> None:
    path = written(tmp_path, DIAGNOSE, "questions", {"release": "Release"})
    with pytest.raises(PluginError, match=r"`questions\.symptom` is missing"):
        front.words(path, "questions", dict[str, str])
    (tmp_path / "index.en.md").write_text("---\nsite: {kept: false}\n---\n", "utf-8")
    found, french = (front.words(x, "questions", dict[str, str]) for x in (path, DIAGNOSE_FRENCH))
    assert found["release"] == "Release"
    assert found["symptom"] == french["symptom"]
    assert found.keys() == french.keys()


def names(value: Any, at: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the way to each word: `("words", "search", "open")`."""
    if at:
        yield at
    for key in value if isinstance(value, dict) else ():
        yield from names(value[key], (*at, key))


def written(folder: Path, source: Path, key: str, held: Any) -> Path:
    """Write a page of that name with other words, beside the French one."""
    french = front.source_of(source)
    (folder / french.name).write_text(french.read_text("utf-8"), "utf-8")
    text = yaml.safe_dump({key: held}, allow_unicode=True)
    (folder / source.name).write_text(f"---\n{text}\n---\n", "utf-8")
    return folder / source.name


@pytest.mark.parametrize(
    ("path", "key", "kind", "way"),
    [
        pytest.param(path, key, kind, way, id=".".join((path.stem, key, *way)))
        for path, key, kind in HELD
        for way in names(front.read(path)[key])
        if path in (HOME, DIAGNOSE)
        and way[0] not in ("sections", "kept")  # those stand in mkdocs.yml
    ],
)
def test_a_missing_word_is_told_by_file_and_key(
    monkeypatch: pytest.MonkeyPatch, path: Path, key: str, kind: Any, way: tuple[str, ...]
) -> None:
    read = front.read
    page = read(path) | {key: without(read(path)[key], way)}
    monkeypatch.setattr(front, "read", lambda asked: page if asked == path else read(asked))
    with pytest.raises(PluginError, match=re.escape(f"{path}: `{'.'.join((key, *way))}` is")):
        front.words(path, key, kind)


def without(held: dict[str, Any], way: tuple[str, ...]) -> dict[str, Any]:
    """Return words without the one that a way leads to."""
    name, *inner = way
    if inner:
        return held | {name: without(held[name], tuple(inner))}
    return {key: value for key, value in held.items() if key != name}


@pytest.mark.parametrize("value", [None, "", 5, True, {"a": "b"}, ["a"]])
def test_a_word_is_a_text(tmp_path: Path, value: Any) -> None:
    held = front.read(HOME)["site"]
    held["words"]["menu"] = value
    page = written(tmp_path, HOME, "site", held)
    with pytest.raises(PluginError, match=r"`site\.words\.menu` must be a text"):
        front.words(page, "site", front.Site)


def test_a_word_that_nothing_uses_is_told(tmp_path: Path) -> None:
    held = front.read(HOME)["site"]
    held["words"]["menue"] = "Menu"
    page = written(tmp_path, HOME, "site", held)
    with pytest.raises(PluginError, match=r"`site\.words\.menue` is used by nothing"):
        front.words(page, "site", front.Site)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("---\na: [b, c ?, d]\n---\n", "is no YAML"),
        ("---\n- a\n---\n", "no `key: value`"),
        ("# Title\n", "begins with its front matter"),
        ("---\na: b\n", "begins with its front matter"),
    ],
)
def test_front_matter_that_cannot_be_read_is_told(tmp_path: Path, text: str, said: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(text, "utf-8")
    with pytest.raises(PluginError, match=f"{re.escape(str(page))}: .*{said}"):
        front.read(page)


NOT_OF_THE_SCRIPTS = {"comma", "agent"}  # of the build; of the command line


def test_the_scripts_know_the_words_they_are_given() -> None:
    declared = re.findall(r"@property \{[^}]+\} (\w+)", (DOCS / "app" / "ui.js").read_text("utf-8"))
    added = {
        "base",
        "bytes",
        "compare",
        "size",
        "words",
        "guide",
        "titles",
        "reasons",
        "file",
        "project",
    }
    assert set(declared) == set(front.Ui.__annotations__) - NOT_OF_THE_SCRIPTS | added


def test_the_package_has_the_words_of_the_pages() -> None:
    is_new = wording.TARGET.read_text("utf-8") == wording.made(DOCS)
    assert is_new, "a page says something else: run `python docs/hooks/wording.py`"


@pytest.mark.parametrize(
    ("held", "problem"),
    [
        ({}, "`description` must be a text"),
        ({"description": "x", "title": 5}, "`title` must be a text"),
        ({"description": "x", "hide": [1]}, "`hide[0]` must be a text"),
        ({"description": "x", "descripton": "y"}, "`descripton` is used by nothing"),
    ],
)
def test_front_matter_holds_what_pages_have(held: dict[str, Any], problem: str) -> None:
    assert problem in front.about(held)[0]
    assert front.about({"description": "x", "title": "y", "hide": ["toc"]}) == []
