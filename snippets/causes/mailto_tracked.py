"""A mailto link goes through Mautic, from 5.0 on (R24, V27)."""

from collections.abc import Mapping

from ..evidence.facts import Facts
from ..evidence.kinds import AddressKind
from ..evidence.missed import quoted
from ..evidence.questions import Symptom
from . import Seen, likely, possible, sure

PAGE = "emails/links"
EXPLAINS = (Symptom.LINK_BROKEN, Symptom.CLICK_MISSING)
BEFORE = {"destination-broken": "the redirect to a mailto is what the click ends in"}


def check(facts: Facts) -> Seen | None:
    """Look for a mailto that became a tracked link, or will."""
    through = [(link, after) for link, after in facts.pairs if is_mailto(link.href)]
    changed = [quoted(link) for link, after in through if after.address.kind == AddressKind.TRACKED]
    changed += [visit.quote for visit in facts.visits if is_mailto(visit.location)]
    changed += [quote for quote, row in facts.rows if is_redirect(row)]
    changed += [p.quote for p in facts.given if p.address.ct and is_mailto(p.address.given)]
    if changed:
        return sure(*changed)
    if not facts.is_template or (facts.release and not facts.has("mailto-tracked")):
        return None
    mails = [quoted(link) for link in facts.template_links if link.tracked and is_mailto(link.href)]
    if not mails:
        return None
    return likely(*mails) if facts.says("symptom", "link-broken") else possible(*mails)


def is_redirect(row: Mapping[str, str]) -> bool:
    """Whether a row of the database leads from a tracked link to a mail program."""
    return "redirect_id" in row and is_mailto(row.get("url", ""))


def is_mailto(address: str) -> bool:
    """Whether an address opens the reader's mail program."""
    return address.lower().startswith("mailto:")
