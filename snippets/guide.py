"""Finds a cause's section in the guide: its heading in the reader's language, its address."""

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from .catalogue import address, pages

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
    text, is_translated = _page(pages()[cause], language)
    heading = re.search(rf"^#+ (.+?)\s*\{{\s*#{cause}\s*\}}", text, re.M)
    prefix = f"{language}/" if is_translated else ""
    return Section(_plain(heading[1]) if heading else cause, prefix + address(cause))


def question(key: str, language: str = SOURCE) -> str:
    """Return a question as the page `diagnose` asks it; the key where there is no such page."""
    return words(language).get(f"questions.{key}", key)


def words(language: str = SOURCE) -> dict[str, str]:
    """Return the words in the front matter of the page `diagnose`, by their names.

    `ui.nothing`, `ui.certainty.sure`, `questions.release`, `choices.open-missing`.
    """
    text, _ = _page("diagnose", language)
    head, found, groups = (
        text.partition("---")[2].partition("---")[0],
        dict[str, str](),
        list[str](),
    )
    for line in re.finditer(r"^( *)\"?([\w-]+)\"?:(?: +\"?(.*?)\"?)?$", head, re.M):
        groups = [*groups[: len(line[1]) // 2], line[2]]
        found[".".join(groups)] = line[3] or ""
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
