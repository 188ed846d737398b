"""Hits wait in a queue that nothing empties (K20)."""

import re

from ..evidence.facts import Facts, Quote, Source
from ..evidence.questions import LOST, Symptom
from . import Seen, answer, likely, possible, sure

PAGE = "emails/troubleshooting"
EXPLAINS = (*LOST, Symptom.PAGE_MISSING)
BEFORE: dict[str, str] = {}
DECIDED_BY = ("consumer-running",)
# The command that empties the queue of hits, as a crontab or a service has it.
CONSUMER = re.compile(r"messenger:consume\b[^\n>|&;]*(?:[ ,]hit\b|[ ]--all)")

# Its line in the table of `messenger:stats`, or in its JSON.
WAITING = re.compile(
    r"^[ \t]*hit[ \t]+[1-9][0-9]{0,9}[ \t]*$|\"hit\"\s*:\s*\{\s*\"count\"\s*:\s*[1-9][0-9]{0,9}",
    re.M,
)


def check(facts: Facts) -> Seen | None:
    """Look for waiting hits, or answers about the queue."""
    waiting = [quote for source in facts.sources for quote in hits_waiting(source)]
    if waiting:
        return likely(*waiting)
    if not facts.says("queue", "async") or facts.says("consumer-running", "yes"):
        return None
    if any(CONSUMER.search(source.text) for source in facts.sources if not source.mail):
        return None
    if facts.symptom not in (None, *EXPLAINS):
        return None
    shown = answer(facts, "queue", "consumer-running")
    if facts.says("consumer-running", "no"):
        return sure(*shown)
    if facts.symptom:
        return likely(*shown)
    # Chosen in the settings, and nobody said what is missed: whether it is emptied must be asked.
    return possible(*shown) if "queue" in facts.told else None


def hits_waiting(source: Source) -> list[Quote]:
    """Return the line of `messenger:stats` that counts waiting hits, if there are any."""
    if "ransport" not in source.text:
        return []
    found = WAITING.finditer(source.text)
    return [Quote(line[0].strip(), source.name) for line in found]
