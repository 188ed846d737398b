"""The sender's own copy of a mail from the Outlook plugin loads the pixel (P12)."""

import re
from email.utils import parseaddr

from ..evidence.facts import Facts
from ..evidence.kinds import Where
from ..evidence.messages import Mail
from ..evidence.questions import Symptom
from . import Seen, answer, likely

PAGE = "emails/pixel"
EXPLAINS = (Symptom.TOO_MANY,)
BEFORE: dict[str, str] = {}
PLUGIN = re.compile(
    r"/plugin/\w+/tracking\.gif(?:\?|$)"
)  # the pixel that a mail program adds (P12)


def check(facts: Facts) -> Seen | None:
    """Look for the plugin, or for a copy in the sender's own mailbox."""
    if not facts.says("symptom", "too-many"):
        return None
    if facts.says("sent-via", "outlook-plugin"):
        return likely(*answer(facts, "sent-via"))
    plugins = [p for p in facts.places if p.where == Where.IMAGE and PLUGIN.search(p.address.url)]
    if plugins:
        return likely(*plugins)
    copy = delivered_to_sender(facts.mail) if facts.mail else ""
    return likely(copy) if copy and facts.pixels else None


def delivered_to_sender(mail: Mail) -> str:
    """Return the header that shows a copy in the sender's own mailbox, "" if none does (P18)."""
    mailbox = mail.header("delivered-to").strip("<> ").lower()
    sender, to = parseaddr(mail.header("from"))[1].lower(), mail.header("to").lower()
    is_copy = mailbox and mailbox == sender and mailbox not in to
    return f"Delivered-To: {mail.header('delivered-to')}" if is_copy else ""
