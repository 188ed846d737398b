"""The history on a contact's page, copied from the screen: what was sent, what was visited, when.

The screen shows minutes, rarely seconds, and the date in the reader's own language: two events are
compared by the date as it is written.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .screens import LARGEST
from .tally import AT_ONCE

# A date as each language writes it: `2026-03-12`, `12.03.2026`, `19 mai 2026`, `March 12, 2026`.
_MONTH = r"[^\W\d_]{3,10}\.?"
_DATE = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}"
    rf"|[0-9]{{1,2}}\.?(?: de)? {_MONTH}(?: de)?(?: [0-9]{{4}})?"
    rf"|{_MONTH} [0-9]{{1,2}}(?:,? [0-9]{{4}})?"
)
# The date and the time behind it: `à 8h30`, `08:30:10`, `8:30 pm`.
_STAMP = re.compile(
    rf"(?P<date>{_DATE})(?:,| à| um| at|T)?[ \t]+"
    r"(?P<hour>[0-9]{1,2})[:h](?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
    r"(?:[ \u202f]?(?P<half>[ap]\.?m\.?))?",
    re.I,
)
# The event of a sending, and the address of a page that was visited.
_SENT = re.compile(
    r"(?i)\be-?mail (?:sent|envoyé|gesendet|versandt|enviado)|\bcorreo(?: electrónico)? enviado\b"
)
_PAGE = re.compile(r"https?://[^\s<>\"'|]{4,2000}")


class Event(NamedTuple):
    """One line of the history: its number and text, its date, its second of the day, its page."""

    number: int
    text: str
    date: str
    at: int
    is_exact: bool
    page: str
    is_sending: bool


def events(text: str) -> Iterator[Event]:
    """Yield the lines of a history that tell of a sending, or of a page that was visited."""
    for number, line in enumerate(text[:LARGEST].split("\n"), 1):
        stamp, page = _STAMP.search(line), _PAGE.search(line)
        is_sending = _SENT.search(line) is not None
        if stamp and (page or is_sending):
            hour = int(stamp["hour"]) % 12 if stamp["half"] else int(stamp["hour"])
            hour += 12 if (stamp["half"] or "").lower().startswith("p") else 0
            at = hour * 3600 + int(stamp["minute"]) * 60 + int(stamp["second"] or 0)
            visited = page[0] if page and not is_sending else ""
            yield Event(
                number, line.strip(), stamp["date"], at, bool(stamp["second"]), visited, is_sending
            )


def at_sending(text: str) -> list[Event]:
    """Return the pages that one contact visited in the moment in which the e-mail was sent.

    Three within ten seconds, or four in the same minute where no seconds are shown.
    """
    found = list(events(text))
    for sending in (event for event in found if event.is_sending):
        visits = [event for event in found if event.page and is_with(sending, event)]
        fewest = 3 if all(event.is_exact for event in visits) else 4
        if len({event.page for event in visits}) >= fewest:
            return [sending, *visits]
    return []


def is_with(sending: Event, visit: Event) -> bool:
    """Whether a visit falls within seconds after a sending, or in its minute."""
    if sending.date != visit.date:
        return False
    if sending.is_exact and visit.is_exact:
        return 0 <= visit.at - sending.at <= AT_ONCE.total_seconds()
    return sending.at // 60 == visit.at // 60
