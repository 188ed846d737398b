"""Objects of JSON, read as loosely as what is pasted needs it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

DEEPEST = 5  # objects within objects; those of the clouds' logs have three or four
MOST_VALUES = 500  # of one object; a record has fewer


def as_dict(data: object) -> Mapping[str, Any]:
    """Return an object of JSON, an empty one for anything else."""
    return data if isinstance(data, dict) else {}


def named(headers: object) -> dict[str, str]:
    """Return headers that JSON lists as objects with `name` and `value`, names in lower case."""
    listed = map(as_dict, headers if isinstance(headers, list) else [])
    return {str(one.get("name", "")).lower(): str(one.get("value", "")) for one in listed}


def json_in(text: str) -> Any:
    """Return the JSON with which a text ends, None if there is none."""
    start = text.find("{")
    if text[:start].rstrip().endswith("["):  # a list, behind a prefix or not
        start = text.rfind("[", 0, start)
    try:
        return json.JSONDecoder().raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return None


def flattened(data: Mapping[str, Any], path: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Yield names and values of JSON; an inner name comes behind the outer ones.

    Of a list the first value counts, unless it lists headers.
    """
    for name, value in list(data.items())[:MOST_VALUES]:
        if isinstance(value, list) and value:
            value = named(value) if "name" in as_dict(value[0]) else value[0]
        if isinstance(value, dict) and depth < DEEPEST:
            yield from flattened(value, f"{path}{name}.", depth + 1)
        else:
            yield f"{path}{name}", value
