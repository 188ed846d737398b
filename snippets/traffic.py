"""What logs say in numbers: how many requests of which kind, and what became of them."""

import re
from collections import Counter
from collections.abc import Callable, Collection
from typing import Any

from .evidence.facts import Facts, Visit
from .evidence.kept import in_question, kept
from .evidence.kinds import AddressKind
from .evidence.sources import Quote
from .evidence.tally import BLOCKED, Group, group_of
from .hits import BROWSER, Request, Verdict, click_counts, is_excluded, open_counts
from .releases import CHANGES, OLDEST, Release, parse

HITS = (AddressKind.PIXEL, AddressKind.TRACKED)
ANSWERED = (0, 200, 302)  # by Mautic, as far as a log tells; what it sends on to https it dropped
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


def fate(facts: Facts, group: Group, release: Release | None = None) -> Verdict:
    """Return what becomes of an open or a click that Mautic answered, by its settings and release.

    The release is the one that was named. Without one it is the oldest, which filters least, or
    that of what the request itself shows. The log may have no agent; then a person is assumed.
    """
    if group.kind not in HITS or group.status not in ANSWERED:
        return Verdict(True)
    headers = dict(group.signals)
    is_blocked = BLOCKED in headers.get("cookie", "")
    own = facts.settings.get("do_not_track_bots")  # with Mautic's own entries, as it saves them
    request = Request(
        group.agent or BROWSER,
        method=group.method,
        headers=headers,
        blocked_cookie=is_blocked,
        queued=facts.says("queue", "async"),
        excluded_agents=own if isinstance(own, tuple) else (),
        default_agents=own is None,
    )
    since = CHANGES["blocked-tracking-cookie"].since if is_blocked else OLDEST
    counts = open_counts if group.kind == AddressKind.PIXEL else click_counts
    return counts(request, release or facts.release or parse(since))


def fate_of(facts: Facts, visit: Visit, release: Release | None = None) -> Verdict:
    """Return what becomes of a request in a log, its address aside."""
    return fate(facts, group_of(visit.line, visit.address.kind), release)


def excluding(facts: Facts) -> list[str]:
    """Return the entries of `do_not_track_ips` that may drop requests (L5b, V1).

    One that fits what Mautic kept doesn't, whatever the file says; without addresses none does.
    """
    entries = facts.settings.get("do_not_track_ips", ())
    if facts.is_on("anonymize_ip") or not isinstance(entries, tuple):
        return []
    counted = [visit.line.ip for visit in kept(facts)]
    return [entry for entry in entries if not any(fits(ip, entry) for ip in counted)]


def fits(ip: str, entry: str) -> bool:
    """Whether an entry excludes an address."""
    return bool(ip) and bool(entry) and is_excluded(ip, entry)


def is_by_address(facts: Facts, visit: Visit) -> bool:
    """Whether an open or a click is one that Mautic may drop for its address: opens from 6.0."""
    is_open = visit.address.kind == AddressKind.PIXEL
    return facts.has("opens-filtered") if is_open else visit.address.kind == AddressKind.TRACKED


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


def uncounted(facts: Facts) -> int:
    """Return how many requests reached Mautic and aren't counted, those aside of which rows tell.

    Addresses that are excluded are those of the requests that were kept of a large log.
    """
    dropped = count(facts, lambda group: not fate(facts, group).counted)
    there = sum(not fate_of(facts, visit).counted for visit in kept(facts))
    excluded, others = excluding(facts), [v for v in in_question(facts) if is_by_address(facts, v)]
    others = [v for v in others if v.line.status in ANSWERED and fate_of(facts, v).counted]
    by_address = sum(any(fits(v.line.ip, entry) for entry in excluded) for v in others)
    return max(dropped - there, 0) + by_address


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
        "filtered": uncounted(facts),
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
