"""The whole mail for one contact: links, tokens, pixel and unsubscribe link put together."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from . import pixel, releases, routes, unsubscribe
from .clickthrough import for_email
from .platform import query as queries
from .platform.minified import minified
from .platform.plainpart import text_of
from .platform.plaintext import visible
from .platform.text import replace_ignoring_case, to_bytes
from .redirects import BASE, filled, tracked_url, utm_query, with_channel
from .rewriting import Rewritten, rewrite


@dataclass(frozen=True)
class Sending:
    """One mail to one contact, and the settings it is sent with.

    `dynamic_content` holds the HTML of each block by its name; the texts of `{unsubscribe_text}`
    and `{webview_text}` have `|URL|` where the address goes, "" stands for Mautic's own (M4).
    """

    html: str
    text: str = ""
    email: int | None = 1
    stat_hash: str | None = "6601a1b2c3d4e5"
    sent_time: int = 1700000000
    contact: Mapping[str, Any] = field(default_factory=lambda: {"id": 5})
    signature: str = ""
    source: tuple[str, int] | None = None
    tokens: Mapping[str, str] = field(default_factory=dict)
    dynamic_content: Mapping[str, str] = field(default_factory=dict)
    url_fields: tuple[str, ...] = ()
    utm: Mapping[str, str | None] = field(default_factory=dict)
    brand: str = ""
    language: str = "en"
    internal: bool = False
    trackable_urls: bool = True
    append_pixel: bool = True
    minify: bool = False
    unsubscribe_text: str = ""
    webview_text: str = ""
    site_url: str = BASE
    base: str = BASE
    release: str | releases.Release = releases.DEFAULT


@dataclass(frozen=True)
class Mail:
    """A mail as it is sent: its parts and the addresses behind its tracked links."""

    html: str
    text: str
    trackables: dict[str, str | bytes]
    error: str | None = None


# --8<-- [start:build]
def build(sending: Sending) -> Mail:
    """Return the mail as the contact receives it (R1 to R7, R70 to R73, M1 to M7)."""
    html, text = bodies(sending)
    try:
        rewritten = rewritten_parts(sending, html, text)
        tokens = values(sending, rewritten.content, rewritten.trackables)
    except routes.Unroutable as refused:
        return Mail("", "", {}, str(refused))
    if rewritten.error:
        return Mail("", "", {}, rewritten.error)
    parts = rewritten.content
    text = with_values(parts["text"], tokens)
    text = visible(text) if text != parts["text"] else text
    return Mail(with_values(parts["html"], tokens), text, rewritten.trackables)


# --8<-- [end:build]


# --8<-- [start:bodies]
def bodies(sending: Sending) -> tuple[str, str]:
    """Return HTML and text before the links are looked at (R2 to R4, R70, R73)."""
    html = minified(sending.html) if sending.minify else sending.html
    html = with_language(html, sending.language)
    release = releases.find(sending.release)
    html = decode_tokens(html, release)
    text = decode_tokens(sending.text, release) or text_of(html)
    return (pixel.insert(html) if sending.append_pixel else html), text


# --8<-- [end:bodies]


# --8<-- [start:decode-tokens]
def decode_tokens(part: str, release: releases.Release) -> str:
    """Return a part with encoded braces as a token again (R2).

    From 5.1 on, `%7Bcontactfield%3Demail%7D` is one as well; before, its `%3D` stays.
    """
    if release.has("encoded-token-with-equals"):
        return re.sub(r"%7B([^\n]*?)(?:=|%3D)([^\n]*?)%7D", r"{\1=\2}", part, flags=re.I)
    return re.sub(r"%7B([^\n]*?)%7D", r"{\1}", part, flags=re.I)


# --8<-- [end:decode-tokens]


def with_language(html: str, language: str) -> str:
    """Return the HTML with `lang`, `head` and `title`, where it has `html` and `body` (R73)."""
    html = html.replace("<html>", f'<html lang="{language}">')
    if "<head>" not in html and "<body" in html:
        html = html.replace("<body", "<head></head><body", 1)
    if "<title>" not in html and "</head>" in html:
        html = html.replace("</head>", "<title>{subject}</title></head>", 1)
    return html


# --8<-- [start:rewritten]
def rewritten_parts(sending: Sending, html: str, text: str) -> Rewritten:
    """Return the parts with their links rewritten (R1, V26, V30, M2, M5).

    A test mail keeps its links, those of dynamic content aside; with tracking switched off, links
    are looked at from 7.0.1 on only.
    """
    release, untouched = releases.find(sending.release), {"html": html, "text": text}
    dynamic = dict(sending.dynamic_content)
    if not sending.trackable_urls and not release.has("utm-without-tracking"):
        return Rewritten(dynamic | untouched, {})
    known = system_tokens(sending) | dict(sending.tokens)
    parts = dynamic if sending.internal else dynamic | untouched
    found = rewrite(parts, release=release, tokens=known, url_fields=sending.url_fields)
    if "html" in parts and gives_up(found.content["html"], found.trackables):
        found.content["html"] = html
    return Rewritten(untouched | found.content, found.trackables, found.error)


# --8<-- [end:rewritten]

MOST_SEARCHED = 1_000_000  # bytes of a line behind a `<`: `pcre.backtrack_limit` (M5)


# --8<-- [start:gives-up]
def gives_up(rewritten: str, tokens: Iterable[str]) -> bool:
    """Whether a line is too long to be searched for a link: the HTML stays as it was (M5)."""
    searched = [token.encode() for token in tokens if token in rewritten]
    long = [line for line in to_bytes(rewritten).split(b"\n") if len(line) > MOST_SEARCHED]
    between = [piece for line in long for token in searched for piece in line.split(token)]
    return any(len(piece[piece.find(b"<") :]) > MOST_SEARCHED for piece in between)


# --8<-- [end:gives-up]


# --8<-- [start:values]
def values(
    sending: Sending, parts: Mapping[str, str], trackables: Mapping[str, str | bytes]
) -> dict[str, str]:
    """Return what each token becomes, in the order in which they are replaced (R5, R7)."""
    tokens = {
        f'{{dynamiccontent="{name}"}}': dynamic_part(sending, parts[name], trackables)
        for name in sending.dynamic_content
    }
    tokens |= system_tokens(sending) | dict(sending.tokens)
    tokens |= contact_tokens(sending, parts["html"] + parts["text"])
    if not sending.internal:
        source = sending.source or ("email", sending.email or 0)
        tokens |= {
            token: link(sending, token, str(trackables[token]), source) for token in trackables
        }
    address = pixel.address(
        sending.stat_hash, sending.base, sending.sent_time, release=sending.release
    )
    return tokens | {"{tracking_pixel}": address}


# --8<-- [end:values]


# --8<-- [start:dynamic]
def dynamic_part(sending: Sending, part: str, trackables: Mapping[str, str | bytes]) -> str:
    """Return a block of dynamic content for this contact, its links without a source (M1).

    In a test mail its links and the contact's fields stay tokens, from 5.0 on (V30).
    """
    if sending.internal:
        return part
    links = {token: link(sending, token, str(trackables[token])) for token in trackables}
    return with_values(part, contact_tokens(sending, part) | links)


# --8<-- [end:dynamic]


# --8<-- [start:link]
def link(sending: Sending, token: str, address: str, source: tuple[str, int] | None = None) -> str:
    """Return the tracked link of one address, or the address where tracking is off (R52, V26)."""
    if not sending.trackable_urls:
        return queries.append(address, utm_query(sending.utm)) if sending.utm else address
    release = releases.find(sending.release)
    sent = sending.sent_time if release.has("sent-time-in-ct") else None
    contact = sending.contact.get("id")
    data = for_email(sending.email, sending.stat_hash, contact, source, sent)
    if sending.email:
        data = with_channel(data, "email", sending.email)
    number = token.removeprefix("{trackable=").removesuffix("}")
    return tracked_url(number, data, sending.utm, sending.base, release)


# --8<-- [end:link]


# --8<-- [start:system-tokens]
def system_tokens(sending: Sending) -> dict[str, str]:
    """Return the tokens of every mail: unsubscribe, web view and so on (R5, V28)."""
    release, stat = releases.find(sending.release), sending.stat_hash or ""
    email = str(sending.contact.get("email") or "")
    out = unsubscribe.address(stat, email, sending.signature, sending.site_url, release)
    view = web_view(sending)
    leave, look = sending.unsubscribe_text or UNSUBSCRIBE, sending.webview_text or WEB_VIEW
    tokens = {"{unsubscribe_text}": with_address(sending, leave, out), "{unsubscribe_url}": out}
    tokens |= {"{webview_text}": with_address(sending, look, view), "{webview_url}": view}
    if release.has("dnc-and-resubscribe-tokens"):
        tokens |= subscription_tokens(sending, release)
    if release.has("brand-token"):
        tokens["{brand=name}"] = sending.brand
    return tokens


# --8<-- [end:system-tokens]


def subscription_tokens(sending: Sending, release: releases.Release) -> dict[str, str]:
    """Return the tokens beside unsubscribing: Do Not Contact, and its undoing (V28, #16870)."""
    stat, email = sending.stat_hash or "", str(sending.contact.get("email") or "")
    signed = {"stat": stat, "email": email, "signature": sending.signature}
    back = routes.build("resubscribe", sending.site_url, stat=stat)
    if release.has("unsubscribe-confirmation"):
        back = unsubscribe.to_confirmation("resubscribe", stat, sending.signature, sending.site_url)
    return {"{dnc_url}": routes.build("dnc", sending.site_url, **signed), "{resubscribe_url}": back}


def web_view(sending: Sending) -> str:
    """Return the address of the web view; without a contact that of the preview (X12)."""
    if sending.contact.get("id"):
        return routes.build("web-view", sending.site_url, stat=sending.stat_hash or "")
    return routes.build("preview", sending.site_url, number=str(sending.email))


UNSUBSCRIBE = "<a href='|URL|'>Unsubscribe</a> to no longer receive emails from us."
WEB_VIEW = "<a href='|URL|'>Having trouble reading this email? Click here.</a>"


def with_address(sending: Sending, text: str, address: str) -> str:
    """Return one of these texts for this contact: fields filled in, `|URL|` replaced (M4)."""
    return with_values(text.replace("|URL|", address), contact_tokens(sending, text))


# --8<-- [start:contact-tokens]
def contact_tokens(sending: Sending, text: str) -> dict[str, str]:
    """Return each `{contactfield=…}` with its value, encoded by `|true`, or its default (R5)."""
    fields = {name: str(value) for name, value in sending.contact.items() if value is not None}
    found = re.findall(r"\{contactfield=[^}\n]*\}", text)
    return {token: filled(token, fields) for token in found}


# --8<-- [end:contact-tokens]


# --8<-- [start:with-values]
def with_values(part: str, tokens: Mapping[str, str]) -> str:
    """Return a part with every token replaced, in upper or lower case (R7)."""
    for token, value in tokens.items():
        part = replace_ignoring_case(part, token, value)
    return part


# --8<-- [end:with-values]
