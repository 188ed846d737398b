"""All that can be read from what was given, for the checks to ask."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from email.utils import parseaddr
from functools import cached_property
from itertools import chain

from .. import links
from ..hosts import bare as host_of
from ..platform import markup
from ..platform.markup import Element, decode
from ..positions import Positions
from ..problems import Problem
from ..releases import DEFAULT, Release, parse
from . import addresses, dumps, exports, halves, logs, messages, mixed, screens, settings, tables
from .addresses import Address
from .answers import UNKNOWN, checked
from .kinds import AddressKind, SourceKind, Where, WrapperKind
from .mixed import bare
from .questions import Symptom
from .tally import Group, Tally, each_once, group_of

WHOLE = "https://whole.mail.invalid/"
BEFORE = "before"
ONE_LINE = f'\n<a href="{WHOLE}"></a>'
_WHOLE = re.compile(r"<html\b|<body\b|</body>|<!doctype", re.I)
_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]{1,20000}", re.I)
_FROM_CACHE = re.compile(r"(?i)\b[\w-]*cache[\w-]*:[ \t]*\w*hit\b")
# One word that can be an address: with a scheme, a path, or the name of a host.
_ONE_WORD = re.compile(
    r"[a-z][a-z0-9+.-]*:\S+|[\w.-]*/\S*|[?#.]\S*|(?:[\w-]+\.)+[a-z]{2,}(?:[/?#:]\S*)?|\{\S+|\S*%7B\S*",
    re.I,
)
_TAG = re.compile(r"<!|</?(?!https?:)[a-zA-Z][\w:-]*(?:[\s/>]|$)", re.M)  # not `<jo@acme.example>`
LONGEST_COMPARED = 100_000  # characters of HTML beside the mail that may have come of it
FEWEST_IN_COMMON = 5  # words of both; a link alone has fewer
MOST_WORDS = 60  # around an address that was given in a sentence
_SYSTEM_TOKEN = re.compile(r"\{(?:unsubscribe|webview|dnc|resubscribe)_url\}")
_AT_ONCE = re.compile(r"(?:https?://)?\{dnc_url\}", re.I)
_TOKEN_ALONE = re.compile(r"\{[^<>\s]+\}")
_KNOWN_TOKEN = re.compile(
    r"\{(?:(?:unsubscribe|webview|dnc|resubscribe)_url|tracking_pixel"
    r"|(?:contactfield|leadfield|ownerfield|companyfield|pagelink|assetlink|trackable)=[^{}]+)\}",
    re.I,
)
# What only Mautic writes: its tokens, its attributes, its tracking code, its queue's transport.
_SIGNS = re.compile(
    r"(?i)\{(?:contactfield|leadfield|formfield|pagelink|assetlink|tracking_pixel|ownerfield|form"
    r"|dynamiccontent|langbar|signature|companyfield|(?:unsubscribe|webview|dnc|resubscribe)_\w+)\b"
    r"|\{(?:saveprefsbutton|segmentlist|categorylist|preferredchannel|channelfrequency)\}"
    r"|\bmautic:[a-z]|data-mautic|data-slot=|mtc\.js|messenger:|\|URL\|"
    r"|/plugin/\w+/tracking\.gif|\btracking_hash\b|\bemail_stats\b|\bpage_(?:hits|redirects)\b"
    r"|\bcampaign_(?:events|lead_event_log)\b|\blead_donotcontact\b"
)
# Tokens that each sending fills in: HTML with one to be read, beside its tags, is from the editor.
_FILLED_IN = re.compile(r"\{(?:(?:contact|lead|owner)field=|subject\}|signature\}|webview_\w+\})")
_OF_EACH_READER = re.compile(r"\{(?:unsubscribe|webview|resubscribe|dnc)_(?:text|url)\}")
_LINKED_TOKEN = re.compile(r"(?i)href=([\"'])\{(?:unsubscribe|webview|dnc)_url\}\1")
_TO_FILL_IN = re.compile(r"(?i)href=[\"'][^\"'<>{}]*\{[a-z_]+(?:=[^\"'<>{}]*)?\}")
_TAGS = re.compile(r"<[^<>]*>")
# Configuration of Mautic and of servers: evidence of its own, without an address of Mautic.
_CONFIGURATION = re.compile(
    r"(?m)^[ \t]*(?:location\s[^{}\n]{0,300}\{|server(?:_name\s|\s*\{)|fastcgi_pass\s"
    r"|Rewrite(?:Engine|Rule|Cond)\s|<(?:FilesMatch|VirtualHost|Directory)\b)|\$parameters\s*="
)
_MIME_PART = re.compile(rb"(?mi)^[>\t ]*--\S+[\t ]*\r?\n[>\t ]*Content-")  # where a part begins
_COMPRESSED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"PK\x03\x04")
_MAGIC = (
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"%PDF",
    b"\x7fELF",
    b"MZ\x90",
)


class UnusableInput(Problem):
    """What was given is empty or no text; the sentence says what to give instead."""


Content = bytes | str | Iterable[bytes]
CHUNK = 1 << 20  # bytes
NO_MAIL = (SourceKind.TEXT, SourceKind.LOG, SourceKind.SETTINGS, SourceKind.ADDRESS)


@dataclass(frozen=True)
class Quote:
    """A piece of what was given; `line` counts from 1 in the decoded source, 0 if unknown.

    `instead` is what should stand there, if that is known; `column` counts from 1, 0 if unknown.
    """

    text: str
    source: str = ""
    line: int = 0
    instead: str = ""
    column: int = 0


@dataclass(frozen=True)
class Source:
    """One thing that was given: its kind and its text, decoded; of a log, what was counted.

    `is_cut` says that its end is missing: then nothing about it is certain; `above` are words that
    stand above a message.
    """

    name: str
    kind: SourceKind
    text: str
    mail: messages.Mail | None = None
    quoted_printable: bool = False
    tally: Tally | None = None
    is_cut: bool = False
    above: str = ""

    @property
    def words(self) -> str:
        """What somebody may have written around it: nothing of what a message says itself."""
        return self.above if self.mail else self.text

    @cached_property
    def elements(self) -> list[Element]:
        """The elements of the text in order, also those in comments."""
        return markup.elements(self.text)

    def tag(self, element: Element) -> str:
        """Return the tag of an element as it is written."""
        return self.text[element.start : element.end]

    def quote(self, text: str, at: int) -> Quote:
        """Return a text that was found at an offset as a quote, on the line where it begins."""
        return Quote(text, self.name, self.text.count("\n", 0, at) + 1)


@dataclass(frozen=True)
class Place:
    """An address and where it was found."""

    address: Address
    where: Where
    quote: Quote
    image: Element | None = None
    link: links.Link | None = None

    @property
    def wrapped_by(self) -> set[WrapperKind]:
        """The kinds of wrappers around the address."""
        return {wrapper.kind for wrapper in self.address.peeled.wrappers}


@dataclass(frozen=True)
class Visit:
    """A request in a log: what the line says, the address asked for, and what to quote."""

    line: logs.Line
    address: Address
    quote: Quote

    @property
    def location(self) -> str:
        """Where the answer leads to, "" if the log doesn't have it."""
        return self.line.answer.get("location", "")


