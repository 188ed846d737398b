"""Finds sections of the guide: their headings in the reader's language, their addresses."""

from typing import NamedTuple

from .catalogue import address
from .words import SOURCE, languages, said, words

__all__ = ["SOURCE", "Section", "heading", "languages", "question", "section", "words"]


class Section(NamedTuple):
    """A section of the guide: its heading and its address from the root of the site."""

    heading: str
    address: str


def section(cause: str, language: str = SOURCE) -> Section:
    """Return the section of a cause; in French where the page isn't translated."""
    is_own = language != SOURCE and cause in said()[language]["headings"]
    prefix = f"{language}/" if is_own else ""
    return Section(heading(cause, language), prefix + address(cause))


def heading(id_: str, language: str = SOURCE) -> str:
    """Return the heading of the section of a cause or of a link's reason, its id if it has none."""
    return said()[language]["headings"].get(id_) or said()[SOURCE]["headings"].get(id_, id_)


def copying(paste: str, language: str = SOURCE) -> str:
    """Return the address of the section that says what to copy instead of a wrong paste."""
    return f"{'' if language == SOURCE else f'{language}/'}message-source.html#{paste}"


def question(key: str, language: str = SOURCE) -> str:
    """Return a question as the page `diagnose` asks it; the key where there is no such page."""
    return words(language).get(f"questions.{key}", key)
