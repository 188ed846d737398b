"""Log formats of one's own, told above their lines: nginx's `log_format`, Apache's `LogFormat`.

Such a format names what stands in each place of a line, so that nothing has to be guessed. HAProxy
has one format; which headers it captured its configuration tells.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from . import captures
from .formats import of_said, requests_of
from .line import Line

LONGEST = 4_000  # characters of a format; long ones have some 1 500
MOST = 20  # formats of one paste; a server's whole configuration has a few
AGENT = "asked:user-agent"
AGENT_ALONE = r"\S.{0,500}?"  # where only blanks end it
BEFORE = r".{0,200}?"  # what `grep`, `syslog` or a quotation puts before a line
MARKS = ("log_format", "LogFormat", "CustomLog", "GlobalLog", *captures.MARKS)
_NGINX = re.compile(r"(?<![\w-])log_format[ \t]+[\w-]+(?P<format>.*)")
_APACHE = re.compile(r"(?<!\w)(?:LogFormat|(?:Custom|Global)Log[ \t]+\S+)[ \t]+(?P<format>\".*)")
# A line of nginx's format, whatever stands before it: a string with a value, or one of signs.
_GOES_ON = re.compile(rf"{BEFORE}(?:['\"][^'\"]*\$\w|'[^'\w]{{0,9}}'|;[ \t]*$)")
_STRING = re.compile(r"'((?:[^'\\]|\\.)*+)'|\"((?:[^\"\\]|\\.)*+)\"")
# What stands for a value: `$status`; `%>s`, `%{User-Agent}i`, `%!200,304{Referer}i`.
_VARIABLE = re.compile(r"\$\{?(?:(?P<side>http|sent_http|upstream_http)_)?(?P<name>\w+)\}?")
_DIRECTIVE = re.compile(r"%[!,0-9]*[<>]?(?:\{(?P<name>[^}]*)\})?(?P<side>[a-zA-Z%])")
# What that is, by the names of `of_said`; headers go by their own names.
MEANT = {
    **dict.fromkeys(("remote_addr", "realip_remote_addr", "proxy_protocol_addr"), "ip"),
    **dict.fromkeys(("time_local", "time_iso8601", "msec"), "time"),
    **{"request": "request", "request_method": "method", "status": "status"},
    **dict.fromkeys(("uri", "document_uri"), "uri"),  # nginx's may be `/index.php` by then
    **{"request_uri": "path", "args": "query", "query_string": "query"},
    **{"h": "ip", "a": "ip", "t": "time", "r": "request", "m": "method", "s": "status"},
    **{"U": "uri", "q": "query", "is_args": "sign"},
    **dict.fromkeys(("host", "server_name", "v", "V"), "host"),
}
SIDES = {"http": "asked:", "sent_http": "answer:", "upstream_http": "answer:"}
SIDES |= {"i": "asked:", "o": "answer:"}
# The forms of values that may hold the sign behind them; all others end where that stands.
_HOST = r"[\w.:-]*"
SHAPES = {
    **{"host": _HOST, "asked:host": _HOST, "sign": r"\??"},
    "asked:x-forwarded-for": r"[\w.:-]*(?:, ?[\w.:-]+)*",
    "ip": r"[\w.:-]{1,200}",
    "method": r"[A-Z]{3,10}",
    "query": r"\?[^\s\"]*|[^\s\"?]*",
    "request": r"[A-Z]{3,10} [^\s\"]+(?: HTTP/[0-9.]+)?",
    "status": r"[1-5][0-9]{2}(?![0-9])",
    "time": r"\[[^\]]{5,40}\]|[^\s\"\]|,;]{9,40}(?: [+-][0-9]{4})?",
    "uri": r"[^\s\"?]*",
}


class Layout(NamedTuple):
    """A format: the pattern of its lines, and what stands in each of their places."""

    pattern: re.Pattern[str]
    keys: tuple[str, ...]

    def read(self, number: int, text: str) -> Line | None:
        """Return the request that a line in this format tells of, None for any other line."""
        found = self.pattern.match(text)
        if found is None:
            return None
        places = [*zip(self.keys, found.groups(), strict=True)]
        # The first of several: who asked stands before whom a proxy names.
        said = {key: v.strip("[]") for key, v in reversed(places) if v not in ("", "-")}
        said["agent"] = said.pop(AGENT, "")
        asked, answer = under("asked:", said), under("answer:", said)
        said["path"] = said.get("request") or said.get("path") or said.get("uri", "")
        said["ip"] = said.get("ip") or asked.get("x-forwarded-for", "").partition(",")[0]
        line = of_said(number, text, said)
        return replace(line, headers=asked, answer=answer) if line else None


def under(side: str, said: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of the request, or those of the answer, by their names."""
    return {key.removeprefix(side): said[key] for key in said if key.startswith(side)}


