"""A language is its pages: adding one, and what stands for a page not yet translated."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from justhtml import JustHTML

import translations
from conftest import checkout

MISSING = "emails/pixel"
PARTLY = "emails/recording"  # one of its sections is older than the French one, one is missing
HOME = """---
description: Nichts wird erfasst? Wählen Sie, was fehlt.
site:
  language: Deutsch
  name: Mautic-E-Mails erfassen
  description: Warum wird das nicht erfasst?
  sections: {E-mails: E-Mails, Pour les développeurs: Für Entwickler}
  words:
    home: Startseite auf Deutsch
    menu: Menü
    scheme: {system: System, light: Hell, dark: Dunkel}
    copy_code: Kopieren
    copied: Kopiert
    footer: Ein unabhängiger Leitfaden.
    untranslated: Diese Seite ist noch nicht übersetzt.
    translation: {stale: Veraltet., french: Zum französischen Abschnitt, missing: Fehlt noch.}
    missing: {title: Fehlt, text: Fehlt.}
    search:
      {open: Suchen, close: Zu, hint: Symptom, ignored: der, none: Nichts, failed: Fehler,
       opens: Öffnungen, clicks: Klicks, unsubscribe: Abmelden}
---

# Was wird nicht erfasst? { #home }

Das Pixel.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site with a new language of one page, and a page missing in English."""
    copy = checkout(tmp_path_factory.mktemp("copy"))
    (copy / "docs" / f"{MISSING}.en.md").unlink()
    (copy / "docs" / "index.de.md").write_text(HOME, "utf-8")
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
    assert set(entry["languages"]) == {"fr", "en", "de"}
    assert entry["languages"]["en"]["page_count"] < entry["languages"]["fr"]["page_count"]


def test_a_language_is_there_as_soon_as_its_home_page_is(built: Path) -> None:
    tree, text = read(built / "de" / "index.html")
    assert '<html lang="de"' in text
    assert "Was wird nicht erfasst?" in text
    assert "Startseite auf Deutsch" in (built / "404.html").read_text("utf-8")
    switch = {str((link.attrs or {})["hreflang"]) for link in tree.query(".md-select__link")}
    assert switch == {"fr", "en", "de"}
    _, guide = read(built / "de" / "emails" / "troubleshooting.html")
    assert "Diese Seite ist noch nicht übersetzt." in guide
    assert '<html lang="fr"' in guide


def test_the_page_for_missing_addresses_leads_to_each_language(built: Path) -> None:
    tree, text = read(built / "404.html")
    assert '<html lang="fr"' in text
    links = {str((a.attrs or {})["href"]) for a in tree.query("article a")}
    assert links == {"/index.html", "/de/index.html", "/en/index.html"}
    assert "noindex" in text
