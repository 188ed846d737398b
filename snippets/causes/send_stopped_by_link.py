"""In 7.1 one malformed link stops the whole sending (V24)."""

import re

from ..evidence.facts import Facts
from ..evidence.kinds import SourceKind
from ..evidence.missed import malformed
from ..evidence.questions import LOST, Symptom
from . import Certainty, Seen, answer, possible, undecided

PAGE = "emails/links"
EXPLAINS = (Symptom.SEND_FAILED, *LOST)
BEFORE: dict[str, str] = {}
MOST_LINKS = 100  # each is named, so that one repair does for the whole mail
# With a sign behind its name, or behind a time: a program wrote it, and nobody speaks of it.
PRINTED = re.compile(r"\\MalformedUriException(?:[\"':)\]]|$)|^\W{0,2}[0-9]{4}-[0-9]{2}-[0-9]{2}")
COMPLAINT = re.compile(r"^.*MalformedUriException.*$", re.M)


def check(facts: Facts) -> Seen | None:
    """Look for the error in the log, then for every link that would raise it."""
    logs = [s for s in facts.sources if s.kind in (SourceKind.LOG, SourceKind.TEXT)]
    errors = [
        source.quote(found[0], found.start())
        for source in logs
        for found in COMPLAINT.finditer(source.text)
    ]
    is_later = facts.release is not None and not facts.has("malformed-link-stops-send")
    if errors and is_later:
        return Seen(Certainty.POSSIBLE, (*errors[:MOST_LINKS], *answer(facts, "release")))
    if errors:
        is_printed = any(PRINTED.search(quote.text) for quote in errors)
        certainty = Certainty.SURE if is_printed else Certainty.LIKELY
        return Seen(certainty, (*errors[:MOST_LINKS], *malformed(facts)[:MOST_LINKS]))
    if facts.release and not facts.has("malformed-link-stops-send"):
        return None
    found = malformed(facts) if is_unsent(facts) or may_be_next(facts) else []
    if not found and (facts.release is None or facts.sources or facts.before is not None):
        return None
    if not found:
        failed = facts.symptom == Symptom.SEND_FAILED
        return possible(*answer(facts, "release")) if failed else None
    certainty = Certainty.SURE if facts.release else Certainty.LIKELY
    arrived = facts.symptom in LOST or not is_unsent(facts)  # only something in it isn't counted
    if arrived:
        certainty = Certainty.POSSIBLE
    shown = Seen(certainty, (*found[:MOST_LINKS], *answer(facts, "release")))
    return undecided(shown, "release") if certainty == Certainty.LIKELY else shown


def is_unsent(facts: Facts) -> bool:
    """Whether this may be the mail that didn't go out; what was received was not stopped."""
    return facts.is_template or facts.before is not None or facts.says("symptom", "send-failed")


def may_be_next(facts: Facts) -> bool:
    """Whether this mail arrived, sent by a release nobody named: 7.1 would stop the next one."""
    return facts.mail is not None and facts.release is None and facts.symptom is None