def as_whole(html: str) -> str:
    """Return a piece of a mail so that it is judged as in a whole one (R41).

    There, some link stands on one line; a whole mail shows itself whether one does.
    """
    return html if is_whole(html) else html + ONE_LINE


def is_whole(html: str) -> bool:
    """Whether HTML is that of a whole mail rather than a piece of one."""
    return _WHOLE.search(html) is not None


def recognised(name: str, content: Content) -> Source:
    """Return what was given as a source; UnusableInput for nothing or a binary file.

    Of chunks of bytes only a log is read to its end; what is longer than `LARGEST` is cut.
    """
    head, more = opened(content)
    if not head.strip():
        raise UnusableInput("empty", name=name)
    if head.startswith(_COMPRESSED):
        raise UnusableInput("compressed", name=name)
    if head.startswith(_MAGIC):
        raise UnusableInput("binary", name=name)
    bare = exports.unwrapped(head)
    if messages.is_message(bare):
        mail = messages.read(bare)
        is_cut = mail.cut or next(more, None) is not None
        found = Source(name, SourceKind.MESSAGE, mail.html or mail.text, mail, is_cut=is_cut)
        return replace(found, above=messages.above(head))
    source = _text_source(name, bare)
    if source.kind == SourceKind.LOG:
        rest = next(more, b"")
        return replace(source, tally=Tally.of(chain([head, rest] if rest else [bare], more)))
    is_cut = len(bare) > messages.MOST_TEXT or messages.is_cut(source.text)
    return replace(source, is_cut=is_cut or next(more, None) is not None)


def read(name: str, content: Content) -> list[Source]:
    """Return what was given as a source, and what stands beside it in the same paste.

    Settings and addresses that were reached are read for themselves, each on its line; so is each
    piece under a caption of its own.
    """
    head, more = opened(content)
    behind = next(more, None)
    if behind is not None:
        return with_beside(recognised(name, chain([head, behind], more)))
    pieces = collage(name, head) or with_markup(recognised(name, head))
    return [source for piece in pieces for source in with_beside(piece)]


