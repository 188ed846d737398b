"""Entities in the value of an attribute, as libxml2 decodes them: HTML 4, not HTML 5.

Source: R12, H3; judged by the recordings ENT01 to ENT59 and MKP231 to MKP253.
"""

import re
from html.entities import name2codepoint

# A number may lack its semicolon and even its digits, a name may not lack its semicolon.
_ENTITY = re.compile(r"&(?:#[xX]([0-9a-fA-F]*);?|#([0-9]*);?|([a-zA-Z][a-zA-Z0-9]*);)")
_NAMED = name2codepoint | {"apos": 39}
_LONGEST = 7  # digits: no character has a higher number than 1114111


def decode(value: str) -> str:
    """Return an attribute value with its entities decoded, as libxml2 decodes them.

    Names are those of HTML 4 and `apos` and need their semicolon, numbers don't; a number that
    is no character ends the value. Source: R12, H3.
    """
    if value.count("&") == value.count("&amp;"):  # as in nearly every link that has one
        return value.replace("&amp;", "&")
    pieces, end = [], 0
    for entity in _ENTITY.finditer(value):
        character = _character(*entity.groups())
        pieces.append(value[end : entity.start()])
        if character is None:
            return "".join(pieces)
        pieces.append(character or entity[0])
        end = entity.end()
    return "".join(pieces) + value[end:]


def _character(hexadecimal: str | None, decimal: str | None, name: str | None) -> str | None:
    """The character, "" for a name nobody knows, None for a number that is no character."""
    if name:
        return chr(_NAMED[name]) if name in _NAMED else ""
    digits = (hexadecimal or decimal or "").lstrip("0") or "0"
    if len(digits) > _LONGEST:
        return None
    number = int(digits, 16 if hexadecimal else 10)
    return chr(number) if _is_character(number) else None


def _is_character(number: int) -> bool:
    """Whether XML allows the number: no control sign, no surrogate, not the last two of a plane."""
    if number < 32:
        return number in (9, 10, 13)
    is_surrogate = 0xD800 <= number < 0xE000
    return number <= 0x10FFFF and not is_surrogate and number & 0xFFFE != 0xFFFE
