"""The pieces of the platform under Mautic, one by one: what each reads, writes and refuses."""

import pytest

from snippets import clickthrough
from snippets.clickthrough import BadClickthrough, decode
from snippets.platform import (
    charsets,
    markup,
    minified,
    normalised,
    plainpart,
    plaintext,
    query,
    text,
)
from snippets.platform.address import Address, UnreadableAddress, rebuild, split
from snippets.platform.normalised import MalformedAddress
from snippets.platform.serialised import NotSerialised, read, serialised

TEXTS = {
    "<p>a</p><p>b</p>": "a\n\nb",
    "<div>a</div><div>b": "a\n\nb",
    "<h1>a</h1>b<h6>c": "ab\n\nc".replace("ab", "ab"),
    "a<ul><li>b</li></ul>": "a\n\nb",
    "a<ol>b": "a\n\nb",
    "a<table><tr><td>b": "a\n\nb",
    "a<P CLASS=x>b": "a\n\nb",
    "a<pre>b": "ab",
    "a<br>b<BR/>c<br />d": "a\nb\nc\nd",
    "a\n  b\t c": "a b c",
    "a <br> b": "a\nb",
    "a<p><p><p>b": "a\n\nb",
    "<head>x</head>a": "a",
    "<style>x</style>a<script>x</script>b<title>x</title >c": "abc",
    "<header>x</header>a": "xa",
    "a<!-- x\n -->b": "ab",
    "a &lt;b&gt; &eacute;": "a <b> é",
    '<a href="https://a.example/">x</a>': "x [https://a.example/]",
    "<a class='b' href='https://a.example/?b&amp;c' d>x <b>y</b></a>": (
        "x y [https://a.example/?b&c]"
    ),
    '<a href="mailto:jo@x">x</a>': "x",
    '<a href="JavaScript:x">x</a>': "x",
    '<a href="#top">x</a>': "x",
    '<a href="page">x</a>': "x [/page]",
    '<a href="/page">x</a>': "x [/page]",
    '<a href="{token}">x</a>': "x [{token}]",
    '<a href="tel:112">x</a>': "x [tel:112]",
    '<a href=" https://a.example/ ">x</a>': "x [https://a.example/]",
    "<abbr href='x'>a</abbr>": "a",
    "": "",
}


@pytest.mark.parametrize(("html", "text"), TEXTS.items())
def test_the_text_that_is_made_of_html(html: str, text: str) -> None:
    assert plainpart.text_of(html) == text


def test_lines_are_wrapped_at_seventy_characters() -> None:
    assert plainpart.wrapped("a" * 35 + " " + "b" * 34) == "a" * 35 + " " + "b" * 34
    assert plainpart.wrapped("a" * 35 + " " + "b" * 35) == "a" * 35 + "\n" + "b" * 35
    assert plainpart.wrapped("a" * 80 + " b c") == "a" * 80 + "\nb c"
    assert plainpart.wrapped("b " + "a" * 80) == "b\n" + "a" * 80
    assert plainpart.wrapped("a\nb  c") == "a\nb  c"


ADDRESSES = {
    "https://a.example": ["https://a.example"],
    "HTTP://a.example/b.": ["HTTP://a.example/b."],
    "ftp://a.example": ["ftp://a.example"],
    "(https://a.example/b) x": ["https://a.example/b)"],
    "https://a.example:8443/b": ["https://a.example:8443/b"],
    "https://a.example:1/b": ["https://a.example"],
    "https://a.example:123456/b": ["https://a.example:12345"],
    "https://jo:pw@a.example/b": ["https://jo:pw@a.example/b"],
    "https://a.example,https://b.example": ["https://a.example", "https://b.example"],
    "https://a.example/https://b.example": ["https://a.example/https://b.example"],
    "https://localhost/b": [],
    "https://a.b/c": [],
    "https://a.bc/d": ["https://a.bc/d"],
    "https://exämple.com": ["https://exämple.com"],
    "https://1.2.3.4/b": ["https://1.2.3.4/b"],
    "https://223.255.255.2/b": ["https://223.255.255.2/b"],
    "https://224.1.1.1/b": [],
    "https://10.1.1.1/b": [],
    "https://127.1.1.1/b": [],
    "https://169.254.1.1/b": [],
    "https://192.168.1.1/b": [],
    "https://172.16.1.1/b": [],
    "https://172.31.1.1/b": [],
    "https://172.32.1.1/b": ["https://172.32.1.1/b"],
    "https://1.2.3.0/b": [],
    "mailto:jo@a.example": [],
    "www.a.example": [],
}


