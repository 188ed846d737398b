"""What people paste instead of the source of a message; the page `message-source` answers each."""

import re

from .facts import Facts, Source
from .kinds import SourceKind

FEWEST_WORDS = 8  # fewer may be a piece of anything
WORD = re.compile(r"[^\W\d_]{2,}")
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
    return not any(p.address.is_mautic or p.address.peeled.wrappers for p in facts.places)
