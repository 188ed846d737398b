"""Rows of Mautic's database, as clients print them: in a frame, over lines, with tabs or commas.

And what its API answers: objects of JSON, each of which is a row as well.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from .statements import NOTHING, Statement, named_as, statements

LARGEST = 200_000  # characters; what people copy has a few rows
FRAME = re.compile(r"^[+|-][-+=|]*[-+]$")  # `+----+------+` of MySQL, `----+------` of PostgreSQL
ONE_CELL = re.compile(r"\| *[\w().*]+ *\|")  # of a table with one column: `| sum(is_read) |`
# MySQL's `\G`, PostgreSQL's `\x`.
_ROW = re.compile(r"^(?:\*{5,} ?\d+\. row ?\*{5,}|-\[ RECORD \d+ \][-+]*)$")
# Of such a row one column: `name | value` of PostgreSQL, `name: value` of MySQL.
_EXPANDED = re.compile(r"^(?P<name>\w{1,64}) *\| ?(?P<value>.*)$")
_FIELD = re.compile(r"^(?P<name>[\w().*]{1,64}): (?P<value>.*)$")
# Columns by which an export is known as one of Mautic's.
COLUMNS = {
    *("sent_count", "read_count", "email_id", "is_read", "open_count", "tracking_hash"),
    *("date_read", "email_address", "last_opened", "date_opened"),
    *("parent_id", "event_type", "redirect_id", "lead_id", "queue_name", "date_hit"),
}
AGENTS = ("user_agent", "useragent", "agent", "ua")
OF_API = {  # what the API calls some of them
    "sentCount": "sent_count",
    "readCount": "read_count",
    "parent": "parent_id",
    "eventType": "event_type",
}
MOST_ABOVE = 60  # lines between a statement and its rows
MOST_BUTTONS = 4  # cells in front of a row that are none of its own
# The columns that a statement names, two or more; `select *` names none.
_SELECT = re.compile(
    r"(?i)\bselect\s+(?P<names>(?:[\w.`\"]+(?:\s+as\s+\w+)?\s*,\s*)+[\w.`\"]+)(?=\W|$)"
)
# A statement: what it selects, and the rest, with what limits its rows.
_SELECTED = re.compile(r"(?i)\bselect\s+(?P<names>[^;]{1,500}?)\s+from\s(?P<rest>[^;|]{1,500})")
_ITEM = re.compile(r"(?:\([^()]*\)|[^,()])+")
_LIMIT = re.compile(r"(?i)(?P<name>[\w.]+)\s*=\s*['\"]?(?P<value>[0-9]+)\b")
_SUMMED = re.compile(r"(?i)(?:sum|max)\(\s*(?P<name>[\w.]+)\s*\)")
COUNTED = {"sent_count", "read_count", "is_read", "open_count"}
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:Z|\+\S+)?"
)
# What the cells of a hit look like, whatever column they stand in.
SHAPES = {
    "date_hit": _TIME,
    "redirect": re.compile(r"(?=[^.…]*[0-9])[0-9a-f]{8,25}(?:\.{2,3}|…)?"),  # cut or not
    "ip": re.compile(r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}|(?=.*::?.*:)[0-9a-f:]{3,39}"),
    "user_agent": re.compile(r"[A-Z][\w.-]{2,40}/[0-9].*"),
}
# Below the names: `| --- | ---: |` of Markdown, `---- -----` of the console of Symfony.
RULE = re.compile(r"\|?(?: *:?-{2,}:? *\|)+(?: *:?-{2,}:? *)?")
DASHES = re.compile(r" ?-{2,}(?: +-{2,})+")
DRAWN = str.maketrans("│┃─━┼┬┴├┤┌┐└┘╭╮╰╯", "||--" + "+" * 13)  # frames of some clients
# `["lead_id"]=> string(3) "614"`, as PHP's `var_dump` prints a column.
DUMPED = re.compile(
    r"\[\"(?P<name>\w{1,64})\"\]\s{0,9}=>\s{0,99}"
    r"(?:string\([0-9]+\) \"(?P<text>[^\"\n]*)\"|int\((?P<number>-?[0-9]+)\)|NULL)"
)
_SEPARATOR = re.compile(r"[\t,;]")
# What stands before each line: of a list into which somebody put it, or the file that `grep` names.
_BEFORE = re.compile(r"^(?:[*•-] |[\w./-]{1,80}\.\w{1,5}:(?:[0-9]+:)?)")
_JSON = re.compile(r"(?m)^[ \t]*[{\[]")  # where a line begins an object or a list
MOST_OBJECTS = 20  # beginnings that turn out to be none
DEEPEST = 6  # objects within objects


class Row(NamedTuple):
    """One row: its line, counted from 1, the line as it is, what each column holds."""

    number: int
    text: str
    values: Mapping[str, str]


def named_rows(text: str) -> Iterator[Row]:
    """Yield the rows of all tables, with the bare names of Mautic's columns.

    What a statement above calls otherwise is known by what it selects; what it limits its rows to
    is a column of theirs. A sum over all e-mails tells of none.
    """
    asked = list(statements(text[:LARGEST]))
    for row in rows(text):
        above = [statement for statement in asked if statement.line < row.number]
        own = above[-1] if above and above[-1].is_of(row.values) else NOTHING
        cells = {meant(name, own): cell for name, cell in row.values.items()}
        values = {**own.limits, **cells}
        if own.sums and not {"id", "email_id"} & values.keys():
            values = {name: cell for name, cell in values.items() if name not in COUNTED}
        yield row._replace(values=values)


def meant(name: str, statement: Statement) -> str:
    """Return the column of Mautic's that a name stands for, in a row below a statement."""
    bare = column(name).lower()
    return bare if bare in COLUMNS else column(statement.columns.get(bare, bare)).lower()


