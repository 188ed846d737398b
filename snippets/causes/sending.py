"""How the e-mail was sent, and what was switched off."""

import re
from collections.abc import Mapping
from email.utils import parseaddr

from .. import contexts
from ..contexts import UnknownContext
from ..evidence.facts import Facts, Place
from ..evidence.messages import Mail
from ..releases import DEFAULT, UnknownRelease, find
from . import Finding, answer, finding

PLACEHOLDER = re.compile(r"\[(?:First ?Name|Last ?Name|Email|Title|Company|Position|City)\]", re.I)
MISSING = ("open-missing", "click-missing")
TEST_HASH = 13


def context(facts: Facts) -> contexts.Context | None:
    """Return what the way of sending that was answered does; older releases count as 4.4."""
    sent_via = facts.answers.get("sent-via")
    if not sent_via:
        return None
    try:
        return contexts.find(sent_via, find(facts.answers.get("release", DEFAULT)))
    except UnknownRelease:
        return contexts.find(sent_via, "4.4") if sent_via != "test-contact" else None
    except UnknownContext:
        return None


def test_signs(facts: Facts) -> list[str]:
    """Return what shows a test or internal mail: subject, placeholders, a short hash (X7)."""
    mail, signs = facts.mail, list[str]()
    if mail and re.match(r"\s*\[TEST\]", mail.header("subject"), re.I):
        signs.append("Subject: [TEST]")
    html = facts.html.text if facts.html and facts.is_received else ""
    signs += [found[0] for found in PLACEHOLDER.finditer(html)][:2]
    return signs


def send_context(facts: Facts) -> Finding | None:
    """The way of sending doesn't track, or counts for no e-mail (X1 to X13)."""
    sent = context(facts)
    symptom = facts.answers.get("symptom", "click-missing")
    if sent and symptom in MISSING and not sent.statistic:
        return finding("send-context", "sure", *answer(facts, "sent-via"))
    if sent and symptom in MISSING and sent.counted_for == "contact":
        return finding("send-context", "likely", *answer(facts, "sent-via"))
    if sent and facts.says("symptom", "unsubscribe-broken") and sent.counted_for == "contact":
        # Such a mail belongs to no e-mail, so the page of that e-mail isn't shown (#6039).
        return finding("send-context", "possible", *answer(facts, "sent-via"))
    signs = test_signs(facts)
    if signs and not facts.tracked and not facts.is_real_send:
        return finding("send-context", "sure", *signs, *facts.unsubscribes)
    direct = [p for p in facts.tracked if is_direct(facts, p)]
    if direct and symptom in MISSING:
        return finding("send-context", "likely", *direct)
    return short_hash(facts)


def is_direct(facts: Facts, place: Place) -> bool:
    """Whether a `ct` shows a direct e-mail: a stat, but neither source nor e-mail."""
    data = place.address.data
    is_known = isinstance(data, Mapping) and bool(data.get("stat")) and not data.get("email")
    return is_known and facts.source_of(place) == "direct"


def short_hash(facts: Facts) -> Finding | None:
    """A message without pixel and tracked links, whose unsubscribe link has a test's hash."""
    short = [p for p in facts.unsubscribes if len(p.address.hash) == TEST_HASH]
    has_links = any(p.address.scheme in ("http", "https") for p in facts.untouched)
    untracked = not facts.tracked and not facts.of("pixel") and not facts.is_real_send
    if facts.mail and short and has_links and untracked:
        return finding("send-context", "likely", *short)
    return None


def tracking_setting_off(facts: Facts) -> Finding | None:
    """Trackable addresses or the pixel are switched off in the configuration (K18, P14)."""
    if facts.says("trackable-urls-disabled", "yes") and not facts.says("symptom", "open-missing"):
        return finding("tracking-setting-off", "sure", *answer(facts, "trackable-urls-disabled"))
    sent = context(facts)
    if (sent and not sent.pixel) or test_signs(facts):
        return None
    if sent and facts.says("symptom", "open-missing") and facts.says("pixel-present", "no"):
        return finding("tracking-setting-off", "likely", *answer(facts, "pixel-present"))
    raw = links_off(facts)
    if raw and (facts.release is None or facts.has("links-can-be-off")):
        return finding("tracking-setting-off", "likely", *raw)
    if sent and sent.links == "tracked" and facts.says("links-replaced", "no"):
        return finding("tracking-setting-off", "possible", *answer(facts, "links-replaced"))
    return pixel_off(facts)


def links_off(facts: Facts) -> list[Place]:
    """Return the trackable links of a real mail in which not one was replaced."""
    if not facts.is_real_send or facts.tracked:
        return []
    trackable = [p for p in facts.untouched if p.link and p.link.reason == "tracked"]
    return [p for p in trackable if p.address.scheme in ("http", "https")]


def pixel_off(facts: Facts) -> Finding | None:
    """A real mail with tracked links and no pixel at all."""
    if facts.of("pixel") or not facts.html or not facts.mail or not facts.is_real_send:
        return None
    whole = "</html>" in facts.html.text.lower() and not facts.mail.cut
    if not whole or has_blank_pixel(facts.html.text) or "cid:" in facts.html.text:
        return None
    if facts.tracked:
        return finding("tracking-setting-off", "sure", *facts.tracked[:2])
    return None


def has_blank_pixel(html: str) -> bool:
    """Whether the pixel is the blank image of a mail without statistic."""
    return "data:image/gif;base64,R0lGODlhAQABAAD" in html


def own_copy_opened(facts: Facts) -> Finding | None:
    """The sender's own copy of a mail from the Outlook plugin loads the pixel (P12)."""
    if not facts.says("symptom", "too-many"):
        return None
    if facts.says("sent-via", "outlook-plugin"):
        return finding("own-copy-opened", "likely", *answer(facts, "sent-via"))
    copy = delivered_to_sender(facts.mail) if facts.mail else ""
    return finding("own-copy-opened", "likely", copy) if copy and facts.pixels else None


def delivered_to_sender(mail: Mail) -> str:
    """Return the header that shows a copy in the sender's own mailbox, "" if none does (P18)."""
    mailbox = mail.header("delivered-to").strip("<> ").lower()
    sender, to = parseaddr(mail.header("from"))[1].lower(), mail.header("to").lower()
    is_copy = mailbox and mailbox == sender and mailbox not in to
    return f"Delivered-To: {mail.header('delivered-to')}" if is_copy else ""
