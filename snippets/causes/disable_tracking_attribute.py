"""The attribute that excludes a link is misspelt, unknown, or excludes too much (R14, V25)."""

from ..evidence.facts import Facts
from ..evidence.kinds import AddressKind, SourceKind
from ..evidence.missed import quoted
from ..evidence.questions import LOST_CLICK, Symptom
from ..evidence.sources import BEFORE as BEFORE_SENDING
from ..evidence.sources import Quote, Source
from ..platform.markup import Element, decode, elements
from . import Seen, likely, possible, sure

PAGE = "emails/links"
EXPLAINS = (*LOST_CLICK, Symptom.LINK_BROKEN, Symptom.TOO_MANY)
BEFORE = {"mailto-tracked": "an exclusion without effect is why the mailto goes through Mautic"}
OLD_FORM, DATA = "mautic:disable-tracking", "data-mautic-disable-tracking"
MISSPELT = (
    "mautic:disable:tracking",
    "data-mautic:disable:tracking",
    "data-mautic:disable-tracking",
)
WRITTEN = ("markup", "text", "unread")  # a tag, where a mail program and Mautic read one
NO = ("false", "no", "0")


def check(facts: Facts) -> Seen | None:
    """Look at how the attribute is written, then at what it did."""
    is_tracked = facts.symptom in LOST_CLICK  # an exclusion without effect hides no click
    if idle := without_effect(facts):
        return possible(*idle) if is_tracked else sure(*idle)
    lost = [
        quoted(link)
        for link, after in facts.pairs
        if link.reason == "disabled" and after.address.kind == AddressKind.TRACKED
    ]
    if lost:
        return sure(*lost)
    wide = excluded_with(facts)
    return sure(*wide) if wide else as_wanted(facts)


def without_effect(facts: Facts) -> list[Quote]:
    """Return the attributes that exclude nothing: misspelt, without `true`, or too new (V25).

    What was written shows them, else what arrived.
    """
    kinds = (SourceKind.HTML, SourceKind.MESSAGE)
    shown = [source for source in facts.sources if source.kind in kinds]
    if facts.before is not None:
        shown = [Source(BEFORE_SENDING, SourceKind.HTML, facts.before)]
    return [
        source.quote(source.text[at:end], at)
        for source in shown
        for tag in elements(source.text)
        if tag.where in WRITTEN or tag.parent  # only Outlook reads on in `<!--[if mso]>`
        if (name := idle_in(tag, facts))
        for at, end in [(tag.attributes[name].name, tag.attributes[name].name + len(name))]
    ]


def idle_in(tag: Element, facts: Facts) -> str:
    """Return the attribute of a tag that excludes nothing, "" where another one does exclude."""
    if OLD_FORM in tag.attributes:
        return ""
    if misspelt := next((name for name in MISSPELT if name in tag.attributes), ""):
        return misspelt
    value = tag.attributes[DATA].written if DATA in tag.attributes else "true"
    too_old = facts.release is not None and not facts.has("data-attribute")
    is_idle = value not in NO and (value != "true" or too_old)  # `false`: nobody means to exclude
    return DATA if is_idle and DATA in tag.attributes else ""


def as_wanted(facts: Facts) -> Seen | None:
    """Links that are excluded, as the attribute says: only who misses their clicks has a fault."""
    if facts.symptom != Symptom.CLICK_MISSING:
        return None
    excluded = [quoted(link) for link in facts.template_links if link.reason == "disabled"]
    if not excluded or not (facts.is_template or facts.before is not None):
        excluded = [p.quote for p in facts.untouched if p.link and p.link.reason == "disabled"]
    return likely(*excluded) if excluded else None


def excluded_with(facts: Facts) -> list[Quote]:
    """Return links without the attribute that an excluded address excludes too (R29)."""
    if not (facts.is_template or facts.before is not None):
        return []
    disabled = [decode(link.href) for link in facts.template_links if link.reason == "disabled"]
    others = [link for link in facts.template_links if link.reason == "untracked-list"]
    return [quoted(o) for o in others if any(href in decode(o.href) for href in disabled if href)]
