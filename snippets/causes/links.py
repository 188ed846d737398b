"""Links that were not rewritten, or wrongly. The rules are asked, not repeated."""

import re
from collections.abc import Iterator

from .. import links, routes
from ..evidence import addresses
from ..evidence.facts import ONE_LINE, Facts, Place, Quote
from ..links import Link
from ..platform.markup import decode
from ..releases import DEFAULT
from ..saving import save
from . import Finding, answer, finding

MARKUP = ("line-break", "quotes", "leading-space", "entity", "rebuilt", "malformed")
TOKEN = re.compile(r"\{[A-Za-z_][^{}\s]*\}|%7B[A-Za-z_][^{}\s%]*(?:%3D[^{}\s%]*)?%7D", re.I)
RESOLVED = re.compile(
    r"(?i)(?:\{|%7B)(?:contactfield|leadfield|pagelink|assetlink|unsubscribe|webview|dnc_url|resubscribe"
    r"|trackable|tracking_pixel|signature|subject|ownerfield|brand)"
)
FILLED_IN = re.compile(r"=?[\w.%+-]+@")  # the address of a contact, behind a token cut off
A_TAG = re.compile(r"<a\b[^<>]{0,8000}>", re.I)
OWN_HREF = re.compile(r"\shref=[\"']([^\"']*)", re.I)
DATA_HREF = re.compile(r"\sdata-[\w-]*href=[\"']([^\"']*)", re.I)
VML_HREF = re.compile(r"<v:\w{1,30}\b[^<>]{0,2000}?\shref=[\"'](https?://[^\"'<>]{1,4000})")
HEAD_HREF = re.compile(r"<(?:base|link)\b[^<>]{0,8000}?\shref=[\"']([^\"'<>]*)", re.I)
INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff]")


def suspects(facts: Facts) -> list[tuple[Link, Quote]]:
    """Return links that were missed: of the editor's HTML, or untouched among tracked ones."""
    if facts.before is not None:
        pairs = facts.pairs
        if pairs:
            untouched = [(link, after) for link, after in pairs if not after.address.is_mautic]
            return [(as_sent(link, after), quote(link)) for link, after in untouched]
        return [] if facts.tracked else [(link, quote(link)) for link in facts.template_links]
    if facts.is_template:
        return [(link, quote(link)) for link in facts.template_links]
    if facts.tracked or facts.is_real_send:
        return [(p.link, p.quote) for p in facts.untouched if p.link]
    return []


def as_sent(link: Link, after: Place) -> Link:
    """Return the link that shows why: the one received, if the HTML before looked right (R80)."""
    return after.link if link.reason == "tracked" and after.link else link


def quote(link: Link) -> Quote:
    """Return a link of the HTML before sending as a quote."""
    return Quote(link.href, "before", link.line)


def missed(facts: Facts, *reasons: str) -> list[Quote]:
    """Return the missed links with one of these reasons."""
    return [shown for link, shown in suspects(facts) if link.reason in reasons]


def link_markup_not_matched(facts: Facts) -> Finding | None:
    """A link is written so that the search misses it (R44)."""
    found = missed(facts, *MARKUP) + upper_case_schemes(facts) + only_for_outlook(facts)
    found += in_another_attribute(facts)
    if found:
        return finding("link-markup-not-matched", "sure", *found)
    bare = [p for p in facts.untouched if is_without_scheme(p)] if facts.is_real_send else []
    if bare:
        return finding("link-markup-not-matched", "sure", *bare)
    return partly_replaced(facts, "link-markup-not-matched")


def for_outlook(html: str) -> Iterator[str]:
    """Yield what stands in conditional comments that only Outlook reads."""
    at = html.find("<!--[if")
    while at >= 0:
        end = html.find("<![endif]-->", at)
        if end < 0:
            return
        condition = html[at : min(at + 200, end)].partition("]")[0]
        if "mso" in condition:
            yield html[at:end]
        at = html.find("<!--[if", end)


