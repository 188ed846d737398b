"""Does this request count as an open or a click? Who is filtered, by release."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from typing import NamedTuple

from . import agents, releases

BROWSER = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Safari/537.36"
)


@dataclass(frozen=True)
class Request:
    """A request for the pixel or a tracked link, and the settings that judge it.

    `headers` are HTTP headers by name; `seconds_after_send` is whole seconds since the mail was
    sent, None if unknown; `queued` whether an asynchronous queue records it (V9). The list
    `do_not_track_bots` holds Mautic's default entries, if `default_agents`, and `excluded_agents`.
    """

    user_agent: str = BROWSER
    ip: str = "198.51.100.7"
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    logged_in: bool = False
    blocked_cookie: bool = False
    queued: bool = False
    seconds_after_send: int | None = 3600
    excluded_ips: tuple[str, ...] = ()
    excluded_agents: tuple[str, ...] = ()
    default_agents: bool = True
    ratio_ips: tuple[str, ...] = ()
    ratio_agents: tuple[str, ...] | None = None
    ratio_seconds: int = 2
    ratio_threshold: float = 0.6


@dataclass(frozen=True)
class Verdict:
    """Whether a request counts; `reason` is the id of what drops it, or "counted".

    `entry` is the entry of a list of bots that fits.
    """

    counted: bool
    reason: str = "counted"
    entry: str = field(default="", compare=False)


# --8<-- [start:open]
def open_counts(request: Request, release: str | releases.Release = releases.DEFAULT) -> Verdict:
    """Return whether a request for the pixel counts as an open (P16, V1, V9).

    Up to 5.2 nothing drops an open; a login to Mautic never does.
    """
    known = releases.find(release)
    if not known.has("opens-filtered"):
        return Verdict(True)
    dropped = None if request.queued else why_dropped(request, known)
    return dropped or by_ratio(request, known)


# --8<-- [end:open]


# --8<-- [start:click]
def click_counts(request: Request, release: str | releases.Release = releases.DEFAULT) -> Verdict:
    """Return whether a request for a tracked link counts as a click (L1, V2, V8, V10)."""
    known = releases.find(release)
    if request.logged_in:
        return Verdict(False, "admin-logged-in")
    if request.blocked_cookie and known.has("blocked-tracking-cookie"):
        return Verdict(False, "blocked-fifteen-seconds")
    return why_dropped(request, known) or by_ratio(request, known)


# --8<-- [end:click]


class Row(NamedTuple):
    """What becomes of a user agent in one release: as an open, as a click; how that is known."""

    release: str
    open: Verdict
    click: Verdict
    evidence: releases.Evidence

    @property
    def is_counted(self) -> bool:
        """Whether both count."""
        return self.open.counted and self.click.counted


# --8<-- [start:by-release]
def by_release(user_agent: str) -> list[Row]:
    """Return whether a request with this user agent counts, line by line of the releases.

    Nothing else speaks against it: no login, no excluded address, an hour after the sending.
    """
    request = Request(user_agent=user_agent)
    return [
        Row(name, open_counts(request, name), click_counts(request, name), known.evidence())
        for name, known in ((name, releases.find(name)) for name in releases.LINES)
    ]


# --8<-- [end:by-release]


# --8<-- [start:excluded]
def why_dropped(request: Request, release: releases.Release) -> Verdict | None:
    """Return why an address, a user agent or a header drops a request, None if nothing does.

    Mautic's own list is looked at first, then, from 7.1 on, Matomo's (L5b, V1, V5, V8).
    """
    if any(is_excluded(request.ip, entry) for entry in request.excluded_ips):
        return Verdict(False, "excluded-ip")
    entry = agents.listed(request.user_agent, bots(request))
    if entry:
        return Verdict(False, "listed-bot", entry)
    bot = agents.matomo_bot(request.user_agent) if release.has("matomo-bots") else None
    if bot:
        return Verdict(False, "matomo-bot", agents.name_of(bot, request.user_agent))
    reason = why_private(request, release)
    return Verdict(False, reason) if reason else None


def bots(request: Request) -> list[str]:
    """Return the entries of `do_not_track_bots`; an emptied list stays empty (M8)."""
    default = agents.lists()["mautic"] if request.default_agents else []
    return [*default, *request.excluded_agents]


# --8<-- [end:excluded]


# --8<-- [start:excluded-ip]
def is_excluded(ip: str, entry: str) -> bool:
    """Whether an entry of `do_not_track_ips` fits: a network, or an expression (L5b).

    It may fit anywhere: `10.0.0.1` also excludes `10.0.0.10` and `110.0.0.1`.
    """
    if "/" in entry:
        try:
            return ip_address(ip) in ip_network(entry.strip(), strict=False)
        except ValueError:
            return False
    try:
        return re.search(entry.replace(".", r"\."), ip) is not None
    except re.error:
        return False


# --8<-- [end:excluded-ip]


# --8<-- [start:private]
def why_private(request: Request, release: releases.Release) -> str | None:
    """Return the privacy signal that drops a request from 7.1 on (V8)."""
    if not release.has("privacy-signals"):
        return None
    headers = {name.lower(): value for name, value in request.headers.items()}
    if request.method == "HEAD":
        return "head-request"
    purposes = (headers.get("purpose"), headers.get("sec-purpose"))
    if "prefetch" in purposes or "prerender" in purposes:
        return "prefetch"
    signals = (headers.get("sec-gpc"), headers.get("dnt"))
    return "privacy-signal" if "1" in signals else None


# --8<-- [end:private]


# --8<-- [start:ratio]
def by_ratio(request: Request, release: releases.Release) -> Verdict:
    """Return the verdict of the bot ratio: two of three signals drop the request (V3, V4)."""
    if not release.has("bot-ratio") or request.seconds_after_send is None:
        return Verdict(True)
    own = request.ratio_agents
    entries = agents.lists()["ratio"] if own is None else own
    is_listed = bool(agents.listed(request.user_agent, entries))
    if release.has("ratio-uses-matomo"):
        is_listed = is_listed or agents.matomo_bot(request.user_agent) is not None
    signals = [request.seconds_after_send < request.ratio_seconds]
    signals += [request.ip in request.ratio_ips, is_listed]
    is_bot = sum(signals) / len(signals) >= request.ratio_threshold
    return Verdict(False, "bot-ratio") if is_bot else Verdict(True)


# --8<-- [end:ratio]
