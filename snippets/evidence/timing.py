"""Requests so close together that no person made them."""

from collections import Counter, deque
from collections.abc import Iterable
from datetime import timedelta

from .facts import Facts, Quote, Visit
from .kinds import AddressKind

AT_ONCE = timedelta(seconds=10)  # gateways open a whole mail in this time (B2); no person does
A_MINUTE = timedelta(minutes=1)
TWO_MINUTES = timedelta(minutes=2)
THREE_SECONDS = timedelta(seconds=3)
FASTEST_READER = timedelta(seconds=2)
SEVERAL = 3  # recipients: two colleagues may well read at the same time
MOST_BY_HAND = 6  # links of one mail in two minutes: more than a curious reader opens


def is_within(first: Visit, second: Visit, span: timedelta) -> bool:
    """Whether the second request comes after the first, within a span of time."""
    if first.line.at is None or second.line.at is None:
        return False
    return timedelta() <= second.line.at - first.line.at <= span


def timed(facts: Facts) -> list[Visit]:
    """Return the requests whose time is known, in order of time."""
    known = [(visit.line.at, visit) for visit in facts.visits if visit.line.at]
    return [visit for _, visit in sorted(known, key=lambda pair: pair[0])]


def network(visit: Visit) -> str:
    """Return the network of a request: its address without the last number."""
    ip = visit.line.ip
    return ip.rpartition(":" if ":" in ip else ".")[0] or ip


def at_once(facts: Facts) -> list[Quote]:
    """Return requests for three or more addresses of one recipient within ten seconds."""
    groups: dict[str, list[Visit]] = {}
    for visit in timed(facts):
        for name in filter(None, (visit.address.stat, network(visit))):
            groups.setdefault(name, []).append(visit)
    crowds = (crowded(visits) for visits in groups.values())
    return next(([visit.quote for visit in crowd] for crowd in crowds if crowd), [])


def for_many(facts: Facts, kind: AddressKind, span: timedelta = A_MINUTE) -> list[Quote]:
    """Return requests of one network for three recipients within a span: nobody reads so much.

    An office shares one address, too, but its people don't click in the same minute.
    """
    groups: dict[str, list[Visit]] = {}
    for visit in timed(facts):
        if visit.address.kind == kind and visit.address.stat and network(visit):
            groups.setdefault(network(visit), []).append(visit)
    return next((found for group in groups.values() if (found := of_several(group, span))), [])


def of_several(visits: list[Visit], span: timedelta) -> list[Quote]:
    """Return visits of a group, in order of time, for three recipients within a span."""
    window: deque[Visit] = deque()
    for visit in visits:
        window.append(visit)
        while not is_within(window[0], visit, span):
            window.popleft()
        first = {each.address.stat: each.quote for each in window}
        if len(first) >= SEVERAL:
            return list(first.values())
    return []


def opened_and_clicked(facts: Facts) -> list[Quote]:
    """Return clicks of three recipients, each within two seconds of the open.

    From whatever network: scanners spread over several, and no person clicks so fast.
    """
    opened: dict[str, Visit] = {}
    clicked: dict[str, Quote] = {}
    for visit in timed(facts):
        stat = visit.address.stat
        if visit.address.kind == AddressKind.PIXEL:
            opened.setdefault(stat, visit)
        is_click = visit.address.kind == AddressKind.TRACKED and stat in opened
        if is_click and is_within(opened[stat], visit, FASTEST_READER):
            clicked.setdefault(stat, visit.quote)
    return list(clicked.values()) if len(clicked) >= SEVERAL else []


def everything(facts: Facts) -> list[Quote]:
    """Return requests for six or more addresses of one recipient within two minutes.

    Slower scanners follow every link, one after another; with the link to unsubscribe among
    them, three are enough.
    """
    groups: dict[str, list[Visit]] = {}
    for visit in timed(facts):
        if visit.address.stat and visit.address.kind != AddressKind.PIXEL:
            groups.setdefault(visit.address.stat, []).append(visit)
    for group in groups.values():
        for at, visit in enumerate(group):
            near = [each for each in group[at:] if is_within(visit, each, TWO_MINUTES)]
            first = {each.address.kind + each.address.hash: each.quote for each in near}
            leaves = any(each.address.kind == AddressKind.UNSUBSCRIBE for each in near)
            if len(first) >= (SEVERAL if leaves else MOST_BY_HAND):
                return list(first.values())
    return []


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
            return list(window)
    return []


def is_by_machine(quotes: list[Quote], facts: Facts) -> bool:
    """Whether no hand is so quick: three addresses in three seconds, or four in ten."""
    visits = [visit for visit in timed(facts) if visit.quote in quotes]
    addresses = {visit.address.kind + visit.address.hash for visit in visits}
    is_quick = bool(visits) and is_within(visits[0], visits[-1], THREE_SECONDS)
    return len(addresses) > (2 if is_quick else 3)


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


def is_at_delivery(facts: Facts, visit: Visit) -> bool:
    """Whether a visit comes within ten seconds after the mail was sent: nobody reads so fast."""
    sent_at = facts.mail.sent_at if facts.mail else None
    if visit.line.at is None or sent_at is None:
        return False
    return timedelta() <= visit.line.at - sent_at <= AT_ONCE
