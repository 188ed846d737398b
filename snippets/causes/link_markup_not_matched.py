"""A link is written so that the search misses it (R44)."""

import re
from collections.abc import Collection
from dataclasses import replace

from .. import links
from ..evidence import addresses
from ..evidence.facts import Facts, Place
from ..evidence.kinds import AddressKind, SourceKind
from ..evidence.missed import is_partly_replaced, kind_of, missed, quoted, repaired, suspects
from ..evidence.questions import LOST_CLICK, Symptom
from ..evidence.sources import Quote
from ..platform import markup
from ..platform.markup import Element
from . import Seen, answer, likely, possible, sure

PAGE = "emails/links"
EXPLAINS = (*LOST_CLICK, Symptom.LINK_BROKEN)
BEFORE = {"link-normalised": "any release misses such a link, only the newest a normalised one"}
UPPER_CASE = re.compile(r"(?!https?:)(?i:https?:)")
MARKUP = ("line-break", "quotes", "leading-space", "entity", "rebuilt")


def check(facts: Facts) -> Seen | None:
    """Ask the rules which links were missed, then look where they don't: VML, old releases."""
    found = missed(facts, *MARKUP) + malformed_links(facts) + upper_case_schemes(facts)
    found += only_for_outlook(facts) + in_another_attribute(facts)
    if found:
        return sure(*found)
    bare = [p for p in facts.untouched if is_without_scheme(p)] if facts.is_real_send else []
    if bare and not missed(facts, "token-with-scheme"):  # what is left of one looks the same
        return sure(*bare)
    if typed := typed_alone(facts):
        return likely(*typed)
    if is_partly_replaced(facts):
        return possible(*answer(facts, "links-replaced", "release"))
    return None


def ruled_out(facts: Facts) -> bool:
    """Whether each link was found, since each was replaced (R44)."""
    return facts.says("links-replaced", "yes")


def malformed_links(facts: Facts) -> list[Quote]:
    """Return the malformed links, but where they stop the sending, which is worse (V24).

    Of a template that no release was named for, those that a repair helps: the placeholder of
    another program is no slip of the pen, and 7.1 would send nothing.
    """
    if facts.has("malformed-link-stops-send") or facts.says("symptom", "send-failed"):
        return []
    found = missed(facts, "malformed")
    is_unsent = facts.is_template and facts.release is None and facts.symptom is None
    return [quote for quote in found if repaired(quote.text)] if is_unsent else found


def upper_case_schemes(facts: Facts) -> list[Quote]:
    """Return links written `HTTPS://…`, which Mautic refuses (R24)."""
    refused = [(link, shown) for link, shown in suspects(facts) if link.reason == "scheme"]
    return [shown for link, shown in refused if UPPER_CASE.match(link.href)]


def typed_alone(facts: Facts) -> list[Quote]:
    """Return such addresses given alone: no browser shows them so, somebody typed them."""
    others = [p for p in facts.given if not p.address.is_mautic and not p.address.peeled.wrappers]
    return [place.quote for place in others if UPPER_CASE.match(place.quote.text)]


def in_another_attribute(facts: Facts) -> list[Quote]:
    """Return tags of which an editor's own attribute was rewritten, not the `href` (#1429)."""
    return [
        Quote(source.tag(element), source.name)
        for source in facts.sources
        if source.kind != SourceKind.LOG
        for element in source.elements
        if element.name == "a" and is_tracked_beside_href(element)
    ]


def is_tracked_beside_href(element: Element) -> bool:
    """Whether a `data-…href` is tracked and the `href` isn't."""
    own = element.attributes.get("href")
    if own is None or kind_of(own.written) == AddressKind.TRACKED:
        return False
    others = [
        attribute.written
        for name, attribute in element.attributes.items()
        if name.startswith("data-") and name.endswith("href")
    ]
    return any(kind_of(other) == AddressKind.TRACKED for other in others)


def only_for_outlook(facts: Facts) -> list[Quote]:
    """Return addresses of VML buttons that stand in no ordinary link (R11, R44)."""
    html = facts.before if facts.before is not None else facts.html.text if facts.html else ""
    if "<v:" not in html and "[if mso" not in html:
        return []
    shapes = {
        element.attributes["href"].written
        for element in markup.elements(html)
        if "href" in element.attributes and is_for_outlook(element)
    }
    unseen = ("not-a-link", "text-looks-like-html")
    found = links.explain(html)
    outside = {link.href for link in found if link.reason not in unseen}
    only = [beside(link, outside) for link in found if link.href in shapes - outside]
    sent = facts.tracked or facts.is_real_send or facts.is_template or facts.before is not None
    return [s for s in only if not addresses.read(s.text).is_mautic] if sent else []


def beside(link: links.Link, others: Collection[str]) -> Quote:
    """Return a link of a button with the address of the ordinary link that is nearly the same.

    Only the same one, letter for letter, is replaced in both: `http` here and `https` there isn't.
    """
    same = [other for other in others if core(other) == core(link.href) and "://" in other]
    return replace(quoted(link), instead=same[0]) if same else quoted(link)


def core(href: str) -> str:
    """Return an address without what people write now so, now so."""
    bare = re.sub(r"^\s*https?://(?:www\.)?", "", href.strip().lower())
    return bare.replace("&amp;", "&").rstrip("/")


def is_for_outlook(element: Element) -> bool:
    """Whether only Outlook shows a link: a VML shape, or in a comment that it alone reads."""
    is_conditional = element.where == "comment" and "mso" in element.parent
    return element.name.startswith("v:") or (element.name == "a" and is_conditional)


def is_without_scheme(place: Place) -> bool:
    """Whether an untouched link names a host without `https://`: missed by old releases."""
    named = re.match(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]|$)", place.address.url, re.I)
    return bool(place.link and place.link.reason == "tracked" and named)
