"""A scanner, gateway or proxy opened and clicked, not a person (B2, B4)."""

import re

from ..evidence.facts import Facts
from ..evidence.kinds import Damage, WrapperKind
from ..evidence.questions import Symptom
from ..evidence.timing import at_once
from . import Seen, answer, likely, possible, sure

PAGE = "emails/clicks"
EXPLAINS = (Symptom.TOO_MANY, Symptom.WRONG_CONTACT)
BEFORE: dict[str, str] = {}
MACHINES = re.compile(r"Edge/12\.246|bitlybot")  # Gmail's prefetch (#10245), a shortener (#6591)
OWN_COPY = ("sent-via", "outlook-plugin")


def check(facts: Facts) -> Seen | None:
    """Look for requests at once, known machines, a scrambled `ct`, a gateway's wrapping."""
    machine = at_once(facts)
    if machine:
        return sure(*machine)
    known = [visit.quote for visit in facts.visits if MACHINES.search(visit.line.agent)]
    if known:
        return likely(*known)
    scrambled = [p for p in facts.places if p.address.damage == Damage.SCRAMBLED]
    if scrambled:
        return likely(*scrambled)
    wrapped = [p for p in facts.places if WrapperKind.GATEWAY in p.wrapped_by]
    if wrapped:
        alone = bool(facts.given) or facts.says("symptom", "too-many")
        return likely(*wrapped) if alone else possible(*wrapped)
    if facts.says("symptom", "too-many") and not facts.sources and not facts.says(*OWN_COPY):
        return possible(*answer(facts, "symptom"))
    return None
