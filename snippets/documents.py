"""A mail in a file: HTML, plain text or a raw message; its parts out, and in again."""

import base64
import email.policy
import quopri
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.generator import BytesGenerator
from email.message import Message
from email.parser import BytesParser
from io import BytesIO

from .evidence import exports, messages
from .evidence.sources import UnusableInput, recognised
from .platform.text import from_bytes
from .problems import Problem

LARGEST = 30_000_000  # bytes; mail servers refuse what is larger, most refuse 25 MB
SAYS_UTF8 = re.compile(rb"charset\s*=\s*[\"']?utf-?8", re.I)


class Unreadable(Problem):
    """A file that is no mail; the sentence says why and what to give instead."""


class Writer(BytesGenerator):
    """Writes a message; a multipart whose parts were not found is written as it stands."""

    def _handle_multipart(self, message: Message) -> None:
        if message.is_multipart():
            super()._handle_multipart(message)  # type: ignore[misc]  # typeshed leaves it out
        else:
            self._handle_text(message)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Document:
    """The parts of a mail by name: "" alone, or "html" and "text" of a message.

    `line_end` is how the lines of the message end; `content` are the bytes of its file, if it
    stands there unwrapped.
    """

    parts: dict[str, str | bytes]
    message: Message | None = None
    line_end: str = "\n"
    content: bytes = b""

    def texts(self) -> dict[str, str]:
        """Return the parts as texts."""
        return {
            name: from_bytes(p) if isinstance(p, bytes) else p for name, p in self.parts.items()
        }

    def place(self, part: str, line: int, column: int) -> tuple[int, int]:
        """Return line and column in the file of a place in a part, 0 for what can't be told.

        A transfer encoding breaks lines anew; in Base64 nobody finds a place.
        """
        if self.message is None:
            return line, column
        found = dict(text_parts(self.message))[part]
        encoding = transfer_encoding(found)
        raw, blank = as_written(found), 2 * self.line_end.encode()
        start = self.content.find(blank + raw)
        if start < 0 or encoding == "base64":
            return 0, 0
        above = self.content[: start + len(blank)].count(b"\n")
        if encoding == "quoted-printable":
            return above + quoted_line(raw, line), 0
        return above + line, column

    def with_parts(self, parts: Mapping[str, str | bytes]) -> bytes:
        """Return the bytes of the mail with other parts."""
        if self.message is None:
            content = parts[""]
            return content if isinstance(content, bytes) else content.encode("utf-8")
        for name, part in text_parts(self.message):
            replace_text(part, str(parts[name]))
        stream = BytesIO()
        policy = email.policy.compat32.clone(linesep=self.line_end)
        Writer(stream, mangle_from_=False, policy=policy).flatten(self.message)
        return stream.getvalue()


def read(content: bytes, name: str) -> Document:
    """Return the mail in the bytes of a file; Unreadable if it is none."""
    if not content.strip():
        raise Unreadable("empty-mail", name=name)
    if len(content) > LARGEST:
        raise Unreadable("too-large", name=name, most=str(LARGEST // 1_000_000))
    if messages.is_message(content):
        file = content
        if exports.unwrapped(content).lstrip() != content:  # quoted, exported, below some words
            content, file = exports.without_wrapping(content), b""
        message = BytesParser(policy=email.policy.compat32).parsebytes(content)
        parts: dict[str, str | bytes] = {part: text_of(m, name) for part, m in text_parts(message)}
        return Document(parts, message, "\r\n" if b"\r\n" in content else "\n", file)
    try:
        recognised(name, content)
    except UnusableInput as problem:
        raise Unreadable(problem.id, **problem.values) from None
    return Document({"": decodable(content, name)})


def decodable(content: bytes, name: str) -> str | bytes:
    """Return UTF-16 as text, other bytes as they are; Unreadable if no charset fits."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return messages.decode_text(content)
    for charset in ("utf-8", "cp1252"):
        try:
            content.decode(charset)
        except UnicodeError:
            if SAYS_UTF8.search(content[:1024]):
                break
            continue
        return content
    raise Unreadable("no-charset", name=name)


def text_parts(message: Message) -> list[tuple[str, Message]]:
    """Return the HTML and text parts of a message with names: "html", "text", "html 2" …"""
    found: list[tuple[str, Message]] = []
    for part in messages.own_parts(message):
        kind = {"text/html": "html", "text/plain": "text"}.get(part.get_content_type())
        if kind and part.get_content_disposition() != "attachment":
            number = sum(name.startswith(kind) for name, _ in found) + 1
            found.append((kind if number == 1 else f"{kind} {number}", part))
    return sorted(found, key=lambda pair: not pair[0].startswith("html"))


def text_of(part: Message, name: str) -> str:
    """Return the text of a part, decoded; Unreadable if it isn't what its charset says.

    Guessing would do for reading; the part is written again, and must not come out broken. Its
    line ends stay: a template holds CR LF if it came out of a form or from Windows, else LF, and
    a mail on its way has CR LF for both. No link is tracked for the one and not for the other.
    """
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset("utf-8")
    try:
        return content.decode(charset)
    except (LookupError, ValueError):  # unknown, with a NUL in its name, or not so
        kind = part.get_content_type()
        raise Unreadable("not-as-said", kind=kind, name=name, charset=charset) from None


def transfer_encoding(part: Message) -> str:
    """Return how a part is encoded for its way, in lower case; "" if it doesn't say."""
    return str(part.get("content-transfer-encoding", "")).strip().lower()


def as_written(part: Message) -> bytes:
    """Return a part as it stands in its message, still encoded."""
    if transfer_encoding(part) == "quoted-printable":
        return str(part.get_payload()).encode("ascii", "replace")
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def quoted_line(raw: bytes, line: int) -> int:
    """Return on which line of quoted-printable a line of what it encodes begins, from 1 on."""
    ended = 0
    for number, written in enumerate(raw.splitlines(keepends=True), 1):
        if ended == line - 1:
            return number
        text = quopri.decodestring(written)
        ended += text.count(b"\n")
        if ended > line - 1 or (ended == line - 1 and not text.endswith(b"\n")):
            return number
    return raw.count(b"\n") + 1


def replace_text(part: Message, text: str) -> None:
    """Put another text into a part, in the charset and transfer encoding it had."""
    raw = encoded(part, text)
    transfer = transfer_encoding(part)
    if transfer == "base64":
        part.set_payload(base64.encodebytes(raw).decode("ascii"))
    elif transfer == "quoted-printable":
        part.set_payload(quopri.encodestring(raw).decode("ascii"))
    else:
        part.set_payload(raw.decode("ascii", "surrogateescape"))


def encoded(part: Message, text: str) -> bytes:
    """Return a text in the charset of a part; as UTF-8, and said so, if that can't hold it."""
    try:
        return text.encode(part.get_content_charset("utf-8"))
    except (LookupError, ValueError):
        part.set_param("charset", "utf-8")
        return text.encode("utf-8", "replace")
