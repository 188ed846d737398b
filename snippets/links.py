"""The links of an e-mail: what Mautic makes of them, and why.

`rewrite` does to a mail what Mautic does (`rewriting.py`); `explain` tells it link by link.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from . import releases
from .judging import Judge, Judgement
from .platform import markup, replacing
from .platform.text import SPACES, fold
from .positions import Positions
from .reasons import REASONS, Place, leads_nowhere, why_not_found
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

_BLANKS = re.compile(f"[{SPACES}]*")
_HREF = re.compile(r"(?<![\w-])href\b(?:\s*(=)\s*[\"']?)?", re.I | re.A)
_TEXT_ADDRESS = re.compile(r"(?:\b(?:https?|ftp)://|\bwww\.)[^\s<>\"']{1,4000}", re.I)
LONGEST_VALUE, LONGEST_UNQUOTED = 5_000, 300
NO_MORE: tuple[markup.Href | None, Judgement] = (None, Judgement(""))
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
    text = parsed.part.replace("\0", "\ufffd")
    by_start = {edit.start: edit for edit in replaced if edit.new}
    links = iter(in_document_order(parsed))
    href, judgement = next(links, NO_MORE)
    spans = []
    for before, after in zip(_HREF.finditer(text), _HREF.finditer(changed), strict=False):
        if href and text.startswith(href.written, before.end()) and (before[1] or not href.written):
            place = Place(parsed.part, before.start(), before.end(), href.written)
            yield outcome(place, judgement, edit_at(changed, after, by_start), release)
            href, judgement = next(links, NO_MORE)
        elif before[1]:
            value = value_at(text, before.end())
            spans.append((before.end(), before.end() + len(value)))
            yield bystander(before, value, edit_at(changed, after, by_start))
    if not parsed.links:
        yield from unseen(parsed.part, spans, "text-looks-like-html")


def in_document_order(parsed: Parsed) -> list[tuple[markup.Href | None, Judgement]]:
    """Return the links of an HTML part as they stand in it, areas among the others."""
    links = [(candidate.href, judgement) for candidate, judgement in parsed.links]
    return sorted(links, key=lambda link: link[0].order if link[0] else 0)


def edit_at(
    changed: str, site: re.Match[str], by_start: Mapping[int, replacing.Edit]
) -> replacing.Edit | None:
    """Return the replacement at an `href`: of the whole attribute, or of its value."""
    after_blanks = _BLANKS.match(changed, site.end())
    value = after_blanks.end() if after_blanks else site.end()
    return by_start.get(site.start()) or by_start.get(value)


def value_at(text: str, start: int) -> str:
    """Return the value that begins here, up to its quote or a space."""
    quote = text[start - 1]
    is_quoted = quote in "\"'"
    most = min(start + (LONGEST_VALUE if is_quoted else LONGEST_UNQUOTED), len(text))
    end = re.compile(quote if is_quoted else "[\\s>]").search(text, start, most)
    return text[start : end.start() if end else most]


def outcome(
    place: Place, judgement: Judgement, edit: replacing.Edit | None, release: releases.Release
) -> Outcome:
    """Return what became of one link of an HTML part."""
    if edit is None:
        judged = judgement.reason
        reason = why_not_found(place, judgement, release) if judged == "tracked" else judged
        return Outcome(place.href, place.written, reason)
    if fold(edit.address) != fold(judgement.address):
        return Outcome(place.href, place.written, "prefix-overlap", edit.address)
    reason = "relative-address" if leads_nowhere(edit.address) else "tracked"
    return Outcome(place.href, place.written, reason, edit.address)


def bystander(site: re.Match[str], value: str, edit: replacing.Edit | None) -> Outcome:
    """Return what became of an `href` that is no link for Mautic: a link may share its address."""
    if edit is None:
        return Outcome(site.start(), value, "not-a-link")
    same = fold(value) == fold(edit.address)
    return Outcome(site.start(), value, "tracked" if same else "prefix-overlap", edit.address)


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
