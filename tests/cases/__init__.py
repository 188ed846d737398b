"""What administrators brought, and the cause it had; and cases of our own, three a cause or more.

`cases.json` are the public ones; `blind.json` were made after other threads by someone who had
not seen the checks; `own.py` are ours. See `Case` for the fields.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from .own import OWN

HERE = Path(__file__).parent


class Case(NamedTuple):
    """Evidence (name, content), the HTML before, answers, and what must come out of them."""

    id: str
    evidence: list[tuple[str, str]]
    before: str | None
    answers: Mapping[str, str]
    expected: str | None
    also_acceptable: Sequence[str | None]
    must_not_blame: Sequence[str]


def cases() -> Iterator[Case]:
    """Yield the public cases, the blind ones, then our own."""
    for name in ("cases.json", "blind.json"):
        for data in json.loads((HERE / name).read_text("utf-8")):
            yield public(data)
    for cause, made in OWN.items():
        for number, own in enumerate(made, 1):
            evidence = [(f"evidence {n}", text) for n, text in enumerate(own.evidence, 1)]
            yield Case(
                f"own-{cause}-{number}",
                evidence,
                own.before,
                own.answers,
                own.expected,
                own.also,
                own.innocent,
            )


def public(data: dict[str, Any]) -> Case:
    """Return one case of the file; fields that are empty may be missing there."""
    return Case(
        data["id"],
        [(name, content) for name, content in data.get("evidence", [])],
        data.get("before"),
        data.get("answers", {}),
        data["expected"],
        data.get("also_acceptable", []),
        data.get("must_not_blame", []),
    )
