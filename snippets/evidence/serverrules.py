"""Rules of a web server that answer in Mautic's place: in its configuration, or as its log says."""

import re
from collections.abc import Iterator
from itertools import chain, takewhile

from .facts import Visit
from .kinds import SourceKind
from .nginx import LARGEST, asked, conditions, is_found, refuses_readers, refusing
from .sources import Quote, Source

# Apache: conditions, then the rule that forbids; a section, and what denies in it.
FORBIDDEN = re.compile(
    r"^((?:[ \t]*RewriteCond[^\n]{1,500}\n)*)[ \t]*"
    r"(RewriteRule[ \t]+\"?(\S{1,300}?)\"?[ \t]+-[ \t]+\[(?:[^\]\n]{0,50},)?F\b[^\]\n]{0,50}\])",
    re.M,
)
SECTION = re.compile(
    r"^[ \t]*(<(Files|Location)(Match)?[ \t]+\"?([^\"\n>]{1,300}?)\"?>)(.{0,3000}?)</\2",
    re.M | re.I | re.S,
)
DENIES = re.compile(
    r"(?im)^[ \t]*(?:Require[ \t]+(?:all[ \t]+denied|not[ \t])|Deny[ \t]+from[ \t])"
)
# Apache: a rule on pictures that ends rewriting, or refuses.
OF_PICTURES = re.compile(
    r"^[ \t]*(RewriteRule[ \t]+\"?(\S{0,200}\bgif\b\S{0,200}?)\"?[ \t]+-[ \t]+"
    r"\[(?:[^\]\n]{0,50},)?[LF]\b[^\]\n]{0,50}\])",
    re.M,
)
# Caddy: a matcher of pictures, beside a server of files.
IN_CADDY = re.compile(
    r"^[ \t]*((?:@\w+[ \t]+)?path(?:_regexp)?[ \t][^\n]{0,300}\bgif\b[^\n]{0,300})",
    re.M,
)
# What a log says of who refused: ModSecurity's rule, nginx's `deny`, Apache's `Require`.
MODSECURITY = re.compile(
    r"ModSecurity: (Access denied[^\[\n]{1,600})\[[^\n]{0,2000}?"
    r"(\[id \"[0-9]+\"\](?: \[(?:rev|msg) \"[^\"\n]{0,300}\"\])*)"
)
SAID = re.compile(
    r"access forbidden by rule|(?:AH[0-9]{5}: )?client denied by server configuration"
)
# Without any of these there is no rule to read, in a log of any size.
SIGNS = re.compile(r"location|if[ \t]*\(|RewriteRule|<Files|<Location|ModSecurity|denied|forbidden")
PIXEL_PATH = "/email/0123456789abcdef012345.gif"  # of no sending
# Apache: a condition on who asks, or that a file is there; one on the address.
OF_SOME = re.compile(r"HTTP_USER_AGENT|REMOTE_|REQUEST_FILENAME\}[ \t]+-[fdsl]\b")
OF_URI = re.compile(r"%\{REQUEST_URI\}[ \t]+(!?)\"?([^\s\"]{1,300})")
NEAR = 2_000  # characters above a rule, in which its conditions stand
# Caddy: the name of a matcher, and what answers the requests that it fits.
MATCHER = re.compile(r"@\w{1,60}")
SERVES = r"\b(?:handle|handle_path|route|file_server|respond|error|rewrite)"
MOST_TRIED = 10  # requests; a rule refuses many


def rules_for(source: Source, visit: Visit) -> list[Quote]:
    """Return what in a configuration or a log refused a request, [] where nothing is seen."""
    if source.mail:
        return []
    if not SIGNS.search(source.text[:LARGEST]):
        return []
    path, query = asked(visit)
    return [
        *refusing(source, path, visit.line.status),
        *conditions(source, visit, path, query),
        *of_apache(source, path),
        *in_log(source, path),
    ]


