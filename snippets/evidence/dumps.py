"""Requests and responses with their headers: `curl -v`, `curl -IL`, HTTPie, a browser's tools."""

import re
import shlex
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from . import panels
from .line import Line
from .messages import point_in_time as date_of_header
from .times import point_in_time

MOST_LINES = 20_000
_COMMAND = re.compile(
    r"(?:\$?[ \t]*(?:curl|wget)\b.{0,2000}?"
    r"|(?:await )?fetch\([\"']|Invoke-WebRequest .{0,200}?[\"'])"
    r"(?P<url>https?://[^\s\"']+)"
)
_PROMPT = r"(?:[\w.-]{1,60}@[^\s$#%]{1,200}[$#%]|[$#%❯➜])?[ \t]*"
# HTTPie, and xh, which is like it; behind the name its options, a method, an address, headers.
_HTTPIE = re.compile(rf"{_PROMPT}(?P<name>https?|xhs?)[ \t]+(?P<rest>\S.*)$")
_ADDRESS = re.compile(r"https?://\S|[\w-]+(?:\.[\w-]+)+(?::[0-9]+)?/")
_ITEM = re.compile(r"(?P<name>[A-Za-z][\w-]{0,100}):(?!=)(?P<value>.*)")
# What a browser copies as a command: the headers of its request, each an option.
_OPTION = re.compile(
    r"(?:^|\s)(?:-H|--header)[ =]\^?(?P<quote>[\"'])(?P<name>[!-9;-~]{1,100}):[ \t]*"
    r"(?P<value>.{0,2000}?)\^?(?P=quote)"
)
_REQUEST = re.compile(
    r"(?P<method>GET|HEAD|POST) (?P<path>\S+(?= HTTP/)|https?://\S+$)(?: HTTP/[0-9.]+)?$"
)
# The labels of browsers' tools, in the languages of the guide.
_OF_REQUEST = r"(?:de (?:la )?(?:requête|demande|solicitud|petición)|d[ao] (?:solicitação|pedido))"
_REQUEST_URL = re.compile(
    rf"(?:(?:Request |An(?:frage|forderungs)-?)?URL|URL {_OF_REQUEST})[ \u00a0\u202f]?:?[ \t]*"
    r"(?P<path>https?://\S+)$",
    re.I,
)
_METHOD = re.compile(
    rf"(?:Request Method|An(?:frage|forderungs)-?methode|M[eé]thode(?: {_OF_REQUEST})?"
    rf"|Método(?: {_OF_REQUEST})?)[ \u00a0\u202f]?:?[ \t]*(?P<method>[A-Z]+)$",
    re.I,
)
_PROPERTY = re.compile(  # of `fetch`, of PowerShell
    r"\"(?P<name>[\w-]{1,100})\"(?::\s*|=)\"(?P<value>[^\"]{0,2000})\""
)
_SIGNALS = {"dnt", "sec-gpc", "sec-purpose"}
_REASONS = (  # what stands behind a status, where nothing stands before it
    "OK|No Content|Moved Permanently|Found|See Other|Not Modified|Temporary Redirect"
    "|Bad Request|Unauthorized|Forbidden|Not Found|Gone|Too Many Requests"
    "|Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time-?out"
)
_STATUS = re.compile(
    r"(?:(?:HTTP/[0-9.]+|(?:Status[ -]?(?:Code)?|Code d['’]état|Code (?:de )?statut|Statut|État"
    r"|Código de (?:estado|status)|Estado)[ \u00a0\u202f]?:?)"
    r"[ \t]+(?=[2-5][0-9]{2}\b(?!.*established))"
    rf"|(?=[2-5][0-9]{{2}} (?:{_REASONS})$))(?P<status>[2-5][0-9]{{2}})\b",
    re.I,
)
_SECTION = re.compile(r"(?P<side>Request|Response)(?: headers?)?(?: \(.*\))?:?$", re.I)
_FIELD = re.compile(r"(?P<name>:?[!-9;-~]{1,100}):[ \t]*(?P<value>.*)$")


def is_dump(text: str) -> bool:
    """Whether a text is a request or a response with its headers."""
    lines = [line for _, _, line in islice(panels.lines(text[:50_000]), 500)]
    if any(_REQUEST.match(line) for line in lines):
        return True
    has_answer = any(_STATUS.match(line) for line in lines)
    is_asked = any(map(command_in, lines))
    if is_asked and is_from_browser(lines):
        return True
    asked = is_asked or any(map(_REQUEST_URL.match, lines))
    return has_answer and (asked or _is_response(lines))


def is_from_browser(lines: list[str]) -> bool:
    """Whether the options of a command are the headers that a browser sends."""
    names = {name for line in lines for name in headers_in(line)}
    return {"user-agent", "accept-language"} <= names or bool(names & _SIGNALS)


def _is_response(lines: list[str]) -> bool:
    """Whether nothing but the headers of a response was given."""
    full = [line for line in lines if line]
    fields = sum(_FIELD.match(line) is not None for line in full)
    return bool(full) and _STATUS.match(full[0]) is not None and fields * 2 >= len(full) - 1 > 0


