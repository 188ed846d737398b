"""What programs and people put around evidence, taken away: prefixes, pages, escapes, envelopes.

No wrapping is known by its program. Each of `LAYERS` undoes one way of wrapping; it counts if what
is left begins more of its lines as mails, logs and HTML do.
"""

import base64
import binascii
import codecs
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import unescape

from . import browsers
from .formats import requests_of
from .layouts import MARKS, Layouts
from .quotations import CODE, without

HEADER = re.compile(rb"[!-9;-~]+:[ \t]*[^\r\n]*(?:\n|$)")
_NAMES = (
    "received|return-path|delivered-to|message-id|mime-version|from|x-[a-z][\\w-]*|date|to|subject"
    "|arc-[\\w-]+|dkim-signature|content-type|precedence|list-[\\w-]+"
)
_FIRST_OF_A_MAIL = re.compile(rf"(?i)(?:{_NAMES})[ \t]*:".encode())
# How a line begins in what people have: a header, a tag, a line of a log, a request.
_BEGINS = (
    rf"(?:{_NAMES}|content-[\w-]+)[ \t\u00a0]*:(?!//)"
    r"|<(?:!doctype|!--|/?[a-z][a-z0-9:]*(?:[\s>/]|$))"
    r"|(?:[0-9]{1,3}\.){3}[0-9]{1,3} \S+ \S+ \[|\[[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]"
    r"|--[0-9a-zA-Z]{6,12}-[A-Z]--|[{[]\s*$|\{\"|\$ ?\w|\[\{\"|curl |fetch\(|sub vcl_|● \S"
    r"|(?:> )?(?:GET|HEAD|POST) \S+ HTTP/|(?:< )?HTTP/[0-9.]+ [0-9]{3}|< [\w-]+: "
    r"|#(?:Software|Version|Fields|Date):|(?:location|server)\b[^;{}]{0,200}\{"
    r"|#?[ \t]*(?:log_format|LogFormat|CustomLog)[ \t]"
    r"|(?:try_files|fastcgi_pass|proxy_pass|expires|add_header|Rewrite(?:Rule|Cond|Engine))\s"
    r"|(?:mysql|MariaDB \[[^\]\n]{1,60}\])> |\*{9,} [0-9]+\. row|\+-[-+]+\+"  # a database
    r"|[\w*-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::[0-9]+)? \{\s*$"  # the first line of a site of Caddy
    r"|(?:request (?:url|method)|status(?: code)?|location|set-cookie|cache-control|host|user-agent"
    r"|server|cookie|etag|age|via|pragma|expires|cf-[\w-]+)[ \t]*:(?!//)"  # a browser's tools
    r"|access to \w+ at '|cross-origin request blocked|blocage d.une requête multi"
    r"|quellübergreifende |solicitud de origen cruzado|requisição cross-origin"  # its console
    r"|<\?php\b|\$parameters\b|['\"][a-z]\w+['\"][ \t]*=>"  # settings
    r"|[\w.-]+@[\w.-]+:\S{1,200}[$#] |-{3,}(?: -{3,})+|\w+ {2,}(?:Count|[0-9]+)\s*$"  # a console
)
BEGINNING = re.compile(rf"{_BEGINS}|https?:?//|mailto:", re.I)
# Within a line an address is a beginning if nothing but marks stands before it.
BEGINNING_WITHIN = re.compile(
    rf"(?<![\w.])(?:{_BEGINS})|(?<=[>|*•+-])(?<!\w.)https?:?//"
    r"|(?<=[>|*•+-] )(?<!\w..)(?:https?:?//|mailto:)",
    re.I,
)
_NO_BREAK = re.compile("[\u00a0\u2002-\u200a\u202f\u3000\udca0]")  # of Latin-1, too
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|a|p|div|table|img)[\s>]", re.I)
_PAGE = re.compile(rb"<(?:!doctype|html|head|body|div|table)[\s>]", re.I)  # begins here
# A summary, as Gmail shows one above the source, has none of these.
_OF_A_SOURCE = re.compile(
    rb"(?i)(?:received|return-path|delivered-to|message-id|mime-version|content-type)[ \t]*:"
)
FENCE = re.compile(r"[ \t]*(?:```+|~~~+)[^\n`]*")
FEWEST_FENCES = 4  # lines: one opens, one closes
MOST_LINES_ABOVE = 60
FEWEST_HEADERS = 3
MOST_LAYERS = 8
HEAD = 50_000  # characters looked at to tell what something is
LINES = 200  # of them, the lines that aren't blank
LONGEST_LINE = 8_000
LONGEST_PREFIX = 200
MOST_WITHOUT = 0.15  # of the lines may lack the common prefix: words above, a wrapped end


