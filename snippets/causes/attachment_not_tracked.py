"""A file attached to the e-mail is a copy in it: nobody sees who opens it."""

from ..evidence.facts import Facts
from ..evidence.kinds import AddressKind
from ..evidence.questions import Symptom
from ..evidence.sources import Quote
from . import Seen, likely, possible

PAGE = "emails/links"
EXPLAINS = (Symptom.DECISION_MISSING, Symptom.CLICK_MISSING)
BEFORE: dict[str, str] = {}
# Parts of a mail that look like files and are none that a reader would download.
OTHERS = (".ics", ".p7s", ".p7m", ".asc", ".eml", ".gif", ".png", ".jpg", ".jpeg", ".vcf", ".dat")


def check(facts: Facts) -> Seen | None:
    """Look for a file in the message whose download is missed."""
    if facts.mail is None or not facts.says("symptom", *EXPLAINS):
        return None
    files = [name for name in facts.mail.attachments if not name.lower().endswith(OTHERS)]
    linked = any(place.address.kind == AddressKind.ASSET for place in facts.places)
    if not files or linked:
        return None
    quotes = [Quote(f"Content-Disposition: attachment; filename={name}") for name in files]
    return likely(*quotes) if facts.says("symptom", "decision-missing") else possible(*quotes)
