"""The other rules, one by one."""

from typing import Any

import pytest

from snippets import (
    clickthrough,
    contexts,
    hits,
    hosts,
    mail,
    pixel,
    redirects,
    releases,
    saving,
    unsubscribe,
)
from snippets.platform import minified

CT = clickthrough.encode({"source": ["email", 7], "email": 7, "stat": "65f0", "lead": 5})


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        ("mautic.example.com", "public"),
        ("localhost", "loopback"),
        ("LOCALHOST:8080", "loopback"),
        ("mautic", "no-dot"),
        ("127.0.0.1", "loopback"),
        ("127.1", "loopback"),
        ("2130706433", "loopback"),
        ("0x7f.1", "loopback"),
        ("[::1]:8080", "loopback"),
        ("10.1.2.3", "private"),
        ("192.168.178.20", "private"),
        ("172.31.0.1", "private"),
        ("172.32.0.1", "public"),
        ("169.254.1.1", "link-local"),
        ("fe80::1", "link-local"),
        ("fd00::1", "private"),
        ("::ffff:10.0.0.1", "private"),
        ("100.64.0.1", "private"),
        ("0.0.0.0", "unusable"),
        ("mautic.local", "special-name"),
        ("m.ddev.site", "special-name"),
        ("mautic.internal.", "special-name"),
        ("x.test", "special-name"),
        ("", "empty"),
        ("8.8.8.8", "public"),
        ("xn--mnchen-3ya.example", "public"),
    ],
)
def test_reach(host: str, reason: str) -> None:
    assert hosts.reach(host) == hosts.Reach(reason == "public", reason)


SPECIAL = ["local", "localdomain", "internal", "intranet", "private", "lan", "home", "corp"]
SPECIAL += ["test", "invalid", "onion", "home.arpa", "ddev.site", "lndo.site"]


@pytest.mark.parametrize("ending", SPECIAL)
def test_a_name_that_ends_like_this_never_leads_out(ending: str) -> None:
    assert hosts.reach(f"mautic.{ending}").reason == "special-name"
    assert hosts.reach(f"mautic-{ending}.example").public


def test_the_ct_goes_to_the_destination_from_5_0_to_6_0() -> None:
    given = {v: redirects.click("https://a.example/", f"ct={CT}", {}, v) for v in releases.LINES}
    leaking = [v for v, found in given.items() if "ct=" in str(found.location)]
    assert leaking == ["5.0", "5.1", "5.2", "6.0"]


def test_a_click_without_ct_is_redirected_and_not_counted() -> None:
    found = redirects.click("https://a.example/", "")
    assert (found.status, found.counted, found.blocked_for) == (302, False, 15)


def test_a_dropped_click_goes_to_the_contacts_page_and_blocks_the_browser() -> None:
    url, jo = "https://a.example/?n={contactfield=firstname}", {"firstname": "Jo"}
    found = redirects.click(url, f"ct={CT}", jo, "7.1", dropped=True)
    assert found == redirects.Click(302, "https://a.example/?n=Jo", False, 15)
    assert redirects.click(url, f"ct={CT}", jo, "5.2", dropped=True).blocked_for == 0


def test_a_hostile_ct_is_an_error_page_up_to_6_0() -> None:
    hostile = "ct=YToxOntpOjA7Tzo4OiJzdGRDbGFzcyI6MDp7fX0%3D"
    assert redirects.click("https://a.example/", hostile, release="6.0").status == 500
    assert redirects.click("https://a.example/", hostile, release="7.0").status == 302


@pytest.mark.parametrize("url", ["/shop", "//a.example/", "#top", "https://a_b.example/"])
def test_destinations_that_are_not_found(url: str) -> None:
    assert redirects.click(url, f"ct={CT}", {}).status == 404


@pytest.mark.parametrize(
    "text",
    ["czozOiJhYmMiOw%3D%3D", CT[:40], "LGb4Bag", "QzoxOiJhIjowOnt9", "YTo5OTk5OTk5OTk6e30%3D"],
)
def test_a_bad_ct_is_refused_in_words(text: str) -> None:
    with pytest.raises(clickthrough.BadClickthrough, match=r"^The ct .*\.$"):
        clickthrough.decode(text)


def test_a_ct_nested_deep_or_10_mb_long_ends() -> None:
    import base64

    deep = base64.b64encode(b"a:1:{i:0;" * 50_000).decode()
    with pytest.raises(clickthrough.BadClickthrough):
        clickthrough.decode(deep)
    large = clickthrough.encode({"a": "x" * 10_000_000})
    assert len(clickthrough.decode(large)["a"]) == 10_000_000


