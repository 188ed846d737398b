"""From what an administrator has to the causes, most likely first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .causes import CERTAINTIES, Finding
from .causes.pointing import kinds, own
from .causes.registry import CHECKS, address
from .causes.sending import test_signs
from .evidence.facts import Facts, Quote, Visit
from .hits import Request, click_counts, open_counts
from .hosts import reach
from .releases import DEFAULT, Release, find

Evidence = str | bytes | Sequence[str | bytes | tuple[str, str | bytes]]


@dataclass(frozen=True)
class Diagnosis:
    """The findings in order, what was found healthy, the context, and what to ask next."""

    findings: tuple[Finding, ...]
    healthy: tuple[str, ...]
    context: dict[str, Any]
    questions: tuple[str, ...]

    @property
    def first(self) -> str | None:
        """The id of the most likely cause, of a healthy verdict, or None."""
        return self.findings[0].cause if self.findings else None

    @property
    def is_healthy(self) -> bool:
        """Whether nothing was found that needs a change."""
        return self.first is None or self.first.startswith("no-fault-")

    def as_dict(self) -> dict[str, Any]:
        """Return the diagnosis as plain data, ready for JSON."""
        findings = [
            {
                "cause": found.cause,
                "certainty": found.certainty,
                "evidence": [quote.text[:MOST_QUOTED] for quote in found.quotes],
                "where": [{"source": q.source, "line": q.line} for q in found.quotes],
                "guide": address(found.cause),
            }
            for found in self.findings
        ]
        return {
            "findings": findings,
            "healthy": list(self.healthy),
            "context": self.context,
            "questions": list(self.questions),
        }


MOST_QUOTED = 500


# --8<-- [start:diagnose]
def diagnose(
    evidence: Evidence = (),
    before: str | bytes | None = None,
    answers: Mapping[str, str] | None = None,
) -> Diagnosis:
    """Return why something isn't tracked, from messages, HTML, a link, log lines or answers.

    `before` is the HTML before sending. Raises UnusableInput and BadAnswer, each with a sentence.
    """
    return examine(Facts.read(named(evidence), before, answers))


def examine(facts: Facts) -> Diagnosis:
    """Return why something isn't tracked, from the facts."""
    found = in_order([check(facts) for _, check in CHECKS])
    if not any(finding.certainty in ("sure", "likely") for finding in found):
        found = [*no_fault(facts), *found]
    return Diagnosis(tuple(found), healthy(facts), context(facts), questions(facts, found))


# --8<-- [end:diagnose]


def named(evidence: Evidence) -> list[tuple[str, str | bytes]]:
    """Return pieces of evidence with names; a piece without one gets a number."""
    pieces = [evidence] if isinstance(evidence, (str, bytes)) else list(evidence)
    return [
        piece if isinstance(piece, tuple) else (f"evidence {number}", piece)
        for number, piece in enumerate(pieces, 1)
    ]


# --8<-- [start:order]
def in_order(findings: Sequence[Finding | None]) -> list[Finding]:
    """Return findings, the certain ones first, and seen ones before those only answered.

    Within that, they stand in the order of looking.
    """
    found = [finding for finding in findings if finding]
    return sorted(found, key=lambda f: (CERTAINTIES.index(f.certainty), f.is_from_answers))


# --8<-- [end:order]


# --8<-- [start:no-fault]
def no_fault(facts: Facts) -> list[Finding]:
    """Return the healthy verdict of what was examined, if anything of Mautic's was."""
    proxied = [p.quote for p in own(facts) if "proxy" in kinds(p)]
    proxied += opened_through_proxy(facts)
    if proxied:
        return [Finding("no-fault-image-proxy", "sure", tuple(proxied[:1]))]
    in_body = [p for p in own(facts) if p.where != "header"]
    examined = bool(in_body) or (facts.html is not None and facts.mail is None)
    quoted = [source for source in facts.sources if source.quoted_printable]
    if quoted and in_body:
        return [Finding("no-fault-quoted-printable", "sure", (Quote("=3D", quoted[0].name),))]
    if is_healthy_log(facts):
        return [Finding("no-fault-in-mail", "likely", (facts.visits[0].quote,))]
    if not examined or has_complaint(facts):
        return []
    quotes = tuple(p.quote for p in own(facts)[:3])
    return [Finding("no-fault-in-mail", "sure" if facts.mail else "likely", quotes)]


# --8<-- [end:no-fault]


def opened_through_proxy(facts: Facts) -> list[Quote]:
    """Return opens by Gmail's proxy that the named release counts (P17, V6)."""
    opens = [v for v in facts.visits if v.address.kind == "pixel" and v.line.status == 200]
    by_google = [v.quote for v in opens if "GoogleImageProxy" in v.line.agent]
    return by_google if facts.release and not facts.has("matomo-bots") else []


