"""Each way of wrapping evidence, undone: what counts as one, and what is left alone."""

import base64
import json

import pytest

from cases.mails import access, click, link
from snippets.evidence import dumps, exports, logs
from snippets.evidence.exports import known_lines, prefix_of, unwrapped
from snippets.evidence.facts import Facts

MAIL = (
    "Received: by x\nFrom: a@b.example\nTo: c@d.example\nSubject: Spring\n"
    'Content-Type: text/html\n\n<p>Hi <a href="https://a.example/?b=1&amp;c=2">é</a></p>\n'
)
LOG = access(click(), 0) + access(click(), 5)


def bare(text: str) -> str:
    """Return a text without its wrappings."""
    return unwrapped(text.encode()).decode()


NAMES = [
    *("Received", "Return-Path", "Delivered-To", "Message-ID", "MIME-Version", "From", "X-Any"),
    *("Date", "To", "Subject", "ARC-Seal", "DKIM-Signature", "Content-Type", "Precedence"),
    *("List-Id", "Content-Transfer-Encoding"),
]
BEGINNINGS = [
    *(f"{name}: x" for name in NAMES),
    *(f"{name.lower()} : x" for name in NAMES),
    *("<!DOCTYPE html>", "<!-- x", "<p>", "</p>", "<br/>", "<a href=x", "<o:p>", "<h1>"),
    *("203.0.113.7 - - [12", "[2024-03-12 10:00", "[2024-03-12T10:00"),
    *("--5d6f7a8b-A--", "{", "[", '{"a": 1', "$ curl x", "$curl", "curl x"),
    *("GET /r/1 HTTP/1.1", "> HEAD / HTTP/2", "POST / HTTP/1.0", "< HTTP/2 302", "HTTP/1.1 200"),
    *("< Server: x", "#Software: x", "#Version: 1", "#Fields: x", "#Date: x"),
    *("location / {", "server {", "try_files x", "fastcgi_pass x", "proxy_pass x", "expires x"),
    *("add_header x", "RewriteRule x", "RewriteCond x", "RewriteEngine on"),
    *("Request URL: x", "request method: x", "Status Code: 200", "status: 200", "Location: /x"),
    *("Set-Cookie: x", "Cache-Control: x", "Host: x", "User-Agent: x", "Server: x", "Cookie: x"),
    *("ETag: x", "Age: 7", "Via: x", "Pragma: x", "Expires: x", "CF-Ray: x"),
    *("<?php", "$parameters = [", "'site_url' => 'x'", '"site_url" => 1'),
    *("root@host:/var# ls", "me@host:~$ ls", "--- ---", "hit   12", "name  Count"),
    *("https://a.example", "https//a", "HTTPS://a", "mailto:jo@x"),
]
OTHERS = [
    *("hello", "Hello: you", "1 < 2", "<jo@x.example>", "location", "serverless", "host://x"),
    *("203.0.113.7", "[12/Mar", "--x-A--", "{ x", "getaway", "GET /r/1", "HTTP/1.1", "#Fields"),
    *("Location://x", "--- x", "hit 12", "ftp://x", "try_filesx", "'a' => 1", "root@host: ls"),
    "",
]


@pytest.mark.parametrize("line", BEGINNINGS)
def test_a_line_that_begins_as_something_known(line: str) -> None:
    assert known_lines([line])[0]
    assert not exports.BEGINNING.match(f"| {line}")


@pytest.mark.parametrize("line", OTHERS)
def test_a_line_that_begins_as_nothing_known(line: str) -> None:
    assert not known_lines([line])[0]


def test_a_request_is_known_wherever_it_begins() -> None:
    assert known_lines(["web-1 | " + access(click()).strip()])[0]


