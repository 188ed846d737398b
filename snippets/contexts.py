"""How an e-mail was sent decides what is tracked: the table context × release, from data."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pkgutil import get_data
from typing import Any

from . import releases


class UnknownContext(ValueError):
    """A way of sending this project doesn't know; the message lists the known ones."""


@dataclass(frozen=True)
class Context:
    """What one way of sending does.

    `links` is "tracked" or "untouched"; `counted_for` says where clicks and opens appear:
    "e-mail", "contact" (its timeline only) or "nothing"; `unsubscribe` is "works",
    "record-not-found", "unsubscribes-the-contact" or "none"; `statistic` whether a stat is saved;
    `evidence` how this is known of that release: no better than of its line (releases.Line).
    """

    context: str
    links: str
    counted_for: str
    pixel: bool
    unsubscribe: str
    statistic: bool
    source: str
    evidence: releases.Evidence


@lru_cache
def rows() -> list[dict[str, Any]]:
    """Return the rows of the table as they stand in the data file."""
    data = json.loads(get_data(__package__, "contexts.json") or b"{}")
    found: list[dict[str, Any]] = data["contexts"]
    return found


# --8<-- [start:names]
def names() -> list[str]:
    """Return the ids of all ways of sending, the values of the answer `sent-via`."""
    return list(dict.fromkeys(row["context"] for row in rows()))


# --8<-- [end:names]


# --8<-- [start:table]
@lru_cache
def table(release: str | releases.Release = releases.DEFAULT) -> tuple[Context, ...]:
    """Return what each way of sending does in a release; one that doesn't exist is left out."""
    known = releases.find(release)
    return tuple(
        Context(
            **{key: row[key] for key in row if key not in ("since", "until", "evidence")},
            evidence=releases.weakest(row["evidence"], known.evidence()),
        )
        for row in rows()
        if known.is_between(row["since"], row.get("until"))
    )


# --8<-- [end:table]


# --8<-- [start:find]
def find(context: str, release: str | releases.Release = releases.DEFAULT) -> Context:
    """Return what one way of sending does in a release; UnknownContext lists the known ones."""
    for found in table(release):
        if found.context == context:
            return found
    known = ", ".join(found.context for found in table(release))
    raise UnknownContext(f"{context!r} is no way of sending in Mautic {release}. Known: {known}.")


# --8<-- [end:find]
