"""The header is missing, foreign, or a list of strangers (U6 to U8, V65)."""

import re
from collections.abc import Iterator
from email.utils import getaddresses
from typing import NamedTuple

from ..evidence import addresses, emailtype, screens
from ..evidence.facts import Facts, Place, is_known
from ..evidence.kinds import AddressKind, Where
from ..evidence.messages import LONGEST_HEADER, Mail
from ..evidence.questions import Symptom
from ..evidence.sending import TEST_HASH, sent_by, test_signs
from ..evidence.sources import Quote, Source
from ..evidence.wrappers import providers
from . import Seen, answer, likely, possible, sure, undecided

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
OWN_HEADER = re.compile(r"/email/unsubscribe/|unsubscribe_[0-9a-zA-Z]{10,40}@")
LEFT = re.compile(r"(?i)(?:\{|%7B)unsubscribe_|\|URL\|")  # a token that nothing filled in
LINKED = re.compile(r"<(https?://[^>\s]+)>")  # in a header, beside a `mailto:`
WHOLE_ADDRESS = re.compile(r"[^\s@*…<>]+@[^\s@*…<>]+\.[^\s@*…<>]+")  # and not masked


class Copy(NamedTuple):
    """Whom a copy was sent to, its unsubscribe link in the header, and that header."""

    to: str
    link: addresses.Address
    quote: Quote


def check(facts: Facts) -> Seen | None:
    """Look whom the header of each copy names, at that of each message, then at older ones."""
    copies = list(dict.fromkeys(copy for source in facts.sources for copy in copies_in(source)))
    others = [copy.quote for copy in copies if copy.link.email.lower() not in ("", copy.to)]
    if others and is_shared(copies):
        return sure(*others)
    for source in facts.sources:
        found = wrong_header(facts, source.name, source.mail) if source.mail else None
        if found:
            return found
    if facts.symptom not in (None, *EXPLAINS):
        return None
    return likely(*others) if others else lost_since(facts) or only_said(facts)


def only_said(facts: Facts) -> Seen | None:
    """Nobody gave the mail, but words tell of the type that has no button, or of the API (U8)."""
    missed = facts.lines_of(screens.without_button)
    is_missed = missed or facts.symptom == Symptom.UNSUBSCRIBE_BROKEN
    by_type = facts.release is None or facts.has("header-needs-email")
    chosen = chosen_type(facts) if is_missed and by_type and not facts.mail else []
    if chosen:
        return likely(*chosen, *missed, *answer(facts, "release"))
    is_always = facts.says("sent-via", "api") and by_type and not facts.sources
    is_asked = is_always and facts.symptom == Symptom.UNSUBSCRIBE_BROKEN
    return possible(*answer(facts, "sent-via", "release")) if is_asked else None


def lost_since(facts: Facts) -> Seen | None:
    """The newer mail of a sender lacks the header that Mautic gave an older one (U6 to U8, V65)."""
    mails = [(mail, source.name) for source in facts.sources for mail in mails_in(source)]
    for new, _ in mails:
        given = [pair for pair in mails if is_given_before(pair[0], new)]
        if given and is_to_many(new) and not new.header("list-unsubscribe"):
            old, name = given[-1]
            had = Quote(f"List-Unsubscribe: {old.header('list-unsubscribe')}", name)
            shown = (f"Date: {new.header('date')}", MISSING, had)
            is_missed = facts.symptom or any(is_alike(each, new) for each, _ in given)
            return likely(*shown) if is_missed else undecided(possible(*shown), "symptom")
    return None


def is_given_before(old: Mail, new: Mail) -> bool:
    """Whether Mautic gave its header to a mail of the same sender that is older than another."""
    if not (old.sent_at and new.sent_at and old.sent_at < new.sent_at):
        return False
    is_own = OWN_HEADER.search(old.header("list-unsubscribe")) is not None
    return is_own and old.domain == new.domain != ""


def is_to_many(mail: Mail) -> bool:
    """Whether Mautic sent a mail to many, and not as a test."""
    is_marked = mail.header("x-email-id") or mail.header("precedence")
    return bool(is_marked) and not mail.header("subject").startswith("[TEST]")


def is_alike(one: Mail, two: Mail) -> bool:
    """Whether both were sent in the same way: to a segment, as `Precedence` says, or otherwise."""
    return one.header("precedence").strip().lower() == two.header("precedence").strip().lower()


