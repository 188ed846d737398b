"""Raw messages, read whatever they are: headers, parts, encodings, what was cut or is damaged."""

import base64
import binascii
import quopri
from email.message import Message

import pytest

from snippets.evidence import messages
from snippets.evidence.facts import Facts
from snippets.evidence.sources import UnusableInput, recognised

HEAD = "From: a@b.example\nTo: c@d.example\nSubject: x\n"
HTML = '<a href="https://m.acme.example/r/1">é</a>'


def mail(body: str | bytes, more: str = "Content-Type: text/html; charset=utf-8") -> messages.Mail:
    """Return a message of one part as it is read."""
    content = body if isinstance(body, bytes) else body.encode()
    return messages.read(f"{HEAD}{more}\n\n".encode() + content)


KNOWN = [
    *("From", "to", "SUBJECT", "Date", "Received", "Return-Path", "Message-ID", "MIME-Version"),
    *("Content-Type", "Delivered-To", "X-EMAIL-ID", "List-Unsubscribe", "Precedence"),
]


@pytest.mark.parametrize("name", KNOWN)
def test_two_headers_that_mails_have_make_a_message(name: str) -> None:
    other = "Subject" if name.lower() != "subject" else "From"
    assert messages.is_message(f"X-A: 1\n{name}: x\n{other}: y\n\nbody".encode())
    assert not messages.is_message(f"X-A: 1\n{name}: x\nX-B: y\n\nbody".encode())
    assert not messages.is_message(f"X-A: 1\n\n{name}: x\n{other}: y\n".encode())
    assert not messages.is_message(f"hello\n{name} x\n{other} y\n".encode())


ANSWERS = {
    "HTTP/1.1 200 OK\nDate: x\nContent-Type: text/html\nFrom: y\n": True,
    "> GET / HTTP/1.1\n< HTTP/2 302\n< date: x\n": True,
    "HTTP/2 404\nDate: x\nContent-Type: text/html\n": True,
    "From: x\nTo: y\n\nHTTP/1.1 200 OK\n": False,
    "Received: x\nHTTP/1.1 200 OK\n": False,
    "HTTP/1.1 600 x\nDate: x\n": False,
    "HTTP/1.1 2000\nDate: x\n": False,
    "the HTTP/1.1 200 OK\n": False,
    ">>>> HTTP/1.1 200 OK\n": False,
}


@pytest.mark.parametrize(("text", "is_answer"), ANSWERS.items())
def test_the_headers_of_an_answer_are_no_message(text: str, is_answer: bool) -> None:
    assert messages.is_answer(text.encode()) == is_answer
    if is_answer:
        assert not messages.is_message(text.encode())


SENT = ["Received", "From", "To", "Subject", "Return-Path", "Delivered-To"]


@pytest.mark.parametrize("name", SENT)
def test_an_answer_in_a_message_is_none(name: str) -> None:
    assert not messages.is_answer(f"{name}: x\nHTTP/1.1 200 OK\n".encode())
    assert messages.is_answer(f"HTTP/1.1 200 OK\n{name}: x\n".encode())


def test_words_above_a_message_are_known_and_stand_where_they_stood() -> None:
    head = f"Message-ID: <1@a.example>\n{HEAD}X-A: {'a' * 200}\n"
    assert messages.above(f"see below\n\n{head}\nbody") == "see below\n\n"
    assert messages.above(f"see below\r\n{head}\nbody".encode()) == "see below\n"
    assert messages.above(f"{head}\nbody") == ""
    assert messages.above(f"see \ud800\n{head}\nbody") == "see ?\n"


ENCODINGS = {
    "quoted-printable": "quoted-printable",
    "Quoted-Printable ": "quoted-printable",
    '"base64"': "base64",
    "'base64'": "base64",
    "base64 (said)": "base64",
    "(said) base64": "base64",
    "base64;": "base64",
    "base64, 8bit": "base64",
    "": "",
    "()": "",
}


@pytest.mark.parametrize(("said", "encoding"), ENCODINGS.items())
def test_a_transfer_encoding_is_its_first_word(said: str, encoding: str) -> None:
    part = Message()
    part["Content-Transfer-Encoding"] = said
    assert messages.encoding_of(part) == encoding
    assert messages.encoding_of(Message()) == ""
    written = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}
    body = written.get(encoding, bytes)(HTML.encode())
    found = mail(body, f"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: {said}")
    assert found.html.strip() == HTML
    assert found.encodings == {encoding or "7bit"}


