"""What a front end shows: the shortest evidence, a verdict, links that are not tracked first."""

import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from snippets import clickthrough, guide
from snippets.__main__ import main
from snippets.advice import fitting
from snippets.catalogue import Finding, pages
from snippets.causes import Certainty
from snippets.evidence.sources import Quote
from snippets.excerpts import ODD, excerpt, plain
from snippets.view import LONGEST_ISSUE, issue, view

ROOT = Path(__file__).parent.parent
CT = clickthrough.encode(clickthrough.for_email(7, "65f0a1b2c3d4e512345678", 5, ("email", 7)))
TRACKED = f"https://m.acme.example/r/92e770d1b72fa6ddf729b5f71?ct={CT}"

LINE = (
    '203.0.113.7 - - [25/Nov/2026:10:00:00 +0000] "GET /email/1.gif HTTP/1.1" 403 9 "-" "curl/8.5"'
)


def odd(quote: str, cause: str) -> list[str]:
    """Return what is marked in a quote."""
    return [text for text, kind in excerpt(quote, cause) if kind in ("odd", "sign")]


@pytest.mark.parametrize(
    ("cause", "quote", "marked"),
    [
        ("site-url-host", "http://localhost/r/1", ["localhost"]),
        ("link-normalised", "https://acme.example/été", ["é", "é"]),
        ("link-markup-not-matched", '<a href="https://acme.example/"\n>', ["↵"]),
        ("link-markup-not-matched", '<a href = "https://acme.example/">', ["href = "]),
        ("ampersand-encoding", "https://acme.example/?a=1&amp;amp;b", ["&amp;amp;"]),
        ("token-in-link", "https://acme.example/{code}", ["{code}"]),
        ("token-in-link", "https://acme.example/a\u200b", ["U+200B"]),
        ("server-blocks-tracking-url", LINE, ["GET /email/1.gif", "403"]),
        ("bot-or-gateway-hits", LINE, ["curl/8.5"]),
        ("ct-damaged", "mautic.ERROR: Invalid clickthrough value: LGb4 [] []", ["LGb4"]),
        (
            "send-stopped-by-link",
            r"a.CRITICAL: x->prepareUrlForTracking(\'://a.example\')\n#4 y(Array, \'email\', 212)",
            [r"\'://a.example\'", r"\'email\', 212"],
        ),
        ("counter-version-bug", "[2026-11-18] mautic.ERROR: it broke", ["it broke"]),
        ("privacy-signal", '"GET /r/1 HTTP/1.1" 302 0 "-" "a/1" "Sec-GPC: 1"', ["Sec-GPC: 1"]),
        ("unsubscribe-by-machine", LINE, ["GET /email/1.gif"]),
        ("gmail-clipping", "[Message clipped]", ["[Message clipped]"]),
    ],
)
def test_the_odd_part_is_marked(cause: str, quote: str, marked: list[str]) -> None:
    assert odd(quote, cause) == marked


def test_a_ct_and_a_long_address_are_short() -> None:
    shown = plain(excerpt(TRACKED.replace("m.acme.example", "localhost"), "site-url-host"))
    assert shown == f"https://localhost/r/92e770d1b72fa6ddf729b5f71?ct={CT[:8]}…{CT[-4:]}"
    assert len(plain(excerpt("https://acme.example/" + "a" * 5_000, "query-glued"))) < 120


def test_no_character_stays_unseen() -> None:
    shown = plain(excerpt("a\u202eb\u200bc\td\x00", ""))
    assert shown == "aU+202EbU+200Bc⇥dU+0000"


def test_what_is_marked_belongs_to_a_cause() -> None:
    assert set(ODD) <= set(pages())


@pytest.mark.parametrize(
    ("given", "kind", "of"),
    [
        (TRACKED.replace("https://m.acme.example", "http://localhost"), "causes", "address"),
        (TRACKED, "healthy", "address"),
        ("nothing of it", "nothing", "text"),
        ("We wrote to all of you with the news of this month", "visible-text", "text"),
        ("Received: x\nFrom: a@b.cc\nTo: c@d.ee\nSubject: x\n", "headers-only", "message"),
    ],
)
def test_the_verdict(given: str, kind: str, of: str) -> None:
    verdict = view(given)["verdict"]
    assert (verdict["kind"], verdict["of"]) == (kind, of)


def test_a_card_has_the_corrected_line() -> None:
    tag = '<a href="https://acme.example/x"\n>'
    [card] = [c for c in view(f"<p>{tag}A</a></p>")["cards"] if not c["healthy"]]
    [shown] = card["evidence"]
    assert (shown["given"], shown["repair"]) == (tag, '<a href="https://acme.example/x">')


