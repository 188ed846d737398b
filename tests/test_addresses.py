"""What an address of Mautic's says, and what is wrong with its `ct`."""

import base64
from datetime import UTC, datetime

import pytest

from cases.mails import BULK, HASH, SIGNATURE, anchor, ct, link, message, page, pixel, unsubscribe
from snippets.evidence import addresses, sending
from snippets.evidence.addresses import decoded, of_path, read
from snippets.evidence.facts import Facts
from snippets.platform.serialised import serialised

BASE = "https://m.acme.example"
REDIRECT = "92e770d1b72fa6ddf729b5f71"


def test_a_tracked_link_says_all_it_has() -> None:
    found = read(f"HTTPS://jo@M.acme.example:8443/mautic/r/{REDIRECT}?utm_a=1&ct={ct()}#x")
    assert (found.kind, found.scheme, found.host) == ("tracked", "https", "M.acme.example:8443")
    assert (found.folder, found.hash, found.stat) == ("/mautic", REDIRECT, HASH)
    assert (found.ct, found.damage, found.rest) == (ct(), "", "")
    assert found.query == f"utm_a=1&ct={ct()}"
    assert found.data["lead"] == "4711"
    assert found.as_dict() == {
        "url": found.given.partition("?")[0],
        "kind": "tracked",
        "host": found.host,
        "hash": REDIRECT,
        "ct": found.data,
    }


def test_an_unsubscribe_link_says_whose_it_is() -> None:
    found = read(f"{BASE}/email/unsubscribe/{HASH}/jo%40client.example/{SIGNATURE}")
    assert (found.hash, found.stat, found.email) == (HASH, HASH, "jo@client.example")
    assert (found.signature, found.kind, found.ct) == (SIGNATURE, "unsubscribe", None)
    assert read(f"{BASE}/email/validate/unsubscribe/{SIGNATURE}/{HASH}").stat == HASH


ESCAPED = [
    f"  {BASE}/r/{REDIRECT}?a=1&amp;ct={ct()}\n",
    f"{BASE}/r/{REDIRECT}?a=1&amp;ct&#61;{ct()}",
    f"{BASE}/r/{REDIRECT}?a=1;ct={ct()}",
]


@pytest.mark.parametrize("written", ESCAPED)
def test_an_address_may_be_escaped(written: str) -> None:
    assert read(written).data == read(link()).data
    assert read(written).given == written


OTHERS = {
    "https://shop.example/r/x": ("https", "shop.example"),
    "HTTPS://shop.example:8443?a": ("https", "shop.example:8443"),
    "mailto:jo@client.example": ("mailto", ""),
    "tel:112": ("tel", ""),
    "shop.example/x": ("", ""),
    "{token}": ("", ""),
    "": ("", ""),
}


@pytest.mark.parametrize(("written", "said"), OTHERS.items())
def test_another_address_has_a_scheme_and_a_host_at_most(
    written: str, said: tuple[str, str]
) -> None:
    found = read(written)
    assert (found.scheme, found.host) == said
    assert (found.kind, found.is_mautic, found.hash, found.stat) == ("other", False, "", "")
    assert (found.ct, found.query) == (None, "a" if "?a" in written else "")


@pytest.mark.parametrize("path", ["/r/our-offers", "/r/abc"])
def test_another_form_of_id_is_proved_by_a_ct(path: str) -> None:
    assert read(BASE + path).kind == "other"
    assert (read(f"{BASE}{path}?ct=x").kind == "tracked") == (path == "/r/abc")
    assert read(f"{BASE}{path}?act=x").kind == "other"


def test_what_no_mail_has_is_not_mautics_for_a_mail() -> None:
    for path in ("/mtc/event", "/mtracking.gif", "/mtc.js", "/asset/1:x"):
        found = of_path(path)
        assert found.kind in ("page-hit", "asset")
        assert not found.is_mautic
    assert of_path(f"/r/{REDIRECT}").is_mautic
    assert of_path(f"{BASE}/r/{REDIRECT}").host == "m.acme.example"


