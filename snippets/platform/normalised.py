"""How guzzlehttp/psr7 writes an address anew: what Mautic 7.1 and later record.

Source: V22, V24; the library is public (MIT), its rules are those of RFC 3986, section 5.3.
"""

import re

from .address import Address
from .text import fold, to_bytes

_DEFAULT_PORTS = {"http": 80, "https": 443, "ftp": 21}
_KEPT = r"A-Za-z0-9_\-.~!$&'()*+,;="
_LOGIN = re.compile(f"[^%{_KEPT}]|%(?![A-Fa-f0-9]{{2}})")
_PATH = re.compile(f"[^%{_KEPT}:@/]|%(?![A-Fa-f0-9]{{2}})")
_QUERY = re.compile(f"[^%{_KEPT}:@/?]|%(?![A-Fa-f0-9]{{2}})")


class MalformedAddress(ValueError):
    """An address the library refuses; in Mautic 7.1 the whole sending stops."""


def normalised(address: Address) -> str:
    """Return the pieces as one address, percent-encoded; braces of tokens stay as they are.

    Raises MalformedAddress.
    """
    scheme = (address.scheme or "").lower()
    authority = _authority(address, scheme)
    path = _encoded(_PATH, address.path)
    if not authority:
        _check(scheme, path)
    elif path and not path.startswith("/"):
        path = "/" + path
    text = (scheme + ":" if scheme else "") + ("//" + authority if authority else "") + path
    text += _behind("?", _encoded(_QUERY, address.query))
    text += _behind("#", _encoded(_QUERY, address.fragment))
    return text.replace("%7B", "{").replace("%7D", "}")


def _authority(address: Address, scheme: str) -> str:
    host = fold(address.host or "")
    login = _encoded(_LOGIN, address.user)
    if address.password is not None:
        login += ":" + _encoded(_LOGIN, address.password)
    if not host and scheme in ("http", "https"):
        host = "localhost"
    port = address.port
    shown = "" if port is None or _DEFAULT_PORTS.get(scheme) == port else f":{port}"
    return (login + "@" if login else "") + host + shown


def _check(scheme: str, path: str) -> None:
    if path.startswith("//"):
        raise MalformedAddress("the path begins with two slashes, but there is no host")
    if not scheme and ":" in path.split("/", 1)[0]:
        raise MalformedAddress("something stands in front of the scheme")


def _encoded(outside: re.Pattern[str], piece: str | None) -> str:
    return outside.sub(_percent, piece) if piece else ""


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in to_bytes(found[0]))


def _behind(mark: str, piece: str) -> str:
    return mark + piece if piece else ""
