"""Clicks as Mautic keeps them: rows of hits in its database, read as if a log told of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from .addresses import read
from .facts import Facts, Visit
from .kept import WHERE_FROM, WHOSE, first
from .kinds import AddressKind
from .line import Line
from .sources import Quote
from .tally import AT_ONCE
from .times import point_in_time

NO_ADDRESS = read("https://row.invalid/")  # a row names the record of a link, not its address
LINK = ("redirect", "redirect_id", "url")
OF_AN_EMAIL = ("redirect", "redirect_id", "email_id")  # else it is a visit to a page
NOTHING = ("", "0", "null")  # as databases print it


def recorded(facts: Facts) -> list[Visit]:
    """Return the clicks of which rows of hits tell, with the contact, the link, the time of each.

    The name of the contact stands where a `ct` has its stat hash.
    """
    return [click for quote, row in facts.rows if (click := click_of(quote, row)) is not None]


def read_at_once(facts: Facts) -> list[Quote]:
    """Return the rows of e-mails that were read within seconds after they were sent."""
    return [quote for quote, row in facts.rows if is_read_at_once(row)]


def is_read_at_once(row: Mapping[str, str]) -> bool:
    """Whether a row has both times, ten seconds apart at most."""
    sent, read_ = (point_in_time(row.get(name, "")) for name in ("date_sent", "date_read"))
    return sent is not None and read_ is not None and timedelta() <= read_ - sent <= AT_ONCE


def click_of(quote: Quote, row: Mapping[str, str]) -> Visit | None:
    """Return the click of which a row tells, None if it tells of none."""
    at = point_in_time(row.get("date_hit", ""))
    link, whose = first(row, LINK), first(row, WHOSE)
    is_click = any(row.get(name, "").lower() not in NOTHING for name in OF_AN_EMAIL)
    if at is None or not link or not is_click:
        return None
    address = replace(
        NO_ADDRESS,
        kind=AddressKind.TRACKED,
        hash=link,
        data={"stat": f"contact {whose}"} if whose else None,
    )
    ip, agent = first(row, WHERE_FROM), row.get("user_agent", "")
    return Visit(Line(quote.line, quote.text, link, 302, ip, "GET", agent, at), address, quote)
