"""The report for a GitHub issue: all that helps, nothing personal."""

import re
from collections.abc import Mapping

from . import routes
from .diagnosis import Diagnosis, Evidence, examine, named
from .evidence import logs
from .evidence.facts import Facts
from .evidence.kinds import Where
from .masking import host, masked

# Answers that may name somebody, or a customer: of these only that they were given.
_SECRET = ("site-url", "client-ip", "from-domain", "user-agent")
# What of the context is a number, or a word of this project.
_PLAIN = (
    "sent-via",
    "release-evidence",
    "tracked",
    "untouched",
    "pixels",
    "html-bytes",
    "sources",
    "wrappers",
    "wanted",
)
_RELEASE = re.compile(r"v?[0-9]{1,3}(?:\.[0-9]{1,4}){0,3}(?:-(?:rc|beta|alpha|dev)[0-9.]*)?|next")


def report(
    evidence: Evidence = (),
    before: str | bytes | None = None,
    answers: Mapping[str, str] | None = None,
) -> str:
    """Return the report in Markdown: versions, context, link before and after, what was checked."""
    facts = Facts.read(named(evidence), before, answers)
    return written(facts, examine(facts))


def written(facts: Facts, found: Diagnosis) -> str:
    """Return the report of what was read and found."""
    lines = ["### Environment", "", *versions(facts), "", "### Context", ""]
    lines += [f"- {key}: {said(key, value)}" for key, value in sorted(found.context.items())]
    lines += ["", "### Link before and after", "", *links(facts)]
    lines += ["", "### Checked", "", *checked(found, facts)]
    lines += [f"- healthy: {', '.join(found.healthy)}"] if found.healthy else []
    lines += [f"- this check failed: {f.cause} ({f.error})" for f in found.failed]
    return "\n".join(lines) + "\n"


def said(key: str, value: object) -> str:
    """Return a value of the context for a line of text; of names only how many there are."""
    if key in _PLAIN:
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    if key == "hosts" and isinstance(value, list):
        return ", ".join(dict.fromkeys(map(host, value)))
    if key == "requests" and isinstance(value, dict):
        numbers = [(k, v) for k, v in {**value, **value["kinds"]}.items() if isinstance(v, int)]
        return ", ".join(f"{name} {number}" for name, number in numbers)
    if key == "release":
        return released(str(value).partition(" ")[0])
    return str(len(value)) if isinstance(value, list) else masked(str(value))


def released(said: str) -> str:
    """Return the number of a release, without what somebody may have written behind it."""
    number = _RELEASE.match(said)
    return number[0] if number else "(please fill in)"


def code(text: str, line: logs.Line | None = None) -> str:
    """Return a piece of evidence, masked, as code of Markdown; of a log only the request.

    `line` is the request, where the text alone doesn't tell it: its format stands above.
    """
    line = logs.request(0, text) or line
    shown = f"{line.method} {masked(line.path)} → {line.status}" if line else masked(text)
    return f"`{shown[:300].replace('`', '’')}`"


def versions(facts: Facts) -> list[str]:
    """Return the versions, with gaps to fill in."""
    release = released(facts.answers.get("release", ""))
    known = [f"- Mautic: {release}", "- PHP: (please fill in)"]
    hidden = ("release", *_SECRET)
    return known + [f"- {key}: {v}" for key, v in facts.answers.items() if key not in hidden]


def links(facts: Facts) -> list[str]:
    """Return up to three links, as written and as received."""
    pairs = [(before.href, after.address.given) for before, after in facts.pairs]
    if facts.before is not None and not pairs:
        pairs = [(link.href, "(please fill in)") for link in facts.template_links]
    missed = [(b, a) for b, a in pairs if routes.beginning("tracked") not in a] or pairs
    if missed:
        return [f"- before: {code(before)}\n  after: {code(after)}" for before, after in missed[:3]]
    alone = (Where.HREF, Where.GIVEN)
    received = [place.address.given for place in facts.places if place.where in alone]
    return [f"- received: {code(given)}" for given in received[:3]] or ["- (please fill in)"]


def checked(found: Diagnosis, facts: Facts) -> list[str]:
    """Return the findings with their evidence; of an answer that may name somebody, its key."""
    requests = {visit.quote: visit.line for visit in facts.visits if visit.line.status}
    lines = []
    for finding in found.findings:
        lines.append(f"- {finding.cause} ({finding.certainty})")
        for each in finding.quotes[:3]:
            key = each.text.partition("=")[0] if each.source == "answers" else ""
            shown = f"{key}=…" if key in _SECRET else each.text
            lines.append(f"  - {code(shown, requests.get(each))}")
    return lines or ["- nothing found"]