def mails_in(source: Source) -> tuple[Mail, ...]:
    """Return the message that was given, and the copies behind it."""
    return (source.mail, *source.mail.copies) if source.mail else ()


def is_shared(copies: list[Copy]) -> bool:
    """Whether the copies of two people have the link of one sending, which is one person's (U6)."""
    people = {(copy.link.hash, copy.to) for copy in copies}
    return len({hash_ for hash_, _ in people}) < len(people)


def copies_in(source: Source) -> Iterator[Copy]:
    """Yield each copy whose one recipient is shown, with the unsubscribe link of its header."""
    for mail in mails_in(source):
        people = getaddresses([value for name, value in mail.headers if name.lower() == "to"])
        written = re.search(
            r"<(https?://[^>\s]+)>", mail.header("list-unsubscribe")[:LONGEST_HEADER]
        )
        link = addresses.read(written[1]) if written else None
        if not written or not link or link.kind != AddressKind.UNSUBSCRIBE or len(people) != 1:
            continue
        to = people[0][1].lower()
        if WHOLE_ADDRESS.fullmatch(to) and len(link.hash) > TEST_HASH:  # a test is for another
            shown = f"To: {to}, List-Unsubscribe: <{written[1]}>"
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
    if not (mail.html or mail.text) or mail.unparted:
        return missing_above_nothing(facts, mail)
    if not in_body:
        return by_content(facts, mail)
    if is_older_than_header(facts, in_body):
        return None
    if mail.header("precedence").lower() == "bulk":
        return likely(MISSING, "Precedence: Bulk")
    by_type = facts.release is None or facts.has("header-needs-email")
    is_without = bool(mail.header("x-email-id")) or facts.says("sent-via", *TRANSACTIONAL)
    if not (is_without and by_type):
        return None
    shown = [MISSING, *map(Quote, sent_by(mail)), *answer(facts, "sent-via", "release")]
    if chosen := chosen_type(facts):
        return likely(*chosen, *shown)
    if facts.lines_of(emailtype.marketing):
        return None
    if facts.symptom == Symptom.UNSUBSCRIBE_BROKEN:
        return likely(*shown)
    if facts.symptom is not None or test_signs(facts):
        return None
    if missed := facts.lines_of(screens.without_button):
        return likely(*shown, *missed)
    return undecided(possible(*shown), "symptom") if is_by_choice(facts) else None


def is_by_choice(facts: Facts) -> bool:
    """Whether a campaign's mail lacks the header by its type (U8), and may well be asked about it.

    A signed link tells of 5.1 or later. Who names campaign and release knows what they do, and
    who gives the HTML before sending asks for its links.
    """
    signed = any(place.address.signature for place in facts.unsubscribes)
    is_told = facts.release is not None and "sent-via" in facts.answers
    return (signed or facts.release is not None) and not is_told and facts.before is None


def chosen_type(facts: Facts) -> list[Quote]:
    """Return what says that the e-mail is sent as "Transactional": the database, or a screen."""
    rows = [quote for quote, row in facts.rows if TYPE.search(row.get("properties", ""))]
    return rows or facts.lines_of(emailtype.transactional)


def by_content(facts: Facts, mail: Mail) -> Seen | None:
    """No header, and no link to unsubscribe in the e-mail, on which 7.2 makes it depend (V65)."""
    if facts.symptom != Symptom.UNSUBSCRIBE_BROKEN or not facts.is_real_send:
        return None
    is_left = LEFT.search(mail.html or mail.text) is not None  # then that is the fault
    if is_left or (facts.release and not facts.has("header-by-content")):
        return None
    shown = [MISSING, *map(Quote, sent_by(mail)), *answer(facts, "release")]
    return likely(*shown) if facts.release else undecided(possible(*shown), "release")


def missing_above_nothing(facts: Facts, mail: Mail) -> Seen | None:
    """No header, and nothing but headers was given: the symptom says that it is missed (U8)."""
    if not facts.is_real_send:
        return None
    by_type = facts.release is None or facts.has("header-needs-email")
    chosen = chosen_type(facts) if by_type and facts.symptom in (None, *EXPLAINS) else []
    if chosen:
        return likely(*chosen, MISSING, *map(Quote, sent_by(mail)))
    if facts.symptom != Symptom.UNSUBSCRIBE_BROKEN:
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
