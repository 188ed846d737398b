"""From what an administrator has to the causes, most likely first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from traceback import extract_tb
from typing import Any

from .asking import questions
from .catalogue import Cause, Finding, address, causes, open_questions
from .causes import Certainty
from .evidence.doubts import is_doubtful, is_of_another_mail
from .evidence.facts import Facts
from .evidence.sources import Content, Quote
from .overview import overview
from .verdicts import HEALTHY, good, no_fault

Evidence = str | bytes | Sequence[str | bytes | tuple[str, Content]]
MOST_QUOTED = 500  # characters of one quote; a `ct` or a tag may have a million


@dataclass(frozen=True)
class Failure:
    """A check that failed: an error of this project, never of the reader; the others went on."""

    cause: str
    error: str


@dataclass(frozen=True)
class Diagnosis:
    """The findings in order, what was found healthy, the context, what to ask, what failed.

    `aside` are the causes that are merely possible beside a certain one that explains all.
    """

    findings: tuple[Finding, ...]
    healthy: tuple[str, ...]
    context: dict[str, Any]
    questions: tuple[str, ...]
    failed: tuple[Failure, ...] = ()
    aside: tuple[str, ...] = ()

    @property
    def first(self) -> str | None:
        """The id of the most likely cause, of a healthy verdict, or None."""
        return self.findings[0].cause if self.findings else None

    @property
    def is_healthy(self) -> bool:
        """Whether nothing was found that needs a change."""
        return self.first is None or self.first in HEALTHY

    def as_dict(self) -> dict[str, Any]:
        """Return the diagnosis as plain data, ready for JSON; `failed` only if a check did."""
        findings = [
            {
                "cause": found.cause,
                "certainty": str(found.certainty),
                "evidence": [quote.text[:MOST_QUOTED] for quote in found.quotes],
                "where": [where(quote) for quote in found.quotes],
                "guide": address(found.cause),
            }
            for found in self.findings
        ]
        found = {
            "findings": findings,
            "healthy": list(self.healthy),
            "context": self.context,
            "questions": list(self.questions),
        }
        return found | {"failed": [vars(f) for f in self.failed]} if self.failed else found


def where(quote: Quote) -> dict[str, Any]:
    """Return where a quote stands, and what should stand there instead, if that is known."""
    place: dict[str, Any] = {"source": quote.source, "line": quote.line}
    return place | {"instead": quote.instead} if quote.instead else place


# --8<-- [start:diagnose]
def diagnose(
    evidence: Evidence = (),
    before: str | bytes | None = None,
    answers: Mapping[str, str] | None = None,
) -> Diagnosis:
    """Return why something isn't tracked, from messages, HTML, a link, log lines or answers.

    A log of any size may be given as chunks of bytes: `[("access.log", chunks)]`. `before` is the
    HTML before sending. Raises UnusableInput and BadAnswer, each with a sentence.
    """
    return examine(Facts.read(named(evidence), before, answers))


def examine(facts: Facts) -> Diagnosis:
    """Return why something isn't tracked, from the facts."""
    seen, failed = look(facts, causes())
    ordered = in_order(seen)
    found = [unproved(finding, facts) for finding in ordered]
    if all(finding.certainty == Certainty.POSSIBLE for finding in found):
        found = with_verdict(facts, found)
    told, aside = without_noise(found)
    quotes = [quote for finding in found for quote in finding.quotes]
    known = overview(facts, telling(facts, found), quotes)
    asked = questions(facts, ordered)
    return Diagnosis(tuple(told), good(facts), known, asked, tuple(failed), aside)


# --8<-- [end:diagnose]


def telling(facts: Facts, found: Sequence[Finding]) -> set[str]:
    """Return the names of the sources that show a cause."""
    names = {quote.source for finding in found for quote in finding.quotes}
    html = {facts.html.name} if facts.html and "before" in names else set[str]()
    mails = {source.name for source in facts.sources if source.mail and "" in names}  # its headers
    return names | html | mails