@lru_cache(maxsize=4)
def unwrapped(content: bytes) -> bytes:
    """Return evidence without what was put around it; its lines keep their numbers if they can.

    It is kept, since whoever looks what a paste is asks for the same one.
    """
    text = as_utf8(content).decode("utf-8", "surrogateescape")
    for _ in range(MOST_LAYERS):
        barer = next((b for layer in LAYERS if (b := layer(text)) not in (None, text)), None)
        if barer is None:
            break
        text = barer
    return text.encode("utf-8", "surrogateescape")


def without_wrapping(content: bytes) -> bytes:
    """Return a message from its first header on, with line feeds and no lines of blanks only."""
    content = unix_lines(unwrapped(content)).strip(b" \t\n") + b"\n"
    content = re.sub(rb"(?m)^[ \t]+$", b"", content)
    if content.startswith(b"From ") and b"\n" in content:  # a mailbox of one message
        content = content.partition(b"\n")[2]
    return content if _FIRST_OF_A_MAIL.match(content) else from_first_header(content)


def as_utf8(content: bytes) -> bytes:
    """Return UTF-16, with its mark or without, as UTF-8, as programs of Windows save a source."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace").encode()
    head = content[:400]
    for first, name in ((0, "utf-16-be"), (1, "utf-16-le")):
        zeros, others = head[first::2].count(0), head[1 - first :: 2].count(0)
        if len(head) > 8 and zeros * 2.5 > len(head) // 2 and not others:
            return content.decode(name, "replace").encode()
    return content.removeprefix(codecs.BOM_UTF8)


def unix_lines(content: bytes) -> bytes:
    """Return a text with line feeds only, whatever mix of line ends it has."""
    return re.sub(rb"\r+\n?", b"\n", content) if b"\r" in content else content


def unix_text(text: str) -> str:
    """Return a text with line feeds only."""
    return re.sub("\r+\n?", "\n", text) if "\r" in text else text


def known(text: str) -> int:
    """Return how many of the first lines begin as something known; the start of a mail is more."""
    begun = sum(known_lines(head_lines(text)))
    return begun + LINES * is_mail(text)


def known_lines(lines: list[str]) -> list[bool]:
    """Return of each line whether it begins as something known, or is one of a log."""
    return [
        is_one or BEGINNING.match(line) is not None
        for line, is_one in zip(lines, of_logs(lines), strict=True)
    ]


def of_logs(lines: list[str]) -> list[bool]:
    """Return of each line whether it tells of a request, or the format of those below it."""
    told = Layouts()
    return [
        told.take(line) or told.read(0, line) is not None or bool(requests_of(0, line))
        for line in lines
    ]


def head_lines(text: str) -> list[str]:
    """Return the first lines that aren't blank."""
    lines = text[:HEAD].split("\n")
    if len(text) > HEAD and len(lines) > 1:
        del lines[-1]
    return [line[:LONGEST_LINE].rstrip("\r") for line in lines if line.strip()][:LINES]


def is_mail(text: str) -> bool:
    """Whether a text begins with the headers of a message, or is a mailbox of one."""
    head = as_bytes(text).lstrip()
    return is_run_of_headers(head.partition(b"\n")[2] if head.startswith(b"From ") else head)


