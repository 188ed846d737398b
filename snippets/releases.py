"""The table of releases: the only place that knows which Mautic release does what, and how surely.

A rule that changed asks `releases.find("7.0").has("normalised-address")`; nothing else reads or
compares version numbers. When a new release changes a rule, one row is added here.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from .problems import Problem

Version = tuple[int, int, int]
Evidence = Literal["recorded", "read", "reported"]
SUREST_FIRST: tuple[Evidence, ...] = get_args(Evidence)
NEXT = "next"  # a release after the newest known, when nobody knows its number yet


class UnknownRelease(Problem):
    """A release this project knows nothing about; the sentence lists the known ones."""


@dataclass(frozen=True)
class Line:
    """A release line: its newest release, and how it is known what the line does.

    "recorded": the code was run, in the releases of `recorded`; "read": in a complete tree, not
    run; "reported": single files, issues, documentation, what others saw.
    """

    newest: str
    evidence: Evidence
    recorded: tuple[str, ...] = ()


# --8<-- [start:lines]
LINES = {
    "4.4": Line("4.4.13", "recorded", ("4.4.13",)),
    "5.0": Line("5.0.4", "read"),
    "5.1": Line("5.1.1", "recorded", ("5.1.1",)),
    "5.2": Line("5.2.11", "recorded", ("5.2.10",)),
    "6.0": Line("6.0.9", "recorded", ("6.0.8",)),
    "7.0": Line("7.0.2", "recorded", ("7.0.0", "7.0.2")),
    "7.1": Line("7.1.3", "recorded", ("7.1",)),  # its branch in April 2026; reports confirm it
    "7.2": Line("7.2.1", "reported"),
    NEXT: Line(NEXT, "reported"),  # merged, and in no release that is known
}
# --8<-- [end:lines]

OLDEST = next(iter(LINES))
DEFAULT = "7.1"  # what is assumed when nobody names a release: the newest that was recorded


@dataclass(frozen=True)
class Change:
    """A behaviour that some releases have: from `since` on, up to but without `until`.

    `source` names the rule behind it in `rules.toml`, or a thread; for `evidence` see Line.
    """

    since: str
    source: str
    evidence: Evidence = "recorded"
    until: str = "99"

    @property
    def line(self) -> str:
        """The line of the first release that has it, for instance "7.0"."""
        return parse(self.since).line


# --8<-- [start:links]
LINKS = {
    "only-first-tracked": Change("1.2.0", "#1246", "reported", until="1.2.5"),
    "area-links": Change("4.4.2", "R11"),
    "numeric-ampersand": Change("4.4.5", "R21"),
    "mailto-tracked": Change("5.0.0", "R24"),
    "longest-address-first": Change("5.0.0", "R43"),
    "encoded-token-with-equals": Change("5.1.0", "R2"),
    "ampersand-entity-matched": Change("5.2.0", "V29"),
    "dnc-and-resubscribe-tokens": Change("5.2.0", "V28"),
    "brand-token": Change("6.0.0", "V28"),
    "white-space-around-address": Change("7.0.1", "V21"),
    "utm-without-tracking": Change("7.0.1", "V26"),
    "normalised-address": Change("7.1.0", "V22"),
    "data-attribute": Change("7.1.0", "V25"),
    "malformed-link-stops-send": Change("7.1.0", "V24", until="7.2.0"),
    "owner-token-kept": Change("7.2.0", "V27", "reported"),
}
# --8<-- [end:links]

# --8<-- [start:clicks]
CLICKS = {
    "blanks-encoded": Change("2.16.0", "#8253", "reported"),
    "utm-encoded": Change("3.0.0", "#8039", "reported"),
    "empty-ct-counts": Change("4.2.0", "K6", until="5.0.0"),
    "ct-to-destination": Change("5.0.0", "V41", until="7.0.0"),
    "mailto-redirect": Change("5.0.0", "R64"),
    "query-after-question-mark": Change("5.0.0", "R64"),
    "hostile-ct-error-page": Change("3.0.0", "V42", until="7.0.0"),
    "zero-ct-counts": Change("7.0.0", "V42"),
    "sent-time-in-ct": Change("7.0.0", "V40"),
    "asset-ct-appended": Change("7.0.0", "R63"),
    "query-spaces-percent": Change("7.0.0", "V43"),
    "query-names-kept": Change("7.0.1", "V43"),
    "query-duplicates-kept": Change("7.0.1", "V43", until="7.1.0"),
    "segments-to-destination": Change("7.1.0", "V45", "read"),
}
# --8<-- [end:clicks]

# --8<-- [start:hits]
HITS = {
    "contact-by-tracking-url": Change("2.9.0", "V44", "read", until="7.0.0"),
    "hits-may-be-queued": Change("5.0.0", "K20", "read"),
    "read-counter-fault": Change("5.0.0", "P21", "read", until="5.1.1"),
    # The corrections of these two are merged; which release has them first is not known.
    "translations-not-summed": Change("6.0.6", "#15610", "reported"),
    "template-clicks-not-unique": Change("6.0.0", "#15486", "reported"),
    "opens-filtered": Change("6.0.0", "V1"),
    "bot-ratio": Change("6.0.0", "V3"),
    "blocked-tracking-cookie": Change("6.0.0", "V10"),
    "matomo-bots": Change("7.1.0", "V5"),
    "privacy-signals": Change("7.1.0", "V8"),
    "ratio-uses-matomo": Change("7.2.0", "V4", "reported"),
}
# --8<-- [end:hits]

# --8<-- [start:sending]
SENDING = {
    "long-hashes": Change("2.14.0", "X7", "read"),
    "old-links-may-need-confirmation": Change("7.2.0", "#16870", "reported"),
    "list-unsubscribe-header": Change("2.14.0", "U6", "read"),
    "saving-decodes": Change("4.4.6", "R80"),
    "links-can-be-off": Change("2.9.0", "K18"),
    "one-click": Change("4.4.11", "U7", "read"),
    "minify": Change("5.0.0", "R4"),
    "header-needs-email": Change("5.0.0", "V65", "read", until="7.2.0"),
    "signed-unsubscribe": Change("5.1.0", "U1"),
    "direct-mail-counts-for-template": Change("5.2.0", "V71", "read"),
    "example-for-contact": Change("5.2.0", "V70", "read"),
    "pixel-ct": Change("7.0.0", "V51"),
    "direct-mail-without-header": Change("7.1.0", "V71", "read", until="7.2.0"),
    "header-by-content": Change("7.2.0", "V65", "reported"),
    "no-header-to-unsubscribed": Change("7.2.0", "V65", "reported"),
    "head-does-not-unsubscribe": Change("7.2.0", "V63", "reported"),
    "unsubscribe-confirmation": Change(NEXT, "#16870", "reported"),
}
# --8<-- [end:sending]

CHANGES = LINKS | CLICKS | HITS | SENDING


@dataclass(frozen=True, order=True)
class Release:
    """One release of Mautic, for instance 5.1.1; ask it what it `has`, and how that is known."""

    version: Version

    def __str__(self) -> str:
        return NEXT if self.version == _AFTER_ALL else ".".join(map(str, self.version))

    @property
    def line(self) -> str:
        """The release line, for instance "5.1"."""
        return ".".join(str(self).split(".")[:2])

    def has(self, change: str) -> bool:
        """Whether this release behaves as `change` says; KeyError for an id not in the table."""
        row = CHANGES[change]
        return self.is_between(row.since, row.until)

    def brought(self, change: str) -> bool:
        """Whether this change came with the line of this release, not with an earlier one."""
        return self.has(change) and self.line == CHANGES[change].line

    def is_between(self, since: str, until: str | None = None) -> bool:
        """Whether this is the release `since` or a later one, and before `until`."""
        return numbers(since) <= self.version < numbers(until or "99")

    def evidence(self, *changes: str) -> Evidence:
        """Return how it is known what this release does, or whether it has these changes.

        That is never surer than what is known of its line; of a line not in the table nothing was
        run or read.
        """
        line = LINES.get(self.line)
        return weakest(
            line.evidence if line else "reported",
            *(CHANGES[change].evidence for change in changes),
        )


# --8<-- [start:evidence]
def weakest(*evidence: Evidence) -> Evidence:
    """Return the least sure of several: what rests on all of them is known no better."""
    return max(evidence, key=SUREST_FIRST.index)


# --8<-- [end:evidence]

# How people write one: "7.1", "v7.1.0", "7.2.0-rc2"; and "next".
NAME = re.compile(rf"{NEXT}|v?(\d{{1,4}}(?:\.\d{{1,4}}){{0,3}})(?:-[\w.-]+)?", re.A)
_AFTER_ALL: Version = (98, 0, 0)
_ANY_PATCH = ".999"


def to_choose() -> dict[str, list[str]]:
    """Return every release of each line, newest first: "7.0" → 7.0.2, 7.0.1, 7.0.0."""
    found = {}
    for line, about in reversed(LINES.items()):
        if line != NEXT:
            patches = range(numbers(about.newest)[2], -1, -1)
            found[line] = [f"{line}.{patch}" for patch in patches]
    return found


# --8<-- [start:parse]
@lru_cache
def parse(version: str) -> Release:
    """Return the release of any version number: "2.15.2", "v7.0.0-rc", "next".

    "7.0" is the newest 7.0, known or not. Raises UnknownRelease for what is no version number.
    """
    name = NAME.fullmatch(version.strip())
    if name is None:
        raise UnknownRelease("no-version", version=version)
    if name[1] is None:
        return Release(_AFTER_ALL)
    if name[1] in LINES:
        return Release(numbers(LINES[name[1]].newest))
    return Release(numbers(name[1] + (_ANY_PATCH if name[1].count(".") == 1 else "")))


# --8<-- [end:parse]


# --8<-- [start:find]
@lru_cache
def find(version: str | Release) -> Release:
    """Return a release of a line in the table: "7.0" is the newest 7.0, "7.0.0" is 7.0.0.

    Raises UnknownRelease for anything else.
    """
    if isinstance(version, Release):
        return version
    try:
        found = parse(version)
    except UnknownRelease:
        found = None
    if found is None or found.line not in LINES or found.line not in version:
        known = ", ".join(LINES)
        raise UnknownRelease("unknown-release", version=version, known=known)
    return found


# --8<-- [end:find]


# --8<-- [start:between]
def between(old: Release, new: Release) -> list[str]:
    """Return which changes tell one release from a later one; a `-` in front of what ends."""
    return [
        name if new.has(name) else f"-{name}" for name in CHANGES if old.has(name) != new.has(name)
    ]


# --8<-- [end:between]


@lru_cache
def numbers(version: str) -> Version:
    """Return a version as numbers, to be compared: "7.0" is (7, 0, 0)."""
    if version == NEXT:
        return _AFTER_ALL
    major, minor, patch = (version + ".0.0").split(".")[:3]
    return int(major), int(minor), int(patch)
