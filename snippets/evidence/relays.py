"""Apple's relays, which load the images of each message, whoever reads it (V7, P17)."""

import re
from ipaddress import ip_address, ip_network

BARE = "Mozilla/5.0"  # what they send, and nothing behind it; so do a few programs
APPLE = ip_network("17.0.0.0/8")


def is_relays(agent: str, ip: str) -> bool:
    """Whether an agent or an address is that of Apple's relays.

    A person's iPhone names itself at length, and has no address of Apple's own.
    """
    return is_bare(agent) or is_apples(ip)


def is_bare(agent: str) -> bool:
    """Whether an agent is that of Apple's relays: the beginning of all others, alone."""
    return agent.strip() == BARE


def is_apples(ip: str) -> bool:
    """Whether an address lies in Apple's own network."""
    if not re.fullmatch(r"17(?:\.[0-9]{1,3}){3}", ip):
        return False
    try:
        return ip_address(ip) in APPLE
    except ValueError:
        return False