QUOTED = "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable"
IN_BASE64 = "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64"


def test_blanks_that_copying_left_are_none_of_quoted_printable() -> None:
    assert mail("<p>long=  \nline=20 \t\r\nnext  ", QUOTED).html == "<p>longline \nnext\n"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("PHA+YTwvcD4=\n", "<p>a</p>"),
        ("PHA+\n YTwv \ncD4=\n", "<p>a</p>"),
        ("PHA+YTwvcD4=\n--\nfooter, added behind\n", "<p>a</p>"),
        ("PHA+YTwvcD4", "<p>a</p>"),
        ("PHA+YTwvcD4x\nY", "<p>a</p>1"),
        ("", ""),
    ],
)
def test_base64_ends_where_other_text_begins(body: str, text: str) -> None:
    assert mail(body, IN_BASE64).html == text


def test_a_body_that_is_not_encoded_as_it_says_is_taken_as_it_stands() -> None:
    assert mail(f"<p>{HTML}</p>", IN_BASE64).html.strip() == f"<p>{HTML}</p>"
    assert mail(HTML, QUOTED).html.strip() == HTML
    twice = quopri.encodestring(f"<p>{HTML}</p>".encode()).decode()
    assert mail(twice, IN_BASE64).html.strip() == f"<p>{HTML}</p>"
    assert mail("plain words", IN_BASE64).html == ""
    assert mail("<P>HELLO</P>", IN_BASE64).html == "<P>HELLO</P>\n"


@pytest.mark.parametrize("said", ["x-uuencode", "X-UUencode (said)", '"uuencode"'])
def test_uuencode_is_decoded_too(said: str) -> None:
    body = f"begin 644 x\n{binascii.b2a_uu(b'hello you').decode()}end\n"
    found = mail(body, f"Content-Type: text/plain\nContent-Transfer-Encoding: {said}")
    assert found.text == "hello you"


CHARSETS = {
    "utf-8": "é".encode(),
    "iso-8859-1": b"\xe9",
    "windows-1252": b"\xe9",
    "utf-16": "é".encode("utf-16"),
    "x-unknown": "é".encode(),
    "": b"\xe9",
    "ascii": "é".encode(),
    "undefined": "é".encode(),
}
NO_CHARSETS = {
    "punycode": b"bcher-kva",
    "idna": b"xn--bcher-kva",
    "unicode_escape": rb"\u00e9",
    "raw_unicode_escape": rb"\u00e9",
}


@pytest.mark.parametrize(("charset", "content"), CHARSETS.items())
def test_bytes_are_read_in_their_charset_or_as_utf_8_or_windows_1252(
    charset: str, content: bytes
) -> None:
    assert messages.decode_text(content, charset) == "é"


@pytest.mark.parametrize(("charset", "content"), NO_CHARSETS.items())
def test_in_some_codecs_no_mail_is_written(charset: str, content: bytes) -> None:
    assert messages.decode_text(content, charset) == content.decode()


def test_marks_and_halves_of_characters_are_no_text() -> None:
    assert messages.decode_text(b"\xef\xbb\xbfx") == "x"
    assert messages.decode_text("é".encode("utf-16"), "utf-8") == "é"
    assert messages.decode_text(b"\xfe\xff\x00\xe9") == "é"
    assert messages.decode_text(b"+2AA-x", "utf-7") == "\ufffdx"
    assert messages.decode_text(b"\x81\xe9") == "\ufffdé"


HEADERS = {
    "Spring": "Spring",
    "=?utf-8?q?=C3=A9t=C3=A9?=": "été",
    "=?utf-8?b?w6l0w6k=?= and =?iso-8859-1?q?=E9?=": "été and é",
    "two\n lines": "two lines",
    "two   blanks": "two blanks",
    "=?x-unknown?q?=C3=A9?=": "é",
    "=?utf-8?b?a?=": "=?utf-8?b?a?=",
    "été": "été",
    "=?utf-7?q?+2AA-?=": "\ufffd",
}


@pytest.mark.parametrize(("written", "value"), HEADERS.items())
def test_a_header_is_read_as_it_is_meant(written: str, value: str) -> None:
    found = messages.read(f"X-A: {written}\n{HEAD}\nbody".encode())
    assert found.header("x-a") == value
    assert found.header("X-A") == value
    assert found.header("x-b") == ""


