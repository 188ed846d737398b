"""My newsletter, from one release to another: what changes for it, and nothing else.

Links and headers are asked of the rules, in both releases. Of every other change in the table of
releases it is written here what of a mail it touches; what it says is written in the pages.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

from . import guide, linkchanges, links, releases, routes, unsubscribe
from .documents import Document
from .excerpts import brief
from .linkchanges import ChangedLink, Parts, stored
from .problems import Problem
from .rewriting import is_html

TOUCHES = {
    "pixel": ("opens-filtered", "matomo-bots", "pixel-ct", "read-counter-fault"),
    "tracked-link": (
        "blocked-tracking-cookie",
        "contact-by-tracking-url",
        "ct-to-destination",
        "sent-time-in-ct",
        "template-clicks-not-unique",
    ),
    "pixel-or-link": (
        "bot-ratio",
        "hits-may-be-queued",
        "privacy-signals",
        "ratio-uses-matomo",
        "translations-not-summed",
    ),
    "unsubscribe-link": (
        "head-does-not-unsubscribe",
        "old-links-may-need-confirmation",
        "signed-unsubscribe",
        "unsubscribe-confirmation",
    ),
    "subscription-token": ("dnc-and-resubscribe-tokens",),
    "brand-token": ("brand-token",),
    "contact-token-in-link": ("utm-without-tracking",),
    "link-to-file": ("asset-ct-appended",),
}

# What the links and headers of a mail say themselves, once both releases are asked.
ASKED = (
    *("ampersand-entity-matched", "area-links", "data-attribute", "encoded-token-with-equals"),
    *("longest-address-first", "mailto-redirect", "mailto-tracked", "malformed-link-stops-send"),
    *("normalised-address", "numeric-ampersand", "only-first-tracked", "owner-token-kept"),
    *("saving-decodes", "white-space-around-address"),
    *("blanks-encoded", "query-after-question-mark", "query-duplicates-kept", "query-names-kept"),
    *("query-spaces-percent", "utm-encoded"),
    *("header-by-content", "header-needs-email", "list-unsubscribe-header", "one-click"),
)
# What depends on a setting that is off by default, on the way of sending, or on a damaged link.
NOT_OF_A_MAIL = (
    *("empty-ct-counts", "hostile-ct-error-page", "zero-ct-counts"),
    *("links-can-be-off", "long-hashes", "minify", "segments-to-destination"),
    *("direct-mail-counts-for-template", "direct-mail-without-header", "example-for-contact"),
    *("no-header-to-unsubscribed",),
)

Type = Literal["marketing", "transactional"]
FILE = re.compile(r"\{assetlink=|" + re.escape(routes.beginning("asset")))
SENT = re.compile(routes.within("tracked", "pixel"))
UNSUBSCRIBE = re.compile(r"\{unsubscribe_(?:url|text)\}|" + routes.within("unsubscribe"), re.I)


class Downgrade(Problem):
    """Releases in the wrong order: an older one is not installed over a newer one."""


@dataclass(frozen=True)
class ChangedHeaders:
    """The headers that an e-mail of a type loses and wins."""

    type: Type
    lost: list[str]
    won: list[str]


@dataclass(frozen=True)
class Comparison:
    """What changes for a mail, or in general, between two releases.

    `changes` names rows of the table of releases, with a `-` in front of what ends. `is_sent`: the
    mail went through Mautic already, so that nothing is known of its links before.
    """

    old: releases.Release
    new: releases.Release
    links: list[ChangedLink]
    headers: list[ChangedHeaders]
    changes: list[str]
    is_sent: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes."""
        return not (self.links or self.headers or self.changes)

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON: addresses also short, in the pieces that a page shows."""
        known = [release for release in (self.old, self.new) if release.evidence() != "recorded"]
        return {
            "old": str(self.old),
            "new": str(self.new),
            "known": {str(release): release.evidence() for release in known},
            "sent": self.is_sent,
            "links": [shown(one) for one in self.links],
            "headers": [vars(each) for each in self.headers],
            "changes": self.changes,
        }


def shown(one: ChangedLink) -> dict[str, Any]:
    """Return a changed link for people."""
    return {
        "kind": one.kind,
        "part": one.after.part,
        "line": one.after.line,
        "href": one.after.href,
        "pieces": brief(one.after.href),
        "before": one.before.reason,
        "after": one.after.reason,
        "led": one.led,
        "leads": one.leads,
        "repair": one.repair,
        "shown": brief(one.repair) if one.repair else [],
        "section": guide.of_change(one),
    }


# --8<-- [start:compare]
def compare(
    document: Document | None, old: str | releases.Release, new: str | releases.Release
) -> Comparison:
    """Return what changes for a mail from a release to a later one; without a mail, all changes.

    Raises releases.UnknownRelease, and Downgrade if `new` is older than `old`.
    """
    before, after = releases.find(old), releases.find(new)
    if after < before:
        raise Downgrade("downgrade", old=str(before), new=str(after))
    if document is None:
        return Comparison(before, after, [], [], releases.between(before, after))
    return compared(document.texts(), before, after)


# --8<-- [end:compare]


def compared(parts: Parts, old: releases.Release, new: releases.Release) -> Comparison:
    """Return what changes for the parts of a mail."""
    has = {*aspects(parts, old), *aspects(parts, new)}
    touching = {name for aspect in has for name in TOUCHES.get(aspect, ())}
    return Comparison(
        old,
        new,
        [] if is_sent(parts) else linkchanges.of_mail(parts, old, new),
        changed_headers("unsubscribe-link" in has, old, new),
        [name for name in releases.between(old, new) if name.removeprefix("-") in touching],
        is_sent(parts),
    )


def is_sent(parts: Parts) -> bool:
    """Whether a mail has been sent already: it leads to Mautic, and nothing is rewritten twice."""
    return any(SENT.search(part) for part in parts.values())


def aspects(parts: Parts, release: releases.Release) -> Iterator[str]:
    """Yield what the mail has of what changes touch: names of `TOUCHES`."""
    whole = "\n".join(parts.values())
    found = links.explain(stored(parts, release), release=release)
    has = {
        "pixel": any(map(is_html, parts.values())),
        "tracked-link": any(link.tracked for link in found),
        "unsubscribe-link": UNSUBSCRIBE.search(whole),
        "subscription-token": re.search(r"\{(?:dnc|resubscribe)_url\}", whole, re.I),
        "brand-token": re.search(r"\{brand=name\}", whole, re.I),
        "contact-token-in-link": any("{contactfield=" in link.href for link in found),
        "link-to-file": any(FILE.search(link.href) for link in found),
    }
    yield from (name for name, is_there in has.items() if is_there)
    if has["pixel"] or has["tracked-link"]:
        yield "pixel-or-link"


# --8<-- [start:changed-headers]
def changed_headers(
    link_in_body: bool, old: releases.Release, new: releases.Release
) -> list[ChangedHeaders]:
    """Return which headers to unsubscribe a mail loses and wins, by the type of the e-mail."""
    found = []
    for type_ in get_args(Type):
        before, after = (
            unsubscribe.headers(
                "", transactional=type_ == "transactional", link_in_body=link_in_body, release=each
            )
            for each in (old, new)
        )
        lost, won = ([n for n in a if n not in b] for a, b in ((before, after), (after, before)))
        found += [ChangedHeaders(type_, lost, won)] if lost or won else []
    return found


# --8<-- [end:changed-headers]
