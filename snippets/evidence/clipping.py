"""Where Gmail cuts a long message, and whether the pixel lies behind that place (P2).

The message shows it, or what somebody counted: the bytes before the pixel, the size of the HTML.
"""

import re
from itertools import islice

from .. import pixel
from .counts import whole
from .facts import Facts
from .notices import MOST, beside
from .sources import Quote

GMAIL_CUTS_AT = 102_000  # bytes of HTML
BEGINS = re.compile(r"(?i)<!doctype|<html\b|<body\b")  # the end alone tells no place
# `149290:email/….gif`, as `grep -ob` prints it, with the name of the file or without.
_OF_GREP = re.compile(
    r"(?m)^[ \t>]*(?:[\w./-]{1,100}:)?(?P<at>[0-9]{1,9}):"
    r"[^\n]{0,300}?(?:email/[0-9a-zA-Z]{10,40}|tracking_pixel|<img\b[^\n]{0,40}\bheight=\"?1\b)"
)
# The command that prints them: with `-n` it would count lines.
_COUNTS_BYTES = re.compile(r"\bgrep\b[^\n]{0,40}(?: -[a-zA-Z]*b[a-zA-Z]*|--byte-offset)\b")
# `the pixel stands at byte 149 290`
_OF_WORDS = re.compile(
    r"(?i)\bpixel\w*[^\n]{0,60}?\b(?:bytes?|octets?|offset|position|posición|posição|Zeichen"
    r"|Stelle|caractère|carácter|caractere)[ :=n°]{1,4}"
    r"(?P<at>[0-9]{1,3}(?:[ .,'’\u00a0\u202f]?[0-9]{3})+)(?![ \u00a0]?(?:px|ms|%))"
)
# Lines of `ls -l` and `wc -c`: a size, and the name of a file with HTML.
_OF_FILE = re.compile(
    r"(?m)^(?=[^\n]{0,200}\.html?\b)[^\n\"]{0,80}?(?<![\w.,:/-])(?P<size>[0-9]{6,8})[ \t][^\n\"]*$"
)
# `139 KB`, where the line speaks of HTML.
_IN_KB = re.compile(
    r"(?i)(?<![\w.,])(?P<size>[1-9][0-9]{2,3})(?:[.,][0-9]+)?[ \u00a0\u202f]?"
    r"(?:KB|Ko|KiB|kbytes?)\b"
)
_OF_HTML = re.compile(r"(?i)\bHTML\b|\.html?\b")


def is_clipped(facts: Facts) -> bool:
    """Whether the first pixel of the mail lies behind the place where Gmail cuts."""
    return facts.html is not None and first_pixel(facts.html.text) > GMAIL_CUTS_AT


def is_within_reach(facts: Facts) -> bool:
    """Whether a whole mail was given and its first pixel stands before that place."""
    page = facts.html
    if page is None or not (page.mail or BEGINS.search(page.text)):
        return False
    return 0 < first_pixel(page.text) <= GMAIL_CUTS_AT


def first_pixel(html: str) -> int:
    """Return where the first pixel stands, in bytes from the beginning of the HTML; 0 if none."""
    found = pixel.find(html)
    return len(html[: found[0].offset].encode("utf-8", "replace")) if found else 0


def pixel_offsets(facts: Facts) -> list[tuple[int, Quote]]:
    """Return where in the HTML people say that the pixel stands, in bytes, with their lines."""
    found = list[tuple[int, Quote]]()
    for source in facts.sources:
        text = beside(source)
        patterns = [_OF_WORDS] + ([_OF_GREP] if _COUNTS_BYTES.search(text) else [])
        found += [
            (whole(match["at"]), source.line(match.start("at"), text))
            for pattern in patterns
            for match in islice(pattern.finditer(text), MOST)
        ]
    return found


def html_sizes(facts: Facts) -> list[tuple[int, Quote]]:
    """Return how large people say that the HTML is, in bytes, with their lines."""
    found = list[tuple[int, Quote]]()
    for source in facts.sources:
        text = beside(source)
        found += [
            (int(m["size"]), source.line(m.start(), text))
            for m in islice(_OF_FILE.finditer(text), MOST)
        ]
        for match in islice(_IN_KB.finditer(text), MOST):
            quote = source.line(match.start(), text)
            if _OF_HTML.search(quote.text):
                found.append((int(match["size"]) * 1000, quote))
    return found
