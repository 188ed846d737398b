"""Rows of Mautic's database, as clients print them: in a frame, over lines, with tabs or commas.

And what its API answers: objects of JSON, each of which is a row as well.
"""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

LARGEST = 200_000  # characters; what people copy has a few rows
FRAME = re.compile(r"^[+|-][-+=|]*[-+]$")  # `+----+------+` of MySQL, `----+------` of PostgreSQL
_ROW = re.compile(r"^\*{5,} ?\d+\. row ?\*{5,}$")  # MySQL's `\G`
_FIELD = re.compile(r"^(?P<name>[\w().*]{1,64}): (?P<value>.*)$")


# Columns by which an export is known as one of Mautic's.
COLUMNS = {
    *("sent_count", "read_count", "email_id", "is_read", "open_count", "tracking_hash"),
    *("parent_id", "event_type", "redirect_id", "lead_id", "queue_name", "date_hit"),
}
OF_API = {
    "sentCount": "sent_count",
    "readCount": "read_count",
    "parent": "parent_id",
    "eventType": "event_type",
}
_SEPARATOR = re.compile(r"[\t,;]")
# What stands before each line: of a list into which somebody put it, or the file that `grep` names.
_BEFORE = re.compile(r"^(?:[*•-] |[\w./-]{1,80}\.\w{1,5}:(?:[0-9]+:)?)")
DEEPEST = 6  # objects within objects


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
    yield from separated(lines)
    yield from objects(text[:LARGEST])


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
    bare = line.strip()
    if FRAME.match(bare):
        return []
    inner = bare.strip("|") if bare.startswith("|") else bare  # else the last cell may be empty
    return [cell.strip() for cell in inner.split("|")]


def over_lines(lines: list[str]) -> Iterator[Row]:
    """Yield the rows that stand over lines, a column on each."""
    starts = [at for at, line in enumerate(lines) if _ROW.match(line.strip())]
    for start, end in pairwise([*starts, len(lines)]):
        fields = [_FIELD.match(line.strip()) for line in lines[start + 1 : end]]
        values = {field["name"]: field["value"] for field in fields if field}
        yield Row(start + 2, " ".join(f"{name}: {value}" for name, value in values.items()), values)


def separated(lines: list[str]) -> Iterator[Row]:
    """Yield the rows below a line that names columns of Mautic's, between tabs or commas."""
    names, sign = list[str](), "\t"
    for number, line in enumerate(lines, 1):
        found = _SEPARATOR.search(line)
        bare = _BEFORE.sub("", line)
        cells = [cell.strip(' "\r') for cell in bare.split(found[0])] if found else []
        if len(COLUMNS.intersection(cells)) > 1 or "queue_name" in cells:
            names, sign = cells, found[0] if found else sign
        elif names and found and found[0] == sign and len(cells) == len(names):
            yield Row(number, line.strip(), dict(zip(names, cells, strict=True)))
        else:
            names = []


def objects(text: str) -> Iterator[Row]:
    """Yield the objects of JSON, by the names of columns; none of what is no JSON as a whole."""
    try:
        data = json.loads(text) if text.lstrip()[:1] in ("{", "[") else None
    except (ValueError, RecursionError):
        return
    for each in within(data):
        values = {OF_API.get(name, name): plain(value) for name, value in each.items()}
        if len(COLUMNS.intersection(values)) > 1:
            yield Row(1, json.dumps(each, ensure_ascii=False), values)


def within(data: object, depth: int = 0) -> Iterator[dict[str, object]]:
    """Yield the objects in JSON, the outer ones first."""
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else []
    if isinstance(data, dict):
        yield data
    for each in inner if depth < DEEPEST else ():
        yield from within(each, depth + 1)


def plain(value: object) -> str:
    """Return a value as a database prints it."""
    if value is None:
        return "NULL"
    return str(int(value)) if isinstance(value, bool) else str(value)
