"""Each way in which others wrap an address, and what looks like one and is none."""

import base64
import json
import zlib
from urllib.parse import quote

import pytest

from snippets.evidence import addresses, wrappers
from snippets.evidence.kinds import WrapperKind

INNER = "https://m.acme.example/r/92e770d1b72fa6ddf729b5f71?ct=YTow&a=1"
ENCODED = quote(INNER, safe="")
BARE = quote(INNER.removeprefix("https://"), safe="")
IN_BASE64 = base64.urlsafe_b64encode(INNER.encode()).decode().rstrip("=")
JSON = json.dumps({"u": 1, "p": json.dumps({"v": 1, "url": INNER})})
MANDRILL = base64.b64encode(JSON.encode()).decode().rstrip("=")
FLAT = base64.b64encode(json.dumps({"url": INNER}).encode()).decode()
PROOFPOINT = ENCODED.replace("-", "-2D").replace("_", "-5F").replace("%", "-").replace("/", "_")
STARS = INNER.replace("?", "*").replace("=", "*")
HIDDEN_SIGNS = base64.urlsafe_b64encode(b"?==").decode().rstrip("=")


def compressed(name: str) -> str:
    """Return a query with this name as Mailgun writes it."""
    packed = zlib.compress(f"{name}={ENCODED}&h=1".encode())
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


