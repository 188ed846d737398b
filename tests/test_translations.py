"""A translation remembers the French text it was made from, section by section."""

import re
import subprocess
from pathlib import Path

import pytest

import front
import translations
from conftest import ROOT
from pages import KEPT
from test_pages import name

FRENCH = """---
description: "Page"
---

# Titre { #top }

Une phrase.

```python
print("# no heading { #none }")
```

## Liens { #links }

Un lien
suivi.[^a]

[^a]: Une note.
"""
ENGLISH = FRENCH.replace("Titre", "Title").replace("Un lien\nsuivi", "A tracked link")


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a translation that says what its French page says, in a history of its own."""
    monkeypatch.setattr(translations, "DOCS", tmp_path)
    (tmp_path / "page.md").write_text(FRENCH, "utf-8")
    path = tmp_path / "page.en.md"
    path.write_text(ENGLISH, "utf-8")
    translations.done(path, [])
    git = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@acme.example"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "Begin"]):
        subprocess.run([*git, *command], check=True)
    return path


def change(page: Path, old: str, new: str) -> None:
    """Change the French page of a translation."""
    source = front.source_of(page)
    source.write_text(source.read_text("utf-8").replace(old, new), "utf-8")


def test_sections_are_those_of_the_headings() -> None:
    assert list(translations.sections(FRENCH)) == ["top", "links"]


def test_what_was_translated_is_current(page: Path) -> None:
    assert translations.stale(page) == translations.missing(page) == []
    assert translations.main([]) == 0


@pytest.mark.parametrize(
    ("old", "new", "stale"),
    [
        ("Un lien\nsuivi", "Un lien suivi", []),  # wrapped otherwise
        ("print(", "repr(", []),  # the blocks are the same in all languages
        ("Un lien", "Un beau lien", ["links"]),
        ("Une note", "Une remarque", ["links"]),
        ("Une phrase", "Deux phrases", ["top"]),
        ('"Page"', '"Une page"', [translations.WORDS]),
    ],
)
def test_a_section_is_stale_once_its_french_prose_changed(
    page: Path, old: str, new: str, stale: list[str]
) -> None:
    change(page, old, new)
    assert translations.stale(page) == stale


def test_the_command_shows_what_changed(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(page, "Une phrase.", "Deux phrases.")
    assert translations.main([]) == 1
    printed = capsys.readouterr().out
    assert "page.en.md #top" in printed
    assert "  -Une phrase." in printed
    assert "  +Deux phrases." in printed
    assert translations.main(["done", str(page), "top"]) == 0
    assert translations.main([]) == 0


def test_a_section_can_be_missing_or_not_noted(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = page.read_text("utf-8")
    page.write_text(translations.NOTED.sub("", text).partition("## Liens")[0], "utf-8")
    assert translations.main([]) == 1
    printed = capsys.readouterr().out
    assert "page.en.md #links: not translated yet." in printed
    assert "page.en.md #top: which French text" in printed


def test_a_french_section_stands_where_it_belongs_with_its_notes(page: Path) -> None:
    text = page.read_text("utf-8")
    page.write_text(text.replace(translations.sections(text)["top"], ""), "utf-8")
    shown = translations.completed(page.read_text("utf-8"), page, "Missing.", "en")
    assert list(translations.sections(shown)) == ["top", "links"]
    assert '<div lang="fr" markdown>' in shown
    assert '<p class="stale" lang="en">Missing.</p>' in shown
    page.write_text(text.partition("## Liens")[0], "utf-8")
    shown = translations.completed(page.read_text("utf-8"), page, "Missing.", "en")
    assert shown.rstrip().endswith("[^a]: Une note.")


def test_a_language_and_its_pages_are_begun_once(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (page.parent / "index.md").write_text(FRENCH, "utf-8")
    home = ENGLISH.replace("---\n\n", "site:\n  kept: true\n---\n\n", 1)
    (page.parent / "index.en.md").write_text(home, "utf-8")
    assert translations.main(["new", "pt-BR"]) == 0
    begun = page.parent / "index.pt-BR.md"
    assert "kept: false" in begun.read_text("utf-8")
    assert "10 page\n" in capsys.readouterr().out
    assert translations.main(["new", "pt-BR", "page"]) == 0
    page = page.with_name("page.pt-BR.md")
    assert front.read(page) == {"description": "Page"}
    assert translations.translations("pt-BR") == [begun, page]
    translations.done(page, [])
    assert translations.stale(page) == translations.unnoted(page) == []
    for names, said in (
        (["pt-BR"], "exists already"),
        (["pt-BR", "page"], "exists already"),
        (["pt-BR", "links"], "no page 'links'"),
        (["German"], "no code such as `de`"),
        (["fr"], "no code such as `de`"),
    ):
        with pytest.raises(SystemExit, match=said):
            translations.main(["new", *names])


def test_only_words_are_counted() -> None:
    page = FRENCH.replace("Un lien", "[Un](a.md#lien) `lien` [[site_url]] **très** d’aujourd’hui")
    assert translations.length(page) == translations.length(FRENCH) + 2


@pytest.mark.parametrize("language", KEPT)
def test_translators_are_told_how_much_it_is(language: str) -> None:
    page = front.path_of(translations.DOCS, "contributing", language).read_text("utf-8")
    told = re.findall(r"\b(\d+)\D000\b", translations.sections(page)["translate"])
    words = sum(translations.wanted().values())
    assert len(told) == 1
    assert abs(int(told[0]) * 1000 - words) < words / 20, words


def test_what_is_each_language_s_own_makes_nothing_stale(page: Path) -> None:
    change(page, '"Page"\n', '"Page"\nwriting:\n  longest: 3\nsynonyms: {}\n')
    assert translations.stale(page) == []


def test_a_section_that_is_not_there_is_not_noted(page: Path) -> None:
    before = page.read_text("utf-8")
    with pytest.raises(SystemExit, match=r"no section linsk\. Known: front-matter, top, links\."):
        translations.main(["done", str(page), "top", "linsk"])
    assert page.read_text("utf-8") == before


def test_several_pages_are_noted_at_once(page: Path) -> None:
    other = page.with_name("page.de.md")
    other.write_text(ENGLISH, "utf-8")
    change(page, "Un lien", "Chaque lien")
    assert translations.main(["done", str(page), str(other), "links"]) == 0
    assert translations.stale(page) == []
    assert translations.unnoted(other) == ["front-matter", "top"]


@pytest.mark.parametrize("name", ["page.md", "pgae.en.md", "page"])
def test_what_is_no_translation_is_said(page: Path, name: str) -> None:
    with pytest.raises(SystemExit, match=rf"{name} is no translation"):
        translations.main(["done", str(page.parent / name)])


def test_what_is_no_command_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert translations.main(["finish"]) == 2
    assert "new de" in capsys.readouterr().err


@pytest.mark.parametrize(
    "path", [x for language in KEPT for x in translations.translations(language)], ids=name
)
def test_kept_languages_say_what_the_french_page_says(path: Path) -> None:
    page = path.relative_to(ROOT)
    found = {
        "changed in French": translations.stale(path),
        "not translated": translations.missing(path),
        "not noted": translations.unnoted(path),
    }
    assert not any(found.values()), (
        f"{page}: {found}. Once it says the same: python docs/hooks/translations.py done {page}"
    )
