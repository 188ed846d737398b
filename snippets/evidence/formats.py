"""What one record of a log tells, in whatever format: servers', balancers', clouds', JSON or not.

A record is known by what is in it, not by its program: a request, values with names, or the
complaint of an error log.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from itertools import islice
from typing import Any
from urllib.parse import unquote

from . import captures

LONGEST_RECORD = 64_000
DEEPEST = 5
MOST_VALUES = 500
LATEST = 100_000_000_000  # seconds, in the year 5138; more are no seconds


@dataclass(frozen=True, slots=True)
class Line:
    """One request: address, method, path, status, user agent; `at` is None if unreadable.

    `status` is 0 where the record doesn't say it. `headers` are those of the request, `answer`
    those of the response; names in lower case.
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


# The common and combined formats; what stands before them, as `grep` and syslog put it, is free.
_ACCESS = re.compile(
    r"(?P<ip>[0-9a-fA-F.:]{2,80}|(?<!\S)[\w-]{1,80}\.[\w.-]{1,200}) \S{1,200} \S{1,200} "
    r'\[(?P<time>[^\]]{5,40})\] \\?"(?P<method>[A-Z]{3,10}) (?P<path>[^\s"]++)[^"]*+" '
    r"(?P<status>[0-9]{3})\b(?P<rest>.*)$"
)
_REQUEST = re.compile(
    r'"(?P<method>GET|HEAD|POST) (?P<path>[^\s"]{1,16000}+)(?: HTTP/[0-9.]+)?\\?"'
)
# A format of one's own without quotation marks: the status stands right behind. So it does in the
# console of Firefox: `XHR GET https://… [HTTP/2 403 Forbidden 9ms]`.
_UNQUOTED = re.compile(
    r"(?<!\S)(?P<method>GET|HEAD|POST) (?P<path>(?:/|https?://)[^\s\"]{1,16000}+)"
    r"(?: HTTP/[0-9.]+)?(?=[ \t]+(?:[1-5][0-9]{2}(?!\S)|\[HTTP/[0-9.]+ [1-5][0-9]{2} ))"
)
_STATUS_BEHIND = re.compile(r"[ \t]+(?:\[HTTP/[0-9.]+ )?(?P<status>[1-5][0-9]{2})\b")
# Amazon's balancers: three times, then the status of the balancer and of the server.
_STATUS_OF_ALB = re.compile(r"(?:-?[0-9.]+ ){3}(?P<status>[1-5][0-9]{2}) (?:[0-9]{3}|-) ")
# HAProxy: five timers with slashes, then the status.
_STATUS_OF_HAPROXY = re.compile(r"(?:\+?-?[0-9]+/){2,4}\+?-?[0-9]+ (?P<status>[1-5][0-9]{2}) ")
_STATUS_SAID = re.compile(
    r"\b(?:with code|status|http_code)[ :=\"]+(?P<status>[1-5][0-9]{2})\b", re.I
)
_CLIENT = re.compile(r"\bclient:? \[?(?P<ip>[0-9a-fA-F.:]+)")
_URI = re.compile(r"\[uri \"(?P<path>/[^\"]{1,4000})\"\]")
_FILE = re.compile(
    r"(?P<path>/(?:(?:r|redirect)/[0-9a-f]{25}|email/(?:(?:unsubscribe|dnc|resubscribe|view)/)?"
    r"[0-9a-zA-Z]{10,40}(?:\.gif)?)\b)"
)
_ERROR_WORDS = tuple(
    (re.compile(pattern, re.I), status)
    for pattern, status in (
        (r"forbidden|denied", 403),
        (r"limiting (?:requests|connections)", 503),
        (r"timed out", 504),
        (r"upstream prematurely|connect\(\) failed|no live upstreams|reset by peer", 502),
        (r"No such file|does not exist|not found|unable to stat", 404),
        (r"internal redirect|PHP (?:message: PHP )?(?:Fatal|Parse) error|Uncaught", 500),
    )
)
_LEVEL = re.compile(r"\[(?:\w*:)?(?:error|crit|alert|emerg|warn|notice)\]", re.I)
_QUOTED = re.compile(r'"([^"]*)"')
_AGENT = re.compile(r"[\w.-]+/[0-9]")
# Privacy headers by the names of many formats: `"DNT: 1"`, `"http_sec_gpc": "1"`, `["1"]`, `gpc=1`.
_SIGNAL = re.compile(
    r"(?<![a-z-])(dnt|(?:sec[-_])?gpc|sec[-_]purpose|purpose)[\"']?\s*[:=]\s*\[?[\"']?([01](?=;)|[^\"'\s,}\]]+)",
    re.I,
)
_V4 = re.compile(r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}")
_NUMBER_OF_GREP = re.compile(r"^(?:[0-9]*:)+(?=(?:[23][0-9a-f]{3}|f[cde][0-9a-f]{2}):)")
_SIGNAL_NAMES = ("dnt", "gpc", "purpose")
_IP = re.compile(  # not the time 10:00:02
    r"(?<![\w.])(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}"
    r"|(?=[0-9a-f:]*::|(?:[0-9a-f]{1,4}:){7})[0-9a-f:]{3,39})(?![\w.])"
)
_BRACKET = re.compile(r"\[([^\]]{5,40})\]")
_PAIR = re.compile(r"(?<![\w.])([A-Za-z_][\w.]{0,40})=(\"[^\"]*\"|\S*)")
_DATE_FIRST = re.compile(r"[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}[T ][0-9:.]{8,15}(?:Z|[+-][0-9:]{5,6})?")

