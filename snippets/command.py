"""The command line: arguments, what is run, exit codes. No rule is in here."""

import argparse
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from importlib import metadata
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn

from . import comparing, documents, files, gate, hits, links, releases, report, view
from .diagnosis import examine
from .evidence.answers import parse
from .evidence.facts import Facts
from .evidence.messages import LARGEST
from .evidence.sources import UnusableInput
from .printing import Printer
from .problems import Problem
from .words import filled, languages, meant, sentence, words

NOTHING_WRONG, CAUSES_FOUND, UNUSABLE = 0, 1, 2
INTERRUPTED = 130  # as a shell says it of a program that Ctrl-C ended
NO_LOCALE = "en"  # of a reader whose language isn't known
# What argparse says of wrong arguments, and how it is called here.
_WRONG_ARGUMENTS = {
    "wrong-answer": r"argument (?P<key>--\S+): .* '(?P<value>.*)' .*choose from (?P<known>.*)\)",
    "unknown-option": r"unrecognized arguments: (?P<value>.*)",
    "unknown-command": r"argument COMMAND: invalid choice: '?(?P<value>[^' ]*)'? .*",
    "missing-argument": r"the following arguments are required: (?P<value>.*)",
    "missing-value": r"argument (?P<value>\S+?)(?:/\S+)?: expected one argument",
}


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return the exit code."""
    prepare_output()
    language = language_of(sys.argv[1:] if arguments is None else arguments)
    try:
        options = parser(language).parse_args(arguments)
        code: int = options.run(options)
        sys.stdout.flush()
    except Problem as problem:
        print(sentence(problem.id, problem.values, language), file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        silence()
        return INTERRUPTED
    except BrokenPipeError:  # the reader had enough
        silence()
        return NOTHING_WRONG
    except OSError as problem:
        values = {"name": "stdout", "why": files.why(problem)}
        print(sentence("unwritten", values, language), file=sys.stderr)
        silence()
        return UNUSABLE
    return code


def silence() -> None:
    """Let nothing more be written to standard output, also when the program ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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


def version() -> str:
    """Return the version that is installed, "checkout" where none is."""
    try:
        return metadata.version("mautic-tracking-guide")
    except metadata.PackageNotFoundError:
        return "checkout"


def language_of(arguments: list[str]) -> str:
    """Return the language to speak: of `--lang`, else of the locale, if the guide is in it."""
    asked = re.search(r"(?:^|\0)--lang(?:=|\0)([^\0]+)", "\0".join(arguments))
    names = [asked[1]] if asked else []
    names += [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    return meant(next(filter(None, names), "")) or NO_LOCALE


class Help(argparse.HelpFormatter):
    """Help in the reader's language from its first word on."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Begin with the word for usage."""
        prefix = Parser.say("usage") + " " if prefix is None else prefix
        super().add_usage(usage, actions, groups, prefix)


class Parser(argparse.ArgumentParser):
    """A parser that speaks the reader's language, and says what was wrong in one sentence."""

    language = NO_LOCALE

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=Help, add_help=False, **options)
        self._positionals.title = self.say("arguments")
        self._optionals.title = self.say("options")
        self.add_argument("-h", "--help", action="help", help=self.say("help"))

    @classmethod
    def say(cls, name: str) -> str:
        """Return words of the help."""
        known = words(cls.language).get(f"command.help.{name}", name)
        return filled(known, {"default": releases.DEFAULT})

    def error(self, message: str) -> NoReturn:
        """Print one sentence and where to find help; exit 2."""
        values, id_ = {"value": message}, "wrong-arguments"
        for name, pattern in _WRONG_ARGUMENTS.items():
            if found := re.fullmatch(pattern, message, re.S):
                values, id_ = found.groupdict(), name
                values["known"] = values.get("known", "").replace("'", "")  # as 3.11 quotes them
        values["program"] = program()
        print(sentence(id_, values, self.language), file=sys.stderr)
        sys.exit(UNUSABLE)


