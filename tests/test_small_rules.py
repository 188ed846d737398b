"""Small rules, each at its edge: hosts, hits, addresses that are built, judged and mended."""

import pytest

from snippets import (
    gate,
    hits,
    hosts,
    links,
    mail,
    pixel,
    redirects,
    releases,
    repairing,
    routes,
    saving,
    unsubscribe,
)
from snippets.evidence import nginx
from snippets.evidence.kinds import SourceKind
from snippets.evidence.sources import Source
from snippets.judging import Judge, decode_ampersands
from snippets.links import Finder, Link
from snippets.reasons import leads_nowhere
from snippets.rewriting import in_order, rewrite

HASH = "65f0a1b2c3d4e512345678"
NEWEST = releases.find("7.1")

REACHED = {
    "m.acme.example": "public",
    "M.ACME.example.": "public",
    "m.acme.example:8443": "public",
    "": "empty",
    ":80": "empty",
    "mautic": "no-dot",
    "localhost": "loopback",
    "a.localhost": "loopback",
    **{f"a.{name}": "special-name" for name in ("local", "localdomain", "internal", "intranet")},
    **{f"a.{name}": "special-name" for name in ("private", "lan", "home", "corp", "test")},
    **{f"a.{name}": "special-name" for name in ("invalid", "onion", "home.arpa", "ddev.site")},
    "a.lndo.site": "special-name",
    "lndo.site": "special-name",
    "mylocal.example": "public",
    "127.0.0.1": "loopback",
    "127.1": "loopback",
    "2130706433": "loopback",
    "0x7f000001": "loopback",
    "0177.0.0.1": "loopback",
    "[::1]": "loopback",
    "::1": "loopback",
    "[::1]:80": "loopback",
    "::ffff:10.0.0.1": "private",
    "10.0.0.1": "private",
    "172.16.0.1": "private",
    "192.168.0.1": "private",
    "100.64.0.1": "private",
    "fd00::1": "private",
    "169.254.0.1": "link-local",
    "fe80::1": "link-local",
    "fe80::1%eth0": "link-local",
    "0.0.0.0": "unusable",
    "224.0.0.1": "unusable",
    "240.0.0.1": "unusable",
    "8.8.8.8": "public",
    "192.0.2.7": "public",
    "198.51.100.7": "public",
    "203.0.113.7": "public",
    "2001:db8::7": "public",
    "1.2.3.4.5": "public",
    "10.0.0.1.5": "public",
    "4294967296": "no-dot",
    "08.1.1.1": "public",
}


@pytest.mark.parametrize(("host", "reason"), REACHED.items())
def test_whether_readers_reach_a_host(host: str, reason: str) -> None:
    assert hosts.reach(host) == hosts.Reach(reason == "public", reason)


NOWHERE = {
    "https://a.example/": False,
    "a.example": False,
    "www.a.example/x": False,
    "a.example.pdf": True,
    "page.html": True,
    "Page.HTM": True,
    **{f"x.{ending}": True for ending in ("php", "asp", "aspx", "jsp", "pdf", "jpg", "jpeg")},
    **{f"x.{ending}": True for ending in ("png", "gif", "doc", "docx", "xls", "xlsx", "zip")},
    "x.htmlx": False,
    "/page": True,
    "page": True,
    ".page.": True,
    "jo@a.example": True,
    "tel:112": True,
    "//": True,
    "?a.b": True,
    "{token}": False,
    "mailto:jo@x": False,
}


@pytest.mark.parametrize(("address", "is_nowhere"), NOWHERE.items())
def test_whether_an_address_names_a_site(address: str, is_nowhere: bool) -> None:
    assert leads_nowhere(address) == is_nowhere


