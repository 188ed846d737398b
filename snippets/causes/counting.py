"""It arrives, and is not counted: who is filtered, what waits, what the server answers."""

import re

from .. import hits, routes
from ..evidence.facts import Facts, Place, Quote, Source, Visit
from ..hosts import reach
from ..releases import Release
from . import Finding, answer, finding
from .pixel import gmail_clipping
from .sending import links_off

# Opens of a campaign end in an error, so nothing is recorded (#1999, 2.0.0).
CAMPAIGN_FAULT = re.compile(r"getId\(\) on (?:a non-object|null).*CampaignSubscriber\.php")
MISSING = ("open-missing", "click-missing")
OLDEST = Release((4, 4, 13))


def admin_logged_in(facts: Facts) -> Finding | None:
    """The browser of the test was logged in to Mautic (L1)."""
    in_web_view = [p for p in facts.given if p.address.kind == "web-view"]
    if in_web_view and facts.says("logged-in", "yes"):  # the only open a login hides (L4)
        return finding("admin-logged-in", "sure", *answer(facts, "logged-in"), *in_web_view)
    hidden = not facts.says("symptom", "open-missing", "too-many", "unsubscribe-broken")
    if facts.says("logged-in", "yes") and hidden:
        is_sure = facts.says("symptom", "click-missing", "page-missing")
        shown = answer(facts, "logged-in")
        return finding("admin-logged-in", "sure" if is_sure else "likely", *shown)
    return None


def server_blocks_tracking_url(facts: Facts) -> Finding | None:
    """The web server, a firewall or a proxy answers instead of Mautic (P6)."""
    refused = [visit.quote for visit in facts.visits if is_refused(visit)]
    if refused:
        return finding("server-blocks-tracking-url", "sure", *refused)
    if facts.says("role", "unsubscribe", "destination", "href") or facts.unsubscribes:
        return doubled_slash(facts)
    status = int(facts.answers.get("http-status", "0"))
    if any(place.address.damage for place in facts.given):  # a bad `ct` may be an error page (V42)
        return doubled_slash(facts)
    if status in (401, 403, 405, 406, 429) or status >= 500:
        return finding("server-blocks-tracking-url", "sure", *answer(facts, "http-status"))
    is_pixel = facts.says("role", "pixel") or facts.says("symptom", "open-missing")
    if status == 404 and (is_pixel or facts.pixels):
        return finding("server-blocks-tracking-url", "sure", *answer(facts, "http-status"))
    if status == 404 and facts.says("role", "tracked"):
        return finding("server-blocks-tracking-url", "likely", *answer(facts, "http-status"))
    return doubled_slash(facts)


def is_refused(visit: Visit) -> bool:
    """Whether Mautic itself would never answer like this: a pixel is always 200."""
    kind, status = visit.address.kind, visit.line.status
    if kind == "pixel":
        return status >= 400
    return kind == "tracked" and (status in (401, 403, 405, 406, 429) or status >= 500)


def doubled_slash(facts: Facts) -> Finding | None:
    """The Site URL ends in a slash: `//r/`, which some servers refuse."""
    doubled = [p for p in facts.places if p.address.is_mautic and has_doubled_slash(p.address.url)]
    return finding("server-blocks-tracking-url", "likely", *doubled) if doubled else None


def has_doubled_slash(url: str) -> bool:
    """Whether the path has two slashes in a row before Mautic's own part."""
    path = url.partition("://")[2].partition("?")[0]
    return any(f"/{routes.beginning(name)}" in path for name in ("tracked", "pixel"))


def queue_not_consumed(facts: Facts) -> Finding | None:
    """Hits wait in a queue that nothing empties (K20)."""
    waiting = [q for s in facts.sources for q in hits_waiting(s)]
    if waiting:
        return finding("queue-not-consumed", "likely", *waiting)
    if not facts.says("queue", "async") or facts.says("consumer-running", "yes"):
        return None
    if facts.answers.get("symptom", "open-missing") not in (*MISSING, "page-missing"):
        return None
    shown = answer(facts, "queue", "consumer-running")
    is_sure = facts.says("consumer-running", "no")
    return finding("queue-not-consumed", "sure" if is_sure else "likely", *shown)


