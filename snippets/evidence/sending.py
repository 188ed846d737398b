"""How the e-mail was sent, as answers and the mail itself tell: a real sending, a test, …"""

import re
from collections import Counter

from .. import contexts
from ..contexts import UnknownContext
from ..hosts import bare
from ..releases import DEFAULT, OLDEST, find
from .addresses import Address
from .facts import Facts, Place
from .kinds import AddressKind, SourceKind, Where, WrapperKind
from .messages import Mail
from .wrappers import providers

PLACEHOLDER = re.compile(r"\[(?:First ?Name|Last ?Name|Email|Title|Company|Position|City)\]", re.I)
HEADER = re.compile(r"(?m)^[ \t>]{0,8}(X-[A-Za-z-]{3,40}):")  # of a program, with its value
LONGEST_HEAD = 20_000  # characters of a paste in which headers are looked for
FEWEST_HIDDEN = 2  # links: a single one may be a page of a shop with a long number
# What ends a path or is a parameter: twenty signs or more, with digits, and no word between.
TOKEN_ONLY = re.compile(
    r"[/=](?=[\w%~.-]*[0-9])(?=[\w%~.-]*[A-Za-z])(?![\w%~.]*-[a-z]+-)[\w%~.-]{20,}/?$"
)
TEST_HASH = 13  # characters of the hash in a test; a saved sending has 22 since 2.14 (X7)


def sending(facts: Facts) -> contexts.Context | None:
    """Return what the way of sending that was answered does; the oldest release for older ones."""
    sent_via = facts.answers.get("sent-via")
    if not sent_via:
        return None
    release = max(facts.release or find(DEFAULT), find(OLDEST))
    try:
        return contexts.find(sent_via, release)
    except UnknownContext:
        return None


def guessed(facts: Facts) -> str:
    """Return how headers and `ct` say the mail was sent, "" if they don't."""
    sources = [facts.source_of(place) for place in facts.tracked]
    if any(sources):
        return next(source for source in sources if source)
    if test_signs(facts) and not facts.tracked:
        return "test"
    mail = facts.mail
    if mail and mail.header("precedence").lower() == "bulk":
        return "segment"
    return "campaign" if mail and mail.header("x-email-id") else ""


def sent_by(mail: Mail) -> list[str]:
    """Return the headers by which Mautic marks a real sending."""
    names = ("X-EMAIL-ID", "Precedence")
    return [f"{name}: {mail.header(name)}" for name in names if mail.header(name)]


def test_signs(facts: Facts) -> list[str]:
    """Return what shows a test or internal mail: subject, placeholders, a short hash (X7)."""
    mail, signs = facts.mail, list[str]()
    if mail and re.match(r"\s*\[TEST\]", mail.header("subject"), re.I):
        signs.append("Subject: [TEST]")
    html = facts.html.text if facts.html and facts.is_received else ""
    signs += [found[0] for found in PLACEHOLDER.finditer(html)][:2]
    return signs


def is_untracked(facts: Facts) -> bool:
    """Whether there is neither a tracked link nor a pixel, nor a sign of a real sending."""
    return not facts.tracked and not facts.of(AddressKind.PIXEL) and not facts.is_real_send


def is_test_link(place: Place) -> bool:
    """Whether a link has the short hash of a test, or the address of nobody."""
    return is_of_test(place.address)


def is_of_test(address: Address) -> bool:
    """Whether an address has the short hash of a test, or the address of nobody."""
    if address.email:
        return address.email in ("[Email]", "%5BEmail%5D")
    return has_no_stat(address)


def is_without_stat(place: Place) -> bool:
    """Whether no send was saved for this link: the short hash of a test, or a preview's (X12)."""
    return has_no_stat(place.address)


def has_no_stat(address: Address) -> bool:
    """Whether the hash of an address is that of a sending that was not saved."""
    return len(address.hash) == TEST_HASH or set(address.hash) == {"x"}


def links_off(facts: Facts) -> list[Place]:
    """Return the trackable links of a real mail in which not one was replaced."""
    if not facts.is_real_send or facts.tracked:
        return []
    trackable = [p for p in facts.untouched if p.link and p.link.reason == "tracked"]
    return [p for p in trackable if p.address.scheme in ("http", "https")]


def sent_through(facts: Facts) -> set[str]:
    """Return the providers whose headers a message has, or what was copied of one."""
    names = [name for source in facts.sources if source.mail for name, _ in source.mail.headers]
    copied = (SourceKind.HTML, SourceKind.TEXT)
    texts = (source.words for source in facts.sources if source.kind in copied)
    names += [name for text in texts for name in HEADER.findall(text[:LONGEST_HEAD])]
    return providers(name.lower() for name in names)


def by_provider(facts: Facts) -> list[Place]:
    """Return the links and pixels that go through a mail provider.

    A header of the provider's own wraps nothing.
    """
    places = [p for p in facts.places if p.where != Where.HEADER or p.address.is_mautic]
    return [place for place in places if WrapperKind.PROVIDER in place.wrapped_by]


def on_one_host(facts: Facts) -> list[Place]:
    """Return the links of a real mail that all hide behind one strange host, whatever its name.

    Each carries a long token and nothing that a person could read; the headers of a provider
    make one such link enough.
    """
    raw = links_off(facts)
    fewest = 1 if sent_through(facts) else FEWEST_HIDDEN
    hidden = [place for place in raw if TOKEN_ONLY.search(place.address.url)]
    hosts = Counter(bare(place.address.host) for place in hidden)
    host, count = hosts.most_common(1)[0] if hosts else ("", 0)
    is_most = count >= fewest and count * 2 > len(raw)
    return [place for place in hidden if bare(place.address.host) == host] if is_most else []
