"""What is right: the healthy verdicts, and what was checked and found good."""

import re

from .causes import Seen, likely
from .causes.esp_rewrap import is_provider_pixel
from .evidence import counts, emailtype, screens
from .evidence.doubts import is_about_another
from .evidence.facts import Facts, Visit, is_known
from .evidence.kinds import AddressKind, SourceKind, Where, WrapperKind
from .evidence.messages import Mail
from .evidence.questions import ABOUT_UNSUBSCRIBING, LOST_OPEN, Symptom
from .evidence.relays import is_bare
from .evidence.sending import TEST_HASH, by_provider
from .evidence.sources import Quote, Source
from .evidence.tally import BLOCKED
from .hosts import reach
from .releases import DEFAULT, OLDEST, Release, find
from .traffic import fate_of

PAGE = "emails/troubleshooting"
COUNTS = re.compile(r"(?i)(?:sum\(|max\()?(?:read_count|is_read|open_count|(?:unique_)?hits)\)?")
RECORD = re.compile(r"\A\s*[{\[]\s*[\"{\[]|^\W{0,2}[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:", re.M)
TOKEN = re.compile(r"\{[a-z_]+(?:=[^{}\s]*)?\}")  # of Mautic; scripts and styles have other braces
UNEXPLAINED = ("tracked", "relative-address")  # no choice of the author's, nor Mautic's rule
HEALTHY = ("no-fault-in-mail", "no-fault-image-proxy", "no-fault-quoted-printable")


# --8<-- [start:no-fault]
def no_fault(facts: Facts) -> tuple[str, Seen] | None:
    """Return the healthy verdict of what was examined, if anything of Mautic's was.

    It is never certain: whoever asks misses something, and no mail shows what became of it.
    """
    if is_log_wanted(facts) or facts.fixed or speaks_against(facts) or is_about_another(facts):
        return None
    proxied = [p.quote for p in facts.own if WrapperKind.PROXY in p.wrapped_by]
    proxied += opened_through_proxy(facts)
    if proxied and facts.symptom != Symptom.TOO_MANY:
        return "no-fault-image-proxy", likely(proxied[0])
    records = {source.name for source in facts.sources if is_record(source)}
    in_body = [p for p in facts.own if p.where != Where.HEADER and p.quote.source not in records]
    quoted = [source for source in facts.sources if source.quoted_printable]
    if quoted and in_body:
        return "no-fault-quoted-printable", likely(Quote("=3D", quoted[0].name))
    if is_healthy_log(facts):
        return "no-fault-in-mail", likely(facts.visits[0].quote)
    has_token = facts.html is not None and TOKEN.search(facts.html.text) is not None
    is_template = (facts.template_links or has_token) and facts.mail is None and is_all_read(facts)
    if not (in_body or is_template) or not has_more_than_log(facts):
        return None
    return "no-fault-in-mail", likely(*facts.own[:3])


# --8<-- [end:no-fault]


def speaks_against(facts: Facts) -> list[Quote]:
    """Return what contradicts a healthy verdict, whatever the cause of it may be.

    What lacks, what became of the links, what was tried and failed, what people or figures say.
    """
    missing = [Quote(name, "missing") for name in lacking(facts)]
    links = wrapped(facts) + left_alone(facts)
    return [*missing, *links, *failures(facts), *facts.complaints, *complained_of(facts)]


def wrapped(facts: Facts) -> list[Quote]:
    """Return the links and pixels that go through a mail provider, its own header left aside."""
    pixels = [p for p in facts.places if p.where == Where.IMAGE and is_provider_pixel(p)]
    return [place.quote for place in [*by_provider(facts), *pixels]]


def left_alone(facts: Facts) -> list[Quote]:
    """Return the links of what arrived that should be tracked by all rules, and aren't."""
    links = facts.untouched if facts.is_received and not facts.is_unfilled else []
    return [p.quote for p in links if p.link and p.link.reason in UNEXPLAINED]


def failures(facts: Facts) -> list[Quote]:
    """Return what was tried and failed: a host not reached or trusted, an error, no count."""
    said = [
        Quote(line.text, source.name, line.number)
        for source in facts.sources
        for reader in (screens.unreached, screens.refused)
        for line in reader(source.words)
    ]
    lost = [] if is_all_counted(facts) else [visit.quote for visit in facts.visits]
    status = facts.answers.get("http-status", "")
    return [*said, *lost, *([Quote(status, "answers")] if status[:1] in ("4", "5") else [])]


def complained_of(facts: Facts) -> list[Quote]:
    """Return what people, Mautic's screens and its database say is missing, or count none of."""
    readers = (counts.unread, screens.unmet, screens.without_button)
    seen = [quote for reader in readers for quote in facts.lines_of(reader)]
    return seen + [quote for quote, row in facts.rows if any(map(is_zero, row.items()))]


def is_zero(cell: tuple[str, str]) -> bool:
    """Whether a column counts opens or clicks, whole or summed up, and there are none."""
    return cell[1] == "0" and COUNTS.fullmatch(cell[0]) is not None


def is_record(source: Source) -> bool:
    """Whether a text is data of a program, or lines with their times: no part of a message."""
    return source.kind == SourceKind.TEXT and RECORD.search(source.text[:2_000]) is not None


def is_all_read(facts: Facts) -> bool:
    """Whether nothing of a template is unknown, nor a link that may not do what is wanted."""
    is_asked = facts.symptom in (None, *ABOUT_UNSUBSCRIBING)
    at_once = facts.leaves_at_once if is_asked else []
    return not (facts.unrecognised or facts.unread_tokens or at_once)


