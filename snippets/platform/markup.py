"""HTML as the parser under Mautic reads it: libxml2 2.9, not HTML 5.

One pass over the tags. What is open at a tag says whether an `area` stands in a `map`, which end
tag ends a script, and where the parser gives up. Source: R11, R12, H1 to H5; judged by the
recordings of `links.json` and `markup.json`.
"""

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from . import charsets
from .entities import decode

__all__ = ["Attribute", "Element", "Reading", "decode", "elements", "hrefs", "read"]

_BLANK = " \t\r\n"  # a form feed, which HTML 5 takes for a blank, is none


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VOID = _names("area base basefont br col frame hr img input isindex link meta param")
_RAW = _names("script style")
# Whole documents are pasted into others: these open nothing, and their ends close everything.
_FRAME = _names("html head body")
_OPEN_NOTHING = _VOID | _FRAME
_SPECIAL = _RAW | {"meta", "body"}
_START_KINDS = frozenset(["open", "closed", "cut"])  # how a start tag ends
# The parser stops at the start tag that would be the 258th open one, its html and body counted.
_DEEPEST = 255
# Which start tags close the innermost element: only for those whose end tags writers leave out,
# because a mail of 300 paragraphs isn't nested 300 deep. libxml2 knows some 300 pairs in all.
_CLOSED_BY = {
    "a": _names("a fieldset table td th"),
    "dd": _names("dt"),
    "dt": _names("dd dl"),
    "li": _names("li"),
    "option": _names("optgroup option"),
    "p": _names(
        "address blockquote caption center col colgroup dd dir div dl dt fieldset form h1 h2 h3 h4 "
        "h5 h6 hr li menu ol p pre table tbody td tfoot th title tr ul"
    ),
    "tbody": _names("tbody tfoot"),
    "td": _names("tbody td tfoot th tr"),
    "th": _names("tbody td tfoot th tr"),
    "thead": _names("tbody tfoot"),
    "tr": _names("tbody tfoot tr"),
}

# What programs that show mails take for text, not for markup, although the parser reads it.
_SHOWN_AS_TEXT = _names("iframe noembed noframes textarea title xmp")

Where = Literal["markup", "text", "comment", "raw", "value", "unread"]
Why = Literal["", "too-deep", "unread-charset", "null-byte"]


def _attribute(name: str = "(?:", value: str = "(?:") -> str:
    """Return the expression of an attribute, with these brackets around name and value.

    A value stands in quotes, of which the second is missing at the end of the text, or else ends
    at a blank or `>`. Nothing reads over a NUL.
    """
    return rf"""{name}[a-zA-Z_:.][\w:.-]*+)
        (?: [{_BLANK}]*+ = [{_BLANK}]*+
            (?: "{value}[^"\0]*+)"? | '{value}[^'\0]*+)'?
              | {value}[^{_BLANK}>\0"'][^{_BLANK}>\0]*+|) ) )?+"""


# What stands where the name of an attribute should, and is none.
_SKIPPED = rf"(?: (?!/>)[^{_BLANK}>\0] )++"
_ATTRIBUTE = re.compile(rf"[{_BLANK}]*+ (?: {_attribute('(', '(')} | {_SKIPPED} )", re.A | re.X)
# Nearly all attributes are written like this; to try it first takes a quarter off the search.
_USUAL = r"""(?:[ ][a-zA-Z-]++="[^"\0]*+")*+"""
# A tag that isn't closed, or has a NUL in it or right behind it, is the last one.
_START = rf"""(?P<name>[a-zA-Z][\w:.-]*+)
    (?P<inside>{_USUAL} (?: [{_BLANK}]*+ (?: {_attribute()} | {_SKIPPED} ) )*+ [{_BLANK}]*+)
    (?:(?P<open>>(?!\0)) | (?P<closed>/>(?!\0)) | (?P<cut>) )"""
_START_TAG = re.compile(f"<{_START}", re.A | re.X)
# A quoted text in a doctype is skipped whole, to the end of the document if it is never closed.
_QUOTED = rf"""[{_BLANK}]*+ (?: "[^"]*+"?+ | '[^']*+'?+ )"""
_PUBLIC = rf"(?i:public|system) {_QUOTED} (?:{_QUOTED})?+"
# Any other `<` is text, and what follows it is read as markup: `<%`, `<3`, `<![if`, `<![CDATA[`.
_TAG = re.compile(
    rf"""<(?: {_START}
    | /(?P<ended>[a-zA-Z_:][\w:.-]*+) [^>\0]*+ (?:(?P<end>>(?!\0)) | (?P<end_cut>) )
    | !--(?P<comment>(?s:.*?)) (?:--!?>|\Z)
    | !(?P<doctype>(?i:doctype) (?: [^>"']*?\b{_PUBLIC} )?+ [^>]*+ >?+ )
    | \?[a-zA-Z_:][^>]*+ >?+
    | (?P<nul>\0) )""",
    re.A | re.X,
)
_CONDITION = re.compile(r"\[if[^\]]*\]")
_END_TAG = re.compile("</[a-zA-Z_:]")


