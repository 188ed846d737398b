"""Raw messages: headers and bodies decoded, whatever transfer encoding, charset or nesting."""

import base64
import codecs
import email.policy
import quopri
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.errors import CloseBoundaryNotFoundDefect, MessageError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from functools import cached_property

from .. import routes
from ..platform import markup
from .exports import HEADER, unix_lines, unwrapped, without_wrapping

LARGEST = 10_000_000  # bytes; the rest of a larger message is not looked at
MOST_TEXT = 1_000_000  # characters of one body; Gmail itself cuts at 102 000
MOST_PARTS = 2_000
MOST_NESTED = 30  # multiparts; the parser takes quadratic time on more
LONGEST_HEADER = 5_000
MOST_PARAMETERS = 100  # of a header, its value counted
LONGEST_BEGINNING = 5_000  # of a text, to see whether it is HTML: a head may come first
LEAST_HEADERS = 5  # kinds; a mail that is quoted shows four: From, To, Subject, Date
MOST_COPIES = 100  # behind one mail; people compare a few, and each is compared with all
MOST_WORDS_BETWEEN = 400  # characters: "the copy that Jo got, same mailing"
_KNOWN = re.compile(
    rb"(?im)^(?:from|to|subject|date|received|return-path|message-id|mime-version|content-type"
    rb"|delivered-to|x-email-id|list-unsubscribe|precedence):"
)
_STATUS = re.compile(rb"^[<> ]{0,3}HTTP/[0-9.]+ [1-5][0-9]{2}\b", re.M)
_SENT = re.compile(rb"(?im)^(?:received|from|to|subject|return-path|delivered-to):")
_MAUTIC = re.compile(routes.within("tracked", "pixel", "unsubscribe", "validate", "web-view"))
_MARKUP = re.compile(rb"<(?:html|body|a|p|div|table|img)\b", re.I)
_BASE64_LINES = re.compile(rb"(?:[ \t]*[A-Za-z0-9+/]*=*[ \t]*(?:\r?\n|\Z))*")
_FIELD = re.compile(r"(?m)^([\w-]{2,60}):[ \t]*(.{0,5000})$")  # one header: its name, its value
_STRUCTURE = ("content-type", "content-disposition")
# Codecs of Python that no mail is written in; some take quadratic time, some make surrogates.
_NO_CHARSETS = {"punycode", "idna", "unicode-escape", "raw-unicode-escape"}
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Mail:
    """A message decoded: headers in order, HTML and text parts joined, its size in bytes.

    `attachments` are the names of the files in it; `copies` other copies, their headers alone, that
    stand behind its own headers in the place of a body. `unparted` says that its headers speak of
    several parts, and none was given as one: what stands below may be words about it.
    """

    headers: tuple[tuple[str, str], ...] = ()
    html: str = ""
    text: str = ""
    raw_size: int = 0
    encodings: frozenset[str] = field(default_factory=frozenset)
    cut: bool = False
    attachments: tuple[str, ...] = ()
    copies: tuple["Mail", ...] = ()
    unparted: bool = False

    def header(self, name: str) -> str:
        """Return the first header of that name, "" if there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @cached_property
    def sent_at(self) -> datetime | None:
        """When the message was sent, None if the header `Date` doesn't say."""
        return point_in_time(self.header("date"))

    @cached_property
    def domain(self) -> str:
        """The domain of the sender in lower case, "" if the header `From` doesn't say."""
        return parseaddr(self.header("from"))[1].rpartition("@")[2].lower()

    @property
    def is_mautics(self) -> bool:
        """Whether Mautic sent it: its headers or its addresses say so."""
        has_header = bool(self.header("x-email-id"))
        return has_header or any(_MAUTIC.search(part) for part in (self.html, self.text))


