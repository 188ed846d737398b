"""Requests so close together that no person made them."""

from collections import Counter, deque
from collections.abc import Iterable
from datetime import datetime, timedelta

from .facts import Facts, Quote, Visit
from .kinds import AddressKind

AT_ONCE = timedelta(seconds=10)  # gateways open a whole mail in this time (B2); no person does


def is_within(first: Visit, second: Visit, span: timedelta) -> bool:
    """Whether the second request comes after the first, within a span of time."""
    if first.line.at is None or second.line.at is None:
        return False
    return timedelta() <= second.line.at - first.line.at <= span


def at_once(facts: Facts) -> list[Quote]:
    """Return requests for three or more addresses of one recipient within ten seconds."""
    timed = [visit for visit in facts.visits if visit.line.at]
    timed.sort(key=lambda visit: visit.line.at or datetime.max)
    groups: dict[str, list[Visit]] = {}
    for visit in timed:
        network = visit.line.ip.rpartition(".")[0]
        for name in filter(None, (visit.address.stat, network or visit.line.ip)):
            groups.setdefault(name, []).append(visit)
    crowds = (crowded(visits) for visits in groups.values())
    return next(([visit.quote for visit in crowd] for crowd in crowds if crowd), [])


def crowded(visits: list[Visit]) -> list[Visit]:
    """Return visits in so short a time that no person made them; they are in order of time."""
    window: deque[Visit] = deque()
    asked: Counter[str] = Counter()
    recipients: Counter[str] = Counter()
    for visit in visits:
        window.append(visit)
        count(visit, asked, recipients, 1)
        while not is_within(window[0], visit, AT_ONCE):
            count(window.popleft(), asked, recipients, -1)
        if len(recipients) < 2 and len(asked) > 2 and not is_pixels(window):
            return list(window)[:5]
    return []


def count(visit: Visit, asked: Counter[str], recipients: Counter[str], by: int) -> None:
    """Count an address, and its recipient if that is known; what is at zero goes."""
    pairs = ((asked, visit.address.kind + visit.address.hash), (recipients, visit.address.stat))
    for counter, key in pairs:
        counter[key] += by
        if not counter[key] or not key:
            del counter[key]


def is_pixels(visits: Iterable[Visit]) -> bool:
    """Whether nothing but pixels was asked for: those of several people, not one machine's."""
    return all(visit.address.kind == AddressKind.PIXEL for visit in visits)