PROXY, GATEWAY, PROVIDER = WrapperKind.PROXY, WrapperKind.GATEWAY, WrapperKind.PROVIDER
# What stands around the address: whose it is, of which kind, and whether it shows what is inside.
SHOWN = {
    f"https://ci3.googleusercontent.com/meips/abc=s0-d-e1-ft#{INNER}": ("gmail", PROXY),
    f"https://ecp.yusercontent.com/mail?url={ENCODED}&t=1": ("yahoo", PROXY),
    f"https://mail.proton.me/api/core/v4/images?Url={ENCODED}&UID=1": ("proton", PROXY),
    f"https://mail.acme.example/api/core/v4/images?UID=1&Url={ENCODED}": ("proton", PROXY),
    f"https://resize.yandex.net/mailservice?url={ENCODED}&proxy=yes": ("yandex", PROXY),
    f"https://eur01.safelinks.protection.outlook.com/?url={ENCODED}&data=05": (
        "safelinks",
        GATEWAY,
    ),
    f"https://urldefense.com/v3/__{INNER}__;!!abc$": ("urldefense", GATEWAY),
    f"https://urldefense.us/v3/__{STARS}__;{HIDDEN_SIGNS}!!abc$": ("urldefense", GATEWAY),
    f"https://urldefense.proofpoint.com/v2/url?u={PROOFPOINT}&d=Dw": ("urldefense", GATEWAY),
    f"https://urldefense.proofpoint.com/v1/url?u={ENCODED}&k=x": ("urldefense", GATEWAY),
    f"https://linkprotect.cudasvc.com/url?a={ENCODED}&c=E": ("barracuda", GATEWAY),
    f"https://secure-web.cisco.com/1abc/2def/{ENCODED}": ("cisco", GATEWAY),
    "https://eu.protection.sophos.com/?d=x&u=" + IN_BASE64: ("sophos", GATEWAY),
    f"https://protect.checkpoint.com/v2/___{INNER}___.YXBz": ("check-point", GATEWAY),
    f"https://url.avanan.click/v2/r01/___{INNER}___.YXBz": ("check-point", GATEWAY),
    f"https://x.acme.example/wis/clicktime/v1/query?url={ENCODED}": ("trend-micro", GATEWAY),
    f"https://x.acme.example/wis/clicktime/v2/click?url={ENCODED}": ("trend-micro", GATEWAY),
    f"https://mail.acme.example/fmlurlsvc/?fewReq=:B:x&url={ENCODED}": ("fortimail", GATEWAY),
    f"https://atpscan.global.hornetsecurity.com/?d=x&u={ENCODED}": ("hornetsecurity", GATEWAY),
    f"https://atpscan.hornetsecurity.com/index.php?url={ENCODED}": ("hornetsecurity", GATEWAY),
    f"https://linkscan.io/scan/ux/{IN_BASE64}": ("hornetsecurity", GATEWAY),
    f"https://xyz.vadesecure.com/v4?f=1&u={ENCODED}": ("vade", GATEWAY),
    f"https://xyz.vadesecure.com/v4?url={ENCODED}": ("vade", GATEWAY),
    f"https://clicktime.symantec.com/abc?u={ENCODED}": ("symantec", GATEWAY),
    f"https://protect2.fireeye.com/v1/url?k=1&u={ENCODED}": ("fireeye", GATEWAY),
    f"https://protect.fireeye.com/v1/url?k=1&u={ENCODED}": ("fireeye", GATEWAY),
    f"https://scanmail.trustwave.com/?c=1&u={ENCODED}": ("trustwave", GATEWAY),
    f"https://link.edgepilot.com/s/abc/def?u={ENCODED}": ("edgepilot", GATEWAY),
    f"https://mandrillapp.com/track/click/1/x?p={MANDRILL}": ("mandrill", PROVIDER),
    f"https://mandrillapp.com/track/click/1/x?p={FLAT}": ("mandrill", PROVIDER),
    f"https://x1.r.eu-west-1.awstrack.me/L0/{ENCODED}/1/0100": ("ses", PROVIDER),
    f"https://email.acme.example/c/{compressed('l')}": ("mailgun", PROVIDER),
    f"https://email.acme.example/c/{compressed('u')}": ("mailgun", PROVIDER),
    f"https://go.sparkpostmail1.com/f/a/abc~~/AAQ~/RgR/{IN_BASE64}": ("sparkpost", PROVIDER),
    f"https://go.sparkpostmail.com/f/a/abc~~/AAQ~/RgR/{IN_BASE64}/": ("sparkpost", PROVIDER),
    f"https://x.spgo.post/f/a/abc~~/AAQ~/{IN_BASE64}": ("sparkpost", PROVIDER),
    f"https://x.spmailtechnolo.com/f/a/abc~~/AAQ~/{IN_BASE64}": ("sparkpost", PROVIDER),
    f"https://click.pstmrk.it/3s/{BARE}/abc/def": ("postmark", PROVIDER),
    f"https://click.pstmrk.it/2s/{BARE}/abc/def": ("postmark", PROVIDER),
    f"https://click.acme.example/CL0/{ENCODED}/1/0100/x": ("ses", PROVIDER),
}
LIKELY_SHOWN = {
    f"https://click.acme.example/track/click/30/acme?p={MANDRILL}": ("mandrill", PROVIDER),
    f"https://go.acme.example/f/a/abcdefghij~~/AAQRxQA~/RgR/{IN_BASE64}~": (
        "sparkpost",
        PROVIDER,
    ),
    f"https://go.acme.example/lnk/AAAAAAAAAA/1/BBBBBBBBBB/{IN_BASE64}": ("mailjet", PROVIDER),
    f"https://click.acme.example/3s/{BARE}/abcd/ef": ("postmark", PROVIDER),
}
HIDDEN = {
    "https://protect-eu.mimecast.com/s/abc": ("mimecast", GATEWAY),
    "https://url.uk.mimecastprotect.com/s/abc": ("mimecast", GATEWAY),
    "https://url.emailprotection.link/?abc": ("intermedia", GATEWAY),
    "https://links.acme.example/ls/click?upn=u001.abc": ("sendgrid", PROVIDER),
    "https://links.acme.example/wf/click?a=1&upn=abc": ("sendgrid", PROVIDER),
    "https://links.acme.example/uni/ls/click?upn=abc": ("sendgrid", PROVIDER),
    "https://links.acme.example/ss/c/u001.abcdefghij/4bq/x/h0/h001.y": ("sendgrid", PROVIDER),
    "https://u1.ct.sendgrid.net/ss/c/x": ("sendgrid", PROVIDER),
    "https://u1.ct.sendgrid.net/ls/x": ("sendgrid", PROVIDER),
    "https://u1.ct.sendgrid.net/wf/x": ("sendgrid", PROVIDER),
    "https://u1.ct.sendgrid.net/uni/x": ("sendgrid", PROVIDER),
    "https://u1.ct.sendgrid.net/asm/x": ("sendgrid", PROVIDER),
    "https://x.spmailtechnolo.com/q/x": ("sparkpost", PROVIDER),
    "https://acme.us1.list-manage.com/track/click?u=1": ("mailchimp", PROVIDER),
    "https://acme.list-manage2.com/track/click?u=1": ("mailchimp", PROVIDER),
    "https://click.pstmrk.it/x": ("postmark", PROVIDER),
    "https://x.r.sendibm1.com/mk/cl/abc": ("brevo", PROVIDER),
    "https://x.r.sendibt3.com/tr/cl/abc": ("brevo", PROVIDER),
    "https://x.sendibm.com/mk/cl/abc": ("brevo", PROVIDER),
    "https://x.brevo.com/tr/cl/abc": ("brevo", PROVIDER),
    "https://x.mjt.lk/lnk/abc": ("mailjet", PROVIDER),
    "https://x.mailjet.com/lnk/abc": ("mailjet", PROVIDER),
    "https://api.elasticemail.com/tracking/click?d=x": ("elastic-email", PROVIDER),
    "https://mail.acme.example/tracking/click?d=abcdefghij": ("elastic-email", PROVIDER),
    "https://mail.acme.example/tracking/click?a=1&d=abcdefghij": ("elastic-email", PROVIDER),
}
LIKELY_HIDDEN = {
    "https://go.acme.example/f/a/abcdefghij~~/AAQ": ("sparkpost", PROVIDER),
    "https://go.acme.example/f/a/abcdefghij/AAQ": ("sparkpost", PROVIDER),
    "https://r.acme.example/tr/cl/ab": ("brevo", PROVIDER),
    "https://r.acme.example/mk/cl/f/ab": ("brevo", PROVIDER),
}


