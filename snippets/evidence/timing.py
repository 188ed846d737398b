"""Requests so close together that no person made them."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import pairwise

from ..traffic import fate_of
from .deliveries import is_just_after
from .facts import Facts, Visit
from .histories import LEFT, Event, at_sending, in_a_burst
from .kinds import AddressKind, SourceKind
from .recorded import recorded
from .sources import Quote, Source
from .tally import AT_ONCE

A_FEW_SECONDS = timedelta(seconds=5)  # a program that waits is not exact
BY_CLOCK = 5  # waits of one length; a person may come back after equal times once or twice
A_MINUTE = timedelta(minutes=1)
TWO_MINUTES = timedelta(minutes=2)
THREE_SECONDS = timedelta(seconds=3)
FASTEST_READER = timedelta(seconds=2)
SEVERAL = 3  # recipients: two colleagues may well read at the same time
MOST_BY_HAND = 6  # links of one mail in two minutes: more than a curious reader opens
MOST_SHOWN = 20


def is_within(first: Visit, second: Visit, span: timedelta) -> bool:
    """Whether the second request comes after the first, within a span of time."""
    if first.line.at is None or second.line.at is None:
        return False
    return timedelta() <= second.line.at - first.line.at <= span


class Window:
    """The requests of the last span of time: for which addresses, recipients and kinds."""

    def __init__(self, span: timedelta) -> None:
        self.span, self.visits = span, deque[Visit]()
        self.addresses, self.recipients = Counter[str](), Counter[str]()
        self.kinds = Counter[str]()

    def add(self, visit: Visit) -> None:
        """Take the next request in, and let go of those that are too long ago."""
        self.visits.append(visit)
        self._count(visit, 1)
        while not is_within(self.visits[0], visit, self.span):
            self._count(self.visits.popleft(), -1)

    def _count(self, visit: Visit, by: int) -> None:
        address = visit.address
        keys = (address.kind + address.hash, address.stat, str(address.kind))
        for counter, key in zip((self.addresses, self.recipients, self.kinds), keys, strict=True):
            counter[key] += by
            if not counter[key] or not key:
                del counter[key]

    @property
    def quotes(self) -> list[Quote]:
        """The requests, each address of each recipient once."""
        latest = {(v.address.kind, v.address.hash, v.address.stat): v.quote for v in self.visits}
        return list(latest.values())[:MOST_SHOWN]


def windows(visits: Iterable[Visit], span: timedelta) -> Iterator[Window]:
    """Yield the window of each request; they are in order of time."""
    window = Window(span)
    for visit in visits:
        window.add(visit)
        yield window


def timed(facts: Facts) -> list[Visit]:
    """Return the requests whose time is known, in order of time; else the clicks Mautic kept."""
    visits = facts.visits or recorded(facts)
    known = [(visit.line.at, visit) for visit in visits if visit.line.at]
    return [visit for _, visit in sorted(known, key=lambda pair: pair[0])]


def network(visit: Visit) -> str:
    """Return the network of a request: the first three numbers of its address, four of IPv6."""
    ip = visit.line.ip
    return ":".join(ip.split(":")[:4]) if ":" in ip else ip.rpartition(".")[0] or ip


def grouped(visits: Iterable[Visit], *by: Callable[[Visit], str]) -> Iterator[list[Visit]]:
    """Yield the visits that are alike, for each way of telling; "" is not known."""
    groups: dict[str, list[Visit]] = {}
    for visit in visits:
        for name in filter(None, (tell(visit) for tell in by)):
            groups.setdefault(name, []).append(visit)
    yield from groups.values()


def at_once(facts: Facts, fewest: int = 3, span: timedelta = AT_ONCE) -> list[Quote]:
    """Return requests for so many addresses of one recipient within a span of time.

    Where no recipient is known, requests of one network.
    """
    for visits in grouped(timed(facts), recipient, network):
        for window in windows(visits, span):
            if len(window.recipients) < 2 and len(window.addresses) >= fewest:
                return window.quotes
    return []


def by_machine(facts: Facts) -> list[Quote]:
    """Return requests that no hand could make: three addresses in three seconds, four in ten."""
    return at_once(facts, 3, THREE_SECONDS) or at_once(facts, 4)


def recipient(visit: Visit) -> str:
    """Return the stat hash of a request, "" if it has none."""
    return visit.address.stat


def for_many(facts: Facts, kind: AddressKind) -> list[Quote]:
    """Return requests of one network for three recipients within a minute: nobody reads so much.

    An office shares one address, too, but its people don't click in the same minute.
    """
    wanted = [visit for visit in timed(facts) if visit.address.kind == kind]
    for visits in grouped(wanted, network):
        for window in windows(visits, A_MINUTE):
            if len(window.recipients) >= SEVERAL:
                return window.quotes
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


def handed_over(facts: Facts) -> dict[str, list[Quote]]:
    """Return clicks that lead at once to one and the same link of somebody else, by its stat hash.

    The one link stands where the destination should: whoever clicks goes on in that name. It must
    follow the clicks of three recipients, each from the same address within two seconds.
    """
    latest: dict[str, Visit] = {}
    pairs: dict[str, dict[str, tuple[Quote, Quote]]] = {}
    for visit in timed(facts):
        if visit.address.kind != AddressKind.TRACKED or not recipient(visit) or not visit.line.ip:
            continue
        before = latest.get(visit.line.ip)
        latest[visit.line.ip] = visit
        if before and is_of_others(before, visit) and is_within(before, visit, FASTEST_READER):
            of_one = pairs.setdefault(recipient(visit), {})
            of_one[recipient(before)] = before.quote, visit.quote
    several = {stat: found for stat, found in pairs.items() if len(found) >= SEVERAL}
    return {stat: [q for pair in found.values() for q in pair] for stat, found in several.items()}


def is_of_others(one: Visit, other: Visit) -> bool:
    """Whether two clicks are of two links, and of two recipients."""
    return one.address.hash != other.address.hash and recipient(one) != recipient(other)


def from_everywhere(facts: Facts) -> list[Quote]:
    """Return requests for links of one recipient from three networks within a minute.

    A person may change from one network to another, but not so fast; pixels are left aside, as
    image proxies load them from where they like. So are links to which others lead.
    """
    latest: dict[str, dict[str, Visit]] = {}
    led_to = handed_over(facts)
    links = [v for v in timed(facts) if v.address.kind != AddressKind.PIXEL and v.line.ip]
    for visit in links:
        stat = visit.address.stat
        if not stat or stat in led_to:
            continue
        recent = {
            name: v for name, v in latest.get(stat, {}).items() if is_within(v, visit, A_MINUTE)
        }
        latest[stat] = {**recent, network(visit): visit}
        if len(latest[stat]) >= SEVERAL:
            return [each.quote for each in latest[stat].values()]
    return []


def everything(facts: Facts) -> list[Quote]:
    """Return requests for six or more addresses of one recipient within two minutes.

    Slower scanners follow every link, one after another; with the link to unsubscribe among
    them, three are enough.
    """
    links = [visit for visit in timed(facts) if visit.address.kind != AddressKind.PIXEL]
    for visits in grouped(links, recipient):
        for window in windows(visits, TWO_MINUTES):
            leaves = AddressKind.UNSUBSCRIBE in window.kinds
            if len(window.addresses) >= (SEVERAL if leaves else MOST_BY_HAND):
                return window.quotes
    return []


def by_the_clock(facts: Facts) -> list[Quote]:
    """Return requests for one link of one recipient from one network, always as long apart.

    A monitor or a program looks in every few minutes; no person comes back six times by the clock.
    """
    links = [v for v in timed(facts) if v.address.kind == AddressKind.TRACKED and recipient(v)]
    counted = [visit for visit in links if fate_of(facts, visit).counted]
    for visits in grouped(counted, from_one_place):
        times = [visit.line.at for visit in visits if visit.line.at]
        apart = [later - earlier for earlier, later in pairwise(times)]
        if len(apart) >= BY_CLOCK and A_MINUTE <= min(apart) >= max(apart) - A_FEW_SECONDS:
            return [visit.quote for visit in visits][:MOST_SHOWN]
    return []


def from_one_place(visit: Visit) -> str:
    """Return who asked for what: the network, the agent, the link, the recipient."""
    return " ".join([network(visit), visit.line.agent, visit.address.hash, recipient(visit)])


def is_at_delivery(facts: Facts, visit: Visit) -> bool:
    """Whether a visit comes within ten seconds after the mail was sent: nobody reads so fast.

    The message tells when that was, and so do the `ct` and the stat hash of the address, or the
    log of the mail server.
    """
    times = (visit.address.sent_at, facts.mail.sent_at if facts.mail else None)
    at = visit.line.at
    if any(at and sent and timedelta() <= at - sent <= AT_ONCE for sent in times):
        return True
    handed = facts.deliveries
    return at is not None and any(is_just_after(delivery, at, AT_ONCE) for delivery in handed)


def in_history(facts: Facts) -> list[Quote]:
    """Return the lines of a contact's page with visits to several pages as the mail was sent.

    Or later, and faster than any hand.
    """
    return [
        Quote(event.text, source.name, event.number)
        for source in facts.sources
        if not source.mail
        for event in at_sending(source.text) or burst_on_screen(source)
    ]


def left_in_history(facts: Facts) -> list[Quote]:
    """Return what a contact's page shows of a machine that followed the links and left, too."""
    return [
        Quote(event.text, source.name, event.number)
        for source in facts.sources
        for burst in [burst_on_screen(source)]
        if any(event.page == LEFT for event in burst)
        for event in burst
    ]


def burst_on_screen(source: Source) -> list[Event]:
    """Return the events of a copied history that are faster than any hand, [] of other sources."""
    return in_a_burst(source.text) if source.kind == SourceKind.TEXT else []
