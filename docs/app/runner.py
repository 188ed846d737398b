"""What the worker asks Python to do: run a block of a page, or diagnose what a reader gave.

The same file runs in the reader's browser and, under Node and CPython, in the tests. Everything
it takes and returns is text (JSON) or bytes, so that nothing is shared with JavaScript.
"""

import ast
import importlib
import json
import sys
import traceback
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import Any

BLOCK = "<block>"
MOST_OUTPUT = 20_000  # characters; a page with more can't be read any more

namespace: dict[str, Any] = {"__name__": "__main__"}


class TooMuchOutput(Exception):
    """The block printed more than a page can show."""


class Output(StringIO):
    """What a block prints, up to a limit."""

    def write(self, text: str) -> int:
        """Add text, or stop the block when it floods the page."""
        super().write(text[: MOST_OUTPUT - self.tell()])
        if self.tell() >= MOST_OUTPUT:
            raise TooMuchOutput(f"more than {MOST_OUTPUT} characters printed")
        return len(text)


def run(code: str, module: str = "") -> str:
    """Run a block: in the namespace of its module where it is a section of one, else the page's.

    Returns JSON with `output` and `error`: null, or its `type`, `message` and `line` (from 1).
    """
    target = vars(importlib.import_module(module)) if module else namespace
    output, error = Output(), None
    with redirect_stdout(output), redirect_stderr(output):
        try:
            execute(code, target)
        except BaseException as problem:  # also SystemExit: the page must go on
            error = describe(problem)
    return json.dumps({"output": output.getvalue(), "error": error})


def execute(code: str, target: dict[str, Any]) -> None:
    """Run code; of an interactive session (`>>>`) each statement shows its value."""
    if code.lstrip().startswith(">>>"):
        for statement in ast.parse(without_prompts(code)).body:
            shown = ast.Interactive([statement])
            exec(compile(shown, BLOCK, "single", dont_inherit=True), target)
    else:
        exec(compile(code, BLOCK, "exec", dont_inherit=True), target)


def without_prompts(code: str) -> str:
    """Return the statements of an interactive session, each on the line where it stood."""
    lines = code.split("\n")
    return "\n".join(line[4:] if line.startswith((">>>", "...")) else "" for line in lines)


def describe(problem: BaseException) -> dict[str, Any]:
    """Return type, message and line of an error, the line being one of the block."""
    line = problem.lineno if isinstance(problem, SyntaxError) else None
    for frame in traceback.extract_tb(problem.__traceback__):
        if frame.filename == BLOCK:
            line = frame.lineno
    message = problem.msg if isinstance(problem, SyntaxError) else str(problem)
    return {"type": type(problem).__name__, "message": message, "line": line}


def diagnose(files: list[Any], before: Any, answers: dict[str, str]) -> str:
    """Diagnose what a reader gave: files, the HTML before sending, answers.

    A file is (name, bytes), or (name, pieces) where it is read piece by piece.
    Returns JSON: what `snippets.view` shows, or `error`: a sentence, and its `id` and `values`
    for the words of the page.
    """
    from snippets.problems import Problem
    from snippets.view import view

    evidence = [(str(name), read(str(name), content)) for name, content in files]
    html = bytes(before) if before else None  # JavaScript gives its own null
    try:
        return json.dumps(view(evidence, html, answers))
    except Problem as problem:  # unusable input, an answer outside the contract
        return json.dumps({"error": str(problem), "id": problem.id, "values": problem.values})


def compare(mail: Any, name: str, old: str, new: str) -> str:
    """Compare two releases for a mail, its bytes and the name of its file, or in general.

    Returns JSON: what `snippets.comparing` says, or `error` as above.
    """
    from snippets import comparing, documents
    from snippets.problems import Problem

    try:
        document = documents.read(bytes(mail), name or "pasted.txt") if mail else None
        found = comparing.compare(document, old, new).as_dict()
        return json.dumps(found | {"mail": document is not None})
    except Problem as problem:
        return json.dumps({"error": str(problem), "id": problem.id, "values": problem.values})


def read(name: str, content: Any) -> bytes | Iterator[bytes]:
    """Return the bytes of a file, or its pieces; UnusableInput if one can't be read any more."""
    return bytes(content) if isinstance(content, bytes | memoryview) else pieces(name, content)


def pieces(name: str, source: Any) -> Iterator[bytes]:
    """Yield the pieces of a file as bytes, from those of JavaScript."""
    from snippets.evidence.sources import UnusableInput

    waiting = iter(source)
    while True:
        try:
            piece = next(waiting, None)
        except Exception:  # the browser doesn't let a file be read that was changed meanwhile
            raise UnusableInput("changed", name=name) from None
        if piece is None:
            return
        yield piece if isinstance(piece, bytes) else piece.to_bytes()


def prepare() -> str:
    """Import what a diagnosis needs, while the reader still looks at what was pasted."""
    from snippets import catalogue, view  # noqa: F401 (imported to be there)

    catalogue.causes()
    return "null"


def reset() -> str:
    """Forget what the blocks of the page have defined, and every change of a rule."""
    namespace.clear()
    namespace["__name__"] = "__main__"
    for name in [name for name in sys.modules if name.split(".")[0] == "snippets"]:
        del sys.modules[name]
    return "null"
