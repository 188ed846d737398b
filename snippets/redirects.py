"""The tracked link a reader gets, and what Mautic answers when it is clicked."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, quote_plus

from . import releases, routes
from .clickthrough import BadClickthrough, decode, encode
from .judging import decode_ampersands
from .platform import query as queries
from .platform.address import UnreadableAddress, split
from .platform.text import to_bytes

BASE = "https://mautic.example.com"


# --8<-- [start:tracked-url]
def tracked_url(
    redirect_id: str,
    clickthrough: Mapping[str, Any] | None = None,
    utm: Mapping[str, str | None] | None = None,
    base: str = BASE,
    release: str | releases.Release = releases.DEFAULT,
) -> str:
    """Return the address that stands in the mail: `…/r/ID?ct=…&utm_…` (R50, R54)."""
    releases.find(release)  # the form is the same in all of them
    url = routes.build("tracked", base, redirect=redirect_id)
    if clickthrough:
        url = queries.append(url, "ct=" + encode(clickthrough))
    return queries.append(url, utm_query(utm)) if utm else url


# --8<-- [end:tracked-url]


# --8<-- [start:utm]
def utm_query(tags: Mapping[str, str | None]) -> str:
    """Return UTM tags as a query: `utmSource` becomes `utm_source`, None is left out (R54)."""
    return queries.written({name.lower().replace("utm", "utm_"): tags[name] for name in tags})


# --8<-- [end:utm]


# --8<-- [start:channel]
def with_channel(clickthrough: Mapping[str, Any], channel: str, channel_id: int) -> dict[str, Any]:
    """Return the data with the channel the redirect was recorded for, if it has none (R51)."""
    data = dict(clickthrough)
    if data.get("channel") is None:
        data["channel"] = {channel: channel_id}
    return data


# --8<-- [end:channel]


def shortened(url: str, service: Callable[[str], str | None] | None) -> str:
    """Return what a shortener makes of the tracked address; without one, the address (R56)."""
    return (service(url) if service else None) or url


@dataclass(frozen=True)
class Click:
    """What a click answers.

    `status` is 302, 404, or 500 for an error page; `counted` whether a hit is recorded;
    `blocked_for` the seconds during which this browser isn't tracked any more (V10).
    """

    status: int
    location: str | None
    counted: bool
    blocked_for: int = 0


# --8<-- [start:click]
def click(
    url: str,
    query: str = "",
    contact: Mapping[str, str] | None = None,
    release: str | releases.Release = releases.DEFAULT,
    *,
    found: bool = True,
    trackable: bool = True,
    dropped: bool = False,
    asset: bool | None = None,
) -> Click:
    """Return what the click on a tracked link answers.

    `url` is the recorded address, `query` what stood behind the `?` of the link, `contact` the
    fields of the contact; `found` is False for an unknown id, `trackable` False for an excluded
    address or listed bot, `dropped` True where another filter drops the hit (hits.click_counts),
    `asset` True for a download of Mautic's own.
    """
    known, parameters = releases.find(release), queries.read(query_of(query))
    if not found:
        return Click(404, None, False)
    if trackable and breaks(parameters, known):
        return Click(500, None, False)
    counted = trackable and counts(parameters, known)
    target = destination(url, parameters, contact if counted else None, known, asset)
    # The contact's fields were filled in, even if another filter drops the hit (V8).
    return sent_to(target, counted and not dropped, known)


# --8<-- [end:click]


def sent_to(target: str, counted: bool, release: releases.Release) -> Click:
    """Return the answer: a click that isn't recorded blocks the browser for a while (V10)."""
    blocked = 0 if counted or not release.has("blocked-tracking-cookie") else 15
    valid = is_valid(target)
    return Click(302 if valid else 404, target if valid else None, counted, blocked)


def query_of(query: str) -> str:
    """Return a query without its `?` and without a fragment, which no browser sends."""
    return query.removeprefix("?").partition("#")[0]


# --8<-- [start:counts]
def counts(parameters: Mapping[str, Any], release: releases.Release) -> bool:
    """Whether the click has a `ct`: without one the redirect works, but nothing is recorded."""
    if "ct" not in parameters:
        return False
    if parameters["ct"] == "":
        return release.has("empty-ct-counts")
    return (
        parameters["ct"] != "0" or release.has("empty-ct-counts") or release.has("zero-ct-counts")
    )


# --8<-- [end:counts]


# --8<-- [start:breaks]
def breaks(parameters: Mapping[str, Any], release: releases.Release) -> bool:
    """Whether a hostile `ct` ends in an error page instead of a redirect (V42)."""
    try:
        decode(str(parameters.get("ct") or ""))
    except BadClickthrough as error:
        return error.kind == "object" and release.has("hostile-ct-error-page")
    return False


