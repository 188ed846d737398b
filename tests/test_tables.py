"""Rows of the database in every shape in which clients print them and people copy them."""

from collections.abc import Iterator

import pytest

from snippets.evidence import recorded, tables
from snippets.evidence.facts import Facts

CONSOLE = """
 ------- --------------------- ---------
  id      date_hit              lead_id
 ------- --------------------- ---------
  81200   2026-05-19 09:19:24   614
  81201   2026-05-19 09:19:25
 ------- --------------------- ---------
  81202   below the table       9
"""
DUMPED = """array(2) {
  [0]=>
  array(3) {
    ["id"]=>
    string(5) "81200"
    ["date_hit"]=>
    string(19) "2026-05-19 09:19:24"
    ["lead_id"]=>
    int(614)
  }
  [1]=>
  array(3) {
    ["id"]=>
    string(5) "81201"
    ["date_hit"]=>
    string(19) "2026-05-19 09:19:25"
    ["lead_id"]=>
    NULL
  }
}
"""
EXPANDED = """-[ RECORD 1 ]-----------------
id       | 81200
date_hit | 2026-05-19 09:19:24
lead_id  | 614
-[ RECORD 2 ]-----------------
id       | 81201
date_hit | 2026-05-19 09:19:25
lead_id  |
"""
MARKDOWN = """| id | date_hit | lead_id |
| --- | :---: | ---: |
| 81200 | 2026-05-19 09:19:24 | 614 |
| 81201 | 2026-05-19 09:19:25 | |
"""
DRAWN = """┌───────┬─────────────────────┬─────────┐
│ id    │ date_hit            │ lead_id │
├───────┼─────────────────────┼─────────┤
│ 81200 │ 2026-05-19 09:19:24 │ 614     │
│ 81201 │ 2026-05-19 09:19:25 │         │
└───────┴─────────────────────┴─────────┘
"""
BARE = """| id | date_hit | lead_id |
| 81200 | 2026-05-19 09:19:24 | 614 |
| 81201 | 2026-05-19 09:19:25 | |
"""
JSON = """Two rows:
{"rows": [
 {"id": 81200, "date_hit": "2026-05-19 09:19:24", "lead_id": 614},
 {"id": 81201, "date_hit": "2026-05-19 09:19:25", "lead_id": ""}
]}
[and no JSON
"""
LABELS = """"ID","Date hit","Lead ID"
"81200","2026-05-19 09:19:24","614"
"81201","2026-05-19 09:19:25",""
"""


@pytest.mark.parametrize(
    "text", [CONSOLE, DUMPED, EXPANDED, MARKDOWN, DRAWN, BARE, JSON, LABELS], ids=range(8)
)
def test_the_same_rows_are_read_in_each_shape(text: str) -> None:
    found = [{name.lower(): cell for name, cell in row.values.items()} for row in tables.rows(text)]
    assert found == [
        {"id": "81200", "date_hit": "2026-05-19 09:19:24", "lead_id": "614"},
        {"id": "81201", "date_hit": "2026-05-19 09:19:25", "lead_id": ""},
    ]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [(CONSOLE, [5, 6]), (DUMPED, [3, 12]), (DRAWN, [4, 5]), (JSON, [2, 2]), (LABELS, [2, 3])],
    ids=range(5),
)
def test_a_row_tells_its_line(text: str, numbers: list[int]) -> None:
    assert [row.number for row in tables.rows(text)] == numbers


def test_other_tables_of_the_console_are_none_of_these() -> None:
    other = CONSOLE.replace("date_hit", "command ").replace("lead_id", "user   ")
    assert list(tables.rows(other)) == []
    assert list(tables.rows(DUMPED.replace("_", "-"))) == []


def read(sent: str, opened: str) -> Iterator[int]:
    """Yield the lines of rows that were read at once."""
    text = f"email_id,lead_id,date_sent,date_read\n12,7,{sent},{opened}\n"
    yield from (q.line for q in recorded.read_at_once(Facts.read([("stats.csv", text)])))


@pytest.mark.parametrize(
    ("opened", "lines"),
    [
        ("2026-02-02 09:00:10", [2]),
        ("2026-02-02 09:00:11", []),
        ("2026-02-02 08:59:59", []),
        ("", []),
    ],
)
def test_a_row_that_was_read_within_ten_seconds(opened: str, lines: list[int]) -> None:
    assert list(read("2026-02-02 09:00:00", opened)) == lines


CELLS = ["7", "2026-05-19 09:19:24", "614", "4e5971077b...", "40.94.31.7", "Mozilla/5.0 (X11)"]
VALUES = {"date_hit": CELLS[1], "redirect": CELLS[3], "ip": CELLS[4], "user_agent": CELLS[5]}


def test_rows_without_their_names_are_told_by_the_shape_of_their_cells() -> None:
    for line in (f"| {' | '.join(CELLS)} |", "\t".join(CELLS), '"' + '","'.join(CELLS) + '"'):
        [row] = tables.rows(line)
        assert row.values == VALUES | {"lead_id": "614 40.94.31"}


def test_the_statement_above_names_the_cells() -> None:
    told = "mysql> select id, date_hit, h.lead_id, redirect as word, ip, user_agent ... (by hand)\n"
    [row] = tables.rows(f"{told}| {' | '.join(CELLS)} |")
    assert row.values["lead_id"] == "614"
    assert row.values["word"] == CELLS[3]


@pytest.mark.parametrize("gone", [1, 3])
def test_what_has_no_time_or_no_link_is_no_hit(gone: int) -> None:
    cells = [cell for at, cell in enumerate(CELLS) if at != gone]
    assert not list(tables.rows(f"| {' | '.join(cells)} |"))


def test_the_words_of_buttons_stand_before_a_row() -> None:
    names = "id\tdate_hit\tlead_id\n"
    for buttons, count in (("Edit\t", 1), ("Edit\tCopy\tDelete\tMore\t", 1), ("Edit 2\t", 0)):
        assert len(list(tables.rows(f"{names}{buttons}7\tx\t614"))) == count
