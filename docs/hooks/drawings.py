"""Put drawings into pages: one SVG for each, without words; the words stand in the page.

`![](drawings/gmail.svg)` on a line of its own becomes the SVG itself, so that its text can be
selected, found, translated and coloured by the scheme. Its words, `title` and `desc` among them,
are those of the page's front matter, under `drawings.gmail`. `![](emails/troubleshooting.md#way)`
becomes that section of another page, in the language of this one if it is translated.
"""

import posixpath
import re
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

import front

DRAWING = re.compile(r"^!\[\]\((?:\.\./)*(drawings/([\w-]+)\.svg)\)$", re.M)
SECTION = re.compile(r"^!\[\]\(([\w./-]+)\.md#([\w-]+)\)$", re.M)
LINK = re.compile(r"(?<=\]\()(?!\w+:)([^)#\s]*)(#[\w-]+)?(?=\))")
WORD = re.compile(r"\{([\w-]+)\}")
SAID = ("title", "desc")  # what a screen reader says of a drawing


def on_page_markdown(markdown: str, page: Any, config: Any, **_: Any) -> str:
    """Put in the sections and the drawings that the page names."""
    docs = Path(config.docs_dir)
    markdown = SECTION.sub(lambda name: section(docs, name[1], name[2], page.file), markdown)
    given = front.in_full(page.meta.get("drawings"), docs / page.file.src_uri, "drawings") or {}
    named = DRAWING.findall(markdown)
    if unused := sorted(given.keys() - {name for _, name in named}):
        raise PluginError(f"{page.file.src_uri}: `drawings.{unused[0]}` is shown nowhere.")
    shown = {
        name: figure(read(docs / path, page), name, given.get(name) or {}, page)
        for path, name in named
    }
    return DRAWING.sub(lambda found: shown[found[2]], markdown)


def read(path: Path, page: Any) -> str:
    """Return the source of a drawing; PluginError names the page if there is none."""
    if not path.is_file():
        raise PluginError(f"{page.file.src_uri}: there is no drawing docs/drawings/{path.name}.")
    return path.read_text("utf-8")


def figure(svg: str, name: str, words: dict[str, Any], page: Any) -> str:
    """Return a drawing with its words, on one line, as Markdown leaves it alone."""
    checked(words, set(SAID) | set(WORD.findall(svg)), name, page)
    filled = WORD.sub(lambda key: escape(words[key[1]]), svg)
    head, _, body = filled.partition(">")
    box = head.removeprefix('<svg xmlns="http://www.w3.org/2000/svg"')
    title, desc = (f'<{key} id="{name}-{key}">{escape(words[key])}</{key}>' for key in SAID)
    label = f'role="img" aria-labelledby="{name}-title" aria-describedby="{name}-desc"'
    inside = re.sub(r"\n\s*", "", body)
    return f'<figure class="drawing"><svg{box} {label}>{title}{desc}{inside}</figure>'


def checked(words: dict[str, Any], wanted: set[str], name: str, page: Any) -> None:
    """Stop the build at a word that a drawing lacks, or that it doesn't have."""
    for key in sorted(wanted | words.keys()):
        problem = ""
        if key not in wanted:
            problem = f"is not in docs/drawings/{name}.svg"
        elif key not in words:
            problem = "is missing"
        elif not isinstance(words[key], str) or not words[key].strip():
            problem = "must be a text"
        if problem:
            raise PluginError(f"{page.file.src_uri}: `drawings.{name}.{key}` {problem}.")


def section(docs: Path, name: str, anchor: str, file: Any) -> str:
    """Return the text of a section of another page, its links led from this one."""
    paths = (front.path_of(docs, name, language) for language in (file.locale, front.SOURCE))
    texts = (path.read_text("utf-8") for path in paths if path.exists())
    wanted = re.compile(rf"^(#+) .*\{{ #{anchor} \}}\n(.*?)(?=^#{{1,6}} |\Z)", re.M | re.S)
    if not (found := next(filter(None, map(wanted.search, texts)), None)):
        raise PluginError(f"{file.src_uri}: `{name}.md` has no section `{anchor}`.")
    here, there = posixpath.dirname(file.src_uri), posixpath.dirname(name)

    def led(link: re.Match[str]) -> str:
        target = posixpath.join(there, link[1]) if link[1] else f"{name}.md"
        return posixpath.relpath(target, here or ".") + (link[2] or "")

    return LINK.sub(led, found[2])