VALID = {
    "https://a.example/": True,
    "http://a": True,
    "https://a-b.example.": True,
    "https://-a.example": False,
    "https://a-.example": False,
    f"https://{'a' * 63}.example": True,
    f"https://{'a' * 64}.example": False,
    f"https://{'a.' * 126}b": True,
    f"https://{'a.' * 127}": False,
    "https://a_b.example": False,
    "https://[::1]/": True,
    "https://[x]/": False,
    "https:///a": False,
    "a.example": False,
    "https://a.example/é": True,
    "https://a.example/?é": False,
    "https://a.example/?a b": False,
    "https://a.example/?~!": True,
    "mailto:jo@x": True,
    "news:x": True,
    "file:///a": True,
    "tel:x": False,
    "tel://x": True,
    "https://": False,
}


@pytest.mark.parametrize(("url", "is_valid"), VALID.items())
def test_whether_a_click_leads_anywhere(url: str, is_valid: bool) -> None:
    assert redirects.is_valid(url) == is_valid


CLEANED = {
    "": "",
    "0": "0",
    "//a": "//a",
    "a.example": "http://a.example",
    "://a": "http://a",
    "https://a.example/b c/d e": "https://a.example/b%20c/d%20e",
    "https://a.example/?b=c d": "https://a.example/?b=c%20d",
    "mailto:jo@x": "mailto:jo@x",
    "https://": "https://",
}


@pytest.mark.parametrize(("url", "clean"), CLEANED.items())
def test_an_address_is_cleaned_for_the_browser(url: str, clean: str) -> None:
    assert redirects.cleaned(url, NEWEST) == clean


def test_a_query_is_cleaned_where_it_stands() -> None:
    url = "https://a.example/b+c?b+c"
    assert (
        redirects.with_clean_query(url, "b+c", releases.find("4.4"))
        == "https://a.example/b_c=?b_c="
    )
    assert redirects.with_clean_query(url, "b+c", releases.find("5.0")).startswith(
        "https://a.example/b+c?"
    )


@pytest.mark.parametrize(("release", "blocked"), [("5.2", 0), ("6.0", 15), ("7.1", 15)])
def test_a_click_that_is_not_recorded_blocks_from_6_0_on(release: str, blocked: int) -> None:
    lost = redirects.click("https://a.example/", release=release)
    assert (lost.counted, lost.blocked_for, lost.status) == (False, blocked, 302)
    counted = redirects.click("https://a.example/", "?ct=x", release=release)
    assert (counted.counted, counted.blocked_for) == (True, 0)
    assert redirects.click("https://a.example/", "ct=x#y", release=release) == counted
    dropped = redirects.click("https://a.example/", "ct=x", release=release, dropped=True)
    assert (dropped.counted, dropped.blocked_for) == (False, blocked)
    unknown = redirects.click("https://a.example/", found=False, release=release)
    assert unknown == redirects.Click(404, None, False)
    broken = redirects.click("tel:x", "ct=x", release=release)
    assert (broken.status, broken.location) == (404, None)


COUNTED = [("", False), ("ct=x", True), ("ct=0", True), ("a=b", False)]


@pytest.mark.parametrize(("query", "counted"), COUNTED)
def test_a_click_without_a_ct_is_not_recorded(query: str, counted: bool) -> None:
    assert redirects.click("https://a.example/", query).counted == counted
    for release in releases.LINES:
        known = releases.find(release)
        zero, empty = (redirects.click("a", f"ct={value}", release=release) for value in ("0", ""))
        assert empty.counted == known.has("empty-ct-counts")
        assert zero.counted == (known.has("empty-ct-counts") or known.has("zero-ct-counts"))


