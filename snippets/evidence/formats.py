"""What one record of a log tells, in whatever format: servers', balancers', clouds', JSON or not.

A record is known by what is in it, not by its program: a request, values with names, or the
complaint of an error log.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any
from urllib.parse import unquote

from . import captures
from .browsers import requests_of_har
from .line import Line, plain_ip
from .objects import MOST_VALUES, flattened, json_in
from .providers import of_event
from .times import point_in_time, time_within

LONGEST_RECORD = 64_000

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
# Privacy headers by the names of many formats: `"DNT: 1"`, `"http_sec_gpc": "1"`, `["1"]`, `gpc=1`;
# `"name": "DNT", "value": "1"` of lists.
_SIGNAL = re.compile(
    r"(?<![a-z-])(dnt|(?:sec[-_])?gpc|sec[-_]purpose|purpose)[\"']?"
    r"(?:,\s*[\"']value[\"'])?\s*[:=]\s*\[?[\"']?([01](?=;)|[^\"'\s,}\]]+)",
    re.I,
)
_SIGNAL_NAMES = ("dnt", "gpc", "purpose")
_IP = re.compile(  # not the time 10:00:02
    r"(?<![\w.])(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}"
    r"|(?=[0-9a-f:]*::|(?:[0-9a-f]{1,4}:){7})[0-9a-f:]{3,39})(?![\w.])"
)
_PAIR = re.compile(r"(?<![\w.])([A-Za-z_][\w.]{0,40})=(\"[^\"]*\"|\S*)")

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
        yield from requests_of_har(number, record, log.get("entries"))
        return
    for each in data if isinstance(data, list) else [data]:
        if not isinstance(each, dict):
            continue
        if "startedDateTime" in each:  # one entry of a HAR
            yield from requests_of_har(number, record, [each])
            continue
        one = of_values(number, record, dict(flattened(each))) or of_event(number, record, each)
        if one:
            yield one
            continue
        texts = (v for v in each.values() if isinstance(v, str) and len(v) > 20)
        inner = (found for text in texts for found in requests_of(number, text) if text != record)
        if found := next(inner, None):
            yield Line(number, record, *(getattr(found, name) for name in _REST))


_REST = ("path", "status", "ip", "method", "agent", "at", "headers", "answer")


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
