"""Requests so close together that no person made them: each limit at its value and beyond."""

from collections.abc import Callable, Sequence

import pytest

from cases.mails import access, click, ct, message
from snippets.evidence import timing
from snippets.evidence.facts import Facts
from snippets.evidence.kinds import AddressKind
from snippets.evidence.sources import Quote
from snippets.evidence.tally import Tally

ONE, TWO, THREE, FOUR = (f"65f0a1b2c3d4e5{number:08d}" for number in range(1, 5))
Test = Callable[[Facts], list[Quote]]


def link(number: int, stat: str = ONE) -> str:
    """Return the path of a tracked link; without a stat nobody knows whose it is."""
    return click(f"{number:025d}", ct(stat) if stat else "x")


def pixel(stat: str) -> str:
    """Return the path of a pixel."""
    return f"/email/{stat}.gif"


def leave(stat: str = ONE) -> str:
    """Return the path of a link to unsubscribe."""
    return f"/email/unsubscribe/{stat}"


def logged(*requests: tuple[int, str] | tuple[int, str, str]) -> Facts:
    """Return the facts of a log: second, path, address of the reader."""
    lines = (access(path, at, ip=(*ip, "198.51.100.7")[0]) for at, path, *ip in requests)
    return Facts.read([("access.log", "".join(lines))])


def numbers(found: Sequence[Quote]) -> list[int]:
    """Return the lines of quotes."""
    return [quote.line for quote in found]


def links(*seconds: int, stat: str = ONE) -> list[tuple[int, str]]:
    """Return requests for other links of a recipient at these seconds."""
    return [(second, link(number, stat)) for number, second in enumerate(seconds)]


def for_many(facts: Facts) -> list[Quote]:
    """Return requests for links of many recipients."""
    return timing.for_many(facts, AddressKind.TRACKED)


# The requests of one recipient that are just enough, and such as are one second too slow.
LIMITS: dict[str, tuple[Test, Sequence[int], Sequence[int]]] = {
    "three at once": (timing.at_once, (0, 5, 10), (0, 5, 11)),
    "three in three seconds": (timing.by_machine, (0, 1, 3), (0, 1, 4)),
    "four in ten": (timing.by_machine, (0, 4, 8, 10), (0, 4, 8, 11)),
    "six in two minutes": (
        timing.everything,
        (0, 24, 48, 72, 96, 120),
        (0, 24, 48, 72, 96, 121),
    ),
}


@pytest.mark.parametrize(("test", "fast", "slow"), LIMITS.values(), ids=LIMITS)
def test_so_many_links_of_one_recipient_are_a_machines(
    test: Test, fast: Sequence[int], slow: Sequence[int]
) -> None:
    assert numbers(test(logged(*links(*fast)))) == list(range(1, len(fast) + 1))
    assert test(logged(*links(*slow))) == []
    assert test(logged(*links(*fast[1:]))) == []


def test_at_once_is_of_one_recipient_or_of_one_network_where_none_is_known() -> None:
    networks = ("198.51.100.7", "203.0.113.7", "192.0.2.7")
    known = [(at, link(at), ip) for at, ip in enumerate(networks)]
    unknown = [(at, link(at, ""), ip) for at, ip in enumerate(networks)]
    assert numbers(timing.at_once(logged(*known))) == [1, 2, 3]
    assert timing.at_once(logged(*unknown)) == []
    assert numbers(timing.at_once(logged(*links(0, 1, 2, stat="")))) == [1, 2, 3]
    several = [(at, link(at, stat)) for at, stat in enumerate((ONE, TWO, THREE))]
    assert timing.at_once(logged(*several)) == []
    assert timing.at_once(logged((0, link(1)), (1, link(1)), (2, link(1)))) == []
    pixels = [(at, pixel(stat)) for at, stat in enumerate((ONE, TWO, THREE))]
    assert timing.at_once(logged(*pixels)) == []
    assert numbers(timing.at_once(logged((0, pixel(ONE)), (1, link(1)), (2, leave())))) == [1, 2, 3]