def test_addresses_of_tracked_links_and_downloads() -> None:
    base = "https://m.acme.example"
    assert redirects.tracked_url("1", base=base) == f"{base}/r/1"
    assert redirects.tracked_url("1", {}, {"utmSource": "a", "utmTerm": None}, base) == (
        f"{base}/r/1?utm_source=a"
    )
    assert redirects.shortened("a", None) == redirects.shortened("a", lambda _: None) == "a"
    assert redirects.shortened("a", lambda _: "b") == "b"
    assert redirects.with_channel({"channel": None}, "email", 1) == {"channel": {"email": 1}}
    assert redirects.with_channel({"channel": "x"}, "email", 1) == {"channel": "x"}
    older, newer = releases.find("6.0"), releases.find("7.0")
    assert redirects.with_asset_ct("a?b#c", "x", older) == "a?b#c?ct=x"
    assert redirects.with_asset_ct("a?b&d#c", "x", older) == "a?b&d#c&ct=x"
    assert redirects.with_asset_ct("a?b#c", "x", newer) == "a?b&ct=x#c"
    assert redirects.filled("a/{contactfield=x|y}/%7Bcontactfield=z%7D", {"z": "1"}) == "a/y/1"
    assert redirects.filled("{contactfield=x|true}", {"x": "a b"}) == "a+b"
    assert redirects.filled("{contactfield=x|}", {}) == ""


def test_who_is_excluded() -> None:
    assert hits.is_excluded("10.0.0.10", "10.0.0.1")
    assert hits.is_excluded("110.0.0.1", "10.0.0.1")
    assert not hits.is_excluded("10x0.0.1", "10.0.0.1")
    assert hits.is_excluded("10.0.0.1", "10.0.0.0/8")
    assert not hits.is_excluded("11.0.0.1", " 10.0.0.0/8 ")
    assert hits.is_excluded("10.0.0.1", " 10.0.0.1/8 ")
    assert not hits.is_excluded("10.0.0.1", "x/8")
    assert not hits.is_excluded("10.0.0.1", "(")
    assert hits.is_excluded("10.0.0.1", "10.0.0.*")


PRIVATE = [
    ({"DNT": "1"}, "GET", "privacy-signal"),
    ({"Sec-GPC": "1"}, "GET", "privacy-signal"),
    ({"dnt": "0"}, "GET", None),
    ({"Purpose": "prefetch"}, "GET", "prefetch"),
    ({"sec-purpose": "prerender"}, "GET", "prefetch"),
    ({"sec-purpose": "x"}, "GET", None),
    ({}, "HEAD", "head-request"),
    ({}, "POST", None),
]


@pytest.mark.parametrize(("headers", "method", "reason"), PRIVATE)
def test_a_privacy_signal_drops_a_hit(
    headers: dict[str, str], method: str, reason: str | None
) -> None:
    request = hits.Request(headers=headers, method=method)
    assert hits.why_private(request, NEWEST) == reason
    assert hits.why_private(request, releases.find("7.0")) is None
    assert hits.click_counts(request, "7.1") == hits.Verdict(reason is None, reason or "counted")


RATIO = [
    ({"seconds_after_send": 1, "ratio_ips": ("198.51.100.7",)}, False),
    ({"seconds_after_send": 2, "ratio_ips": ("198.51.100.7",)}, True),
    ({"seconds_after_send": 0}, True),
    ({"seconds_after_send": 1, "ratio_agents": ("Chrome",)}, False),
    (
        {"seconds_after_send": None, "ratio_ips": ("198.51.100.7",), "ratio_agents": ("Chrome",)},
        True,
    ),
    ({"ratio_ips": ("198.51.100.7",), "ratio_agents": ("Chrome",)}, False),
    ({"seconds_after_send": 1, "ratio_threshold": 0.3}, False),
    ({"seconds_after_send": 9, "ratio_seconds": 10, "ratio_agents": ("Chrome",)}, False),
]


@pytest.mark.parametrize(("settings", "counted"), RATIO)
def test_two_of_three_signals_make_a_robot(settings: dict[str, object], counted: bool) -> None:
    request = hits.Request(**settings)  # type: ignore[arg-type]  # names and types of the fields
    assert hits.click_counts(request, "6.0").counted == counted
    assert hits.open_counts(request, "6.0").counted == counted
    assert hits.open_counts(request, "5.2").counted


