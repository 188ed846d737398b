"""The report for a GitHub issue: all that helps, nothing personal."""

import re
from collections.abc import Mapping

from .diagnosis import Diagnosis, Evidence, context, examine, healthy, named
from .evidence.facts import Facts

# The addresses of a mail's people, what a `ct` says and every hash identify a person.
_IP = (
    r"\b(?:[0-9]{1,3}\.){3}[0-9]{1,3}\b"
    r"|(?<![\w:.])(?=[0-9a-f:]*::|(?:[0-9a-f]{1,4}:){7})[0-9a-f:]{3,39}"  # not the time of a log
)
_MASKS = [
    (re.compile(pattern, re.I), instead)
    for pattern, instead in (
        (r"(ct=)[^&\s\"'<>#]+", r"\1[masked]"),
        (r"((?:/|%2F)(?:r|redirect)(?:/|%2F))[0-9a-zA-Z]+", r"\1[id]"),
        (r"(/)[0-9]{3,}(?=[/?#\s\"'<>]|$)", r"\1[number]"),
        (r"(/email/(?:unsubscribe|dnc|resubscribe|view|preview)/)[^\s\"'<>?#]+", r"\1[hash]"),
        (r"(/email/)[0-9a-zA-Z]+(\.gif)", r"\1[hash]\2"),
        (r"[\w.+'%-]+(?:@|%40|=40)[\w-]+(?:\.[\w-]+)*", "[e-mail]"),
        (_IP, "[ip]"),
        (r"([?&;](?!(?:utm_\w+|ct)=)[\w.\[\]-]+=)[^&\s\"'<>#]+", r"\1[value]"),
        (r"(unsubscribe_)[0-9a-zA-Z]{10,}", r"\1[hash]"),
        (r"\b[0-9a-f]{13,}\b", "[hash]"),
        (r"\b[A-Za-z0-9+/_-]{40,}={0,2}", "[masked]"),
    )
]
_NAMES = ("To", "From", "Subject", "Reply-To", "Cc", "Delivered-To")


def masked(text: str, names: tuple[str, ...] = ()) -> str:
    """Return a text without addresses of people, `ct`, hashes, IP addresses and given names."""
    for mask, instead in _MASKS:
        text = mask.sub(instead, text)
    for name in names:
        text = re.sub(re.escape(name), "[name]", text, flags=re.I)
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
    lines += [f"- {name}: {plain(value)}" for name, value in sorted(context(facts).items())]
    lines += ["", "### Link before and after", "", *links(facts, names)]
    lines += ["", "### Checked", "", *checked(found, names)]
    good = healthy(facts)
    lines += [f"- healthy: {', '.join(good)}"] if good else []
    return "\n".join(lines) + "\n"


def plain(value: object) -> str:
    """Return a value of the context for a line of text."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def code(text: str, names: tuple[str, ...]) -> str:
    """Return a piece of evidence, masked, as code of Markdown."""
    return f"`{masked(text[:5000], names)[:300].replace('`', '’')}`"


def people(facts: Facts) -> tuple[str, ...]:
    """Return the names and words in headers that could name a person, the longest first."""
    mail = facts.mail
    texts = [mail.header(name).partition("<")[0] for name in _NAMES[:2]] if mail else []
    words = {word.strip("\"', ") for text in texts for word in [text, *text.split()]}
    return tuple(sorted((w for w in words if len(w) > 2 and "@" not in w), key=len, reverse=True))


def versions(facts: Facts) -> list[str]:
    """Return the versions, with gaps to fill in."""
    release = facts.answers.get("release", "(please fill in)")
    known = [f"- Mautic: {release}", "- PHP: (please fill in)"]
    secret = ("release", "site-url", "client-ip", "from-domain", "user-agent")
    return known + [f"- {key}: {v}" for key, v in facts.answers.items() if key not in secret]


def links(facts: Facts, names: tuple[str, ...]) -> list[str]:
    """Return up to three links, as written and as received."""
    pairs = [(before.href, after.address.given) for before, after in facts.pairs]
    if facts.before is not None and not pairs:
        pairs = [(link.href, "(please fill in)") for link in facts.template_links]
    missed = [(b, a) for b, a in pairs if "/r/" not in a] or pairs
    if missed:
        return [
            f"- before: {code(before, names)}\n  after: {code(after, names)}"
            for before, after in missed[:3]
        ]
    received = [place.address.given for place in facts.places if place.where in ("href", "given")]
    return [f"- received: {code(given, names)}" for given in received[:3]] or ["- (please fill in)"]


def checked(found: Diagnosis, names: tuple[str, ...]) -> list[str]:
    """Return the findings with their evidence."""
    lines = []
    for finding in found.findings:
        lines.append(f"- {finding.cause} ({finding.certainty})")
        lines += [f"  - {code(quote.text, names)}" for quote in finding.quotes[:3]]
    return lines or ["- nothing found"]
