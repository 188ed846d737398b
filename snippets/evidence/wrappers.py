"""Addresses that others wrapped around a tracked link: mail providers, gateways, image proxies."""

import base64
import binascii
import json
import re
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from .kinds import WrapperKind

MOST_LAYERS = 5
MOST_BYTES = 100_000
ADDRESS = re.compile(r"https?://[^\s\"'<>\x00-\x1f\x7f-\xff]+", re.I)


@dataclass(frozen=True)
class Wrapper:
    """Who wraps addresses: a name, a kind, how to recognise it and how to look inside.

    `is_certain` is False where only the shape of the path tells, on a host of whatever name.
    """

    name: str
    kind: WrapperKind
    pattern: re.Pattern[str]
    inner: Callable[[str, re.Match[str]], str]
    is_certain: bool = True


@dataclass(frozen=True)
class Peeled:
    """An address without its wrappers; `wrappers` are their names, from the outside in."""

    address: str
    wrappers: tuple[Wrapper, ...] = ()


def peel(address: str) -> Peeled:
    """Return the address inside all wrappers; "" where a wrapper hides it."""
    wrappers: list[Wrapper] = []
    while address and len(wrappers) < MOST_LAYERS:
        found = _wrapper(address)
        if not found:
            break
        wrapper, match = found
        wrappers.append(wrapper)
        address = wrapper.inner(address, match)
    return Peeled(address, tuple(wrappers))


def _wrapper(address: str) -> tuple[Wrapper, re.Match[str]] | None:
    for wrapper in WRAPPERS if address[:4].lower() == "http" else ():
        match = wrapper.pattern.match(address)
        if match:
            return wrapper, match
    return None


def parameter(*names: str) -> Callable[[str, re.Match[str]], str]:
    """Return a reader of a query parameter."""

    def read(address: str, _: re.Match[str]) -> str:
        try:
            query = parse_qs(urlsplit(address.replace("&amp;", "&")).query)
        except ValueError:
            return ""
        return next((query[name][0] for name in names if name in query), "")

    return read


def group(_: str, match: re.Match[str]) -> str:
    """Return the address in the first group, percent-decoded."""
    text = unquote(match[1])
    return text if "://" in text else f"https://{text}"


def plain_group(_: str, match: re.Match[str]) -> str:
    """Return the address in the first group as it stands."""
    return match[1]


def hidden(_: str, __: re.Match[str]) -> str:
    """Return nothing: only the provider knows the address inside."""
    return ""


def base64_text(text: str) -> bytes:
    """Return Base64 (either alphabet, padding or not) decoded, as far as it goes."""
    letters = re.sub("[^A-Za-z0-9+/]", "", text.replace("-", "+").replace("_", "/"))
    letters = letters[: len(letters) - (len(letters) % 4 == 1)][:MOST_BYTES]
    try:
        return base64.b64decode(letters + "=" * (-len(letters) % 4))
    except binascii.Error:
        return b""


def mandrill(address: str, match: re.Match[str]) -> str:
    """Return the address in Mandrill's `p`: JSON in Base64, with JSON inside."""
    text = parameter("p")(address, match)
    try:
        outer = json.loads(base64_text(text))
        inner = json.loads(outer["p"]) if isinstance(outer.get("p"), str) else outer
        return str(inner.get("url", ""))
    except (ValueError, KeyError, AttributeError, RecursionError):
        return ""


def mailgun(_: str, match: re.Match[str]) -> str:
    """Return the address in Mailgun's path: a query, compressed."""
    try:
        data = zlib.decompressobj().decompress(base64_text(match[1]), MOST_BYTES)
    except zlib.error:
        return ""
    fields = parse_qs(data.decode("utf-8", "replace"))
    return next((fields[name][0] for name in ("l", "u") if name in fields), "")


def in_base64(_: str, match: re.Match[str]) -> str:
    """Return the first address found in a piece of Base64."""
    found = ADDRESS.search(base64_text(match[1]).decode("latin-1"))
    return found[0] if found else ""


def urldefense_2(address: str, match: re.Match[str]) -> str:
    """Return the address in version 2: `-3A` for `%3A`, `_` for `/`."""
    text = parameter("u")(address, match)
    return unquote(text.replace("-", "%").replace("_", "/"))


def urldefense_3(_: str, match: re.Match[str]) -> str:
    """Return the address in version 3: `*` stands for a character listed behind it."""
    hidden_characters = iter(base64_text(match[2] or "").decode("utf-8", "replace"))
    return re.sub(r"\*", lambda _: next(hidden_characters, "*"), match[1])


def sophos(address: str, _: re.Match[str]) -> str:
    """Return the address in the parameter `u` of Sophos: Base64."""
    text = base64_text(parameter("u")(address, _)).decode("utf-8", "replace")
    return text if ADDRESS.match(text) else ""


