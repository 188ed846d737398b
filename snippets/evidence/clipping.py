"""Where Gmail cuts a long message, and whether the pixel lies behind that place (P2)."""

from .. import pixel
from .facts import Facts
from .sources import is_whole

GMAIL_CUTS_AT = 102_000  # bytes of HTML


def is_clipped(facts: Facts) -> bool:
    """Whether the first pixel of the mail lies behind the place where Gmail cuts."""
    return facts.html is not None and first_pixel(facts.html.text) > GMAIL_CUTS_AT


def is_within_reach(facts: Facts) -> bool:
    """Whether a whole mail was given and its first pixel stands before that place."""
    page = facts.html
    if page is None or not (page.mail or is_whole(page.text)):
        return False
    return 0 < first_pixel(page.text) <= GMAIL_CUTS_AT


def first_pixel(html: str) -> int:
    """Return where the first pixel stands, in bytes from the beginning of the HTML; 0 if none."""
    found = pixel.find(html)
    return len(html[: found[0].offset].encode("utf-8", "replace")) if found else 0
