"""What people write beside the requests of a log, and what statements say of rows."""

import pytest

from snippets.evidence import logins, remarks, screens, statements, tables


@pytest.mark.parametrize(
    "said",
    [
        *("# not counted", "# never shows up", "# -> still 0 for me", "# nothing in the timeline"),
        *("# pas compté", "# n'apparaît pas", "# toujours à 0", "# ce clic manque"),
        *("# nicht gezählt", "# taucht nicht auf", "# bleibt bei 0", "# fehlt"),
        *("# no aparece", "# sigue en 0", "# não conta", "# continua em 0"),
    ],
)
def test_a_remark_says_that_a_request_does_not_count(said: str) -> None:
    assert remarks.verdict(said) == "uncounted"


@pytest.mark.parametrize(
    "said",
    [
        *("# this one counts", "# compté", "# remonte bien", "# zählt", "# taucht sofort auf"),
        *("# cuenta", "# registra bien", "# conta", "# contabilizado"),
    ],
)
def test_a_remark_says_that_a_request_counts(said: str) -> None:
    assert remarks.verdict(said) == "counted"
    assert logins.logged_in(f"Click, incognito: {said}", about_clicks=True)


@pytest.mark.parametrize(
    "said",
    [
        *("# I don't know whether it is counted", "# counted?", "# if this is counted"),
        *("# compté ou pas", "# customer account", "# my phone"),
    ],
)
def test_other_remarks_say_nothing_of_it(said: str) -> None:
    assert remarks.verdict(said) == ""


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Mautic; About says 5.0.4", "5.0.4"),
        ("Mautic, nous sommes en 5.2.3", "5.2.3"),
        ("Read by about 5.2 % of them\nMautic", None),
        ("Mautic, running PHP 7.1.2", None),
    ],
)
def test_a_release_is_told_in_words(text: str, named: str | None) -> None:
    found = screens.release(text)
    assert (found[0] if found else None) == named


@pytest.mark.parametrize(
    ("column", "name", "meant"),
    [
        ("sum(s.is_read) r", "r", "sum(is_read)"),
        ('SUM( is_read ) AS "opens"', "opens", "sum(is_read)"),
        ("sum(case when is_read = 1 then 1 else 0 end) as n", "n", "sum(is_read)"),
        ("e.read_count", "read_count", "read_count"),
    ],
)
def test_a_statement_names_its_columns(column: str, name: str, meant: str) -> None:
    assert statements.named_as(column) == (name, meant)


def test_a_count_of_readers_is_their_sum_for_the_mail_it_is_limited_to() -> None:
    text = (
        "select count(*) n from email_stats where email_id = 41 and is_read = 1;\n"
        "+-----+\n| n   |\n+-----+\n| 602 |\n+-----+\n"
    )
    assert [row.values for row in tables.named_rows(text)] == [{"email_id": "41", "is_read": "602"}]
