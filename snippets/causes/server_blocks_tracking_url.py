"""The web server, a firewall or a proxy answers instead of Mautic (P6)."""

import re

from .. import agents, routes, traffic
from ..evidence import remarks, screens
from ..evidence.elsewhere import missing_elsewhere
from ..evidence.facts import Facts, Visit
from ..evidence.kinds import AddressKind, SourceKind
from ..evidence.questions import LOST, Symptom
from ..evidence.serverrules import culprits, static_rules
from ..evidence.sources import Quote
from . import Seen, answer, likely, possible, sure

PAGE = "emails/troubleshooting"
EXPLAINS = (
    *LOST,
    Symptom.LINK_BROKEN,
    Symptom.PAGE_MISSING,
    Symptom.UNSUBSCRIBE_BROKEN,
)
BEFORE = {"valid-hits-filtered": "what the web server refuses never comes to Mautic's own filters"}
MOST_RULES = 3  # that are shown before the requests they refuse
MOST_TRIED = 50  # refused requests
FEWEST_GOOD = 5  # requests that are answered, beside a single one that failed
# What a firewall or a content network adds when it answers by itself, or asks for a proof.
CHALLENGE = re.compile(
    r"^(?:[<*] ?)?((?:cf-mitigated|x-amzn-waf-action|x-sucuri-block|x-datadome):[ \t]*\S[^\r\n]*)",
    re.I | re.M,
)


def check(facts: Facts) -> Seen | None:
    """Look at the log, then at the status that was answered, then for `//r/`."""
    refused = [v for v in facts.visits if traffic.is_refused(v.address.kind, v.line.status)]
    if refused and not is_of_mautic(facts, refused):
        return by_refusal(facts, refused)
    foreign = [visit for visit in facts.visits if is_foreign(visit)]
    if foreign:
        return likely(*status_line(facts, foreign[0]), *(visit.quote for visit in foreign))
    swallowed = [quote for source in facts.sources for quote in static_rules(source)]
    if swallowed:
        is_open = any(
            v.address.kind == AddressKind.PIXEL and v.line.status == 200 for v in facts.visits
        )
        return (possible if is_open else likely)(*swallowed)  # some opens come through
    return by_status(facts) or doubled_slash(facts)


def by_refusal(facts: Facts, refused: list[Visit]) -> Seen:
    """Return the requests that were refused, behind who says so, and the rule that does it."""
    is_plain = all(visit.line.status < 500 for visit in refused)
    said = [*challenges(facts), *status_line(facts, refused[0])]
    rules = culprits(facts.sources, refused)[:MOST_RULES]
    told = {(quote.source, quote.line) for quote in rules}
    requests = [v.quote for v in refused if (v.quote.source, v.quote.line) not in told]
    shown = [*said, *rules, *requests]
    is_explained = missing_elsewhere(facts) and all(v.line.status == 404 for v in refused)
    if (
        is_once(facts, refused)
        or is_explained
        or traffic.is_rare(facts, traffic.was_refused)
        or are_robots(facts, refused)
    ):
        return possible(*shown)
    return sure(*shown) if is_plain and not are_over(facts, refused) else likely(*shown)


def are_over(facts: Facts, refused: list[Visit]) -> bool:
    """Whether each address that was refused was answered further below, or later."""
    answered = [v for v in facts.visits if v.line.status in traffic.ANSWERED]
    return all(any(is_again(later, visit) for later in answered) for visit in refused[:MOST_TRIED])


def is_again(later: Visit, visit: Visit) -> bool:
    """Whether a request asks for the same address as another one, and comes behind it."""
    is_same = (later.address.kind, later.address.hash) == (visit.address.kind, visit.address.hash)
    is_same = is_same and later.address.stat == visit.address.stat
    if later.line.at and visit.line.at:
        return is_same and later.line.at > visit.line.at
    return is_same and later.line.number > visit.line.number


