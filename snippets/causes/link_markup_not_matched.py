"""A link is written so that the search misses it (R44)."""

import re
from collections.abc import Iterator

from .. import links
from ..evidence import addresses
from ..evidence.facts import Facts, Place, Quote
from ..evidence.kinds import AddressKind, SourceKind
from ..evidence.missed import is_partly_replaced, kind_of, missed, quoted, suspects
from ..evidence.questions import Symptom
from . import Seen, answer, possible, sure

PAGE = "emails/links"
EXPLAINS = (Symptom.CLICK_MISSING,)
BEFORE = {"link-normalised": "any release misses such a link, only the newest a normalised one"}
MARKUP = ("line-break", "quotes", "leading-space", "entity", "rebuilt", "malformed")
A_TAG = re.compile(r"<a\b[^<>]{0,8000}>", re.I)
OWN_HREF = re.compile(r"\shref=[\"']([^\"']*)", re.I)
DATA_HREF = re.compile(r"\sdata-[\w-]*href=[\"']([^\"']*)", re.I)
VML_HREF = re.compile(r"<v:\w{1,30}\b[^<>]{0,2000}?\shref=[\"'](https?://[^\"'<>]{1,4000})")


def check(facts: Facts) -> Seen | None:
    """Ask the rules which links were missed, then look where they don't: VML, old releases."""
    found = missed(facts, *MARKUP) + upper_case_schemes(facts) + only_for_outlook(facts)
    found += in_another_attribute(facts)
    if found:
        return sure(*found)
    bare = [p for p in facts.untouched if is_without_scheme(p)] if facts.is_real_send else []
    if bare:
        return sure(*bare)
    if is_partly_replaced(facts):
        return possible(*answer(facts, "links-replaced", "release"))
    return None


def upper_case_schemes(facts: Facts) -> list[Quote]:
    """Return links written `HTTPS://…`, which Mautic refuses (R24)."""
    refused = [(link, shown) for link, shown in suspects(facts) if link.reason == "scheme"]
    return [shown for link, shown in refused if re.match(r"(?!https?:)(?i:https?:)", link.href)]


def in_another_attribute(facts: Facts) -> list[Quote]:
    """Return tags of which an editor's own attribute was rewritten, not the `href` (#1429)."""
    texts = [source.text for source in facts.sources if source.kind != SourceKind.LOG]
    tags = [found[0] for text in texts for found in A_TAG.finditer(text)]
    hrefs = [(tag, OWN_HREF.search(tag), DATA_HREF.search(tag)) for tag in tags]
    return [
        Quote(tag)
        for tag, own, data in hrefs
        if own and data and kind_of(data[1]) == AddressKind.TRACKED != kind_of(own[1])
    ]


def only_for_outlook(facts: Facts) -> list[Quote]:
    """Return addresses of VML buttons that stand in no ordinary link (R11, R44)."""
    html = facts.before if facts.before is not None else facts.html.text if facts.html else ""
    if "<v:" not in html and "[if mso" not in html:
        return []
    shapes = set(VML_HREF.findall(html))
    inside = "".join(for_outlook(html))
    shapes |= set(re.findall(r"<a\b[^<>]{0,2000}?\shref=[\"'](https?://[^\"'<>]{1,4000})", inside))
    unseen = ("not-a-link", "text-looks-like-html")
    found = links.explain(html)
    outside = {link.href for link in found if link.reason not in unseen}
    only = [quoted(link) for link in found if link.href in shapes - outside]
    sent = facts.tracked or facts.is_real_send or facts.is_template or facts.before is not None
    return [s for s in only if not addresses.read(s.text).is_mautic] if sent else []


def for_outlook(html: str) -> Iterator[str]:
    """Yield what stands in conditional comments that only Outlook reads."""
    at = html.find("<!--[if")
    while at >= 0:
        end = html.find("<![endif]-->", at)
        if end < 0:
            return
        condition = html[at : min(at + 200, end)].partition("]")[0]
        if "mso" in condition:
            yield html[at:end]
        at = html.find("<!--[if", end)


def is_without_scheme(place: Place) -> bool:
    """Whether an untouched link names a host without `https://`: missed by old releases."""
    named = re.match(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]|$)", place.address.url, re.I)
    return bool(place.link and place.link.reason == "tracked" and named)
