"""A log of any size, counted as it is read: who asked Mautic for what, a few lines of each kind.

The whole log counts, in bounded memory: of the requests are kept the first and the last ones, and
of each group (what was asked, how it was answered, by whom) a few from its beginning and its end.
"""

import codecs
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from .. import routes
from . import addresses
from .exports import as_utf8
from .kinds import AddressKind
from .layouts import MARKS as OF_FORMATS
from .line import Line
from .logs import LONGEST_LINE, Complaint, Reader, complaint

AT_ONCE = timedelta(seconds=10)  # gateways open a whole mail in this time (B2); no person does
KEPT_AROUND = 2_000  # requests from the beginning and from the end, one after another
KEPT_OF_GROUP = 3  # requests of each group, first and last
KEPT_COMPLAINTS = 500
MOST_GROUPS = 4_000  # others are counted with those of their kind and status
MOST_NETWORKS = 2_000
HEAD = 400  # bytes that tell the encoding
WINDOW = 8  # requests of one network that are compared
# The local time of the error logs of Apache and nginx.
LOCAL_TIME = re.compile(
    r".{0,40}?(?:\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ 0-9]{2} [0-9:.]{8,15} [0-9]{4}\]"
    r"|[0-9]{4}/[0-9]{2}/[0-9]{2} [0-9:]{8} \[)"
)
SIGNALS = ("dnt", "sec-gpc", "purpose", "sec-purpose")  # headers that decide what counts (V8)
BLOCKED = "Blocked-Tracking=1"  # of a cookie: no click counts for fifteen seconds (V10)
T = TypeVar("T")


class Group(NamedTuple):
    """What makes requests alike: the address's kind, the answer, the agent, privacy headers."""

    kind: AddressKind
    status: int
    method: str
    agent: str
    signals: tuple[tuple[str, str], ...]


def group_of(line: Line, kind: AddressKind) -> Group:
    """Return the group of a request for an address of this kind."""
    signals = tuple(pair for pair in line.headers.items() if pair[0] in SIGNALS)
    signals += (("cookie", BLOCKED),) if BLOCKED in line.headers.get("cookie", "") else ()
    return Group(kind, line.status, line.method, line.agent, signals)


def each_once(asked: Counter[Group]) -> Counter[Group]:
    """Return the numbers without what an error log, which names no agent, tells a second time."""
    named = Counter[tuple[AddressKind, int]]()
    for group, number in asked.items():
        named[group.kind, group.status] += number if group.agent else 0
    again = {g for g in asked if not g.agent and g.status >= 400 and named[g.kind, g.status]}
    left = {g: max(asked[g] - named[g.kind, g.status], 0) for g in again}
    return +Counter({**asked, **left})


