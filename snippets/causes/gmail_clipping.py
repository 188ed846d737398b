"""The pixel lies behind the place where Gmail cuts a long message (P2)."""

from ..evidence import notices
from ..evidence.clipping import (
    GMAIL_CUTS_AT,
    html_sizes,
    is_clipped,
    is_within_reach,
    pixel_offsets,
)
from ..evidence.facts import Facts
from ..evidence.questions import LOST_OPEN, Symptom
from . import Seen, likely

PAGE = "emails/pixel"
EXPLAINS = (*LOST_OPEN, Symptom.UNSUBSCRIBE_BROKEN)
BEFORE: dict[str, str] = {}


def check(facts: Facts) -> Seen | None:
    """Measure where the pixel stands; clicks don't depend on it."""
    if facts.says("symptom", "click-missing"):
        return None
    return likely(*facts.pixels[:1]) if is_clipped(facts) else said_by_gmail(facts)


def said_by_gmail(facts: Facts) -> Seen | None:
    """Gmail's own words were copied, or somebody counted the bytes before the pixel.

    Neither counts where the pixel is known to stand before the cut.
    """
    if facts.symptom not in (None, *EXPLAINS) or is_within_reach(facts):
        return None
    offsets = pixel_offsets(facts)
    if any(at <= GMAIL_CUTS_AT for at, _ in offsets):
        return None
    shown = [*notices.clipped(facts), *(quote for _, quote in offsets)]
    sizes = html_sizes(facts)
    large = [quote for size, quote in sizes if size > GMAIL_CUTS_AT]
    if sizes and not large:  # too small to be cut: the words are of another mail, or of a manual
        return None
    return likely(*shown, *large) if shown else None