def test_the_requests_of_a_window_are_shown_once_and_not_too_many() -> None:
    twice = logged((0, link(1)), (1, link(1)), (2, link(2)), (3, link(3)))
    assert numbers(timing.at_once(twice)) == [2, 3, 4]
    others = [(0, pixel(TWO)), (0, pixel(THREE))]
    unknown = [(1 + at // 4, link(at, "")) for at in range(25)]
    late = logged(*others, *unknown, (11, link(99, "")))
    assert numbers(timing.at_once(late)) == list(range(3, 23))


def test_requests_are_put_in_order_of_time() -> None:
    assert numbers(timing.at_once(logged((8, link(1)), (0, link(2)), (4, link(3))))) == [2, 3, 1]


def test_one_network_for_three_recipients_within_a_minute() -> None:
    def seconds(*at: int, ip: str = "198.51.100.99", kind: str = "") -> list[int]:
        whose = zip(at, (ONE, TWO, THREE), strict=False)
        path = pixel if kind else lambda stat: link(1, stat)
        first, *more = [(second, path(stat)) for second, stat in whose]
        return numbers(for_many(logged((*first, ip), *more)))

    assert seconds(0, 30, 60) == [1, 2, 3]
    assert seconds(0, 30, 61) == []
    assert seconds(0, 30) == []
    assert seconds(0, 30, 60, ip="203.0.113.7") == []
    assert seconds(0, 30, 60, kind="pixel") == []


def read(*pairs: tuple[int, int]) -> Facts:
    """Return the facts of recipients with the seconds at which they opened and clicked."""
    stats = (ONE, TWO, THREE, FOUR)
    requests = [
        one
        for stat, (opened, clicked) in zip(stats, pairs, strict=False)
        for one in ((opened, pixel(stat)), (clicked, link(1, stat), "203.0.113.7"))
    ]
    return logged(*requests)


def test_three_clicks_within_two_seconds_of_the_open() -> None:
    assert numbers(timing.opened_and_clicked(read((0, 2), (100, 101), (200, 202)))) == [2, 4, 6]
    assert timing.opened_and_clicked(read((0, 2), (100, 101), (200, 203))) == []
    assert timing.opened_and_clicked(read((0, 2), (100, 101))) == []
    assert timing.opened_and_clicked(read((2, 0), (101, 100), (202, 200))) == []
    again = [(second, link(2, stat)) for second, stat in ((1, ONE), (101, TWO))]
    opens = [(0, pixel(ONE)), (100, pixel(TWO)), (200, pixel(THREE))]
    first = [(1, link(1)), (101, link(1, TWO)), (201, link(1, THREE))]
    facts = logged(*opens, *first, *again)
    assert numbers(timing.opened_and_clicked(facts)) == [4, 5, 6]
    late = [(99, pixel(THREE)), (200, pixel(THREE)), (201, link(1, THREE))]
    assert timing.opened_and_clicked(logged(*opens[:2], *first[:2], *late)) == []
    left = [(200, pixel(THREE)), (201, leave(THREE))]
    assert timing.opened_and_clicked(logged(*opens[:2], *first[:2], *left)) == []


def test_three_networks_for_links_of_one_recipient_within_a_minute() -> None:
    def seconds(
        *at: int, ips: Sequence[str] = ("192.0.2.1", "198.51.100.1", "203.0.113.1")
    ) -> list[int]:
        requests = [(second, link(1), ip) for second, ip in zip(at, ips, strict=True)]
        return numbers(timing.from_everywhere(logged(*requests)))

    assert seconds(0, 0, 60) == [1, 2, 3]
    assert seconds(0, 0, 61) == []
    assert seconds(0, 1, 2, ips=("192.0.2.1", "192.0.2.9", "203.0.113.1")) == []
    assert seconds(0, 1, 2, 3, ips=("192.0.2.1", "192.0.2.9", "198.51.100.1", "203.0.113.1")) == [
        2,
        3,
        4,
    ]
    opened = [(at, pixel(ONE), f"203.0.{at}.1") for at in range(3)]
    assert timing.from_everywhere(logged(*opened)) == []
    unknown = [(at, link(1, ""), f"203.0.{at}.1") for at in range(3)]
    assert timing.from_everywhere(logged(*unknown)) == []
    others = [(at, link(1, stat), f"203.0.{at}.1") for at, stat in enumerate((ONE, TWO, THREE))]
    assert timing.from_everywhere(logged(*others)) == []


def test_with_the_link_to_unsubscribe_three_are_everything() -> None:
    assert numbers(timing.everything(logged((0, link(1)), (60, leave()), (120, link(2))))) == [
        1,
        2,
        3,
    ]
    assert timing.everything(logged((0, link(1)), (60, leave()), (121, link(2)))) == []
    assert timing.everything(logged((0, link(1)), (60, leave()))) == []
    assert timing.everything(logged((0, pixel(ONE)), (60, leave()), (70, link(2)))) == []
    assert timing.everything(logged((0, link(1)), (60, leave(TWO)), (70, link(2)))) == []


@pytest.mark.parametrize(
    ("ip", "network"),
    [
        ("203.0.113.7", "203.0.113"),
        ("2001:db8:1:2:3::7", "2001:db8:1:2"),
        ("dsl.acme.example", "dsl.acme"),
        ("host", "host"),
    ],
)
def test_a_network_is_the_first_half_of_an_address(ip: str, network: str) -> None:
    [visit] = Facts.read([("x", f'{{"url": "{link(1)}", "status": 302, "ip": "{ip}"}}')]).visits
    assert timing.network(visit) == network


SENT = "Tue, 12 Mar 2024 10:00:00 +0000"


@pytest.mark.parametrize(("second", "is_early"), [(0, True), (10, True), (11, False)])
def test_within_ten_seconds_of_the_sending_nobody_has_read(second: int, is_early: bool) -> None:
    def early(path: str, *given: tuple[str, str], at: int = second) -> bool:
        facts = Facts.read([("access.log", access(path, at)), *given])
        return timing.is_at_delivery(facts, facts.visits[0])

    mail = ("message.eml", message("<p>x</p>", Date=SENT))
    assert early(link(1, "0" * 22), mail) == is_early
    assert not early(link(1, "0" * 22))
    in_ct = click("1" * 25, ct("0" * 22, sent_time=1710237600))
    assert early(in_ct) == is_early
    assert early(leave("65f027a0" + "0" * 14)) == is_early
    later = ("message.eml", message("<p>x</p>", Date=SENT.replace("10:00:00", "10:01:00")))
    assert not early(link(1, "0" * 22), later)


@pytest.mark.parametrize("unread", ["xx/Mar", "12/Foo"])
def test_a_request_without_a_time_is_close_to_none(unread: str) -> None:
    lines = "".join(access(link(number), number) for number in range(3))
    facts = Facts.read([("access.log", lines.replace("12/Mar", unread))])
    assert len(facts.visits) == 3
    assert timing.timed(facts) == []
    assert not timing.is_within(facts.visits[0], facts.visits[1], timing.A_MINUTE)
    tally = Tally.of([lines.replace("12/Mar", unread).encode()])
    assert (tally.since, tally.until, tally.machines) == (None, None, 0)


def test_six_clicks_always_as_long_apart_are_a_program() -> None:
    every = [(at * 300 + wait, link(1)) for at, wait in enumerate((0, 1, 0, 2, 1, 2))]
    assert numbers(timing.by_the_clock(logged(*every))) == [1, 2, 3, 4, 5, 6]
    assert timing.by_the_clock(logged(*every[:5])) == []
    assert timing.by_the_clock(logged(*every[:5], (1490, link(1)))) == []
    assert timing.by_the_clock(logged(*every[:5], (1502, link(1, TWO)))) == []
    assert timing.by_the_clock(logged(*((at, path, f"10.{at}.0.1") for at, path in every))) == []
    assert timing.by_the_clock(logged(*((at * 30, link(1)) for at in range(6)))) == []
    lines = "".join(access(path, at) for at, path in every)
    own = ("local.php", "'do_not_track_bots' => ['rv:124.0'],")
    assert timing.by_the_clock(Facts.read([("access.log", lines), own])) == []  # none counts