@pytest.mark.parametrize(("address", "whose"), (SHOWN | LIKELY_SHOWN).items())
def test_a_wrapper_shows_what_is_inside(address: str, whose: tuple[str, WrapperKind]) -> None:
    found = wrappers.peel(address)
    assert found.address == INNER
    [wrapper] = found.wrappers
    assert (wrapper.name, wrapper.kind) == whose
    assert wrapper.is_certain == (address in SHOWN)


@pytest.mark.parametrize(("address", "whose"), (HIDDEN | LIKELY_HIDDEN).items())
def test_a_wrapper_may_hide_what_is_inside(address: str, whose: tuple[str, WrapperKind]) -> None:
    found = wrappers.peel(address)
    assert found.address == ""
    [wrapper] = found.wrappers
    assert (wrapper.name, wrapper.kind) == whose
    assert wrapper.is_certain == (address in HIDDEN)


def test_each_wrapper_has_an_example() -> None:
    tried = [*SHOWN, *LIKELY_SHOWN, *HIDDEN, *LIKELY_HIDDEN]
    used = {wrapper for address in tried for wrapper in wrappers.peel(address).wrappers}
    assert set(wrappers.WRAPPERS) == used


NONE = [
    INNER,
    "https://acme.example/c/eJ",
    "https://acme.example/c/eJshort",
    "https://acme.example/ls/click?x=1",
    "https://acme.example/tracking/click?d=short",
    "https://acme.example/tr/cl/a",
    "https://acme.example/f/a/short~~/AAQ",
    "https://acme.example/f/a/abcdefghij~~/BAQ",
    "https://acme.example/lnk/short/1/x/y",
    "https://acme.example/3s/word/abcd/",
    "https://acme.example/CL0/other/1/",
    "https://acme.example/track/click/x?p=1",
    "https://acme.example/wis/clicktime/v1/other?url=x",
    "https://notsendgrid.net/ls/x",
    "https://mandrillapp.com.acme.example/track/click/1/x",
    "https://mandrillapp.com/other",
    "https://googleusercontent.com/proxy/abc",
    "https://mimecast.com/other",
    "https://sendgrid.net/other",
    "https://ecp.yusercontent.com/other?url=x",
    "https://acme.example/?go=https://mandrillapp.com/track/click",
]


@pytest.mark.parametrize("address", NONE)
def test_what_looks_like_a_wrapper_is_none(address: str) -> None:
    assert wrappers.peel(address) == wrappers.Peeled(address)


CASES = [*SHOWN, *LIKELY_SHOWN, *HIDDEN, *LIKELY_HIDDEN]


