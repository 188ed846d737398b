"""What the evidence tells about the sending at first sight: how, release, hosts, counts, sizes."""

from typing import Any

from .evidence.facts import Facts
from .evidence.sending import guessed


def overview(facts: Facts) -> dict[str, Any]:
    """Return what is known about the sending, by name; what is not known is left out."""
    known = {
        "sent-via": facts.answers.get("sent-via") or guessed(facts),
        "release": facts.answers.get("release") or hinted_release(facts),
        "hosts": sorted({p.address.host for p in facts.own}),
        "tracked": len(facts.tracked),
        "untouched": len(facts.untouched),
        "pixels": len(facts.pixels),
        "wrappers": sorted({w.name for p in facts.places for w in p.address.peeled.wrappers}),
        "html-bytes": len(facts.html.text.encode("utf-8", "replace")) if facts.html else 0,
        "sources": [str(source.kind) for source in facts.sources],
    }
    return {name: value for name, value in known.items() if value not in (None, "", [], 0)}


def hinted_release(facts: Facts) -> str:
    """Return which releases write such links: `sent_time` is there from 7.0 on (V40)."""
    datas = [p.address.data for p in facts.tracked if isinstance(p.address.data, dict)]
    if any("sent_time" in data for data in datas):
        return "7.0 or later"
    if any(p.address.signature for p in facts.unsubscribes):
        return "5.1 or later"
    return ""
