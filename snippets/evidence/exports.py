"""How programs export or show the source of a message: what they put around it, taken away."""

import codecs
import re

HEADER = re.compile(rb"[!-9;-~]+:[ \t]*[^\r\n]*(?:\n|$)")
_FIRST_OF_A_MAIL = re.compile(
    rb"(?i)(?:received|return-path|delivered-to|message-id|mime-version|from|x-[\w-]+|date|to"
    rb"|subject|arc-[\w-]+|dkim-signature|content-type|precedence|list-[\w-]+)[ \t]*:"
)
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|a|p|div|table|img)[\s>]", re.I)
# A summary, as Gmail shows one above the source, has none of these.
_OF_A_SOURCE = re.compile(
    rb"(?i)(?:received|return-path|delivered-to|message-id|mime-version|content-type)[ \t]*:"
)
_PREFIX = re.compile(rb"(?:[>|][ \t]?|[ \t]+)")
MOST_LINES_ABOVE = 60
FEWEST_HEADERS = 3


def without_wrapping(content: bytes) -> bytes:
    """Return a message from its first header on: no byte order, quoting, or words above it."""
    content = unix_lines(as_utf8(content)).lstrip(b"\n")
    content = without_prefix(content).lstrip(b"\n")
    if content.startswith(b"From ") and b"\n" in content:  # a mailbox of one message
        content = content.partition(b"\n")[2]
    return content if _FIRST_OF_A_MAIL.match(content) else from_first_header(content)


def as_utf8(content: bytes) -> bytes:
    """Return UTF-16 as UTF-8, as some programs of Windows save a source."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace").encode()
    return content.removeprefix(codecs.BOM_UTF8)


def unix_lines(content: bytes) -> bytes:
    """Return a text with line feeds only, whatever mix of line ends it has."""
    return re.sub(rb"\r+\n?", b"\n", content) if b"\r" in content else content


def without_prefix(content: bytes) -> bytes:
    """Return a text without what stands before each of its lines: a quote mark, an indent."""
    lines = content[:20_000].split(b"\n")[:-1][:40] or content.split(b"\n")[:40]
    first = _PREFIX.match(content)
    if not first or not all(line.startswith(first[0].rstrip()) for line in lines if line.strip()):
        return content
    prefix = first[0]
    return b"\n".join(
        line.removeprefix(prefix if line.startswith(prefix) else prefix.rstrip())
        for line in content.split(b"\n")
    )


def from_first_header(content: bytes) -> bytes:
    """Return a text from its first run of headers on, if what is above is only a few words."""
    at = 0
    for _ in range(MOST_LINES_ABOVE):
        line = content[at : at + 2_000].partition(b"\n")[0]
        if _FIRST_OF_A_MAIL.match(line) and is_run_of_headers(content[at : at + 20_000]):
            return content[at:]
        end = content.find(b"\n", at)
        if end < 0 or _MARKUP.search(line):
            break
        at = end + 1
    return content


def is_run_of_headers(content: bytes) -> bool:
    """Whether a text begins with several headers, one after another."""
    count, is_source = 0, False
    for line in content.split(b"\n")[:60]:
        if HEADER.match(line) and not _MARKUP.search(line):
            count += _FIRST_OF_A_MAIL.match(line) is not None
            is_source = is_source or _OF_A_SOURCE.match(line) is not None
        elif not line.startswith((b" ", b"\t")):
            break
    return is_source and count >= FEWEST_HEADERS
