"""A message without an HTML part has no pixel, so its opens can't be counted (P10)."""

from ..evidence.facts import Facts
from ..evidence.messages import Mail
from ..evidence.questions import LOST_OPEN
from . import Seen, likely, sure

PAGE = "emails/pixel"
EXPLAINS = LOST_OPEN
BEFORE: dict[str, str] = {}


def check(facts: Facts) -> Seen | None:
    """Look for a message that says itself that it is plain text, or has no other part."""
    mail = facts.mail
    if mail is None or mail.html or not mail.text.strip() or not mail.is_mautics or mail.unparted:
        return None
    if facts.symptom not in (None, *EXPLAINS):
        return None
    shown = f"Content-Type: {mail.header('content-type') or 'text/plain'}"
    return sure(shown) if facts.symptom and is_plain(mail) else likely(shown)


def is_plain(mail: Mail) -> bool:
    """Whether the whole message is plain text; else its HTML may have been lost in copying."""
    kind = mail.header("content-type").lower()
    return not mail.cut and (not kind or kind.startswith("text/plain"))
