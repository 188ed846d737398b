"""What stands behind `ct=` in a tracked link: who got which e-mail, encoded, not encrypted."""

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import quote_plus, unquote_to_bytes

from .platform.serialised import NotSerialised, read, serialised
from .platform.text import to_bytes


class BadClickthrough(ValueError):
    """A `ct` Mautic cannot use; `kind` says how bad: "no-array", "object" or "broken"."""

    def __init__(self, kind: Literal["no-array", "object", "broken"], message: str) -> None:
        super().__init__(message)
        self.kind = kind


# --8<-- [start:encode]
def encode(data: Mapping[str, Any]) -> str:
    """Return `data` as it stands behind `ct=`: serialised, Base64, URL-encoded (R53)."""
    return quote_plus(base64.b64encode(serialised(data)))


# --8<-- [end:encode]


# --8<-- [start:decode]
def decode(text: str, *, url_decode: bool = True) -> Any:
    """Return what a `ct` says; an empty one says []. Never builds an object.

    Raises BadClickthrough for text that isn't a serialised array (R53, V42).
    """
    serial = lenient_base64(
        unquote_to_bytes(text.replace("+", " ")) if url_decode else to_bytes(text)
    )
    if not serial:
        return []
    if serial[:1] not in b"aA":
        raise BadClickthrough("no-array", "The ct decodes to something else than a Mautic array.")
    if re.search(rb"(?:^|[;{}])O:\+?[0-9]+:\"", serial):
        raise BadClickthrough("object", "The ct contains an object; Mautic refuses it.")
    try:
        return read(serial)
    except NotSerialised as error:
        raise BadClickthrough("broken", f"The ct is damaged: {error}.") from None


# --8<-- [end:decode]


# --8<-- [start:lenient]
def lenient_base64(text: bytes) -> bytes:
    """Decode Base64 as Mautic does: foreign characters and missing padding don't matter."""
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", text)
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    try:
        return base64.b64decode(letters + b"=" * (-len(letters) % 4))
    except binascii.Error:
        return b""


# --8<-- [end:lenient]


# --8<-- [start:email]
def for_email(
    email: int | None,
    stat: str | None,
    contact: int | None,
    source: tuple[str, int] | None = None,
    sent_time: int | None = None,
) -> dict[str, Any]:
    """Return the data of an e-mail's link; `sent_time` (Unix, seconds) is there from 7.0 (V40)."""
    data: dict[str, Any] = {"source": list(source or ()), "email": email, "stat": stat}
    if sent_time is not None:
        data["sent_time"] = sent_time
    if contact is not None:
        data["lead"] = contact
    return data


# --8<-- [end:email]
