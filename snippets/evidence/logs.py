"""Logs: their records one after another, as requests and complaints, from a text or from chunks."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .formats import of_values, requests_of
from .layouts import Layouts
from .line import Line

__all__ = ["LONGEST_LINE", "Complaint", "Line", "Reader", "read", "request", "requests"]

LONGEST_LINE = 16_000  # characters; a record of several lines may have more
MOST_LINES_OF_A_RECORD = 2_000
_ERROR = re.compile(
    r"\[[0-9]{4}-[^\]]{5,40}\] (?P<channel>[\w-]+)\.(?:ERROR|CRITICAL|ALERT|EMERGENCY):"
)
_INVALID_CT = re.compile(r"(?:Invalid clickthrough value:|is not a serialized array)")
# Each complaint has one of these.
_COMPLAINTS = (
    *(".ERROR:", ".CRITICAL:", ".ALERT:", ".EMERGENCY:"),
    *("Invalid clickthrough value:", "is not a serialized array"),
)
_FIELDS = re.compile(r"#Fields:\s*(.+)", re.I)
_ENTRIES = re.compile(r"\"entries\":\s*\[$")  # of a HAR, which a browser writes
_OF_ENTRY = '"startedDateTime"'  # of a HAR, each has one
_LAST_COMMA = re.compile(r",(?=\s*\})")  # of an object whose last value was left out
_AUDIT = re.compile(r"--[0-9a-zA-Z]{6,12}-(?P<section>[A-Z])--\s*$")


class Complaint(NamedTuple):
    """A line of Mautic's own log that tells of an error, or complains about a `ct`."""

    number: int
    text: str
    is_error: bool
    is_about_ct: bool


class Reader:
    """Reads the lines of a log in order: it keeps formats, names of fields, records over lines."""

    def __init__(self) -> None:
        self._fields: list[str] = []
        self._layouts = Layouts()
        self._record: list[str] = []
        self._number = 0
        self._is_audit = self._is_shortened = False

    @property
    def is_within(self) -> bool:
        """Whether a record or a format has begun that goes on in the next line."""
        return bool(self._record) or self._layouts.is_within

    def feed(self, number: int, line: str) -> list[Line]:
        """Return the requests that end with this line."""
        line = line[:LONGEST_LINE]
        bare = line.strip()
        if self._record:
            return self._go_on(line, bare)
        if not bare and not self._layouts.is_within:
            return []
        if self._layouts.take(line):
            return []
        if told := self._layouts.read(number, line):
            return [told]
        if bare.startswith("#"):
            fields = _FIELDS.match(bare)
            self._fields = fields[1].split() if fields else self._fields
            return []
        audit = _AUDIT.match(bare) if bare.startswith("--") else None
        if audit or bare in ("{", "[", "[{"):
            self._record, self._number, self._is_audit = [line], number, audit is not None
            return []
        return requests_of(number, line) or self._of_fields(number, line)

    def end(self) -> list[Line]:
        """Return the requests of a record that the end of the log cut."""
        record, self._record = "\n".join(self._record), []
        if self._is_shortened:
            record, self._is_shortened = _LAST_COMMA.sub("", record), False
        return requests_of(self._number, record)

    def _go_on(self, line: str, bare: str) -> list[Line]:
        is_list = self._record[0].strip() == "["
        if is_list or _ENTRIES.match(bare):  # its objects are records of their own
            self._record = [line] if bare == "{" else []
            self._number += 1
            return []
        if len(line) == LONGEST_LINE and not self._is_audit:  # of a HAR, a page that was loaded
            self._is_shortened = True
            return []
        self._record.append(line)
        if self._is_audit:
            ended = (match := _AUDIT.match(bare)) is not None and match["section"] == "Z"
        else:
            ended = bare.rstrip(",") in ("}", "}]", "]") and indent(line) <= indent(self._record[0])
        if ended or len(self._record) > MOST_LINES_OF_A_RECORD:
            return self.end()
        return []

    def _of_fields(self, number: int, line: str) -> list[Line]:
        """The request in a line whose fields were named above it, as IIS and CloudFront do."""
        if not self._fields:
            return []
        values = line.rstrip("\r\n").split("\t") if "\t" in line else line.split()
        if len(values) != len(self._fields):
            return []
        found = of_values(number, line, dict(zip(self._fields, values, strict=True)))
        return [found] if found else []


def indent(line: str) -> int:
    """Return how many blanks a line begins with."""
    return len(line) - len(line.lstrip())


def read(text: str) -> Iterator[Line]:
    """Yield the requests of a log."""
    reader = Reader()
    for number, line in enumerate(text.splitlines(), 1):
        yield from reader.feed(number, line)
    yield from reader.end()


def requests(text: str) -> list[Line]:
    """Return the requests of a log."""
    return list(read(text))


def request(number: int, line: str) -> Line | None:
    """Return the request a line of a log tells of, None if it tells of none."""
    return next(iter(requests_of(number, line)), None)


def complaint(number: int, line: str) -> Complaint | None:
    """Return the error that a line of Mautic's own log tells of, None if it tells of none."""
    is_about_ct = _INVALID_CT.search(line[:LONGEST_LINE]) is not None
    is_error = _ERROR.search(line[:1_000]) is not None
    found = Complaint(number, line, is_error, is_about_ct)
    return found if is_error or is_about_ct else None


def is_log(text: str) -> bool:
    """Whether a text is lines of a log rather than a message or an address."""
    head = text[:200_000]
    if _OF_ENTRY in head:  # the first one may be longer
        return True
    complains = any(mark in head for mark in _COMPLAINTS)  # cheap: most texts don't
    lines = head.splitlines() if complains else []
    return next(read(head), None) is not None or any(complaint(0, line) for line in lines)
