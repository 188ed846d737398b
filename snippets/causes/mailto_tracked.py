"""A mailto link goes through Mautic, from 5.0 on (R24, V27)."""

from ..evidence.facts import Facts
from ..evidence.kinds import AddressKind
from ..evidence.missed import quoted
from ..evidence.questions import Symptom
from ..links import Link
from . import Seen, likely, possible, sure

PAGE = "emails/links"
EXPLAINS = (Symptom.LINK_BROKEN, Symptom.CLICK_MISSING)
BEFORE = {"destination-broken": "the redirect to a mailto is what the click ends in"}


def check(facts: Facts) -> Seen | None:
    """Look for a mailto that became a tracked link, or will."""
    through = [(link, after) for link, after in facts.pairs if is_mailto(link)]
    changed = [quoted(link) for link, after in through if after.address.kind == AddressKind.TRACKED]
    if changed:
        return sure(*changed)
    if not facts.is_template or (facts.release and not facts.has("mailto-tracked")):
        return None
    mails = [quoted(link) for link in facts.template_links if link.tracked and is_mailto(link)]
    if not mails:
        return None
    return likely(*mails) if facts.says("symptom", "link-broken") else possible(*mails)


def is_mailto(link: Link) -> bool:
    """Whether a link opens the reader's mail program."""
    return link.href.lower().startswith("mailto:")