# --8<-- [end:breaks]


# --8<-- [start:destination]
def destination(
    url: str,
    parameters: Mapping[str, Any],
    contact: Mapping[str, str] | None,
    release: releases.Release,
    asset: bool | None = None,
) -> str:
    """Return where the click leads: parameters added, tokens filled in, cleaned (R60 to R64)."""
    url = decode_ampersands(url, release)
    ct = parameters.get("ct")
    kept = dict(parameters)
    if not release.has("ct-to-destination"):
        kept.pop("ct", None)
    if kept:
        url = queries.append(url, queries.written(kept))
    if ct and (asset if asset is not None else routes.beginning("asset") in url):
        url = with_asset_ct(url, str(ct), release)
    return cleaned(filled(url, contact) if contact is not None else url, release)


# --8<-- [end:destination]


# --8<-- [start:asset]
def with_asset_ct(url: str, ct: str, release: releases.Release) -> str:
    """Return the address of a download with `ct` once more; before 7.0 awkwardly (R63)."""
    addition = "ct=" + quote_plus(ct)
    if release.has("asset-ct-appended"):
        return queries.append(url, addition)
    return url + ("&" if "&" in url else "?") + addition


# --8<-- [end:asset]


# --8<-- [start:filled]
TOKEN = re.compile(r"(?:\{|%7B)contactfield=(.*?)(?:\}|%7D)")


def filled(url: str, contact: Mapping[str, str]) -> str:
    """Return the address with the contact's fields in it; `|true` encodes the value (R62)."""

    def value(token: re.Match[str]) -> str:
        name, _, default = token[1].partition("|")
        field, default = contact.get(name) or "", default.partition("|")[0]
        if default == "true":
            return quote_plus(to_bytes(field))
        return field or default

    return TOKEN.sub(value, url)


# --8<-- [end:filled]


# --8<-- [start:cleaned]
def cleaned(url: str, release: releases.Release) -> str:
    """Return the address as the browser is sent to it (R64)."""
    if url in ("", "0") or url.startswith("//"):
        return url
    if not (url.startswith("mailto:") and release.has("mailto-redirect")):
        url = with_scheme(url)
    try:
        address = split(url)
    except UnreadableAddress:
        return url
    if address.path:
        url = url.replace(address.path, address.path.replace(" ", "%20"), 1)
    return with_clean_query(url, address.query, release) if address.query else url


# --8<-- [end:cleaned]


# --8<-- [start:scheme]
def with_scheme(url: str) -> str:
    """Return the address with `http://` in front if it has no `://` (R64)."""
    if url.startswith("://"):
        return "http" + url
    return url if "://" in url else "http://" + url


# --8<-- [end:scheme]


# --8<-- [start:query]
def with_clean_query(url: str, query: str, release: releases.Release) -> str:
    """Return the address with its query read and written again (R64, V43)."""
    clean = clean_query(query, release)
    if not clean:
        return url
    if not release.has("query-after-question-mark"):
        return url.replace(query, clean)
    before, _, after = url.partition("?")
    return before + "?" + after.replace(query, clean, 1)


def clean_query(query: str, release: releases.Release) -> str:
    """Return a query as the release writes it: names changed up to 7.0.0, kept after (V43)."""
    if not release.has("query-names-kept"):
        return queries.written(queries.read(query), plus=not release.has("query-spaces-percent"))
    pairs = queries.as_written(query)
    return queries.joined(
        queries.grouped(pairs, keep_duplicates=release.has("query-duplicates-kept"))
    )


# --8<-- [end:query]

HOST = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)(?:\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*\.?")
IP_6 = re.compile(r"\[[0-9A-Fa-f:.]+\]")
WITHOUT_HOST = ("mailto", "news", "file")


# --8<-- [start:valid]
def is_valid(url: str) -> bool:
    """Whether the browser is sent there at all; else the click is a 404 (R65)."""
    try:
        address = split(url)
    except UnreadableAddress:
        return False
    rest = url.replace(address.path, quote(to_bytes(address.path)), 1) if address.path else url
    if not address.scheme or not re.fullmatch(r"[!-~]*", rest):
        return False
    if address.scheme in ("http", "https"):
        host = address.host or ""
        return bool((HOST.fullmatch(host) and len(host) < 254) or IP_6.fullmatch(host))
    return bool(address.host) or address.scheme in WITHOUT_HOST


# --8<-- [end:valid]