def collage(name: str, content: bytes) -> list[Source]:
    """Return the pieces of a paste that stand under captions, what arrived before what was written.

    Without captions, twins of the links tell the two halves apart. Captions count only if both are
    there, or headers beside HTML: else they may be a part of one e-mail, as they are in a whole
    message. HTML that is neither, of a test for instance, is left aside.
    """
    if content.count(b"\n") >= mixed.MOST_LINES:
        return []
    if _MIME_PART.search(content) or (messages.is_message(content) and not messages.above(content)):
        return []
    text = messages.decode_text(content)
    text = exports.without_prefix(text) or text
    pieces = (recognised(name, piece) for piece in mixed.pieces(text))
    found = [source for piece in pieces for source in with_markup(piece)]
    arrived = [source for source in found if is_arrived(source)]
    written = [s for s in found if is_written(s) or any(is_twin(s, each) for each in arrived)]
    others = [source for source in found if source.kind in NO_MAIL]
    if written and arrived:
        return [*arrived, *others, *written]
    twins = (recognised(name, half) for half in halves.halves(text))
    return [source for twin in twins for source in with_markup(twin)]


def is_written(source: Source) -> bool:
    """Whether a source is HTML from the editor, with an address to fill in."""
    is_page = source.kind == SourceKind.HTML and not is_sent(source)
    return is_page and _TO_FILL_IN.search(source.text) is not None


def with_markup(source: Source) -> list[Source]:
    """Return a source; of a log with HTML above it, as people copy both, the HTML as well."""
    above = mixed.markup_above(source.text) if source.kind == SourceKind.LOG else {}
    if not above:
        return [source]
    html = Source(source.name, SourceKind.HTML, mixed.only(above))
    return [html, replace(source, text=mixed.without(source.text, above))]


def is_twin(source: Source, sent: Source) -> bool:
    """Whether HTML that wasn't sent says the same as what was."""
    is_page = source.kind == SourceKind.HTML and not is_sent(source)
    return is_page and sent.kind == SourceKind.HTML and is_same(source, sent)


def is_arrived(source: Source) -> bool:
    """Whether a source is a mail that arrived, or its headers."""
    return source.mail is not None or is_sent(source)


def with_beside(source: Source) -> list[Source]:
    """Return a source, and the settings and addresses beside it."""
    if source.kind == SourceKind.MESSAGE:
        return [source, *beside(source.name, source.above, SourceKind.TEXT)]
    if source.kind not in (SourceKind.HTML, SourceKind.TEXT, SourceKind.LOG):
        return [source]
    found = beside(source.name, source.text, source.kind)
    own = mixed.settings_in(source.text) if source.kind == SourceKind.HTML and found else []
    return [without_settings(source, own) if own else source, *found]


def without_settings(source: Source, lines: Collection[int]) -> Source:
    """Return HTML without these lines, which are settings: a text, if it has no tag but theirs."""
    text = mixed.without(source.text, lines)
    kind = source.kind if _TAG.search(text) else SourceKind.TEXT
    return replace(source, text=text, kind=kind)


def beside(name: str, text: str, kind: SourceKind) -> list[Source]:
    """Return the settings and the addresses in a text that is of a kind as a whole."""
    lines, found = text.split("\n"), list[Source]()
    if set_there := mixed.settings_in(text):
        there = {at: lines[at] for at in set_there}
        found.append(Source(name, SourceKind.SETTINGS, mixed.only(there)))
    reached = mixed.reached_in(text, is_log=kind == SourceKind.LOG)
    if kind == SourceKind.TEXT:
        reached = mixed.in_sentences(text) | reached
    if reached:
        found.append(Source(name, SourceKind.ADDRESS, mixed.only(reached)))
    return found


def opened(content: Content) -> tuple[bytes, Iterator[bytes]]:
    """Return the beginning of what was given as bytes, and the chunks behind it."""
    if isinstance(content, str):
        content = content.encode("utf-8", "surrogateescape" if _escaped(content) else "replace")
    if isinstance(content, bytes):
        pieces = (content[at : at + CHUNK] for at in range(messages.LARGEST, len(content), CHUNK))
        return content[: messages.LARGEST], pieces
    chunks, head = iter(content), bytearray()
    while len(head) <= messages.LARGEST and (chunk := next(chunks, None)) is not None:
        head += chunk
    behind = bytes(head[messages.LARGEST :])
    return bytes(head[: messages.LARGEST]), chain([behind] if behind else [], chunks)


def _escaped(content: str) -> bool:
    return not re.search("[\ud800-\udc7f\udd00-\udfff]", content)


def _text_source(name: str, content: bytes) -> Source:
    text = messages.decode_text(content)[: messages.MOST_TEXT]
    control = len(re.findall(r"[\0-\x08\x0e-\x1f\ufffd]", text[:20_000]))
    if control * 10 > len(text[:20_000]):
        raise UnusableInput("binary", name=name)
    if messages.is_quoted_printable(text):
        decoded = messages.unquoted(text)
        return replace(_decoded_source(name, decoded), quoted_printable=True)
    return _decoded_source(name, text)


def _decoded_source(name: str, text: str) -> Source:
    if logs.is_log(text) or dumps.is_dump(text):
        return Source(name, SourceKind.LOG, exports.unix_text(text))
    if settings.is_file(text):
        return Source(name, SourceKind.SETTINGS, exports.unix_text(text))
    text = alone(unbroken(text))
    if _is_addresses(text) or _is_one_address(text):
        return Source(name, SourceKind.ADDRESS, text.strip())
    if _TAG.search(text):
        return Source(name, SourceKind.HTML, text)
    return Source(name, SourceKind.TEXT, exports.unix_text(text))