def rows(text: str) -> Iterator[Row]:
    """Yield the rows of all tables in a text."""
    text = text[:LARGEST].translate(DRAWN)
    lines = text.split("\n")
    asked = lines if "select" in text.lower() else []  # no line is asked for by a statement above
    yield from framed(lines, asked) if "|" in text else ()
    yield from over_lines(lines)
    yield from under_dashes(lines) if "--" in text else ()
    yield from separated(lines, asked)
    yield from dumped(text)
    yield from objects(text)


def framed(lines: list[str], asked: list[str]) -> Iterator[Row]:
    """Yield the rows of tables in a frame; the line of names stands above its second part.

    In `asked`, the same lines or none, stand statements.
    """
    names = list[str]()
    for at, line in enumerate(lines):
        cells = cells_of(line)
        is_row = len(cells) > 1 or ONE_CELL.fullmatch(line.strip())
        if not is_row:  # a frame goes on, anything else ends the table
            names = names if is_frame(line) else []
        elif at + 1 < len(lines) and is_frame(lines[at + 1]) and not names:
            names = cells
        elif len(cells) == len(names):
            yield Row(at + 1, line.strip(), dict(zip(names, cells, strict=True)))
        elif len(COLUMNS.intersection(cells)) > 1:  # without a frame
            names = cells
        elif not names and (values := nameless(cells, asked, at)):
            yield Row(at + 1, line.strip(), values)


def cells_of(line: str) -> list[str]:
    """Return the cells of a line, none of a frame."""
    bare = line.strip()
    if is_frame(bare):
        return []
    inner = bare.strip("|") if bare.startswith("|") else bare  # else the last cell may be empty
    return [cell.strip() for cell in inner.split("|")]


def is_frame(line: str) -> bool:
    """Whether a line is a part of a frame, of Markdown's too: `| --- | ---: |`."""
    return FRAME.match(line.strip()) is not None or RULE.fullmatch(line.strip()) is not None