def partly_replaced(facts: Facts, cause: str) -> Finding | None:
    """Some links were replaced and others not, and there is no HTML to see which."""
    if facts.says("links-replaced", "partly") and not facts.sources and facts.before is None:
        return finding(cause, "possible", *answer(facts, "links-replaced", "release"))
    return None


def upper_case_schemes(facts: Facts) -> list[Quote]:
    """Return links written `HTTPS://…`, which Mautic refuses (R24)."""
    refused = [(link, shown) for link, shown in suspects(facts) if link.reason == "scheme"]
    return [shown for link, shown in refused if re.match(r"(?!https?:)(?i:https?:)", link.href)]


def in_another_attribute(facts: Facts) -> list[Quote]:
    """Return tags of which an editor's own attribute was rewritten, not the `href` (#1429)."""
    tags = [found[0] for s in facts.sources if s.kind != "log" for found in A_TAG.finditer(s.text)]
    hrefs = [(tag, OWN_HREF.search(tag), DATA_HREF.search(tag)) for tag in tags]
    return [
        Quote(tag)
        for tag, own, data in hrefs
        if own and data and kind_of(data[1]) == "tracked" != kind_of(own[1])
    ]


def kind_of(href: str) -> str:
    """Return the kind of an address as it is written in HTML."""
    return addresses.read(decode(href)).kind


def only_for_outlook(facts: Facts) -> list[Quote]:
    """Return addresses of VML buttons that stand in no ordinary link (R11, R44)."""
    html = facts.before if facts.before is not None else facts.html.text if facts.html else ""
    if "<v:" not in html and "[if mso" not in html:
        return []
    shapes = set(VML_HREF.findall(html))
    inside = "".join(for_outlook(html))
    shapes |= set(re.findall(r"<a\b[^<>]{0,2000}?\shref=[\"'](https?://[^\"'<>]{1,4000})", inside))
    unseen = ("not-a-link", "text-looks-like-html")
    found = links.explain(html)
    outside = {link.href for link in found if link.reason not in unseen}
    only = [quote(link) for link in found if link.href in shapes - outside]
    sent = facts.tracked or facts.is_real_send or facts.is_template or facts.before is not None
    return [shown for shown in only if not addresses.read(shown.text).is_mautic] if sent else []


def is_without_scheme(place: Place) -> bool:
    """Whether an untouched link names a host without `https://`: missed by old releases."""
    href = place.address.url
    named = re.match(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]|$)", href, re.I)
    return bool(place.link and place.link.reason == "tracked" and named)


def ampersand_encoding(facts: Facts) -> Finding | None:
    """`&`, `&amp;`, `&amp;amp;` and `&#38;` mixed up (R21, R46, V29)."""
    found = missed(facts, "ampersand")
    if found:
        return finding("ampersand-encoding", "sure", *found)
    odd = [p for p in facts.given if has_odd_ampersand(facts, p)]
    return finding("ampersand-encoding", "sure", *odd) if odd else None


def has_odd_ampersand(facts: Facts, place: Place) -> bool:
    """Whether an address shows an ampersand that was encoded once too often."""
    given = place.address.given
    if re.search(r"&%3B|amp%3B|&amp;amp;|&#0*38;|[?&]amp;\w+=", given, re.I):
        return True
    return "&amp;" in given.rstrip("&amp;") and facts.says("role", "destination", "href")


def link_normalised(facts: Facts) -> Finding | None:
    """From 7.1 an address that changes when it is normalised is not tracked (V22, V23)."""
    found = missed(facts, "normalised") + lost_by_saving(facts)
    found += [
        p.quote for p in facts.given if facts.says("role", "href") and is_normalised(facts, p)
    ]
    if facts.release and not facts.has("normalised-address"):
        return None
    if not found:
        return partly_replaced(facts, "link-normalised") if facts.release else None
    if facts.release:
        return finding("link-normalised", "sure", *found)
    return finding("link-normalised", "likely" if facts.tracked else "possible", *found)


