"""What nginx does with a path, by its configuration: which block it takes, refuses, or hands on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .facts import Visit
from .kinds import SourceKind
from .sources import Quote, Source

LARGEST = 1_000_000  # characters of a configuration or a log
BODY = r"\{((?:[^{}]++|\{[^{}]*+\})*+)\}"  # of a block, with blocks in it
# How nginx compares a path: a prefix, or an expression, which may have braces: `[0-9a-f]{22}`.
PATTERN = r"[^\s\"{]{1,300}(?:\{[0-9,]+\}[^\s\"{]{0,200})?"
HEAD = rf"^[ \t]*(location[ \t]+(?:(=|\^~|~\*?)[ \t]*)?\"?({PATTERN})\"?)"
LOCATION = re.compile(rf"{HEAD}[ \t]*{BODY}", re.M)
BEGUN = re.compile(HEAD)  # of a block whose end may be missing
HANDED_ON = re.compile(r"try_files[^;]{0,300}(?:index\.php|@)|fastcgi_pass|proxy_pass|error_page")
COMMENT = re.compile(r"(?m)^[ \t]*#[^\n]*")
# What refuses in a block of nginx: the referers that are let through, a status, an address.
REFUSAL = re.compile(
    r"(?:^|(?<=[;{}\s]))(valid_referers\s[^;{}]{0,500};|return[ \t]+([45][0-9]{2})\b[^;]{0,300};"
    r"|deny[ \t][^;]{1,100};)"
)
# A condition on the request, and the status it is refused with.
CONDITION = re.compile(
    r"^[ \t]*(if[ \t]*\([ \t]*\$(\w+)[ \t]*(!?)(~\*?|=)[ \t]*\"?(.{1,500}?)\"?[ \t]*\))\s*"
    r"\{[^{}]{0,200}?return[ \t]+(4[0-9]{2})\b",
    re.M,
)
# A `proxy_pass` with a path out of variables takes it as it is; the query goes with it only where
# it is named. A `rewrite` to another path of this server: the `?` at its end takes the query away.
PASSED = re.compile(
    r"(?:^|[{;\s])(?P<rule>proxy_pass[ \t]+(?:https?://|\$)[^\s;#]{0,200}"
    r"(?:\$uri|\$document_uri|\$request_filename|/[^\s;#]{0,100}\$[1-9])[^\s;#]*;)"
)
REWRITTEN = re.compile(
    r"(?:^|[{;\s])(?P<rule>rewrite[ \t]+(?P<path>[^\s;]+)[ \t]+/[^\s;?]*\?[ \t]*(?:last|break)?;)"
)
QUERY = re.compile(r"args|request_uri|query_string")
A_CLICK = "/r/0123456789abcdef012345678"


@dataclass(frozen=True)
class Location:
    """A block `location` of nginx: how it is compared with a path, with what, and what is in it."""

    head: str
    how: str
    pattern: str
    body: str
    start: int
    inside: int

    def fits(self, path: str) -> bool:
        """Whether nginx compares a path with success."""
        return fits(self.how, self.pattern, path)


def fits(how: str, pattern: str, path: str, unread: bool = False) -> bool:
    """Whether nginx compares a path with success, in one of its ways; `unread` as in `is_found`."""
    if how == "=":
        return path == pattern
    if how.startswith("~"):
        return is_found(pattern, path, re.I if how == "~*" else re.NOFLAG, unread)
    return path.startswith(pattern)


def is_found(
    pattern: str, text: str, flags: re.RegexFlag = re.NOFLAG, unread: bool = False
) -> bool:
    """Whether a server's regular expression fits; `unread` if it can't be read, of another kind."""
    try:
        return re.search(pattern, text, flags) is not None
    except re.error:
        return unread


def chosen(text: str, path: str) -> Location | None:
    """Return the block that nginx takes for a path: the first expression goes before prefixes."""
    bare = COMMENT.sub(lambda comment: " " * len(comment[0]), text[:LARGEST])
    found = [
        Location(m[1].strip(), m[2] or "", m[3], m[4], m.start(1), m.start(4))
        for m in LOCATION.finditer(bare)
    ]
    fitting = [location for location in found if location.fits(path)]
    exact = next((location for location in fitting if location.how == "="), None)
    prefixes = [location for location in fitting if location.how in ("", "^~")]
    longest = max(prefixes, key=lambda location: len(location.pattern), default=None)
    if exact or (longest and longest.how == "^~"):
        return exact or longest
    return next((each for each in fitting if each.how.startswith("~")), longest)


def refusing(source: Source, path: str, status: int = 403) -> list[Quote]:
    """Return the block of nginx that refuses a path with a status, and the line that does so.

    A 404 also comes of a block for files that hands nothing on to Mautic.
    """
    block = chosen(source.text, path)
    if block is None:
        return []
    head = source.quote(block.head, block.start)
    found = [m for m in REFUSAL.finditer(block.body) if is_answer(m, status)]
    is_of_files = block.how.startswith("~") and not HANDED_ON.search(block.body)
    if not found:
        return [head] if status == 404 and is_of_files else []
    return [head, source.quote(found[0][1], block.inside + found[0].start(1))]


def refuses_readers(source: Source, path: str) -> list[Quote]:
    """Return the block of nginx that refuses a path to readers, whoever else it is for.

    A condition inside may be for robots alone, `deny` for one address; that on referers is not.
    """
    block, found = chosen(source.text, path), refusing(source, path)
    if block is None or "valid_referers" in block.body:
        return found
    always = re.sub(r"\{[^{}]*\}", "", block.body)
    return found if re.search(r"\b(?:return[ \t]+403|deny[ \t]+all)\b", always) else []


def is_answer(refusal: re.Match[str], status: int) -> bool:
    """Whether what refuses does so with this status."""
    return int(refusal[2]) == status if refusal[2] else status == 403


def conditions(source: Source, visit: Visit, path: str, query: str) -> Iterator[Quote]:
    """Yield the conditions of nginx that a request meets and is refused for."""
    said = {"uri": path, "args": query, "query_string": query, "request_uri": f"{path}?{query}"}
    said |= {"http_user_agent": visit.line.agent}
    for found in CONDITION.finditer(source.text[:LARGEST]):
        if found[2] not in said or int(found[6]) != visit.line.status:
            continue
        flags = re.I if found[4] == "~*" else re.NOFLAG
        value = said[found[2]]
        is_met = value == found[5] if found[4] == "=" else is_found(found[5], value, flags)
        if is_met != bool(found[3]):
            yield source.quote(found[1], found.start(1))


def asked(visit: Visit) -> tuple[str, str]:
    """Return the path that was asked for, without a host, and its query."""
    path, _, query = visit.line.path.partition("?")
    return re.sub(r"^https?://[^/]+", "", path), query


def rules_without_query(source: Source) -> list[Quote]:
    """Return the rules of a proxy that hand clicks on without their query."""
    if source.kind == SourceKind.MESSAGE:
        return []
    found, for_clicks = list[Quote](), True
    for number, written in enumerate(source.text[:LARGEST].split("\n"), 1):
        line = written.partition("#")[0]
        if begun := BEGUN.match(line):
            for_clicks = takes_clicks(begun[2] or "", begun[3])
        rule = PASSED.search(line) or REWRITTEN.search(line)
        is_for_all = rule is not None and takes_clicks("~", rule.groupdict().get("path") or "^")
        if rule and for_clicks and is_for_all and not QUERY.search(rule["rule"]):
            found.append(Quote(rule["rule"], source.name, number))
    return found


def takes_clicks(how: str, pattern: str) -> bool:
    """Whether a block may get the request of a click; one with a name gets it from others."""
    return pattern.startswith("@") or fits(how, pattern, A_CLICK, unread=True)
