"""What a mail server's own log tells: when a message was handed over."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

LARGEST = 20_000  # characters; a log that has more has many deliveries
FEW = 3  # deliveries: among many, one is always near
AN_HOUR = 3600  # seconds: logs without a zone may differ by whole hours
# A line of Postfix, Sendmail or Exim that says that another server took the message.
_TAKEN = re.compile(r"\bstatus=sent\b|\bstat=Sent\b| => \S+ .{0,400}\bC=\"?2")
_SYSLOG = re.compile(r"(?P<said>[A-Z][a-z]{2} [ 0-9]?[0-9] [0-9]{2}:[0-9]{2}:[0-9]{2}) ")
_DATED = re.compile(
    r"(?P<said>[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2})"
    r"(?:[.,][0-9]{1,6})?(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?"
)


class Delivery(NamedTuple):
    """A message that was handed over: the line, its time, whether the zone is named."""

    number: int
    text: str
    at: datetime
    is_zoned: bool


def deliveries(text: str) -> Iterator[Delivery]:
    """Yield the deliveries of a mail server's log, none of a log that has many."""
    lines = enumerate(text[:LARGEST].split("\n"), 1)
    found = [(number, line) for number, line in lines if _TAKEN.search(line)]
    for number, line in found if len(found) <= FEW else ():
        if dated := _DATED.search(line):
            at = datetime.fromisoformat(dated["said"] + (dated["zone"] or "+00:00"))
            yield Delivery(number, line.strip(), at, dated["zone"] is not None)
        elif said := _SYSLOG.search(line):  # it names no year
            at = datetime.strptime(f"2024 {said['said']}", "%Y %b %d %H:%M:%S")
            yield Delivery(number, line.strip(), at.replace(tzinfo=UTC), False)


def is_just_after(delivery: Delivery, at: datetime, span: timedelta) -> bool:
    """Whether a time follows a delivery at once; without a zone whole hours are left aside."""
    if delivery.is_zoned:
        return timedelta() <= at - delivery.at <= span
    apart = at.replace(year=delivery.at.year, tzinfo=UTC) - delivery.at
    is_same_day = abs(apart) < timedelta(hours=15)
    return is_same_day and timedelta(seconds=apart.total_seconds() % AN_HOUR) <= span
