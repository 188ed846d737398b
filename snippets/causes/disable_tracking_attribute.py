"""The attribute that excludes a link is misspelt, unknown, or excludes too much (R14, V25)."""

import re

from ..evidence.facts import Facts, Quote
from ..evidence.kinds import AddressKind, SourceKind
from ..evidence.missed import quoted
from ..evidence.questions import LOST_CLICK, Symptom
from ..platform.markup import decode
from . import Seen, likely, possible, sure

PAGE = "emails/links"
EXPLAINS = (*LOST_CLICK, Symptom.LINK_BROKEN, Symptom.TOO_MANY)
BEFORE = {"mailto-tracked": "an exclusion without effect is why the mailto goes through Mautic"}
MISSPELT = re.compile(r"mautic:disable:tracking|data-mautic:disable-tracking", re.I)
DATA = re.compile(r"data-mautic-disable-tracking(?:\s*=\s*[\"']?([^\"'\s>]*))?", re.I)


def check(facts: Facts) -> Seen | None:
    """Look at how the attribute is written, then at what it did."""
    kinds = (SourceKind.HTML, SourceKind.MESSAGE)
    html = "\n".join([facts.before or "", *(s.text for s in facts.sources if s.kind in kinds)])
    misspelt = MISSPELT.search(html)
    is_tracked = facts.symptom in LOST_CLICK  # an exclusion without effect hides no click
    if misspelt:
        return possible(misspelt[0]) if is_tracked else sure(misspelt[0])
    data = DATA.search(html)
    too_old = facts.release is not None and not facts.has("data-attribute")
    old_form = "mautic:disable-tracking" in html
    if data and not old_form and (data[1] != "true" or too_old):
        return possible(data[0]) if is_tracked else sure(data[0])
    lost = [
        quoted(link)
        for link, after in facts.pairs
        if link.reason == "disabled" and after.address.kind == AddressKind.TRACKED
    ]
    if lost:
        return sure(*lost)
    wide = excluded_with(facts)
    return sure(*wide) if wide else as_wanted(facts)


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
