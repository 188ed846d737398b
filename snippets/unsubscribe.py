"""The unsubscribe link: what it looks like, what a visit does, and the header beside it."""

import hashlib
import hmac
from dataclasses import dataclass

from . import releases, routes
from .redirects import BASE


# --8<-- [start:address]
def address(
    stat_hash: str,
    email: str = "",
    signature: str = "",
    base: str = BASE,
    release: str | releases.Release = releases.DEFAULT,
) -> str:
    """Return the link: the stat hash; from 5.1 the address and its signature too (U1, V60).

    A contact without an e-mail address has the short link (M3). In a release with a confirmation
    page the link leads there, and no longer names the address (#16870).
    """
    known, fields = releases.find(release), {"stat": stat_hash}
    if known.has("unsubscribe-confirmation"):
        return to_confirmation("unsubscribe", stat_hash, signature, base)
    if known.has("signed-unsubscribe"):
        fields |= {"email": email, "signature": signature}
    return routes.build("unsubscribe", base, **fields)


def to_confirmation(action: str, stat_hash: str, signature: str, base: str = BASE) -> str:
    """Return the link to the page that asks for the address first (#16870)."""
    return routes.build("validate", base, action=action, signature=signature, stat=stat_hash)


# --8<-- [end:address]


# --8<-- [start:sign]
def sign(email: str, secret_key: str) -> str:
    """Return the signature of an e-mail address: HMAC-SHA-256 with `secret_key` (U1)."""
    return hmac.new(secret_key.encode(), email.encode(), hashlib.sha256).hexdigest()


# --8<-- [end:sign]


@dataclass(frozen=True)
class Visit:
    """What opening the link does: is the contact unsubscribed, and what does the page say."""

    unsubscribed: bool
    status: int
    page: str


# --8<-- [start:visit]
def visit(
    *,
    stat_saved: bool,
    signed: bool = False,
    method: str = "GET",
    preferences: bool = False,
    validation: bool = True,
    release: str | releases.Release = releases.DEFAULT,
) -> Visit:
    """Return what a visit does (U2, U5, U7, V61, V63, #16870).

    `stat_saved`: Mautic still has the sending; `signed`: the link names an address with the right
    signature; `preferences`: `show_contact_preferences` is on; `validation`: so is "Require email
    validation for unsubscribe", where there is such a setting.
    """
    known = releases.find(release)
    signed = signed and known.has("signed-unsubscribe")
    if method == "POST" and known.has("one-click"):
        return Visit(stat_saved, 200 if stat_saved else 404, "one-click")
    if not stat_saved and not signed:
        return Visit(False, 200, "record-not-found")
    if known.has("unsubscribe-confirmation") and validation and not signed:
        return Visit(False, 200, "confirmation")
    if method == "HEAD" and known.has("head-does-not-unsubscribe"):
        return Visit(False, 200, "unsubscribed")
    return Visit(not preferences, 200, "preferences" if preferences else "unsubscribed")


# --8<-- [end:visit]


# --8<-- [start:headers]
def headers(
    url: str,
    *,
    has_email: bool = True,
    transactional: bool = False,
    link_in_body: bool = True,
    to_unsubscribed: bool = False,
    release: str | releases.Release = releases.DEFAULT,
) -> dict[str, str]:
    """Return `List-Unsubscribe` and its companion, or nothing (U6 to U8, V65, V71).

    `transactional` is the type of the e-mail, from 7.1 also that of one from the contact page;
    `to_unsubscribed`: it is sent to unsubscribed contacts, too.
    """
    known = releases.find(release)
    if known.has("header-needs-email") and (transactional or not has_email):
        return {}
    if known.has("header-by-content") and not link_in_body:
        return {}
    if known.has("no-header-to-unsubscribed") and to_unsubscribed:
        return {}
    header = {"List-Unsubscribe": f"<{url}>"}
    if known.has("one-click"):
        header["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return header


# --8<-- [end:headers]
