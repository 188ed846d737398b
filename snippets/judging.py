"""From the text of a link to the address Mautic records, or the reason why it records none.

Every link goes through the same questions, whether it stood in an `href` or in a plain text.
"""

import re
import warnings
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from . import releases
from .platform.address import Address, UnreadableAddress, rebuild, split
from .platform.normalised import MalformedAddress, normalised
from .platform.text import replace_ignoring_case

Pair = tuple[str, str]
TRIMMED = " \t\n\r\0\v"
CONTACT_TOKENS = ("{contactfield", "{leadfield")
WHOLE_TOKEN = re.compile(r"\{.*\}")
LEADING_TOKEN = re.compile(r"\{\S+?\}", re.A)

# --8<-- [start:schemes]
SCHEMES = {"http", "https", "ftp", "ftps"}


def accepted(address: Address, release: releases.Release) -> bool:
    """Whether the address has a host or path, and no scheme or one Mautic tracks (R24)."""
    if not (address.host or address.path):
        return False
    if address.scheme == "mailto":
        return release.has("mailto-tracked")
    return address.scheme is None or address.scheme in SCHEMES


# --8<-- [end:schemes]


# --8<-- [start:ampersands]
NAMED_AMPERSANDS = re.compile("&(?:amp;)+")
AMPERSANDS = re.compile("&(?:amp;|#38;|#x26;)+")


def decode_ampersands(href: str, release: releases.Release) -> str:
    """Turn `&amp;` into `&`, and so `&amp;amp;`, until none is left (R21)."""
    if "&" not in href:
        return href
    spellings = AMPERSANDS if release.has("numeric-ampersand") else NAMED_AMPERSANDS
    return spellings.sub("&", href)


# --8<-- [end:ampersands]

# --8<-- [start:untracked]
UNTRACKED = ["{webview_url}", "{unsubscribe_url}", "{trackable=(.*?)}"]


def untracked(release: releases.Release) -> list[str]:
    """Return the expressions of addresses that are never tracked (R29, V28)."""
    newer = release.has("dnc-and-resubscribe-tokens")
    return UNTRACKED + (["{dnc_url}", "{resubscribe_url}"] if newer else [])


# --8<-- [end:untracked]


class Judgement(NamedTuple):
    """What Mautic makes of one link.

    `reason` is an id of `links.REASONS`; `address` is what is recorded and later searched in the
    mail ("" if nothing is), `key` under which name; `replaced` holds pairs that are
    replaced in the whole mail before that (R42); `problem` says why an address is malformed.
    """

    reason: str
    address: str = ""
    key: str = ""
    replaced: tuple[Pair, ...] = ()
    rebuilt: str = ""
    problem: str = ""


