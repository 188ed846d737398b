"""The site as a zip, served in a folder by the simplest server: the diagnosis works there."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

import front
from browser.conftest import watched
from browser.test_result import SAMPLES, diagnosed
from conftest import ROOT, checkout

SERVER = "import http.server; http.server.test(http.server.SimpleHTTPRequestHandler, port=0)"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the unpacked site, served by Python as the README says."""
    folder = tmp_path_factory.mktemp("download")
    copy = checkout(folder / "checkout", [front.SOURCE])
    (copy / ".ci").mkdir()
    command = [shutil.copy(ROOT / ".ci" / "zip", copy / ".ci"), str(folder / "guide.zip")]
    subprocess.run(command, check=True, env=os.environ | {"PYTHON": sys.executable})
    unpack = [sys.executable, "-m", "zipfile", "-e", str(folder / "guide.zip"), str(folder)]
    subprocess.run(unpack, check=True)
    server = subprocess.Popen(
        [sys.executable, "-u", "-c", SERVER], cwd=folder, stdout=-1, stderr=subprocess.DEVNULL
    )
    assert server.stdout
    port = server.stdout.readline().split(b" port ")[1].split()[0].decode()
    yield f"http://127.0.0.1:{port}/guide/"
    server.kill()
    server.wait()


def test_the_downloaded_site_diagnoses(browser: Browser, served: str) -> None:
    for page in watched(browser, served):
        diagnosed(page, (SAMPLES / "site-url-host.txt").read_text("utf-8"))
        assert page.get_attribute("#diagnose-result .cause a", "href")
