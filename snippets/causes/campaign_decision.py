"""The open or click is on the timeline, and the campaign's decision doesn't take it."""

from ..evidence.facts import Facts
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
    if facts.says("symptom", "decision-missing"):
        shown = answer(facts, "symptom", "timeline-shows")
        return likely(*shown) if facts.says("timeline-shows", "yes") else possible(*shown)
    sent_via = facts.answers.get("sent-via") or guessed(facts)
    is_recorded = facts.says("timeline-shows", "yes") and facts.says("symptom", *MISSING)
    if sent_via != "campaign" or not is_recorded:
        return None
    shown = answer(facts, "timeline-shows", "sent-via")
    return likely(*shown) if facts.says("symptom", "click-missing") else possible(*shown)