class Attribute(NamedTuple):
    """The value of an attribute as written, where that stands, and where the name before it."""

    written: str
    start: int
    end: int
    name: int


class Element:
    """A start tag: its name as written, in lower case, where it stands, and in which element.

    `where` is "markup" for what the parser takes for an element; "text" if it alone does so, for
    a mail program shows a text in a `textarea`. The others stand in a comment (`parent` is then
    its condition, such as `[if mso]`), in the raw text of a script or style, in the value of
    another tag's attribute, or where the parser doesn't come any more.
    """

    __slots__ = ("_attributes", "_charset", "_found", "name", "parent", "where")

    def __init__(
        self,
        found: re.Match[str],
        name: str,
        where: Where = "markup",
        parent: str = "",
        charset: charsets.Charset | None = None,
    ) -> None:
        self._found, self._charset = found, charset
        self._attributes: dict[str, Attribute] | None = None
        self.name, self.where, self.parent = name, where, parent

    @property
    def tag(self) -> str:
        """The name without its prefix, which the parser cuts: `a` for `<o:a>`."""
        return _without_prefix(self.name)

    @property
    def is_read(self) -> bool:
        """Whether the parser makes an element of it, even of what a mail program shows as text."""
        return self.where in ("markup", "text")

    @property
    def is_shown(self) -> bool:
        """Whether a mail program takes it for an element: it reads on where the parser stops."""
        return self.where in ("markup", "unread")

    @property
    def start(self) -> int:
        """The offset of its `<`."""
        return self._found.start()

    @property
    def end(self) -> int:
        """The offset behind its `>`."""
        return self._found.end()

    @property
    def attributes(self) -> dict[str, Attribute]:
        """The attributes by name, in lower case; of a repeated name the first counts."""
        if self._attributes is None:
            self._attributes = {}
            for found in _ATTRIBUTE.finditer(self._found.string, *self._found.span("inside")):
                if found[1]:
                    self._attributes.setdefault(found[1].lower(), _value_of(found))
        return self._attributes

    def value(self, name: str) -> str | None:
        """Return the value of an attribute as the parser decodes it; None without attribute."""
        attribute = self.attributes.get(name)
        if attribute is None:
            return None
        value = attribute.written
        if self._charset and not value.isascii():
            value = self._charset.read(value, attribute.start)
        return decode(value) if "&" in value else value


def _value_of(found: re.Match[str]) -> Attribute:
    group = found.lastindex or 1
    if group == 1:  # the name alone
        return Attribute("", found.end(), found.end(), found.start(1))
    return Attribute(found[group], *found.span(group), found.start(1))


def _without_prefix(name: str) -> str:
    return name.rpartition(":")[2] if ":" in name else name


