"""What readers paste is recognised for what it is, however it was exported, copied or broken."""

import base64

import pytest

from cases.mails import anchor, link, pixel, sent, unsubscribe
from snippets.diagnosis import diagnose
from snippets.evidence import exports, messages, wrappers
from snippets.evidence.facts import Facts
from snippets.evidence.mixed import bare
from snippets.evidence.sources import UnusableInput

OFF = sent(anchor("https://shop.example/a") + unsubscribe() + pixel())
GIF = "/email/65f0a1b2c3d4e512345678.gif"
REFUSED = f'1.2.3.4 - - [12/Mar/2024:10:00:00 +0000] "GET {GIF} HTTP/1.1" 404 1 "-" "x"'
SUMMARY = (
    "Message ID\t<a@b>\nCreated at:\tTue\nFrom:\tAcme\nTo:\tjo\nSubject:\tx\nSPF:\tPASS\n\n"
    "Download Original\nCopy to clipboard\n"
)


def each_line(prefix: str) -> str:
    """Return the message with something before each line."""
    return "".join(f"{prefix}{line}\n" for line in OFF.split("\n"))


def attached(head: str, content: str) -> str:
    """Return a message with another one attached."""
    return (
        "From: a@b.example\nTo: c@d.example\nSubject: Fwd\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="q"\n\n--q\nContent-Type: text/plain\n\nsee\n'
        f"--q\n{head}\n\n{content}\n--q--\n"
    )


IN_BASE64 = base64.encodebytes(OFF.encode()).decode()
MESSAGES = {
    "plain": OFF,
    "UTF-16": OFF.encode("utf-16"),
    "byte order mark": b"\xef\xbb\xbf" + OFF.encode(),
    "emlx": f"1234\n{OFF}",
    "Gmail's summary above": SUMMARY + OFF,
    "a sentence above": f"Here is the source:\n\n{OFF}",
    "a fence around": f"```\n{OFF}\n```",
    "quoted": each_line("> "),
    "in a table": each_line("| "),
    "indented": each_line("    "),
    "IMAP": f"* 1 FETCH (BODY[] {{1234}}\n{OFF}",
    "mailbox": f"From me@x Thu Jan 1\n{OFF}",
    "lone CR": OFF.replace("\n", "\r"),
    "CR CR LF": OFF.replace("\n", "\r\r\n"),
    "a long header first": f"X-Long: {'a' * 25_000}\n{OFF}",
    "attached": attached("Content-Type: message/rfc822", OFF),
    "attached in base64": attached(
        "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64", IN_BASE64
    ),
    "attached as a file": attached(
        "Content-Type: application/octet-stream; name=a.eml\nContent-Transfer-Encoding: base64",
        IN_BASE64,
    ),
    "said to be base64": OFF.replace("Encoding: quoted-printable", "Encoding: base64"),
}


@pytest.mark.parametrize("content", MESSAGES.values(), ids=MESSAGES)
def test_a_message_is_one_however_it_was_exported(content: str | bytes) -> None:
    found = diagnose(content)
    assert found.context["sources"] == ["message"]
    assert found.first == "tracking-setting-off"


def test_a_null_byte_in_a_charset_is_no_trouble() -> None:
    mail = OFF.replace("charset=utf-8", "charset=ut\0f-8").encode() + b"\xc3\xa9"
    assert diagnose(mail).context["sources"] == ["message"]


LINK = link()
ADDRESSES = (
    f"({LINK})",
    f"[x]({LINK})",
    f"“{LINK}”",
    f"<{LINK}>",
    f'href="{LINK}"',
    f"view-source:{LINK}",
    f"href='{LINK}'",
    f"{LINK}.\n{LINK},\n",
    f"contact,{LINK}",
    f"{LINK[:70]}\n{LINK[70:]}",
    f"<{LINK[:70]}\n{LINK[70:140]}\n{LINK[140:]}>",
)


@pytest.mark.parametrize("content", ADDRESSES)
def test_an_address_is_one_whatever_is_around_it(content: str) -> None:
    given = Facts.read([("x", content)]).given
    assert {place.address.kind for place in given} == {"tracked"}
    assert diagnose(content).first == "no-fault-in-mail"


