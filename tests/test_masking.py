"""The report leaks nothing: any secret, in any place of what a reader gives."""

import pytest

from cases.mails import ct
from snippets.masking import masked
from snippets.report import report

# Each as a text, and what of it must not be seen.
SECRETS = {
    "name": ("Rousselot", "ousselot"),
    "initial and name": ("zlefevre", "lefevre"),
    "names together": ("ZoeLefevre", "efevre"),
    "user name": ("martin.dupond", "dupond"),
    "a ligature": ("Cœur", "œur"),
    "without it": ("Coeur", "oeur"),
    "Latin-1": ("Lef%E8vre", "vre"),
    "UTF-8": ("Zo%C3%AB", "%AB"),
    "punycode": ("xn--lefvre-6ra", "lefvre"),
    "Cyrillic": ("Ольга", "льга"),
    "phone": ("+33612345678", "612345"),
    "short phone": ("555-0142", "0142"),
    "spaced phone": ("%2B33%206%2012%2034", "2012"),
    "short id": ("client-42x", "42x"),
    "token": ("aB3dE5fG7hJ9", "dE5f"),
    "letters only": ("QwErTyUiOpAsDfGhJkLz", "ErTy"),
    "base64": ("YS5saUBiLmlv", "saUB"),
    "e-mail in base64": ("cGF1bC5tYXJ0aW5AY2xpZW50LmV4YW1wbGU=", "tYXJ"),
    "rotated": ("cnhy.znegva", "znegva"),
    "fullwidth at": ("paul.martin＠client.example", "martin"),
    "at in words": ("martin.dupond(at)client", "dupond"),
    "at as an entity": ("dupond&#64;client", "dupond"),
    "at as %u": ("paul.martin%u0040client", "martin"),
    "upper case": ("DUPOND", "UPOND"),
    "a hyphen": ("jean-michel-dupond", "michel"),
    "dots of a machine": ("srv-dupond-pc.intra", "dupond"),
    "address in a name": ("ip-10-1-2-33", "10-1-2"),
}  # fmt: skip
PLACES = {
    "path": '<a href="https://shop.acme.example/u/{}/x">x</a>',
    "end of a path": '<a href="https://shop.acme.example/{}">x</a>',
    "file": '<a href="https://shop.acme.example/{}.pdf">x</a>',
    "host": '<a href="https://{}.acme.example/p">x</a>',
    "customer's host": '<img src="http://mautic.{}.local/email/65f0a1b2c3d4e512345678.gif">',
    "login": '<a href="https://{}:x@acme.example/">x</a>',
    "fragment": '<a href="https://shop.acme.example/#{}">x</a>',
    "parameter": '<a href="https://shop.acme.example/?utm_campaign={}">x</a>',
    "name of a parameter": '<a href="https://shop.acme.example/?{}=1">x</a>',
    "query": '<a href="https://shop.acme.example/?{}">x</a>',
    "token's default": '<a href="https://a.example/{{contactfield=firstname|{}}}">x</a>',
    "token's field": '<a href="https://a.example/?a={{contactfield={}}}">x</a>',
    "wrapped": '<a href="https://urldefense.com/v3/__https://a.example/{0};!!{0}!x$">x</a>',
    "attribute": '<img alt="{0}" name="{0}" {0}="{0}" class="{0}" style="display:none;font:{0}" '
    'src="http://localhost/email/65f0a1b2c3d4e512345678.gif">',
    "over lines": '<a\nhref="https://shop.acme.example/{}" data-x="{}">x</a>',
    "mailto": '<a href="mailto:{}?subject={}">x</a>',
    "scheme": '<a href="{}://x/y">x</a>',
}
AT = "192.0.2.7 - - [12/Mar/2024:10:00:00 +0000]"
GIF = "/email/65f0a1b2c3d4e512345678.gif"
LOGGED = {
    "path of a log": AT + ' "GET /{}/r/92e770d1b72fa6ddf729b5f71?ct=x&u={} HTTP/1.1" 403 1 "-" "x"',
    "a log": AT.replace("- -", "- {}")
    + f' "GET {GIF} HTTP/1.1" 404 1 "https://w.example/{{}}" "T"',
    "Mautic's log": "[2024-03-12 10:00:00] mautic.ERROR: Invalid clickthrough value: {} of {}",
    "error of PHP": "[2024-03-12T10:00:00] mautic.CRITICAL: Uncaught Exception: getId() on null "
    "CampaignSubscriber.php {} {} at /srv/{}/app/x.php line 12 user:{}",
    "JSON": '{"ClientIP":"192.0.2.7","ClientRequestURI":"' + GIF + '?{}","EdgeResponseStatus":404,'
    '"user":"{}"}',
    "dump": "> GET /r/92e770d1b72fa6ddf729b5f71?ct=x HTTP/2\n> Host: {}.example\n> Cookie: {}\n"
    "< HTTP/2 403\n< set-cookie: {}\n",
}


