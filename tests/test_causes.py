"""What tells a cause from what only looks like it: one piece of evidence more, or less."""

import pytest

from cases import mails
from cases.mails import (
    HASH,
    HEALTHY,
    SIGNATURE,
    TEST_HASH,
    access,
    anchor,
    click,
    ct,
    link,
    message,
    page,
    pixel,
    sent,
    unsubscribe,
)
from snippets.clickthrough import encode
from snippets.diagnosis import diagnose

CID = '<img src="cid:pixel@acme" width="1" height="1">'
BLANK = '<img src="data:image/gif;base64,R0lGODlhAQABAAD" width="1" height="1">'
SHOP = anchor("https://shop.example/offer")
LONG = "<p>" + "spring " * 15_000 + "</p>"


def causes(*given: str, before: str | None = None, **answers: str) -> dict[str, str]:
    """Return which causes a diagnosis names, those left aside too, and how certain each is."""
    evidence = [(f"source {number}", content) for number, content in enumerate(given)]
    said = {name.replace("_", "-"): value for name, value in answers.items()}
    found = diagnose(evidence, before, said)
    aside = dict.fromkeys(found.aside, "possible")
    return aside | {finding.cause: str(finding.certainty) for finding in found.findings}


def texts(given: str, **answers: str) -> list[str]:
    """Return the quotes of the first finding."""
    said = {name.replace("_", "-"): value for name, value in answers.items()}
    return [quote.text for quote in diagnose(given, answers=said).findings[0].quotes]


def moved(status: int) -> str:
    """Return what `curl -I` shows of an address that leads to itself."""
    return f"$ curl -I {link()}\nHTTP/1.1 {status} Moved\nLocation: {link()}\n"


# What was given, and the causes among which nothing else may be: each lacks what proves one.
INNOCENT = {
    "an image attached beside the pixel": ("pixel-hidden-or-altered", sent(HEALTHY + CID), {}),
    "a blank image in a test": ("pixel-hidden-or-altered", mails.tested(SHOP + BLANK), {}),
    "a test by its subject, tracked": ("send-context", mails.tested(HEALTHY), {}),
    "a data attribute beside the one that works": (
        "disable-tracking-attribute",
        page('<a mautic:disable-tracking data-mautic-disable-tracking="1" href="https://a.b/">'),
        {},
    ),
    "a click is missing, the pixel too": (
        "tracking-setting-off",
        sent(anchor(link()) + unsubscribe()),
        {"symptom": "click-missing"},
    ),
    "an open is missing, the links too": (
        "tracking-setting-off",
        sent(SHOP + unsubscribe() + pixel()),
        {"symptom": "open-missing"},
    ),
    "opened by hand, but cut by Gmail": (
        "valid-hits-filtered",
        sent(LONG + HEALTHY),
        {"symptom": "open-missing", "by_hand_counts": "yes", "release": "6.0"},
    ),
    "delivered to somebody else": (
        "own-copy-opened",
        sent(HEALTHY, Delivered_To="archive@client.example"),
        {"symptom": "too-many"},
    ),
    "delivered to the sender, who wrote to himself": (
        "own-copy-opened",
        sent(HEALTHY, Delivered_To="news@acme.example", To="news@acme.example"),
        {"symptom": "too-many"},
    ),
    "a test whose link has neither address nor signature": (
        "unsubscribe-live-in-test",
        mails.tested(SHOP + unsubscribe()),
        {},
    ),
    "one pixel, loaded from three networks": (
        "bot-or-gateway-hits",
        "".join(access(f"/email/{HASH}.gif", 9 * n, 200, ip=f"203.0.{n}.7") for n in range(3)),
        {},
    ),
    "a link that 7.1 stops, in a mail of 6.0": (
        "send-stopped-by-link",
        sent(HEALTHY + anchor("://shop.example/")),
        {"release": "6.0"},
    ),
    "a link that 7.1 stops, and a click is missed": (
        "send-stopped-by-link",
        sent(HEALTHY + anchor("://shop.example/")),
        {"symptom": "too-many"},
    ),
    "a person's reply to the mailbox": (
        "unsubscribe-by-machine",
        sent(HEALTHY, To="mautic+unsubscribe_65f0a1b2c3d4e512345678@acme.example"),
        {"symptom": "unsubscribe-broken"},
    ),
}


@pytest.mark.parametrize(("cause", "given", "answers"), INNOCENT.values(), ids=INNOCENT)
def test_what_only_looks_like_it(cause: str, given: str, answers: dict[str, str]) -> None:
    assert cause not in causes(given, **answers)


