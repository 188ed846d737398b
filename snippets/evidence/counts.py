"""What Mautic's lists of e-mails count, as people copy them: sent, opened, clicked.

A list, a table, boxes one below the other or an export, in the languages of the interface.
"""

import re
from collections.abc import Iterator

from .asserted import MOST_SAID, Line

FEWEST_SENT = 20  # of fewer e-mails that nobody opened none may have been opened
NEAR = 3  # lines: what a screen shows in boxes is copied one below the other
_SENT = r"(?:sent(?:[ _]?count)?|envoyés?|gesendet|versendet|versandt|enviad[oa]s?)"
_READ = (
    r"(?:read(?:[ _]?count)?|lus?|ouverts?|gelesen|lesen|geöffnet|leíd[oa]s?|lid[oa]s?"
    r"|abiert[oa]s?|abert[oa]s?)"
)
_COUNT = r"((?<![0-9.,])(?:[0-9]{1,3}(?:[ .,\u00a0\u202f][0-9]{3}){1,3}(?![0-9])|[0-9]{1,9}))"
_BEFORE = re.compile(rf"(?i){_COUNT}[ \t]*(?:({_SENT})|({_READ}))\b")
_BEHIND = re.compile(
    rf"(?i)\b(?:({_SENT})|({_READ}))\b[\"']?[ \t]*[:=]?[ \t]*[\"']?{_COUNT}(?![ \t]*%)"
)
_CLICKED = (
    r"(?:unique clicks?|clics? uniques?|(?:eindeutige|einmalige) klicks?|clics? únicos?"
    r"|cliques? únicos?)"
)
_UNIQUE = re.compile(rf"(?i)\b{_CLICKED}[\"']?[ \t]*[:=]?[ \t]*{_COUNT}|{_COUNT}[ \t]*{_CLICKED}\b")
_ANY_CLICKS = re.compile(
    rf"(?i)\b(?:clicks?|clics?|klicks|cliques|click_?count)\b[\"']?[ \t]*[:=]?[ \t]*{_COUNT}"
)
_CELLS = re.compile(r"[ \t]*[,;|\t][ \t]*|[ \t]{2,}")


def unread(text: str) -> list[Line]:
    """Return the lines of a list of e-mails in which many were sent, and none is counted open."""
    return [line for line, sent, read in rows(text) if sent >= FEWEST_SENT and read == 0]


def more_clicks(text: str) -> list[Line]:
    """Return the lines that count more people who clicked than who opened, or clicks of nobody.

    A click marks the e-mail as read, too, so that cannot be (P12).
    """
    read = [(line, count) for line, _, count in rows(text)]
    found = list[Line]()
    for number, line in enumerate(text[:MOST_SAID].split("\n"), 1):
        for clicked in _UNIQUE.finditer(line):
            before = [count for row, count in read if 0 <= number - row.number <= NEAR]
            if before and whole(clicked[1] or clicked[2]) > before[-1]:
                found.append(Line(number, line.strip()))
        if any(row.number == number and count == 0 for row, count in read):
            clicks = [whole(clicked[1]) for clicked in _ANY_CLICKS.finditer(line)]
            found += [Line(number, line.strip())] if any(clicks) else []
    return found


def rows(text: str) -> list[tuple[Line, int, int]]:
    """Return how many e-mails were sent and opened, as a list, a table or an export says."""
    found, sent = list[tuple[Line, int, int]](), (0, 0)
    columns: tuple[int, int] | None = None
    for number, line in enumerate(text[:MOST_SAID].split("\n"), 1):
        cells = _CELLS.split(line.strip())
        if columns and (counts := in_cells(cells, columns)):
            found.append((Line(number, line.strip()), *counts))
            continue
        columns = header(cells) or columns
        for is_sent, count in counts_in(line):
            if is_sent:
                sent = (number, count)
            elif sent[0] and number - sent[0] <= NEAR:
                found.append((Line(number, line.strip()), sent[1], count))
                sent = (0, 0)
    return found


def counts_in(line: str) -> Iterator[tuple[bool, int]]:
    """Yield the counts of a line, each with whether it is of what was sent: `9 Sent  0 Read`."""
    before, behind = _BEFORE.search(line), _BEHIND.search(line)
    if behind and not (before and before.start() < behind.start()):
        for found in _BEHIND.finditer(line):
            yield bool(found[1]), whole(found[3])
    else:
        for found in _BEFORE.finditer(line):
            yield bool(found[2]), whole(found[1])


def header(cells: list[str]) -> tuple[int, int] | None:
    """Return the columns of what was sent and what was opened, None if this is no header."""
    named = [cell.strip("\"'").lower() for cell in cells]
    at = [
        next((i for i, name in enumerate(named) if re.fullmatch(words, name)), None)
        for words in (_SENT, _READ)
    ]
    return (at[0], at[1]) if at[0] is not None and at[1] is not None else None


def in_cells(cells: list[str], columns: tuple[int, int]) -> tuple[int, int] | None:
    """Return both counts of a row, None if it hasn't got them."""
    said = [cells[at].strip("\"'") for at in columns if at < len(cells)]
    if len(said) < 2 or not all(re.fullmatch(_COUNT, count) for count in said):
        return None
    return whole(said[0]), whole(said[1])


def whole(count: str) -> int:
    """Return a count that may have signs between its thousands."""
    return int(re.sub("[^0-9]", "", count))
