"""The browser of the test was logged in to Mautic (L1)."""

from ..evidence.facts import Facts
from ..evidence.kinds import AddressKind
from ..evidence.questions import LOST_CLICK, Symptom
from . import Seen, answer, likely, sure

PAGE = "emails/troubleshooting"
EXPLAINS = (*LOST_CLICK, Symptom.PAGE_MISSING, Symptom.OPEN_MISSING)
BEFORE: dict[str, str] = {}


def check(facts: Facts) -> Seen | None:
    """Only an answer tells."""
    if not facts.says("logged-in", "yes"):
        return None
    in_web_view = [p for p in facts.given if p.address.kind == AddressKind.WEB_VIEW]
    if in_web_view:  # the only open a login hides (L4)
        return sure(*answer(facts, "logged-in"), *in_web_view)
    if facts.says("symptom", "open-missing", "too-many", "unsubscribe-broken"):
        return None
    shown = answer(facts, "logged-in")
    is_sure = facts.says("symptom", "click-missing", "page-missing")
    return sure(*shown) if is_sure else likely(*shown)
