"""Apple Mail loads the pixel by itself, whoever reads the message (V7, P17)."""

import re

from ..evidence import notices
from ..evidence.facts import Facts, Visit
from ..evidence.kept import WHERE_FROM, first
from ..evidence.kinds import AddressKind, SourceKind
from ..evidence.opens import Open, opens
from ..evidence.questions import Symptom
from ..evidence.relays import is_apples, is_bare, is_relays
from ..evidence.sources import Quote
from ..evidence.tables import AGENTS
from . import Seen, answer, likely, possible

PAGE = "emails/pixel"
EXPLAINS = (Symptom.TOO_MANY, Symptom.DECISION_MISSING)
BEFORE = {"bot-or-gateway-hits": "of the opens that nobody made, Apple's programs make the most"}
ABOUT_CLICKS = {"too-many-of", "clicks-counted", "links-replaced", "redirect-works", "user-agent"}
READ = ("date_read", "date_opened", "last_opened")  # columns of Mautic's opens
WHO = ("email_address", "tracking_hash", "lead_id", "contact_id")
# A date in a cell, however it is written: the open has a time, so there was one.
DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}.{0,30}|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{4}.{0,20}")
FEWEST_READERS = 5  # whose opens all came by relays: of fewer it may be chance


def check(facts: Facts) -> Seen | None:
    """Look for pixels loaded by Apple's relays, and for their agent in the answers."""
    if facts.symptom not in (None, Symptom.TOO_MANY):
        return None
    opens = [visit for visit in facts.visits if visit.address.kind == AddressKind.PIXEL]
    relayed = [visit for visit in opens if is_relays(visit.line.agent, visit.line.ip)]
    if relayed:
        shown = [visit.quote for visit in relayed]
        return likely(*shown) if facts.symptom or is_most(relayed, opens) else possible(*shown)
    if shown := relayed_in_rows(facts) or relayed_in_lists(facts):
        return likely(*shown)
    if (told := notices.activity_protected(facts)) and not opens:
        return likely(*told) if facts.symptom else possible(*told)
    if facts.symptom and is_bare(facts.answers.get("user-agent", "")) and not ruled_out(facts):
        return likely(*answer(facts, "user-agent"))
    return only_said(facts)


def ruled_out(facts: Facts) -> bool:
    """Whether clicks alone are too many: Apple loads images, and follows no link (P17)."""
    return facts.says("too-many-of", "clicks")


def relayed_in_rows(facts: Facts) -> list[Quote]:
    """Return the rows of opens that came by relays, if most did, of several people.

    Mautic keeps the agent and the address of who asked, as a log does.
    """
    opens = [(quote, row) for quote, row in facts.rows if DATED.fullmatch(first(row, READ))]
    relayed = [
        (q, row) for q, row in opens if is_relays(first(row, AGENTS), first(row, WHERE_FROM))
    ]
    readers = {first(row, WHO) or str(quote.line) for quote, row in relayed}
    is_it = len(readers) >= FEWEST_READERS and len(relayed) * 2 > len(opens)
    return [quote for quote, _ in relayed] if is_it else []


def relayed_in_lists(facts: Facts) -> list[Quote]:
    """Return the rows of a list with columns of its own that came by relays, if most did.

    A list of several people's opens; what isn't called an open must come from Apple's network.
    """
    for source in facts.sources:
        listed = list(opens(source.text)) if source.kind == SourceKind.TEXT else []
        relayed = [each for each in listed if is_relayed(each)]
        readers = {each.who or str(each.number) for each in relayed}
        if len(readers) >= FEWEST_READERS and len(relayed) * 2 > len(listed):
            return [Quote(each.text, source.name, each.number) for each in relayed]
    return []


def is_relayed(listed: Open) -> bool:
    """Whether an open in a list came by a relay."""
    return is_relays(listed.agent, listed.ip) if listed.is_named else is_apples(listed.ip)


def only_said(facts: Facts) -> Seen | None:
    """There are too many, nobody said of what it is clicks, and nothing was given that tells."""
    if facts.symptom != Symptom.TOO_MANY or facts.sources or facts.before is not None:
        return None
    is_plugins = facts.says("sent-via", "outlook-plugin")  # its sender's own copy tells more (P12)
    if facts.says("too-many-of", "opens"):
        return (possible if is_plugins else likely)(*answer(facts, "symptom", "too-many-of"))
    is_else = facts.answers.keys() & ABOUT_CLICKS or is_plugins
    return None if is_else else possible(*answer(facts, "symptom"))


def is_most(relayed: list[Visit], opens: list[Visit]) -> bool:
    """Whether relays opened for several recipients, and more often than anybody else did."""
    readers = {visit.address.hash for visit in relayed}
    return len(readers) >= FEWEST_READERS and len(relayed) * 2 > len(opens)
