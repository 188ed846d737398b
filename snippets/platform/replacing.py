"""Putting tokens in the place of addresses, in linear time.

Mautic runs one replacement over the whole mail per address. The result is the same here, but
each place is looked at once and asks for the first address, in Mautic's order, that fits.
Source: R41 to R46.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from .text import SPACES, fold, occurrences

LONGEST_ADDRESS = 40_000
_SITE = re.compile(" href=([\"'])")


class Edit(NamedTuple):
    """`text[start:end]` becomes `new`, because of this address."""

    start: int
    end: int
    new: str
    address: str


class Site(NamedTuple):
    """A place where an address may be replaced: behind ` href="`."""

    href: int
    value: int
    quote: str
    opened: int


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with all edits made; they stand in order and don't overlap."""
    pieces, end = [], 0
    for edit in edits:
        pieces += [text[end : edit.start], edit.new]
        end = edit.end
    return "".join(pieces) + text[end:]


def is_html_mode(folded: str) -> bool:
    """Whether only ` href="…"` is replaced: some line has `<` and, later, ` href` (R41)."""
    end = 0
    for at in occurrences(folded, " href"):
        line = max(folded.rfind("\n", end, at) + 1, end)
        if folded.find("<", line, at) >= 0:
            return True
        end = at
    return False


class Beginnings:
    """The addresses, to be asked with which of them a text begins."""

    def __init__(self, addresses: Collection[str], loose: bool = False) -> None:
        """Take addresses in Mautic's order; `loose` makes `&amp;` the same as `&`."""
        self._loose = loose
        self._ranked: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        for rank, address in enumerate(addresses):
            folded = fold(address)
            self._ranked[self._key(folded)].append((rank, address, folded))
        lengths = [len(address) for address in addresses]
        self._longest_first = lengths == sorted(lengths, reverse=True)
        self._keys = sorted(key for key in self._ranked if key)
        self._shorter = _longest_own_beginnings(self._keys)
        longest = max(map(len, self._keys), default=0)
        self.reach = min(longest, LONGEST_ADDRESS) * (5 if loose else 1)

    def of(self, folded: str, at: int) -> Iterable[tuple[int, str, int]]:
        """Return rank, address and end of each address that stands there, by rank."""
        found = self._of(folded, at)
        return found if self._longest_first else sorted(found)

    def _of(self, folded: str, at: int) -> Iterator[tuple[int, str, int]]:
        for key in self._keys_of(self._key(folded[at : at + self.reach])):
            for rank, address, wanted in self._ranked[key]:
                end = _end(folded, at, wanted) if self._loose else at + len(wanted)
                if end:
                    yield rank, address, end

    def _key(self, folded: str) -> str:
        return folded.replace("&amp;", "&") if self._loose else folded

    def _keys_of(self, text: str) -> Iterator[str]:
        index = bisect_right(self._keys, text) - 1
        key = self._keys[index] if index >= 0 else ""
        while key:
            if text.startswith(key):
                yield key
            key = self._shorter[key]


def _longest_own_beginnings(keys: list[str]) -> dict[str, str]:
    """For each of the sorted keys the longest other key it begins with, or ""."""
    shorter, open_keys = {}, [""]
    for key in keys:
        while not key.startswith(open_keys[-1]):
            open_keys.pop()
        shorter[key] = open_keys[-1]
        open_keys.append(key)
    return shorter


def _end(folded: str, at: int, address: str) -> int:
    """Where the address ends if it stands there, else 0; `&` may be written `&amp;` (R46)."""
    if folded.startswith(address, at):
        return at + len(address)
    first, *others = address.split("&")
    if not folded.startswith(first, at):
        return 0
    at += len(first)
    for piece in others:
        mark = next((m for m in ("&", "&amp;") if folded.startswith(m + piece, at)), None)
        if mark is None:
            return 0
        at += len(mark + piece)
    return at