GUILTY = {
    "the sender's own copy": (
        ("own-copy-opened", "likely"),
        sent(HEALTHY, Delivered_To="news@acme.example"),
        {"symptom": "too-many"},
    ),
    "an open is missing, and the pixel from a real mail": (
        ("tracking-setting-off", "likely"),
        sent(anchor(link()) + unsubscribe()),
        {"symptom": "open-missing"},
    ),
    "the address and signature of a contact in a test": (
        ("unsubscribe-live-in-test", "sure"),
        mails.tested(SHOP + unsubscribe(rest=f"/jo@client.example/{SIGNATURE}")),
        {},
    ),
    "an automatic reply to the mailbox": (
        ("unsubscribe-by-machine", "sure"),
        message(
            "<p>I am away</p>",
            To="mautic+unsubscribe_65f0a1b2c3d4e512345678@acme.example",
            Auto_Submitted="auto-replied",
        ),
        {"symptom": "unsubscribed-unwillingly"},
    ),
    "a direct mail whose subject says that it is a test": (
        ("send-context", "likely"),
        mails.tested(anchor(link(value=encode({"stat": HASH, "lead": "5"}))) + pixel()),
        {"symptom": "click-missing"},
    ),
    "the token of a tracked link, never filled in": (
        ("token-in-link", "sure"),
        sent(anchor("{trackable=1}") + unsubscribe() + pixel()),
        {},
    ),
    "the token of a tracked link in a test, as in dynamic content (V30)": (
        ("send-context", "sure"),
        mails.tested(SHOP + anchor("{trackable=1}")),
        {},
    ),
    "unsubscribing is refused as a bad request": (
        ("unsubscribe-server-error", "possible"),
        access(f"/email/unsubscribe/{HASH}", status=400),
        {},
    ),
    "a browser that asks not to be tracked, before any answer": (
        ("privacy-signal", "sure"),
        f"> GET {click()} HTTP/1.1\n> Host: m.acme.example\n> DNT: 1\n",
        {"release": "7.1"},
    ),
    "a destination that takes a ct for a bad request": (
        ("destination-broken", "likely"),
        access(f"/offer?ct={ct()}", status=400),
        {"release": "5.2"},
    ),
    "a link that 7.1 would stop, in a mail that arrived": (
        ("send-stopped-by-link", "possible"),
        sent(HEALTHY + anchor("://shop.example/")),
        {},
    ),
    "an open is missing, and with the pixel all links": (
        ("tracking-setting-off", "likely"),
        sent(SHOP + unsubscribe()),
        {"symptom": "open-missing"},
    ),
    "a token with a default in the place of the link": (
        ("token-in-link", "sure"),
        page(anchor("{custom|https://example.com/}") + anchor("{unsubscribe_url}")),
        {},
    ),
    "no header in a campaign's mail": (
        ("list-unsubscribe-header", "likely"),
        message(page(HEALTHY), X_EMAIL_ID="12"),
        {"symptom": "unsubscribe-broken"},
    ),
    "an https address that leads to itself, 301": (
        ("https-proxy-scheme", "likely"),
        moved(301),
        {},
    ),
    "an https address that leads to itself, 302": (
        ("https-proxy-scheme", "likely"),
        moved(302),
        {},
    ),
    "an https address that leads to itself, 307": (
        ("https-proxy-scheme", "likely"),
        moved(307),
        {},
    ),
    "an https address that leads to itself, 308": (
        ("https-proxy-scheme", "likely"),
        moved(308),
        {},
    ),
    "accents of a tag, asked for by the symptom": (
        ("destination-broken", "likely"),
        "https://shop.example/?utm_campaign=été",
        {"symptom": "link-broken"},
    ),
}


@pytest.mark.parametrize(("finding", "given", "answers"), GUILTY.values(), ids=GUILTY)
def test_what_shows_it(finding: tuple[str, str], given: str, answers: dict[str, str]) -> None:
    assert finding in causes(given, **answers).items()


def test_a_test_is_shown_by_its_subject() -> None:
    assert (
        texts(mails.tested(SHOP + unsubscribe(stat=TEST_HASH)), symptom="click-missing")[0]
        == "Subject: [TEST]"
    )


def test_what_is_missing_is_shown_as_it_would_stand_there() -> None:
    shown = texts(sent(anchor(link()) + unsubscribe()), symptom="open-missing")
    assert shown == ['<img src="…/email/….gif">', "X-EMAIL-ID: 12", "Precedence: Bulk"]


def test_all_answers_that_show_it_are_quoted() -> None:
    shown = texts(link(), symptom="unsubscribe-broken", http_status="404", contact_exists="no")
    assert shown == ["http-status=404", "contact-exists=no"]


WORDS = ["First Name", "Firstname", "Last Name", "LASTNAME", "Email", "Title", "Company"]


@pytest.mark.parametrize("word", [*WORDS, "Position", "City"])
def test_the_words_of_a_preview_show_a_test(word: str) -> None:
    given = message(page(f"Hello [{word}] {SHOP}"))
    assert causes(given, symptom="click-missing")["send-context"] == "sure"
    assert "send-context" not in causes(given.replace(word, "x"), symptom="click-missing")


