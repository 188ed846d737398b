"""What people wrote beside the requests of a log: that one was counted, and another wasn't.

`# -> still 0 for me` below a request, `<- not counted` behind it, in the languages of the guide.
"""

import re
from collections.abc import Collection, Iterator

from .asserted import COUNTS, MOST_SAID, NEGATION, is_asserted
from .facts import Facts, Visit
from .formats import requests_of
from .kinds import SourceKind

COUNTED = re.compile(rf"(?i){COUNTS}")
MOST_BELOW = 8  # lines
# `not counted`, `still 0`, `nothing`, `missing`
UNCOUNTED = re.compile(
    rf"(?i){NEGATION}[^\n.;:,]{{0,30}}?{COUNTS}|{COUNTS}[^\n.;:,]{{0,20}}?{NEGATION}"
    r"|\b(?:uncounted|missing|lost|manquante?|manque|absente?|perdue?|fehlt|verloren|falta|perdid[oa])\b"
    r"|\b(?:still|stays|remains|toujours|encore|reste|immer noch|weiterhin|bleibt|sigue|todavía"
    r"|continua|ainda)\b[^\n.;:,]{0,20}?\b(?:0|zero|zéro|null|cero)\b"
    r"|^\W*(?:nothing|rien|nichts|nada)\b|\btaucht nicht auf\b"
)
# `I don't know whether it is counted`, `compté ou pas ?`
DOUBTED = re.compile(r"(?i)\b(?:whether|or not|si|s['’]il|ou pas|ou non|ob|oder nicht|se)\b|\?\s*$")
# A line that points at the request above it, or names itself a remark.
_MARK = re.compile(r"\s*(?:#|//|;|--|[-=]+>|[→←↑^⬆↳]|<[-=]+|\()")
_BEHIND = re.compile(r".*(?:\"|\s)\s*(?:#|//|<[-=]+|←|[-=]+>|→)\s*(?P<said>[^\"\n]{3,120})$")


def uncounted(facts: Facts) -> list[Visit]:
    """Return the requests of which somebody wrote that they aren't counted."""
    return [visit for visit, is_counted in remarked(facts) if not is_counted]


def counted(facts: Facts) -> list[Visit]:
    """Return the requests of which somebody wrote that they are counted."""
    return [visit for visit, is_counted in remarked(facts) if is_counted]


def remarked(facts: Facts) -> Iterator[tuple[Visit, bool]]:
    """Yield the requests beside which somebody wrote whether they are counted."""
    for source in facts.sources:
        if source.kind != SourceKind.LOG or len(source.text) > MOST_SAID:
            continue
        lines = source.text.split("\n")
        visits = [v for v in facts.visits if v.quote.source == source.name and v.line.number]
        asked = {visit.line.number for visit in visits}
        for visit in visits:
            said = filter(None, map(verdict, beside(lines, visit.line.number, asked)))
            if first := next(said, ""):
                yield visit, first == "counted"


def beside(lines: list[str], number: int, asked: Collection[int]) -> Iterator[str]:
    """Yield what is said of the request on a line: behind it, then below it.

    Up to the next one that is asked about, or a line that is no remark; requests for anything else
    may stand between.
    """
    if found := _BEHIND.fullmatch(lines[number - 1]):
        yield found["said"]
    for at, line in enumerate(lines[number : number + MOST_BELOW], number + 1):
        if at in asked:
            break
        if _MARK.match(line):
            yield line
        elif not requests_of(0, line):
            break


def verdict(said: str) -> str:
    """Return "counted" or "uncounted" for a remark that says so, "" for any other."""
    if DOUBTED.search(said):
        return ""
    if UNCOUNTED.search(said):
        return "uncounted"
    found = COUNTED.search(said)
    return "counted" if found and is_asserted(said, found.start(), found.end()) else ""
