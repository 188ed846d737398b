"""What logs say in numbers: refusals told twice, times of two zones, errors nobody explains."""

import pytest

from cases.mails import HASH, access
from snippets.diagnosis import diagnose
from snippets.evidence.tables import rows

PIXEL = f"/email/{HASH}.gif"
REFUSED = access(PIXEL, status=403)
TOLD_AGAIN = (
    f"[Tue Mar 12 11:00:00.123 2024] [security2:error] [pid 7] [client 203.0.113.7:1] "
    f'ModSecurity: Access denied with code 403 (phase 2). [uri "{PIXEL}"]\n'
)
ERROR = "[2024-03-12T10:00:0{0}.1+00:00] mautic.{1}: {2} [] []\n"
FRAMED = """
mysql> SELECT id, parent_id, type FROM campaign_events;
+----+-----------+------------+
| id | parent_id | type       |
+----+-----------+------------+
| 61 |      NULL | email.send |
| 62 |        61 | email.open |
+----+-----------+------------+
2 rows in set

 id | type
----+------
  7 | form
(1 row)
"""
OVER_LINES = """*************************** 1. row ***************************
  id: 118
type: email.send
*************************** 2. row ***************************
  id: 119
"""


def counted(*logs: str) -> dict[str, object]:
    """Return what is counted of logs."""
    found: dict[str, object] = diagnose(list(logs)).context["requests"]
    return found


def test_a_refusal_that_an_error_log_tells_again_is_one() -> None:
    assert counted(REFUSED + TOLD_AGAIN)["refused"] == 1
    assert counted(REFUSED, TOLD_AGAIN)["refused"] == 1
    assert counted(TOLD_AGAIN * 2)["refused"] == 2
    assert counted(REFUSED * 3 + TOLD_AGAIN)["refused"] == 3
    assert counted(access(PIXEL, status=404) + TOLD_AGAIN)["refused"] == 2


def test_a_time_without_its_zone_counts_only_where_no_other_is_there() -> None:
    assert counted(TOLD_AGAIN + REFUSED)["until"] == "2024-03-12T10:00:00+00:00"
    assert counted(REFUSED, TOLD_AGAIN)["until"] == "2024-03-12T10:00:00+00:00"
    assert counted(TOLD_AGAIN)["until"] == "2024-03-12T11:00:00+00:00"


def errors(log: str) -> list[tuple[int, str, int]]:
    """Return the errors that are told of a log: how many, their words, the line of the last."""
    found = diagnose(log).context.get("errors", [])
    return [(error["number"], error["text"], error["line"]) for error in found]


def test_errors_that_no_cause_explains_are_told_each_kind_once() -> None:
    log = "".join(
        ERROR.format(at, level, words)
        for at, (level, words) in enumerate(
            [("ERROR", "lock 17"), ("CRITICAL", "no memory"), ("ERROR", "lock 4"), ("INFO", "hi")]
        )
    )
    assert errors(log) == [(2, "ERROR: lock 4", 3), (1, "CRITICAL: no memory", 2)]


def test_no_more_than_three_kinds_are_told() -> None:
    log = "".join(ERROR.format(at, "ERROR", "ghijk"[at] * 9) for at in range(5))
    assert [text for _, text, _ in errors(log)] == [
        "ERROR: ggggggggg",
        "ERROR: hhhhhhhhh",
        "ERROR: iiiiiiiii",
    ]


def test_an_error_that_shows_a_cause_is_not_told_again() -> None:
    known = ERROR.format(1, "CRITICAL", "SQLSTATE[42S22]: Unknown column 'e.x' in 'field list'")
    assert diagnose(known).first == "schema-not-updated"
    assert errors(known) == []
    assert errors(known + ERROR.format(2, "ERROR", "lock")) == [(1, "ERROR: lock", 2)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            FRAMED,
            [
                (6, {"id": "61", "parent_id": "NULL", "type": "email.send"}),
                (7, {"id": "62", "parent_id": "61", "type": "email.open"}),
                (13, {"id": "7", "type": "form"}),
            ],
        ),
        (OVER_LINES, [(2, {"id": "118", "type": "email.send"}), (5, {"id": "119"})]),
        ("a | b\nc | d\n", []),
        ("", []),
    ],
)
def test_rows_of_a_database_are_read(text: str, found: list[tuple[int, dict[str, str]]]) -> None:
    assert [(row.number, row.values) for row in rows(text)] == found


def test_rows_of_an_export_and_of_the_api_are_read() -> None:
    export = "email_id,is_read,name\n40,1,July\n\n40,0,none\n"
    assert [(row.number, row.values["is_read"]) for row in rows(export)] == [(2, "1")]
    assert not list(rows("name,city\nJo,Rome\n"))
    api = (
        '{"email": {"id": 40, "sentCount": 9, "readCount": 0, "parent": null, "isPublished": true}}'
    )
    (row,) = rows(api)
    assert row.values == {
        "id": "40",
        "sent_count": "9",
        "read_count": "0",
        "parent_id": "NULL",
        "isPublished": "1",
    }
    assert not list(rows(f"see {api}"))
