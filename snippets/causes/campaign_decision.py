"""The open or click is on the timeline, and the campaign's decision doesn't take it."""

from ..evidence import screens
from ..evidence.facts import Facts
from ..evidence.questions import MISSING, Symptom
from ..evidence.sending import guessed
from ..evidence.sources import Quote
from . import Seen, answer, likely, possible

PAGE = "emails/clicks"
EXPLAINS = (Symptom.DECISION_MISSING, Symptom.CLICK_MISSING, Symptom.OPEN_MISSING)
# Events of a campaign as its table names them: decisions on an e-mail, the action that sends it.
ON_EMAIL, SEND = ("email.open", "email.click"), "email.send"
PLACE = "a decision asks for a place in the campaign first of all"
BEFORE = {"privacy-signal": PLACE, "valid-hits-filtered": PLACE}


def check(facts: Facts) -> Seen | None:
    """Look for a decision that is missed, or a recorded click of a campaign that is."""
    if facts.says("timeline-shows", "no"):  # then the campaign isn't what misses it
        return None
    if (astray := not_below_email(facts)) and facts.symptom in (None, *EXPLAINS):
        return likely(*astray)
    if (limited := limited_to_tracking(facts)) and facts.symptom in (None, *EXPLAINS):
        return likely(*limited)
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


def ruled_out(facts: Facts) -> bool:
    """Whether nothing was recorded that the campaign could see."""
    return facts.says("timeline-shows", "no")


def not_below_email(facts: Facts) -> list[Quote]:
    """Return the decisions on an e-mail that stand below no action which sends one."""
    events = {row["id"]: row for _, row in facts.rows if "id" in row and "parent_id" in row}
    decisions = [(quote, row) for quote, row in facts.rows if row.get("type") in ON_EMAIL]
    parents = [(quote, events.get(row.get("parent_id", ""))) for quote, row in decisions]
    is_whole = any(row.get("type") == SEND for row in events.values())
    return [q for q, parent in parents if is_whole and (parent is None or parent["type"] != SEND)]


def limited_to_tracking(facts: Facts) -> list[Quote]:
    """Return where a decision is limited to `/r/…`: it is compared with the destination instead."""
    clicks = [(quote, row) for quote, row in facts.rows if row.get("type") == "email.click"]
    kept = [quote for quote, row in clicks if screens.is_tracking(row.get("properties", ""))]
    return [*facts.lines_of(screens.limited_to_tracking), *kept]


def on_contact_page(facts: Facts) -> list[Quote]:
    """Return the first event of a contact's page that shows an open or a visit."""
    return [*facts.lines_of(screens.opened), *facts.lines_of(screens.visited)][:1]
