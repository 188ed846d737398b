"""Which tests run which lines of the modules: those are shown a change first.

Recorded once for each state of the checkout, which takes some minutes, and kept in `.cache`. What
a test reaches only through something that another one had kept, or after its first seconds, is
not seen here: so a mutant that goes unnoticed is shown to all the other tests as well.
"""

import ast
import contextlib
import hashlib
import json
import sys
import time
from collections.abc import Collection, Generator, Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import pytest

from .changes import ROOT, Mutant

KEPT = ROOT / ".cache" / "reached.json.gz"
LIMIT = 3.0  # seconds of computing; a test that takes longer does the same again and again


class Reached(NamedTuple):
    """The lines (`snippets/hosts.py:12`) that a test runs, and how long it takes (seconds)."""

    lines: Collection[str]
    seconds: float


def state() -> str:
    """Return a hash of the files that decide what is reached."""
    paths = sorted(
        path for name in ("docs", "snippets", "tests") for path in (ROOT / name).rglob("*")
    )
    files = (path for path in paths if path.suffix not in (".pyc", "") and path.is_file())
    found = hashlib.sha256()
    for path in files:
        found.update(path.read_bytes())
    return found.hexdigest()


class Recorder:
    """Notes which lines of the modules below a folder run in each test."""

    def __init__(self, root: Path) -> None:
        self.root = f"{root}/"
        self.tests = dict[str, Reached]()

    @contextlib.contextmanager
    def recording(self, name: str) -> Iterator[None]:
        """Note what runs now under the name of a test."""
        seen, begin = set[tuple[str, int]](), time.process_time()

        def in_our_module(frame: FrameType, _: str, __: Any) -> Any:
            seen.add((frame.f_code.co_filename, frame.f_lineno))
            return in_our_module

        def anywhere(frame: FrameType, event: str, _: Any) -> Any:
            if not frame.f_code.co_filename.startswith(f"{self.root}snippets/"):
                return None
            if time.process_time() - begin > LIMIT:
                sys.settrace(None)
            return in_our_module(frame, event, None)

        sys.settrace(anywhere)
        try:
            yield
        finally:
            sys.settrace(None)
            lines = {f"{file.removeprefix(self.root)}:{line}" for file, line in seen}
            before = self.tests.get(name, Reached((), 0))
            took = before.seconds + time.process_time() - begin
            self.tests[name] = Reached(lines.union(before.lines), took)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Record a test of pytest; the blocks of a page, which go on from each other, as one."""
        name = item.nodeid.partition("::")[0] if item.nodeid.startswith("docs/") else item.nodeid
        with self.recording(name):
            return (yield)

    def write(self, path: Path) -> None:
        """Keep what was recorded."""
        tests = {name: (sorted(found.lines), found.seconds) for name, found in self.tests.items()}
        path.write_text(json.dumps(tests), "utf-8")


class Only:
    """Lets pytest run the tests of these names alone."""

    def __init__(self, names: Collection[str]) -> None:
        self.names = set(names)

    def takes(self, name: str) -> bool:
        """Whether a test is to run."""
        return name in self.names

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave the others out."""
        items[:] = [item for item in items if self.takes(item.nodeid)]


class AllBut(Only):
    """Lets pytest run all tests but those of these names."""

    def takes(self, name: str) -> bool:
        """Whether a test is to run."""
        return name not in self.names


class Statement(NamedTuple):
    """Where a statement stands, the names it gives outside of functions, and those it uses."""

    file: str
    lines: range
    gives: Collection[str]
    uses: Collection[str]


class Reach:
    """Which tests can notice a change."""

    def __init__(self, tests: Mapping[str, Reached]) -> None:
        self.tests = tests
        self.statements = list(statements())
        self.runs = dict[str, set[str]]()
        for name, found in tests.items():
            for line in found.lines:
                self.runs.setdefault(line, set()).add(name)
        self.users = dict[str, list[Statement]]()
        for statement in self.statements:
            for name in statement.uses:
                self.users.setdefault(name, []).append(statement)

    def of(self, mutant: Mutant) -> set[str]:
        """Return the tests that run a changed statement, or one that uses what it gives a name."""
        around = (s for s in self.statements if s.file == mutant.file and mutant.line in s.lines)
        todo, found = [min(around, key=lambda each: len(each.lines))], set[str]()
        done = set(todo)
        while todo:
            statement = todo.pop()
            for line in statement.lines:
                found |= self.runs.get(f"{statement.file}:{line}", set())
            new = {user for name in statement.gives for user in self.users.get(name, ())} - done
            todo, done = [*todo, *new], done | new
        return found


def statements() -> Iterator[Statement]:
    """Yield the statements of all modules."""
    for path in sorted((ROOT / "snippets").rglob("*.py")):
        tree = ast.parse(path.read_bytes())
        yield from of_body(path.relative_to(ROOT).as_posix(), tree, frozenset())


def of_body(file: str, body: ast.AST, within: frozenset[str]) -> Iterator[Statement]:
    """Yield the statements below a node; `within` is the name of the class around it."""
    for node in ast.iter_child_nodes(body):
        if not isinstance(node, ast.stmt):
            yield from of_body(file, node, within)
            continue
        is_code = isinstance(body, (ast.Module, ast.ClassDef))
        gives = within | names(node, ast.Store) if is_code else frozenset[str]()
        lines = range(node.lineno, (node.end_lineno or 0) + 1)
        yield Statement(file, lines, gives, names(node, ast.Load))
        yield from of_body(
            file, node, frozenset({node.name} if isinstance(node, ast.ClassDef) else ())
        )


def names(node: ast.stmt, context: type[ast.expr_context]) -> frozenset[str]:
    """Return the names that a statement stores or loads itself; a definition stores its own."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and context is ast.Store:
        return frozenset({node.name})
    found = set[str]()
    todo: list[ast.AST] = [node]
    for each in todo:
        if isinstance(each, (ast.Name, ast.Attribute)) and isinstance(each.ctx, context):
            found.add(each.id if isinstance(each, ast.Name) else each.attr)
        for name, value in ast.iter_fields(each):
            if name not in ("annotation", "returns"):
                parts = value if isinstance(value, list) else [value]
                todo += (
                    part
                    for part in parts
                    if isinstance(part, ast.AST) and not isinstance(part, ast.stmt)
                )
    return frozenset(found)
