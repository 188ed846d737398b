"""Lines of logs: the web server's, Mautic's own, and what `curl -I` prints."""

import re
from dataclasses import dataclass
from datetime import datetime

_ACCESS = re.compile(
    r'^(?P<ip>[0-9a-fA-F.:]+) \S+ \S+ \[(?P<time>[^\]]{5,40})\] "(?P<method>[A-Z]+) (?P<path>\S+)'
    r'[^"]*" (?P<status>[0-9]{3}) \S+(?: "[^"]*" "(?P<agent>[^"]*)")?'
)
_CURL = re.compile(r"^\$?\s*curl\b[^\n]*?(?P<url>https?://\S+)", re.M)
_STATUS = re.compile(r"^HTTP/[0-9.]+ (?P<status>[0-9]{3})", re.M)
_INVALID_CT = re.compile(r"(?:Invalid clickthrough value:|is not a serialized array)\s*(?P<ct>\S*)")
MOST_LINES = 20_000


@dataclass(frozen=True)
class Line:
    """One request: address, method, path, status, user agent; `at` is None if unreadable."""

    number: int
    text: str
    path: str
    status: int
    ip: str = ""
    method: str = "GET"
    agent: str = ""
    at: datetime | None = None


def requests(text: str) -> list[Line]:
    """Return the requests of a log, or the one that `curl -I` made."""
    found = []
    for number, line in enumerate(text.splitlines()[:MOST_LINES], 1):
        match = _ACCESS.match(line)
        if match:
            found.append(_line(number, line, match))
    return found or _curl(text)


def _line(number: int, line: str, match: re.Match[str]) -> Line:
    try:
        at = datetime.strptime(match["time"], "%d/%b/%Y:%H:%M:%S %z")
    except ValueError:
        at = None
    return Line(
        number,
        line,
        match["path"],
        int(match["status"]),
        match["ip"],
        match["method"],
        match["agent"] or "",
        at,
    )


def _curl(text: str) -> list[Line]:
    command, status = _CURL.search(text), _STATUS.search(text)
    if not command or not status:
        return []
    head = " -I" in command[0] or "--head" in command[0]
    shown = f"{command[0].strip()} → {status[0]}"
    return [
        Line(
            1,
            shown,
            command["url"],
            int(status["status"]),
            method="HEAD" if head else "GET",
            agent="curl",
        )
    ]


def invalid_clickthroughs(text: str) -> list[tuple[int, str, str]]:
    """Return number, line and `ct` of each complaint of Mautic about a `ct`."""
    found = []
    for number, line in enumerate(text.splitlines()[:MOST_LINES], 1):
        match = _INVALID_CT.search(line)
        if match:
            found.append((number, line, match["ct"]))
    return found


def is_log(text: str) -> bool:
    """Whether a text is lines of a log rather than a message or an address."""
    head = text[:50_000]
    return bool(
        any(_ACCESS.match(line) for line in head.splitlines()[:50])
        or _INVALID_CT.search(head)
        or (_CURL.search(head) and _STATUS.search(head))
    )
