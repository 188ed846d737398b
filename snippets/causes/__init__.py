"""The causes: one small check each, asked with the facts.

`CHECKS` holds them in the order in which one should look; a check returns a finding, or None for
"nothing to see" as well as for "not enough to say". It never guesses from absence alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ..evidence.facts import Facts, Place, Quote

Certainty = Literal["sure", "likely", "possible"]
CERTAINTIES: tuple[Certainty, ...] = ("sure", "likely", "possible")


@dataclass(frozen=True)
class Finding:
    """A cause that was found: how certain, and what of the evidence shows it."""

    cause: str
    certainty: Certainty
    quotes: tuple[Quote, ...] = ()

    @property
    def is_from_answers(self) -> bool:
        """Whether answers alone show it, and nothing that was given."""
        return all(quote.source == "answers" for quote in self.quotes)


Check = Callable[[Facts], Finding | None]


def finding(cause: str, certainty: Certainty, *shown: Place | Quote | str) -> Finding:
    """Return a finding with up to five quotes, each once."""
    quotes = [_quote(piece) for piece in shown]
    return Finding(cause, certainty, tuple(dict.fromkeys(quotes))[:5])


def _quote(piece: Place | Quote | str) -> Quote:
    if isinstance(piece, Place):
        return piece.quote
    return piece if isinstance(piece, Quote) else Quote(piece)


def answer(facts: Facts, *keys: str) -> list[Quote]:
    """Return answers as quotes: `release=7.1`."""
    return [Quote(f"{key}={facts.answers[key]}", "answers") for key in keys if key in facts.answers]
