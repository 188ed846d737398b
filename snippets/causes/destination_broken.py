"""Mautic redirects, but the destination or its check fails (R60 to R65, V41)."""

import re
from collections.abc import Mapping

from .. import redirects, releases
from ..evidence import addresses, screens
from ..evidence.facts import Facts, Place
from ..evidence.kinds import AddressKind
from ..evidence.questions import LOST_CLICK, Symptom
from ..evidence.sources import Quote
from ..hosts import bare
from ..platform.address import UnreadableAddress, split
from ..reasons import leads_nowhere
from . import Seen, answer, likely, possible, sure

PAGE = "emails/clicks"
EXPLAINS = (*LOST_CLICK, Symptom.LINK_BROKEN, Symptom.PAGE_MISSING)
BEFORE: dict[str, str] = {}
# What Mautic's log says of a link that it answers with 404, and above that, of one that it has.
NOT_FOUND = re.compile(r"NotFoundHttpException.{0,300}?/r/(?P<hash>[0-9a-f]{25})")
FOUND_LINK = r"tracking_id of: {}\b[^\n]*\n[^\n]*Executing Redirect"
ACCENT_IN_UTM = re.compile(r"[?&]utm_\w{1,30}=[^?&#]{0,500}[^\x00-\x7f]")


def check(facts: Facts) -> Seen | None:
    """Look at the address before sending, in the editor, and where the click arrived."""
    if written := broken_in_editor(facts):
        return sure(*written)
    if refused_by_mautic := [quote for quote, row in facts.rows if is_refused_row(row)]:
        return sure(*refused_by_mautic)
    given = [
        p
        for p in facts.given
        if p.address.kind == AddressKind.OTHER and not p.address.peeled.wrappers
    ]
    broken = [p for p in given if is_broken(p.address.url) or is_glued(p.address.url)]
    if broken and not facts.says("role", "tracked", "pixel", "unsubscribe"):
        return sure(*broken)
    found = ct_at_destination(facts, given) or not_encoded(facts) or refused(facts)
    return found or followed(facts) or found_and_refused(facts) or not_found(facts)


def broken_in_editor(facts: Facts) -> list[Quote]:
    """Return the links before sending that lead nowhere once they are tracked."""
    links = [link for link, after in facts.pairs if after.address.kind == AddressKind.TRACKED]
    broken = [link for link in links if is_broken(link.href)]
    if facts.is_template and not broken:
        links = [link for link in facts.template_links if link.tracked]
        broken = [link for link in links if is_broken(link.address)]
    return [Quote(link.href, "before", link.line) for link in broken]


def refused(facts: Facts) -> Seen | None:
    """The destination's own log shows that it refuses an address with a `ct` (V41)."""
    came = [v for v in facts.arrivals if v.line.status >= 400 and v.address.ct]
    if not came or (facts.release and not facts.has("ct-to-destination")):
        return None
    return likely(*(visit.quote for visit in came), *answer(facts, "release"))


def followed(facts: Facts) -> Seen | None:
    """Somebody followed a click: Mautic sent it on, and there is no page where it leads to."""
    clicks = [v for v in facts.visits if v.address.kind == AddressKind.TRACKED and v.location]
    targets = {place_of(visit.location): visit.quote for visit in clicks}
    failed = [v for v in facts.reached if v.line.status >= 400 and place_of(v.line.path) in targets]
    if not failed or facts.symptom not in (None, *EXPLAINS):
        return None
    shown = [quote for v in failed for quote in (targets[place_of(v.line.path)], v.quote)]
    return likely(*shown)  # a site may answer a test at a command line otherwise than a browser


def found_and_refused(facts: Facts) -> Seen | None:
    """Mautic's log says that it has the link, and then no page: it refuses the address (K4)."""
    log = "\n".join(source.text for source in facts.sources if source.tally)
    found = [(quote, NOT_FOUND.search(quote.text)) for quote in facts.complaints]
    known = [q for q, link in found if link and re.search(FOUND_LINK.format(link["hash"]), log)]
    if known and facts.symptom in (None, *EXPLAINS):
        return likely(*known)
    lost = [quote for quote, link in found if link]
    if not lost:
        return None
    return likely(*lost) if facts.symptom in EXPLAINS else possible(*lost)


def place_of(address: str) -> str:
    """Return an address without its query, to compare it with another."""
    return address.partition("#")[0].partition("?")[0].rstrip("/").lower()


def not_found(facts: Facts) -> Seen | None:
    """Mautic answers a click with 404: an address it refuses, or a link it no longer has (K4)."""
    clicks = [v for v in facts.visits if v.address.kind == AddressKind.TRACKED]
    lost = [visit.quote for visit in clicks if visit.line.status == 404]
    said = [quote for quote in facts.complaints if NOT_FOUND.search(quote.text)]
    if said and facts.symptom in EXPLAINS:
        return likely(*said)
    if not lost or facts.complaints:
        return None
    return likely(*lost) if facts.symptom in EXPLAINS else possible(*lost)


def not_encoded(facts: Facts) -> Seen | None:
    """Old releases encode neither a blank of the address nor an accent in its UTM tags."""
    quotes = {place.address.url: place.quote for place in facts.given}
    quotes |= {link.href: Quote(link.href, "before", link.line) for link, _ in facts.pairs}
    blank = [shown for url, shown in quotes.items() if " " in url.strip()]
    accent = [shown for url, shown in quotes.items() if ACCENT_IN_UTM.search(url)]
    for found, change in ((blank, "blanks-encoded"), (accent, "utm-encoded")):
        asked = facts.says("role", "href", "destination") or facts.says("symptom", "link-broken")
        if found and (facts.release or asked) and not facts.has(change):
            shown = (*found, *answer(facts, "release"))
            return sure(*shown) if facts.release else likely(*shown)
    return None


def is_broken(address: object) -> bool:
    """Whether a click on this address is a 404, or leads to a host that doesn't exist."""
    if not isinstance(address, str) or "{" in address:
        return False
    target = redirects.cleaned(address, releases.find(releases.DEFAULT))
    return leads_nowhere(address) or not redirects.is_valid(target)


def is_refused_row(row: Mapping[str, str]) -> bool:
    """Whether a row of tracked links holds an address that Mautic answers with 404 (K4)."""
    url = row.get("url", "")
    return "redirect_id" in row and url.startswith("http") and is_broken(url)


def is_glued(address: str) -> bool:
    """Whether parameters stand behind the fragment: `page#part?utm_source=…` (R55)."""
    try:
        fragment = split(address).fragment or ""
    except UnreadableAddress:
        return False
    return "?utm_" in fragment or "?ct=" in fragment


def is_mautics_page(place: Place, facts: Facts) -> bool:
    """Whether the address is a page of Mautic's own, which knows what a `ct` is."""
    hosts = {bare(p.address.host) for p in facts.own} | {facts.site_host}
    return bool(place.address.host) and bare(place.address.host) in hosts


def ct_at_destination(facts: Facts, given: list[Place]) -> Seen | None:
    """The destination gets Mautic's `ct` and may refuse it, from 5.0 to 6.0 (V41)."""
    with_ct = [p for p in given if p.address.ct and addresses.decoded(p.address.ct)[0]]
    with_ct = [p for p in with_ct if p.address.host and not is_mautics_page(p, facts)]
    if not with_ct or (facts.release and not facts.has("ct-to-destination")):
        return None
    is_open = facts.symptom is None and facts.lines_of(screens.arrived)
    if facts.symptom not in (None, *EXPLAINS) or is_open:
        return None
    return likely(*with_ct, *answer(facts, "release"))
