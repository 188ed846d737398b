"""The same link for several people, or hashes that don't belong together."""

import re
from collections import Counter

from ..evidence import addresses
from ..evidence.facts import Facts, Place, Visit
from ..evidence.kinds import AddressKind, SourceKind, Where
from ..evidence.questions import Symptom
from ..evidence.sending import TEST_HASH
from ..evidence.sources import Quote, is_whole
from ..evidence.timing import handed_over
from ..hosts import bare
from . import Seen, answer, likely, possible, sure, undecided

PAGE = "emails/clicks"
EXPLAINS = (
    Symptom.WRONG_CONTACT,
    Symptom.UNSUBSCRIBED_UNWILLINGLY,
    Symptom.UNSUBSCRIBE_BROKEN,
    Symptom.TOO_MANY,
)
OF_SOMEBODY_ELSE = (Symptom.WRONG_CONTACT, Symptom.UNSUBSCRIBED_UNWILLINGLY, Symptom.TOO_MANY)
# How mail programs mark what was forwarded: English, French, German, Spanish, Italian …
FORWARDED = re.compile(r"\s*(?:fwd?|tr|wg|rv|i|enc|vs|vb|doorst)\s*:", re.I)
BEFORE = {"list-unsubscribe-header": "if all hashes differ, the header is only one of them"}


def check(facts: Facts) -> Seen | None:
    """Look before sending, compare the hashes of one mail, then the links of several."""
    if facts.fixed:  # each reader gets the addresses of one sending, and acts in that name
        return sure(*facts.fixed)
    if led := led_to_one(facts):
        return sure(*led)
    stats = {place.address.stat: place for place in reversed(of_one_mail(facts))}
    if len(stats) > 1:
        in_body = {p.address.stat for p in stats.values() if p.where != Where.HEADER}
        is_sure = len(in_body) > 1 and is_one_mail(facts) and not is_answer(facts)
        return sure(*stats.values()) if is_sure else likely(*stats.values())
    if shared(facts):
        return likely(*shared(facts)) if is_answer(facts) else sure(*shared(facts))
    if unfinished(facts):
        found = likely if facts.symptom in OF_SOMEBODY_ELSE else possible
        return undecided(found(*unfinished(facts)), "symptom")
    return forwarded(facts) or (
        possible(*answer(facts, "symptom")) if facts.symptom == Symptom.WRONG_CONTACT else None
    )


def led_to_one(facts: Facts) -> list[Quote]:
    """Return what shows that a click leads to the tracked link of one recipient, as a destination.

    The answer of a server says so, the record of the link, or the clicks that follow one another.
    """
    answered = [visit.quote for visit in facts.visits if is_led_to_another(visit)]
    kept = [quote for quote, row in facts.rows if is_of_one_recipient(row.get("url", ""))]
    return answered or kept or [q for quotes in handed_over(facts).values() for q in quotes]


def is_led_to_another(visit: Visit) -> bool:
    """Whether the answer to a click leads to a tracked link, of another recipient than its own."""
    is_click = visit.address.kind == AddressKind.TRACKED
    stat = addresses.read(visit.location).stat
    return is_click and is_of_one_recipient(visit.location) and stat != visit.address.stat


def is_of_one_recipient(address: str) -> bool:
    """Whether an address is a tracked link with the `ct` of one recipient."""
    found = addresses.read(address)
    return found.kind == AddressKind.TRACKED and bool(found.stat)


def forwarded(facts: Facts) -> Seen | None:
    """The mail was passed on: whoever opens it is its first reader to Mautic (P19)."""
    subject = facts.mail.header("subject") if facts.mail else ""
    if not FORWARDED.match(subject) or facts.symptom not in (None, *OF_SOMEBODY_ELSE):
        return None
    shown = f"Subject: {subject}"
    if facts.symptom == Symptom.WRONG_CONTACT:
        return likely(shown)
    return possible(shown) if facts.symptom else undecided(possible(shown), "symptom")


def unfinished(facts: Facts) -> list[Place]:
    """Return finished addresses in HTML in which no link is tracked: it may not have been sent."""
    if facts.mail or facts.html is None or facts.tracked or facts.symptom not in (None, *EXPLAINS):
        return []
    if facts.says("trackable-urls-disabled", "yes"):
        return []
    is_trackable = any(place.link.tracked for place in facts.untouched if place.link)
    within = (Where.HREF, Where.IMAGE)
    found = [p for p in facts.places if p.address.stat and p.where in within]
    return [p for p in found if len(p.address.hash) > TEST_HASH] if is_trackable else []


def of_one_mail(facts: Facts) -> list[Place]:
    """Return the addresses with a stat hash in the first mail that was given.

    Addresses given side by side may be of several mails, unless somebody misses the right person.
    """
    kinds = [SourceKind.MESSAGE, SourceKind.HTML]
    if facts.symptom in EXPLAINS:
        kinds += [SourceKind.ADDRESS, SourceKind.TEXT]
    first = next((source.name for source in facts.sources if source.kind in kinds), None)
    places = (p for p in facts.places if p.quote.source == first and p.where != Where.LOG)
    beside = first is not None and any(
        s.name == first and s.kind in kinds[:2] for s in facts.sources
    )
    found = [p for p in places if p.address.stat and not (beside and p.where == Where.GIVEN)]
    found = on_main_host(found)
    return [] if are_of_several(found, facts) else found


def on_main_host(places: list[Place]) -> list[Place]:
    """Return the addresses on the host that most have: another one is another Mautic's."""
    hosts = Counter(bare(place.address.host) for place in places)
    return [p for p in places if bare(p.address.host) == hosts.most_common(1)[0][0]]


def are_of_several(places: list[Place], facts: Facts) -> bool:
    """Whether pieces of HTML are of several sendings: each has its own copy of a link or pixel.

    A mail has one pixel, and one person's copy of a link; a whole mail in which that is otherwise
    was put together wrongly, and so were links of one sending beside two pixels.
    """
    if facts.html is None or is_one_mail(facts):
        return False
    copies = dict[str, set[str]]()  # the stat hashes by link
    for place in places:
        if place.address.kind == AddressKind.TRACKED:
            copies.setdefault(place.address.hash, set()).add(place.address.stat)
    stats = {place.address.stat for place in places}
    pixels = {p.address.stat for p in places if p.address.kind == AddressKind.PIXEL}
    linked = set[str]().union(*copies.values())
    return len(stats) > 1 and (stats in copies.values() or stats == pixels == (linked or pixels))


def is_one_mail(facts: Facts) -> bool:
    """Whether the HTML that was given is that of one mail, and not pieces that somebody copied."""
    return facts.html is not None and (facts.html.mail is not None or is_whole(facts.html.text))


def is_answer(facts: Facts) -> bool:
    """Whether the message answers or passes on another one, which may be quoted in it."""
    subject = facts.mail.header("subject") if facts.mail else ""
    return bool(FORWARDED.match(subject) or re.match(r"\s*(?:re|aw|sv|rép)\s*:", subject, re.I))


def shared(facts: Facts) -> list[Place]:
    """Return links that two messages to different people have in common."""
    mails = [s for s in facts.sources if s.mail]
    people = {s.mail.header("to").lower() for s in mails if s.mail}
    if len(people) < 2:
        return []
    seen: dict[str, str] = {}
    for place in facts.places:
        stat = "" if place.where == Where.HEADER else place.address.stat
        if stat and seen.setdefault(stat, place.quote.source) != place.quote.source:
            return [place]
    return []
