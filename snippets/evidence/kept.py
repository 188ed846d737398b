"""What Mautic kept of the requests that a server saw: rows of its database beside a log.

Who was kept and who wasn't tells more than either: what drops the ones must not fit the others.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta

from .asserted import MOST_SAID
from .facts import Facts, Visit
from .kinds import AddressKind, SourceKind
from .sources import Quote
from .times import point_in_time

WHOSE = ("lead_id", "contact_id")
WHERE_FROM = ("ip_address", "ip")
YES = ("1", "true", "t")
ZONES = timedelta(minutes=15)  # the zones of a server and of its database differ by so many
CLOCKS = timedelta(minutes=1)  # and their clocks by no more
# A contact's number, as people name it: `Contact 3`, `Kontakt-ID: 3`, `contacto n.º 3`.
CONTACT = re.compile(
    r"(?i)\b(?:contact|kontakt|contacto|contato|lead)(?:[ -]?ID)?[ :=#(]{1,3}"
    r"(?:n\.?[°º] ?|Nr\.? ?|no\.? |ID )?([0-9]{1,9})\b"
)
# `No click`, `0 page hits`, `Clicks: none`.
NO_CLICK = re.compile(
    r"(?i)\b(?:no|zero|kein\w*|aucun|pas de|sans|sin|ningún|nenhum|sem|0) "
    r"(?:page hits?|clicks?|klicks?|clics?|cliques?|visites?|seitenaufrufe?)\b"
    r"|\b(?:clicks?|klicks?|clics?|cliques?)[ \t]*[:=]?[ \t]*"
    r"(?:0\b|none|keine?r?\b|aucun|ninguno|nenhum|–|-(?!\w))"
)


def in_question(facts: Facts) -> list[Visit]:
    """Return the requests of which Mautic kept no row, if its rows tell of some others; else all.

    Where the rows tell of none of them, they may be of another day or of another e-mail.
    """
    found = kept(facts)
    return [visit for visit in facts.visits if visit not in found] if found else facts.visits


def kept(facts: Facts) -> list[Visit]:
    """Return the requests of which rows tell: a click by its contact, an open by its hash.

    Where the rows name no contact, the address that asked must do. A row of another time is one of
    another click, and may be of a request whose time isn't known.
    """
    rows = [row for _, row in facts.rows]
    hits = [row for row in rows if "date_hit" in row]
    read = {row.get("tracking_hash", "") for row in rows if row.get("is_read", "").lower() in YES}
    return [
        visit
        for visit in facts.visits
        if (visit.address.kind == AddressKind.PIXEL and visit.address.hash in read)
        or (visit.address.kind == AddressKind.TRACKED and any(tells(r, visit) for r in hits))
    ]


def tells(row: Mapping[str, str], visit: Visit) -> bool:
    """Whether a row of hits may be that of a click: of who clicked, and of its time."""
    whose, ip = first(row, WHOSE), first(row, WHERE_FROM)
    is_of_them = (whose, row.get("email_id", "")) in contact(visit)
    if not is_of_them and (whose or not ip or ip != visit.line.ip):
        return False
    at = point_in_time(row["date_hit"]) if ":" in row["date_hit"] else None
    if at is None or visit.line.at is None:
        return at is None
    apart = (at - visit.line.at) % ZONES
    return min(apart, ZONES - apart) <= CLOCKS


def unclicked(facts: Facts, visit: Visit) -> list[Quote]:
    """Return the lines of a contact's page that say that who clicked here has no click.

    `Contact 3 timeline: Email read 10:03. No click.`, on the line that names the contact or below.
    """
    leads = {lead for lead, _ in contact(visit)}
    return [
        Quote(line.strip(), source.name, number)
        for source in facts.sources
        if source.kind == SourceKind.TEXT
        for number, line, lead, said in about_contacts(source.text[:MOST_SAID])
        if lead in leads and NO_CLICK.search(said)
    ]


def about_contacts(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Yield the number of a line, the line, a contact and what is said of it, up to a blank line.

    Of a contact that no line has named yet the number is "".
    """
    named = ""
    for number, line in enumerate(text.split("\n"), 1):
        said, *others = CONTACT.split(line)
        yield number, line, named, said
        for named, said in zip(others[::2], others[1::2], strict=True):
            yield number, line, named, said
        named = named if line.strip() else ""


def contact(visit: Visit) -> set[tuple[str, str]]:
    """Return who clicked, as the `ct` says: alone, and with the number of the e-mail."""
    data = visit.address.data if isinstance(visit.address.data, Mapping) else {}
    channel = data.get("channel")
    email = channel.get("email", "") if isinstance(channel, Mapping) else ""
    lead = str(data.get("lead") or "")
    return {(lead, ""), (lead, str(email))} if lead else set()


def first(row: Mapping[str, str], names: tuple[str, ...]) -> str:
    """Return what the first of these columns holds, "" without one."""
    return next((row[name] for name in names if name in row), "")
