"""Cases of our own, after the threads: for each cause clear ones, hard ones, healthy look-alikes.

The expected id of a look-alike is a healthy verdict, or None: nothing to say.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote

from . import mails as m
from .mails import anchor, link, page, pixel, sent, tested, unsubscribe

SAFE = "https://eur02.safelinks.protection.outlook.com/?url="
FINE = "no-fault-in-mail"


class Own(NamedTuple):
    """What a case of ours must give; `innocent` are causes that must not be named at all."""

    expected: str | None
    evidence: tuple[str, ...]
    also: Sequence[str | None]
    innocent: Sequence[str]
    before: str | None
    answers: Mapping[str, str]


def case(
    expected: str | None,
    *evidence: str,
    also: Sequence[str | None] = (),
    innocent: Sequence[str] = (),
    before: str | None = None,
    answers: Mapping[str, str] | None = None,
) -> Own:
    """Return a case: evidence, and the cause that must come first (or one of `also`)."""
    return Own(expected, evidence, also, innocent, before, answers or {})


def quoted(url: str) -> str:
    """Return an address as a parameter of another one."""
    return quote(url, safe="")


def shifted(text: str) -> str:
    """Return a text as scanners scramble it: letters by 13, digits by 3, hex letters by 1."""
    table = {c: chr((ord(c) - 97 + 13) % 26 + 97) for c in "ghijklmnopqrstuvwxyz"}
    table |= dict(zip("abcdef", "bcdefa", strict=True))
    table |= {c.upper(): s.upper() for c, s in table.items()}
    table |= {str(d): str((d + 3) % 10) for d in range(10)}
    return "".join(table.get(c, c) for c in text)


OTHER = "b" * 25
THIRD = "c" * 25
TAIL = unsubscribe() + pixel()
TRACKED = anchor(link())

OWN: dict[str, list[Own]] = {
    "site-url-host": [
        case("site-url-host", sent(anchor(link("http://mautic")) + pixel("http://mautic"))),
        case("site-url-host", sent(TRACKED + unsubscribe() + pixel("http://localhost"))),
        case("site-url-host", sent(TRACKED + unsubscribe("http://localhost") + pixel())),
        case("site-url-host", page(anchor(link("http://localhost:8080")))),
        case("site-url-host", link("https://mautic.ddev.site")),
        case("site-url-host", link("http://[::1]")),
        case("site-url-host", f"http://172.18.0.5/email/{m.HASH}.gif"),
        case("site-url-host", SAFE + quoted(link("http://10.1.2.3")) + "&data=05"),
        case(
            "site-url-host",
            page(
                '<img src="https://ci3.googleusercontent.com/meips/AD#'
                f'http://mautic/email/{m.HASH}.gif" width="1" height="1">'
            ),
        ),
        case(
            "site-url-host",
            f"https://ci3.googleusercontent.com/proxy/Ab#http://mautic/email/{m.HASH}.gif",
        ),
        case(
            "site-url-host",
            sent(m.HEALTHY),
            answers={"site-url": "https://news.acme.example/", "sent-via": "segment"},
        ),
        case("site-url-host", answers={"site-url": "http://mautic", "symptom": "link-broken"}),
        case(FINE, sent(m.HEALTHY), answers={"site-url": "https://M.acme.example/mautic/"}),
        case(FINE, page(anchor(link("https://93.184.216.34")))),
        case(None, "https://localhost.acme.example/offer", also=[FINE]),
    ],
    "https-proxy-scheme": [
        case("https-proxy-scheme", sent(TRACKED + unsubscribe("http://m.acme.example:8443"))),
        case("https-proxy-scheme", sent(TRACKED + unsubscribe("http://m.acme.example") + pixel())),
        case(
            "https-proxy-scheme",
            link("http://m.acme.example"),
            answers={"site-url": "https://m.acme.example"},
        ),
        case(
            FINE,
            sent(
                anchor(link("http://m.acme.example"))
                + unsubscribe("http://m.acme.example")
                + pixel("http://m.acme.example"),
                List_Unsubscribe=f"<http://m.acme.example/email/unsubscribe/{m.HASH}>",
            ),
        ),
        case(FINE, sent(m.HEALTHY + anchor("tel:+33123"))),
    ],
    "esp-rewrap": [
        case("esp-rewrap", sent(anchor("https://url9156.acme.example/ls/click?upn=u1.abc") + TAIL)),
        case("esp-rewrap", "https://url9399.acme.example/wf/click?upn=abc-2Fdef"),
        case(
            "esp-rewrap",
            sent(
                anchor("https://abc.r.eu-west-1.awstrack.me/L0/" + quoted(link()) + "/1/0102/x=1")
                + TAIL
            ),
        ),
        case(
            "esp-rewrap",
            sent(anchor("https://email.acme.example/c/eJwdjEEOwiAQAF8DR8Ky2-3QmE") + TAIL),
        ),
        case("esp-rewrap", sent(anchor("https://click.pstmrk.it/3s/m.acme.example/xy/z") + TAIL)),
        case(
            "esp-rewrap",
            sent(anchor("https://acme.us1.list-manage.com/track/click?u=a&id=b&e=c") + TAIL),
        ),
        case(
            "esp-rewrap",
            sent(anchor(link("https://email.acme.example")) + TAIL),
            answers={"from-domain": "acme.example", "site-url": "https://m.acme.example"},
            also=["site-url-host"],
        ),
        case(
            "esp-rewrap",
            sent(m.HEALTHY + '<img src="https://u1.ct.sendgrid.net/wf/open?upn=x" height="1">'),
            also=[FINE],
        ),
        case(None, SAFE + quoted(link()), also=["bot-or-gateway-hits"], innocent=["esp-rewrap"]),
        case(
            FINE,
            sent(m.HEALTHY + anchor("sms:+33123")),
        ),
    ],
    "bot-or-gateway-hits": [
        case(
            "bot-or-gateway-hits",
            m.access(f"/email/{m.HASH}.gif", 1, 200, agent="Chrome/42.0 Safari/537.36 Edge/12.246"),
        ),
        case(
            "bot-or-gateway-hits",
            m.access(m.click(), 1, agent="bitlybot/3.0"),
            answers={"symptom": "too-many"},
        ),
        case("bot-or-gateway-hits", "https://protect-eu.mimecast.com/s/AbCd?domain=m.acme.example"),
        case(
            "bot-or-gateway-hits",
            m.access(f"/email/{m.HASH}.gif", 1, 200)
            + m.access(m.click(), 2)
            + m.access(m.click(OTHER), 2)
            + m.access(f"/email/unsubscribe/{m.HASH}", 3, 200),
        ),
        case("bot-or-gateway-hits", answers={"symptom": "too-many"}),
        case(
            "bot-or-gateway-hits",
            "https://urldefense.com/v3/__" + link() + "__;!!Ab!cd$",
            innocent=["esp-rewrap", "ct-damaged"],
        ),
        case(
            "bot-or-gateway-hits",
            "https://urldefense.proofpoint.com/v2/url?u="
            + quoted(link("https://m.acme.example", "abc")).replace("%", "-").replace("-2F", "_")
            + "&d=DwMF&c=x",
            also=["ct-damaged"],
            innocent=["esp-rewrap"],
        ),
        case("bot-or-gateway-hits", sent(m.HEALTHY), answers={"symptom": "too-many"}, also=[FINE]),
        case(
            FINE,
            m.access(f"/email/{m.HASH}.gif", 1, 200)
            + m.access(m.click(), 70)
            + m.access(m.click(OTHER), 140)
            + m.access(m.click(THIRD), 290),
        ),
    ],
    "send-context": [
        case("send-context", tested(anchor("https://acme.example/a") + "<p>Hi [First Name]</p>")),
        case("send-context", answers={"symptom": "click-missing", "sent-via": "form-results"}),
        case("send-context", answers={"symptom": "open-missing", "sent-via": "test"}),
        case("send-context", answers={"symptom": "open-missing", "sent-via": "preview"}),
        case("send-context", answers={"symptom": "click-missing", "sent-via": "user"}),
        case(
            "send-context",
            answers={"symptom": "click-missing", "sent-via": "direct", "timeline-shows": "yes"},
        ),
        case(
            "send-context",
            m.message(
                page(anchor(link(value=m.ct(source=[], email=None))) + TAIL),
            ),
            answers={"symptom": "click-missing"},
            also=["dynamic-content-click"],
        ),
        case(
            "send-context",
            m.message(
                page(
                    "<p>Hello</p>"
                    + anchor("https://acme.example/a")
                    + unsubscribe(stat=m.TEST_HASH)
                )
            ),
            also=["unsubscribe-no-contact"],
        ),
        case(FINE, m.message(page(m.HEALTHY), Subject="Testing our new site")),
        case(
            None,
            answers={"symptom": "open-missing", "sent-via": "campaign"},
            innocent=["send-context"],
        ),
        case(
            FINE,
            sent(m.HEALTHY),
            answers={"sent-via": "segment", "symptom": "click-missing"},
            innocent=["send-context"],
        ),
    ],
    "admin-logged-in": [
        case("admin-logged-in", answers={"symptom": "click-missing", "logged-in": "yes"}),
        case("admin-logged-in", answers={"symptom": "page-missing", "logged-in": "yes"}),
        case(
            "admin-logged-in",
            sent(m.HEALTHY),
            answers={
                "symptom": "click-missing",
                "logged-in": "yes",
                "redirect-works": "yes",
                "links-replaced": "yes",
                "sent-via": "segment",
            },
        ),
        case(
            None,
            answers={"symptom": "open-missing", "logged-in": "yes", "sent-via": "segment"},
            innocent=["admin-logged-in"],
        ),
        case(
            FINE,
            sent(m.HEALTHY),
            answers={"symptom": "click-missing", "logged-in": "no"},
            innocent=["admin-logged-in"],
        ),
    ],
    "token-in-link": [
        case("token-in-link", link() + "=jo@client.example"),
        case("token-in-link", sent(anchor(m.BASE + "/verify/{CODE}") + m.HEALTHY)),
        case("token-in-link", "https://acme.example/%7Bformfield=name%7D?x=1"),
        case(
            "token-in-link", "https://acme.example/?c=%7Btoken%7D", answers={"role": "destination"}
        ),
        case("token-in-link", page(anchor("https://{product}.example.org/"))),
        case(
            "token-in-link",
            sent(anchor("{contactfield=myurl}") + m.HEALTHY),
            answers={"release": "7.0.1"},
        ),
        case(
            "token-in-link",
            sent(anchor("https://acme.example/?m={contactfield=email}\u200d") + m.HEALTHY),
        ),
        case(
            None,
            page(anchor("https://acme.example/?m={contactfield=email}")),
            also=[FINE],
            innocent=["token-in-link"],
        ),
        case(
            None,
            "https://acme.example/?m={contactfield=email}",
            answers={"role": "href"},
            innocent=["token-in-link"],
            also=[FINE],
        ),
    ],
    "destination-broken": [
        case("destination-broken", "https://acme.example/my file.pdf", answers={"role": "href"}),
        case(
            "destination-broken",
            "https://acme.example/?utm_campaign=hírlevél",
            answers={"release": "2.16.0"},
        ),
        case(
            None,
            "https://acme.example/my file.pdf",
            answers={"role": "href", "release": "5.1.1"},
            innocent=["destination-broken"],
        ),
        case("destination-broken", "https://acme.example/page#part?utm_source=news"),
        case("destination-broken", "https//acme.example/page"),
        case("destination-broken", "https://sub_domain.acme.example/x"),
        case("destination-broken", "https://acme.example/#color=grün", answers={"role": "href"}),
        case(
            "destination-broken",
            page(anchor("https://m.acme.example/r/" + m.REDIRECT + "?ct=" + m.ct())),
            before=page(anchor("offers.html")),
        ),
        case("destination-broken", "https://münchen.example/", answers={"role": "href"}),
        case(
            None, "https://acme.example/page?utm_source=news#part", innocent=["destination-broken"]
        ),
        case(None, "https://acme.example/caf%C3%A9", innocent=["destination-broken"]),
        case(
            None,
            "https://acme.example/p?ct=abc",
            answers={"role": "destination", "release": "7.0"},
            innocent=["destination-broken"],
        ),
    ],
    "link-markup-not-matched": [
        case(
            "link-markup-not-matched",
            page('<a href="https://acme.example/a"\n   class="button">Offer</a>'),
        ),
        case(
            "link-markup-not-matched",
            sent(m.HEALTHY + '<a class="mj"\n href="https://acme.example/b"\n style="x">B</a>'),
        ),
        case("link-markup-not-matched", page("<a href=https://acme.example/a>Offer</a>")),
        case("link-markup-not-matched", page('<a href = "https://acme.example/a">Offer</a>')),
        case("link-markup-not-matched", page('<a href="HTTPS://acme.example/a">Offer</a>')),
        case(
            "link-markup-not-matched",
            page('<a href=" https://acme.example/a">Offer</a>'),
            answers={"release": "5.1.1"},
        ),
        case(
            "link-markup-not-matched",
            page('<a href="//acme.example/a">Offer</a>'),
            answers={"release": "6.0"},
        ),
        case(
            "link-markup-not-matched",
            page('<a href="https://acme.example/caf&eacute;">Offer</a>'),
            also=["ampersand-encoding", "link-normalised"],
        ),
        case(
            "link-markup-not-matched",
            sent(
                m.HEALTHY + '<!--[if mso]><v:roundrect href="https://acme.example/vml">'
                "</v:roundrect><![endif]-->"
            ),
            also=[FINE],
        ),
        case(
            "link-markup-not-matched",
            page('<!--[if mso]><a href="https://acme.example/mso">A</a><![endif]-->'),
        ),
        case(
            "link-markup-not-matched",
            page('<a href="https://acme.example/a"\n>Offer</a>'),
            before=page('<a href="https://acme.example/a"\n>Offer</a>'),
        ),
        case(
            None,
            page('<a class="button" href="https://acme.example/a">\n  Offer\n</a>'),
            also=[FINE],
            innocent=["link-markup-not-matched"],
        ),
        case(
            FINE,
            sent(m.HEALTHY + '<a href="tel:+33 1 23">Call</a><a href="#top">Top</a>'),
            innocent=["link-markup-not-matched"],
        ),
        case(
            None,
            page(
                '<!--[if mso]><v:rect href="https://acme.example/a"></v:rect><![endif]-->'
                + anchor("https://acme.example/a")
            ),
            also=[FINE],
            innocent=["link-markup-not-matched"],
        ),
    ],
    "ampersand-encoding": [
        case("ampersand-encoding", page(anchor("https://acme.example/?a=1&amp;amp;b=2"))),
        case(
            "ampersand-encoding",
            page(anchor("https://acme.example/?a=1&#38;b=2")),
            also=["link-markup-not-matched"],
        ),
        case(
            "ampersand-encoding",
            "https://acme.example/?a=1&amp;b=2",
            answers={"role": "destination"},
        ),
        case("ampersand-encoding", "https://acme.example/?a=1&amp%3Bbooked_time=11"),
        case(
            "ampersand-encoding",
            page(anchor("https://acme.example/?a=1&amp;b=2")),
            answers={"release": "5.1.1"},
        ),
        case(
            "ampersand-encoding",
            sent(anchor("https://acme.example/?a=1&amp;b=2") + m.HEALTHY),
            answers={"release": "5.1.1"},
        ),
        case(
            None,
            page(anchor("https://acme.example/?a=1&amp;b=2")),
            answers={"release": "7.0"},
            also=[FINE],
            innocent=["ampersand-encoding"],
        ),
        case(None, "https://acme.example/?a=1&b=2", innocent=["ampersand-encoding"]),
        case(FINE, sent(anchor(link() + "&amp;") + TAIL), innocent=["ampersand-encoding"]),
    ],
    "server-blocks-tracking-url": [
        case("server-blocks-tracking-url", m.access(f"/email/{m.HASH}.gif", 1, 404, agent=m.PROXY)),
        case("server-blocks-tracking-url", m.access(m.click(), 1, 403)),
        case("server-blocks-tracking-url", m.access(f"/email/{m.HASH}.gif", 1, 502)),
        case("server-blocks-tracking-url", link("https://m.acme.example/")),
        case(
            "server-blocks-tracking-url",
            answers={"symptom": "open-missing", "http-status": "404", "role": "pixel"},
        ),
        case("server-blocks-tracking-url", link(), answers={"http-status": "500"}),
        case(
            "server-blocks-tracking-url",
            answers={"symptom": "link-broken", "http-status": "403", "role": "tracked"},
        ),
        case(
            FINE, m.access(f"/email/{m.HASH}.gif", 1, 200), innocent=["server-blocks-tracking-url"]
        ),
        case(FINE, link(), answers={"http-status": "302"}, innocent=["server-blocks-tracking-url"]),
        case(
            None,
            m.access("/wp-login.php", 1, 404) + m.access("/favicon.ico", 2, 404),
            innocent=["server-blocks-tracking-url"],
        ),
    ],
    "ct-damaged": [
        case("ct-damaged", link(value=m.ct()[:-20])),
        case("ct-damaged", link(value="LGb4BagmOjY6ImZiaGVkZiI7n"), also=["bot-or-gateway-hits"]),
        case("ct-damaged", link(value=shifted(m.ct())), also=["bot-or-gateway-hits"]),
        case(
            "ct-damaged",
            "[2024-03-12 10:00:00] mautic.ERROR: Invalid clickthrough value: Yjo4OntmOjk6Im\n",
            also=["bot-or-gateway-hits"],
        ),
        case("ct-damaged", sent(anchor(link(value=m.ct()[:60])) + TAIL)),
        case(FINE, link(), innocent=["ct-damaged"]),
        case(
            FINE,
            "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
            + m.part("html", page(m.HEALTHY)).partition("\r\n\r\n")[2],
            also=["no-fault-quoted-printable"],
            innocent=["ct-damaged"],
        ),
        case(
            "no-fault-quoted-printable",
            m.part("html", page(m.HEALTHY)).partition("\r\n\r\n")[2],
            innocent=["ct-damaged"],
        ),
    ],
    "valid-hits-filtered": [
        case(
            "valid-hits-filtered",
            answers={"symptom": "open-missing", "release": "7.1.0", "user-agent": m.PROXY},
        ),
        case("valid-hits-filtered", m.access(m.click(), 1, agent="curl/8.5.0")),
        case(
            "valid-hits-filtered",
            "".join(
                m.access(f"/email/{s}.gif", n * 60, 200, ip="172.18.0.1")
                for n, s in enumerate((m.HASH, m.OTHER_HASH, "65f0a1b2c3d4e500000000"))
            ),
        ),
        case(
            "valid-hits-filtered",
            answers={"symptom": "click-missing", "client-ip": "127.0.0.1", "proxy": "yes"},
        ),
        case(
            "valid-hits-filtered", answers={"symptom": "click-missing", "user-agent": "axios/1.6"}
        ),
        case(
            "valid-hits-filtered",
            answers={
                "symptom": "open-missing",
                "by-hand-counts": "yes",
                "release": "7.1",
                "pixel-present": "yes",
                "images-loaded": "yes",
            },
        ),
        case(
            None,
            answers={"symptom": "open-missing", "release": "5.1.1", "user-agent": m.PROXY},
            innocent=["valid-hits-filtered"],
        ),
        case(
            FINE,
            m.access(m.click(), 1) + m.access(f"/email/{m.HASH}.gif", 99, 200),
            innocent=["valid-hits-filtered"],
        ),
        case(
            None,
            answers={"symptom": "click-missing", "user-agent": m.AGENT},
            innocent=["valid-hits-filtered"],
        ),
    ],
    "disable-tracking-attribute": [
        case(
            "disable-tracking-attribute",
            page(anchor(link())),
            before=page('<a href="https://acme.example/a" mautic:disable-tracking="true">A</a>'),
        ),
        case(
            "disable-tracking-attribute",
            page('<a href="https://acme.example/a" mautic:disable:tracking="true">A</a>'),
        ),
        case(
            "disable-tracking-attribute",
            page('<a href="https://acme.example/a" data-mautic-disable-tracking="true">A</a>'),
            answers={"release": "6.0"},
        ),
        case(
            "disable-tracking-attribute",
            page(
                '<a href="https://acme.example/" mautic:disable-tracking>A</a>'
                + anchor("https://acme.example/offer")
            ),
        ),
        case(
            "disable-tracking-attribute",
            page('<a href="https://acme.example/a" data-mautic-disable-tracking>A</a>'),
        ),
        case(
            None,
            page(
                '<a href="https://acme.example/a" mautic:disable-tracking="true">A</a>'
                + anchor("https://acme.example/b")
            ),
            also=[FINE],
            innocent=["disable-tracking-attribute"],
        ),
        case(
            None,
            page('<a href="https://acme.example/a" data-mautic-disable-tracking="true">A</a>'),
            answers={"release": "7.1"},
            also=[FINE],
            innocent=["disable-tracking-attribute"],
        ),
    ],
    "unsubscribe-server-error": [
        case(
            "unsubscribe-server-error",
            f"{m.BASE}/email/unsubscribe/{m.HASH}",
            answers={"http-status": "500"},
        ),
        case(
            "unsubscribe-server-error",
            answers={"symptom": "unsubscribe-broken", "contact-exists": "no"},
        ),
        case("unsubscribe-server-error", m.access(f"/email/unsubscribe/{m.HASH}", 1, 500)),
        case(
            "unsubscribe-server-error",
            answers={
                "symptom": "unsubscribe-broken",
                "unsubscribe-opened": "directly",
                "http-status": "404",
            },
        ),
        case(
            FINE,
            f"{m.BASE}/email/unsubscribe/{m.HASH}",
            answers={"http-status": "200"},
            innocent=["unsubscribe-server-error"],
        ),
        case(
            FINE,
            m.access(f"/email/unsubscribe/{m.HASH}", 1, 200),
            innocent=["unsubscribe-server-error"],
        ),
        case(
            "server-blocks-tracking-url",
            link(),
            answers={"http-status": "500", "role": "tracked"},
            innocent=["unsubscribe-server-error"],
        ),
    ],
    "shared-or-wrong-contact-link": [
        case(
            "shared-or-wrong-contact-link", sent(TRACKED + unsubscribe(stat=m.OTHER_HASH) + pixel())
        ),
        case(
            "shared-or-wrong-contact-link",
            sent(m.HEALTHY),
            sent(m.HEALTHY, To="Al <al@client.example>"),
        ),
        case(
            "shared-or-wrong-contact-link",
            sent(m.HEALTHY, List_Unsubscribe=f"<{m.BASE}/email/unsubscribe/{m.OTHER_HASH}>"),
            also=["list-unsubscribe-header"],
        ),
        case("shared-or-wrong-contact-link", answers={"symptom": "wrong-contact"}),
        case(FINE, sent(m.HEALTHY), sent(m.HEALTHY), innocent=["shared-or-wrong-contact-link"]),
        case(
            FINE,
            sent(m.HEALTHY),
            sent(
                m.HEALTHY.replace(m.HASH, m.OTHER_HASH).replace(m.ct(), m.ct(m.OTHER_HASH)),
                To="Al <al@client.example>",
                List_Unsubscribe=f"<{m.BASE}/email/unsubscribe/{m.OTHER_HASH}>",
            ),
            innocent=["shared-or-wrong-contact-link"],
        ),
    ],
    "list-unsubscribe-header": [
        case(
            "list-unsubscribe-header",
            sent(m.HEALTHY, List_Unsubscribe=f"<{m.BASE}/email/unsubscribe/{m.OTHER_HASH}>"),
        ),
        case("list-unsubscribe-header", m.message(page(m.HEALTHY), **m.BULK)),
        case(
            "list-unsubscribe-header",
            sent(
                m.HEALTHY,
                List_Unsubscribe=f"<mailto:in+unsubscribe_{m.HASH}@acme.example>, "
                f"<mailto:in+unsubscribe_{m.OTHER_HASH}@acme.example>",
            ),
        ),
        case(
            "list-unsubscribe-header",
            sent(m.HEALTHY, List_Unsubscribe=f"<mailto:in+unsubscribe_{m.OTHER_HASH}@x.example>"),
            also=["shared-or-wrong-contact-link"],
        ),
        case(FINE, sent(m.HEALTHY), innocent=["list-unsubscribe-header"]),
        case(
            FINE,
            m.message(page(m.HEALTHY), **{"X-EMAIL-ID": "12"}),
            innocent=["list-unsubscribe-header"],
        ),
        case(
            FINE,
            sent(
                m.HEALTHY,
                List_Unsubscribe=m.LIST["List-Unsubscribe"]
                + f", <mailto:in+unsubscribe_{m.HASH}@acme.example>",
                List_Unsubscribe_Post="List-Unsubscribe=One-Click",
            ),
            innocent=["list-unsubscribe-header"],
        ),
    ],
    "images-blocked": [
        case("images-blocked", answers={"symptom": "open-missing", "images-loaded": "no"}),
        case(
            "images-blocked",
            sent(m.HEALTHY),
            answers={"symptom": "open-missing", "images-loaded": "no", "clicks-counted": "yes"},
        ),
        case(
            "images-blocked",
            answers={"symptom": "open-missing", "pixel-present": "yes", "clicks-counted": "yes"},
        ),
        case(
            FINE,
            sent(m.HEALTHY),
            answers={"symptom": "click-missing", "images-loaded": "no"},
            innocent=["images-blocked"],
        ),
        case(
            None,
            answers={"symptom": "open-missing", "images-loaded": "yes"},
            innocent=["images-blocked"],
        ),
    ],
    "pixel-hidden-or-altered": [
        case(
            "pixel-hidden-or-altered",
            sent(TRACKED + unsubscribe() + pixel(style='style="display: none;" ')),
        ),
        case(
            "pixel-hidden-or-altered",
            sent(TRACKED + unsubscribe() + '<img height="1" width="1" src="cid:ab@m" alt="" />'),
        ),
        case("pixel-hidden-or-altered", sent(m.HEALTHY + pixel())),
        case(
            "pixel-hidden-or-altered",
            sent(
                TRACKED + unsubscribe() + '<img height="1" width="1" alt="" '
                'src="data:image/gif;base64,R0lGODlhAQABAAD/ACwAAAAAAQABAAACADs=" />'
            ),
        ),
        case(
            FINE,
            sent(m.HEALTHY + '<div style="display:none">Preheader</div>'),
            innocent=["pixel-hidden-or-altered"],
        ),
        case(
            FINE,
            sent(m.HEALTHY + '<img src="cid:logo@m" width="200" height="80" alt="">'),
            innocent=["pixel-hidden-or-altered"],
        ),
        case(
            FINE,
            sent(
                '<span style="display:none">Hi</span>'
                + m.HEALTHY
                + '<img src="https://acme.example/s.gif" width="1" height="1" alt="">'
            ),
            innocent=["pixel-hidden-or-altered"],
        ),
    ],
    "unsubscribe-no-contact": [
        case("unsubscribe-no-contact", tested(unsubscribe(stat=m.TEST_HASH))),
        case(
            "unsubscribe-no-contact",
            f"{m.BASE}/email/unsubscribe/{m.TEST_HASH}",
            answers={"symptom": "unsubscribe-broken"},
        ),
        case(
            "unsubscribe-no-contact",
            answers={"symptom": "unsubscribe-broken", "sent-via": "test", "release": "5.1.1"},
        ),
        case(FINE, f"{m.BASE}/email/unsubscribe/{m.HASH}", innocent=["unsubscribe-no-contact"]),
        case(
            FINE,
            sent(m.HEALTHY),
            answers={"symptom": "unsubscribe-broken"},
            innocent=["unsubscribe-no-contact"],
        ),
        case(
            FINE,
            m.message(
                page(
                    anchor(link(value=m.ct(m.TEST_HASH)))
                    + unsubscribe(stat=m.TEST_HASH)
                    + pixel(stat=m.TEST_HASH)
                ),
                **m.BULK,
                List_Unsubscribe=f"<{m.BASE}/email/unsubscribe/{m.TEST_HASH}>",
            ),
            answers={"release": "4.4"},
            innocent=["unsubscribe-no-contact", "send-context"],
        ),
    ],
    "unsubscribe-token-broken": [
        case("unsubscribe-token-broken", sent(TRACKED + anchor("| URL|") + pixel())),
        case("unsubscribe-token-broken", sent(TRACKED + anchor("%7CURL%7C") + pixel())),
        case("unsubscribe-token-broken", sent(TRACKED + anchor("{unsubscribe_url}") + pixel())),
        case(
            "unsubscribe-token-broken",
            sent(TRACKED + anchor(f"http://{m.BASE}/email/unsubscribe/{m.HASH}") + pixel()),
        ),
        case(
            "unsubscribe-token-broken",
            page('<a id="{unsubscribe_url}" href="{unsubscribe_url}">Unsubscribe</a>'),
            also=["shared-or-wrong-contact-link"],
        ),
        case("unsubscribe-token-broken", f"{m.BASE}/email/unsubscribe"),
        case(
            None,
            page(anchor("https://acme.example/a") + anchor("{unsubscribe_url}")),
            also=[FINE],
            innocent=["unsubscribe-token-broken"],
        ),
        case(FINE, sent(m.HEALTHY), innocent=["unsubscribe-token-broken"]),
        case(
            None,
            page("<p>{unsubscribe_text} {webview_text}</p>"),
            also=[FINE],
            innocent=["unsubscribe-token-broken"],
        ),
    ],
    "url-prefix-overlap": [
        case("url-prefix-overlap", link() + "contact/"),
        case("url-prefix-overlap", sent(anchor(link() + "contact/", "Contact") + TRACKED + TAIL)),
        case(
            "url-prefix-overlap",
            page(
                anchor("https://acme.example/")
                + '<a href="https://acme.example/contact/" mautic:disable-tracking>C</a>'
            ),
        ),
        case(
            "url-prefix-overlap",
            sent(f'<link rel="stylesheet" href="{link()}">' + m.HEALTHY),
            also=[FINE],
        ),
        case(FINE, link() + "&utm_source=news", innocent=["url-prefix-overlap"]),
        case(
            None,
            page(anchor("https://acme.example/") + anchor("https://acme.example/contact/")),
            also=[FINE],
            innocent=["url-prefix-overlap"],
        ),
        case(FINE, link() + "&", innocent=["url-prefix-overlap"]),
    ],
    "tracking-setting-off": [
        case(
            "tracking-setting-off",
            answers={"symptom": "open-missing", "pixel-present": "no", "sent-via": "segment"},
        ),
        case(
            "tracking-setting-off",
            sent(anchor("https://acme.example/a") + anchor("https://acme.example/b") + TAIL),
        ),
        case("tracking-setting-off", sent(TRACKED + unsubscribe())),
        case(
            "tracking-setting-off",
            answers={"symptom": "click-missing", "trackable-urls-disabled": "yes"},
        ),
        case(
            "send-context",
            tested(anchor("https://acme.example/a") + "<p>[First Name]</p>"),
            also=["unsubscribe-no-contact"],
            innocent=["tracking-setting-off"],
        ),
        case(FINE, sent("<p>Nothing to click</p>" + TAIL), innocent=["tracking-setting-off"]),
        case(
            FINE,
            sent(anchor("tel:+331") + anchor("#top") + TAIL),
            innocent=["tracking-setting-off"],
        ),
    ],
    "gmail-clipping": [
        case("gmail-clipping", sent(TRACKED + unsubscribe() + "<p>x</p>" * 15_000 + pixel())),
        case("gmail-clipping", page("é" * 55_000 + TRACKED + pixel())),
        case(
            "gmail-clipping",
            sent(TRACKED + unsubscribe() + "<!-- -->" * 15_000 + pixel()),
            answers={"symptom": "open-missing"},
        ),
        case(
            FINE,
            sent(TRACKED + pixel() + unsubscribe() + "<p>x</p>" * 15_000),
            innocent=["gmail-clipping"],
        ),
        case(
            FINE,
            sent(TRACKED + unsubscribe() + "<p>x</p>" * 11_000 + pixel()),
            innocent=["gmail-clipping"],
        ),
        case(FINE, sent("=" * 40_000 + m.HEALTHY), innocent=["gmail-clipping"]),
    ],
    "queue-not-consumed": [
        case("queue-not-consumed", answers={"symptom": "click-missing", "queue": "async"}),
        case(
            "queue-not-consumed",
            answers={"symptom": "open-missing", "queue": "async", "consumer-running": "no"},
        ),
        case(
            "queue-not-consumed",
            sent(m.HEALTHY),
            answers={"symptom": "open-missing", "queue": "async", "consumer-running": "no"},
        ),
        case(
            None,
            answers={"symptom": "open-missing", "queue": "async", "consumer-running": "yes"},
            innocent=["queue-not-consumed"],
        ),
        case(
            None,
            answers={"symptom": "open-missing", "queue": "sync"},
            innocent=["queue-not-consumed"],
        ),
    ],
    "counter-version-bug": [
        case(
            "counter-version-bug",
            sent(m.HEALTHY),
            m.message(
                page(anchor("https://acme.example/a") + pixel(stat=m.OTHER_HASH)),
                To="b@x.example",
                **m.BULK,
            ),
            answers={"release": "1.2.2"},
        ),
        case(
            "counter-version-bug",
            answers={"symptom": "open-missing", "release": "5.0.1", "timeline-shows": "yes"},
        ),
        case(
            "counter-version-bug",
            answers={
                "symptom": "click-missing",
                "release": "6.0",
                "timeline-shows": "yes",
                "sent-via": "segment",
            },
        ),
        case(
            "counter-version-bug",
            sent(m.HEALTHY),
            answers={"symptom": "open-missing", "release": "5.0.4", "timeline-shows": "yes"},
        ),
        case(
            "send-context",
            answers={
                "symptom": "click-missing",
                "timeline-shows": "yes",
                "sent-via": "direct-template",
                "release": "5.1.1",
            },
            also=["counter-version-bug"],
        ),
        case(
            None,
            answers={"symptom": "open-missing", "timeline-shows": "no", "release": "5.0.4"},
            innocent=["counter-version-bug"],
        ),
    ],
    "mailto-tracked": [
        case("mailto-tracked", page(anchor(link())), before=page(anchor("mailto:a@acme.example"))),
        case(
            "mailto-tracked",
            page(anchor("mailto:a@acme.example")),
            answers={"symptom": "link-broken", "release": "7.0.1"},
        ),
        case(
            "mailto-tracked",
            sent(anchor(link()) + TAIL),
            before=page(anchor("mailto:a@acme.example?subject=Hi")),
            answers={"symptom": "link-broken"},
        ),
        case(
            None,
            page(anchor("mailto:a@acme.example")),
            answers={"release": "4.4", "symptom": "link-broken"},
            also=[FINE],
            innocent=["mailto-tracked"],
        ),
        case(
            None,
            page('<a href="mailto:a@acme.example" mautic:disable-tracking>M</a>'),
            answers={"symptom": "link-broken"},
            also=[FINE],
            innocent=["mailto-tracked"],
        ),
    ],
    "plain-text-part": [
        case("plain-text-part", sent(m.HEALTHY, "Read <https://acme.example/a> now")),
        case("plain-text-part", "Jo <jo@acme.example> wrote: https://acme.example/a is fine\n"),
        case("plain-text-part", sent(m.HEALTHY, "Read [https://acme.example/a] <b>now</b>")),
        case(FINE, sent(m.HEALTHY, "Read " + link() + " now"), innocent=["plain-text-part"]),
        case(
            None,
            "Read https://acme.example/a now\nand https://acme.example/b too\n",
            also=[FINE],
            innocent=["plain-text-part"],
        ),
        case(FINE, sent(m.HEALTHY, "No address here, 3 < 4"), innocent=["plain-text-part"]),
    ],
    "dynamic-content-click": [
        case(
            "dynamic-content-click",
            link(value=m.ct("", email=None)),
            also=["send-context"],
        ),
        case(
            "dynamic-content-click",
            answers={"symptom": "click-missing", "link-inside": "dynamic-content"},
        ),
        case(
            "dynamic-content-click", sent(TRACKED + anchor(link(value=m.ct("", email=None))) + TAIL)
        ),
        case(
            FINE,
            sent(m.HEALTHY),
            answers={"link-inside": "body"},
            innocent=["dynamic-content-click"],
        ),
        case(
            FINE,
            link(),
            answers={"link-inside": "body", "symptom": "click-missing"},
            innocent=["dynamic-content-click"],
        ),
    ],
    "unsubscribe-by-machine": [
        case(
            "unsubscribe-by-machine",
            m.access(f"/email/unsubscribe/{m.HASH}", 1, 200, method="HEAD"),
        ),
        case(
            "unsubscribe-by-machine",
            m.access(f"/email/unsubscribe/{m.HASH}", 1, 200, method="HEAD"),
            answers={"release": "6.0.0"},
        ),
        case(
            "unsubscribe-by-machine",
            m.access(f"/email/unsubscribe/{m.HASH}", 1, 200, agent="GoogleImageProxy")
            + m.access(f"/email/unsubscribe/{m.HASH}", 2, 200, method="HEAD"),
            answers={"symptom": "unsubscribe-broken"},
        ),
        case(
            FINE,
            m.access(f"/email/unsubscribe/{m.HASH}", 1, 200),
            innocent=["unsubscribe-by-machine"],
        ),
        case(
            FINE,
            m.access(f"/email/unsubscribe/{m.HASH}", 1, 200, method="POST"),
            innocent=["unsubscribe-by-machine"],
        ),
    ],
    "own-copy-opened": [
        case("own-copy-opened", answers={"symptom": "too-many", "sent-via": "outlook-plugin"}),
        case(
            "own-copy-opened",
            m.message(page("<p>Hi</p>" + pixel())),
            answers={"symptom": "too-many", "sent-via": "outlook-plugin"},
        ),
        case(
            "own-copy-opened",
            answers={"symptom": "too-many", "sent-via": "outlook-plugin", "release": "4.4"},
        ),
        case(
            "bot-or-gateway-hits",
            answers={"symptom": "too-many", "sent-via": "segment"},
            innocent=["own-copy-opened"],
        ),
        case(
            "send-context",
            answers={"symptom": "click-missing", "sent-via": "outlook-plugin"},
            innocent=["own-copy-opened"],
        ),
    ],
    "link-normalised": [
        case(
            "link-normalised",
            page(anchor("https://acme.example/a%20b") + "<p>été</p>"),
            answers={"release": "7.1"},
        ),
        case(
            "link-normalised",
            sent(anchor("https://acme.example/été") + m.HEALTHY),
            answers={"release": "7.1"},
        ),
        case(
            "link-normalised",
            sent(anchor("https://acme.example/a b") + m.HEALTHY),
            answers={"release": "7.1.0"},
        ),
        case(
            "link-normalised",
            sent(anchor("https://acme.example/?n={contactfield=firstname|Jo}") + m.HEALTHY),
            answers={"release": "7.1"},
            also=["token-in-link"],
        ),
        case(
            "link-normalised",
            sent(anchor("https://acme.example:443/a") + m.HEALTHY),
            answers={"release": "7.1"},
        ),
        case(
            "link-normalised",
            page(anchor("https://acme.example/caf%C3%A9") + "<p>été</p>"),
            answers={"release": "7.1"},
        ),
        case(
            "link-normalised",
            page(anchor("https://acme.example/list[0]")),
            answers={"release": "7.1"},
        ),
        case(
            None,
            page(anchor("https://acme.example/été")),
            answers={"release": "7.0"},
            also=[FINE],
            innocent=["link-normalised"],
        ),
        case(
            None,
            page(anchor("https://acme.example/caf%C3%A9")),
            answers={"release": "7.1"},
            also=[FINE],
            innocent=["link-normalised"],
        ),
    ],
    "privacy-signal": [
        case(
            "privacy-signal",
            answers={
                "symptom": "click-missing",
                "release": "7.1.0",
                "redirect-works": "yes",
                "logged-in": "no",
                "user-agent": m.AGENT.replace("Firefox", "Brave"),
            },
        ),
        case(
            "privacy-signal",
            answers={
                "symptom": "click-missing",
                "release": "7.1",
                "redirect-works": "yes",
                "logged-in": "no",
            },
        ),
        case("privacy-signal", m.access(m.click(), 1, method="HEAD"), answers={"release": "7.1"}),
        case(
            None,
            answers={
                "symptom": "click-missing",
                "release": "6.0",
                "redirect-works": "yes",
                "logged-in": "no",
            },
            innocent=["privacy-signal"],
        ),
        case(FINE, m.access(m.click(), 1), answers={"release": "7.1"}, innocent=["privacy-signal"]),
    ],
    "blocked-fifteen-seconds": [
        case(
            "blocked-fifteen-seconds",
            m.access(m.click(value="").removesuffix("?ct="), 1) + m.access(m.click(), 9),
            answers={"release": "7.0"},
        ),
        case(
            "blocked-fifteen-seconds",
            m.access(m.click(value="").removesuffix("?ct="), 1) + m.access(m.click(), 14),
        ),
        case(
            "admin-logged-in",
            answers={"symptom": "click-missing", "logged-in": "yes", "release": "7.1"},
            also=["blocked-fifteen-seconds"],
        ),
        case(
            "blocked-fifteen-seconds",
            m.access(f"/r/{m.REDIRECT}", 1)
            + m.access(f"/email/{m.HASH}.gif", 3, 200)
            + m.access(m.click(), 8),
            answers={"release": "6.0.8"},
        ),
        case(
            None,
            m.access(f"/r/{m.REDIRECT}", 1) + m.access(m.click(), 40),
            answers={"release": "7.0"},
            innocent=["blocked-fifteen-seconds"],
        ),
        case(
            None,
            m.access(f"/r/{m.REDIRECT}", 1) + m.access(m.click(), 9),
            answers={"release": "5.2"},
            innocent=["blocked-fifteen-seconds"],
        ),
    ],
    "unsubscribe-live-in-test": [
        case(
            "unsubscribe-live-in-test",
            tested(unsubscribe(rest=f"/jo@client.example/{m.SIGNATURE}")),
        ),
        case(
            "unsubscribe-live-in-test",
            answers={"symptom": "wrong-contact", "sent-via": "form-results", "release": "5.2"},
            also=["shared-or-wrong-contact-link"],
        ),
        case(
            "unsubscribe-live-in-test",
            answers={"symptom": "unsubscribe-broken", "sent-via": "user", "release": "5.2"},
        ),
        case(
            FINE,
            sent(TRACKED + unsubscribe(rest=f"/jo@client.example/{m.SIGNATURE}") + pixel()),
            innocent=["unsubscribe-live-in-test"],
        ),
        case(
            "unsubscribe-no-contact",
            tested(unsubscribe(stat=m.TEST_HASH)),
            innocent=["unsubscribe-live-in-test"],
        ),
    ],
    "no-fault-in-mail": [
        case(FINE, sent(m.HEALTHY)),
        case(FINE, page(m.HEALTHY)),
        case(FINE, sent(m.HEALTHY, "Read " + link())),
    ],
    "no-fault-image-proxy": [
        case(
            "no-fault-image-proxy",
            f"https://ci3.googleusercontent.com/proxy/Ab#{m.BASE}/email/{m.HASH}.gif",
        ),
        case(
            "no-fault-image-proxy",
            f"https://ci6.googleusercontent.com/meips/ADK=s0-d-e1-ft#{m.BASE}/email/{m.HASH}.gif",
        ),
        case(
            "site-url-host",
            f"https://ci3.googleusercontent.com/proxy/Ab#http://localhost/email/{m.HASH}.gif",
            innocent=["no-fault-image-proxy"],
        ),
    ],
    "no-fault-quoted-printable": [
        case(
            "no-fault-quoted-printable",
            f'<a href=3D"{m.BASE}/r/{m.REDIRECT}?ct=3D{m.ct()[:40]}=\n{m.ct()[40:]}">Go</a>',
        ),
        case("no-fault-quoted-printable", m.part("html", page(m.HEALTHY)).partition("\r\n\r\n")[2]),
        case(
            "site-url-host",
            f'<a href=3D"http://localhost/r/{m.REDIRECT}?ct=3D{m.ct()[:40]}=\n{m.ct()[40:]}">Go</a>',
            innocent=["no-fault-quoted-printable"],
        ),
    ],
}
