"""The site is not among the domains that Mautic answers: its pages can't read who visits (G5)."""

from dataclasses import replace

from ..evidence import settings
from ..evidence.facts import Facts, Quote
from ..evidence.origins import Kept, is_listed, kept_answers
from ..evidence.questions import Symptom
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
    is_on, listed = settings.is_on(facts.settings.get(RESTRICTED)), facts.settings.get(DOMAINS)
    if is_on is False or all(each.is_failure for each in kept):
        return possible(*quotes)  # the server refuses, or takes the header away again
    if not isinstance(listed, tuple):
        return likely(*quotes)
    missing = [each for each in kept if each.origin and not is_listed(each.origin, listed)]
    if not missing:
        is_known = all(each.origin for each in kept)
        return (possible if is_known else likely)(*quotes)
    is_proved = facts.is_whole(DOMAINS) and not is_doubtful(missing, listed, is_on)
    certainty = Certainty.SURE if is_proved else Certainty.LIKELY
    return seen(certainty, *(each.quote for each in missing), *lines(facts, listed))


def is_doubtful(missing: list[Kept], listed: tuple[str, ...], is_on: bool | None) -> bool:
    """Whether the restriction isn't known to be on, or an entry differs in its spelling alone."""
    hosts = {host_of(entry) for entry in listed}
    return is_on is None or all(host_of(each.origin) in hosts for each in missing)


def host_of(entry: str) -> str:
    """Return the host of a domain, however it is written."""
    return bare(entry.partition("://")[2] or entry).partition("/")[0]


def lines(facts: Facts, listed: tuple[str, ...]) -> list[Quote]:
    """Return the list of valid domains, entry by entry, at the line where it begins."""
    line = facts.setting_lines.get(DOMAINS)
    if line is None:
        return []
    return [replace(line, text=f"'{DOMAINS}': {entry}") for entry in listed] or [line]


def by_settings(facts: Facts) -> Seen | None:
    """The list is in force and empty, and somebody misses visits: only Mautic's own site may."""
    is_on = settings.is_on(facts.settings.get(RESTRICTED))
    shown = [line for key in (RESTRICTED, DOMAINS) if (line := facts.setting_lines.get(key))]
    is_empty = facts.settings.get(DOMAINS) == ()
    is_asked = facts.symptom == Symptom.PAGE_MISSING and not facts.visits
    return possible(*shown) if is_on and is_empty and is_asked else None