@pytest.mark.parametrize(("text", "found"), ADDRESSES.items())
def test_the_addresses_that_the_search_finds_in_a_text(text: str, found: list[str]) -> None:
    assert [each.address for each in plaintext.addresses(text)] == found
    behind = plaintext.addresses(f"é \u00a0{text}\nx")
    assert [(each.start, each.address) for each in behind] == [
        (3 + text.index(each), each) for each in found
    ]


CUT = {
    "https://a.example/b.": "https://a.example/b",
    "https://a.example/b).,;": "https://a.example/b",
    "https://a.example/b}": "https://a.example/b",
    "https://a.example/{b}": "https://a.example/{b}",
    "https://a.example/{b}}": "https://a.example/{b}}",
    "https://a.example/b}c{d}": "https://a.example/b}c{d",
    "https://a.example/é": "https://a.example/",
    "...": "",
}


@pytest.mark.parametrize(("address", "kept"), CUT.items())
def test_what_cannot_end_an_address_is_dropped(address: str, kept: str) -> None:
    assert plaintext.cut(address) == kept


def test_a_text_loses_what_looks_like_a_tag() -> None:
    assert plaintext.visible("a <b c> d < e <f") == "a  d < e "
    assert plaintext.visible("a <\n b> c<") == "a <\n b> c<"


def test_an_address_may_be_the_default_of_a_token() -> None:
    text = "x {a|https://a.example} {b|https://a.example}\n{c https://a.example}"
    assert plaintext.with_default(text, "https://a.example") == [
        "{a|https://a.example}",
        "{b|https://a.example}",
    ]
    assert plaintext.with_default("a|https://a.example}", "https://a.example") == []
    assert plaintext.with_default("{a\n|https://a.example}", "https://a.example") == []
    assert plaintext.defaults("{a|b} {c|d|e}") == {"b", "d|e", "e"}
    assert plaintext.defaults("{a|b\n} |}") == set()


VALUES: list[tuple[object, bytes]] = [
    (None, b"N;"),
    (True, b"b:1;"),
    (False, b"b:0;"),
    (5, b"i:5;"),
    (-7, b"i:-7;"),
    (1.0, b"d:1;"),
    (0.5, b"d:0.5;"),
    (1e25, b"d:1.0E+25;"),
    (1.5e-7, b"d:1.5E-7;"),
    (0.0001, b"d:0.0001;"),
    (0.00001, b"d:1.0E-5;"),
    (1e16, b"d:10000000000000000;"),
    (1e17, b"d:1.0E+17;"),
    (0.0, b"d:0;"),
    (-0.0, b"d:-0;"),
    (float("inf"), b"d:INF;"),
    (float("-inf"), b"d:-INF;"),
    ("é", b's:2:"\xc3\xa9";'),
    (b"\xff", b's:1:"\xff";'),
]


@pytest.mark.parametrize(("value", "written"), VALUES, ids=[repr(value) for value, _ in VALUES])
def test_a_value_is_written_as_the_platform_does(value: object, written: bytes) -> None:
    assert serialised(value) == written
    if not isinstance(value, bytes):
        assert read(written) == value


def test_arrays_have_integers_for_keys_that_look_like_them() -> None:
    assert serialised(["a", None]) == b'a:2:{i:0;s:1:"a";i:1;N;}'
    assert serialised({"1": 1, "01": 2, "-3": 3, "-0": 4}) == (
        b'a:4:{i:1;i:1;s:2:"01";i:2;i:-3;i:3;s:2:"-0";i:4;}'
    )
    assert serialised(float("nan")) == b"d:NAN;"
    assert read(b"a:2:{i:0;i:1;i:1;i:2;}") == [1, 2]
    assert read(b"a:2:{i:1;i:1;i:0;i:2;}") == {1: 1, 0: 2}
    assert read(b'C:1:"X":1:{i:0;i:7;}') == {"__PHP_Incomplete_Class_Name": "X", 0: 7}
    assert read(b"i:5;and more") == 5


