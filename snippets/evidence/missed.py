"""Links that should have been replaced and were not, with the reason that the rules give."""

import re
from collections.abc import Sequence

from ..links import Link
from ..platform.markup import decode
from ..releases import DEFAULT, OLDEST
from ..routes import is_personal
from . import addresses
from .facts import Facts, Place, explained
from .kinds import AddressKind
from .sources import Quote

QUOTES = "\\\"'“”„‘’«»"
# Blanks, invisible signs and quotes that stand between the quote of `href` and the scheme.
IN_FRONT = re.compile(
    rf"^[\s\u00a0\u200b-\u200d\u2060\ufeff{re.escape(QUOTES)}]+(?=https?://|://)", re.I
)
FILLED_IN = re.compile(r"=?[\w.%+-]+@")  # the address of a contact, behind a token cut off


def suspects(facts: Facts) -> list[tuple[Link, Quote]]:
    """Return links that were missed: of the editor's HTML, or untouched among tracked ones.

    What a tracked link of the same message has too was no obstacle: a mail program that broke
    the lines anew did it on the way.
    """
    if facts.before is not None:
        pairs = facts.pairs
        if pairs:
            untouched = [(link, after) for link, after in pairs if not after.address.is_mautic]
            return [(as_sent(link, after), quoted(link)) for link, after in untouched]
        return [] if facts.tracked else [(link, quoted(link)) for link in facts.template_links]
    if facts.is_template:
        return [(link, quoted(link)) for link in facts.template_links]
    if facts.tracked or facts.is_real_send:
        harmless = {place.link.reason for place in facts.tracked if place.link}
        found = [(place.link, place.quote) for place in facts.untouched if place.link]
        return [(link, shown) for link, shown in found if link.reason not in harmless]
    return []


def as_sent(link: Link, after: Place) -> Link:
    """Return the link that shows why: the one received, if the HTML before looked right (R80)."""
    return after.link if link.reason == "tracked" and after.link else link


def quoted(link: Link) -> Quote:
    """Return a link of the HTML before sending as a quote."""
    return Quote(link.href, "before", link.line, column=link.column)


def missed(facts: Facts, *reasons: str) -> list[Quote]:
    """Return the missed links with one of these reasons; beside each its shape for Outlook."""
    found = [shown for link, shown in suspects(facts) if link.reason in reasons]
    return sorted([*found, *shapes(facts, found)], key=lambda quote: (quote.line, quote.column))


def missed_before(facts: Facts, *reasons: str) -> list[Quote]:
    """Return untouched links among tracked ones that only older releases miss, for these reasons.

    None once a release is named, or where `sent_time` in a `ct` tells of 7.0 or later (V40).
    """
    datas = [place.address.data for place in facts.tracked]
    if facts.release or not datas or not facts.html or facts.before is not None:
        return []
    if any(isinstance(data, dict) and "sent_time" in data for data in datas):
        return []
    left = [(p.link, p.quote) for p in facts.untouched if p.link and p.link.reason == "tracked"]
    if not left:
        return []
    older = explained(facts.html.text, OLDEST)
    lost = {(link.line, link.column) for link in older if link.reason in reasons}
    return [shown for link, shown in left if (link.line, link.column) in lost]


def shapes(facts: Facts, found: Sequence[Quote]) -> list[Quote]:
    """Return what shows the same address without being a link, so that both are mended."""
    hrefs = {quote.text for quote in found if quote.source == "before"}
    same = [link for link in facts.template_links if link.href in hrefs] if hrefs else []
    return [quoted(link) for link in same if link.reason == "not-a-link"]


def is_partly_replaced(facts: Facts) -> bool:
    """Whether some links were replaced and others not, and there is no HTML to see which."""
    return facts.says("links-replaced", "partly") and not facts.sources and facts.before is None


def kind_of(href: str) -> AddressKind:
    """Return the kind of an address as it is written in HTML."""
    return addresses.read(decode(href)).kind


def malformed(facts: Facts) -> list[Quote]:
    """Return every link that 7.1 can't read, of all parts, with what should stand there (V24).

    A text part counts as HTML, too, where some `<` and `>` stand in it (R10).
    """
    links = facts.template_links or [place.link for place in facts.places if place.link]
    source = "before" if facts.before is not None or not facts.html else facts.html.name
    parts = [(source, links), ("text", explained(facts.text_part, facts.release or DEFAULT))]
    return [
        Quote(link.href, name, link.line, repaired(link.href))
        for name, found in parts
        for link in found
        if link.reason == "malformed"
    ]


def repaired(href: str) -> str:
    """Return a malformed address without what stands in front of it, "" if that doesn't help.

    Nor is there one for an address of one recipient, which belongs in no template.
    """
    address = IN_FRONT.sub("", decode(href)).rstrip(QUOTES)
    if address.startswith("://"):
        address = f"https{address}"
    is_whole = re.match(r"https?://[^/]", address, re.I) is not None
    return address if is_whole and not is_personal(address) else ""
