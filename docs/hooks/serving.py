"""Tell whoever works on the site what MkDocs would leave out without a word.

It does not load the hooks anew while it serves. With `--dirty` it renders only pages whose own file
changed: none for a changed snippet, and the search would know no others.
"""

import logging
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

HERE = Path(__file__).parent
log = logging.getLogger("mkdocs.hooks.serving")


def contents() -> dict[str, bytes]:
    """Return the hooks as they stand in the folder."""
    return {path.name: path.read_bytes() for path in HERE.glob("*.py")}


LOADED = contents()


def on_startup(dirty: bool, **_: Any) -> None:
    """Refuse to build only the pages that were changed."""
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