def requests(text: str) -> list[Line]:
    """Return the requests with their headers and those of the answer; status 0 without one.

    An answer whose request isn't shown belongs to the address of the command, or to the one that
    the answer before it named; its path is "" where neither is known.
    """
    dump = _Dump()
    for number, raw, line in islice(panels.lines(text), MOST_LINES):
        dump.feed(number, raw, line)
    return dump.end()


def headers_in(line: str) -> dict[str, str]:
    """Return the headers that a line of a command adds, names in lower case."""
    found = [*_OPTION.finditer(line), *_PROPERTY.finditer(line)]
    return {header["name"].lower(): header["value"] for header in found}


class Command(NamedTuple):
    """What a command asks for, and with which headers, names in lower case."""

    url: str
    method: str
    headers: Mapping[str, str]


def command_in(line: str) -> Command | None:
    """Return what a command of `curl`, a browser or HTTPie asks for, None for any other line."""
    found = _COMMAND.match(_OPTION.sub(" ", line))  # a header may hold an address, too
    if not found:
        return httpie(line)
    is_head = re.search(r" -[a-zA-Z]*I|--head\b", line)
    return Command(found["url"], "HEAD" if is_head else "GET", headers_in(line))


def httpie(line: str) -> Command | None:
    """Return what a command of HTTPie asks for, None for any other line.

    Where the address lacks its scheme, the name of the command says it.
    """
    found = _HTTPIE.match(line)
    try:
        words = shlex.split(found["rest"].rstrip("\\")) if found else []
    except ValueError:  # a quotation mark is missing
        words = found["rest"].split() if found else []
    at = next((at for at, word in enumerate(words) if _ADDRESS.match(word)), None)
    if found is None or at is None:
        return None
    scheme = "https" if found["name"] in ("https", "xhs") else "http"
    url = words[at] if "://" in words[at] else f"{scheme}://{words[at]}"
    method = next((word for word in words[:at] if word in ("GET", "HEAD", "POST")), "GET")
    items = filter(None, map(_ITEM.fullmatch, words[at + 1 :]))
    return Command(url, method, {item["name"].lower(): item["value"] for item in items})


class _Dump:
    """What was read of a dump so far: the requests, and whose headers are being read."""

    def __init__(self) -> None:
        self.found: list[Line] = []
        self._next = ""  # the address that the next answer without a request belongs to
        self._shown = ""
        self._begins = 0  # the line of the command
        self._method = "GET"
        self._options = dict[str, str]()  # headers that the command sends
        self._is_answer = False  # no header is read before a request or an answer

    def feed(self, number: int, raw: str, line: str) -> None:
        """Read one line."""
        if command := command_in(line):
            self._unanswered()
            self._next, self._shown, self._begins = command.url, line, number
            self._method, self._options = command.method, dict(command.headers)
        elif match := _REQUEST.match(line) or _REQUEST_URL.match(line):
            method = match.groupdict().get("method") or "GET"
            path = self._next if self._is_led_to(match["path"]) else match["path"]
            self.found.append(Line(number, raw, path, 0, method=method))
            self._is_answer = False
        elif match := _STATUS.match(line):
            self._answer(number, line, int(match["status"]))
        elif self._shown and (options := headers_in(line)):
            self._options |= options
        elif self.found:
            self._within(line)

    def end(self) -> list[Line]:
        """Return the requests; the last one too, if its command is that of a browser."""
        self._unanswered()
        return self.found

    def _is_led_to(self, path: str) -> bool:
        """Whether the answer above led to this path, whose host stands in the headers below."""
        return not self._shown and path.startswith("/") and self._next.endswith(path)

    def _unanswered(self) -> None:
        """Take in the command of a browser that shows no answer: people copy several of them."""
        if self._shown and ("user-agent" in self._options or _SIGNALS & self._options.keys()):
            self.found.append(self._asked(self._begins, self._shown))
            self._shown, self._options = "", {}

    def _asked(self, number: int, shown: str) -> Line:
        headers, agent = self._options, self._options.get("user-agent", "")
        return Line(number, shown, self._next, 0, "", self._method, agent, headers=headers)

    def _answer(self, number: int, line: str, status: int) -> None:
        if not self.found or self.found[-1].status:
            shown = f"{self._shown} → {line}" if self._shown else line
            self.found.append(self._asked(number, shown))
        self.found[-1] = replace(self.found[-1], status=status)
        self._next, self._shown, self._options, self._is_answer = "", "", {}, True

    def _within(self, line: str) -> None:
        last = self.found[-1]
        if match := _METHOD.match(line):
            self.found[-1] = replace(last, method=match["method"])
        elif match := _SECTION.match(line):
            self._is_answer = match["side"].lower() == "response"
        elif match := _FIELD.match(line):
            self._field(last, match["name"].lower(), match["value"])

    def _field(self, line: Line, name: str, value: str) -> None:
        is_left = name in _SIGNALS or (name == "user-agent" and not line.agent)
        if not self._is_answer or is_left:  # panels show the status before the headers
            agent = value if name == "user-agent" else line.agent
            self.found[-1] = replace(line, agent=agent, headers={**line.headers, name: value})
            return
        at = (date_of_header(value) or point_in_time(value)) if name == "date" else line.at
        self.found[-1] = replace(line, at=at, answer={**line.answer, name: value})
        self._next = value if name == "location" else self._next
