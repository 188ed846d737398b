"""From the click to the statistic: the `ct`, the destination, machines, the wrong person."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import combinations

from .. import hits, redirects, releases
from ..evidence import addresses, logs
from ..evidence.facts import Facts, Place, Quote, Visit
from ..platform.address import UnreadableAddress, split
from ..reasons import leads_nowhere
from . import Certainty, Finding, answer, finding
from .pointing import kinds

ACCENT_IN_UTM = re.compile(r"[?&]utm_\w{1,30}=[^?&#]{0,500}[^\x00-\x7f]")
MACHINES = re.compile(r"Edge/12\.246|bitlybot")  # Gmail's prefetch (#10245), a shortener (#6591)
AT_ONCE = timedelta(seconds=10)
FIFTEEN_SECONDS = timedelta(seconds=15)
BLOCKED = "Blocked-Tracking=1"
OWN_COPY = ("sent-via", "outlook-plugin")


def ct_damaged(facts: Facts) -> Finding | None:
    """The `ct` is missing, cut or scrambled (K6 to K8, V42)."""
    complaints = [
        Quote(line, source.name, number)
        for source in facts.sources
        if source.kind == "log"
        for number, line, _ in logs.invalid_clickthroughs(source.text)
    ]
    if complaints:
        return finding("ct-damaged", "sure", *complaints)
    damaged = [p for p in facts.places if p.address.kind == "tracked" and is_damaged(p)]
    if damaged and not at_once(facts):
        return finding("ct-damaged", "sure", *damaged)
    bare = [p for p in facts.given if p.address.kind == "tracked" and p.address.ct in (None, "")]
    return finding("ct-damaged", "likely", *bare) if bare else None


def is_damaged(place: Place) -> bool:
    """Whether a `ct` cannot be read, what is glued behind it left aside."""
    return bool(place.address.damage) and not place.address.rest


def destination_broken(facts: Facts) -> Finding | None:
    """Mautic redirects, but the destination or its check fails (R60 to R65, V41)."""
    relative = [
        Quote(link.href, "before", link.line)
        for link, after in facts.pairs
        if after.address.kind == "tracked" and is_broken(link.href)
    ]
    if relative:
        return finding("destination-broken", "sure", *relative)
    if facts.is_template:
        links = [link for link in facts.template_links if link.tracked and is_broken(link.address)]
        if links:
            shown = (Quote(link.href, "before", link.line) for link in links)
            return finding("destination-broken", "sure", *shown)
    given = [p for p in facts.given if p.address.kind == "other" and not p.address.peeled.wrappers]
    broken = [p for p in given if is_broken(p.address.url) or is_glued(p.address.url)]
    if broken and not facts.says("role", "tracked", "pixel", "unsubscribe"):
        return finding("destination-broken", "sure", *broken)
    return ct_at_destination(facts, given) or not_encoded(facts)


def not_encoded(facts: Facts) -> Finding | None:
    """Old releases encode neither a blank of the address nor an accent in its UTM tags."""
    quotes = {place.address.url: place.quote for place in facts.given}
    quotes |= {link.href: Quote(link.href, "before", link.line) for link, _ in facts.pairs}
    blank = [shown for url, shown in quotes.items() if " " in url.strip()]
    accent = [shown for url, shown in quotes.items() if ACCENT_IN_UTM.search(url)]
    for found, change in ((blank, "blanks-encoded"), (accent, "utm-encoded")):
        asked = facts.says("role", "href", "destination") or facts.says("symptom", "link-broken")
        if found and (facts.release or asked) and not facts.has(change):
            certainty: Certainty = "sure" if facts.release else "likely"
            return finding("destination-broken", certainty, *found, *answer(facts, "release"))
    return None


def is_broken(address: object) -> bool:
    """Whether a click on this address is a 404, or leads to a host that doesn't exist."""
    if not isinstance(address, str) or "{" in address:
        return False
    target = redirects.cleaned(address, releases.find(releases.DEFAULT))
    no_host = re.match(r"(?i)https?/+", address) is not None
    return leads_nowhere(address) or no_host or not redirects.is_valid(target)


