"""Lines of logs: the web server's in several forms, Mautic's own, and what `curl -I` prints."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

MOST_LINES = 20_000
LONGEST_LINE = 8_000
_ERROR = re.compile(r"^\[[0-9]{4}-[^\]]{5,40}\] [\w-]+\.(?:ERROR|CRITICAL|ALERT|EMERGENCY):", re.M)
_ACCESS = re.compile(
    r"^(?:[\w.-]+(?::[0-9]+)? )?(?P<ip>[0-9a-fA-F.:]+|[\w-]+\.[\w.-]+) \S+ \S+ "
    r'\[(?P<time>[^\]]{5,40})\] "(?P<method>[A-Z]+) (?P<path>\S+)[^"]*" (?P<status>[0-9]{3}) \S+'
    r"(?P<rest>.*)$"
)
_QUOTED = re.compile(r'"([^"]*)"')
_AGENT = re.compile(r"[\w.-]+/[0-9]")
# Privacy headers by the names of many formats: `"DNT: 1"`, `"http_sec_gpc": "1"`, `["1"]`, `gpc=1`.
_SIGNAL = re.compile(
    r"(?<![a-z-])(dnt|(?:sec[-_])?gpc|sec[-_]purpose|purpose)\"?\s*[:=]\s*\[?\"?([^\"\s,}\]]+)",
    re.I,
)
_CURL = re.compile(r"^\$?[ \t]*curl\b[^\n]{0,500}?(?P<url>https?://[^\s\"']+)", re.M)
# Any other format: the request in quotation marks, its status behind.
_ANYWHERE = re.compile(
    r"\"(?P<method>GET|HEAD|POST) (?P<path>\S{1,4000}) HTTP/[0-9.]+\"[ \t]+"
    r"(?P<status>[1-5][0-9]{2})\b(?P<rest>.*)$"
)
_IP = re.compile(
    r"(?<![\w.:])(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})(?![\w.])"
)
_BRACKET = re.compile(r"\[([^\]]{5,40})\]")
_STATUS = re.compile(r"^HTTP/[0-9.]+ (?P<status>[0-9]{3})", re.M)
_HEADER = re.compile(r"^([!-9;-~]{1,100}):[ \t]*(.*?)[ \t\r]*$", re.M)
_INVALID_CT = re.compile(r"(?:Invalid clickthrough value:|is not a serialized array)\s*(?P<ct>\S*)")
_JSON_NAMES = {
    "path": (
        "RequestPath",
        "ClientRequestURI",
        "request.uri",
        "request_uri",
        "uri",
        "path",
        "request",
    ),
    "status": ("DownstreamStatus", "EdgeResponseStatus", "status", "response.status"),
    "method": (
        "RequestMethod",
        "ClientRequestMethod",
        "request.method",
        "request_method",
        "method",
    ),
    "ip": (
        "ClientHost",
        "ClientIP",
        "request.client_ip",
        "request.remote_ip",
        "remote_addr",
        "client_ip",
    ),
    "agent": ("request_User-Agent", "http_user_agent", "user_agent", "request.headers"),
    "time": ("StartUTC", "time_iso8601", "time_local", "time", "ts", "timestamp"),
}


@dataclass(frozen=True)
class Line:
    """One request: address, method, path, status, user agent; `at` is None if unreadable.

    `headers` are those of the request, `answer` those of the response; names in lower case.
    """

    number: int
    text: str
    path: str
    status: int
    ip: str = ""
    method: str = "GET"
    agent: str = ""
    at: datetime | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    answer: Mapping[str, str] = field(default_factory=dict)


def requests(text: str) -> list[Line]:
    """Return the requests of a log, or the one that `curl -I` made."""
    lines = enumerate(text.splitlines()[:MOST_LINES], 1)
    return [found for number, line in lines if (found := request(number, line))] or _curl(text)


def request(number: int, line: str) -> Line | None:
    """Return the request a line of a log tells of, None if it tells of none."""
    short = line[:LONGEST_LINE]
    match = _ACCESS.match(short)
    if match:
        return _line(number, line, match)
    if short.lstrip().startswith("{"):
        return _json_line(number, line)
    elsewhere = _ANYWHERE.search(short)
    return _unknown_format(number, line, elsewhere) if elsewhere else None


def _unknown_format(number: int, line: str, match: re.Match[str]) -> Line:
    before = match.string[: match.start()]
    ip, time = _IP.search(before), _BRACKET.search(before)
    agents = [text for text in _QUOTED.findall(match["rest"]) if _AGENT.match(text)]
    return Line(
        number,
        line,
        match["path"],
        int(match["status"]),
        ip[0] if ip else "",
        match["method"],
        agents[0] if agents else "",
        _time(time[1]) if time else None,
        _signals(match["rest"]),
    )


def _line(number: int, line: str, match: re.Match[str]) -> Line:
    fields = _QUOTED.findall(match["rest"])
    agents = [text for text in fields if _AGENT.match(text)] or fields[1:2]
    return Line(
        number,
        line,
        match["path"],
        int(match["status"]),
        match["ip"],
        match["method"],
        agents[0] if agents else "",
        _time(match["time"]),
        _signals(match["rest"]),
    )


def _signals(text: str) -> dict[str, str]:
    """The privacy headers that a format of one's own adds to the line: `"DNT: 1"`."""
    found = {name.lower().replace("_", "-"): value for name, value in _SIGNAL.findall(text)}
    return {"sec-gpc" if name == "gpc" else name: value for name, value in found.items()}