def parser(language: str) -> Parser:
    """Return the parser of all commands, in a language."""
    Parser.language, say = language, Parser.say
    top = Parser(prog=program(), description=say("about"))
    top.add_argument(
        "--version", action="version", version=f"%(prog)s {version()}", help=say("version")
    )
    commands = top.add_subparsers(title=say("commands"), required=True, metavar="COMMAND")
    show = commands.add_parser("links", help=say("links"), description=say("links"))
    show.add_argument("files", nargs="+", metavar="file", help=say("file"))
    show.add_argument("--release", default=releases.DEFAULT, help=say("release"))
    show.add_argument("--output", metavar="FILE", help=say("output"))
    show.add_argument("--untracked", action="store_true", help=say("untracked"))
    show.add_argument("--fail-on", choices=["untracked"], help=say("failOn"))
    show.add_argument("--format", choices=["text", "github"], help=say("format"))
    show.set_defaults(run=show_links)
    find = commands.add_parser("diagnose", help=say("diagnose"), description=say("diagnose"))
    find.add_argument("evidence", nargs="*", help=say("evidence"))
    find.add_argument("--before", metavar="FILE", help=say("before"))
    find.add_argument(
        "--answer", action="append", default=[], metavar="KEY=VALUE", help=say("answer")
    )
    find.add_argument("--report", action="store_true", help=say("report"))
    find.set_defaults(run=show_diagnosis)
    ask = commands.add_parser("agent", help=say("agent"), description=say("agent"))
    ask.add_argument("agent", help=say("userAgent"))
    ask.set_defaults(run=show_agent)
    judge = commands.add_parser("compare", help=say("compare"), description=say("compare"))
    judge.add_argument("file", nargs="?", help=say("mail"))
    judge.add_argument("--from", dest="old", required=True, metavar="RELEASE", help=say("from"))
    judge.add_argument("--to", dest="new", required=True, metavar="RELEASE", help=say("to"))
    judge.set_defaults(run=show_comparison)
    for command in (show, find, ask, judge):
        command.add_argument("--lang", default=language, help=say("lang"))
        command.add_argument("--json", action="store_true", help=say("json"))
    return top


def printer(options: argparse.Namespace) -> Printer:
    """Return what prints in the language that was asked for."""
    if not (language := meant(options.lang)):
        raise UnusableInput("no-language", language=options.lang, known=", ".join(languages()))
    return Printer(language)


def show_links(options: argparse.Namespace) -> int:
    """Print what becomes of each link, file by file, and write the rewritten mail."""
    show = printer(options)
    if len(options.files) > 1 and options.output:
        raise UnusableInput("output-several")
    once(options.files)
    if options.fail_on:
        return show_lost(options, show)
    shown = [links_of(name, options, show) for name in options.files]
    if options.json and options.output != "-":
        whole = shown[0] if len(shown) == 1 else {"files": shown}
        print(json.dumps(whole, ensure_ascii=False, indent=1))
    return NOTHING_WRONG


def once(names: list[str]) -> None:
    """Refuse to read standard input twice: there is nothing left of it."""
    if names.count("-") > 1:
        raise UnusableInput("stdin-twice")


def links_of(name: str, options: argparse.Namespace, show: Printer) -> dict[str, Any]:
    """Print what becomes of each link of a file, or return it for JSON."""
    document = document_of(name)
    found = links.explain(document.parts, release=options.release)
    rewritten = links.rewrite(document.parts, release=options.release)
    release = releases.find(options.release)
    if options.output:
        files.written(options.output, document.with_parts(rewritten.content), name)
    if not options.json and options.output != "-":
        if len(options.files) > 1:
            print(f"{files.label(name)}:")
        stopped = str(release) if rewritten.error else ""
        show.links(found, stopped, "untracked" if options.untracked else "all")
        if comparing.is_sent(document.texts()):
            print(show.say("compare.sent"))
        if release.evidence() != "recorded":
            print(show.known(str(release), release.evidence()))
    rows = [vars(link) for link in found if not (options.untracked and link.tracked)]
    shown: dict[str, Any] = {"links": rows, "error": rewritten.error}
    shown |= {"release": str(release), "evidence": release.evidence()}
    return shown if len(options.files) == 1 else {"file": files.label(name)} | shown