def test_a_path_is_read_up_to_a_length() -> None:
    room = 4_000 - len(f"{BASE}/r/{REDIRECT}") - 1
    assert read(f"{BASE}/{'a' * room}/r/{REDIRECT}").kind == "tracked"
    assert read(f"{BASE}/{'a' * (room + 1)}/r/{REDIRECT}").kind == "other"


# What stands behind a `ct` that ends with its padding, or is followed by something else.
DATA = {"source": ["email", 1], "stat": HASH}
PADDED = {length: {**DATA, "lead": "4" * length} for length in range(3)}
BEHIND = {
    "": "",
    "&utm_source=x": "",
    "&contact/": "contact/",
    ";contact/": ";contact/",
    "&contact/&x=1": "contact/",
    "&Xcontact/": "Xcontact/",
    "&": "",
    "#contact/": "",
}


@pytest.mark.parametrize("data", PADDED.values(), ids=map(str, PADDED))
@pytest.mark.parametrize(("behind", "rest"), BEHIND.items())
def test_what_stands_behind_a_ct_is_told_apart(
    data: dict[str, object], behind: str, rest: str
) -> None:
    plain = base64.b64encode(serialised(data)).decode()
    for written in (plain, plain.replace("=", "%3D")):
        found = read(f"{BASE}/r/{REDIRECT}?ct={written}{behind}")
        assert (found.data, found.rest, found.damage) == (data, rest, "")


@pytest.mark.parametrize("data", PADDED.values(), ids=map(str, PADDED))
def test_what_is_glued_to_a_ct_is_told_apart(data: dict[str, object]) -> None:
    plain = base64.b64encode(serialised(data)).decode()
    for written in (plain, plain.replace("=", "%3D"), plain.replace("=", "%3d")):
        found = read(f"{BASE}/r/{REDIRECT}?ct={written}contact/")
        assert (found.data, found.rest) == (data, "contact/")
    assert read(f"{BASE}/r/{REDIRECT}?ct={plain.rstrip('=')}").rest == ""
    assert read(f"{BASE}/r/{REDIRECT}?ct={plain.rstrip('=')}").data == data


PLAIN = base64.b64encode(serialised({**DATA, "more": "x" * 40})).decode()
DAMAGED = {
    PLAIN: "",
    PLAIN[:-12]: "cut",
    f"YTpb{PLAIN[4:-12]}": "cut",
    "YTpb": "cut",
    "LGb1BmtoamV8": "scrambled",
    "Yjo1OnsxMjM": "scrambled",
    "Yjo": "broken",
    "xxZmJoZWRmxx": "scrambled",
    "xxfbhedfxx": "scrambled",
    "xxfzbvyxx": "scrambled",
    base64.b64encode(b'a:1:{i:0;O:8:"stdClass":0:{}}').decode(): "broken",
    "words": "broken",
}


@pytest.mark.parametrize(("written", "damage"), DAMAGED.items())
def test_how_a_ct_is_damaged_is_told(written: str, damage: str) -> None:
    data, found = decoded(written)
    assert found == damage
    assert (data is None) == bool(damage)
    assert decoded(written.replace("=", "%3D").replace("Z", "%5A"))[1] == damage


