"""What a proxy hands on to Mautic, as logs show it: clicks without what stood behind their `?`."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from .facts import Visit
from .kinds import AddressKind
from .sources import Quote

SAME_MOMENT = timedelta(seconds=2)  # between the lines that two servers write of one request
SENT_ON = 302
SEVERAL = 3  # clicks: fewer may be those of one reader with a link that lost its `ct`


def handed_on_bare(visits: Sequence[Visit]) -> list[Quote]:
    """Return clicks that one server got with their `ct`, and another one right then without it.

    Of each the line with the `ct` comes first. Two lines are of one request if they have the same
    link, moment and agent, and another sender: behind a proxy that is the proxy.
    """
    clicks = sent_on(visits)
    whole = defaultdict[tuple[str, str], list[Visit]](list)
    for visit in clicks:
        if visit.address.ct:
            whole[key_of(visit)].append(visit)
    bare = [visit for visit in clicks if visit.address.ct is None]
    fronts = [(next((f for f in whole[key_of(b)] if is_same_request(f, b)), None), b) for b in bare]
    return [visit.quote for front, behind in fronts if front for visit in (front, behind)]


def sent_on(visits: Sequence[Visit]) -> list[Visit]:
    """Return the clicks that were answered as Mautic answers: what a server refuses is none."""
    clicks = (visit for visit in visits if visit.address.kind == AddressKind.TRACKED)
    return [visit for visit in clicks if visit.line.status == SENT_ON]


def key_of(visit: Visit) -> tuple[str, str]:
    """Return what the lines of one request have in common on every server."""
    return visit.address.hash, visit.line.agent


def is_same_request(front: Visit, behind: Visit) -> bool:
    """Whether two servers speak of one request: at the same moment, from different senders."""
    if front.line.at is None or behind.line.at is None or front.line.ip == behind.line.ip:
        return False
    return abs(behind.line.at - front.line.at) <= SAME_MOMENT


def all_bare(visits: Sequence[Visit]) -> list[Quote]:
    """Return the clicks of a log in which several were answered and none has a `ct`."""
    clicks = sent_on(visits)
    is_none_whole = all(not visit.address.query for visit in clicks)
    return [v.quote for v in clicks] if is_none_whole and len(clicks) >= SEVERAL else []
