"""The elements of a built page, as a parser of HTML finds them; no browser is asked."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from justhtml import JustHTML

Kind = tuple[object, ...]
# What a program that reads a page aloud goes by, whatever the language.
SAID = ("aria-hidden", "role", "scope", "tabindex", "type")


@lru_cache(maxsize=2)  # the tests of a page come one after the other
def tree(path: Path) -> JustHTML:
    """Return the tree of a page."""
    return JustHTML(path.read_text("utf-8"), sanitize=False)


@lru_cache(maxsize=2)  # one look at the tree is enough for all that is asked of a page
def elements(path: Path) -> list[Any]:
    """Return the elements of a page in their order."""
    return tree(path).query("*")


def named(path: Path, *names: str) -> list[Any]:
    """Return the elements of a page that have one of these names."""
    return [each for each in elements(path) if each.name in names]


def attribute(element: Any, name: str) -> str:
    """Return an attribute of an element, "" if it has none."""
    return str((element.attrs or {}).get(name) or "")


def headings(path: Path) -> list[str]:
    """Return the levels of the headings of a page, in their order."""
    return [each.name for each in named(path, "h1", "h2", "h3", "h4", "h5", "h6")]


def kinds(path: Path) -> frozenset[Kind]:
    """Return the kinds of elements of a page."""
    return frozenset(kinds_in(tree(path).root, ()))


def kinds_in(element: Any, around: tuple[str, ...]) -> Iterator[Kind]:
    """Yield the kinds of what stands in an element, which stands in those of these names."""
    around = (element.name, *around)
    content = getattr(element, "template_content", None)
    for each in [*element.children, *(content.children if content else ())]:
        if not each.name.startswith(("#", "!")):
            yield (*around, *kind(each))
            yield from kinds_in(each, around)


def kind(element: Any) -> Kind:
    """Return an element but for its words: its name, what of it isn't empty."""
    filled = frozenset(name for name, value in (element.attrs or {}).items() if value)
    said = tuple(attribute(element, name) for name in SAID)
    text = any(each.name == "#text" and each.data.strip() for each in element.children)
    return (element.name, filled, said, text)
