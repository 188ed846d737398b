"""Links and pixel that point to the wrong place: the host, the scheme, a provider in between."""

from ..evidence.facts import Facts, Place
from ..evidence.wrappers import PROVIDER_PIXEL
from ..hosts import bare, reach
from . import Finding, answer, finding

PORTS_OF_HTTPS = (":443", ":8443")


def own(facts: Facts) -> list[Place]:
    """Return the addresses of Mautic's own, logs left aside."""
    return [p for p in facts.places if p.address.is_mautic and p.where != "log"]


def site_url_host(facts: Facts) -> Finding | None:
    """The host of links and pixel is not the public one (S1 to S3)."""
    private = [p for p in own(facts) if not reach(p.address.host).public and is_host(p)]
    if private:
        return finding("site-url-host", "sure", *private)
    site = site_host(facts)
    if site and not reach(site).public:
        return finding("site-url-host", "sure", *answer(facts, "site-url"))
    other = [p for p in own(facts) if site and bare(p.address.host) != site]
    if other:
        return finding("site-url-host", "sure", *other, *answer(facts, "site-url"))
    unknown = [p for p in alone(facts) if not reach(p.address.host).public]
    return finding("site-url-host", "likely", *unknown) if unknown else None


def is_host(place: Place) -> bool:
    """Whether the host is one: in `http://https://…` it is only a doubled scheme."""
    return bare(place.address.host) not in ("http", "https")


def alone(facts: Facts) -> list[Place]:
    """Return an address given by itself, unless it is said to be the destination of a link."""
    if facts.says("role", "destination"):
        return []
    return [p for p in facts.given if p.address.host]


def site_host(facts: Facts) -> str:
    """Return the host of the answer `site-url`, "" without one."""
    address = facts.answers.get("site-url", "")
    return bare(address.split("://")[-1].split("/")[0])


def https_proxy_scheme(facts: Facts) -> Finding | None:
    """An https instance writes http links: it does not know that a proxy speaks https (S4)."""
    plain = [p for p in own(facts) if p.address.scheme == "http"]
    wrong_port = [p for p in plain if p.address.host.endswith(PORTS_OF_HTTPS)]
    if wrong_port:
        return finding("https-proxy-scheme", "sure", *wrong_port)
    if plain and facts.answers.get("site-url", "").lower().startswith("https://"):
        return finding("https-proxy-scheme", "sure", *plain, *answer(facts, "site-url"))
    hosts = {bare(p.address.host) for p in facts.places if p.address.scheme == "https"}
    mixed = [p for p in plain if bare(p.address.host) in hosts]
    return finding("https-proxy-scheme", "likely", *mixed) if mixed else None


def esp_rewrap(facts: Facts) -> Finding | None:
    """The mail provider wrapped the links, or added a pixel of its own."""
    wrapped = [p for p in facts.places if "provider" in kinds(p) and p.where != "image"]
    if wrapped:
        return finding("esp-rewrap", "sure", *wrapped)
    site, sender = site_host(facts), facts.answers.get("from-domain", "")
    foreign = [p for p in own(facts) if sender and p.address.host.endswith("." + sender)]
    if foreign and site and bare(foreign[0].address.host) != site:
        return finding("esp-rewrap", "possible", *foreign)
    pixels = [p for p in facts.places if p.where == "image" and is_provider_pixel(p)]
    return finding("esp-rewrap", "possible", *pixels) if pixels else None


def kinds(place: Place) -> set[str]:
    """Return the kinds of wrappers around an address."""
    return {wrapper.kind for wrapper in place.address.peeled.wrappers}


def is_provider_pixel(place: Place) -> bool:
    """Whether an image is the open pixel of a mail provider."""
    return PROVIDER_PIXEL.search(place.address.given) is not None
