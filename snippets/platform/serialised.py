"""The platform's own text format for values: `a:1:{s:4:"lead";i:5;}`.

Only plain values are read. A class name gives a marker, never an object. Source: R53, M6.
"""

import math
import re
from collections.abc import Mapping
from typing import Any

from .text import from_bytes, to_bytes

DEEPEST = 100
_SIMPLE = re.compile(
    rb"N;|b:([01]);|i:([+-]?[0-9]{1,20});|d:([0-9.eE+-]{1,40}|-?INF|NAN);|s:([0-9]{1,10}):\""
)
_REFERENCE = re.compile(rb"R:([0-9]{1,9});")
_UNFINISHED = object()
_OPENING = re.compile(rb"(?:a|C:[0-9]+:\"([^\"]{0,200})\"):([0-9]{1,9}):?\{")


class NotSerialised(ValueError):
    """The text is not such a value, or holds an object."""


def serialised(value: object) -> bytes:
    """Return a value in the platform's format; lengths count bytes, integer keys are integers."""
    if isinstance(value, Mapping):
        return _array(list(value.items()))
    if isinstance(value, (list, tuple)):
        return _array(list(enumerate(value)))
    if value is None:
        return b"N;"
    if isinstance(value, bool):
        return b"b:%d;" % value
    if isinstance(value, int):
        return b"i:%d;" % value
    if isinstance(value, float):
        return b"d:%s;" % _number(value).encode()
    content = value if isinstance(value, bytes) else to_bytes(str(value))
    return b's:%d:"%s";' % (len(content), content)


def _array(items: list[tuple[object, object]]) -> bytes:
    pairs = [serialised(_key(key)) + serialised(value) for key, value in items]
    return b"a:%d:{%s}" % (len(pairs), b"".join(pairs))


def _key(key: object) -> object:
    """A key that looks like a decimal integer is one."""
    is_number = isinstance(key, str) and re.fullmatch("0|-?[1-9][0-9]{0,17}", key, re.A)
    return int(str(key)) if is_number else key


def _number(value: float) -> str:
    """The shortest form: `1` for 1.0, `1.0E+25` for large numbers."""
    if not math.isfinite(value):
        return {"inf": "INF", "-inf": "-INF"}.get(str(value), "NAN")
    if value == 0 or 1e-4 <= abs(value) < 1e17:
        text = format(value, "f") if abs(value) >= 1e16 else repr(value)
        return text.rstrip("0").rstrip(".") if "." in text else text
    mantissa, _, exponent = repr(value).partition("e")
    mantissa = mantissa if "." in mantissa else mantissa + ".0"
    return f"{mantissa}E{int(exponent):+d}"


def read(content: bytes) -> Any:
    """Return the value; what follows it is ignored. NotSerialised if it can't be read."""
    value, _ = _read(content, 0, 0, [])
    return value


def _read(content: bytes, at: int, depth: int, seen: list[Any]) -> tuple[Any, int]:
    """Read a value; `seen` are those before it, which `R:2;` refers to by their number."""
    reference = _REFERENCE.match(content, at)
    if reference:
        return _referred(int(reference[1]), seen), reference.end()
    number = len(seen)
    seen.append(_UNFINISHED)
    opening = _OPENING.match(content, at)
    read = _read_array(content, opening, depth, seen) if opening else _read_simple(content, at)
    seen[number] = read[0]
    return read


def _referred(number: int, seen: list[Any]) -> Any:
    if not 0 < number <= len(seen) or seen[number - 1] is _UNFINISHED:
        raise NotSerialised("a reference leads nowhere")
    return seen[number - 1]


def _read_simple(content: bytes, at: int) -> tuple[Any, int]:
    found = _SIMPLE.match(content, at)
    if not found:
        raise NotSerialised("the value is broken off or damaged")
    boolean, integer, number, length = found.groups()
    if length is not None:
        return _read_text(content, found.end(), int(length))
    if boolean is not None:
        return boolean == b"1", found.end()
    if integer is not None:
        return int(integer), found.end()
    try:
        return None if number is None else float(number), found.end()
    except ValueError:
        raise NotSerialised("a number is none") from None


def _read_text(content: bytes, start: int, length: int) -> tuple[str, int]:
    end = start + length
    if content[end : end + 2] != b'";':
        raise NotSerialised("a text is shorter or longer than its length says")
    return from_bytes(content[start:end]), end + 2


def _read_array(
    content: bytes, opening: re.Match[bytes], depth: int, seen: list[Any]
) -> tuple[Any, int]:
    if depth > DEEPEST:
        raise NotSerialised(f"it is nested more than {DEEPEST} deep")
    values: dict[Any, Any] = {}
    if opening[1] is not None:
        values["__PHP_Incomplete_Class_Name"] = from_bytes(opening[1])
    at = opening.end()
    for _ in range(int(opening[2])):
        key, at = _read_simple(content, at)  # keys have no number
        if isinstance(key, bool) or not isinstance(key, (int, str)):
            raise NotSerialised("a key is neither a number nor a text")
        values[_key(key)], at = _read(content, at, depth + 1, seen)
    if content[at : at + 1] != b"}":
        raise NotSerialised("an array is not closed")
    return _shaped(values), at + 1


def _shaped(values: dict[Any, Any]) -> Any:
    """A list where the keys count up from 0, as the platform shows it in JSON."""
    return list(values.values()) if list(values) == list(range(len(values))) else values
