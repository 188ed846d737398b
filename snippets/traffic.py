"""What logs say in numbers: how many requests of which kind, and what became of them."""

import re
from collections import Counter
from collections.abc import Callable, Collection
from typing import Any

from .evidence.facts import Facts
from .evidence.kinds import AddressKind
from .evidence.sources import Quote
from .evidence.tally import Group, group_of
from .hits import Request, click_counts, open_counts
from .releases import OLDEST, Release

HITS = (AddressKind.PIXEL, AddressKind.TRACKED)
REFUSALS = (401, 403, 405, 406, 429, 444)  # Mautic gives none of them to a reader
FEW = 20  # requests; of so few each one counts
MOST_ERRORS = 3  # that are shown of Mautic's own log, each kind once
LONGEST_ERROR = 300  # signs of it that are shown
ALIKE = 120  # signs of an error, numbers aside, that tell its kind
RARE = 0.05  # of many requests, a share that explains nothing


def is_refused(kind: AddressKind, status: int) -> bool:
    """Whether Mautic itself would never answer so: a pixel is always 200, nothing is refused."""
    if kind in (AddressKind.PIXEL, AddressKind.PAGE_HIT):
        return status >= 400
    if kind == AddressKind.TRACKED:
        return status in REFUSALS or status >= 500
    return kind == AddressKind.UNSUBSCRIBE and status in REFUSALS


def is_filtered(group: Group, release: Release | str) -> bool:
    """Whether Mautic answers a request and doesn't count it, in a release."""
    if group.kind not in HITS or not group.agent:
        return False
    counts = open_counts if group.kind == AddressKind.PIXEL else click_counts
    request = Request(group.agent, method=group.method, headers=dict(group.signals))
    return not counts(request, release).counted


def is_rare(facts: Facts, found: Callable[[Group], bool]) -> bool:
    """Whether so few of many requests are like that that they explain nothing.

    Of each kind by itself, and not if the newest are: what has just begun is what is asked about.
    """
    return not any(_is_much(facts, kind, found) for kind in AddressKind)


def _is_much(facts: Facts, kind: AddressKind, found: Callable[[Group], bool]) -> bool:
    of_kind = {group: number for group, number in facts.asked.items() if group.kind == kind}
    number = sum(n for group, n in of_kind.items() if found(group))
    if not number or sum(of_kind.values()) <= FEW or number >= RARE * sum(of_kind.values()):
        return bool(number)
    newest = [v for v in facts.visits if v.address.kind == kind][-FEW:]
    return sum(found(group_of(visit.line, kind)) for visit in newest) > FEW // 2


def was_refused(group: Group) -> bool:
    """Whether a request didn't reach Mautic."""
    return is_refused(group.kind, group.status)


def was_filtered(facts: Facts) -> Callable[[Group], bool]:
    """Return whether a request reached Mautic and isn't counted, in the named release.

    Without one it is the oldest, which filters least.
    """
    release = facts.release or OLDEST
    return lambda group: not was_refused(group) and is_filtered(group, release)


def count(facts: Facts, found: Callable[[Group], bool]) -> int:
    """Return how many requests are like that."""
    return sum(number for group, number in facts.asked.items() if found(group))


def traffic(facts: Facts) -> dict[str, Any]:
    """Return the numbers of all logs, {} without one that asks Mautic for anything.

    `kinds` counts requests by what they ask for; `since` and `until` are ISO times.
    """
    tallies = [source.tally for source in facts.sources if source.tally]
    if not facts.asked and not any(tally.errors for tally in tallies):
        return {}
    kinds = Counter[str]()
    for group, number in facts.asked.items():
        kinds[str(group.kind)] += number
    zoned = [tally for tally in tallies if tally.is_zoned] or tallies
    times = [t for tally in zoned for t in (tally.since, tally.until) if t]
    found = {
        "lines": sum(tally.lines for tally in tallies),
        "kinds": dict(kinds.most_common()),
        "refused": count(facts, was_refused),
        "filtered": count(facts, was_filtered(facts)),
        "machines": sum(tally.machines for tally in tallies),
        "errors": sum(tally.errors for tally in tallies),
    }
    if times:
        found |= {"since": min(times).isoformat(), "until": max(times).isoformat()}
    return found


def errors(facts: Facts, quoted: Collection[Quote]) -> list[dict[str, Any]]:
    """Return the errors of Mautic's own log that no cause quotes, the most frequent kind first.

    Of each kind how many there are, and the last one: its words, its source and line.
    """
    said = {quote: error_in(quote.text) for quote in facts.complaints}
    explained = {kind_of(said[quote]) for quote in quoted if quote in said}
    numbers = Counter(map(kind_of, said.values()))
    last = {kind_of(words): (quote, words) for quote, words in said.items()}
    return [
        {"number": number, "text": last[kind][1], "source": last[kind][0].source}
        | {"line": last[kind][0].line}
        for kind, number in numbers.most_common()
        if kind not in explained
    ][:MOST_ERRORS]


def error_in(line: str) -> str:
    """Return what a line of Mautic's log tells, without its time and what it was called with."""
    words = re.sub(r"^.{0,60}?\.(?=(?:ERROR|CRITICAL|ALERT|EMERGENCY):)", "", line[:1_000])
    return re.split(r" \{\"| \[\] \[\]| #0 ", words)[0][:LONGEST_ERROR].strip()


def kind_of(words: str) -> str:
    """Return what errors of one kind have in common: their first words, numbers aside."""
    return re.sub(r"[0-9a-f]{8,}|[0-9]+", "0", words)[:ALIKE]