def over_lines(lines: list[str]) -> Iterator[Row]:
    """Yield the rows that stand over lines, a column on each."""
    starts = [at for at, line in enumerate(lines) if _ROW.match(line.strip())]
    for start, end in pairwise([*starts, len(lines)]):
        field = _FIELD if lines[start].lstrip().startswith("*") else _EXPANDED
        fields = [field.match(line.strip()) for line in lines[start + 1 : end]]
        values = {field["name"]: field["value"] for field in fields if field}
        yield Row(start + 2, " ".join(f"{name}: {value}" for name, value in values.items()), values)


def under_dashes(lines: list[str]) -> Iterator[Row]:
    """Yield the rows whose columns stand under dashes, as the console of Symfony prints them.

    The line of names stands between two lines of dashes, a third one ends the table.
    """
    starts, names, rules = list[int](), list[str](), 0
    for number, line in enumerate(lines, 1):
        if DASHES.fullmatch(line.rstrip()):
            starts = [found.start() for found in re.finditer("-+", line)]
            rules = rules % 3 + 1
            continue
        ends = [*starts[1:], len(line)]
        cells = [line[start:end].strip() for start, end in zip(starts, ends, strict=False)]
        if rules == 1:
            names = cells
        elif rules == 2 and COLUMNS.intersection(names):
            yield Row(number, line.strip(), dict(zip(names, cells, strict=True)))


def dumped(text: str) -> Iterator[Row]:
    """Yield the rows that PHP dumped: `["lead_id"]=> string(3) "614"`, a row in each array."""
    at = 0
    for piece in text.split("array(") if "]=>" in text else ():
        values = {v["name"]: v["text"] or v["number"] or "" for v in DUMPED.finditer(piece)}
        if COLUMNS.intersection(values):
            said = " ".join(f"{name}: {value}" for name, value in values.items())
            yield Row(text.count("\n", 0, at) + 1, said, values)
        at += len(piece) + len("array(")


def separated(lines: list[str], asked: list[str]) -> Iterator[Row]:
    """Yield the rows below a line that names columns of Mautic's, between tabs or commas."""
    names, sign = list[str](), "\t"
    for number, line in enumerate(lines, 1):
        found = _SEPARATOR.search(line)
        if not found:
            names = []
            continue
        cells = as_columns(cells_between(_BEFORE.sub("", line), found[0]))
        cells = with_whole_agent(cells, names, sign)
        named = cells[len(cells) - len(names) :] if is_behind_words(cells, len(names)) else cells
        alone = {"queue_name", "date_hit"}.intersection(cells)
        if len(COLUMNS.intersection(cells)) > 1 or alone:
            names, sign = cells, found[0]
        elif names and found[0] == sign and len(named) == len(names):
            yield Row(number, line.strip(), dict(zip(names, named, strict=True)))
        else:
            names = []
            if values := nameless(cells, asked, number - 1):
                yield Row(number, line.strip(), values)


def cells_between(line: str, sign: str) -> list[str]:
    """Return the cells of a line between signs, those in quotation marks whole."""
    cells = next(csv.reader([line.strip("\r\n")], delimiter=sign), [])
    return [cell.strip(' "\r') for cell in cells]


def as_columns(cells: list[str]) -> list[str]:
    """Return the labels of a report of hits as the columns they stand for: `Date hit`."""
    named = ["_".join(cell.lower().split()) for cell in cells]
    return named if "date_hit" in named else cells


def is_behind_words(cells: list[str], count: int) -> bool:
    """Whether cells of words stand before so many others: `Edit`, `Copy` of phpMyAdmin."""
    before = cells[: len(cells) - count]
    return 0 < len(before) <= MOST_BUTTONS and all(re.fullmatch(r"[^\d]*", cell) for cell in before)


