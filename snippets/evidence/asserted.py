"""What people say: the lines that name something, and whether they assert it.

It may be denied, supposed, or of a manual.
"""

import re
from typing import NamedTuple

NEGATION = (
    r"(?:\bno|\bnot|n['’]t|\bwithout|\bnever|\bpas|\bsans|\baucune?|\bjamais|\bkeine?\w?|\bnicht"
    r"|\bohne|\bnie|\bsin|\bningún|\bningun[oa]?|\bnunca|\bsem|\bnenhuma?|\bnão)\b"
)
DENIED_BEFORE = re.compile(rf"(?i){NEGATION}[^\n.;:]{{0,25}}$")
DENIED_BEHIND = re.compile(  # `… is not shown`, `… apparaît pas`
    rf"(?i)^[\"'”»“\])]{{0,3}} (?:\w+ ){{0,2}}{NEGATION}"
)
# `If you see …`, `it could be …`, `the manual says …`; what one does oneself, one has seen.
SUPPOSED = re.compile(  # none of these words in an address: `shop.example`
    r"(?i)(?<![\w.@/-])(?:(?:if|in case)(?! (?:I|we)\b)|could|might|documentation|docs|manual"
    r"|example|si (?!je\b|j['’]|on\b|nous\b)|pourrait|exemple|manuel"
    r"|(?:wenn|falls)(?! (?:ich|wir)\b)|könnte|beispiel|handbuch|podría|ejemplo"
    r"|poderia|exemplo)(?![\w.@/-])[^\n.;]{0,60}$"
)
NEAR = 120  # characters on either side that are read
MOST_SAID = 20_000  # characters: nobody writes more beside evidence, or copies more of a screen
# What people say of a request that is in Mautic, in the languages of the guide.
COUNTS = (
    r"\b(?:counts?|counted|recorded|tracked|registered|shows? up|appears?|in the timeline"
    r"|compt[eé]\w*|enregistrée?s?|appara[iî]t|remont[eé]\w*|zählt|gezählt|erfasst|erscheint"
    r"|auftaucht|taucht(?: \w+)? auf|cuenta\w*|contad[oa]s?|contabilizad[oa]s?|registra\w*"
    r"|aparece\w*|conta)\b"
)


class Line(NamedTuple):
    """A line of a text that says something; it counts from 1."""

    number: int
    text: str


def lines(text: str, pattern: re.Pattern[str]) -> list[Line]:
    """Return the lines of a text in which a pattern is found."""
    numbered = enumerate(text[:MOST_SAID].split("\n"), 1)
    return [Line(number, line.strip()) for number, line in numbered if pattern.search(line)]


def is_asserted(text: str, start: int, end: int) -> bool:
    """Whether nobody denies or only supposes what stands between two offsets of a text."""
    before = text[max(start - NEAR, 0) : start].rpartition("\n")[2]
    behind = text[end : end + NEAR]
    is_denied = DENIED_BEFORE.search(before) or DENIED_BEHIND.search(behind)
    return not is_denied and SUPPOSED.search(before) is None and not behind.startswith("?")
