"""A token inside a tracked link is not filled in, or breaks the link (R26, R62)."""

import re

from ..evidence.facts import Facts, Place
from ..evidence.kinds import AddressKind, SourceKind, Where
from ..evidence.missed import FILLED_IN, missed, quoted, suspects
from ..evidence.questions import LOST_CLICK, Symptom
from ..evidence.sources import Quote
from ..links import Link
from . import Seen, likely, sure, undecided

PAGE = "emails/links"
EXPLAINS = (*LOST_CLICK, Symptom.LINK_BROKEN, Symptom.UNSUBSCRIBE_BROKEN)
BEFORE = {
    "link-normalised": "an address whose token was not filled in is also one that changes",
}
TOKEN = re.compile(r"\{[A-Za-z_][^{}\s]*\}|%7B[A-Za-z_][^{}\s%]*(?:%3D[^{}\s%]*)?%7D", re.I)
RESOLVED = re.compile(
    r"(?i)(?:\{|%7B)(?:contactfield|leadfield|pagelink|assetlink|unsubscribe|webview|dnc_url|resubscribe"
    r"|trackable|tracking_pixel|signature|subject|ownerfield|brand)"
)
OWNER = re.compile(r"(?i)(?:\{|%7B)ownerfield(?:=|%3D)")
SYSTEM = re.compile("unsubscribe|resubscribe|dnc_url", re.I)
INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff]")


def check(facts: Facts) -> Seen | None:
    """Look for tokens that are still there, are cut, or lost their link."""
    raw = [p for p in facts.places if p.link and facts.is_received and has_token(p)]
    given = [p for p in facts.given if TOKEN.search(p.address.url) and is_beyond_editor(facts, p)]
    if raw or given:
        is_sure = "role" in facts.answers or any(p.address.is_mautic for p in given)
        is_sure = is_sure or not all(map(is_meant, raw))
        is_sure = is_sure or (not raw and all(is_browsers(facts, p) for p in given))
        return (sure if is_sure else likely)(*raw, *given)
    invisible = [
        p for p in facts.places if p.where != Where.IMAGE and INVISIBLE.search(p.address.url)
    ]
    if invisible:
        return sure(*invisible)
    strange = cut_or_strange(facts)
    if strange:
        return sure(*strange)
    arrived = [visit.quote for visit in facts.arrivals if TOKEN.search(visit.line.path)]
    if arrived:
        return sure(*arrived)
    emptied = missed(facts, "token-with-scheme", "token-emptied")
    if emptied:
        return sure(*emptied)
    unknown = [s for link, s in suspects(facts) if is_unknown(link)]
    return likely(*unknown) if unknown else of_owner(facts)


def of_owner(facts: Facts) -> Seen | None:
    """Links to be tracked with a field of the owner: filled in at the click from 7.2 only (V27)."""
    is_before = facts.is_template or facts.before is not None
    links = facts.template_links if is_before else []
    found = [quoted(link) for link in links if link.tracked and OWNER.search(link.href)]
    if not found or facts.has("owner-token-kept") or facts.symptom not in (None, *EXPLAINS):
        return None
    return sure(*found) if facts.release else undecided(likely(*found), "release")


def is_beyond_editor(facts: Facts, place: Place) -> bool:
    """Whether an address was seen after sending, not written in the editor."""
    return not facts.says("role", "href") or not RESOLVED.search(place.address.url)


def is_browsers(facts: Facts, place: Place) -> bool:
    """Whether an address was copied from a browser, and not told in a sentence."""
    others = {source.name for source in facts.sources if source.kind == SourceKind.TEXT}
    is_alone = place.quote.source not in others or place.address.ct is not None
    return is_alone and "%7b" in place.address.url.lower()


def has_token(place: Place) -> bool:
    """Whether a delivered link still has a token in it, other than those of unsubscribing."""
    found = TOKEN.search(place.address.url)
    return found is not None and not SYSTEM.search(found[0])


def is_meant(place: Place) -> bool:
    """Whether a link may be meant as it stands: it was excluded, and Mautic has no such token."""
    found = TOKEN.search(place.address.url)
    is_known = found is not None and (RESOLVED.match(found[0]) or re.search("=|%3D", found[0]))
    return place.link is not None and place.link.reason == "disabled" and not is_known


def cut_or_strange(facts: Facts) -> list[Quote]:
    """Return tracked links with a contact's address behind them, or a token nobody fills in."""
    cut = [p.quote for p in facts.tracked if FILLED_IN.match(p.address.rest)]
    return cut + [quoted(link) for link, after in facts.pairs if is_strange(link, after)]


def is_strange(link: Link, after: Place) -> bool:
    """Whether a tracked link holds a token that nobody fills in at the click."""
    token, is_tracked = TOKEN.search(link.href), after.address.kind == AddressKind.TRACKED
    return bool(token and is_tracked and not RESOLVED.match(token[0]))


def is_unknown(link: Link) -> bool:
    """Whether a link was missed for a token that Mautic doesn't know."""
    return link.reason == "token-without-value" and not RESOLVED.search(link.href)
