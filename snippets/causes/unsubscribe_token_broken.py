"""The token or the text of the setting was damaged, so the link is none (U4)."""

import re

from .. import routes
from ..evidence.facts import Facts
from ..evidence.kinds import AddressKind, SourceKind, Where
from ..evidence.missed import kind_of, quoted
from ..evidence.questions import ABOUT_UNSUBSCRIBING, Symptom
from ..evidence.quotations import CODE, without
from ..evidence.sources import TAGS, Quote, Source, is_sent
from . import Seen, likely, possible, sure

PAGE = "emails/unsubscribe"
EXPLAINS = (
    *ABOUT_UNSUBSCRIBING,
    Symptom.LINK_BROKEN,
    Symptom.WRONG_CONTACT,
)
BEFORE = {
    "link-markup-not-matched": "what is left of the token is not a link that was written badly"
}
PLACEHOLDER = re.compile(r"\|\s*URL\s*\||%7C\s*(?:%20)*URL%7C|&#124;\s*URL\s*&#124;", re.I)
REAL_TOKENS = r"\{(?:unsubscribe_url|dnc_url|resubscribe_url)\}"
DAMAGED = (
    PLACEHOLDER.pattern,
    r"href=[\"']\s{0,9}<span[^<>]{0,300}>\s{0,9}\{unsubscribe_url\}",
    rf"https?://https?://[^\s\"'<>:]{{0,300}}{routes.beginning('no-hash')}[^\s\"'<>]{{0,300}}",
    r"(?:id|name)=[\"']" + REAL_TOKENS,
    r"https?://" + REAL_TOKENS + r"[^\"'\s>]{1,300}",
    r"\{\s{1,9}unsubscribe_url\s{0,9}\}|\{unsubscribe_url\s{1,9}\}|\{unsubscribe[_-]?link\}",
)
# As the text of the setting has it, and rightly so; in the body of an e-mail it is none.
INTACT = ("|URL|", "&#124;URL&#124;")
TEXTS = ("unsubscribe_text", "webview_text")
LEFT = REAL_TOKENS + r"|\{unsubscribe_text\}|%7Bunsubscribe_(?:url|text)%7D"


def check(facts: Facts) -> Seen | None:
    """Look for what is left of the token, and for a link without a hash."""
    for source in facts.sources:
        if source.kind in (SourceKind.HTML, SourceKind.MESSAGE, SourceKind.ADDRESS):
            is_received = facts.is_received and is_of_mail(source, facts)
            found = broken_token(without(source.text, CODE), is_received)
            if found in INTACT and not is_received:
                return possible(Quote(found, source.name))
            if found:
                shown = Quote(found, source.name)
                return likely(shown) if is_only_named(found, source, facts) else sure(shown)
    changed = [quote for key in TEXTS for quote in damaged_setting(facts, key)]
    if changed:
        return likely(*changed)
    bare = [place.quote for place in facts.of(AddressKind.NO_HASH)] + typed(facts)
    return sure(*bare) if bare else None


def is_only_named(found: str, source: Source, facts: Facts) -> bool:
    """Whether the words of a page name a token beside a link that works."""
    links = (p for p in facts.unsubscribes if p.where == Where.HREF)
    is_linked = any(place.quote.source == source.name for place in links)
    return is_linked and found in TAGS.sub("", source.text)


def is_of_mail(source: Source, facts: Facts) -> bool:
    """Whether a source is the mail that arrived, not HTML from elsewhere beside its headers."""
    return source.mail is not None or facts.mail is None or is_sent(source)


def damaged_setting(facts: Facts, key: str) -> list[Quote]:
    """Return the line of a setting whose `|URL|` was changed: Mautic then finds no place (U4)."""
    value = facts.settings.get(key)
    found = broken_token(value, received=False) if isinstance(value, str) else ""
    line = facts.setting_lines.get(key)
    return [line or Quote(f"'{key}': {value}")] if found and found not in INTACT else []


def typed(facts: Facts) -> list[Quote]:
    """Return the address without a hash as somebody wrote it, or as readers asked for it."""
    links = (link for link in facts.template_links if kind_of(link.href) == AddressKind.NO_HASH)
    written = [quoted(link) for link in links]
    asked = [v.quote for v in facts.visits if v.address.kind == AddressKind.NO_HASH]
    return [*written, *asked] if facts.symptom in (None, *EXPLAINS) else written


def broken_token(text: str, received: bool) -> str:
    """Return the piece that shows a damaged token, "" if there is none."""
    patterns = [*DAMAGED, LEFT] if received else DAMAGED
    found = re.search("|".join(patterns), text, re.I)
    return found[0] if found else ""
