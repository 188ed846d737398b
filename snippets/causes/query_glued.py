"""A contact field holds an address with a query: UTM tags make a second `?` in it (R55)."""

import re

from ..evidence.facts import Facts, Place
from ..evidence.kinds import AddressKind
from ..evidence.questions import LOST_CLICK, Symptom
from . import Seen, answer, likely, sure

PAGE = "emails/clicks"
EXPLAINS = (*LOST_CLICK, Symptom.LINK_BROKEN, Symptom.PAGE_MISSING)
BEFORE = {"destination-broken": "the second question mark is why the destination doesn't open"}
# A query in which another one begins with what Mautic adds.
SECOND = re.compile(r"\?[^#]*?(?:\?|%3F)(?:utm_\w+|ct)(?:=|%3D)", re.I)


def check(facts: Facts) -> Seen | None:
    """Look at addresses that were reached, unless the editor has them so already."""
    led = [visit.quote for visit in facts.visits if SECOND.search(visit.location)]
    if led:
        return sure(*led)
    if facts.says("role", "href", "tracked", "pixel", "unsubscribe"):
        return None
    glued = [place for place in facts.given if is_glued(place) and not is_typed(facts, place)]
    if not glued:
        arrived = [visit.quote for visit in facts.arrivals if SECOND.search(visit.line.path)]
        return likely(*arrived, *answer(facts, "release")) if arrived else None
    if facts.says("role", "destination"):
        return sure(*glued, *answer(facts, "release"))
    return likely(*glued, *answer(facts, "release"))


def is_glued(place: Place) -> bool:
    """Whether UTM tags or a `ct` begin with a `?` of their own, behind a query."""
    is_reached = place.address.kind == AddressKind.OTHER and not place.address.peeled.wrappers
    return is_reached and SECOND.search(place.address.url) is not None


def is_typed(facts: Facts, place: Place) -> bool:
    """Whether the HTML before sending has the two question marks, so that Mautic made none."""
    begins = place.address.url.partition("?")[0]
    is_known = facts.before is not None or facts.is_template
    links = facts.template_links if is_known else []
    return any(link.href.startswith(begins) and SECOND.search(link.href) for link in links)