def point_in_time(date: str) -> datetime | None:
    """Return the time of a header `Date`, None if it is no date."""
    try:
        at = parsedate_to_datetime(date)
    except (ValueError, OverflowError, TypeError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def is_message(content: bytes) -> bool:
    """Whether bytes are a message, also as other programs export or show it.

    The headers of an answer to a request are none, though some have the same names.
    """
    if is_answer(content[:LONGEST_BEGINNING]):
        return False
    head = without_wrapping(content[:LARGEST]).partition(b"\n\n")[0]
    return bool(HEADER.match(head)) and len(_KNOWN.findall(head.partition(b"\n<")[0])) >= 2


def above(content: bytes | str) -> str:
    """Return the few words above the headers of a message, on the lines where they stand."""
    whole = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    whole = unix_lines(unwrapped(whole[: 4 * LONGEST_BEGINNING]))
    at = whole.find(without_wrapping(whole)[:200])
    return decode_text(whole[: max(at, 0)])


def is_answer(content: bytes) -> bool:
    """Whether the status of an answer stands before any header of a message (`curl -i`)."""
    status, sent = _STATUS.search(content), _SENT.search(content)
    return status is not None and (not sent or status.start() < sent.start())


def read(content: bytes) -> Mail:
    """Return the message; of those attached to another one the first that Mautic sent.

    If none is Mautic's, the innermost: it is what somebody wanted to show.
    """
    cut = len(content) > LARGEST
    content = without_wrapping(content[:LARGEST])
    if content.lower().count(b"boundary=") > MOST_NESTED:
        return _flat(content, cut)
    try:
        outer = parsed(content)
        cut = cut or is_broken_off(outer)
        mails = [_mail(message, len(content), cut) for message in _messages(outer)]
    except RecursionError:
        return _flat(content, cut)
    return next((mail for mail in mails if mail.is_mautics), mails[-1])


def parsed(content: bytes) -> Message:
    """Return a message taken apart; headers that describe its structure are cut to a length.

    A transfer encoding is its first word, as mail programs read it: without quotes or comment.
    """
    message = BytesParser(policy=email.policy.compat32).parsebytes(content)
    for part in walk(message):
        for name in _STRUCTURE:
            value = str(part.get(name, ""))
            if len(value) > LONGEST_HEADER or value.count(";") >= MOST_PARAMETERS:
                short = value[:LONGEST_HEADER].split(";")[:MOST_PARAMETERS]
                part.replace_header(name, ";".join(short))
        if encoding := encoding_of(part):
            part.replace_header("content-transfer-encoding", encoding)
    return message


def encoding_of(part: Message) -> str:
    """Return the transfer encoding of a part in lower case, "" if none is said."""
    said = str(part.get("content-transfer-encoding", ""))[:LONGEST_HEADER]
    words = re.sub(r"\([^()]*\)|[\"';,]", " ", said).lower().split()
    return words[0] if words else ""


def body_of(part: Message) -> bytes:
    """Return the body of a part decoded, as far as its transfer encoding goes.

    Blanks that copying left at line ends are none of quoted-printable; Base64 ends where other
    text begins.
    """
    body = str(part.get_payload() or "").encode("utf-8", "surrogateescape")
    encoding = encoding_of(part)
    if encoding == "quoted-printable":
        return quopri.decodestring(re.sub(rb"[ \t]+(?=\r?\n|\Z)", b"", body))
    if encoding == "base64":
        return from_base64(body)
    payload = part.get_payload(decode=True)  # uuencode and others; None of a multipart
    return payload if isinstance(payload, bytes) else b""


def from_base64(body: bytes) -> bytes:
    """Return the lines of Base64 with which a body begins, decoded."""
    lines = _BASE64_LINES.match(body)
    letters = b"".join(lines[0].split()).partition(b"=")[0] if lines else b""
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    return base64.b64decode(letters + b"=" * (-len(letters) % 4))


def _messages(outer: Message) -> list[Message]:
    """The message and those attached to it, also in a transfer encoding, as a file, or nested."""
    found, waiting = list[Message](), [outer]
    while waiting and len(found) < MOST_NESTED:
        message = waiting.pop(0)
        found.append(message)
        waiting += [inner for part in own_parts(message) for inner in _attached(part)]
    return found


def _attached(part: Message) -> list[Message]:
    """The messages in a part: those of type message/rfc822, and the files that are one."""
    inside = part.get_payload()
    if part.get_content_type() == "message/rfc822" and isinstance(inside, list):
        messages = (inner for inner in inside if isinstance(inner, Message))
        return [unpacked(_decoded(part, inner)) for inner in messages]
    if part.get_content_disposition() == "attachment" or part.get_filename():
        content = body_of(part)
        return [parsed(without_wrapping(content))] if is_message(content[:100_000]) else []
    return []


def _decoded(part: Message, inner: Message) -> Message:
    """The attached message; the parser reads one in base64 as if it were plain."""
    encoding = encoding_of(part)
    if encoding not in ("base64", "quoted-printable"):
        return inner
    carrier = Message()
    carrier["Content-Transfer-Encoding"] = encoding
    try:
        carrier.set_payload(inner.as_bytes().lstrip(b"\n").decode("ascii", "surrogateescape"))
        content = body_of(carrier)
    except (ValueError, LookupError, MessageError):
        return inner
    return parsed(without_wrapping(content)) if is_message(content) else inner


def unpacked(message: Message) -> Message:
    """Return an attached message; of a file that holds one in some wrapping, the one inside."""
    if "from" in message:
        return message
    try:
        content = message.as_bytes().lstrip(b"\r\n")
    except (ValueError, LookupError, MessageError):
        return message
    return parsed(without_wrapping(content)) if is_message(content) else message


def walk(message: Message, into_messages: bool = True) -> list[Message]:
    """Return the parts of a message in order, with or without those of attached messages."""
    found, waiting = list[Message](), [message]
    while waiting and len(found) < MOST_PARTS:
        part = waiting.pop()
        found.append(part)
        is_attached = part.get_content_type() == "message/rfc822"
        inside = part.get_payload() if part.is_multipart() else None  # a text would be decoded
        if isinstance(inside, list) and (into_messages or not is_attached):
            waiting += [inner for inner in reversed(inside) if isinstance(inner, Message)]
    return found


def own_parts(message: Message) -> list[Message]:
    """Return the parts of a message, without those of messages attached to it."""
    return walk(message, into_messages=False)


def _mail(message: Message, size: int, cut: bool) -> Mail:
    bodies: dict[str, list[str]] = {"text/html": [], "text/plain": []}
    encodings, attachments = set(), list[str]()
    for part in own_parts(message):
        kind = part.get_content_type()
        attachments += [str(name)] if (name := part.get_filename()) else []
        if part.is_multipart() or part.get_content_disposition() == "attachment":
            continue
        kind = "text/plain" if kind.startswith("multipart/") else kind  # its parts were not found
        if kind in bodies:
            encodings.add(encoding_of(part) or "7bit")
            bodies[kind].append(text_of(part))
    html, text = "\n".join(bodies["text/html"]), "\n".join(bodies["text/plain"])
    if not html and is_html(text[:LONGEST_BEGINNING]):
        html, text = text, ""
    cut = cut or len(html) > MOST_TEXT or is_cut(html)
    unparted = message.get_content_maintype() == "multipart" and not message.is_multipart()
    copies = () if html else copies_in(text[:MOST_TEXT])
    parts = (html[:MOST_TEXT], "" if copies else text[:MOST_TEXT])
    found = Mail(_headers(message), *parts, size, frozenset(encodings), cut, tuple(attachments))
    return replace(found, copies=copies, unparted=unparted)


def copies_in(text: str) -> tuple[Mail, ...]:
    """Return the mails, headers alone, of which a text consists, a few words between them aside.

    A text that quotes another message has fewer headers, and says more.
    """
    blocks = [block for block in re.split(r"\n\s*\n", text) if block.strip()]
    heads = [block for block in blocks if is_head(block)]
    words = sum(len(block) for block in blocks) - sum(len(block) for block in heads)
    if words > MOST_WORDS_BETWEEN:
        return ()
    unfolded = (re.sub(r"\n[ \t]+", " ", head) for head in heads[:MOST_COPIES])
    return tuple(Mail(tuple(_FIELD.findall(head))) for head in unfolded)


# Headers that programs add, and no mail program quotes.
OF_SERVERS = {b"received:", b"message-id:", b"x-email-id:", b"list-unsubscribe:", b"precedence:"}


def is_head(block: str) -> bool:
    """Whether a paragraph is the headers of a message that came by mail."""
    names = {name.lower() for name in _KNOWN.findall(block.encode("utf-8", "replace"))}
    return len(names) >= LEAST_HEADERS and bool(OF_SERVERS & names)


def is_html(text: str) -> bool:
    """Whether a text without headers of its own is HTML: it is one document, or has a link."""
    return any(element.name in ("html", "body", "a") for element in markup.elements(text))


def is_broken_off(message: Message) -> bool:
    """Whether the end of a message is missing: a closing boundary, or half of an encoding."""
    for part in walk(message):
        if any(isinstance(each, CloseBoundaryNotFoundDefect) for each in part.defects):
            return True
        body = "" if part.is_multipart() else str(part.get_payload() or "").rstrip()
        encoding = encoding_of(part)
        if encoding == "quoted-printable" and re.search(r"=[0-9A-Fa-f]?$", body):
            return True
        if encoding == "base64" and len(re.sub(r"[^A-Za-z0-9+/=]", "", body)) % 4 == 1:
            return True
    return False


def is_cut(html: str) -> bool:
    """Whether HTML ends before it should: within a tag, or without the end of the document."""
    end = html[-5_000:]
    if re.search(r"<[a-zA-Z/!][^<>]*$", end):
        return True
    head = html[:20_000].lower()
    is_document = re.search(r"<(?:html|body)[\s>]", head) is not None
    return is_document and not re.search(r"(?i)</(?:html|body)\s*>", html[len(html) // 2 :])


def _headers(message: Message) -> tuple[tuple[str, str], ...]:
    raw = list(message.raw_items())[:500]
    return tuple((name, _header(readable(str(value)))) for name, value in raw)


def readable(value: str) -> str:
    """Return a header with the characters that stand in it raw, against the standard."""
    return decode_text(value[:LONGEST_HEADER].encode("utf-8", "surrogateescape"))


def _header(value: str) -> str:
    try:
        words = decode_header(value[:LONGEST_HEADER])
        decoded = [
            decode_text(word, charset or "ascii") if isinstance(word, bytes) else word
            for word, charset in words
        ]
    except (ValueError, LookupError, MessageError):
        return _SURROGATE.sub("\ufffd", value[:LONGEST_HEADER])
    return " ".join(_SURROGATE.sub("\ufffd", "".join(decoded)).split())


def text_of(part: Message) -> str:
    """Return the text of one part: transfer encoding and charset decoded.

    A part whose headers don't fit it (copied together, or decoded by the program that showed it)
    is taken as it stands.
    """
    content = body_of(part)
    plain = str(part.get_payload() or "").encode("utf-8", "surrogateescape")
    if is_decoded_already(part, plain):
        return decode_text(plain)
    text = decode_text(content, part.get_content_charset() or "")
    if _MARKUP.search(plain) is None or "<" in text:
        return text
    text = decode_text(plain)
    return unquoted(text) if is_quoted_printable(text) else text


def is_decoded_already(part: Message, plain: bytes) -> bool:
    """Whether a body that should be quoted-printable has plain attributes."""
    encoding = encoding_of(part)
    has_plain = re.search(rb"(?:href|src)=[\"']http", plain, re.I) is not None
    return encoding == "quoted-printable" and has_plain and b"=3D" not in plain


def decode_text(content: bytes, charset: str = "") -> str:
    """Return bytes as text: in the charset given, else UTF-8 or UTF-16, else windows-1252."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        charset = "utf-16"
    for name in (charset, "utf-8"):
        try:
            if codecs.lookup(name or "utf-8").name not in _NO_CHARSETS:
                text = content.decode(name or "utf-8").removeprefix("\ufeff")
                return _SURROGATE.sub("\ufffd", text)
        except (LookupError, UnicodeError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def _flat(content: bytes, cut: bool) -> Mail:
    """A message nested too deep to be taken apart: its text, decoded as far as possible."""
    text = decode_text(quopri.decodestring(content))[:MOST_TEXT]
    return Mail((), text, "", len(content), frozenset(), cut)


def is_quoted_printable(text: str) -> bool:
    """Whether a text is a piece of a quoted-printable body, pasted without its headers.

    A tag with plain attributes is none; an attribute without its tag may have been put around it.
    """
    if "<" in text and re.search(r"(?:href|src)=[\"']", text, re.I):
        return False
    marks = len(re.findall(r"=3D[\"'Y0-9a-zA-Z]", text))
    breaks = r"=[ \t]*\r?\n|(?:href|src)=3D|ct=3D|=[C-E][0-9A-F]="
    return marks >= 1 and bool(re.search(breaks, text))


def unquoted(text: str) -> str:
    """Return a quoted-printable piece decoded."""
    joined = re.sub(r"=[ \t]+(\r?\n)", r"=\1", text)  # blanks that copying left at line ends
    return decode_text(quopri.decodestring(joined.encode("utf-8", "surrogateescape")))
