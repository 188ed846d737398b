"""From 7.1 an address that changes when it is normalised is not tracked (V22, V23)."""

from .. import links
from ..evidence.facts import Facts, Place, explained
from ..evidence.missed import is_partly_replaced, missed, quoted
from ..evidence.questions import LOST_CLICK
from ..evidence.sources import Quote, as_whole
from ..releases import DEFAULT
from ..saving import save
from . import Seen, answer, likely, possible, sure

PAGE = "emails/links"
EXPLAINS = LOST_CLICK
BEFORE: dict[str, str] = {}
DECIDED_BY = ("release",)
UNRECORDED = "\\"  # is encoded by the library, and stands in none of the recordings of V22
PLACEHOLDERS = ("|URL|", "&#124;URL&#124;")  # of texts in the settings: no address of a link


def check(facts: Facts) -> Seen | None:
    """Ask the rules which links were missed for it; the release decides how certain it is."""
    if facts.release and not facts.has("normalised-address"):
        return None
    lost = missed(facts, "normalised") + lost_by_saving(facts)
    found = [quote for quote in lost if quote.text not in PLACEHOLDERS]
    if facts.says("role", "href"):
        found += [p.quote for p in facts.given if is_normalised(facts, p)]
    if not found and facts.release and is_partly_replaced(facts):
        return possible(*answer(facts, "links-replaced", "release"))
    if not found:
        return None
    if facts.release:
        is_known = any(UNRECORDED not in quote.text for quote in found)
        return (sure if is_known else likely)(*found)
    return likely(*found) if facts.tracked or facts.symptom in EXPLAINS else possible(*found)


def lost_by_saving(facts: Facts) -> list[Quote]:
    """Return links of the editor's HTML that are lost once saving has decoded them (R80, V23)."""
    if not facts.is_template or not facts.html:
        return []
    release = facts.release or DEFAULT
    saved = explained(as_whole(save(facts.html.text, release)), release)
    pairs = zip(facts.template_links, saved, strict=False)
    return [quoted(a) for a, b in pairs if a.reason == "tracked" and b.reason == "normalised"]


def is_normalised(facts: Facts, place: Place) -> bool:
    """Whether a link with this address would be missed."""
    html = f'<a href="{place.address.given}">'
    found = links.explain(html, release=facts.release or DEFAULT) if '"' not in html[9:-2] else []
    return bool(found) and found[0].reason == "normalised"
