"""The pixel is hidden, embedded, or there twice (P3, P15)."""

import re
from collections import Counter

from ..evidence.facts import Facts, Place, Quote
from ..evidence.kinds import Where
from ..evidence.questions import Symptom
from . import Seen, likely, sure

PAGE = "emails/pixel"
EXPLAINS = (Symptom.OPEN_MISSING, Symptom.TOO_MANY)
BEFORE: dict[str, str] = {}
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def check(facts: Facts) -> Seen | None:
    """Look at the pixels of the mail, and for what has taken their place."""
    images = [p for p in facts.pixels if p.where == Where.IMAGE]
    hidden = [p for p in images if HIDDEN.search(p.quote.text)]
    if hidden:
        return likely(*hidden)
    count = Counter((p.quote.source, p.address.hash) for p in images)
    twice = [p for p in images if count[p.quote.source, p.address.hash] > 1]
    if twice:
        return sure(*twice)
    return embedded(facts, images)


def embedded(facts: Facts, images: list[Place]) -> Seen | None:
    """The pixel became an attachment, or the blank image of a mail without statistic."""
    if images or not facts.html or not facts.is_received:
        return None
    for place in facts.places:
        if place.where == Where.IMAGE and is_pixel_size(place.quote) and is_embedded(place, facts):
            return sure(place)
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