PREFIXES = {
    "> From: x": r">\ ",
    ">> From: x": r">>\ ",
    "12: From: x": r"\w+:\ ",
    "a12:7:From: x": r"\w+:\w+:",
    "web  | From: x": r"web[ \t]*\|\ ",
    "    From: x": r"\ \ \ \ ",
    "\tFrom: x": "\\\t",
    "> https://a": r">\ ",
    "- mailto:x": r"\-\ ",
    "see https://a": None,
    "xFrom: x": None,
    "From: x": None,
    "hello": None,
    "x" * 199 + ">From: x": r"\w+>".replace(r"\w+", "x" * 199),
    "x" * 200 + ">From: x": None,
}


@pytest.mark.parametrize(("line", "prefix"), PREFIXES.items())
def test_what_stands_before_a_known_beginning_is_a_pattern(line: str, prefix: str | None) -> None:
    assert prefix_of(line) == prefix


def prefixed(prefix: str, text: str = MAIL) -> str:
    """Return a text with something before each line."""
    return "".join(f"{prefix}{line}\n" for line in text.split("\n")[:-1])


def test_a_prefix_is_taken_off_if_nearly_each_line_has_it() -> None:
    assert bare(prefixed("> ")) == MAIL
    assert bare(prefixed("> ").replace("> \n", ">\n")) == MAIL
    lines = prefixed("> ", MAIL * 3)
    assert bare(f"a word\n{lines}") == f"a word\n{MAIL * 3}"
    many = "a word\n" * 8 + lines
    assert bare(many) == many


def test_numbers_of_a_prefix_may_differ() -> None:
    numbered = [f"{9 + number}: {line}" for number, line in enumerate(MAIL.split("\n"))]
    assert bare("\n".join(numbered[:-1]) + "\n") == MAIL
    assert bare("\n".join(f"a{line}" for line in numbered[:-1]) + "\n") == MAIL


ENDINGS = {'"{}"': True, '"{}",': True, "| {} |": True, "> {} x": False}


@pytest.mark.parametrize(("around", "is_gone"), ENDINGS.items())
def test_what_closes_each_line_goes_with_what_opens_it(around: str, is_gone: bool) -> None:
    wrapped = "".join(around.format(line) + "\n" for line in MAIL.split("\n")[:-1])
    assert (bare(wrapped) == MAIL) == is_gone


ESCAPED = {
    "&lt;a href=x&gt;": "<a href=x>",
    "&LT;p&GT;": "<p>",
    "&#60;p&#62;": "<p>",
    "&#x3C;p&#x3e;": "<p>",
    "&amp;lt;p&amp;gt;": "&lt;p&gt;",
    "&lt;jo@x.example&gt;": "<jo@x.example>",
    "&lt;!DOCTYPE html>": "<!DOCTYPE html>",
    "&lt;/p>": "</p>",
    "&lt;?php": "<?php",
    "a &gt; b": "a > b",
    "a=&quot;b&quot;": 'a="b"',
    "a=&#34;b&#x22;": 'a="b"',
    "a=&#39;b&apos;": "a='b'",
    "a=&#039;b": "a='b",
    "a=&#x27;b": "a='b",
    "a &lt; b": "a &lt; b",
    'a="&quot;"': 'a="&quot;"',
    "<p>&lt;a href": "<p>&lt;a href",
    "<jo@x.example> &lt;p&gt;": "<jo@x.example> &lt;p&gt;",
    "a &amp; b": "a &amp; b",
}


@pytest.mark.parametrize(("written", "meant"), ESCAPED.items())
def test_a_source_whose_marks_were_escaped_is_read(written: str, meant: str) -> None:
    assert (exports.unescaped(written) or written) == meant


@pytest.mark.parametrize("blank", ["\u00a0", "\u2003", "\u2009", "\u202f", "\u3000", "\udca0"])
def test_a_source_of_no_break_blanks_gets_ordinary_ones(blank: str) -> None:
    assert exports.with_plain_blanks(f"a{blank}b{blank}c d") == "a b c d"
    assert exports.with_plain_blanks(f"a{blank}b c") is None


