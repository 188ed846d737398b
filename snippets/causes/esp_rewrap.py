"""The mail provider wrapped the links, or added a pixel of its own."""

from ..evidence.facts import Facts, Place
from ..evidence.kinds import Where, WrapperKind
from ..evidence.questions import Symptom
from ..evidence.wrappers import PROVIDER_PIXEL
from ..hosts import bare
from . import Seen, possible, sure

PAGE = "emails/troubleshooting"
EXPLAINS = (Symptom.CLICK_MISSING, Symptom.LINK_BROKEN, Symptom.UNSUBSCRIBE_BROKEN)
BEFORE: dict[str, str] = {}


def check(facts: Facts) -> Seen | None:
    """Look for addresses and pixels of providers."""
    wrapped = [
        p for p in facts.places if WrapperKind.PROVIDER in p.wrapped_by and p.where != Where.IMAGE
    ]
    if wrapped:
        return sure(*wrapped)
    site, sender = facts.site_host, facts.answers.get("from-domain", "")
    foreign = [p for p in facts.own if sender and p.address.host.endswith("." + sender)]
    if foreign and site and bare(foreign[0].address.host) != site:
        return possible(*foreign)
    pixels = [p for p in facts.places if p.where == Where.IMAGE and is_provider_pixel(p)]
    return possible(*pixels) if pixels else None


def is_provider_pixel(place: Place) -> bool:
    """Whether an image is the open pixel of a mail provider."""
    return PROVIDER_PIXEL.search(place.address.given) is not None