def test_a_ct_comes_back() -> None:
    data = {"source": ["email", 7], "a": -1.5, "b": None, "c": True, "d": {"5": "é"}}
    assert clickthrough.decode(clickthrough.encode(data)) == {**data, "d": {5: "é"}}


def test_the_pixel_is_found_where_it_was_put() -> None:
    html = pixel.insert("<body><p>x</p></body>").replace(
        "{tracking_pixel}", pixel.address("65f0a1b2c3d4e5", sent_time=1)
    )
    (found,) = pixel.find(html)
    assert found.stat_hash == "65f0a1b2c3d4e5"
    assert html[found.offset :].startswith("<img ")


def test_opens_are_filtered_from_6_0() -> None:
    bot = hits.Request(user_agent="Googlebot/2.1")
    assert hits.open_counts(bot, "5.2").counted
    assert hits.open_counts(bot, "6.0") == hits.Verdict(False, "listed-bot")


def test_gmails_proxy_is_no_open_in_7_1_unless_queued() -> None:
    gmail = (
        "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
    )
    assert hits.open_counts(hits.Request(user_agent=gmail), "7.0").counted
    assert hits.open_counts(hits.Request(user_agent=gmail), "7.1").reason == "matomo-bot"
    assert hits.open_counts(hits.Request(user_agent=gmail, queued=True), "7.1").counted


def test_a_login_drops_clicks_and_no_opens() -> None:
    admin = hits.Request(logged_in=True)
    assert hits.click_counts(admin).reason == "admin-logged-in"
    assert hits.open_counts(admin).counted


@pytest.mark.parametrize(
    ("entry", "ip", "excluded"),
    [
        ("10.0.0.1", "110.0.0.10", True),
        ("10.0.0.0/8", "10.9.9.9", True),
        ("10.0.0.0/8", "11.0.0.1", False),
        ("192.168.1.*", "192.168.100.7", True),
        ("10.0.0.1", "10.0.1.1", False),
        ("10.0.0.0/33", "10.0.0.1", False),
        ("(10.0.0.1", "10.0.0.1", False),
    ],
)
def test_excluded_addresses_are_pieces_of_text(entry: str, ip: str, excluded: bool) -> None:
    assert hits.is_excluded(ip, entry) is excluded


def test_saving_decodes_a_mail_with_an_accent_only() -> None:
    link = '<a href="https://a.example/my%20page">'
    assert saving.save(link) == link
    assert saving.save("é" + link) == 'é<a href="https://a.example/my page">'


def test_contexts_by_release() -> None:
    assert contexts.find("direct-template", "5.1").counted_for == "contact"
    assert contexts.find("direct-template", "5.2").counted_for == "e-mail"
    assert contexts.find("user", "5.0").unsubscribe == "record-not-found"
    assert contexts.find("user", "5.1").unsubscribe == "unsubscribes-the-contact"
    with pytest.raises(contexts.UnknownContext, match="Known: campaign"):
        contexts.find("test-contact", "5.1")


def test_a_context_is_known_no_better_than_its_release() -> None:
    assert contexts.find("campaign", "7.1").evidence == "read"
    assert {row.evidence for row in contexts.table("7.2")} == {"reported"}


def test_only_a_preview_made_for_a_contact_unsubscribes_one() -> None:
    assert contexts.find("preview", "7.1").unsubscribe == "record-not-found"
    assert contexts.find("preview-contact", "7.1").unsubscribe == "unsubscribes-the-contact"


def test_a_plain_visit_unsubscribes_at_once() -> None:
    assert unsubscribe.visit(stat_saved=True).unsubscribed
    assert not unsubscribe.visit(stat_saved=True, preferences=True).unsubscribed
    assert unsubscribe.visit(stat_saved=False).page == "record-not-found"
    assert unsubscribe.visit(stat_saved=False, signed=True, release="5.1").unsubscribed
    assert not unsubscribe.visit(stat_saved=False, signed=True, release="5.0").unsubscribed
    assert unsubscribe.visit(stat_saved=True, method="HEAD", release="7.1").unsubscribed
    assert not unsubscribe.visit(stat_saved=True, method="HEAD", release="7.2").unsubscribed
    assert unsubscribe.visit(stat_saved=False, signed=True, method="POST").status == 404


def test_a_confirmation_page_stands_before_unsubscribing_in_a_release_to_come() -> None:
    assert unsubscribe.visit(stat_saved=True, release="7.2").unsubscribed
    shown = unsubscribe.visit(stat_saved=True, release="next")
    assert shown == unsubscribe.Visit(False, 200, "confirmation")
    assert unsubscribe.visit(stat_saved=True, signed=True, release="next").unsubscribed
    assert unsubscribe.visit(stat_saved=True, validation=False, release="next").unsubscribed
    assert unsubscribe.visit(stat_saved=False, release="next").page == "record-not-found"
    assert unsubscribe.visit(stat_saved=True, method="POST", release="next").unsubscribed