def alone(text: str) -> str:
    """Return Mautic's address out of the few words around it; any other text as it is."""
    # What is said of the address decides.
    if screens.limited_to_tracking(text) or screens.unreached(text) or _FROM_CACHE.search(text):
        return text
    words = text[:20_000].split()
    found = [word for word in words if "://" in word]
    if len(words) > MOST_WORDS or len(found) != 1 or "<" in text:
        return text
    at = re.match(r"(?i)[^\w\s]*(https?://\S*[\w/%=&#+$*~-])[.,;:!?\"'»”)\]]*$", found[0])
    if len(words) == 1:
        return found[0].rstrip(".,;:!?") if found[0].lower().startswith("http") else text
    address = addresses.read(at[1]) if at else None
    return address.given if address and (address.is_mautic or address.peeled.wrappers) else text


def _is_addresses(text: str) -> bool:
    """Whether a text is a word, or addresses only, each on a line of its own."""
    lines = [bare(line) for line in text.split("\n") if line.strip()]
    if lines and lines[0].startswith(('{"', "{'")):  # JSON, and no token
        return False
    if len(lines) == 1:
        return "<" not in lines[0] and bool(_ONE_WORD.fullmatch(lines[0]))
    return bool(lines) and all(_ADDRESS.fullmatch(line) for line in lines[:1000])


def unbroken(text: str) -> str:
    """Return an address that copying broke over a few lines in one piece."""
    lines = text.split("\n") if len(text) < 20_000 else []
    pieces = [line.strip() for line in lines if line.strip()]
    begins = len(pieces) > 1 and re.match(r"(?i)<?https?://\S+$", pieces[0]) is not None
    goes_on = all(re.fullmatch(r"[^\s<]+", piece) and "://" not in piece for piece in pieces[1:])
    return "".join(pieces) if begins and goes_on else text


def _is_one_address(text: str) -> bool:
    """Whether a text is one line with one address, spaces and all."""
    line = bare(text)
    return (
        "\n" not in text.strip()
        and bool(re.match(r"(?i)https?://", line))
        and "://" not in line[8:]
    )


