"""The site is not among the domains that Mautic answers: its pages can't read who visits (G5)."""

from ..evidence.facts import Facts
from ..evidence.origins import Kept, is_listed, kept_answers
from ..evidence.questions import Symptom
from ..evidence.sources import Quote
from ..hosts import bare
from . import Certainty, Seen, likely, possible, seen

PAGE = "pages/troubleshooting"
EXPLAINS = (Symptom.PAGE_MISSING, Symptom.WRONG_CONTACT, Symptom.TOO_MANY)
BEFORE: dict[str, str] = {}
RESTRICTED, DOMAINS = "cors_restrict_domains", "cors_valid_domains"


def check(facts: Facts) -> Seen | None:
    """Compare the site that a browser keeps the answer from with the list of valid domains."""
    kept = kept_answers(facts)
    if not kept:
        return by_settings(facts)
    quotes = [each.quote for each in kept]
    is_on, listed = facts.is_on(RESTRICTED), facts.settings.get(DOMAINS)
    if is_on is False or all(each.is_failure for each in kept):
        return possible(*quotes)  # the server refuses, or takes the header away again
    if not isinstance(listed, tuple):
        return likely(*quotes)
    missing = [each for each in kept if each.origin and not is_listed(each.origin, listed)]
    if not missing:
        is_known = all(each.origin for each in kept)
        return (possible if is_known else likely)(*quotes)
    is_proved = facts.has_whole(DOMAINS) and not is_doubtful(missing, listed, is_on)
    certainty = Certainty.SURE if is_proved else Certainty.LIKELY
    return seen(certainty, *(each.quote for each in missing), *listed_in(facts))


def is_doubtful(missing: list[Kept], listed: tuple[str, ...], is_on: bool | None) -> bool:
    """Whether the restriction isn't known to be on, or an entry differs in its spelling alone."""
    hosts = {host_of(entry) for entry in listed}
    return is_on is None or all(host_of(each.origin) in hosts for each in missing)


def host_of(entry: str) -> str:
    """Return the host of a domain, however it is written."""
    return bare(entry.partition("://")[2] or entry).partition("/")[0]


def listed_in(facts: Facts) -> list[Quote]:
    """Return the list of valid domains, entry by entry; its line, if it is empty."""
    return facts.entries(DOMAINS) or facts.lines_with(DOMAINS)


def by_settings(facts: Facts) -> Seen | None:
    """The list is in force and empty, and somebody misses visits: only Mautic's own site may."""
    is_on = facts.is_on(RESTRICTED)
    shown = facts.lines_with(RESTRICTED, DOMAINS)
    is_empty = facts.settings.get(DOMAINS) == ()
    is_asked = facts.symptom == Symptom.PAGE_MISSING and not facts.visits
    return possible(*shown) if is_on and is_empty and is_asked else None
