"""From 6.0 a click that isn't recorded blocks the browser for 15 seconds (V10)."""

from datetime import timedelta
from itertools import combinations

from ..evidence.facts import Facts
from ..evidence.kinds import AddressKind
from ..evidence.questions import LOST_CLICK, Symptom
from ..evidence.tally import BLOCKED
from ..evidence.timing import is_within
from . import Seen, answer, likely, possible, sure

PAGE = "emails/clicks"
EXPLAINS = (*LOST_CLICK, Symptom.PAGE_MISSING)
BEFORE: dict[str, str] = {}
FIFTEEN_SECONDS = timedelta(seconds=15)
MOST_CLICKS = 500  # each is compared with each


def check(facts: Facts) -> Seen | None:
    """Look for the cookie, or for a click without `ct` shortly before a good one."""
    if facts.release and not facts.has("blocked-tracking-cookie"):
        return None
    clicks = [visit for visit in facts.visits if visit.address.kind == AddressKind.TRACKED]
    marked = [visit.quote for visit in clicks if BLOCKED in visit.line.headers.get("cookie", "")]
    if marked:
        return sure(*marked)
    for first, second in combinations([v for v in clicks if v.line.at][:MOST_CLICKS], 2):
        same = first.line.ip == second.line.ip and is_within(first, second, FIFTEEN_SECONDS)
        if same and not first.address.ct and second.address.ct:
            return likely(first.quote, second.quote)
    if facts.release and facts.says("symptom", "click-missing") and facts.says("logged-in", "yes"):
        return possible(*answer(facts, "release", "logged-in"))
    return None


def ruled_out(facts: Facts) -> bool:
    """Whether it was recorded: what is blocked never is (V10)."""
    return facts.says("timeline-shows", "yes")