def mail(body: str, head: str = "") -> str:
    """Return a received message with a body."""
    return (
        f"From: Acme <news@acme.example>\nTo: x@y.example\nX-EMAIL-ID: 1\nPrecedence: Bulk\n{head}"
        f"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<html><body>{body}"
        f'<a href="http://localhost/r/92e770d1b72fa6ddf729b5f71?ct={ct()}">x</a></body></html>\n'
    )


@pytest.mark.parametrize("place", PLACES)
def test_no_place_of_a_message_leaks(place: str) -> None:
    leaks = []
    for name, (secret, seen) in SECRETS.items():
        body = PLACES[place].replace("{}", secret).replace("{0}", secret)
        body = body.replace("{{", "{").replace("}}", "}")
        for before in (None, body):
            text = report(mail(body), before)
            leaks += [(name, text)] if seen in text else []
    assert leaks == []


@pytest.mark.parametrize("place", LOGGED)
def test_no_line_of_a_log_leaks(place: str) -> None:
    for name, (secret, seen) in SECRETS.items():
        text = report(LOGGED[place].replace("{}", secret))
        assert seen not in text, name


@pytest.mark.parametrize("name", SECRETS)
def test_no_header_leaks(name: str) -> None:
    secret, seen = SECRETS[name]
    heads = (
        f"Subject: [TEST] {secret}\n",
        f"List-Unsubscribe: <https://{secret}.example/{secret}>\n",
        f"Reply-To: {secret} <{secret}@y.example>\nDelivered-To: {secret}@acme.example\n",
        f"Return-Path: <bounce+{secret}@acme.example>\nX-{secret}: {secret}\n",
    )
    for head in heads:
        assert seen not in report(mail(f"<p>{secret} [First Name]</p>", head))


@pytest.mark.parametrize("name", SECRETS)
def test_no_answer_and_no_name_of_a_file_leaks(name: str) -> None:
    secret, seen = SECRETS[name]
    answers = {"site-url": f"http://{secret}", "user-agent": secret, "from-domain": secret}
    assert seen not in report([(f"{secret}.txt", "hello")], None, answers)


def test_schemes_and_fragments_one_within_the_other_have_an_end() -> None:
    assert masked("http:" * 900 + "dupond") == "http:[…]"
    assert masked("a:9{" * 900 + "dupond") == "a:[…]"
    assert "dupond" not in masked("https://a.example/#" * 200 + "dupond")


KEPT = (
    "https://mautic.example/r/[…]?ct=[value]",
    "http://localhost/email/[…].gif",
    "{contactfield=firstname}",
    "<img height=\"1\" width=\"1\" src=\"http://localhost/email/[…].gif\" style=\"display:none\">",
    "/r/[…]?ct=[value]",
)  # fmt: skip


@pytest.mark.parametrize("text", KEPT)
def test_what_helps_is_kept(text: str) -> None:
    assert (
        masked(text.replace("[…]", "92e770d1b72fa6ddf729b5f71").replace("[value]", "YTow")) == text
    )
