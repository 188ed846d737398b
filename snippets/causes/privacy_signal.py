"""From 7.1 requests with DNT, GPC, prefetch or HEAD are not recorded (V8)."""

import re

from .. import hits, releases, traffic
from ..evidence.facts import Facts, Visit
from ..evidence.kept import in_question
from ..evidence.kinds import AddressKind, SourceKind
from ..evidence.questions import LOST, LOST_CLICK, Symptom
from ..evidence.sending import sending
from ..evidence.sources import Quote
from . import Seen, answer, likely, possible, sure, undecided

PAGE = "emails/clicks"
EXPLAINS = (*LOST, Symptom.PAGE_MISSING)
BEFORE = {"valid-hits-filtered": "a decision that doesn't fire is told of its clicks (#17187)"}
ASKED = ("dnt", "sec-gpc")  # headers by which a browser asks not to be tracked
RECORDED = (AddressKind.TRACKED, AddressKind.PIXEL, AddressKind.PAGE_HIT)
PRIVATE_BROWSERS = re.compile(r"\b(?:Brave|DuckDuckGo)\b")


def check(facts: Facts) -> Seen | None:
    """Look for a signal in the log, then for a browser that sends one, else at what is missing."""
    signalled = [visit for visit in in_question(facts) if is_private(visit, facts)]
    if signalled:
        return sent(facts, signalled)
    if not facts.has("privacy-signals"):
        return None
    if PRIVATE_BROWSERS.search(facts.answers.get("user-agent", "")):
        return likely(*answer(facts, "user-agent", "release"))
    named = named_in_words(facts)
    if named and facts.symptom in (None, Symptom.CLICK_MISSING):
        return likely(*named, *answer(facts, "release"))
    return unexplained(facts)


def sent(facts: Facts, signalled: list[Visit]) -> Seen | None:
    """The log shows requests with a signal: how many of all, and whether a browser asked for it."""
    # A HEAD or a prefetch is no person's click, which may have followed and been counted.
    is_asked = any(visit.line.headers.get(name) == "1" for visit in signalled for name in ASKED)
    shown = [visit.quote for visit in signalled]
    if facts.release is None:
        return undecided(possible(*shown), "release") if is_asked else None
    if not facts.has("privacy-signals"):
        return None
    recorded = [visit for visit in in_question(facts) if is_recorded(visit)]
    if len(signalled) < traffic.RARE * len(recorded):
        return possible(*shown)
    is_most = len(signalled) * 2 >= len(recorded)
    return sure(*shown) if is_asked and is_most else likely(*shown)


def unexplained(facts: Facts) -> Seen | None:
    """A click is missing that works, and nothing else is known to drop it."""
    if facts.symptom not in LOST_CLICK or ruled_out(facts):
        return None
    works = facts.says("redirect-works", "yes") and facts.says("logged-in", "no")
    if works and not facts.answers.get("user-agent"):
        return likely(*answer(facts, "release", "redirect-works", "logged-in"))
    is_sound = any(place.address.data for place in facts.tracked) and not facts.visits
    is_click = is_sound and facts.symptom == Symptom.CLICK_MISSING
    may_be = works or is_click or (not facts.sources and not is_explained(facts))
    return possible(*answer(facts, "release", "symptom")) if may_be else None


def ruled_out(facts: Facts) -> bool:
    """Whether it was recorded, or the release looks at no such signal (V8)."""
    is_older = facts.release is not None and not facts.has("privacy-signals")
    return is_older or facts.says("timeline-shows", "yes")


def is_explained(facts: Facts) -> bool:
    """Whether answers tell of a click that never came to Mautic as such, or of who clicked."""
    sent = sending(facts)
    return (
        facts.says("logged-in", "yes")
        or facts.says("redirect-works", "no")
        or facts.says("links-replaced", "no", "partly")
        or facts.says("trackable-urls-disabled", "yes")
        or (sent is not None and sent.links == "untouched")
        or bool(facts.answers.get("user-agent"))
    )


def named_in_words(facts: Facts) -> list[Quote]:
    """Return the words beside what was pasted that name such a browser."""
    return [
        Quote(line.strip(), source.name, number)
        for source in facts.sources
        if source.kind == SourceKind.TEXT or source.above
        for number, line in enumerate(source.words.split("\n"), 1)
        if PRIVATE_BROWSERS.search(line)
    ]


def is_recorded(visit: Visit) -> bool:
    """Whether Mautic would record such a request; the script of a page is none."""
    is_script = visit.line.path.partition("?")[0].endswith(".js")
    return visit.address.kind in RECORDED and not is_script


def is_private(visit: Visit, facts: Facts) -> bool:
    """Whether an open, a click or a visit that arrived is dropped for a header or a HEAD (V8)."""
    if visit.address.kind == AddressKind.PIXEL and facts.says("queue", "async"):
        return False  # then no header is looked at (V9)
    request = hits.Request(method=visit.line.method, headers=visit.line.headers)
    arrived = is_recorded(visit) and visit.line.status in traffic.ANSWERED
    return arrived and hits.why_private(request, releases.find(releases.DEFAULT)) is not None
