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

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / ".requirements.txt").read_text("utf-8")
LOCKED = re.compile(r"^([\w.-]+)==([\w.]+)(?: ; .*?)? \\$", re.MULTILINE)
COMMAND = re.compile(r"^    .*\.venv/bin/pytest$", re.MULTILINE)


def ci(checkout: Path, readme: str, says: str = "", code: int = 0) -> int:
    """Run `.ci/run` in a checkout whose pytest says that, and ends with that code."""
    shutil.copytree(ROOT / ".ci", checkout / ".ci")
    (checkout / "README.md").write_text(readme, "utf-8")
    programs = checkout / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name, script in {
        "pytest": f"echo '{says}'; exit {code}",
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
    assert [line for line in lines if "://" in line or line.startswith("-")] == []
    packages = [line for line in lines if "==" in line]
    assert len(packages) == len(LOCKED.findall(LOCK))
    followed = [after for line, after in pairwise(lines) if "==" in line]
    assert all(line.startswith("    --hash=sha256:") for line in followed)


def test_npms_lock_has_hashes_and_no_address() -> None:
    text = (ROOT / "tests" / "scripts" / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in text
    assert "://" not in text
    packages = re.findall(r'"node_modules/[^"]+": \{(.*?)\n    \}', text, re.DOTALL)
    assert len(packages) > 50
    assert [package for package in packages if '"integrity": "sha512-' not in package] == []
