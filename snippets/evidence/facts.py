"""All that can be read from what was given, for the checks to ask."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache, partial, reduce
from itertools import chain, zip_longest
from typing import TypeVar

from .. import links
from ..hosts import bare as host_of
from ..platform.markup import Element, decode
from ..positions import Positions
from ..releases import DEFAULT, Release, parse
from . import (
    addresses,
    dumps,
    logins,
    logs,
    messages,
    mixed,
    screens,
    secondhand,
    settings,
    tables,
)
from .addresses import Address
from .answers import UNKNOWN, checked
from .asserted import Line as Said
from .deliveries import Delivery, deliveries
from .kinds import AddressKind, SourceKind, Where, WrapperKind
from .mixed import bare
from .questions import CLICK, LOST_CLICK, Symptom
from .sources import (
    ADDRESS,
    BEFORE,
    CONFIGURATION,
    TAGS,
    WHOLE,
    Content,
    Quote,
    Source,
    UnusableInput,
    as_whole,
    is_mautics,
    is_screen,
    read,
    recognised,
    written_for,
)
from .tally import Group, each_once, group_of

LONGEST_LINK = 4_000  # characters of a link with its words, which are compared
_SYSTEM_TOKEN = re.compile(r"\{(?:unsubscribe|webview|dnc|resubscribe)_url\}")
_AT_ONCE = re.compile(r"(?:https?://)?\{dnc_url\}", re.I)
_TOKEN_ALONE = re.compile(r"\{[^<>\s]+\}")
_KNOWN_TOKEN = re.compile(
    r"\{(?:(?:unsubscribe|webview|dnc|resubscribe)_url|tracking_pixel"
    r"|(?:contactfield|leadfield|ownerfield|companyfield|pagelink|assetlink|trackable)=[^{}]+)\}",
    re.I,
)
# Tokens that each sending fills in: HTML with one to be read, beside its tags, is from the editor.
_FILLED_IN = re.compile(r"\{(?:(?:contact|lead|owner)field=|subject\}|signature\}|webview_\w+\})")
_OF_EACH_READER = re.compile(r"\{(?:unsubscribe|webview|resubscribe|dnc)_(?:text|url)\}")
_LINKED_TOKEN = re.compile(r"(?i)href=([\"'])\{(?:unsubscribe|webview|dnc)_url\}\1")


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


Found = TypeVar("Found", Place, Visit)


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
        return next((text for text in texts if not CONFIGURATION.search(text)), "")

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
        return [
            page
            for page in pages
            if "<script" in page.text.lower() and not _FILLED_IN.search(page.text)
        ]

    @cached_property
    def given(self) -> list[Place]:
        """The addresses that were given alone."""
        return self._own_first(
            Place(addresses.read(text), Where.GIVEN, Quote(text, s.name, number))
            for s in self.sources
            if s.kind == SourceKind.ADDRESS
            for number, line in enumerate(s.text.split("\n"), 1)
            if (text := bare(line))
        )

    @cached_property
    def places(self) -> list[Place]:
        """All addresses in all sources, in order."""
        found = [place for source in self.sources for place in _places(source, self)]
        told = [place for place in found if place.where == Where.TEXT]
        own = {id(place) for place in self._own_first([*self.given, *told])}
        return self.given + [p for p in found if p.where != Where.TEXT or id(p) in own]

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
        read = TAGS.sub("", self.html.text)
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
        if len(before) != len(after) or self._are_of_other_words(before, after):
            return []
        return list(zip(before, after, strict=True))

    def _are_of_other_words(self, before: Sequence[links.Link], after: Sequence[Place]) -> bool:
        """Whether most links before sending say something else: they are of another mail."""
        received = self.html.text if self.html else ""
        said = [
            (words_of(one, self.before or ""), words_of(other.link, received))
            for one, other in zip(before, after, strict=True)
            if other.link
        ]
        compared = [(one, other) for one, other in said if one and other and "{" not in one]
        unlike = sum(one != other for one, other in compared)
        return unlike > 1 and unlike * 2 > len(compared)

    @cached_property
    def visits(self) -> list["Visit"]:
        """The requests in all logs that ask for an address of Mautic's own, of pages too."""
        found = [
            Visit(line, addresses.of_path(line.path), Quote(line.text, source.name, line.number))
            for source in self.sources
            if source.tally
            for line in source.tally.visits() or dumps.requests(source.text)
        ]
        return self._own_first(v for v in found if v.address.kind != AddressKind.OTHER)

    def _own_first(self, found: Iterable[Found]) -> list[Found]:
        """Return what was found without what is told to be somebody else's, if more is left."""
        every, others = list(found), self._foreign
        own = [one for one in every if one.quote.line not in others.get(one.quote.source, ())]
        return own or every

    @cached_property
    def _foreign(self) -> Mapping[str, set[int]]:
        return {name: secondhand.foreign(text) for name, text in pastes(self.sources).items()}

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
            (Quote(row.text, source.name, row.number), row.values)
            for source in self.sources
            if not source.mail
            for row in tables.named_rows(source.text)
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
        """The lines of Mautic's settings, by the key of each: the reader's own, if there are."""
        return {
            key: Quote(line, source.name, number)
            for source, text in own_last(self.sources)
            for key, (number, line) in settings.lines(text).items()
        }

    @cached_property
    def not_own(self) -> Mapping[str, set[int]]:
        """The lines that aren't the reader's own, or not any more, by the name of each source."""
        return not_own(self.sources)

    @cached_property
    def contradicted(self) -> set[str]:
        """The keys of settings for which several values were given."""
        given = {one for _, text in own_texts(self.sources) for one in settings.every(text)}
        return {key for key, times in Counter(key for key, _ in given).items() if times > 1}

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

    def lines_of(self, reader: Callable[[str], list[Said]], *kinds: SourceKind) -> list[Quote]:
        """Return the lines that a reader of screens finds in the texts, or those of other kinds."""
        return [
            Quote(line.text, source.name, line.number)
            for source in self.sources
            if source.kind in (kinds or (SourceKind.TEXT,))
            for line in reader(source.text)
        ]

    @cached_property
    def asked(self) -> Counter[Group]:
        """How many requests of each group all logs have, those that weren't kept counted too."""
        counted = sum((s.tally.groups for s in self.sources if s.tally), Counter[Group]())
        return each_once(counted) or Counter(group_of(v.line, v.address.kind) for v in self.visits)

    @cached_property
    def deliveries(self) -> list[Delivery]:
        """The messages that were handed over, as a mail server's own log tells."""
        return [delivery for text in self.printed for delivery in deliveries(text)]

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
        found = explained(as_whole(html), self.release or DEFAULT) if html else ()
        return [link for link in found if link.href != WHOLE]


