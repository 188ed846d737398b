"""What shows something, and doesn't prove it: whose it is, when it was, and where, is doubtful."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import unquote

from ..hosts import bare
from .facts import Facts
from .kinds import SourceKind, Where
from .quotations import ANSWERED, without
from .sources import Quote
from .times import time_within

A_MONTH = timedelta(days=31)  # hardly anybody opens an e-mail later
A_DAY = timedelta(days=1)  # for clocks and zones
# A log of several hosts begins each line with the host: `staging.acme.example:443 203.0.113.7 - -`.
HOST = re.compile(
    r"(?=[\w.-]*[a-z])([\w-]+(?:\.[\w-]+)+)(?::[0-9]+)? \[?[0-9a-fA-F.:]+\]? \S+ \S+ \["
)


def is_doubtful(quotes: Sequence[Quote], facts: Facts) -> bool:
    """Whether what was quoted of one source or more shows nothing that is surely the reader's own.

    Of settings each line must be: a request that it doesn't let in is none of it.
    """
    names = {quote.source for quote in quotes}
    set_there = {(quote.source, quote.line) for quote in facts.setting_lines.values()}
    if any((q.source, q.line) in set_there and is_doubted(q, facts) for q in quotes):
        return True
    return any(
        all(is_doubted(quote, facts) for quote in quotes if quote.source == name) for name in names
    )


def is_doubted(quote: Quote, facts: Facts) -> bool:
    """Whether a quote may be somebody else's, or of another time, or of another host."""
    if quote.line in facts.not_own.get(quote.source, ()) or is_contradicted(quote, facts):
        return True
    return is_early(quote, facts) or is_on_another_host(quote, facts) or is_answered(quote, facts)


def is_contradicted(quote: Quote, facts: Facts) -> bool:
    """Whether a line of settings says what another one denies."""
    lines = {facts.setting_lines[key] for key in facts.contradicted & facts.setting_lines.keys()}
    return quote in lines


def is_early(quote: Quote, facts: Facts) -> bool:
    """Whether a line of a log is from before the mail was sent, or of another one long after."""
    sent = [source.mail.sent_at for source in facts.sources if source.mail and source.mail.sent_at]
    at = time_of(quote, facts) if sent else None
    if at is None:
        return False
    stats = {place.address.stat for place in facts.places if place.where != Where.LOG} - {""}
    is_of_it = any(stat in unquote(quote.text) for stat in stats)
    return at < min(sent) - A_DAY or (at > max(sent) + A_MONTH and not is_of_it)


def time_of(quote: Quote, facts: Facts) -> datetime | None:
    """Return when a line of a log was written, None where it doesn't say."""
    kinds = (SourceKind.LOG, SourceKind.TEXT)
    texts = [s.text for s in facts.sources if s.name == quote.source and s.kind in kinds]
    lines = [text.split("\n")[quote.line - 1 : quote.line] for text in texts if quote.line]
    return next((at for line in lines if line and (at := time_within(line[0]))), None)


def is_on_another_host(quote: Quote, facts: Facts) -> bool:
    """Whether a request was made to another host than that of the links and of Site URL."""
    known = {bare(p.address.host) for p in facts.own if p.quote.source != quote.source}
    known |= {facts.site_host} - {""}
    visit = next((visit for visit in facts.visits if visit.quote == quote), None)
    named = HOST.match(quote.text)
    if not visit or not known:
        return False
    host = visit.address.host if "://" in visit.line.path else named[1] if named else ""
    return host != "" and bare(host) not in known


def is_answered(quote: Quote, facts: Facts) -> bool:
    """Whether a piece of HTML stands only in a mail that somebody answers, or hands on."""
    pages = [source for source in facts.sources if source.name == quote.source]
    if not any(ANSWERED.search(page.text) for page in pages):
        return False
    return not any(quote.text in without(page.text, ANSWERED) for page in pages)