def test_headers_are_read_up_to_a_length_and_a_number() -> None:
    found = messages.read(f"{HEAD}X-A: {'a' * 6_000}\n\nbody".encode())
    assert found.header("x-a") == "a" * 5_000
    many = "".join(f"X-{n}: {n}\n" for n in range(600))
    assert len(messages.read(f"{HEAD}{many}\nbody".encode()).headers) == 500
    assert messages.read(f"{HEAD}X-A: 1\nX-A: 2\n\nbody".encode()).header("x-a") == "1"


@pytest.mark.parametrize("count", [98, 99])
def test_a_header_of_the_structure_has_so_many_parameters(count: int) -> None:
    is_read = count == 98
    latin = mail(b"\xc3\xa9", f"Content-Type: text/html{';a=1' * count};charset=latin-1")
    assert latin.html.strip() == ("Ã©" if is_read else "é")
    more = f"Content-Type: text/html\nContent-Disposition: inline{';a=1' * count};filename=x"
    assert mail("x", more).attachments == (("x",) if is_read else ())
    room = 5_000 - len("text/html; a=; charset=cp1252")
    long = f"Content-Type: text/html; a={'a' * (room + (not is_read))}; charset=cp1252"
    assert mail(b"\xc3\xa9", long).html.strip() == ("Ã©" if is_read else "é")


def multipart(*parts: str, end: str = "--b--\n", kind: str = "mixed") -> str:
    """Return a message of several parts."""
    head = f'MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary="b"\n\n'
    return HEAD + head + "".join(f"--b\n{part}\n" for part in parts) + end


def part(content: str, kind: str = "text/html", more: str = "") -> str:
    """Return a part of a message."""
    return f"Content-Type: {kind}\n{more}\n{content}"


FILE = 'Content-Disposition: attachment; filename="a.html"\n'


def test_parts_of_a_kind_are_joined_and_files_are_named() -> None:
    content = multipart(
        part("<p>1</p>"),
        part("one", "text/plain"),
        part("<p>2</p>"),
        part("two", "text/plain"),
        part("<p>file</p>", more=FILE),
        part("named", "text/plain; name=b.txt"),
        part("picture", "image/png; name=c.png"),
    )
    found = messages.read(content.encode())
    assert found.html.split() == ["<p>1</p>", "<p>2</p>"]
    assert found.text.split() == ["one", "two", "named"]
    assert found.attachments == ("a.html", "b.txt", "c.png")
    assert found.encodings == {"7bit"}
    assert found.raw_size == len(content)
    assert not found.cut


INNER = HEAD + "X-EMAIL-ID: 7\nContent-Type: text/html\n\n<p>inner</p>\n"
ATTACHED = {
    "as a message": part(INNER, "message/rfc822"),
    "as a file": part(INNER, "application/octet-stream", FILE),
    "by its name": part(INNER, "application/octet-stream; name=a.eml"),
    "in base64": part(
        base64.encodebytes(INNER.encode()).decode(),
        "message/rfc822",
        "Content-Transfer-Encoding: base64\n",
    ),
    "in quoted-printable": part(
        quopri.encodestring(INNER.encode()).decode().replace(": 7", ":=207"),
        "message/rfc822",
        "Content-Transfer-Encoding: quoted-printable\n",
    ),
    "quoted": part("".join(f"> {line}\n" for line in INNER.split("\n")), "message/rfc822"),
}


@pytest.mark.parametrize("attached", ATTACHED.values(), ids=ATTACHED)
def test_a_message_attached_to_another_is_the_one_to_look_at(attached: str) -> None:
    found = messages.read(multipart(part("see", "text/plain"), attached).encode())
    assert (found.header("x-email-id"), found.html.strip()) == ("7", "<p>inner</p>")
    twice = messages.read(multipart(part(multipart(attached), "message/rfc822")).encode())
    assert twice.header("x-email-id") == "7"


def test_of_several_messages_the_first_of_mautics_counts_else_the_innermost() -> None:
    def bodies(*inner: str) -> str:
        parts = [part(content, "message/rfc822") for content in inner]
        return messages.read(multipart(part("<p>outer</p>"), *parts).encode()).html.strip()

    foreign = INNER.replace("X-EMAIL-ID", "X-OTHER").replace("inner", "foreign")
    assert bodies(foreign, INNER, INNER.replace("inner", "last")) == "<p>inner</p>"
    assert bodies(foreign, foreign.replace("foreign", "last")) == "<p>last</p>"


