"""What CI checks of the code itself, in each of its languages, each by its own tool."""

import subprocess
import sys
from pathlib import Path

import pytest

from scripts import NODE, modules, tool

ROOT = Path(__file__).parent.parent
SCRIPTS = ROOT / "tests" / "scripts"
PYTHON = (sys.executable, "-m")
pytestmark = pytest.mark.slow


def assert_clean(*command: str, folder: Path = ROOT) -> None:
    """Run a tool in the checkout; what it finds fails the test."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_python_is_clean() -> None:
    assert_clean(*PYTHON, "ruff", "check", ".")


def test_python_is_formatted() -> None:
    assert_clean(*PYTHON, "ruff", "format", "--check", ".")


def test_python_has_its_types() -> None:
    assert_clean(*PYTHON, "mypy")


def test_scripts_are_clean_and_formatted() -> None:
    config = f"--config-path={SCRIPTS / 'lint.jsonc'}"
    assert_clean(*tool("biome"), "check", "--error-on-warnings", config, "docs", "tests")


def test_scripts_have_their_types() -> None:
    types = str(modules() / "@types")
    assert_clean(*tool("tsc"), "--project", str(SCRIPTS), "--typeRoots", types)


def test_pages_are_clean_markdown() -> None:
    assert_clean(*tool("markdownlint"), "--config", str(SCRIPTS / "pages.markdownlint-cli2.jsonc"))


def test_pages_are_spelt(tmp_path: Path) -> None:
    options = ("--config", str(SCRIPTS / "spelling.jsonc"), "--root", str(ROOT), "--no-progress")
    # One language after the other: cspell may forget a dictionary between two pages.
    pages = sorted([*ROOT.glob("docs/**/*.md"), *ROOT.glob("*.md")], key=lambda page: page.suffixes)
    listed = tmp_path / "pages.txt"
    listed.write_text("\n".join(map(str, pages)), encoding="utf-8")
    # The French dictionary is looked for in the folder where it is installed.
    assert_clean(
        *tool("cspell"), "lint", *options, "--file-list", str(listed), folder=modules().parent
    )


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.test.mjs")), ids=lambda path: path.stem)
def test_scripts_do_what_they_say(path: Path) -> None:
    assert_clean(str(NODE), "--test", str(path), folder=modules().parent)