DAMAGED = {
    b"": "the value is broken off or damaged",
    b"i:x;": "the value is broken off or damaged",
    b"b:2;": "the value is broken off or damaged",
    b"d:1-2;": "a number is none",
    b's:2:"a";': "a text is shorter or longer than its length says",
    b's:1:"ab";': "a text is shorter or longer than its length says",
    b"a:1:{d:1;i:1;}": "a key is neither a number nor a text",
    b"a:1:{b:1;i:1;}": "a key is neither a number nor a text",
    b"a:1:{i:0;i:1;": "an array is not closed",
    b"R:1;": "a reference leads nowhere",
    b"a:1:{i:0;R:1;}": "a reference leads nowhere",
    b"a:1:{i:0;R:3;}": "a reference leads nowhere",
    b"a:1:{i:0;" * 102 + b"i:1;" + b"}" * 102: "it is nested more than 100 deep",
}


@pytest.mark.parametrize(("content", "said"), DAMAGED.items(), ids=map(str, range(len(DAMAGED))))
def test_what_is_no_such_value_is_told(content: bytes, said: str) -> None:
    with pytest.raises(NotSerialised) as raised:
        read(content)
    assert str(raised.value) == said


def test_a_value_may_be_nested_so_deep() -> None:
    assert read(b"a:1:{i:0;" * 101 + b"i:1;" + b"}" * 101)


def ct(serial: bytes) -> str:
    """Return a `ct` of a serialised value."""
    import base64

    return base64.b64encode(serial).decode()


REFUSED = {
    ct(b"i:5;"): ("no-array", "The ct decodes to something else than a Mautic array."),
    ct(b'a:1:{i:0;O:8:"x":0:{}}'): ("object", "The ct contains an object; Mautic refuses it."),
    ct(b'a:1:{i:0;O:+8:"x":0:{}}'): ("object", "The ct contains an object; Mautic refuses it."),
    ct(b"a:1:{i:0;"): (
        "broken",
        "The ct is damaged: the value is broken off or damaged.",
    ),
}


@pytest.mark.parametrize(("text", "said"), REFUSED.items())
def test_a_ct_that_cannot_be_used_is_told(text: str, said: tuple[str, str]) -> None:
    with pytest.raises(BadClickthrough) as raised:
        decode(text)
    assert (raised.value.kind, str(raised.value)) == said


def test_a_ct_is_read_leniently() -> None:
    whole = ct(b'a:1:{s:1:"a";s:3:"a>?";}')
    assert decode(whole) == {"a": "a>?"}
    assert decode(whole.rstrip("=") + "!\n") == {"a": "a>?"}
    assert decode(whole.replace("=", "%3D")) == {"a": "a>?"}
    assert decode(whole, url_decode=False) == {"a": "a>?"}
    assert decode("") == []
    assert decode("x") == []
    assert clickthrough.lenient_base64(b"YWJj") == b"abc"
    assert clickthrough.lenient_base64(b"YWI=") == b"ab"
    assert clickthrough.lenient_base64(b"YWJjZ") == b"abc"


