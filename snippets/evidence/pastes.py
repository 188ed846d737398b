"""What people paste instead of the source of a message; the page `message-source` answers each."""

import csv
import re

from .asserted import MOST_SAID
from .facts import Facts
from .kinds import SourceKind
from .sources import Source, is_mautics

FEWEST_WORDS = 8  # fewer may be a piece of anything
FEWEST_COLUMNS = 4  # a sentence may have a comma or two, and so the next one
WORD = re.compile(r"[^\W\d_]{2,}")
# `Oct  6 09:00:14`, `2026-10-06T09:00:14`, `06/10/2026 09:00:14`, each in brackets or not.
TIME = re.compile(
    r"[\[(]?(?:[A-Z][a-z]{2} +[0-9]{1,2}|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}/[0-9]{2}/[0-9]{4})[T ]"
    r"[0-9]{2}:[0-9]{2}"
)
# What no reader of a message sees: the name of a browser, JSON.
NO_READERS = re.compile(r"Mozilla/5\.0|\A\s*[\[{]+\s*[\[{\"]")
HEADERS_ONLY, VISIBLE_TEXT = "headers-only", "visible-text"  # sections of `message-source`


def wrong_paste(facts: Facts) -> str:
    """Return which section answers what was pasted, "" if it can be used."""
    if len(facts.sources) != 1 or facts.before is not None:
        return ""
    [source] = facts.sources
    if source.mail and not (source.mail.html + source.mail.text).strip():
        return HEADERS_ONLY
    return VISIBLE_TEXT if is_visible_text(source, facts) else ""


def is_visible_text(source: Source, facts: Facts) -> bool:
    """Whether a text is a message as one reads it: words, and no address of Mautic's own."""
    if source.kind != SourceKind.TEXT or len(WORD.findall(source.text)) < FEWEST_WORDS:
        return False
    if is_mautics(source) or is_table(source.text) or is_dated(source.text):
        return False
    if NO_READERS.search(source.text[:MOST_SAID]):
        return False
    return not any(p.address.is_mautic or p.address.peeled.wrappers for p in facts.places)


def is_dated(text: str) -> bool:
    """Whether most lines of a text begin with a time: a log of some other program."""
    lines = [line for line in text.split("\n")[:50] if line.strip()]
    return sum(TIME.match(line) is not None for line in lines) * 2 > len(lines)


def is_table(text: str) -> bool:
    """Whether a text is rows of as many cells each: an export, no message."""
    lines = [line for line in text.split("\n")[:20] if line.strip()]
    for sign in ",;\t":
        cells = {len(row) for row in csv.reader(lines, delimiter=sign)}
        if len(lines) > 1 and len(cells) == 1 and max(cells) >= FEWEST_COLUMNS:
            return True
    return False