@dataclass(frozen=True)
class Facts:
    """Everything the checks may ask: sources, addresses, answers, the HTML before sending."""

    sources: tuple[Source, ...]
    answers: Mapping[str, str] = field(default_factory=dict)
    before: str | None = None
    unknown: frozenset[str] = frozenset()  # keys of questions that the reader can't answer

    @classmethod
    def read(
        cls,
        evidence: Sequence[tuple[str, Content]],
        before: bytes | str | None = None,
        answers: Mapping[str, str] | None = None,
    ) -> "Facts":
        """Return the facts of named pieces of evidence; UnusableInput, BadAnswer."""
        sources = tuple(chain.from_iterable(read(name, content) for name, content in evidence))
        written = written_for(sources)
        if before is not None:
            before = recognised(BEFORE, before).text
        elif written:
            sources, before = tuple(s for s in sources if s is not written), written.text
        given = checked(answers or {})
        if not sources and not given and before is None:
            raise UnusableInput("nothing")
        unknown = frozenset(key for key, value in given.items() if value == UNKNOWN)
        known = {key: value for key, value in given.items() if key not in unknown}
        said = settings.answers(settings_of(sources))
        seen = {key: value for key, (value, _) in on_screens(sources, known).items()}
        return cls(sources, {**seen, **said, **known}, before, unknown)

    def says(self, key: str, *values: str) -> bool:
        """Whether a question was answered with one of these."""
        return self.answers.get(key) in values

    @cached_property
    def symptom(self) -> Symptom | None:
        """What is missing, or too much; None if that was not said."""
        named = self.answers.get("symptom")
        return Symptom(named) if named else None

    @property
    def release(self) -> Release | None:
        """The release that was named, None if none was."""
        return parse(self.answers["release"]) if "release" in self.answers else None

    def has(self, change: str) -> bool:
        """Whether the named release behaves like that; False if none was named."""
        return self.release is not None and self.release.has(change)

    @property
    def mail(self) -> messages.Mail | None:
        """The first message that was given."""
        return next((source.mail for source in self.sources if source.mail), None)

    @cached_property
    def text_part(self) -> str:
        """The text part of the message, else a text that was given alone and is no server's."""
        if self.mail:
            return self.mail.text
        texts = (source.text for source in self.sources if source.kind == SourceKind.TEXT)
        return next((text for text in texts if not _CONFIGURATION.search(text)), "")

    @cached_property
    def html(self) -> Source | None:
        """The first source with HTML: of a message or from the editor."""
        pages = (s for s in self.sources if s.kind == SourceKind.HTML or (s.mail and s.mail.html))
        return next((page for page in pages if page not in self.web_pages), None)

    @cached_property
    def web_pages(self) -> list[Source]:
        """The HTML of a site, where a visit is missed: it has scripts, as hardly any e-mail."""
        if self.symptom != Symptom.PAGE_MISSING:
            return []
        pages = [source for source in self.sources if source.kind == SourceKind.HTML]
        return [page for page in pages if "<script" in page.text.lower()]

    @cached_property
    def given(self) -> list[Place]:
        """The addresses that were given alone."""
        return [
            Place(addresses.read(text), Where.GIVEN, Quote(text, s.name, number))
            for s in self.sources
            if s.kind == SourceKind.ADDRESS
            for number, line in enumerate(s.text.split("\n"), 1)
            if (text := bare(line))
        ]

    @cached_property
    def places(self) -> list[Place]:
        """All addresses in all sources, in order."""
        return self.given + [place for source in self.sources for place in _places(source, self)]

    @cached_property
    def tracked(self) -> list[Place]:
        """The tracked links."""
        return self.of(AddressKind.TRACKED)

    @cached_property
    def pixels(self) -> list[Place]:
        """The tracking pixels that are shown as images or were given alone."""
        return [p for p in self.of(AddressKind.PIXEL) if p.where in (Where.IMAGE, Where.GIVEN)]

    @cached_property
    def unseen_pixels(self) -> list[Quote]:
        """The pixels that no mail program loads: in a comment, a script, a text field."""
        return [
            Quote(html.tag(element), html.name)
            for html in ([self.html] if self.html else [])
            for element in html.elements
            if element.name == "img" and not element.is_shown and "src" in element.attributes
            if addresses.read(element.attributes["src"].written).kind == AddressKind.PIXEL
        ]

    @cached_property
    def unsubscribes(self) -> list[Place]:
        """The unsubscribe links."""
        return self.of(AddressKind.UNSUBSCRIBE)

    @cached_property
    def leaves_at_once(self) -> list[Quote]:
        """The links of the editor's HTML that unsubscribe at once, whatever is set (V62)."""
        written = [] if self.is_received and self.before is None else self.template_links
        links_ = [link for link in written if _AT_ONCE.fullmatch(decode(link.href).strip())]
        alone = [place.quote for place in self.given if _AT_ONCE.fullmatch(place.address.url)]
        return [Quote(link.href, BEFORE, link.line) for link in links_] + alone

    @cached_property
    def unread_tokens(self) -> list[Quote]:
        """The links before sending that are a token which this project knows nothing of."""
        written = [] if self.is_received and self.before is None else self.template_links
        hrefs = {decode(link.href).strip(): link.line for link in written}
        unread = [h for h in hrefs if _TOKEN_ALONE.fullmatch(h) and not _KNOWN_TOKEN.fullmatch(h)]
        return [Quote(href, BEFORE, hrefs[href]) for href in unread]

    def of(self, kind: AddressKind) -> list[Place]:
        """The addresses of one kind, logs left aside."""
        return [p for p in self.places if p.address.kind == kind and p.where != Where.LOG]

    @cached_property
    def own(self) -> list[Place]:
        """The addresses of Mautic's own, logs left aside."""
        return [p for p in self.places if p.address.is_mautic and p.where != Where.LOG]

    @property
    def site_host(self) -> str:
        """The host of the answer `site-url`, "" without one."""
        address = self.answers.get("site-url", "")
        return host_of(address.split("://")[-1].split("/")[0])

    @cached_property
    def untouched(self) -> list[Place]:
        """The links of the HTML that no one replaced or wrapped."""
        return [
            p
            for p in self.places
            if p.link and not p.address.is_mautic and not p.address.peeled.wrappers
        ]

    @cached_property
    def is_received(self) -> bool:
        """Whether this was sent: a message, or HTML with addresses of Mautic in it."""
        within = (p for p in self.places if self.html is None or p.where != Where.GIVEN)
        is_sent = any(p.address.is_mautic for p in within) and not self.is_unfilled
        return self.mail is not None or is_sent

    @cached_property
    def is_unfilled(self) -> bool:
        """Whether this is HTML that a sending has still to fill in, finished addresses or not.

        A tracked link in it was copied from a mail that arrived: the others would be tracked, too.
        """
        if self.mail is not None or self.html is None:
            return False
        read = _TAGS.sub("", self.html.text)
        has_token = _FILLED_IN.search(read) or _LINKED_TOKEN.search(self.html.text)
        if not self.tracked:
            return has_token is not None
        has_token = has_token or _OF_EACH_READER.search(read)
        return has_token is not None and any(p.link and p.link.tracked for p in self.untouched)

    @cached_property
    def fixed(self) -> list[Quote]:
        """The addresses of one sending that HTML holds before it is sent: everybody gets them."""
        if self.before is not None:
            written = _in_html(Source(BEFORE, SourceKind.HTML, self.before), self)
        else:
            written = iter(self.places if self.is_unfilled else ())
        seen = (Where.HREF, Where.IMAGE)
        return [p.quote for p in written if p.address.stat and p.where in seen]

    @cached_property
    def is_template(self) -> bool:
        """Whether this is HTML from the editor, before sending."""
        return self.html is not None and not self.is_received and self.before is None

    @cached_property
    def is_real_send(self) -> bool:
        """Whether headers or a `ct` show a campaign or segment e-mail."""
        mail = self.mail
        if mail and (mail.header("x-email-id") or mail.header("precedence").lower() == "bulk"):
            return True
        return any(self.source_of(p) in ("segment", "campaign") for p in self.tracked)

    def source_of(self, place: Place) -> str:
        """How a `ct` says the e-mail was sent: "segment", "campaign", "direct" or ""."""
        data = place.address.data
        if not isinstance(data, Mapping):
            return ""
        source = data.get("source")
        first = str(source[0]) if isinstance(source, list) and source else ""
        if first.startswith("campaign"):
            return "campaign"
        if first == "email":
            return "segment"
        return "direct" if "stat" in data and not first else ""

    @cached_property
    def pairs(self) -> list[tuple[links.Link, Place]]:
        """The links of the HTML before sending beside what was received, if as many.

        A mail may have got an unsubscribe text of its own; those links are left aside then.
        """
        if self.before is None:
            return []
        before = [link for link in self.template_links if link.reason != "not-a-link"]
        after = [p for p in self.places if p.link and p.link.reason != "not-a-link"]
        if len(before) != len(after):
            before = [link for link in before if not _SYSTEM_TOKEN.search(link.href)]
            own_pages = (AddressKind.UNSUBSCRIBE, AddressKind.WEB_VIEW)
            after = [p for p in after if p.address.kind not in own_pages]
        return list(zip(before, after, strict=True)) if len(before) == len(after) else []

    @cached_property
    def visits(self) -> list["Visit"]:
        """The requests in all logs that ask for an address of Mautic's own, of pages too."""
        found = [
            Visit(line, addresses.of_path(line.path), Quote(line.text, source.name, line.number))
            for source in self.sources
            if source.tally
            for line in source.tally.visits() or dumps.requests(source.text)
        ]
        return [visit for visit in found if visit.address.kind != AddressKind.OTHER]

    @cached_property
    def arrivals(self) -> list["Visit"]:
        """The requests in the log of a destination that carry what Mautic adds to an address."""
        found = [
            Visit(line, addresses.of_path(line.path), Quote(line.text, source.name, line.number))
            for source in self.sources
            if source.kind == SourceKind.LOG and mixed.ADDED.search(source.text)
            for line in logs.requests(source.text) or dumps.requests(source.text)
            if mixed.ADDED.search(line.path)
        ]
        return [visit for visit in found if visit.address.kind == AddressKind.OTHER]

    @cached_property
    def reached(self) -> list["Visit"]:
        """The requests, with their headers, for what is not Mautic's: where a click leads to."""
        found = [
            Visit(line, addresses.read(line.path), Quote(line.text, source.name, line.number))
            for source in self.sources
            if not source.mail
            for line in dumps.requests(source.text)
            if "://" in line.path
        ]
        return [visit for visit in found if visit.address.kind == AddressKind.OTHER]

    @cached_property
    def rows(self) -> list[tuple[Quote, Mapping[str, str]]]:
        """The rows of Mautic's database, each with what its columns hold, by their bare names."""
        return [
            (
                Quote(row.text, source.name, row.number),
                {tables.column(name).lower(): cell for name, cell in row.values.items()},
            )
            for source in self.sources
            if not source.mail
            for row in tables.rows(source.text)
        ]

    @property
    def printed(self) -> list[str]:
        """The texts of whatever programs wrote, and people: all but messages."""
        return [source.text for source in self.sources if not source.mail]

    @cached_property
    def settings(self) -> Mapping[str, settings.Setting]:
        """Mautic's settings, where its file was given."""
        return settings_of(self.sources)

    def has_whole(self, key: str) -> bool:
        """Whether nothing of a list of Mautic's settings was left out by whoever gave it."""
        own = (source for source in self.sources if not source.mail)
        return not any(settings.is_shortened(source.text, key) for source in own)

    @cached_property
    def said(self) -> Mapping[str, Quote]:
        """What screens, and words around what was pasted, answer, by the key of the question."""
        seen = on_screens(self.sources, self.answers)
        return {key: quote for key, (value, quote) in seen.items() if self.says(key, value)}

    @cached_property
    def told(self) -> Mapping[str, Quote]:
        """The lines that answer a question, by its key: of Mautic's settings, of its screens."""
        answered = settings.answers(self.settings)
        lines = self.setting_lines
        return {**self.said} | {
            key: lines[setting]
            for key, setting in settings.TELLS.items()
            if setting in lines and key in answered and answered[key] == self.answers.get(key)
        }

    @cached_property
    def setting_lines(self) -> Mapping[str, Quote]:
        """The lines of Mautic's settings, by the key of each."""
        return {
            key: Quote(line, source.name, number)
            for source in self.sources
            if not source.mail
            for key, (number, line) in settings.lines(source.text).items()
        }

    def is_on(self, key: str) -> bool | None:
        """Whether a setting of Mautic's is switched on, None if that isn't known."""
        return settings.is_on(self.settings.get(key))

    def lines_with(self, *keys: str) -> list[Quote]:
        """Return the lines of these settings, of those that were given."""
        return [self.setting_lines[key] for key in keys if key in self.setting_lines]

    def entries(self, key: str, fits: Callable[[str], bool] = bool) -> list[Quote]:
        """Return the entries of a setting that fit, each at the line where the setting begins."""
        listed, line = self.settings.get(key), self.setting_lines.get(key)
        if not line or not isinstance(listed, tuple):
            return []
        found = [entry for entry in listed if entry and fits(entry)]
        if len(listed) == 1 and found and found[0] in line.text:
            return [line]
        return [replace(line, text=f"'{key}': {entry}") for entry in found]

    @cached_property
    def copied(self) -> list[Source]:
        """The texts that were copied from Mautic's screens, or speak of Mautic."""
        return [source for source in self.sources if is_screen(source)]

    def lines_of(self, reader: Callable[[str], list[screens.Line]]) -> list[Quote]:
        """Return the lines that a reader of screens finds in the texts that were given."""
        return [
            Quote(line.text, source.name, line.number)
            for source in self.sources
            if source.kind == SourceKind.TEXT
            for line in reader(source.text)
        ]

    @cached_property
    def asked(self) -> Counter[Group]:
        """How many requests of each group all logs have, those that weren't kept counted too."""
        counted = sum((s.tally.groups for s in self.sources if s.tally), Counter[Group]())
        return each_once(counted) or Counter(group_of(v.line, v.address.kind) for v in self.visits)

    @cached_property
    def complaints(self) -> list[Quote]:
        """The errors in Mautic's own log."""
        return [quote for quote, complaint in self._complaints if complaint.is_error]

    @cached_property
    def bad_clickthroughs(self) -> list[Quote]:
        """The complaints of Mautic's own log about a `ct`."""
        return [quote for quote, complaint in self._complaints if complaint.is_about_ct]

    @cached_property
    def _complaints(self) -> list[tuple[Quote, logs.Complaint]]:
        return [
            (Quote(complaint.text, source.name, complaint.number), complaint)
            for source in self.sources
            if source.tally
            for complaint in source.tally.complaints
        ]

    @cached_property
    def cut(self) -> list[str]:
        """The names of the sources whose end is missing."""
        return [source.name for source in self.sources if source.is_cut]

    @cached_property
    def unrecognised(self) -> list[str]:
        """The names of the sources in which there is nothing of Mautic."""
        seen = {p.quote.source for p in self.places if p.address.is_mautic}
        seen |= {p.quote.source for p in self.places if p.address.peeled.wrappers}
        seen |= {quote.source for quote, _ in self._complaints}
        seen |= {page.name for page in self.web_pages}
        return [s.name for s in self.sources if s.name not in seen and not is_mautics(s)]

    @property
    def foreign_mails(self) -> list[str]:
        """The names of the messages in which there is nothing of Mautic."""
        return [s.name for s in self.sources if s.mail and s.name in self.unrecognised]

    @cached_property
    def template_links(self) -> list[links.Link]:
        """What would become of the links before sending: of `before`, or of the editor's HTML."""
        html = self.before if self.before is not None else self.html.text if self.html else ""
        found = links.explain(as_whole(html), release=self.release or DEFAULT) if html else []
        return [link for link in found if link.href != WHOLE]


