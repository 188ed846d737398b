"""`&`, `&amp;`, `&amp;amp;` and `&#38;` mixed up (R21, R46, V29)."""

import re

from ..evidence.facts import Facts, Place
from ..evidence.missed import missed, missed_before
from ..evidence.questions import LOST_CLICK, Symptom
from . import Seen, possible, sure, undecided

PAGE = "emails/links"
EXPLAINS = (*LOST_CLICK, Symptom.LINK_BROKEN)
BEFORE = {
    "link-markup-not-matched": "an ampersand is the fault that has a name among those of markup"
}
ODD = re.compile(r"&%3B|amp%3B|&amp;amp;|&#0*38;|[?&]amp;\w+=", re.I)


def check(facts: Facts) -> Seen | None:
    """Look for links missed for an ampersand, then at addresses given alone."""
    found = missed(facts, "ampersand")
    if found:
        return sure(*found)
    by_release = missed_before(facts, "ampersand")
    if by_release and facts.symptom in (None, *EXPLAINS):
        return undecided(possible(*by_release), "release")
    odd = [p for p in facts.given if has_odd_ampersand(facts, p)]
    return sure(*odd) if odd else None


def has_odd_ampersand(facts: Facts, place: Place) -> bool:
    """Whether an address shows an ampersand that was encoded once too often."""
    given = place.address.given
    if ODD.search(given):
        return True
    return "&amp;" in given.rstrip("&amp;") and facts.says("role", "destination", "href")