def as_bytes(text: str) -> bytes:
    """Return the beginning of a text as bytes with line feeds."""
    return unix_lines(text[:HEAD].encode("utf-8", "surrogateescape"))


def without_prefix(text: str) -> str | None:
    """Return a text without what stands before nearly each line: quote marks, `file:12:`, a time.

    The prefix is taken from where known lines begin; its numbers may differ from line to line.
    """
    if text.lstrip()[:1] == "{" and isinstance(as_json(text), dict):  # indented, and no wrapping
        return None
    head = head_lines(text)
    lines = [line for line, is_one in zip(head, of_logs(head), strict=True) if not is_one]
    for prefix, _ in Counter(filter(None, map(prefix_of, lines))).most_common(3):
        # Where the line itself is empty, the blanks at the end of the prefix may be lost.
        pattern = re.compile(
            rf"(?:{prefix}|{prefix.rstrip(' ')[:-1]}(?=\r*$))" if prefix.endswith("\\ ") else prefix
        )
        if sum(not pattern.match(line) for line in lines) <= len(lines) * MOST_WITHOUT:
            barer = "\n".join(
                pattern.sub("", line, count=1) if pattern.match(line) else line
                for line in text.split("\n")
            )
            if known(barer) > known(text):
                return without_ending(barer)
    return None


def without_ending(text: str) -> str:
    """Return a text without what closes nearly each line: the quote mark or bar that opened it."""
    lines = head_lines(text)
    for ending in ('",', '"', " |"):
        if len(lines) > 1 and sum(line.endswith(ending) for line in lines) >= len(lines) * 0.95:
            return re.sub(rf"{re.escape(ending)}(?=\r?(?:\n|$))", "", text)
    return text


def prefix_of(line: str) -> str | None:
    """Return a pattern of what stands before the known beginning of a line, None without one."""
    found = BEGINNING_WITHIN.search(line)
    if not found or not 0 < found.start() <= LONGEST_PREFIX:
        return None
    prefix = line[: found.start()]
    if not prefix.strip():
        return re.escape(prefix)
    bare = prefix.rstrip(" \t")  # the blanks behind it may belong to the line: they are kept apart
    shape = re.sub(r"\w*[0-9]\w*|[ \t]+|.", _alike, bare)
    return shape + re.escape(prefix[len(bare) :])


def _alike(found: re.Match[str]) -> str:
    """The pattern of a piece of a prefix: numbers may differ, and how many blanks there are."""
    if found[0].isspace():
        return r"[ \t]*"
    return r"\w+" if len(found[0]) > 1 or found[0].isdigit() else re.escape(found[0])


def unescaped(text: str) -> str | None:
    """Return a source whose marks were escaped: `&lt;a href=&quot;…`, and none are left."""
    if re.search(r"<[a-zA-Z/!]|<\S{1,100}@", text):
        return None
    is_escaped = re.search(
        r"&(?:amp;)*(?:(?:lt|#60|#x3c);(?:[a-zA-Z/!?]|\S{1,100}@)|(?:gt|#62|#x3e);)", text, re.I
    )
    has_quotes = '"' not in text and re.search(
        r"(?i)&(?:amp;)*(?:quot|#34|#x22|#0*39|#x27|apos);", text
    )
    return unescape(text) if is_escaped or has_quotes else None


def with_plain_blanks(text: str) -> str | None:
    """Return a source copied from a page with ordinary blanks: most of its own are no-break."""
    head = text[:HEAD]
    no_break = len(_NO_BREAK.findall(head))
    return _NO_BREAK.sub(" ", text) if no_break > head.count(" ") else None


# What only an e-mail that isn't sent yet has: tokens of Mautic's.
TO_BE_SENT = re.compile(r"\{(?:contactfield|leadfield|unsubscribe_|webview_)")