SPLIT = {
    "tel:112": Address(host="tel", port=112),
    "tel:123456": Address(scheme="tel", path="123456"),
    "tel:112/x": Address(host="tel", port=112, path="/x"),
    "a.example:80": Address(host="a.example", port=80),
    "//a.example": Address(host="a.example"),
    "//a.example:80/b": Address(host="a.example", port=80, path="/b"),
    "/a:b": Address(path="/a:b"),
    "?a:b": Address(query="a:b"),
    "#a": Address(fragment="a"),
    "": Address(path=""),
    "a": Address(path="a"),
    "mailto:jo@x": Address(scheme="mailto", path="jo@x"),
    "mailto:": Address(scheme="mailto"),
    "file:///a": Address(scheme="file", path="/a"),
    "file://a/b": Address(scheme="file", host="a", path="/b"),
    "file:///c:/a": Address(scheme="file", path="c:/a"),
    "FILE:///a": Address(scheme="FILE", path="/a"),
    "https://jo:pw@a.example:80/b?c#d": Address(
        "https", "jo", "pw", "a.example", 80, "/b", "c", "d"
    ),
    "https://jo@a.example": Address("https", "jo", None, "a.example"),
    "https://jo:@a.example": Address("https", "jo", "", "a.example"),
    "https://a.example:": Address("https", host="a.example"),
    "https://a.example: 80": Address("https", host="a.example", port=80),
    "https://a.example:+80x": Address("https", host="a.example", port=80),
    "https://[::1]": Address("https", host="[::1]"),
    "https://[::1]:80": Address("https", host="[::1]", port=80),
    "https://a.example:65535": Address("https", host="a.example", port=65535),
    "https://a.example/b\nc": Address("https", host="a.example", path="/b_c"),
    "https://a.example?": Address("https", host="a.example", query=""),
    "a?b#c?d": Address(path="a", query="b", fragment="c?d"),
}


@pytest.mark.parametrize(("text", "pieces"), SPLIT.items())
def test_an_address_is_split_as_the_platform_does(text: str, pieces: Address) -> None:
    assert split(text) == pieces


UNREADABLE = {
    "https://": "no host",
    "//": "no host",
    "https://jo@": "no host",
    "https://:80": "no host",
    "https://a.example:123456": "the port is too long",
    "https://a.example:65536": "the port is no number",
    "https://a.example:x": "the port is no number",
    "https://a.example:-1": "the port is no number",
    "a.example:65536": "the port is too high",
    ":": "nothing behind the colon",
}


@pytest.mark.parametrize(("text", "said"), UNREADABLE.items())
def test_what_the_platform_cannot_split_is_told(text: str, said: str) -> None:
    with pytest.raises(UnreadableAddress) as raised:
        split(text)
    assert str(raised.value) == said


REBUILT = {
    "https://jo:pw@a.example:80/b?c#d": "https://jo:pw@a.example:80/b?c#d",
    "https://jo@a.example": "https://jo@a.example",
    "mailto:jo@x": "mailto:jo@x",
    "tel:x": "tel://x",
    "https://a.example?0#0": "https://a.example",
    "https://a.example?#": "https://a.example",
    "//a.example": "a.example",
}


@pytest.mark.parametrize(("text", "rebuilt"), REBUILT.items())
def test_an_address_is_put_together_again(text: str, rebuilt: str) -> None:
    assert rebuild(split(text)) == rebuilt


CODECS = {
    "html": "undefined",
    "iso-10646-ucs-2": "undefined",
    "ks_c_5601-1987": "cp949",
    "tis-620": "cp874",
    "ucs-2": "undefined",
    "unicode": "undefined",
    "windows-31j": "cp932",
    "windows-874": "cp874",
    "windows1252": "cp1252",
    "x-mac-roman": "mac-roman",
    "x-sjis": "shift_jis",
    " LATIN-1\n": "iso8859-1",
    "utf-8": None,
    "utf-8-sig": None,
    "utf-16": None,
    "1252": None,
    "base64": None,
    "x-unknown": None,
    "": None,
}


@pytest.mark.parametrize(("name", "codec"), CODECS.items())
def test_the_name_of_a_charset_is_a_codec(name: str, codec: str | None) -> None:
    assert charsets.codec(name) == codec


NAMED = {
    "text/html; charset=latin-1": "latin-1",
    "text/html; CHARSET = 'latin-1'": "latin-1",
    'charset="x y"': "x y",
    "charset=": "",
    "text/html": None,
}


@pytest.mark.parametrize(("content", "name"), NAMED.items())
def test_a_meta_names_a_charset(content: str, name: str | None) -> None:
    assert charsets.in_content(content) == name


def parents(html: str) -> list[tuple[str, str]]:
    """Return each element with the one it stands in."""
    return [(element.name, element.parent) for element in markup.Reading(html).live()]


