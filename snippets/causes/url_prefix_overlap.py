"""A short address was replaced inside a longer one (R44)."""

import re

from ..evidence.addresses import Address
from ..evidence.facts import Facts
from ..evidence.kinds import AddressKind, SourceKind
from ..evidence.missed import FILLED_IN, kind_of, quoted
from ..evidence.questions import LOST_CLICK, Symptom
from ..evidence.sources import Quote
from . import Seen, likely, sure

PAGE = "emails/links"
# A style sheet that is tracked is a click of everybody who opens the message.
EXPLAINS = (*LOST_CLICK, Symptom.LINK_BROKEN, Symptom.TOO_MANY)
BEFORE = {"ampersand-encoding": "a link that leads elsewhere is worse than one not counted"}
NAME = re.compile(r"/?[A-Za-z][\w-]{2,80}(?:$|[/?.#])")


def check(facts: Facts) -> Seen | None:
    """Look for what is glued behind a `ct`, a style sheet that is tracked, an overlap to come."""
    glued = [p for p in facts.tracked if p.address.rest and is_path(p.address.rest)]
    if glued:
        return sure(*glued)
    asked = [v.quote for v in facts.visits if is_glued_whole(v.address)]
    if len(asked) * 2 > sum(visit.address.kind == AddressKind.TRACKED for visit in facts.visits):
        return likely(*asked)  # else those who follow links by programs wrote them so
    changed = tracked_heads(facts)
    if changed:
        return sure(*changed)
    links = facts.template_links if facts.is_template or facts.before is not None else []
    overlaps = [quoted(link) for link in links if link.reason == "prefix-overlap"]
    return sure(*overlaps) if overlaps else None


def tracked_heads(facts: Facts) -> list[Quote]:
    """Return the tags of style sheets and of `base` whose address became a tracked link."""
    return [
        Quote(source.tag(element), source.name)
        for source in facts.sources
        if source.kind != SourceKind.LOG
        for element in source.elements
        if element.name in ("base", "link") and element.where != "comment"
        if "href" in element.attributes
        if kind_of(element.attributes["href"].written) == AddressKind.TRACKED
    ]


def is_glued_whole(address: Address) -> bool:
    """Whether the path of a page, or its name, stands behind the `ct` of a link that was asked."""
    rest = address.rest if address.kind == AddressKind.TRACKED else ""
    return is_path(rest) and NAME.match(rest) is not None


def is_path(rest: str) -> bool:
    """Whether what is glued behind a `ct` looks like the rest of an address."""
    is_other = FILLED_IN.match(rest) or re.match(r"(?i)(?:amp;?|%3B)", rest)
    return bool(re.match(r"[\w./#?%-]*[\w/]", rest)) and not is_other