DAMAGED = [
    *(f'<a href="https://{{{name}}}/x">' for name in ("unsubscribe_url", "dnc_url")),
    '<a href="http://{resubscribe_url}?a">',
    *('<a id="{unsubscribe_url}">', "<a name='{dnc_url}'>", '<a id="{resubscribe_url}">'),
    '<a href="<span style=x> {unsubscribe_url}</span>">',
    *("{ unsubscribe_url}", "{ unsubscribe_url }", "{unsubscribe_url }"),
    *("{unsubscribe_link}", "{unsubscribe-link}", "{unsubscribelink}"),
    *("%7CURL%7C", "%7C %20URL%7C", "| URL |", "|URL |", "&#124; URL &#124;", "&#124;URL &#124;"),
    '<a href="https://https://m.acme.example/email/unsubscribe/x">',
]
LEFT = ["|URL|", "&#124;URL&#124;", "{unsubscribe_url}", "{dnc_url}", "{resubscribe_url}"]
LEFT += ["{unsubscribe_text}", "%7Bunsubscribe_url%7D", "%7Bunsubscribe_text%7D"]


@pytest.mark.parametrize("piece", [*DAMAGED, *LEFT])
def test_what_is_left_of_the_token_in_a_received_mail(piece: str) -> None:
    named = "sure" if "<" in piece else "likely"  # words may speak of it, if a link works
    assert causes(sent(HEALTHY + piece))["unsubscribe-token-broken"] == named
    assert causes(sent(anchor(link()) + pixel() + piece))["unsubscribe-token-broken"] == "sure"
    assert "unsubscribe-token-broken" not in causes(sent(HEALTHY + f"<code>{piece}</code>"))


@pytest.mark.parametrize("piece", DAMAGED)
def test_what_is_broken_before_sending(piece: str) -> None:
    assert causes(page(f"<p>{piece}</p>"))["unsubscribe-token-broken"] == "sure"


@pytest.mark.parametrize("piece", LEFT[2:])
def test_what_is_right_before_sending(piece: str) -> None:
    assert "unsubscribe-token-broken" not in causes(page(anchor(piece)))


HIDDEN = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"]


@pytest.mark.parametrize("sign", HIDDEN)
def test_an_invisible_sign_in_a_link_is_no_link_any_more_in_an_image_no_fault(sign: str) -> None:
    broken = anchor(f"https://shop.example/a{sign}b")
    assert causes(sent(HEALTHY + broken))["token-in-link"] == "sure"
    image = f'<img src="https://shop.example/a{sign}b.png" width="60" height="60">'
    assert "token-in-link" not in causes(sent(HEALTHY + image))


@pytest.mark.parametrize("behind", ["amp;utm_source=x", "amp%3Butm_source=x", "%3Butm_source"])
def test_an_ampersand_behind_a_ct_is_no_path(behind: str) -> None:
    assert "url-prefix-overlap" not in causes(link() + behind)
    assert causes(f"{link()}/{behind}")["url-prefix-overlap"] == "sure"


def with_file(name: str) -> str:
    """Return a sent e-mail with a file attached to it."""
    head, _, body = sent(HEALTHY).partition("MIME-Version: 1.0\r\n")
    return (
        f'{head}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="q"\r\n\r\n'
        f"--q\r\n{body}\r\n--q\r\nContent-Type: application/octet-stream\r\n"
        f'Content-Disposition: attachment; filename="{name}"\r\n\r\nx\r\n--q--\r\n'
    )


@pytest.mark.parametrize("name", ["guide.pdf", "GUIDE.DOCX", "gif.zip"])
def test_a_file_that_is_attached_is_not_tracked(name: str) -> None:
    found = causes(with_file(name), symptom="decision-missing")
    assert found["attachment-not-tracked"] == "likely"


PARTS = ["ics", "p7s", "p7m", "asc", "eml", "gif", "png", "jpg", "jpeg", "vcf", "dat", "PNG"]


@pytest.mark.parametrize("ending", PARTS)
def test_a_part_that_nobody_downloads_is_no_attachment(ending: str) -> None:
    found = causes(with_file(f"part.{ending}"), symptom="decision-missing")
    assert "attachment-not-tracked" not in found


def test_a_comment_with_a_script_moves_no_line() -> None:
    page_ = (
        "<html><head>\n<!-- before:\n<script>old()</script>\n-->\n"
        "<script src='https://m.acme.example/mtc.js'></script>\n</head><body></body></html>\n"
    )
    [finding] = diagnose([("page.html", page_)], None, {"symptom": "page-missing"}).findings
    assert finding.cause == "tracking-script-missing"
    assert [quote.line for quote in finding.quotes] == [5]