CLOSED = {
    "a": "a fieldset table td th",
    "dd": "dt",
    "dt": "dd dl",
    "li": "li",
    "option": "optgroup option",
    "p": "address blockquote caption center col colgroup dd dir div dl dt fieldset form h1 h2 h3 "
    "h4 h5 h6 hr li menu ol p pre table tbody td tfoot th title tr ul",
    "tbody": "tbody tfoot",
    "td": "tbody td tfoot th tr",
    "th": "tbody td tfoot th tr",
    "thead": "tbody tfoot",
    "tr": "tbody tfoot tr",
}
PAIRS = [(opened, name) for opened, names in CLOSED.items() for name in names.split()]


@pytest.mark.parametrize(("opened", "name"), PAIRS)
def test_a_start_tag_closes_what_writers_leave_open(opened: str, name: str) -> None:
    assert parents(f"<section><{opened}><{name}>")[-1] == (name, "section")
    assert parents(f"<section><{opened}><b><{name}>")[-1] == (name, "b")
    assert parents(f"<section><{opened}><span>")[-1] == ("span", opened)


VOID = [
    *("area", "base", "basefont", "br", "col", "frame", "hr", "img", "input", "isindex", "link"),
    *("meta", "param", "html", "head", "body"),
]


@pytest.mark.parametrize("name", VOID)
def test_some_elements_hold_nothing(name: str) -> None:
    assert parents(f"<section><{name}><b>")[-1] == ("b", "section")
    assert parents("<section><b/><i>")[-1] == ("i", "section")


TEXTUAL = ["iframe", "noembed", "noframes", "textarea", "title", "xmp"]


@pytest.mark.parametrize("name", TEXTUAL)
def test_what_programs_show_as_text_is_no_markup(name: str) -> None:
    found = {e.name: e.where for e in markup.elements(f"<{name}><i></{name.upper()}><b>")}
    assert (found["i"], found["b"]) == ("text", "markup")
    unclosed = {e.name: e.where for e in markup.elements(f"<{name}><i><b>")}
    assert (unclosed["i"], unclosed["b"]) == ("text", "text")


def test_the_parser_reads_so_deep() -> None:
    def count(depth: int) -> tuple[int, str]:
        reading = markup.Reading("<b>" * depth + "<i>")
        return len(list(reading.live())), reading.why

    assert count(254) == (255, "")
    assert count(255) == (255, "too-deep")
    assert count(256) == (255, "too-deep")


ATTRIBUTES = {
    '<a href="x">': "x",
    "<a href='x'>": "x",
    "<a href=x>": "x",
    '<a HREF = "x">': "x",
    '<a class="b" href="x" href="y">': "x",
    '<a  href="x"': "x",
    '<a href="x': "x",
    "<a href=x/>": "x/",
    "<a href>": "",
    '<a "b" href="x">': "x",
    "<a b='1'c href=\"x\">": "x",
    '<a data-a="1" b="2" href="x">': "x",
    '<a data-href="y">': None,
    '<a href="&amp;&eacute;">': "&é",
}


@pytest.mark.parametrize(("tag", "value"), ATTRIBUTES.items())
def test_an_attribute_is_read_however_it_is_written(tag: str, value: str | None) -> None:
    [element] = list(markup.Reading(tag).live())
    assert element.value("href") == value
    if value is not None and value.isascii() and "&" not in value:
        attribute = element.attributes["href"]
        assert tag[attribute.start : attribute.end] == attribute.written == value
        assert tag[attribute.name :].lower().startswith("href")


MALFORMED = ["https://", "://a.example", "https:///a"]


@pytest.mark.parametrize("address", MALFORMED)
def test_an_address_that_cannot_be_normalised_stops_the_sending(address: str) -> None:
    with pytest.raises((MalformedAddress, UnreadableAddress)):
        normalised.normalised(split(address))


def test_minifying_keeps_what_is_read() -> None:
    html = "<p>\n  a   b\n</p>\n<!-- x --><pre>a  b</pre>"
    assert minified.minified(html) == "<p>   a   b</p><!-- x --><pre>a  b</pre>"


QUERIES = {
    "a=1&b=2": {"a": "1", "b": "2"},
    "a=1&a=2": {"a": "2"},
    "a[]=1&a[]=2": {"a": ["1", "2"]},
    "a+b=c%20d": {"a_b": "c d"},
    "a": {"a": ""},
}