def test_a_private_host_is_replaced_once_the_site_is_known() -> None:
    private = TRACKED.replace("https://m.acme.example", "http://localhost")
    assert "repair" not in view(private)["cards"][0]["evidence"][0]
    answers = {"site-url": "https://m.acme.example/"}
    assert view(private, answers=answers)["cards"][0]["evidence"][0]["repair"] == TRACKED


def test_links_that_are_not_tracked_come_apart() -> None:
    html = '<a href="https://acme.example/a">A</a> <a href="tel:112">B</a> <a href="#x">'
    links = view(html)["links"]
    assert links["all"] == links["tracked"] + len(links["untracked"]) == 3
    assert [plain(link["pieces"]) for link in links["followed"]] == ["https://acme.example/a"]
    assert all(link["reason"] for link in links["untracked"])


def test_an_issue_fits_an_address() -> None:
    from snippets.diagnosis import diagnose

    report = "".join(f"- line {number} é\n" for number in range(2_000))
    query = issue(diagnose("http://localhost/r/1"), report)
    body = parse_qs(query)["body"][0]
    assert len(query) < LONGEST_ISSUE + 500
    assert body.startswith("- line 0 é\n")
    assert "paste the rest" in body
    assert parse_qs(query)["title"] == ["Not tracked: site-url-host"]


def test_every_link_that_stops_the_sending_is_named_with_its_line_and_repair() -> None:
    html = "".join(f'<a href="://acme.example/{number}">x</a>\n' for number in range(40))
    [card] = view(html, answers={"release": "7.1", "symptom": "send-failed"})["cards"]
    links = card["evidence"][:-1]  # the last is the answer
    assert card["cause"] == "send-stopped-by-link"
    assert [shown["line"] for shown in links] == list(range(1, 41))
    assert [shown["instead"] for shown in links] == [f"https://acme.example/{n}" for n in range(40)]
    assert links[0]["repair"] == '<a href="https://acme.example/0">'


