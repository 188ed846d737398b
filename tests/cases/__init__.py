"""What administrators brought, and the cause it had. See `Case` for the fields."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent


class Case(NamedTuple):
    """Evidence (name, content), the HTML before, answers, and what must come out of them."""

    id: str
    evidence: list[tuple[str, str]]
    before: str | None
    answers: dict[str, str]
    expected: str
    also_acceptable: list[str]
    must_not_blame: list[str]


def cases() -> Iterator[Case]:
    """Yield the cases of all files."""
    for path in sorted(HERE.glob("*.json")):
        for data in json.loads(path.read_text("utf-8")):
            yield case(data)


def case(data: dict[str, Any]) -> Case:
    """Return one case of a file; fields that are empty may be missing there."""
    return Case(
        data["id"],
        [(name, content) for name, content in data.get("evidence", [])],
        data.get("before"),
        data.get("answers", {}),
        data["expected"],
        data.get("also_acceptable", []),
        data.get("must_not_blame", []),
    )
