"""The page has no tracking script: Mautic learns of the click, and of nothing behind it (G1)."""

import re

from ..evidence.facts import Facts
from ..evidence.kinds import AddressKind
from ..evidence.questions import Symptom
from ..evidence.sources import Quote, Source
from ..traffic import count
from . import Seen, answer, likely, possible

PAGE = "pages/troubleshooting"
EXPLAINS = (Symptom.PAGE_MISSING,)
BEFORE: dict[str, str] = {}
LARGEST = 1_000_000  # characters of a page
FEWEST_CLICKS = 3  # that nobody's visit follows
# The script, the WordPress plugin that loads it, the image without it; what sends the visit.
SCRIPT = re.compile(r"\bmtc\.js\b|\bmautic-tracking\.js\b|/mtracking\.gif", re.I)
SENDS = re.compile(
    r"[\"']send[\"']|\bwpmautic_send\b|\bmautic-tracking\.js\b|/mtracking\.gif", re.I
)
BEGUN = re.compile(r"<(?:html|head)\b", re.I)
ENDED = re.compile(r"</(?:body|html)>", re.I)
# What may load it all the same: a manager of tags or of consent, or Mautic itself, in whose pages
# it needs none.
LOADED_ELSEWHERE = re.compile(
    r"googletagmanager\.com|\bGTM-[A-Z0-9]{4,}|\bmautic|\bmtm?\.push\b|\bmt\([\"']"
    r"|consent|cookiebot|cookieyes|usercentrics|klaro|onetrust|tarteaucitron|axeptio|didomi"
    r"|tealium|cdn\.segment\.",
    re.I,
)
# A script that a banner starts once somebody consents.
HELD_BACK = re.compile(r"<script\b[^<>]{0,2000}?\btype=[\"']?text/plain\b[^<>]{0,2000}>", re.I)


def check(facts: Facts) -> Seen | None:
    """An answer tells, or the page's HTML, or a log in which nothing follows the clicks."""
    if facts.says("script-on-page", "no"):
        return likely(*answer(facts, "script-on-page"))
    if facts.symptom != Symptom.PAGE_MISSING or facts.says("script-on-page", "yes"):
        return None
    found = [seen for page in facts.web_pages if (seen := in_page(page))]
    return found[0] if found else only_clicks(facts)


def in_page(page: Source) -> Seen | None:
    """Look for the script: it may lack, stand in a comment, wait for consent, or send nothing."""
    text = page.text[:LARGEST]
    run = uncommented(text)
    script = SCRIPT.search(run)
    if script is None:
        if hidden := SCRIPT.search(text):
            return likely(page.quote(line_of(text, hidden), hidden.start()))
        is_whole = is_page(text) and not LOADED_ELSEWHERE.search(text)
        return (likely if is_whole else possible)(Quote("<script>…/mtc.js…</script>"))
    if not SENDS.search(run):
        return likely(page.quote(line_of(run, script), script.start()))
    held = HELD_BACK.search(run)
    return possible(page.quote(held[0], held.start())) if held else None


def uncommented(text: str) -> str:
    """Return a page with blanks for the comments in which a script stands: lines stay lines."""
    first, *others = text.split("<!--")
    return first + "".join(map(shown, others))


def shown(piece: str) -> str:
    """Return what begins with a comment, or blanks for one with a script in it."""
    comment, end, rest = piece.partition("-->")
    is_hidden = end and "<script" in comment.lower()
    return re.sub(r"[^\n]", " ", f"<!--{comment}-->") + rest if is_hidden else f"<!--{piece}"


def is_page(text: str) -> bool:
    """Whether the HTML of a page was given to its end."""
    begun = BEGUN.search(text)
    return begun is not None and ENDED.search(text, begun.end()) is not None


def line_of(text: str, found: re.Match[str]) -> str:
    """Return the line in which something was found."""
    start = text.rfind("\n", 0, found.start()) + 1
    return (text[start : found.end()] + text[found.end() :].partition("\n")[0][:200]).strip()


def only_clicks(facts: Facts) -> Seen | None:
    """Clicks, and not one visit of a page, in a log that shows more than clicks."""
    clicks = [v.quote for v in facts.visits if v.address.kind == AddressKind.TRACKED]
    visits = count(facts, lambda group: group.kind == AddressKind.PAGE_HIT)
    if len(clicks) < FEWEST_CLICKS or visits:
        return None
    is_whole = any(v.address.kind != AddressKind.TRACKED for v in facts.visits)
    return (likely if is_whole else possible)(*clicks)
