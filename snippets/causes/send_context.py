"""The way of sending doesn't track, or counts for no e-mail (X1 to X13)."""

from collections.abc import Mapping

from ..evidence.facts import Facts, Place
from ..evidence.kinds import AddressKind
from ..evidence.questions import LOST, MISSING, Symptom
from ..evidence.sending import TEST_HASH, is_untracked, sending, test_signs
from . import Seen, answer, likely, possible, sure

PAGE = "emails/troubleshooting"
EXPLAINS = (*LOST, Symptom.LINK_BROKEN, Symptom.UNSUBSCRIBE_BROKEN)
BEFORE: dict[str, str] = {}
# To contacts, tracked and counted for their e-mail, whatever the release.
COUNTED_EVERYWHERE = ("segment", "campaign", "form-to-contact", "point-trigger", "api")


def check(facts: Facts) -> Seen | None:
    """Look at the way of sending that was answered, then at the signs in the mail."""
    symptom = facts.answers.get("symptom", "click-missing")
    answered = as_answered(facts, symptom)
    if answered:
        return answered
    signs = test_signs(facts)
    if signs and not facts.tracked and not facts.is_real_send:
        return sure(*signs, *facts.unsubscribes)
    direct = [p for p in facts.tracked if is_direct(facts, p)]
    if direct and symptom in MISSING:
        return likely(*direct)
    return short_hash(facts) or without_web_view(facts)


def ruled_out(facts: Facts) -> bool:
    """Whether what is sent that way counts for its e-mail in each release (X1 to X5)."""
    return facts.says("sent-via", *COUNTED_EVERYWHERE)


def without_web_view(facts: Facts) -> Seen | None:
    """The web view answers 404: of a test no sending is kept that could be shown (X7)."""
    logged = [v for v in facts.visits if v.address.kind == AddressKind.WEB_VIEW]
    lost = [visit.quote for visit in logged if visit.line.status == 404]
    links = [p.quote for p in facts.given if p.address.kind == AddressKind.WEB_VIEW]
    if not lost and not (links and not facts.visits and facts.says("http-status", "404")):
        return None
    sent = sending(facts)
    is_test = test_signs(facts) or (sent is not None and not sent.statistic)
    return likely(*lost, *links) if is_test else possible(*lost, *links)


def as_answered(facts: Facts, symptom: str) -> Seen | None:
    """Return what the way of sending that was answered explains."""
    sent = sending(facts)
    if sent is None:
        return None
    if symptom in LOST and not sent.statistic:
        return sure(*answer(facts, "sent-via"))
    if symptom in LOST and sent.counted_for == "contact":
        return likely(*answer(facts, "sent-via"))
    if symptom == Symptom.UNSUBSCRIBE_BROKEN and sent.counted_for == "contact":
        # Such a mail belongs to no e-mail, so the page of that e-mail isn't shown (#6039).
        return possible(*answer(facts, "sent-via"))
    return None


def is_direct(facts: Facts, place: Place) -> bool:
    """Whether a `ct` shows a direct e-mail: a stat, but neither source nor e-mail."""
    data = place.address.data
    is_known = isinstance(data, Mapping) and bool(data.get("stat")) and not data.get("email")
    return is_known and facts.source_of(place) == "direct"


def short_hash(facts: Facts) -> Seen | None:
    """A message without pixel and tracked links, whose unsubscribe link has a test's hash."""
    short = [p for p in facts.unsubscribes if len(p.address.hash) == TEST_HASH]
    has_links = any(p.address.scheme in ("http", "https") for p in facts.untouched)
    if facts.mail and short and has_links and is_untracked(facts):
        return likely(*short)
    return None
