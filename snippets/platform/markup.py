"""The links of an HTML text, as the parser under Mautic (libxml2) finds them.

Tags and attributes are found by justhtml. Entities in values are decoded here, because libxml2
knows HTML 4 only. Source: R11, R12.
"""

import codecs
import re
from collections.abc import Iterator, Mapping
from html.entities import name2codepoint
from itertools import count
from typing import NamedTuple

from justhtml import stream

from .text import to_bytes

# justhtml would decode entities as HTML 5 does, so it sees another sign in place of `&`; and it
# would skip what stands in these elements, which libxml2 reads as markup.
_AMPERSAND = "\ufdd0"
_READ_AS_MARKUP = re.compile(
    r"(</?)(?:textarea|title|iframe|noembed|noframes|noscript|xmp|plaintext|svg|math|template)\b",
    re.I | re.A,
)
_CDATA = "<![CDATA["
# Comments go first: libxml2 ends them at `-->` only. What looks like one in a script is none.
_COMMENT = re.compile(r"<(?:!--.*?(?:-->|\Z)|((script|style)\b.*?(?:</\2|\Z)))", re.I | re.A | re.S)
_ENTITY = re.compile(r"&(?:#[xX]([0-9a-fA-F]+);?|#([0-9]+);?|([a-zA-Z][a-zA-Z0-9]*);)")
_NAMED = name2codepoint | {"apos": 39}
_META = re.compile(r"<meta\b[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]+)", re.I | re.A)
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)


class Href(NamedTuple):
    """The `href` of one `a` or `area`: as written, and decoded; all attributes decoded.

    `order` counts them through the document.
    """

    order: int
    tag: str
    written: str
    value: str
    attributes: Mapping[str, str | None]


def hrefs(html: str) -> list[Href]:
    """Return all `href` of `a` elements and of `area` elements right inside a `map`, in order."""
    found, charset = list(_hrefs(_prepared(html))), _other_charset(html)
    if charset:
        found = [href._replace(value=_garbled(href.value, charset)) for href in found]
    return found


def _other_charset(html: str) -> str | None:
    """The charset a `meta` element claims, if the parser believes it instead of UTF-8."""
    meta = None if html.isascii() else _META.search(html)
    try:
        name = codecs.lookup(meta[1]).name if meta else "utf-8"
    except LookupError:
        return None
    return None if name.startswith("utf") else name


def _garbled(value: str, charset: str) -> str:
    return value if value.isascii() else to_bytes(value).decode(charset, "replace")


def _prepared(html: str) -> str:
    if "<!" in html:
        html = _COMMENT.sub(lambda found: "<" + found[1] if found[1] else "", html).replace(
            _CDATA, ""
        )
    return _READ_AS_MARKUP.sub(r"\1x", html).replace("&", _AMPERSAND)


def _hrefs(html: str) -> Iterator[Href]:
    parents, orders = [""], count()
    for event in stream(html):
        if event[0] == "start":
            tag, attributes = event[1]
            if tag == "a" or (tag == "area" and parents[-1] == "map"):
                yield from _href(next(orders), tag, attributes)
            if tag not in _VOID:
                parents.append(tag)
        elif event[0] == "end" and event[1] == parents[-1]:
            parents.pop()


def _href(order: int, tag: str, attributes: Mapping[str, str | None]) -> Iterator[Href]:
    if "href" not in attributes:
        return
    written = (attributes["href"] or "").replace(_AMPERSAND, "&")
    others = {name: value and decode(value) for name, value in attributes.items()}
    yield Href(order, tag, written, decode(written), others)


def decode(value: str) -> str:
    """Return an attribute value with its entities decoded, as libxml2 decodes them.

    Names are those of HTML 4 and `apos` and need their semicolon, numbers don't; a number that
    is no character ends the value. Source: R12.
    """
    pieces, end = [], 0
    for entity in _ENTITY.finditer(value):
        character = _character(*entity.groups())
        pieces.append(value[end : entity.start()])
        if character is None:
            return "".join(pieces)
        pieces.append(character or entity[0])
        end = entity.end()
    return "".join(pieces) + value[end:]


def _character(hexadecimal: str | None, decimal: str | None, name: str) -> str | None:
    """The character, "" for a name nobody knows, None for a number that is no character."""
    if name:
        return (
            "'" if name == "apos" else chr(name2codepoint[name]) if name in name2codepoint else ""
        )
    digits = hexadecimal or decimal or ""
    number = int(digits[:12], 16 if hexadecimal else 10)
    allowed = number in (9, 10, 13) or 32 <= number < 0xD800 or 0xE000 <= number <= 0x10FFFF
    return chr(number) if allowed else None
