"""Hits wait in a queue that nothing empties (K20)."""

import re
from collections.abc import Mapping

from ..evidence.consumers import CONSUMER, crontab, deaths, is_explained, kinds
from ..evidence.facts import Facts
from ..evidence.questions import LOST, Symptom
from ..evidence.sources import Quote, Source
from . import Seen, answer, likely, possible, sure

PAGE = "emails/troubleshooting"
EXPLAINS = (*LOST, Symptom.PAGE_MISSING)
BEFORE: dict[str, str] = {}
DECIDED_BY = ("consumer-running",)
# What says of a service that it doesn't run: systemd, supervisor.
ENDED = re.compile(
    r"^[ \t]*(?:Active:[ \t]+(?:failed|inactive)|\S+[ \t]+(?:FATAL|STOPPED|EXITED))\b[^\n]*",
    re.M,
)
QUEUES = "hit|email_hit|page_hit"  # the queue of hits, and its two up to 4.4
# Its line in the table of `messenger:stats`, or in its JSON.
WAITING = re.compile(
    r"^[ \t]*hit[ \t]+[1-9][0-9]{0,9}[ \t]*$|\"hit\"\s*:\s*\{\s*\"count\"\s*:\s*[1-9][0-9]{0,9}",
    re.M,
)
EMPTIED = re.compile(r"^[ \t]*hit[ \t]+0[ \t]*$", re.M)
MOST_DEATHS = 3  # kinds of them; what waits is to be seen as well
# What counts the messages of RabbitMQ's queues, or of Redis.
COUNTED = re.compile(
    rf"^[ \t|]*(?:{QUEUES})[ \t|]+[1-9][0-9]{{0,9}}\b[^\n]*$"
    rf"|^[^\n]{{0,200}}\bX?L(?:EN|LEN) (?:{QUEUES})\b[^\n]{{0,200}}\n\(integer\) [1-9][0-9]{{0,9}}",
    re.M,
)
PILED_UP = 100  # hits; fewer may have come since the queue was last emptied
COUNTS = re.compile(r"rabbitmqctl|\bmessages\b|redis")


def check(facts: Facts) -> Seen | None:
    """Look for waiting hits and for what becomes of the program that empties the queue."""
    waiting = [quote for source in facts.sources for quote in hits_waiting(source)]
    waiting += [quote for quote, row in facts.rows if is_waiting(row)]
    if died := dies(facts, waiting):
        return died
    if waiting and facts.says("consumer-running", "no", "restarts"):
        return sure(*waiting, *answer(facts, "consumer-running"))
    if any(number(quote.text) >= PILED_UP for quote in waiting) and (lacks := crontab(facts)):
        return sure(*waiting[:2], *lacks)
    if waiting:
        return likely(*waiting)
    if not facts.says("queue", "async") or facts.says("consumer-running", "yes"):
        return None
    consumers = [s for s in facts.sources if not s.mail and CONSUMER.search(s.text)]
    ended = [
        s.quote(found[0], found.start()) for s in consumers for found in ENDED.finditer(s.text)
    ]
    if consumers:
        return likely(*ended, *answer(facts, "queue")) if ended else None
    return by_answers(facts)


def ruled_out(facts: Facts) -> bool:
    """Whether there is no queue: what comes is recorded at once (K20)."""
    return facts.says("queue", "sync")


def dies(facts: Facts, waiting: list[Quote]) -> Seen | None:
    """The program that empties the queue dies again and again, of too little memory for instance.

    Once may be once: whether hits wait, or are missed, tells then.
    """
    is_emptied = not waiting and any(EMPTIED.search(s.text) for s in facts.sources if not s.mail)
    died = deaths(facts)
    if not died or is_emptied or facts.says("queue", "sync"):
        return None
    is_asked = facts.symptom in (None, *EXPLAINS)
    shown = [*kinds(died)[:MOST_DEATHS], *waiting, *answer(facts, "queue")]
    is_again, is_queued = len(died) > 1, waiting or facts.says("queue", "async")
    is_doubted = facts.says("consumer-running", "yes")
    if is_again and is_queued and is_asked and is_explained(died) and not is_doubted:
        return sure(*shown)
    is_likely = waiting or (facts.symptom and is_asked) or is_again
    return likely(*shown) if is_likely else possible(*shown)


def by_answers(facts: Facts) -> Seen | None:
    """Nothing was given that shows a program which empties the queue: answers and settings tell."""
    if facts.symptom not in (None, *EXPLAINS):
        return None
    shown = answer(facts, "queue", "consumer-running")
    if facts.says("consumer-running", "no", "restarts"):
        return sure(*shown)
    if facts.symptom:
        return likely(*shown)
    # Chosen in the settings, and nobody said what is missed: whether it is emptied must be asked.
    return possible(*shown) if "queue" in facts.told else None


def hits_waiting(source: Source) -> list[Quote]:
    """Return the lines that count waiting hits: of `messenger:stats`, of a queue's own program."""
    if source.mail:
        return []
    found = [*WAITING.finditer(source.text)] if "ransport" in source.text else []
    found += [*COUNTED.finditer(source.text)] if COUNTS.search(source.text) else []
    return [source.quote(line[0].strip(), line.start()) for line in found]


def number(line: str) -> int:
    """Return the largest number of a line that counts, dates and numbers of rows aside."""
    return max(map(int, re.findall(r"(?<![\w:.-])[0-9]{1,10}(?![\w:.-])", line)), default=0)


def is_waiting(row: Mapping[str, str]) -> bool:
    """Whether a row of Mautic's database counts the messages that wait in a queue of hits."""
    is_of_hits = re.fullmatch(QUEUES, row.get("queue_name", "")) is not None
    is_taken = row.get("delivered_at", "NULL").upper() not in ("NULL", "")
    return (
        is_of_hits
        and not is_taken
        and any(re.fullmatch("[1-9][0-9]*", value) for value in row.values())
    )