@pytest.mark.parametrize(("text", "values"), QUERIES.items())
def test_a_query_is_read_as_the_platform_does(text: str, values: dict[str, object]) -> None:
    found = query.read(text)
    plain = {k: list(v.values()) if isinstance(v, dict) else v for k, v in found.items()}
    assert plain == values


MINIFIED = {
    "<p>\n  a\n</p>": "<p>   a</p>",
    "<p\n class='a'\n>a</p>": "<p class='a'>a</p>",
    "<br\n/>": "<br/>",
    "<a href = 'x'>": "<a href=  'x'>",
    "<a href  =\n'x'>": "<a href=  'x'>",
    "<p style='a : b'>": "<p style='a : b'>",
    '<p STYLE = "a : b ; c : d">': '<p STYLE=  "a:b;c:d">',
    "<style type='a'>\n\n a</style>": "<style type='a'> a</style>",
    "a\r\n\r\n  <b>c </b>": "a<b>c</b>",
    "1 <\n2": "1 < 2",
}


@pytest.mark.parametrize(("html", "short"), MINIFIED.items())
def test_what_minifying_does(html: str, short: str) -> None:
    assert minified.minified(html) == short


NORMALISED = {
    "HTTPS://A.Example": "https://a.example",
    "https://É.example/é?é#é": "https://É.example/%C3%A9?%C3%A9#%C3%A9",
    "http://a.example:80/": "http://a.example/",
    "https://a.example:443/": "https://a.example/",
    "ftp://a.example:21/": "ftp://a.example/",
    "https://a.example:80/": "https://a.example:80/",
    "https://jo@a.example/": "https://jo@a.example/",
    "https://j o:p:w@a.example/": "https://j%20o:p%3Aw@a.example/",
    "https://jo:@a.example/": "https://jo:@a.example/",
    "https://a.example/b c%20d%2": "https://a.example/b%20c%20d%252",
    "https://a.example/A-Z_.~!$&'()*+,;=:@/": "https://a.example/A-Z_.~!$&'()*+,;=:@/",
    "https://a.example/?a/b?c": "https://a.example/?a/b?c",
    "https://a.example/{x|y}?{z}": "https://a.example/{x%7Cy}?{z}",
    "https://a.example?#": "https://a.example",
    "page": "page",
    "mailto:jo@x": "mailto:jo@x",
    "tel:x": "tel:x",
}


@pytest.mark.parametrize(("address", "written"), NORMALISED.items())
def test_an_address_is_written_anew_percent_encoded(address: str, written: str) -> None:
    assert normalised.normalised(split(address)) == written


def test_an_address_without_a_host_is_refused_or_given_one() -> None:
    assert normalised.normalised(Address("https", path="b")) == "https://localhost/b"
    assert normalised.normalised(Address("http")) == "http://localhost"
    assert normalised.normalised(Address(host="a", path="b")) == "//a/b"
    refused = {
        Address(path="//a"): "the path begins with two slashes, but there is no host",
        Address(path="a:b/c"): "something stands in front of the scheme",
    }
    for address, said in refused.items():
        with pytest.raises(MalformedAddress) as raised:
            normalised.normalised(address)
        assert str(raised.value) == said
    assert normalised.normalised(Address(path="a/b:c")) == "a/b:c"


READ = {
    "a[b][c]=1&a[b][d]=2": {"a": {"b": {"c": "1", "d": "2"}}},
    "a[]=1&a[5]=2&a[]=3": {"a": {"0": "1", "5": "2", "6": "3"}},
    "a=1&a[b]=2": {"a": {"b": "2"}},
    "a.b=1&c d=2": {"a_b": "1", "c_d": "2"},
    "a[b=1": {"a_b": "1"},
    "[a]=1&=2&b=3": {"b": "3"},
    " a=1": {"a": "1"},
    "a=b=c": {"a": "b=c"},
    "a%5Bb%5D=1": {"a": {"b": "1"}},
    "a[x]y=1": {"a": {"x": "1"}},
    "a[b.c]=1": {"a": {"b.c": "1"}},
}