def lost_by_saving(facts: Facts) -> list[Quote]:
    """Return links of the editor's HTML that are lost once saving has decoded them (R80, V23)."""
    if not facts.is_template or not facts.html:
        return []
    release = facts.release or DEFAULT
    saved = links.explain(save(facts.html.text, release) + ONE_LINE, release=release)
    pairs = zip(facts.template_links, saved, strict=False)
    return [quote(a) for a, b in pairs if a.reason == "tracked" and b.reason == "normalised"]


def is_normalised(facts: Facts, place: Place) -> bool:
    """Whether a link with this address would be missed."""
    html = f'<a href="{place.address.given}">'
    found = links.explain(html, release=facts.release or DEFAULT) if '"' not in html[9:-2] else []
    return bool(found) and found[0].reason == "normalised"


def token_in_link(facts: Facts) -> Finding | None:
    """A token inside a tracked link is not filled in, or breaks the link (R26, R62)."""
    raw = [p for p in facts.given if TOKEN.search(p.address.url) and is_beyond_editor(facts, p)]
    raw += [p for p in facts.places if p.link and facts.is_received and has_token(p)]
    if raw:
        return finding("token-in-link", "sure", *raw)
    invisible = [p for p in facts.places if p.where != "image" and INVISIBLE.search(p.address.url)]
    if invisible:
        return finding("token-in-link", "sure", *invisible)
    cut = [p for p in facts.tracked if FILLED_IN.match(p.address.rest)]
    strange = [p.quote for p in cut]
    strange += [quote(link) for link, after in facts.pairs if is_strange(link, after)]
    if strange:
        return finding("token-in-link", "sure", *strange)
    emptied = missed(facts, "token-with-scheme", "token-emptied")
    if emptied:
        return finding("token-in-link", "sure", *emptied)
    unknown = [
        s
        for link, s in suspects(facts)
        if link.reason == "token-without-value" and not RESOLVED.search(link.href)
    ]
    return finding("token-in-link", "likely", *unknown) if unknown else None


def is_beyond_editor(facts: Facts, place: Place) -> bool:
    """Whether an address was seen after sending, not written in the editor."""
    return not facts.says("role", "href") or not RESOLVED.search(place.address.url)


def has_token(place: Place) -> bool:
    """Whether a delivered link still has a token in it, other than those of unsubscribing."""
    found = TOKEN.search(place.address.url)
    is_system = re.compile("unsubscribe|resubscribe|dnc_url|trackable", re.I)
    return found is not None and not is_system.search(found[0])


def is_strange(link: Link, after: Place) -> bool:
    """Whether a tracked link holds a token that nobody fills in at the click."""
    token = TOKEN.search(link.href)
    return bool(token and after.address.kind == "tracked" and not RESOLVED.match(token[0]))


def disable_tracking_attribute(facts: Facts) -> Finding | None:
    """The attribute that excludes a link is misspelt, unknown, or excludes too much (R14, V25)."""
    sources = [s.text for s in facts.sources if s.kind in ("html", "message")]
    html = "\n".join([facts.before or "", *sources])
    misspelt = re.search(r"mautic:disable:tracking|data-mautic:disable-tracking", html, re.I)
    if misspelt:
        return finding("disable-tracking-attribute", "sure", misspelt[0])
    data = re.search(r"data-mautic-disable-tracking(?:\s*=\s*[\"']?([^\"'\s>]*))?", html, re.I)
    too_old = facts.release is not None and not facts.has("data-attribute")
    old_form = "mautic:disable-tracking" in html
    if data and not old_form and (data[1] != "true" or too_old):
        return finding("disable-tracking-attribute", "sure", data[0])
    lost = [
        quote(link)
        for link, after in facts.pairs
        if link.reason == "disabled" and after.address.kind == "tracked"
    ]
    if lost:
        return finding("disable-tracking-attribute", "sure", *lost)
    wide = excluded_with(facts)
    return finding("disable-tracking-attribute", "sure", *wide) if wide else None