def is_log_wanted(facts: Facts) -> bool:
    """Whether only a log would show what is asked: a mail doesn't tell who opens it too often."""
    return facts.symptom == Symptom.TOO_MANY and bool(facts.sources) and not facts.visits


def opened_through_proxy(facts: Facts) -> list[Quote]:
    """Return opens by Gmail's proxy that the named release counts (P17, V6)."""
    pixels = [v for v in facts.visits if v.address.kind == AddressKind.PIXEL]
    if facts.symptom not in LOST_OPEN and not is_all_counted(facts):  # it may be about the others
        return []
    by_google = [
        visit.quote
        for visit in pixels
        if visit.line.status == 200 and "GoogleImageProxy" in visit.line.agent
    ]
    by_apple = [visit for visit in pixels if is_bare(visit.line.agent)]  # more of them: a question
    is_counted_all = facts.release is not None and not facts.has("matomo-bots")
    return by_google if is_counted_all and len(by_google) >= len(by_apple) else []


def is_healthy_log(facts: Facts) -> bool:
    """Whether each request of a log is answered and counted, and nobody misses anything."""
    logged = facts.visits and not has_more_than_log(facts) and not facts.complaints
    return bool(logged and "symptom" not in facts.answers) and is_all_counted(facts)


def is_all_counted(facts: Facts) -> bool:
    """Whether each request of a log is answered as Mautic does, and counted."""
    asked_of = (facts.release,) if facts.release else (find(OLDEST), find(DEFAULT))
    return all(
        visit.line.status in ANSWERED.get(visit.address.kind, (200, 302))
        and is_counted(facts, visit, release)
        for visit in facts.visits
        for release in asked_of
    )


# A click is sent on; a page in its place is another program's.
ANSWERED = {AddressKind.TRACKED: (302,)}


def is_counted(facts: Facts, visit: Visit, release: Release) -> bool:
    """Whether a request counts in a release; of a page of Mautic, there is nothing to count."""
    if BLOCKED in visit.line.answer.get("set-cookie", ""):  # says that it was not recorded (V10)
        return False
    is_of_nobody = visit.address.kind == AddressKind.TRACKED and not visit.address.data
    return not is_of_nobody and fate_of(facts, visit, release).counted


def has_more_than_log(facts: Facts) -> bool:
    """Whether there is more than answers and a log: without, there is no mail to call healthy."""
    return any(source.kind != SourceKind.LOG for source in facts.sources)


def lacking(facts: Facts) -> tuple[str, ...]:
    """Return what a message of a real sending has, and this one hasn't, by the names of `good`."""
    mail = facts.mail
    if not (mail and facts.is_real_send and (mail.html or mail.text)):
        return ()
    links = [p for p in facts.untouched if p.link and p.address.scheme in ("http", "https")]
    leaving = facts.unsubscribes + facts.of(AddressKind.VALIDATE)
    is_whole = not facts.cut
    missing = {
        "links": bool(links) and not facts.tracked,
        "pixel": bool(mail.html) and not facts.pixels and is_whole,
        "unsubscribe": not any(p.where != Where.HEADER for p in leaving) and is_whole,
        "list-unsubscribe": needs_header(facts, mail) and not mail.header("list-unsubscribe"),
    }
    return tuple(name for name, is_missing in missing.items() if is_missing)


def needs_header(facts: Facts, mail: Mail) -> bool:
    """Whether a mail has the header to unsubscribe, whatever type a campaign gave it (U6, U8)."""
    is_bulk = mail.header("precedence").lower() == "bulk"
    is_meant = is_bulk or bool(facts.lines_of(emailtype.marketing))
    if facts.release:
        by_type = facts.has("header-needs-email") or facts.has("header-by-content")
        return facts.has("list-unsubscribe-header") and (is_meant or not by_type)
    hashes = [place.address.hash for place in facts.own if place.address.hash]
    return is_meant and not all(len(hash_) == TEST_HASH for hash_ in hashes)  # shorter up to 2.13


def has_unsubscribe_header(mail: Mail) -> bool:
    """Whether a message has the header to unsubscribe, and so has each copy behind it."""
    return all(copy.header("list-unsubscribe") for copy in (mail, *mail.copies))


def good(facts: Facts) -> tuple[str, ...]:
    """Return the ids of what was checked and found right."""
    own, tracked = facts.own, facts.tracked
    stats = [place.address.stat for place in own if place.address.stat]
    mails = [source.mail for source in facts.sources if source.mail]
    found = {
        "host": bool(own) and all(reach(p.address.host).public for p in own),
        "https": bool(own) and all(p.address.scheme == "https" for p in own),
        "links": bool(tracked),
        "ct": bool(tracked) and all(isinstance(p.address.data, dict) for p in tracked),
        "pixel": len([p for p in facts.pixels if p.where == Where.IMAGE]) == 1,
        "hashes": len(stats) > 1 and len(set(stats)) == 1,
        "unsubscribe": any(len(p.address.hash) > TEST_HASH for p in facts.unsubscribes),
        "list-unsubscribe": bool(mails) and all(map(has_unsubscribe_header, mails)),
        "no-wrapper": bool(own) and all(is_known(p, facts) for p in facts.places if p.link),
    }
    names = ("host", "https") if facts.fixed else tuple(found)
    return tuple(name for name in names if found[name])
