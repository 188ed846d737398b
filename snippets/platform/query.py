"""Query strings as the platform reads and writes them.

Source: R54, R55, R64, V43; judged by the recordings of `appendQueryToUrl` and
`sanitizeAbsoluteUrl`.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, quote_plus, unquote_to_bytes

from .address import UnreadableAddress, split
from .text import from_bytes, to_bytes

Pairs = list[tuple[str, str | None]]
MOST_LEVELS = 64


def unquoted(text: str) -> str:
    """Return a name or value with `+` and `%20` as spaces; bytes that aren't UTF-8 are kept."""
    return from_bytes(unquote_to_bytes(to_bytes(text.replace("+", " "))))


def read(query: str) -> dict[str, Any]:
    """Return the parameters as the platform does: the last duplicate wins, `a[]=1` is a list."""
    values: dict[str, Any] = {}
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        _put(values, unquoted(name), unquoted(value))
    return values


def _put(values: dict[str, Any], name: str, value: str) -> None:
    first, keys = _keys(name.lstrip(" "))
    if not first:
        return
    for key in keys:
        below = values.get(first)
        values[first] = below = below if isinstance(below, dict) else {}
        values, first = below, key or str(_next(below))
    values[first] = value


def _keys(name: str) -> tuple[str, list[str]]:
    """`a[b][]` is `a`, then `b`, then the next number; `.`, space and a lone `[` become `_`."""
    start = name.find("[")
    keys = re.match(r"(?:\[[^\]]*\])+", name[start:]) if start > 0 else None
    first = name[:start] if keys else name
    first = re.sub(r"[. ]", "_", first)
    if not keys:
        return (first.replace("[", "_", 1) if start > 0 else "" if start == 0 else first), []
    return first, re.findall(r"\[([^\]]*)\]", keys[0])[:MOST_LEVELS]


def _next(values: Mapping[str, Any]) -> int:
    return max((int(key) for key in values if key.isdigit()), default=-1) + 1


def written(values: Mapping[str, Any], *, plus: bool = True) -> str:
    """Return parameters as a query; None is left out, a space is `+` or, without plus, `%20`."""
    encode = quote_plus if plus else quote
    pairs = _flat(values)
    return "&".join(f"{_encoded(name, encode)}={_encoded(value, encode)}" for name, value in pairs)


def _encoded(text: str, encode: Any) -> str:
    encoded: str = encode(to_bytes(text), safe="")
    return encoded.replace("~", "%7E") if encode is quote_plus else encoded


def _flat(values: Mapping[str, Any], prefix: str = "") -> Iterable[tuple[str, str]]:
    for key, value in values.items():
        name = f"{prefix}[{key}]" if prefix else str(key)
        if isinstance(value, Mapping):
            yield from _flat(value, name)
        elif isinstance(value, (list, tuple)):
            yield from _flat({str(index): item for index, item in enumerate(value)}, name)
        elif value is not None:
            yield name, str(int(value) if isinstance(value, bool) else value)


def as_written(query: str) -> Pairs:
    """Return names and values as they stand, decoded, duplicates included; None without `=`."""
    pairs = []
    for pair in query.split("&"):
        name, equals, value = pair.partition("=")
        pairs.append((unquoted(name), unquoted(value) if equals else None))
    return pairs


def grouped(pairs: Pairs, *, keep_duplicates: bool) -> Pairs:
    """Put duplicates of a name behind each other, or keep the last; `a[]` are no duplicates."""
    groups: dict[str, list[str | None]] = {}
    for name, value in pairs:
        values = groups.setdefault(name, [])
        if not keep_duplicates and not name.endswith("[]"):
            values.clear()
        values.append(value)
    return [(name, value) for name, values in groups.items() for value in values]


def joined(pairs: Pairs) -> str:
    """Return pairs as a query with `%20` for spaces; None stays without `=`."""
    encoded = [
        (quote(to_bytes(name), safe=""), None if value is None else quote(to_bytes(value), safe=""))
        for name, value in pairs
    ]
    return "&".join(name if value is None else f"{name}={value}" for name, value in encoded)


def append(url: str, query: str) -> str:
    """Return the URL with a query behind its own, before the first `#` (R55)."""
    try:
        has_query = split(url).query not in (None, "", "0")
    except UnreadableAddress:
        has_query = False
    before, sign, after = url.partition("#")
    before += ("&" if has_query else "?") + query
    before = before.replace("&&", "&").replace("??", "?")
    return before + sign + after.partition("#")[0]
