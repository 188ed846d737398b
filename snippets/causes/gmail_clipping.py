"""The pixel lies behind the place where Gmail cuts a long message (P2)."""

from ..evidence.clipping import is_clipped
from ..evidence.facts import Facts
from ..evidence.questions import LOST_OPEN, Symptom
from . import Seen, likely

PAGE = "emails/pixel"
EXPLAINS = (*LOST_OPEN, Symptom.UNSUBSCRIBE_BROKEN)
BEFORE: dict[str, str] = {}


def check(facts: Facts) -> Seen | None:
    """Measure where the pixel stands; clicks don't depend on it."""
    if facts.says("symptom", "click-missing") or not is_clipped(facts):
        return None
    return likely(*facts.pixels[:1])
