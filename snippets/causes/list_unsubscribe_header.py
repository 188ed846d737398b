"""The header is missing, foreign, or a list of strangers (U6 to U8, V65)."""

import re
from collections.abc import Iterator
from email.utils import getaddresses
from typing import NamedTuple

from ..evidence import addresses
from ..evidence.facts import Facts, Place, Quote, Source, is_known
from ..evidence.kinds import AddressKind, Where
from ..evidence.messages import Mail
from ..evidence.questions import Symptom
from ..evidence.sending import TEST_HASH, sent_by
from ..evidence.wrappers import providers
from . import Seen, answer, likely, possible, sure

PAGE = "emails/unsubscribe"
EXPLAINS = (
    Symptom.UNSUBSCRIBE_BROKEN,
    Symptom.WRONG_CONTACT,
    Symptom.UNSUBSCRIBED_UNWILLINGLY,
)
MISSING = Quote("List-Unsubscribe:", "missing")
TRANSACTIONAL = ("campaign", "api", "form-to-contact", "point-trigger", "direct")
BEFORE: dict[str, str] = {}
# The choice in the action of a campaign, as the database keeps it.
TYPE = re.compile(r"email_type\W.{0,10}?\Wtransactional\b")
WHOLE_ADDRESS = re.compile(r"[^\s@*…<>]+@[^\s@*…<>]+\.[^\s@*…<>]+")  # and not masked


class Copy(NamedTuple):
    """Whom a copy was sent to, its unsubscribe link in the header, and that header."""

    to: str
    link: addresses.Address
    quote: Quote


def check(facts: Facts) -> Seen | None:
    """Look whom the header of each copy names, then at the header of each message."""
    copies = list(dict.fromkeys(copy for source in facts.sources for copy in copies_in(source)))
    others = [copy.quote for copy in copies if copy.link.email.lower() not in ("", copy.to)]
    if others and is_shared(copies):
        return sure(*others)
    for source in facts.sources:
        found = wrong_header(facts, source.name, source.mail) if source.mail else None
        if found:
            return found
    return likely(*others) if others and facts.symptom in (None, *EXPLAINS) else None


def is_shared(copies: list[Copy]) -> bool:
    """Whether the copies of two people have the link of one sending, which is one person's (U6)."""
    people = {(copy.link.hash, copy.to) for copy in copies}
    return len({hash_ for hash_, _ in people}) < len(people)


def copies_in(source: Source) -> Iterator[Copy]:
    """Yield each copy whose one recipient is shown, with the unsubscribe link of its header."""
    if source.mail is None:
        return
    own = "\n".join(f"{name}: {value}" for name, value in source.mail.headers)
    for head in (own, *source.mail.copies):
        unfolded = re.sub(r"\n[ \t]+", " ", head)
        people = getaddresses(re.findall(r"(?im)^to:(.{1,1000})$", unfolded))
        line = re.search(r"(?im)^list-unsubscribe:.{0,5000}?<(https?://[^>\s]+)>", unfolded)
        link = addresses.read(line[1]) if line else None
        if not line or not link or link.kind != AddressKind.UNSUBSCRIBE or len(people) != 1:
            continue
        to = people[0][1].lower()
        if WHOLE_ADDRESS.fullmatch(to) and len(link.hash) > TEST_HASH:  # a test is for another
            shown = f"To: {to}, List-Unsubscribe: <{line[1]}>"
            yield Copy(to, link, Quote(shown, source.name))


def wrong_header(facts: Facts, name: str, mail: Mail) -> Seen | None:
    """Return what is wrong with the header of one message."""
    header = mail.header("list-unsubscribe")
    strangers = set(re.findall(r"unsubscribe_([0-9a-zA-Z]{10,40})@", header))
    own = [p for p in facts.unsubscribes if p.quote.source == name]
    in_body = [p for p in own if p.where == Where.HREF]
    in_header = {p.address.hash for p in own if p.where == Where.HEADER}
    if len(strangers) > 1 or len(in_header) > 1:
        return sure(f"List-Unsubscribe: {header}")
    named = strangers | in_header
    if in_body and named and in_body[0].address.hash not in named:
        return sure(f"List-Unsubscribe: {header}")
    if not header:
        return missing(facts, mail, in_body)
    if in_body and not named:
        return foreign(facts, header)
    return without_one_click(facts, mail, header)


def missing(facts: Facts, mail: Mail, in_body: list[Place]) -> Seen | None:
    """No header: a fault in a mail to a segment; in a campaign's, the choice of its type (U8)."""
    if not (mail.html or mail.text):
        return missing_above_nothing(facts, mail)
    if not in_body or is_older_than_header(facts, in_body):
        return None
    if mail.header("precedence").lower() == "bulk":
        return likely(MISSING, "Precedence: Bulk")
    by_type = facts.release is None or facts.has("header-needs-email")
    is_without = bool(mail.header("x-email-id")) or facts.says("sent-via", *TRANSACTIONAL)
    if not (is_without and by_type):
        return None
    shown = [MISSING, *map(Quote, sent_by(mail)), *answer(facts, "sent-via", "release")]
    if chosen := [quote for quote, row in facts.rows if TYPE.search(row.get("properties", ""))]:
        return likely(*chosen, *shown)
    return likely(*shown) if facts.symptom == Symptom.UNSUBSCRIBE_BROKEN else None


def missing_above_nothing(facts: Facts, mail: Mail) -> Seen | None:
    """No header, and nothing but headers was given: the symptom says that it is missed (U8)."""
    if facts.symptom != Symptom.UNSUBSCRIBE_BROKEN or not facts.is_real_send:
        return None
    has_one = facts.has("list-unsubscribe-header") and not facts.answers.get("http-status")
    shown = [MISSING, *map(Quote, sent_by(mail))]
    return likely(*shown) if has_one else possible(*shown)


def foreign(facts: Facts, header: str) -> Seen | None:
    """The header leads to somebody else: the provider's, or one set in Mautic by hand."""
    if not facts.is_real_send:
        return None
    shown = f"List-Unsubscribe: {header}"
    elsewhere = is_of_stranger(facts) or ("http" in header and is_of_provider(facts))
    is_it = facts.symptom in EXPLAINS or (elsewhere and facts.symptom is None)
    return likely(shown) if is_it else possible(shown)


def is_of_stranger(facts: Facts) -> bool:
    """Whether the header leads neither to the sender's own domain nor to Mautic's host."""
    leads = [p for p in facts.places if p.where == Where.HEADER]
    return bool(leads) and not any(is_known(place, facts) for place in leads)


def is_of_provider(facts: Facts) -> bool:
    """Whether a provider known by its headers sent the message: it may replace Mautic's."""
    names = {name.lower() for name, _ in facts.mail.headers} if facts.mail else set()
    return bool(providers(names))


def without_one_click(facts: Facts, mail: Mail, header: str) -> Seen | None:
    """No `List-Unsubscribe-Post`, which Gmail and Yahoo ask for: too old, or lost on the way."""
    if mail.header("list-unsubscribe-post") or "http" not in header:
        return None
    if facts.symptom != Symptom.UNSUBSCRIBE_BROKEN or facts.answers.get("http-status"):
        return None
    shown = f"List-Unsubscribe: {header}"
    return likely(shown, *answer(facts, "release")) if facts.release else possible(shown)


def is_older_than_header(facts: Facts, links: list[Place]) -> bool:
    """Whether the mail is from before 2.14, which had no such header and short hashes (U6)."""
    if facts.release:
        return not facts.has("list-unsubscribe-header")
    return all(len(link.address.hash) == TEST_HASH for link in links)