def is_glued(address: str) -> bool:
    """Whether parameters stand behind the fragment: `page#part?utm_source=…` (R55)."""
    try:
        fragment = split(address).fragment or ""
    except UnreadableAddress:
        return False
    return "?utm_" in fragment or "?ct=" in fragment


def ct_at_destination(facts: Facts, given: list[Place]) -> Finding | None:
    """The destination gets Mautic's `ct` and may refuse it, from 5.0 to 6.0 (V41)."""
    with_ct = [p for p in given if p.address.ct and addresses.decoded(p.address.ct)[0]]
    if not with_ct or (facts.release and not facts.has("ct-to-destination")):
        return None
    if facts.release or facts.says("role", "destination"):
        return finding("destination-broken", "sure", *with_ct, *answer(facts, "release"))
    return finding("destination-broken", "likely", *with_ct)


def bot_or_gateway_hits(facts: Facts) -> Finding | None:
    """A scanner, gateway or proxy opened and clicked, not a person (B2, B4)."""
    machine = at_once(facts)
    if machine:
        return finding("bot-or-gateway-hits", "sure", *machine)
    known = [visit.quote for visit in facts.visits if MACHINES.search(visit.line.agent)]
    if known:
        return finding("bot-or-gateway-hits", "likely", *known)
    scrambled = [p for p in facts.places if p.address.damage == "scrambled"]
    if scrambled:
        return finding("bot-or-gateway-hits", "likely", *scrambled)
    wrapped = [p for p in facts.places if "gateway" in kinds(p)]
    if wrapped:
        alone = bool(facts.given) or facts.says("symptom", "too-many")
        return finding("bot-or-gateway-hits", "likely" if alone else "possible", *wrapped)
    if facts.says("symptom", "too-many") and not facts.sources and not facts.says(*OWN_COPY):
        return finding("bot-or-gateway-hits", "possible", *answer(facts, "symptom"))
    return None


def at_once(facts: Facts) -> list[Quote]:
    """Return requests for three or more addresses of one recipient within ten seconds."""
    timed = [visit for visit in facts.visits if visit.line.at]
    timed.sort(key=lambda visit: visit.line.at or datetime.max)
    groups: dict[str, list[Visit]] = {}
    for visit in timed:
        network = visit.line.ip.rpartition(".")[0]
        for name in filter(None, (visit.address.stat, network or visit.line.ip)):
            groups.setdefault(name, []).append(visit)
    crowds = (crowded(visits) for visits in groups.values())
    return next(([visit.quote for visit in crowd] for crowd in crowds if crowd), [])


def crowded(visits: list[Visit]) -> list[Visit]:
    """Return visits in so short a time that no person made them; they are in order of time."""
    window: deque[Visit] = deque()
    asked: Counter[str] = Counter()
    recipients: Counter[str] = Counter()
    for visit in visits:
        window.append(visit)
        count(visit, asked, recipients, 1)
        while not is_within(window[0], visit, AT_ONCE):
            count(window.popleft(), asked, recipients, -1)
        if len(recipients) < 2 and len(asked) > 2 and not is_pixels(window):
            return list(window)[:5]
    return []


def count(visit: Visit, asked: Counter[str], recipients: Counter[str], by: int) -> None:
    """Count an address, and its recipient if that is known; what is at zero goes."""
    pairs = ((asked, visit.address.kind + visit.address.hash), (recipients, visit.address.stat))
    for counter, key in pairs:
        counter[key] += by
        if not counter[key] or not key:
            del counter[key]


def is_pixels(visits: Iterable[Visit]) -> bool:
    """Whether nothing but pixels was asked for: those of several people, not one machine's."""
    return all(visit.address.kind == "pixel" for visit in visits)


def is_within(first: Visit, second: Visit, span: timedelta) -> bool:
    """Whether the second request comes after the first, within a span of time."""
    if first.line.at is None or second.line.at is None:
        return False
    return timedelta() <= second.line.at - first.line.at <= span


