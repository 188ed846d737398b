"""The mail provider wrapped the links, or added a pixel of its own."""

from collections.abc import Collection

from ..evidence.facts import Facts, Place
from ..evidence.kinds import Where
from ..evidence.questions import LOST, Symptom
from ..evidence.sending import by_provider, on_one_host, sent_through
from ..evidence.wrappers import PROVIDER_PIXEL
from ..hosts import bare
from . import Seen, likely, possible, sure

PAGE = "emails/troubleshooting"
EXPLAINS = (*LOST, Symptom.LINK_BROKEN, Symptom.UNSUBSCRIBE_BROKEN)
BEFORE: dict[str, str] = {}


def check(facts: Facts) -> Seen | None:
    """Look for addresses and pixels of providers, then for many links on one strange host."""
    wrapped = [place for place in by_provider(facts) if place.where != Where.IMAGE]
    senders = sent_through(facts)
    if (
        wrapped and facts.is_unfilled and not senders
    ):  # somebody copied the link into the editor, perhaps
        return possible(*wrapped)
    if wrapped:
        is_known = bool(senders) or not facts.is_template
        left = {p.quote.source for p in facts.tracked if p.where == Where.HREF and not p.wrapped_by}
        whole = [place for place in wrapped if place.quote.source not in left]
        is_certain = is_known and any(is_sure(place, senders) for place in whole)
        return sure(*wrapped) if is_certain else likely(*wrapped)
    hidden = on_one_host(facts)
    if hidden:
        return likely(*hidden)
    site, sender = facts.site_host, facts.answers.get("from-domain", "")
    foreign = [p for p in facts.own if sender and p.address.host.endswith("." + sender)]
    if foreign and site and bare(foreign[0].address.host) != site:
        return possible(*foreign)
    pixels = [p for p in facts.places if p.where == Where.IMAGE and is_provider_pixel(p)]
    return possible(*pixels) if pixels else None


def is_sure(place: Place, senders: Collection[str]) -> bool:
    """Whether the wrapping is a provider's beyond doubt.

    Its host tells, or what is inside, or the shape of the path beside a header of that provider.
    """
    wrappers = place.address.peeled.wrappers
    is_certain = all(wrapper.is_certain or wrapper.name in senders for wrapper in wrappers)
    return is_certain or place.address.is_mautic


def is_provider_pixel(place: Place) -> bool:
    """Whether an image is the open pixel of a mail provider."""
    return PROVIDER_PIXEL.search(place.address.given) is not None