def at(seconds: int) -> datetime:
    """Return a time in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def sent_at(stat: str, **more: object) -> datetime | None:
    """Return when a link says that its mail was sent."""
    return read(link(value=ct(stat, **more))).sent_at


def test_the_time_of_sending_is_in_the_ct_or_in_the_stat_hash() -> None:
    assert sent_at("65f0a1b2" + "0" * 14) == at(0x65F0A1B2)
    assert sent_at("65F0A1B2" + "0" * 5) == at(0x65F0A1B2)
    assert sent_at("65f0a1b2" + "0" * 4) is None
    assert sent_at("65f0a1b2" + "0" * 15) is None
    assert sent_at("x" * 14) is None
    assert sent_at("65f0a1b2" + "0" * 14, sent_time=1_700_000_000) == at(1_700_000_000)
    assert sent_at("65f0a1b2" + "0" * 14, sent_time="soon") == at(0x65F0A1B2)
    for seconds, is_time in (
        (1_388_534_400, False),
        (1_388_534_401, True),
        (3_999_999_999, True),
        (4_000_000_000, False),
    ):
        assert sent_at("x", sent_time=seconds) == (at(seconds) if is_time else None)
        assert read(f"{BASE}/email/{seconds:08x}{'0' * 14}.gif").sent_at == (
            at(seconds) if is_time else None
        )
    assert read(f"{BASE}/r/{REDIRECT}").sent_at is None


SHOP = anchor("https://shop.example/offer")


def facts(content: str, **answers: str) -> Facts:
    """Return the facts of one piece of evidence."""
    said = {name.replace("_", "-"): value for name, value in answers.items()}
    return Facts.read([("given", content)], answers=said)


def source(value: object) -> str:
    """Return how a link with this source says that its mail was sent."""
    found = facts(link(value=ct(source=value)))
    return found.source_of(found.tracked[0])


def test_a_source_says_how_a_mail_was_sent() -> None:
    assert source(["email", 1]) == "segment"
    assert source(["campaign.event", 1]) == "campaign"
    assert source(["campaign", 1]) == "campaign"
    assert source([]) == "direct"
    assert source(None) == "direct"
    assert source(["other", 1]) == ""
    without = facts(link(value=base64.b64encode(serialised({"lead": 1})).decode()))
    assert without.source_of(without.tracked[0]) == ""
    broken = facts(link(value="x"))
    assert broken.source_of(broken.tracked[0]) == ""


GUESSED = {
    "of a segment, by its links": (message(page(anchor(link()))), "segment"),
    "of a campaign, by its links": (
        message(page(anchor(link(value=ct(source=["campaign.event", 1]))))),
        "campaign",
    ),
    "of a segment, by its headers": (message(page(SHOP), **BULK), "segment"),
    "of a campaign, by its headers": (message(page(SHOP), X_EMAIL_ID="1"), "campaign"),
    "a test": (message(page(SHOP), Subject=" [test] Spring"), "test"),
    "a test by its words": (message(page(f"Hello [City] {SHOP}")), "test"),
    "nothing is known": (message(page(SHOP)), ""),
    "a subject that speaks of tests": (message(page(SHOP), Subject="A [TEST]"), ""),
}


@pytest.mark.parametrize(("content", "way"), GUESSED.values(), ids=GUESSED)
def test_how_a_mail_was_sent_is_guessed(content: str, way: str) -> None:
    assert sending.guessed(facts(content)) == way


def test_the_signs_of_a_test_are_quoted() -> None:
    mail = message(page("[City] [Email] [Title]"), Subject="[TEST] x")
    assert sending.test_signs(facts(mail)) == ["Subject: [TEST]", "[City]", "[Email]"]
    assert sending.test_signs(facts(page("[City]"))) == []
    assert sending.test_signs(facts("[City]")) == []


STATS = {
    "65f0a1b2c3d4e": True,
    HASH: False,
    "x" * 14: True,
    "65f0a1b2c3d4e5": False,
}


@pytest.mark.parametrize(("stat", "is_missing"), STATS.items())
def test_the_hash_of_a_sending_that_was_not_saved(stat: str, is_missing: bool) -> None:
    [place] = facts(f"{BASE}/email/unsubscribe/{stat}").unsubscribes
    assert sending.is_without_stat(place) == is_missing
    assert sending.is_test_link(place) == is_missing
    [other] = facts(f"{BASE}/email/unsubscribe/{stat}/jo@client.example/{SIGNATURE}").unsubscribes
    assert not sending.is_test_link(other)
    for nobody in ("[Email]", "%5BEmail%5D", "%255BEmail%255D"):
        [empty] = facts(f"{BASE}/email/unsubscribe/{HASH}/{nobody}/{SIGNATURE}").unsubscribes
        assert sending.is_test_link(empty)


def test_what_is_neither_tracked_nor_of_a_real_sending() -> None:
    assert sending.is_untracked(facts(message(page(SHOP))))
    assert not sending.is_untracked(facts(message(page(SHOP + pixel()))))
    assert not sending.is_untracked(facts(message(page(anchor(link())))))
    assert not sending.is_untracked(facts(message(page(SHOP), X_EMAIL_ID="1")))


def test_a_way_of_sending_is_that_of_the_release_or_of_the_oldest() -> None:
    def way(**answers: str) -> str:
        found = sending.sending(facts(link(), **answers))
        return found.context if found else ""

    assert way() == ""
    assert way(sent_via="segment") == "segment"
    assert way(sent_via="segment", release="1.4") == "segment"
    assert way(sent_via="test-contact", release="2.0") == ""
    assert way(sent_via="test-contact", release="7.1") == "test-contact"


HIDDEN = "https://go.acme.example/x/{}Ab12cd34ef56gh78ij90"


def behind(count: int, others: int, host: str = "go.acme.example", **headers: str) -> int:
    """Return how many links are found behind one strange host."""
    links = [HIDDEN.format(n).replace("go.acme.example", host) for n in range(count)]
    links += [f"https://shop.example/page-{n}" for n in range(others)]
    mail = message(page("".join(map(anchor, links)) + unsubscribe()), **BULK, **headers)
    return len(sending.on_one_host(facts(mail)))


def test_most_links_of_a_mail_behind_one_strange_host() -> None:
    assert behind(2, 0) == 2
    assert behind(1, 0) == 0
    assert behind(1, 0, X_Mailin_EID="x") == 1
    assert behind(3, 2) == 3
    assert behind(2, 2) == 0
    assert behind(2, 1) == 2
    assert behind(2, 1, host="go.acme.example:8443") == 2
    plain = message(page(SHOP + anchor("https://shop.example/b")), **BULK)
    assert sending.on_one_host(facts(plain)) == []
    tracked = message(page(anchor(link()) + anchor(HIDDEN.format(1)) * 3), **BULK)
    assert sending.on_one_host(facts(tracked)) == []
    assert sending.on_one_host(facts(message(page(anchor(HIDDEN.format(1)) * 3)))) == []
    two = "".join(anchor(HIDDEN.format(n)) for n in range(3))
    two += anchor("https://track.acme.example/x/9Ab12cd34ef56gh78ij90")
    found = sending.on_one_host(facts(message(page(two), **BULK)))
    assert {place.address.host for place in found} == {"go.acme.example"}


TOKENS = {
    "/x/Ab12cd34ef56gh78ij90": True,
    "/x/Ab12cd34ef56gh78ij9": False,
    "?t=Ab12cd34ef56gh78ij90": True,
    "/x/Ab12cd34ef56gh78ij90/": True,
    "/x/Ab12cd34ef56gh78ij90/y": False,
    "/x/12345678901234567890": False,
    "/x/abcdefghijklmnopqrst": False,
    "/x/our-offers-of-spring-2024": False,
    "/x/Ab12%20cd.ef~gh_ij-90": True,
}


@pytest.mark.parametrize(("path", "is_token"), TOKENS.items())
def test_a_token_is_long_and_says_nothing(path: str, is_token: bool) -> None:
    assert bool(sending.TOKEN_ONLY.search(f"https://go.acme.example{path}")) == is_token


def test_addresses_are_decoded_once() -> None:
    assert addresses.of_path(f"/email/unsubscribe/{HASH}/a%2540b/{SIGNATURE}").email == "a%40b"
