"""What would let CI be green without a reason: no command, no test, a lock of other packages."""

import os
import re
import shutil
import subprocess
import tomllib
from itertools import chain, pairwise
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import workers

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / ".requirements.txt").read_text("utf-8")
LOCKED = re.compile(r"^([\w.-]+)==([\w.]+)(?: ; .*?)? \\$", re.MULTILINE)
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?$")
EVERY = "A test of every file ran."
COMMAND = re.compile(r"^    .*\.venv/bin/pytest$", re.MULTILINE)


def ci(checkout: Path, readme: str, says: str = "", code: int = 0, every: bool = True) -> int:
    """Run `.ci/run` in a checkout whose pytest says that, and ends with that code."""
    shutil.copytree(ROOT / ".ci", checkout / ".ci")
    (checkout / "README.md").write_text(readme, "utf-8")
    programs = checkout / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name, script in {
        "pytest": f"echo '{EVERY if every else ''}\n{says}'; exit {code}",
        "pip": "exit 0",
        "chromium-headless-shell": "exit 0",
    }.items():
        (programs / name).write_text(f"#!/bin/sh\n{script}\n")
        (programs / name).chmod(0o755)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    command = ["bash", str(checkout / ".ci" / "run")]
    done = subprocess.run(
        command, env={"PATH": path}, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    print(done.stderr.decode())  # for whoever sees it fail
    return done.returncode


README = (ROOT / "README.md").read_text("utf-8")


def test_ci_is_green_when_tests_pass(tmp_path: Path) -> None:
    assert ci(tmp_path, README, "10077 passed, 7 skipped in 300.00s (0:05:00)") == 0


@pytest.mark.parametrize("readme", ["", COMMAND.sub(r"\g<0> -q", README), README * 2])
def test_ci_is_red_when_the_readme_has_no_single_command(tmp_path: Path, readme: str) -> None:
    assert ci(tmp_path, readme, "1 passed in 0.01s") == 1


@pytest.mark.parametrize("says", ["", "7 skipped in 0.01s", "no tests ran in 0.01s", "0 passed"])
def test_ci_is_red_when_no_test_ran(tmp_path: Path, says: str) -> None:
    assert ci(tmp_path, README, says) == 1


def test_ci_is_red_when_a_test_fails(tmp_path: Path) -> None:
    assert ci(tmp_path, README, "1 failed, 5 passed in 1.00s", code=1) == 1


def test_ci_is_red_when_tests_are_left_out(tmp_path: Path) -> None:
    assert ci(tmp_path / "1", README, "5 passed, 9 deselected in 1.00s") == 1
    assert ci(tmp_path / "2", README, "5 passed in 1.00s", every=False) == 1


def test_the_files_with_tests_are_all_of_them() -> None:
    files = workers.with_tests()
    assert {"tests/test_ci.py", "tests/cases/test_cases.py", "docs/emails/links.de.md"} <= files
    assert not {"tests/workers.py", "docs/sources.md"} & files


def test_the_readme_serves_what_it_tests() -> None:
    [test] = COMMAND.findall(README)
    assert test.removesuffix("pytest") + "mkdocs serve" in README.splitlines()


def test_the_readme_names_what_is_there() -> None:
    table = README.partition("## Where things are")[2].partition("\n## ")[0]
    paths = re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert f"Python ≥ {project['requires-python'].removeprefix('>=')} " in README


def wanted() -> dict[str, Requirement]:
    """Return what pyproject.toml asks for, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    requirements = map(Requirement, chain.from_iterable(groups))
    return {canonicalize_name(each.name): each for each in requirements}


def test_the_lock_fits_the_project() -> None:
    locked: dict[str, list[str]] = {}
    for name, version in LOCKED.findall(LOCK):
        locked.setdefault(canonicalize_name(name), []).append(version)
    for name, requirement in wanted().items():
        assert locked.get(name), f"{name} is not in the lock"
        for version in locked[name]:
            assert requirement.specifier.contains(version), f"{requirement}: {version} is locked"


def test_the_lock_has_hashes_and_no_address() -> None:
    lines = LOCK.splitlines()
    assert [line for line in lines if not LOCKED.match(line) and not HASH.match(line)] == []
    assert len(LOCKED.findall(LOCK)) > 50
    followed = [after for line, after in pairwise(lines) if "==" in line]
    assert all(line.startswith("    --hash=sha256:") for line in followed)


def test_npms_lock_has_hashes_and_no_address() -> None:
    text = (ROOT / "tests" / "scripts" / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in text
    assert not re.search(r"://|\b[\w-]+\.(?:com|dev|io|lan|local|net|org)\b", text)
    packages = re.findall(r'"node_modules/[^"]+": \{(.*?)\n    \}', text, re.DOTALL)
    assert len(packages) > 50
    assert [package for package in packages if '"integrity": "sha512-' not in package] == []


def test_no_index_of_packages_is_configured() -> None:
    kept = (ROOT / name for name in ("docs", "snippets", "tests", ".github", ".ci"))
    names = {path.name for path in chain(ROOT.iterdir(), *(each.rglob("*") for each in kept))}
    assert not names & {".npmrc", ".pypirc", ".yarnrc", "pip.conf", "pip.ini", "uv.toml"}
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    assert not {"index", "index-url", "extra-index-url", "find-links"} & tools.get("uv", {}).keys()
