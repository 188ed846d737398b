"""A short address was replaced inside a longer one (R44)."""

import re

from ..evidence.facts import Facts, Quote
from ..evidence.kinds import AddressKind, SourceKind
from ..evidence.missed import FILLED_IN, kind_of, quoted
from ..evidence.questions import Symptom
from . import Seen, sure

PAGE = "emails/links"
EXPLAINS = (Symptom.LINK_BROKEN, Symptom.CLICK_MISSING)
BEFORE: dict[str, str] = {}
HEAD_HREF = re.compile(r"<(?:base|link)\b[^<>]{0,8000}?\shref=[\"']([^\"'<>]*)", re.I)


def check(facts: Facts) -> Seen | None:
    """Look for what is glued behind a `ct`, a style sheet that is tracked, an overlap to come."""
    glued = [p for p in facts.tracked if p.address.rest and is_path(p.address.rest)]
    if glued:
        return sure(*glued)
    texts = [source.text for source in facts.sources if source.kind != SourceKind.LOG]
    heads = [found for text in texts for found in HEAD_HREF.finditer(text)]
    changed = [Quote(found[0]) for found in heads if kind_of(found[1]) == AddressKind.TRACKED]
    if changed:
        return sure(*changed)
    links = facts.template_links if facts.is_template or facts.before is not None else []
    overlaps = [quoted(link) for link in links if link.reason == "prefix-overlap"]
    return sure(*overlaps) if overlaps else None


def is_path(rest: str) -> bool:
    """Whether what is glued behind a `ct` looks like the rest of an address."""
    is_other = FILLED_IN.match(rest) or re.match(r"(?i)(?:amp;?|%3B)", rest)
    return bool(re.match(r"[\w./#?%-]*[\w/]", rest)) and not is_other
