"""The `ct` is missing, cut or scrambled (K6 to K8, V42)."""

from ..evidence import addresses
from ..evidence.facts import Facts, Place, Visit
from ..evidence.forwarding import all_bare, handed_on_bare
from ..evidence.kinds import AddressKind, Where
from ..evidence.nginx import rules_without_query
from ..evidence.questions import LOST_CLICK, Symptom
from ..evidence.timing import at_once
from . import Seen, likely, possible, sure

PAGE = "emails/clicks"
EXPLAINS = (*LOST_CLICK, Symptom.LINK_BROKEN, Symptom.WRONG_CONTACT, Symptom.PAGE_MISSING)
BEFORE: dict[str, str] = {}
MANY = 10  # clicks, all without a `ct`: a log that leaves queries out is rarer than a proxy


def check(facts: Facts) -> Seen | None:
    """Look for Mautic's own complaints, then at each `ct`."""
    if facts.bad_clickthroughs:
        return sure(*facts.bad_clickthroughs)
    lost = [visit.quote for visit in facts.visits if is_lost_on_the_way(visit)]
    if lost:
        return likely(*lost)
    by_proxy = dropped_by_a_proxy(facts)
    if by_proxy:
        return by_proxy
    tracked = [p for p in facts.places if p.address.kind == AddressKind.TRACKED]
    damaged = [p for p in tracked if is_damaged(p)]
    if damaged and not at_once(facts):
        most = len(damaged) * 2 >= len(tracked)  # a few of many in a log are no reader's
        return sure(*damaged) if most else likely(*damaged)
    where = (Where.GIVEN, Where.HREF) if facts.is_real_send else (Where.GIVEN,)
    bare = [p for p in facts.tracked if p.where in where and not p.address.ct and not p.wrapped_by]
    if bare:
        return likely(*bare)
    never = all_bare(facts.visits)
    is_whole = len(never) >= MANY or keeps_queries(facts)  # else the log may leave the query out
    return (likely if is_whole else possible)(*never) if never else None


def keeps_queries(facts: Facts) -> bool:
    """Whether a log has the query of some other request: of a pixel, of a page."""
    return any(visit.address.query for visit in facts.visits)


def dropped_by_a_proxy(facts: Facts) -> Seen | None:
    """The server in front got the `ct`, Mautic's own didn't: seen in both logs, or in a rule."""
    rules = [quote for source in facts.sources for quote in rules_without_query(source)]
    clicks = handed_on_bare(facts.visits)
    is_proved = len(clicks) > 2 or (rules and clicks)  # more than one click, or one with its rule
    if is_proved:
        return sure(*rules, *clicks)
    return likely(*rules, *clicks) if rules or clicks else None


def is_lost_on_the_way(visit: Visit) -> bool:
    """Whether a server sends a click on to the same link without what stood behind its `?`."""
    onward = addresses.read(visit.location)
    is_same = onward.kind == AddressKind.TRACKED and onward.hash == visit.address.hash
    return is_same and bool(visit.address.ct) and onward.ct is None


def is_damaged(place: Place) -> bool:
    """Whether a `ct` cannot be read, what is glued behind it left aside."""
    return bool(place.address.damage) and not place.address.rest