def test_a_text_that_is_shown_is_no_attached_message() -> None:
    shown = multipart(part("<p>outer</p>"), part(INNER, "text/plain"))
    assert messages.read(shown.encode()).html == "<p>outer</p>"
    nameless = part(INNER, "application/octet-stream", "Content-Disposition: attachment\n")
    assert messages.read(multipart(part("x"), nameless).encode()).header("x-email-id") == "7"
    raw = INNER.replace("inner", "=C3=A9")
    quoted = part(raw, "message/rfc822", "Content-Transfer-Encoding: quoted-printable\n")
    assert messages.read(multipart(quoted).encode()).html.strip() == "<p>é</p>"


def test_a_part_with_parts_is_no_text() -> None:
    named = 'Content-Type: multipart/mixed; boundary="c"; name=x\n\n--c\n'
    inner = f"{named}{QUOTED}\n\n<p>=C3=A9</p>\n--c--\n"
    found = messages.read(multipart(inner).encode())
    assert (found.html, found.text, found.attachments) == ("<p>é</p>", "", ("x",))
    assert found.encodings == {"quoted-printable"}
    lost = messages.read(f"{HEAD}Content-Type: multipart/mixed; boundary=b\n\nHello".encode())
    assert lost.text.strip() == "Hello"
    both = multipart(part("<p>1</p>"), part("<a href='x'>2</a>", "text/plain"))
    assert messages.read(both.encode()).html == "<p>1</p>"


def test_so_many_parts_are_read() -> None:
    many = multipart(*(part("x", f"image/png; name={n}") for n in range(2_001)))
    assert len(messages.read(many.encode()).attachments) == 1_999


def test_a_file_that_is_no_message_is_none() -> None:
    words = part("From: nobody in particular\n", "text/plain", FILE)
    assert messages.read(multipart(part("<p>outer</p>"), words).encode()).html == "<p>outer</p>"


LINKS = {
    "header": (HEAD + "X-EMAIL-ID: 7\n\nx", True),
    "html": (HEAD + f"Content-Type: text/html\n\n{HTML.replace('/r/1', '/r/' + 'a' * 25)}", True),
    "text": (HEAD + "\nhttps://m.acme.example/email/unsubscribe/65f0a1b2c3d4e512345678", True),
    "pixel": (HEAD + "\n/email/65f0a1b2c3d4e512345678.gif", True),
    "web view": (HEAD + "\n/email/view/65f0a1b2c3d4e512345678", True),
    "page": (HEAD + f"\n/email/validate/unsubscribe/{'a' * 32}/65f0a1b2c3d4e512345678", True),
    "other": (HEAD + "\nhttps://acme.example/r/1", False),
}


@pytest.mark.parametrize(("content", "is_mautics"), LINKS.values(), ids=LINKS)
def test_headers_and_addresses_show_that_mautic_sent_it(content: str, is_mautics: bool) -> None:
    assert messages.read(content.encode()).is_mautics == is_mautics


