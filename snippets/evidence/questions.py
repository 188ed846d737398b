"""The questions an administrator can answer: the only place that lists them.

The command (`--answer`), the form of the page `diagnose` and what is asked next are made from
this table; their words stand in the front matter of that page, in each language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .. import releases


class Symptom(StrEnum):
    """What is missing, or too much."""

    OPEN_MISSING = "open-missing"
    CLICK_MISSING = "click-missing"
    LINK_BROKEN = "link-broken"
    UNSUBSCRIBE_BROKEN = "unsubscribe-broken"
    TOO_MANY = "too-many"
    WRONG_CONTACT = "wrong-contact"
    PAGE_MISSING = "page-missing"
    UNSUBSCRIBED_UNWILLINGLY = "unsubscribed-unwillingly"
    DECISION_MISSING = "decision-missing"
    SEND_FAILED = "send-failed"


OPEN, CLICK, LINK = Symptom.OPEN_MISSING, Symptom.CLICK_MISSING, Symptom.LINK_BROKEN
UNSUBSCRIBE, MANY = Symptom.UNSUBSCRIBE_BROKEN, Symptom.TOO_MANY
CONTACT, PAGE = Symptom.WRONG_CONTACT, Symptom.PAGE_MISSING
UNWILLING, DECISION = Symptom.UNSUBSCRIBED_UNWILLINGLY, Symptom.DECISION_MISSING
FAILED = Symptom.SEND_FAILED
ABOUT_UNSUBSCRIBING = (UNSUBSCRIBE, UNWILLING)
MISSING = (OPEN, CLICK)
# What shows that an open or a click was lost: itself, or a decision that waits for it.
LOST_OPEN, LOST_CLICK, LOST = (OPEN, DECISION), (CLICK, DECISION), (OPEN, CLICK, DECISION)
YES_NO = ("yes", "no")


ANYTHING = r"(?s).*"


@dataclass(frozen=True)
class Question:
    """A question: what may be answered, and for which symptoms an answer helps how much.

    `choices` are the answers, none for free text; that fits `pattern`.
    `helps` is 1 (a little) to 9 (most) by symptom; a question without it is for all. `groups`
    puts many choices under headings, each with its own.
    """

    key: str
    choices: tuple[str, ...] = ()
    helps: Mapping[Symptom, int] = field(default_factory=dict)
    pattern: str = ANYTHING
    example: str = ""
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_shaped(self) -> bool:
        """Whether an answer in free text must have a certain form."""
        return self.pattern != ANYTHING


# The ways of sending, as people tell them apart; a test holds that none is left out.
WAYS = {
    "to-contacts": ("segment", "campaign"),
    "by-itself": ("form-to-contact", "point-trigger", "api"),
    "by-hand": ("direct", "direct-template", "outlook-plugin"),
    "as-a-test": ("test", "test-contact", "preview", "preview-contact"),
    "to-the-team": ("user", "form-results"),
}

QUESTIONS = (
    Question("symptom", tuple(Symptom)),
    Question(
        "release",
        helps={
            OPEN: 9,
            CLICK: 7,
            LINK: 7,
            UNSUBSCRIBE: 5,
            MANY: 5,
            PAGE: 5,
            CONTACT: 3,
            UNWILLING: 8,
            DECISION: 8,
            FAILED: 9,
        },
        pattern=releases.NAME.pattern,
        example="7.1",
    ),
    Question(
        "site-url",
        helps={CONTACT: 9, LINK: 4, OPEN: 2, CLICK: 2, UNSUBSCRIBE: 2, PAGE: 2},
        pattern=r"\S+",
        example="https://mautic.example.com",
    ),
    Question("too-many-of", ("opens", "clicks", "both"), {MANY: 9}),
    Question(
        "sent-via",
        tuple(name for names in WAYS.values() for name in names),
        {CLICK: 9, UNSUBSCRIBE: 9, MANY: 9, OPEN: 3, UNWILLING: 9, DECISION: 5},
        groups=WAYS,
    ),
    Question("logged-in", YES_NO, {PAGE: 9, CLICK: 8, DECISION: 7}),
    Question("links-replaced", (*YES_NO, "partly"), {CLICK: 4}),
    Question("pixel-present", YES_NO, {OPEN: 4}),
    Question("images-loaded", YES_NO, {OPEN: 8}),
    Question("by-hand-counts", YES_NO, {OPEN: 7, CLICK: 3}),
    Question("redirect-works", YES_NO, {CLICK: 6, LINK: 3}),
    Question("timeline-shows", YES_NO, {OPEN: 6, CLICK: 5, DECISION: 9}),
    Question("queue", ("sync", "async"), {OPEN: 5, CLICK: 3, PAGE: 3}),
    Question("consumer-running", YES_NO, {OPEN: 4, CLICK: 3, PAGE: 3}),
    Question(
        "http-status",
        helps={LINK: 8, UNSUBSCRIBE: 8, PAGE: 8, OPEN: 3},
        pattern=r"[1-5]\d\d",
        example="404",
    ),
    Question("contact-exists", YES_NO, {UNSUBSCRIBE: 7}),
    Question("proxy", YES_NO, {OPEN: 1, CLICK: 1, LINK: 1}),
    Question("trackable-urls-disabled", YES_NO, {CLICK: 3}),
    Question("clicks-counted", YES_NO, {OPEN: 4}),
    Question("link-inside", ("body", "dynamic-content"), {CLICK: 3}),
    Question("unsubscribe-opened", ("link", "directly"), {UNSUBSCRIBE: 6}),
    Question("from-domain", helps={LINK: 2}, example="news.example.com"),
    Question(
        "user-agent", helps={MANY: 8, UNWILLING: 7, OPEN: 2, CLICK: 2}, example="Mozilla/5.0 …"
    ),
    Question("client-ip", helps={MANY: 2, OPEN: 2, CLICK: 2}, example="203.0.113.7"),
    Question(
        "role",
        ("href", "tracked", "destination", "pixel", "unsubscribe"),
        {LINK: 9, CLICK: 2, OPEN: 2, UNSUBSCRIBE: 2},
    ),
)

BY_KEY = {question.key: question for question in QUESTIONS}


def about(symptom: Symptom | None) -> list[Question]:
    """Return the questions that help with a symptom, the most helpful first; None: any symptom."""
    if symptom is None:
        return [BY_KEY["symptom"], BY_KEY["release"], BY_KEY["site-url"]]
    found = [question for question in QUESTIONS if symptom in question.helps]
    return sorted(found, key=lambda question: -question.helps[symptom])