FENCED = {
    f"```\n{MAIL}```\n": f"\n{MAIL}",
    f"~~~\n{MAIL}~~~\n": f"\n{MAIL}",
    f"Look:\n\n  ```text\n{MAIL}  ```\nbye": f"\n\n\n{MAIL}",
    f"````\n{MAIL}```\n````\n": f"\n{MAIL}```\n",
    f"```\n{MAIL}": f"\n{MAIL}",
    f"{MAIL}```\nhello\n```\n": f"{MAIL}```\nhello\n```\n",
    f"`x`\n{MAIL}": f"`x`\n{MAIL}",
    f"```x```\n{MAIL}": f"```x```\n{MAIL}",
}


@pytest.mark.parametrize(("written", "meant"), FENCED.items())
def test_what_stands_in_a_fence_keeps_its_lines(written: str, meant: str) -> None:
    assert bare(written) == meant


def as_page(inner: str, tag: str = "pre") -> str:
    """Return a page that shows a text."""
    shown = inner.replace("&", "&amp;").replace("<", "&lt;")
    return f"<html><body><p>Source</p><{tag} class=x>{shown}</{tag}></body></html>"


@pytest.mark.parametrize("tag", ["pre", "textarea", "PRE"])
def test_a_page_shows_the_source_of_a_message_or_a_log(tag: str) -> None:
    assert bare(as_page(MAIL, tag)) == MAIL
    assert bare(as_page(LOG, tag)) == LOG
    words = as_page("hello there\nhow are you\n", tag)
    assert bare(words) == words


def test_a_page_that_shows_a_link_is_evidence_itself() -> None:
    page = f"<html><body><p>Hi</p><a href='{link()}'>x</a><pre>words\n</pre></body></html>"
    assert bare(page) == page
    mixed = page.replace("words\n", LOG + "words\n" * 9)
    assert bare(mixed) == mixed
    half = page.replace("words\n", LOG + "words\n")
    assert bare(half) != half
    without = mixed.replace("<a href", "<b href").replace("</a>", "</b>")
    assert bare(without) != without


def test_of_a_page_blocks_and_breaks_are_lines() -> None:
    markup = (
        "<title>no</title><style>p</style><script>x</script><div>a<br></div><p>b</p>"
        "<table><tr><td>c</td></tr></table><li>d</li><h2>e</h2>f<br/>g<b>h</b><!-- x -->1 < 2"
    )
    assert exports.without_tags(markup) == "a\nb\nc\nd\ne\nf\ngh1 < 2"
    rows = "".join(f"<div>{line}</div>" for line in LOG.split("\n"))
    assert exports.of_a_page(f"<html><body>{rows}</body></html>") == LOG + "\n"


KEPT_BY = {
    "Docker": {"log": "{}\n", "stream": "stdout"},
    "journald": {"MESSAGE": "{}"},
    "Google Cloud": {"textPayload": "{}"},
    "Loki": {"line": "{}"},
    "others": {"message": "{}"},
    "some": {"msg": "{}"},
}


@pytest.mark.parametrize("record", KEPT_BY.values(), ids=KEPT_BY)
def test_lines_kept_in_json_are_read(record: dict[str, str]) -> None:
    kept = [
        json.dumps({key: value.format(line) for key, value in record.items()})
        for line in MAIL.split("\n")[:-1]
    ]
    assert bare("\n".join(kept)) == MAIL
    broken = "\n".join([*kept, "{}"])
    assert bare(broken) == broken


def test_a_log_in_json_is_read_as_it_is() -> None:
    kept = "\n".join(json.dumps({"log": line + "\n"}) for line in LOG.split("\n")[:-1])
    assert bare(kept) == kept


def test_json_may_hold_a_message() -> None:
    assert bare(json.dumps(MAIL)) == MAIL
    assert bare(json.dumps({"id": "1", "raw": MAIL})) == MAIL
    assert bare(json.dumps([MAIL, "x"])) == MAIL
    in_base64 = base64.urlsafe_b64encode(MAIL.encode()).decode()
    assert bare(json.dumps({"raw": in_base64}, indent=1)) == MAIL
    for other in ('{"a": 1}', "[]", '{"raw": "hello"}', '{"raw": ', "12"):
        assert bare(other) == other


