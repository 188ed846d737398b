"""Each check beside what it looks at: one thing more or less, and what it says then.

A row has a cause, what its check says of the facts (how certain, and what shows it), and the
facts: pieces of evidence, `before` for the HTML before sending, and answers.
"""

from typing import NamedTuple

import pytest

from cases import mails
from cases.answers import place
from cases.mails import (
    AGENT,
    BULK,
    HASH,
    HEALTHY,
    OTHER_HASH,
    PROXY,
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
from snippets.catalogue import causes
from snippets.clickthrough import encode
from snippets.evidence.facts import Facts

MOST_SHOWN = 40  # characters of a quote without a line
OLD = anchor("https://a.example/?b=1&amp;c=2")
SHOP = anchor("https://shop.example/offer")
EXCLUDED = SHOP.replace("<a ", "<a mautic:disable-tracking ")
GIF = f"/email/{HASH}.gif"
LEAVE = f"/email/unsubscribe/{HASH}"
SIGNED = f"{LEAVE}/jo@client.example/{SIGNATURE}"
TEST_LINK = f"https://m.acme.example/email/unsubscribe/{TEST_HASH}"
TEST_SIGNED = f"{TEST_LINK}/jo@client.example/{SIGNATURE}"
VALIDATE = f"/email/validate/unsubscribe/{SIGNATURE}/{HASH}"
VIEW = f"/email/view/{HASH}"
BASE = "https://m.acme.example"
WRAPPED = "https://links.acme.example/ls/click?upn=u001.abc"
BRANDED = "https://r.acme.example/tr/cl/ab"
GATED = f"https://linkprotect.cudasvc.com/url?a={BASE}"
APPLE = "17.58.1.2"
LOCAL = link("http://localhost")
ERROR = "[2024-03-12 10:00:00] mautic.{}: {}\n"
LONG = "<p>" + "a" * 101_900
MUCH = "<p>" + "a" * 102_100
MISSED = "click-missing"


TINY = '<img src="{}" width="{}" height="{}">'
HEADERS = (
    "From: a@b.example\nTo: c@d.example\nSubject: x\nMessage-ID: <1@a.example>\n"
    "Precedence: Bulk\n\n"
)
DUMPED = f"> GET {GIF} HTTP/1.1\n< HTTP/1.1 200 OK\n< {{}}\n"
ASKED = f"> GET {click()} HTTP/1.1\n> Host: m\n> {{}}\n< HTTP/1.1 {{}} x\n"
NOT_TRACKED = access(click()).rstrip() + ' "DNT: 1"\n'
JSON = '{"x": 1, %s, "url": "%s", "status": 200}'
GLUED = "https://shop.example/?id=7?utm_source=x"
QUEUED = "'messenger_dsn_hit' => 'doctrine://default',"
FILED = message(page(SHOP)).replace("text/html;", "text/html; name=a.pdf;")
UNREAD = "Mautic 30 Sent 0 Read\nEmail read by Jo"
TOO_WIDE = page(
    '<a mautic:disable-tracking href="https://a.example/">' + anchor("https://a.example/b")
)
STOPPED = ERROR.format("ERROR", "MalformedUriException: x")
REFUSED = f"> GET {GIF} HTTP/1.1\n< HTTP/1.1 403 Forbidden\n< {{}}\n"
PLAIN = "From: a@b.example\nTo: c@d.example\nSubject: x\nX-EMAIL-ID: 1\n{}\nHello\n"
PIXEL_OFF = "'mailer_append_tracking_pixel' => 0,"
REPLY = message(
    "<p>away</p>",
    To="a+unsubscribe_65f0a1b2c3d4e512345678@acme.example",
    Auto_Submitted="Auto-Replied",
)
IPS = "'do_not_track_ips' => ['{}'],\n"
BOTS = "'do_not_track_bots' => ['{}'],\n"


class Row(NamedTuple):
    """A cause, what its check says, and of which facts."""

    cause: str
    says: str
    given: tuple[str, ...]
    before: str | None
    answers: dict[str, str]


def row(cause: str, says: str, *given: str, before: str | None = None, **answers: str) -> Row:
    """Return a row; keys of answers are written with `_`."""
    return Row(
        cause, says, given, before, {key.replace("_", "-"): said for key, said in answers.items()}
    )


def said(row: Row) -> str:
    """Return what the check of a cause says: how certain it is, and what of the facts shows it."""
    evidence = [(str(number), content) for number, content in enumerate(row.given)]
    [cause] = [cause for cause in causes() if cause.id == row.cause]
    found = cause.check(Facts.read(evidence, row.before, row.answers))
    if found is None:
        return "nothing"
    decided = [f"? {key}" for key in found.decided_by]
    shown = [place(quote)[:MOST_SHOWN] for quote in found.quotes]
    return " ".join([str(found.certainty), *shown, *decided])


def loop(seconds: int, rounds: int, status: int = 301, ip: str = "198.51.100.7") -> str:
    """Return a log in which an address is redirected to itself again and again."""
    every = [
        access(click(), round(seconds * n / (rounds - 1)), status, ip=ip) for n in range(rounds)
    ]
    return "".join(every)


def nginx(inside: str, ending: str = "jpg|gif") -> str:
    """Return a location of nginx for files by their ending."""
    return f"server {{\n  location ~* \\.({ending})$ {{\n    {inside}\n  }}\n}}\n"


def robots(count: int, status: int, others: int) -> str:
    """Return a log of so many pixels with a status, and so many that were answered."""
    bad = "".join(access(GIF, n, status) for n in range(count))
    return bad + "".join(access(GIF, 60 + n % 3000, 200) for n in range(others))


ROWS = [
    row("admin-logged-in", "likely logged-in", logged_in="yes"),
    row("admin-logged-in", "nothing", logged_in="no"),
    row("admin-logged-in", "sure logged-in", logged_in="yes", symptom="click-missing"),
    row("admin-logged-in", "sure logged-in", logged_in="yes", symptom="page-missing"),
    row("admin-logged-in", "likely logged-in", logged_in="yes", symptom="decision-missing"),
    row("admin-logged-in", "nothing", logged_in="yes", symptom="open-missing"),
    row("admin-logged-in", "nothing", logged_in="yes", symptom="too-many"),
    row("admin-logged-in", "nothing", logged_in="yes", symptom="unsubscribe-broken"),
    row(
        "admin-logged-in",
        "sure logged-in 0:1",
        BASE + VIEW,
        logged_in="yes",
        symptom="open-missing",
    ),
    row("admin-logged-in", "nothing", BASE + VIEW),
    row("ampersand-encoding", "sure before:3", page(anchor("https://a.example/?b=1&amp;amp;c"))),
    row("ampersand-encoding", "sure 0:1", "https://a.example/?b=1&%3Bc=2"),
    row("ampersand-encoding", "sure 0:1", "https://a.example/?b=1amp%3Bc=2"),
    row("ampersand-encoding", "sure 0:1", "https://a.example/?b=1&#038;c=2"),
    row("ampersand-encoding", "sure 0:1", "https://a.example/?amp;c=2"),
    row("ampersand-encoding", "sure 0:1", "https://a.example/?b&AMP;c=2", role="destination"),
    row("ampersand-encoding", "sure 0:1", "https://a.example/?b=1&amp;c", role="destination"),
    row("ampersand-encoding", "sure 0:1", "https://a.example/?b=1&amp;c", role="href"),
    row("ampersand-encoding", "nothing", "https://a.example/?b=1&amp;c"),
    row("ampersand-encoding", "nothing", "https://a.example/?b=1&amp;", role="href"),
    row("ampersand-encoding", "sure 0:3", sent(HEALTHY + anchor("https://a.example/?b&#38;c"))),
    row(
        "ampersand-encoding",
        "sure 0:3",
        sent(HEALTHY + anchor("https://a.example/?b&#38;c")),
        symptom="open-missing",
    ),
    row(
        "ampersand-encoding",
        "sure 0:3",
        sent(HEALTHY + anchor("https://a.example/?b&#38;c")),
        symptom="link-broken",
    ),
    row("ampersand-encoding", "possible 0:3 ? release", sent(HEALTHY + OLD)),
    row("ampersand-encoding", "possible 0:3 ? release", page(HEALTHY + OLD)),
    row("ampersand-encoding", "nothing", sent(HEALTHY + OLD), symptom="open-missing"),
    row(
        "ampersand-encoding",
        "possible 0:3 ? release",
        sent(HEALTHY + OLD),
        symptom="decision-missing",
    ),
    row("ampersand-encoding", "possible 0:3 ? release", sent(HEALTHY + OLD), symptom="link-broken"),
    row("ampersand-encoding", "nothing", sent(HEALTHY + OLD), release="7.0"),
    row("ampersand-encoding", "nothing", sent(HEALTHY + OLD), before=page(OLD)),
    row("ampersand-encoding", "nothing", sent(OLD + unsubscribe())),
    row("ampersand-encoding", "nothing", sent(HEALTHY + SHOP)),
    row("ampersand-encoding", "nothing", sent(anchor(link(value=ct(sent_time=1))) + OLD)),
    row("ampersand-encoding", "possible 0:3 ? release", sent(anchor(link(value="x")) + OLD)),
    row("apple-mail-privacy", "likely 0:1", access(GIF, agent="Mozilla/5.0"), symptom="too-many"),
    row("apple-mail-privacy", "possible 0:1", access(GIF, agent="Mozilla/5.0")),
    row("apple-mail-privacy", "possible 0:1", access(GIF, ip=APPLE)),
    row("apple-mail-privacy", "nothing", access(GIF, ip="18.58.1.2")),
    row("apple-mail-privacy", "nothing", access(GIF, ip="17.999.1.2")),
    row("apple-mail-privacy", "nothing", access(GIF, ip=APPLE), symptom="open-missing"),
    row("apple-mail-privacy", "nothing", access(click(), ip=APPLE), symptom="too-many"),
    row("apple-mail-privacy", "possible symptom", symptom="too-many"),
    row("apple-mail-privacy", "likely user-agent", symptom="too-many", user_agent="Mozilla/5.0"),
    row("apple-mail-privacy", "nothing", user_agent="Mozilla/5.0"),
    row(
        "apple-mail-privacy", "likely symptom too-many-of", symptom="too-many", too_many_of="opens"
    ),
    row("apple-mail-privacy", "nothing", symptom="too-many", too_many_of="clicks"),
    row("apple-mail-privacy", "nothing", symptom="too-many", clicks_counted="yes"),
    row("apple-mail-privacy", "nothing", symptom="too-many", links_replaced="yes"),
    row("apple-mail-privacy", "nothing", symptom="too-many", redirect_works="yes"),
    row("apple-mail-privacy", "nothing", symptom="too-many", user_agent="x/1"),
    row("apple-mail-privacy", "nothing", symptom="too-many", sent_via="outlook-plugin"),
    row("apple-mail-privacy", "possible symptom", symptom="too-many", sent_via="segment"),
    row("apple-mail-privacy", "nothing", page(SHOP), symptom="too-many"),
    row("apple-mail-privacy", "nothing", symptom="too-many", before=page(SHOP)),
    row(
        "attachment-not-tracked",
        "likely 'Content-Disposition: attachment; filena",
        FILED,
        symptom="decision-missing",
    ),
    row(
        "attachment-not-tracked",
        "possible 'Content-Disposition: attachment; filena",
        FILED,
        symptom="click-missing",
    ),
    row("attachment-not-tracked", "nothing", FILED, symptom="open-missing"),
    row(
        "attachment-not-tracked", "nothing", FILED, f"{BASE}/asset/1:x", symptom="decision-missing"
    ),
    row("blocked-fifteen-seconds", "likely 0:1 0:2", access(click(value="")) + access(click(), 15)),
    row("blocked-fifteen-seconds", "nothing", access(click(value="")) + access(click(), 16)),
    row("blocked-fifteen-seconds", "nothing", access(click()) + access(click(value=""), 5)),
    row("blocked-fifteen-seconds", "nothing", access(click()) + access(click(), 5)),
    row(
        "blocked-fifteen-seconds",
        "nothing",
        access(click(value="")) + access(click(), 5, ip="1.2.3.4"),
    ),
    row(
        "blocked-fifteen-seconds",
        "nothing",
        access(click(value="")) + access(click(), 5),
        release="5.2",
    ),
    row("blocked-fifteen-seconds", "nothing", access(GIF) + access(click(), 5)),
    row(
        "blocked-fifteen-seconds",
        "sure 0:1",
        f"> GET {click()} HTTP/1.1\n> Cookie: a=1; Blocked-Tracking=1\n",
        release="6.0",
    ),
    row(
        "blocked-fifteen-seconds",
        "nothing",
        f"> GET {GIF} HTTP/1.1\n> Cookie: Blocked-Tracking=1\n",
    ),
    row(
        "blocked-fifteen-seconds",
        "possible release logged-in",
        release="6.0",
        symptom="click-missing",
        logged_in="yes",
    ),
    row(
        "blocked-fifteen-seconds",
        "nothing",
        release="5.2",
        symptom="click-missing",
        logged_in="yes",
    ),
    row(
        "blocked-fifteen-seconds", "nothing", release="6.0", symptom="click-missing", logged_in="no"
    ),
    row(
        "blocked-fifteen-seconds", "nothing", release="6.0", symptom="page-missing", logged_in="yes"
    ),
    row("blocked-fifteen-seconds", "nothing", symptom="click-missing", logged_in="yes"),
    row("bot-or-gateway-hits", "likely 0:1", access(click(), agent="Chrome Edge/12.246")),
    row("bot-or-gateway-hits", "likely 0:1", access(click(), agent="bitlybot/3")),
    row("bot-or-gateway-hits", "nothing", access(click(), agent="Chrome")),
    row("bot-or-gateway-hits", "likely 0:1", link(value="LGb1BmtoamV8")),
    row("bot-or-gateway-hits", "nothing", link(value="YTox")),
    row("bot-or-gateway-hits", "likely 0:1", GATED),
    row("bot-or-gateway-hits", "possible 0:3", page(anchor(GATED))),
    row("bot-or-gateway-hits", "likely 0:3", page(anchor(GATED)), symptom="too-many"),
    row("bot-or-gateway-hits", "nothing", WRAPPED, symptom="too-many"),
    row("bot-or-gateway-hits", "possible symptom", symptom="too-many"),
    row("bot-or-gateway-hits", "nothing", symptom="too-many", sent_via="outlook-plugin"),
    row("bot-or-gateway-hits", "nothing", symptom="open-missing"),
    row("bot-or-gateway-hits", "likely user-agent", symptom="too-many", user_agent="MSNBOT"),
    row("bot-or-gateway-hits", "possible symptom", symptom="too-many", user_agent=AGENT),
    row("bot-or-gateway-hits", "likely 0:1", access(GIF, agent="MSNBOT"), symptom="too-many"),
    row("bot-or-gateway-hits", "possible 0:1", access(GIF, agent=PROXY), symptom="too-many"),
    row(
        "bot-or-gateway-hits",
        "possible 0:1",
        access(GIF, agent="YahooMailProxy; x"),
        symptom="too-many",
    ),
    row("bot-or-gateway-hits", "nothing", access(GIF), symptom="too-many"),
    row("bot-or-gateway-hits", "nothing", access(GIF, agent=PROXY)),
    row(
        "bot-or-gateway-hits",
        "likely 0:1",
        access(click(value=ct("0" * 22, sent_time=1710237600)), 10),
    ),
    row("bot-or-gateway-hits", "nothing", access(f"/email/65f027a0{'0' * 14}.gif", 5)),
    row(
        "bot-or-gateway-hits",
        "likely 0:1",
        access(f"/email/65f027a0{'0' * 14}.gif", 5),
        symptom="too-many",
    ),
    row("bot-or-gateway-hits", "nothing", access(f"/email/unsubscribe/65f027a0{'0' * 14}", 5)),
    row("campaign-decision", "possible symptom", symptom="decision-missing"),
    row(
        "campaign-decision",
        "likely symptom timeline-shows",
        symptom="decision-missing",
        timeline_shows="yes",
    ),
    row("campaign-decision", "nothing", symptom="decision-missing", timeline_shows="no"),
    row(
        "campaign-decision",
        "likely timeline-shows sent-via",
        symptom="click-missing",
        timeline_shows="yes",
        sent_via="campaign",
    ),
    row(
        "campaign-decision",
        "possible timeline-shows sent-via",
        symptom="open-missing",
        timeline_shows="yes",
        sent_via="campaign",
    ),
    row(
        "campaign-decision",
        "nothing",
        symptom="too-many",
        timeline_shows="yes",
        sent_via="campaign",
    ),
    row(
        "campaign-decision",
        "nothing",
        symptom="click-missing",
        timeline_shows="yes",
        sent_via="segment",
    ),
    row("campaign-decision", "nothing", symptom="click-missing", sent_via="campaign"),
    row(
        "campaign-decision",
        "likely timeline-shows",
        link(value=ct(source=["campaign.event", 1])),
        symptom="click-missing",
        timeline_shows="yes",
    ),
    row(
        "counter-version-bug",
        "likely 0:1 release",
        ERROR.format("ERROR", "getId() on a non-object in CampaignSubscriber.php"),
        release="2.0.0",
    ),
    row(
        "counter-version-bug",
        "likely 0:1",
        ERROR.format("ERROR", "getId() on null in CampaignSubscriber.php"),
    ),
    row("counter-version-bug", "sure 0:1 0:2 release", f"{UNREAD}\n{UNREAD}", release="5.1.0"),
    row("counter-version-bug", "likely 0:1 0:2 ? release", UNREAD),
    row("counter-version-bug", "likely 0:1 0:2 ? release", UNREAD, symptom="open-missing"),
    row("counter-version-bug", "nothing", UNREAD, symptom="click-missing"),
    row("counter-version-bug", "sure 0:1 0:2 release", UNREAD, release="5.1.0"),
    row("counter-version-bug", "nothing", UNREAD, release="5.2"),
    row("counter-version-bug", "nothing", UNREAD.partition("\n")[0]),
    row(
        "counter-version-bug",
        "likely 0:1 release",
        "30 sent 4 read, 5 unique clicks, says Mautic",
        release="5.1.0",
    ),
    row("counter-version-bug", "nothing", ERROR.format("ERROR", "getId() on null in Other.php")),
    row(
        "counter-version-bug",
        "nothing",
        ERROR.format("ERROR", "getId() on null in CampaignSubscriber.php"),
        sent_via="test",
    ),
    row("counter-version-bug", "likely 1:3", sent(anchor(link()) + pixel()), sent(SHOP + pixel())),
    row(
        "counter-version-bug",
        "sure 1:3",
        sent(anchor(link()) + pixel()),
        sent(SHOP + pixel()),
        release="1.2.0",
    ),
    row(
        "counter-version-bug",
        "nothing",
        sent(anchor(link()) + pixel()),
        sent(anchor("/x") + pixel()),
    ),
    row("counter-version-bug", "likely 1:3", page(anchor(link())), sent(SHOP + pixel())),
    row("counter-version-bug", "nothing", link(), sent(SHOP + pixel())),
    row("counter-version-bug", "likely 0:3 release", sent(SHOP + pixel()), release="1.2.0"),
    row("counter-version-bug", "nothing", sent(SHOP + pixel()), release="5.0.0"),
    row("counter-version-bug", "possible timeline-shows", timeline_shows="yes"),
    row("counter-version-bug", "nothing", timeline_shows="no"),
    row(
        "counter-version-bug", "likely timeline-shows", timeline_shows="yes", symptom="open-missing"
    ),
    row(
        "counter-version-bug",
        "possible timeline-shows",
        timeline_shows="yes",
        symptom="click-missing",
    ),
    row("counter-version-bug", "nothing", timeline_shows="yes", symptom="too-many"),
    row(
        "counter-version-bug",
        "sure timeline-shows release",
        timeline_shows="yes",
        symptom="open-missing",
        release="5.1.0",
    ),
    row(
        "counter-version-bug",
        "likely timeline-shows release",
        timeline_shows="yes",
        release="5.1.0",
    ),
    row(
        "counter-version-bug",
        "nothing",
        timeline_shows="yes",
        symptom="open-missing",
        release="5.2",
    ),
    row(
        "counter-version-bug",
        "possible timeline-shows release",
        timeline_shows="yes",
        symptom="open-missing",
        release="6.0.6",
    ),
    row("counter-version-bug", "nothing", timeline_shows="yes", release="6.0.6"),
    row(
        "counter-version-bug",
        "likely timeline-shows release",
        timeline_shows="yes",
        symptom="click-missing",
        release="6.0",
    ),
    row(
        "counter-version-bug",
        "nothing",
        timeline_shows="yes",
        symptom="click-missing",
        release="5.2",
    ),
    row("counter-version-bug", "nothing", timeline_shows="yes", sent_via="test"),
    row("ct-damaged", "sure 0:1", ERROR.format("ERROR", "Invalid clickthrough value: x")),
    row("ct-damaged", "sure 0:1", link(value="YTox")),
    row("ct-damaged", "sure 0:1", f"{link(value='YTox')}\n{link()}\n"),
    row("ct-damaged", "likely 0:1", f"{link(value='YTox')}\n{link()}\n{link(redirect='a' * 25)}\n"),
    row("ct-damaged", "nothing", link() + "&contact/"),
    row("ct-damaged", "likely 0:1", link(value="")),
    row("ct-damaged", "likely 0:1", link().partition("?")[0]),
    row("ct-damaged", "nothing", page(anchor(link().partition("?")[0]))),
    row("ct-damaged", "likely 0:3", sent(anchor(link().partition("?")[0]))),
    row(
        "ct-damaged", "nothing", "https://linkprotect.cudasvc.com/url?a=" + link().partition("?")[0]
    ),
    row("ct-damaged", "nothing", link()),
    row("ct-damaged", "nothing", f"{BASE}{GIF}?ct=YTox"),
    row(
        "ct-damaged",
        "nothing",
        "".join(access(click(f"{n:025x}", "YTox"), n) for n in range(3)),
    ),
    row("destination-broken", "nothing", link() + "&a=é"),
    row("destination-broken", "nothing", "https://linkprotect.cudasvc.com/url?a=shop.html"),
    row("destination-broken", "nothing", WRAPPED),
    row("destination-broken", "sure before:3", page(anchor("/shop"))),
    row("destination-broken", "sure before:3", page(anchor("https://shop .example/"))),
    row("destination-broken", "nothing", page(SHOP)),
    row(
        "destination-broken",
        "sure before:3",
        sent(anchor(link())),
        before=page(anchor("shop.html")),
    ),
    row("destination-broken", "nothing", sent(SHOP), before=page(anchor("shop.html"))),
    row("destination-broken", "sure 0:1", "shop.html"),
    row("destination-broken", "nothing", "shop.html", role="tracked"),
    row("destination-broken", "nothing", "shop.html", role="pixel"),
    row("destination-broken", "nothing", "shop.html", role="unsubscribe"),
    row("destination-broken", "sure 0:1", "shop.html", role="destination"),
    row("destination-broken", "sure 0:1", "https://a.example/#b?utm_source=x"),
    row("destination-broken", "sure 0:1", "https://a.example/#b?ct=x"),
    row("destination-broken", "nothing", "https://a.example/#b?x=y"),
    row("destination-broken", "nothing", "{token}"),
    row("destination-broken", "likely 0:1", f"https://shop.example/?ct={ct()}"),
    row(
        "destination-broken",
        "likely 0:1 release",
        f"https://shop.example/?ct={ct()}",
        release="5.2",
    ),
    row("destination-broken", "nothing", f"https://shop.example/?ct={ct()}", release="7.0"),
    row(
        "destination-broken", "nothing", f"https://shop.example/?ct={ct()}", symptom="open-missing"
    ),
    row(
        "destination-broken",
        "likely 0:1",
        f"https://shop.example/?ct={ct()}",
        symptom="link-broken",
    ),
    row("destination-broken", "nothing", "https://shop.example/?ct=x"),
    row(
        "destination-broken",
        "nothing",
        f"https://shop.example/?ct={ct()}",
        site_url="https://shop.example",
    ),
    row("destination-broken", "nothing", f"https://m.acme.example/page?ct={ct()}\n{link()}\n"),
    row("destination-broken", "likely 0:1", "https://a.example/b c", role="href"),
    row("destination-broken", "likely 0:1", "https://a.example/b c", role="destination"),
    row("destination-broken", "nothing", "https://a.example/b c"),
    row(
        "destination-broken",
        "sure 0:1 release",
        "https://a.example/b c",
        release="1.4",
        role="tracked",
    ),
    row("destination-broken", "nothing", "https://a.example/b c", release="7.0", role="href"),
    row("destination-broken", "sure 0:1 release", "https://a.example/?utm_source=é", release="1.4"),
    row("destination-broken", "nothing", "https://a.example/?utm_source=é", release="7.0"),
    row("destination-broken", "nothing", "https://a.example/?source=é", symptom="link-broken"),
    row(
        "destination-broken",
        "likely before:3",
        sent(anchor(link())),
        before=page(anchor("https://a.example/b c")),
        symptom="link-broken",
    ),
    row("destination-broken", "likely 0:1", access(f"/shop?ct={ct()}", status=400)),
    row("destination-broken", "nothing", access(f"/shop?ct={ct()}", status=399)),
    row("destination-broken", "nothing", access("/shop?utm_source=x", status=400)),
    row("destination-broken", "nothing", access(f"/shop?ct={ct()}", status=400), release="7.0"),
    row(
        "destination-broken",
        "likely 0:1 release",
        access(f"/shop?ct={ct()}", status=400),
        release="5.2",
    ),
    row("destination-broken", "possible 0:1", access(click(), status=404)),
    row("destination-broken", "likely 0:1", access(click(), status=404), symptom="click-missing"),
    row("destination-broken", "nothing", access(click(), status=403)),
    row("destination-broken", "nothing", access(GIF, status=404)),
    row("destination-broken", "nothing", access(click(), status=404) + ERROR.format("ERROR", "x")),
    row(
        "disable-tracking-attribute",
        "sure 0:3",
        page('<a mautic:disable:tracking href="x">'),
    ),
    row(
        "disable-tracking-attribute",
        "sure 0:3",
        page('<a data-mautic:disable-tracking href="x">'),
    ),
    row(
        "disable-tracking-attribute",
        "possible 0:3",
        page('<a mautic:disable:tracking href="x">'),
        symptom="click-missing",
    ),
    row(
        "disable-tracking-attribute",
        "sure 0:3",
        page('<a data-mautic-disable-tracking="1" href="x">'),
    ),
    row(
        "disable-tracking-attribute",
        "possible 0:3",
        page('<a data-mautic-disable-tracking="1" href="x">'),
        symptom="click-missing",
    ),
    row(
        "disable-tracking-attribute",
        "nothing",
        page('<a data-mautic-disable-tracking="true" href="https://a.example">'),
    ),
    row(
        "disable-tracking-attribute",
        "sure 0:3",
        page('<a data-mautic-disable-tracking="true" href="https://a.example">'),
        release="2.10",
    ),
    row(
        "disable-tracking-attribute",
        "nothing",
        page('<a data-mautic-disable-tracking="1" mautic:disable-tracking href="x">'),
    ),
    row(
        "disable-tracking-attribute",
        "sure 0:4",
        page('<a mautic:disable-tracking href="x">\n<a data-mautic-disable-tracking="1" href="y">'),
    ),
    row(
        "disable-tracking-attribute",
        "sure before:3",
        page('<a mautic:disable-tracking href="https://a.example/">')
        + anchor("https://a.example/b"),
    ),
    row(
        "disable-tracking-attribute",
        "sure before:3",
        sent(anchor(link())),
        before=page('<a mautic:disable-tracking href="https://a.example/">x</a>'),
    ),
    row(
        "disable-tracking-attribute",
        "nothing",
        sent(SHOP),
        before=page('<a mautic:disable-tracking href="https://a.example/">x</a>'),
    ),
    row("disable-tracking-attribute", "sure before:3", before=TOO_WIDE),
    row("disable-tracking-attribute", "sure before:3", sent(SHOP), before=TOO_WIDE),
    row("disable-tracking-attribute", "nothing", "the text mautic:disable:tracking alone"),
    row(
        "dynamic-content-click",
        "likely link-inside",
        link_inside="dynamic-content",
        symptom="click-missing",
    ),
    row("dynamic-content-click", "nothing", link_inside="dynamic-content"),
    row("dynamic-content-click", "nothing", link_inside="body", symptom="click-missing"),
    row("dynamic-content-click", "likely 0:1", link(value=encode({"email": None, "stat": None}))),
    row(
        "dynamic-content-click",
        "nothing",
        page(anchor(link(value=encode({"email": 0, "lead": 5})))),
    ),
    row(
        "dynamic-content-click",
        "likely 0:3",
        page(anchor(link(value=encode({"email": 0, "lead": 5})))),
        link_inside="dynamic-content",
    ),
    row(
        "dynamic-content-click",
        "likely 0:3",
        page(anchor(link()) + anchor(link(value=encode({"lead": 5}), redirect="a" * 25))),
    ),
    row("dynamic-content-click", "nothing", link(value=encode({"email": 1}))),
    row("dynamic-content-click", "nothing", link(value=encode({"stat": "x"}))),
    row(
        "esp-rewrap",
        "likely 0:3",
        sent(anchor("https://go.acme.example/x/Ab12cd34ef56gh78ij90") * 2),
    ),
    row("esp-rewrap", "sure 0:1", WRAPPED),
    row("esp-rewrap", "likely 0:1", BRANDED),
    row("esp-rewrap", "sure 0:1", f"https://x.awstrack.me/L0/{link()}/1/2"),
    row("esp-rewrap", "sure 0:3", sent(anchor(WRAPPED))),
    row("esp-rewrap", "likely 0:3", page(anchor(WRAPPED))),
    row("esp-rewrap", "possible 0:3", page(anchor(WRAPPED) + "{contactfield=firstname}")),
    row("esp-rewrap", "sure 0:5", f"  X-SG-EID: u001.x\n\n{page(anchor(WRAPPED))}"),
    row("esp-rewrap", "nothing", sent(f'<img src="{WRAPPED}">')),
    row("esp-rewrap", "possible 0:3", sent('<img src="https://r.acme.example/tr/op/x">')),
    row("esp-rewrap", "nothing", sent(anchor("https://r.acme.example/tr/op/x"))),
    row("esp-rewrap", "nothing", link("https://click.news.example"), from_domain="news.example"),
    row(
        "esp-rewrap",
        "possible 0:1",
        link("https://click.news.example"),
        from_domain="news.example",
        site_url=BASE,
    ),
    row(
        "esp-rewrap",
        "nothing",
        link("https://click.news.example"),
        from_domain="news.example",
        site_url="https://click.news.example",
    ),
    row("esp-rewrap", "nothing", link(), site_url=BASE),
    row("gmail-clipping", "nothing", sent(LONG + pixel())),
    row("gmail-clipping", "likely 0:3", sent(MUCH + pixel())),
    row("gmail-clipping", "nothing", sent(MUCH + pixel()), symptom="click-missing"),
    row(
        "gmail-clipping", "likely 0:3", sent("<p>" + "é" * 51_100 + pixel()), symptom="open-missing"
    ),
    row("gmail-clipping", "nothing", sent(pixel() + MUCH)),
    row("gmail-clipping", "nothing", sent(MUCH)),
    row("https-proxy-scheme", "sure 0:1", link("http://m.acme.example:443")),
    row("https-proxy-scheme", "sure 0:1", link("http://m.acme.example:8443")),
    row("https-proxy-scheme", "nothing", link("https://m.acme.example:8443")),
    row("https-proxy-scheme", "nothing", link("http://m.acme.example:80")),
    row("https-proxy-scheme", "sure 0:1 site-url", link("http://m.acme.example"), site_url=BASE),
    row(
        "https-proxy-scheme",
        "sure 0:1 site-url",
        link("http://m.acme.example"),
        site_url="HTTPS://m.acme.example",
    ),
    row(
        "https-proxy-scheme",
        "nothing",
        link("http://m.acme.example"),
        site_url="http://m.acme.example",
    ),
    row("https-proxy-scheme", "likely 0:1", f"{link('http://m.acme.example')}\n{BASE}/x\n"),
    row(
        "https-proxy-scheme",
        "nothing",
        f"{link('http://m.acme.example')}\nhttps://other.example/x\n",
    ),
    row("https-proxy-scheme", "likely 0:1 0:2 0:3 0:4", loop(10, 4)),
    row("https-proxy-scheme", "nothing", loop(11, 4)),
    row("https-proxy-scheme", "nothing", loop(3, 3)),
    row(
        "https-proxy-scheme",
        "likely 0:1 0:2 0:3 0:4 site-url",
        loop(3, 4, 308),
        proxy="yes",
        site_url=BASE,
    ),
    row("https-proxy-scheme", "nothing", loop(3, 4, 302)),
    row("https-proxy-scheme", "nothing", loop(3, 2) + loop(3, 2, ip="192.0.2.1")),
    row(
        "https-proxy-scheme",
        "likely 0:1",
        f"> GET {click()} HTTP/2\n> Host: m.acme.example\n< HTTP/2 301\n< Location: {link()}\n",
    ),
    row(
        "https-proxy-scheme",
        "nothing",
        f"> GET {click()} HTTP/2\n> Host: m.acme.example\n< HTTP/2 301\n< Location: {BASE}/x\n",
    ),
    row(
        "https-proxy-scheme",
        "nothing",
        f"> GET {click()} HTTP/2\n> Host: m.acme.example\n< HTTP/2 200\n< Location: {link()}\n",
    ),
    row("images-blocked", "sure images-loaded", images_loaded="no"),
    row("images-blocked", "sure images-loaded", images_loaded="no", symptom="open-missing"),
    row("images-blocked", "sure images-loaded", images_loaded="no", symptom="decision-missing"),
    row("images-blocked", "nothing", images_loaded="no", symptom="click-missing"),
    row("images-blocked", "nothing", symptom="open-missing", clicks_counted="yes"),
    row(
        "images-blocked",
        "likely clicks-counted",
        symptom="open-missing",
        clicks_counted="yes",
        pixel_present="yes",
    ),
    row(
        "images-blocked",
        "likely clicks-counted",
        BASE + GIF,
        symptom="open-missing",
        clicks_counted="yes",
    ),
    row(
        "images-blocked",
        "nothing",
        symptom="open-missing",
        clicks_counted="yes",
        pixel_present="yes",
        images_loaded="yes",
    ),
    row(
        "images-blocked",
        "nothing",
        symptom="open-missing",
        clicks_counted="yes",
        pixel_present="yes",
        user_agent="x",
    ),
    row(
        "images-blocked",
        "nothing",
        symptom="open-missing",
        clicks_counted="no",
        pixel_present="yes",
    ),
    row(
        "link-markup-not-matched",
        "nothing",
        page('<a data-href="https://b.example/" href="https://a.example/">'),
    ),
    row("link-markup-not-matched", "sure 0:3", sent(anchor("www.shop.example/x") + pixel())),
    row("link-markup-not-matched", "nothing", page("<a\nhref='https://a.example'>x</a>")),
    row("link-markup-not-matched", "sure before:3", page("<a href = 'https://a.example'>x</a>")),
    row(
        "link-markup-not-matched",
        "sure before:3",
        page("<a href=' https://a.example'>x</a>"),
        release="2.16",
    ),
    row(
        "link-markup-not-matched",
        "sure before:3",
        page("<a href='https://a.example/&eacute;'>x</a>"),
    ),
    row("link-markup-not-matched", "sure before:3", page(anchor("://a.example/"))),
    row("link-markup-not-matched", "nothing", page(anchor("://a.example/")), release="7.1"),
    row("link-markup-not-matched", "nothing", page(anchor("://a.example/")), symptom="send-failed"),
    row("link-markup-not-matched", "sure before:3", page(anchor("HTTPS://a.example/"))),
    row("link-markup-not-matched", "nothing", page(anchor("ws://a.example/"))),
    row("link-markup-not-matched", "sure 0:3", sent(HEALTHY + anchor("a.example/b"))),
    row("link-markup-not-matched", "nothing", sent(HEALTHY + anchor("https://a.example/b"))),
    row("link-markup-not-matched", "nothing", sent(HEALTHY + anchor("/b.html"))),
    row("link-markup-not-matched", "possible links-replaced", links_replaced="partly"),
    row(
        "link-markup-not-matched",
        "possible links-replaced release",
        links_replaced="partly",
        release="5.2",
    ),
    row(
        "link-markup-not-matched",
        "sure 0",
        sent(f"<a data-x-href='{link()}' href='https://a.example/'>x</a>"),
    ),
    row(
        "link-markup-not-matched",
        "nothing",
        sent(f"<a data-x-href='{link()}' href='{link()}'>x</a>"),
    ),
    row("link-markup-not-matched", "nothing", sent(f"<a data-x-href='{link()}'>x</a>")),
    row(
        "link-markup-not-matched",
        "nothing",
        sent(f"<a x-href='{link()}' href='https://a.example/'>x</a>"),
    ),
    row(
        "link-markup-not-matched",
        "sure before:3",
        sent(HEALTHY + "<!--[if mso]><v:rect href='https://a.example/'></v:rect><![endif]-->"),
    ),
    row(
        "link-markup-not-matched",
        "sure before:3",
        sent(HEALTHY + "<!--[if mso]><a href='https://a.example/'>x</a><![endif]-->"),
    ),
    row(
        "link-markup-not-matched",
        "nothing",
        sent(HEALTHY + "<!-- <a href='https://a.example/'>x</a> -->"),
    ),
    row(
        "link-markup-not-matched",
        "nothing",
        page(anchor("https://a.example/") + "<!--[if mso]><v:rect href='https://a.example/'>"),
    ),
    row(
        "link-markup-not-matched",
        "sure before:3",
        page(SHOP + "<!--[if mso]><v:rect href='https://a.example/'>"),
    ),
    row(
        "link-markup-not-matched",
        "nothing",
        message(page(SHOP + "<!--[if mso]><v:rect href='https://a.example/'>")),
    ),
    row("link-normalised", "possible before:3", page(anchor("https://a.example/b c"))),
    row("link-normalised", "sure before:3", page(anchor("https://a.example/b c")), release="7.1"),
    row("link-normalised", "likely before:3", page(anchor("https://a.example/\\")), release="7.1"),
    row("link-normalised", "nothing", page(anchor("https://a.example/b c")), release="7.0"),
    row(
        "link-normalised",
        "likely before:3",
        page(anchor("https://a.example/b c")),
        symptom="click-missing",
    ),
    row("link-normalised", "likely 0:3", sent(HEALTHY + anchor("https://a.example/b c"))),
    row(
        "link-normalised",
        "nothing",
        page(anchor("|URL|") + anchor("&#124;URL&#124;")),
        release="7.1",
    ),
    row("link-normalised", "possible 0:1", "https://a.example/b c", role="href"),
    row("link-normalised", "nothing", "https://a.example/b c", role="destination"),
    row("link-normalised", "nothing", 'https://a.example/b"c', role="href"),
    row("link-normalised", "nothing", "https://a.example/b", role="href"),
    row(
        "link-normalised",
        "sure before:3",
        page(f"é{anchor('https://a.example/b%20c')}"),
        release="7.1",
    ),
    row("link-normalised", "nothing", page(anchor("https://a.example/b%20c")), release="7.1"),
    row(
        "link-normalised", "possible links-replaced release", links_replaced="partly", release="7.1"
    ),
    row("link-normalised", "nothing", links_replaced="partly"),
    row("list-unsubscribe-header", "nothing", sent(HEALTHY)),
    row("list-unsubscribe-header", "nothing", page(HEALTHY)),
    row(
        "list-unsubscribe-header",
        "likely missing 'Precedence: Bulk'",
        message(page(HEALTHY), **BULK),
    ),
    row("list-unsubscribe-header", "nothing", message(page(HEALTHY), **BULK), release="2.13"),
    row(
        "list-unsubscribe-header",
        "likely missing 'Precedence: Bulk'",
        message(page(HEALTHY), **BULK),
        release="2.14",
    ),
    row("list-unsubscribe-header", "nothing", message(page(unsubscribe(stat=TEST_HASH)), **BULK)),
    row("list-unsubscribe-header", "nothing", message(page(SHOP), **BULK)),
    row("list-unsubscribe-header", "nothing", message(page(HEALTHY), X_EMAIL_ID="1")),
    row(
        "list-unsubscribe-header",
        "likely missing 'X-EMAIL-ID: 1' release",
        message(page(HEALTHY), X_EMAIL_ID="1"),
        symptom="unsubscribe-broken",
        release="5.2",
    ),
    row(
        "list-unsubscribe-header",
        "nothing",
        message(page(HEALTHY), X_EMAIL_ID="1"),
        symptom="unsubscribe-broken",
        release="4.4",
    ),
    *(
        row(
            "list-unsubscribe-header",
            says,
            message(page(HEALTHY)),
            symptom="unsubscribe-broken",
            sent_via=way,
        )
        for way, says in (
            *((name, "likely missing sent-via") for name in ("campaign", "api", "form-to-contact")),
            *((name, "likely missing sent-via") for name in ("point-trigger", "direct")),
            ("segment", "nothing"),
        )
    ),
    row(
        "list-unsubscribe-header",
        "sure 'List-Unsubscribe: <https://m.acme.examp",
        sent(HEALTHY, List_Unsubscribe=f"<{BASE}/email/unsubscribe/{OTHER_HASH}>"),
    ),
    row(
        "list-unsubscribe-header",
        "sure 'List-Unsubscribe: <https://m.acme.examp",
        sent(HEALTHY, List_Unsubscribe=f"<{BASE}{LEAVE}>, <{BASE}/email/unsubscribe/{OTHER_HASH}>"),
    ),
    row(
        "list-unsubscribe-header",
        "nothing",
        sent(HEALTHY, List_Unsubscribe=f"<mailto:a+unsubscribe_{HASH}@b.example>"),
    ),
    row(
        "list-unsubscribe-header",
        "sure 'List-Unsubscribe: <mailto:a+unsubscribe",
        sent(HEALTHY, List_Unsubscribe=f"<mailto:a+unsubscribe_{OTHER_HASH}@b.example>"),
    ),
    row(
        "list-unsubscribe-header",
        "sure 'List-Unsubscribe: <mailto:unsubscribe_6",
        sent(
            SHOP,
            List_Unsubscribe=f"<mailto:unsubscribe_{HASH}@b.c>, <mailto:unsubscribe_{OTHER_HASH}@b",
        ),
    ),
    row(
        "list-unsubscribe-header",
        "likely 'List-Unsubscribe: <https://esp.example/",
        sent(HEALTHY, List_Unsubscribe="<https://esp.example/u>"),
    ),
    row(
        "list-unsubscribe-header",
        "likely 'List-Unsubscribe: <https://esp.example/",
        sent(HEALTHY, List_Unsubscribe="<https://esp.example/u>"),
        symptom="unsubscribe-broken",
    ),
    row(
        "list-unsubscribe-header",
        "likely 'List-Unsubscribe: <https://esp.example/",
        message(page(HEALTHY), List_Unsubscribe="<https://esp.example/u>"),
    ),
    row(
        "list-unsubscribe-header",
        "possible 'List-Unsubscribe: <https://www.acme.exa",
        sent(HEALTHY, List_Unsubscribe="<https://www.acme.example/u>"),
    ),
    row(
        "list-unsubscribe-header", "nothing", sent(SHOP, List_Unsubscribe="<https://esp.example/u>")
    ),
    row(
        "list-unsubscribe-header",
        "possible 'List-Unsubscribe: <https://m.acme.examp",
        sent(HEALTHY),
        symptom="unsubscribe-broken",
    ),
    row(
        "list-unsubscribe-header",
        "likely 'List-Unsubscribe: <https://m.acme.examp release",
        sent(HEALTHY),
        symptom="unsubscribe-broken",
        release="4.0",
    ),
    row(
        "list-unsubscribe-header",
        "nothing",
        sent(HEALTHY),
        symptom="unsubscribe-broken",
        http_status="200",
    ),
    row(
        "list-unsubscribe-header",
        "nothing",
        sent(HEALTHY, List_Unsubscribe_Post="List-Unsubscribe=One-Click"),
        symptom="unsubscribe-broken",
    ),
    row(
        "list-unsubscribe-header",
        "nothing",
        sent(HEALTHY, List_Unsubscribe=f"<mailto:unsubscribe_{HASH}@b.example>"),
        symptom="unsubscribe-broken",
    ),
    *(
        row("list-unsubscribe-header", says, HEADERS, symptom="unsubscribe-broken", **answers)
        for says, answers in (
            ("possible missing 'Precedence: Bulk'", {}),
            ("likely missing 'Precedence: Bulk'", {"release": "5.2"}),
            ("possible missing 'Precedence: Bulk'", {"release": "2.13"}),
            ("possible missing 'Precedence: Bulk'", {"release": "5.2", "http_status": "404"}),
        )
    ),
    row("list-unsubscribe-header", "nothing", HEADERS),
    row("mailto-tracked", "possible before:3", page(anchor("mailto:jo@a.example"))),
    row("mailto-tracked", "nothing", page(anchor("MAILTO:jo@a.example"))),
    row(
        "mailto-tracked",
        "likely before:3",
        page(anchor("mailto:jo@a.example")),
        symptom="link-broken",
    ),
    row("mailto-tracked", "nothing", page(anchor("mailto:jo@a.example")), release="4.4"),
    row("mailto-tracked", "possible before:3", page(anchor("mailto:jo@a.example")), release="5.0"),
    row("mailto-tracked", "nothing", page(SHOP)),
    row(
        "mailto-tracked",
        "sure before:3",
        sent(anchor(link())),
        before=page(anchor("mailto:jo@a.example")),
    ),
    row("mailto-tracked", "nothing", sent(SHOP), before=page(anchor("mailto:jo@a.example"))),
    row("mailto-tracked", "sure 0:1", f"mailto:jo@a.example?ct={ct()}"),
    row("mailto-tracked", "nothing", "mailto:jo@a.example"),
    row(
        "mailto-tracked",
        "sure 0:2",
        f"$ curl -I {link()}\nHTTP/2 302\nLocation: mailto:jo@a.example\n",
    ),
    row("own-copy-opened", "likely sent-via", symptom="too-many", sent_via="outlook-plugin"),
    row("own-copy-opened", "nothing", sent_via="outlook-plugin"),
    row("own-copy-opened", "nothing", symptom="too-many", sent_via="segment"),
    row(
        "own-copy-opened",
        "likely 0:3",
        message(page("<img src='https://m.acme.example/plugin/outlook/tracking.gif?a'>")),
        symptom="too-many",
    ),
    row(
        "own-copy-opened",
        "likely 0:3",
        message(page("<img src='https://m.acme.example/plugin/outlook/tracking.gif'>")),
        symptom="too-many",
    ),
    row(
        "own-copy-opened",
        "nothing",
        message(page("<img src='https://m.acme.example/plugin/outlook/tracking.gifs'>")),
        symptom="too-many",
    ),
    row(
        "own-copy-opened",
        "nothing",
        message(page("<a href='https://m.acme.example/plugin/outlook/tracking.gif'>x</a>")),
        symptom="too-many",
    ),
    row(
        "own-copy-opened",
        "likely 'Delivered-To: <NEWS@acme.example>'",
        sent(HEALTHY, Delivered_To=" <NEWS@acme.example> "),
        symptom="too-many",
    ),
    row(
        "own-copy-opened",
        "nothing",
        sent(SHOP, Delivered_To="news@acme.example"),
        symptom="too-many",
    ),
    row("own-copy-opened", "nothing", sent(HEALTHY), symptom="too-many"),
    *(
        row("pixel-cached", "sure 0:3 0:1", DUMPED.format(header))
        for header in (
            *("CF-Cache-Status: HIT", "X-Cache: Hit from cloudfront", "X-Cache-Status: HIT"),
            *("X-Proxy-Cache: HIT", "X-Varnish-Cache: hit", "X-Varnish: 12 34"),
            *("Age: 7", "X-Cache-Hits: 1"),
        )
    ),
    *(
        row("pixel-cached", "nothing", DUMPED.format(header))
        for header in (
            *("CF-Cache-Status: MISS", "X-Cache: white", "X-Varnish: 12", "Age: 0"),
            *("X-Cache-Hits: 0", "Age: x", "Other: HIT", "Cache-Control: max-age=0"),
            *("Cache-Control: no-cache, max-age=10", "Cache-Control: private"),
        )
    ),
    row("pixel-cached", "likely 0:1", DUMPED.format("Cache-Control: max-age=10")),
    row("pixel-cached", "likely 0:1", DUMPED.format("Cache-Control: public, MAX-AGE=9")),
    row(
        "pixel-cached",
        "sure 0:3 0:4 0:1",
        DUMPED.format("Age: 7\n< X-Cache: HIT\n< X-Cache-Hits: 2"),
    ),
    row("pixel-cached", "nothing", DUMPED.replace(GIF, LEAVE).format("Age: 7")),
    row("pixel-cached", "sure 0:3 0:1", DUMPED.replace(GIF, "/mtc.js").format("Age: 7")),
    row("pixel-cached", "likely 0:1", access(GIF, status=304)),
    row("pixel-cached", "likely 0:1", access(click(), status=304)),
    row("pixel-cached", "nothing", access("/mtc.js", status=304)),
    row("pixel-cached", "nothing", access(LEAVE, status=304)),
    row("pixel-cached", "sure 0:1", access(GIF, status=200).replace('498 "-"', '498 "HIT"')),
    row("pixel-cached", "nothing", access(GIF, status=200).replace('498 "-"', '498 "HITS"')),
    row("pixel-cached", "sure 0:1", access(GIF, status=200).rstrip() + " HIT"),
    row("pixel-cached", "sure 0:1", access(GIF, status=200).rstrip() + ' "HIT"'),
    row("pixel-cached", "sure 0:1", access(GIF, status=200).rstrip() + " cache:HIT"),
    row("pixel-cached", "sure 0:1", access(GIF, status=200).rstrip() + " cache=hit "),
    row("pixel-cached", "nothing", access(GIF, status=200).rstrip() + " WHIT"),
    *(
        row("pixel-cached", says, JSON % (name, GIF))
        for name, says in (
            *((f'"{name}": "hit"', "sure 0:1") for name in ("CacheCacheStatus", "cache_status")),
            ('"x-edge-result-type":"Hit"', "sure 0:1"),
            ('"cache_status": "miss"', "nothing"),
            ('"status_of_cache": "hit"', "nothing"),
        )
    ),
    row("pixel-cached", "nothing", "HTTP/1.1 200 OK\nX-Cache: HIT\nServer: x\n"),
    row("pixel-cached", "likely 0:2", "HTTP/1.1 200 OK\nX-Cache: HIT\nServer: x\n", role="pixel"),
    row("pixel-cached", "likely 0:2", "HTTP/1.1 200 OK\nX-Cache: HIT\nServer: x\n", role="tracked"),
    row("pixel-cached", "nothing", "HTTP/1.1 200 OK\nX-Cache: HIT\nServer: x\n", role="href"),
    row(
        "pixel-cached",
        "likely 0:2",
        "HTTP/1.1 200 OK\nX-Cache: HIT\nContent-Type: Image/GIF\n",
        symptom="open-missing",
    ),
    row(
        "pixel-cached",
        "nothing",
        "HTTP/1.1 200 OK\nX-Cache: HIT\nContent-Type: image/gif\n",
        symptom="link-broken",
    ),
    row("pixel-hidden-or-altered", "likely 0:3", sent(pixel(style="style='display:none' "))),
    row("pixel-hidden-or-altered", "likely 0:3", sent(pixel(style="style='Visibility : hidden' "))),
    row("pixel-hidden-or-altered", "nothing", sent(pixel(style="style='display:block' "))),
    row("pixel-hidden-or-altered", "sure 0:3", sent(pixel() * 2)),
    row("pixel-hidden-or-altered", "possible 0:3", sent(pixel() * 2), symptom="open-missing"),
    row("pixel-hidden-or-altered", "sure 0:3", sent(pixel() * 2), symptom="too-many"),
    row("pixel-hidden-or-altered", "nothing", sent(pixel() + pixel(stat=OTHER_HASH))),
    row("pixel-hidden-or-altered", "nothing", sent(pixel()), sent(pixel())),
    row("pixel-hidden-or-altered", "nothing", f"{BASE}{GIF}\n{BASE}{GIF}\n"),
    row("pixel-hidden-or-altered", "sure 0", sent(f"<!-- {pixel()} -->")),
    row("pixel-hidden-or-altered", "nothing", sent(f"<!-- {pixel()} -->{pixel()}")),
    row("pixel-hidden-or-altered", "sure 0:3", sent(TINY.format("cid:x", 1, 1))),
    row("pixel-hidden-or-altered", "sure 0:3", sent(TINY.format("CID:x", "1px", "1px"))),
    row("pixel-hidden-or-altered", "nothing", sent(TINY.format("cid:x", 1, 2))),
    row("pixel-hidden-or-altered", "nothing", sent(TINY.format("cid:x", 2, 1))),
    row("pixel-hidden-or-altered", "nothing", sent(TINY.format("https://a.example/x.gif", 1, 1))),
    row("pixel-hidden-or-altered", "sure 0:3", sent(TINY.format("data:image/gif;base64,R", 1, 1))),
    row("pixel-hidden-or-altered", "nothing", message(page(TINY.format("data:image/gif,R", 1, 1)))),
    row("pixel-hidden-or-altered", "nothing", page(TINY.format("cid:x", 1, 1))),
    row("pixel-hidden-or-altered", "nothing", sent(TINY.format("cid:x", 1, 1) + pixel())),
    row("plain-text-part", "likely 0:1", f"{BASE}/x]", role="destination"),
    row("plain-text-part", "likely 0:1", f"{BASE}/x)", role="destination"),
    row("plain-text-part", "nothing", f"{BASE}/x", role="destination"),
    row("plain-text-part", "sure text", sent(HEALTHY, f"Hello [https://a.example/{link()[8:]} x")),
    row("plain-text-part", "sure text", sent(HEALTHY, f"Hello [{link().partition('?')[0]}")),
    row("plain-text-part", "nothing", sent(HEALTHY, f"Hello [{link().partition('?')[0]}]")),
    row("plain-text-part", "likely 0:2", sent(HEALTHY, f"{link()}\n{BASE}/page\n")),
    row("plain-text-part", "nothing", sent(HEALTHY, f"{link()}\nhttps://shop.example/page\n")),
    row("plain-text-part", "nothing", sent(HEALTHY, f"{BASE}/page\n")),
    row("plain-text-part", "likely 0:2", sent(SHOP, f"{link()}\n{BASE}/page\n")),
    row(
        "plain-text-part",
        "likely text:1 symptom",
        sent(HEALTHY, "1 <2> 3 https://a.example/"),
        symptom="link-broken",
    ),
    row("plain-text-part", "nothing", "Hello, see https://a.example/b(c) and more"),
    row("plain-text-part", "nothing", "Hello <b> see https://a.example/ and more"),
    row("plain-text-part", "likely text:1", "Hello, see https://exämple/ and more"),
    row("plain-text-part", "likely text:1", "Hello, see https://a.example/é and more"),
    row("preference-page-ignored", "likely 0", page('<div data-slot="segmentlist"></div>')),
    *(
        row("preference-page-ignored", "likely 0", page(f"<div>x {{{slot}}}</div>"))
        for slot in ("segmentlist", "categorylist", "preferredchannel", "channelfrequency")
    ),
    *(
        row("preference-page-ignored", "likely 0", page(f"<div data-slot='{slot}'>x y</div>"))
        for slot in ("SegmentList", "categorylist", "preferredchannel", "channelfrequency")
    ),
    row("preference-page-ignored", "nothing", page("{segmentlist}{saveprefsbutton} x")),
    row(
        "preference-page-ignored", "nothing", page("{segmentlist}<a data-slot='saveprefsbutton'> x")
    ),
    row("preference-page-ignored", "nothing", page("x {segmentlist}"), symptom="open-missing"),
    row(
        "preference-page-ignored", "likely 0", page("x {segmentlist}"), symptom="unsubscribe-broken"
    ),
    row(
        "preference-page-ignored",
        "possible http-status",
        symptom="unsubscribe-broken",
        http_status="200",
    ),
    row("preference-page-ignored", "nothing", symptom="unsubscribe-broken", http_status="404"),
    row("preference-page-ignored", "nothing", http_status="200"),
    row(
        "preference-page-ignored",
        "likely http-status unsubscribe-opened contact-exists",
        symptom="unsubscribe-broken",
        http_status="200",
        unsubscribe_opened="link",
        contact_exists="yes",
    ),
    row(
        "preference-page-ignored",
        "possible http-status unsubscribe-opened contact-exists",
        symptom="unsubscribe-broken",
        http_status="200",
        unsubscribe_opened="directly",
        contact_exists="yes",
    ),
    row(
        "preference-page-ignored",
        "possible unsubscribe-opened contact-exists",
        symptom="unsubscribe-broken",
        unsubscribe_opened="link",
        contact_exists="yes",
    ),
    row(
        "preference-page-ignored",
        "nothing",
        symptom="unsubscribe-broken",
        http_status="404",
        unsubscribe_opened="link",
        contact_exists="yes",
    ),
    row(
        "preference-page-ignored",
        "nothing",
        symptom="unsubscribe-broken",
        http_status="200",
        contact_exists="no",
    ),
    row(
        "preference-page-ignored",
        "nothing",
        symptom="unsubscribe-broken",
        http_status="200",
        role="pixel",
    ),
    row(
        "preference-page-ignored",
        "nothing",
        symptom="unsubscribe-broken",
        http_status="200",
        sent_via="direct",
    ),
    row(
        "preference-page-ignored",
        "possible http-status",
        symptom="unsubscribe-broken",
        http_status="200",
        sent_via="segment",
    ),
    row(
        "preference-page-ignored",
        "nothing",
        TEST_LINK,
        symptom="unsubscribe-broken",
        http_status="200",
    ),
    row(
        "preference-page-ignored",
        "possible http-status",
        BASE + LEAVE,
        symptom="unsubscribe-broken",
        http_status="200",
    ),
    row(
        "preference-page-ignored",
        "nothing",
        BASE + VALIDATE,
        symptom="unsubscribe-broken",
        http_status="200",
    ),
    row(
        "preference-page-ignored",
        "nothing",
        access(LEAVE, status=200),
        symptom="unsubscribe-broken",
        http_status="200",
    ),
    *(
        row("privacy-signal", says, ASKED.format(header, status), release=release)
        for says, header, status, release in (
            ("sure 0:1", "DNT: 1", 302, "7.1"),
            ("sure 0:1", "Sec-GPC: 1", 200, "7.1"),
            ("nothing", "DNT: 0", 302, "7.1"),
            ("nothing", "DNT: 1", 302, "7.0"),
            ("nothing", "DNT: 1", 404, "7.1"),
            ("likely 0:1", "Sec-Purpose: prefetch", 302, "7.1"),
            ("likely 0:1", "Purpose: prefetch", 302, "7.1"),
        )
    ),
    row("privacy-signal", "likely 0:1", access(click(), method="HEAD"), release="7.1"),
    row("privacy-signal", "likely 0:1", access(GIF, status=200, method="HEAD"), release="7.1"),
    row("privacy-signal", "nothing", access(LEAVE, status=200, method="HEAD"), release="7.1"),
    row("privacy-signal", "sure 0:1", NOT_TRACKED + access(GIF) * 1, release="7.1"),
    row("privacy-signal", "likely 0:1", NOT_TRACKED + access(GIF) * 2, release="7.1"),
    row("privacy-signal", "sure 0:1", NOT_TRACKED + access(LEAVE) * 2, release="7.1"),
    row("privacy-signal", "likely user-agent release", release="7.1", user_agent="x Brave/1"),
    row("privacy-signal", "likely user-agent release", release="7.1", user_agent="DuckDuckGo/1"),
    row("privacy-signal", "nothing", release="7.0", user_agent="x Brave/1"),
    row("privacy-signal", "possible release symptom", release="7.1", symptom="click-missing"),
    row(
        "privacy-signal",
        "likely release redirect-works logged-in",
        release="7.1",
        symptom="click-missing",
        redirect_works="yes",
        logged_in="no",
    ),
    row(
        "privacy-signal",
        "possible release symptom",
        release="7.1",
        symptom="click-missing",
        redirect_works="yes",
        logged_in="no",
        user_agent="x",
    ),
    row(
        "privacy-signal",
        "nothing",
        release="7.1",
        symptom="click-missing",
        redirect_works="yes",
        logged_in="no",
        timeline_shows="yes",
    ),
    row(
        "privacy-signal",
        "nothing",
        release="7.1",
        symptom="click-missing",
        redirect_works="no",
        logged_in="no",
    ),
    row("privacy-signal", "nothing", release="7.1", redirect_works="yes", logged_in="no"),
    row(
        "privacy-signal", "possible release symptom", link(), release="7.1", symptom="click-missing"
    ),
    row("privacy-signal", "nothing", link(value="x"), release="7.1", symptom="click-missing"),
    row("privacy-signal", "nothing", link(), access(GIF), release="7.1", symptom="click-missing"),
    row("query-glued", "likely 0:1", GLUED),
    row("query-glued", "sure 0:1 release", GLUED, role="destination", release="7.0"),
    *(row("query-glued", "nothing", GLUED, role=r) for r in ("href", "tracked", "pixel")),
    row("query-glued", "nothing", GLUED, role="unsubscribe"),
    row("query-glued", "likely 0:1", "https://shop.example/?id=7%3Fct%3Dx"),
    row("query-glued", "likely 0:1", "https://shop.example/?id=7?UTM_source=x"),
    row("query-glued", "nothing", "https://shop.example/?id=7&utm_source=x"),
    row("query-glued", "nothing", "https://shop.example/?id=7#a?utm_source=x"),
    row("query-glued", "nothing", "https://shop.example/?id=7?source=x"),
    row("query-glued", "nothing", link() + "&a=?utm_source=x"),
    row("query-glued", "nothing", GLUED, before=page(anchor(GLUED))),
    row("query-glued", "likely 0:1", GLUED, before=page(anchor("https://shop.example/?id=7"))),
    row(
        "query-glued",
        "likely 0:1",
        GLUED,
        before=page(anchor("https://other.example/?a?utm_source=x")),
    ),
    row("query-glued", "sure 0:2", f"$ curl -I {link()}\nHTTP/2 302\nLocation: {GLUED}\n"),
    row(
        "query-glued",
        "likely 0:1 release",
        access("/?id=7?utm_source=x", status=200),
        release="7.0",
    ),
    row("query-glued", "nothing", access("/?id=7&utm_source=x", status=200)),
    row("queue-not-consumed", "likely 0:2", "Transport Count\n hit   12  \n"),
    row("queue-not-consumed", "nothing", "Transport Count\n hit 0\n"),
    row("queue-not-consumed", "nothing", "Transport Count\n email 12\n"),
    row("queue-not-consumed", "nothing", "Count\n hit 12\n"),
    row("queue-not-consumed", "likely 0:1", '{"transports": {"hit": {"count": 12}}}'),
    row("queue-not-consumed", "nothing", '{"transports": {"hit": {"count": 0}}}'),
    row("queue-not-consumed", "nothing", queue="async"),
    row("queue-not-consumed", "likely queue", queue="async", symptom="open-missing"),
    row("queue-not-consumed", "nothing", queue="async", symptom="too-many"),
    row("queue-not-consumed", "nothing", queue="sync", symptom="open-missing"),
    row("queue-not-consumed", "sure queue consumer-running", queue="async", consumer_running="no"),
    row(
        "queue-not-consumed",
        "nothing",
        queue="async",
        consumer_running="yes",
        symptom="open-missing",
    ),
    row("queue-not-consumed", "possible 0:1", QUEUED),
    row("queue-not-consumed", "likely 0:1", QUEUED, symptom="open-missing"),
    row(
        "queue-not-consumed",
        "nothing",
        QUEUED,
        "* * * * * php bin/console messenger:consume email hit",
    ),
    row(
        "queue-not-consumed",
        "nothing",
        QUEUED,
        "* * * * * php bin/console messenger:consume email,hit",
    ),
    row(
        "queue-not-consumed", "nothing", QUEUED, "* * * * * php bin/console messenger:consume --all"
    ),
    row(
        "queue-not-consumed",
        "possible 0:1",
        QUEUED,
        "* * * * * php bin/console messenger:consume email",
    ),
    row(
        "queue-not-consumed",
        "possible 0:1",
        QUEUED,
        "* * * * * php messenger:consume email; echo hit",
    ),
    row("queue-not-consumed", "possible 0:1", QUEUED, message("<p>messenger:consume hit</p>")),
    *(
        row("schema-not-updated", says, ERROR.format(level, words), http_status=status)
        for says, level, words, status in (
            ("sure 0:1", "CRITICAL", "SQLSTATE[42S22]: x", "500"),
            ("sure 0:1", "CRITICAL", "SQLSTATE[42S02]: x", "503"),
            ("sure 0:1", "CRITICAL", "Unknown column 'a'", "500"),
            ("sure 0:1", "CRITICAL", "Base table or view not found", "500"),
            ("sure 0:1", "CRITICAL", "Table 'a.b' doesn't exist", "500"),
            ("sure 0:1", "CRITICAL", "InvalidFieldNameException", "500"),
            ("sure 0:1", "CRITICAL", "TableNotFoundException", "500"),
            ("likely 0:1", "CRITICAL", "SQLSTATE[42S22]: x", "404"),
            ("likely 0:1", "CRITICAL", "SQLSTATE[42000]: x", "500"),
            ("nothing", "CRITICAL", "SQLSTATE[42000]: x", "404"),
            ("possible 0:1", "CRITICAL", "it broke", "500"),
            ("nothing", "CRITICAL", "it broke", "404"),
            ("nothing", "ERROR", "it broke", "500"),
            ("nothing", "CRITICAL", "x() on null", "500"),
            ("nothing", "CRITICAL", "x() on a non-object", "500"),
            ("nothing", "CRITICAL", "MalformedUri", "500"),
            ("nothing", "CRITICAL", "Twig\\Error", "500"),
            ("nothing", "CRITICAL", "Unable to find template", "500"),
        )
    ),
    *(
        row("schema-not-updated", "possible 0:2", f"x\n[x] {name}.CRITICAL: y", http_status="500")
        for name in ("app", "request", "mautic")
    ),
    row(
        "schema-not-updated",
        "likely 0:1 0:2 0:3 0:4 0:5",
        ERROR.format("CRITICAL", "SQLSTATE[42S02]") * 7,
    ),
    row(
        "schema-not-updated",
        "sure 0:2",
        access(click(), status=500) + ERROR.format("CRITICAL", "SQLSTATE[42S02]"),
    ),
    row(
        "schema-not-updated",
        "likely 0:2",
        access(click(), status=499) + ERROR.format("CRITICAL", "SQLSTATE[42S02]"),
    ),
    *(
        row("send-context", says, sent_via=way, symptom=symptom)
        for says, way, symptom in (
            ("sure sent-via", "test", "open-missing"),
            ("sure sent-via", "test", "click-missing"),
            ("sure sent-via", "test", "decision-missing"),
            ("nothing", "test", "too-many"),
            ("likely sent-via", "direct", "click-missing"),
            ("possible sent-via", "direct", "unsubscribe-broken"),
            ("nothing", "direct", "link-broken"),
            ("nothing", "test", "unsubscribe-broken"),
            ("nothing", "segment", "click-missing"),
        )
    ),
    row("send-context", "sure sent-via", sent_via="test"),
    row("send-context", "likely sent-via", sent_via="direct"),
    row("send-context", "sure 'Subject: [TEST]'", mails.tested(SHOP)),
    row(
        "send-context",
        "sure 'Subject: [TEST]' 0:3",
        mails.tested(SHOP + unsubscribe(stat=TEST_HASH)),
    ),
    row("send-context", "nothing", mails.tested(SHOP, **BULK)),
    row("send-context", "likely 0:1", link(value=encode({"stat": HASH}))),
    row("send-context", "likely 0:1", link(value=encode({"stat": HASH})), symptom="open-missing"),
    row("send-context", "nothing", link(value=encode({"stat": HASH})), symptom="link-broken"),
    row("send-context", "nothing", link(value=encode({"stat": HASH, "email": 1}))),
    row("send-context", "nothing", link(value=encode({"lead": 1}))),
    row("send-context", "nothing", link(value=encode({"stat": HASH, "source": ["email", 1]}))),
    row("send-context", "likely 0:3", message(page(SHOP + unsubscribe(stat=TEST_HASH)))),
    row("send-context", "nothing", message(page(SHOP + unsubscribe()))),
    row("send-context", "nothing", message(page(unsubscribe(stat=TEST_HASH)))),
    row("send-context", "nothing", message(page(anchor("/x") + unsubscribe(stat=TEST_HASH)))),
    row("send-context", "nothing", message(page(SHOP + unsubscribe(stat=TEST_HASH) + pixel()))),
    row("send-context", "nothing", page(SHOP + unsubscribe(stat=TEST_HASH))),
    row("send-context", "possible 0:1", access(VIEW, status=404)),
    row("send-context", "nothing", access(VIEW, status=200)),
    row("send-context", "nothing", access(GIF, status=404)),
    row(
        "send-context",
        "likely 0:1",
        access(VIEW, status=404),
        sent_via="test",
        symptom="link-broken",
    ),
    row(
        "send-context",
        "possible 0:1",
        access(VIEW, status=404),
        sent_via="segment",
        symptom="link-broken",
    ),
    row("send-context", "possible 0:1", BASE + VIEW, http_status="404"),
    row("send-context", "nothing", BASE + VIEW, http_status="403"),
    row("send-context", "nothing", BASE + VIEW),
    row("send-context", "possible 1:1 0:1", BASE + VIEW, access(VIEW, status=404)),
    row("send-context", "nothing", BASE + VIEW, access(GIF, status=200), http_status="404"),
    row("send-stopped-by-link", "sure 0:1", STOPPED),
    row("send-stopped-by-link", "possible 0:1 release", STOPPED, release="7.0"),
    row("send-stopped-by-link", "sure 0:1", STOPPED, release="7.1"),
    row("send-stopped-by-link", "sure 0:1 1:3", STOPPED, page(anchor("://a.example/"))),
    row("send-stopped-by-link", "likely 0:3 ? release", page(anchor("://a.example/"))),
    row("send-stopped-by-link", "sure 0:3 release", page(anchor("://a.example/")), release="7.1"),
    row("send-stopped-by-link", "nothing", page(anchor("://a.example/")), release="7.0"),
    row(
        "send-stopped-by-link",
        "possible 0:3",
        page(anchor("://a.example/")),
        symptom="click-missing",
    ),
    row(
        "send-stopped-by-link",
        "likely 0:3 ? release",
        page(anchor("://a.example/")),
        symptom="send-failed",
    ),
    row(
        "send-stopped-by-link",
        "likely before:3 ? release",
        sent(SHOP),
        before=page(anchor("://a.example/")),
    ),
    row("send-stopped-by-link", "possible 0:3", sent(HEALTHY + anchor("://a.example/"))),
    row("send-stopped-by-link", "nothing", sent(HEALTHY + anchor("://a.example/")), release="7.1"),
    row(
        "send-stopped-by-link",
        "likely 0:3 ? release",
        sent(anchor("://a.example/")),
        symptom="send-failed",
    ),
    row("send-stopped-by-link", "nothing", sent(anchor("://a.example/")), symptom="link-broken"),
    row("send-stopped-by-link", "nothing", page(SHOP), release="7.1", symptom="send-failed"),
    row("send-stopped-by-link", "possible release", release="7.1", symptom="send-failed"),
    row("send-stopped-by-link", "nothing", release="7.1", symptom="open-missing"),
    row("send-stopped-by-link", "nothing", release="7.0", symptom="send-failed"),
    row("send-stopped-by-link", "nothing", symptom="send-failed"),
    row(
        "send-stopped-by-link",
        "nothing",
        release="7.1",
        symptom="send-failed",
        before=page(SHOP),
    ),
    *(
        row("server-blocks-tracking-url", says, access(path, status=status))
        for path, status, says in (
            *((GIF, status, "sure 0:1") for status in (400, 401, 403, 404, 405, 406, 429)),
            *((GIF, status, "likely 0:1") for status in (500, 503)),
            *((GIF, status, "nothing") for status in (200, 304, 399)),
            *((click(), status, "sure 0:1") for status in (401, 403, 405, 406, 429)),
            *((click(), status, "nothing") for status in (400, 404, 410, 499)),
            *((click(), status, "likely 0:1") for status in (500, 502)),
            *((LEAVE, status, "sure 0:1") for status in (401, 403, 429)),
            *((LEAVE, status, "nothing") for status in (400, 404, 500)),
            ("/mtc.js", 400, "sure 0:1"),
            (VIEW, 403, "nothing"),
        )
    ),
    row(
        "server-blocks-tracking-url",
        "likely 0:1 0:2",
        access(GIF, status=403) + access(click(), status=500),
    ),
    row(
        "server-blocks-tracking-url",
        "nothing",
        access(GIF, status=500) + ERROR.format("ERROR", "x"),
    ),
    row(
        "server-blocks-tracking-url",
        "sure 0:1",
        access(GIF, status=403) + ERROR.format("ERROR", "x"),
    ),
    row(
        "server-blocks-tracking-url",
        "nothing",
        "The site is currently offline due to encountering an error.",
        http_status="500",
    ),
    row("server-blocks-tracking-url", "likely 0:1", robots(1, 403, 19)),
    row("server-blocks-tracking-url", "possible 0:1", robots(1, 403, 20)),
    row("server-blocks-tracking-url", "possible 0:1 0:2", robots(2, 403, 39)),
    row("server-blocks-tracking-url", "likely 0:1 0:2 0:3", robots(3, 403, 56)),
    row(
        "server-blocks-tracking-url",
        "possible 0:401 0:402 0:403 0:404 0:405",
        access(GIF, status=200) * 400 + access(GIF, status=403) * 10,
    ),
    row(
        "server-blocks-tracking-url",
        "sure 0:401 0:402 0:403 0:404 0:405",
        access(GIF, status=200) * 400 + access(GIF, status=403) * 11,
    ),
    *(
        row("server-blocks-tracking-url", "sure 0:3 0:2 0:1", REFUSED.format(header))
        for header in (
            "cf-mitigated: challenge",
            "X-Amzn-Waf-Action: captcha",
            "x-sucuri-block: 1",
            "x-datadome: protected",
        )
    ),
    row("server-blocks-tracking-url", "sure 0:2 0:1", REFUSED.format("Server: cloudflare")),
    row("server-blocks-tracking-url", "sure 0:2 0:1", REFUSED.format("cf-mitigated:")),
    row("server-blocks-tracking-url", "likely 0:2", nginx("expires 30d;")),
    *(
        row("server-blocks-tracking-url", "nothing", nginx(inside))
        for inside in (
            *("try_files $uri /index.php;", "try_files $uri @mautic;", "fastcgi_pass x;"),
            *("proxy_pass http://x;", "error_page 404 /index.php;"),
        )
    ),
    row("server-blocks-tracking-url", "likely 0:2", nginx("try_files $uri =404;")),
    row("server-blocks-tracking-url", "nothing", nginx("expires 30d;", "jpg|png")),
    row("server-blocks-tracking-url", "nothing", nginx("expires 30d;", "jpg|giff")),
    row("server-blocks-tracking-url", "likely 0:2", nginx("if ($a) { x y; }\n expires 30d;")),
    row("server-blocks-tracking-url", "nothing", nginx("expires 30d;").replace("~*", "=")),
    row("server-blocks-tracking-url", "likely 0:2", nginx("expires 30d;").replace("~*", "~")),
    *(
        row("server-blocks-tracking-url", says, f"RewriteEngine On\n{rule}\n")
        for rule, says in (
            ("RewriteRule \\.(gif|png)$ - [L]", "likely 0:2"),
            ("  RewriteRule \\.gif$ - [F]", "likely 0:2"),
            ("RewriteRule \\.gif$ - [NC,L]", "likely 0:2"),
            ("RewriteRule \\.gif$ - [L,NC]", "likely 0:2"),
            ("RewriteRule \\.gif$ - [NC]", "nothing"),
            ("RewriteRule \\.gif$ /index.php [L]", "nothing"),
            ("RewriteRule \\.png$ - [L]", "nothing"),
            ("RewriteRule \\.gif$ - [LX]", "nothing"),
        )
    ),
    *(
        row("server-blocks-tracking-url", says, http_status=status, role=role)
        for says, status, role in (
            ("sure http-status", "403", "tracked"),
            ("sure http-status", "401", "pixel"),
            ("sure http-status", "404", "pixel"),
            ("likely http-status", "404", "tracked"),
            ("likely http-status", "500", "tracked"),
            ("nothing", "499", "tracked"),
            ("nothing", "200", "tracked"),
            ("nothing", "403", "unsubscribe"),
            ("nothing", "403", "destination"),
            ("nothing", "403", "href"),
        )
    ),
    row("server-blocks-tracking-url", "nothing", http_status="404"),
    row(
        "server-blocks-tracking-url", "sure http-status", http_status="404", symptom="open-missing"
    ),
    row("server-blocks-tracking-url", "sure http-status", BASE + GIF, http_status="404"),
    row("server-blocks-tracking-url", "nothing", BASE + LEAVE, http_status="403"),
    row("server-blocks-tracking-url", "sure http-status", link(), http_status="403"),
    row("server-blocks-tracking-url", "nothing", link(value="YTox"), http_status="403"),
    row("server-blocks-tracking-url", "nothing", access(GIF, status=200), http_status="403"),
    row("server-blocks-tracking-url", "nothing", ERROR.format("ERROR", "x"), http_status="500"),
    row("server-blocks-tracking-url", "likely 0:1", link("https://m.acme.example/")),
    row("server-blocks-tracking-url", "likely 0:1", f"{BASE}/{GIF}"),
    row("server-blocks-tracking-url", "likely 0:1", f"{BASE}/{LEAVE}"),
    row("server-blocks-tracking-url", "nothing", link() + "&a=//r/"),
    row(
        "shared-or-wrong-contact-link",
        "possible 'Subject: Fwd: x' ? symptom",
        sent(HEALTHY, Subject="Fwd: x"),
    ),
    row(
        "shared-or-wrong-contact-link",
        "possible 'Subject: Fwd: x'",
        sent(HEALTHY, Subject="Fwd: x"),
        symptom="too-many",
    ),
    row(
        "shared-or-wrong-contact-link",
        "nothing",
        sent(HEALTHY, Subject="Fwd: x"),
        symptom="link-broken",
    ),
    row(
        "shared-or-wrong-contact-link",
        "possible 'Subject: Fwd: x'",
        sent(HEALTHY, Subject="Fwd: x"),
        symptom="unsubscribed-unwillingly",
    ),
    row(
        "shared-or-wrong-contact-link",
        "sure 0:2 0:1",
        f"{BASE}{LEAVE}\n{BASE}/email/{OTHER_HASH}.gif\n",
        page(SHOP),
        symptom="wrong-contact",
    ),
    row("shared-or-wrong-contact-link", "nothing", sent(HEALTHY)),
    row(
        "shared-or-wrong-contact-link", "sure 0:3 0:3", sent(HEALTHY + unsubscribe(stat=OTHER_HASH))
    ),
    row(
        "shared-or-wrong-contact-link",
        "likely 0 0:3",
        sent(HEALTHY, List_Unsubscribe=f"<{BASE}/email/unsubscribe/{OTHER_HASH}>"),
    ),
    *(
        row(
            "shared-or-wrong-contact-link",
            "likely 0:3 0:3",
            sent(HEALTHY + unsubscribe(stat=OTHER_HASH), Subject=f"{prefix}: x"),
        )
        for prefix in ("Re", "AW", "SV", "Rép", "Fwd", "FW", "TR", "WG", "RV", "I", "ENC", "VS")
    ),
    *(
        row(
            "shared-or-wrong-contact-link",
            "sure 0:3 0:3",
            sent(HEALTHY + unsubscribe(stat=OTHER_HASH), Subject=f"{prefix}: x"),
        )
        for prefix in ("Spring", "Rest", "x Re")
    ),
    row(
        "shared-or-wrong-contact-link",
        "sure 1:3",
        sent(HEALTHY),
        sent(HEALTHY, To="other@client.example"),
    ),
    row("shared-or-wrong-contact-link", "nothing", sent(HEALTHY), sent(HEALTHY)),
    row(
        "shared-or-wrong-contact-link",
        "likely 1:3",
        sent(HEALTHY, Subject="Fwd: x"),
        sent(HEALTHY, To="other@client.example"),
    ),
    row(
        "shared-or-wrong-contact-link",
        "nothing",
        sent(HEALTHY),
        sent(SHOP, To="other@client.example"),
    ),
    row("shared-or-wrong-contact-link", "possible symptom", symptom="wrong-contact"),
    row("shared-or-wrong-contact-link", "nothing", symptom="too-many"),
    row("shared-or-wrong-contact-link", "possible symptom", sent(HEALTHY), symptom="wrong-contact"),
    *(
        row(
            "shared-or-wrong-contact-link",
            f"likely 'Subject: {prefix}: x'",
            sent(HEALTHY, Subject=f"{prefix}: x"),
            symptom="wrong-contact",
        )
        for prefix in ("Fw", "Fwd", "TR", "WG", "RV", "I", "ENC", "VS", "VB", "Doorst")
    ),
    row(
        "shared-or-wrong-contact-link", "nothing", f"{BASE}{LEAVE}\n{BASE}/email/{OTHER_HASH}.gif\n"
    ),
    row(
        "shared-or-wrong-contact-link",
        "likely 0:2 0:1",
        f"{BASE}{LEAVE}\n{BASE}/email/{OTHER_HASH}.gif\n",
        symptom="wrong-contact",
    ),
    row(
        "shared-or-wrong-contact-link",
        "nothing",
        f"{BASE}/email/{OTHER_HASH}.gif\n\n{sent(HEALTHY)}",
    ),
    row("shared-or-wrong-contact-link", "possible 0:3 ? symptom", page(SHOP + unsubscribe())),
    row(
        "shared-or-wrong-contact-link",
        "likely 0:3 ? symptom",
        page(SHOP + unsubscribe()),
        symptom="too-many",
    ),
    row(
        "shared-or-wrong-contact-link",
        "likely 0:3 ? symptom",
        page(SHOP + unsubscribe()),
        symptom="wrong-contact",
    ),
    row(
        "shared-or-wrong-contact-link",
        "nothing",
        page(SHOP + unsubscribe()),
        symptom="open-missing",
    ),
    row("shared-or-wrong-contact-link", "possible 0:3 ? symptom", page(SHOP + pixel())),
    row("shared-or-wrong-contact-link", "nothing", page(unsubscribe())),
    row("shared-or-wrong-contact-link", "nothing", page(SHOP + unsubscribe(stat=TEST_HASH))),
    row("shared-or-wrong-contact-link", "nothing", page(SHOP + HEALTHY)),
    row(
        "shared-or-wrong-contact-link",
        "nothing",
        page(SHOP + unsubscribe()),
        trackable_urls_disabled="yes",
    ),
    row("shared-or-wrong-contact-link", "sure 0:3", page(f"Hi {{contactfield=a}} {unsubscribe()}")),
    row("shared-or-wrong-contact-link", "sure 0:3", page(f"Hi {{subject}} {pixel()}")),
    row("shared-or-wrong-contact-link", "sure 0:3", page(anchor("{webview_url}") + unsubscribe())),
    row("shared-or-wrong-contact-link", "sure before:3", sent(HEALTHY), before=page(unsubscribe())),
    row("site-url-host", "nothing", sent(anchor(link("https://http://m.acme.example")))),
    row("site-url-host", "nothing", sent(anchor(link("http://https://m.acme.example")))),
    row("site-url-host", "sure 0:1", LOCAL),
    row("site-url-host", "nothing", link()),
    row("site-url-host", "likely 0:1", link("http://https://m.acme.example")),
    row("site-url-host", "sure site-url", link(), site_url="http://mautic"),
    row("site-url-host", "sure 0:1 site-url", link(), site_url="https://other.example"),
    row("site-url-host", "nothing", link(), site_url="https://M.acme.example:8443/"),
    row("site-url-host", "sure site-url", site_url="http://192.168.0.7"),
    row("site-url-host", "nothing", site_url=BASE),
    row("site-url-host", "likely 0:1", "http://mautic.local/x"),
    row("site-url-host", "nothing", "http://mautic.local/x", role="destination"),
    row("site-url-host", "likely 0:1", "http://mautic.local/x", role="href"),
    row("site-url-host", "nothing", "/r/x"),
    row("text-only-mail", "likely 'Content-Type: text/plain'", PLAIN.format("")),
    row(
        "text-only-mail",
        "sure 'Content-Type: text/plain'",
        PLAIN.format(""),
        symptom="open-missing",
    ),
    row(
        "text-only-mail",
        "sure 'Content-Type: TEXT/plain; x'",
        PLAIN.format("Content-Type: TEXT/plain; x\n"),
        symptom="open-missing",
    ),
    row("text-only-mail", "nothing", PLAIN.format("Content-Type: x/y\n"), symptom="open-missing"),
    row("text-only-mail", "nothing", PLAIN.format(""), symptom="click-missing"),
    row("text-only-mail", "nothing", PLAIN.format("").replace("X-EMAIL-ID", "X-A")),
    row("text-only-mail", "nothing", PLAIN.format("").replace("Hello", " ")),
    row("text-only-mail", "nothing", sent(HEALTHY)),
    row("token-in-link", "sure 0:3", sent(HEALTHY + anchor("https://a.example/{contactfield=x}"))),
    row("token-in-link", "sure 0:3", sent(HEALTHY + anchor("https://a.example/%7Bx%7D"))),
    row("token-in-link", "sure 0:3", sent(HEALTHY + anchor("https://a.example/%7Bx%3Dy%7d"))),
    row("token-in-link", "nothing", sent(HEALTHY + anchor("https://a.example/{1}"))),
    row("token-in-link", "nothing", sent(HEALTHY + anchor("https://a.example/{a b}"))),
    row("token-in-link", "nothing", sent(HEALTHY + anchor("{unsubscribe_url}"))),
    row("token-in-link", "nothing", sent(HEALTHY + anchor("{resubscribe_url}"))),
    row("token-in-link", "nothing", sent(HEALTHY + anchor("{dnc_url}"))),
    row("token-in-link", "likely 0:1", "https://a.example/{contactfield=x}"),
    row("token-in-link", "nothing", "https://a.example/{contactfield=x}", role="href"),
    row("token-in-link", "sure 0:1", "https://a.example/{other}", role="href"),
    row("token-in-link", "sure 0:1", "https://a.example/{contactfield=x}", role="destination"),
    row("token-in-link", "sure 0:1", "https://a.example/%7Bcontactfield=x%7D"),
    row("token-in-link", "sure 0:1", link() + "&a={x}"),
    *(
        row("token-in-link", "nothing", f"https://a.example/{{{token}}}", role="href")
        for token in (
            *("contactfield=x", "leadfield=x", "pagelink=1", "assetlink=1", "unsubscribe_url"),
            *("webview_url", "dnc_url", "resubscribe_url", "trackable=1", "tracking_pixel"),
            *("signature", "subject", "ownerfield=x", "brand=name", "ContactField=x"),
        )
    ),
    row("token-in-link", "sure 0:3", sent(anchor(link() + "jo@client.example") + pixel())),
    row("token-in-link", "nothing", sent(anchor(link() + "contact/") + pixel())),
    row(
        "token-in-link",
        "sure before:3",
        sent(anchor(link())),
        before=page(anchor("https://a.example/{other}")),
    ),
    row(
        "token-in-link",
        "nothing",
        sent(anchor(link())),
        before=page(anchor("https://a.example/{contactfield=x}")),
    ),
    row("token-in-link", "nothing", sent(SHOP), before=page(anchor("https://a.example/{other}"))),
    row("token-in-link", "sure 0:1", access("/shop?utm_source=x&a=%7Bx%7D", status=200)),
    row("token-in-link", "nothing", access("/shop?utm_source=x&a=x", status=200)),
    row("token-in-link", "sure before:3", page(anchor("https://{contactfield=x}"))),
    row("token-in-link", "nothing", page(anchor("{contactfield=x}"))),
    row("token-in-link", "likely before:3", page(anchor("{other}"))),
    row("token-in-link", "nothing", page(anchor("{pagelink=1}"))),
    row("tracking-setting-off", "sure trackable-urls-disabled", trackable_urls_disabled="yes"),
    row("tracking-setting-off", "nothing", trackable_urls_disabled="no"),
    row("tracking-setting-off", "nothing", trackable_urls_disabled="yes", symptom="open-missing"),
    row(
        "tracking-setting-off",
        "sure trackable-urls-disabled",
        trackable_urls_disabled="yes",
        symptom="click-missing",
    ),
    row("tracking-setting-off", "sure 0:1", PIXEL_OFF),
    row("tracking-setting-off", "nothing", PIXEL_OFF.replace("0", "1")),
    row("tracking-setting-off", "sure 0:1", PIXEL_OFF, symptom="open-missing"),
    row("tracking-setting-off", "nothing", PIXEL_OFF, symptom="click-missing"),
    row(
        "tracking-setting-off",
        "likely pixel-present",
        sent_via="segment",
        symptom="open-missing",
        pixel_present="no",
    ),
    row(
        "tracking-setting-off",
        "nothing",
        sent_via="test",
        symptom="open-missing",
        pixel_present="no",
    ),
    row("tracking-setting-off", "nothing", symptom="open-missing", pixel_present="no"),
    row("tracking-setting-off", "nothing", sent_via="segment", pixel_present="no"),
    row("tracking-setting-off", "possible links-replaced", sent_via="segment", links_replaced="no"),
    row("tracking-setting-off", "nothing", sent_via="test", links_replaced="no"),
    row("tracking-setting-off", "nothing", sent_via="outlook-plugin", links_replaced="no"),
    row("tracking-setting-off", "nothing", sent_via="segment", links_replaced="yes"),
    row("tracking-setting-off", "nothing", links_replaced="no"),
    row("tracking-setting-off", "likely 0:3", sent(SHOP + pixel())),
    row("tracking-setting-off", "nothing", sent(EXCLUDED + pixel())),
    row("tracking-setting-off", "nothing", sent(SHOP + pixel()), release="2.8"),
    row("tracking-setting-off", "likely 0:3", sent(SHOP + pixel()), release="2.9"),
    row("tracking-setting-off", "nothing", sent(SHOP + pixel()), symptom="open-missing"),
    row("tracking-setting-off", "likely 0:3", sent(SHOP), symptom="open-missing"),
    row("tracking-setting-off", "nothing", sent(HEALTHY + SHOP)),
    row("tracking-setting-off", "nothing", sent(SHOP + pixel(), Subject="[TEST] x")),
    row(
        "tracking-setting-off",
        "possible 0:3",
        sent(anchor("https://go.acme.example/x/Ab12cd34ef56gh78ij90") * 2 + pixel()),
    ),
    row(
        "tracking-setting-off",
        "likely missing 'X-EMAIL-ID: 12' 'Precedence: Bulk'",
        sent(anchor(link()) + unsubscribe()),
    ),
    row("tracking-setting-off", "nothing", sent(anchor(link())), symptom="click-missing"),
    row("tracking-setting-off", "nothing", sent(anchor(link()) + f"<!-- {pixel()} -->")),
    row("tracking-setting-off", "nothing", sent(anchor(link()) + TINY.format("cid:x", 1, 1))),
    row(
        "tracking-setting-off",
        "nothing",
        sent(anchor(link()) + TINY.format("data:image/gif;base64,R0lGODlhAQABAAD", 1, 1)),
    ),
    row("tracking-setting-off", "nothing", message(anchor(link()), **BULK)),
    row("tracking-setting-off", "nothing", page(anchor(link()))),
    row("unsubscribe-by-machine", "likely 0:1", access(LEAVE, method="HEAD")),
    row("unsubscribe-by-machine", "likely 0:1", access(LEAVE, method="HEAD", status=399)),
    row("unsubscribe-by-machine", "nothing", access(LEAVE, method="HEAD", status=400)),
    row(
        "unsubscribe-by-machine", "sure 0:1", access(LEAVE, method="HEAD"), symptom="wrong-contact"
    ),
    row(
        "unsubscribe-by-machine", "likely 0:1", access(LEAVE, method="HEAD"), symptom="open-missing"
    ),
    row("unsubscribe-by-machine", "nothing", access(LEAVE, method="HEAD"), release="7.2"),
    row("unsubscribe-by-machine", "likely 0:1", access(LEAVE, method="HEAD"), release="7.1"),
    row(
        "unsubscribe-by-machine",
        "nothing",
        access(LEAVE, method="HEAD"),
        "'show_contact_preferences' => 1,",
    ),
    row("unsubscribe-by-machine", "nothing", access(GIF, method="HEAD")),
    row("unsubscribe-by-machine", "nothing", access(LEAVE)),
    row(
        "unsubscribe-by-machine", "likely 0:1", access(f"/email/unsubscribe/65f027a0{'0' * 14}", 5)
    ),
    row(
        "unsubscribe-by-machine",
        "likely 0:1 0:2 0:3",
        "".join(access(f"/email/unsubscribe/{n:022x}", n) for n in range(3)),
    ),
    row(
        "unsubscribe-by-machine",
        "likely 0:2",
        access(click(), 0) + access(LEAVE, 50) + access(click("a" * 25), 110),
    ),
    row(
        "unsubscribe-by-machine",
        "likely 0:2",
        access(click(), 0) + access(LEAVE, 9) + access(click("a" * 25), 10),
    ),
    row(
        "unsubscribe-by-machine",
        "likely 0:1",
        f"{GATED}{LEAVE}",
        symptom="unsubscribed-unwillingly",
    ),
    row("unsubscribe-by-machine", "likely 0:1", f"{GATED}{LEAVE}", symptom="unsubscribe-broken"),
    row("unsubscribe-by-machine", "nothing", f"{GATED}{LEAVE}"),
    row("unsubscribe-by-machine", "nothing", BASE + LEAVE, symptom="unsubscribe-broken"),
    row("unsubscribe-by-machine", "possible symptom", symptom="unsubscribed-unwillingly"),
    row(
        "unsubscribe-by-machine",
        "sure 'Auto-Submitted: Auto-Replied'",
        REPLY,
        symptom="unsubscribed-unwillingly",
    ),
    row("unsubscribe-by-machine", "likely 'Auto-Submitted: Auto-Replied'", REPLY),
    row(
        "unsubscribe-confirmation",
        "nothing",
        access(GIF, status=404),
        symptom="unsubscribe-broken",
        release="7.2",
    ),
    row("unsubscribe-confirmation", "likely 0:1", BASE + VALIDATE),
    row("unsubscribe-confirmation", "sure 0:1", BASE + VALIDATE, symptom="unsubscribe-broken"),
    row("unsubscribe-confirmation", "nothing", BASE + VALIDATE, symptom="open-missing"),
    row(
        "unsubscribe-confirmation", "sure 0:1", access(VALIDATE, status=200), symptom="link-broken"
    ),
    row("unsubscribe-confirmation", "nothing", access(VALIDATE, status=400), symptom="link-broken"),
    row("unsubscribe-confirmation", "nothing", access(VALIDATE, status=200)),
    row("unsubscribe-confirmation", "nothing", sent(anchor(BASE + VALIDATE))),
    row(
        "unsubscribe-confirmation",
        "possible 0:1 release http-status",
        BASE + LEAVE,
        symptom="unsubscribe-broken",
        http_status="404",
        release="7.2",
    ),
    row(
        "unsubscribe-confirmation",
        "nothing",
        BASE + LEAVE,
        symptom="unsubscribe-broken",
        http_status="404",
        release="7.1",
    ),
    row(
        "unsubscribe-confirmation",
        "nothing",
        BASE + LEAVE,
        symptom="unsubscribe-broken",
        http_status="403",
        release="7.2",
    ),
    row(
        "unsubscribe-confirmation",
        "nothing",
        BASE + SIGNED,
        symptom="unsubscribe-broken",
        http_status="404",
        release="7.2",
    ),
    row(
        "unsubscribe-confirmation",
        "possible release",
        access(LEAVE, status=404),
        symptom="unsubscribe-broken",
        release="7.2",
    ),
    row(
        "unsubscribe-confirmation",
        "nothing",
        access(SIGNED, status=404),
        symptom="unsubscribe-broken",
        release="7.2",
    ),
    row(
        "unsubscribe-confirmation",
        "nothing",
        BASE + LEAVE,
        access(LEAVE, status=200),
        symptom="unsubscribe-broken",
        http_status="404",
        release="7.2",
    ),
    row(
        "unsubscribe-live-in-test",
        "sure sent-via release",
        sent_via="test-contact",
        symptom="unsubscribed-unwillingly",
        release="7.1",
    ),
    row(
        "unsubscribe-live-in-test",
        "nothing",
        sent_via="test-contact",
        symptom="open-missing",
        release="7.1",
    ),
    row("unsubscribe-live-in-test", "nothing", sent_via="test", symptom="unsubscribed-unwillingly"),
    row("unsubscribe-live-in-test", "sure 0:1", TEST_SIGNED),
    row("unsubscribe-live-in-test", "nothing", TEST_LINK),
    row("unsubscribe-live-in-test", "nothing", BASE + SIGNED),
    row("unsubscribe-live-in-test", "sure 0:3", message(page(SHOP + anchor(TEST_SIGNED)))),
    row("unsubscribe-live-in-test", "nothing", message(page(SHOP + anchor(BASE + SIGNED)))),
    row("unsubscribe-live-in-test", "sure 0:3", mails.tested(SHOP + anchor(BASE + SIGNED))),
    row("unsubscribe-live-in-test", "nothing", mails.tested(HEALTHY + anchor(BASE + SIGNED))),
    row("unsubscribe-live-in-test", "sure 0:1", message(page(SHOP), "x " + TEST_SIGNED)),
    row("unsubscribe-no-contact", "likely 0:1", "Record not found."),
    row("unsubscribe-no-contact", "likely 0:1", "Record not found.", symptom="unsubscribe-broken"),
    row("unsubscribe-no-contact", "nothing", "Record not found.", symptom="open-missing"),
    row("unsubscribe-no-contact", "likely 0:1", TEST_LINK),
    row("unsubscribe-no-contact", "likely 0:1", TEST_LINK, symptom="unsubscribe-broken"),
    row(
        "unsubscribe-no-contact",
        "sure 0:1",
        TEST_LINK,
        symptom="unsubscribe-broken",
        release="2.14",
    ),
    row(
        "unsubscribe-no-contact",
        "likely 0:1",
        TEST_LINK,
        symptom="unsubscribe-broken",
        release="2.13",
    ),
    row("unsubscribe-no-contact", "nothing", BASE + LEAVE, symptom="unsubscribe-broken"),
    row("unsubscribe-no-contact", "sure 0:3", mails.tested(anchor(TEST_LINK))),
    row("unsubscribe-no-contact", "likely 0:3", mails.tested(SHOP + anchor(TEST_LINK))),
    row(
        "unsubscribe-no-contact",
        "sure 0:3",
        mails.tested(SHOP + anchor(TEST_LINK)),
        symptom="unsubscribe-broken",
    ),
    row("unsubscribe-no-contact", "nothing", message(page(SHOP + anchor(TEST_LINK)))),
    row(
        "unsubscribe-no-contact",
        "nothing",
        sent(SHOP + anchor(TEST_LINK)),
        symptom="unsubscribe-broken",
    ),
    row(
        "unsubscribe-no-contact",
        "sure sent-via symptom",
        sent_via="test",
        symptom="unsubscribe-broken",
    ),
    row("unsubscribe-no-contact", "nothing", sent_via="test"),
    row("unsubscribe-no-contact", "nothing", sent_via="segment", symptom="unsubscribe-broken"),
    *(
        row("unsubscribe-server-error", says, access(LEAVE, status=status))
        for status, says in (
            *((status, "likely 0:1") for status in (404, 410, 501, 503)),
            *((status, "possible 0:1") for status in (400, 403, 499)),
            (500, "sure 0:1"),
            (399, "nothing"),
        )
    ),
    row(
        "unsubscribe-server-error",
        "likely 0:1 0:2",
        access(LEAVE, status=403) + access(SIGNED, status=404),
    ),
    row(
        "unsubscribe-server-error",
        "sure 0:1 0:2",
        access(LEAVE, status=404) + access(SIGNED, status=500),
    ),
    row(
        "unsubscribe-server-error", "nothing", access(f"/email/unsubscribe/{TEST_HASH}", status=500)
    ),
    row("unsubscribe-server-error", "nothing", access(GIF, status=500)),
    *(
        row("unsubscribe-server-error", says, BASE + LEAVE, **answers)
        for says, answers in (
            ("sure http-status", {"http_status": "500"}),
            ("likely http-status", {"http_status": "499"}),
            ("likely http-status", {"http_status": "400"}),
            ("nothing", {"http_status": "399"}),
            ("sure http-status contact-exists", {"http_status": "400", "contact_exists": "no"}),
            ("likely contact-exists", {"contact_exists": "no"}),
            ("nothing", {"contact_exists": "yes"}),
            ("likely unsubscribe-opened", {"unsubscribe_opened": "directly"}),
            ("nothing", {"unsubscribe_opened": "link"}),
            ("nothing", {}),
        )
    ),
    row("unsubscribe-server-error", "nothing", http_status="500"),
    row("unsubscribe-server-error", "sure http-status", http_status="500", role="unsubscribe"),
    row(
        "unsubscribe-server-error",
        "sure http-status",
        http_status="500",
        symptom="unsubscribe-broken",
    ),
    row("unsubscribe-server-error", "nothing", sent(HEALTHY), http_status="500"),
    row(
        "unsubscribe-server-error",
        "nothing",
        BASE + LEAVE,
        access(GIF, status=200),
        http_status="500",
    ),
    row("unsubscribe-token-broken", "possible 0", page("<p>|URL| x</p>")),
    row(
        "unsubscribe-token-broken",
        "likely 0:1",
        "'unsubscribe_text' => '<a href=\"| URL |\">x</a>',",
    ),
    row(
        "unsubscribe-token-broken", "likely 0:1", "'webview_text' => '<a href=\"%7CURL%7C\">x</a>',"
    ),
    row("unsubscribe-token-broken", "nothing", "'unsubscribe_text' => '<a href=\"|URL|\">x</a>',"),
    row("unsubscribe-token-broken", "sure 0:1", f"{BASE}/email/unsubscribe"),
    row(
        "unsubscribe-token-broken", "sure 0:1", f"{BASE}/email/unsubscribe", symptom="open-missing"
    ),
    row("unsubscribe-token-broken", "sure 0:3 before:3", page(anchor(f"{BASE}/email/unsubscribe"))),
    row("unsubscribe-token-broken", "sure 0:1", access("/email/unsubscribe")),
    row(
        "unsubscribe-token-broken", "sure 0:1", access("/email/unsubscribe"), symptom="link-broken"
    ),
    row(
        "unsubscribe-token-broken", "nothing", access("/email/unsubscribe"), symptom="open-missing"
    ),
    row("url-prefix-overlap", "sure 0:1", link() + "/contact/"),
    row("url-prefix-overlap", "sure 0:1", link() + "&contact/"),
    row("url-prefix-overlap", "nothing", link() + "jo@client.example"),
    row("url-prefix-overlap", "sure 0:1", link() + "&%40"),
    row("url-prefix-overlap", "sure 0", sent(f"<link href='{link()}'>{HEALTHY}")),
    row("url-prefix-overlap", "sure 0", sent(f"<base href='{link()}'>{HEALTHY}")),
    row("url-prefix-overlap", "nothing", sent(f"<link href='https://a.example'>{HEALTHY}")),
    row("url-prefix-overlap", "nothing", sent(f"<meta href='{link()}'>{HEALTHY}")),
    row(
        "url-prefix-overlap",
        "nothing",
        page(anchor("https://a.example/") + anchor("https://a.example/b")),
        release="2.16",
    ),
    row("url-prefix-overlap", "nothing", page(anchor("https://a.example/")), release="2.16"),
    *(
        row("valid-hits-filtered", says, user_agent="MSNBOT", **answers)
        for says, answers in (
            ("sure user-agent", {}),
            ("sure user-agent", {"symptom": "click-missing"}),
            ("nothing", {"symptom": "open-missing"}),
            ("sure user-agent release", {"symptom": "open-missing", "release": "6.0"}),
            ("nothing", {"symptom": "open-missing", "release": "5.2"}),
            ("nothing", {"symptom": "open-missing", "release": "6.0", "queue": "async"}),
            ("nothing", {"symptom": "too-many"}),
            ("nothing", {"symptom": "link-broken"}),
        )
    ),
    row(
        "valid-hits-filtered",
        "likely 0:1 ? client-ip",
        IPS.format("10.0.0.*"),
        symptom="click-missing",
    ),
    row(
        "valid-hits-filtered",
        "possible 0:1 ? client-ip",
        IPS.format("office"),
        symptom="click-missing",
    ),
    row("valid-hits-filtered", "nothing", user_agent=AGENT, symptom="click-missing"),
    row(
        "valid-hits-filtered",
        "sure user-agent release",
        user_agent=PROXY,
        symptom="open-missing",
        release="7.1",
    ),
    row("valid-hits-filtered", "nothing", user_agent=PROXY, symptom="open-missing", release="7.0"),
    row("valid-hits-filtered", "sure 0:1", access(GIF, status=200, agent=PROXY), release="7.1"),
    row("valid-hits-filtered", "possible 0:1 ? release", access(GIF, status=200, agent=PROXY)),
    row("valid-hits-filtered", "nothing", access(GIF, status=404, agent=PROXY)),
    row("valid-hits-filtered", "nothing", access(click(), agent=PROXY)),
    row(
        "valid-hits-filtered",
        "possible 0:1 ? release",
        access(GIF, status=200, agent=PROXY),
        symptom="open-missing",
    ),
    row(
        "valid-hits-filtered",
        "nothing",
        access(GIF, status=200, agent=PROXY),
        symptom="click-missing",
    ),
    row("valid-hits-filtered", "nothing", access(GIF, status=200, agent=PROXY), queue="async"),
    row(
        "valid-hits-filtered",
        "possible 0:1 ? release",
        access(GIF, status=200, agent="YahooMailProxy; x"),
    ),
    row("valid-hits-filtered", "likely 0:1", access(click(), agent="MSNBOT")),
    row("valid-hits-filtered", "likely 0:1", access(click(), agent="MSNBOT"), symptom=MISSED),
    row("valid-hits-filtered", "nothing", access(click(), agent="MSNBOT") + access(click())),
    row(
        "valid-hits-filtered",
        "likely 0:1",
        "".join(access(click(), n, ip="10.0.0.5") for n in range(3)),
    ),
    row(
        "valid-hits-filtered",
        "nothing",
        "".join(access(click(), n, ip="10.0.0.5") for n in range(2)),
    ),
    row(
        "valid-hits-filtered",
        "nothing",
        "".join(access(click(), n, ip="8.8.8.8") for n in range(3)),
    ),
    row(
        "valid-hits-filtered",
        "nothing",
        "".join(access(click(), n, ip=f"10.0.0.{n}") for n in range(3)),
    ),
    row(
        "valid-hits-filtered",
        "likely 0:1",
        "".join(access(click(), n, ip="10.0.0.5" if n < 3 else "-") for n in range(4)),
    ),
    row("valid-hits-filtered", "likely client-ip", client_ip="10.0.0.5"),
    row(
        "valid-hits-filtered",
        "likely client-ip proxy",
        client_ip="10.0.0.5",
        symptom="click-missing",
        proxy="yes",
    ),
    row("valid-hits-filtered", "nothing", client_ip="10.0.0.5", symptom="link-broken"),
    row("valid-hits-filtered", "nothing", client_ip="8.8.8.8"),
    row(
        "valid-hits-filtered",
        "likely by-hand-counts",
        by_hand_counts="yes",
        symptom="click-missing",
    ),
    row(
        "valid-hits-filtered",
        "likely by-hand-counts release",
        by_hand_counts="yes",
        symptom="open-missing",
        release="6.0",
    ),
    row("valid-hits-filtered", "nothing", by_hand_counts="yes"),
    row("valid-hits-filtered", "nothing", by_hand_counts="no", symptom="click-missing"),
    row(
        "valid-hits-filtered",
        "nothing",
        by_hand_counts="yes",
        symptom="open-missing",
        images_loaded="no",
    ),
    row(
        "valid-hits-filtered",
        "likely by-hand-counts",
        sent(MUCH + pixel()),
        by_hand_counts="yes",
        symptom="click-missing",
    ),
    row(
        "valid-hits-filtered",
        "nothing",
        sent(MUCH + pixel()),
        by_hand_counts="yes",
        symptom="open-missing",
    ),
    *(
        row("valid-hits-filtered", says, symptom="open-missing", **({"release": "7.1"} | answers))
        for says, answers in (
            ("likely release symptom", {}),
            ("nothing", {"release": "7.0"}),
            ("nothing", {"queue": "async"}),
            ("nothing", {"user_agent": AGENT}),
            ("nothing", {"images_loaded": "no"}),
            ("nothing", {"pixel_present": "no"}),
            ("nothing", {"timeline_shows": "yes"}),
            ("likely release symptom", {"pixel_present": "yes", "timeline_shows": "no"}),
        )
    ),
    row(
        "valid-hits-filtered", "possible release symptom", release="7.1", symptom="decision-missing"
    ),
    row("valid-hits-filtered", "nothing", release="7.1", symptom="click-missing"),
    row("valid-hits-filtered", "nothing", sent(SHOP), release="7.1", symptom="open-missing"),
    row(
        "valid-hits-filtered",
        "likely release symptom",
        sent(HEALTHY),
        release="7.1",
        symptom="open-missing",
    ),
    row(
        "valid-hits-filtered",
        "nothing",
        sent(MUCH + pixel()),
        release="7.1",
        symptom="open-missing",
    ),
    row(
        "valid-hits-filtered",
        "nothing",
        access(GIF, status=200),
        release="7.1",
        symptom="open-missing",
    ),
    row(
        "valid-hits-filtered",
        "sure 1:1 0:1",
        access(click()),
        IPS.format("198.51.100.7"),
    ),
    row(
        "valid-hits-filtered",
        "sure 1:1 0:1",
        access(click()),
        IPS.format("198.51.100.0/24"),
    ),
    row("valid-hits-filtered", "nothing", access(click()), IPS.format("203.0.113.7")),
    row("valid-hits-filtered", "nothing", access(GIF, status=200), IPS.format("198.51.100.7")),
    row(
        "valid-hits-filtered",
        "sure 1:1 0:1",
        access(GIF, status=200),
        IPS.format("198.51.100.7"),
        release="6.0",
    ),
    row(
        "valid-hits-filtered",
        "sure 1:1 0:1",
        access("/mtc/event"),
        IPS.format("198.51.100.7"),
    ),
    row("valid-hits-filtered", "nothing", access(LEAVE), IPS.format("198.51.100.7")),
    row(
        "valid-hits-filtered",
        "sure 1:1 0:1",
        access(click()) + access(click(), ip="8.8.8.8"),
        IPS.format("198.51.100.7"),
    ),
    row(
        "valid-hits-filtered",
        "nothing",
        access(click()),
        IPS.format("198.51.100.7") + "'anonymize_ip' => 1,",
    ),
    row(
        "valid-hits-filtered",
        "sure 0:1 client-ip",
        IPS.format("203.0.113.7"),
        client_ip="203.0.113.7",
    ),
    row(
        "valid-hits-filtered",
        "sure 0:1 client-ip",
        IPS.format("203.0.113.7"),
        client_ip="203.0.113.7",
        symptom="open-missing",
        release="6.0",
    ),
    row(
        "valid-hits-filtered",
        "nothing",
        IPS.format("203.0.113.7"),
        client_ip="203.0.113.7",
        symptom="open-missing",
        release="5.2",
    ),
    row("valid-hits-filtered", "nothing", IPS.format("203.0.113.8"), client_ip="203.0.113.7"),
    row("valid-hits-filtered", "possible 0:1 ? client-ip", IPS.format("203.0.113.7")),
    row("valid-hits-filtered", "possible 0:1 ? client-ip", IPS.format("10.0.0.*")),
    row(
        "valid-hits-filtered",
        "likely 0:1 ? client-ip",
        IPS.format("10.0.0.0/8"),
        symptom="click-missing",
    ),
    row(
        "valid-hits-filtered",
        "possible 0:1 ? release ? client-ip",
        IPS.format("10.0.0.0/8"),
        symptom="open-missing",
    ),
    row(
        "valid-hits-filtered",
        "likely 0:1 ? client-ip",
        IPS.format("10.0.0.0/8"),
        symptom="open-missing",
        release="6.0",
    ),
    row(
        "valid-hits-filtered",
        "nothing",
        IPS.format("10.0.0.0/8"),
        symptom="open-missing",
        release="5.2",
    ),
    row(
        "valid-hits-filtered",
        "likely 0:1 0:1 ? client-ip",
        IPS.format("203.0.113.7', '10.0.0.7"),
        symptom="click-missing",
    ),
    row("valid-hits-filtered", "nothing", IPS.format("10.0.0.7"), symptom="too-many"),
    row("valid-hits-filtered", "nothing", IPS.format("10.0.0.7"), symptom="unsubscribe-broken"),
    row("valid-hits-filtered", "nothing", IPS.format("10.0.0.7"), "'anonymize_ip' => 1,"),
    row("valid-hits-filtered", "nothing", IPS.format("")),
    row("valid-hits-filtered", "likely 0:1", BOTS.format("Chrome")),
    row("valid-hits-filtered", "likely 0:1 0:1 0:1", BOTS.format("Safari', 'x', 'Firefox")),
    row("valid-hits-filtered", "likely 0:1", BOTS.format("Mozilla"), symptom="click-missing"),
    row(
        "valid-hits-filtered",
        "possible 0:1 ? release",
        BOTS.format("Mozilla"),
        symptom="open-missing",
    ),
    row(
        "valid-hits-filtered",
        "likely 0:1",
        BOTS.format("Mozilla"),
        symptom="open-missing",
        release="6.0",
    ),
    row(
        "valid-hits-filtered",
        "nothing",
        BOTS.format("Mozilla"),
        symptom="open-missing",
        release="5.2",
    ),
    row(
        "valid-hits-filtered",
        "nothing",
        BOTS.format("Mozilla"),
        symptom="open-missing",
        queue="async",
    ),
    row("valid-hits-filtered", "nothing", BOTS.format("Mozilla"), symptom="link-broken"),
    *(
        row("valid-hits-filtered", "possible 0:1 ? release", BOTS.format(entry))
        for entry in ("GoogleImageProxy", "YahooMailProxy", "Thunderbird")
    ),
    row("valid-hits-filtered", "nothing", BOTS.format("Thunderbird"), symptom="click-missing"),
    row(
        "valid-hits-filtered",
        "possible 0:1 ? release",
        BOTS.format("Thunderbird"),
        symptom="open-missing",
    ),
    row("valid-hits-filtered", "nothing", BOTS.format("Thunderbird"), release="5.2"),
    row("valid-hits-filtered", "nothing", BOTS.format("Thunderbird"), queue="async"),
    row("valid-hits-filtered", "nothing", BOTS.format("AhrefsBot")),
    row("valid-hits-filtered", "sure 0:1 1:1", BOTS.format("Mozilla"), access(click())),
]


@pytest.mark.parametrize("cause", dict.fromkeys(row.cause for row in ROWS))
def test_what_a_check_says(cause: str) -> None:
    rows = [row for row in ROWS if row.cause == cause]
    told = [(row.given, row.answers, said(row)) for row in rows]
    assert told == [(row.given, row.answers, row.says) for row in rows]


def test_what_has_rows_is_a_cause_with_rows_that_show_it_and_rows_that_do_not() -> None:
    shown = {row.cause for row in ROWS if row.says != "nothing"}
    assert shown == {row.cause for row in ROWS if row.says == "nothing"}
    assert shown <= {cause.id for cause in causes()}  # a new cause needs none: it has its cases
