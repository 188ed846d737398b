"""Finds a cause's section in the guide: its heading in the reader's language, its address."""

from typing import NamedTuple

from .catalogue import address
from .words import SOURCE, languages, said, words

__all__ = ["SOURCE", "Section", "languages", "question", "section", "words"]


class Section(NamedTuple):
    """A section of the guide: its heading and its address from the root of the site."""

    heading: str
    address: str


def section(cause: str, language: str = SOURCE) -> Section:
    """Return the section of a cause; in French where the page isn't translated."""
    own = said()[language]["headings"].get(cause)
    prefix = f"{language}/" if own and language != SOURCE else ""
    heading = own or said()[SOURCE]["headings"].get(cause, cause)
    return Section(heading, prefix + address(cause))


def question(key: str, language: str = SOURCE) -> str:
    """Return a question as the page `diagnose` asks it; the key where there is no such page."""
    return words(language).get(f"questions.{key}", key)
