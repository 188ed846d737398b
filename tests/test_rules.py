"""The other rules, one by one."""

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

CT = clickthrough.encode({"source": ["email", 7], "email": 7, "stat": "65f0", "lead": 5})


@pytest.mark.parametrize(
    ("name", "full"), [("7.0", "7.0.2"), ("7.0.0", "7.0.0"), ("v5.1.1", "5.1.1"), ("4.4", "4.4.13")]
)
def test_a_release_by_its_name(name: str, full: str) -> None:
    assert str(releases.find(name)) == full


@pytest.mark.parametrize("name", ["3.3", "9.0", "seven", "", "7"])
def test_unknown_releases_are_told_with_the_known(name: str) -> None:
    with pytest.raises(releases.UnknownRelease, match=r"Known releases: 4\.4, .* 7\.2"):
        releases.find(name)


def test_a_change_holds_from_since_until() -> None:
    has = {v: releases.find(v).has("ct-to-destination") for v in ("4.4", "5.0", "6.0", "7.0.0")}
    assert has == {"4.4": False, "5.0": True, "6.0": True, "7.0.0": False}


def test_every_change_names_a_source_and_a_known_line() -> None:
    for change in releases.CHANGES.values():
        assert change.source
        assert change.since.count(".") == 2


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


def test_the_ct_goes_to_the_destination_from_5_0_to_6_0() -> None:
    given = {v: redirects.click("https://a.example/", f"ct={CT}", {}, v) for v in releases.NEWEST}
    leaking = [v for v, found in given.items() if "ct=" in str(found.location)]
    assert leaking == ["5.0", "5.1", "5.2", "6.0"]


def test_a_click_without_ct_is_redirected_and_not_counted() -> None:
    found = redirects.click("https://a.example/", "")
    assert (found.status, found.counted, found.blocked_for) == (302, False, 15)


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


def test_a_plain_visit_unsubscribes_at_once() -> None:
    assert unsubscribe.visit(stat_saved=True).unsubscribed
    assert not unsubscribe.visit(stat_saved=True, preferences=True).unsubscribed
    assert unsubscribe.visit(stat_saved=False).page == "record-not-found"
    assert unsubscribe.visit(stat_saved=False, signed=True, release="5.1").unsubscribed
    assert not unsubscribe.visit(stat_saved=False, signed=True, release="5.0").unsubscribed
    assert unsubscribe.visit(stat_saved=True, method="HEAD", release="7.1").unsubscribed
    assert not unsubscribe.visit(stat_saved=True, method="HEAD", release="7.2").unsubscribed
    assert unsubscribe.visit(stat_saved=False, signed=True, method="POST").status == 404


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


def test_a_test_mail_keeps_its_links() -> None:
    sending = mail.Sending('<a href="https://a.example/">', internal=True, append_pixel=False)
    assert mail.build(sending).html == '<a href="https://a.example/">'
