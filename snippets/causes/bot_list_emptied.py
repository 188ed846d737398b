"""The list of robots was emptied: those that Mautic knows are counted as visitors (M8, L5b)."""

from .. import agents
from ..evidence.facts import Facts, Visit
from ..evidence.kinds import AddressKind
from ..evidence.questions import Symptom
from . import Seen, likely, possible, sure, undecided

PAGE = "pages/troubleshooting"
EXPLAINS = (Symptom.TOO_MANY, Symptom.PAGE_MISSING)  # a visit in nobody's name
BEFORE = {"bot-or-gateway-hits": "robots that Mautic's own list names come in by the emptied list"}
SETTING = "do_not_track_bots"
FEWEST_ROBOTS = 3  # requests, where nobody complains; one may be a test with `curl`


def check(facts: Facts) -> Seen | None:
    """Look for robots of Mautic's own list that the list of this Mautic hasn't."""
    own = facts.settings.get(SETTING)
    if not isinstance(own, tuple) or facts.has("matomo-bots") or not facts.has_whole(SETTING):
        return None
    line = facts.setting_lines[SETTING]
    let_in = [visit for visit in facts.visits if is_let_in(visit, own, facts)]
    robots = {visit.line.agent: visit.quote for visit in reversed(let_in)}.values()  # each once
    if own:
        return likely(*robots) if robots else None
    if robots:
        if not facts.symptom and len(let_in) < FEWEST_ROBOTS:
            return possible(line, *robots)
        return sure(line, *robots) if facts.release else undecided(likely(line, *robots), "release")
    if facts.visits or facts.symptom not in (None, *EXPLAINS):
        return None
    found = (likely if facts.symptom == Symptom.TOO_MANY else possible)(line)
    return found if facts.release else undecided(found, "release")


def is_let_in(visit: Visit, own: tuple[str, ...], facts: Facts) -> bool:
    """Whether Mautic's own list would have kept a request from being counted; opens from 6.0."""
    is_open = visit.address.kind == AddressKind.PIXEL
    if is_open and not facts.has("opens-filtered"):
        return False
    if not is_open and visit.address.kind not in (AddressKind.TRACKED, AddressKind.PAGE_HIT):
        return False
    agent = visit.line.agent
    return bool(agents.listed(agent, agents.lists()["mautic"])) and not agents.listed(agent, own)