def test_the_tokens_of_a_release_to_come_lead_to_the_confirmation() -> None:
    html = "{unsubscribe_url} {resubscribe_url} {dnc_url}"
    contact = {"id": 5, "email": "jo@client.example"}
    sent = mail.build(
        mail.Sending(html, signature="a1", contact=contact, append_pixel=False, release="next")
    ).html.split()
    stat, base = "6601a1b2c3d4e5", redirects.BASE
    assert sent == [
        f"{base}/email/validate/unsubscribe/a1/{stat}",
        f"{base}/email/validate/resubscribe/a1/{stat}",
        f"{base}/email/dnc/{stat}/jo@client.example/a1",
    ]


def test_the_signature_is_an_hmac() -> None:
    # RFC 4231, test case 2: key "Jefe".
    known = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert unsubscribe.sign("what do ya want for nothing?", "Jefe") == known


def test_the_header_by_release() -> None:
    url = "https://m.example/email/unsubscribe/65f0"
    assert "List-Unsubscribe-Post" in unsubscribe.headers(url)
    assert unsubscribe.headers(url, transactional=True, release="7.1") == {}
    assert unsubscribe.headers(url, transactional=True, release="7.2")
    assert unsubscribe.headers(url, link_in_body=False, release="7.2") == {}
    assert unsubscribe.headers(url, to_unsubscribed=True, release="7.1")
    assert unsubscribe.headers(url, to_unsubscribed=True, release="7.2") == {}


def test_a_test_mail_keeps_its_links() -> None:
    sending = mail.Sending('<a href="https://a.example/">', internal=True, append_pixel=False)
    assert mail.build(sending).html == '<a href="https://a.example/">'


def test_a_tag_that_only_begins_like_a_script_is_decoded() -> None:
    html = '<scripture title="%C3%A9">é</scripture><script>"%C3%A9"</script>'
    assert saving.save(html) == '<scripture title="é">é</scripture><script>"%C3%A9"</script>'


def test_a_space_becomes_percent_20_in_the_path_alone() -> None:
    release = releases.find("7.1")
    assert (
        redirects.cleaned("https://a.example/a b#/a b", release) == "https://a.example/a%20b#/a b"
    )
    assert redirects.cleaned("https://a.example/?#", release) == "https://a.example/?#"


def test_up_to_4_4_a_query_is_cleaned_wherever_it_stands() -> None:
    given = {v: redirects.cleaned("https://a.example/x;y?x;y", releases.find(v)) for v in RELEASES}
    assert given == {
        "4.4": "https://a.example/x%3By=?x%3By=",
        "5.0": "https://a.example/x;y?x%3By=",
    }


RELEASES = ("4.4", "5.0")


@pytest.mark.parametrize(
    ("length", "valid"), [(252, True), (253, True), (254, False), (255, False)]
)
def test_the_name_of_a_host_has_at_most_253_signs(length: int, valid: bool) -> None:
    host = ("a" * 49 + ".") * 5 + "b" * (length - 250)
    assert redirects.is_valid(f"https://{host}/") == valid


def test_minifying_leaves_no_line_ends() -> None:
    assert minified.minified("<p>a</p>\r\n<p>b\r\nc</p >\r\n") == "<p>a</p><p>b c</p> "


def test_an_end_tag_of_no_script_begins_none() -> None:
    html = 'é</script>"%C3%A9"<script>"%C3%A9"</script>'
    assert saving.save(html) == 'é</script>"é"<script>"%C3%A9"</script>'


@pytest.mark.parametrize(
    ("given", "release", "expected"),
    [
        ({"stat_saved": False}, "6.0", (False, 200, "record-not-found")),
        ({"stat_saved": False, "method": "POST"}, "6.0", (False, 404, "one-click")),
        ({"stat_saved": True, "method": "POST"}, "6.0", (True, 200, "one-click")),
        ({"stat_saved": True}, "6.0", (True, 200, "unsubscribed")),
        ({"stat_saved": True, "preferences": True}, "6.0", (False, 200, "preferences")),
        ({"stat_saved": False, "signed": True}, "6.0", (True, 200, "unsubscribed")),
    ],
)
def test_what_a_visit_to_the_unsubscribe_link_does(
    given: dict[str, Any], release: str, expected: tuple[bool, int, str]
) -> None:
    assert unsubscribe.visit(**given, release=release) == unsubscribe.Visit(*expected)
