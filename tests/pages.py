"""Run the blocks of every page as tests: the parsers that Sybil uses for the guide.

A block is either one include (`--8<-- "links.py:section"`) or literal code. An included section
runs in the namespace of its own module, where it lives; the literal blocks of a page share one
namespace, in order. An `.output` block holds what the block before it printed.
"""

import importlib
import re
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout
from functools import lru_cache
from io import StringIO
from pathlib import Path
from textwrap import dedent
from typing import Any

from pymdownx.snippets import SnippetPreprocessor
from sybil import Document, Example, Lexeme, Region, Sybil
from sybil.evaluators.doctest import DocTestEvaluator
from sybil.evaluators.python import pad
from sybil.parsers.abstract import DocTestStringParser
from sybil.parsers.markdown.lexers import RawFencedCodeBlockLexer

import front

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
SNIPPETS = ROOT / "snippets"

# What is written in a language that is not kept may lag behind.
LANGUAGES = front.languages(DOCS)
KEPT = [name for name in LANGUAGES if name == front.SOURCE or front.is_kept(DOCS, name)]

INFO = re.compile(
    r"[ \t]*(?:\{[ \t]*\.?)?(?P<language>[\w+-]*)(?P<attributes>[^\n]*)$\n?", re.MULTILINE
)
INCLUDE = re.compile(r'-+8<-+[ \t]+"(?P<path>[^":]+)(?::(?P<section>[a-z][\w-]*))?"')
MARK = SnippetPreprocessor.RE_SNIPPET_SECTION
HEADING = re.compile(r"^#{1,6} .*?\{ *#(?P<id>[\w-]+)[^}]*\}", re.MULTILINE)


def fences(document: Document) -> Iterator[Region]:
    """Yield the outermost fenced blocks in order: what the reader sees as blocks."""
    end = 0
    regions = sorted(RawFencedCodeBlockLexer(INFO)(document), key=lambda r: r.start)
    for region in regions:
        if region.start >= end:
            end = region.end
            yield region


def is_output(region: Region) -> bool:
    """Whether this block shows what the block before it printed."""
    return ".output" in region.lexemes["attributes"]


def section(path: Path, name: str | None) -> tuple[str, int]:
    """Return the text of a section of a file and the number of lines before it."""
    lines = path.read_text("utf-8").split("\n")
    if name is None:
        return "\n".join(lines), 0
    marks = {
        mark["type"]: number
        for number, line in enumerate(lines)
        if (mark := MARK.match(line)) and mark["name"] == name
    }
    if set(marks) != {"start", "end"}:
        raise LookupError(f"{path.name} has no section {name!r}")
    text = "\n".join(lines[marks["start"] + 1 : marks["end"]]) + "\n"
    return dedent(text), marks["start"] + 1


def module_namespace(path: Path) -> dict[str, Any]:
    """Return a copy of the namespace of the module in that file: a section runs where it lives."""
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return dict(vars(importlib.import_module(name)))


class PageParser:
    """Parse `python` blocks (literal or included), `pycon` blocks and `.output` blocks."""

    def __init__(self) -> None:
        self.doctests = DocTestStringParser(DocTestEvaluator())

    def __call__(self, document: Document) -> Iterable[Region]:
        for region in fences(document):
            source: Lexeme = region.lexemes["source"]
            language = region.lexemes["language"]
            region.parsed = source
            if language == "pycon":
                for doctest in self.doctests(source, document.path):
                    doctest.adjust(region, source)
                    yield doctest
            elif language == "python":
                region.evaluator = run
                yield region
            elif is_output(region):
                region.evaluator = check_output
                yield region


def run(example: Example) -> None:
    """Run a block, keeping what it prints for the `.output` block behind it."""
    __tracebackhide__ = True
    include = INCLUDE.fullmatch(example.parsed.strip())
    if include:
        path = SNIPPETS / include["path"]
        text, before = section(path, include["section"])
        namespace = module_namespace(path)
    else:
        # Sybil counts from the fence: the code begins one line below it.
        path, text, before = Path(example.path), example.parsed, example.line
        namespace = example.namespace
    code = compile(pad(text, before), str(path), "exec", dont_inherit=True)
    with redirect_stdout(StringIO()) as out:
        exec(code, namespace)
    example.namespace["_output"] = out.getvalue()


def check_output(example: Example) -> str | None:
    """Compare an `.output` block with what the block before it printed."""
    got, want = example.namespace.pop("_output", ""), example.parsed
    if got.rstrip() == want.rstrip():
        return None
    return f"Expected:\n{want}\nGot:\n{got}"


@lru_cache(maxsize=1)  # the examples of a page come one after another
def headings(text: str) -> list[tuple[int, str]]:
    """Return where each heading of a page begins, and its id."""
    return [(match.start(), match["id"]) for match in HEADING.finditer(text)]


class Pages(Sybil):
    """The pages of the guide; items are called `emails/links.md::#ampersand:42`."""

    def identify(self, example: Example) -> str:
        """Name an example after the heading above it, to be found in the page."""
        above = [name for start, name in headings(example.document.text) if start < example.start]
        return f"#{above[-1] if above else 'top'}:{example.line}"


PAGES = Pages(parsers=[PageParser()], path=str(DOCS), pattern="*.md")
pytest_collect_file = PAGES.pytest()
