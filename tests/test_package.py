"""The package without the checkout: what `pip install` gives in an environment of its own."""

import os
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest

from conftest import ROOT
from snippets import guide

pytestmark = pytest.mark.slow
SCRIPTS = "Scripts" if sys.platform == "win32" else "bin"
LINK = "http://localhost/r/92e770d1b72fa6ddf729b5f71?ct=YTowOnt9"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the command, installed from a wheel into an empty environment."""
    folder = tmp_path_factory.mktemp("package")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    offline = ["--no-deps", "--no-index"]
    wheels = ["wheel", "--no-build-isolation", *offline, "-w", str(folder / "wheels"), str(ROOT)]
    subprocess.run([*pip, *wheels], check=True)
    environment = folder / "environment"
    venv.create(environment)
    python = str(environment / SCRIPTS / "python")
    wheel = str(next((folder / "wheels").glob("*.whl")))
    subprocess.run([*pip, "--python", python, "install", *offline, wheel], check=True)
    return environment / SCRIPTS / "mautic-tracking"


def run(program: Path, folder: Path, *arguments: str, stdin: str = "") -> tuple[int, str]:
    """Run the command in a folder that has nothing to do with the checkout."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(program), *arguments],
        cwd=folder,
        env=environment | {"PYTHONIOENCODING": "utf-8"},
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("language", guide.languages())
def test_a_diagnosis(program: Path, tmp_path: Path, language: str) -> None:
    code, text = run(program, tmp_path, "diagnose", "-", "--lang", language, stdin=LINK)
    assert code == 1
    assert "site-url-host" in text
    assert guide.words(language)["ui.certainty.sure"].lower() in text.lower()


def test_the_links_of_a_newsletter(program: Path, tmp_path: Path) -> None:
    html = '<a href="https://shop.example/a">a</a> <a href="#top">top</a>'
    code, text = run(program, tmp_path, "links", "-", stdin=html)
    assert code == 0
    assert "2 " in text.splitlines()[-1]


def test_the_command_names_itself(program: Path, tmp_path: Path) -> None:
    assert run(program, tmp_path, "--help", "--lang", "en")[1].startswith("Usage: mautic-tracking")
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert run(program, tmp_path, "--version") == (0, f"mautic-tracking {version}\n")
    assert "mautic-tracking --help" in run(program, tmp_path, "nonsense")[1]


def test_an_address_of_the_guide_is_that_of_its_site() -> None:
    stated = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert f'site_url: !ENV [SITE_URL, "{guide.SITE}"]' in stated
    assert guide.online("en/glossary.html") == f"{guide.SITE}en/glossary.html"