def of_a_page(text: str) -> str | None:
    """Return the source of a message, or the lines of a log, that a page of HTML shows."""
    is_page = re.search(r"<(?:html|body|pre|div|table|textarea)\b", text[:HEAD], re.I)
    is_headed = _FIRST_OF_A_MAIL.match(as_bytes(text).lstrip()) is not None
    if not is_page or is_headed or is_run_of_headers(from_first_header(as_bytes(text))):
        return None
    has_links = re.search(r"<(?:a|img|area)\s", text[:HEAD], re.I)
    if TO_BE_SENT.search(without(text, CODE)):  # an e-mail that has code in it
        return None
    shown = re.findall(r"(?is)<(pre|textarea)\b[^>]{0,2000}>(.*?)</\1\s*>", text)
    candidates = [max((inner for _, inner in shown), key=len)] if shown else []
    for markup in [*candidates, text]:
        plain = unescape(without_tags(markup))
        words = head_lines(plain)
        is_escaped = re.search("&(?:lt|#60|#x3c);", markup, re.I)
        own = "https?:|mailto:" if is_escaped else "https?:|mailto:|<"  # half of a tag of its own
        known = zip(words, known_lines(words), strict=True)
        logs = sum(is_one and not re.match(own, line) for line, is_one in known)
        if is_run_of_headers(from_first_header(as_bytes(plain.lstrip()))):
            return plain.lstrip()
        data = re.search(r"(?ms)^[{\[].*", plain)  # below a title
        if data and isinstance(as_json(data[0]), (dict, list)):
            return data[0]
        if logs * 2 >= len(words) > 0 or (logs and not has_links):
            return plain
    return None


def without_tags(markup: str) -> str:
    """Return the text of HTML; blocks and breaks are lines."""
    for name in ("script", "style", "title"):
        *_, end = [0, *(closed.end() for closed in re.finditer(rf"(?i)</{name}\s*>", markup))]
        closed = re.sub(rf"(?is)<{name}\b.*?</{name}\s*>", "", markup[:end])
        markup = closed + markup[end:]  # behind the last end none is looked for
    markup = re.sub(
        r"(?i)(?:<br[^<>]{0,200}>\s*)?</(?:div|p|tr|li|h[1-6])\s*>|<br[^<>]{0,200}>", "\n", markup
    )
    return re.sub(r"<[a-zA-Z/!][^<>]{0,2000}>", "", markup)


def inside_fence(text: str) -> str | None:
    """Return what stands in the only fence of Markdown, on the lines where it stands.

    A fence in a message is a part of it. Of several ones all is kept, and the words between.
    """
    if (whole := between_fences(text)) is not None:
        return whole
    found = re.search(r"(?m)^[ \t]*(```+|~~~+)[^\n`]*\n", text[:HEAD])
    if not found or is_mail(text):
        return None
    above = text.count("\n", 0, found.end())
    inner = text[found.end() :]
    end = re.search(rf"(?m)^[ \t]*{found[1]}[ \t\r]*$", inner)
    return "\n" * above + (inner[: end.start()] if end else inner)


def around_fence(content: bytes) -> str:
    """Return a paste of which only what stands in its fence is read, each line at its place."""
    text = (
        content[:HEAD].decode("utf-8", "replace") if b"```" in content or b"~~~" in content else ""
    )
    return text if text and inside_fence(text) is not None else ""


def between_fences(text: str) -> str | None:
    """Return a text with several fences without their lines, None for any other text."""
    lines = text[:HEAD].split("\n") if len(text) <= HEAD else []
    fences = [at for at, line in enumerate(lines) if FENCE.fullmatch(line.rstrip())]
    if len(fences) < FEWEST_FENCES or len(fences) % 2 or is_mail(text):
        return None
    return "\n".join("" if at in fences else line for at, line in enumerate(lines))


