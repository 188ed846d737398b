"""Show a change in seconds while the site is served, and tell what MkDocs would leave out.

MkDocs renders all pages anew for each change, in five languages: here a page keeps what it was
rendered to until its own text, a snippet that it includes, or the list of files changes.

MkDocs does not load the hooks anew while it serves. With `--dirty` it renders only pages whose own
file changed: none for a changed snippet, and the search would know no others.
"""

import hashlib
import logging
import re
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import BytecodeCache
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

HERE = Path(__file__).parent
SNIPPETS = HERE.parent.parent / "snippets"
INCLUDE = re.compile(r'-+8<-+ "([^":]+)')
RESULT = ("content", "toc", "_title_from_render", "present_anchor_ids", "links_to_anchors")
log = logging.getLogger("mkdocs.hooks.serving")


class Rendered(NamedTuple):
    """What a page was rendered to, and a hash of what decides it."""

    decided_by: str
    result: dict[str, Any]


class Compiled(BytecodeCache):
    """Keeps the compiled templates: MkDocs compiles them for each language of each build."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Any) -> None:
        """Give a template what it was compiled to; its checksum tells whether it still holds."""
        if bucket.key in self.kept:
            bucket.load_bytecode(BytesIO(self.kept[bucket.key]))

    def dump_bytecode(self, bucket: Any) -> None:
        """Keep what a template was compiled to."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


STATE = {"serving": False}
rendered: dict[str, Rendered] = {}
compiled = Compiled()


def contents() -> dict[str, bytes]:
    """Return the hooks as they stand in the folder."""
    return {path.name: path.read_bytes() for path in HERE.glob("*.py")}


LOADED = contents()


def on_startup(command: str, dirty: bool, **_: Any) -> None:
    """Note whether the site is served; refuse to build only the pages that were changed."""
    STATE["serving"] = command == "serve"
    if dirty:
        raise PluginError(
            "This site can't be built with --dirty: a changed snippet would not be shown, and the "
            "search would find the changed pages only. Without it, a change is shown in seconds."
        )


def on_pre_build(**_: Any) -> None:
    """Name the hooks that were changed since the start."""
    now = contents()
    for name in sorted(now.keys() | LOADED.keys()):
        if now.get(name) != LOADED.get(name):
            log.warning("docs/hooks/%s has changed: start `mkdocs serve` again to see it.", name)


def on_env(env: Any, **_: Any) -> Any:
    """Let the languages share their compiled templates."""
    env.bytecode_cache = compiled
    return env


@event_priority(-100)
def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Let a page be rendered only if something that it shows has changed."""
    if STATE["serving"]:
        page.render = partial(render, page, page.render)
    return markdown


def render(page: Any, usual: Any, config: Any, files: Any) -> None:
    """Render a page, or give it what it was rendered to before."""
    deciding = decided_by(page.markdown, config, files)
    known = rendered.get(page.file.dest_uri)
    if known and known.decided_by == deciding:
        vars(page).update(known.result)
        page.links_to_anchors = renewed(page.links_to_anchors, files)
        return
    usual(config, files)
    result = {name: getattr(page, name) for name in RESULT}
    rendered[page.file.dest_uri] = Rendered(deciding, result)


def decided_by(markdown: str, config: Any, files: Any) -> str:
    """Return a hash of all that decides what a text is rendered to."""
    included = sorted(set(INCLUDE.findall(markdown)))
    parts = [markdown.encode(), Path(config.config_file_path).read_bytes()]
    parts += [(SNIPPETS / path).read_bytes() for path in included]
    parts += [file.src_uri.encode() for file in files]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def renewed(links: Any, files: Any) -> Any:
    """Return links by the files of this build: those of the last one know only old anchors."""
    return links and {
        files.get_file_from_path(file.src_uri): names for file, names in links.items()
    }
