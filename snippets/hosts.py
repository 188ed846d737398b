"""Can a reader's device reach this host? Nothing in Mautic refuses a private one; readers do."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

# --8<-- [start:names]
NETWORKS = ("local", "localdomain", "internal", "intranet", "private", "lan", "home", "corp")
TESTS = ("localhost", "test", "invalid", "onion", "home.arpa", "ddev.site", "lndo.site")
SPECIAL = NETWORKS + TESTS
# --8<-- [end:names]


@dataclass(frozen=True)
class Reach:
    """Whether a host is public; `reason` is an id: `public`, `no-dot`, `loopback`, `private` …"""

    public: bool
    reason: str


# --8<-- [start:reach]
def reach(host: str) -> Reach:
    """Return whether readers out there can reach a host, given by name or address (S2, S3).

    Names of documentation such as `example.com` count as public; a port is ignored.
    """
    name = bare(host)
    if not name:
        return Reach(False, "empty")
    number = as_number(name)
    if number is not None:
        return reach_of_number(number)
    if name == "localhost" or name.endswith(".localhost"):
        return Reach(False, "loopback")
    if "." not in name:
        return Reach(False, "no-dot")
    return Reach(False, "special-name") if is_special(name) else Reach(True, "public")


# --8<-- [end:reach]


# --8<-- [start:bare]
def bare(host: str) -> str:
    """Return a host without port, brackets, final dot and upper-case letters."""
    host = host.strip().lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    if host.count(":") == 1:
        host = host.partition(":")[0]
    return host.rstrip(".")


# --8<-- [end:bare]


def is_special(name: str) -> bool:
    """Whether a name ends in something that never leads out of a network (`.local`, `.test`)."""
    return any(name == special or name.endswith("." + special) for special in SPECIAL)


def as_number(name: str) -> IPv4Address | IPv6Address | None:
    """Return the IP address a host is, also written short (`127.1`) or as one number."""
    try:
        return ip_address(name.partition("%")[0])
    except ValueError:
        pass
    pieces = name.split(".")
    if len(pieces) > 4 or not all(re.fullmatch(r"0x[0-9a-f]{1,8}|[0-9]{1,10}", p) for p in pieces):
        return None
    *first, last = (int(piece, _base(piece)) for piece in pieces)
    value = sum(number << 8 * (3 - index) for index, number in enumerate(first)) + last
    return IPv4Address(value) if value < 2**32 else None


def _base(piece: str) -> int:
    if piece.startswith("0x"):
        return 16
    return 8 if re.fullmatch("0[0-7]+", piece) else 10


# --8<-- [start:number]
def reach_of_number(address: IPv4Address | IPv6Address) -> Reach:
    """Return whether an IP address is public: not loopback, link-local, private, shared …"""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if address.is_loopback:
        return Reach(False, "loopback")
    if address.is_link_local:
        return Reach(False, "link-local")
    if address.is_unspecified or address.is_multicast or address.is_reserved:
        return Reach(False, "unusable")
    return Reach(True, "public") if is_open(address) else Reach(False, "private")


# --8<-- [end:number]

DOCUMENTATION = ("192.0.2.", "198.51.100.", "203.0.113.", "2001:db8:")


def is_open(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is routed; those of documentation stand for public ones."""
    return address.is_global or str(address).startswith(DOCUMENTATION)
