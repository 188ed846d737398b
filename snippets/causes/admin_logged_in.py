"""The browser of the test was logged in to Mautic (L1)."""

import re
from collections.abc import Collection
from datetime import datetime, timedelta

from ..evidence import logs, remarks
from ..evidence.facts import Facts, Visit
from ..evidence.kept import kept, unclicked
from ..evidence.kinds import AddressKind, SourceKind
from ..evidence.questions import LOST_CLICK, Symptom
from ..evidence.sources import Quote
from . import Seen, answer, likely, possible, sure, undecided

PAGE = "emails/troubleshooting"
EXPLAINS = (*LOST_CLICK, Symptom.PAGE_MISSING, Symptom.OPEN_MISSING)
BEFORE: dict[str, str] = {}
BACKEND = re.compile(r"(?:/[\w.-]+){0,3}/s/[a-z]\w+")  # pages of Mautic for who is logged in
# Pages of it by their names: `/s/products` in a referer may be of any shop.
OWN_PAGES = (
    "dashboard|contacts|companies|segments|emails|campaigns|pages|forms|assets|points|stages"
    "|reports|messages|sms|focus|monitoring|dwc|tags|config|account|users|roles|categories"
    "|plugins|webhooks|themes|credentials|sysinfo|calendar|login"
)
REFERER = re.compile(rf"\"https?://[^/\"\s]+(?:/[\w.-]+){{0,3}}/s/(?:{OWN_PAGES})\b[^\"\s]*\"")
SESSION = timedelta(hours=1)  # Mautic's own pages are seen before a click and after it
FEW = 4  # clicks for one of a user: a large log has a user's click now and then
Pages = dict[tuple[str, str], list[tuple[datetime | None, Quote]]]
ABOUT_OTHERS = (Symptom.OPEN_MISSING, Symptom.TOO_MANY, Symptom.UNSUBSCRIBE_BROKEN)


def check(facts: Facts) -> Seen | None:
    """An answer tells, or a log in which who clicks works in Mautic as well."""
    if not facts.says("logged-in", "yes"):
        return None if facts.says("logged-in", "no") else clicked_by_users(facts) or tried(facts)
    in_web_view = [p for p in facts.given if p.address.kind == AddressKind.WEB_VIEW]
    if in_web_view:  # the only open a login hides (L4)
        return sure(*answer(facts, "logged-in"), *in_web_view)
    if facts.symptom in ABOUT_OTHERS:
        return None
    shown = answer(facts, "logged-in")
    is_sure = facts.says("symptom", "click-missing", "page-missing")
    return sure(*shown) if is_sure else likely(*shown)


def ruled_out(facts: Facts) -> bool:
    """Whether nobody was logged in, or it was recorded all the same (L1)."""
    return facts.says("logged-in", "no") or facts.says("timeline-shows", "yes")


def tried(facts: Facts) -> Seen | None:
    """A campaign that is being tried out sees no click, and there is none: whose browser was it?"""
    is_unseen = facts.symptom == Symptom.DECISION_MISSING and facts.says("timeline-shows", "no")
    if not is_unseen or facts.sources or facts.before is not None:
        return None
    return undecided(possible(*answer(facts, "timeline-shows")), "logged-in")


def clicked_by_users(facts: Facts) -> Seen | None:
    """Some clicks come from browsers that Mautic shows its own pages to, or from one of those (L1).

    A page of Mautic's own names itself in the `Referer`. Unless these are most clicks, what Mautic
    kept must tell that these are the ones it lacks.
    """
    if facts.symptom in ABOUT_OTHERS:
        return None
    clicks = [v for v in facts.visits if v.address.kind == AddressKind.TRACKED]
    shown = backend_pages(facts)
    own = {v.quote: page for v in clicks if (page := page_around(v, shown))}
    if not own:
        return None
    quotes = [quote for pair in own.items() for quote in pair]
    if len(own) * 2 > len(clicks):
        return likely(*quotes)
    lacking = [quote for v in clicks if v.quote in own for quote in unclicked(facts, v)]
    lacking += remarked(facts, own)
    if lacking or is_all_else_kept(facts, clicks, own):
        return likely(*quotes[:2], *lacking, *quotes[2:])
    return possible(*quotes) if len(own) * FEW >= len(clicks) else None


def remarked(facts: Facts, own: Collection[Quote]) -> list[Quote]:
    """Return the clicks of Mautic's users of which somebody wrote that they don't count.

    None if one of theirs does, or if clicks of others don't count either.
    """
    uncounted = {visit.quote for visit in remarks.uncounted(facts)}
    is_of_users = uncounted <= set(own) and not set(own) & {
        visit.quote for visit in remarks.counted(facts)
    }
    return [quote for quote in own if quote in uncounted and is_of_users]


def is_all_else_kept(facts: Facts, clicks: list[Visit], own: Collection[Quote]) -> bool:
    """Whether Mautic's rows tell of all clicks but those of its users."""
    there = {visit.quote for visit in kept(facts)}
    return all((visit.quote in there) != (visit.quote in own) for visit in clicks)


def is_from_backend(visit: Visit) -> bool:
    """Whether a link was followed on a page of Mautic's own."""
    referer = f'"{visit.line.headers.get("referer", "")}"'
    return any(REFERER.search(text) for text in (referer, visit.line.text))


def backend_pages(facts: Facts) -> Pages:
    """Return the pages of Mautic's own that were shown: when, and what to quote, by who asked."""
    found: Pages = {}
    for source in facts.sources:
        if source.kind != SourceKind.LOG or "/s/" not in source.text:
            continue
        for line in logs.requests(source.text):
            is_own = BACKEND.match(line.path) and not line.path.startswith("/s/login")
            if is_own and line.status == 200 and line.ip:
                page = line.at, Quote(line.text, source.name, line.number)
                found.setdefault((line.ip, line.agent), []).append(page)
    return found


def page_around(visit: Visit, pages: Pages) -> Quote | None:
    """Return the page of Mautic's own that the browser of a click saw in the same session.

    The link may have been followed on such a page, too.
    """
    if is_from_backend(visit):
        return visit.quote
    of_same = pages.get((visit.line.ip, visit.line.agent), [])
    near = [page for page in of_same if apart(page[0], visit) <= SESSION]
    return min(near, key=lambda page: apart(page[0], visit))[1] if near else None


def apart(at: datetime | None, visit: Visit) -> timedelta:
    """Return how long a time lies from a click; none at all where one isn't known."""
    return abs(at - visit.line.at) if at and visit.line.at else timedelta()
