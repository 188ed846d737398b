"""What was given, piece by piece: recognised, decoded, and what stands beside it in a paste."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from ..platform import markup
from ..platform.markup import Element, decode
from ..problems import Problem
from . import (
    addresses,
    dumps,
    exports,
    halves,
    logs,
    messages,
    mixed,
    screens,
    secondhand,
    settings,
)
from .kinds import SourceKind
from .mixed import bare
from .tally import Tally

WHOLE = "https://whole.mail.invalid/"
BEFORE = "before"
ONE_LINE = f'\n<a href="{WHOLE}"></a>'
_WHOLE = re.compile(r"<html\b|<body\b|</body>|<!doctype", re.I)
ADDRESS = re.compile(r"https?://[^\s<>\"')\]]{1,20000}", re.I)
# What a cache adds to an answer that it gave by itself.
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
# What only Mautic writes: its tokens, its attributes, its tracking code, its queue's transport.
_SIGNS = re.compile(
    r"(?i)\{(?:contactfield|leadfield|formfield|pagelink|assetlink|tracking_pixel|ownerfield|form"
    r"|dynamiccontent|langbar|signature|companyfield|(?:unsubscribe|webview|dnc|resubscribe)_\w+)\b"
    r"|\{(?:saveprefsbutton|segmentlist|categorylist|preferredchannel|channelfrequency)\}"
    r"|\bmautic:[a-z]|data-mautic|data-slot=|mtc\.js|messenger:|\|URL\|"
    r"|/plugin/\w+/tracking\.gif|\btracking_hash\b|\bemail_stats\b|\bpage_(?:hits|redirects)\b"
    r"|\bcampaign_(?:events|lead_event_log)\b|\blead_donotcontact\b"
)
_TO_FILL_IN = re.compile(r"(?i)href=[\"'][^\"'<>{}]*\{[a-z_]+(?:=[^\"'<>{}]*)?\}")
TAGS = re.compile(r"<[^<>]*>")
# Configuration of Mautic and of servers: evidence of its own, without an address of Mautic.
CONFIGURATION = re.compile(
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
    stand above a message, `around` is a paste with the words outside of its fence.
    """

    name: str
    kind: SourceKind
    text: str
    mail: messages.Mail | None = None
    quoted_printable: bool = False
    tally: Tally | None = None
    is_cut: bool = False
    above: str = ""
    around: str = ""

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

    def quote(self, text: str, at: int, within: str | None = None) -> Quote:
        """Return a text that was found at an offset as a quote, on the line where it begins.

        `within` is what was searched, where that is not the text but the words around it.
        """
        searched = self.text if within is None else within
        return Quote(text, self.name, searched.count("\n", 0, at) + 1)

    def line(self, at: int, within: str) -> Quote:
        """Return the line of what was searched on which an offset lies."""
        start, end = within.rfind("\n", 0, at) + 1, within.find("\n", at)
        shown = within[start : end if end >= 0 else len(within)].strip()
        return self.quote(shown, at, within)


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
    source = replace(_text_source(name, bare), around=exports.around_fence(head))
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
    text = exports.between_fences(text) or text
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
    own = mixed.outside(text) if kind == SourceKind.HTML else text
    if set_there := mixed.settings_in(own):
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
        return Source(name, SourceKind.ADDRESS, text.rstrip())
    if _TAG.search(text):
        return Source(name, SourceKind.HTML, text)
    return Source(name, SourceKind.TEXT, exports.unix_text(text))


def alone(text: str) -> str:
    """Return Mautic's address on its line, the few words around it left out; or the text."""
    # What is said of the address decides.
    if screens.limited_to_tracking(text) or screens.unreached(text) or _FROM_CACHE.search(text):
        return text
    words = text[:20_000].split()
    found = [word for word in words if "://" in word]
    if len(words) > MOST_WORDS or len(found) != 1 or "<" in text:
        return text
    if secondhand.FOREIGN.search(text[:20_000]):  # an example of a manual: its words are read, too
        return text
    at = re.match(r"(?i)[^\w\s]*(https?://\S*[\w/%=&#+$*~-])[.,;:!?\"'»”)\]]*$", found[0])
    if len(words) == 1:
        return found[0].rstrip(".,;:!?") if found[0].lower().startswith("http") else text
    address = addresses.read(at[1]) if at else None
    if not address or not (address.is_mautic or address.peeled.wrappers):
        return text
    return "\n" * text.count("\n", 0, text.index(found[0])) + address.given


def _is_addresses(text: str) -> bool:
    """Whether a text is a word, or addresses only, each on a line of its own."""
    lines = [bare(line) for line in text.split("\n") if line.strip()]
    if lines and lines[0].startswith(('{"', "{'")):  # JSON, and no token
        return False
    if len(lines) == 1:
        return "<" not in lines[0] and bool(_ONE_WORD.fullmatch(lines[0]))
    return bool(lines) and all(ADDRESS.fullmatch(line) for line in lines[:1000])


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
    is_short = max(len(page.text) for page in (others[0], sent[0])) < LONGEST_COMPARED
    is_of_it = is_short and halves.are_halves(others[0].text, sent[0].text)
    return others[0] if is_of_it or is_same(others[0], sent[0]) else None


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
    return set(re.findall(r"\w{3,}", TAGS.sub(" ", source.text)[:LONGEST_COMPARED].lower()))


def is_screen(source: Source) -> bool:
    """Whether a text was copied from a screen of Mautic's, or speaks of Mautic."""
    return source.kind == SourceKind.TEXT and screens.is_screen(source.text)


def is_mautics(source: Source) -> bool:
    """Whether a source has a sign of Mautic: a header, a token of its own, what it prints.

    Configuration is one, too: of Mautic, or of the server that stands before it.
    """
    if (source.mail and source.mail.is_mautics) or is_screen(source):
        return True
    signs = [_SIGNS] if source.mail else [_SIGNS, CONFIGURATION]
    is_signed = any(sign.search(source.text) for sign in signs)
    return is_signed or bool(settings.read(source.text))
