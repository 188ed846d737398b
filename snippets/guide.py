"""Finds a cause's section in the guide: its heading in the reader's language, its address."""

import re
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import NamedTuple

from .causes.registry import PAGES, address

DOCS = Path(__file__).parent.parent / "docs"
SOURCE = "fr"


class Section(NamedTuple):
    """A section of the guide: its heading and its address from the root of the site."""

    heading: str
    address: str


def languages() -> list[str]:
    """Return the languages the guide is written in, French first."""
    found = {page.suffixes[0][1:] for page in DOCS.glob("index.*.md")}
    return [SOURCE, *sorted(found)]


def section(cause: str, language: str = SOURCE) -> Section:
    """Return the section of a cause; in French where the page isn't translated."""
    text, is_translated = _page(PAGES[cause], language)
    heading = re.search(rf"^#+ (.+?)\s*\{{\s*#{cause}\s*\}}", text, re.M)
    prefix = f"{language}/" if is_translated else ""
    return Section(_plain(heading[1]) if heading else cause, prefix + address(cause))


def question(key: str, language: str = SOURCE) -> str:
    """Return a question as the page `diagnose` asks it; the key where there is no such page."""
    text, _ = _page("diagnose", language)
    label = re.search(rf'<label for="{key}">([^<]+)', text)
    return " ".join(unescape(label[1]).split()) if label else key


def words(language: str = SOURCE) -> dict[str, str]:
    """Return the short words of the page `diagnose`: `nothing`, `certainty.sure`, `healthy.ct`."""
    text, _ = _page("diagnose", language)
    head, found, group = text.partition("---")[2].partition("---")[0], dict[str, str](), ""
    for line in re.finditer(r"^( +)\"?([\w-]+)\"?:(?: +\"?(.*?)\"?)?$", head, re.M):
        if not line[3]:
            group = line[2]
        name = f"{group}.{line[2]}" if len(line[1]) > 2 else line[2]
        found[name] = line[3] or ""
    return found


@lru_cache
def _page(name: str, language: str) -> tuple[str, bool]:
    translated = DOCS / f"{name}.{language}.md"
    if language != SOURCE and translated.exists():
        return translated.read_text("utf-8"), True
    source = DOCS / f"{name}.md"
    return (source.read_text("utf-8") if source.exists() else ""), False


def _plain(heading: str) -> str:
    return re.sub(r"[`*]", "", heading).strip()