def test_what_an_open_and_a_click_are_dropped_for() -> None:
    logged_in = hits.Request(logged_in=True)
    assert hits.click_counts(logged_in, "5.2").reason == "admin-logged-in"
    assert hits.open_counts(logged_in, "7.1").counted
    blocked = hits.Request(blocked_cookie=True)
    assert hits.click_counts(blocked, "6.0").reason == "blocked-fifteen-seconds"
    assert hits.click_counts(blocked, "5.2").counted
    queued = hits.Request("MSNBOT", queued=True)
    assert hits.open_counts(queued, "6.0").counted
    assert not hits.click_counts(queued, "6.0").counted
    assert hits.click_counts(hits.Request("MSNBOT")) == hits.Verdict(False, "listed-bot")
    assert hits.click_counts(hits.Request("MSNBOT")).entry == "MSNBOT"
    assert hits.click_counts(hits.Request("MSNBOT", default_agents=False), "6.0").counted
    assert not hits.click_counts(hits.Request("x", excluded_agents=("x",)), "5.2").counted
    assert hits.click_counts(hits.Request(excluded_ips=("198.51",)), "5.2").reason == "excluded-ip"


LEAVING = [
    ({}, (True, 200, "unsubscribed")),
    ({"stat_saved": False}, (False, 200, "record-not-found")),
    ({"stat_saved": False, "signed": True}, (True, 200, "unsubscribed")),
    ({"stat_saved": False, "signed": True, "release": "5.0"}, (False, 200, "record-not-found")),
    ({"preferences": True}, (False, 200, "preferences")),
    ({"method": "POST"}, (True, 200, "one-click")),
    ({"method": "POST", "stat_saved": False}, (False, 404, "one-click")),
    ({"method": "POST", "release": "4.4.10"}, (True, 200, "unsubscribed")),
    ({"method": "HEAD"}, (True, 200, "unsubscribed")),
    ({"method": "HEAD", "release": "7.2"}, (False, 200, "unsubscribed")),
    ({"release": "next"}, (False, 200, "confirmation")),
    ({"release": "next", "signed": True}, (True, 200, "unsubscribed")),
    ({"release": "next", "validation": False}, (True, 200, "unsubscribed")),
]


@pytest.mark.parametrize(("how", "found"), LEAVING)
def test_what_a_visit_to_unsubscribe_does(
    how: dict[str, object], found: tuple[bool, int, str]
) -> None:
    visit = unsubscribe.visit(**({"stat_saved": True} | how))  # type: ignore[arg-type]
    assert (visit.unsubscribed, visit.status, visit.page) == found


def test_the_address_to_unsubscribe_by_release() -> None:
    def path(release: str) -> str:
        made = unsubscribe.address(HASH, "a@b.c", "5f" * 32, "", release)
        return made.removeprefix("/email/")

    assert path("5.0") == f"unsubscribe/{HASH}"
    assert path("5.1") == f"unsubscribe/{HASH}/a@b.c/{'5f' * 32}"
    assert path("next") == f"validate/unsubscribe/{'5f' * 32}/{HASH}"


LISTED = [
    ({}, 2),
    ({"release": "4.4.10"}, 1),
    ({"transactional": True}, 0),
    ({"transactional": True, "release": "4.4.12"}, 2),
    ({"has_email": False}, 0),
    ({"has_email": False, "release": "7.2"}, 2),
    ({"link_in_body": False}, 2),
    ({"link_in_body": False, "release": "7.2"}, 0),
    ({"to_unsubscribed": True}, 2),
    ({"to_unsubscribed": True, "release": "7.2"}, 0),
]


