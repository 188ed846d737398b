"""An https instance writes http links: it does not know that a proxy speaks https (S4)."""

from ..evidence.facts import Facts, Place, Visit
from ..evidence.questions import LOST, Symptom
from ..evidence.sources import Quote
from ..evidence.tally import AT_ONCE
from ..evidence.timing import is_within, timed
from ..hosts import bare, reach
from . import Seen, answer, likely, possible, sure, undecided

PAGE = "emails/troubleshooting"
EXPLAINS = (*LOST, Symptom.LINK_BROKEN, Symptom.UNSUBSCRIBE_BROKEN, Symptom.PAGE_MISSING)
BEFORE: dict[str, str] = {}
FOR_GOOD = (301, 308)
FEWEST_ROUNDS = 4  # browsers follow about twenty; two may be http, https and a page loaded anew
PORTS_OF_HTTPS = (":443", ":8443")


def check(facts: Facts) -> Seen | None:
    """Look for http on a port of https, beside an https Site URL, or on the same host."""
    circling = [visit.quote for visit in facts.visits if is_sent_back(visit)] or in_circles(facts)
    if circling:
        return likely(*circling, *answer(facts, "site-url", "proxy"))
    plain = [p for p in facts.own if p.address.scheme == "http"]
    wrong_port = [p for p in plain if p.address.host.endswith(PORTS_OF_HTTPS)]
    if wrong_port:
        return sure(*wrong_port)
    if plain and facts.answers.get("site-url", "").lower().startswith("https://"):
        return sure(*plain, *answer(facts, "site-url"))
    hosts = {bare(p.address.host) for p in facts.places if p.address.scheme == "https"}
    mixed = [p for p in plain if bare(p.address.host) in hosts]
    if mixed:
        return likely(*mixed)
    if facts.site_host or not facts.says("symptom", "link-broken", "unsubscribe-broken"):
        return None
    return undecided(possible(*plain), "site-url") if may_be_of_https(facts, plain) else None


def may_be_of_https(facts: Facts, plain: list[Place]) -> bool:
    """Whether all of a mail's addresses of Mautic are http on a public host, and nothing else is.

    Hardly anybody runs Mautic without https today; the Site URL says whether it has it.
    """
    is_all = len(plain) == len(facts.own) > 1 and facts.mail is not None
    return is_all and all(reach(place.address.host).public for place in plain)


def in_circles(facts: Facts) -> list[Quote]:
    """Return requests for one address, redirected for good again and again within ten seconds.

    A click is answered with 302; nobody clicks so fast, but browsers follow circles.
    """
    latest: dict[str, list[Visit]] = {}
    for visit in timed(facts):
        if visit.line.status in FOR_GOOD:
            circle = latest.setdefault(f"{visit.line.ip} {visit.line.path}", [])
            circle.append(visit)
            near = [each for each in circle[-FEWEST_ROUNDS:] if is_within(each, visit, AT_ONCE)]
            if len(near) == FEWEST_ROUNDS:
                return [each.quote for each in near]
    return []


def is_sent_back(visit: Visit) -> bool:
    """Whether an https address is answered with itself: Mautic takes the request for http (S4).

    Or with the same address of http, which nobody wants either.
    """
    asked = visit.line.path
    if asked.startswith("/"):
        asked = f"https://{visit.line.headers.get('host', '')}{asked}"
    as_http = asked.replace("https://", "http://", 1)
    return visit.line.status in (301, 302, 307, 308) and visit.location in {asked, as_http} - {""}
