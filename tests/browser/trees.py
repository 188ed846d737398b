"""The elements of a built page, as a parser of HTML finds them; no browser is asked."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from justhtml import JustHTML

Kind = tuple[object, ...]
# What a program that reads a page aloud goes by, whatever the language.
SAID = ("aria-hidden", "role", "scope", "tabindex", "type")


@lru_cache(maxsize=2)  # the tests of a page come one after the other
def tree(path: Path) -> JustHTML:
    """Return the elements of a page."""
    return JustHTML(path.read_text("utf-8"), sanitize=False)


def attribute(element: Any, name: str) -> str:
    """Return an attribute of an element, "" if it has none."""
    return str((element.attrs or {}).get(name) or "")


def headings(path: Path) -> list[str]:
    """Return the levels of the headings of a page, in their order."""
    return [each.name for each in tree(path).query("h1, h2, h3, h4, h5, h6")]


def kinds(path: Path) -> frozenset[Kind]:
    """Return the kinds of elements of a page."""
    return frozenset(map(kind, tree(path).query("*")))


def kind(element: Any) -> Kind:
    """Return an element but for its words: where it stands, its name, what of it isn't empty."""
    filled = frozenset(name for name, value in (element.attrs or {}).items() if value)
    said = tuple(attribute(element, name) for name in SAID)
    text = any(each.name == "#text" and each.data.strip() for each in element.children)
    return (*around(element), element.name, filled, said, text)


def around(element: Any) -> tuple[str, ...]:
    """Return the names of the elements in which an element stands, from within."""
    above = element.parent
    return () if above is None else (above.name, *around(above))
