"""What a front end shows of a diagnosis: a verdict, a card for each cause, the links, the report.

A page or a command only draws it, in the words of its language.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote as percent
from urllib.parse import urlencode

from .advice import fitting
from .catalogue import Finding, open_questions
from .causes import Certainty
from .causes.unsubscribe_token_broken import INTACT
from .diagnosis import Diagnosis, Evidence, examine, named
from .evidence.addresses import read
from .evidence.facts import Facts
from .evidence.kinds import AddressKind, SourceKind
from .evidence.pastes import wrong_paste
from .evidence.sending import by_provider, on_one_host, sent_through
from .evidence.sources import Quote
from .evidence.wrappers import called
from .excerpts import AROUND, Piece, brief, excerpt, mended_part
from .hosts import reach
from .links import Link
from .platform import markup
from .positions import Position, Positions
from .reasons import REASONS
from .releases import DEFAULT
from .repairing import href_of, on_site, repaired, shape
from .report import written
from .suspects import suspects
from .verdicts import HEALTHY, lacking

OWN_PAGES = (AddressKind.UNSUBSCRIBE, AddressKind.WEB_VIEW)
OWN_TOKEN = re.compile(r"\{(?:unsubscribe|webview|dnc|resubscribe)_url\}")
MOST_LINKS = 500  # of each kind; nobody reads more
MOST_REPAIRS = 20  # of one cause: each asks the rules
LONGEST_ISSUE = 6_000  # characters of an address with the report in it; GitHub refuses 8 000


def view(
    evidence: Evidence = (),
    before: str | bytes | None = None,
    answers: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return all that a page shows, ready for JSON; UnusableInput, BadAnswer.

    `diagnosis` is as the command prints it; `verdict` is it in one line, `cards` has the evidence
    of each finding, `suspects` are other causes to look at, `links` has each link's fate, `said`
    what the link given says, `report` is the masked report, `issue` the same as the query of an
    address that opens a new issue.
    """
    facts = Facts.read(named(evidence), before, answers)
    return view_of(facts, examine(facts))


def view_of(facts: Facts, found: Diagnosis) -> dict[str, Any]:
    """Return what a page shows of what was read and found."""
    report = written(facts, found)
    return {
        "diagnosis": found.as_dict(),
        "verdict": verdict(facts, found),
        "cards": [card(facts, finding) for finding in found.findings],
        "suspects": others(facts, found),
        "links": summary(links(facts)),
        "said": said(facts),
        "report": report,
        "issue": issue(found, report),
    }


def verdict(facts: Facts, found: Diagnosis) -> dict[str, Any]:
    """Return the diagnosis in one line: its kind, what was examined, causes by certainty.

    The kind is "causes", "healthy", "nothing", or the section of `message-source` that answers
    what was pasted instead of a message. `missing` names what a message lacks that shows no cause,
    `depends` the question that decides whether the first cause is one.
    """
    causes = [finding for finding in found.findings if finding.cause not in HEALTHY]
    counted = Counter(str(finding.certainty) for finding in causes)
    kind = "healthy" if found.first in HEALTHY else "causes" if causes else "nothing"
    if all(finding.certainty == Certainty.POSSIBLE for finding in causes):
        kind = wrong_paste(facts) or kind
    said = {"kind": kind, "of": examined(facts), "counts": {c: counted[c] for c in Certainty}}
    lacks = lacking(facts) if kind == "nothing" else ()
    depends = [key for finding in found.findings[:1] for key in open_questions(finding, facts)]
    said |= {"missing": list(lacks)} if lacks else {}
    return said | {"depends": depends[0]} if depends and kind == "causes" else said


def others(facts: Facts, found: Diagnosis) -> list[str]:
    """Return the causes to look at beside those found; once one is certain, what it left aside."""
    if any(finding.certainty == Certainty.SURE for finding in found.findings):
        return list(found.aside)
    shown = {finding.cause for finding in found.findings}
    lacks = ["list-unsubscribe-header"] if "list-unsubscribe" in lacking(facts) else []
    is_examined = bool(facts.sources) and not found.is_healthy  # it shows a cause: no need to guess
    left = [] if is_examined else suspects(facts)
    return [cause for cause in [*lacks, *left] if cause not in shown]


def examined(facts: Facts) -> str:
    """Return what was examined: a kind of source, "answers" or "several"."""
    kinds = {str(source.kind) for source in facts.sources}
    kinds |= {str(SourceKind.HTML)} if facts.before is not None else set()
    return "several" if len(kinds) > 1 else next(iter(kinds), "answers")


