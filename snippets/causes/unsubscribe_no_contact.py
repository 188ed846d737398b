"""A test or a mail without contact: the link answers « Record not found » (U3)."""

from ..evidence import screens
from ..evidence.facts import Facts
from ..evidence.kinds import AddressKind, Where
from ..evidence.questions import Symptom
from ..evidence.sending import is_test_link, sending, test_signs
from . import Seen, answer, likely, sure

PAGE = "emails/unsubscribe"
EXPLAINS = (Symptom.UNSUBSCRIBE_BROKEN,)
BEFORE = {"send-context": "the mail shows a test by this link, and this is what fails in it"}


def check(facts: Facts) -> Seen | None:
    """Look for the short hash of a test, or a way of sending without contact."""
    unsubscribes = [p for p in facts.places if p.address.kind == AddressKind.UNSUBSCRIBE]
    short = [p for p in unsubscribes if is_test_link(p)]
    is_about = facts.says("symptom", "unsubscribe-broken")
    if short and (test_signs(facts) or is_about) and not facts.is_real_send:
        # Up to 2.13 real sendings had short hashes, too: alone they prove nothing (X7).
        # The links that are not tracked are more of such a mail than this one, until it is missed.
        is_sure = (test_signs(facts) or facts.has("long-hashes")) and not is_of_links(facts)
        return sure(*short) if is_sure else likely(*short)
    sent = sending(facts)
    if sent and sent.unsubscribe == "record-not-found" and is_about:
        return sure(*answer(facts, "sent-via", "symptom"))
    said = facts.lines_of(screens.not_found)
    if said and facts.symptom in (None, *EXPLAINS):
        return likely(*said)
    alone = [p for p in short if p.where == Where.GIVEN]
    return likely(*alone) if alone else None


def is_of_links(facts: Facts) -> bool:
    """Whether nobody said what is missing, and there are links that a real sending would track."""
    return facts.symptom is None and any(
        p.link and p.link.reason == "tracked" and p.address.scheme in ("http", "https")
        for p in facts.untouched
    )
