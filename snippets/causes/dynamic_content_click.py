"""The `ct` of a link in dynamic content names neither e-mail nor stat."""

from collections.abc import Mapping

from ..evidence.facts import Facts, Place
from ..evidence.questions import LOST_CLICK
from . import Seen, answer, likely

PAGE = "emails/clicks"
EXPLAINS = LOST_CLICK
BEFORE: dict[str, str] = {}


def check(facts: Facts) -> Seen | None:
    """Look for an empty `ct` among full ones, or at the answer."""
    inside = facts.says("link-inside", "dynamic-content")
    empty = [p for p in facts.tracked if is_of_no_email(p)]
    full = [p for p in facts.tracked if p.address.stat]
    if empty and (full or facts.given or inside):
        return likely(*empty)
    if inside and facts.says("symptom", "click-missing"):
        return likely(*answer(facts, "link-inside"))
    return None


def ruled_out(facts: Facts) -> bool:
    """Whether the link stands elsewhere."""
    return facts.says("link-inside", "body")


def is_of_no_email(place: Place) -> bool:
    """Whether a `ct` has an e-mail and a stat, both empty."""
    data = place.address.data
    return isinstance(data, Mapping) and not data.get("email") and not data.get("stat")