@pytest.mark.parametrize(("text", "values"), READ.items())
def test_names_of_a_query_may_be_nested(text: str, values: dict[str, object]) -> None:
    assert query.read(text) == values


def test_a_query_is_nested_so_deep() -> None:
    deep, depth = query.read("a" + "[b]" * 100 + "=1"), 0
    while isinstance(deep, dict):
        deep, depth = next(iter(deep.values())), depth + 1
    assert (deep, depth) == ("1", 65)


def test_a_query_is_written_in_two_ways() -> None:
    values = {"a b": "c~d/e", "n": None, "t": True, "f": False, "l": ["x", 5], "m": {"k": 1.5}}
    assert query.written(values) == ("a+b=c%7Ed%2Fe&t=1&f=0&l%5B0%5D=x&l%5B1%5D=5&m%5Bk%5D=1.5")
    assert query.written({"a b": "c~d"}, plus=False) == "a%20b=c~d"
    pairs = query.as_written("a+b=c&d&a+b=&x[]=1&x[]=2")
    assert pairs == [("a b", "c"), ("d", None), ("a b", ""), ("x[]", "1"), ("x[]", "2")]
    kept = query.grouped(pairs, keep_duplicates=True)
    assert kept == [("a b", "c"), ("a b", ""), ("d", None), ("x[]", "1"), ("x[]", "2")]
    last = query.grouped(pairs, keep_duplicates=False)
    assert last == [("a b", ""), ("d", None), ("x[]", "1"), ("x[]", "2")]
    assert query.joined(last) == "a%20b=&d&x%5B%5D=1&x%5B%5D=2"


APPENDED = {
    "https://a.example": "https://a.example?x=1",
    "https://a.example?b": "https://a.example?b&x=1",
    "https://a.example?": "https://a.example?x=1",
    "https://a.example?0": "https://a.example?0?x=1",
    "https://a.example?b&": "https://a.example?b&x=1",
    "https://a.example#b#c": "https://a.example?x=1#b",
    "https://": "https://?x=1",
}


@pytest.mark.parametrize(("url", "longer"), APPENDED.items())
def test_a_query_is_put_behind_an_address(url: str, longer: str) -> None:
    assert query.append(url, "x=1") == longer


ENTITIES = {
    "a&amp;b": "a&b",
    "&amp;&lt;": "&<",
    "&eacute;&apos;": "é'",
    "&eacute": "&eacute",
    "&nobody;": "&nobody;",
    "&#65;&#65b": "AAb",
    "&#x41;&#X41g": "AAg",
    "&#0065;": "A",
    "a&#;b": "a",
    "a&#0;b": "a",
    "a&#8;b": "a",
    "a&#9;&#10;&#13;b": "a\t\n\rb",
    "a&#31;b": "a",
    "a&#32;b": "a b",
    "a&#xD7FF;b": "a\ud7ffb",
    "a&#xD800;b": "a",
    "a&#xDFFF;b": "a",
    "a&#xE000;b": "a\ue000b",
    "a&#xFFFE;b": "a",
    "a&#x1FFFF;b": "a",
    "a&#x10FFFD;b": "a\U0010fffdb",
    "a&#x110000;b": "a",
    "a&#12345678;b": "a",
    "a&#1114109;b": "a\U0010fffdb",
    "a & b": "a & b",
}


@pytest.mark.parametrize(("written", "value"), ENTITIES.items())
def test_entities_are_decoded_as_the_parser_does(written: str, value: str) -> None:
    assert markup.decode(written) == value


def test_texts_keep_the_bytes_of_a_mail() -> None:
    assert text.to_bytes(text.from_bytes(b"\xffa")) == b"\xffa"
    assert text.to_bytes("a\ud800") == b"a?"
    assert (text.first_other_byte("é\udcffa"), text.first_other_byte("é")) == (1, None)
    assert text.is_utf8("é")
    assert not text.is_utf8("\udcff")
    assert text.fold("ÉA\udcff") == "Éa\udcff"
    assert list(text.occurrences("aaa", "aa")) == [0]
    assert list(text.occurrences("aaa", "")) == []
    assert text.replace_ignoring_case("xAbXaB", "aB", "-") == "x-X-"
