"""A list of bots or addresses drops real hits, or the client's address is lost (V1 to V6)."""

import re
from collections.abc import Callable

from .. import agents, hits, traffic
from ..evidence.clipping import is_clipped
from ..evidence.facts import Facts, Visit
from ..evidence.kept import in_question, kept
from ..evidence.kinds import AddressKind
from ..evidence.questions import LOST, LOST_OPEN, MISSING, Symptom
from ..evidence.sources import Quote
from ..evidence.tally import Group
from ..hosts import reach
from ..releases import DEFAULT
from . import Seen, answer, likely, possible, sure, undecided

PAGE = "emails/troubleshooting"
EXPLAINS = (*LOST, Symptom.PAGE_MISSING)
BROWSER = re.compile(r"Mozilla/5\.0 \([^)]+\) (?:AppleWebKit|Gecko)/")
# What tries an address out at a command line and prints the headers, without the address of a
# visitor: only to somebody who misses that click it is one.
TOOLS = re.compile("curl/|Wget/|HTTPie/")
BEFORE: dict[str, str] = {}
# Pieces of the agents of people: a list of bots that drops one of them drops readers.
PEOPLE = (
    hits.BROWSER,
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.5 Safari/605.1.15",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Mobile Safari/537.36",
)
# What shows the images of an e-mail, and so opens it, but follows no link.
READERS = (
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
    "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Thunderbird/128.0",
)


def check(facts: Facts) -> Seen | None:
    """Ask the rules who is dropped: the agent that was answered, those of the log, the address."""
    if facts.says("symptom", "too-many"):
        return None
    if dropped := dropped_by_agent(facts):
        return sure(*dropped)
    in_log = by_entry(facts) or by_excluded(facts) or by_agents(facts) or by_one_address(facts)
    found = in_log or by_own_address(facts) or by_hand(facts) or by_release(facts)
    return found or by_newest(facts) or by_settings(facts)


def ruled_out(facts: Facts) -> bool:
    """Whether it was recorded: what is dropped never is (V1, K13)."""
    return facts.says("timeline-shows", "yes")


def by_entry(facts: Facts) -> Seen | None:
    """Browsers of a log that an entry of one's own drops: a few among many may be robots (L5b)."""
    dropped = dropped_people(facts)
    is_rare = len(dropped) < traffic.RARE * len(in_question(facts))
    return (possible if is_rare else sure)(*dropped) if dropped else None


def by_excluded(facts: Facts) -> Seen | None:
    """Addresses of a log that are excluded: rightly so, unless they are most (L5b, V1)."""
    found = excluded(facts)
    most = len(found) * 2 > sum(is_hit(visit, facts) for visit in in_question(facts))
    return (sure if most else possible)(*found) if found else None


def by_agents(facts: Facts) -> Seen | None:
    """Agents of a log that the rules drop: the proxies of mail programs, or all there are."""
    lost = in_question(facts)
    logged = [v for v in lost if is_dropped(v.line.agent, facts, v.address.kind)]
    proxied = [visit.quote for visit in logged if agents.MAIL_PROXIES.search(visit.line.agent)]
    if proxied:
        return sure(*proxied)
    robots = [v for v in lost if is_dropped(v.line.agent, facts, AddressKind.TRACKED)]
    if not logged or len(robots) < len(lost):  # a robot among people, rightly dropped
        return None
    shown = [visit.quote for visit in logged]
    is_asked = facts.symptom in MISSING
    is_tried = not is_asked and all(TOOLS.match(v.line.agent) and not v.line.ip for v in logged)
    return possible(*shown) if is_tried else likely(*shown)


def by_one_address(facts: Facts) -> Seen | None:
    """All requests of a log have one private address: that of a proxy, which stands for all."""
    answered = [visit for visit in facts.visits if visit.line.status in traffic.ANSWERED]
    ips = {visit.line.ip for visit in answered if visit.line.ip}
    is_one = len(answered) > 2 and len(ips) == 1 and not reach(next(iter(ips))).public
    return likely(answered[0].quote) if is_one else None


def by_own_address(facts: Facts) -> Seen | None:
    """The address that Mautic notes is a private one: that of a proxy."""
    ip = facts.answers.get("client-ip", "")
    is_asked = facts.answers.get("symptom") in (None, *MISSING)
    is_proxys = ip and is_asked and not reach(ip).public
    return likely(*answer(facts, "client-ip", "proxy")) if is_proxys else None


def dropped_people(facts: Facts) -> list[Quote]:
    """Return the entries of one's own list of bots that drop browsers in a log, and those lines."""
    own, shipped = facts.settings.get("do_not_track_bots"), agents.lists()["mautic"]
    added = [entry for entry in own if entry and entry not in shipped] if own else []
    clicks = [visit for visit in in_question(facts) if is_hit(visit, facts)]
    people = [
        v for v in clicks if BROWSER.match(v.line.agent) and not agents.matomo_bot(v.line.agent)
    ]
    people = [v for v in people if not agents.listed(v.line.agent, shipped)]
    found = list[Quote]()
    for entry in added:
        hit = [visit.quote for visit in people if agents.listed(visit.line.agent, [entry])]
        found += [*facts.entries("do_not_track_bots", entry.__eq__), *hit] if hit else []
    return found


def by_newest(facts: Facts) -> Seen | None:
    """Opens by Gmail's and Yahoo's proxies in a log: counted up to 7.0, dropped from 7.1 (V6)."""
    if facts.release or facts.says("queue", "async"):
        return None
    if facts.symptom not in (None, *LOST_OPEN):
        return None
    missing = [v for v in in_question(facts) if v.address.kind == AddressKind.PIXEL]
    shown = [visit.quote for visit in missing if is_lost_in_newest(visit)]
    is_all = len(shown) == len(missing) and any(
        visit.address.kind == AddressKind.PIXEL for visit in kept(facts)
    )
    if shown and is_all:  # the proxies' alone were not kept, all others were
        return likely(*shown)
    return undecided(possible(*shown), "release") if shown else None


