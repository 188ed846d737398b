"""What to ask next: the answers that would help most, and that nothing tells already."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice

from .catalogue import Cause, Finding, causes, open_questions
from .causes import Certainty
from .evidence.facts import Facts
from .evidence.kinds import AddressKind
from .evidence.questions import BY_KEY, Symptom, about
from .evidence.sending import guessed
from .releases import LINES
from .verdicts import HEALTHY

MOST_QUESTIONS = 3  # more than that nobody answers at once


def questions(facts: Facts, found: Sequence[Finding]) -> tuple[str, ...]:
    """Return the keys of the answers that would help most; none once the cause is certain.

    First what decides whether the first cause is one at all.
    """
    if any(f.certainty == Certainty.SURE and f.cause not in HEALTHY for f in found):
        return ()
    symptom = facts.answers.get("symptom")
    deciding = [key for finding in found[:1] for key in open_questions(finding, facts)]
    left_out = {"symptom"} if explains_alone(found) else set[str]()
    of_symptom = about(Symptom(symptom) if symptom else None)
    helpful = [question.key for question in of_symptom if question.key not in left_out]
    open_keys = dict.fromkeys([*deciding, *helpful])
    keys = (key for key in open_keys if not is_known(key, facts))
    if symptom and not facts.sources and facts.before is None:
        now = [how_certain(cause, facts) for cause in causes()]
        keys = (key for key in keys if decides(key, facts, now))
    return tuple(islice(keys, MOST_QUESTIONS))


def explains_alone(found: Sequence[Finding]) -> bool:
    """Whether one likely cause is all that what was given shows: then that is what is wrong."""
    return len(found) == 1 and found[0].certainty == Certainty.LIKELY and found[0].explains


def decides(key: str, facts: Facts, now: Sequence[Certainty | None]) -> bool:
    """Whether an answer, where nothing but answers is known, would show or clear a cause.

    `now` is how certain each cause is without it. Of free text only what a test can try: a
    release, a status.
    """
    values = BY_KEY[key].choices or TRIED.get(key, ())
    others = [replace(facts, answers={**facts.answers, key: value}) for value in values]
    # Those that explain the symptom first: one change is enough, and most are among them.
    known = sorted(zip(causes(), now, strict=True), key=lambda one: not one[0].is_about(facts))
    changes = (how_certain(cause, other) != sure for cause, sure in known for other in others)
    return not values or any(changes)


TRIED = {"release": tuple(LINES), "http-status": ("403", "404", "500")}


def how_certain(cause: Cause, facts: Facts) -> Certainty | None:
    """Return how certain a cause is by these facts, None where they don't show it."""
    finding = cause.look(facts)
    return finding.certainty if finding else None


def is_known(key: str, facts: Facts) -> bool:
    """Whether there is an answer, if only “I don't know”, or the question makes no sense."""
    is_answered = key in facts.answers or key in facts.unknown
    return is_answered or (key in TOLD and TOLD[key](facts))


TOLD: dict[str, Callable[[Facts], bool]] = {
    "sent-via": lambda facts: bool(guessed(facts)),
    "too-many-of": lambda facts: bool(facts.visits),
    "links-replaced": lambda facts: facts.html is not None,
    "pixel-present": lambda facts: facts.mail is not None or bool(facts.pixels),
    "images-loaded": lambda facts: is_asked_for(facts, AddressKind.PIXEL),
    "redirect-works": lambda facts: is_asked_for(facts, AddressKind.TRACKED),
    "http-status": lambda facts: bool(facts.visits),
    "user-agent": lambda facts: any(visit.line.agent for visit in facts.visits),
    "client-ip": lambda facts: any(visit.line.ip for visit in facts.visits),
    "from-domain": lambda facts: facts.mail is not None,
    "consumer-running": lambda facts: not facts.says("queue", "async"),
    "role": lambda facts: all(place.address.is_mautic for place in facts.given),
}


def is_asked_for(facts: Facts, kind: AddressKind) -> bool:
    """Whether a log shows a request for such an address."""
    return any(visit.address.kind == kind for visit in facts.visits)