def written_for(sources: Sequence[Source]) -> Source | None:
    """Return the HTML before sending, where it was given beside the one mail that came of it.

    Of mails whose headers alone were given it says what was written, if it has tokens to fill in.
    """
    pages = [source for source in sources if source.kind == SourceKind.HTML or source.mail]
    sent = [page for page in pages if is_sent(page)]
    others = [page for page in pages if page not in sent and page.mail is None]
    if not sent and any(page.mail for page in pages):
        written = [page for page in others if is_written(page)]
        return written[0] if len(written) == 1 and not has_body(pages) else None
    if len(others) > 1:
        others = [page for page in others if is_written(page)]
    if len(sent) != 1 or len(others) != 1:
        return None
    return others[0] if is_same(others[0], sent[0]) else None


def is_same(one: Source, other: Source) -> bool:
    """Whether most words of one page stand in the other one, too."""
    here, there = words_in(one), words_in(other)
    return len(here & there) >= FEWEST_IN_COMMON and len(here & there) * 2 > len(here)


def has_body(sources: Sequence[Source]) -> bool:
    """Whether one of these is a mail of which more than the headers was given."""
    return any(source.mail and source.mail.html for source in sources)


def is_sent(source: Source) -> bool:
    """Whether a source has an address that Mautic made: of a tracked link, of a pixel."""
    hrefs = (element.attributes.get("href") for element in source.elements)
    images = (element.attributes.get("src") for element in source.elements)
    written = (decode(found.written) for found in chain(hrefs, images) if found)
    return any(addresses.read(address).is_mautic for address in written)


