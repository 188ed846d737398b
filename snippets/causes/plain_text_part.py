"""The text part of a mail is tracked otherwise than its HTML (R10, R16, R18)."""

import re

from .. import links, routes
from ..evidence import addresses
from ..evidence.facts import Facts, Place
from ..evidence.kinds import AddressKind, SourceKind, Where
from ..evidence.questions import LOST_CLICK, Symptom
from ..evidence.sources import Quote
from . import Seen, answer, likely, sure

PAGE = "emails/links"
EXPLAINS = (*LOST_CLICK, Symptom.LINK_BROKEN)
BEFORE: dict[str, str] = {}
# `label [https://…/r/…` without the bracket's other half: it became part of the address.
SWALLOWED = re.compile(
    rf"\[https?://[^\s\]]{{1,4000}}{routes.within('tracked')}[^\s\]]{{0,4000}}(?=\s|\Z)"
)
TEXT_REASONS = ("text-looks-like-html", "text-not-found", "text-cut")


def check(facts: Facts) -> Seen | None:
    """Look at the text part, or at an address that ends in a bracket."""
    if facts.says("role", "destination"):
        cut = [p for p in facts.given if p.address.url.endswith(("]", ")"))]
        return likely(*cut) if cut else None
    text = facts.text_part
    swallowed = [Quote(found[0], "text") for found in SWALLOWED.finditer(text)]
    if swallowed:
        return sure(*swallowed)
    is_mail = facts.mail is not None or not facts.copied
    if not text or not is_mail or (facts.mail and not facts.tracked) or is_beside_addresses(facts):
        return None
    pages = pages_in_text(facts)
    if pages:
        return likely(*pages, *answer(facts, "symptom"))
    found = [link for link in links.explain(text) if link.reason in TEXT_REASONS]
    others = [link for link in found if not addresses.read(link.href.strip("<>")).is_mautic]
    shown = [Quote(link.href, "text", link.line) for link in others]
    return likely(*shown, *answer(facts, "symptom")) if shown else None


def is_beside_addresses(facts: Facts) -> bool:
    """Whether the text stands around addresses that were reached: words, and no part of a mail."""
    names = {place.quote.source for place in facts.given}
    return any(s.kind == SourceKind.TEXT and s.name in names for s in facts.sources)


def pages_in_text(facts: Facts) -> list[Place]:
    """Return pages of Mautic's own that the text part leaves raw, beside links it has tracked.

    A page token is no link of the text part (R16): its address is put in after the replacing.
    """
    hosts = {place.address.host for place in facts.tracked}
    texts = [place for place in facts.places if place.where == Where.TEXT]
    if not any(place.address.kind == AddressKind.TRACKED for place in texts):
        return []
    return [p for p in texts if p.address.host in hosts and p.address.kind == AddressKind.OTHER]
