"""Rows of Mautic's database, as clients print them: a table in a frame, or a row over lines."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

LARGEST = 200_000  # characters; what people copy has a few rows
FRAME = re.compile(r"^[+|-][-+=|]*[-+]$")  # `+----+------+` of MySQL, `----+------` of PostgreSQL
_ROW = re.compile(r"^\*{5,} ?\d+\. row ?\*{5,}$")  # MySQL's `\G`
_FIELD = re.compile(r"^(?P<name>\w{1,64}): (?P<value>.*)$")


class Row(NamedTuple):
    """One row: its line, counted from 1, the line as it is, what each column holds."""

    number: int
    text: str
    values: Mapping[str, str]


def rows(text: str) -> Iterator[Row]:
    """Yield the rows of all tables in a text."""
    lines = text[:LARGEST].split("\n")
    yield from framed(lines)
    yield from over_lines(lines)


def framed(lines: list[str]) -> Iterator[Row]:
    """Yield the rows of tables in a frame; the line of names stands above its second part."""
    names = list[str]()
    for at, line in enumerate(lines):
        cells = cells_of(line)
        if len(cells) < 2:  # a frame goes on, anything else ends the table
            names = names if FRAME.match(line.strip()) else []
        elif at + 1 < len(lines) and FRAME.match(lines[at + 1].strip()) and not names:
            names = cells
        elif len(cells) == len(names):
            yield Row(at + 1, line.strip(), dict(zip(names, cells, strict=True)))


def cells_of(line: str) -> list[str]:
    """Return the cells of a line, none of a frame."""
    is_frame = FRAME.match(line.strip())
    return [] if is_frame else [cell.strip() for cell in line.strip().strip("|").split("|")]


def over_lines(lines: list[str]) -> Iterator[Row]:
    """Yield the rows that stand over lines, a column on each."""
    starts = [at for at, line in enumerate(lines) if _ROW.match(line.strip())]
    for start, end in pairwise([*starts, len(lines)]):
        fields = [_FIELD.match(line.strip()) for line in lines[start + 1 : end]]
        values = {field["name"]: field["value"] for field in fields if field}
        yield Row(start + 2, " ".join(f"{name}: {value}" for name, value in values.items()), values)
