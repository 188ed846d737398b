"""What is said besides causes: what is healthy, what lacks, what is known of the sending."""

import pytest

from cases.mails import (
    BULK,
    HASH,
    HEALTHY,
    PROXY,
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
from snippets import traffic
from snippets.diagnosis import MOST_QUOTED, diagnose, examine, named, telling
from snippets.evidence.facts import Facts
from snippets.evidence.kinds import AddressKind
from snippets.evidence.tally import Group
from snippets.verdicts import good, lacking, no_fault

SHOP = anchor("https://shop.example/offer")
GIF = f"/email/{HASH}.gif"
BASE = "https://m.acme.example"


def facts(*given: str, before: str | None = None, **answers: str) -> Facts:
    """Return the facts of pieces of evidence."""
    said = {name.replace("_", "-"): value for name, value in answers.items()}
    return Facts.read([(str(n), one) for n, one in enumerate(given)], before, said)


def verdict(*given: str, before: str | None = None, **answers: str) -> str:
    """Return the healthy verdict of evidence with its certainty and lines, "" for none."""
    found = no_fault(facts(*given, before=before, **answers))
    if not found:
        return ""
    name, seen = found
    return f"{name.removeprefix('no-fault-')} {seen.certainty} {len(seen.quotes)}"


ERROR = "[2026-04-21T09:00:00+00:00] mautic.ERROR: Lock wait timeout exceeded at Foo.php [] []\n"
COOKIE = "set-cookie: Blocked-Tracking={}; path=/\n"


def table(**columns: str) -> str:
    """Return one row of a database, as MySQL prints it over lines."""
    return "*** 1. row ***\n".replace("***", "*" * 27) + "\n".join(
        f"{name}: {value}" for name, value in columns.items()
    )


def curl(answer: str) -> str:
    """Return a click with the headers of its answer."""
    return f"> GET {click()} HTTP/1.1\n> user-agent: Mozilla/5.0\n< HTTP/1.1 302 Found\n< {answer}"


VERDICTS = [
    *(
        ("", (sent(HEALTHY), against), {})
        for against in (
            table(sent_count="900", read_count="0"),
            table(redirect_id="7", hits="0"),
            '"id","sent_count","read_count"\n34,900,0\n',
            "900 Sent  0 Read",
            "Clicks email  0%",
            ERROR,
            access(click(), status=200),
            access(click(), status=403),
        )
    ),
    *(
        ("in-mail likely 3", (sent(HEALTHY), beside), {})
        for beside in (
            table(sent_count="900", read_count="310"),
            table(queue_name="failed", created="0"),
            "900 Sent  310 Read",
            access(click()),
        )
    ),
    ("", (f'{{"data": {{"x": "{link()}"}}}}',), {}),
    ("", (f"2026-04-21 10:00:01 {link()} timeout\n2026-04-21 10:01:02 {link()} ok",), {}),
    ("", (curl(COOKIE.format(1)),), {}),
    ("in-mail likely 1", (curl(COOKIE.format("deleted")),), {}),
    ("in-mail likely 3", (sent(HEALTHY),), {}),
    ("in-mail likely 3", (sent(HEALTHY),), {"symptom": "open-missing"}),
    ("", (sent(HEALTHY),), {"symptom": "too-many"}),
    ("in-mail likely 3", (sent(anchor(link()) + unsubscribe() + pixel()),), {}),
    ("", (sent(anchor(link()) + pixel()),), {}),
    ("", (sent(HEALTHY + SHOP),), {}),
    ("", (sent(HEALTHY + anchor("https://links.acme.example/ls/click?upn=u001.x")),), {}),
    ("", (sent(HEALTHY), "curl: (60) SSL: no alternative certificate subject name matches"), {}),
    ("", (sent(HEALTHY), "$ curl -I https://shop.example/\nHTTP/2 503\n"), {}),
    ("", (sent(HEALTHY),), {"http-status": "403"}),
    ("", (sent(HEALTHY), "Gmail shows no unsubscribe button."), {}),
    ("in-mail likely 3", (page(HEALTHY),), {}),
    ("", (page(SHOP),), {}),
    ("in-mail likely 0", (page("{contactfield=x}"),), {}),
    ("", (page("<p>hello</p>"),), {}),
    ("", (message(page(SHOP)),), {}),
    ("in-mail likely 1", (link(),), {}),
    ("image-proxy likely 1", (f"https://ci3.googleusercontent.com/x#{BASE}{GIF}",), {}),
    (
        "image-proxy likely 1",
        (f"https://ci3.googleusercontent.com/x#{BASE}{GIF}",),
        {"symptom": "open-missing"},
    ),
    ("", (f"https://ci3.googleusercontent.com/x#{BASE}{GIF}",), {"symptom": "too-many"}),
    ("image-proxy likely 1", (access(GIF, status=200, agent=PROXY),), {"release": "7.0"}),
    ("", (access(GIF, status=200, agent=PROXY),), {"release": "7.1"}),
    ("", (access(GIF, status=200, agent=PROXY),), {}),
    ("", (access(GIF, status=302, agent=PROXY),), {"release": "7.0", "symptom": "open-missing"}),
    ("", (access(click(), agent=PROXY),), {"release": "7.0", "symptom": "open-missing"}),
    ("in-mail likely 1", (access(click()),), {}),
    ("", (access(click()),), {"symptom": "click-missing"}),
    ("", (access(click(), status=200),), {}),
    ("", (access(click(), status=403),), {}),
    ("", (access(click(value="x")),), {}),
    ("", (access(click(), agent="MSNBOT"),), {}),
    ("in-mail likely 1", (access(GIF, agent="MSNBOT"),), {"release": "5.2"}),
    ("", (access(GIF, agent="MSNBOT"),), {}),
    ("in-mail likely 1", (access(f"/email/view/{HASH}", status=200),), {}),
    ("", (access(click()) + "[2024-03-12 10:00:00] mautic.ERROR: x\n",), {}),
    ("", (access(click()), page(SHOP)), {}),
    ("quoted-printable likely 1", ('<a href=3D"' + link().replace("=", "=3D") + '">x</a>',), {}),
    ("", ('<a href=3D"https://shop.example/?a=3Db">x</a>',), {}),
    ("", (), {"release": "7.1"}),
]


@pytest.mark.parametrize(("said", "given", "answers"), VERDICTS)
def test_what_is_called_healthy(said: str, given: tuple[str, ...], answers: dict[str, str]) -> None:
    assert verdict(*given, **answers) == said


LACKING = [
    ("", sent(HEALTHY), {}),
    ("links pixel unsubscribe", sent(SHOP), {}),
    ("pixel unsubscribe", sent(anchor(link())), {}),
    ("", sent(anchor("mailto:a@b.example") + unsubscribe() + pixel()), {}),
    ("list-unsubscribe", message(page(HEALTHY), **BULK), {}),
    ("", message(page(HEALTHY), **BULK), {"release": "2.13"}),
    ("list-unsubscribe", message(page(HEALTHY), **BULK), {"release": "2.14"}),
    (
        "list-unsubscribe",
        message(page(anchor(link()) + unsubscribe(stat=TEST_HASH) + pixel()), **BULK),
        {},
    ),
    ("", message(page(unsubscribe(stat=TEST_HASH) + pixel(stat=TEST_HASH)), **BULK), {}),
    ("", message(page(SHOP)), {}),
    ("", page(SHOP), {}),
    (
        "unsubscribe",
        "From: a@b.example\nTo: c@d.example\nX-EMAIL-ID: 1\nSubject: x\n\nHello\n",
        {},
    ),
    ("", "From: a@b.example\nTo: c@d.example\nX-EMAIL-ID: 1\nSubject: x\n\n", {}),
]


@pytest.mark.parametrize(("said", "given", "answers"), LACKING)
def test_what_a_real_mail_lacks(said: str, given: str, answers: dict[str, str]) -> None:
    assert " ".join(lacking(facts(given, **answers))) == said


GOOD = [
    ("host https links ct pixel hashes unsubscribe list-unsubscribe no-wrapper", sent(HEALTHY)),
    (
        "host links ct pixel hashes unsubscribe list-unsubscribe no-wrapper",
        sent(HEALTHY.replace("https://m", "http://m")),
    ),
    (
        "https links ct pixel hashes unsubscribe list-unsubscribe no-wrapper",
        sent(HEALTHY.replace("m.acme.example", "localhost")),
    ),
    ("host https links unsubscribe list-unsubscribe no-wrapper", sent(anchor(link(value="x")))),
    ("host https pixel hashes unsubscribe list-unsubscribe no-wrapper", sent(pixel())),
    ("host https hashes unsubscribe list-unsubscribe no-wrapper", sent(pixel() * 2)),
    (
        "host https links ct pixel unsubscribe list-unsubscribe no-wrapper",
        sent(HEALTHY + unsubscribe(stat=TEST_HASH)),
    ),
    ("host https links ct pixel hashes unsubscribe list-unsubscribe", sent(HEALTHY + SHOP)),
    (
        "host https links ct pixel hashes unsubscribe list-unsubscribe no-wrapper",
        sent(HEALTHY + anchor("https://other.acme.example/x")),
    ),
    (
        "host https links ct pixel hashes unsubscribe list-unsubscribe no-wrapper",
        sent(HEALTHY + anchor("mailto:a@b.example")),
    ),
    (
        "host https links ct pixel hashes unsubscribe list-unsubscribe",
        sent(HEALTHY + anchor("https://links.acme.example/ls/click?upn=x")),
    ),
    ("host https links ct pixel hashes unsubscribe no-wrapper", message(page(HEALTHY))),
    ("host https links ct no-wrapper", link()),
    ("host https no-wrapper", BASE + GIF),
    ("", page(SHOP)),
]


@pytest.mark.parametrize(("said", "given"), GOOD)
def test_what_was_found_right(said: str, given: str) -> None:
    assert " ".join(good(facts(given))) == said


def test_a_diagnosis_is_plain_data() -> None:
    long = link("https://localhost", "") + "&a=" + "x" * 600
    found = diagnose([("a.txt", f"\n{long}\n")], answers={"release": "7.1"}).as_dict()
    [first, *_] = found["findings"]
    assert first == {
        "cause": "site-url-host",
        "certainty": "sure",
        "evidence": [long[:MOST_QUOTED]],
        "where": [{"source": "a.txt", "line": 1}],
        "guide": "emails/troubleshooting.html#site-url-host",
    }
    assert list(found) == ["findings", "healthy", "context", "questions"]
    assert (found["healthy"], found["context"]["release"]) == (
        ["https", "links", "no-wrapper"],
        "7.1",
    )
    mended = diagnose(page(anchor("://a.example/")), answers={"release": "7.1"}).as_dict()
    assert mended["findings"][0]["where"] == [
        {"source": "evidence 1", "line": 3, "instead": "https://a.example/"},
        {"source": "answers", "line": 0},
    ]


def test_the_context_says_what_is_known_of_the_sending() -> None:
    known = diagnose(sent(HEALTHY + SHOP)).context
    assert known == {
        "sent-via": "segment",
        "hosts": ["m.acme.example"],
        "tracked": 1,
        "untouched": 1,
        "pixels": 1,
        "html-bytes": known["html-bytes"],
        "sources": ["message"],
    }
    assert diagnose(page("<p>é</p>")).context["html-bytes"] == len(page("<p>é</p>").encode())
    newer = link(value=ct(sent_time=1710237600))
    assert diagnose(newer).context["release"] == "7.0 or later"
    signed = f"{BASE}/email/unsubscribe/{HASH}/jo@client.example/{'a' * 64}"
    assert diagnose(signed).context["release"] == "5.1 or later"
    assert diagnose(link(), answers={"release": "5.2"}).context["release"] == "5.2"
    assert diagnose(link(), answers={"release": "7.2"}).context["release-evidence"] == "reported"
    assert "release-evidence" not in diagnose(link(), answers={"release": "7.1"}).context
    missing = diagnose(sent(SHOP)).context["missing"]
    assert missing == ["links", "pixel", "unsubscribe"]


def test_the_numbers_of_a_log() -> None:
    log = access(click(), 0) + access(click(), 9, 403) + access(GIF, 20, 200, agent="MSNBOT")
    log += access("/other", 30) + "[2024-03-12 10:00:00] mautic.ERROR: x\n"
    counted = traffic.traffic(facts(log, log, release="6.0"))
    assert counted == {
        "lines": 10,
        "kinds": {"tracked": 4, "pixel": 2},
        "refused": 2,
        "filtered": 2,
        "machines": 0,
        "errors": 2,
        "since": "2024-03-12T10:00:00+00:00",
        "until": "2024-03-12T10:00:20+00:00",
    }
    assert traffic.traffic(facts("[2024-03-12 10:00:00] mautic.ERROR: x\n"))["errors"] == 1
    assert traffic.traffic(facts(access("/other"))) == {}
    assert traffic.traffic(facts(page(SHOP))) == {}
    assert traffic.traffic(facts(f"> GET {click()} HTTP/1.1\n> Host: m\n"))["kinds"] == {
        "tracked": 1
    }


def group(kind: AddressKind, agent: str, method: str = "GET", *signals: tuple[str, str]) -> Group:
    """Return a group of requests."""
    return Group(kind, 200, method, agent, signals)


def reason(asked: Group, release: str = "", **answers: str) -> str:
    """Return why a request doesn't count, in a release if one is named."""
    named = {"release": release} if release else {}
    return traffic.fate(Facts((), {**named, **answers}), asked).reason


def test_what_mautic_answers_and_does_not_count() -> None:
    click_, open_ = AddressKind.TRACKED, AddressKind.PIXEL
    assert reason(group(click_, "MSNBOT"), "5.2") == "listed-bot"
    assert reason(group(open_, "MSNBOT"), "5.2") == "counted"
    assert reason(group(open_, "MSNBOT"), "6.0") == "listed-bot"
    assert reason(group(open_, "MSNBOT"), "6.0", queue="async") == "counted"
    assert reason(group(click_, ""), "6.0") == "counted"
    assert reason(group(click_, "", "HEAD"), "7.1") == "head-request"
    assert reason(group(AddressKind.UNSUBSCRIBE, "MSNBOT"), "6.0") == "counted"
    assert reason(group(click_, "Firefox/1", "HEAD"), "7.1") == "head-request"
    assert reason(group(click_, "Firefox/1", "GET", ("dnt", "1")), "7.1") == "privacy-signal"
    assert reason(group(click_, "Firefox/1", "GET", ("dnt", "0")), "7.1") == "counted"
    blocked = group(click_, "Firefox/1", "GET", ("cookie", "Blocked-Tracking=1"))
    assert reason(blocked) == reason(blocked, "6.0") == "blocked-fifteen-seconds"
    assert reason(blocked, "5.2") == "counted"
    assert reason(blocked._replace(status=301)) == "counted"


LOCAL = sent(HEALTHY.replace("m.acme.example", "localhost"))


def certainty(*given: str, **answers: str) -> str:
    """Return how certain the first cause of evidence is."""
    [first, *_] = examine(facts(*given, **answers)).findings
    return f"{first.cause} {first.certainty}"


def test_nothing_is_certain_of_what_was_cut_or_is_anothers() -> None:
    assert certainty(LOCAL) == "site-url-host sure"
    assert certainty(LOCAL[:-12]) == "site-url-host likely"
    assert certainty(LOCAL[:-12], link("http://localhost")) == "site-url-host likely"
    foreign = message("<a href='{other}'>x</a>\n<a mautic:disable:tracking href='x'>y</a>")
    assert certainty(foreign) == "disable-tracking-attribute sure"


def test_answers_alone_prove_nothing() -> None:
    assert certainty(site_url="http://localhost") == "site-url-host likely"
    assert certainty(link("http://localhost"), site_url="http://localhost") == "site-url-host sure"


def test_pieces_without_a_name_have_a_number() -> None:
    assert named("a") == [("evidence 1", "a")]
    assert named(b"a") == [("evidence 1", b"a")]
    assert named(["a", ("b", "c"), b"d"]) == [
        ("evidence 1", "a"),
        ("b", "c"),
        ("evidence 3", b"d"),
    ]
    assert named(()) == []


def test_what_shows_a_cause_tells_something() -> None:
    def names(*given: str, **more: str) -> set[str]:
        read = facts(*given, **more)
        return telling(read, examine(read).findings) - {""}

    assert names(page(anchor("HTTPS://a.example/")), "hello there, you two") == {"0", "before"}
    assert names(link("http://localhost")) == {"0"}
    bulk = message(page(HEALTHY), **BULK)
    assert names(bulk) == {"0", "missing"}


def test_a_verdict_stands_behind_what_may_explain_the_symptom() -> None:
    def causes(*given: str, **answers: str) -> list[str]:
        return [finding.cause for finding in examine(facts(*given, **answers)).findings]

    proxied = f"https://ci3.googleusercontent.com/x#{BASE}{GIF}"
    assert causes(proxied) == ["no-fault-image-proxy"]
    gated = page(anchor(f"https://linkprotect.cudasvc.com/url?a={link()}"))
    assert causes(gated) == ["no-fault-in-mail", "bot-or-gateway-hits"]
    assert causes(gated, symptom="wrong-contact")[0] == "bot-or-gateway-hits"
    assert causes(gated, symptom="open-missing")[0] == "no-fault-in-mail"


@pytest.mark.parametrize(
    ("url", "is_known"),
    [
        ("https://acme.example/x", True),
        ("https://shop.acme.example:8443/x", True),
        ("https://xacme.example/x", False),
        ("https://other.example/x", False),
        ("https://site.example/x", True),
        ("tel:112", True),
    ],
)
def test_the_host_of_a_link_may_be_the_senders_or_the_sites(url: str, is_known: bool) -> None:
    mail = sent(HEALTHY + anchor(url), From="News <news@ACME.example>")
    found = good(facts(mail, site_url="https://site.example"))
    assert ("no-wrapper" in found) == is_known


def test_a_script_in_braces_is_no_template() -> None:
    script = "<script>(function(w,d){w['MauticTrackingObject']=d;})(window,document);</script>"
    assert verdict(script) == ""
    assert verdict(f"{script}<p>Hello {{contactfield=firstname}}</p>") == "in-mail likely 0"
