"""The built site in a real browser: Debian's Chromium, driven by Playwright."""

import functools
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    ViewportSize,
    expect,
    sync_playwright,
)

from .stand_in import stand_in

# Debian's browser without windows asks a quarter less of the processors than the one with them.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
# Python is compiled once, not a second time for speed: a test asks little of it (a quarter less).
ARGUMENTS = ["--no-sandbox", "--js-flags=--liftoff-only"]
PATIENCE = 60_000  # ms; the first use loads Python, on a machine that does other things, too
PHONE: ViewportSize = {"width": 390, "height": 844}


class Handler(SimpleHTTPRequestHandler):
    """Serves the site as a web host does, with its page for missing addresses."""

    def guess_type(self, path: Any) -> str:
        """Return the type of a file, also of those that some machines don't know."""
        types = {".mjs": "text/javascript", ".wasm": "application/wasm"}
        return types.get(Path(path).suffix) or super().guess_type(path)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a missing address with the site's own page."""
        content = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def base(site: Path) -> Iterator[str]:
    """Return the address of the site, served from this machine."""
    handler = functools.partial(Handler, directory=str(site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the browser; without one these tests are skipped, but never where CI is set."""
    if CHROMIUM is None and not os.environ.get("CI"):
        pytest.skip("No Chromium on this machine: the tests in a real browser are left out.")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        options = {"executable_path": CHROMIUM, "args": ARGUMENTS}
        started = playwright.chromium.launch(**options)  # type: ignore[arg-type]  # one dict of both
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, base: str) -> Iterator[Page]:
    """Return a page of a phone; its console, failed and foreign requests must stay empty."""
    yield from watched(browser, base)


@pytest.fixture(scope="module")
def page_of_module(browser: Browser, base: str) -> Iterator[Page]:
    """Return a page as above, shared by the tests of a module."""
    yield from watched(browser, base)


@pytest.fixture
def warm(page_of_module: Page) -> Page:
    """Return a page that may have Python loaded: what is asked next is answered at once.

    For all tests that need no new page; loading Python costs ten times as much as an answer.
    """
    page_of_module.set_viewport_size(PHONE)
    return page_of_module


@pytest.fixture(scope="module")
def answered_here(browser: Browser, base: str) -> Iterator[Page]:
    """Return a page as above, which the Python of the tests answers."""
    yield from watched(browser, base, stand_in)


@pytest.fixture
def quick(answered_here: Page) -> Page:
    """Return a page that asks the Python of the tests: for what a page makes of an answer."""
    answered_here.set_viewport_size(PHONE)
    return answered_here


@pytest.fixture
def fresh(quick: Page) -> Iterator[Page]:
    """Return that page with nothing chosen in its form; what is chosen now goes with the test."""
    quick.goto("about:blank")
    yield quick
    quick.goto("about:blank")


@pytest.fixture
def asking(request: pytest.FixtureRequest, name: str) -> Page:
    """Return a page for the page `name`: a French one has Python itself, for all languages."""
    is_source = "/" not in name
    asked: Page = request.getfixturevalue("warm" if is_source else "quick")
    return asked


def visit(page: Page, name: str) -> None:
    """Open a page of the site, unless it is open already: then it keeps its Python."""
    if urlsplit(page.url).path != f"/{name}":
        page.goto(name)


def watched(
    browser: Browser, base: str, prepare: Callable[[BrowserContext], None] | None = None
) -> Iterator[Page]:
    """Yield a page that fails, when it is closed, on whatever must not happen."""
    problems: list[str] = []
    context = browser.new_context(viewport=PHONE, base_url=base)
    if prepare:
        prepare(context)
    page = context.new_page()
    watch(page, base, problems)
    yield page
    context.close()
    assert problems == []


def watch(page: Page, base: str, problems: list[str]) -> None:
    """Note what must not happen on a page."""

    def console(message: ConsoleMessage) -> None:
        if message.type == "error":
            problems.append(message.text)

    def request(asked: Request) -> None:
        if not is_own(asked.url, base):
            problems.append(f"asked {asked.url}")

    def response(answer: Response) -> None:
        if answer.status >= 400:
            problems.append(f"{answer.status} {answer.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", request)
    page.on("response", response)


def is_own(url: str, base: str) -> bool:
    """Whether a request stays on the site."""
    return url.startswith((base, "data:", "blob:"))
