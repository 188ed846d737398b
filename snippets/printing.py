"""What the command prints, in the words of a language."""

import os
import sys
from datetime import datetime
from typing import Any, TextIO, get_args

from . import gate, guide, hits, links, releases, view
from .comparing import ChangedHeaders, Comparison
from .diagnosis import Diagnosis
from .documents import Document
from .evidence.facts import Facts
from .excerpts import Piece
from .linkchanges import ChangedLink, Kind, repair
from .links import Link
from .words import filled, words

WIDEST_HREF = 72


class Printer:
    """Prints in a language."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._words = words(language)

    def say(self, name: str, /, **values: object) -> str:
        """Return words of the language, filled; their name where it has none."""
        return filled(self._words.get(f"ui.{name}") or self._words.get(name, name), values)

    def known(self, release: str, evidence: str) -> str:
        """Return how it is known what a release does that was not run."""
        return self.say(f"known.{evidence}", release=release)

    def links(self, found: list[links.Link], stopped: str = "", only: str = "all") -> None:
        """Print one line per link (`only` the "untracked" ones, or all), then the count.

        `stopped` is the release that stops the sending at one of them, if it does.
        """
        marks = {True: self.say("command.tracked"), False: self.say("command.untracked")}
        width = max(map(len, marks.values()))
        for link in found:
            if link.tracked and only == "untracked":
                continue
            place = f"{link.part} {link.line}".strip()
            mark = paint(f"{marks[link.tracked]:{width}}", 32 if link.tracked else 31)
            reason = guide.heading(link.reason, self._language)
            print(f"{place:>9}  {shortened(link.href):{WIDEST_HREF}}  {mark}  {reason}")
        tracked = sum(link.tracked for link in found)
        values = {"all": len(found), "tracked": tracked, "untracked": len(found) - tracked}
        print(self.say("command.count", **values))
        if stopped:
            print(self.say("command.stopped", release=stopped))

    def lost(
        self, name: str, document: Document, found: list[Link], release: releases.Release
    ) -> None:
        """Print the lost links of a file, each with what to write instead."""
        parts = document.texts()
        for link in found:
            said = gate.sentence(link, repair(link, parts, release), self._language)
            first, *rest = said.split("\n")
            place = filter(None, document.place(link.part, link.line, link.column))
            print(":".join([name, *map(str, place)]) + f": {first}")
            for line in rest:
                print(f"    {line}")

    def diagnosis(self, facts: Facts, found: Diagnosis) -> None:
        """Print the verdict, cards of the findings, other causes, what is healthy, what to ask."""
        said, suspects = view.verdict(facts, found), view.others(facts, found)
        print(self.verdict(said, suspects) + "\n")
        for finding in found.findings:
            self.card(view.card(facts, finding))
        self.suspects(suspects, is_headed=bool(found.findings))
        for failure in found.failed:
            print(f"{self.say('checkFailed')} {failure.cause} ({failure.error})\n")
        self.notes(found.context)
        if found.healthy:
            good = ", ".join(self.say(f"healthy.{name}") for name in found.healthy)
            print(f"{paint(self.say('healthyTitle'), 1)}\n    {good}\n")
        if found.questions:
            print(paint(self.say("ask"), 1))
            for key in found.questions:
                print(f"    --answer {key}=…  {guide.question(key, self._language)}")

    def suspects(self, causes: list[str], *, is_headed: bool) -> None:
        """Print the causes that only might be, the most common first, and where each is told."""
        if causes and is_headed:
            print(paint(self.say("otherSuspects"), 1))
        for number, cause in enumerate(causes, 1):
            section = guide.section(cause, self._language)
            print(f"{number:>5}. {section.heading}\n       → {guide.online(section.address)}")
        if causes:
            print()

    def verdict(self, said: dict[str, Any], suspects: list[str]) -> str:
        """Return the diagnosis in one line; for a wrong paste, where it is said what to copy."""
        kind = said["kind"]
        if kind == "causes":
            names = {name: number for name, number in said["counts"].items() if number}
            verdict = ", ".join(self.counted(f"verdict.{name}", n) for name, n in names.items())
            return self.depending(verdict, said.get("depends", ""))
        if f"ui.wrong.{kind}" in self._words:
            copying = guide.online(guide.copying(kind, self._language))
            return f"{self.say(f'wrong.{kind}')}\n    → {copying}"
        of = self.say(f"of.{said['of']}")
        if missing := ", ".join(self.say(f"healthy.{name}") for name in said.get("missing", ())):
            return self.say("verdictIncomplete", of=of, missing=missing)
        if suspects and kind != "healthy":
            return self.counted("suspects", len(suspects))
        return self.say("verdictHealthy" if kind == "healthy" else "verdictNothing", of=of)

    def depending(self, verdict: str, key: str) -> str:
        """Return a verdict with the question that decides it, if there is one."""
        question = guide.question(key, self._language) if key else ""
        return self.say("depends", verdict=verdict, question=question) if key else verdict

    def counted(self, name: str, number: int) -> str:
        """Return words for a number, in the singular or the plural."""
        return self.say(f"{name}.{'one' if number == 1 else 'other'}", n=number)

    def card(self, card: dict[str, Any]) -> None:
        """Print a cause: its heading in the guide, what shows it, what to write instead."""
        section = guide.section(card["cause"], self._language)
        certainty = self.say(f"certainty.{card['certainty']}")
        print(f"{paint(section.heading, 1)}  [{certainty}] {card['cause']}")
        if "reason" in card:
            reason = guide.section(card["reason"], self._language)
            print(f"    {reason.heading}\n    → {guide.online(reason.address)}")
        for quote in card["evidence"]:
            source = self._words.get(f"ui.sources.{quote['source']}", quote["source"])
            place = f"{source}:{quote['line']}" if quote["line"] else source
            place = f"{place}, {quote['by']}" if "by" in quote else place
            print(f"    {place}  {marked(quote['pieces'])}")
            if instead := quote.get("repair") or quote.get("instead"):
                print(f"        {self.say('corrected')} {visible(instead)}")
        print(f"    → {guide.online(section.address)}\n")

    def agent(self, rows: list[hits.Row]) -> None:
        """Print one line per release line, and which of them nobody has run."""
        head = [self.say(f"agent.{name}") for name in ("release", "open", "click", "why")]
        print("  ".join(f"{name:9}" for name in head).rstrip())
        for row in rows:
            opened = self.say("agent.counted" if row.open.counted else "agent.dropped")
            clicked = self.say("agent.clickCounted" if row.click.counted else "agent.clickDropped")
            why = self._words.get(f"ui.agent.{row.click.reason}", "") if row.click.entry else ""
            print(f"{row.release:9}  {opened:9}  {clicked:9}  {why} {row.click.entry}".rstrip())
        for row in rows:
            if row.evidence != "recorded":
                print(self.known(str(releases.find(row.release)), row.evidence))

    def comparison(self, found: Comparison, of: str) -> None:
        """Print what changes between two releases: for a "mail", or "all"."""
        heading = ("nothing", "changes") if of == "mail" else ("nothingAtAll", "list")
        values = {"old": found.old, "new": found.new}
        name = heading[not found.is_empty]
        print(f"{paint(self.say(f'compare.{name}', **values), 1)}\n")
        if found.is_sent:
            print(self.say("compare.sent") + "\n")
        for kind in get_args(Kind):
            self.changed_links(kind, [one for one in found.links if one.kind == kind])
        if found.headers:
            print(paint(self.say("compare.headers"), 1))
        for each in found.headers:
            self.changed_headers(each)
        if found.changes and of == "mail":
            print(paint(self.say("compare.also"), 1))
        for text, address in guide.changes(found.changes, self._language).items():
            print(f"    {text}\n    → {guide.online(address)}\n")
        for release in (found.old, found.new):
            if release.evidence() != "recorded":
                print(self.known(str(release), release.evidence()))

    def changed_links(self, kind: Kind, found: list[ChangedLink]) -> None:
        """Print the links that change in one way: where they stand, why, what to write instead."""
        if found:
            print(paint(self.say(f"compare.{kind}"), 1))
        for one in found:
            print(f"{f'{one.after.part} {one.after.line}'.strip():>9}  {shortened(one.after.href)}")
            print(f"           {self.what_became(one)}")
            if one.repair:
                print(f"           {self.say('corrected')} {one.repair}")
            print(f"           → {guide.online(guide.of_change(one, self._language))}\n")

    def what_became(self, one: ChangedLink) -> str:
        """Return what became of a link before and after: a reason, or where a click leads."""
        if one.kind == "elsewhere":
            led, leads = (
                shortened(to) or self.say("compare.nowhere") for to in (one.led, one.leads)
            )
            return self.say("compare.leads", led=led, leads=leads)
        before, after = (
            guide.heading(link.reason, self._language) for link in (one.before, one.after)
        )
        return self.say("compare.reasons", before=before, after=after)

    def changed_headers(self, changed: ChangedHeaders) -> None:
        """Print which headers a mail of a type loses and wins."""
        for name, headers in (("headersLost", changed.lost), ("headersWon", changed.won)):
            if headers:
                what = self.say(f"compare.{name}", names=", ".join(headers))
                print(f"    {self.say(f'compare.{changed.type}')}{what}")
        header = guide.section("list-unsubscribe-header", self._language)
        print(f"    → {guide.online(header.address)}\n")

    def notes(self, context: dict[str, Any]) -> None:
        """Print what was cut, what wasn't recognised, what a log says in numbers."""
        if context.get("cut"):
            print(self.say("cut", names=", ".join(context["cut"])) + "\n")
        if context.get("unrecognised"):
            print(self.say("unrecognised", names=", ".join(context["unrecognised"])) + "\n")
        if context.get("wanted"):
            print(self.say(f"wanted.{context['wanted']}") + "\n")
        if context.get("requests"):
            self.requests(context["requests"])
        if context.get("errors"):
            self.errors(context["errors"])
        if "release-evidence" in context:
            print(self.known(context["release"], context["release-evidence"]) + "\n")

    def errors(self, said: list[dict[str, Any]]) -> None:
        """Print the errors of Mautic's own log that no cause explains, and what to do with them."""
        print(paint(self.say("requests.said"), 1))
        for error in said:
            print(f"    {error['number']:>4} ×  {error['source']}:{error['line']}")
            print(f"        {visible(error['text'])}")
        print()

    def requests(self, counted: dict[str, Any]) -> None:
        """Print how many requests of which kind a log has, and what became of them."""
        lines = f"{counted['lines']:,}".replace(",", "\u202f")
        print(paint(self.say("requests.title", lines=lines), 1))
        for kind, number in counted["kinds"].items():
            print(f"    {number:>9}  {self.say(f'saidWords.{kind}')}")
        asked = sum(counted["kinds"].values())
        for name in ("refused", "filtered", "machines", "errors"):
            if counted[name]:
                share = self.say("requests.share", percent=percent(counted[name], asked))
                share = "" if name == "errors" else share
                print(f"    {counted[name]:>9}  {self.say(f'requests.{name}')}{share}")
        if counted.get("since"):
            since, until = (moment(counted[name]) for name in ("since", "until"))
            print(f"    {self.say('requests.span', since=since, until=until)}")
        print()


