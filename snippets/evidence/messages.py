"""Raw messages: headers and bodies decoded, whatever transfer encoding, charset or nesting."""

import codecs
import email.policy
import quopri
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

LARGEST = 10_000_000  # bytes; the rest of a larger message is not looked at
MOST_PARTS = 2_000
_HEADER = re.compile(rb"[!-9;-~]+:[ \t]*[^\r\n]*(?:\r?\n|$)")
_KNOWN = re.compile(
    rb"(?im)^(?:from|to|subject|date|received|return-path|message-id|mime-version|content-type"
    rb"|delivered-to|x-email-id|list-unsubscribe|precedence):"
)
_MAUTIC = re.compile(r"/r/[0-9a-f]{25}|/email/[0-9a-zA-Z]{10,40}\.gif|/email/(?:unsubscribe|view)/")


@dataclass(frozen=True)
class Mail:
    """A message decoded: headers in order, HTML and text parts joined, its size in bytes."""

    headers: tuple[tuple[str, str], ...] = ()
    html: str = ""
    text: str = ""
    raw_size: int = 0
    encodings: frozenset[str] = field(default_factory=frozenset)
    cut: bool = False

    def header(self, name: str) -> str:
        """Return the first header of that name, "" if there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def sent_at(self) -> datetime | None:
        """When the message was sent, None if the header `Date` doesn't say."""
        try:
            at = parsedate_to_datetime(self.header("date"))
        except (ValueError, OverflowError):
            return None
        return at if at.tzinfo else at.replace(tzinfo=UTC)


def is_message(content: bytes) -> bool:
    """Whether bytes begin with the headers of a message."""
    head = _start(content)[:20_000]
    return bool(_HEADER.match(head)) and len(_KNOWN.findall(head.partition(b"\n<")[0])) >= 2


def _start(content: bytes) -> bytes:
    content = content.removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n\t >")
    if content.startswith(b"From ") and b"\n" in content:
        content = content.partition(b"\n")[2]
    return content


def read(content: bytes) -> Mail:
    """Return the message; of a forwarded one the inner, if only that comes from Mautic."""
    cut = len(content) > LARGEST
    content = _start(content[:LARGEST])
    try:
        outer = BytesParser(policy=email.policy.compat32).parsebytes(content)
        mails = [_mail(message, len(content), cut) for message in _messages(outer)]
    except RecursionError:
        mails = [_flat(content, cut)]
    mautic = (mail for mail in mails if _MAUTIC.search(mail.html) or _MAUTIC.search(mail.text))
    return next(mautic, mails[0])


def _messages(outer: Message) -> list[Message]:
    """The message and those attached to it."""
    found = [outer]
    for part in _walk(outer):
        if part.get_content_type() == "message/rfc822" and isinstance(part.get_payload(), list):
            found += [inner for inner in part.get_payload() if isinstance(inner, Message)]
    return found


def _walk(message: Message) -> list[Message]:
    found, waiting = list[Message](), [message]
    while waiting and len(found) < MOST_PARTS:
        part = waiting.pop()
        found.append(part)
        payload = part.get_payload()
        if isinstance(payload, list):
            waiting += [inner for inner in reversed(payload) if isinstance(inner, Message)]
    return found


def _mail(message: Message, size: int, cut: bool) -> Mail:
    bodies: dict[str, list[str]] = {"text/html": [], "text/plain": []}
    encodings = set()
    for part in own_parts(message):
        kind = part.get_content_type()
        if kind in bodies and part.get_content_disposition() != "attachment":
            encodings.add(str(part.get("content-transfer-encoding", "7bit")).strip().lower())
            bodies[kind].append(text_of(part))
    html, text = "\n".join(bodies["text/html"]), "\n".join(bodies["text/plain"])
    if not html and re.search(r"<(?:html|body|a\s)", text[:5000], re.I):
        html, text = text, ""
    return Mail(_headers(message), html, text, size, frozenset(encodings), cut)


def own_parts(message: Message) -> list[Message]:
    """The parts of a message, without those of messages attached to it."""
    found, waiting = list[Message](), [message]
    while waiting and len(found) < MOST_PARTS:
        part = waiting.pop()
        found.append(part)
        payload = part.get_payload()
        if isinstance(payload, list) and part.get_content_type() != "message/rfc822":
            waiting += [inner for inner in reversed(payload) if isinstance(inner, Message)]
    return found


def _headers(message: Message) -> tuple[tuple[str, str], ...]:
    return tuple((name, _header(str(value))) for name, value in message.items()[:500])


def _header(value: str) -> str:
    try:
        words = decode_header(value[:100_000])
        decoded = [
            word.decode(charset or "ascii", "replace") if isinstance(word, bytes) else word
            for word, charset in words
        ]
    except (ValueError, LookupError):
        return value
    return " ".join("".join(decoded).split())


def text_of(part: Message) -> str:
    """Return the text of one part: transfer encoding and charset decoded."""
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    return decode_text(content, part.get_content_charset() or "")


def decode_text(content: bytes, charset: str = "") -> str:
    """Return bytes as text: in the charset given, else UTF-8 or UTF-16, else windows-1252."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        charset = "utf-16"
    for name in (charset, "utf-8"):
        try:
            return content.decode(name or "utf-8").removeprefix("\ufeff")
        except (LookupError, UnicodeError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def _flat(content: bytes, cut: bool) -> Mail:
    """A message nested too deep to be taken apart: its text, decoded as far as possible."""
    text = decode_text(quopri.decodestring(content))
    return Mail((), text, "", len(content), frozenset(), cut)


def is_quoted_printable(text: str) -> bool:
    """Whether a text is a piece of a quoted-printable body, pasted without its headers."""
    marks = len(re.findall(r"=3D[\"'Y0-9a-zA-Z]", text))
    return marks >= 1 and bool(re.search(r"=\r?\n|(?:href|src)=3D|ct=3D|=[C-E][0-9A-F]=", text))


def unquoted(text: str) -> str:
    """Return a quoted-printable piece decoded."""
    joined = re.sub(r"=[ \t]+(\r?\n)", r"=\1", text)  # blanks that copying left at line ends
    return decode_text(quopri.decodestring(joined.encode("utf-8", "surrogateescape")))
