"""What several tests share: the site, built once for all processes."""

import os
import shutil
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

import pytest
from filelock import FileLock

import front
from pages import LANGUAGES

ROOT = Path(__file__).parent.parent
COPIED = (front.SOURCE, "en")  # the languages of a copy of the checkout


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return a folder that all processes of this run have in common."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def site(shared: Path) -> Path:
    """Return the folder of the site, built strictly: a warning fails every test that needs it."""
    folder = shared / "site"
    with FileLock(shared / "site.lock"):
        if not folder.exists():
            build(folder)
    return folder


def build(folder: Path, checkout: Path = ROOT) -> None:
    """Build the site of a checkout; it appears in the folder once it is whole."""
    made = folder.with_suffix(".new")
    # Not --quiet: MkDocs then takes no notice of warnings, not even when it is strict.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(made)]
    built = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    made.rename(folder)


def checkout(folder: Path, languages: Collection[str] = COPIED) -> Path:
    """Return a copy of the checkout whose files can be changed; it shares the cache.

    It has two languages alone, or those: others add nothing to a build but its time.
    """
    others = [f"*.{each}.md" for each in LANGUAGES if each not in languages]
    ignored = shutil.ignore_patterns("__pycache__", *others)
    for name in ("docs", "snippets"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (ROOT / ".cache").mkdir(exist_ok=True)
    os.symlink(ROOT / ".cache", folder / ".cache")
    return folder
