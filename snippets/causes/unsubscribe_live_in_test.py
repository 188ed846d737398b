"""The link in an internal mail is live and unsubscribes a real contact (U2, V70)."""

from ..evidence.facts import Facts, Visit
from ..evidence.kinds import AddressKind, Where
from ..evidence.questions import Symptom
from ..evidence.sending import (
    has_no_stat,
    is_of_test,
    is_test_link,
    is_untracked,
    is_without_stat,
    sending,
    test_signs,
)
from . import Seen, answer, likely, sure

PAGE = "emails/unsubscribe"
EXPLAINS = (
    Symptom.UNSUBSCRIBED_UNWILLINGLY,
    Symptom.UNSUBSCRIBE_BROKEN,
    Symptom.WRONG_CONTACT,
)
BEFORE = {"send-context": "a link that unsubscribes somebody is more urgent than a missing count"}

FEW = 3  # requests for one of these: in a whole log a test is one thing among many


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
    is_test = test_signs(facts) or (live and is_without_stat(live[0]))
    if facts.html and live and is_test and is_untracked(facts):
        return sure(*live)
    return followed(facts)


def followed(facts: Facts) -> Seen | None:
    """Such a link was opened: by its hash no sending was saved, and it is signed for somebody.

    Among many requests it is what is asked about only if somebody was unsubscribed.
    """
    if facts.symptom not in (None, *EXPLAINS):
        return None
    opened = [visit for visit in facts.visits if is_live(visit) and 200 <= visit.line.status < 400]
    is_most = len(opened) * FEW >= len(facts.visits)
    return (
        likely(*(visit.quote for visit in opened))
        if opened and (is_most or facts.symptom)
        else None
    )


def is_live(visit: Visit) -> bool:
    """Whether a request follows the link of a test that unsubscribes a contact."""
    address = visit.address
    is_link = address.kind == AddressKind.UNSUBSCRIBE and address.signature != ""
    return is_link and has_no_stat(address) and not is_of_test(address)
