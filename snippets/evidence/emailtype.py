"""Which type of e-mail a campaign sends, as people copy or say it: "Transactional" or not (U8)."""

import re

from .asserted import MOST_SAID, Line, is_asserted, lines

# The choice in a campaign's action "Send email", which Mautic calls so in every language; people
# translate it. A filled mark shows what was chosen of both.
_TRANSACTIONAL = (
    r"(?:transactional|transactionnel(?:le)?|transaktional|transaktion(?:ell|sbezogen)e?"
    r"|transaccional|transacional)\b"
)
_MARKED = re.compile(
    rf"(?i)(?:[(\[][ ]?[ox*•●✓✔][ ]?[)\]]|[●◉☑✓✔⦿🔘•])[ \t]*{_TRANSACTIONAL}"
    rf"|(?:^|[^)\]○☐◯◻\s])[ \t]*{_TRANSACTIONAL}[ \t]*(?:[(\[][ ]?[ox*•●✓✔][ ]?[)\]]|[●◉☑✓✔⦿🔘])"
)
_MARKED_OTHERWISE = re.compile(_MARKED.pattern.replace(_TRANSACTIONAL, r"marketing\b"))
_TYPE = (
    r"\b(?:e-?mail[ -]?t[iy]p[eo]?"
    r"|t[iy]p[eo]? (?:(?:of|de|d['’]|des|der|del|do) ?)?(?:e-?mails?|correo)"
    r"|t[iy]p[eo]? (?:of|de|d['’]) ?(?:envoi|envío|envio))\b[\"'”»* ]{0,3}[:=→>|-]{0,2}"
    r"[ \t\n]{0,8}[\"“„«* ]{0,2}"
)
_TYPE_SAID = re.compile(
    rf"(?i){_TYPE}{_TRANSACTIONAL}"
    rf"|\b(?:set|left|stands|remains|réglée?|laissée?|resté[es]?|steht|gestellt|eingestellt|belassen"
    rf"|configurad[oa]|dejad[oa]|deixad[oa]|definid[oa])[^\w\n]{{1,3}}(?:\w{{1,4}}[^\w\n]{{1,3}}){{0,2}}"
    rf"{_TRANSACTIONAL}"
)
_UNTIL = re.compile(r"(?i)\W{0,3}(?:until|jusqu|bis\b|hasta\b|até\b)")
_OTHER_TYPE = re.compile(rf"(?i){_TYPE}marketing\b")
_MARKETING = re.compile(r"(?i)\bmarketing\b")


def transactional(text: str) -> list[Line]:
    """Return the lines that say that a campaign sends its e-mail as "Transactional" (U8).

    Where both choices are named, a mark has to show which one is chosen.
    """
    if marked := lines(text, _MARKED):
        return marked
    head = text[:MOST_SAID]
    if _OTHER_TYPE.search(head):
        return []
    numbered = list(enumerate(head.split("\n"), 1))
    said = [found for found in _TYPE_SAID.finditer(head) if is_so(head, found)]
    ends = (head.count("\n", 0, found.end()) for found in said)
    return [
        Line(number, line.strip())
        for number, line in (numbered[end] for end in ends)
        if not _MARKETING.search(line)
    ]


def is_so(text: str, found: re.Match[str]) -> bool:
    """Whether a choice is asserted, and not said to be over."""
    is_over = _UNTIL.match(text[found.end() : found.end() + 20])
    return not is_over and is_asserted(text, found.start(), found.end())


def marketing(text: str) -> list[Line]:
    """Return the lines that say that a campaign sends its e-mail as "Marketing" (U8)."""
    return lines(text, _MARKED_OTHERWISE) or lines(text, _OTHER_TYPE)
