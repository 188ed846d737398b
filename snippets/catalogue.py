"""All causes, found by their modules, in the order of looking; and where their sections stand."""

import importlib
import pkgutil
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from . import causes as package
from .causes import Certainty, Seen
from .evidence.facts import Facts
from .evidence.questions import Symptom
from .evidence.sources import Quote
from .reasons import PAGE as PAGE_OF_REASONS
from .reasons import REASONS
from .verdicts import HEALTHY
from .verdicts import PAGE as PAGE_OF_HEALTHY

Key = Callable[["Cause"], Any]


@dataclass(frozen=True)
class Finding:
    """A cause that was found: how certain, and what of the evidence shows it."""

    cause: str
    certainty: Certainty
    quotes: tuple[Quote, ...] = ()
    explains: bool = True  # the symptom that was named, if one was
    decided_by: tuple[str, ...] = ()  # questions whose answers show or clear it

    @property
    def is_from_answers(self) -> bool:
        """Whether answers alone show it, and nothing that was given."""
        return all(quote.source == "answers" for quote in self.quotes)


@dataclass(frozen=True)
class Cause:
    """A cause: its id, the page of its section, the symptoms it explains, how to look for it.

    `before` names causes that it goes before, each with the reason; `decided_by` the questions
    whose answer shows or clears it, where only that is missing; `ruled_out` tells whether an answer
    excludes it.
    """

    id: str
    page: str
    explains: Collection[Symptom]
    before: Mapping[str, str]
    check: Callable[[Facts], Seen | None]
    decided_by: tuple[str, ...] = ()
    ruled_out: Callable[[Facts], bool] = lambda facts: False

    def is_about(self, facts: Facts) -> bool:
        """Whether it explains the symptom that was named, if one was."""
        return facts.symptom is None or facts.symptom in self.explains

    def look(self, facts: Facts) -> Finding | None:
        """Return what the check saw as a finding of this cause."""
        found = self.check(facts)
        explains = self.is_about(facts)
        if found is None:
            return None
        certainty = found.certainty if explains else Certainty.POSSIBLE
        return Finding(
            self.id, certainty, found.quotes, explains, found.decided_by or self.decided_by
        )


# --8<-- [start:found]
@cache
def causes() -> tuple[Cause, ...]:
    """Return all causes, one for each module of `causes`, in the order of looking."""
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return ordered(map(cause_of, names))


def cause_of(name: str) -> Cause:
    """Return the cause of a module; its id is the module's name."""
    module = importlib.import_module(f"{package.__name__}.{name}")
    id_ = name.replace("_", "-")
    decided_by = getattr(module, "DECIDED_BY", ())
    ruled_out = getattr(module, "ruled_out", lambda facts: False)
    return Cause(
        id_, module.PAGE, module.EXPLAINS, module.BEFORE, module.check, decided_by, ruled_out
    )


# --8<-- [end:found]


def ordered(found: Iterable[Cause], key: Key = lambda cause: cause.id) -> tuple[Cause, ...]:
    """Return causes so that each goes before those it names; `key` decides where nothing does."""
    waiting, order = sorted(found, key=key), list[Cause]()
    while waiting:
        later = {name for cause in waiting for name in cause.before}
        first = next((cause for cause in waiting if cause.id not in later), None)
        if first is None:
            raise ValueError(f"They go before each other: {', '.join(c.id for c in waiting)}.")
        waiting.remove(first)
        order.append(first)
    return tuple(order)


def open_questions(finding: Finding, facts: Facts) -> list[str]:
    """Return the questions that decide a finding which isn't certain, those without an answer."""
    if finding.certainty == Certainty.SURE or finding.cause in HEALTHY:
        return []
    given = facts.answers.keys() | facts.unknown
    return [key for key in finding.decided_by if key not in given]


@cache
def pages() -> dict[str, str]:
    """Return the page of the section of each cause, and of each healthy verdict."""
    return {cause.id: cause.page for cause in causes()} | dict.fromkeys(HEALTHY, PAGE_OF_HEALTHY)


@cache
def sections() -> dict[str, str]:
    """Return the page of each section that has a name: of a cause, or of a reason of a link."""
    return pages() | dict.fromkeys(REASONS, PAGE_OF_REASONS)


def address(cause: str) -> str:
    """Return the address of a cause's section in the guide, from the root of the site."""
    return f"{sections()[cause]}.html#{cause}"
