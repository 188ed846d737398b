"""What the checks may ask: what was given, where it stands, what it belongs to."""

from collections.abc import Iterator

import pytest

from cases.mails import (
    BULK,
    HASH,
    HEALTHY,
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
from snippets.evidence import messages, missed, secondhand, sources
from snippets.evidence.answers import BadAnswer, checked, parse
from snippets.evidence.facts import Facts
from snippets.evidence.kinds import Where, WrapperKind
from snippets.evidence.sources import UnusableInput, recognised

SHOP = anchor("https://shop.example/offer")
GIF = f"/email/{HASH}.gif"


def facts(*given: str | bytes, before: str | None = None, **answers: str) -> Facts:
    """Return the facts of pieces of evidence."""
    said = {name.replace("_", "-"): value for name, value in answers.items()}
    return Facts.read([(f"source {n}", one) for n, one in enumerate(given)], before, said)


def given(content: str) -> list[str]:
    """Return the addresses that were given alone."""
    return [place.address.given for place in facts(content).given]


COMPRESSED = [b"\x1f\x8b\x08", b"BZh91AY", b"\xfd7zXZ\x00\x00", b"\x28\xb5\x2f\xfd$", b"PK\x03\x04"]


@pytest.mark.parametrize("beginning", COMPRESSED)
def test_a_compressed_file_is_refused_by_its_beginning(beginning: bytes) -> None:
    with pytest.raises(UnusableInput, match="compressed"):
        recognised("x", beginning + b" then words that anybody can read " * 20)


KINDS = {
    sent(HEALTHY): "message",
    access(click()): "log",
    f"GET {click()} HTTP/1.1\nHost: x\n": "log",
    "'site_url' => 'https://m.acme.example'": "settings",
    link(): "address",
    f"{link()}\n{link()}\n": "address",
    "shop.example/page": "address",
    "shop.example": "address",
    "SHOP.EXAMPLE": "address",
    "mailto:jo@client.example": "address",
    "/r/1": "address",
    "#top": "address",
    "?a=1": "address",
    ".x": "address",
    "{unsubscribe_url}": "address",
    "x%7Bcontactfield%7D": "address",
    "shop.example:8443": "address",
    "https://shop.example/a b": "address",
    "hello": "text",
    "<hello": "html",
    "two words": "text",
    "12345": "text",
    "https://a.example/ https://b.example/": "text",
    f"{link()}\nhello you\n": "address",
    f"{link()}\n{link()} hello\n": "text",
    "<jo@client.example>": "text",
    "<https://a.example> x": "address",
    "1 <2 and 3> 2": "text",
    "<p>hello</p>": "html",
    "x</p>": "html",
    "<br>": "html",
    "<o:p>a b": "html",
    "<!-- x -->": "html",
    "<a\nhref": "html",
    "hello\n<b>you": "html",
    "<p": "html",
}


@pytest.mark.parametrize(("content", "kind"), KINDS.items(), ids=map(str, range(len(KINDS))))
def test_each_kind_of_evidence_is_recognised(content: str, kind: str) -> None:
    assert recognised("x", content).kind == kind
    assert recognised("x", content.encode()).kind == kind


SENTENCES = {
    f"Le lien est {link()}. Que faire ?": link(),
    f"see ({link()}), please": link(),
    f"see «{link()}»": link(),
    f"see {link()}": link(),
    f"see {link()}!\nthanks": link(),
    f"{link()}.": link(),
    f"{'word ' * 59}{link()}": link(),
}
PROSE = [
    f"{'word ' * 60}{link()}",
    f"{link()} and {link()}",
    "see https://shop.example/ please",
    "no address at all",
    f"x{link()} y",
]


@pytest.mark.parametrize(("text", "address"), SENTENCES.items(), ids=map(str, range(7)))
def test_mautics_address_is_taken_out_of_a_few_words(text: str, address: str) -> None:
    assert given(text) == [address]
    assert sources.alone(text) == address


@pytest.mark.parametrize("text", PROSE)
def test_other_words_stay_a_text(text: str) -> None:
    assert sources.alone(text) == text
    assert facts(text).given == []


WRAPPED = "https://links.acme.example/ls/click?upn=u001.abc"


def test_out_of_html_no_address_is_taken() -> None:
    assert sources.alone(f"see <b>this</b> {link()}") == f"see <b>this</b> {link()}"


def test_a_providers_address_is_taken_out_of_a_few_words() -> None:
    assert given(f"see {WRAPPED} please") == [WRAPPED]


BROKEN = {
    f"{link()[:50]}\n{link()[50:]}": link(),
    f"<{link()[:50]}\n{link()[50:90]}\n\n {link()[90:]}>": f"<{link()}>",
    f"{link()[:50]}\n{link()[50:]} more": None,
    f"{link()[:50]}\n{link()[50:]}<": None,
    f"{link()}\n{link()}": None,
    f"see\n{link()}": None,
    f"{link()[:50]} x\n{link()[50:]}": None,
    link(): None,
}


@pytest.mark.parametrize(("text", "address"), BROKEN.items(), ids=map(str, range(8)))
def test_an_address_that_copying_broke_is_put_together(text: str, address: str | None) -> None:
    assert sources.unbroken(text) == (address or text)


def test_so_long_a_text_is_no_broken_address() -> None:
    long = "https://a.example/\n" + "a" * 19_980
    assert sources.unbroken(long) == long.replace("\n", "")
    assert sources.unbroken(long + "a") == long + "a"


def chunks(content: bytes, size: int) -> Iterator[bytes]:
    """Yield a content in pieces."""
    return (content[at : at + size] for at in range(0, len(content), size))


def test_what_is_longer_than_can_be_read_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    mail, html, log = sent(HEALTHY).encode(), page(SHOP).encode(), access(click()).encode() * 9
    for content in (mail, html):
        monkeypatch.setattr(messages, "LARGEST", len(content))
        assert not recognised("x", content).is_cut
        assert not recognised("x", chunks(content, 10)).is_cut
        for longer in (content + b"\nx", chunks(content + b"\nx", 10)):
            assert recognised("x", longer).is_cut
    for size in (10, 300, 1_000):
        monkeypatch.setattr(messages, "LARGEST", 700)
        for given in (log, chunks(log, size)):
            found = recognised("x", given)
            assert found.tally is not None
            assert (found.tally.lines, found.tally.size, found.is_cut) == (9, len(log), False)
    monkeypatch.setattr(messages, "LARGEST", 10_000_000)
    monkeypatch.setattr(messages, "MOST_TEXT", len(html))
    assert not recognised("x", html).is_cut
    monkeypatch.setattr(messages, "MOST_TEXT", len(html) - 1)
    assert recognised("x", html).is_cut


def test_a_text_may_hold_halves_of_characters() -> None:
    assert recognised("x", "caf\udce9 words").text == "café words"
    assert recognised("x", "a \ud800 word").text == "a ? word"
    assert recognised("x", b"caf\xe9 words").text == "café words"


SIGNS = [
    *("{contactfield=email}", "{leadfield=x}", "{formfield=x}", "{pagelink=1}", "{assetlink=1}"),
    *("{tracking_pixel}", "{ownerfield=x}", "{form=1}", '{dynamiccontent="x"}', "{langbar}"),
    *("/plugin/x/tracking.gif", "tracking_hash", "email_stats", "page_hits"),
    *("{signature}", "{companyfield=x}", "{unsubscribe_url}", "{webview_text}", "{dnc_url}"),
    *("{resubscribe_url}", "mautic:disable", "data-mautic-x", "data-slot=", "mtc.js"),
    *("messenger:consume", "|URL|", "{UNSUBSCRIBE_URL}"),
]
CONFIGURED = [
    *("location / {", "server_name x", "server {", "fastcgi_pass x", "RewriteEngine on"),
    *("RewriteRule x", "RewriteCond x", "<FilesMatch x>", "<VirtualHost *>", "<Directory />"),
    "$parameters = x",
]
NO_SIGNS = ["{formation}", "{x}", "URL", "the location", "server", "{unsubscribe}"]


@pytest.mark.parametrize("sign", [*SIGNS, *CONFIGURED])
def test_a_sign_of_mautics_or_of_a_server_is_seen(sign: str) -> None:
    text = f"hello there, you\n{sign}\n"
    assert facts(text).unrecognised == []
    mail = message(f"<p>hello there, you</p>\n<p>\n{sign.replace('<', '&lt;')}\n</p>")
    assert (facts(mail).unrecognised == []) == (sign in SIGNS)
    assert (facts(mail).foreign_mails == []) == (sign in SIGNS)


@pytest.mark.parametrize("text", NO_SIGNS)
def test_other_words_are_no_sign_of_mautics(text: str) -> None:
    assert facts(f"hello there, you\n{text}\n").unrecognised == ["source 0"]
    assert facts(f"hello there, you\n{text}\n").foreign_mails == []


SEEN = {
    "an address": link(),
    "a provider's wrapping": f"<a href='{WRAPPED}'>x</a>",
    "a complaint": "[2024-03-12 10:00:00] mautic.ERROR: it broke\n",
    "a setting": "MAUTIC_LOCALE=fr\n",
    "a header": message("<p>x</p>", X_EMAIL_ID="1"),
}


@pytest.mark.parametrize("content", SEEN.values(), ids=SEEN)
def test_what_has_something_of_mautics_is_recognised(content: str) -> None:
    assert facts(content, "hello there, you two").unrecognised == ["source 1"]


def test_an_address_among_a_few_words_stands_on_its_line() -> None:
    [place] = facts(f"Bonjour,\nvoici :\n{link()}\nMerci\n").places
    assert (place.where, place.quote.line) == (Where.GIVEN, 3)


def test_places_are_told_by_where_they_stand() -> None:
    mail = sent(f"\n{HEALTHY}\n{SHOP}", f"Hello\n{link()} (or)\nhttps://shop.example/b)")
    found = [(p.where, p.address.kind, p.quote.line) for p in facts(mail).places]
    lines = [line for where, _, line in found if where == Where.TEXT]
    assert lines == [2, 3]
    assert [(where, kind) for where, kind, _ in found] == [
        *((Where.HREF, kind) for kind in ("tracked", "unsubscribe", "other")),
        (Where.IMAGE, "pixel"),
        *((Where.TEXT, "tracked"), (Where.TEXT, "other")),
        (Where.HEADER, "unsubscribe"),
    ]
    [*_, header] = facts(mail).places
    assert (
        header.quote.text == f"List-Unsubscribe: <https://m.acme.example/email/unsubscribe/{HASH}>"
    )
    alone = facts(f"\n{link()}\nhttps://shop.example/\n")
    assert [(p.where, p.quote.line) for p in alone.places] == [(Where.GIVEN, 2), (Where.GIVEN, 3)]


def test_addresses_of_a_header_are_read_one_by_one() -> None:
    two = "<mailto:x@acme.example>, < https://a.example/1 >, <http://b.example/2>"
    mail = message(page(SHOP), List_Unsubscribe=two)
    urls = [p.address.url for p in facts(mail).places if p.where == Where.HEADER]
    assert urls == ["https://a.example/1", "http://b.example/2"]


UNSEEN = {
    f"<!-- {pixel()} -->": 1,
    f"<textarea>{pixel()}</textarea>": 1,
    f"<script>{pixel()}</script>": 1,
    pixel(): 0,
    "<!-- <img src='https://a.example/x.gif'> -->": 0,
    f"<!-- <p src='https://m.acme.example{GIF}'> -->": 0,
    "<!-- <img> -->": 0,
}


@pytest.mark.parametrize(("html", "count"), UNSEEN.items())
def test_a_pixel_that_no_program_loads_is_unseen(html: str, count: int) -> None:
    found = facts(page(html))
    assert len(found.unseen_pixels) == count
    assert len(found.pixels) == (1 if html == pixel() else 0)
    assert all(quote.source == "source 0" for quote in found.unseen_pixels)
    assert facts(link()).unseen_pixels == []


def test_what_was_sent_is_told_from_what_is_in_the_editor() -> None:
    def kind(found: Facts) -> tuple[bool, bool, bool]:
        return found.is_received, found.is_template, found.is_real_send

    assert kind(facts(page(SHOP))) == (False, True, False)
    assert kind(facts(page(SHOP), before=page(SHOP))) == (False, False, False)
    assert kind(facts(page(HEALTHY))) == (True, False, True)
    assert kind(facts(page(anchor(link(value="x"))))) == (True, False, False)
    assert kind(facts(message(page(SHOP)))) == (True, False, False)
    assert kind(facts(message(page(SHOP), X_EMAIL_ID="1"))) == (True, False, True)
    assert kind(facts(message(page(SHOP), Precedence="bulk"))) == (True, False, True)
    assert kind(facts(message(page(SHOP), Precedence="list"))) == (True, False, False)
    campaign = anchor(link(value=ct(source=["campaign.event", 1])))
    assert kind(facts(page(campaign))) == (True, False, True)
    direct = anchor(link(value=ct(source=[])))
    assert kind(facts(page(direct))) == (True, False, False)
    assert kind(facts(link())) == (True, False, True)
    assert kind(facts(page(SHOP), link())) == (False, True, True)


def test_the_host_of_the_site_is_that_of_the_answer() -> None:
    for said in ("https://M.Acme.example:8443/mautic", "m.acme.example", "http://m.acme.example/"):
        assert facts(site_url=said).site_host == "m.acme.example"
    assert facts(release="7.1").site_host == ""


def test_links_before_and_after_sending_go_together() -> None:
    def pairs(before: str, after: str) -> list[tuple[str, str]]:
        found = facts(sent(after), before=page(before))
        return [(link.href, place.address.kind) for link, place in found.pairs]

    shop, token = anchor("https://shop.example/a"), anchor("{unsubscribe_url}")
    assert pairs(shop, anchor(link())) == [("https://shop.example/a", "tracked")]
    assert pairs(shop + token, anchor(link()) + unsubscribe()) == [
        ("https://shop.example/a", "tracked"),
        ("{unsubscribe_url}", "unsubscribe"),
    ]
    assert pairs(shop, anchor(link()) + unsubscribe()) == [("https://shop.example/a", "tracked")]
    view = anchor(f"https://m.acme.example/email/view/{HASH}")
    assert pairs(shop, view + anchor(link())) == [("https://shop.example/a", "tracked")]
    assert pairs(shop + token + anchor("{webview_url}"), anchor(link()) + view * 3) == [
        ("https://shop.example/a", "tracked")
    ]
    for name in ("dnc_url", "resubscribe_url"):
        assert len(pairs(shop + anchor(f"{{{name}}}"), anchor(link()))) == 1
    assert pairs(shop * 2, anchor(link())) == []
    assert facts(sent(anchor(link()))).pairs == []


def test_visits_and_arrivals_are_told_apart() -> None:
    log = access(click()) + access("/shop?utm_source=x") + access("/other") + access(GIF)
    found = facts(log)
    assert [(v.address.kind, v.quote.line) for v in found.visits] == [("tracked", 1), ("pixel", 4)]
    assert [v.quote.line for v in found.arrivals] == [2]
    assert facts(access("/shop")).arrivals == []
    assert [p.where for p in found.places] == [Where.LOG, Where.LOG]
    assert (found.own, found.tracked) == ([], [])
    moved = f"$ curl -I {link()}\nHTTP/2 302\nLocation: https://shop.example/?ct=x\n"
    assert facts(moved).visits[0].location == "https://shop.example/?ct=x"
    assert facts(log).visits[0].location == ""


def test_the_text_part_is_that_of_the_message_else_a_text_alone() -> None:
    assert facts(sent(HEALTHY, "Hello you")).text_part.strip() == "Hello you"
    assert facts("hello there, you").text_part == "hello there, you"
    assert facts(page(SHOP)).text_part == ""
    both = facts(page("<p>Another letter</p>"), sent(HEALTHY, "Hello"))
    assert both.html is both.sources[0]
    assert both.mail is both.sources[1].mail
    assert facts(link()).html is None


def test_the_answers_that_a_reader_cannot_give_are_kept_apart() -> None:
    found = facts(release="unknown", queue="sync")
    assert dict(found.answers) == {"queue": "sync"}
    assert found.unknown == {"release"}
    assert found.release is None
    assert not found.has("matomo-bots")
    assert facts(release="7.1").has("matomo-bots")
    assert not facts(release="7.0").has("matomo-bots")
    assert found.says("queue", "async", "sync")
    assert not found.says("queue", "async")
    assert found.symptom is None
    assert checked({" queue ": " sync ", "release": ""}) == {"queue": "sync"}
    assert parse(["queue=sync", "site-url=https://a.example/?b=c"]) == {
        "queue": "sync",
        "site-url": "https://a.example/?b=c",
    }


REFUSED = {
    ("queue", "maybe"): "Possible values: sync, async",
    ("http-status", "99"): "99",
    ("http-status", "600"): "600",
    ("site-url", "a b"): "a b",
    ("release", "new"): "new",
    ("colour", "red"): "Known questions: symptom, ",
}


@pytest.mark.parametrize(("answer", "said"), REFUSED.items())
def test_an_answer_outside_the_contract_is_refused(answer: tuple[str, str], said: str) -> None:
    with pytest.raises(BadAnswer, match=said):
        checked(dict([answer]))
    with pytest.raises(BadAnswer, match="colour"):
        parse(["colour"])


def test_a_quote_shows_its_line() -> None:
    source = recognised("x", "a\nb\n<p>c")
    assert source.quote("c", source.text.index("c")).line == 3
    assert (source.quote("a", 0).line, source.quote("a", 0).source) == (1, "x")
    assert [source.tag(element) for element in source.elements] == ["<p>"]


def test_a_piece_of_a_mail_is_judged_as_in_a_whole_one() -> None:
    for whole in ("<html>x", "<body>x", "x</body>", "<!DOCTYPE html>x"):
        assert sources.as_whole(whole) == whole
    assert sources.as_whole("<p>x") == "<p>x" + sources.ONE_LINE


def test_wrappers_of_an_address_are_told_by_kind() -> None:
    [place] = facts(WRAPPED).given
    assert place.wrapped_by == {WrapperKind.PROVIDER}
    assert facts(link()).given[0].wrapped_by == set()


def test_a_contacts_page_answers_where_an_open_is_missed() -> None:
    page_ = "Mautic\nEmail read by Jo\n"
    for symptom, said in (("open-missing", "yes"), ("decision-missing", "yes"), ("too-many", None)):
        assert facts(page_, symptom=symptom).answers.get("timeline-shows") == said


def test_settings_are_those_of_all_files_but_messages() -> None:
    one, two = "'site_url' => 'https://a.example'\n", "'messenger_dsn_hit' => 'sync://'\n"
    found = facts(one, two)
    assert found.settings == {"site_url": "https://a.example", "messenger_dsn_hit": "sync://"}
    assert {key: quote.source for key, quote in found.setting_lines.items()} == {
        "site_url": "source 0",
        "messenger_dsn_hit": "source 1",
    }
    assert facts(message(f"<p>x</p>\n{one}", f"\n{one}")).settings == {}


MALFORMED = {
    " https://a.example/": "",
    "://a.example/": "https://a.example/",
    "“https://a.example/”": "https://a.example/",
    '\\"https://a.example/\\"': "https://a.example/",
    "\u200bhttps://a.example/": "https://a.example/",
    "'http://a.example/": "http://a.example/",
    "https:///": "",
    "x://a": "",
}


@pytest.mark.parametrize(("href", "better"), MALFORMED.items())
def test_a_malformed_address_is_mended_where_that_helps(href: str, better: str) -> None:
    assert missed.repaired(href) == (better or ("https://a.example/" if " " in href else ""))


def test_missed_links_are_those_of_the_editor_or_untouched_among_tracked_ones() -> None:
    def hrefs(found: Facts) -> list[str]:
        return [link.href for link, _ in missed.suspects(found)]

    shop = "https://shop.example/a"
    assert hrefs(facts(page(anchor(shop)))) == [shop]
    assert hrefs(facts(message(page(anchor(shop))))) == []
    assert hrefs(facts(message(page(anchor(shop)), **BULK))) == [shop]
    broken = f"<a\nhref='{shop}'>x</a>"
    assert hrefs(facts(page(anchor(link()) + broken))) == [shop]
    direct = anchor(link(value=ct(source=[])))
    assert hrefs(facts(page(direct + broken))) == [shop]
    same = f"<a\nhref='{link()}'>x</a>"
    assert hrefs(facts(page(same + broken))) == []
    assert hrefs(facts(sent(anchor(link())), before=page(anchor(shop)))) == []
    assert hrefs(facts(sent(anchor(shop)), before=page(anchor(shop)))) == [shop]
    assert hrefs(facts(sent(SHOP * 2), before=page(anchor(shop)))) == [shop]
    assert hrefs(facts(sent(anchor(link()) * 2), before=page(anchor(shop)))) == []


def test_the_quotes_of_missed_links_say_where_they_stand() -> None:
    html = '<p>x</p>\n<a\nhref="https://shop.example/a">A</a>'
    [quote] = missed.missed(facts(html), "line-break")
    assert (quote.text, quote.line, quote.source) == ("https://shop.example/a", 3, "before")
    assert quote.column == 1
    assert missed.missed(facts(html), "quotes") == []
    shape = "<!--[if mso]><v:rect href={}></v:rect><![endif]-->"
    both = facts(html + shape.format("https://shop.example/a") + shape.format("https://b.example"))
    assert [q.text for q in missed.missed(both, "line-break")] == ["https://shop.example/a"] * 2


def test_links_are_partly_replaced_only_by_what_is_said() -> None:
    assert missed.is_partly_replaced(facts(links_replaced="partly"))
    assert not missed.is_partly_replaced(facts(links_replaced="no"))
    assert not missed.is_partly_replaced(facts(link(), links_replaced="partly"))
    assert not missed.is_partly_replaced(facts(before=page(SHOP), links_replaced="partly"))


@pytest.mark.parametrize(
    "line",
    [
        "Could you look at our log? Can somebody help?",
        "Quelqu’un pourrait m’aider ? Voici notre journal :",
        "Kann jemand helfen? Hier unser Log:",
        "¿Alguien puede ayudarme? Este es nuestro registro:",
        "Alguém sabe o que é? Este é o nosso log:",
    ],
)
def test_who_asks_for_help_supposes_nothing(line: str) -> None:
    assert not secondhand.Words.of(line).is_foreign
    assert secondhand.Words.of(f"{line} It is from a forum").is_foreign
