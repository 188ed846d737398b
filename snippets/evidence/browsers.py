"""What a browser's tools copy as JSON, written as the lines that logs and requests have elsewhere.

An export of the network (HAR) holds every page that was loaded; only its requests count. Firefox
copies a request in pieces: its address in parts, a list of headers.
"""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import urlencode

from .line import Line
from .objects import as_dict, named
from .times import point_in_time

MOST = 200  # pieces of one paste
MOST_BROKEN = 5  # beginnings that turn out to be none: each is read up to where it breaks
SIGNS = ('"startedDateTime"', '"filename"', '"headers"')
_BEGINS = re.compile(r"(?m)^[ \t]*(?=\{)")
# Each entry of an export has its time, at the beginning or behind a few values of its own.
_ENTRY = re.compile(r"(?<!\\)\"startedDateTime\"\s*:")
METHODS = ("GET", "HEAD", "POST")
ASKED = {"host", "user-agent", "accept"}  # one of them has each request, and no answer


class Piece(NamedTuple):
    """An object of JSON at the beginning of a line: from where to where it goes, and its data."""

    start: int
    end: int
    data: Mapping[str, Any]


def as_lines(text: str) -> str | None:
    """Return a text with what a browser copied as lines, each as near as it can be to its own.

    None if there is nothing of the kind.
    """
    if not any(sign in text for sign in SIGNS):
        return None
    out, at = "", 0
    for piece in islice(pieces(text), MOST):
        shown = text[piece.start : piece.end]
        lines = har(shown, piece.data) or panel(piece.data)
        if lines:
            missing = shown.count("\n") - lines.count("\n")
            out += text[at : piece.start] + lines + "\n" * missing
            at = piece.end
    return out + text[at:] if at else None


def pieces(text: str) -> Iterator[Piece]:
    """Yield the objects of JSON that begin a line, the outermost ones."""
    at = broken = 0
    while broken < MOST_BROKEN and (found := _BEGINS.search(text, at)):
        try:
            data, at = json.JSONDecoder().raw_decode(text, found.end())
        except (ValueError, RecursionError):
            at, broken = found.end() + 1, broken + 1
        else:
            yield Piece(found.end(), at, data)


def har(text: str, data: Mapping[str, Any]) -> str:
    """Return the entries of an export, each on the line where it begins, "" for others."""
    entries = as_dict(data.get("log")).get("entries")
    entries = [as_dict(entry) for entry in entries] if isinstance(entries, list) else []
    starts = [found.start() for found in _ENTRY.finditer(text)][-len(entries) :]
    lines, end = list[str](), 0
    for entry, start in zip(entries, starts, strict=False):
        begins = text.rfind("{", 0, start)
        below = text.count("\n", end, begins)
        lines += [""] * (below - 1 if lines else below) + [json.dumps(shortened(entry))]
        end = begins
    return "\n".join(lines)


def shortened(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry without what was loaded, which may be long."""
    asked, answer = as_dict(entry.get("request")), as_dict(entry.get("response"))
    return {
        "startedDateTime": entry.get("startedDateTime"),
        "request": {name: asked.get(name) for name in ("method", "url", "headers")},
        "response": {name: answer.get(name) for name in ("status", "headers")},
    }


def panel(data: Mapping[str, Any]) -> str:
    """Return a request of Firefox's panel, or its headers, as lines of HTTP, "" for others."""
    found = [line for name, value in data.items() for line in of_part(name, as_dict(value))]
    return "\n".join(found)


def of_part(name: str, part: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of what Firefox calls by a method, or by whose headers they are."""
    if name in METHODS and {"scheme", "host", "filename"} <= part.keys():
        query = urlencode(as_dict(part.get("query")), doseq=True)
        place = f"{part['scheme']}://{part['host']}{part['filename']}"
        yield f"{name} {place}{'?' if query else ''}{query}"
    elif part.keys() == {"headers"} and (headers := named(part["headers"])):
        yield "Request headers" if ASKED & headers.keys() else "Response headers"
        yield from (f"{header}: {value}" for header, value in headers.items())


def requests_of_har(number: int, record: str, entries: Any) -> Iterator[Line]:
    """Yield the requests that a browser's tools save as HAR, with their headers."""
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
