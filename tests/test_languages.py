"""A language is its pages: adding one, and what stands for a page not yet translated."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from justhtml import JustHTML

import front
import translations
from conftest import COPIED, checkout

MISSING = "emails/pixel"
PARTLY = "emails/recording"  # one of its sections is older than the French one, one is missing
NEW = "eo"  # a language that the guide has not; Esperanto is known to Material
HOME = """---
description: Nenio estas registrita? Elektu tion, kio mankas.
site:
  language: Esperanto
  kept: false
  name: Registri Mautic
  description: Kial tio ne estas registrita?
  sections: {E-mails: Retmesaĝoj, Pour les développeurs: Por programistoj}
  words:
    home: Hejmpaĝo en Esperanto
    menu: Menuo
    scheme: {system: Sistemo, light: Hela, dark: Malhela}
    copy_code: Kopii
    footer: Sendependa gvidilo.
    untranslated: Tiu ĉi paĝo ankoraŭ ne estas tradukita.
    missing: {title: Mankas, text: Mankas.}
---

# Kio ne estas registrita? { #home }

La bildero.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site with a new language of one page, and a page missing in English."""
    copy = checkout(tmp_path_factory.mktemp("copy"))
    (copy / "docs" / f"{MISSING}.en.md").unlink()
    (copy / "docs" / f"index.{NEW}.md").write_text(HOME, "utf-8")
    outdated(copy / "docs" / f"{PARTLY}.md", copy / "docs" / f"{PARTLY}.en.md")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-d", str(copy / "site")]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return copy / "site"


def outdated(french: Path, english: Path) -> None:
    """Change the second section of the French page, remove the third of the English one."""
    translations.done(english, [])
    _, second, third, *_ = translations.sections(french.read_text("utf-8"))
    page = french.read_text("utf-8")
    changed = re.sub(rf"(^#.*#{second}.*$)", r"\1\n\nUne phrase de plus.", page, flags=re.M)
    french.write_text(changed, "utf-8")
    page = english.read_text("utf-8")
    english.write_text(page.replace(translations.sections(page)[third], ""), "utf-8")


def test_a_section_says_that_the_french_one_is_newer_or_stands_for_it(built: Path) -> None:
    tree, _ = read(built / "en" / f"{PARTLY}.html")
    [missing] = tree.query("div[lang=fr] p.stale")
    assert (missing.attrs or {})["lang"] == "en"
    [link] = tree.query("p.stale a")
    assert str((link.attrs or {})["href"]).startswith(f"../../{PARTLY}.html#")
    assert len(tree.query("p.stale")) == 2
    assert len(tree.query("h2")) == len(read(built / f"{PARTLY}.html")[0].query("h2"))


def read(path: Path) -> tuple[JustHTML, str]:
    """Return a page as a tree and as text."""
    text = path.read_text("utf-8")
    return JustHTML(text, sanitize=False), text


def test_what_a_new_language_does_not_say_yet_is_said_in_french(built: Path) -> None:
    _, text = read(built / NEW / "index.html")
    assert "Rechercher" in text
    words, french = (
        json.loads((built / "app" / f"words.{x}.json").read_text("utf-8")) for x in (NEW, "fr")
    )
    assert words["titles"] == french["titles"]


def test_a_page_not_translated_is_the_french_one_with_a_note(built: Path) -> None:
    _, text = read(built / "en" / f"{MISSING}.html")
    assert '<html lang="fr"' in text
    assert "This page is not translated yet" in text
    assert f'rel="canonical" href="https://mautic-tracking-guide.github.io/{MISSING}.html"' in text
    assert 'hreflang="en"' not in text.partition("<body")[0]
    assert "Ce que le pixel enregistre" in text


def test_it_is_in_neither_sitemap_nor_index_of_the_language(built: Path) -> None:
    assert f"/en/{MISSING}.html" not in (built / "sitemap.xml").read_text("utf-8")
    _, french = read(built / f"{MISSING}.html")
    assert 'hreflang="en"' not in french.partition("<body")[0]
    entry = json.loads((built / "pagefind" / "pagefind-entry.json").read_text("utf-8"))
    assert set(entry["languages"]) == {*COPIED, NEW}
    assert entry["languages"]["en"]["page_count"] < entry["languages"]["fr"]["page_count"]


def test_a_language_is_there_as_soon_as_its_home_page_is(built: Path) -> None:
    tree, text = read(built / NEW / "index.html")
    assert f'<html lang="{NEW}"' in text
    assert "Kio ne estas registrita?" in text
    assert "Hejmpaĝo en Esperanto" in (built / "404.html").read_text("utf-8")
    switch = {str((link.attrs or {})["hreflang"]) for link in tree.query(".md-select__link")}
    assert switch == {*COPIED, NEW}
    _, guide = read(built / NEW / "emails" / "troubleshooting.html")
    assert "Tiu ĉi paĝo ankoraŭ ne estas tradukita." in guide
    assert '<html lang="fr"' in guide


def test_the_page_for_missing_addresses_leads_to_each_language(built: Path) -> None:
    tree, text = read(built / "404.html")
    assert '<html lang="fr"' in text
    links = {str((a.attrs or {})["href"]) for a in tree.query("article a")}
    roots = {"" if x == front.SOURCE else f"{x}/" for x in (*COPIED, NEW)}
    assert links == {f"/{root}index.html" for root in roots}
    assert "noindex" in text