def words_in(source: Source) -> set[str]:
    """Return the words that a reader of HTML sees."""
    return set(re.findall(r"\w{3,}", _TAGS.sub(" ", source.text)[:LONGEST_COMPARED].lower()))


def settings_of(sources: Sequence[Source]) -> dict[str, settings.Setting]:
    """Return the settings of all files of settings among what was given."""
    found = dict[str, settings.Setting]()
    for source in sources:
        if not source.mail:
            found |= settings.read(source.text)
    return found


def on_screens(sources: Sequence[Source], known: Mapping[str, str]) -> dict[str, tuple[str, Quote]]:
    """Return what screens, and words around what was pasted, answer: by its key the line, too."""
    found = dict[str, tuple[str, Quote]]()
    readers = {"release": screens.release}
    if known.get("symptom") in (Symptom.OPEN_MISSING, Symptom.DECISION_MISSING):
        readers["timeline-shows"] = screens.on_timeline
    for source in sources:
        is_text = source.kind == SourceKind.TEXT
        for key, reader in (
            {**readers, "http-status": screens.status} if is_text else readers
        ).items():
            if (is_text or key == "release") and (said := reader(source.words)):
                value, line = said
                found.setdefault(key, (value, Quote(line.text, source.name, line.number)))
    return found


def is_known(place: Place, facts: Facts) -> bool:
    """Whether the host of a link is known: Mautic's, the sender's, or one left alone by design.

    Any other may be a provider's own, whatever it is called.
    """
    if place.address.peeled.wrappers:
        return False
    if place.address.scheme not in ("http", "https"):
        return True
    sender = parseaddr(facts.mail.header("from"))[1].rpartition("@")[2] if facts.mail else ""
    known = {host_of(p.address.host) for p in facts.own} | {sender.lower(), facts.site_host}
    host = host_of(place.address.host)
    return host in known or any(name and host.endswith("." + name) for name in known)