def path(pattern: str) -> re.Pattern[str]:
    """Return the pattern of an address on any host: customers of a provider give it a name."""
    return re.compile(rf"(?i)https?://[^/?#\s]+{pattern}")


def host(names: str, path: str = "") -> re.Pattern[str]:
    """Return the pattern of an address with one of these hosts, or a host below it."""
    return re.compile(rf"(?i)https?://(?:[\w.-]+\.)?(?:{names})(?::\d+)?(?=[/?#]|$){path}")


PROVIDER, GATEWAY, PROXY = WrapperKind.PROVIDER, WrapperKind.GATEWAY, WrapperKind.PROXY
LIKELY = False  # only documentation or memory knows this shape (addresses of customers)
WRAPPERS = (
    Wrapper("gmail", PROXY, host(r"googleusercontent\.com", r"[^#\s]*#(https?://.+)"), plain_group),
    Wrapper("yahoo", PROXY, host(r"ecp\.yusercontent\.com", "/mail"), parameter("url")),
    Wrapper("proton", PROXY, path(r"/api/core/v4/images\?(?:\S*&)?Url="), parameter("Url")),
    Wrapper("yandex", PROXY, host(r"resize\.yandex\.net", "/mailservice"), parameter("url")),
    Wrapper("safelinks", GATEWAY, host(r"safelinks\.protection\.outlook\.com"), parameter("url")),
    Wrapper(
        "urldefense",
        GATEWAY,
        host(r"urldefense\.(?:com|us)", r"/v3/__(.+?)__;([^!]*)"),
        urldefense_3,
    ),
    Wrapper("urldefense", GATEWAY, host(r"urldefense\.proofpoint\.com", "/v2/url"), urldefense_2),
    Wrapper("urldefense", GATEWAY, host(r"urldefense\.proofpoint\.com"), parameter("u")),
    Wrapper("barracuda", GATEWAY, host(r"linkprotect\.cudasvc\.com"), parameter("a")),
    Wrapper(
        "cisco", GATEWAY, host(r"secure-web\.cisco\.com", r"/[^/\s]+/[^/\s]+/(http\S+)"), group
    ),
    Wrapper("mimecast", GATEWAY, host(r"mimecast\.com|mimecastprotect\.com", "/s/"), hidden),
    Wrapper("sophos", GATEWAY, host(r"protection\.sophos\.com"), sophos),
    Wrapper(
        "check-point",
        GATEWAY,
        host(r"protect\.checkpoint\.com|url\.avanan\.click", r"/v2/(?:r\d+/)?___(.+?)___"),
        plain_group,
    ),
    Wrapper("trend-micro", GATEWAY, path(r"/wis/clicktime/v\d/(?:query|click)"), parameter("url")),
    Wrapper("fortimail", GATEWAY, path("/fmlurlsvc/"), parameter("url")),
    Wrapper("hornetsecurity", GATEWAY, host(r"hornetsecurity\.com"), parameter("u", "url")),
    Wrapper("hornetsecurity", GATEWAY, host(r"linkscan\.io", r"/scan/ux/([\w-]+)"), in_base64),
    Wrapper("vade", GATEWAY, host(r"vadesecure\.com", r"/v\d"), parameter("u", "url")),
    Wrapper("symantec", GATEWAY, host(r"clicktime\.symantec\.com"), parameter("u")),
    Wrapper("fireeye", GATEWAY, host(r"protect\d*\.fireeye\.com"), parameter("u")),
    Wrapper("trustwave", GATEWAY, host(r"scanmail\.trustwave\.com"), parameter("u")),
    Wrapper("edgepilot", GATEWAY, host(r"link\.edgepilot\.com", "/s/"), parameter("u")),
    Wrapper("intermedia", GATEWAY, host(r"url\.emailprotection\.link"), hidden),
    Wrapper("mandrill", PROVIDER, host(r"mandrillapp\.com", "/track/click"), mandrill),
    Wrapper("ses", PROVIDER, host(r"awstrack\.me", r"/L0/([^/\s]+)"), group),
    Wrapper(
        "sendgrid",
        PROVIDER,
        re.compile(r"(?i)https?://[^/\s]+/(?:uni/)?(?:ls|wf)/click\?(?:\S*&)?upn="),
        hidden,
    ),
    Wrapper("sendgrid", PROVIDER, host(r"sendgrid\.net", "/(?:ls|ss|wf|uni|asm)/"), hidden),
    Wrapper("sendgrid", PROVIDER, path(r"/ss/c/u[0-9]{3}\.[\w-]{10,}"), hidden),
    Wrapper("mailgun", PROVIDER, re.compile(r"(?i)https?://[^/\s]+/c/(eJ[\w-]{20,})"), mailgun),
    Wrapper(
        "sparkpost",
        PROVIDER,
        host(r"spmailtechnol\w*\.com|sparkpostmail\d*\.com|sp\w*\.post", r"/f/a/.*?/([\w-]+)/?$"),
        in_base64,
    ),
    Wrapper("sparkpost", PROVIDER, host(r"spmailtechnol\w*\.com", "/"), hidden),
    Wrapper("mailchimp", PROVIDER, host(r"list-manage\d*\.com", "/track/click"), hidden),
    Wrapper("postmark", PROVIDER, host(r"click\.pstmrk\.it", r"/(?:2s|3s)/([^/\s]+)"), group),
    Wrapper("postmark", PROVIDER, host(r"pstmrk\.it"), hidden),
    Wrapper("brevo", PROVIDER, host(r"sendib[mt]\d*\.com|brevo\.com", "/(?:mk|tr)/cl"), hidden),
    Wrapper("mailjet", PROVIDER, host(r"mjt\.lk|mailjet\.com", "/lnk/"), hidden),
    Wrapper("elastic-email", PROVIDER, host(r"elasticemail\.com", "/tracking/click"), hidden),
    Wrapper("elastic-email", PROVIDER, path(r"/tracking/click\?(?:\S*&)?d=[\w-]{10,}"), hidden),
    Wrapper("ses", PROVIDER, path(r"/CL0/(https?(?:%3A|:)(?:%2F|/){2}[^/\s]+)/\d+/"), group),
    Wrapper("mandrill", PROVIDER, path(r"/track/click/\d+/[^?#\s]*\?p="), mandrill, LIKELY),
    Wrapper(
        "sparkpost", PROVIDER, path(r"/f/a/[\w-]{10,}~{0,2}/A\S*/([\w-]+)~?/?$"), in_base64, LIKELY
    ),
    Wrapper("sparkpost", PROVIDER, path(r"/f/a/[\w-]{10,}~{0,2}/A"), hidden, LIKELY),
    Wrapper("brevo", PROVIDER, path(r"/(?:tr|mk)/cl/(?:f/)?[\w-]{2,}"), hidden, LIKELY),
    Wrapper(
        "mailjet", PROVIDER, path(r"/lnk/[\w-]{10,}/\d+/[\w-]{10,}/([\w-]+)"), in_base64, LIKELY
    ),
    Wrapper("postmark", PROVIDER, path(r"/3s/([^/\s]*\.[^/\s]+)/[\w-]{4,}/"), group, LIKELY),
)

