"""Trackable addresses or the pixel are switched off in the configuration (K18, P14)."""

from ..evidence.facts import Facts
from ..evidence.kinds import AddressKind
from ..evidence.questions import Symptom
from ..evidence.sending import links_off, on_one_host, sending, test_signs
from . import Seen, answer, likely, possible, sure

PAGE = "emails/troubleshooting"
EXPLAINS = (Symptom.OPEN_MISSING, Symptom.CLICK_MISSING)
BEFORE: dict[str, str] = {}
BLANK = "data:image/gif;base64,R0lGODlhAQABAAD"  # the pixel of a mail without statistic


def check(facts: Facts) -> Seen | None:
    """Look at the answers, then for a real mail without tracked links, or without pixel."""
    if facts.says("trackable-urls-disabled", "yes") and not facts.says("symptom", "open-missing"):
        return sure(*answer(facts, "trackable-urls-disabled"))
    sent = sending(facts)
    if (sent and not sent.pixel) or test_signs(facts):
        return None
    if sent and facts.says("symptom", "open-missing") and facts.says("pixel-present", "no"):
        return likely(*answer(facts, "pixel-present"))
    raw = links_off(facts)
    if raw and on_one_host(facts):
        return possible(*raw)
    if raw and (facts.release is None or facts.has("links-can-be-off")):
        return likely(*raw)
    if sent and sent.links == "tracked" and facts.says("links-replaced", "no"):
        return possible(*answer(facts, "links-replaced"))
    return pixel_off(facts)


def pixel_off(facts: Facts) -> Seen | None:
    """A real mail with tracked links and no pixel at all."""
    if facts.of(AddressKind.PIXEL) or facts.unseen_pixels:
        return None
    if not facts.html or not facts.mail or not facts.is_real_send:
        return None
    html = facts.html.text
    whole = "</html>" in html.lower() and not facts.mail.cut
    if not whole or BLANK in html or "cid:" in html:
        return None
    return sure(*facts.tracked[:2]) if facts.tracked else None