def card(facts: Facts, finding: Finding) -> dict[str, Any]:
    """Return what shows a cause: pieces of evidence, with repairs where rules can tell them.

    `reason` is the section that says more of it than that of the cause, if there is one; `advice`
    the piece of the list in that of the cause that fits, counted from 1.
    """
    shown = [
        shown_quote(facts, finding.cause, as_given(facts, quote), number < MOST_REPAIRS)
        for number, quote in enumerate(finding.quotes)
    ]
    made = {
        "cause": finding.cause,
        "certainty": str(finding.certainty),
        "healthy": finding.cause in HEALTHY,
        "evidence": shown,
    }
    more = {"reason": reason_of(facts, finding), "advice": fitting(finding)}
    return made | {name: value for name, value in more.items() if value}


def reason_of(facts: Facts, finding: Finding) -> str:
    """Return why the first link was missed, by the id of a reason; "" where none tells.

    Of the cause that has many: what there is to change depends on the reason.
    """
    if finding.cause != "link-markup-not-matched":
        return ""
    found = [*facts.template_links, *(place.link for place in facts.places if place.link)]
    reasons = {(link.href, link.line): link.reason for link in found if is_told(link.reason)}
    shown = [(quote.text, quote.line) for quote in finding.quotes]
    return next((reasons[place] for place in shown if place in reasons), "")


def is_told(reason: str) -> bool:
    """Whether a reason says more than that a link is none, or one as it should be."""
    return not REASONS.get(reason, True) and reason != "not-a-link"


def as_given(facts: Facts, quote: Quote) -> Quote:
    """Return a quote of the HTML before sending with the name it was given under."""
    is_given = quote.source == "before" and facts.before is None and facts.html is not None
    return replace(quote, source=facts.html.name) if is_given and facts.html else quote


def shown_quote(facts: Facts, cause: str, quote: Quote, is_repaired: bool) -> dict[str, Any]:
    """Return one piece of evidence: where it stands, its pieces, the line to write instead.

    `given` is what `repair` is to stand for, as it is written in the source; `shown` is it, short.
    """
    where = place(facts, quote)
    around = where.pop("around", ("", ""))
    tag = tag_of(facts, quote)
    shown = tag if (tag and "\n" in tag) or IN_TAG.search(tag) else ""
    pieces = excerpt(shown or quote.text, cause, ("", "") if shown else around)
    given, repair = mended(facts, cause, quote, tag) if is_repaired else ("", "")
    made = {**where, "pieces": pieces}
    if by := maker(facts, cause, quote):
        made["by"] = by
    if repair:
        made |= {"given": given, "repair": repair, "shown": corrected(given, repair)}
    return made


def maker(facts: Facts, cause: str, quote: Quote) -> str:
    """Return who wrapped an address that is quoted, as people call them; "" where none shows."""
    if cause not in ("esp-rewrap", "bot-or-gateway-hits"):
        return ""
    found = [wrapper.name for wrapper in read(quote.text).peeled.wrappers]
    if not found and cause == "esp-rewrap":
        found = sorted(sent_through(facts))
    return called(found[0]) if found else ""


IN_TAG = re.compile(r"(?i)\bhref(?:\s+=|=\s|=[^\"'])")  # what is odd stands beside the address


def mended(facts: Facts, cause: str, quote: Quote, tag: str) -> tuple[str, str]:
    """Return what of the source to replace and by what, ("", "") where no rule tells."""
    if cause == "site-url-host":
        site = facts.answers.get("site-url", "")
        is_known = reach(facts.site_host).public and read(quote.text).is_mautic
        return (quote.text, on_site(quote.text, site)) if site and is_known else ("", "")
    if not tag or cause not in REPAIRED:
        return "", ""
    text = source_text(facts, quote)
    new = repaired(tag, facts.release or DEFAULT, text) or shape(
        tag, facts.release or DEFAULT, text
    )
    return (tag, new) if new != tag else ("", "")


def corrected(given: str, repair: str) -> list[Piece]:
    """Return a repair for people: the address with what is new in it, else the tag, short."""
    old, new = href_of(given), href_of(repair)
    return mended_part(old, new) if old and old != new else brief(repair)


REPAIRED = (  # causes that lie in how a link is written
    "link-markup-not-matched",
    "link-normalised",
    "ampersand-encoding",
    "token-in-link",
    "send-stopped-by-link",
    "unsubscribe-token-broken",
)


def tag_of(facts: Facts, quote: Quote) -> str:
    """Return the start tag whose `href` is quoted, or whose beginning is; "" if there is none."""
    text = source_text(facts, quote)
    source = next((s for s in facts.sources if s.name == quote.source and s.text == text), None)
    if not text or quote.source == "answers" or (source and source.kind == SourceKind.LOG):
        return ""
    positions = Positions(text)
    for element in source.elements if source else markup.elements(text):
        href = element.attributes.get("href")
        if href and is_meant(quote, text, href, positions.of(href.name)):
            return text[element.start : element.end]
    return ""