@pytest.mark.parametrize("content", ["hello", "12345", "jo@client.example", "YTowOnt9YTowOnt9"])
def test_a_word_is_no_address(content: str) -> None:
    assert diagnose(content).first is None


LOGS = {
    "combined": REFUSED,
    "with a host": f"m.acme.example:443 {REFUSED}",
    "of a container": f"mautic-1  | {REFUSED}",
    "of the system": f"Mar 12 10:00:00 web nginx: {REFUSED}",
    "late": "noise\n" * 60 + REFUSED,
    "Cloudflare": f'{{"ClientIP":"1.2.3.4","ClientRequestURI":"{GIF}","EdgeResponseStatus":404}}',
    "Traefik": f'{{"ClientHost":"1.2.3.4","RequestPath":"{GIF}","DownstreamStatus":404}}',
    "Caddy": f'{{"request":{{"uri":"{GIF}","headers":{{"User-Agent":["x"]}}}},"status":404}}',
}


@pytest.mark.parametrize("content", LOGS.values(), ids=LOGS)
def test_lines_of_a_log_are_read(content: str) -> None:
    assert diagnose(content).first == "server-blocks-tracking-url"


def test_ordinary_html_is_not_decoded() -> None:
    facts = Facts.read([("x", '<a href="https://shop.example/?ct=3D1">x</a>')])
    assert "ct=3D1" in facts.sources[0].text


def test_a_mail_without_anything_of_mautics_is_not_called_healthy() -> None:
    mail = "From: a@b.cc\nTo: c@d.ee\nSubject: x\nContent-Type: text/html\n\n<p>hello</p>"
    assert diagnose(mail).first is None


def test_a_probe_of_ones_own_is_blamed_for_nothing() -> None:
    assert diagnose(f"$ curl -I '{LINK}'\nHTTP/2 302\n").first is None


def test_the_html_before_may_be_a_message() -> None:
    facts = Facts.read([("x", OFF)], OFF.encode())
    assert facts.before is not None
    assert facts.before.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("<https://m.acme.example/r/1>", "https://m.acme.example/r/1"),
        ("- https://m.acme.example/r/1.", "https://m.acme.example/r/1"),
        ("[here](https://m.acme.example/r/1.)", "https://m.acme.example/r/1"),
        ('href="HTTPS://m.acme.example/r/1"', "HTTPS://m.acme.example/r/1"),
        ("{unsubscribe_url}", "{unsubscribe_url}"),
    ],
)
def test_what_stands_around_an_address_is_taken_away(written: str, address: str) -> None:
    assert bare(written) == address


HEADERS = {
    "ses": "X-SES-Outgoing",
    "mailjet": "X-Mailjet-Campaign X-MJ-Mid",
    "mailgun": "X-Mailgun-Sid X-Mailgun-Tag X-Mailgun-Sending-Ip",
    "sendgrid": "X-SG-EID",
    "sparkpost": "X-MSFBL",
    "mandrill": "X-Mandrill-User X-MC-User",
    "postmark": "X-PM-Message-Id",
    "brevo": "X-Mailin-Campaign X-Mailin-EID X-Mailin-Client",
    "elastic-email": "X-ElasticEmail-MessageId X-ElasticEmail-Settings",
}


@pytest.mark.parametrize("provider", HEADERS)
def test_each_header_of_a_provider_names_it(provider: str) -> None:
    for header in HEADERS[provider].lower().split():
        assert wrappers.providers(["subject", header]) == {provider}
    assert set(HEADERS) == set(wrappers.PROVIDER_HEADERS)


@pytest.mark.parametrize("length", range(3))
def test_a_message_in_base64_keeps_its_end(length: int) -> None:
    mail = OFF + "x" * length
    bare = base64.b64encode(mail.encode()).decode().rstrip("=")
    assert exports.in_base64(bare) == mail


QUEUE = "\t'messenger_dsn_hit' => 'doctrine://default',\n"
SETTINGS = f"{QUEUE}\t'webview_text' => '<a href=\"|URL|\">x</a>',\n"
GLUED = "https://shop.example/?id=7%3Futm_source%3Dnews&utm_medium=email"


