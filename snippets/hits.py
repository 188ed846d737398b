"""Does this request count as an open or a click? Who is filtered, by release."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import ip_address, ip_network
from pathlib import Path

from . import releases

BROWSER = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Safari/537.36"
)


@dataclass(frozen=True)
class Request:
    """A request for the pixel or a tracked link, and the settings that judge it.

    `headers` are HTTP headers by name; `seconds_after_send` is whole seconds since the mail was
    sent, None if unknown; `queued` whether an asynchronous queue records it (V9).
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
    ratio_ips: tuple[str, ...] = ()
    ratio_agents: tuple[str, ...] | None = None
    ratio_seconds: int = 2
    ratio_threshold: float = 0.6


@dataclass(frozen=True)
class Verdict:
    """Whether a request counts; `reason` is the id of what drops it, or "counted"."""

    counted: bool
    reason: str = "counted"


@lru_cache
def bots() -> dict[str, list[str]]:
    """Return the lists of user agents: an excerpt of Mautic's and of Matomo's."""
    lists: dict[str, list[str]] = json.loads(
        Path(__file__).with_name("bots.json").read_text("utf-8")
    )
    return lists


# --8<-- [start:open]
def open_counts(request: Request, release: str | releases.Release = releases.DEFAULT) -> Verdict:
    """Return whether a request for the pixel counts as an open (P16, V1, V9).

    Up to 5.2 nothing drops an open; a login to Mautic never does.
    """
    known = releases.find(release)
    if not known.has("opens-filtered"):
        return Verdict(True)
    if not request.queued:
        reason = why_excluded(request, known) or why_private(request, known)
        if reason:
            return Verdict(False, reason)
    return by_ratio(request, known)


# --8<-- [end:open]


# --8<-- [start:click]
def click_counts(request: Request, release: str | releases.Release = releases.DEFAULT) -> Verdict:
    """Return whether a request for a tracked link counts as a click (L1, V2, V8, V10)."""
    known = releases.find(release)
    if request.logged_in:
        return Verdict(False, "admin-logged-in")
    if request.blocked_cookie and known.has("blocked-tracking-cookie"):
        return Verdict(False, "blocked-fifteen-seconds")
    reason = why_excluded(request, known) or why_private(request, known)
    return Verdict(False, reason) if reason else by_ratio(request, known)


# --8<-- [end:click]


# --8<-- [start:excluded]
def why_excluded(request: Request, release: releases.Release) -> str | None:
    """Return why an address or a user agent is excluded, None if it isn't (L5b, V1, V5)."""
    if any(is_excluded(request.ip, entry) for entry in request.excluded_ips):
        return "excluded-ip"
    listed = [*bots()["mautic"], *request.excluded_agents]
    if any(entry in request.user_agent for entry in listed):
        return "listed-bot"
    if release.has("matomo-bots") and is_matomo_bot(request.user_agent):
        return "matomo-bot"
    return None


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


def is_matomo_bot(user_agent: str) -> bool:
    """Whether Matomo's list, of which we know an excerpt, takes this for a bot (V5, V6)."""
    return any(entry in user_agent for entry in bots()["matomo"])


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
    agents = bots()["ratio"] if request.ratio_agents is None else request.ratio_agents
    listed = any(entry in request.user_agent for entry in agents)
    if release.has("ratio-uses-matomo"):
        listed = listed or is_matomo_bot(request.user_agent)
    signals = [request.seconds_after_send < request.ratio_seconds]
    signals += [request.ip in request.ratio_ips, listed]
    is_bot = sum(signals) / len(signals) >= request.ratio_threshold
    return Verdict(False, "bot-ratio") if is_bot else Verdict(True)


# --8<-- [end:ratio]