PROVIDER_PIXEL = re.compile(
    r"(?i)/wf/open\?|mandrillapp\.com/track/open|awstrack\.me/I0/|/o/eJ[\w-]{20}|pstmrk\.it/open"
    r"|list-manage\d*\.com/track/open|spmailtechnol\w*\.com/q/|/(?:tr|mk)/op/|mjt\.lk/oo/"
    r"|/ss/o/u[0-9]{3}\.|/CI0/[0-9a-f]|/track/open\.php\?u=|/oo/[\w-]{10,}/[\w-]{6,}/e\.gif"
)

# Headers that providers add to what goes through them.
PROVIDER_HEADERS = {
    "ses": ("x-ses-outgoing",),
    "mailjet": ("x-mailjet-campaign", "x-mj-mid"),
    "mailgun": ("x-mailgun-sid", "x-mailgun-tag", "x-mailgun-sending-ip"),
    "sendgrid": ("x-sg-eid", "x-sg-id"),
    "sparkpost": ("x-msfbl",),
    "mandrill": ("x-mandrill-user", "x-mc-user"),
    "postmark": ("x-pm-message-id",),
    "brevo": ("x-mailin-campaign", "x-mailin-eid", "x-mailin-client"),
    "elastic-email": ("x-elasticemail-messageid", "x-elasticemail-settings"),
}

# What people call them, where their name isn't this one with a capital.
CALLED = {
    **{"ses": "Amazon SES", "sendgrid": "SendGrid", "sparkpost": "SparkPost"},
    **{"elastic-email": "Elastic Email", "check-point": "Check Point"},
    **{"safelinks": "Microsoft Safe Links", "urldefense": "Proofpoint", "fireeye": "FireEye"},
    **{"trend-micro": "Trend Micro", "fortimail": "FortiMail", "edgepilot": "EdgePilot"},
}


def called(wrapper: str) -> str:
    """Return what people call the maker of a wrapper: `ses` is Amazon SES."""
    return CALLED.get(wrapper, wrapper.capitalize())


def providers(names: Iterable[str]) -> set[str]:
    """Return the providers that headers of these names (in lower case) come from."""
    given = set(names)
    return {name for name, headers in PROVIDER_HEADERS.items() if given.intersection(headers)}
