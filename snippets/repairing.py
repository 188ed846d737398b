"""A link's start tag written anew, so that Mautic tracks it: never without asking the rules.

Each step mends one thing; after each, `links.explain` says whether that was enough.
"""

import re
from collections.abc import Callable, Iterator

from . import links
from .judging import decode_ampersands
from .platform import markup
from .platform.address import split
from .platform.markup import Element
from .platform.normalised import MalformedAddress, normalised
from .releases import DEFAULT, Release, find
from .routes import is_personal
from .saving import save

INVISIBLE = "\u00a0\u00ad\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060\ufeff"
IN_FRONT = re.compile(rf"^[\s{INVISIBLE}\\\"'“”„‘’«»]+(?=(?:https?:)?//|://|\{{)", re.I)
BEHIND = re.compile(rf"[\s{INVISIBLE}\"'“”„‘’«»]+$")
BARE_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,24}(?=[/?#:]|$)", re.I)
UNSUBSCRIBE = r"\{\s*((?:unsubscribe|dnc|resubscribe)_url)\s*\}"
PLACEHOLDER = re.compile(r"^(?:\||%7C|&#124;)\s*URL\s*(?:\||%7C|&#124;)$", re.I)


def repaired(tag: str, release: str | Release = DEFAULT, beside: str = "") -> str:
    """Return a link's start tag so that the link is tracked; "" for what no step mends.

    `beside` is the rest of the mail: one accent there, and saving decodes the link (R80).
    """
    [*found] = markup.elements(tag)
    if not found or found[0].name not in ("a", "area") or "href" not in found[0].attributes:
        return ""
    tries = (written(found[0], tag, href) for href in hrefs(found[0].attributes["href"].written))
    return next((each for each in tries if is_right(each, find(release), beside)), "")


def href_of(tag: str) -> str:
    """Return the address in a start tag as it is written, "" where there is none."""
    found = next(iter(markup.elements(tag)), None)
    return found.attributes["href"].written if found and "href" in found.attributes else ""


def shape(tag: str, release: str | Release = DEFAULT, beside: str = "") -> str:
    """Return the tag of a shape for Outlook with the address that a link there is mended to."""
    href = href_of(tag)
    if not re.match(r"(?i)<v:", tag) or '"' in href:
        return ""
    link = repaired(f'<a href="{href}">', release, beside)
    return tag.replace(href, href_of(link)) if link else ""


def hrefs(href: str) -> Iterator[str]:
    """Yield an address with one more thing mended each time; blanks around it never help."""
    yield (href := href.strip())
    for step in STEPS:
        mended = step(href)
        if mended != href:
            yield (href := mended)


def written(element: Element, tag: str, href: str) -> str:
    """Return a tag on one line, `href` first and in quotes, its other attributes as they were."""
    others = [
        tag[attribute.name : attribute.end].strip() + closing(tag, attribute.end)
        for name, attribute in element.attributes.items()
        if name != "href"
    ]
    text = " ".join([f'<{element.name} href="{href}"', *others]) + ">"
    return re.sub(r"\s*[\r\n]+\s*", " ", text)


def closing(tag: str, end: int) -> str:
    """Return the quote behind a value, if there is one."""
    return tag[end : end + 1] if tag[end : end + 1] in "\"'" else ""


def is_right(tag: str, release: Release, beside: str = "") -> bool:
    """Whether the link is tracked as it will be stored; a link to unsubscribe never is.

    What Mautic made for one recipient is right for nobody else: a copied link would unsubscribe
    that recipient, whoever clicks.
    """
    within = f"<map>{tag}</map>" if tag.startswith("<area") else tag  # nowhere else is it a link
    stored = save(within + ("" if beside.isascii() else "é"), release)
    found = links.explain(stored, release=release)
    if len(found) != 1 or '"' in found[0].href or is_personal(found[0].href):
        return False
    if BARE_HOST.match(found[0].href):  # Mautic takes it, and no browser opens it
        return False
    is_token = re.fullmatch(r"\{(?:unsubscribe|dnc|resubscribe)_url\}", found[0].href) is not None
    return found[0].reason == ("untracked-list" if is_token else "tracked")


def without_ends(href: str) -> str:
    """Take away blanks, invisible characters and quotes in front and behind."""
    return IN_FRONT.sub("", BEHIND.sub("", href)).strip()


def without_entities(href: str) -> str:
    """Write characters instead of entities, and one `&` for all its spellings."""
    return without_ends(decode_ampersands(markup.decode(href), find(DEFAULT)).replace("&%3B", "&"))


def with_scheme(href: str) -> str:
    """Write a scheme that is doubled, broken or in capitals as it should be."""
    href = re.sub(r"^(?:https?:/*)+(?=https?:/)", "", href, flags=re.I)
    return re.sub(r"^(https?:|:)/*(?=\w)", spelt, href, flags=re.I)


def with_https(href: str) -> str:
    """Write the scheme that the name of a site lacks."""
    return f"https://{href}" if BARE_HOST.match(href) else href


def spelt(scheme: re.Match[str]) -> str:
    """Return a scheme in lower case with its slashes; `https` where only the colon was left."""
    return "https://" if scheme[1] == ":" else f"{scheme[1].lower()}//"


def as_token(href: str) -> str:
    """Write a token alone, without scheme or blanks; the token of a text is none of an address.

    Not that of a contact's field: without `https://` the link is dead where the field has none.
    """
    href = PLACEHOLDER.sub("{unsubscribe_url}", href)
    return re.sub(rf"^(?:https?://)?{UNSUBSCRIBE}.*", r"{\1}", href, flags=re.I)


def without_default(href: str) -> str:
    """Take the default value out of a contact's token."""
    return re.sub(r"(\{(?:contactfield|leadfield)=\w+)\|[^}]*\}", r"\1}", href)


def encoded(href: str) -> str:
    """Write a whole address as 7.1 records it."""
    if not re.match("https?://", href):
        return href
    try:
        return normalised(split(href.replace("\u200b", "")))
    except (MalformedAddress, ValueError):
        return href


STEPS: tuple[Callable[[str], str], ...] = (
    without_ends,
    without_entities,
    with_scheme,
    with_https,
    as_token,
    without_default,
    encoded,
)


def on_site(address: str, site: str) -> str:
    """Return an address of Mautic's own on the public site, e.g. "https://m.acme.example"."""
    path = re.sub(r"^[a-z]+://[^/?#]*", "", address, flags=re.I)
    return site.rstrip("/") + path