def in_json(text: str) -> str | None:
    """Return the lines that JSON holds, one object a line, or the text of one string of it."""
    if text.lstrip()[:1] not in ('"', "{", "["):
        return None
    lines = [line for line in text.split("\n") if line.strip()]
    is_log = any(line.lstrip()[:1] == "{" and requests_of(0, line) for line in lines[:20])
    is_told = any(mark in text[:HEAD] for mark in MARKS)
    if is_log and not is_told:  # it is read as it is: with its times
        return None
    kept = [kept_line(line) for line in lines]
    if None not in kept:
        return "".join(line for line in kept if line is not None)
    data = as_json(text)
    if isinstance(data, str):
        return data
    longest = max(strings(data), key=len, default="")
    return longest if is_mail(longest) else in_base64(longest)


def kept_line(line: str) -> str | None:
    """Return the line of text in an object of JSON: that of Docker, journald, a cloud's log."""
    data = as_json(line) if line.lstrip().startswith("{") else None
    if not isinstance(data, dict):
        return None
    if isinstance(data.get("log"), str):  # Docker keeps a long line in pieces
        return str(data["log"])
    names = ("MESSAGE", "textPayload", "line", "message", "msg")
    return next((f"{data[name]}\n" for name in names if isinstance(data.get(name), str)), None)


def as_json(text: str) -> object:
    """Return what JSON says, None if it is none."""
    try:
        data: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return data


def strings(data: object) -> Iterator[str]:
    """Yield the strings in a piece of JSON, one level deep."""
    values = data.values() if isinstance(data, dict) else data if isinstance(data, list) else [data]
    yield from (value for value in values if isinstance(value, str))


def in_base64(text: str) -> str | None:
    """Return a message that was given as Base64 as a whole."""
    letters = "".join(text[:HEAD].split())
    if len(letters) < 100 or not re.fullmatch(r"[A-Za-z0-9+/_-]+=*", letters):
        return None
    plain = "".join(text.split()).replace("-", "+").replace("_", "/")
    try:
        content = base64.b64decode(plain[: len(plain) - (len(plain.rstrip("=")) % 4 == 1)] + "==")
    except binascii.Error:
        return None
    inner = content.decode("utf-8", "surrogateescape")
    is_wrapped = is_run_of_headers(from_first_header(as_bytes(inner)))
    is_wrapped = is_wrapped or any(layer(inner) for layer in (of_a_page, without_prefix))
    return inner if is_mail(inner) or is_wrapped else None


def of_apple_mail(text: str) -> str | None:
    """Return the message of a file of Apple Mail: its length in bytes above, properties below."""
    found = re.match(r"\s*([0-9]{1,9})[ \t]*\r?\n", text)
    below = text.rfind("<?xml version=", int(found[1]) // 8 if found else 0) if found else -1
    if not found or below < 0 or "</plist>" not in text[below:]:
        return None
    return text[found.end() : below]


Layer = Callable[[str], str | None]
LAYERS: tuple[Layer, ...] = (
    with_plain_blanks,
    of_apple_mail,
    browsers.as_lines,
    inside_fence,
    unescaped,
    in_json,
    without_prefix,
    in_base64,
    of_a_page,
)


def from_first_header(content: bytes) -> bytes:
    """Return a text from its first run of headers on, if above are a few words, or a link."""
    at = 0
    for _ in range(MOST_LINES_ABOVE):
        line = content[at : at + 2_000].partition(b"\n")[0]
        if _FIRST_OF_A_MAIL.match(line) and is_run_of_headers(content[at : at + 20_000]):
            return content[at:]
        end = content.find(b"\n", at)
        if end < 0 or _PAGE.search(line):
            break
        at = end + 1
    return content


def is_run_of_headers(content: bytes) -> bool:
    """Whether a text begins with several headers, one after another."""
    count, is_source, is_begun = 0, False, False
    for line in content.split(b"\n")[:60]:
        if HEADER.match(line) and not _MARKUP.search(line):
            is_begun = True
            count += _FIRST_OF_A_MAIL.match(line) is not None
            is_source = is_source or _OF_A_SOURCE.match(line) is not None
        elif not is_begun or not line.startswith((b" ", b"\t")):
            break
    return is_source and count >= FEWEST_HEADERS