def is_healthy_log(facts: Facts) -> bool:
    """Whether each request of a log is answered and counted, and nobody misses anything."""
    logged = facts.visits and has_complaint(facts) and not facts.complaints
    asked_of = (facts.release,) if facts.release else (find("4.4"), find(DEFAULT))
    return bool(logged and "symptom" not in facts.answers) and all(
        visit.line.status in (200, 302) and is_counted(visit, release)
        for visit in facts.visits
        for release in asked_of
    )


def is_counted(visit: Visit, release: Release) -> bool:
    """Whether a request counts in a release; of a page of Mautic, there is nothing to count."""
    line, address = visit.line, visit.address
    request = Request(line.agent, method=line.method, headers=line.headers)
    if address.kind == "pixel":
        return open_counts(request, release).counted
    return address.kind != "tracked" or (
        bool(address.data) and click_counts(request, release).counted
    )


def has_complaint(facts: Facts) -> bool:
    """Whether the only evidence is answers or a log: then there is no mail to call healthy."""
    return not any(source.kind != "log" for source in facts.sources)


def healthy(facts: Facts) -> tuple[str, ...]:
    """Return the ids of what was checked and found right."""
    mautic = own(facts)
    good = {
        "host": bool(mautic) and all(reach(p.address.host).public for p in mautic),
        "https": bool(mautic) and all(p.address.scheme == "https" for p in mautic),
        "links": bool(facts.tracked),
        "ct": bool(facts.tracked) and all(isinstance(p.address.data, dict) for p in facts.tracked),
        "pixel": len([p for p in facts.pixels if p.where == "image"]) == 1,
        "hashes": len(stats := [p.address.stat for p in mautic if p.address.stat]) > 1
        and len(set(stats)) == 1,
        "unsubscribe": any(len(p.address.hash) > 13 for p in facts.unsubscribes),
        "list-unsubscribe": bool(facts.mail and facts.mail.header("list-unsubscribe")),
        "no-wrapper": bool(mautic) and not any(p.address.peeled.wrappers for p in mautic),
    }
    return tuple(name for name, is_good in good.items() if is_good)


def context(facts: Facts) -> dict[str, Any]:
    """Return what is known about the sending: how, release hints, hosts, counts, sizes."""
    sent = facts.answers.get("sent-via") or guessed_sending(facts)
    known = {
        "sent-via": sent,
        "release": facts.answers.get("release") or hinted_release(facts),
        "hosts": sorted({p.address.host for p in own(facts)}),
        "tracked": len(facts.tracked),
        "untouched": len(facts.untouched),
        "pixels": len(facts.pixels),
        "wrappers": sorted({w.name for p in facts.places for w in p.address.peeled.wrappers}),
        "html-bytes": len(facts.html.text.encode("utf-8", "replace")) if facts.html else 0,
        "sources": [source.kind for source in facts.sources],
    }
    return {name: value for name, value in known.items() if value not in (None, "", [], 0)}


def guessed_sending(facts: Facts) -> str:
    """Return how headers and `ct` say the mail was sent, "" if they don't."""
    sources = [facts.source_of(place) for place in facts.tracked]
    if any(sources):
        return next(source for source in sources if source)
    if test_signs(facts) and not facts.tracked:
        return "test"
    mail = facts.mail
    if mail and mail.header("precedence").lower() == "bulk":
        return "segment"
    return "campaign" if mail and mail.header("x-email-id") else ""


def hinted_release(facts: Facts) -> str:
    """Return which releases write such links: `sent_time` is there from 7.0 on (V40)."""
    datas = [p.address.data for p in facts.tracked if isinstance(p.address.data, dict)]
    if any("sent_time" in data for data in datas):
        return "7.0 or later"
    if any(p.address.signature for p in facts.unsubscribes):
        return "5.1 or later"
    return ""


ASKED = {
    "open-missing": ("release", "images-loaded", "by-hand-counts", "timeline-shows", "queue"),
    "click-missing": ("sent-via", "logged-in", "release", "redirect-works", "timeline-shows"),
    "link-broken": ("role", "http-status", "release"),
    "unsubscribe-broken": ("sent-via", "http-status", "contact-exists"),
    "too-many": ("sent-via", "user-agent"),
    "wrong-contact": ("site-url",),
    "page-missing": ("logged-in", "http-status"),
}
MOST_QUESTIONS = 3


def questions(facts: Facts, found: Sequence[Finding]) -> tuple[str, ...]:
    """Return the keys of the answers that would help most; none once the cause is certain."""
    if any(finding.certainty == "sure" and finding.cause in CAUSES for finding in found):
        return ()
    symptom = facts.answers.get("symptom")
    asked = ASKED[symptom] if symptom else ("symptom", "release", "site-url")
    return tuple(key for key in asked if key not in facts.answers)[:MOST_QUESTIONS]


CAUSES = frozenset(check.__name__.replace("_", "-") for _, check in CHECKS)