def named(evidence: Evidence) -> list[tuple[str, Content]]:
    """Return pieces of evidence with names; a piece without one gets a number."""
    pieces = [evidence] if isinstance(evidence, (str, bytes)) else list(evidence)
    return [
        piece if isinstance(piece, tuple) else (f"evidence {number}", piece)
        for number, piece in enumerate(pieces, 1)
    ]


def look(facts: Facts, wanted: Iterable[Cause]) -> tuple[list[Finding], list[Failure]]:
    """Ask each cause in turn; a check that fails is noted, and the others are asked all the same.

    The note says where the error is, and nothing of what was given.
    """
    found, failed = list[Finding](), list[Failure]()
    for cause in wanted:
        try:
            finding = cause.look(facts)
        except Exception as problem:
            failed.append(Failure(cause.id, place_of(problem)))
        else:
            found += [softened(finding, facts)] if finding else []
    return found, failed


def softened(finding: Finding, facts: Facts) -> Finding:
    """Return a finding, likely at most where what shows it was cut, or may be somebody else's.

    What is missing may say otherwise; a mail in which there is nothing of Mautic may be another's.
    """
    if is_of_another_mail(finding.quotes, facts):
        return replace(finding, certainty=Certainty.POSSIBLE)
    if finding.certainty != Certainty.SURE:
        return finding
    doubtful = {*facts.cut, *facts.foreign_mails}
    is_lacking = any(quote.source in doubtful for quote in finding.quotes)
    is_sound = not is_lacking and not is_doubtful(finding.quotes, facts)
    return finding if is_sound else replace(finding, certainty=Certainty.LIKELY)


def unproved(finding: Finding, facts: Facts) -> Finding:
    """Return a finding, likely at most where answers alone show it: they may be a mistake.

    So may be what was copied from a screen, or said in words, instead of an answer.
    """
    said = facts.said.values()
    is_said = all(quote.source == "answers" or quote in said for quote in finding.quotes)
    if not is_said or finding.certainty != Certainty.SURE:
        return finding
    return replace(finding, certainty=Certainty.LIKELY)


def place_of(problem: Exception) -> str:
    """Return the kind of an error and the line where it arose: `KeyError, facts.py:12`."""
    last = extract_tb(problem.__traceback__)[-1]
    return f"{type(problem).__name__}, {Path(last.filename).name}:{last.lineno}"


# --8<-- [start:order]
def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings, the certain ones first; those that explain the symptom before others.

    Then those that were seen before those only answered, and all in the order of looking.
    """
    places = {certainty: place for place, certainty in enumerate(Certainty)}
    return sorted(findings, key=lambda f: (places[f.certainty], not f.explains, f.is_from_answers))


# --8<-- [end:order]


def without_noise(found: Sequence[Finding]) -> tuple[list[Finding], tuple[str, ...]]:
    """Return findings without those that are merely possible beside a certain one; and their ids.

    What the same source shows is explained by then; another source may tell of another cause.
    """
    certain = [f for f in found if f.certainty == Certainty.SURE and f.explains]
    explained = {quote.source for finding in certain for quote in finding.quotes} | {"answers"}
    noise = [
        finding
        for finding in found
        if certain and finding.certainty == Certainty.POSSIBLE
        if all(quote.source in explained for quote in finding.quotes)
    ]
    return [f for f in found if f not in noise], tuple(finding.cause for finding in noise)


def with_verdict(facts: Facts, found: Sequence[Finding]) -> list[Finding]:
    """Return findings with the healthy verdict, if there is one.

    It goes first, but behind what may explain a symptom that was named; and nothing is called
    healthy while the answer to one question is all that a cause lacks.
    """
    verdict = no_fault(facts)
    if verdict is None or any(open_questions(finding, facts) for finding in found):
        return list(found)
    healthy = Finding(verdict[0], verdict[1].certainty, verdict[1].quotes)
    before = [finding for finding in found if facts.symptom and finding.explains]
    return [*before, healthy, *(finding for finding in found if finding not in before)]