# Names of values, in small letters without marks; the first one found at the end of a name counts.
_NAMES = {
    "path": (
        "clientrequesturi",
        "requestpath",
        "requesturi",
        "requesturl",
        "uristem",
        "uri",
        "path",
        "url",
        "request",
    ),
    "query": ("uriquery", "querystring", "query", "args"),
    "status": (
        "edgeresponsestatus",
        "downstreamstatus",
        "elbstatuscode",
        "scstatus",
        "responsestatus",
        "statuscode",
        "httpcode",
        "status",
    ),
    "method": ("requestmethod", "csmethod", "method"),
    "agent": ("useragent", "agent", "ua"),
    "ip": (
        "clientip",
        "clienthost",
        "remoteip",
        "remoteaddr",
        "cip",
        "fwd",
        "clientaddr",
        "client",
        "ip",
    ),
    "time": (
        "edgestarttimestamp",
        "startutc",
        "timeiso8601",
        "timelocal",
        "timestamp",
        "datetime",
        "time",
        "ts",
    ),
    "date": ("date",),
}


def requests_of(number: int, record: str) -> list[Line]:
    """Return the requests that a record tells of; of a list in JSON there are several."""
    short = record[:LONGEST_RECORD]
    access = _ACCESS.search(short) if '] "' in short or '] \\"' in short else None
    if access:
        return [_of_access(number, record, access)]
    if "{" in short and (found := list(_of_json(number, record, short))):
        return found
    one = _around_request(number, record, short) or _of_pairs(number, record, short)
    one = one or _of_complaint(number, record, short) or _of_audit(number, record, short)
    return [one] if one else []


def _of_access(number: int, record: str, match: re.Match[str]) -> Line:
    rest = match["rest"].replace('\\"', '"')
    fields = _QUOTED.findall(rest)
    agents = [text for text in fields if _AGENT.match(text)] or fields[1:2]
    return Line(
        number,
        record,
        match["path"],
        int(match["status"]),
        plain_ip(match["ip"]),
        match["method"],
        agents[0] if agents else "",
        point_in_time(match["time"]),
        _signals(rest),
    )


def plain_ip(text: str) -> str:
    """Return an address without what `grep` put before it (`12:`) or the port behind it."""
    if v4 := _V4.search(text):
        return v4[0]
    return _NUMBER_OF_GREP.sub("", text.strip("[]"))


def _signals(text: str) -> dict[str, str]:
    """The privacy headers that a format of one's own adds to the line: `"DNT: 1"`."""
    low = text.lower()
    if not any(name in low for name in _SIGNAL_NAMES):  # nearly always: it saves a slow search
        return {}
    found = {name.lower().replace("_", "-"): value for name, value in _SIGNAL.findall(text)}
    return {"sec-gpc" if name == "gpc" else name: value for name, value in found.items()}


def _around_request(number: int, record: str, short: str) -> Line | None:
    """The request in quotation marks; its status stands behind, or before, or in words."""
    match = _REQUEST.search(short) or _UNQUOTED.search(short)
    if not match:
        return None
    before, rest = short[: match.start()], short[match.end() :]
    status = status_of(before, rest)
    if status is None:
        return None
    ip = _CLIENT.search(before) or _IP.search(before)
    agents = [text for text in _QUOTED.findall(rest) if _AGENT.match(text)]
    agents = agents or ([] if _LEVEL.search(before) else _QUOTED.findall(rest)[:1])
    return Line(
        number,
        record,
        match["path"],
        status,
        plain_ip(ip["ip"] if "ip" in ip.groupdict() else ip[0]) if ip else "",
        match["method"],
        agents[0] if agents else captures.agent(before),
        time_within(before),
        _signals(rest),
    )


