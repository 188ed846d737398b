"""The project whose guide this is, for the hooks that ask it something."""

import importlib
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent


def module(name: str) -> Any:
    """Return a module of the project itself."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    return importlib.import_module(name)