def is_lost_in_newest(visit: Visit) -> bool:
    """Whether Mautic answered an open by one of these proxies that the newest release drops."""
    is_open = visit.address.kind == AddressKind.PIXEL and visit.line.status in (0, 200)
    agent = visit.line.agent
    if not is_open or not agents.MAIL_PROXIES.search(agent):
        return False
    return not hits.open_counts(hits.Request(agent), DEFAULT).counted


def by_settings(facts: Facts) -> Seen | None:
    """Settings alone: a list of bots that drops readers, or excluded addresses (L5b, V1)."""
    if facts.visits or facts.symptom not in (None, *EXPLAINS) or not may_be_dropped(facts):
        return None
    is_open = facts.symptom == Symptom.OPEN_MISSING
    by_release = ("release",) if is_open and not facts.release else ()
    if bots := facts.entries("do_not_track_bots", drops_reader(facts, PEOPLE)):
        return undecided((possible if by_release else likely)(*bots), *by_release)
    if bots := facts.entries("do_not_track_bots", drops_reader(facts, READERS)):
        return undecided(possible(*bots), "release")
    return by_addresses(facts, by_release)


def by_addresses(facts: Facts, by_release: tuple[str, ...]) -> Seen | None:
    """An excluded address may be the office's, rightly there, or a proxy's, that all share.

    Which one Mautic sees decides; a private one is more often a proxy's.
    """
    is_nameless = facts.is_on("anonymize_ip")
    if is_nameless or "client-ip" in facts.answers:
        return None
    private = facts.entries("do_not_track_ips", is_private)
    shown = [*private, *facts.entries("do_not_track_ips")]
    if not shown:
        return None
    is_likely = private and facts.symptom and not by_release
    return undecided((likely if is_likely else possible)(*shown), *by_release, "client-ip")


def may_be_dropped(facts: Facts) -> bool:
    """Whether what is missed can be dropped by a list: opens only from 6.0 on, and unqueued."""
    if facts.symptom != Symptom.OPEN_MISSING:
        return True
    is_newer = facts.release is None or facts.has("opens-filtered")
    return is_newer and not facts.says("queue", "async")


def drops_reader(facts: Facts, readers: tuple[str, ...]) -> Callable[[str], bool]:
    """Return whether an entry of the list of bots is a piece of the agent of one of these."""
    is_newer = facts.release is None or facts.has("opens-filtered")
    is_open = facts.symptom in (None, *LOST_OPEN) and not facts.says("queue", "async")
    counted = readers if readers is PEOPLE or (is_newer and is_open) else ()
    return lambda entry: any(agents.listed(agent, [entry]) for agent in counted)


def is_private(entry: str) -> bool:
    """Whether an entry is an address, or some, of a private network, as a proxy's often is."""
    address = entry.partition("/")[0].strip().replace("*", "1")
    return bool(re.fullmatch(r"[0-9a-fA-F.:]+", address)) and not reach(address).public


def by_release(facts: Facts) -> Seen | None:
    """From 7.1 opens in Gmail and Yahoo Mail are taken for a robot's (V6)."""
    if not facts.has("matomo-bots") or facts.says("queue", "async") or ruled_out(facts):
        return None
    if facts.says("symptom", "decision-missing"):
        return possible(*answer(facts, "release", "symptom"))
    if not facts.says("symptom", "open-missing") or facts.visits or is_clipped(facts):
        return None
    is_other = facts.answers.get("user-agent") or facts.says("images-loaded", "no")
    lost = facts.says("pixel-present", "no") or (facts.mail and not facts.pixels)
    if is_other or lost:
        return None
    return likely(*answer(facts, "release", "symptom"))


def excluded(facts: Facts) -> list[Quote]:
    """Return hits whose address an entry of `do_not_track_ips` fits, and that entry (L5b, V1)."""
    found = list[Quote]()
    for entry in traffic.excluding(facts):
        asked = [v for v in in_question(facts) if is_hit(v, facts)]
        hit = [v.quote for v in asked if traffic.fits(v.line.ip, entry)]
        is_office = traffic.fits(facts.answers.get("client-ip", ""), entry) and is_explained(facts)
        hit += answer(facts, "client-ip") if is_office else []
        found += [*facts.entries("do_not_track_ips", entry.__eq__), *hit] if hit else []
    return found


def is_explained(facts: Facts) -> bool:
    """Whether an excluded address explains what is missed: an open only from 6.0 on (V1)."""
    return facts.symptom != Symptom.OPEN_MISSING or facts.has("opens-filtered")


def is_hit(visit: Visit, facts: Facts) -> bool:
    """Whether a request would have been counted but for its address: opens are, up to 5.2."""
    return traffic.is_by_address(facts, visit) or visit.address.kind == AddressKind.PAGE_HIT


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
    counted_as = AddressKind.PIXEL if kind == AddressKind.PIXEL else AddressKind.TRACKED
    return not traffic.fate(facts, Group(counted_as, 0, "GET", agent, ())).counted


def by_hand(facts: Facts) -> Seen | None:
    """The same address counts when opened by hand: the client's request is filtered."""
    if not facts.says("by-hand-counts", "yes") or not facts.says("symptom", *MISSING):
        return None
    is_cut = is_clipped(facts) and not facts.says("symptom", "click-missing")
    if facts.says("images-loaded", "no") or is_cut:
        return None
    return likely(*answer(facts, "by-hand-counts", "release"))