def status_of(before: str, rest: str) -> int | None:
    """Return the status that stands near a request, 0 if an error log doesn't say it."""
    behind = _STATUS_BEHIND.match(rest)
    found = behind or _STATUS_OF_ALB.search(before) or _STATUS_OF_HAPROXY.search(before)
    if found:
        return int(found["status"])
    return complaint_status(before + rest) if _LEVEL.search(before) else None


def complaint_status(text: str) -> int:
    """Return the status behind the complaint of a server: as it says, or by its words; else 0."""
    said = _STATUS_SAID.search(text)
    if said:
        return int(said["status"])
    return next((status for words, status in _ERROR_WORDS if words.search(text)), 0)


def _of_complaint(number: int, record: str, short: str) -> Line | None:
    """The request that an error log speaks of without quoting it: by its file, or its `uri`."""
    if not _LEVEL.search(short):
        return None
    path = _URI.search(short) or _FILE.search(short)
    if not path:
        return None
    ip = _CLIENT.search(short)
    return Line(
        number,
        record,
        path["path"],
        complaint_status(short),
        plain_ip(ip["ip"]) if ip else "",
        at=time_within(short),
    )


def _of_audit(number: int, record: str, short: str) -> Line | None:
    """The request of an audit record, section by section, as ModSecurity writes it."""
    if not short.startswith("--"):
        return None
    head = re.search(r"^\[(?P<time>[^\]]+)\] \S+ (?P<ip>\S+) ", short, re.M)
    asked = re.search(r"^(?P<method>[A-Z]+) (?P<path>\S+) HTTP/", short, re.M)
    status = re.search(r"^HTTP/[0-9.]+ (?P<status>[0-9]{3})", short, re.M)
    agent = re.search(r"^user-agent:[ \t]*(.*?)\r?$", short, re.M | re.I)
    if not asked:
        return None
    return Line(
        number,
        record,
        asked["path"],
        int(status["status"]) if status else complaint_status(short),
        head["ip"] if head else "",
        asked["method"],
        agent[1] if agent else "",
        point_in_time(head["time"]) if head else None,
        _signals(short),
    )


def _of_json(number: int, record: str, short: str) -> Iterator[Line]:
    """The requests in JSON, also behind a prefix, or in a text that it holds."""
    data = json_in(short)
    if isinstance(data, dict) and isinstance(log := data.get("log"), dict):
        yield from _of_har(number, record, log.get("entries"))
        return
    for each in data if isinstance(data, list) else [data]:
        if not isinstance(each, dict):
            continue
        if "startedDateTime" in each:  # one entry of a HAR
            yield from _of_har(number, record, [each])
            continue
        one = of_values(number, record, dict(flattened(each))) or of_event(number, record, each)
        if one:
            yield one
            continue
        texts = (v for v in each.values() if isinstance(v, str) and len(v) > 20)
        inner = (found for text in texts for found in requests_of(number, text) if text != record)
        if found := next(inner, None):
            yield Line(number, record, *(getattr(found, name) for name in _REST))


def of_event(number: int, record: str, event: Mapping[str, Any]) -> Line | None:
    """The click that a provider reports as an event; its status is the provider's, so 0."""
    event = next((each for each in map(as_dict, within(event)) if is_click(each)), event)
    inner = event.get("click")
    click = inner if isinstance(inner, dict) else event if is_click(event) else {}
    link = str(next((click[name] for name in LINKS if name in click), ""))
    values = {re.sub("[^a-z.]", "", name.lower()): v for name, v in flattened(click)}
    ip, agent, time = (
        next((v for ending in names for name, v in values.items() if name.endswith(ending)), "")
        for names in (("ipaddress", "ip"), ("useragent", "agent"), TIMES)
    )
    if not link.startswith("http") or not ip:
        return None
    return Line(number, record, link, 0, plain_ip(str(ip)), "GET", str(agent), point_in_time(time))


def within(event: Mapping[str, Any]) -> Iterator[Any]:
    """Yield what an event is wrapped in: `event-data` of Mailgun, `msys` of SparkPost."""
    yield as_dict(event.get("event-data"))
    yield as_dict(event.get("msys")).get("track_event")


def is_click(event: Mapping[str, Any]) -> bool:
    """Whether an event says that it is a click: of SendGrid, Mailjet, Mailgun, Postmark."""
    return any(str(event.get(name)).lower() in CLICKS for name in ("event", "RecordType", "type"))


LINKS = ("link", "url", "OriginalLink", "target_link_url")
TIMES = ("timestamp", "receivedat", "tsevent", "time")
CLICKS = ("click", "clicked")