class Ends(Generic[T]):
    """The first and the last of many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._first: list[T] = []
        self._last: deque[T] = deque(maxlen=most)

    def add(self, one: T) -> None:
        """Keep one more, for the time being."""
        if len(self._first) < self._most:
            self._first.append(one)
        else:
            self._last.append(one)

    def __iter__(self) -> Iterator[T]:
        yield from self._first
        yield from self._last


@dataclass
class Tally:
    """The count of a log so far; `feed` it with chunks, then `end` it.

    `lines` and `size` (bytes) are those of the log; `is_zoned` says whether its times name their
    zone; `groups` counts the requests that ask for an
    address of Mautic's own; `machines` those for three addresses of a mail within ten seconds.
    """

    lines: int = 0
    size: int = 0
    since: datetime | None = None
    until: datetime | None = None
    is_zoned: bool = False
    machines: int = 0
    errors: int = 0
    others: int = 0
    groups: Counter[Group] = field(default_factory=Counter)
    complaints: Ends[Complaint] = field(default_factory=lambda: Ends(KEPT_COMPLAINTS))
    _around: Ends[Line] = field(default_factory=lambda: Ends(KEPT_AROUND))
    _of_group: dict[Group, Ends[Line]] = field(default_factory=dict)
    _counted: dict[str, int] = field(default_factory=dict)  # the last line of each network
    _at_once: Ends[Line] = field(default_factory=lambda: Ends(50))
    _recent: dict[str, list[Line]] = field(default_factory=dict)
    _reader: Reader = field(default_factory=Reader)
    _head: bytes | None = b""
    _rest: bytes = b""
    _decoder: codecs.IncrementalDecoder | None = None

    @classmethod
    def of(cls, chunks: Iterable[bytes]) -> "Tally":
        """Return the count of a log that comes in chunks of bytes."""
        tally = cls()
        for chunk in chunks:
            tally.feed(chunk)
        return tally.end()

    def feed(self, chunk: bytes) -> None:
        """Count the lines of a chunk; the last one may go on in the next chunk."""
        self.size += len(chunk)
        if self._head is not None:  # enough of it tells how it is encoded
            self._head += chunk
            if len(self._head) < HEAD:
                return
            chunk, self._head = self._head, None
            self._decoder = decoder_for(chunk)
        if self._decoder:
            chunk = self._decoder.decode(chunk).encode()
        chunk = self._rest + chunk
        end = chunk.rfind(b"\n") + 1
        self._rest = chunk[end : end + LONGEST_LINE]  # of a longer line the end is of no use
        self._count(chunk[:end])

    def end(self) -> "Tally":
        """Count what the last chunk left, and return the tally."""
        if self._head:  # a log so short that nothing was decided
            head, self._head = self._head, None
            self._decoder = decoder_for(head)
            self.size -= len(head)
            self.feed(head)
        if self._rest:
            self._count(self._rest + b"\n")
            self._rest = b""
        for line in self._reader.end():
            self._add(line)
        return self

    def _count(self, block: bytes) -> None:
        """Count whole lines, reading those only that can tell something: most are others'."""
        first, self.lines = self.lines + 1, self.lines + block.count(b"\n")
        if self._reader.is_within or has_beginning(block):
            lines: Iterable[tuple[int, bytes]] = enumerate(block.split(b"\n")[:-1])
        else:
            lines = marked_lines(block)
        for number, raw in lines:
            line = raw[:LONGEST_LINE].decode("utf-8", "replace")
            self._read(first + number, line.rstrip("\r"))

    def _read(self, number: int, line: str) -> None:
        found = self._reader.feed(number, line)
        for one in found:
            self._add(one)
        if not found and (wrong := complaint(number, line)):
            self.errors += 1
            self.complaints.add(wrong)

    def _add(self, line: Line) -> None:
        kind = kind_of(*place_of(line.path))
        if kind == AddressKind.OTHER:
            self.others += 1
            return
        group = group_of(line, kind)
        if group not in self._of_group and len(self._of_group) >= MOST_GROUPS:
            group = Group(kind, line.status, "GET", "", ())
        self.groups[group] += 1
        self._around.add(line)
        self._of_group.setdefault(group, Ends(KEPT_OF_GROUP)).add(line)
        if line.at:
            self._span(line.at, is_zoned=not LOCAL_TIME.match(line.text))
            self._compare(line, line.at)

    def _span(self, at: datetime, *, is_zoned: bool) -> None:
        """Take a time in; a local one, which names no zone, only as long as no other is there."""
        if is_zoned and not self.is_zoned:
            self.since, self.until, self.is_zoned = at, at, True
        if is_zoned == self.is_zoned:
            self.since = min(self.since or at, at)
            self.until = max(self.until or at, at)

    def _compare(self, line: Line, at: datetime) -> None:
        """Look whether one network asks for three addresses of a recipient at once."""
        network = line.ip.rpartition(".")[0] or line.ip
        window = [one for one in self._recent.get(network, []) if is_close(one, at)][-WINDOW:]
        window.append(line)
        if len(self._recent) > MOST_NETWORKS:
            self._recent.clear()
            self._counted.clear()
        self._recent[network] = window
        if len(window) < 3:
            return
        asked = {place_of(one.path)[0] for one in window}
        recipients = {who for one in window if (who := recipient(one.path))}
        if len(asked) > 2 and len(recipients) < 2 and any(".gif" not in path for path in asked):
            last = self._counted.get(network, 0)  # a window goes on with what was in the last one
            self.machines += sum(one.number > last for one in window)
            self._counted[network] = line.number
            for one in window:
                self._at_once.add(one)

    def visits(self) -> list[Line]:
        """Return the requests that were kept, in their order."""
        if sum(self.groups.values()) <= 2 * KEPT_AROUND:
            return list(self._around)
        of_groups = (line for ends in self._of_group.values() for line in ends)
        kept = {id(line): line for line in [*self._around, *of_groups, *self._at_once]}
        return sorted(kept.values(), key=lambda line: line.number)