def show_lost(options: argparse.Namespace, show: Printer) -> int:
    """Print the links that will be lost, of every file that can be read; for CI and commits."""
    release, code = releases.find(options.release), NOTHING_WRONG
    on_github = os.environ.get("GITHUB_ACTIONS") == "true"
    format_ = options.format or ("github" if on_github else "text")
    lost = list[dict[str, Any]]()
    for name in options.files:
        try:
            document = document_of(name)
            parts = document.texts()
        except Problem as problem:
            print(sentence(problem.id, problem.values, options.lang), file=sys.stderr)
            code = UNUSABLE
            continue
        found = gate.lost(parts, release)
        lost.append({"file": files.label(name), "links": [vars(link) for link in found]})
        if options.json:
            pass  # all files make one object
        elif format_ == "github":
            for line in gate.annotations(name, document, found, release, options.lang):
                print(line)
        elif found:
            show.lost(files.label(name), document, found, release)
        code = max(code, CAUSES_FOUND if found else NOTHING_WRONG)
    if options.json:
        print(json.dumps({"files": lost}, ensure_ascii=False, indent=1))
    return code


def document_of(name: str) -> documents.Document:
    """Return the mail in a file, or from standard input."""
    content = files.contents(name, documents.LARGEST + 1)  # no more of it is looked at
    return documents.read(content, files.label(name))


def show_agent(options: argparse.Namespace) -> int:
    """Print in which releases a user agent counts as an open and a click, and why not."""
    show = printer(options)
    agent = options.agent.strip()
    if not agent:
        raise UnusableInput("no-agent")
    rows = hits.by_release(agent)
    if options.json:
        shown = [
            {**row._asdict(), "open": vars(row.open), "click": vars(row.click)} for row in rows
        ]
        print(json.dumps({"agent": agent, "releases": shown}, ensure_ascii=False, indent=1))
    else:
        show.agent(rows)
    return NOTHING_WRONG if all(row.is_counted for row in rows) else CAUSES_FOUND


def show_diagnosis(options: argparse.Namespace) -> int:
    """Print the diagnosis as a page, as JSON, or as a report."""
    show = printer(options)
    once([*options.evidence, options.before])
    answers = parse(options.answer)
    evidence = [(files.label(name), read(name, show)) for name in options.evidence]
    before = files.contents(options.before, LARGEST + 1) if options.before is not None else None
    facts = Facts.read(evidence, before, answers)
    found = examine(facts)
    if options.report:
        print(report.written(facts, found), end="")
    elif options.json:
        suspects = view.others(facts, found)
        shown = found.as_dict() | ({"suspects": suspects} if suspects else {})
        print(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        show.diagnosis(facts, found)
    return NOTHING_WRONG if found.is_healthy else CAUSES_FOUND


def show_comparison(options: argparse.Namespace) -> int:
    """Print what changes for a mail, or in general, between two releases."""
    show = printer(options)
    mail = None
    if options.file is not None:
        mail = document_of(options.file)
    found = comparing.compare(mail, options.old, options.new)
    if options.json:
        print(json.dumps(found.as_dict(), ensure_ascii=False, indent=1))
    else:
        show.comparison(found, "mail" if mail else "all")
    return NOTHING_WRONG if found.is_empty else CAUSES_FOUND


def read(name: str, show: Printer) -> Iterator[bytes]:
    """Yield the bytes of a piece of evidence, with progress on a terminal."""
    return files.watched(
        name, files.chunks(name), show.say("command.progress", name=files.label(name))
    )