def is_once(facts: Facts, refused: list[Visit]) -> bool:
    """Whether a server failed once among many requests, and nobody points at that one."""
    if len(refused) != 1 or refused[0].line.status < 500 or remarks.uncounted(facts):
        return False
    kind = refused[0].address.kind
    others = [v for v in facts.visits if v.address.kind == kind and v not in refused]
    return sum(v.line.status in traffic.ANSWERED for v in others) >= FEWEST_GOOD


def are_robots(facts: Facts, refused: list[Visit]) -> bool:
    """Whether programs alone are refused, and browsers are answered: such a rule is wanted."""
    others = [v for v in facts.visits if v not in refused and not is_robot(v)]
    return all(map(is_robot, refused)) and bool(others)


def is_robot(visit: Visit) -> bool:
    """Whether a request comes from a program, other than those through which people see images."""
    agent = visit.line.agent
    return agents.matomo_bot(agent) is not None and not agents.MAIL_PROXIES.search(agent)


def is_foreign(visit: Visit) -> bool:
    """Whether something answers as Mautic never does: a page for a pixel, or for a click.

    Mautic's pixel is an image, and it sends a click on, with 302.
    """
    is_page = visit.line.answer.get("content-type", "").lower().startswith("text/html")
    is_hit = visit.address.kind in (AddressKind.PIXEL, AddressKind.TRACKED)
    return is_hit and is_page and visit.line.status == 200


def challenges(facts: Facts) -> list[Quote]:
    """Return the first header by which a firewall says that the response is its own."""
    for source in facts.sources:
        found = CHALLENGE.search(source.text) if source.kind != SourceKind.MESSAGE else None
        if found:
            return [source.quote(found[1].strip(), found.start())]
    return []


def status_line(facts: Facts, visit: Visit) -> list[Quote]:
    """Return the line of a dump that refuses; a line of a log has the status beside the request."""
    status = re.compile(rf"(?:[<*] ?)?(HTTP/[0-9.]+[ \t]+{visit.line.status}\b.*)")
    if not visit.quote.line or str(visit.line.status) in visit.quote.text.split():
        return []
    for source in facts.sources:
        lines = source.text.split("\n") if source.name == visit.quote.source else []
        for number, line in enumerate(lines[visit.quote.line :], visit.quote.line + 1):
            if found := status.match(line):
                return [Quote(found[1].strip(), source.name, number)]
    return []


def is_of_mautic(facts: Facts, refused: list[Visit]) -> bool:
    """Whether Mautic's own log tells of an error too: then it answered, not the server."""
    return bool(facts.complaints) and all(visit.line.status >= 500 for visit in refused)


def by_status(facts: Facts) -> Seen | None:
    """Return what the status that was answered shows, if it is one of the pixel or a click."""
    if facts.says("role", "unsubscribe", "destination", "href") or facts.unsubscribes:
        return None
    if facts.visits or facts.complaints:  # the log shows what the status was of
        return None
    if facts.lines_of(screens.failed):  # Mautic's own page: it was asked, and it answers
        return None
    if any(place.address.damage for place in facts.given):  # a bad `ct`: maybe an error page (V42)
        return None
    status = int(facts.answers.get("http-status", "0"))
    if status >= 500:  # a server answers so, and so does Mautic itself when it fails
        return likely(*answer(facts, "http-status"))
    if status in traffic.REFUSALS:
        return sure(*answer(facts, "http-status"))
    is_pixel = facts.says("role", "pixel") or facts.says("symptom", "open-missing")
    if status == 404 and (is_pixel or facts.pixels):
        return sure(*answer(facts, "http-status"))
    if status == 404 and facts.says("role", "tracked"):
        return likely(*answer(facts, "http-status"))
    return None


def doubled_slash(facts: Facts) -> Seen | None:
    """The Site URL ends in a slash: `//r/`, which some servers refuse."""
    doubled = [p for p in facts.places if p.address.is_mautic and has_doubled_slash(p.address.url)]
    return likely(*doubled) if doubled else None


def has_doubled_slash(url: str) -> bool:
    """Whether the path has two slashes in a row before Mautic's own part."""
    path = url.partition("://")[2].partition("?")[0]
    return any(f"/{routes.beginning(name)}" in path for name in ("tracked", "pixel"))