def layout(written: str, value: re.Pattern[str]) -> Layout | None:
    """Return the format that is written with such values, None if no request can be told by it."""
    found = [*value.finditer(written)]
    keys = tuple(map(key_of, found))
    if "status" not in keys or not {"request", "path", "uri"} & set(keys):
        return None
    ends = [0, *(place.end() for place in found)]
    starts = [*(place.start() for place in found), len(written)]
    between = [written[end:start] for end, start in zip(ends, starts, strict=True)]
    body = BEFORE + literal(between[0])
    for at, (place, behind) in enumerate(zip(found, between[1:], strict=True)):
        # A user agent has blanks itself; of one that is told again they end it.
        is_free = keys[at] == AGENT and AGENT not in keys[:at] and behind.strip() == ""
        body += f"({AGENT_ALONE if is_free else shape(place, behind)}){literal(behind)}"
    return Layout(re.compile(f"{body}$" if AGENT_ALONE in body else body), keys)


def literal(text: str) -> str:
    """Return the pattern of what stands between values; blanks may be more."""
    return re.sub(r"(?:\\ )+", r"[ \\t]+", re.escape(text))


def key_of(value: re.Match[str]) -> str:
    """Return what a value of a format tells, "" for what nobody asks for."""
    side, name = value["side"] or "", value["name"] or ""
    if side in SIDES:
        return SIDES[side] + name.lower().replace("_", "-")
    return MEANT.get(name if value.re is _VARIABLE else side, "")


def shape(value: re.Match[str], behind: str) -> str:
    """Return the pattern of a value, by what it is or by the sign that stands behind it."""
    key, blanks = key_of(value), (value["name"] or "").count(" ")
    if behind[:1] == '"' and key != "request":
        pattern = r"(?:[^\"\\]|\\.)*"
    elif key == "ip" and behind[:1] == ":":  # and its port
        pattern = r"[\w.-]+"
    elif key == "time" and blanks:  # `%{%Y-%m-%d %H:%M:%S}t`
        pattern = r"\S{1,40}" + r" \S{1,40}" * blanks
    elif key in SHAPES:
        pattern = SHAPES[key]
    else:
        pattern = rf"[^{re.escape(behind[0])}]*" if behind.strip(" ") else r"\S*"
    return f"(?>{pattern})"


class Layouts:
    """The formats that a text has told so far; `take` its lines in order, and `read` all others."""

    def __init__(self) -> None:
        self._known: list[Layout] = []
        self._captures = captures.Captures()
        self._told = ""  # of a format of nginx, which may go on in the next line

    @property
    def is_within(self) -> bool:
        """Whether a format has begun that may go on in the next line."""
        return bool(self._told)

    def take(self, line: str) -> bool:
        """Take in a line that tells a format, or goes on with one; False for any other line."""
        if not self._told and not any(mark in line for mark in MARKS):  # nearly always
            return False
        if self._told and _GOES_ON.match(line):
            self._told += line
        else:
            self._learn(self._told, _VARIABLE)
            nginx, apache = _NGINX.search(line), _APACHE.search(line)
            self._told = f" {nginx['format']}" if nginx else ""
            if not nginx and not apache:
                return self._captures.take(line)
            if apache:
                self._learn(apache["format"], _DIRECTIVE)
        if ";" in _STRING.sub("", self._told) or len(self._told) > LONGEST:
            self._learn(self._told, _VARIABLE)
            self._told = ""
        return True

    def _learn(self, told: str, value: re.Pattern[str]) -> None:
        """Keep a format; nginx puts its strings together, of Apache's only the first is one."""
        strings = ["".join(pieces) for pieces in _STRING.findall(told[:LONGEST])]
        written = "".join(strings if value is _VARIABLE else strings[:1])
        written = re.sub(r"\\(.)", lambda sign: "\t" if sign[1] == "t" else sign[1], written)
        found = layout(written, value) if len(self._known) < MOST else None
        self._known += [found] if found else []

    def read(self, number: int, line: str) -> Line | None:
        """Return the request that a line tells of in one of the formats, None if it is in none."""
        if not self._known and not self._captures.are_told:  # nearly always
            return None
        if captured := self._captures.read(line):
            return next(
                (with_headers(found, captured) for found in requests_of(number, line)), None
            )
        lines = (known.read(number, line) for known in self._known)
        return next((found for found in lines if found), None)


def with_headers(line: Line, captured: Mapping[str, Mapping[str, str]]) -> Line:
    """Return a request with the headers that were captured of both sides."""
    asked, answer = captured.get("request", {}), captured.get("response", {})
    agent = asked.get("user-agent", "")
    return replace(line, agent=agent, headers={**line.headers, **asked}, answer=answer)
