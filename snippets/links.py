"""The links of an e-mail: what Mautic makes of them, and why.

`rewrite` does to a mail what Mautic does (`rewriting.py`); `explain` tells it link by link.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from . import releases
from .judging import Judge, Judgement, decode_ampersands
from .platform import markup, replacing
from .platform.text import SPACES, fold
from .positions import Positions
from .reasons import REASONS, Place, is_left_open, leads_nowhere, why_untracked
from .rewriting import (
    NO_TOKENS,
    Content,
    Parsed,
    Records,
    Rewritten,
    Tokens,
    edits,
    first_pass,
    is_html,
    parse,
    parts,
    rewrite,
)

__all__ = ["REASONS", "Link", "Rewritten", "explain", "rewrite"]

_TEXT_ADDRESS = re.compile(r"(?:\b(?:https?|ftp)://|\bwww\.)[^\s<>\"']{1,4000}", re.I)
_ENDING = ".,;:!?)]}>'\"»”…"


@dataclass(frozen=True)
class Link:
    """A link found in a mail and what becomes of it.

    `part` is "" or the key of the part; `line` and `column` count from 1; `reason` is an id of
    `REASONS`; `address` is what the tracked link leads to, None if it isn't tracked.
    """

    part: str
    line: int
    column: int
    href: str
    tracked: bool
    reason: str
    address: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of the text at one place: `offset` is where it begins in the part."""

    offset: int
    href: str
    reason: str
    address: str | None = None


# --8<-- [start:explain]
def explain(
    content: Content,
    *,
    release: str | releases.Release = releases.DEFAULT,
    tokens: Tokens = NO_TOKENS,
    untracked: Sequence[str] = (),
    url_fields: Sequence[str] = (),
) -> list[Link]:
    """Return every link of the content, tracked or not, in the order of the text."""
    judge = Judge(releases.find(release), tokens, untracked)
    parsed = {name: parse(part, judge, url_fields) for name, part in named(content)}
    records = Records.of(parsed.values())
    return [
        link
        for name, each in parsed.items()
        for link in located(name, each.part, outcomes(each, records, judge.release))
    ]


# --8<-- [end:explain]


