"""The link is right, the page behind it fails."""

import re

from ..evidence.addresses import Address
from ..evidence.elsewhere import missing_elsewhere
from ..evidence.facts import Facts, Visit
from ..evidence.kinds import AddressKind, Where
from ..evidence.questions import Symptom
from ..evidence.sending import is_of_test
from . import Seen, answer, likely, possible, sure

PAGE = "emails/unsubscribe"
EXPLAINS = (Symptom.UNSUBSCRIBE_BROKEN, Symptom.LINK_BROKEN)
BEFORE: dict[str, str] = {}
FROM_MAUTIC = (404, 410)  # other refusals are the server's, or a firewall's
# Mautic's log where a theme lacks the page that says "you are unsubscribed".
NO_PAGE = re.compile(r"Unable to find template .{0,300}[/:]message\.html\.(?:twig|php)")


def check(facts: Facts) -> Seen | None:
    """Look for an error in the log, or the status that was answered."""
    failed = [v for v in facts.visits if v.line.status >= 400 and is_whole(v.address)]
    if failed:
        return in_log(facts, failed)
    without_page = [quote for quote in facts.complaints if NO_PAGE.search(quote.text)]
    if without_page:
        is_asked = facts.says("symptom", "unsubscribe-broken")  # a form may need that page, too
        return sure(*without_page) if is_asked else likely(*without_page)
    return answered(facts)


def in_log(facts: Facts, failed: list[Visit]) -> Seen:
    """A log shows visits that failed: 500 is Mautic's, others may be of what stands before it."""
    statuses, shown = {v.line.status for v in failed}, [visit.quote for visit in failed]
    if 500 in statuses:
        return sure(*shown)
    is_page = any(status in FROM_MAUTIC or status > 500 for status in statuses)
    return likely(*shown) if is_page and not missing_elsewhere(facts) else possible(*shown)


def answered(facts: Facts) -> Seen | None:
    """What was answered about the link: its status, the contact, how it was opened."""
    alone = any(p.where == Where.GIVEN for p in facts.unsubscribes)
    is_link = alone or facts.says("role", "unsubscribe")
    if not is_link and not facts.says("symptom", "unsubscribe-broken"):
        return None
    status = 0 if facts.visits else int(facts.answers.get("http-status", "0"))
    shown = answer(facts, "http-status", "contact-exists")
    if status >= 500 or (status >= 400 and facts.says("contact-exists", "no")):
        return sure(*shown)
    if status >= 400 or facts.says("contact-exists", "no"):
        return likely(*shown)
    if facts.says("unsubscribe-opened", "directly"):
        return likely(*answer(facts, "unsubscribe-opened"))
    return None


def is_whole(address: Address) -> bool:
    """Whether an address is an unsubscribe link that has all it needs, of a real sending."""
    return address.kind == AddressKind.UNSUBSCRIBE and not is_of_test(address)
