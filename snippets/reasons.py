"""Why a link that Mautic recorded was not found again in the mail, or leads nowhere.

Each reason is an id; the section of that id, on `PAGE`, has its name in words for a heading.
"""

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from .judging import Judgement, decode_ampersands
from .platform.address import UnreadableAddress, split
from .platform.markup import decode
from .platform.text import SPACES, fold
from .releases import Release

PAGE = "emails/links"

# --8<-- [start:reasons]
REASONS = {
    "tracked": True,
    "relative-address": True,
    "prefix-overlap": True,
    "token-emptied": False,
    "text-cut": True,
    "empty-href": False,
    "no-address": False,
    "scheme": False,
    "unreadable-address": False,
    "disabled": False,
    "untracked-list": False,
    "token-without-value": False,
    "token-with-scheme": False,
    "unread-charset": False,
    "too-deep": False,
    "null-byte": False,
    "open-quote": False,
    "line-break": False,
    "quotes": False,
    "leading-space": False,
    "ampersand": False,
    "entity": False,
    "rebuilt": False,
    "normalised": False,
    "malformed": False,
    "not-a-link": False,
    "text-looks-like-html": False,
    "text-not-found": False,
}
# --8<-- [end:reasons]


class Place(NamedTuple):
    """Where an `href` stands: its own start, the start of its value, and the value as written."""

    text: str
    href: int
    value: int
    written: str

    @property
    def line(self) -> tuple[int, int]:
        """Start and end of the line the `href` stands on."""
        starts = line_starts(self.text)
        number = bisect_right(starts, self.href)
        return starts[number - 1], starts[number] - 1 if number < len(starts) else len(self.text)


@lru_cache(maxsize=4)
def line_starts(text: str) -> list[int]:
    """Return where the lines of a text begin; kept, since each link of a mail asks."""
    return [0, *(found.end() for found in re.finditer("\n", text))]


def why_untracked(place: Place, judgement: Judgement, release: Release) -> str:
    """Return why a link that Mautic sees is not tracked."""
    if is_left_open(place):
        return "open-quote"
    judged = judgement.reason
    return why_not_found(place, judgement, release) if judged == "tracked" else judged


# --8<-- [start:not-found]
def why_not_found(place: Place, judgement: Judgement, release: Release) -> str:
    """Return why the recorded address is not found at the place it came from (R44)."""
    if not is_quoted(place):
        return "quotes"
    if is_broken_over_lines(place, release):
        return "line-break"
    if place.written[:1] in SPACES and not release.has("white-space-around-address"):
        return "leading-space"
    if judgement.replaced:
        return "token-with-scheme"
    return why_different(place.written.strip(SPACES), judgement, release)


# --8<-- [end:not-found]


# --8<-- [start:different]
def why_different(written: str, judgement: Judgement, release: Release) -> str:
    """Return why what is written in the mail is not the text that was recorded."""
    with_ampersands = decode_ampersands(written, release)
    if fold(decode_ampersands(decode(written), release)) != fold(with_ampersands):
        return "entity"
    as_rebuilt = fold(with_ampersands).startswith(fold(judgement.rebuilt))
    if as_rebuilt and judgement.address != judgement.rebuilt:
        return "normalised"
    return "ampersand" if with_ampersands != written else "rebuilt"


# --8<-- [end:different]


# An end tag, or a tag with an attribute; `?q=<b>` and `Jo <jo@example.com>` are still addresses.
NEXT_TAG = re.compile("</[a-zA-Z]|<[a-zA-Z][^<>]*=")


# --8<-- [start:shape]
def is_quoted(place: Place) -> bool:
    """Whether the value stands in quotes, with no space around the `=`."""
    return place.text[place.href + 4 : place.value] in ('="', "='")


def is_left_open(place: Place) -> bool:
    """Whether the closing quote was forgotten: the value holds the next tags, or never ends."""
    end = place.value + len(place.written)
    is_last = end == len(place.text) and place.text[place.value - 1] in "\"'"
    return is_last or NEXT_TAG.search(place.written) is not None


def is_broken_over_lines(place: Place, release: Release) -> bool:
    """Whether `<`, a space, `href` and `>` are not all on one line, as the search wants them."""
    start, end = place.line
    behind = place.value + len(place.written)
    if release.has("white-space-around-address") and not place.written.strip(SPACES).count("\n"):
        end = place.text.find("\n", behind)
        end = end if end >= 0 else len(place.text)
    opened = place.text[place.href - 1] == " " and "<" in place.text[start : place.href]
    return not opened or ">" not in place.text[behind:end]


# --8<-- [end:shape]


# --8<-- [start:relative]
FILES = r"\.(?:html?|php|aspx?|jsp|pdf|jpe?g|png|gif|docx?|xlsx?|zip)$"


def leads_nowhere(address: str) -> bool:
    """Whether a tracked address names no site: `/shop`, `page.html`, `tel:112` (R65)."""
    if address.startswith("{"):
        return False
    try:
        pieces = split(address)
    except UnreadableAddress:
        return True
    first = re.split("[/?#]", address)[0]
    named = "." in first.strip(".") and not re.search(FILES, first, re.I)
    return not pieces.scheme and not (named and "@" not in first)


# --8<-- [end:relative]