def hits_waiting(source: Source) -> list[Quote]:
    """Return the line of `messenger:stats` that counts waiting hits, if there are any."""
    if "Transport" not in source.text:
        return []
    found = re.finditer(r"^[ \t]*hit[ \t]+([1-9][0-9]{0,9})[ \t]*$", source.text, re.M)
    return [Quote(line[0].strip(), source.name) for line in found]


def valid_hits_filtered(facts: Facts) -> Finding | None:
    """A list of bots or addresses drops real hits, or the client's address is lost (V1 to V6)."""
    if facts.says("symptom", "too-many"):
        return None
    dropped = dropped_by_agent(facts)
    if dropped:
        return finding("valid-hits-filtered", "sure", *dropped)
    in_log = [
        visit.quote
        for visit in facts.visits
        if visit.line.agent and is_dropped(visit.line.agent, facts, visit.address.kind)
    ]
    if in_log:
        return finding("valid-hits-filtered", "sure", *in_log)
    ips = {visit.line.ip for visit in facts.visits if visit.line.ip}
    if len(facts.visits) > 2 and len(ips) == 1 and not reach(next(iter(ips))).public:
        return finding("valid-hits-filtered", "likely", facts.visits[0].quote)
    ip = facts.answers.get("client-ip", "")
    if ip and not reach(ip).public and facts.answers.get("symptom") in (None, *MISSING):
        return finding("valid-hits-filtered", "likely", *answer(facts, "client-ip", "proxy"))
    return by_hand(facts)


def dropped_by_agent(facts: Facts) -> list[Quote]:
    """Return the answers that show a user agent that is not counted."""
    agent, symptom = facts.answers.get("user-agent", ""), facts.answers.get("symptom")
    if not agent or symptom not in (None, *MISSING):
        return []
    kind = "pixel" if symptom == "open-missing" else "tracked"
    return answer(facts, "user-agent", "release") if is_dropped(agent, facts, kind) else []


def is_dropped(agent: str, facts: Facts, kind: str) -> bool:
    """Whether a request with this user agent is not counted, in the release if it is named."""
    request = hits.Request(user_agent=agent, queued=facts.says("queue", "async"))
    is_open = kind == "pixel"
    counts = hits.open_counts if is_open else hits.click_counts
    if is_open and facts.release is None:
        return False
    return not counts(request, facts.release or OLDEST).counted


def by_hand(facts: Facts) -> Finding | None:
    """The same address counts when opened by hand: the client's request is filtered."""
    if facts.says("by-hand-counts", "yes") and facts.answers.get("symptom") in MISSING:
        if facts.says("images-loaded", "no") or gmail_clipping(facts):
            return None
        return finding("valid-hits-filtered", "likely", *answer(facts, "by-hand-counts", "release"))
    return None


def counter_version_bug(facts: Facts) -> Finding | None:
    """A known fault of one release: the event is there, the counter isn't."""
    if facts.says("sent-via", "direct"):
        return None
    errors = [quote for quote in facts.complaints if CAMPAIGN_FAULT.search(quote.text)]
    if errors:
        return finding("counter-version-bug", "likely", *errors, *answer(facts, "release"))
    unlike = only_first_tracked(facts)
    if unlike:
        is_known = facts.has("only-first-tracked")
        return finding("counter-version-bug", "sure" if is_known else "likely", *unlike)
    raw = links_off(facts) if facts.has("only-first-tracked") else []
    if raw:
        return finding("counter-version-bug", "likely", *raw, *answer(facts, "release"))
    symptom = facts.answers.get("symptom")
    if not facts.says("timeline-shows", "yes") or symptom not in (None, *MISSING):
        return None
    known = facts.release is not None and facts.release.line in ("5.0", "1.2")
    shown = answer(facts, "timeline-shows", "release")
    return finding("counter-version-bug", "sure" if known else "likely", *shown)


def only_first_tracked(facts: Facts) -> list[Place]:
    """Return links of a mail that are tracked in another copy, or in the web view (#1246)."""
    tracked = {place.quote.source for place in facts.tracked}
    copies = {s.name for s in facts.sources if s.mail or s.kind == "html"}
    raw = next((s.name for s in facts.sources if s.mail and s.name not in tracked), None)
    if not tracked & copies or raw is None:
        return []
    places = (p for p in facts.places if p.quote.source == raw)
    return [p for p in places if p.link and p.link.reason == "tracked" and not p.address.is_mautic]
