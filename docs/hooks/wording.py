"""Give the package the words of the guide: `snippets/words.json`, made anew when a page changes.

`python docs/hooks/wording.py` makes it without a build. Sentences stand in the pages; the command
line and the diagnosis read them from there, in each language that has the page `diagnose`, wherever
the package is installed. What a language has not is not there: the package then says it in French.
"""

import json
import logging
import re
import sys
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any

import markdown
from mkdocs.exceptions import PluginError

import front
import labels
from project import ROOT, module

TARGET = ROOT / "snippets" / "words.json"
CHANGED = re.compile(r'<li data-change="(?P<names>[^"]+)">(?P<html>.*?)</li>', re.DOTALL)
SECTION = re.compile(r'href="(?P<page>[\w/-]+)\.md(?P<id>#[\w-]+)"')
HEADING = re.compile(r"^#+ (?P<text>.+?)\s*\{\s*#(?P<id>[\w-]+)\s*\}", re.MULTILINE)
log = logging.getLogger("mkdocs.hooks.wording")


def on_config(config: Any) -> Any:
    """Write the file if a page says something else by now, before it is packed for the browser."""
    if config.plugins["i18n"].current_language not in (None, front.SOURCE):
        return config  # one of the other languages of this build: it has been looked at
    content = made(Path(config.docs_dir))
    if not TARGET.exists() or TARGET.read_text("utf-8") != content:
        try:
            write(content)
        except OSError as problem:
            log.warning("%s is older than the pages, and can't be written: %s", TARGET, problem)
    return config


def write(content: str) -> None:
    """Put the file in its place at once: another build may be reading it."""
    new = TARGET.with_suffix(".new")
    new.write_text(content, "utf-8")
    new.replace(TARGET)


def made(docs: Path) -> str:
    """Return the file as the pages of a folder give it."""
    there = (x for x in front.languages(docs) if translated(docs, "diagnose", x))
    found = {language: said(docs, language) for language in there}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def said(docs: Path, language: str) -> dict[str, dict[str, str]]:
    """Return what the pages of a language say: words, headings, sentences of changes."""
    words: dict[str, Any] = {}
    for name, kinds in front.WITH_WORDS.items():
        if page := translated(docs, name, language):
            words |= {key: front.words(page, key, kind) for key, kind in kinds.items()}
    headings: dict[str, str] = {}
    for id_, name in module("snippets.catalogue").sections().items():
        if path := translated(docs, name, language):
            text = path.read_text("utf-8")
            ids = {found["id"]: found["text"] for found in HEADING.finditer(text)}
            if id_ in ids:  # else its section is not translated yet
                headings[id_] = labels.said(re.sub(r"[`*]", "", ids[id_]), language, path.name)
    upgrades = translated(docs, "releases", language)
    told, sections = changes(upgrades, language) if upgrades else ({}, {})
    return {"words": flat(words), "headings": headings, "changes": told, "sections": sections}


def changes(page: Path, language: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return what the page `releases` says of each change, by name, and where the guide says more.

    What is said is plain text; more is in the section it links to, else in that of the release.
    """
    source = labels.said(page.read_text("utf-8").partition("\n---\n")[2], language, page.name)
    _, *releases = re.split(r'<h3 id="([\w-]+)">', as_html(source))
    told, sections = dict[str, str](), dict[str, str]()
    for release, inside in zip(releases[::2], releases[1::2], strict=True):
        for found in CHANGED.finditer(inside):
            text = unescape(re.sub(r"<[^>]+>", "", found["html"]))
            more = SECTION.search(found["html"])
            for name in found["names"].split():
                told[name] = " ".join(text.split())
                sections[name] = (
                    f"{more['page']}.html{more['id']}" if more else f"releases.html#{release}"
                )
    return told, sections


@lru_cache(maxsize=16)  # the page in each language: while the site is served, it seldom changes
def as_html(source: str) -> str:
    """Return Markdown as HTML."""
    html: str = markdown.markdown(source, extensions=["attr_list", "fenced_code", "tables"])
    return html


def translated(docs: Path, name: str, language: str) -> Path | None:
    """Return the page in a language; None where it isn't translated."""
    path = front.path_of(docs, name, language)
    return path if path.exists() else None


def flat(words: Any, name: str = "") -> dict[str, str]:
    """Return words by their whole names: `ui.certainty.sure`."""
    if isinstance(words, str):
        return {name: words}
    inner = words.items() if isinstance(words, dict) else enumerate(words)
    found: dict[str, str] = {}
    for key, value in inner:
        found |= flat(value, f"{name}.{key}".removeprefix("."))
    return found


if __name__ == "__main__":
    try:
        write(made(ROOT / "docs"))
    except PluginError as problem:
        sys.exit(str(problem))
    print(f"{TARGET.relative_to(ROOT)} is as the pages say.")
