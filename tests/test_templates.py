"""Material's templates that ours replace or extend: whether they changed since the last look."""

import hashlib
import re
from importlib.resources import files
from pathlib import Path

import pytest

from pages import DOCS

OURS = DOCS / "theme" / "overrides"
THEIRS = Path(str(files("material"))) / "templates"
VERSION = re.compile(r"mkdocs-material-[0-9.]+")
EXTENDED = "base.html"  # by our main.html, block by block
# The beginning of the SHA-256 of each, as it was when ours was last compared with it.
COMPARED = {
    "404.html": "80c93494",
    "base.html": "e4b0f0dd",
    "main.html": "9948b55a",
    "partials/copyright.html": "bc86bca3",
    "partials/header.html": "8cf3fb15",
    "partials/javascripts/base.html": "d6113712",
    "partials/javascripts/content.html": "3722e156",
    "partials/search.html": "bfd55653",
    "partials/source.html": "6847616d",
}


def mark(name: str) -> str:
    """Return the mark of one of Material's templates, its version left out: eight hex digits."""
    content = VERSION.sub("", (THEIRS / name).read_text("utf-8"))
    return hashlib.sha256(content.encode()).hexdigest()[:8]


def test_each_template_that_ours_replace_is_compared() -> None:
    names = (path.relative_to(OURS).as_posix() for path in OURS.rglob("*.html"))
    assert {EXTENDED, *(name for name in names if (THEIRS / name).exists())} == set(COMPARED)


@pytest.mark.parametrize("name", COMPARED)
def test_a_template_of_materials_has_not_changed(name: str) -> None:
    ours = OURS / ("main.html" if name == EXTENDED else name)
    assert mark(name) == COMPARED[name], (
        f"Material's {THEIRS / name} changed. Take over into {ours} what matters, "
        f'then note the new mark here: "{name}": "{mark(name)}"'
    )