def of_apache(source: Source, path: str) -> Iterator[Quote]:
    """Yield the rules of Apache that forbid a path, each behind its first condition."""
    text = source.text[:LARGEST]
    for rule in FORBIDDEN.finditer(text):
        flags = re.I if re.search(r"\bNC\b", rule[2]) else re.NOFLAG
        if is_found(rule[3], path, flags) or is_found(rule[3], path.lstrip("/"), flags):
            if first := rule[1].strip().partition("\n")[0]:
                yield source.quote(first, rule.start(1))
            yield source.quote(rule[2], rule.start(2))
    for section in SECTION.finditer(text):
        if DENIES.search(section[5]) and is_within(section, path):
            yield source.quote(section[1], section.start(1))


def is_within(section: re.Match[str], path: str) -> bool:
    """Whether a section of Apache's is about a path: `Files` compare the name of the file alone."""
    is_of_files = section[2].lower() == "files"
    subject = path.rpartition("/")[2] if is_of_files else path
    if section[3]:
        return is_found(section[4], subject)
    glob = re.escape(section[4]).replace(r"\*", ".*").replace(r"\?", ".")
    return is_found(f"^{glob}$" if is_of_files else f"^{glob}", subject)


def in_log(source: Source, path: str) -> list[Quote]:
    """Return who refused a path, as the first line of a log that tells it says."""
    text = source.text[:LARGEST]
    at = text.find(path)
    while at >= 0:
        begin = text.rfind("\n", 0, at) + 1
        line = text[begin : begin + 8_000].partition("\n")[0]
        if rule := MODSECURITY.search(line):
            return [source.quote(rule[part].strip(), begin + rule.start(part)) for part in (1, 2)]
        if said := SAID.search(line):
            return [source.quote(said[0], begin + said.start())]
        at = text.find(path, begin + len(line) + 1)
    return []


def culprits(sources: tuple[Source, ...], refused: list[Visit]) -> list[Quote]:
    """Return what refused the first of some requests for which a rule is seen, each quote once."""
    for visit in {(asked(v)[0], v.line.status): v for v in refused[:MOST_TRIED]}.values():
        found = chain.from_iterable(rules_for(source, visit) for source in sources)
        if told := list(dict.fromkeys(found)):
            return told
    return []


def static_rules(source: Source) -> list[Quote]:
    """Return rules of a server that keep `.gif` for themselves, so that Mautic isn't asked."""
    if source.kind == SourceKind.MESSAGE:
        return []
    of_nginx = refuses_readers(source, PIXEL_PATH) or refusing(source, PIXEL_PATH, 404)
    found = [rule for rule in OF_PICTURES.finditer(source.text) if is_for_pixel(rule)]
    if "file_server" in source.text:
        found += [rule for rule in IN_CADDY.finditer(source.text) if is_served(rule)]
    return [*of_nginx, *(source.quote(rule[1].strip(), rule.start()) for rule in found)]


def is_for_pixel(rule: re.Match[str]) -> bool:
    """Whether a rule of Apache's and the conditions above it let the pixel's address in."""
    above = rule.string[max(rule.start() - NEAR, 0) : rule.start()].rstrip().split("\n")
    conditions = list(takewhile(lambda line: "RewriteCond" in line, reversed(above)))
    return fits_pixel(rule[2]) and all(map(is_met, conditions))


def is_met(condition: str) -> bool:
    """Whether a condition may hold for any reader's pixel, which is no file."""
    if OF_SOME.search(condition):
        return False
    uri = OF_URI.search(condition)
    return uri is None or fits_pixel(uri[2]) != bool(uri[1])


def is_served(rule: re.Match[str]) -> bool:
    """Whether what a matcher of Caddy's names is served, and doesn't only get a header."""
    name = MATCHER.match(rule[1])
    return name is None or bool(re.search(rf"{SERVES}\s+{name[0]}\b", rule.string))


def fits_pixel(pattern: str) -> bool:
    """Whether a rule of Apache's is about the pixel: not that for another folder of pictures."""
    return (
        "email" in pattern
        or is_found(pattern, PIXEL_PATH, re.I)
        or is_found(pattern, PIXEL_PATH[1:], re.I)
    )
