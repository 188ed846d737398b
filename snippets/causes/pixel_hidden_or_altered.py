"""The pixel is hidden, embedded, or there twice (P3, P15)."""

import re
from collections import Counter

from ..evidence.facts import Facts, Place
from ..evidence.kinds import Where
from ..evidence.questions import LOST_OPEN, Symptom
from ..platform.markup import Element
from . import Seen, likely, possible, sure

PAGE = "emails/pixel"
EXPLAINS = (*LOST_OPEN, Symptom.TOO_MANY)
BEFORE: dict[str, str] = {}
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def check(facts: Facts) -> Seen | None:
    """Look at the pixels of the mail, and for what has taken their place."""
    images = [p for p in facts.pixels if p.where == Where.IMAGE]
    hidden = [p for p in images if p.image and HIDDEN.search(p.image.value("style") or "")]
    if hidden:
        return likely(*hidden)
    count = Counter((p.quote.source, p.address.hash) for p in images)
    twice = [p for p in images if count[p.quote.source, p.address.hash] > 1]
    if twice:  # two pixels count twice, and lose nothing (P3)
        return possible(*twice) if facts.symptom in LOST_OPEN else sure(*twice)
    if facts.unseen_pixels and not images:
        return (sure if is_its_own(facts) else likely)(*facts.unseen_pixels)
    return embedded(facts, images)


def is_its_own(facts: Facts) -> bool:
    """Whether a pixel that is not shown is that of the sending, which its links name."""
    stats = {place.address.stat for place in facts.tracked} - {""}
    return not stats or any(stat in quote.text for stat in stats for quote in facts.unseen_pixels)


def embedded(facts: Facts, images: list[Place]) -> Seen | None:
    """The pixel became an attachment, or the blank image of a mail without statistic."""
    if images or not facts.html or not facts.is_received:
        return None
    for place in facts.places:
        if place.image and is_pixel_size(place.image) and is_embedded(place, facts):
            return sure(place)
    return None


def is_pixel_size(image: Element) -> bool:
    """Whether an image is one by one."""
    return all(image.value(side) in ("1", "1px") for side in ("width", "height"))


def is_embedded(place: Place, facts: Facts) -> bool:
    """Whether an image is attached, or blank although the mail was really sent."""
    address = place.address.given.lower()
    blank = address.startswith("data:image/gif") and facts.is_real_send
    return address.startswith("cid:") or blank