def nested(depth: int) -> bytes:
    """Return multiparts in multiparts, around a part of HTML."""
    opened = (f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    closed = (f"--b{n}--\n" for n in reversed(range(depth)))
    return f"{HEAD}{''.join(opened)}{part('<p>é</p>')}\n{''.join(closed)}".encode()


def test_multiparts_are_taken_apart_so_deep() -> None:
    assert messages.read(nested(30)).html.strip() == "<p>é</p>"
    flat = messages.read(nested(31))
    assert "Content-Type: multipart/mixed" in flat.html
    assert (flat.headers, flat.text, flat.raw_size, flat.cut) == ((), "", len(nested(31)), False)


CUT = {
    "a whole one": (multipart(part("<p>1</p>")), False),
    "no closing boundary": (multipart(part("<p>1</p>"), end=""), True),
    "half of an encoding": (f"{HEAD}{QUOTED}\n\n<p>=", True),
    "more of an encoding": (f"{HEAD}{QUOTED}\n\n<p>=C", True),
    "a whole encoding": (f"{HEAD}{QUOTED}\n\n<p>=C3=A9", False),
    "a letter of base64 too many": (f"{HEAD}{IN_BASE64}\n\nPHA+YQ", False),
    "base64 broken off": (f"{HEAD}{IN_BASE64}\n\nPHA+Y", True),
    "base64 in lines": (f"{HEAD}{IN_BASE64}\n\nPHA+\nYTwv\ncD4=\n", False),
    "within a tag": (f"{HEAD}Content-Type: text/html\n\n<p>x</p><a href", True),
    "a document": (f"{HEAD}Content-Type: text/html\n\n<html><body><p>x</p>", True),
    "a whole document": (f"{HEAD}Content-Type: text/html\n\n<html><p>x</p></html>", False),
    "a text with an equals sign": (f"{HEAD}\nx =", False),
}


@pytest.mark.parametrize(("content", "is_cut"), CUT.values(), ids=CUT)
def test_what_is_cut_is_known(content: str, is_cut: bool) -> None:
    assert messages.read(content.encode()).cut == is_cut
    assert recognised("x", content).is_cut == is_cut


PIECES = {
    "<p>x</p>": False,
    "<p>x</p": True,
    "<p>x<": False,
    "1 <2": False,
    "<!-- x": True,
    "x </": True,
    "<html><p>x": True,
    "<html><p>x</html >": False,
    "<body>x": True,
    "<BODY>x</BODY>": False,
    "<htmlx>x": False,
    "<html></html>" + "x" * 50: True,
    "<a href" + "x" * 5_000: False,
    "<a href" + "x" * 4_993: True,
    "<a href" + "x" * 4_994: False,
}


@pytest.mark.parametrize(("html", "is_cut"), PIECES.items(), ids=map(str, range(len(PIECES))))
def test_html_ends_as_it_should_or_was_cut(html: str, is_cut: bool) -> None:
    assert messages.is_cut(html) == is_cut


DATES = {
    "Tue, 12 Mar 2024 09:14:03 +0000": "2024-03-12T09:14:03+00:00",
    "12 Mar 2024 09:14:03 -0500": "2024-03-12T09:14:03-05:00",
    "Tue, 12 Mar 2024 09:14:03 -0000": "2024-03-12T09:14:03+00:00",
    "yesterday": None,
    "": None,
    "Tue, 99 Mar 2024 09:14:03 +0000": None,
}


@pytest.mark.parametrize(("said", "at"), DATES.items())
def test_the_date_of_a_message(said: str, at: str | None) -> None:
    found = messages.read(f"Date: {said}\n{HEAD}\nx".encode()).sent_at
    assert (found.isoformat() if found else None) == at


def test_a_message_is_read_up_to_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    content = (HEAD + "Content-Type: text/html\n\n<p>x</p>").encode()
    monkeypatch.setattr(messages, "LARGEST", len(content))
    assert not messages.read(content).cut
    assert messages.read(content + b"<").cut
    assert messages.read(content + b"<").html.strip() == "<p>x</p>"
    monkeypatch.setattr(messages, "MOST_TEXT", len("<p>x</p>\n"))
    assert not messages.read(content).cut
    monkeypatch.setattr(messages, "LARGEST", 2 * len(content))
    assert messages.read(content.replace(b"</p>", b"y</p>")).cut
    monkeypatch.setattr(messages, "MOST_TEXT", 5)
    text = messages.read(content.replace(b"text/html", b"text/plain").replace(b"<p>", b"12345"))
    assert text.text == "12345"


def test_the_beginning_of_a_long_text_tells_whether_it_is_html() -> None:
    assert messages.read(f"{HEAD}\n{'x' * 4_900}<a href='x'>".encode()).text == ""
    assert messages.read(f"{HEAD}\n{'x' * 5_000}<a href='x'>".encode()).html == ""


@pytest.mark.parametrize("share", [9, 11])
def test_a_text_of_control_characters_is_no_text(share: int) -> None:
    content = "\1" * share + "a" * (100 - share)
    if share * 10 > 100:
        with pytest.raises(UnusableInput, match="binary"):
            recognised("x", content)
    else:
        assert recognised("x", content).text == content


def test_the_html_of_a_message_is_what_is_looked_at_else_its_text() -> None:
    assert recognised("x", HEAD + "Content-Type: text/html\n\n<p>a</p>").text == "<p>a</p>\n"
    assert recognised("x", HEAD + "\nwords").text == "words\n"
    assert Facts.read([("x", HEAD + "\nwords")]).text_part == "words\n"
