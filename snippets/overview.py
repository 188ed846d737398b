"""What the evidence tells about the sending at first sight: how, release, hosts, counts, sizes."""

from collections.abc import Collection
from typing import Any

from .evidence.facts import Facts
from .evidence.sending import guessed
from .evidence.sources import Quote
from .releases import CHANGES
from .traffic import errors, traffic
from .verdicts import is_log_wanted, lacking


def overview(
    facts: Facts, telling: Collection[str] = (), quoted: Collection[Quote] = ()
) -> dict[str, Any]:
    """Return what is known about the sending, by name; what is not known is left out.

    `telling` names the sources that show a cause: of none of them it is said that it tells nothing.
    `quoted` is what shows it: errors of Mautic's log that are none of it are told.
    """
    known = {
        "sent-via": facts.answers.get("sent-via") or guessed(facts),
        "release": facts.answers.get("release") or hinted_release(facts),
        "release-evidence": less_than_recorded(facts),
        "hosts": sorted({p.address.host for p in facts.own}),
        "tracked": len(facts.tracked),
        "untouched": len(facts.untouched),
        "pixels": len(facts.pixels),
        "wrappers": sorted({w.name for p in facts.places for w in p.address.peeled.wrappers}),
        "html-bytes": len(facts.html.text.encode("utf-8", "replace")) if facts.html else 0,
        "cut": facts.cut,
        "unrecognised": [name for name in facts.unrecognised if name not in telling],
        "requests": traffic(facts),
        "errors": errors(facts, quoted),
        "missing": list(lacking(facts)),
        "wanted": "log" if is_log_wanted(facts) else "",
        "sources": [str(source.kind) for source in facts.sources],
    }
    return {name: value for name, value in known.items() if value not in (None, "", [], {}, 0)}


def less_than_recorded(facts: Facts) -> str:
    """Return how it is known what the named release does, "" if it was run or none was named."""
    evidence = facts.release.evidence() if facts.release else "recorded"
    return "" if evidence == "recorded" else evidence


def hinted_release(facts: Facts) -> str:
    """Return which releases write such links: `sent_time` is there from 7.0 on (V40)."""
    datas = [p.address.data for p in facts.tracked if isinstance(p.address.data, dict)]
    if any("sent_time" in data for data in datas):
        return f"{CHANGES['sent-time-in-ct'].line} or later"
    if any(p.address.signature for p in facts.unsubscribes):
        return f"{CHANGES['signed-unsubscribe'].line} or later"
    return ""
