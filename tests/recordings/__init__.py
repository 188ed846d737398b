"""Recorded behaviour of the real Mautic: input → output, by release.

Each case has an `id`, a `group`, a `note`, an `input` and `expected`: results with the releases
that gave them. The data are the judge of the snippets; `snippets/rules.toml` names those of a rule.
A test takes a case with all its releases: what fails names those that differ.
"""

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

HERE = Path(__file__).parent


class Recording(NamedTuple):
    """One case on one release."""

    id: str
    release: str
    input: Any
    result: Any


def recordings(name: str) -> Iterator[Recording]:
    """Yield each case of a file once per release, bytes restored."""
    for case in json.loads((HERE / f"{name}.json").read_text("utf-8")):
        for expected in case["expected"]:
            for release in expected["versions"]:
                yield Recording(
                    case["id"], release, restored(case["input"]), restored(expected["result"])
                )


def restored(value: Any) -> Any:
    """Return JSON data with `{"b64": …}` as bytes."""
    if isinstance(value, dict):
        if set(value) == {"b64"}:
            return base64.b64decode(value["b64"])
        return {key: restored(item) for key, item in value.items()}
    return [restored(item) for item in value] if isinstance(value, list) else value


def by_id(recorded: Iterable[Recording]) -> dict[str, list[Recording]]:
    """Return the recordings of each case, one per release."""
    found: dict[str, list[Recording]] = {}
    for recording in recorded:
        found.setdefault(recording.id, []).append(recording)
    return found


def each_case(*names: str) -> pytest.MarkDecorator:
    """Parametrize a test with the cases of some files: the recordings of one, by its id."""
    found = by_id(recording for name in names for recording in recordings(name))
    return pytest.mark.parametrize("case", found.values(), ids=found)


def by_release(case: list[Recording], result: Callable[[Recording], Any]) -> dict[str, Any]:
    """Return a result for each release of a case."""
    return {recording.release: result(recording) for recording in case}
