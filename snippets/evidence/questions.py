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
    """A question and what may be answered.

    `choices` are the answers, none for free text; that fits `pattern`. `groups` puts many choices
    under headings, each with its own.
    """

    key: str
    choices: tuple[str, ...] = ()
    pattern: str = ANYTHING
    example: str = ""
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def helps(self) -> list[Symptom]:
        """The symptoms for which an answer helps."""
        return [symptom for symptom in Symptom if self in about(symptom)]

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
        pattern=releases.NAME.pattern,
        example="7.1",
    ),
    Question(
        "site-url",
        pattern=r"\S+",
        example="https://mautic.example.com",
    ),
    Question("too-many-of", ("opens", "clicks", "both")),
    Question(
        "sent-via",
        tuple(name for names in WAYS.values() for name in names),
        groups=WAYS,
    ),
    Question("script-on-page", YES_NO),
    Question("logged-in", YES_NO),
    Question("links-replaced", (*YES_NO, "partly")),
    Question("pixel-present", YES_NO),
    Question("images-loaded", YES_NO),
    Question("by-hand-counts", YES_NO),
    Question("redirect-works", YES_NO),
    Question("timeline-shows", YES_NO),
    Question("queue", ("sync", "async")),
    Question("consumer-running", (*YES_NO, "restarts")),
    Question(
        "http-status",
        pattern=r"[1-5]\d\d",
        example="404",
    ),
    Question("contact-exists", YES_NO),
    Question("proxy", YES_NO),
    Question("trackable-urls-disabled", YES_NO),
    Question("clicks-counted", YES_NO),
    Question("link-inside", ("body", "dynamic-content")),
    Question("unsubscribe-opened", ("link", "directly")),
    Question("from-domain", example="news.example.com"),
    Question("user-agent", example="Mozilla/5.0 …"),
    Question("client-ip", example="203.0.113.7"),
    Question(
        "role",
        ("href", "tracked", "destination", "pixel", "unsubscribe"),
    ),
)

BY_KEY = {question.key: question for question in QUESTIONS}
# Which questions help with a symptom, the most helpful first.
HELPFUL: Mapping[Symptom, str] = {
    OPEN: (
        "release images-loaded by-hand-counts timeline-shows queue pixel-present "
        "consumer-running clicks-counted sent-via http-status site-url user-agent client-ip "
        "role proxy"
    ),
    CLICK: (
        "logged-in sent-via release redirect-works timeline-shows links-replaced "
        "by-hand-counts queue consumer-running trackable-urls-disabled link-inside site-url "
        "user-agent client-ip role proxy"
    ),
    LINK: "role http-status release site-url redirect-works from-domain proxy",
    UNSUBSCRIBE: "sent-via http-status contact-exists unsubscribe-opened release site-url role",
    MANY: "too-many-of sent-via user-agent release client-ip",
    CONTACT: "site-url release",
    PAGE: "script-on-page logged-in http-status release queue consumer-running site-url",
    UNWILLING: "sent-via release user-agent",
    DECISION: "timeline-shows release logged-in sent-via",
    FAILED: "release",
}


def about(symptom: Symptom | None) -> list[Question]:
    """Return the questions that help with a symptom, the most helpful first; None: any symptom."""
    if symptom is None:
        return [BY_KEY["symptom"], BY_KEY["release"], BY_KEY["site-url"]]
    return [BY_KEY[key] for key in HELPFUL[symptom].split()]