@lru_cache(maxsize=4)
def explained(text: str, release: Release) -> tuple[links.Link, ...]:
    """Return the links of a text, tracked or not; kept, since several checks ask for the same."""
    return tuple(links.explain(text, release=release))


def words_of(link: links.Link, html: str) -> str:
    """Return what a reader sees of a link, "" if there is only an image."""
    line = html.split("\n")[link.line - 1 :][:1]
    behind = "".join(line)[link.column - 1 :][:LONGEST_LINK].partition(">")[2]
    return " ".join(decode(TAGS.sub("", re.split("(?i)</a", behind)[0])).split())


def settings_of(sources: Sequence[Source]) -> dict[str, settings.Setting]:
    """Return the settings of all files of settings among what was given, the reader's own first."""
    found = dict[str, settings.Setting]()
    for _, text in own_last(sources):
        found |= settings.read(text)
    return found


def own_last(sources: Sequence[Source]) -> Iterator[tuple[Source, str]]:
    """Yield the texts of all, then the reader's own lines of each, which decide."""
    yield from every_text(sources)
    yield from own_texts(sources)


def every_text(sources: Sequence[Source]) -> Iterator[tuple[Source, str]]:
    """Yield the texts of all sources but messages; of HTML what stands outside of any element."""
    for source in sources:
        if not source.mail:
            is_html = source.kind == SourceKind.HTML
            yield source, mixed.outside(source.text) if is_html else source.text


def own_texts(sources: Sequence[Source]) -> Iterator[tuple[Source, str]]:
    """Yield the same without the lines that aren't the reader's own."""
    others = not_own(sources)
    for source, text in every_text(sources):
        lines = {number - 1 for number in others[source.name]}
        yield source, mixed.without(text, lines) if lines else text


def not_own(sources: Sequence[Source]) -> dict[str, set[int]]:
    """Return the lines that aren't the reader's own, by the name of each source."""
    nothing = {source.name: set[int]() for source in sources}
    return nothing | {name: secondhand.not_own(name, t) for name, t in pastes(sources).items()}


def pastes(sources: Sequence[Source]) -> dict[str, str]:
    """Return the texts that may have words around something, by their names.

    Pieces of one paste have one name, and each its lines where they stood.
    """
    whole = dict[str, str]()
    for source, text in every_text(sources):
        if source.kind != SourceKind.HTML and len(text) <= secondhand.LARGEST:
            pieces = [whole.get(source.name, ""), text, source.around]
            whole[source.name] = reduce(merged, filter(None, pieces), "")
    return whole


def merged(one: str, other: str) -> str:
    """Return two pieces of a paste as one text: each line from where it isn't blank."""
    if not one:
        return other
    pairs = zip_longest(one.split("\n"), other.split("\n"), fillvalue="")
    return "\n".join(a if a.strip() else b for a, b in pairs)


def on_screens(sources: Sequence[Source], known: Mapping[str, str]) -> dict[str, tuple[str, Quote]]:
    """Return what screens, and words around what was pasted, answer: by its key the line, too."""
    found = dict[str, tuple[str, Quote]]()
    of_all = {"release": screens.release}
    of_texts = dict(of_all)
    if known.get("symptom") in (Symptom.OPEN_MISSING, Symptom.DECISION_MISSING):
        of_texts["timeline-shows"] = screens.on_timeline
    of_texts["http-status"] = screens.status
    of_logs = dict(of_all)
    if known.get("symptom", CLICK) in (*LOST_CLICK, Symptom.PAGE_MISSING):
        of_logs["logged-in"] = partial(logins.logged_in, about_clicks="symptom" in known)
    readers = {SourceKind.TEXT: of_texts | of_logs, SourceKind.LOG: of_logs}
    for source in sources:
        for key, reader in readers.get(source.kind, of_all).items():
            if said := reader(source.words):
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
    sender = facts.mail.domain if facts.mail else ""
    known = {host_of(p.address.host) for p in facts.own} | {sender, facts.site_host}
    host = host_of(place.address.host)
    return host in known or any(name and host.endswith("." + name) for name in known)


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
        for found in ADDRESS.finditer(line):
            yield Place(addresses.read(found[0]), Where.TEXT, Quote(found[0], source.name, number))
    if source.mail:
        yield from _in_headers(source, source.mail)


def _in_html(source: Source, facts: Facts) -> Iterator[Place]:
    for link in explained(source.text, facts.release or DEFAULT):
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
