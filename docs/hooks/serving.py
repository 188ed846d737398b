"""Tell whoever works on the hooks that MkDocs does not load them anew while it serves."""

import logging
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
log = logging.getLogger("mkdocs.hooks.serving")


def contents() -> dict[str, bytes]:
    """Return the hooks as they stand in the folder."""
    return {path.name: path.read_bytes() for path in HERE.glob("*.py")}


LOADED = contents()


def on_pre_build(**_: Any) -> None:
    """Name the hooks that were changed since the start."""
    now = contents()
    for name in sorted(now.keys() | LOADED.keys()):
        if now.get(name) != LOADED.get(name):
            log.warning("docs/hooks/%s has changed: start `mkdocs serve` again to see it.", name)
