"""How Mautic turns the links of an e-mail into tracked links: the rule itself.

Four steps: find the links, judge each one (`judging.py`), record its address, and search the mail
for that address to put a token in its place. A link is tracked only if the last step finds it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType
from typing import Any, NamedTuple

from . import releases
from .judging import Judge, Judgement
from .platform import markup, plaintext, replacing
from .platform.text import fold, from_bytes, is_utf8, replace_ignoring_case, to_bytes

Content = Any  # str, bytes, None for a part that isn't there, or a list or dict of them
Tokens = Mapping[str, str]
NO_TOKENS: Tokens = MappingProxyType({})


@dataclass(frozen=True)
class Rewritten:
    """The content with `{trackable=N}` tokens, and the address each token stands for.

    `error` is None, or says why Mautic stops the sending; then nothing is changed.
    """

    content: Content
    trackables: dict[str, str | bytes]
    error: str | None = None


# --8<-- [start:is-html]
def is_html(part: str) -> bool:
    """Whether Mautic takes a part for HTML: a `<` and a later `>`, no `<` between (R10)."""
    return re.search("<[^<]+>", part) is not None


# --8<-- [end:is-html]


class Candidate(NamedTuple):
    """A link found in a part: its text, and in HTML the element it comes from."""

    text: str
    element: markup.Element | None = None


# --8<-- [start:candidates]
def candidates(part: str, judge: Judge, url_fields: Iterable[str] = ()) -> Iterator[Candidate]:
    """Yield the links Mautic finds in a part, in the order in which it looks at them."""
    if is_html(part):
        yield from html_candidates(part, judge)
    else:
        yield from text_candidates(part, url_fields)


def html_candidates(html: str, judge: Judge) -> Iterator[Candidate]:
    """Yield the `href` of each `a`, then of each `area` in a `map` (R11)."""
    links = markup.hrefs(html)
    areas = ["area"] if judge.release.has("area-links") else []
    for tag in ["a", *areas]:
        yield from (Candidate(link.value("href") or "", link) for link in links if link.tag == tag)


# --8<-- [end:candidates]


# --8<-- [start:text-candidates]
def text_candidates(text: str, url_fields: Iterable[str]) -> Iterator[Candidate]:
    """Yield the links of a plain text: contact fields, addresses, tokens (R16 to R19)."""
    text = plaintext.visible(text)
    fields = [f"{{contactfield={alias}}}" for alias in url_fields]
    links = [token for token in fields if token in text]
    found = [plaintext.cut(found.address) for found in plaintext.addresses(text)]
    defaults = plaintext.defaults(text)
    tokens = {link: plaintext.with_default(text, link) for link in found if link in defaults}
    links += [link for link in found if not tokens.get(link)]
    links += [token for link in found for token in tokens.get(link, [])]
    yield from map(Candidate, links)


# --8<-- [end:text-candidates]


# --8<-- [start:disabled]
def is_disabled(link: markup.Element, release: releases.Release) -> bool:
    """Whether an attribute of the link itself turns its tracking off (R14, V25)."""
    if "mautic:disable-tracking" in link.attributes:
        return True
    data = link.value("data-mautic-disable-tracking")
    return release.has("data-attribute") and data == "true"


# --8<-- [end:disabled]


@dataclass
class Records:
    """The addresses Mautic has recorded for one e-mail, numbered in order of creation (R32)."""

    numbers: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, parsed: Iterable["Parsed"]) -> "Records":
        """Record the addresses of all parts, HTML before text, before any is replaced."""
        records = cls()
        for each in parsed:
            for address in each.recorded.values():
                records.token(address)
        return records

    # --8<-- [start:record]
    def token(self, address: str) -> str:
        """Return the token of an address; an address met twice keeps its number (R32, R34)."""
        number = self.numbers.setdefault(address, len(self.numbers) + 1)
        return f"{{trackable={number}}}"

    # --8<-- [end:record]

    def trackables(self) -> dict[str, str | bytes]:
        """Return token → address; bytes where an address isn't UTF-8."""
        return {self.token(a): a if is_utf8(a) else to_bytes(a) for a in self.numbers}


@dataclass
class Parsed:
    """What was found in one part: judged links, what is recorded, what is replaced before."""

    part: str
    links: list[tuple[Candidate, Judgement]] = field(default_factory=list)
    recorded: dict[str, str] = field(default_factory=dict)
    replaced: dict[str, str] = field(default_factory=dict)


# --8<-- [start:parse]
def parse(part: str, judge: Judge, url_fields: Iterable[str] = ()) -> Parsed:
    """Find and judge the links of one part (R30)."""
    parsed = Parsed(part)
    for candidate in candidates(part, judge, url_fields):
        judgement = judge_candidate(candidate, judge)
        parsed.links.append((candidate, judgement))
        parsed.replaced.update(judgement.replaced)
        if judgement.address:
            parsed.recorded[judgement.key] = judgement.address
    return parsed


