"""The links of a mail that fare otherwise in another release."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from . import links, redirects, releases
from .links import Link
from .mail import decode_tokens
from .platform import markup
from .platform.text import fold
from .positions import Positions
from .repairing import repaired
from .rewriting import is_html
from .saving import save

Kind = Literal["stops", "sends", "lost", "won", "elsewhere"]
Parts = Mapping[str, str]
MOST_REPAIRED = 200  # links of one mail; each repair asks the rules several times


@dataclass(frozen=True)
class ChangedLink:
    """A link that fares otherwise: what becomes of it in the old release and in the new one.

    It "stops" the sending or no longer does ("sends"), its tracking is "lost" or "won", or a click
    arrives "elsewhere": `led` is where it arrives in the old release, `leads` in the new one, ""
    for nowhere. `repair` is its tag written so that the new release tracks it, "" if there is none.
    """

    kind: Kind
    before: Link
    after: Link
    led: str = ""
    leads: str = ""
    repair: str = ""


def of_mail(parts: Parts, old: releases.Release, new: releases.Release) -> list[ChangedLink]:
    """Return the links of a mail that fare otherwise, each where the author typed it."""
    saved = stored(parts, old), stored(parts, new)
    before, after = (links.explain(p, release=r) for p, r in zip(saved, (old, new), strict=True))
    found = changed(before, after, old, new)
    if saved[1] != parts:
        found = as_typed(found, after, links.explain(parts, release=new))
    return list(with_repairs(found, parts, new))


def stored(parts: Parts, release: releases.Release) -> dict[str, str]:
    """Return the parts as a release looks for links in them: saved, tokens decoded (R80, R2)."""
    return {
        name: decode_tokens(save(part, release) if is_html(part) else part, release)
        for name, part in parts.items()
    }


def changed(
    before: Sequence[Link], after: Sequence[Link], old: releases.Release, new: releases.Release
) -> list[ChangedLink]:
    """Return which of the links of one mail in two releases fare otherwise."""
    pairs = ((a, b, arrival(a, old), arrival(b, new)) for a, b in paired(before, after))
    kinds = ((kind(a, b, led != leads, old, new), a, b, led, leads) for a, b, led, leads in pairs)
    return [ChangedLink(each, a, b, led, leads) for each, a, b, led, leads in kinds if each]


def paired(before: Sequence[Link], after: Sequence[Link]) -> Iterable[tuple[Link, Link]]:
    """Return each link with itself in the other release: by number, else by its place."""
    if len(before) == len(after):
        return zip(before, after, strict=True)
    places = {place(link): link for link in after}
    return ((link, places[place(link)]) for link in before if place(link) in places)


def place(link: Link) -> tuple[str, int, int]:
    """Return where a link stands."""
    return link.part, link.line, link.column


# --8<-- [start:kind]
def kind(
    before: Link, after: Link, elsewhere: bool, old: releases.Release, new: releases.Release
) -> Kind | None:
    """Return what changes for a link; None if nothing does."""
    if stops(after, new) != stops(before, old):
        return "stops" if stops(after, new) else "sends"
    if before.tracked != after.tracked:
        return "lost" if before.tracked else "won"
    return "elsewhere" if elsewhere else None


def stops(link: Link, release: releases.Release) -> bool:
    """Whether a link stops the sending (V24)."""
    return link.reason == "malformed" and release.has("malformed-link-stops-send")


# --8<-- [end:kind]


HOST = re.compile(r"^([\w+]+://(?:[^/?#]*@)?)([^/?#]*)")


# --8<-- [start:arrival]
def arrival(link: Link, release: releases.Release) -> str:
    """Return where a click on a tracked link arrives, without `ct`; "" for nowhere (R64, R65).

    A host is the same in upper and lower case; a token is filled in at the click.
    """
    if link.address is None:
        return ""
    target = redirects.destination(link.address, {}, None, release)
    if not redirects.is_valid(target) and "{" not in target:
        return ""
    return HOST.sub(lambda found: found[1] + fold(found[2]), target)


# --8<-- [end:arrival]


def as_typed(
    found: Sequence[ChangedLink], saved: Sequence[Link], typed: Sequence[Link]
) -> list[ChangedLink]:
    """Return changed links as the author typed them; as they are saved where that can't be told."""
    if len(saved) != len(typed):
        return list(found)
    written = {place(link): own for link, own in zip(saved, typed, strict=True)}
    pairs = ((one, written[place(one.after)]) for one in found)
    return [
        replace(one, before=at(one.before, own), after=at(one.after, own)) for one, own in pairs
    ]


def at(link: Link, typed: Link) -> Link:
    """Return a link with the words and the place of another one."""
    return replace(link, href=typed.href, line=typed.line, column=typed.column)


def with_repairs(
    found: Iterable[ChangedLink], parts: Parts, new: releases.Release
) -> Iterator[ChangedLink]:
    """Yield changed links, those that are lost with their tag as the new release tracks it."""
    for number, one in enumerate(found):
        is_wanted = one.kind in ("stops", "lost") and one.after.reason != "disabled"
        if is_wanted and number < MOST_REPAIRED:
            one = replace(one, repair=repair(one.after, parts, new))
        yield one


def repair(link: Link, parts: Parts, release: releases.Release) -> str:
    """Return the tag of a lost link so that it is tracked, "" if no rule tells how."""
    tag = start_tags(parts[link.part]).get((link.line, link.column), "")
    return repaired(tag, release, parts[link.part])


@lru_cache(maxsize=4)
def start_tags(part: str) -> dict[tuple[int, int], str]:
    """Return the start tags that have an `href`, by the place of that."""
    positions, found = Positions(part), dict[tuple[int, int], str]()
    for element in markup.elements(part):
        if href := element.attributes.get("href"):
            found[positions.of(href.name)] = part[element.start : element.end]
    return found