def test_the_command_names_every_link_that_stops_the_sending(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.html"
    page.write_text("".join(f'<a href="://acme.example/{number}">x</a>\n' for number in range(40)))
    assert main(["diagnose", str(page), "--lang=en", "--answer=release=7.1"]) == 1
    printed = capsys.readouterr().out
    assert [f"page.html:{line} " in printed for line in range(1, 41)] == [True] * 40
    assert printed.count("https://acme.example/") == 40


CAMPAIGN = f"""From: news@acme.example
To: jo@client.example
Subject: Your course
X-EMAIL-ID: 7
MIME-Version: 1.0
Content-Type: text/html

<html><body><a href="{TRACKED}">Course</a>
<a href="https://m.acme.example/email/unsubscribe/65f0a1b2c3d4e512345678">Out</a>
<img src="https://m.acme.example/email/65f0a1b2c3d4e512345678.gif"></body></html>
"""


def test_a_message_that_lacks_a_header_says_so() -> None:
    lacking = view(CAMPAIGN.replace("X-EMAIL-ID: 7", "X-EMAIL-ID: 7\nPrecedence: Bulk"))
    assert "missing" not in lacking["verdict"]
    assert [card["cause"] for card in lacking["cards"]] == ["list-unsubscribe-header"]
    before_type_decided = view(CAMPAIGN, answers={"release": "4.4"})
    assert before_type_decided["verdict"]["kind"] == "nothing"
    assert before_type_decided["verdict"]["missing"] == ["list-unsubscribe"]
    assert before_type_decided["cards"] == []
    assert before_type_decided["suspects"] == ["list-unsubscribe-header"]
    assert {"links", "pixel", "unsubscribe"} <= set(lacking["diagnosis"]["healthy"])
    header = "X-EMAIL-ID: 7\nList-Unsubscribe: <https://m.acme.example/email/unsubscribe/65f0a1b2c3d4e512345678>"
    whole = view(CAMPAIGN.replace("X-EMAIL-ID: 7", header))
    assert "missing" not in whole["verdict"]
    assert (whole["cards"][0]["certainty"], whole["suspects"]) == ("likely", [])


@pytest.mark.parametrize(
    ("taken", "missing"),
    [
        (f'<a href="{TRACKED}">Course</a>', []),
        ('<img src="https://m.acme.example/email/65f0a1b2c3d4e512345678.gif">', ["pixel"]),
        ("/email/unsubscribe/65f0a1b2c3d4e512345678", ["unsubscribe"]),
    ],
)
def test_what_a_message_lacks_is_named(taken: str, missing: list[str]) -> None:
    found = view(CAMPAIGN.replace(taken, ""))["diagnosis"]["context"].get("missing", [])
    assert found == missing


def test_a_missing_header_is_shown_as_missing() -> None:
    found = view(CAMPAIGN, answers={"symptom": "unsubscribe-broken", "release": "5.2"})
    [shown, *_] = found["cards"][0]["evidence"]
    assert (shown["source"], shown["pieces"]) == ("missing", [("List-Unsubscribe:", "odd")])


def test_a_verdict_names_the_question_that_decides_it() -> None:
    template = '<html><a href="https://acme.example/?n={contactfield=firstname|you}">x</a></html>'
    assert view(template)["verdict"]["depends"] == "release"
    assert view(template)["diagnosis"]["questions"][0] == "release"
    assert "depends" not in view(template, answers={"release": "unknown"})["verdict"]
    assert "depends" not in view(template, answers={"release": "7.1"})["verdict"]
    assert view(template, answers={"release": "6.0"})["verdict"]["kind"] == "healthy"


def test_a_repair_shows_what_is_new_in_the_address_and_mends_the_shape_for_outlook_too() -> None:
    href = (
        "https://book.acme.example/a/long/way/table?name={contactfield=firstname|Friend}&src=mail"
    )
    shape = f'<v:roundrect xmlns:v="urn:x" href="{href}" style="width:9px;">x</v:roundrect>'
    html = f'<html><!--[if mso]>{shape}<![endif]--><a class="b" href="{href}">x</a></html>'
    [found] = view(html, answers={"release": "7.1"})["cards"]
    assert [shown["given"][:4] for shown in found["evidence"]] == ["<v:r", "<a c"]
    repairs = {shown["given"]: shown["repair"] for shown in found["evidence"]}
    assert all("{contactfield=firstname}&src=mail" in repair for repair in repairs.values())
    for shown in found["evidence"]:
        assert ("firstname}", "odd") in shown["shown"]
    for given, repair in repairs.items():
        html = html.replace(given, repair)
    assert view(html, answers={"release": "7.1"})["verdict"]["kind"] == "healthy"


def test_each_link_of_a_template_that_is_lost_is_named() -> None:
    lost = "\n".join(f'<a href="https://acme.example/{n}/é">x</a>' for n in range(12))
    [found] = view(f"<html>{lost}</html>", answers={"release": "7.1"})["cards"]
    assert len(found["evidence"]) == 12


def test_what_the_database_does_not_know_is_seen_in_a_long_line() -> None:
    failed = "An exception occurred while executing a query: Column not found: 1054"
    line = (
        "[2026-11-18T08:31:04+01:00] mautic.CRITICAL: Uncaught PHP Exception "
        f"InvalidFieldNameException: {failed} Unknown column 't0.is_new' in 'field list' at x.php"
    )
    [shown] = view(line)["cards"][0]["evidence"]
    assert ("Unknown column 't0.is_new'", "odd") in shown["pieces"]


def test_links_that_a_provider_wrapped_say_so() -> None:
    address = "http://url41.acme.example/ls/click?upn=u001.1yxlRjJePQHIgn7ct46LrCxiCcRFTqsFLE9tT2pX"
    mail = CAMPAIGN.replace(TRACKED, address)
    found = view(mail)["links"]["untracked"]
    assert [link["reason"] for link in found] == ["esp-rewrap"]
    copied = f'X-Mailgun-Sid: x\n\n<p><a href="{address}">x</a></p>'  # headers above HTML
    assert [link["reason"] for link in view(copied)["links"]["untracked"]] == ["esp-rewrap"]


@pytest.mark.parametrize("placeholder", ["|URL|", "&#124;URL&#124;"])
def test_the_place_of_a_link_of_a_setting_is_no_address_to_normalise(placeholder: str) -> None:
    html = f'<html><body><p>Hello <a href="{placeholder}">out</a></p></body></html>'
    [link] = view(html)["links"]["untracked"]
    assert link["reason"] == "unsubscribe-token-broken"


def test_a_log_in_which_the_release_decides_says_so() -> None:
    agent = (
        "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
    )
    line = (
        '66.249.84.95 - - [12/Mar/2026:09:09:40 +0100] "GET /email/69b2750c1a2b3456789012.gif '
        f'HTTP/1.1" 200 43 "-" "{agent}"\n'
    )
    found = view([("access.log", line)])
    assert found["verdict"]["depends"] == "release"
    assert found["diagnosis"]["questions"][0] == "release"
    assert "depends" not in view([("access.log", line)], answers={"release": "7.1"})["verdict"]


def test_a_missing_pixel_is_quoted_as_missing() -> None:
    without = re.sub(r"<img[^>]*/email/[^>]*>", "", CAMPAIGN)
    [card] = view(without)["cards"]
    assert card["cause"] == "tracking-setting-off"
    assert card["evidence"][0]["source"] == "missing"
    assert all("/r/" not in "".join(text for text, _ in e["pieces"]) for e in card["evidence"])


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ('<a href="Https://shop.example/">', "scheme"),
        ('<a\nhref="https://shop.example/"\n>', "line-break"),
        ('<a href="://shop.example/">', "malformed"),
    ],
)
def test_a_card_of_many_reasons_names_the_one_it_is(link: str, reason: str) -> None:
    first, *others = view(f"<p>{link}Offer</a></p>")["cards"]
    assert (first["cause"], first["reason"]) == ("link-markup-not-matched", reason)
    assert not any("reason" in card for card in others)


