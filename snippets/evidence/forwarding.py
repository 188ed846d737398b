"""What a proxy hands on to Mautic: clicks without what stood behind their `?`, and its rules."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from .facts import Visit
from .kinds import AddressKind, SourceKind
from .settings import LARGEST
from .sources import Quote, Source

SAME_MOMENT = timedelta(seconds=2)  # between the lines that two servers write of one request
SENT_ON = 302
SEVERAL = 3  # clicks: fewer may be those of one reader with a link that lost its `ct`
# nginx: a `proxy_pass` with a path out of variables takes it as it is; the query goes with it only
# where it is named. The name of a `location` says which requests it gets.
_LOCATION = re.compile(r"^[ \t]*location[ \t]+(?:(?P<sign>=|~\*?|\^~)[ \t]*)?(?P<path>[^\s{]+)")
_PASSED = re.compile(
    r"(?:^|[{;\s])(?P<rule>proxy_pass[ \t]+(?:https?://|\$)[^\s;#]{0,200}"
    r"(?:\$uri|\$document_uri|\$request_filename|/[^\s;#]{0,100}\$[1-9])[^\s;#]*;)"
)
# A `rewrite` to another path of this server: the `?` at its end takes the query away.
_REWRITTEN = re.compile(
    r"(?:^|[{;\s])(?P<rule>rewrite[ \t]+(?P<path>[^\s;]+)[ \t]+/[^\s;?]*\?[ \t]*(?:last|break)?;)"
)
_QUERY = re.compile(r"args|request_uri|query_string")
A_CLICK = "/r/0123456789abcdef012345678"


def handed_on_bare(visits: Sequence[Visit]) -> list[Quote]:
    """Return clicks that one server got with their `ct`, and another one right then without it.

    Of each the line with the `ct` comes first. Two lines are of one request if they have the same
    link, moment and agent, and another sender: behind a proxy that is the proxy.
    """
    clicks = sent_on(visits)
    whole = defaultdict[tuple[str, str], list[Visit]](list)
    for visit in clicks:
        if visit.address.ct:
            whole[key_of(visit)].append(visit)
    bare = [visit for visit in clicks if visit.address.ct is None]
    fronts = [(next((f for f in whole[key_of(b)] if is_same_request(f, b)), None), b) for b in bare]
    return [visit.quote for front, behind in fronts if front for visit in (front, behind)]


def sent_on(visits: Sequence[Visit]) -> list[Visit]:
    """Return the clicks that were answered as Mautic answers: what a server refuses is none."""
    clicks = (visit for visit in visits if visit.address.kind == AddressKind.TRACKED)
    return [visit for visit in clicks if visit.line.status == SENT_ON]


def key_of(visit: Visit) -> tuple[str, str]:
    """Return what the lines of one request have in common on every server."""
    return visit.address.hash, visit.line.agent


def is_same_request(front: Visit, behind: Visit) -> bool:
    """Whether two servers speak of one request: at the same moment, from different senders."""
    if front.line.at is None or behind.line.at is None or front.line.ip == behind.line.ip:
        return False
    return abs(behind.line.at - front.line.at) <= SAME_MOMENT


def all_bare(visits: Sequence[Visit]) -> list[Quote]:
    """Return the clicks of a log in which several were answered and none has a `ct`."""
    clicks = sent_on(visits)
    is_none_whole = all(not visit.address.query for visit in clicks)
    return [v.quote for v in clicks] if is_none_whole and len(clicks) >= SEVERAL else []


def rules_without_query(source: Source) -> list[Quote]:
    """Return the rules of a proxy that hand clicks on without their query."""
    if source.kind == SourceKind.MESSAGE:
        return []
    found, for_clicks = list[Quote](), True
    for number, written in enumerate(source.text[:LARGEST].split("\n"), 1):
        line = written.partition("#")[0]
        if location := _LOCATION.match(line):
            for_clicks = takes_clicks(location["sign"] or "", location["path"])
        rule = _PASSED.search(line) or _REWRITTEN.search(line)
        is_for_all = rule is not None and takes_clicks("~", rule.groupdict().get("path") or "^")
        if rule and for_clicks and is_for_all and not _QUERY.search(rule["rule"]):
            found.append(Quote(rule["rule"], source.name, number))
    return found


def takes_clicks(sign: str, path: str) -> bool:
    """Whether a `location` of nginx may get the request of a click."""
    if not sign.startswith("~"):
        return path.startswith("@") or (sign != "=" and A_CLICK.startswith(path))
    try:
        return re.search(path.strip("\"'"), A_CLICK, re.I) is not None
    except re.error:  # written for another library of expressions
        return True
