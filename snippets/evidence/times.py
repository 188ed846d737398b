"""Times as logs write them, whatever the program."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

LATEST = 100_000_000_000  # seconds, in the year 5138; more are no seconds
_BRACKET = re.compile(r"\[([^\]]{5,40})\]")
_DATE_FIRST = re.compile(r"[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}[T ][0-9:.]{8,15}(?:Z|[+-][0-9:]{5,6})?")
_MONTHS = {
    name: number
    for number, name in enumerate(re.findall("...", "JanFebMarAprMayJunJulAugSepOctNovDec"), 1)
}


def point_in_time(said: object) -> datetime | None:
    """Return a time as logs write it, None if it can't be read; without a zone it is UTC."""
    try:
        if isinstance(said, (int, float)) or re.fullmatch(r"[0-9]{9,19}(?:\.[0-9]+)?", str(said)):
            return _of_epoch(float(str(said)))
        text = str(said).strip()
        if text[2:3] == "/" and text[3:6] in _MONTHS:
            return _of_access_log(text)
        if re.match("[A-Z][a-z]{2} [A-Z][a-z]{2} ", text):  # of Apache's error log
            day = re.sub(r"\.[0-9]+", "", text)
            return datetime.strptime(day, "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC)
        at = datetime.fromisoformat(text.replace("/", "-"))
    except (ValueError, OverflowError, OSError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _of_epoch(seconds: float) -> datetime:
    """The time of seconds, milliseconds, microseconds or nanoseconds since 1970."""
    for _ in range(3):  # JSON has an infinity, too
        seconds = seconds / 1000 if seconds > LATEST else seconds
    return datetime.fromtimestamp(seconds, UTC)


def _of_access_log(text: str) -> datetime:
    """The time `12/Mar/2024:10:00:02 +0000`; the zone may be missing, a fraction may be there."""
    day, month, year = int(text[:2]), _MONTHS[text[3:6]], int(text[7:11])
    hour, minute, second = int(text[12:14]), int(text[15:17]), int(text[18:20])
    zone = text.rpartition(" ")[2] if " " in text else "+0000"
    return datetime(year, month, day, hour, minute, second, tzinfo=_zone(zone))


@lru_cache(maxsize=64)
def _zone(text: str) -> timezone:
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[3:]))
    return timezone(-offset if text.startswith("-") else offset)


def time_within(text: str) -> datetime | None:
    """Return the time in what stands before a request: in brackets, or in front."""
    candidates: Iterable[str] = _BRACKET.findall(text[:400])
    for candidate in candidates:
        if at := point_in_time(candidate):
            return at
    first = _DATE_FIRST.search(text[:400])
    return point_in_time(first[0]) if first else None