def test_the_command_names_the_reason(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<a href="Https://shop.example/">Offer</a>', encoding="utf-8")
    main(["diagnose", str(page), "--lang", "en"])
    assert f"→ {guide.online('en/emails/links.html#scheme')}" in capsys.readouterr().out


NAMED_IN_ADVICE = {
    "valid-hits-filtered": ("Gmail", "do_not_track_ips", "do_not_track_bots", "X-Forwarded-For"),
    "server-blocks-tracking-url": ("403", "cf-mitigated", "proxy_pass", "//r/", "nginx", "Apache"),
}


@pytest.mark.parametrize("language", ["", ".en", ".de", ".es", ".pt-BR"])
def test_the_pieces_of_advice_stand_in_the_guide_in_the_order_that_is_meant(language: str) -> None:
    text = (ROOT / f"docs/emails/troubleshooting{language}.md").read_text("utf-8")
    for cause, named in NAMED_IN_ADVICE.items():
        section = text.split(f"{{ #{cause} }}")[1].split("\n## ")[0]
        pieces = re.findall(r"(?ms)^    (?:[1-9]\.|-) (.+?)(?=^    (?:[1-9]\.|-) |^- )", section)
        assert len(pieces) == len(named)
        assert all(name in piece for name, piece in zip(named, pieces, strict=True))


@pytest.mark.parametrize(
    ("quote", "piece"),
    [
        ("cf-mitigated: challenge", 2),
        ("valid_referers none blocked acme.example;", 1),
        ("location ~* \\.(?:css|js|png|gif)$", 5),
        ("RewriteRule \\.(jpe?g|png|gif)$ - [L]", 6),
        ("RewriteRule \\.(jpe?g|png|gif)$ - [F,NC]", 1),
        ('1.2.3.4 - - "GET /r/1?ct=x HTTP/1.1" 403 9 "-" "x"', 1),
        ('1.2.3.4 - - "GET /email/65f0a1b2c3d4e512345678.gif HTTP/1.1" 404 9 "-" "x"', 5),
        ('1.2.3.4 - - "GET /r/1?ct=x HTTP/1.1" 502 9 "-" "x 403"', 0),
        ("https://m.acme.example//r/92e770d1b72fa6ddf729b5f71", 4),
    ],
)
def test_of_the_servers_situations_the_one_that_fits_goes_first(quote: str, piece: int) -> None:
    cause = "server-blocks-tracking-url"
    assert fitting(Finding(cause, Certainty.SURE, (Quote(quote),))) == piece


@pytest.mark.parametrize(
    ("quotes", "piece"),
    [
        (["'do_not_track_bots': Edg", '203.0.113.18 - - "GET /r/1" 302 "Edg/142"'], 3),
        (["MAUTIC_DO_NOT_TRACK_IPS=10.0.0.0/8"], 2),
        (["user-agent=YahooMailProxy; x", "release=7.1"], 1),
        (["user-agent=axios/1.6", "release=7.1"], 3),
        (["172.18.0.1 - - GoogleImageProxy"], 4),
        (["by-hand-counts=yes"], 0),
    ],
)
def test_the_piece_of_advice_that_fits_goes_first(quotes: list[str], piece: int) -> None:
    seen = tuple(Quote(text) for text in quotes)
    assert fitting(Finding("valid-hits-filtered", Certainty.SURE, seen)) == piece
    assert fitting(Finding("ct-damaged", Certainty.SURE, seen)) == 0


def test_who_wrapped_an_address_is_named() -> None:
    hidden = "https://u1.ct.sendgrid.net/ls/click?upn=abc"
    gateway = f"https://urldefense.proofpoint.com/v2/url?u={TRACKED}"
    [by_provider], [by_gateway] = (
        [each.get("by") for each in view(address)["cards"][0]["evidence"]]
        for address in (hidden, gateway)
    )
    assert (by_provider, by_gateway) == ("SendGrid", "Proofpoint")
