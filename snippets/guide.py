"""Finds sections of the guide: their headings in the reader's language, their addresses."""

from collections.abc import Iterable
from typing import NamedTuple

from .catalogue import address
from .linkchanges import ChangedLink
from .words import SOURCE, languages, own, words

__all__ = ["SOURCE", "Section", "heading", "languages", "question", "section", "words"]

SITE = "https://mautic-tracking-guide.github.io/"  # as `mkdocs.yml` has it


class Section(NamedTuple):
    """A section of the guide: its heading and its address from the root of the site."""

    heading: str
    address: str


def online(address: str) -> str:
    """Return where an address of the guide can be opened by whoever has the command alone."""
    return SITE + address


def section(cause: str, language: str = SOURCE) -> Section:
    """Return the section of a cause; in French where the page isn't translated."""
    is_own = language != SOURCE and cause in own(language)["headings"]
    prefix = f"{language}/" if is_own else ""
    return Section(heading(cause, language), prefix + address(cause))


def heading(id_: str, language: str = SOURCE) -> str:
    """Return the heading of the section of a cause or of a link's reason, its id if it has none."""
    return (own(SOURCE)["headings"] | own(language)["headings"]).get(id_, id_)


def copying(paste: str, language: str = SOURCE) -> str:
    """Return the address of the section that says what to copy instead of a wrong paste."""
    return f"{'' if language == SOURCE else f'{language}/'}message-source.html#{paste}"


def of_change(link: ChangedLink, language: str = SOURCE) -> str:
    """Return the address of what the guide says of a link that fares otherwise."""
    causes = {"stops": "send-stopped-by-link", "elsewhere": "destination-broken"}
    reason = link.before.reason if link.after.tracked else link.after.reason
    return section(causes.get(link.kind, reason), language).address


def changes(names: Iterable[str], language: str = SOURCE) -> dict[str, str]:
    """Return what the page `releases` says of changes, once each, with the address of more."""
    language = language if own(language)["changes"] else SOURCE
    page, wanted = own(language), set(names)
    prefix = f"{language}/" if language != SOURCE else ""
    told = (name for name in page["changes"] if name in wanted)  # in the order of the page
    return {page["changes"][name]: prefix + page["sections"][name] for name in told}


def question(key: str, language: str = SOURCE) -> str:
    """Return a question as the page `diagnose` asks it; the key where there is no such page."""
    return words(language).get(f"questions.{key}", key)
