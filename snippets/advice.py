"""Which piece of advice comes first, where a section lists several and the evidence tells which."""

import re
from collections.abc import Mapping

from .catalogue import Finding

PRIVATE = r"\A(?:client-ip=)?(?:10|127|192\.168|172\.(?:1[6-9]|2[0-9]|3[01]))\.[0-9.]+"
# What a quote says, and which piece of the list in the section of the cause it speaks for. A
# setting says more than the line of a log that it meets, that more than a release.
PIECES: Mapping[str, tuple[tuple[str, int], ...]] = {
    "server-blocks-tracking-url": (
        (r"(?i)\Acf-mitigated", 2),
        (r"valid_referers|\bdeny\b|denied|forbidden by rule|RewriteCond|query_string", 1),
        (r"RewriteRule.*\[(?:.*,)?F\b", 1),
        (r"\A(?i:location)\b.*\bgif\b", 5),
        (r"\ARewriteRule\b.*\bgif\b", 6),
        (r"(?:\" |status=|HTTP/[0-9.]+ )403\b", 1),
        (r"://[^/\s]+//(?:r|email)/", 4),
        (r"\.gif\b[^\"]*\" 404\b|\.gif\b.* HTTP/[0-9.]+ 404\b", 5),  # nginx is the commonest
    ),
    "valid-hits-filtered": (
        (r"(?i)do_not_track_ips", 2),
        (r"(?i)do_not_track_bots", 3),
        (PRIVATE, 4),
        (r"GoogleImageProxy|YahooMailProxy", 1),
        (r"\Auser-agent=", 3),
        (r"\Arelease=", 1),
    ),
}


def fitting(finding: Finding) -> int:
    """Return the piece of advice that fits what was seen, counted from 1; 0 where none does."""
    quotes = [quote.text for quote in finding.quotes]
    pieces = PIECES.get(finding.cause, ())
    found = (piece for said, piece in pieces if any(re.search(said, quote) for quote in quotes))
    return next(found, 0)
