"""The reader's client did not load images (P11)."""

from ..evidence import notices
from ..evidence.facts import Facts
from ..evidence.kinds import AddressKind
from ..evidence.questions import LOST_OPEN
from . import Seen, answer, likely, sure

PAGE = "emails/pixel"
EXPLAINS = LOST_OPEN
BEFORE: dict[str, str] = {}


def check(facts: Facts) -> Seen | None:
    """Answers tell: images not loaded, or clicks without opens; or the mail program says so."""
    if facts.says("images-loaded", "no") and facts.answers.get("symptom") in (None, *EXPLAINS):
        return sure(*answer(facts, "images-loaded"))
    if facts.says("symptom", "open-missing") and facts.says("clicks-counted", "yes"):
        intact = facts.says("pixel-present", "yes") or bool(facts.pixels)
        asked_for = facts.answers.get("images-loaded") or facts.answers.get("user-agent")
        if intact and not asked_for:
            return likely(*answer(facts, "clicks-counted"))
    return said_by_program(facts)


def ruled_out(facts: Facts) -> bool:
    """Whether images were shown, which load the pixel (P11)."""
    return facts.says("images-loaded", "yes")


def said_by_program(facts: Facts) -> Seen | None:
    """The bar above the message was copied; a server that refuses the pixel is asked for it."""
    if facts.says("images-loaded", "yes") or facts.symptom not in (None, *EXPLAINS):
        return None
    asked = [visit for visit in facts.visits if visit.address.kind == AddressKind.PIXEL]
    answered = [visit.quote for visit in asked if visit.line.status in (0, 200)]
    shown = notices.images_blocked(facts)
    return likely(*shown, *answered) if shown and (answered or not asked) else None