def is_meant(quote: Quote, text: str, href: markup.Attribute, at: Position) -> bool:
    """Whether a quote is this `href`, at this place if the quote names one, or a part of it."""
    if quote.line:
        is_there = at.line == quote.line and quote.column in (0, at.column)
        return href.written == quote.text and is_there
    return bool(href.written) and quote.text in text[href.name : href.end + 1]


def source_text(facts: Facts, quote: Quote) -> str:
    """Return the decoded source of a quote, "" for an answer."""
    texts = [source.text for source in facts.sources if source.name == quote.source]
    texts += [facts.before] if quote.source == "before" and facts.before else []
    return next((text for text in texts if quote.text in text), texts[0] if texts else "")


def place(facts: Facts, quote: Quote) -> dict[str, Any]:
    """Return where evidence stands in its decoded source, and what should stand there instead."""
    instead = {"instead": quote.instead} if quote.instead else {}
    return position(facts, quote) | instead


def position(facts: Facts, quote: Quote) -> dict[str, Any]:
    """Return where evidence stands in its decoded source: line and column, what is around it."""
    text = source_text(facts, quote)
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: max(quote.line - 1, 0)])
    start += max(quote.column - 1, 0)
    at = text.find(quote.text, start) if quote.text else -1
    if at < 0:
        return {"source": quote.source, "line": quote.line}
    begin = text.rfind("\n", 0, at) + 1
    behind = text[at + len(quote.text) :][:AROUND].partition("\n")[0]
    return {
        "source": quote.source,
        "line": text.count("\n", 0, at) + 1,
        "column": at - begin + 1,
        "around": [text[max(begin, at - AROUND) : at], behind],
    }


def said(facts: Facts) -> dict[str, Any]:
    """Return what the link says that was given alone, else the first tracked one of a mail."""
    alone = [place for place in facts.given if place.address.is_mautic]
    return next((place.address.as_dict() for place in alone or facts.tracked), {})


def summary(found: list[Link]) -> dict[str, Any]:
    """Return how many links there are, how many tracked, then those that are not, and those."""
    untracked = [link for link in found if not link.tracked]
    tracked = [link for link in found if link.tracked]
    return {
        "all": len(found),
        "tracked": len(tracked),
        "untracked": [shown_link(link) for link in untracked[:MOST_LINKS]],
        "followed": [shown_link(link) for link in tracked[:MOST_LINKS]],
    }


def shown_link(link: Link) -> dict[str, Any]:
    """Return a link for people: its address short, with signs that can be seen."""
    return {"line": link.line, "pieces": brief(link.href), "reason": link.reason}


def links(facts: Facts) -> list[Link]:
    """Return each link with its fate: of the HTML before sending, else of the message.

    Links to Mautic's own pages, to unsubscribe for instance, are never tracked: they aren't listed.
    """
    behind = {place.quote.text for place in [*by_provider(facts), *on_one_host(facts)]}
    is_sent = behind and sent_through(facts)  # beside headers that somebody copied
    if facts.before or (facts.is_template and not is_sent):
        return [left_open(link) for link in facts.template_links if not is_own_page(link)]
    return [
        received(place.link, place.address.kind, place.quote.text in behind)
        for place in facts.places
        if place.link and (place.address.kind not in OWN_PAGES or place.quote.text in behind)
    ]


def is_own_page(link: Link) -> bool:
    """Whether a link is the token of a page of Mautic's own, as it should be."""
    return link.reason == "untracked-list" and OWN_TOKEN.fullmatch(link.href.strip()) is not None


def received(link: Link, kind: AddressKind, is_wrapped: bool = False) -> Link:
    """Return a link of a received message: those that go through Mautic are tracked.

    The reason is "" where the markup gives none, and the cause where a provider wrapped it.
    """
    if kind == AddressKind.TRACKED:
        return replace(link, tracked=True, reason="tracked")
    reason = "" if link.reason == "tracked" else link.reason
    reason = "esp-rewrap" if is_wrapped else reason
    is_own = kind != AddressKind.OTHER
    return left_open(replace(link, tracked=False, reason="untracked-list" if is_own else reason))


def left_open(link: Link) -> Link:
    """Return a link; if it holds the `|URL|` of a setting, with that cause for a reason."""
    return replace(link, reason="unsubscribe-token-broken") if link.href in INTACT else link


def issue(found: Diagnosis, report: str) -> str:
    """Return the query of an address that opens a new issue with the report, cut to fit."""
    title = f"Not tracked: {found.first or 'no cause found'}"
    shown = report
    while len(percent(shown)) > LONGEST_ISSUE:
        shown = shown[: len(shown) * 9 // 10].rpartition("\n")[0]
    body = shown if shown == report else f"{shown}\n\n(cut here: paste the rest of the report)\n"
    return urlencode({"title": title, "body": body}, quote_via=percent)
