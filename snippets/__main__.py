"""The command line: arguments, files, printing. No rule is in here."""

import argparse
import json
import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn, TextIO

from . import documents, guide, hits, links, releases, report, view
from .diagnosis import Diagnosis, examine
from .evidence.answers import BadAnswer, parse
from .evidence.facts import Facts, UnusableInput
from .evidence.messages import LARGEST
from .releases import UnknownRelease

NOTHING_WRONG, CAUSES_FOUND, UNUSABLE = 0, 1, 2
WIDEST_HREF = 72


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return the exit code."""
    prepare_output()
    options = parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except (UnusableInput, UnknownRelease, BadAnswer, documents.Unreadable) as problem:
        print(f"{problem}", file=sys.stderr)
        return UNUSABLE
    except BrokenPipeError:  # the reader had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOTHING_WRONG
    except OSError as problem:
        print(f"The answer could not be written: {why(problem)}.", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNUSABLE
    return code


def prepare_output() -> None:
    """Let every character be printed: those a terminal doesn't know as escapes."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by who called
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 (kept open)
        stream = getattr(sys, name)
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def program() -> str:
    """Return what this program was called by: its own name where it is installed."""
    name = Path(sys.argv[0]).stem
    return name if name == "mautic-tracking" else "python -m snippets"


class Parser(argparse.ArgumentParser):
    """A parser that says what was wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Print one sentence and where to find help; exit 2."""
        print(f"{message[:1].upper()}{message[1:]}. See: {program()} --help", file=sys.stderr)
        sys.exit(UNUSABLE)


def parser() -> Parser:
    """Return the parser of all commands."""
    top = Parser(prog=program(), description="Why is a Mautic e-mail not tracked?")
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
    show = commands.add_parser("links", help="tell for each link whether Mautic will track it")
    show.add_argument("file", help="HTML, plain text or .eml; - for standard input")
    show.add_argument(
        "--release", default=releases.DEFAULT, help="Mautic release, for instance 5.1.1"
    )
    show.add_argument("--output", metavar="FILE", help="write the rewritten mail here")
    show.add_argument("--json", action="store_true", help="print one JSON object")
    show.set_defaults(run=show_links)
    find = commands.add_parser("diagnose", help="tell why something is not tracked")
    find.add_argument("evidence", nargs="*", help="message, HTML, link or log; - for stdin")
    find.add_argument("--before", metavar="FILE", help="the HTML before sending")
    find.add_argument("--answer", action="append", default=[], metavar="KEY=VALUE")
    find.add_argument("--lang", default=guide.SOURCE, help="language of the headings, default fr")
    find.add_argument("--json", action="store_true", help="print one JSON object")
    find.add_argument("--report", action="store_true", help="print a masked report for GitHub")
    find.set_defaults(run=show_diagnosis)
    ask = commands.add_parser("agent", help="tell whether a user agent counts, in which release")
    ask.add_argument("agent", help="the user agent, as the access log has it")
    ask.add_argument("--lang", default=guide.SOURCE, help="language of the answer, default fr")
    ask.add_argument("--json", action="store_true", help="print one JSON object")
    ask.set_defaults(run=show_agent)
    return top


