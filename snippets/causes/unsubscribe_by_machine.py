"""A machine opened the link: HEAD by a provider, a scanner, an automatic reply (U5, V63)."""

from collections.abc import Sequence
from datetime import timedelta

from ..evidence.facts import Facts, Quote, Visit
from ..evidence.kinds import AddressKind
from ..evidence.messages import Mail
from ..evidence.questions import Symptom
from ..evidence.timing import AT_ONCE, is_within
from . import Seen, likely, sure

PAGE = "emails/unsubscribe"
EXPLAINS = (Symptom.UNSUBSCRIBE_BROKEN, Symptom.WRONG_CONTACT)
BEFORE: dict[str, str] = {}


def check(facts: Facts) -> Seen | None:
    """Look for HEAD, an automatic reply, several recipients at once, a visit at delivery."""
    visits = [visit for visit in facts.visits if visit.address.kind == AddressKind.UNSUBSCRIBE]
    heads = [visit.quote for visit in visits if visit.line.method == "HEAD"]
    if heads and not facts.has("head-does-not-unsubscribe"):
        return sure(*heads)
    reply = automatic_reply(facts.mail) if facts.mail else ""
    if reply and facts.says("symptom", "unsubscribe-broken"):
        return sure(reply)
    several = from_one_address(visits)
    if several:
        return likely(*several)
    early = [visit.quote for visit in visits if facts.mail and is_at_delivery(visit, facts.mail)]
    return likely(*early) if early else None


def from_one_address(visits: Sequence[Visit]) -> list[Quote]:
    """Return visits for three recipients or more, from one IP address, within ten seconds."""
    by_ip: dict[str, list[Visit]] = {}
    for visit in visits:
        by_ip.setdefault(visit.line.ip, []).append(visit)
    for same in by_ip.values():
        for three in zip(same, same[1:], same[2:], strict=False):
            is_quick = is_within(three[0], three[2], AT_ONCE)
            if is_quick and len({visit.address.hash for visit in three}) == 3:
                return [visit.quote for visit in three]
    return []


def automatic_reply(mail: Mail) -> str:
    """Return the header of an automatic reply to Mautic's unsubscribe mailbox, "" for others."""
    value = mail.header("auto-submitted")
    is_reply = value.lower().startswith("auto-replied")
    to_mautic = "+unsubscribe" in mail.header("to")
    return f"Auto-Submitted: {value}" if is_reply and to_mautic else ""


def is_at_delivery(visit: Visit, mail: Mail) -> bool:
    """Whether a visit comes within ten seconds after sending: no person reads so fast."""
    if visit.line.at is None or mail.sent_at is None:
        return False
    return timedelta() <= visit.line.at - mail.sent_at <= AT_ONCE
