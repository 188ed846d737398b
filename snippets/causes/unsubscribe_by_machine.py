"""A machine opened the link: HEAD by a provider, a scanner, an automatic reply (U5, V63)."""

import re

from ..evidence.facts import Facts, Visit
from ..evidence.kinds import AddressKind, WrapperKind
from ..evidence.messages import Mail
from ..evidence.questions import Symptom
from ..evidence.sending import has_no_stat
from ..evidence.sources import Quote
from ..evidence.timing import (
    at_once,
    everything,
    for_many,
    from_everywhere,
    is_at_delivery,
    left_in_history,
)
from . import Seen, answer, likely, possible, sure, undecided

PAGE = "emails/unsubscribe"
OWN_TEST = re.compile(r"curl|^\W*(?:https?|xhs?) ")  # `curl`, HTTPie
EXPLAINS = (
    Symptom.UNSUBSCRIBED_UNWILLINGLY,
    Symptom.UNSUBSCRIBE_BROKEN,
    Symptom.WRONG_CONTACT,
)
BEFORE: dict[str, str] = {}


def check(facts: Facts) -> Seen | None:
    """Look for HEAD, an automatic reply, bursts, a visit at delivery, a gateway's wrapping."""
    visits = [visit for visit in facts.visits if visit.address.kind == AddressKind.UNSUBSCRIBE]
    heads = [visit.quote for visit in visits if is_head_by_machine(visit)]
    asks_first = facts.is_on("show_contact_preferences")  # HEAD is nothing
    if heads and not facts.has("head-does-not-unsubscribe") and not asks_first:
        return sure(*heads) if facts.symptom in EXPLAINS else likely(*heads)
    reply = automatic_reply(facts.mail) if facts.mail else ""
    if reply and facts.symptom in (None, *EXPLAINS):
        return sure(reply) if facts.symptom else likely(reply)
    several = for_many(facts, AddressKind.UNSUBSCRIBE) or amid_a_burst(facts)
    several = several or left_in_history(facts)
    if several:
        return likely(*several)
    early = [visit.quote for visit in visits if is_at_delivery(facts, visit)]
    if early:
        return likely(*early)
    return at_once_by_token(facts) or behind_a_gateway(facts)


def is_head_by_machine(visit: Visit) -> bool:
    """Whether Mautic answered a HEAD that a log tells of; `curl -I` is somebody's own test."""
    is_own = not visit.line.ip and OWN_TEST.search(visit.line.text) is not None
    is_of_nobody = has_no_stat(visit.address)  # the link of a preview
    is_answered = visit.line.method == "HEAD" and visit.line.status < 400
    return is_answered and not is_own and not is_of_nobody


def amid_a_burst(facts: Facts) -> list[Quote]:
    """Return the requests to unsubscribe among those of a machine that followed every link."""
    burst = {*at_once(facts), *everything(facts), *from_everywhere(facts)}
    visits = [visit for visit in facts.visits if visit.address.kind == AddressKind.UNSUBSCRIBE]
    return [visit.quote for visit in visits if visit.quote in burst]


def at_once_by_token(facts: Facts) -> Seen | None:
    """The link is `{dnc_url}`: a machine that opens it unsubscribes the contact (V62)."""
    found = facts.leaves_at_once if facts.symptom in (None, *EXPLAINS) else []
    if not found:
        return None
    return likely(*found) if facts.symptom else undecided(possible(*found), "symptom")


def behind_a_gateway(facts: Facts) -> Seen | None:
    """The link is wrapped by a gateway, which may open it, and that is enough (U5)."""
    wrapped = [p for p in facts.unsubscribes if WrapperKind.GATEWAY in p.wrapped_by]
    if wrapped and facts.says("symptom", "unsubscribed-unwillingly", "unsubscribe-broken"):
        return likely(*wrapped)
    if facts.says("symptom", "unsubscribed-unwillingly"):
        return possible(*answer(facts, "symptom"))
    return None


def automatic_reply(mail: Mail) -> str:
    """Return the header of an automatic reply to Mautic's unsubscribe mailbox, "" for others."""
    value = mail.header("auto-submitted")
    is_reply = value.lower().startswith("auto-replied")
    to_mautic = "+unsubscribe" in mail.header("to")
    return f"Auto-Submitted: {value}" if is_reply and to_mautic else ""
