"""What Mautic kept beside what a server saw: rows of its database, histories, deliveries."""

from datetime import UTC, datetime, timedelta

import pytest

from cases.mails import access, click, ct
from snippets.evidence import deliveries, histories, kept, mixed, opens, recorded, timing
from snippets.evidence.facts import Facts

ONE, TWO, THREE, FOUR = (f"65f0a1b2c3d4e5{number:08d}" for number in range(1, 5))
FIRST, SECOND = "a" * 25, "b" * 25


def facts(*texts: str) -> Facts:
    """Return the facts of texts."""
    return Facts.read([(f"{number}.txt", text) for number, text in enumerate(texts)])


LOG = access(click(FIRST, ct(ONE, lead="1")), 0, ip="8.8.8.8") + access(
    click(FIRST, ct(TWO, lead="2")), 9, ip="9.9.9.9"
)


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        ("", [1, 2]),
        ("id,date_hit,lead_id\n1,2024-03-12 10:00:00,1\n", [2]),
        ("id,date_hit,h.lead_id,email_id\n1,2024-03-12 10:00:00,2,12\n", [1]),
        ("id,date_hit,lead_id,email_id\n1,2024-03-12 10:00:00,2,12\n", [1]),
        ("id,date_hit,lead_id,email_id\n1,2024-03-12 10:00:00,2,99\n", [1, 2]),
        ("date_hit,redirect_id,ip_address\n2024-03-12 10:00:09,7,9.9.9.9\n", [1]),
        ("id,date_hit,lead_id\n1,2024-03-12 10:00:00,7\n", [1, 2]),
    ],
)
def test_what_has_a_row_was_kept(rows: str, left: list[int]) -> None:
    found = kept.in_question(facts(LOG, rows) if rows else facts(LOG))
    assert [visit.quote.line for visit in found] == left


def test_an_open_was_kept_if_its_hash_is_read() -> None:
    log = access(f"/email/{ONE}.gif", status=200) + access(f"/email/{TWO}.gif", status=200)
    stats = f"tracking_hash,is_read,email_id\n{ONE},1,12\n{TWO},0,12\n"
    assert [visit.quote.line for visit in kept.in_question(facts(log, stats))] == [2]


def chain(seconds: int, *stats: str, ip: str = "") -> Facts:
    """Return the facts of clicks, each followed by one and the same link so many seconds later."""
    lines = ""
    for number, stat in enumerate(stats):
        at, sender = number * 15, ip or f"80.1.{number}.1"
        lines += access(click(FIRST, ct(stat)), at, ip=sender)
        lines += access(click(SECOND, ct(FOUR)), at + seconds, ip=sender)
    return facts(lines)


def test_clicks_of_three_that_go_on_to_one_link_are_handed_over() -> None:
    assert list(timing.handed_over(chain(2, ONE, TWO, THREE))) == [FOUR]
    assert list(timing.handed_over(chain(2, ONE, TWO, THREE, ip="80.1.1.1"))) == [FOUR]
    for other in (
        chain(3, ONE, TWO, THREE),
        chain(2, ONE, TWO),
        chain(2, ONE, TWO, TWO),
        chain(2, ONE, TWO, FOUR),
    ):
        assert timing.handed_over(other) == {}


@pytest.mark.parametrize(
    ("columns", "cells", "count"),
    [
        ("date_hit,lead_id,redirect_id", "2026-05-19 09:19:24,614,31", 1),
        ("date_hit,lead_id,redirect_id", "2026-05-19 09:19:24,614,NULL", 0),
        ("date_hit,lead_id,url,email_id", "2026-05-19 09:19:24,614,https://a.example/,31", 1),
        ("date_hit,lead_id,url,email_id", "2026-05-19 09:19:24,614,https://a.example/,", 0),
        ("date_hit,lead_id,redirect_id", "yesterday,614,31", 0),
    ],
)
def test_a_row_of_a_hit_is_a_click_if_it_names_a_link_of_an_email(
    columns: str, cells: str, count: int
) -> None:
    assert len(recorded.recorded(facts(f"{columns}\n{cells}\n"))) == count


@pytest.mark.parametrize(
    ("sent", "visited", "count"),
    [
        ("2026-03-12 08:30:00", "2026-03-12 08:30:10", 5),
        ("2026-03-12 08:30:00", "2026-03-12 08:30:11", 0),
        ("2026-03-12 08:30:00", "2026-03-13 08:30:10", 0),
        ("19 mai 2026 à 8h30", "19 mai 2026 à 8h30", 5),
        ("March 12, 2026 8:30 pm", "March 12, 2026 8:30 am", 0),
        ("12.03.2026 12:30 am", "12.03.2026 12:30 am", 5),
    ],
)
def test_pages_visited_as_the_mail_was_sent(sent: str, visited: str, count: int) -> None:
    pages = "".join(f"{visited}  Page hit  https://a.example/{n}\n" for n in range(4))
    assert len(histories.at_sending(f"{pages}{sent}  Email sent  Offers\n")) == count


