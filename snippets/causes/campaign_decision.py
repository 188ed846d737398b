"""The open or click is on the timeline, and the campaign's decision doesn't take it."""

from ..evidence import screens
from ..evidence.facts import Facts, Quote
from ..evidence.questions import MISSING, Symptom
from ..evidence.sending import guessed
from . import Seen, answer, likely, possible

PAGE = "emails/clicks"
EXPLAINS = (Symptom.DECISION_MISSING, Symptom.CLICK_MISSING, Symptom.OPEN_MISSING)
BEFORE = {"valid-hits-filtered": "a decision asks for a place in the campaign first of all"}


def check(facts: Facts) -> Seen | None:
    """Look for a decision that is missed, or a recorded click of a campaign that is."""
    if facts.says("timeline-shows", "no"):  # then the campaign isn't what misses it
        return None
    unmet, seen_by_contact = facts.lines_of(screens.unmet), on_contact_page(facts)
    if unmet and seen_by_contact and facts.symptom in (None, *EXPLAINS):
        return likely(*unmet, *seen_by_contact)
    if facts.says("symptom", "decision-missing"):
        shown = answer(facts, "symptom", "timeline-shows")
        return likely(*shown) if facts.says("timeline-shows", "yes") else possible(*shown)
    sent_via = facts.answers.get("sent-via") or guessed(facts)
    is_recorded = facts.says("timeline-shows", "yes") and facts.says("symptom", *MISSING)
    if sent_via != "campaign" or not is_recorded:
        return None
    shown = answer(facts, "timeline-shows", "sent-via")
    return likely(*shown) if facts.says("symptom", "click-missing") else possible(*shown)


def on_contact_page(facts: Facts) -> list[Quote]:
    """Return the first event of a contact's page that shows an open or a visit."""
    return [*facts.lines_of(screens.opened), *facts.lines_of(screens.visited)][:1]