def show_links(options: argparse.Namespace) -> int:
    """Print what becomes of each link, and write the rewritten mail."""
    content = contents(options.file, documents.LARGEST + 1)  # no more of it is looked at
    document = documents.read(content, label(options.file))
    found = links.explain(document.parts, release=options.release)
    rewritten = links.rewrite(document.parts, release=options.release)
    release = releases.find(options.release)
    if options.output:
        written(options.output, document.with_parts(rewritten.content))
    if options.json:
        rows = [vars(link) for link in found]
        shown = {"links": rows, "error": rewritten.error}
        shown |= {"release": str(release), "evidence": release.evidence()}
        print(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        print_links(found, rewritten.error)
        if release.evidence() != "recorded":
            print(known(str(release), release.evidence(), "en"))
    return NOTHING_WRONG


def print_links(found: list[links.Link], error: str | None) -> None:
    """Print one line per link and the count."""
    for link in found:
        place = f"{link.part} {link.line}".strip()
        mark = paint("tracked    ", 32) if link.tracked else paint("not tracked", 31)
        print(f"{place:>9}  {shortened(link.href):{WIDEST_HREF}}  {mark}  {link.reason}")
    tracked = sum(link.tracked for link in found)
    print(f"{len(found)} links: {tracked} tracked, {len(found) - tracked} not.")
    if error:
        print(error)


def known(release: str, evidence: str, language: str) -> str:
    """Return a sentence on how it is known what a release does that was not run."""
    return guide.words(language)[f"ui.known.{evidence}"].replace("{release}", release)


def shortened(href: str) -> str:
    """Return an href for one line: no control characters, not too wide."""
    plain = "".join(c if c.isprintable() else " " for c in " ".join(href.split()))
    return plain if len(plain) <= WIDEST_HREF else plain[: WIDEST_HREF - 1] + "…"


def show_agent(options: argparse.Namespace) -> int:
    """Print in which releases a user agent counts as an open and a click, and why not."""
    check_language(options.lang)
    agent = options.agent.strip()
    if not agent:
        raise UnusableInput("The user agent is empty. Give it as the access log has it.")
    rows = hits.by_release(agent)
    if options.json:
        shown = [
            {**row._asdict(), "open": vars(row.open), "click": vars(row.click)} for row in rows
        ]
        print(json.dumps({"agent": agent, "releases": shown}, ensure_ascii=False, indent=1))
    else:
        print_agent(rows, options.lang)
    return NOTHING_WRONG if all(row.is_counted for row in rows) else CAUSES_FOUND


def print_agent(rows: list[hits.Row], language: str) -> None:
    """Print one line per release line, and which of them nobody has run."""
    words = guide.words(language)
    head = [words[f"ui.agent.{name}"] for name in ("release", "open", "click", "why")]
    print("  ".join(f"{name:9}" for name in head).rstrip())
    for row in rows:
        opened = words["ui.agent.counted" if row.open.counted else "ui.agent.dropped"]
        clicked = words["ui.agent.clickCounted" if row.click.counted else "ui.agent.clickDropped"]
        why = words.get(f"ui.agent.{row.click.reason}", "") if row.click.entry else ""
        print(f"{row.release:9}  {opened:9}  {clicked:9}  {why} {row.click.entry}".rstrip())
    for row in rows:
        if row.evidence != "recorded":
            print(known(str(releases.find(row.release)), row.evidence, language))


def check_language(language: str) -> None:
    """Raise UnusableInput for a language without a guide."""
    if language not in guide.languages():
        raise UnusableInput(
            f"There is no guide in {language!r}. Languages: {', '.join(guide.languages())}."
        )


def show_diagnosis(options: argparse.Namespace) -> int:
    """Print the diagnosis as a page, as JSON, or as a report."""
    if [*options.evidence, options.before].count("-") > 1:
        raise UnusableInput("Standard input can be read once: give - for one thing only.")
    most = LARGEST + 1  # no more of it is looked at
    evidence = [(label(name), contents(name, most)) for name in options.evidence]
    before = contents(options.before, most) if options.before is not None else None
    answers = parse(options.answer)
    check_language(options.lang)
    facts = Facts.read(evidence, before, answers)
    found = examine(facts)
    if options.report:
        print(report.written(facts), end="")
    elif options.json:
        print(json.dumps(found.as_dict(), ensure_ascii=False, indent=1))
    else:
        print_diagnosis(facts, found, options.lang)
    return NOTHING_WRONG if found.is_healthy else CAUSES_FOUND


def print_diagnosis(facts: Facts, found: Diagnosis, language: str) -> None:
    """Print the findings with headings of the guide, what is healthy and what to ask."""
    words = guide.words(language)
    for finding, places in zip(found.findings, view.places(facts, found), strict=True):
        section = guide.section(finding.cause, language)
        certainty = words.get(f"ui.certainty.{finding.certainty}", finding.certainty)
        print(f"{paint(section.heading, 1)}  [{certainty}] {finding.cause}")
        for quote, place in zip(finding.quotes, places, strict=True):
            name, line = place["source"], place["line"]
            instead = f" → {shortened(quote.instead)}" if quote.instead else ""
            print(f"    {f'{name}:{line}' if line else name}  {shortened(quote.text)}{instead}")
        print(f"    → {section.address}\n")
    if not found.findings:
        print(words.get("ui.nothing", "Nothing found.") + "\n")
    for failure in found.failed:
        print(
            f"{words.get('ui.checkFailed', 'This check failed:')} {failure.cause} ({failure.error})"
        )
    if found.healthy:
        good = ", ".join(words.get(f"ui.healthy.{name}", name) for name in found.healthy)
        print(f"{paint(words.get('ui.healthyTitle', 'Healthy'), 1)}\n    {good}\n")
    if "release-evidence" in found.context:
        print(known(found.context["release"], found.context["release-evidence"], language) + "\n")
    if found.questions:
        print(paint(words.get("ui.ask", "Questions"), 1))
        for key in found.questions:
            print(f"    --answer {key}=…  {guide.question(key, language)}")


def label(name: str) -> str:
    """Return how a source is called in what is printed."""
    plain = name.encode("utf-8", "replace").decode()
    return "standard input" if name == "-" else plain


def contents(name: str, most: int = -1) -> bytes:
    """Return the bytes of a file or of standard input: all, or at most so many."""
    if not name:
        raise UnusableInput("The name of a file is empty. Give a file, or - for standard input.")
    try:
        if name == "-":
            return sys.stdin.buffer.read(most) if sys.stdin else b""
        with open(name, "rb") as file:
            return file.read(most)
    except OSError as error:
        raise UnusableInput(f"{name} could not be read: {why(error)}.") from None


def why(error: OSError) -> str:
    """Return the reason of an error of the system in lower case."""
    return (error.strerror or "unknown reason").lower()


def written(name: str, content: bytes) -> None:
    """Write a file; a sentence if that isn't possible."""
    try:
        Path(name).write_bytes(content)
    except OSError as error:
        raise UnusableInput(f"{name} could not be written: {why(error)}.") from None


def paint(text: str, colour: int, stream: TextIO | None = None) -> str:
    """Return a text in colour if it goes to a terminal."""
    is_terminal = (stream or sys.stdout).isatty() and not os.environ.get("NO_COLOR")
    return f"\x1b[{colour}m{text}\x1b[0m" if is_terminal else text


if __name__ == "__main__":
    sys.exit(main())
