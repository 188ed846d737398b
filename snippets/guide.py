"""Finds a cause's section in the guide: its heading in the reader's language, its address."""

import json
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from .catalogue import address

SOURCE = "fr"


class Section(NamedTuple):
    """A section of the guide: its heading and its address from the root of the site."""

    heading: str
    address: str


@lru_cache
def said() -> dict[str, dict[str, dict[str, str]]]:
    """Return what the pages say, by language: `words`, and the `headings` of causes.

    The file is made from the pages by `docs/hooks/wording.py`.
    """
    text = Path(__file__).with_name("words.json").read_text("utf-8")
    found: dict[str, dict[str, dict[str, str]]] = json.loads(text)
    return found


def languages() -> list[str]:
    """Return the languages the guide is written in, French first."""
    return list(said())


def section(cause: str, language: str = SOURCE) -> Section:
    """Return the section of a cause; in French where the page isn't translated."""
    own = said()[language]["headings"].get(cause)
    prefix = f"{language}/" if own and language != SOURCE else ""
    heading = own or said()[SOURCE]["headings"].get(cause, cause)
    return Section(heading, prefix + address(cause))


def question(key: str, language: str = SOURCE) -> str:
    """Return a question as the page `diagnose` asks it; the key where there is no such page."""
    return words(language).get(f"questions.{key}", key)


def words(language: str = SOURCE) -> dict[str, str]:
    """Return the words in the front matter of the page `diagnose`, by their names.

    `ui.nothing`, `ui.certainty.sure`, `questions.release`, `choices.open-missing`.
    """
    return said()[language]["words"]
