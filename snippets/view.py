"""What a front end shows: where evidence stands, the links one by one, the report."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .diagnosis import Diagnosis, Evidence, examine, named
from .evidence.facts import Facts, Quote
from .evidence.kinds import AddressKind
from .links import Link
from .report import written

AROUND = 80  # characters of the source shown on each side of evidence


def view(
    evidence: Evidence = (),
    before: str | bytes | None = None,
    answers: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return all that a page shows, ready for JSON; UnusableInput, BadAnswer.

    `diagnosis` is as the command prints it, `places` where each quote of each finding stands,
    `links` each link's fate, `said` what the link given says, `report` the masked report.
    """
    facts = Facts.read(named(evidence), before, answers)
    found = examine(facts)
    return {
        "diagnosis": found.as_dict(),
        "places": places(facts, found),
        "links": [vars(link) for link in links(facts)],
        "said": said(facts),
        "report": written(facts),
    }


def places(facts: Facts, found: Diagnosis) -> list[list[dict[str, Any]]]:
    """Return where the quotes of each finding stand."""
    return [[place(facts, quote) for quote in finding.quotes] for finding in found.findings]


def place(facts: Facts, quote: Quote) -> dict[str, Any]:
    """Return where evidence stands in its decoded source, and what should stand there instead."""
    instead = {"instead": quote.instead} if quote.instead else {}
    return position(facts, quote) | instead


def position(facts: Facts, quote: Quote) -> dict[str, Any]:
    """Return where evidence stands in its decoded source: line and column, what is around it."""
    texts = {source.name: source.text for source in facts.sources} | {"before": facts.before or ""}
    text = texts.get(quote.source, "")
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: max(quote.line - 1, 0)])
    at = text.find(quote.text, start) if quote.text else -1
    if at < 0:
        return {"source": quote.source, "line": quote.line}
    begin = text.rfind("\n", 0, at) + 1
    behind = text[at + len(quote.text) :][:AROUND].partition("\n")[0]
    return {
        "source": quote.source,
        "line": text.count("\n", 0, at) + 1,
        "column": at - begin + 1,
        "around": [text[max(begin, at - AROUND) : at], behind],
    }


def said(facts: Facts) -> dict[str, Any]:
    """Return what the link says that was given alone, else the first tracked one of a mail."""
    alone = [place for place in facts.given if place.address.is_mautic]
    return next((place.address.as_dict() for place in alone or facts.tracked), {})


def links(facts: Facts) -> list[Link]:
    """Return each link with its fate: of the HTML before sending, else of the message."""
    if facts.before or facts.is_template:
        return facts.template_links
    return [received(place.link, place.address.kind) for place in facts.places if place.link]


def received(link: Link, kind: AddressKind) -> Link:
    """Return a link of a received message: those that go through Mautic are tracked.

    The reason is "" where the markup gives none.
    """
    if kind == AddressKind.TRACKED:
        return replace(link, tracked=True, reason="tracked")
    reason = "" if link.reason == "tracked" else link.reason
    is_own = kind != AddressKind.OTHER
    return replace(link, tracked=False, reason="untracked-list" if is_own else reason)
