"""The style sheets of the site hold what its pages can match, and all of that."""

import pytest

import styles

WORDS = {"card", "open", "type", "text", "js"}


def trimmed(css: str) -> str:
    """Return a style sheet as it is published for pages that hold these words."""
    return styles.trimmed({"a.css": css}, WORDS)["a.css"]


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".card{color:red}.tabs{color:red}", ".card{color:red}"),
        (".card .tabs,.card p{color:red}", ".card p{color:red}"),
        (".card:not(.tabs){color:red}", ".card:not(.tabs){color:red}"),
        (".card:is(.tabs,.open){color:red}", ".card:is(.open){color:red}"),
        (".card:where(.tabs,.bar){color:red}", ""),
        ("[dir=rtl] .card{color:red}[type=text]{color:red}", "[type=text]{color:red}"),
        ('[href^="#never"]{color:red}', '[href^="#never"]{color:red}'),
        ("@media print{.tabs{color:red}.card{color:red}}", "@media print{.card{color:red}}"),
        ("@supports (a:b){.tabs{color:red}}p{color:red}", "p{color:red}"),
        ("p{--icon:url(a.svg);--tone:red;color:var(--tone)}", "p{--tone:red;color:var(--tone)}"),
        (".tabs{background:var(--icon)}p{--icon:url(a.svg)}", ""),
        (
            "@keyframes a{from{opacity:0}to{opacity:1}}",
            "@keyframes a{from{opacity:0}to{opacity:1}}",
        ),
        ('.card::before{content:"a"}', '.card::before{content:"a"}'),
    ],
)
def test_what_no_page_can_match_goes(css: str, kept: str) -> None:
    assert trimmed(css) == kept


def test_a_variable_that_another_sheet_reads_stays() -> None:
    sheets = {"a.css": "p{--tone:red}", "b.css": "p{color:var(--tone)}"}
    assert styles.trimmed(sheets, WORDS) == sheets