class Reading:
    """One reading of an HTML text. When it is through, `end` and `why` say where and why it ended.

    `why` is "" where the parser came to the end of the text.
    """

    def __init__(self, html: str) -> None:
        self.html, self.end = html, len(html)
        self.why: Why = ""
        self.hidden: list[tuple[int, int, Where]] = []
        self._at = 0
        self._open = [""]
        self._in_body = False
        self._charset = charsets.undeclared(html)
        self._knows_charset = False

    def live(self) -> Iterator[Element]:
        """Yield the elements the parser makes, in order."""
        opened, html, search = self._open, self.html, _TAG.search
        while found := search(html, self._at, self.end):
            self._at, kind = found.end(), found.lastgroup
            if kind == "end":
                name = found["ended"].lower()
                if name == opened[-1]:
                    opened.pop()
                else:
                    self._close(name)
            elif kind in _START_KINDS:
                name = found["name"].lower()
                while name in _CLOSED_BY.get(opened[-1], ()):
                    opened.pop()
                if len(opened) > _DEEPEST and name not in _FRAME:
                    self._stop(found.start(), "too-deep")
                    return
                is_special = name in _SPECIAL or kind == "cut"
                yield Element(found, name, "markup", opened[-1], self._charset)
                if kind == "open" and name not in _OPEN_NOTHING:
                    opened.append(name)
                if is_special:
                    self._look_at(found, name, kind)
            elif kind:
                self._skip(found, kind)

    def _look_at(self, found: re.Match[str], name: str, kind: str) -> None:
        """Do what some elements ask for: another charset, raw text, the end of the document."""
        if kind == "cut":
            self._cut()
        elif name == "meta":
            self._read_charset(Element(found, name, charset=self._charset))
        elif name == "body":
            self._in_body = True
        else:
            self._skip_raw()

    def _close(self, name: str) -> None:
        """Close what an end tag ends besides the innermost element, if anything."""
        if name == "html" or name == "body" or (name == "head" and not self._in_body):
            del self._open[1:]
        elif name in self._open:
            while self._open.pop() != name:
                pass
        self._skip_raw()

    def _skip_raw(self) -> None:
        """Skip the text of a script or style: it goes on behind an end tag that ends nothing."""
        if self._open[-1] in _RAW:
            end = _END_TAG.search(self.html, self._at, self.end)
            start, self._at = self._at, end.start() if end else self.end
            self.hidden.append((start, self._at, "raw"))

    def _skip(self, found: re.Match[str], kind: str) -> None:
        """Skip a comment or doctype, or end at a NUL or a broken end tag."""
        if kind == "comment":
            self.hidden.append((*found.span("comment"), "comment"))
        elif kind == "doctype":
            self.hidden.append((*found.span("doctype"), "value"))
        else:
            self._cut()

    def _read_charset(self, meta: Element) -> None:
        """Believe the first `meta` that names a charset, even an unknown one."""
        named = meta.value("charset")
        if named is None and (meta.value("http-equiv") or "").lower() == "content-type":
            named = charsets.in_content(meta.value("content") or "")
        codec = None if named is None or self._knows_charset else charsets.codec(named)
        self._knows_charset = self._knows_charset or named is not None
        if codec:
            self._charset = charsets.Charset(codec, meta.end)
            end = self._charset.end(self.html)
            if end < self.end:
                self._stop(end, "unread-charset")

    def _cut(self) -> None:
        """End at a tag that isn't closed: at a NUL, or at the end of the text."""
        self._stop(self._at, "null-byte" if self._at < self.end else self.why)

    def _stop(self, at: int, why: Why) -> None:
        self.end, self.why = at, why

    @cached_property
    def elements(self) -> list[Element]:
        """All elements in order, also those the parser doesn't see."""
        live = list(self.live())
        _mark_texts(self.html, live)
        hidden = [*self.hidden, *_values(self.html, live), (self.end, len(self.html), "unread")]
        unseen = [element for stretch in hidden for element in _in_hidden(self.html, *stretch)]
        return sorted(live + unseen, key=lambda element: element.start) if unseen else live


def _in_hidden(html: str, start: int, end: int, where: Where) -> Iterator[Element]:
    condition = _CONDITION.match(html, start, end)
    for found in _START_TAG.finditer(html, start, end):
        yield Element(found, found["name"].lower(), where, condition[0] if condition else "")


def _mark_texts(html: str, live: list[Element]) -> None:
    """Mark what stands in an element whose content a mail program shows as text."""
    end = 0
    for element in live:
        if element.start < end:
            element.where = "text"
        elif element.name in _SHOWN_AS_TEXT:
            closing = re.compile(f"</{element.name}", re.I).search(html, element.end)
            end = closing.start() if closing else len(html)


def _values(html: str, live: list[Element]) -> Iterator[tuple[int, int, Where]]:
    """Yield where a tag may stand in the value of another: its closing quote was forgotten."""
    for element in live:
        inside = html.find("<", element.start + 1, element.end)
        if inside >= 0:
            yield inside, element.end, "value"


@lru_cache(maxsize=4)
def read(html: str) -> Reading:
    """Return the reading of a text; kept, since many ask in turn for the elements of the same."""
    return Reading(html)


def elements(html: str) -> list[Element]:
    """Return all elements of a text in order, also those the parser doesn't see."""
    return read(html).elements


def hrefs(html: str) -> list[Element]:
    """Return each `a`, and each `area` right inside a `map`, that has an `href` (R11)."""
    return [element for element in elements(html) if element.is_read and _is_link(element)]


def _is_link(element: Element) -> bool:
    tag = element.tag
    if tag == "a" or (tag == "area" and _without_prefix(element.parent) == "map"):
        return "href" in element.attributes
    return False
