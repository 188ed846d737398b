"""Make the search index: Pagefind, a record for each section, an index for each language.

Pagefind finds words with or without accents, and loads nothing before it is used. A record holds
what a section says, code left out, and what else people call it: the `synonyms` of the language's
home page.
"""

import copy
import subprocess
import sys
import tempfile
from fnmatch import fnmatch
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.contrib.search.search_index import SearchIndex
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

import front
from sections import CODE

# People type `trusted_proxies`, `|URL|`, `mtracking.gif`, `messenger:consume`, `List-Unsubscribe`.
PART_OF_A_WORD = "_|.:-"
# The way of an open or a click names every cause: it would come first for everything.
NAMES_ALL = "#way"
NOT_USED = ("pagefind-*ui*", "pagefind-highlight.js", "wasm.unknown.pagefind")
records: list[str] = []
known: dict[str, tuple[str, list[dict[str, str]]]] = {}
synonyms: dict[str, str] = {}


def on_pre_build(config: Any) -> None:
    """Read what people call the sections of the language that is built."""
    language = config.plugins["i18n"].current_language
    home = front.path_of(Path(config.docs_dir), "index", language)
    synonyms.clear()
    synonyms.update(front.read(home).get("synonyms", {}))


def on_page_context(context: Any, page: Any, config: Any, **_: Any) -> Any:
    """Note the sections of a page, in the language it is written in."""
    i18n = config.plugins["i18n"]
    if page.file.locale == i18n.current_language and "search" not in page.meta.get("hide", []):
        for section in sections(page):
            if "#" in section["location"] and not section["location"].endswith(NAMES_ALL):
                records.append(record(section, page, i18n.current_language))
    return context


def sections(page: Any) -> list[dict[str, str]]:
    """Return the sections of a page; while the site is served, most are as they were."""
    text = CODE.sub("", page.content)  # its words, `not found`, say nothing of Mautic
    if page.url not in known or known[page.url][0] != text:
        found = SearchIndex(indexing="full")
        prose = copy.copy(page)
        prose.content = text
        found.add_entry_from_context(prose)
        known[page.url] = text, found._entries
    return known[page.url][1]


def record(section: dict[str, str], page: Any, language: str) -> str:
    """Return a section as Pagefind reads it: heading, page, text, and its address as data."""
    also = synonyms.pop(section["location"].removeprefix(f"{language}/"), "")
    values = (section["location"], section["title"], page.title, section["text"], also)
    url, title, name, text, also = map(escape, values)
    return (
        f'<html lang="{language}"><body><h1>{title}</h1>'
        f'<p data-pagefind-weight="0.5" data-pagefind-meta="page">{name}</p>'
        f'<p data-pagefind-meta="url:{url}">{text}</p>'
        f'<p data-pagefind-weight="5">{also}</p></body></html>'
    )


@event_priority(-200)
def on_post_build(config: Any) -> None:
    """Write the index once the last language is built; a synonym of no section stops the build."""
    i18n = config.plugins["i18n"]
    if synonyms and i18n.is_default_language_build:  # a translation may lack pages
        raise PluginError(f"index.md: there is no section {min(synonyms)} for its `synonyms`.")
    if i18n.building:
        return
    write(index(tuple(records)), Path(config.site_dir, "pagefind"))
    records.clear()


@lru_cache(maxsize=1)
def index(pages: tuple[str, ...]) -> dict[str, bytes]:
    """Return the files of the index; while the site is served, a changed snippet changes none."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as made:
        for number, content in enumerate(pages):
            Path(folder, f"{number}.html").write_text(content, "utf-8")
        command = [sys.executable, "-m", "pagefind", "--site", folder, "--quiet"]
        command += ["--output-path", made, "--include-characters", PART_OF_A_WORD]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise PluginError(f"Pagefind could not index the pages: {done.stderr.strip()}")
        files = (path for path in Path(made).rglob("*") if path.is_file())
        return {path.relative_to(made).as_posix(): path.read_bytes() for path in files}


def write(files: dict[str, bytes], target: Path) -> None:
    """Write the files of the index that the site uses."""
    for name, content in files.items():
        if not any(fnmatch(name, pattern) for pattern in NOT_USED):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes(content)
