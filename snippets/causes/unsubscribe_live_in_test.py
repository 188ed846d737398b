"""The link in an internal mail is live and unsubscribes a real contact (U2, V70)."""

from ..evidence.facts import Facts
from ..evidence.kinds import Where
from ..evidence.questions import Symptom
from ..evidence.sending import is_test_link, is_untracked, is_without_stat, sending, test_signs
from . import Seen, answer, sure

PAGE = "emails/unsubscribe"
EXPLAINS = (
    Symptom.UNSUBSCRIBED_UNWILLINGLY,
    Symptom.UNSUBSCRIBE_BROKEN,
    Symptom.WRONG_CONTACT,
)
BEFORE = {"send-context": "a link that unsubscribes somebody is more urgent than a missing count"}


def check(facts: Facts) -> Seen | None:
    """Look for a link with address and signature in a mail that is a test."""
    sent = sending(facts)
    unsubscribes = sent is not None and sent.unsubscribe == "unsubscribes-the-contact"
    if unsubscribes and facts.symptom in EXPLAINS:
        return sure(*answer(facts, "sent-via", "release"))
    live = [p for p in facts.unsubscribes if p.address.signature and not is_test_link(p)]
    alone = [p for p in live if p.where == Where.GIVEN and is_without_stat(p)]
    if alone:
        return sure(*alone)
    if not facts.html or not live or not is_untracked(facts):
        return None
    return sure(*live) if test_signs(facts) or is_without_stat(live[0]) else None
