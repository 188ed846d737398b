"""What shows something, and doesn't prove it: whose it is, when it was, and where, is doubtful."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from urllib.parse import unquote

from ..hosts import bare
from .asserted import MOST_SAID
from .facts import Facts
from .kinds import SourceKind, Where
from .quotations import ANSWERED, without
from .secondhand import ANOTHER
from .sources import Quote
from .times import time_within

LARGEST = 1_000_000  # characters of a log of which other lines than those quoted are read
MOST_ABOVE = 10  # lines
A_MONTH = timedelta(days=31)  # hardly anybody opens an e-mail later
A_DAY = timedelta(days=1)  # for clocks and zones
# A log of several hosts begins each line with the host: `staging.acme.example:443 203.0.113.7 - -`.
HOST = re.compile(
    r"(?=[\w.-]*[a-z])([\w-]+(?:\.[\w-]+)+)(?::[0-9]+)? \[?[0-9a-fA-F.:]+\]? \S+ \S+ \["
)

# What stands in front of a line: the machine, as syslog has it, or a container of Docker's.
NAMED = re.compile(r"[A-Z][a-z]{2} [ 0-9][0-9] [0-9:]{8} [\w.-]+ |[\w.-]+ +\| ")
ANSWER = re.compile(r"(?i)\s*(?:re|aw|sv|rép|antw)\s*:")
# What somebody says of a mail: that it isn't the one in question.
OTHER_MAIL = re.compile(
    r"(?i)\b(?:this|that|it|which|attached|dies\w*|das|es|c['’]est|ceci|cela|celle-ci|celui-ci"
    r"|est[aeo]|ist[oa]|é)\b[^.\n;]{0,60}?(?<!\w)"
    r"(?:another|a different|an older|not the|eine? ander\w+|nicht d(?:er|ie|as)|une? autre"
    r"|pas (?:celle|celui|la|le)|otr[oa]|no (?:es )?(?:el|la)|outr[oa]|não é [oa])\s"
    r"(?:\w+ ){0,2}?(?:newsletter|e-?mail|mail|message|mailing|campaign|one|lettre|infolettre"
    r"|campagne|kampagne|nachricht|bolet[ií][nm]|correo|mensaje|mensagem|campa[ñn]h?a)\b"
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
    if is_of_one_sender(quote, facts) or is_of_an_answer(quote, facts):
        return True
    return is_early(quote, facts) or is_on_another_host(quote, facts) or is_answered(quote, facts)


def is_of_one_sender(quote: Quote, facts: Facts) -> bool:
    """Whether a quote is of one of several mails, which have different senders."""
    senders = {source.mail.domain for source in facts.sources if source.mail} - {""}
    return len(senders) > 1 and any(s.mail and s.name == quote.source for s in facts.sources)


def is_of_an_answer(quote: Quote, facts: Facts) -> bool:
    """Whether a quote is of a mail that somebody wrote as an answer, and Mautic didn't send."""
    mails = [source.mail for source in facts.sources if source.name == quote.source and source.mail]
    return any(
        ANSWER.match(mail.header("subject")) and not mail.header("x-email-id") for mail in mails
    )


def is_contradicted(quote: Quote, facts: Facts) -> bool:
    """Whether a line of settings says what another one denies."""
    lines = {facts.setting_lines[key] for key in facts.contradicted & facts.setting_lines.keys()}
    return quote in lines


def is_of_another_mail(quotes: Sequence[Quote], facts: Facts) -> bool:
    """Whether all was seen in a mail of which somebody says that it is another one."""
    kinds = (SourceKind.MESSAGE, SourceKind.HTML)
    mails = {source.name for source in facts.sources if source.kind in kinds}
    is_all = bool(quotes) and all(quote.source in mails for quote in quotes)
    return is_all and is_about_another(facts)


def is_about_another(facts: Facts) -> bool:
    """Whether words beside a mail say that it isn't the one in question."""
    said = [s.words for s in facts.sources if s.kind in (SourceKind.TEXT, SourceKind.MESSAGE)]
    return any(OTHER_MAIL.search(words[:MOST_SAID]) for words in said)


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
    return next(filter(None, map(time_within, lines_up(quote, facts))), None)


def line_of(quote: Quote, facts: Facts) -> str:
    """Return the line of a log or a text on which a quote stands, "" for anything else."""
    return next(lines_up(quote, facts), "")


def lines_up(quote: Quote, facts: Facts) -> Iterator[str]:
    """Yield the line of a log or a text on which a quote stands, then those right above it."""
    kinds = (SourceKind.LOG, SourceKind.TEXT)
    texts = [s.text for s in facts.sources if s.name == quote.source and s.kind in kinds]
    if sum(map(len, texts)) > LARGEST:  # then what is quoted has to do
        yield quote.text
        return
    for text in texts if quote.line else ():
        lines = text.split("\n")[max(quote.line - MOST_ABOVE, 0) : quote.line]
        yield from takewhile(str.strip, reversed(lines))


def is_on_another_host(quote: Quote, facts: Facts) -> bool:
    """Whether a request was made to another host than that of the links and of Site URL."""
    if (named := NAMED.match(line_of(quote, facts))) and ANOTHER.search(named[0]):
        return True
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
