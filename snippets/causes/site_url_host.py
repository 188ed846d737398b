"""The host of links and pixel is not the public one (S1 to S3)."""

from ..evidence import screens
from ..evidence.elsewhere import interface_elsewhere, missing_elsewhere
from ..evidence.facts import Facts, Place
from ..evidence.kinds import Where
from ..evidence.questions import LOST, Symptom
from ..hosts import bare, reach
from . import Seen, answer, likely, sure

PAGE = "emails/troubleshooting"
MOST_ELSEWHERE = 2  # that are shown: what isn't found is to be seen as well
EXPLAINS = (*LOST, Symptom.LINK_BROKEN, Symptom.UNSUBSCRIBE_BROKEN, Symptom.PAGE_MISSING)
BEFORE = {
    "esp-rewrap": "behind a provider's wrapping a wrong host still leads nowhere",
    "https-proxy-scheme": "a host that nobody reaches is worse than its scheme",
}


def check(facts: Facts) -> Seen | None:
    """Compare the hosts of Mautic's addresses with what is public, and with Site URL."""
    private = [p for p in facts.own if not reach(p.address.host).public and is_host(p)]
    if private:
        return likely(*private) if are_only_named(private, facts) else sure(*private)
    site = facts.site_host
    if site and not reach(site).public:
        return sure(*answer(facts, "site-url"))
    other = [p for p in facts.own if site and bare(p.address.host) != site]
    if other:
        return sure(*other, *answer(facts, "site-url"))
    if elsewhere := interface_elsewhere(facts):
        shown = [*answer(facts, "site-url"), *elsewhere[:MOST_ELSEWHERE]]
        missing = [visit.quote for visit in missing_elsewhere(facts)]
        return sure(*shown, *missing) if missing else likely(*shown)
    unresolved = facts.lines_of(screens.unresolved)
    if unresolved and facts.own:  # of a mail that left: its host is gone
        return likely(*unresolved, *facts.own)
    unknown = [p for p in alone(facts) if not reach(p.address.host).public]
    return likely(*unknown) if unknown else None


def are_only_named(private: list[Place], facts: Facts) -> bool:
    """Whether only words name such addresses, in a mail whose links are public."""
    public = any(p.where == Where.HREF and reach(p.address.host).public for p in facts.own)
    return public and all(place.where in (Where.TEXT, Where.GIVEN) for place in private)


def is_host(place: Place) -> bool:
    """Whether the host is one: in `http://https://…` it is only a doubled scheme."""
    return bare(place.address.host) not in ("http", "https")


def alone(facts: Facts) -> list[Place]:
    """Return an address given by itself, unless it is said to be the destination of a link."""
    if facts.says("role", "destination"):
        return []
    return [p for p in facts.given if p.address.host]
