"""A cache or content network answers for Mautic, which says `no-cache` itself (P6)."""

import re
from collections.abc import Mapping

from ..evidence.facts import Facts, Visit
from ..evidence.kinds import AddressKind, SourceKind
from ..evidence.questions import LOST, Symptom
from ..evidence.sources import Quote, Source
from . import Seen, likely, sure

PAGE = "emails/troubleshooting"
EXPLAINS = (*LOST, Symptom.LINK_BROKEN, Symptom.PAGE_MISSING, Symptom.WRONG_CONTACT)
BEFORE: dict[str, str] = {}
CACHED = (AddressKind.PIXEL, AddressKind.TRACKED, AddressKind.PAGE_HIT)
# What Mautic answers anew each time, never with 304; a browser may ask whether a script changed.
COMPUTED = (AddressKind.PIXEL, AddressKind.TRACKED)
MOST_PROOFS = 2  # headers of an answer, beside the requests
HITS = (
    *("cf-cache-status", "x-cache", "x-cache-status", "x-proxy-cache", "x-varnish-cache"),
    *("x-litespeed-cache", "x-fastcgi-cache", "x-nginx-cache", "akamai-cache-status", "cdn-cache"),
)
NAMES = (*HITS, "x-varnish", "x-cache-hits", "age")
# In a header, in a field of JSON, or as the last words of a line of a log. A name that is no word
# may stand anywhere in a line.
HIT = re.compile(
    rf"(?:^(?:[<*] ?)?(?P<name>{'|'.join(NAMES)})|(?<=[\s|;,])(?P<within>{'|'.join(HITS)}))"
    r":[ \t]*(?P<value>[^\r\n]*)",
    re.I | re.M,
)
# Varnish: what it does with pictures, in its own language.
VCL = re.compile(
    r"^[ \t]*(if[ \t]*\([^\n{]{0,200}\b(?:be)?req\.url[ \t]*~[ \t]*\"[^\"\n]{0,300}\bgif\b"
    r"[^\n{]{0,300})\{([^{}]{0,2000})\}",
    re.M,
)
KEEPS = re.compile(
    r"return[ \t]*\([ \t]*(?:hash|lookup)|beresp\.ttl[ \t]*=[ \t]*[1-9]"
    r"|unset[ \t]+req\.http\.[Cc]ookie"
)
# nginx: it keeps what forbids it, if it is told to take no notice; and where it keeps anything.
NGINX = re.compile(
    r"^[ \t]*((?:proxy|fastcgi|uwsgi)_ignore_headers[ \t]"
    r"[^;\n]{0,200}\bCache-Control\b[^;\n]{0,200};)",
    re.I | re.M,
)
NGINX_KEEPS = re.compile(r"^[ \t]*(?:proxy|fastcgi|uwsgi)_cache[ \t]+(?!off\b)\w", re.M)
LOGGED = re.compile(
    r"(?:^|[\s\"])(?:\w{1,20}[=:])?\"?(?-i:HIT)\"?(?=\s|$)|"  # a field of its own, anywhere
    r"\" [1-5][0-9]{2}(?: [0-9-]+){0,2} hit\b|\bTCP_(?:\w+_)?HIT\b|"
    r"\"(?:CacheCacheStatus|cache_status|x-edge-result-type)\":\s*\"hit\"|[\s\"](?:cache[:=])?HIT\"?\s*$",
    re.I,
)


def check(facts: Facts) -> Seen | None:
    """Look for answers that came from a cache: their headers, or what the log says of them."""
    asked = [visit for visit in facts.visits if visit.address.kind in CACHED]
    shown = [quote for source in facts.sources for quote in from_cache(source)]
    if found := in_requests(asked, shown):
        return found
    rules = [quote for source in facts.sources for quote in rules_that_keep(source)]
    if rules:
        return likely(*rules)
    return said(facts, asked, shown) if shown else None


def in_requests(asked: list[Visit], shown: list[Quote]) -> Seen | None:
    """An answer has the headers of a cache, or may be kept; a log says that it came from one."""
    by_headers = [visit.quote for visit in asked if is_hit(visit.line.answer)]
    if by_headers:
        return sure(*shown[:MOST_PROOFS], *by_headers)
    kept = [visit.quote for visit in asked if may_be_kept(visit.line.answer)]
    if kept:
        return likely(*kept)
    logged = [visit.quote for visit in asked if LOGGED.search(visit.line.text)]
    if logged:
        return sure(*logged)
    unmodified = [v.quote for v in asked if v.line.status == 304 and v.address.kind in COMPUTED]
    return likely(*unmodified) if unmodified else None


def said(facts: Facts, asked: list[Visit], shown: list[Quote]) -> Seen | None:
    """Headers of a cache stand somewhere: whether they are those of an open or a click."""
    if all(visit.line.answer for visit in asked) and asked:
        return None  # the headers are those of other answers
    if asked:
        return sure(*shown)
    is_gif = any("image/gif" in source.text.lower() for source in facts.sources)
    is_about = facts.says("role", "pixel", "tracked") or (is_gif and facts.symptom in LOST)
    is_about = is_about or any(p.address.kind in CACHED for p in facts.places)
    return likely(*shown) if is_about and not facts.visits else None


def rules_that_keep(source: Source) -> list[Quote]:
    """Return the rules of Varnish that keep pictures, and those of nginx that keep all."""
    if source.kind == SourceKind.MESSAGE:
        return []
    found = [rule for rule in VCL.finditer(source.text) if KEEPS.search(rule[2])]
    found += NGINX.finditer(source.text) if NGINX_KEEPS.search(source.text) else []
    return [source.quote(rule[1].strip(), rule.start()) for rule in found]


def from_cache(source: Source) -> list[Quote]:
    """Return the headers in a text that show an answer from a cache."""
    if source.kind not in (SourceKind.LOG, SourceKind.TEXT):
        return []
    found = HIT.finditer(source.text)
    return [
        source.quote(header[0].strip(), header.start())
        for header in found
        if is_hit({(header["name"] or header["within"]).lower(): header["value"]})
    ]


def is_hit(headers: Mapping[str, str]) -> bool:
    """Whether headers of an answer tell that it was kept: a hit, two numbers of Varnish, an age."""
    if any(re.search(r"\bhit\b", headers.get(name, ""), re.I) for name in HITS):
        return True
    if re.fullmatch(r"[0-9]+ [0-9]+", headers.get("x-varnish", "").strip()):
        return True
    counts = (headers.get(name, "").strip() for name in ("age", "x-cache-hits"))
    return any(re.fullmatch(r"[1-9][0-9]*", count) for count in counts)


def may_be_kept(headers: Mapping[str, str]) -> bool:
    """Whether an answer may be kept for some time, which Mautic's own forbid."""
    control = headers.get("cache-control", "").lower()
    return re.search(r"max-age=[1-9]", control) is not None and "no-cache" not in control
