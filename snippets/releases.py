"""The table of releases: the only place that knows which Mautic release does what.

A rule that changed asks `releases.find("7.0").has("normalised-address")`; nothing else compares
version numbers. When a new release changes a rule, one row is added here.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Version = tuple[int, int, int]
Evidence = Literal["recorded", "read", "reported"]

# --8<-- [start:lines]
NEWEST = {
    "4.4": "4.4.13",
    "5.0": "5.0.4",
    "5.1": "5.1.1",
    "5.2": "5.2.10",
    "6.0": "6.0.8",
    "7.0": "7.0.2",
    "7.1": "7.1.3",
    "7.2": "7.2.0",
}
# --8<-- [end:lines]

DEFAULT = "7.1"  # what is assumed when nobody names a release: the newest that was recorded


class UnknownRelease(ValueError):
    """A release this project knows nothing about; the message lists the known ones."""


@dataclass(frozen=True)
class Change:
    """A behaviour that some releases have: from `since` on, up to but without `until`.

    `source` names the rule behind it in `rules.toml`, or a thread; `evidence` says how it is
    known: "recorded" (the code was run), "read" (in a complete tree), "reported" (single files,
    issues, documentation).
    """

    since: str
    source: str
    evidence: Evidence = "recorded"
    until: str = "99"


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
}
# --8<-- [end:clicks]

# --8<-- [start:hits]
HITS = {
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
    "list-unsubscribe-header": Change("2.14.0", "U6", "read"),
    "saving-decodes": Change("4.4.6", "R80"),
    "links-can-be-off": Change("2.9.0", "K18"),
    "one-click": Change("4.4.11", "U7", "read"),
    "minify": Change("5.0.0", "R4"),
    "header-needs-email": Change("5.0.0", "V65", "read", until="7.2.0"),
    "signed-unsubscribe": Change("5.1.0", "U1"),
    "pixel-ct": Change("7.0.0", "V51"),
    "header-by-content": Change("7.2.0", "V65", "reported"),
    "head-does-not-unsubscribe": Change("7.2.0", "V63", "reported"),
}
# --8<-- [end:sending]

CHANGES = LINKS | CLICKS | HITS | SENDING


@dataclass(frozen=True)
class Release:
    """One release of Mautic, for instance 5.1.1; ask it what it `has`."""

    version: Version

    def __str__(self) -> str:
        return ".".join(map(str, self.version))

    @property
    def line(self) -> str:
        """The release line, for instance "5.1"."""
        return f"{self.version[0]}.{self.version[1]}"

    def has(self, change: str) -> bool:
        """Whether this release behaves as `change` says; KeyError for an id not in the table."""
        row = CHANGES[change]
        return self.is_between(row.since, row.until)

    def is_between(self, since: str, until: str | None = None) -> bool:
        """Whether this is the release `since` or a later one, and before `until`."""
        return numbers(since) <= self.version < numbers(until or "99")


# --8<-- [start:find]
@lru_cache
def find(version: str | Release) -> Release:
    """Return the release of that name: "7.0" is the newest 7.0, "7.0.0" is 7.0.0.

    Raises UnknownRelease for anything else. Source: the release table of the project.
    """
    if isinstance(version, Release):
        return version
    name = re.fullmatch(r"v?(\d+\.\d+)((?:\.\d+)?)(?:-\w+)*", version.strip(), re.A)
    if name is None or name[1] not in NEWEST:
        known = ", ".join(NEWEST)
        raise UnknownRelease(f"Mautic {version!r} is not known here. Known releases: {known}.")
    return Release(numbers(name[1] + name[2] if name[2] else NEWEST[name[1]]))


# --8<-- [end:find]


@lru_cache
def numbers(version: str) -> Version:
    """Return a version as numbers, to be compared: "7.0" is (7, 0, 0)."""
    major, minor, patch = (version + ".0.0").split(".")[:3]
    return int(major), int(minor), int(patch)
