"""The header is missing, foreign, or a list of strangers (U6 to U8, V65)."""

import re

from ..evidence.facts import Facts, Place
from ..evidence.kinds import Where
from ..evidence.messages import Mail
from ..evidence.questions import Symptom
from ..evidence.sending import TEST_HASH
from . import Seen, likely, sure

PAGE = "emails/unsubscribe"
EXPLAINS = (Symptom.UNSUBSCRIBE_BROKEN, Symptom.WRONG_CONTACT)
BEFORE: dict[str, str] = {}


def check(facts: Facts) -> Seen | None:
    """Look at the header of each message."""
    for source in facts.sources:
        found = wrong_header(facts, source.name, source.mail) if source.mail else None
        if found:
            return found
    return None


def wrong_header(facts: Facts, name: str, mail: Mail) -> Seen | None:
    """Return what is wrong with the header of one message."""
    header = mail.header("list-unsubscribe")
    strangers = set(re.findall(r"unsubscribe_([0-9a-zA-Z]{10,40})@", header))
    own = [p for p in facts.unsubscribes if p.quote.source == name]
    in_body = [p for p in own if p.where == Where.HREF]
    named = strangers | {p.address.hash for p in own if p.where == Where.HEADER}
    if len(strangers) > 1 or (in_body and named and in_body[0].address.hash not in named):
        return sure(f"List-Unsubscribe: {header}")
    is_bulk = mail.header("precedence").lower() == "bulk"
    if not header and in_body and is_bulk and not is_older_than_header(facts, in_body):
        return likely("Precedence: Bulk", *in_body)
    return None


def is_older_than_header(facts: Facts, links: list[Place]) -> bool:
    """Whether the mail is from before 2.14, which had no such header and short hashes (U6)."""
    if facts.release:
        return not facts.has("list-unsubscribe-header")
    return all(len(link.address.hash) == TEST_HASH for link in links)
