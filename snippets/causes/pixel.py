"""The pixel is there, but is not loaded, not seen, or not as Mautic wrote it."""

import re
from collections import Counter

from .. import routes
from ..evidence.facts import Facts, Place, Quote
from . import Finding, answer, finding

GMAIL_CUTS_AT = 102_000  # bytes of HTML
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def images_blocked(facts: Facts) -> Finding | None:
    """The reader's client did not load images (P11)."""
    if facts.says("images-loaded", "no") and facts.answers.get("symptom") in (None, "open-missing"):
        return finding("images-blocked", "sure", *answer(facts, "images-loaded"))
    if facts.says("symptom", "open-missing") and facts.says("clicks-counted", "yes"):
        intact = facts.says("pixel-present", "yes") or bool(facts.pixels)
        asked_for = facts.answers.get("images-loaded") or facts.answers.get("user-agent")
        if intact and not asked_for:
            return finding("images-blocked", "likely", *answer(facts, "clicks-counted"))
    return None


def pixel_hidden_or_altered(facts: Facts) -> Finding | None:
    """The pixel is hidden, embedded, or there twice (P3, P15)."""
    images = [p for p in facts.pixels if p.where == "image"]
    hidden = [p for p in images if HIDDEN.search(p.quote.text)]
    if hidden:
        return finding("pixel-hidden-or-altered", "likely", *hidden)
    seen = Counter((p.quote.source, p.address.hash) for p in images)
    twice = [p for p in images if seen[p.quote.source, p.address.hash] > 1]
    if twice:
        return finding("pixel-hidden-or-altered", "sure", *twice)
    return embedded(facts, images)


def embedded(facts: Facts, images: list[Place]) -> Finding | None:
    """The pixel became an attachment, or the blank image of a mail without statistic."""
    if images or not facts.html or not facts.is_received:
        return None
    for place in facts.places:
        if place.where == "image" and is_pixel_size(place.quote) and is_embedded(place, facts):
            return finding("pixel-hidden-or-altered", "sure", place)
    return None


def is_pixel_size(quote: Quote) -> bool:
    """Whether an image is one by one."""
    sizes = re.findall(r"\b(?:width|height)\s*=\s*[\"']?1(?:px)?[\"'\s/>]", quote.text, re.I)
    return len(sizes) == 2


def is_embedded(place: Place, facts: Facts) -> bool:
    """Whether an image is attached, or blank although the mail was really sent."""
    address = place.address.given.lower()
    blank = address.startswith("data:image/gif") and facts.is_real_send
    return address.startswith("cid:") or blank


def gmail_clipping(facts: Facts) -> Finding | None:
    """The pixel lies behind the place where Gmail cuts a long message (P2)."""
    if not facts.html or facts.says("symptom", "click-missing"):
        return None
    if first_pixel(facts.html.text) <= GMAIL_CUTS_AT:
        return None
    return finding("gmail-clipping", "likely", *facts.pixels[:1])


def first_pixel(html: str) -> int:
    """Return where the first pixel stands, in bytes from the beginning of the HTML; 0 if none."""
    found = re.search(routes.within("pixel"), html)
    return len(html[: found.start()].encode("utf-8", "replace")) if found else 0