def is_screen(source: Source) -> bool:
    """Whether a text was copied from a screen of Mautic's, or speaks of Mautic."""
    return source.kind == SourceKind.TEXT and screens.is_screen(source.text)


def is_mautics(source: Source) -> bool:
    """Whether a source has a sign of Mautic: a header, a token of its own, what it prints.

    Configuration is one, too: of Mautic, or of the server that stands before it.
    """
    if (source.mail and source.mail.is_mautics) or is_screen(source):
        return True
    signs = [_SIGNS] if source.mail else [_SIGNS, _CONFIGURATION]
    is_signed = any(sign.search(source.text) for sign in signs)
    return is_signed or bool(settings.read(source.text))


def _places(source: Source, facts: Facts) -> Iterator[Place]:
    visits = [v for v in facts.visits if v.quote.source == source.name]
    yield from (Place(visit.address, Where.LOG, visit.quote) for visit in visits)
    is_html = source.kind == SourceKind.HTML and source not in facts.web_pages
    if is_html or (source.mail and source.mail.html):
        yield from _in_html(source, facts)
    text = (
        source.text if source.kind == SourceKind.TEXT else source.mail.text if source.mail else ""
    )
    for number, line in enumerate(text.split("\n"), 1):
        for found in _ADDRESS.finditer(line):
            yield Place(addresses.read(found[0]), Where.TEXT, Quote(found[0], source.name, number))
    if source.mail:
        yield from _in_headers(source, source.mail)


def _in_html(source: Source, facts: Facts) -> Iterator[Place]:
    for link in links.explain(source.text, release=facts.release or DEFAULT):
        if link.reason in ("text-looks-like-html", "text-not-found"):
            continue
        address = addresses.read(decode(link.href))
        yield Place(address, Where.HREF, Quote(link.href, source.name, link.line), link=link)
    positions = Positions(source.text)
    for image in source.elements:
        if image.name == "img" and image.is_shown and "src" in image.attributes:
            address = addresses.read(decode(image.attributes["src"].written))
            quote = Quote(source.tag(image), source.name, positions.of(image.start).line)
            yield Place(address, Where.IMAGE, quote, image)


def _in_headers(source: Source, mail: messages.Mail) -> Iterator[Place]:
    for found in re.findall(r"<\s*(https?://[^>\s]+)", mail.header("list-unsubscribe")):
        yield Place(
            addresses.read(found), Where.HEADER, Quote(f"List-Unsubscribe: <{found}>", source.name)
        )