def nameless(cells: list[str], asked: list[str], at: int) -> dict[str, str]:
    """Return what the cells of a hit hold whose line of names was left out, {} for no hit.

    The statement above names them, or else they are told by their shape. Of several whole numbers
    the first one is that of the row; the others say together whose it is, with the network: they
    may be those of the e-mail alone.
    """
    above = asked[max(at - MOST_ABOVE, 0) : at]
    if counted := counted_by(above, cells):
        return counted
    if not any(_TIME.fullmatch(cell) for cell in cells):
        return {}
    statement = next(filter(_SELECT.search, reversed(above)), "")
    selected = _SELECT.search(statement)
    names = [selected_as(name) for name in selected["names"].split(",")] if selected else []
    if len(names) == len(cells) and "date_hit" in names:
        return dict(zip(names, cells, strict=True))
    shaped = {
        name: cell for cell in cells for name, shape in SHAPES.items() if shape.fullmatch(cell)
    }
    numbers = [cell for cell in cells if cell.isdigit()]
    whose = numbers[1:] if len(numbers) > 1 else numbers
    is_hit = "date_hit" in shaped and "redirect" in shaped and {"ip", "user_agent"} & shaped.keys()
    network = shaped.get("ip", "").rpartition(".")[0] or shaped.get("user_agent", "")
    return shaped | {"lead_id": " ".join([*whose, network])} if is_hit and whose else {}


def counted_by(above: list[str], cells: list[str]) -> dict[str, str]:
    """Return what the cells of a row hold by the names of the statement above.

    Of `sum(is_read)` the column, and what the statement limits the rows to: `where email_id=71`.
    """
    statement = next(filter(None, map(_SELECTED.search, reversed(above))), None)
    if statement is None:
        return {}
    items = map(named_as, _ITEM.findall(statement["names"]))
    names = [name if name in COLUMNS else column(of) for name, of in items]
    if len(names) != len(cells) or not COLUMNS.intersection(names):
        return {}
    limits = {column(limit["name"]): limit["value"] for limit in _LIMIT.finditer(statement["rest"])}
    return limits | dict(zip(names, cells, strict=True))


def selected_as(name: str) -> str:
    """Return the column that a statement names, without marks, or the name it gives to it."""
    return column(re.split(r"\s+as\s+", re.sub('[`"]', "", name).strip(), flags=re.I)[-1])


def column(name: str) -> str:
    """Return the name of a column without the table before it: `h.lead_id`, `sum(s.is_read)`."""
    summed = _SUMMED.fullmatch(name)
    return re.sub(r"^(?:\w+\.)+", "", summed["name"] if summed else name)


def with_whole_agent(cells: list[str], names: list[str], sign: str) -> list[str]:
    """Return the cells of a row whose agent holds the sign between them: `(X11; Linux x86_64)`."""
    more = len(cells) - len(names)
    at = next((at for at, name in enumerate(names) if name.lower() in AGENTS), None)
    if more <= 0 or at is None or not SHAPES["user_agent"].fullmatch(cells[at]):
        return cells
    agent = f"{sign} ".join(cells[at : at + more + 1])
    return [*cells[:at], agent, *cells[at + more + 1 :]]


def objects(text: str) -> Iterator[Row]:
    """Yield the objects of JSON, by the names of columns; it begins a line, below words or not."""
    is_known = any(f'"{name}"' in text for name in (*COLUMNS, *OF_API))
    at, tries = 0, MOST_OBJECTS if is_known else 0
    while tries and (begun := _JSON.search(text, at)):
        try:
            data, at = json.JSONDecoder().raw_decode(text, begun.end() - 1)
        except (ValueError, RecursionError):
            data, at, tries = None, begun.end(), tries - 1
        for each in within(data):
            values = {OF_API.get(name, name): plain(value) for name, value in each.items()}
            if len(COLUMNS.intersection(values)) > 1:
                number = text.count("\n", 0, begun.end()) + 1
                yield Row(number, json.dumps(each, ensure_ascii=False), values)


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
