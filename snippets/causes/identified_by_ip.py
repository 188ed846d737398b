"""Visitors are known by their IP address, and many have the same: all are one contact (#3196)."""

import re

from ..evidence.facts import Facts, Visit
from ..evidence.kinds import AddressKind
from ..evidence.questions import Symptom
from ..hosts import reach
from . import Seen, likely, possible, sure

PAGE = "pages/troubleshooting"
EXPLAINS = (Symptom.WRONG_CONTACT, Symptom.TOO_MANY)
BEFORE: dict[str, str] = {}
SETTING = "track_contact_by_ip"
FEWEST_BROWSERS = 4  # with one address; somebody who tests has three
# A log's field for the address behind a proxy, empty: `xff=-`, `X-Forwarded-For: "-"`.
NOT_PASSED_ON = re.compile(
    r"\b(?:xff|x[-_]forwarded[-_]for)[\"']?\s*[=:]\s*[\"']?-(?![\w.:])", re.I
)


def check(facts: Facts) -> Seen | None:
    """Look for the setting, and for one address that many browsers have."""
    is_on = facts.is_on(SETTING)
    if is_on is False:
        return None
    shared = from_one_address(facts)
    is_lost = any(is_of_proxy(visit, facts) for visit in shared)
    shown = [*facts.lines_with(SETTING), *(visit.quote for visit in shared)]
    if shared and is_on:
        return (sure if is_lost else likely)(*shown)
    if is_on:
        return (likely if facts.symptom == Symptom.WRONG_CONTACT else possible)(*shown)
    is_asked = shared and is_lost and facts.symptom == Symptom.WRONG_CONTACT
    return possible(*shown) if is_asked else None


def from_one_address(facts: Facts) -> list[Visit]:
    """Return visits of pages, one of each browser, if most have one address, and are many."""
    pages = [v for v in facts.visits if v.address.kind == AddressKind.PAGE_HIT and v.line.ip]
    by_address = dict[str, dict[str, Visit]]()
    for visit in pages:
        by_address.setdefault(visit.line.ip, {}).setdefault(visit.line.agent, visit)
    browsers = max(by_address.values(), key=len, default={})
    found = list(browsers.values())
    of_it = [v for v in pages if found and v.line.ip == found[0].line.ip]
    return found if len(found) >= FEWEST_BROWSERS and len(of_it) * 2 > len(pages) else []


def is_of_proxy(visit: Visit, facts: Facts) -> bool:
    """Whether an address is that of a proxy: a private one, a trusted one, or nothing behind it."""
    trusted = facts.settings.get("trusted_proxies", ())
    is_trusted = isinstance(trusted, tuple) and visit.line.ip in trusted
    is_alone = NOT_PASSED_ON.search(visit.line.text) is not None
    return is_trusted or is_alone or not reach(visit.line.ip).public