# What a line must have to be worth reading: the beginning of an address of Mautic's own, or words
# of its log; JSON may write a slash in two ways.
_STARTS = {routes.beginning(name) for name in routes.ROUTES}
_STARTS = {s for s in _STARTS if not any(s != other and s.startswith(other) for other in _STARTS)}
_MARKS = (
    *sorted(start.encode() for start in _STARTS),
    *(b".ERROR:", b".CRITICAL:", b".ALERT:", b".EMERGENCY:"),
    *(b"lickthrough value", b"not a serialized array"),
)
_JSON_MARKS = tuple(sorted(start.replace("/", "\\/").encode() for start in _STARTS))
# Where records over several lines begin, and where fields are named: each line must be read then.
_FIRST = (b"#", b"--")
_BEGINNINGS = (*(b"\n" + first for first in _FIRST), b"{\n", b"[\n", b"{ \n", b"[ \n")
_FORMATS = tuple(mark.encode() for mark in OF_FORMATS)
_WINDOWS_BEGINNINGS = (b"{\r\n", b"[\r\n")


def has_beginning(block: bytes) -> bool:
    """Whether a record over several lines begins in a block, or fields or formats are told."""
    beginnings = _BEGINNINGS + (_WINDOWS_BEGINNINGS if b"\r" in block else ()) + _FORMATS
    return block.startswith(_FIRST) or any(begin in block for begin in beginnings)


def marked_lines(block: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that have a mark, numbered from 0; each line ends with a line feed."""
    starts = set[int]()
    for mark in _MARKS + (_JSON_MARKS if b"\\/" in block else ()):
        at = block.find(mark)
        while at >= 0:
            starts.add(block.rfind(b"\n", 0, at) + 1)
            at = block.find(mark, block.index(b"\n", at))
    number = last = 0
    for start in sorted(starts):
        number, last = number + block.count(b"\n", last, start), start
        yield number, block[start : block.index(b"\n", start)]


def decoder_for(chunk: bytes) -> codecs.IncrementalDecoder | None:
    """Return a decoder for UTF-16, None for what can be read as bytes."""
    if chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return codecs.getincrementaldecoder("utf-16")("replace")
    is_wide = as_utf8(chunk[:400]) != chunk[:400].removeprefix(codecs.BOM_UTF8)
    name = "utf-16-le" if chunk[1:2] == b"\0" else "utf-16-be"
    return codecs.getincrementaldecoder(name)("replace") if is_wide else None


def place_of(path: str) -> tuple[str, bool]:
    """Return the path without its query, and whether a `ct` is in that."""
    place, _, query = path.partition("?")
    return place, "ct=" in query


@lru_cache(maxsize=20_000)
def kind_of(place: str, has_ct: bool) -> AddressKind:
    """Return what a path asks Mautic for."""
    return addresses.of_path(f"{place}?ct=x" if has_ct else place).kind


def recipient(path: str) -> str:
    """Return what tells one recipient from another: the `ct`, or the hash of the pixel."""
    return path.partition("ct=")[2].partition("&")[0]


def is_close(one: Line, at: datetime) -> bool:
    """Whether a request was made so short a time before."""
    return one.at is not None and timedelta() <= at - one.at <= AT_ONCE
