"""A page asks for the address before anybody is unsubscribed; older links may end before it."""

from ..evidence.facts import Facts, Visit
from ..evidence.kinds import AddressKind
from ..evidence.questions import Symptom
from . import Seen, answer, likely, possible, sure

PAGE = "emails/unsubscribe"
EXPLAINS = (Symptom.UNSUBSCRIBE_BROKEN, Symptom.LINK_BROKEN)
BEFORE: dict[str, str] = {}


def check(facts: Facts) -> Seen | None:
    """Look for a link to the page that asks, else for an old link that is refused."""
    if facts.symptom not in (None, *EXPLAINS):
        return None
    asked = [visit.quote for visit in facts.visits if is_asking(visit)]
    links = facts.of(AddressKind.VALIDATE)
    if facts.symptom and (links or asked):
        return sure(*links, *asked)
    alone = [place for place in facts.given if place.address.kind == AddressKind.VALIDATE]
    if alone:
        return likely(*alone)
    if facts.symptom and facts.has("old-links-may-need-confirmation") and is_refused(facts):
        return possible(*facts.unsubscribes, *answer(facts, "release", "http-status"))
    return None


def is_asking(visit: Visit) -> bool:
    """Whether somebody opened the page that asks for the address."""
    return visit.address.kind == AddressKind.VALIDATE and visit.line.status < 400


def is_refused(facts: Facts) -> bool:
    """Whether a link without address and signature, of before 5.1, answers 404."""
    old = [place for place in facts.unsubscribes if not place.address.signature]
    logged = [v for v in facts.visits if v.address.kind == AddressKind.UNSUBSCRIBE]
    refused = [v for v in logged if v.line.status == 404 and not v.address.signature]
    return bool(refused) or bool(old and not logged and facts.says("http-status", "404"))
