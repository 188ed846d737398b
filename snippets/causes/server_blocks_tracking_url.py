"""The web server, a firewall or a proxy answers instead of Mautic (P6)."""

from .. import routes
from ..evidence.facts import Facts, Visit
from ..evidence.kinds import AddressKind
from ..evidence.questions import Symptom
from . import Seen, answer, likely, sure

PAGE = "emails/troubleshooting"
EXPLAINS = (
    Symptom.OPEN_MISSING,
    Symptom.CLICK_MISSING,
    Symptom.LINK_BROKEN,
    Symptom.PAGE_MISSING,
)
BEFORE: dict[str, str] = {}
REFUSALS = (401, 403, 405, 406, 429)  # Mautic gives none of them to a reader


def check(facts: Facts) -> Seen | None:
    """Look at the log, then at the status that was answered, then for `//r/`."""
    refused = [visit.quote for visit in facts.visits if is_refused(visit)]
    if refused:
        return sure(*refused)
    return by_status(facts) or doubled_slash(facts)


def is_refused(visit: Visit) -> bool:
    """Whether Mautic itself would never answer like this: a pixel is always 200."""
    kind, status = visit.address.kind, visit.line.status
    if kind == AddressKind.PIXEL:
        return status >= 400
    return kind == AddressKind.TRACKED and (status in REFUSALS or status >= 500)


def by_status(facts: Facts) -> Seen | None:
    """Return what the status that was answered shows, if it is one of the pixel or a click."""
    if facts.says("role", "unsubscribe", "destination", "href") or facts.unsubscribes:
        return None
    if any(place.address.damage for place in facts.given):  # a bad `ct`: maybe an error page (V42)
        return None
    status = int(facts.answers.get("http-status", "0"))
    if status in REFUSALS or status >= 500:
        return sure(*answer(facts, "http-status"))
    is_pixel = facts.says("role", "pixel") or facts.says("symptom", "open-missing")
    if status == 404 and (is_pixel or facts.pixels):
        return sure(*answer(facts, "http-status"))
    if status == 404 and facts.says("role", "tracked"):
        return likely(*answer(facts, "http-status"))
    return None


def doubled_slash(facts: Facts) -> Seen | None:
    """The Site URL ends in a slash: `//r/`, which some servers refuse."""
    doubled = [p for p in facts.places if p.address.is_mautic and has_doubled_slash(p.address.url)]
    return likely(*doubled) if doubled else None


def has_doubled_slash(url: str) -> bool:
    """Whether the path has two slashes in a row before Mautic's own part."""
    path = url.partition("://")[2].partition("?")[0]
    return any(f"/{routes.beginning(name)}" in path for name in ("tracked", "pixel"))
