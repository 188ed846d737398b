"""The rules of link rewriting, one by one, and what always holds."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snippets import links, releases
from snippets.reasons import REASONS

URL = "https://example.com/page"


def reason(html: str, release: str = "7.1", **options: object) -> str:
    """Return the reason of the first link."""
    return links.explain(html, release=release, **options)[0].reason  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f'<a href="{URL}">', "tracked"),
        ('<a href="/shop">', "relative-address"),
        ('<a href="">', "empty-href"),
        ('<a href="#top">', "no-address"),
        ('<a href="HTTPS://example.com/">', "scheme"),
        ('<a href="http:///x">', "unreadable-address"),
        (f'<a mautic:disable-tracking href="{URL}">', "disabled"),
        ('<a href="{unsubscribe_url}">', "untracked-list"),
        ('<a href="{custom}">', "token-without-value"),
        ('<a href="https://{contactfield=website}">', "token-with-scheme"),
        (f'<p><a href="{URL}"\n>x</a> <a href="https://b.example/">', "line-break"),
        (f'<a href={URL}> <a href="https://b.example/">', "quotes"),
        ('<a href="https://example.com/?a=1&#38;b=2">', "ampersand"),
        ('<a href="https://example.com/&eacute;">', "entity"),
        ('<a href="http:/example.com/">', "rebuilt"),
        ('<a href="https://example.com/été">', "normalised"),
        ('<a href="://example.com">', "malformed"),
        (f'<p><link href="{URL}"> <a href="https://b.example/">', "not-a-link"),
        (f'<p><!-- <a href="{URL}"> --> <a href="https://b.example/">', "not-a-link"),
        (f'<meta charset="us-ascii">é <a href="{URL}">', "unread-charset"),
        ("<div>" * 256 + f'<a href="{URL}">', "too-deep"),
        (f'<p>\0</p>\0<a href="{URL}">', "null-byte"),
        (f'<a href="{URL}>x</a> <a href="https://b.example/">', "open-quote"),
        (f'<img alt="x src="y.png"> <p title="x><a href="{URL}">', "open-quote"),
        ("Write to <jo@example.com> or see https://example.com/", "text-looks-like-html"),
        ("See http://localhost/page", "text-not-found"),
        ("See https://example.com/café today", "text-cut"),
    ],
)
def test_each_reason(html: str, expected: str) -> None:
    assert reason(html) == expected


def test_the_beginning_of_a_longer_address_is_replaced() -> None:
    html = '<a href="https://a.example/">1</a> <a href="https://a.example/b" {}>2</a>'
    both = links.explain(html.format("mautic:disable-tracking"))
    assert [link.reason for link in both] == ["tracked", "prefix-overlap"]
    content = links.rewrite(html.format("mautic:disable-tracking")).content
    assert 'href="{trackable=1}b"' in content


def test_a_shape_of_outlook_is_tracked_with_a_link_however_its_ampersand_is_spelt() -> None:
    for address in ("https://acme.example/t?a=1&b=2", "https://acme.example/t?a=1&amp;b=2"):
        html = f'<v:roundrect href="{address}"></v:roundrect>\n<a href="{address}">Reserve</a>\n'
        assert [link.reason for link in links.explain(html)] == ["tracked", "tracked"]


def test_a_token_with_a_default_empties_the_link() -> None:
    found = links.explain('<a href="{custom|https://example.com/}">')
    assert found[0].reason == "token-emptied"


def test_leading_space_matters_before_7_0_1_only() -> None:
    html = f'<a href=" {URL}">'
    assert reason(html, "7.0.0") == "leading-space"
    assert reason(html, "7.0.1") == "tracked"


def test_white_space_around_the_address_is_swallowed() -> None:
    assert links.rewrite(f'<a href=" {URL} ">').content == '<a href="{trackable=1}">'


def test_an_address_met_twice_keeps_its_number() -> None:
    found = links.rewrite([f'<a href="{URL}">', f"See {URL} now"])
    assert found.content == ['<a href="{trackable=1}">', "See {trackable=1} now"]
    assert found.trackables == {"{trackable=1}": URL}


def test_shape_is_kept() -> None:
    content = {"html": f'<a href="{URL}">'.encode(), "texts": ["", f"{URL} x"], "none": None}
    found = links.rewrite(content).content
    assert found == {
        "html": b'<a href="{trackable=1}">',
        "texts": ["", "{trackable=1} x"],
        "none": None,
    }


def test_bytes_that_are_not_utf_8_come_back() -> None:
    found = links.rewrite(f'<a href="{URL}"> \xff'.encode("latin-1"))
    assert found.content == b'<a href="{trackable=1}"> \xff'
    assert found.trackables == {"{trackable=1}": URL}


def test_from_a_byte_that_is_not_utf_8_on_everything_is_latin_1() -> None:
    tag = '<a href="https://example.com/\u00e9">'
    found = links.rewrite(tag.encode("latin-1") + tag.encode(), release="5.1")
    assert found.trackables == {
        "{trackable=1}": "https://example.com/Ã",
        "{trackable=2}": "https://example.com/Ã©",
    }


def test_a_malformed_link_stops_7_1_and_not_7_2() -> None:
    html = f'<a href="://x"> <a href="{URL}">'
    stopped = links.rewrite(html, release="7.1")
    assert stopped.error
    assert stopped.content == html
    assert stopped.trackables == {}
    assert links.rewrite(html, release="7.2").content == '<a href="://x"> <a href="{trackable=1}">'


def test_untracked_adds_to_the_default_list() -> None:
    html = f'<a href="{URL}"> <a href="{{webview_url}}">'
    assert [link.reason for link in links.explain(html, untracked=["example"])] == [
        "untracked-list",
        "untracked-list",
    ]


def test_position_is_that_of_the_href() -> None:
    (link,) = links.explain(f'<p>\n  <a href="{URL}">')
    assert (link.line, link.column) == (2, 6)


def test_every_link_of_every_recording_has_a_known_reason() -> None:
    from recordings import recordings

    for recording in recordings("links"):
        if recording.release == "7.1":
            found = links.explain(recording.input["content"], release="7.1")
            assert {link.reason for link in found} <= set(REASONS), recording.id
            assert all(link.tracked == REASONS[link.reason] for link in found), recording.id


def test_an_unknown_release_is_an_error_that_lists_the_known() -> None:
    with pytest.raises(releases.UnknownRelease, match=r"5\.1.*7\.2"):
        links.rewrite("", release="3.0")


PIECES = st.sampled_from(
    [
        '<a href="',
        "<a\nhref='",
        "<area href=",
        '">',
        "'>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "https://example.com/",
        "http://",
        "{contactfield=x}",
        "{x|https://a.b/}",
        "&amp;",
        "&#38;",
        "&eacute",
        "\n",
        " ",
        "é",
        "\0",
        "<",
        ">",
        "mautic:disable-tracking",
        "{trackable=1}",
        "//",
        "www.",
        "mailto:a@b.cc",
        "?a=1",
        "#x",
        "|",
        "(",
        "[",
        "%7B",
        "a",
        "\ud800",
    ]
)
MAILS = st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=200)
RELEASES = st.sampled_from(list(releases.LINES))


@given(MAILS, RELEASES)
@settings(max_examples=300, deadline=None)
def test_never_raises(mail: str, release: str) -> None:
    assert isinstance(links.rewrite(mail, release=release).content, str)
    for link in links.explain(mail, release=release):
        assert link.reason in REASONS
        assert link.line >= 1
        assert link.column >= 1


@given(st.binary(max_size=200), RELEASES)
@settings(max_examples=100, deadline=None)
def test_never_raises_for_bytes(mail: bytes, release: str) -> None:
    assert isinstance(links.rewrite(mail, release=release).content, bytes)


@given(st.text(st.characters(exclude_characters="<>:{}@./"), max_size=200))
@settings(max_examples=100, deadline=None)
def test_a_mail_without_links_is_not_changed(text: str) -> None:
    for mail in (text, f"<p>{text}</p>"):
        found = links.rewrite(mail)
        assert found.content == mail
        assert found.trackables == {}


HREFS = st.lists(
    st.sampled_from(
        [
            "https://a.example/",
            "https://b.example/x?y=1",
            "mailto:a@b.example",
            "/shop",
            "#top",
            "tel:+331",
            "{unsubscribe_url}",
        ]
    ),
    max_size=5,
)


@given(HREFS, st.text(st.characters(exclude_characters="<>\"'&"), max_size=30))
@settings(max_examples=100, deadline=None)
def test_text_outside_hrefs_is_untouched_and_twice_is_once(hrefs: list[str], text: str) -> None:
    mail = "".join(f'<p>{text} <a href="{href}">{text}</a></p>' for href in hrefs)
    once = links.rewrite(mail)
    bare = re.compile(r'href="[^"]*"')
    assert bare.sub("", str(once.content)) == bare.sub("", mail)
    assert links.rewrite(once.content).content == once.content


LARGE = {
    "a line of 1 MB": "<p>" + "x" * 1_000_000,
    "10 000 links": "".join(f'<a href="https://example.com/{n}">' for n in range(10_000)),
    "10 000 links in text mode": "".join(
        f'<a\nhref="https://a.example/{n}">' for n in range(10_000)
    ),
    "10 000 addresses in a text": " ".join(f"https://a.example/{n}" for n in range(10_000)),
    "longer and longer": "".join(f'<a href="https://a.example/{"a" * n}">' for n in range(1_500)),
    "ampersands": '<a href="https://a.example/?&' + "amp;" * 100_000 + '">',
    "one word": "http://a@b.cc/" * 40_000,
    "expression": '<a mautic:disable-tracking href="(a+)+$"><a href="' + "a" * 5_000 + '">',
    "comments": "<!-- -->" * 50_000,
}


@pytest.mark.parametrize("mail", LARGE.values(), ids=LARGE)
def test_large_and_hostile_mails_end(mail: str) -> None:
    # Not a timing: a rule that takes quadratic time takes minutes here, not seconds.
    start = time.process_time()
    links.explain(mail)
    assert time.process_time() - start < 60


def test_the_last_letter_of_an_address_stays() -> None:
    html = '<a href="https://a.example/X">1</a> <a href="https://b.example/FAX ">2</a>'
    assert [link.address for link in links.explain(html)] == [
        "https://a.example/X",
        "https://b.example/FAX",
    ]


@pytest.mark.parametrize("sign", list(".,;:!?)]}>'\"»”…"))
def test_a_sentence_goes_on_behind_an_address_of_a_text(sign: str) -> None:
    found = links.explain(f"a <b> https://a.example/LAX{sign} c")
    assert [link.href for link in found] == ["https://a.example/LAX"]
