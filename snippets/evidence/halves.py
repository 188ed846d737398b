"""What was written and what arrived, one below the other in one paste, without captions.

The same links show which is which: the same words lead to an address in the one, and through
Mautic in the other.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..platform.markup import decode
from . import addresses, mixed
from .kinds import AddressKind

# A link with its address and its words; the signs of a tag, a document, a comment.
LINK = re.compile(
    r"(?is)<a\b[^<>]{0,2000}?\bhref=([\"'])((?:(?!\1)[^<>]){1,5000}+)\1[^<>]*+>(.{1,2000}?)</a>"
)
ELSEWHERE = re.compile(r"(?i)\s*(?:tel:|sms:|javascript:|#)")  # Mautic replaces none
TAG = re.compile(r"<[^<>]*>")
WHOLE = re.compile(r"(?i)[ \t]*(?:<!doctype\b|<html\b)")
COMMENT = re.compile(r"<!--|-->")
MOST_OTHERS = 1 / 3  # of the links that were written: words with a token arrive filled in


class Seen(NamedTuple):
    """A link as a reader sees it: its line, counted from 0, its words, what it leads to."""

    line: int
    words: str
    kind: AddressKind


def halves(text: str) -> list[str]:
    """Return what arrived, then what was written, each on its lines; [] for anything else.

    Between the two is a blank line outside of any element, or a document begins.
    """
    lines = text.split("\n")
    found = list(links_in(text)) if len(lines) <= mixed.MOST_LINES else []
    if not are_twins([link for link in found if link.kind == AddressKind.OTHER], found):
        return []
    for at in bounds(lines):
        above = [link for link in found if link.line < at]
        below = [link for link in found if link.line >= at]
        first = mixed.only(dict(enumerate(lines[:at])))
        second = mixed.only(dict(enumerate(lines[at:], at)))
        if are_twins(above, below):
            return [second, first]
        if are_twins(below, above):
            return [first, second]
    return []


def are_halves(written: str, arrived: str) -> bool:
    """Whether the links of HTML are those of what arrived, before they were replaced."""
    return are_twins(list(links_in(written)), list(links_in(arrived)))


def bounds(lines: Sequence[str]) -> Iterator[int]:
    """Yield the lines, counted from 0, with which something new may begin."""
    depth, within = 0, False
    for at, line in enumerate(lines):
        is_between = depth <= 0 and not within and not lines[at - 1].strip()
        if at and line.strip() and (is_between or WHOLE.match(line)):
            yield at
            depth = 0
        for sign in COMMENT.findall(line):
            within = sign == "<!--"
        depth += mixed.opened_in(line)


def links_in(html: str) -> Iterator[Seen]:
    """Yield the links that a reader sees; those that no release replaces aside."""
    line, behind = 0, 0
    for link in LINK.finditer(html):
        line, behind = line + html.count("\n", behind, link.start()), link.start()
        words = " ".join(TAG.sub(" ", link[3]).split())
        if words and not ELSEWHERE.match(link[2]):
            yield Seen(line, words, addresses.read(decode(link[2])).kind)


def are_twins(written: Sequence[Seen], arrived: Sequence[Seen]) -> bool:
    """Whether no link has been replaced here, and nearly all are there, one through Mautic."""
    words, there = {link.words for link in written}, {link.words for link in arrived}
    tracked = {link.words for link in arrived if link.kind == AddressKind.TRACKED}
    is_written = all(link.kind == AddressKind.OTHER for link in written)
    return is_written and bool(words & tracked) and len(words - there) <= len(words) * MOST_OTHERS