def excluded_with(facts: Facts) -> list[Quote]:
    """Return links without the attribute that an excluded address excludes too (R29)."""
    if not (facts.is_template or facts.before is not None):
        return []
    disabled = [decode(link.href) for link in facts.template_links if link.reason == "disabled"]
    others = [link for link in facts.template_links if link.reason == "untracked-list"]
    return [quote(o) for o in others if any(href in decode(o.href) for href in disabled if href)]


def url_prefix_overlap(facts: Facts) -> Finding | None:
    """A short address was replaced inside a longer one (R44)."""
    glued = [p for p in facts.tracked if p.address.rest and is_path(p.address.rest)]
    if glued:
        return finding("url-prefix-overlap", "sure", *glued)
    heads = [
        found for s in facts.sources if s.kind != "log" for found in HEAD_HREF.finditer(s.text)
    ]
    changed = [Quote(found[0]) for found in heads if kind_of(found[1]) == "tracked"]
    if changed:
        return finding("url-prefix-overlap", "sure", *changed)
    links_ = facts.template_links if facts.is_template or facts.before is not None else []
    overlaps = [quote(link) for link in links_ if link.reason == "prefix-overlap"]
    return finding("url-prefix-overlap", "sure", *overlaps) if overlaps else None


def is_path(rest: str) -> bool:
    """Whether what is glued behind a `ct` looks like the rest of an address."""
    is_other = FILLED_IN.match(rest) or re.match(r"(?i)(?:amp;?|%3B)", rest)
    return bool(re.match(r"[\w./#?%-]*[\w/]", rest)) and not is_other


def mailto_tracked(facts: Facts) -> Finding | None:
    """A mailto link goes through Mautic, from 5.0 on (R24, V27)."""
    through = [q for q in facts.pairs if q[0].href.lower().startswith("mailto:")]
    changed = [quote(link) for link, after in through if after.address.kind == "tracked"]
    if changed:
        return finding("mailto-tracked", "sure", *changed)
    links_ = facts.template_links if facts.is_template else []
    mails = [link for link in links_ if link.tracked and link.href.lower().startswith("mailto:")]
    mails = [] if facts.release and not facts.has("mailto-tracked") else mails
    if mails and facts.says("symptom", "link-broken"):
        return finding("mailto-tracked", "likely", *map(quote, mails))
    return finding("mailto-tracked", "possible", *map(quote, mails)) if mails else None


def plain_text_part(facts: Facts) -> Finding | None:
    """The text part of a mail is tracked otherwise than its HTML (R10, R18)."""
    if facts.says("role", "destination"):
        cut = [p for p in facts.given if p.address.url.endswith(("]", ")"))]
        return finding("plain-text-part", "likely", *cut) if cut else None
    text = (
        facts.mail.text
        if facts.mail
        else next((s.text for s in facts.sources if s.kind == "text"), "")
    )
    swallowed = [Quote(found[0], "text") for found in SWALLOWED.finditer(text)]
    if swallowed:
        return finding("plain-text-part", "sure", *swallowed)
    if not text or (facts.mail and not facts.tracked):
        return None
    found = [link for link in links.explain(text) if link.reason in TEXT_REASONS]
    ours = routes.beginning("tracked")
    shown = [Quote(link.href, "text", link.line) for link in found if ours not in link.href]
    if not shown:
        return None
    return finding("plain-text-part", "likely", *shown, *answer(facts, "symptom"))


# `label [https://…/r/…` without the bracket's other half: it became part of the address.
SWALLOWED = re.compile(
    rf"\[https?://[^\s\]]{{1,4000}}{routes.within('tracked')}[^\s\]]{{0,4000}}(?=\s|\Z)"
)
TEXT_REASONS = ("text-looks-like-html", "text-not-found", "text-cut")
