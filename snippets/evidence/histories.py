"""The history on a contact's page, copied from the screen: what was sent, what was visited, when.

The screen shows minutes, rarely seconds, and the date in the reader's own language: two events are
compared by the date as it is written.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .asserted import MOST_SAID
from .tally import AT_ONCE

# A date as each language writes it: `2026-03-12`, `12.03.2026`, `19 mai 2026`, `March 12, 2026`.
_MONTH = r"[^\W\d_]{3,10}\.?"
_DATE = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}"
    rf"|[0-9]{{1,2}}\.?(?: de)? {_MONTH}(?: de)?(?: [0-9]{{4}})?"
    rf"|{_MONTH} [0-9]{{1,2}}(?:,? [0-9]{{4}})?"
)
# The date and the time behind it, `à 8h30`, `08:30:10`, `8:30 pm`; the time alone with its seconds.
_STAMP = re.compile(
    rf"(?:(?P<date>{_DATE})(?:,| à| um| at|T)?[ \t]+|(?<![\w:.])(?=[0-9]{{1,2}}:[0-9]{{2}}:))"
    r"(?P<hour>[0-9]{1,2})[:h](?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?(?![0-9])"
    r"(?:[ \u202f]?(?P<half>[ap]\.?m\.?))?",
    re.I,
)
# How long ago, where the screen says that: `il y a 2 minutes`, `vor 2 Minuten`.
_AGO = re.compile(
    r"(?i)\b(?:il y a|vor|hace|há)\s(?P<before>[0-9]{1,3})\s*min"
    r"|\b(?P<behind>[0-9]{1,3}) min\w* ago"
)
# The event of a sending, and the address of a page that was visited.
_SENT = re.compile(
    r"(?i)\be-?mail (?:sent|envoyé|gesendet|versandt|enviado)|\bcorreo(?: electrónico)? enviado\b"
)
_PAGE = re.compile(r"https?://[^\s<>\"'|]{4,2000}")


_READ = re.compile(
    r"(?i)\be-?mail (?:read|opened|lu|ouvert|gelesen|geöffnet|leído|lido|abierto|aberto)\b"
    r"|\bcorreo(?: electrónico)? (?:leído|abierto)\b"
)
# The contact no longer wants e-mails.
_LEFT = re.compile(
    r"(?i)\b(?:unsubscribed|désabonnée?|désinscrite?|désinscription|abgemeldet|abbestellt"
    r"|abmeldung|dad[oa] de baja|canceló la suscripción|descadastrad[oa]|cancelou a inscrição)\b"
)
# The visit of a page that has its title alone.
_TITLED = re.compile(
    r"(?i)\b(?:page (?:hit|visitée|vue|consultée)|seiten?(?:aufruf|besuch)|página visita(?:da|d)"
    r"|visita (?:de|à|a la) página)\b[\s:|–-]+(?P<page>\S.*)"
)
# What may differ in the address of one and the same page.
_SAME_PAGE = re.compile(r"(?i)^https?://(?:www\.)?|[?#].*$|/+(?=[?#]|$)")
LEFT = "left"  # stands where an event has the page that was visited
BURST = 3  # events in as many seconds, which no hand makes; within ten seconds one more
MOST_BETWEEN = 2  # lines of one entry between an event and its time


class Stamp(NamedTuple):
    """The time of an event: its date, its second of the day, whether seconds are shown."""

    date: str
    at: int
    is_exact: bool


class Event(NamedTuple):
    """One line of the history: its number and text, its date, its second of the day, its page."""

    number: int
    text: str
    date: str
    at: int
    is_exact: bool
    page: str
    is_sending: bool
    is_reading: bool = False


def events(text: str) -> Iterator[Event]:
    """Yield the lines of a history that tell of a sending, an open, a page, or of leaving."""
    lines = text[:MOST_SAID].split("\n")
    stamps = {at: stamp for at, line in enumerate(lines) if (stamp := stamp_of(line))}
    of_page = _PAGE if any(map(_PAGE.search, lines)) else _TITLED
    told = {at for at, line in enumerate(lines) if is_event(line) or of_page.search(line)}
    is_first = bool(told) and any(at < min(told) for at in stamps.keys() - told)
    step = -1 if is_first else 1  # where an entry has its time on a line of its own
    for at in sorted(told):
        near = (at + step * far for far in range(MOST_BETWEEN + 1))
        stamp = next((stamps[line] for line in near if line in stamps), None)
        line, page = lines[at], of_page.search(lines[at])
        if stamp:
            left = _LEFT.search(line)
            is_sending, is_reading = bool(_SENT.search(line)), bool(_READ.search(line))
            visited = same(page[page.lastgroup or 0]) if page else LEFT if left else ""
            visited = "" if is_sending or is_reading else visited
            yield Event(at + 1, line.strip(), *stamp, visited, is_sending, is_reading)


def is_event(line: str) -> bool:
    """Whether a line tells of something that the contact did, or of a sending."""
    return any(told.search(line) for told in (_SENT, _READ, _LEFT))


def same(page: str) -> str:
    """Return the address or the title of a page without what may differ from visit to visit."""
    return _SAME_PAGE.sub("", _STAMP.sub("", _AGO.sub("", page)).strip())


def stamp_of(line: str) -> Stamp | None:
    """Return the time that a line shows, None without one."""
    if ago := _AGO.search(line):
        return Stamp("ago", -60 * int(ago["before"] or ago["behind"]), False)
    stamp = _STAMP.search(line)
    if not stamp:
        return None
    hour = int(stamp["hour"]) % 12 if stamp["half"] else int(stamp["hour"])
    hour += 12 if (stamp["half"] or "").lower().startswith("p") else 0
    at = hour * 3600 + int(stamp["minute"]) * 60 + int(stamp["second"] or 0)
    return Stamp(stamp["date"] or "", at, bool(stamp["second"]))


def at_sending(text: str) -> list[Event]:
    """Return the pages that one contact visited in the moment in which the e-mail was sent.

    Three within ten seconds, or four in the same minute where no seconds are shown.
    """
    for sending, others in of_each(list(events(text))):
        visits = [event for event in others if is_page(event) and is_with(sending, event)]
        fewest = 3 if all(event.is_exact for event in visits) else 4
        if len({event.page for event in visits}) >= fewest:
            return [sending, *visits]
    return []


def in_a_burst(text: str) -> list[Event]:
    """Return what one contact did, after an e-mail was sent, faster than any hand.

    Three pages in three seconds, or four in ten; to leave counts as one of them.
    """
    found = list(events(text))
    is_sent = any(event.is_sending for event in found)
    for _, others in of_each(found if is_sent else [as_sending(event) for event in found]):
        done = [event for event in others if event.page and event.is_exact]
        for begin in done:
            for span, fewest in ((BURST, BURST), (AT_ONCE.total_seconds(), BURST + 1)):
                burst = [e for e in done if e.date == begin.date and 0 <= e.at - begin.at <= span]
                if len({event.page for event in burst}) >= fewest:
                    return burst
    return []


def as_sending(event: Event) -> Event:
    """Return an open as the beginning of what follows, where no sending was copied."""
    return event._replace(is_sending=event.is_reading)


def of_each(found: list[Event]) -> Iterator[tuple[Event, list[Event]]]:
    """Yield each sending with the events behind it up to the next one, and with those before it.

    The newest stand last in a list, or first; and those of another contact behind them.
    """
    starts = [at for at, event in enumerate(found) if event.is_sending]
    for before, at, after in zip([-1, *starts], starts, [*starts[1:], len(found)], strict=False):
        yield found[at], found[at + 1 : after]
        yield found[at], found[before + 1 : at]


def is_page(event: Event) -> bool:
    """Whether an event is the visit of a page."""
    return event.page not in ("", LEFT)


def is_with(sending: Event, visit: Event) -> bool:
    """Whether a visit falls within seconds after a sending, or in its minute."""
    if sending.date != visit.date:
        return False
    if sending.is_exact and visit.is_exact:
        return 0 <= visit.at - sending.at <= AT_ONCE.total_seconds()
    return sending.at // 60 == visit.at // 60