def percent(number: int, of: int) -> str:
    """Return a share in percent; never 0 for something, never 100 for less than all."""
    share = 100 * number / of if of else 0
    if 0 < share < 1:
        return "< 1"
    return "> 99" if 99 < share < 100 else f"{share:.0f}"


def moment(said: str) -> str:
    """Return a point in time for people."""
    return f"{datetime.fromisoformat(said):%Y-%m-%d %H:%M:%S %z}"


def shortened(href: str) -> str:
    """Return an href for one line: no control characters, not too wide."""
    plain = visible(" ".join(href[:2_000].split()))
    return plain if len(plain) <= WIDEST_HREF else plain[: WIDEST_HREF - 1] + "…"


def marked(pieces: list[Piece]) -> str:
    """Return pieces of evidence as text; what is odd is coloured on a terminal."""
    return "".join(paint(text, 31) if kind in ("odd", "sign") else text for text, kind in pieces)


def visible(text: str) -> str:
    """Return a text without characters that would do something to a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def paint(text: str, colour: int, stream: TextIO | None = None) -> str:
    """Return a text in colour if it goes to a terminal."""
    is_terminal = (stream or sys.stdout).isatty() and not os.environ.get("NO_COLOR")
    return f"\x1b[{colour}m{text}\x1b[0m" if is_terminal else text
