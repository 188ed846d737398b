"""In which charset the parser reads the bytes of a mail, which are UTF-8 for Mautic.

A `meta` may say otherwise, and the parser believes it. Source: H2; judged by the recordings
MKP256 to MKP354.
"""

import codecs
import re
from typing import NamedTuple

from .text import first_other_byte, to_bytes

_NAMED = re.compile(r"charset[ \t\r\n]*=[ \t\r\n]*[\"']?([^\"']*)", re.I)
# Names that Python doesn't know, or takes for another charset.
_ALIASES = {
    "html": "utf-16-le",
    "iso-10646-ucs-2": "utf-16-le",
    "ks_c_5601-1987": "cp949",
    "tis-620": "cp874",
    "ucs-2": "utf-16-le",
    "unicode": "utf-16-le",
    "windows-31j": "cp932",
    "windows-874": "cp874",
    "windows1252": "cp1252",
    "x-mac-roman": "mac-roman",
    "x-sjis": "shift_jis",
}
_IGNORED = ("utf-8", "utf-8-sig", "utf-16")
_NOTHING = "undefined"  # Python's name for a charset in which no byte can be read


class Charset(NamedTuple):
    """A charset, and from which offset of the text on the parser reads in it."""

    codec: str
    start: int

    def end(self, text: str) -> int:
        """Return where the first byte stands that the charset doesn't have: the parser stops.

        If that is in the midst of a character, the offset behind it.
        """
        content = to_bytes(text[self.start :])
        readable = _readable(content, self.codec)
        if readable == len(content):
            return len(text)
        utf_8 = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        whole, (half, _) = utf_8.decode(content[:readable]), utf_8.getstate()
        return self.start + len(whole) + bool(half)

    def read(self, value: str, at: int) -> str:
        """Return what the parser reads where this value stands at an offset."""
        before = max(self.start - at, 0)
        behind = to_bytes(value[before:])
        if behind and at <= self.start:
            return value[:before] + _noticed(behind)
        return value[:before] + behind[: _readable(behind, self.codec)].decode(self.codec)


def _noticed(content: bytes) -> str:
    """What becomes of a value that begins with the byte by which the parser notices Latin-1."""
    return ("Ã" if content[0] >= 0xC0 else "Â") + content[1:].decode("latin-1")


def _readable(content: bytes, codec: str) -> int:
    """How many bytes can be decoded."""
    try:
        content.decode(codec)
    except UnicodeError as error:
        return error.start if isinstance(error, UnicodeDecodeError) else 0
    return len(content)


def undeclared(text: str) -> Charset | None:
    """Return what the parser falls back to where bytes are not UTF-8, None if all are."""
    start = first_other_byte(text)
    return None if start is None else Charset("latin-1", start)


def in_content(content: str) -> str | None:
    """Return the charset that the `content` of a `meta` names, None if it names none."""
    named = _NAMED.search(content)
    return named[1] if named else None


def codec(charset: str) -> str | None:
    """Return the codec for a charset, None for UTF-8 and for what the parser doesn't know.

    It doesn't know mere numbers. In a charset that isn't built on ASCII it can read nothing.
    """
    name = charset.strip(" \t\r\n").lower()
    try:
        found = codecs.lookup(_ALIASES.get(name, name))
        if name.isdigit() or found.name in _IGNORED:
            return None
        return found.name if b"<a>".decode(found.name, "replace") == "<a>" else _NOTHING
    except (LookupError, ValueError):  # `base64` and `zip` decode no text
        return None
