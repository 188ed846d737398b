"""Texts that hold the bytes of a mail, and the few things the platform does to them byte by byte.

Texts are UTF-8 decoded; bytes that are not UTF-8 stand as lone surrogates, so nothing is lost.
The platform folds the case of ASCII letters only: `É` is never `é`.
"""

from collections.abc import Iterator

# White space as the platform's expressions see it in a text that is not taken for Unicode.
SPACES = " \t\n\v\f\r"


def from_bytes(content: bytes) -> str:
    """Return the bytes of a mail as a text; `to_bytes` gives the same bytes back."""
    return content.decode("utf-8", "surrogateescape")


def to_bytes(text: str) -> bytes:
    """Return the bytes of a text; a surrogate that stands for no byte becomes `?`."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


def is_utf8(text: str) -> bool:
    """Whether the bytes of this text were UTF-8."""
    return first_other_byte(text) is None


def first_other_byte(text: str) -> int | None:
    """Return where the first byte stands that isn't UTF-8, None if all are."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        return error.start
    return None


def fold(text: str) -> str:
    """Return the text with ASCII letters in lower case; no other letter changes."""
    if text.isascii():
        return text.lower()
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


def occurrences(text: str, wanted: str) -> Iterator[int]:
    """Yield where `wanted` stands in `text`, without overlaps; both as `fold` returns them."""
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        yield at
        at = text.find(wanted, at + len(wanted))


def replace_ignoring_case(text: str, wanted: str, new: str) -> str:
    """Replace `wanted` everywhere, in upper or lower case."""
    pieces, end = [], 0
    for at in occurrences(fold(text), fold(wanted)):
        pieces.append(text[end:at] + new)
        end = at + len(wanted)
    return "".join(pieces) + text[end:]
