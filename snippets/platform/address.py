"""How the platform splits an address into pieces, and how Mautic puts them together again.

Not RFC 3986 and not `urllib.parse`: `tel:112` has a host and a port, `//` cannot be read at all.
Source: R23, R28, H6; judged by the recordings HLP117 to HLP218.
"""

import re
from typing import NamedTuple

SCHEME = re.compile(r"[a-zA-Z0-9+.-]+")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
PORT_BEHIND = re.compile(r":([0-9]{1,5})(?=/|\Z)")
HIGHEST_PORT = 65535
# What nearly every link looks like: a scheme, a host without login or port, and what follows.
ORDINARY = re.compile(
    r"([a-zA-Z0-9+.-]+)://([^/?#@:\x00-\x1f\x7f]+)(/[^?#\x00-\x1f\x7f]*)?"
    r"(?:\?([^#\x00-\x1f\x7f]*))?(?:#([^\x00-\x1f\x7f]*))?"
)


class Address(NamedTuple):
    """The pieces of an address; None where a piece is missing, which is not the same as empty."""

    scheme: str | None = None
    user: str | None = None
    password: str | None = None
    host: str | None = None
    port: int | None = None
    path: str | None = None
    query: str | None = None
    fragment: str | None = None


class UnreadableAddress(ValueError):
    """The platform cannot split this address; Mautic doesn't track it."""


def split(address: str) -> Address:
    """Return the pieces of an address; UnreadableAddress where the platform gives up."""
    ordinary = ORDINARY.fullmatch(address)
    if ordinary:
        scheme, host, path, query, fragment = ordinary.groups()
        return Address(scheme, None, None, host, None, path, query, fragment)
    pieces = _split(address)
    cleaned = [CONTROL.sub("_", p) if isinstance(p, str) else p for p in pieces]
    return Address(*cleaned)  # type: ignore[arg-type]  # the order is that of the fields


def _split(address: str) -> Address:
    colon = address.find(":")
    if colon < 0:
        return _without_scheme(address)
    if colon == 0 or not SCHEME.fullmatch(address, 0, colon):
        return _colon_but_no_scheme(address, colon)
    behind = address[colon + 1 :]
    if behind and not behind.startswith("/") and PORT_BEHIND.match(address, colon):
        return _host_and_port(address, colon)
    return _with_scheme(address[:colon], behind)


def _with_scheme(scheme: str, behind: str) -> Address:
    if not behind:
        return Address(scheme=scheme)
    if not behind.startswith("//"):
        return _path(behind)._replace(scheme=scheme)
    if scheme.lower() == "file" and behind.startswith("///"):
        drive = behind[4:5] == ":"
        return _path(behind[3:] if drive else behind[2:])._replace(scheme=scheme)
    return _host(behind[2:])._replace(scheme=scheme)


def _colon_but_no_scheme(address: str, colon: int) -> Address:
    end = re.search(r"[?#]|\Z", address).start()  # type: ignore[union-attr]  # \Z always matches
    if colon == 0 or (colon + 1 < len(address) and colon < end):
        return _host_and_port(address, colon)
    return _without_scheme(address)


def _host_and_port(address: str, colon: int) -> Address:
    port = PORT_BEHIND.match(address, colon)
    if port:
        number = _port(port[1])
        host = _host(address.removeprefix("//"), port=number)
        return host
    if colon + 1 == len(address):
        raise UnreadableAddress("nothing behind the colon")
    return _without_scheme(address)


def _without_scheme(address: str) -> Address:
    return _host(address[2:]) if address.startswith("//") else _path(address)


def _port(digits: str) -> int:
    number = int(digits)
    if number > HIGHEST_PORT:
        raise UnreadableAddress("the port is too high")
    return number


def _host(rest: str, port: int | None = None) -> Address:
    """Read `user:password@host:port/path`."""
    end = _end_of_host(rest)
    login, at, host = rest[:end].rpartition("@")
    user, colon, password = login.partition(":")
    host, port = _host_port(host, port)
    behind = _path(rest[end:]) if end < len(rest) else Address()
    return behind._replace(
        user=user if at else None,
        password=password if at and colon else None,
        host=host,
        port=port,
    )


def _end_of_host(rest: str) -> int:
    found = re.search(r"[/?#]", rest)
    return found.start() if found else len(rest)


def _host_port(host: str, port: int | None) -> tuple[str, int | None]:
    name, colon, digits = host.rpartition(":")
    if not colon or (host.startswith("[") and host.endswith("]")):
        name = host
    elif port is None and len(digits) > 5:
        raise UnreadableAddress("the port is too long")
    elif port is None and digits:
        port = _leading_number(digits)
    if not name:
        raise UnreadableAddress("no host")
    return name, port


def _leading_number(digits: str) -> int:
    number = re.match(r"[ \t\n\r\v\f]*([+-]?[0-9]+)", digits)
    if number is None or not 0 <= int(number[1]) <= HIGHEST_PORT:
        raise UnreadableAddress("the port is no number")
    return int(number[1])


def _path(rest: str) -> Address:
    rest_, hash_, fragment = rest.partition("#")
    path, mark, query = rest_.partition("?")
    return Address(
        path=path if path or not rest else None,
        query=query if mark else None,
        fragment=fragment if hash_ else None,
    )


def rebuild(pieces: Address) -> str:
    """Put the pieces together as Mautic does (R28): the address that is recorded."""
    scheme, user, password, host, port, path, query, fragment = pieces
    text = ""
    if scheme:
        text += scheme + (":" if scheme == "mailto" else "://")
    if user is not None:
        text += user + (":" + password if password is not None else "") + "@"
    text += (host or "") + (f":{port}" if port is not None else "") + (path or "")
    return text + _part("?", query) + _part("#", fragment)


def _part(mark: str, value: str | None) -> str:
    # The platform takes "0" for empty.
    return mark + value if value not in (None, "", "0") else ""
