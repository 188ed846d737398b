"""How tokens are put in the place of addresses: where one may stand, and which comes first."""

import pytest

from snippets.platform import replacing
from snippets.platform.replacing import Beginnings, Edit, Site, apply, everywhere, in_hrefs, sites
from snippets.platform.text import fold

A, B = "https://a.example/", "https://a.example/b"


def replaced(
    text: str, *addresses: str, ampersands: bool = False, white_space: bool = False
) -> str:
    """Return a text with `1`, `2` … in the place of addresses behind ` href=`."""
    tokens = {address: str(number) for number, address in enumerate(addresses, 1)}
    folded = fold(text)
    edits = in_hrefs(text, folded, tokens, ampersands=ampersands, white_space=white_space)
    return apply(text, edits)


REPLACED = [
    (f'<a href="{A}">', '<a href="1">'),
    (f"<a href='{A}'>", "<a href='1'>"),
    (f'<a HREF="{A.upper()}">', '<a href="1">'),
    (f'<a href="{A}" x>', '<a href="1" x>'),
    (f'<a href="{A}c">', '<a href="1c">'),
    (f'<a href="{A}"', f'<a href="{A}"'),
    (f'<a href="{A}\n">', f'<a href="{A}\n">'),
    (f'<a href="{A}"\n>', f'<a href="{A}"\n>'),
    (f'<a\nhref="{A}">', f'<a\nhref="{A}">'),
    (f'a href="{A}">', f'a href="{A}">'),
    (f'<a\n href="{A}">', f'<a\n href="{A}">'),
    (f'<p>x href="{A}">', '<p>x href="1">'),
    (f'<a href="{A}"><a href="{A}">', '<a href="1"><a href="1">'),
    (f'<a href="{A}" href="{A}">', f'<a href="1" href="{A}">'),
    (f'<a href=" {A}">', f'<a href=" {A}">'),
    (f'<a href = "{A}">', f'<a href = "{A}">'),
    (f"<a href={A}>", f"<a href={A}>"),
    (f"<a href=\"{A}'>", f"<a href=\"{A}'>"),
]


@pytest.mark.parametrize(("text", "new"), REPLACED)
def test_an_address_is_replaced_behind_its_href_on_one_line(text: str, new: str) -> None:
    assert replaced(text, A) == new


SPACED = [
    (f'<a href="\n {A}">', '<a href="1">'),
    (f'<a href="{A} \n">', '<a href="1">'),
    (f'<a href="{A} x">', '<a href="1 x">'),
    (f'<a href="{A}x \n">', '<a href="1x">'),
    (f'<a href="{A} \nx">', f'<a href="{A} \nx">'),
]


@pytest.mark.parametrize(("text", "new"), SPACED)
def test_white_space_around_an_address_goes_with_it(text: str, new: str) -> None:
    assert replaced(text, A, white_space=True) == new


def test_the_first_address_that_fits_is_replaced() -> None:
    both = f'<a href="{B}"><a href="{A}">'
    assert replaced(both, B, A) == '<a href="1"><a href="2">'
    assert replaced(both, A, B) == '<a href="1b"><a href="1">'
    third = f"{A}bc"
    assert replaced(f'<a href="{third}d">', B, third, A) == '<a href="1cd">'
    assert replaced(f'<a href="{third}d">', third, B, A) == '<a href="1d">'
    assert replaced(f'<a href="{A}x">', third, B) == f'<a href="{A}x">'


def test_an_ampersand_may_be_written_out() -> None:
    query, text = f"{A}?b&c", f'<a href="{A}?b&amp;c">'
    assert replaced(text, query) == text
    assert replaced(text, query, ampersands=True) == '<a href="1">'
    assert replaced(f'<a href="{query}">', query, ampersands=True) == '<a href="1">'
    assert replaced(f'<a href="{A}?b&amp;d">', query, ampersands=True).endswith('&amp;d">')
    assert replaced(f'<a href="{A}?b&amp">', query, ampersands=True).endswith('&amp">')
    more = f"{A}?b&c&d"
    assert replaced(f'<a href="{A}?b&amp;c&d">', more, ampersands=True) == '<a href="1">'


IN_LINKS = {
    '<a href="x">': True,
    "< href": True,
    "<a\n href": False,
    " href <": False,
    "<ahref": False,
    "": False,
    "x href < href": True,
    "<p>\nx": False,
}


@pytest.mark.parametrize(("text", "is_so"), IN_LINKS.items())
def test_a_line_with_a_link_makes_all_replacing_be_in_links(text: str, is_so: bool) -> None:
    assert replacing.is_html_mode(text) == is_so


def test_the_places_where_an_address_may_be_replaced() -> None:
    text = '<a href="x" href=\'y\'\n href="z"> <b href="w"'
    assert list(sites(text)) == [
        Site(2, 9, '"', 0),
        Site(11, 18, "'", 0),
        Site(34, 41, '"', 32),
    ]


def test_anywhere_the_first_address_wins_and_none_overlaps() -> None:
    def put(text: str, *addresses: str) -> str:
        tokens = {address: str(number) for number, address in enumerate(addresses, 1)}
        return apply(text, everywhere(text, tokens))

    assert put(f"x {B} {A} y", B, A) == "x 1 2 y"
    assert put(f"x {B} {A} y", A, B) == "x 1b 1 y"
    assert put("aaa", "aa") == "1a"
    assert put("abcd", "bc", "abc", "cd") == "a1d"
    assert put("xyz", "a", "y") == "x2z"
    assert put("x", "aa", "bb") == "x"
    assert everywhere("x", {}) == []
    assert put("a", "a", "ab") == "1"


def test_edits_are_made_in_order() -> None:
    assert apply("abcd", [Edit(0, 1, "x", ""), Edit(2, 4, "", "")]) == "xb"
    assert apply("ab", []) == "ab"


def test_an_address_is_compared_up_to_a_length() -> None:
    long = "a" * 40_001
    assert Beginnings([long]).reach == 40_000
    assert Beginnings([long[:39_999]]).reach == 39_999
    assert Beginnings([A], loose=True).reach == 5 * len(A)
    assert list(Beginnings([A, B]).of(B, 0)) == [(0, A, len(A)), (1, B, len(B))]
    assert list(Beginnings([B, A]).of(B, 0)) == [(0, B, len(B)), (1, A, len(A))]
    assert list(Beginnings([]).of(B, 0)) == []
