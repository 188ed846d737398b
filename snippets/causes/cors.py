"""The site is not among the domains that Mautic answers: its pages can't read who visits (G5)."""

from dataclasses import replace

from ..evidence import settings
from ..evidence.facts import Facts, Quote
from ..evidence.origins import Kept, is_listed, kept_answers, origin_of
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
    certainty = Certainty.LIKELY if is_doubtful(missing, listed, is_on) else Certainty.SURE
    return seen(certainty, *(each.quote for each in missing), *lines(facts, listed))


def is_doubtful(missing: list[Kept], listed: tuple[str, ...], is_on: bool | None) -> bool:
    """Whether the restriction isn't known to be on, or an entry differs in its spelling alone."""
    hosts = {bare(origin_of(entry).partition("://")[2]) for entry in listed}
    is_spelling = all(bare(each.origin.partition("://")[2]) in hosts for each in missing)
    return is_on is None or is_spelling


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