@pytest.mark.parametrize(
    ("pasted", "kinds"),
    [
        (SETTINGS, ["settings"]),
        (f"our settings\n{QUEUE}\nthe mail\n{OFF}", ["message", "settings"]),
        (f"{SETTINGS}\n<p><a href='https://shop.example/'>Shop</a></p>", ["html", "settings"]),
        (f"the address bar\n{GLUED}\n\n{OFF}", ["message", "address"]),
        (f"<a href='https://shop.example/'>Shop</a>\nafterwards: {GLUED}\n", ["html", "address"]),
        (f"{REFUSED}\n{GLUED}\n", ["log", "address"]),
        (f"{REFUSED}\nLocation: {GLUED}\n", ["log"]),
        (f"<p>\n{GLUED}\n</p>", ["html"]),
        (f"<p>Shop</p>\nhttps://shop.example/\n{GLUED}x y\n", ["html"]),
    ],
)
def test_each_kind_of_evidence_in_one_paste_is_read(pasted: str, kinds: list[str]) -> None:
    facts = Facts.read([("pasted.txt", pasted)])
    assert [source.kind for source in facts.sources] == kinds
    assert [place.quote.text for place in facts.given] == [GLUED] * kinds.count("address")
    lines = pasted.split("\n")
    assert all(lines[p.quote.line - 1].endswith(p.quote.text) for p in facts.given)
    assert all(quote.text in lines[quote.line - 1] for quote in facts.setting_lines.values())
    shown = [place.quote.text for place in facts.places if place.link]
    assert "|URL|" not in shown


PLAIN = "From: a@b.example\nTo: c@d.example\nSubject: x\nContent-Type: text/plain\n\n"


@pytest.mark.parametrize("body", ["<a href='x'>A</a>", "<html>A</html>", "<body>A</body>"])
def test_a_text_that_is_html_is_read_as_html(body: str) -> None:
    assert messages.read((PLAIN + body).encode()).html.strip() == body


@pytest.mark.parametrize("body", ["1 < 2", "Jo <jo@client.example>", "a <b>c</b>"])
def test_a_text_with_signs_of_html_stays_a_text(body: str) -> None:
    assert messages.read((PLAIN + body).encode()).html == ""


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ('<a href=3D"https://a.example/">', True),
        ("<img src=3Dhttps://a.example/>", True),
        ("a=3D1 https://a.example/?ct=3DYTo", True),
        ("x=3D1 caf=C3=A9", True),
        ("x=3D1, and a line that =\nbreaks", True),
        ("x=3D1, and a line that =  \r\nbreaks", True),
        ("x=3D1 y=3D2", False),
        ("caf=C3=A9", False),
        ('<a href="x">=3D1 =C3=A9</a>', False),
        ("<a HREF='x'>=3D1 =C3=A9</a>", False),
    ],
)
def test_a_piece_in_quoted_printable_is_known_by_its_marks(text: str, is_one: bool) -> None:
    assert messages.is_quoted_printable(text) == is_one


BEGINNINGS = [b"%PDF-1.7", b"GIF89a", b"MZ\x90", b"\x7fELF", b"\x89PNG", b"\xff\xd8\xff"]


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_a_file_of_another_kind_is_refused_by_its_beginning(beginning: bytes) -> None:
    with pytest.raises(UnusableInput, match="binary"):
        diagnose(beginning + b" then words that anybody can read " * 20)


def test_mandrill_may_hide_the_address() -> None:
    inside = base64.b64encode(b'{"p": "{}"}').decode().rstrip("=")
    assert wrappers.peel(f"https://mandrillapp.com/track/click/1/x?p={inside}").address == ""


PROPERTIES = '<?xml version="1.0"?>\n<plist version="1.0"><dict></dict></plist>\n'


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "  \n", "\t\r\n"])
@pytest.mark.parametrize("above", ["", "\n", "  "])
def test_a_file_of_apple_mail_has_a_length_above_and_properties_below(
    line_end: str, above: str
) -> None:
    given = f"{above}{len(OFF)}{line_end}{OFF}{PROPERTIES}"
    assert exports.of_apple_mail(given) == OFF
    assert exports.of_apple_mail(f"{OFF}{PROPERTIES}") is None
    assert exports.of_apple_mail(f"{len(OFF)}{line_end}{OFF}") is None
