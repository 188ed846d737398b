"""The reader's client did not load images (P11)."""

from ..evidence.facts import Facts
from ..evidence.questions import LOST_OPEN
from . import Seen, answer, likely, sure

PAGE = "emails/pixel"
EXPLAINS = LOST_OPEN
BEFORE: dict[str, str] = {}


def check(facts: Facts) -> Seen | None:
    """Only answers tell: images not loaded, or clicks without opens."""
    if facts.says("images-loaded", "no") and facts.answers.get("symptom") in (None, *EXPLAINS):
        return sure(*answer(facts, "images-loaded"))
    if facts.says("symptom", "open-missing") and facts.says("clicks-counted", "yes"):
        intact = facts.says("pixel-present", "yes") or bool(facts.pixels)
        asked_for = facts.answers.get("images-loaded") or facts.answers.get("user-agent")
        if intact and not asked_for:
            return likely(*answer(facts, "clicks-counted"))
    return None
