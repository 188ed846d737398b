"""The report for a GitHub issue: all that helps, nothing personal."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from email.utils import getaddresses
from urllib.parse import quote

from . import routes
from .diagnosis import Diagnosis, Evidence, examine, named
from .evidence import logs
from .evidence.facts import Facts
from .evidence.kinds import Where

# The addresses of a mail's people, what a `ct` says and every hash identify a person.
_IP = (
    r"(?:::ffff:)?\b(?:[0-9]{1,3}\.){3}[0-9]{1,3}\b"
    r"|(?<![\w:.])(?=[0-9a-f:]*::|(?:[0-9a-f]{1,4}:){7})[0-9a-f:]{3,39}"  # not the time of a log
)
_AT = r"(?:@|(?:%25)*%(?:25)*40|=40|&(?:commat|#0*64|#x0*40);)"
_MASKS = [
    (re.compile(pattern, re.I), instead)
    for pattern, instead in (
        (r"(clickthrough value:|not a serialized array)\s*\S.*", r"\1 [masked]"),
        (r"((?:\bct|c%74)(?:=|%3D|%253D|\"\s*:\s*\"))[^&\s\"'<>#]+", r"\1[masked]"),
        (r"\bYTo[\w+/%=-]*", "[masked]"),
        (r"\ba:[0-9]+:\{.*", "[masked]"),
        *routes.masks(),
        (r"\b(tel|sms|callto):[^\s\"'<>]+", r"\1:[number]"),
        (r"((?:^|\s)(?:alt|title|aria-label|data-[\w-]+)\s*=\s*)(?![\"']?(?:true|false)\b)"
         r"(\"[^\"]*\"?|'[^']*'?|[^\s>]+)", r"\1…"),
        (r"(://)[^/@\s\"'<>]+@", r"\1[login]@"),
        (r"\"[^\"\s@]{1,60} [^\"@]{1,60}\"" + _AT + r"[\w.-]+", "[e-mail]"),
        (r"[\w.+'’!%=&-]{1,80}" + _AT + r"[\w-]+(?:\.[\w-]+)*", "[e-mail]"),
        (_IP, "[ip]"),
        (r"([?&;#](?!(?:utm_(?:source|medium|campaign)|ct)=)[^=&\s\"'<>#]{1,60}=)[^&\s\"'<>#]+",
         r"\1[value]"),
        (r"(\?)(?![^&\s\"'<>]{0,60}=)[^&\s\"'<>#\[]+", r"\1[value]"),
        (r"(unsubscribe_)[0-9a-zA-Z]{10,}", r"\1[hash]"),
        (r"(/)[0-9]{3,}(?=[/?#\s\"'<>]|$)", r"\1[number]"),
        (r"(?=[0-9a-zA-Z]*[0-9])(?<![0-9a-zA-Z])_?[0-9a-zA-Z]{13,}", "[hash]"),
        (r"\b[A-Za-z0-9+/_-]{40,}={0,2}", "[masked]"),
        (r"(?<![\w.])\+?[0-9](?:[ .-]?[0-9]){7,}(?![\w])", "[number]"),
    )
]  # fmt: skip
_PEOPLE = ("To", "Cc", "Reply-To", "Delivered-To", "X-Original-To", "From")
_SECRET = ("site-url", "client-ip", "from-domain", "user-agent")


def masked(text: str, names: tuple[str, ...] = ()) -> str:
    """Return a text without addresses of people, `ct`, hashes, IP addresses and given names."""
    text = re.sub(r"\s+", " ", text)
    for mask, instead in _MASKS:
        text = mask.sub(instead, text)
    for name in names:
        text = re.sub(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", "[name]", text, flags=re.I)
    return text


def report(
    evidence: Evidence = (),
    before: str | bytes | None = None,
    answers: Mapping[str, str] | None = None,
) -> str:
    """Return the report in Markdown: versions, context, link before and after, what was checked."""
    return written(Facts.read(named(evidence), before, answers))


def written(facts: Facts) -> str:
    """Return the report of what was read."""
    found = examine(facts)
    names = people(facts)
    lines = ["### Environment", "", *versions(facts), "", "### Context", ""]
    lines += [f"- {key}: {plain(value)}" for key, value in sorted(found.context.items())]
    lines += ["", "### Link before and after", "", *links(facts, names)]
    lines += ["", "### Checked", "", *checked(found, names)]
    lines += [f"- healthy: {', '.join(found.healthy)}"] if found.healthy else []
    lines += [f"- this check failed: {f.cause} ({f.error})" for f in found.failed]
    return "\n".join(lines) + "\n"


def plain(value: object) -> str:
    """Return a value of the context for a line of text."""
    return masked(", ".join(map(str, value)) if isinstance(value, list) else str(value))


def code(text: str, names: tuple[str, ...]) -> str:
    """Return a piece of evidence, masked, as code of Markdown; of a log only the request."""
    line = logs.request(0, text) if len(text) < logs.LONGEST_LINE else None
    text = f"{line.method} {line.path} → {line.status}" if line else text
    return f"`{masked(text[:5000], names)[:300].replace('`', '’')}`"


def people(facts: Facts) -> tuple[str, ...]:
    """Return the names in the headers of all messages, as an address or a text may write them."""
    mails = [source.mail for source in facts.sources if source.mail]
    headers = [mail.header(name) for mail in mails for name in _PEOPLE]
    hosts = {label for place in facts.places for label in place.address.host.lower().split(".")}
    found = {
        form
        for name, address in getaddresses(headers)
        for word in words_of(name, address)
        for form in forms(word)
        if word.lower() not in hosts  # a company's name says nothing of a person
    }
    return tuple(sorted(found, key=len, reverse=True))


def words_of(name: str, address: str) -> Iterator[str]:
    """Yield what a name and the address behind it say of a person."""
    words = re.findall(r"[^\W\d_]{2,}", name)
    yield from words
    if len(words) > 1:
        yield name
    local = address.partition("@")[0].partition("+")[0]
    yield from (word for word in re.findall(r"[^\W\d_]{3,}", local) if word not in _OFFICES)


_OFFICES = {"news", "newsletter", "info", "contact", "hello", "mail", "noreply", "reply", "admin"}


def forms(word: str) -> set[str]:
    """Return a name as it is, without accents, decomposed, and as an address encodes it."""
    decomposed = unicodedata.normalize("NFD", word)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return {word, decomposed, bare, quote(word), bare.replace(" ", "-")}


def versions(facts: Facts) -> list[str]:
    """Return the versions, with gaps to fill in."""
    release = facts.answers.get("release", "(please fill in)")
    known = [f"- Mautic: {release}", "- PHP: (please fill in)"]
    hidden = ("release", *_SECRET)
    return known + [f"- {key}: {v}" for key, v in facts.answers.items() if key not in hidden]


def links(facts: Facts, names: tuple[str, ...]) -> list[str]:
    """Return up to three links, as written and as received."""
    pairs = [(before.href, after.address.given) for before, after in facts.pairs]
    if facts.before is not None and not pairs:
        pairs = [(link.href, "(please fill in)") for link in facts.template_links]
    missed = [(b, a) for b, a in pairs if routes.beginning("tracked") not in a] or pairs
    if missed:
        return [
            f"- before: {code(before, names)}\n  after: {code(after, names)}"
            for before, after in missed[:3]
        ]
    shown = (Where.HREF, Where.GIVEN)
    received = [place.address.given for place in facts.places if place.where in shown]
    return [f"- received: {code(given, names)}" for given in received[:3]] or ["- (please fill in)"]


def checked(found: Diagnosis, names: tuple[str, ...]) -> list[str]:
    """Return the findings with their evidence; of an answer that may name somebody, its key."""
    lines = []
    for finding in found.findings:
        lines.append(f"- {finding.cause} ({finding.certainty})")
        for each in finding.quotes[:3]:
            key = each.text.partition("=")[0] if each.source == "answers" else ""
            lines.append(f"  - {code(f'{key}=…' if key in _SECRET else each.text, names)}")
    return lines or ["- nothing found"]