@pytest.mark.parametrize(("time", "fewest"), [("08:30:00", 3), ("08:30", 4)])
def test_three_pages_are_enough_where_seconds_are_shown(time: str, fewest: int) -> None:
    def visits(count: int) -> str:
        return "".join(f"2026-03-12 {time} Hit https://a.example/{n}\n" for n in range(count))

    sent = f"2026-03-12 {time} E-Mail gesendet\n"
    assert histories.at_sending(sent + visits(fewest))
    assert not histories.at_sending(sent + visits(fewest - 1))


POSTFIX = "Jan 22 14:05:32 mx postfix/smtp[9]: 9C: to=<a@b.example>, status=sent (250 OK)"
ISO = "2026-01-22T14:05:32.5+01:00 mx postfix/smtp[9]: 9C: to=<a@b.example>, status=sent (250 OK)"


@pytest.mark.parametrize(
    ("line", "at", "is_after"),
    [
        (POSTFIX, "2026-01-22T13:05:42", True),
        (POSTFIX, "2026-01-22T13:05:43", False),
        (POSTFIX, "2026-01-22T14:05:31", False),
        (POSTFIX, "2026-01-24T14:05:35", False),
        (ISO, "2026-01-22T13:05:42", True),
        (ISO, "2026-01-22T14:05:35", False),
    ],
)
def test_a_time_just_after_a_delivery(line: str, at: str, is_after: bool) -> None:
    [delivery] = deliveries.deliveries(line)
    when = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert deliveries.is_just_after(delivery, when, timedelta(seconds=10)) is is_after


def test_among_many_deliveries_one_is_always_near() -> None:
    assert len(list(deliveries.deliveries("\n".join([POSTFIX] * 3)))) == 3
    assert not list(deliveries.deliveries("\n".join([POSTFIX] * 4)))
    assert not list(deliveries.deliveries(POSTFIX.replace("status=sent", "status=deferred")))


def test_html_above_a_request_is_told_from_the_page_that_an_answer_brought() -> None:
    above = "<p>One\ntwo</p>\n\nand\n$ curl -I https://a.example\n<p>three</p>"
    assert mixed.markup_above(above) == {0: "<p>One", 1: "two</p>"}
    assert mixed.markup_above("HTTP/2 404\n\n<html>no</html>") == {}


def test_words_alone_above_html_are_a_heading() -> None:
    text = "In the editor (code)\n\n<p>a</p>\n\nWhat came\n<p>b</p>\n\nThe end.\n<p>c</p>\n"
    text += "<div>\n\nIn it\n<p>"
    assert mixed.headings(text.split("\n")) == {0: "In the editor (code)", 4: "What came"}


def burst(seconds: list[int], begin: str = "09:00:03 Email sent: Offers\n") -> list[int]:
    """Return the lines of a burst among pages visited at these seconds of one minute."""
    pages = [f"09:05:{at:02d} https://shop.example/{n}\n" for n, at in enumerate(seconds)]
    return [event.number for event in histories.in_a_burst(begin + "".join(pages))]


def test_pages_that_no_hand_opens_so_fast_are_a_burst() -> None:
    assert burst([10, 12, 13]) == [2, 3, 4]
    assert burst([10, 12, 14]) == []
    assert burst([10, 14, 17, 20]) == [2, 3, 4, 5]
    assert burst([10, 14, 17, 21]) == []
    assert burst([10, 10, 10], begin="09:00:03 Email read: Offers\n") == [2, 3, 4]
    assert burst([10, 10, 10], begin="Some times\n") == []


def test_visits_of_one_page_are_no_burst() -> None:
    one = "09:05:10 https://www.shop.example/a?b=1\n09:05:10 http://shop.example/a/\n"
    assert not histories.in_a_burst(
        f"09:00:03 Email sent: A\n{one}09:05:11 https://shop.example/b\n"
    )


def test_opens_are_known_in_any_list() -> None:
    row = "2026-11-08 06:00;17.58.63.18;Mozilla/5.0"
    assert [o.ip for o in opens.opens(f"wann gelesen;wo;womit\n{row}\n")] == ["17.58.63.18"]
    assert [o.is_named for o in opens.opens(f"a;b;c\n{row}\n")] == [False]
    assert not list(opens.opens(f"Klick um;wo;womit\n{row}\n"))
    assert not list(opens.opens(f"wann gelesen;wo;womit\n{row};https://shop.example/\n"))
    assert [o.who for o in opens.opens(f"lu;ip;logiciel;contact_id\n{row};7\n")] == ["7"]