def in_hrefs(
    text: str, folded: str, tokens: Mapping[str, str], *, ampersands: bool, white_space: bool
) -> list[Edit]:
    """Return the edits that put tokens into ` href="…"` (R44, R46, V21).

    `folded` is the text as `fold` returns it; `tokens` holds address → token in the order in
    which Mautic replaces them.
    """
    beginnings = Beginnings(tokens, ampersands)
    used: dict[str, int] = {}
    edits: list[Edit] = []
    for site in sites(folded):
        if edits and site.href < edits[-1].end:
            continue
        value = site.value + _blanks(text, site.value, white_space)
        ends: dict[int, tuple[tuple[int, int] | None, int]] = {}
        for _, address, end in beginnings.of(folded, value):
            if end not in ends:
                ends[end] = _closed(text, end, site.quote, white_space)
            blanks, closed = ends[end]
            if closed and site.opened >= used.get(address, 0):
                new = "href=" + site.quote + tokens[address]
                edits.append(Edit(site.href + 1, end, new, address))
                edits += [Edit(*blanks, "", address)] if blanks else []
                used[address] = closed
                break
    return edits


def sites(folded: str) -> Iterator[Site]:
    """Yield each ` href="` or ` href='` that has a `<` somewhere before it on its line."""
    opened = end = 0
    for site in _SITE.finditer(folded):
        line = folded.rfind("\n", end, site.start()) + 1
        nearest = folded.rfind("<", max(line, end), site.start())
        opened = nearest if nearest >= 0 else -1 if line else opened
        end = site.end()
        if opened >= 0 and (nearest >= 0 or folded[opened] == "<"):
            yield Site(site.start(), end, site[1], opened)


def _blanks(text: str, at: int, allowed: bool) -> int:
    start = at
    while allowed and at < len(text) and text[at] in SPACES:
        at += 1
    return at - start


def _closed(
    text: str, at: int, quote: str, white_space: bool
) -> tuple[tuple[int, int] | None, int]:
    """Where blanks before the closing quote stand, and where the tag ends: 0 if it doesn't.

    Quote and `>` must follow on the line; only such blanks may hold a line break (V21).
    """
    closing = text.find(quote, at)
    blank = closing
    while white_space and blank > at and text[blank - 1] in SPACES:
        blank -= 1
    if closing < 0 or text.find("\n", at, blank) >= 0:
        return None, 0
    line_end = text.find("\n", closing)
    tag_end = text.find(">", closing, line_end if line_end >= 0 else len(text)) + 1
    return (blank, closing) if blank < closing else None, tag_end


def everywhere(folded: str, tokens: Mapping[str, str]) -> list[Edit]:
    """Return the edits that put tokens in the place of addresses anywhere (R45)."""
    if not tokens:
        return []
    beginnings = Beginnings(tokens)
    found = [
        (rank, at, end, address)
        for at in _starts(folded, tokens)
        for rank, address, end in beginnings.of(folded, at)
    ]
    taken = bytearray(len(folded))
    edits = []
    for _, at, end, address in sorted(found):
        if taken.find(1, at, end) < 0:
            taken[at:end] = b"\1" * (end - at)
            edits.append(Edit(at, end, tokens[address], address))
    return sorted(edits)


def _starts(folded: str, addresses: Iterable[str]) -> Iterator[int]:
    """Where an address could begin: what all begin with stands there, or the first two signs."""
    wanted = [fold(address) for address in addresses]
    shared = _shared_beginning(min(wanted), max(wanted))
    if not shared:
        yield from _first_two(folded, wanted)
    at = folded.find(shared) if shared else -1
    while at >= 0:
        yield at
        at = folded.find(shared, at + 1)


def _shared_beginning(first: str, last: str) -> str:
    pairs = enumerate(zip(first, last, strict=False))
    return next((first[:length] for length, (a, b) in pairs if a != b), first)


def _first_two(folded: str, wanted: Iterable[str]) -> Iterator[int]:
    seconds: dict[str, set[str]] = defaultdict(set)
    for address in wanted:
        seconds[address[:1]].add(address[1:2])
    either = [
        re.escape(first) + ("" if "" in all_ else "[" + "".join(map(re.escape, sorted(all_))) + "]")
        for first, all_ in seconds.items()
    ]
    return (found.start() for found in re.finditer(f"(?=({'|'.join(either)}))", folded))