@pytest.mark.parametrize(("how", "count"), LISTED)
def test_which_headers_to_unsubscribe_a_mail_has(how: dict[str, object], count: int) -> None:
    found = unsubscribe.headers("u", **how)  # type: ignore[arg-type]
    names = {
        "List-Unsubscribe": "<u>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert found == dict(list(names.items())[:count])


def test_the_pixel_is_put_in_and_found() -> None:
    assert pixel.insert(None) == pixel.IMAGE
    assert pixel.insert("a</body>b</body>") == f"a{pixel.IMAGE}</body>b{pixel.IMAGE}</body>"
    assert pixel.insert("a</BODY>") == f"a</BODY>{pixel.IMAGE}"
    assert pixel.address(None) == pixel.address("") == pixel.BLANK
    assert pixel.address(HASH, "", 5, "6.0") == pixel.address(HASH, "") == f"/email/{HASH}.gif"
    assert pixel.address(HASH, "", 5, "7.0").startswith(f"/email/{HASH}.gif?ct=YTox")
    html = f"x<img src='//a/email/{HASH}.gif?ct=x'><img src='/b.gif'><p src='//a/email/{HASH}.gif'>"
    assert pixel.find(html) == [pixel.Pixel(1, f"//a/email/{HASH}.gif?ct=x", HASH)]


def test_only_one_accent_makes_saving_decode() -> None:
    html = '<a href="x%20y">é</a><script>a%20b</script><p>%41'
    assert saving.save(html) == '<a href="x y">é</a><script>a%20b</script><p>A'
    assert saving.save(html.replace("é", "e")) == html.replace("é", "e")
    assert saving.save(html, "4.4.5") == html
    assert saving.save(html, "4.4.6") != html
    assert saving.around_scripts("a</script>b<SCRIPT>c<script>d</script>e") == [
        "a</script>b",
        "<SCRIPT>c<script>d</script>",
        "e",
    ]
    assert saving.around_scripts("a<script>b") == ["a<script>b"]
    assert saving.around_scripts("a<scripts>b</script>") == ["a<scripts>b</script>"]


def test_ampersands_are_decoded_by_release() -> None:
    old, new = releases.find("4.4"), NEWEST
    assert decode_ampersands("a&amp;amp;b&c", new) == "a&b&c"
    assert decode_ampersands("a&amp;#38;&#x26;b", new) == "a&&b"
    spelt = "a&b" if old.has("numeric-ampersand") else "a&#38;b"
    assert decode_ampersands("a&#38;b", old) == spelt


def judged(href: str, tokens: dict[str, str] | None = None, release: str = "7.0") -> str:
    """Return what becomes of a link."""
    return Judge(releases.find(release), tokens or {}).judge(href).reason


JUDGED = [
    ("", {}, "empty-href"),
    ("0", {}, "empty-href"),
    (" \t\n\r\0\v", {}, "empty-href"),
    ("X https://a.example X", {}, "tracked"),
    ("{unsubscribe_url}", {}, "untracked-list"),
    ("{webview_url}", {}, "untracked-list"),
    ("{trackable=1}", {}, "untracked-list"),
    ("{dnc_url}", {}, "untracked-list"),
    ("{resubscribe_url}", {}, "untracked-list"),
    ("{contactfield=x}", {}, "tracked"),
    ("{leadfield=x}", {}, "tracked"),
    ("{other}", {}, "token-without-value"),
    ("{other}", {"{other}": "https://a.example"}, "tracked"),
    ("{other}", {"{other}": "a.example"}, "token-without-value"),
    ("{other|https://a.example}", {}, "token-emptied"),
    ("https://{other}", {"{other}": "a.example"}, "tracked"),
    ("https://{other}", {}, "token-without-value"),
    ("#a", {}, "no-address"),
    ("?a", {}, "no-address"),
    ("//", {}, "unreadable-address"),
    ("ws://a", {}, "scheme"),
    ("ftp://a", {}, "tracked"),
    ("ftps://a", {}, "tracked"),
    ("mailto:a", {}, "tracked"),
    ("tel:112", {}, "tracked"),
]


@pytest.mark.parametrize(("href", "tokens", "reason"), JUDGED)
def test_what_becomes_of_a_link(href: str, tokens: dict[str, str], reason: str) -> None:
    assert judged(href, tokens) == reason


def test_some_links_are_judged_by_release() -> None:
    assert judged("{dnc_url}", release="4.4") == "token-without-value"
    assert judged("mailto:a", release="4.4") == "scheme"
    has_owner = [name for name in releases.LINES if releases.find(name).has("owner-token-kept")]
    for name in releases.LINES:
        expected = "tracked" if name in has_owner else "token-without-value"
        assert judged("{ownerfield=x}", release=name) == expected
    assert 0 < len(has_owner) < len(releases.LINES)


def test_an_entry_of_the_list_that_takes_long_is_taken_literally() -> None:
    def is_excluded(entry: str, address: str) -> bool:
        return Judge(NEWEST, {}, [entry]).is_untracked(address)

    assert is_excluded("a.c", "abc")
    assert is_excluded("a+c", "aac")
    assert not is_excluded("a+c+", "aacc")
    assert is_excluded("a+c+", "a+c+")
    assert not is_excluded("a~c", "a~c")
    assert is_excluded("a{1,2}c", "aac")
    assert not is_excluded("a{1,2}c{1,}", "aacc")
    assert is_excluded(r"a\~c", "a~c")
    assert not is_excluded("(a)+", "aa")
    assert not is_excluded("[", "[")
    assert not is_excluded("x", "a" * 2_000 + "x")
    assert is_excluded("x", "a" * 1_999 + "x")
    assert is_excluded("a?" * 12 + "b", "b")
    assert not is_excluded("a?" * 13 + "b", "b")
    assert is_excluded("(a)" * 4, "aaaa")
    assert not is_excluded("(a)" * 5, "aaaaa")
    judge = Judge(NEWEST, {})
    for number in range(600):
        judge.exclude(f"https://a.example/{number}x")
    assert judge.is_untracked("https://a.example/498x")
    assert not judge.is_untracked("https://a.example/499x")


def test_addresses_are_searched_for_in_an_order() -> None:
    found = ["b", "a", "bbb", "aa"]
    orders = {tuple(in_order(found, releases.find(name))) for name in releases.LINES}
    assert orders == {("bbb", "aa", "b", "a"), ("bbb", "b", "aa", "a")}


def test_a_place_is_found_each_time_it_is_asked() -> None:
    finder = Finder("a b a c b a")
    assert [finder.next(w) for w in ("a", "b", "a", "a", "a", "b", "x", "c")] == [
        *(0, 2, 4, 10, -1, 8, -1, 6)
    ]


def test_a_place_is_searched_for_behind_the_last_one_first() -> None:
    finder = Finder("a b a")
    assert [finder.next(wanted) for wanted in ("b", "a")] == [2, 4]


def test_parts_within_parts_have_the_keys_of_both() -> None:
    found = links.explain({"html": {"first": '<a href="https://a.example/X">a</a>\n<p>'}})
    assert [(link.part, link.address) for link in found] == [("html.first", "https://a.example/X")]


def test_the_numbers_of_trackables_go_by_parts() -> None:
    parts = {"html": '<p>\n<a href="https://b.example/">b</a>', "text": "https://a.example/ x"}
    found = rewrite(parts)
    assert found.trackables == {
        "{trackable=1}": "https://b.example/",
        "{trackable=2}": "https://a.example/",
    }
    assert rewrite([None, b"https://a.example/ x"]).content == [None, b"{trackable=1} x"]
    shop = rewrite('<a href="https://{contactfield=x|y}">a</a>\n<p>', url_fields=["x"])
    assert shop.trackables
    assert rewrite("{contactfield=x}", url_fields=["x"]).content == "{trackable=1}"
    assert rewrite("{contactfield=y}", url_fields=["x"]).trackables == {}


def test_a_text_part_has_links_that_are_cut_or_not_found() -> None:
    def reasons(text: str) -> list[tuple[str, str]]:
        return [(link.href, link.reason) for link in links.explain(text)]

    sheet = "<link href='https://a.example/b.css'>\n<a href='https://a.example/'>x</a>"
    assert reasons(sheet) == [
        ("https://a.example/b.css", "prefix-overlap"),
        ("https://a.example/", "tracked"),
    ]
    assert reasons("see https://a.example/b. x") == [("https://a.example/b", "tracked")]
    assert reasons("www.a.example/X.") == [("www.a.example/X", "text-not-found")]
    assert reasons("www.a.example and https://x") == [
        ("www.a.example", "text-not-found"),
        ("https://x", "text-not-found"),
    ]
    assert reasons("a <b> https://a.example/c") == [("https://a.example/c", "text-looks-like-html")]
    assert reasons("https://a.example/b https://a.example/b") == [
        ("https://a.example/b", "tracked"),
        ("https://a.example/b", "tracked"),
    ]


LOST = [
    *("ampersand", "entity", "leading-space", "line-break", "malformed", "normalised", "null-byte"),
    *("open-quote", "quotes", "rebuilt", "text-cut", "text-not-found", "token-emptied"),
    *("token-with-scheme", "too-deep", "unread-charset", "unreadable-address"),
]


@pytest.mark.parametrize("reason", links.REASONS)
def test_the_gate_stops_what_is_badly_written(reason: str) -> None:
    link = Link("", 1, 1, "https://a.example", True, reason)
    assert gate.is_lost(link) == (reason in (*LOST, "scheme"))
    for href in ("HTTP://a", "https:a", "FTP:a", "ftps:a", "MailTo:a"):
        assert gate.is_lost(Link("", 1, 1, href, False, reason)) == (reason in (*LOST, "scheme"))
    assert gate.is_lost(Link("", 1, 1, "ws://a", False, reason)) == (reason in LOST)


def test_the_gate_judges_what_will_be_stored() -> None:
    def lost(html: str, release: str = "7.1") -> list[tuple[str, str]]:
        found = gate.lost({"": html}, releases.find(release))
        return [(link.href, link.reason) for link in found]

    assert lost("<p>\n<a href='https://a.example/b%20c'>x</a>") == []
    assert lost("<p>é\n<a href='https://a.example/b%20c'>x</a>") == [
        ("https://a.example/b%20c", "normalised")
    ]
    assert gate.escaped("a%b\r\nc:d,e") == "a%25b%0D%0Ac:d,e"
    assert gate.escaped("a%b\r\nc:d,e", ":,") == "a%25b%0D%0Ac%3Ad%2Ce"


MENDED = {
    "|URL|": "{unsubscribe_url}",
    "%7CURL%7C": "{unsubscribe_url}",
    "&#124; URL &#124;": "{unsubscribe_url}",
    "x|URL|": "x|URL|",
    "|URL|x": "|URL|x",
    "http://{unsubscribe_url}/x": "{unsubscribe_url}",
    "{ dnc_url }": "{dnc_url}",
    "{RESUBSCRIBE_URL}": "{RESUBSCRIBE_URL}",
    "https://{contactfield=x}": "https://{contactfield=x}",
    "https://{contactfield=x}/y": "https://{contactfield=x}/y",
    "https://{other=x}": "https://{other=x}",
}


@pytest.mark.parametrize(("href", "token"), MENDED.items())
def test_a_token_is_written_alone(href: str, token: str) -> None:
    assert repairing.as_token(href) == token


STEPS = [
    (repairing.without_ends, " “https://a”\u200b ", "https://a"),
    (repairing.without_ends, "\\'{x}'", "{x}"),
    (repairing.without_ends, "'//a", "//a"),
    (repairing.without_ends, "'a", "'a"),
    (repairing.without_entities, "a&%3Bb&amp;c&eacute;", "a&b&cé"),
    (repairing.with_scheme, "https://http://a", "http://a"),
    (repairing.with_scheme, "HTTPS:/a", "https://a"),
    (repairing.with_scheme, "://a", "https://a"),
    (repairing.with_scheme, "https://a", "https://a"),
    (repairing.with_scheme, "ftp:/a", "ftp:/a"),
    (
        repairing.without_default,
        "{contactfield=x|y}{leadfield=z|}",
        "{contactfield=x}{leadfield=z}",
    ),
    (repairing.without_default, "{other=x|y}", "{other=x|y}"),
    (repairing.encoded, "https://a.example/b c", "https://a.example/b%20c"),
    (repairing.encoded, "a b", "a b"),
    (repairing.encoded, "https://a.example/b\u200bc", "https://a.example/bc"),
    (repairing.encoded, "https://", "https://"),
]


@pytest.mark.parametrize(("step", "href", "mended"), STEPS)
def test_each_step_mends_one_thing(step: object, href: str, mended: str) -> None:
    assert callable(step)
    assert step(href) == mended


def test_shapes_and_sites_are_mended() -> None:
    tag = '<v:rect href="HTTPS://a.example/" x>'
    assert repairing.shape(tag) == '<v:rect href="https://a.example/" x>'
    assert repairing.shape("<a href='HTTPS://a.example/'>") == ""
    assert repairing.shape("<v:rect x>") == ""
    assert repairing.shape("<v:rect href='a\"b'>") == ""
    assert repairing.on_site("HTTP://localhost:80/r/1?a", "https://b/") == "https://b/r/1?a"
    assert repairing.href_of("x") == ""


def test_routes_build_and_refuse() -> None:
    assert routes.build("dnc", "b", stat="1", email="", signature="x") == "b/email/dnc/1"
    assert routes.build("dnc", "b", stat="1", email="a@b", signature="x") == "b/email/dnc/1/a@b/x"
    assert routes.build("pixel", "", stat="é%") == "/email/%C3%A9%25.gif"
    for bad in ("a/b", "a.b", "a b"):
        with pytest.raises(routes.Unroutable, match="it has"):
            routes.build("pixel", "", stat=bad)
    assert routes.build("web-view", "", stat="a.b") == "/email/view/a.b"
    with pytest.raises(routes.Unroutable):
        routes.build("web-view", "", stat="a/b")


def test_what_is_put_around_a_mail() -> None:
    assert mail.with_language("<html><body>x", "fr") == (
        '<html lang="fr"><head><title>{subject}</title></head><body>x'
    )
    assert mail.with_language("x</head>", "fr") == "x<title>{subject}</title></head>"
    assert mail.with_language("<title>a</title></head>", "fr") == "<title>a</title></head>"
    texts = mail.system_tokens(mail.Sending(""))
    assert texts["{webview_text}"].startswith("<a href='https://mautic.example.com/email/view/")
    assert texts["{unsubscribe_text}"].endswith("</a> to no longer receive emails from us.")
    old, new = releases.find("4.4"), NEWEST
    assert mail.decode_tokens("%7Ba%3Db%7d %7bx%7D", new) == "{a=b} %7bx%7D"
    assert mail.decode_tokens("%7Ba%3Db%7d", old) == (
        "{a=b}" if old.has("encoded-token-with-equals") else "{a%3Db}"
    )
    assert mail.contact_tokens(
        mail.Sending("", contact={"a": 0, "b": ""}),
        "{contactfield=a} {contactfield=b|c} {contactfield=d}",
    ) == {
        "{contactfield=a}": "0",
        "{contactfield=b|c}": "c",
        "{contactfield=d}": "",
    }


@pytest.mark.parametrize(
    ("how", "pattern", "is_for_clicks"),
    [
        *(("", "/r/", True), ("^~", "/", True), ("=", "/r/", False), ("", "/email/", False)),
        *(("~", r"^/r/[0-9a-f]{25}$", True), ("~", "^/R/", False), ("~*", "^/R/", True)),
        *(("~", "^/(?<name>r)/", True), ("", "@php", True)),
    ],
)
def test_which_blocks_of_nginx_may_get_a_click(how: str, pattern: str, is_for_clicks: bool) -> None:
    text = f"location {how} {pattern} {{\n  proxy_pass http://php$uri;\n"
    found = nginx.rules_without_query(Source("x", SourceKind.TEXT, text))
    assert bool(found) == is_for_clicks