def _time(text: object) -> datetime | None:
    try:
        if isinstance(text, (int, float)):
            return datetime.fromtimestamp(text, UTC)
        if "/" in str(text):
            return datetime.strptime(str(text), "%d/%b/%Y:%H:%M:%S %z")
        at = datetime.fromisoformat(str(text))
    except (ValueError, OverflowError, OSError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _json_line(number: int, line: str) -> Line | None:
    """The request in a line of JSON, as Traefik, Caddy and many nginx write it."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return None
    values = {key: _named(data, names) for key, names in _JSON_NAMES.items()}
    method, _, path = str(values["path"] or "").rpartition(" HTTP/")[0].partition(" ")
    path = path or str(values["path"] or "")
    status = str(values["status"] or "")
    if not path.startswith(("/", "http")) or not re.fullmatch("[1-5][0-9]{2}", status, re.A):
        return None
    return Line(
        number,
        line,
        path,
        int(status),
        str(values["ip"] or ""),
        str(values["method"] or method or "GET"),
        str(values["agent"] or ""),
        _time(values["time"]),
        _signals(line),
    )


def _named(data: Any, names: tuple[str, ...]) -> Any:
    """The first value there is under one of these names; a dot leads into an inner object."""
    for name in names:
        value = data
        for key in name.split("."):
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, dict):  # the headers of Caddy: each a list
            value = value.get("User-Agent")
        if isinstance(value, list):
            value = value[0] if value else None
        if value is not None:
            return value
    return None


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
            answer={
                n.lower(): v for n, v in _HEADER.findall(text[status.end() :].split("\n\n")[0])
            },
        )
    ]


def invalid_clickthroughs(text: str) -> list[tuple[int, str, str]]:
    """Return number, line and `ct` of each complaint of Mautic about a `ct`."""
    found = []
    for number, line in enumerate(text.splitlines()[:MOST_LINES], 1):
        match = _INVALID_CT.search(line[:LONGEST_LINE])
        if match:
            found.append((number, line, match["ct"]))
    return found


def errors(text: str) -> list[tuple[int, str]]:
    """Return number and line of each error in Mautic's own log."""
    lines = enumerate(text.splitlines()[:MOST_LINES], 1)
    return [(number, line) for number, line in lines if _ERROR.match(line)]


def is_log(text: str) -> bool:
    """Whether a text is lines of a log rather than a message or an address."""
    head = text[:200_000]
    return bool(
        any(request(0, line) for line in head.splitlines()[:1000])
        or _INVALID_CT.search(head)
        or _ERROR.search(head)
        or (_CURL.search(head) and _STATUS.search(head))
    )
