"""What administrators brought, and the cause it had: a folder for each cause, in it one for a case.

A case is what was given, as real files (`message.eml`, `page.html`, `access.log`, `link.txt` …),
`before.html` where there is HTML from before sending, and a small `case.toml`:

- `answers`: what the administrator answered;
- `expected`: what must come first, where it is not the cause of the folder: a case that only looks
  like the cause stays in its folder; "nothing" is no finding at all;
- `also`: what may come first, too; `innocent`: causes that must not be named at all;
- `evidence`: the files in order, where that is not the alphabet's;
- `source`, `symptom`, `fix`: the thread it was made after, its words, and what helped there;
- `why`: the fact that decides a case made after none.
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
BEFORE, ABOUT = "before.html", "case.toml"


class Case(NamedTuple):
    """Evidence (name, bytes), the HTML before, answers, and what must come out of them."""

    id: str
    folder: str
    evidence: list[tuple[str, bytes]]
    before: bytes | None
    answers: Mapping[str, str]
    expected: str | None
    also: Sequence[str | None]
    innocent: Sequence[str]


@cache
def cases() -> Sequence[Case]:
    """Return all cases, by cause and name; several tests ask, so they are read once."""
    return tuple(case(about.parent) for about in sorted(HERE.glob(f"*/*/{ABOUT}")))


def case(folder: Path) -> Case:
    """Return the case in a folder."""
    about = tomllib.loads((folder / ABOUT).read_text("utf-8"))
    others = (path.name for path in folder.iterdir() if path.name not in (BEFORE, ABOUT))
    before = folder / BEFORE
    return Case(
        f"{folder.parent.name}/{folder.name}",
        folder.parent.name,
        [(name, (folder / name).read_bytes()) for name in about.get("evidence", sorted(others))],
        before.read_bytes() if before.exists() else None,
        about.get("answers", {}),
        named(about.get("expected", folder.parent.name)),
        [named(verdict) for verdict in about.get("also", ())],
        about.get("innocent", ()),
    )


def named(verdict: str) -> str | None:
    """Return a verdict as a diagnosis names it: no finding is None there."""
    return None if verdict == "nothing" else verdict