@pytest.mark.parametrize("address", CASES)
def test_scheme_and_host_may_be_in_capitals_and_have_a_port(address: str) -> None:
    plain = wrappers.peel(address)
    scheme, _, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    for other in (f"HTTP://{host.upper()}", f"{scheme}://{host}:8443"):
        assert wrappers.peel(other + slash + path) == plain


EMPTY = [
    "https://mandrillapp.com/track/click/1/x?p=x",
    "https://mandrillapp.com/track/click/1/x",
    f"https://mandrillapp.com/track/click/1/x?p={base64.b64encode(b'[1]').decode()}",
    "https://email.acme.example/c/eJxxxxxxxxxxxxxxxxxxxxxx",
    "https://linkscan.io/scan/ux/YWJj",
    "https://eu.protection.sophos.com/?u=YWJj",
    "https://linkprotect.cudasvc.com/url?b=1",
    "https://[acme.example/fmlurlsvc/?url=1",
]


@pytest.mark.parametrize("address", EMPTY)
def test_a_wrapper_that_holds_nothing_hides_the_address(address: str) -> None:
    found = wrappers.peel(address)
    assert found.address == ""
    assert len(found.wrappers) == 1


def wrapped(times: int) -> str:
    """Return an address that a gateway wrapped so many times."""
    address = INNER
    for _ in range(times):
        address = f"https://linkprotect.cudasvc.com/url?a={quote(address, safe='')}"
    return address


def test_wrappers_in_wrappers_are_taken_off_up_to_a_limit() -> None:
    for times in range(1, 6):
        found = wrappers.peel(wrapped(times))
        assert (found.address, len(found.wrappers)) == (INNER, times)
    assert wrappers.peel(wrapped(6)).address == wrapped(1)


def test_of_several_wrappers_the_outer_one_comes_first() -> None:
    ses = f"https://x.awstrack.me/L0/{ENCODED}/1/0100"
    found = wrappers.peel(f"https://x.safelinks.protection.outlook.com/?url={quote(ses, safe='')}")
    assert [wrapper.name for wrapper in found.wrappers] == ["safelinks", "ses"]
    assert found.address == INNER


def test_an_address_may_be_escaped_as_in_html() -> None:
    address = f"https://linkprotect.cudasvc.com/url?c=E&amp;a={ENCODED}"
    assert addresses.read(address).url == INNER


@pytest.mark.parametrize("length", range(4))
def test_base64_is_read_in_either_alphabet_and_as_far_as_it_goes(length: int) -> None:
    content = b"\xfb\xff\xfe??>" * 3 + b"x" * length
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        text = encode(content).decode()
        assert wrappers.base64_text(text) == content
        assert wrappers.base64_text(text.rstrip("=")) == content
        assert wrappers.base64_text(text.rstrip("=") + "\n") == content
    assert wrappers.base64_text("YWJj" + "Y") == b"abc"
    assert wrappers.base64_text("") == b""


PIXELS = [
    "https://links.acme.example/wf/open?upn=x",
    "https://mandrillapp.com/track/open.php?u=1",
    "https://x.awstrack.me/I0/x/y",
    "https://email.acme.example/o/eJxxxxxxxxxxxxxxxxxxxxxx",
    "https://x.pstmrk.it/open?m=1",
    "https://acme.us1.list-manage.com/track/open.php?u=1",
    "https://acme.list-manage2.com/track/open.php?u=1",
    "https://x.spmailtechnolo.com/q/x",
    "https://r.acme.example/tr/op/x",
    "https://x.mjt.lk/oo/x",
    "https://track.acme.example/oo/AVoAAHxM1PQA/9b7c2d/e.gif",
    "https://r.acme.example/mk/op/x",
    "https://links.acme.example/ss/o/u001.x/4bq/h0.gif",
    "https://click.acme.example/CI0/0102019/x=400",
    "https://go.acme.example/track/open.php?u=1",
]


@pytest.mark.parametrize("address", PIXELS)
def test_the_pixel_of_a_provider_is_known(address: str) -> None:
    assert wrappers.PROVIDER_PIXEL.search(address)
    assert wrappers.PROVIDER_PIXEL.search(address.upper())


@pytest.mark.parametrize("address", ["https://acme.example/o/eJshort", "https://acme.example/open"])
def test_other_images_are_no_pixel_of_a_provider(address: str) -> None:
    assert not wrappers.PROVIDER_PIXEL.search(address)
