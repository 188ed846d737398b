"""From which site Mautic's tracking is asked for, and which answers a browser keeps from it.

An origin is scheme, host and port: what `cors_valid_domains` lists, and a browser compares.
"""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple
from urllib.parse import urlsplit

from .asserted import is_asserted
from .facts import Facts, Visit
from .kinds import AddressKind, SourceKind
from .sources import Quote, Source

LARGEST = 200_000  # characters in which the words of a browser are looked for
EVENT, FALLBACK = "/mtc/event", "/mtracking.gif"
PORTS = {"http": 80, "https": 443}
# What Chrome, Firefox and Safari say, in the languages in which people paste it.
REFUSED = re.compile(
    r"blocked by CORS policy|\bCORS error\b|Cross-Origin Request|multiorigine|Same[- ]Origin Policy"
    r"|Quellübergreifende|origen cruzado|cross-origin bloqueada|access control checks"
    r"|not allowed by Access-Control-Allow-Origin"
    r"|origin '[^']*' is therefore not allowed access",
    re.I,
)
FROM = re.compile(r"\borigin '?(?P<origin>https?://[^\s'\"/]+)", re.I)
TRACKING = re.compile(r"/mtc(?:/|\.js\b|\b(?!\.))|/mtracking\.gif")
FAILED = re.compile(r"(?<![\d.:])(?:40[0-9]|429|50[0-4])(?![\d.])")
# The page that asked, as the formats of logs have it: behind the size, or with its name.
REFERER = re.compile(
    r"\" [1-5][0-9]{2} \S+ \"(?P<behind>https?://[^\"\s]+)\""
    r"|(?i:referr?er)\"?\s*[:=]\s*\[?\"?(?P<named>https?://[^\"\s]+)"
)


class Kept(NamedTuple):
    """What shows that a browser kept an answer from a page, and the page's origin, "" if unknown.

    `is_failure` says that the server refused as well: then there was no answer to keep.
    """

    quote: Quote
    origin: str
    is_failure: bool = False


def origin_of(url: str) -> str:
    """Return the origin of a URL as a browser sends it, "" if it has none."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in PORTS or not parts.hostname:
        return ""
    is_usual = port in (None, PORTS[parts.scheme])
    return f"{parts.scheme}://{parts.hostname}" + ("" if is_usual else f":{port}")


def asked_from(visit: Visit) -> str:
    """Return the origin of the page that made a request, "" if nothing tells."""
    headers = visit.line.headers
    said = headers.get("origin") or headers.get("referer", "")
    found = None if said else REFERER.search(visit.line.text.replace('\\"', '"'))
    return origin_of(said or (found["behind"] or found["named"] if found else ""))


def is_listed(origin: str, entries: tuple[str, ...]) -> bool:
    """Whether a list of domains has an origin; an entry may have a `*`."""
    return any(fnmatchcase(origin, entry.strip().lower()) for entry in entries)


def kept_answers(facts: Facts) -> list[Kept]:
    """Return what shows that a page could not read an answer of `/mtc/event`."""
    said = [kept for source in facts.sources for kept in said_by_browser(source)]
    visits = [v for v in facts.visits if v.address.kind == AddressKind.PAGE_HIT]
    return [*said, *without_permission(visits), *only_preflights(visits)]


def said_by_browser(source: Source) -> Iterator[Kept]:
    """Yield what a browser's console says of an answer that it keeps."""
    if source.mail or source.kind == SourceKind.SETTINGS:
        return
    lines = source.text[:LARGEST].split("\n")
    is_failure = any(FAILED.search(line.partition(EVENT)[2]) for line in lines)
    for at, line in enumerate(lines):
        near = lines[at] if "://" in FROM.sub("", line) else "".join(lines[max(at - 1, 0) : at + 2])
        refused = REFUSED.search(line) if TRACKING.search(near) else None
        if refused and is_asserted(line, refused.start(), refused.end()):
            origin = FROM.search(line)
            quote = Quote(line.strip(), source.name, at + 1)
            yield Kept(quote, origin_of(origin["origin"]) if origin else "", is_failure)


def without_permission(visits: list[Visit]) -> Iterator[Kept]:
    """Yield the answers, with their headers, that don't permit the origin that asked."""
    for visit in visits:
        asked, answer = visit.line.headers.get("origin", ""), visit.line.answer
        is_read = bool(answer) and 0 < visit.line.status < 400 and EVENT in visit.line.path
        if asked and is_read and answer.get("access-control-allow-origin", "") != asked:
            yield Kept(visit.quote, origin_of(asked))


def only_preflights(visits: list[Visit]) -> Iterator[Kept]:
    """Yield the image loaded by a site whose browsers asked for leave, and sent no visit then."""
    events = [v for v in visits if EVENT in v.line.path and v.line.status < 400]
    sent = {asked_from(v) for v in events if v.line.method == "POST" and v.line.status}
    asked = {asked_from(v) for v in events if v.line.method == "OPTIONS"}
    for visit in visits:
        if FALLBACK in visit.line.path and asked_from(visit) in asked - sent - {""}:
            yield Kept(visit.quote, asked_from(visit))
