"""The rules behind the guide: how it is known that Mautic does what each of them says.

Docstrings and footnotes name a rule by its id, for instance R44; the page `sources` says it in one
sentence, in each language.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from . import releases

WAYS = releases.SUREST_FIRST


class UnknownRule(ValueError):
    """An id that names no rule."""


class Lines(NamedTuple):
    """The release lines from `first` to `last`, for instance "5.1" and "7.1"."""

    first: str
    last: str

    def touch(self, since: str, until: str) -> bool:
        """Whether some release of these lines is `since` or a later one, and before `until`."""
        numbers = releases.numbers
        return numbers(since)[:2] <= numbers(self.last) and numbers(self.first) < numbers(until)


@dataclass(frozen=True)
class Rule:
    """What Mautic does: `since` a release, up to but without `until`, if it ever changed.

    `known` says by which evidence it rests on which release lines; `recordings` are ids, spans of
    ids and groups; `threads` are like "mautic#16253".
    """

    id: str
    known: dict[releases.Evidence, Lines]
    since: str
    until: str
    recordings: tuple[str, ...]
    threads: tuple[str, ...]

    def evidence(self, since: str = "0", until: str = "99") -> releases.Evidence | None:
        """Return the surest evidence for releases from `since` on, before `until`; or None."""
        return next((way for way, lines in self.known.items() if lines.touch(since, until)), None)


@lru_cache
def table() -> dict[str, Rule]:
    """Return every rule by its id, in the order of the file."""
    data = tomllib.loads(Path(__file__).with_name("rules.toml").read_text("utf-8"))
    return {name: _rule(name, row) for name, row in data.items()}


def find(name: str) -> Rule:
    """Return the rule of that id, for instance R44; UnknownRule says where the ids are."""
    if name not in table():
        raise UnknownRule(f"{name!r} is no rule. All rules are in snippets/rules.toml.")
    return table()[name]


def _rule(name: str, row: dict[str, Any]) -> Rule:
    return Rule(
        name,
        {way: _lines(row[way]) for way in WAYS if way in row},
        row.get("since", ""),
        row.get("until", ""),
        tuple(row.get("recordings", ())),
        tuple(row.get("threads", ())),
    )


def _lines(text: str) -> Lines:
    first, _, last = text.partition(" to ")
    return Lines(first, last or first)
