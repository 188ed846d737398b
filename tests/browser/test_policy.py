"""Nothing leaves the page: its policy holds for Python and its worker, too, for any script."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page, expect

PAGE = "emails/troubleshooting.html"


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """Return the address of another site, and what was asked of it."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()
            self.wfile.write(b"export default 1;")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser, base: str) -> Iterator[Page]:
    """Return a page whose console may say what was refused."""
    context = browser.new_context(base_url=base)
    yield context.new_page()
    context.close()


AT_ONCE = """
import js
from pyodide.ffi import JsException
try:
    {code}
    print("allowed")
except JsException as problem:
    print("refused:", problem.name)
"""
LATER = """
import js
said = []
{code}.then(
    lambda _: said.append("allowed"), lambda problem: said.append("refused: " + problem.name)
)
"""
WAYS = {
    "XMLHttpRequest": (
        'x = js.XMLHttpRequest.new(); x.open("GET", "{there}/xhr?x=1", False); x.send()'
    ),
    "importScripts": 'js.importScripts("{there}/script.js")',
    "eval": 'js.eval("1 + 1")',
    "Function": 'js.Function.new("return 1")()',
}
LATER_WAYS = {
    "fetch": 'js.fetch("{there}/fetch?x=1")',
    "fetch without an answer": 'js.fetch("{there}/leak?x=1", mode="no-cors")',
}


def run(page: Page, code: str) -> str:
    """Run code in the first block of the page; return what it prints."""
    page.locator(".run-edited").first.fill(code)
    page.locator(".run-edited").first.press("Control+Enter")
    expect(page.locator(".run .run-state").first).to_have_text("")
    output = page.locator(".run-output").first
    expect(output).to_be_visible()
    return output.inner_text()


def test_python_reaches_no_other_site(page: Page, asked: tuple[str, list[str]]) -> None:
    there, paths = asked
    page.goto(PAGE)
    page.locator(".run-button").first.click()
    expect(page.locator(".run-output").first).to_be_visible()
    for way, code in WAYS.items():
        printed = run(page, AT_ONCE.format(code=code.format(there=there)))
        assert printed.startswith("refused:"), f"{way}: {printed}"
    for way, code in LATER_WAYS.items():
        run(page, LATER.format(code=code.format(there=there)))
        printed = next(filter(None, (run(page, "print(*said)").strip() for _ in range(100))))
        assert printed == "refused: TypeError", f"{way}: {printed}"
    assert run(page, "print(6 * 7)").strip() == "42", "Python goes on"
    assert paths == []


def test_no_script_runs_that_was_not_named(page: Page) -> None:
    page.goto("index.html")
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "document.title = 'taken over'";
            document.body.append(script);
        }"""
    )
    assert page.title() != "taken over"
