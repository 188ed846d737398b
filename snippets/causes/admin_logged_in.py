"""The browser of the test was logged in to Mautic (L1)."""

import re

from ..evidence import logs
from ..evidence.facts import Facts, Quote, Visit
from ..evidence.kinds import AddressKind, SourceKind
from ..evidence.questions import LOST_CLICK, Symptom
from . import Seen, answer, likely, possible, sure, undecided

PAGE = "emails/troubleshooting"
EXPLAINS = (*LOST_CLICK, Symptom.PAGE_MISSING, Symptom.OPEN_MISSING)
BEFORE: dict[str, str] = {}
BACKEND = re.compile(r"(?:/[\w.-]+){0,3}/s/[a-z]\w+")  # pages of Mautic for who is logged in
REFERER = re.compile(rf"\"https?://[^/\"\s]+{BACKEND.pattern}[^\"\s]*\"")
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


def tried(facts: Facts) -> Seen | None:
    """A campaign that is being tried out sees no click, and there is none: whose browser was it?"""
    is_unseen = facts.symptom == Symptom.DECISION_MISSING and facts.says("timeline-shows", "no")
    if not is_unseen or facts.sources or facts.before is not None:
        return None
    return undecided(possible(*answer(facts, "timeline-shows")), "logged-in")


def clicked_by_users(facts: Facts) -> Seen | None:
    """Most clicks come from browsers that Mautic shows its own pages to, or from one of those (L1).

    A page of Mautic's own names itself in the `Referer`.
    """
    users = dict[tuple[str, str], Quote]()
    for source in facts.sources:
        if source.kind == SourceKind.LOG and "/s/" in source.text:
            users |= users_in(source.text, source.name)
    clicks = [v for v in facts.visits if v.address.kind == AddressKind.TRACKED]
    own = {v.quote: users.get((v.line.ip, v.line.agent)) for v in clicks}
    own = {q: user for q, user in own.items() if user}
    own |= {v.quote: v.quote for v in clicks if is_from_backend(v)}
    if len(own) * 2 <= len(clicks) or facts.symptom in ABOUT_OTHERS:
        return None
    return likely(*(quote for pair in own.items() for quote in pair if quote))


def is_from_backend(visit: Visit) -> bool:
    """Whether a link was followed on a page of Mautic's own."""
    referer = f'"{visit.line.headers.get("referer", "")}"'
    return any(REFERER.search(text) for text in (referer, visit.line.text))


def users_in(text: str, name: str) -> dict[tuple[str, str], Quote]:
    """Return who is logged in, by address and agent: a request for a page that was shown."""
    shown = [line for line in logs.requests(text) if line.status == 200 and line.ip]
    return {
        (line.ip, line.agent): Quote(line.text, name, line.number)
        for line in shown
        if BACKEND.match(line.path) and not line.path.startswith("/s/login")
    }