def test_so_many_wrappings_are_taken_off() -> None:
    text = MAIL
    for _ in range(8):
        text = json.dumps(text)
    assert bare(text) == MAIL
    assert bare(json.dumps(text)) == json.dumps(MAIL)


IN_BASE64 = base64.encodebytes(MAIL.encode()).decode()


def test_a_message_may_be_given_in_base64() -> None:
    assert bare(IN_BASE64) == MAIL
    assert bare(IN_BASE64.replace("+", "-").replace("/", "_")) == MAIL
    assert bare(IN_BASE64.rstrip("=\n")) == MAIL
    page = base64.b64encode(as_page(MAIL).encode()).decode()
    assert bare(page) == MAIL
    quoted = base64.b64encode(prefixed("> ").encode()).decode()
    assert bare(quoted) == MAIL
    for other in (base64.b64encode(b"hello you " * 20).decode(), IN_BASE64[:60], IN_BASE64 + "!"):
        assert bare(other) == other


def test_base64_is_a_message_from_a_length_on() -> None:
    short = "Received: x\nFrom: x\nTo: x\nDate: x\n"
    for length, is_read in ((74, False), (75, True)):
        text = short + "\n" + "x" * (length - len(short) - 1)
        encoded = base64.b64encode(text.encode()).decode().rstrip("=")
        assert (bare(encoded) == text) == is_read


WIDE = "wide characters, of which each has two bytes\n" * 3


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8", "utf-8-sig"])
def test_utf_16_is_told_by_its_zeros(encoding: str) -> None:
    assert exports.as_utf8(WIDE.encode(encoding)) == WIDE.encode()
    assert exports.as_utf8(b"\0\0\0\0" + WIDE.encode()) == b"\0\0\0\0" + WIDE.encode()
    assert exports.as_utf8(b"a\0b\0c\0d\0") == b"a\0b\0c\0d\0"
    assert exports.as_utf8(b"a\0b\0c\0d\0e\0") == b"abcde"


def test_line_ends_of_any_mix_are_line_feeds() -> None:
    assert exports.unix_lines(b"a\r\nb\rc\r\r\nd\n") == b"a\nb\nc\nd\n"
    assert exports.unix_text("a\r\nb\rc\r\r\nd\n") == "a\nb\nc\nd\n"


HEADED = {
    "Received: x\nFrom: x\nTo: x\n": True,
    "Received: x\n\tand more\nFrom: x\n blank\nTo: x\n": True,
    "X-A: x\nY: x\nReceived: x\nSubject: x\n": True,
    "From: x\nTo: x\nSubject: x\nDate: x\n": False,
    "Received: x\nFrom: x\n": False,
    "Received: x\nFrom: x\n\nTo: x\n": False,
    "Received: x\nFrom: x\nwords\nTo: x\n": False,
    " blank\nReceived: x\nFrom: x\nTo: x\n": False,
    "Return-Path: x\nFrom: x\nTo: x": True,
    "Delivered-To: x\nFrom: x\nTo: x": True,
    "Message-ID: x\nFrom: x\nTo: x": True,
    "MIME-Version: x\nFrom: x\nTo: x": True,
    "Content-Type: x\nFrom: x\nTo: x": True,
}


@pytest.mark.parametrize(("text", "is_one"), HEADED.items())
def test_a_run_of_headers_is_known(text: str, is_one: bool) -> None:
    assert exports.is_run_of_headers(text.encode()) == is_one
    assert exports.is_mail(text) == is_one
    assert exports.is_mail(f"From me@x Thu Jan 1\n{text}") == is_one
    assert exports.is_mail(f"\n\n{text}") == is_one


