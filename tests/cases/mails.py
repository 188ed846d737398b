"""The pieces of which our own cases are made: links, pixels, messages as Mautic sends them."""

import quopri

from snippets import clickthrough

BASE = "https://m.acme.example"
HASH = "65f0a1b2c3d4e512345678"
OTHER_HASH = "65f0a1b2c3d4e587654321"
TEST_HASH = "65f0a1b2c3d4e"
REDIRECT = "92e770d1b72fa6ddf729b5f71"
SIGNATURE = "5f2b0e6f0a7a1c9d8e4b3a2f1e0d9c8b7a6f5e4d3c2b1a0f9e8d7c6b5a4f3e2d"
AGENT = "Mozilla/5.0 (Windows NT 10.0; rv:124.0) Gecko/20100101 Firefox/124.0"
PROXY = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"


def ct(stat: str = HASH, **more: object) -> str:
    """Return a `ct` of a segment e-mail, URL-encoded."""
    data = {"source": ["email", 12], "email": 12, "stat": stat, "lead": "4711"}
    return clickthrough.encode(data | {"channel": {"email": 12}} | more)


def link(base: str = BASE, value: str | None = None, redirect: str = REDIRECT) -> str:
    """Return the address of a tracked link."""
    return f"{base}/r/{redirect}?ct={ct() if value is None else value}"


def anchor(href: str, text: str = "Offer") -> str:
    """Return a link of HTML."""
    return f'<a href="{href}">{text}</a> '


def pixel(base: str = BASE, stat: str = HASH, style: str = "") -> str:
    """Return the tracking pixel."""
    return f'<img {style}height="1" width="1" src="{base}/email/{stat}.gif" alt="" />'


def unsubscribe(base: str = BASE, stat: str = HASH, rest: str = "") -> str:
    """Return the unsubscribe link of HTML."""
    return anchor(f"{base}/email/unsubscribe/{stat}{rest}", "Unsubscribe")


def page(body: str) -> str:
    """Return a whole document."""
    return f"<!DOCTYPE html>\n<html><head><title>News</title></head>\n<body>{body}</body></html>"


HEADERS = {
    "From": "Acme <news@acme.example>",
    "To": "Jo Roe <jo@client.example>",
    "Subject": "Spring news",
    "Date": "Tue, 12 Mar 2024 09:14:03 +0000",
}
BULK = {"X-EMAIL-ID": "12", "Precedence": "Bulk"}
LIST = {"List-Unsubscribe": f"<{BASE}/email/unsubscribe/{HASH}>"}


def message(html: str, text: str = "Hello", **headers: str) -> str:
    """Return a message of a text and an HTML part, quoted-printable; `_` in names is `-`."""
    named = HEADERS | {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return (
        f'{head}MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="b42"\r\n\r\n'
        f"--b42\r\n{part('plain', text)}\r\n--b42\r\n{part('html', html)}\r\n--b42--\r\n"
    )


def part(kind: str, text: str) -> str:
    """Return one part of a message with its headers."""
    encoded = quopri.encodestring(text.encode()).decode().replace("\n", "\r\n")
    return (
        f"Content-Type: text/{kind}; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\n\r\n{encoded}"
    )


def sent(body: str, text: str = "Hello", **headers: str) -> str:
    """Return an e-mail as a segment's contact gets it."""
    return message(page(body), text, **(BULK | LIST | headers))


def tested(body: str, **headers: str) -> str:
    """Return an e-mail sent as an example."""
    return message(page(body), Subject="[TEST] Spring news", **headers)


HEALTHY = anchor(link()) + unsubscribe() + pixel()


def access(
    path: str,
    second: int = 0,
    status: int = 302,
    agent: str = AGENT,
    ip: str = "198.51.100.7",
    method: str = "GET",
) -> str:
    """Return one line of an access log; `second` counts from 10:00:00."""
    clock = f"10:{second // 60:02}:{second % 60:02}"
    return (
        f'{ip} - - [12/Mar/2024:{clock} +0000] "{method} {path} HTTP/1.1" {status} 498 "-" '
        f'"{agent}"\n'
    )


def click(redirect: str = REDIRECT, value: str | None = None) -> str:
    """Return the path of a tracked link, as a log has it."""
    return link("", value, redirect)
