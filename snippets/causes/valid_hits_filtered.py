"""A list of bots or addresses drops real hits, or the client's address is lost (V1 to V6)."""

import re

from .. import hits
from ..evidence import settings
from ..evidence.clipping import is_clipped
from ..evidence.facts import Facts, Quote, Visit
from ..evidence.kinds import AddressKind
from ..evidence.questions import LOST, MISSING, Symptom
from ..hosts import reach
from ..releases import OLDEST
from . import Seen, answer, likely, possible, sure

PAGE = "emails/troubleshooting"
EXPLAINS = (*LOST, Symptom.PAGE_MISSING)
# The proxies through which people see images: what they load, somebody opened.
MAIL_PROXIES = re.compile("GoogleImageProxy|YahooMailProxy")
BEFORE: dict[str, str] = {}


def check(facts: Facts) -> Seen | None:
    """Ask the rules who is dropped: the agent that was answered, those of the log, the address."""
    if facts.says("symptom", "too-many"):
        return None
    dropped = dropped_by_agent(facts)
    if dropped:
        return sure(*dropped)
    by_address = excluded(facts)
    if by_address:
        most = len(by_address) * 2 > sum(is_hit(visit, facts) for visit in facts.visits)
        return sure(*by_address) if most else possible(*by_address)
    logged = [v for v in facts.visits if is_dropped(v.line.agent, facts, v.address.kind)]
    proxied = [visit.quote for visit in logged if MAIL_PROXIES.search(visit.line.agent)]
    if proxied:
        return sure(*proxied)
    if logged and len(logged) == len(facts.visits):  # else a robot among people, rightly dropped
        shown = [visit.quote for visit in logged]
        return sure(*shown) if facts.symptom in MISSING else likely(*shown)
    ips = {visit.line.ip for visit in facts.visits if visit.line.ip}
    if len(facts.visits) > 2 and len(ips) == 1 and not reach(next(iter(ips))).public:
        return likely(facts.visits[0].quote)
    ip = facts.answers.get("client-ip", "")
    if ip and not reach(ip).public and facts.answers.get("symptom") in (None, *MISSING):
        return likely(*answer(facts, "client-ip", "proxy"))
    return by_hand(facts) or by_release(facts)


def by_release(facts: Facts) -> Seen | None:
    """From 7.1 opens in Gmail and Yahoo Mail are taken for a robot's (V6)."""
    if not facts.has("matomo-bots") or facts.says("queue", "async"):
        return None
    if facts.says("symptom", "decision-missing"):
        return possible(*answer(facts, "release", "symptom"))
    if not facts.says("symptom", "open-missing") or facts.visits or is_clipped(facts):
        return None
    is_other = facts.answers.get("user-agent") or facts.says("images-loaded", "no")
    lost = facts.says("pixel-present", "no") or (facts.mail and not facts.pixels)
    if is_other or lost or facts.says("timeline-shows", "yes"):
        return None
    return likely(*answer(facts, "release", "symptom"))


def excluded(facts: Facts) -> list[Quote]:
    """Return hits whose address an entry of `do_not_track_ips` fits, and that entry (L5b, V1)."""
    entries = facts.settings.get("do_not_track_ips", ())
    if settings.is_on(facts.settings.get("anonymize_ip")):  # then no address is known
        return []
    found = list[Quote]()
    for entry in entries if isinstance(entries, tuple) else ():
        hit = [v.quote for v in facts.visits if is_hit(v, facts) and fits(v.line.ip, entry)]
        is_office = fits(facts.answers.get("client-ip", ""), entry) and is_explained(facts)
        hit += answer(facts, "client-ip") if is_office else []
        found += [*hit, Quote(f"'do_not_track_ips': {entry}")] if hit else []
    return found


def fits(ip: str, entry: str) -> bool:
    """Whether an entry excludes an address."""
    return bool(ip) and bool(entry) and hits.is_excluded(ip, entry)


def is_explained(facts: Facts) -> bool:
    """Whether an excluded address explains what is missed: an open only from 6.0 on (V1)."""
    return facts.symptom != Symptom.OPEN_MISSING or facts.has("opens-filtered")


def is_hit(visit: Visit, facts: Facts) -> bool:
    """Whether a request would have been counted but for its address: opens are, up to 5.2."""
    if visit.address.kind == AddressKind.PIXEL:
        return facts.has("opens-filtered")
    return visit.address.kind in (AddressKind.TRACKED, AddressKind.PAGE_HIT)


def dropped_by_agent(facts: Facts) -> list[Quote]:
    """Return the answers that show a user agent that is not counted."""
    agent, symptom = facts.answers.get("user-agent", ""), facts.answers.get("symptom")
    if not agent or symptom not in (None, *MISSING):
        return []
    is_open = symptom == Symptom.OPEN_MISSING
    kind = AddressKind.PIXEL if is_open else AddressKind.TRACKED
    return answer(facts, "user-agent", "release") if is_dropped(agent, facts, kind) else []


def is_dropped(agent: str, facts: Facts, kind: AddressKind) -> bool:
    """Whether a request with this user agent is not counted, in the release if it is named."""
    if not agent:
        return False
    own = facts.settings.get("do_not_track_bots")  # with Mautic's own entries, as it saves them
    agents = own if isinstance(own, tuple) else ()
    is_queued = facts.says("queue", "async")
    request = hits.Request(
        agent, queued=is_queued, excluded_agents=agents, default_agents=own is None
    )
    is_open = kind == AddressKind.PIXEL
    counts = hits.open_counts if is_open else hits.click_counts
    if is_open and facts.release is None:
        return False
    return not counts(request, facts.release or OLDEST).counted


def by_hand(facts: Facts) -> Seen | None:
    """The same address counts when opened by hand: the client's request is filtered."""
    if not facts.says("by-hand-counts", "yes") or not facts.says("symptom", *MISSING):
        return None
    is_cut = is_clipped(facts) and not facts.says("symptom", "click-missing")
    if facts.says("images-loaded", "no") or is_cut:
        return None
    return likely(*answer(facts, "by-hand-counts", "release"))
