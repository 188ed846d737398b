"""Where elements stand: for Mautic's parser, for a mail program, or for neither."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.mails import BASE, HASH, anchor, link, pixel, sent, unsubscribe
from snippets import links
from snippets import pixel as pixels
from snippets.diagnosis import diagnose
from snippets.platform import charsets, entities, markup

GIF = f"{BASE}/email/{HASH}.gif"
SEEN = {
    "> in a value": f'<img alt="a > b" width="1" height="1" src="{GIF}">',
    "data-src first": f'<img data-src="https://x.example/lazy.png" height="1" src="{GIF}">',
    "without quotes": f"<IMG SRC={GIF}>",
    "behind what the parser reads": f'<meta charset="us-ascii">é {pixel()}',
}
UNSEEN = {
    "comment": f"<!-- {pixel()} -->",
    "textarea": f"<textarea>{pixel()}</textarea>",
    "script": f"<script>document.write('{pixel()}')</script>",
    "value": f"<p title='{pixel()}'>News</p>",
}


@pytest.mark.parametrize("image", SEEN.values(), ids=SEEN)
def test_a_pixel_however_it_is_written(image: str) -> None:
    found = diagnose(sent(anchor(link()) + unsubscribe() + image))
    assert found.first == "no-fault-in-mail"
    assert "pixel" in found.healthy
    assert [each.address for each in pixels.find(image)] == [GIF]


@pytest.mark.parametrize("image", UNSEEN.values(), ids=UNSEEN)
def test_what_no_mail_program_loads_is_no_pixel(image: str) -> None:
    found = diagnose(sent(anchor(link()) + unsubscribe() + image))
    assert found.first == "pixel-hidden-or-altered"
    assert "pixel" not in found.healthy
    assert pixels.find(image) == []


WHERE = [
    ("<a>", "markup"),
    ("<!--[if mso]><a><![endif]-->", "comment"),
    ("<!--[if !mso]><!--><a><!--<![endif]-->", "markup"),
    ("<![if !mso]><a><![endif]>", "markup"),
    ("<style><a></style>", "raw"),
    ("<div><style></p><a></div>", "raw"),
    ("<div><style></div><a>", "markup"),
    ("<head><style></head><a>", "markup"),
    ("<body><style></head><a></style>", "raw"),
    ("<body><style></body><a>", "markup"),
    ("<title><a></title>", "text"),
    ('<img alt="<a>">', "value"),
    ('<img alt="<a>', "value"),
    ("<p>\0<a>", "unread"),
    ("<p>x\0<a>", "markup"),
    ("<!--\0--><a>", "markup"),
    ("<p\0><a>", "unread"),
    ("<div>" * 255 + "<a>", "unread"),
    ("<div>" * 254 + "<a>", "markup"),
    ("<p>" * 999 + "<a>", "markup"),
    ("<br>" * 999 + "<a>", "markup"),
    ("<div></div>" * 999 + "<a>", "markup"),
    ('<meta charset="ascii"><!-- é --><a>', "unread"),
    ('é<meta charset="ascii"><a>', "markup"),
    ('<meta charset="utf-16"><a>', "markup"),
    ('<meta charset="ucs-2"><a>', "unread"),
    ("<!DOCTYPE html PUBLIC \"'><a>", "value"),
]


@pytest.mark.parametrize(("html", "where"), WHERE)
def test_where_an_element_stands(html: str, where: str) -> None:
    assert [each.where for each in markup.elements(html) if each.name == "a"] == [where]


def test_a_shape_of_vml_is_known_by_its_name_and_in_its_comment() -> None:
    html = f'<!--[if gte mso 9]><v:roundrect href="{GIF}"></v:roundrect><![endif]-->'
    (shape,) = markup.elements(html)
    assert (shape.name, shape.tag, shape.parent) == ("v:roundrect", "roundrect", "[if gte mso 9]")


def test_the_first_attribute_of_a_name_counts_and_says_where_it_stands() -> None:
    html = '<p><A Href = "a&amp;b&#x41" HREF=c class>'
    (element,) = markup.hrefs(html)
    href = element.attributes["href"]
    assert element.value("href") == "a&bA"
    assert href.written == html[href.start : href.end] == "a&amp;b&#x41"
    assert html[href.name :].startswith("Href")
    assert element.value("class") == ""
    assert element.value("title") is None
    assert html[element.start : element.end] == html[3:]


PIECES = st.sampled_from(
    [
        *("<a ", "<p", "</", "href=", '"', "'", ">", "/>", "x", "é", "&#", "\r\n", "\0", "\udce9"),
        *("<!--", "-->", "--!>", "<script>", "</script>", "<textarea>", "<!DOCTYPE PUBLIC ", "<?x"),
        *("<meta charset=", "us-ascii"),
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_offsets_are_right_for_any_text(html: str) -> None:
    found = markup.elements(html)
    assert [each.start for each in found] == sorted(each.start for each in found)
    for element in found:
        assert html[element.start + 1 : element.end].lower().startswith(element.name)
        for name, attribute in element.attributes.items():
            assert html[attribute.start : attribute.end] == attribute.written
            assert html[attribute.name :].lower().startswith(name)
            element.value(name)


REPEATED = [
    "<a href='x'>",
    '<a href="',
    "<!--",
    "<!-- <!-- -->",
    "<!DOCTYPE html PUBLIC ",
    '<!DOCTYPE "',
    "<script></p>",
    "<textarea>",
    "<a title='<b>'",
    "<" * 9,
    "</a",
    "<a a=1 a=2",
    "&#1114112;",
    "<meta charset=gbk>é",
    "<div><map><area href=x>",
]


@pytest.mark.slow
@pytest.mark.parametrize("piece", REPEATED)
def test_a_large_text_of_any_piece_ends(piece: str) -> None:
    # Not a timing: what takes quadratic time takes a minute here, not half a second.
    html = piece * (300_000 // len(piece))
    start = time.process_time()
    markup.elements(html)
    links.rewrite(html)
    assert time.process_time() - start < 8


@pytest.mark.parametrize(
    ("number", "character"),
    [(9, "\t"), (10, "\n"), (13, "\r"), (32, " "), (0xD7FF, "\ud7ff"), (0x10FFFD, "\U0010fffd")],
)
def test_a_number_that_xml_allows_is_a_character(number: int, character: str) -> None:
    assert entities.decode(f"&#{number};") == entities.decode(f"&#x{number:X};") == character


@pytest.mark.parametrize(
    "number", [0, 1, 8, 11, 12, 14, 31, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF, 0x10FFFF]
)
def test_a_number_that_xml_forbids_ends_the_value(number: int) -> None:
    assert entities.decode(f"a&#{number};b") == "a"


CODECS = {
    **dict.fromkeys(["html", "iso-10646-ucs-2", "ucs-2", "unicode", "utf-16le"], "undefined"),
    **dict.fromkeys(["utf-8", "utf-16", "1252", "base64", "nobody's"], None),
    **{
        "ks_c_5601-1987": "cp949",
        "tis-620": "cp874",
        "windows-874": "cp874",
        "Latin1 ": "iso8859-1",
    },
    **{"windows-31j": "cp932", "windows1252": "cp1252", "x-mac-roman": "mac-roman"},
    **{"x-sjis": "shift_jis", "iso-8859-15": "iso8859-15"},
}


@pytest.mark.parametrize(("name", "codec"), CODECS.items())
def test_names_of_charsets(name: str, codec: str | None) -> None:
    assert charsets.codec(name) == codec
