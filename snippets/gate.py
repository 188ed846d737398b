"""A gate for authors of templates: which links of a file will be lost once Mautic sends it."""

from dataclasses import replace

from . import guide, links
from .documents import Document
from .linkchanges import Parts, repair, stored
from .links import Link
from .releases import Release
from .words import filled, words

# Reasons that lie in how a link is written; the others are a wish of its author, such as
# `disabled` or `#top`, or need what the file doesn't hold, such as the value of a token.
LOST = (
    *("ampersand", "entity", "leading-space", "line-break", "malformed", "normalised", "null-byte"),
    *("open-quote", "quotes", "rebuilt", "text-cut", "text-not-found", "token-emptied"),
    *("token-with-scheme", "too-deep", "unread-charset", "unreadable-address"),
)
TRACKED_SCHEMES = ("http:", "https:", "ftp:", "ftps:", "mailto:")


def lost(parts: Parts, release: Release) -> list[Link]:
    """Return the links of a file that are lost, where they stand in it.

    What is judged is what Mautic stores: one accent in the file, and saving decodes its links.
    """
    typed = links.explain(parts, release=release)
    saved = links.explain(stored(parts, release), release=release)
    if len(saved) != len(typed):
        return [link for link in saved if is_lost(link)]
    pairs = zip(saved, typed, strict=True)
    return [replace(own, reason=link.reason) for link, own in pairs if is_lost(link)]


def is_lost(link: Link) -> bool:
    """Whether a link is not tracked, or not whole, because of how it is written."""
    is_misspelt = link.reason == "scheme" and link.href.lower().startswith(TRACKED_SCHEMES)
    return link.reason in LOST or is_misspelt


def annotations(
    name: str, document: Document, found: list[Link], release: Release, language: str
) -> list[str]:
    """Return the lines by which GitHub shows each lost link at its place in a file."""
    lines, parts = [], document.texts()
    for link in found:
        message = sentence(link, repair(link, parts, release), language)
        line, column = document.place(link.part, link.line, link.column)
        place = f"file={escaped(name, ':,')}" + f",line={line}" * (line > 0)
        place += f",col={column}" * (column > 0)
        lines.append(f"::error {place}::{escaped(message)}")
    return lines


def sentence(link: Link, repair: str, language: str) -> str:
    """Return what is wrong with a link, what to write instead, and where the guide says more."""
    section = guide.section(link.reason, language)
    instead = f"{words(language)['ui.corrected']} {repair}" if repair else ""
    said = [f"{section.heading} – {link.href}", instead, f"→ {guide.online(section.address)}"]
    return filled("\n".join(filter(None, said)), {})


def escaped(text: str, more: str = "") -> str:
    """Return a text as GitHub's workflow commands take it, which end with the line."""
    return "".join(f"%{ord(sign):02X}" if sign in f"%\r\n{more}" else sign for sign in text)
