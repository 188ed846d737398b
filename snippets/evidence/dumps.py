"""Requests copied with their headers: from a browser's developer tools, or `curl -v`."""

import re
from dataclasses import replace

from .logs import LONGEST_LINE, MOST_LINES, Line
from .messages import point_in_time

_REQUEST = re.compile(r"(?P<method>GET|HEAD|POST) (?P<path>\S+) HTTP/[0-9.]+$")
_STATUS = re.compile(r"HTTP/[0-9.]+ (?P<status>[0-9]{3})\b")
_FIELD = re.compile(r"(?P<name>[!-9;-~]{1,100}):[ \t]*(?P<value>.*)$")
_MARK = re.compile(r"^[<>*] ?")  # of `curl -v`


def is_dump(text: str) -> bool:
    """Whether a text is a request with its headers."""
    return any(_REQUEST.match(_plain(line)) for line in text[:50_000].splitlines()[:200])


def requests(text: str) -> list[Line]:
    """Return the requests with their headers and those of the answer; status 0 without one."""
    found: list[Line] = []
    for number, raw in enumerate(text.splitlines()[:MOST_LINES], 1):
        line = _plain(raw)
        if match := _REQUEST.match(line):
            found.append(Line(number, raw, match["path"], 0, method=match["method"]))
        elif found and (match := _STATUS.match(line)):
            found[-1] = replace(found[-1], status=int(match["status"]))
        elif found and (match := _FIELD.match(line)):
            found[-1] = _with_field(found[-1], match["name"].lower(), match["value"])
    return found


def _plain(line: str) -> str:
    return _MARK.sub("", line[:LONGEST_LINE]).strip()


def _with_field(line: Line, name: str, value: str) -> Line:
    """The request with one more header: of the answer once that has begun."""
    if not line.status:
        agent = value if name == "user-agent" else line.agent
        return replace(line, agent=agent, headers={**line.headers, name: value})
    line = replace(line, answer={**line.answer, name: value})
    return replace(line, at=point_in_time(value)) if name == "date" else line
