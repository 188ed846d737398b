"""One's own preference page isn't shown: Mautic's standard page is, silently (U5)."""

import re

from ..evidence import preferences
from ..evidence.facts import Facts
from ..evidence.kinds import AddressKind, SourceKind
from ..evidence.questions import Symptom
from ..evidence.sending import is_test_link, sending
from ..evidence.sources import Quote
from . import Seen, answer, likely, possible

PAGE = "emails/unsubscribe"
EXPLAINS = (Symptom.UNSUBSCRIBE_BROKEN,)
BEFORE: dict[str, str] = {}
# What only a preference page has: the slots of its builder, or their tokens.
SLOT = re.compile(
    r"data-slot=[\"'](?:segmentlist|categorylist|preferredchannel|channelfrequency)[\"']"
    r"|\{(?:segmentlist|categorylist|preferredchannel|channelfrequency)\}",
    re.I,
)
SAVE = re.compile(r"data-slot=[\"']saveprefsbutton[\"']|\{saveprefsbutton\}", re.I)


def check(facts: Facts) -> Seen | None:
    """Look for a preference page without its button, then for a link that answers all right."""
    without = [quote for quote in slots(facts) if quote]
    if without and facts.symptom in (None, *EXPLAINS):
        return likely(*without)
    if set_off := switched_off(facts):
        return set_off
    if not facts.says("symptom", "unsubscribe-broken") or facts.visits:
        return None
    sent = sending(facts)
    if sent and sent.counted_for != "e-mail":  # such a mail belongs to no e-mail, so to no page
        return None
    if any(is_test_link(place) for place in facts.unsubscribes) or facts.says("role", "pixel"):
        return None
    if facts.says("contact-exists", "no") or facts.of(AddressKind.VALIDATE):
        return None  # nobody to have preferences, or the page that asks for the address comes first
    shown = answer(facts, "http-status", "unsubscribe-opened", "contact-exists")
    is_clear = facts.says("unsubscribe-opened", "link") and facts.says("contact-exists", "yes")
    if facts.says("http-status", "200"):
        return likely(*shown) if is_clear else possible(*shown)
    return possible(*shown) if is_clear and "http-status" not in facts.answers else None


def switched_off(facts: Facts) -> Seen | None:
    """Contact preferences are off in the configuration, though a page for them was made (U5).

    Off is how Mautic is delivered: alone, it says only that no such page can appear.
    """
    if facts.is_on("show_contact_preferences") is not False:
        return None
    if facts.symptom not in (None, *EXPLAINS):
        return None
    shown = facts.lines_with("show_contact_preferences")
    made = facts.lines_of(preferences.made, SourceKind.TEXT, SourceKind.SETTINGS)
    if made:
        return likely(*shown, *made)
    return possible(*shown) if facts.symptom and not facts.visits else None


def slots(facts: Facts) -> list[Quote]:
    """Return the slots of preference pages that have no button to save."""
    pages = [s for s in facts.sources if s.kind == SourceKind.HTML and not SAVE.search(s.text)]
    found = [(source, SLOT.search(source.text)) for source in pages]
    return [Quote(slot[0], source.name) for source, slot in found if slot]