def judge_candidate(candidate: Candidate, judge: Judge) -> Judgement:
    """Judge a link; one that is disabled joins the do-not-track list instead (R13, R14)."""
    if candidate.text == "":
        return Judgement("empty-href")
    if candidate.element and is_disabled(candidate.element, judge.release):
        judge.exclude(candidate.text)
        return Judgement("disabled")
    return judge.judge(candidate.text)


# --8<-- [end:parse]


# --8<-- [start:order]
def in_order(addresses: Iterable[str], release: releases.Release) -> list[str]:
    """Return addresses in the order in which the mail is searched for them (R43)."""
    if release.has("longest-address-first"):
        return sorted(addresses, key=lambda address: -len(to_bytes(address)))
    return sorted(addresses, key=to_bytes, reverse=True)


# --8<-- [end:order]


MOST_REPLACED = 500  # no real mail has more such tokens; each is searched in the whole mail


# --8<-- [start:replace]
def replace(parsed: Parsed, records: Records, release: releases.Release) -> str:
    """Return the part with a token in the place of each address that is found (R40 to R46)."""
    part = first_pass(parsed)
    return put_tokens(part, edits(part, parsed, records, release))


def first_pass(parsed: Parsed) -> str:
    """Return the part with addresses that begin with a token replaced everywhere (R42)."""
    part = parsed.part
    for wanted, new in islice(parsed.replaced.items(), MOST_REPLACED):
        part = replace_ignoring_case(part, wanted, new)
    return part


# --8<-- [end:replace]


# --8<-- [start:edits]
def edits(
    part: str, parsed: Parsed, records: Records, release: releases.Release
) -> list[replacing.Edit]:
    """Return where tokens go: in ` href="…"` if a line has one behind `<`, else anywhere (R41)."""
    ordered = in_order(dict.fromkeys(parsed.recorded.values()), release)
    tokens = {address: records.token(address) for address in ordered}
    folded = fold(part)
    if not replacing.is_html_mode(folded):
        return replacing.everywhere(folded, tokens)
    ampersands = release.has("ampersand-entity-matched")
    white_space = release.has("white-space-around-address")
    return replacing.in_hrefs(part, folded, tokens, ampersands=ampersands, white_space=white_space)


# --8<-- [end:edits]

put_tokens = replacing.apply


# --8<-- [start:rewrite]
def rewrite(
    content: Content,
    *,
    release: str | releases.Release = releases.DEFAULT,
    tokens: Tokens = NO_TOKENS,
    untracked: Sequence[str] = (),
    url_fields: Sequence[str] = (),
) -> Rewritten:
    """Return the content as Mautic rewrites it: links replaced by tokens, and their addresses."""
    judge = Judge(releases.find(release), tokens, untracked)
    parsed = [parse(part, judge, url_fields) for part in parts(content)]
    error = stopped(parsed, judge.release)
    if error:
        return Rewritten(content, {}, error)
    records = Records.of(parsed)
    new = iter([replace(each, records, judge.release) for each in parsed])
    return Rewritten(in_shape(content, new), records.trackables())


# --8<-- [end:rewrite]


def stopped(parsed: Iterable[Parsed], release: releases.Release) -> str | None:
    """Return why Mautic does not send the mail at all, if a link is malformed (V24)."""
    problems = [link.problem for each in parsed for _, link in each.links if link.problem]
    if not problems or not release.has("malformed-link-stops-send"):
        return None
    return f"Mautic {release.line} stops the sending at a link: {problems[0]}."


def parts(content: Content) -> list[str]:
    """Return the parts of a content as texts; TypeError for anything that can't be a mail."""
    if content is None:
        return []
    if isinstance(content, str):
        return [content]
    if isinstance(content, bytes):
        return [from_bytes(content)]
    if isinstance(content, (list, tuple)):
        return [part for each in content for part in parts(each)]
    if isinstance(content, Mapping):
        return [part for each in content.values() for part in parts(each)]
    raise TypeError(f"content is {type(content).__name__}: give str, bytes, a list or dict of them")


def in_shape(content: Content, new: Iterator[str]) -> Content:
    """Return the new parts in the shape of `content`."""
    if isinstance(content, Mapping):
        return {name: in_shape(each, new) for name, each in content.items()}
    if isinstance(content, (list, tuple)):
        return [in_shape(each, new) for each in content]
    if content is None:
        return None
    return to_bytes(next(new)) if isinstance(content, bytes) else next(new)
