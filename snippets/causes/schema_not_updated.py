"""Mautic itself fails after an update: the database lacks what the new release asks for."""

import re

from ..evidence import screens
from ..evidence.facts import Facts
from ..evidence.kinds import SourceKind
from ..evidence.questions import LOST, Symptom
from ..evidence.sources import Quote, Source
from . import Seen, likely, possible, sure

PAGE = "emails/troubleshooting"
EXPLAINS = (
    *LOST,
    Symptom.LINK_BROKEN,
    Symptom.UNSUBSCRIBE_BROKEN,
    Symptom.PAGE_MISSING,
    Symptom.SEND_FAILED,
)
BEFORE = {
    "unsubscribe-server-error": "the error in the database is why the page fails",
    "queue-not-consumed": "hits wait because the database refuses those that are taken up",
}
# What a database says that doesn't know a column or a table: MySQL, MariaDB, and Doctrine.
UNKNOWN = re.compile(
    r"SQLSTATE\[42S(?:22|02)\]|Unknown column '|Base table or view not found"
    r"|Table '[^'\n]{1,200}' doesn't exist|InvalidFieldNameException|TableNotFoundException"
)
# What such a line has where Mautic wrote it; another program on the same server has a log, too.
OWN = re.compile(r"SQLSTATE|Doctrine|(?i:mautic)|\b(?:app|request|console|messenger)\.[A-Z]+:")
DATABASE = re.compile(r"SQLSTATE\[42")  # others: connections, locks, text that doesn't fit
# Any other error of Mautic's, but for those that name what is missing: a contact, an e-mail, the
# template of a theme.
CRITICAL = re.compile(
    r"\b(?:mautic|app|request)\.CRITICAL\b"
    r"(?![^\n]{0,500}(?:on null|on a non-object|MalformedUri|Twig\\Error|Unable to find template))"
)


def check(facts: Facts) -> Seen | None:
    """Look for the complaint of the database, else for Mautic's own beside a 5xx."""
    texts = [s for s in facts.sources if s.kind in (SourceKind.LOG, SourceKind.TEXT)]
    missing = [quote for source in texts for quote in lines(source, UNKNOWN)]
    failed = any(visit.line.status >= 500 for visit in facts.visits)
    failed = failed or facts.answers.get("http-status", "").startswith("5")
    if missing:  # without a failed request it may be the table of something else
        is_mautics = any(OWN.search(quote.text) for quote in missing)
        return sure(*missing) if failed and is_mautics else likely(*missing)
    if not failed:
        return None
    database = [quote for source in texts for quote in lines(source, DATABASE)]
    if database:
        return likely(*database)
    critical = [quote for source in texts for quote in lines(source, CRITICAL)]
    own_page = facts.lines_of(screens.failed)
    return possible(*critical, *own_page) if critical or own_page else None


def lines(source: Source, pattern: re.Pattern[str]) -> list[Quote]:
    """Return up to five lines of a text with such words."""
    found = []
    for match in pattern.finditer(source.text):
        before, behind = source.text[: match.start()], source.text[match.start() :]
        line = before.rpartition("\n")[2] + behind.partition("\n")[0]
        found.append(source.quote(line, match.start()))
        if len(found) == 5:
            break
    return found
