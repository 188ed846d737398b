"""What a statement of SQL says of the rows below it: what its columns count, and of which e-mail.

Clients print the short name that a statement gives to a column, or none at all.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

# `select email_id, sum(is_read) r from email_stats s where s.email_id = 41 and s.is_read = 1`
_STATEMENT = re.compile(
    r"(?is)\bselect\s+(?P<columns>(?:(?!\bselect\b|;).){1,1000}?)\s+from\s+[`\"]?(?P<table>\w+)"
    r"(?P<rest>(?:(?!\bselect\b)[^;\n]|\n(?![+|-])){0,600})"
)
_COMMA = re.compile(r",(?![^()]*\))")  # between columns, not within `ifnull(x, 0)`
# What a column is called: `sum(is_read) r`, `sum(is_read) AS "opens"`.
_CALLED = re.compile(r"(?is)(?P<of>.*?[\w)`\"])\s+(?:as\s+)?[`\"']?(?P<name>\w+)[`\"']?")
_TABLE = re.compile(r"\b\w+\.(?=\w)")  # `s.` of `s.is_read`
_CASE = re.compile(r"(?:sum|count)\((?:case\s?when|if\()?\s?is_read\s?(?:=\s?(?:1|true))?.*\)")
_OF_READ = re.compile(r"(?i)\bis_read\s*(?:=\s*(?:1|true)|is\s+true)\b")
_COUNT = re.compile(r"count\((?:\*|1|id|distinct\s?\w+)\)")
_ID = re.compile(
    r"(?i)(?<!\w)(?P<name>id|email_id)\s*(?:=|in\s*\()\s*'?(?P<id>[0-9]{1,9})\b(?!\s*,)"
)
READ = "sum(is_read)"


class Statement(NamedTuple):
    """The line on which a statement ends, what its columns are, what it limits its rows to.

    `sums` says that a column is the sum of many rows.
    """

    line: int
    columns: Mapping[str, str]
    limits: Mapping[str, str]
    sums: bool = False

    def is_of(self, row: Collection[str]) -> bool:
        """Whether a row has a column that the statement names."""
        return any(_TABLE.sub("", name).lower() in self.columns for name in row)


NOTHING = Statement(0, {}, {})


def statements(text: str) -> Iterator[Statement]:
    """Yield the statements of a text that select columns."""
    for found in _STATEMENT.finditer(text) if "select" in text.lower() else ():
        rest = found["rest"]
        named = [named_as(column) for column in _COMMA.split(found["columns"])]
        if _OF_READ.search(rest):
            named = [(name, READ if _COUNT.fullmatch(of) else of) for name, of in named]
        limits = {each["name"].lower(): each["id"] for each in _ID.finditer(_TABLE.sub("", rest))}
        sums = any("(" in of for _, of in named)
        yield Statement(text.count("\n", 0, found.end("table")) + 1, dict(named), limits, sums)


def named_as(column: str) -> tuple[str, str]:
    """Return the name under which a column is printed, and what it is."""
    column = _TABLE.sub("", column)
    called = _CALLED.fullmatch(column.strip())
    of = " ".join((called["of"] if called else column).lower().split())
    of = re.sub(r"[`\"]| (?=[()])|(?<=[()]) ", "", of)
    of = READ if _CASE.fullmatch(of) else of
    return (called["name"] if called else column.strip().strip('`"')).lower(), of
