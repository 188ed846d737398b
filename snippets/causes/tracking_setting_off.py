"""Trackable addresses or the pixel are switched off in the configuration (K18, P14)."""

from ..evidence.facts import Facts
from ..evidence.kinds import AddressKind
from ..evidence.questions import LOST, LOST_OPEN, Symptom
from ..evidence.sending import links_off, on_one_host, sending, sent_by, test_signs
from ..evidence.sources import Quote
from . import Seen, answer, likely, possible, sure

PAGE = "emails/troubleshooting"
EXPLAINS = LOST
BEFORE: dict[str, str] = {}
PIXEL = "mailer_append_tracking_pixel"
MISSING = Quote('<img src="…/email/….gif">', "missing")
BLANK = "data:image/gif;base64,R0lGODlhAQABAAD"  # the pixel of a mail without statistic


def check(facts: Facts) -> Seen | None:
    """Look at the answers, then for a real mail without tracked links, or without pixel."""
    if facts.says("trackable-urls-disabled", "yes") and not facts.says("symptom", "open-missing"):
        return sure(*answer(facts, "trackable-urls-disabled"))
    if facts.is_on(PIXEL) is False and facts.symptom in (None, *LOST_OPEN):
        return sure(facts.setting_lines.get(PIXEL, f"'{PIXEL}': {facts.settings[PIXEL]}"))
    sent = sending(facts)
    if (sent and not sent.pixel) or test_signs(facts):
        return None
    if sent and facts.says("symptom", "open-missing") and facts.says("pixel-present", "no"):
        return likely(*answer(facts, "pixel-present"))
    raw = [] if is_about_opens(facts) else links_off(facts)
    if raw and on_one_host(facts):
        return possible(*raw)
    if raw and (facts.release is None or facts.has("links-can-be-off")):
        return likely(*raw)
    if sent and sent.links == "tracked" and facts.says("links-replaced", "no"):
        return possible(*answer(facts, "links-replaced"))
    return None if facts.says("symptom", "click-missing") else pixel_off(facts)


def ruled_out(facts: Facts) -> bool:
    """Whether what the setting of the symptom takes away is there (K18, P14)."""
    if facts.symptom == Symptom.OPEN_MISSING:
        return facts.says("pixel-present", "yes")
    is_on = facts.says("trackable-urls-disabled", "no")
    is_seen = facts.says("links-replaced", "yes", "partly")
    return facts.symptom == Symptom.CLICK_MISSING and (is_on or is_seen)


def is_about_opens(facts: Facts) -> bool:
    """Whether an open is missed and the pixel is there: links left alone don't explain it."""
    return facts.says("symptom", "open-missing") and bool(facts.of(AddressKind.PIXEL))


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
    return likely(MISSING, *sent_by(facts.mail)) if facts.tracked else None
