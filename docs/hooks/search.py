"""Make the search index: Pagefind, a record for each section, an index for each language.

Pagefind finds words with or without accents, and loads nothing before it is used. A record holds
what a section says, code left out, and what else people call it: the `synonyms` of the language's
home page.
"""

import copy
import subprocess
import sys
import tempfile
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
        index = SearchIndex(indexing="full")
        prose = copy.copy(page)
        prose.content = CODE.sub("", page.content)  # its words, `not found`, say nothing of Mautic
        index.add_entry_from_context(prose)
        for section in index._entries:
            if "#" in section["location"] and not section["location"].endswith(NAMES_ALL):
                records.append(record(section, page, i18n.current_language))
    return context


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
    target = Path(config.site_dir, "pagefind")
    with tempfile.TemporaryDirectory() as folder:
        for number, content in enumerate(records):
            Path(folder, f"{number}.html").write_text(content, "utf-8")
        records.clear()
        command = [sys.executable, "-m", "pagefind", "--site", folder, "--quiet"]
        command += ["--output-path", str(target), "--include-characters", PART_OF_A_WORD]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise PluginError(f"Pagefind could not index the pages: {done.stderr.strip()}")
    for pattern in NOT_USED:
        for path in target.glob(pattern):
            path.unlink()