def _of_har(number: int, record: str, entries: Any) -> Iterator[Line]:
    """The requests that a browser's tools save as HAR, with their headers."""
    for entry in entries if isinstance(entries, list) else []:
        asked, answer = (as_dict(as_dict(entry).get(name)) for name in ("request", "response"))
        path, headers = str(asked.get("url", "")), named(asked.get("headers"))
        status = str(answer.get("status", ""))
        if path.startswith("http") and re.fullmatch("[0-9]{1,3}", status, re.A):
            yield Line(
                number,
                f"{asked.get('method', 'GET')} {path} → {status}",
                path,
                int(status),
                method=str(asked.get("method") or "GET"),
                agent=headers.get("user-agent", ""),
                at=point_in_time(as_dict(entry).get("startedDateTime", "")),
                headers=headers,
                answer=named(answer.get("headers")),
            )


def as_dict(data: object) -> Mapping[str, Any]:
    """Return an object of JSON, an empty one for anything else."""
    return data if isinstance(data, dict) else {}


def named(headers: object) -> dict[str, str]:
    """Return headers that JSON lists as objects with `name` and `value`, names in lower case."""
    listed = map(as_dict, headers if isinstance(headers, list) else [])
    return {str(one.get("name", "")).lower(): str(one.get("value", "")) for one in listed}


_REST = ("path", "status", "ip", "method", "agent", "at", "headers", "answer")


def json_in(text: str) -> Any:
    """Return the JSON with which a text ends, None if there is none."""
    start = text.find("{")
    if text[:start].rstrip().endswith("["):  # a list, behind a prefix or not
        start = text.rfind("[", 0, start)
    try:
        return json.JSONDecoder().raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return None


def flattened(data: Mapping[str, Any], path: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Yield names and values of JSON; an inner name comes behind the outer ones."""
    for name, value in list(data.items())[:MOST_VALUES]:
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict) and depth < DEEPEST:
            yield from flattened(value, f"{path}{name}.", depth + 1)
        else:
            yield f"{path}{name}", value


@lru_cache(maxsize=256)
def names_in(names: tuple[str, ...]) -> dict[str, str]:
    """Return which of the names given says the path, the status and so on."""
    plain = {name: re.sub("[^a-z0-9.]", "", name.lower()) for name in names}
    found = {}
    for key, wanted in _NAMES.items():
        for ending in wanted:
            fitting = [name for name in names if plain[name].replace(".", "").endswith(ending)]
            exact = [name for name in fitting if plain[name].rpartition(".")[2] == ending]
            name = next(iter([*exact, *fitting]), None)  # `status` before `cache_status`
            if name is not None:
                found[key] = name
                break
    return found


def of_values(number: int, record: str, values: Mapping[str, Any]) -> Line | None:
    """Return the request that named values tell of, None if path or status are missing."""
    names = names_in(tuple(values))
    said = {key: values[name] for key, name in names.items()}
    return of_said(number, record, {k: v for k, v in said.items() if v not in (None, "", "-")})


def of_said(number: int, record: str, said: Mapping[str, Any]) -> Line | None:
    """Return the request of which this is said, by the keys of `_NAMES`; only what is known.

    None if path or status are missing.
    """
    status = str(said.get("status", ""))
    method, path = request_line(str(said.get("path", "")))
    if not path.startswith(("/", "http")) or not re.fullmatch("[1-5][0-9]{2}", status, re.A):
        return None
    query = str(said.get("query", ""))
    if query and "?" not in path:
        path = f"{path}?{query.removeprefix('?')}"
    time = said.get("time", "")
    if "date" in said and re.fullmatch(r"[0-9:.]+", str(time)):
        time = f"{said['date']} {time}"
    return Line(
        number,
        record,
        path,
        int(status),
        plain_ip(str(said.get("ip", ""))),
        str(said.get("method") or method or "GET"),
        decoded_agent(str(said.get("agent", ""))),
        point_in_time(time),
        _signals(record),
    )


def request_line(text: str) -> tuple[str, str]:
    """Return method and path of `GET /r/1 HTTP/1.1`, or of a path alone."""
    found = re.match(r"(?:([A-Z]+) )?(\S*)", text)
    return (found[1] or "", found[2]) if found else ("", "")


def decoded_agent(agent: str) -> str:
    """Return a user agent whose blanks a format writes as `+` or `%20`."""
    if " " in agent:
        return agent
    return unquote(agent.replace("+", " ")) if re.search(r"/\S*(?:\+|%20|%2520)", agent) else agent


def _of_pairs(number: int, record: str, short: str) -> Line | None:
    """The request in a line of `name=value`, as routers and some formats of one's own write it."""
    if short.count("=") < 3:
        return None
    pairs = islice(_PAIR.finditer(short), MOST_VALUES)
    values = {pair[1]: pair[2].strip('"') for pair in pairs}
    return of_values(number, record, values)


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
