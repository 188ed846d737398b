"""A scanner, gateway or proxy opened and clicked, not a person (B2, B4)."""

import re

from .. import hits
from ..evidence.addresses import decoded
from ..evidence.facts import Facts
from ..evidence.kinds import AddressKind, Damage, WrapperKind
from ..evidence.questions import Symptom
from ..evidence.recorded import read_at_once, recorded
from ..evidence.sources import Quote
from ..evidence.timing import (
    at_once,
    by_machine,
    by_the_clock,
    everything,
    for_many,
    from_everywhere,
    in_history,
    is_at_delivery,
    opened_and_clicked,
)
from ..releases import OLDEST
from ..traffic import fate_of
from . import Seen, answer, likely, possible, sure, undecided

PAGE = "emails/clicks"
EXPLAINS = (Symptom.TOO_MANY, Symptom.WRONG_CONTACT)
BEFORE = {"unsubscribe-by-machine": "the machine that unsubscribed followed the other links too"}
MACHINES = re.compile(r"Edge/12\.246|bitlybot")  # Gmail's prefetch (#10245), a shortener (#6591)
# What looks whether a site is up; others are on Mautic's own list, and don't count.
MONITORS = re.compile(r"(?i)uptime|statuscake|site24x7|hetrixtools|checkly|updown\.io|healthcheck")
PROXIES = re.compile("ImageProxy|YahooMailProxy")
REFUSED = re.compile(r"clickthrough value: (\S+)")  # as Mautic's log has it
FEWEST_EARLY = 5  # opens within seconds of the sending; a few may be readers who wait for it
OWN_COPY = ("sent-via", "outlook-plugin")


def check(facts: Facts) -> Seen | None:
    """Look for bursts, known machines, a scrambled `ct`, a gateway's wrapping, image proxies."""
    machine = by_machine(facts)
    if machine:
        return sure(*one_signal(facts, machine), *machine)
    burst = at_once(facts) or for_many(facts, AddressKind.TRACKED) or from_everywhere(facts)
    burst = burst or opened_and_clicked(facts) or everything(facts) or by_the_clock(facts)
    burst = burst or in_history(facts)
    if burst:
        return likely(*burst)
    visits = [*facts.visits, *recorded(facts)]
    known = [visit.quote for visit in visits if MACHINES.search(visit.line.agent)]
    if known := known or watched(facts):
        return likely(*known)
    scrambled = [p for p in facts.places if p.address.damage == Damage.SCRAMBLED]
    if scrambled:
        return likely(*scrambled)
    complained = [q for q in facts.bad_clickthroughs if is_scrambled(q.text)]
    if complained and facts.symptom in (None, *EXPLAINS):
        return likely(*complained)
    return at_delivery(facts) or wrapped(facts) or only_said(facts)


def one_signal(facts: Facts, machine: list[Quote]) -> list[Quote]:
    """Return where the address of a machine is blocked: one signal of three, two must fit (B2)."""
    shown = {visit.line.ip for visit in facts.visits if visit.quote in machine}
    return facts.entries("bot_helper_blocked_ip_addresses", shown.__contains__)[:1]


def watched(facts: Facts) -> list[Quote]:
    """Return the clicks of a monitor, which was given the link of one recipient to watch."""
    clicks = [v for v in facts.visits if v.address.kind == AddressKind.TRACKED and v.address.stat]
    found = [v for v in clicks if MONITORS.search(v.line.agent) and fate_of(facts, v).counted]
    return [visit.quote for visit in found]


def is_scrambled(complaint: str) -> bool:
    """Whether Mautic complains about a `ct` whose letters were moved on, as a gateway does it."""
    value = REFUSED.search(complaint)
    return value is not None and decoded(value[1])[1] == Damage.SCRAMBLED


def at_delivery(facts: Facts) -> Seen | None:
    """Requests within ten seconds of sending: a click is a machine's, an open may be a proxy's."""
    kinds = (AddressKind.TRACKED, AddressKind.PIXEL)
    visits = [*facts.visits, *recorded(facts)]
    early = [v for v in visits if v.address.kind in kinds and is_at_delivery(facts, v)]
    clicks = [visit.quote for visit in early if visit.address.kind == AddressKind.TRACKED]
    if clicks:
        return likely(*clicks)
    read = read_at_once(facts)
    shown = [visit.quote for visit in early] + read
    if shown and facts.says("symptom", "too-many"):
        return likely(*shown)
    of_all = facts.visits or facts.rows
    is_most = len(shown) >= FEWEST_EARLY and len(shown) * 2 > len(of_all)
    return undecided(possible(*shown), "symptom") if is_most and not facts.symptom else None


def wrapped(facts: Facts) -> Seen | None:
    """A gateway wrapped the links, so that it can look at what stands behind them."""
    gateway = [p for p in facts.places if WrapperKind.GATEWAY in p.wrapped_by]
    if not gateway:
        return None
    alone = bool(facts.given) or facts.says("symptom", "too-many")
    return likely(*gateway) if alone else possible(*gateway)


def is_listed(agent: str) -> bool:
    """Whether a user agent is on Mautic's own list of robots, which opens ignore up to 5.2 (V1)."""
    return bool(agent) and not hits.click_counts(hits.Request(user_agent=agent), OLDEST).counted


def only_said(facts: Facts) -> Seen | None:
    """There are too many, and nothing else is known, or only that image proxies opened."""
    if not facts.says("symptom", "too-many") or facts.says(*OWN_COPY):
        return None
    listed = [visit.quote for visit in facts.visits if is_listed(visit.line.agent)]
    if is_listed(facts.answers.get("user-agent", "")):
        listed += answer(facts, "user-agent")
    if listed:
        return likely(*listed)
    proxied = [visit.quote for visit in facts.visits if PROXIES.search(visit.line.agent)]
    if proxied:
        return possible(*proxied)
    return None if facts.sources else possible(*answer(facts, "symptom"))
