"""Lists of opens that somebody exported or typed, with columns of their own.

Whatever the names of the columns, their order and the sign between them: an address of a network, a
program and a time are known by what they look like, and who read by an address of e-mail or a name.
"""

import csv
import re
from collections.abc import Iterator
from typing import NamedTuple

from .tables import LARGEST, SHAPES

SIGNS = ("\t", ";", "|", ",")
FEWEST_CELLS = 3  # when, and from where; who, or which e-mail
_BLANKS = re.compile(r" {2,}")
_CLOCK = re.compile(r"(?:(?<![\w:])|(?<=[0-9]T))[0-9]{1,2}[:h][0-9]{2}(?![0-9])")
_AGENT = re.compile(r"[A-Z][\w.-]{2,40}/[0-9].*")
_WHO = re.compile(r"[^\s@]+@[^\s@]+")
# What is asked for: such a row is one of a log, or of visits and clicks.
_ADDRESS = re.compile(r"(?i)https?://|(?:^|[\s\"';,|])(?:/\w|GET |HEAD |POST )")
_NAMES_WHO = re.compile(
    r"(?i)\b(?:contacts?|leads?|recipients?|readers?|e-?mails?|destinataires?|kontakte?|empfänger"
    r"|contactos?|destinatarios?|contatos?|destinatários?)\b"
)
_OPENED = re.compile(
    r"(?i)\b(?:open(?:s|ed|ings?)?|read|ouver\w+|lue?s?|lectures?|gelesen|geöffnet|öffnung\w*"
    r"|abiert\w+|aperturas?|leíd\w+|abert\w+|lid[oa]s?|leituras?)(?![^\W_])"
)
_CLICKED = re.compile(r"(?i)(?:click|klick|clic|clique)")


class Open(NamedTuple):
    """One row: its line, counted from 1, as it is; who read, from which address, by which program.

    `is_named` says that the list calls its rows opens.
    """

    number: int
    text: str
    who: str
    ip: str
    agent: str
    is_named: bool


def opens(text: str) -> Iterator[Open]:
    """Yield the rows that tell when and from where somebody read; none of a list of clicks."""
    above, heads = "", list[str]()
    for number, line in enumerate(text[:LARGEST].split("\n"), 1):
        cells = cells_of(line)
        ip = next(filter(SHAPES["ip"].fullmatch, cells), "")
        agent = next(filter(_AGENT.fullmatch, cells), "")
        if not (ip or agent) or not _CLOCK.search(line) or _ADDRESS.search(line):
            above, heads = (line, cells) if is_header(line, cells) else (above, heads)
            continue
        is_named = _OPENED.search(spaced(above)) is not None
        if is_named or not _CLICKED.search(above):
            yield Open(number, line.strip(), who_of(cells, heads), ip, agent, is_named)


def is_header(line: str, cells: list[str]) -> bool:
    """Whether a line may name columns: it holds no time, no number alone, no address of e-mail."""
    is_row = any(_WHO.fullmatch(cell) or cell.isdigit() for cell in cells)
    return bool(cells) and not is_row and not _CLOCK.search(line)


def cells_of(line: str) -> list[str]:
    """Return the cells of a row, by the sign that parts it into the most; [] for no row."""
    bare = line.strip().strip("|")
    parted = [next(csv.reader([bare], delimiter=sign), []) for sign in SIGNS if sign in bare]
    first = next((cells for cells in parted if len(cells) >= FEWEST_CELLS), _BLANKS.split(bare))
    return [cell.strip(" \"'\r") for cell in first] if len(first) >= FEWEST_CELLS else []


def who_of(cells: list[str], heads: list[str]) -> str:
    """Return who a row is about: an address of e-mail, else what stands below such a name."""
    named = (
        cell for head, cell in zip(heads, cells, strict=False) if _NAMES_WHO.search(spaced(head))
    )
    return next(filter(_WHO.fullmatch, cells), "") or next(named, "")


def spaced(name: str) -> str:
    """Return the name of a column with blanks between its words: `contact_id`."""
    return name.replace("_", " ")
