"""Links that should have been replaced and were not, with the reason that the rules give."""

import re

from ..links import Link
from ..platform.markup import decode
from . import addresses
from .facts import Facts, Place, Quote
from .kinds import AddressKind

FILLED_IN = re.compile(r"=?[\w.%+-]+@")  # the address of a contact, behind a token cut off


def suspects(facts: Facts) -> list[tuple[Link, Quote]]:
    """Return links that were missed: of the editor's HTML, or untouched among tracked ones."""
    if facts.before is not None:
        pairs = facts.pairs
        if pairs:
            untouched = [(link, after) for link, after in pairs if not after.address.is_mautic]
            return [(as_sent(link, after), quoted(link)) for link, after in untouched]
        return [] if facts.tracked else [(link, quoted(link)) for link in facts.template_links]
    if facts.is_template:
        return [(link, quoted(link)) for link in facts.template_links]
    if facts.tracked or facts.is_real_send:
        return [(p.link, p.quote) for p in facts.untouched if p.link]
    return []


def as_sent(link: Link, after: Place) -> Link:
    """Return the link that shows why: the one received, if the HTML before looked right (R80)."""
    return after.link if link.reason == "tracked" and after.link else link


def quoted(link: Link) -> Quote:
    """Return a link of the HTML before sending as a quote."""
    return Quote(link.href, "before", link.line)


def missed(facts: Facts, *reasons: str) -> list[Quote]:
    """Return the missed links with one of these reasons."""
    return [shown for link, shown in suspects(facts) if link.reason in reasons]


def is_partly_replaced(facts: Facts) -> bool:
    """Whether some links were replaced and others not, and there is no HTML to see which."""
    return facts.says("links-replaced", "partly") and not facts.sources and facts.before is None


def kind_of(href: str) -> AddressKind:
    """Return the kind of an address as it is written in HTML."""
    return addresses.read(decode(href)).kind
