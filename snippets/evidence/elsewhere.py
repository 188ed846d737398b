"""Whether Site URL leads to another host than that on which Mautic is opened."""

import re

from ..hosts import bare
from .facts import Facts, Visit
from .secondhand import ANOTHER
from .sources import Quote

BEFORE = 60  # characters that are read before an address
# A page of Mautic's own interface, as its users open it, with its host.
INTERFACE = re.compile(
    r"https?://([\w.-]{1,253})(?::\d+)?"
    r"/s/(?:login|dashboard|emails|contacts|segments|campaigns|config)\b"
)


def interface_elsewhere(facts: Facts) -> list[Quote]:
    """Return where Mautic's interface is opened on another host than that of Site URL."""
    return [
        source.quote(found[0], found.start())
        for source in facts.sources
        if source.mail is None and facts.site_host
        for found in INTERFACE.finditer(source.text)
        if named(found[1]) != named(facts.site_host) and not is_of_another(source.text, found)
    ]


def named(host: str) -> str:
    """Return a host without `www.`, which commonly leads to the same."""
    return bare(host).removeprefix("www.")


def is_of_another(text: str, found: re.Match[str]) -> bool:
    """Whether the words before an address, or its host, tell of another installation."""
    line = text[max(found.start() - BEFORE, 0) : found.end()].rpartition("\n")[2]
    return ANOTHER.search(line) is not None


def missing_elsewhere(facts: Facts) -> list[Visit]:
    """Return the requests for Mautic's addresses that aren't found where Site URL leads."""
    missing = [v for v in facts.visits if v.line.status == 404 and v.address.is_mautic]
    return missing if missing and interface_elsewhere(facts) else []