class Judge:
    """Judges links for one release, with the values of tokens and the do-not-track list."""

    def __init__(
        self, release: releases.Release, tokens: Mapping[str, str], untracked_: Iterable[str] = ()
    ) -> None:
        self.release = release
        self.tokens = tokens
        never = "|".join(untracked(release))  # one search instead of five
        self._excluded = [_expression(entry) for entry in [never, *untracked_]]

    def exclude(self, href: str) -> None:
        """Take a link with disabled tracking into the do-not-track list (R14)."""
        if len(self._excluded) < MOST_EXCLUDED:
            self._excluded.append(_expression(href))

    def is_untracked(self, text: str) -> bool:
        """Whether an entry of the do-not-track list fits somewhere in the text (R29)."""
        return any(entry.search(text[:LONGEST_TEXT]) for entry in self._excluded if entry)

    # --8<-- [start:judge]
    def judge(self, href: str) -> Judgement:
        """Return what becomes of a link."""
        href = decode_ampersands(href.strip(TRIMMED), self.release)
        if href in ("", "0"):
            return Judgement("empty-href")
        if WHOLE_TOKEN.fullmatch(href) and not self.is_usable(href):
            return Judgement(self.why_unusable(href))
        try:
            address = split(href)
        except UnreadableAddress:
            return Judgement("unreadable-address")
        if not accepted(address, self.release):
            return Judgement("scheme" if address.host or address.path else "no-address")
        return self.judge_address(href, address)

    # --8<-- [end:judge]

    def judge_address(self, href: str, address: Address) -> Judgement:
        """Judge an address that can be read and has a scheme Mautic tracks (R25)."""
        place = address.host or address.path or ""
        token = LEADING_TOKEN.match(place)
        if token:
            return self.judge_token(href, address, place, token[0])
        return self.judge_ordinary(href, address)

    # --8<-- [start:ordinary]
    def judge_ordinary(self, href: str, address: Address) -> Judgement:
        """Record the address put together again from its pieces; from 7.1 normalised (R28, V22)."""
        rebuilt = rebuild(address)
        if not self.release.has("normalised-address"):
            return self.record(rebuilt, href, rebuilt=rebuilt)
        try:
            return self.record(normalised(address), href, rebuilt=rebuilt)
        except MalformedAddress as error:
            return Judgement("malformed", problem=str(error))

    # --8<-- [end:ordinary]

    # --8<-- [start:token]
    def judge_token(self, href: str, address: Address, place: str, token: str) -> Judgement:
        """Judge an address whose host, or path, begins with a token (R26)."""
        alone = token == place and address.scheme
        replaced = ((f"{address.scheme}://{token}", token),) if alone else ()
        if not self.is_usable(token, place):
            return Judgement(self.why_unusable(token), replaced=replaced)
        if self.is_filled_at_the_click(token):
            return self.record(href, href, replaced)
        value = self.tokens.get(token, "")
        if address.query:
            value += "?" + address.query
        return self.record(value, value, (*replaced, (href, value)))

    # --8<-- [end:token]

    def record(
        self, address: str, key: str, replaced: tuple[Pair, ...] = (), rebuilt: str = ""
    ) -> Judgement:
        """Record an address, unless it is on the do-not-track list or empty (R29, R31)."""
        if self.is_untracked(address):
            return Judgement("untracked-list", replaced=replaced)
        if address in ("", "0"):
            return Judgement("token-emptied" if replaced else "empty-href", "", key, replaced)
        return Judgement("tracked", address, key, replaced, rebuilt or address)

    def is_filled_at_the_click(self, token: str) -> bool:
        """Whether the token stays in the address and gets its value when it is clicked."""
        owner = ("{ownerfield",) if self.release.has("owner-token-kept") else ()
        return any(name in token for name in CONTACT_TOKENS + owner)

    def is_usable(self, token: str, place: str = "") -> bool:
        """Whether a token leads to an address that can be tracked (R27)."""
        if self.is_untracked(token):
            return False
        if self.is_filled_at_the_click(token):
            return True
        value = self.value(token)
        return bool(value) and self._leads_somewhere(token, value, place)

    def value(self, token: str) -> str:
        """Return the value of a token, else its default behind `|`, else ""."""
        name, _, default = token.replace("{", "").replace("}", "").partition("|")
        return self.tokens.get("{" + name + "}") or default

    def _leads_somewhere(self, token: str, value: str, place: str) -> bool:
        filled = replace_ignoring_case(place, token, value) if place else value
        try:
            address = split(filled)
        except UnreadableAddress:
            return False
        return accepted(address, self.release) and (bool(place) or bool(address.scheme))

    def why_unusable(self, token: str) -> str:
        """The reason id for a token that cannot be tracked."""
        return "untracked-list" if self.is_untracked(token) else "token-without-value"


MOST_EXCLUDED = 500
LONGEST_TEXT = 2_000
_MANY = re.compile(r"(?<!\\)[*+]|\{\d+,\d*\}")


@lru_cache
def _expression(entry: str) -> re.Pattern[str] | None:
    """Return an entry of the list as an expression; None where the platform can't read it.

    Entries may come from an `href`, so they may be hostile: where an expression could take
    forever the platform gives up, too (`pcre.backtrack_limit`).
    """
    if re.search(r"(?<!\\)(?:\\\\)*~", entry):
        return None
    is_costly = len(_MANY.findall(entry)) > 1 or entry.count("?") > 12 or entry.count("(") > 4
    if is_costly or re.search(r"\)[*+?{]", entry):
        entry = re.escape(entry)
    try:
        with warnings.catch_warnings():  # Python warns of sets that it may read otherwise one day
            warnings.simplefilter("ignore")
            return re.compile(entry, re.A)
    except (re.error, OverflowError, RecursionError):
        return None