def privacy_signal(facts: Facts) -> Finding | None:
    """From 7.1 requests with DNT, GPC, prefetch or HEAD are not recorded (V8)."""
    if not facts.has("privacy-signals"):
        return None
    signalled = [visit.quote for visit in facts.visits if is_private(visit)]
    if signalled:
        return finding("privacy-signal", "sure", *signalled)
    if re.search(r"Brave|DuckDuckGo", facts.answers.get("user-agent", "")):
        return finding("privacy-signal", "likely", *answer(facts, "user-agent", "release"))
    works = facts.says("redirect-works", "yes") and facts.says("logged-in", "no")
    if works and facts.says("symptom", "click-missing"):
        return finding("privacy-signal", "possible", *answer(facts, "release", "symptom"))
    return None


def is_private(visit: Visit) -> bool:
    """Whether an open or click that arrived is dropped for a header or a HEAD (V8)."""
    request = hits.Request(method=visit.line.method, headers=visit.line.headers)
    arrived = visit.address.kind in ("tracked", "pixel") and visit.line.status in (0, 200, 302)
    return arrived and hits.why_private(request, releases.find(releases.DEFAULT)) is not None


def blocked_fifteen_seconds(facts: Facts) -> Finding | None:
    """From 6.0 a click that isn't recorded blocks the browser for 15 seconds (V10)."""
    if facts.release and not facts.has("blocked-tracking-cookie"):
        return None
    clicks = [visit for visit in facts.visits if visit.address.kind == "tracked"]
    marked = [visit.quote for visit in clicks if BLOCKED in visit.line.headers.get("cookie", "")]
    if marked:
        return finding("blocked-fifteen-seconds", "sure", *marked)
    for first, second in combinations([visit for visit in clicks if visit.line.at][:500], 2):
        same = first.line.ip == second.line.ip and is_within(first, second, FIFTEEN_SECONDS)
        if same and not first.address.ct and second.address.ct:
            return finding("blocked-fifteen-seconds", "likely", first.quote, second.quote)
    if facts.release and facts.says("symptom", "click-missing") and facts.says("logged-in", "yes"):
        return finding(
            "blocked-fifteen-seconds", "possible", *answer(facts, "release", "logged-in")
        )
    return None


def shared_or_wrong_contact_link(facts: Facts) -> Finding | None:
    """The same link for several people, or hashes that don't belong together."""
    stats: dict[str, Place] = {}
    for source in facts.sources[:1]:
        for place in facts.places:
            if place.quote.source == source.name and place.where != "log" and place.address.stat:
                stats.setdefault(place.address.stat, place)
    if len(stats) > 1:
        in_body = {p.address.stat for p in stats.values() if p.where != "header"}
        certainty: Certainty = "sure" if len(in_body) > 1 else "likely"
        return finding("shared-or-wrong-contact-link", certainty, *stats.values())
    if shared(facts):
        return finding("shared-or-wrong-contact-link", "sure", *shared(facts))
    if facts.says("symptom", "wrong-contact"):
        return finding("shared-or-wrong-contact-link", "possible", *answer(facts, "symptom"))
    return None


def shared(facts: Facts) -> list[Place]:
    """Return links that two messages to different people have in common."""
    mails = [s for s in facts.sources if s.mail]
    people = {s.mail.header("to").lower() for s in mails if s.mail}
    if len(mails) < 2 or len(people) < 2:
        return []
    seen: dict[str, str] = {}
    for place in facts.places:
        stat = "" if place.where == "header" else place.address.stat
        if stat and seen.setdefault(stat, place.quote.source) != place.quote.source:
            return [place]
    return []


def dynamic_content_click(facts: Facts) -> Finding | None:
    """The `ct` of a link in dynamic content names neither e-mail nor stat."""
    empty = [p for p in facts.tracked if is_of_no_email(p)]
    full = [p for p in facts.tracked if p.address.stat]
    if empty and (full or facts.given or facts.says("link-inside", "dynamic-content")):
        return finding("dynamic-content-click", "likely", *empty)
    inside = facts.says("link-inside", "dynamic-content")
    if inside and facts.says("symptom", "click-missing"):
        return finding("dynamic-content-click", "likely", *answer(facts, "link-inside"))
    return None


def is_of_no_email(place: Place) -> bool:
    """Whether a `ct` has an e-mail and a stat, both empty."""
    data = place.address.data
    return isinstance(data, Mapping) and not data.get("email") and not data.get("stat")