def named(content: Content, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield the parts with their keys."""
    if isinstance(content, Mapping):
        for key, part in content.items():
            yield from named(part, f"{name}.{key}" if name else str(key))
    elif isinstance(content, (list, tuple)):
        yield from named(dict(enumerate(content)), name)
    else:
        yield from ((name, part) for part in parts(content))


def located(name: str, part: str, found: Sequence[Outcome]) -> Iterator[Link]:
    """Yield the links of a part by position."""
    positions = Positions(part)
    for one in sorted(found, key=lambda outcome: outcome.offset):
        line, column = positions.of(one.offset)
        yield Link(name, line, column, one.href, REASONS[one.reason], one.reason, one.address)


def outcomes(parsed: Parsed, records: Records, release: releases.Release) -> list[Outcome]:
    """Return what becomes of each link of a part."""
    changed = first_pass(parsed)
    replaced = edits(changed, parsed, records, release)
    if is_html(parsed.part):
        return list(html_outcomes(parsed, changed, replaced, release))
    return list(text_outcomes(parsed, changed, replaced))


def html_outcomes(
    parsed: Parsed, changed: str, replaced: Sequence[replacing.Edit], release: releases.Release
) -> Iterator[Outcome]:
    """Yield what becomes of each `href`, whether it is a link for Mautic or not."""
    reading = markup.read(parsed.part)
    judged = {link.element.start: judgement for link, judgement in parsed.links if link.element}
    by_start = {edit.start: edit for edit in replaced if edit.new}
    spans = []
    for before, after in zip(with_href(reading), with_href(markup.read(changed)), strict=False):
        href, edit = before.attributes["href"], edit_at(changed, after, by_start)
        if before.start in judged:
            place = Place(parsed.part, href.name, href.start, href.written)
            yield outcome(place, judged[before.start], edit, release)
        elif href.written:
            spans.append((href.start, href.end))
            yield bystander(before, reading.why, edit, release)
    if not parsed.links:
        yield from unseen(parsed.part, spans, "text-looks-like-html")


def with_href(reading: markup.Reading) -> list[markup.Element]:
    """Return the elements with an `href`, also those that Mautic doesn't see."""
    return [element for element in reading.elements if "href" in element.attributes]


def edit_at(
    changed: str, element: markup.Element, by_start: Mapping[int, replacing.Edit]
) -> replacing.Edit | None:
    """Return the replacement at an `href`: of the whole attribute, or of its value."""
    href = element.attributes["href"]
    blanks = len(href.written) - len(href.written.lstrip(SPACES))
    return by_start.get(href.name) or by_start.get(href.start + blanks)


def outcome(
    place: Place, judgement: Judgement, edit: replacing.Edit | None, release: releases.Release
) -> Outcome:
    """Return what became of one link of an HTML part; one that stops the sending never went out."""
    if judgement.problem and release.has("malformed-link-stops-send"):
        return Outcome(place.href, place.written, "malformed")
    if edit is None or is_left_open(place):
        return Outcome(place.href, place.written, why_untracked(place, judgement, release))
    if fold(edit.address) != fold(judgement.address):
        return Outcome(place.href, place.written, "prefix-overlap", edit.address)
    reason = "relative-address" if leads_nowhere(edit.address) else "tracked"
    return Outcome(place.href, place.written, reason, edit.address)


def bystander(
    element: markup.Element, why: str, edit: replacing.Edit | None, release: releases.Release
) -> Outcome:
    """Return what became of an `href` that is no link for Mautic: a link may share its address."""
    href = element.attributes["href"]
    if edit is None:
        unseen_for = {"unread": why, "value": "open-quote"}
        return Outcome(href.name, href.written, unseen_for.get(element.where, "not-a-link"))
    spellings = (href.written, decode_ampersands(href.written, release))
    same = fold(edit.address) in map(fold, spellings)
    return Outcome(href.name, href.written, "tracked" if same else "prefix-overlap", edit.address)


def text_outcomes(
    parsed: Parsed, changed: str, replaced: Sequence[replacing.Edit]
) -> Iterator[Outcome]:
    """Yield what becomes of each address and token of a plain text."""
    by_start = {edit.start: edit for edit in replaced}
    before, after = Finder(parsed.part), Finder(changed)
    spans = []
    for candidate, judgement in parsed.links:
        offset, edit = before.next(candidate.text), by_start.get(after.next(candidate.text))
        spans.append((offset, offset + len(candidate.text)))
        yield text_outcome(parsed.part, offset, candidate.text, judgement, edit)
    yield from unseen(parsed.part, spans, "text-not-found")


def text_outcome(
    part: str, offset: int, text: str, judgement: Judgement, edit: replacing.Edit | None
) -> Outcome:
    """Return what became of one address of a plain text."""
    if edit is None:
        reason = "normalised" if judgement.reason == "tracked" else judgement.reason
        return Outcome(offset, text, reason)
    whole = _TEXT_ADDRESS.match(part, offset)
    if whole and len(whole[0].rstrip(_ENDING)) > len(text):
        return Outcome(offset, whole[0].rstrip(_ENDING), "text-cut", edit.address)
    same = fold(edit.address) == fold(judgement.address)
    return Outcome(offset, text, "tracked" if same else "prefix-overlap", edit.address)


def unseen(part: str, spans: Sequence[tuple[int, int]], reason: str) -> Iterator[Outcome]:
    """Yield the addresses in a text that Mautic did not see."""
    ends = iter(sorted(spans))
    start, end = next(ends, (len(part), len(part)))
    for found in _TEXT_ADDRESS.finditer(part):
        while end <= found.start() and start < len(part):
            start, end = next(ends, (len(part), len(part)))
        if found.start() < start:
            yield Outcome(found.start(), found[0].rstrip(_ENDING), reason)


class Finder:
    """Finds the next place of a text, each time it is asked."""

    def __init__(self, text: str) -> None:
        self._text, self._next, self._last = text, dict[str, int](), 0

    def next(self, wanted: str) -> int:
        """Return where `wanted` stands next, -1 if it doesn't."""
        begin = self._next.get(wanted, 0)
        at = self._text.find(wanted, max(begin, self._last))  # they mostly come in order
        at = at if at >= 0 or begin >= self._last else self._text.find(wanted, begin)
        self._next[wanted] = at + len(wanted) if at >= 0 else len(self._text)
        self._last = max(at, 0)
        return at
