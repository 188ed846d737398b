"""The causes: a module each, named like its cause, found by its name alone.

A module says on which `PAGE` of the guide its section stands, which symptoms it `EXPLAINS`, which
other causes it goes `BEFORE`, each with the reason, and has a `check` that is asked with the
facts; where the answer to a question decides it, the module names it in `DECIDED_BY`, or what the
check saw does. A check returns what it saw, or None for "nothing to see" as well as for "not enough
to say"; it never guesses from absence alone, and never calls another check: what several need is a
fact, and stands in `evidence`. Where a fact excludes the cause by what was answered, the module
says so in `ruled_out`; no other answer takes it off the list.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from ..evidence.facts import Facts, Place
from ..evidence.sources import Quote

MOST_QUOTES = 5  # more of the same kind tell a reader nothing new
MOST_LINKS = 100  # but each link is named that has to be written anew: one repair for all


class Certainty(StrEnum):
    """How far the evidence proves a cause."""

    SURE = "sure"
    LIKELY = "likely"
    POSSIBLE = "possible"


@dataclass(frozen=True)
class Seen:
    """What a check saw: how certain its cause is, and what of the evidence shows it.

    `decided_by` names the questions that decide what was seen, beside those of the module.
    """

    certainty: Certainty
    quotes: tuple[Quote, ...] = ()
    decided_by: tuple[str, ...] = ()


def seen(certainty: Certainty, *shown: Place | Quote | str) -> Seen:
    """Return what was seen with up to five quotes, each once; of a template every link."""
    quotes = tuple(dict.fromkeys(_quote(piece) for piece in shown))
    most = MOST_LINKS if all(quote.source == "before" for quote in quotes) else MOST_QUOTES
    return Seen(certainty, quotes[:most])


def sure(*shown: Place | Quote | str) -> Seen:
    """Return that the evidence proves the cause: nothing else looks like this."""
    return seen(Certainty.SURE, *shown)


def likely(*shown: Place | Quote | str) -> Seen:
    """Return that the cause explains the evidence best, though something else could."""
    return seen(Certainty.LIKELY, *shown)


def possible(*shown: Place | Quote | str) -> Seen:
    """Return that nothing speaks against the cause, and little for it."""
    return seen(Certainty.POSSIBLE, *shown)


def undecided(found: Seen, *questions: str) -> Seen:
    """Return what was seen with the questions whose answers show or clear it."""
    return replace(found, decided_by=questions)


def _quote(piece: Place | Quote | str) -> Quote:
    if isinstance(piece, Place):
        return piece.quote
    return piece if isinstance(piece, Quote) else Quote(piece)


def answer(facts: Facts, *keys: str) -> list[Quote]:
    """Return answers as quotes, `release=7.1`; of Mautic's settings the line that answers."""
    said = [key for key in keys if key in facts.answers]
    return [facts.told.get(key) or Quote(f"{key}={facts.answers[key]}", "answers") for key in said]