def test_a_few_words_may_stand_above_the_headers() -> None:
    for above in range(0, 60, 59):
        text = ("a word\n" * above + MAIL).encode()
        assert exports.from_first_header(text) == MAIL.encode()
    assert exports.from_first_header(("a word\n" * 60 + MAIL).encode()).startswith(b"a word")
    assert exports.from_first_header(f"<p><a href='x'>x</a>\n{MAIL}".encode()) == MAIL.encode()
    html = ("<body>x</body>\n" + MAIL).encode()
    assert exports.from_first_header(html) == html
    assert exports.without_wrapping(f" \n\nFrom me@x Thu\n{MAIL}\n  \n".encode()) == MAIL.encode()
    assert exports.without_wrapping(MAIL.replace("\n", "\r\n").encode()) == MAIL.encode()


def test_a_long_text_is_known_by_its_beginning() -> None:
    lines = exports.head_lines("a\n\n b \r\n" + "x\n" * 300)
    assert lines[:3] == ["a", " b ", "x"]
    assert len(lines) == 200
    assert exports.head_lines("x" * 9_000) == ["x" * 8_000]
    long = "y" * 100 + "\n"
    assert exports.head_lines(long * 600) == ["y" * 100] * 200
    assert exports.head_lines("a\n" + "z" * 60_000) == ["a"]
    assert exports.head_lines("z" * 60_000) == ["z" * 8_000]
    assert exports.known(MAIL) == 200 + 6
    assert exports.known(LOG + "hello\n") == 2


ENTRY = {
    "startedDateTime": "2024-03-12T10:00:00Z",
    "request": {"method": "GET", "url": link(), "headers": []},
    "response": {"status": 403, "headers": [], "content": {"text": "<p>No</p>\n" * 20_000}},
}


@pytest.mark.parametrize("indent", [None, 2])
def test_of_an_export_of_the_network_only_the_requests_are_left(indent: int | None) -> None:
    har = json.dumps({"log": {"pages": [{}], "entries": [ENTRY, ENTRY]}}, indent=indent)
    text = unwrapped(f"Here it is:\n{har}\nand more".encode()).decode()
    first, second = logs.requests(text)
    assert (first.path, first.status) == (link(), 403)
    assert first.number == har.count("\n", 0, har.index('"started')) + (1 if indent else 2)
    assert (second.number > first.number, len(text) < 2_000, text[-8:]) == (True, True, "and more")


def test_what_firefox_copies_in_pieces_is_a_request() -> None:
    address = {
        "scheme": "https",
        "host": "m",
        "filename": "/r/x",
        "query": {"ct": "a=", "b": ["1", "2"]},
    }
    asked = [{"name": "Host", "value": "m"}, {"name": "Sec-GPC", "value": "1"}]
    pieces = (
        {"GET": address},
        {"Antwort (9 B)": {"headers": [{"name": "server", "value": "y"}]}},
        {"requestHeaders": {"headers": asked}},
    )
    text = "\n".join(json.dumps(piece, indent="\t") for piece in pieces)
    [line] = dumps.requests(unwrapped(text.encode()).decode())
    assert line.path == "https://m/r/x?ct=a%3D&b=1&b=2"
    assert (line.headers, line.answer) == ({"host": "m", "sec-gpc": "1"}, {"server": "y"})


@pytest.mark.parametrize(
    "text", ['{"headers": [', '{"a": {"headers": 1}}', '{"filename": ' + "[" * 9_000]
)
def test_other_json_is_left_as_it_is(text: str) -> None:
    assert unwrapped(text.encode()).decode() == text


def test_an_export_of_the_network_may_be_cut_or_longer_than_any_message() -> None:
    har = json.dumps({"log": {"pages": [{}], "entries": [ENTRY, ENTRY, ENTRY]}}, indent=2)
    [source] = Facts.read([("x.har", har[:-60])]).sources
    assert source.tally
    assert [line.status for line in source.tally.visits()] == [403, 403]
