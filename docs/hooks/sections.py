"""Mark what to change in the section of a cause, and put the sections beside the page's scripts.

A section begins with six points: what you see, what to change, why, how to be sure, versions,
discussions. The second is shown as a box. A result shows the same text, and where the cause stands
on the way of an open and a click; it has both from one file for each language, so that it needs no
other page; code and footnotes are for the guide alone.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

from project import module

POINTS = 6
CHANGE = 1  # “what to change” among the points, counted from 0

SECTION = re.compile(
    r'<h2 id="([\w-]+)">(.*?)</h2>\n(.*?)(?=<h[123] |<div class="footnote">|\Z)', re.S
)
HEADER_LINK = re.compile(r'<a class="headerlink".*?</a>')
# Code to run, and what it prints; a piece of configuration is part of what to change.
CODE = re.compile(
    r'<div class="(?:language-py\w*|[\w-]+ output) highlight">.*?</div>\n?', re.DOTALL
)
FOOTNOTE = re.compile(r'<sup id="fnref.*?</sup>')
FOLDED = re.compile(r'<details class="example">.*?</details>\n?', re.DOTALL)
LABEL = re.compile(r"<li>\s*(?:<p>)?<strong>")
LIST_TAG = re.compile(r"<(/?)[uo]l\b[^>]*>|<li>")
WAY = re.compile(r'<div class="way">(.*?)</div>', re.DOTALL)
STATION = re.compile(r"<strong>(.*?)\.</strong>(.*?)(?=<strong>|\Z)", re.DOTALL)
STOP = re.compile(r'<a href="[^"]*#([\w-]+)">(.*?)</a>', re.DOTALL)
Stations = list[dict[str, Any]]
found: dict[str, dict[str, dict[str, str]]] = {}
ways: dict[str, Stations] = {}


def on_page_content(html: str, page: Any, config: Any, **_: Any) -> str:
    """Mark and note the sections of causes on a page, note the way where a page shows it."""
    causes = module("snippets.catalogue").pages()
    language = config.plugins["i18n"].current_language
    noted = found.setdefault(language, {})
    if way := WAY.search(html):
        ways[language] = stations(way[1])

    def marked(section: re.Match[str]) -> str:
        points = list(items(section[3]))
        is_cause = section[1] in causes
        if not is_cause and not (len(points) == POINTS and are_bold(section[3], points)):
            return section[0]
        if len(points) != POINTS:
            where = f"{page.file.src_uri}: `{section[1]}`"
            raise PluginError(f"{where} begins with {len(points)} points instead of {POINTS}.")
        start = points[CHANGE]
        body = section[3][:start] + '<li class="change">' + section[3][start + len("<li>") :]
        if is_cause:
            noted[section[1]] = {"title": plain(section[2]), "html": shown(body)}
        return section[0].removesuffix(section[3]) + body

    return SECTION.sub(marked, html)


def items(html: str) -> Iterator[int]:
    """Yield where the items of the first list begin, those of lists inside it left out."""
    depth = 0
    for tag in LIST_TAG.finditer(html):
        if tag[0] == "<li>":
            if depth == 1:
                yield tag.start()
        else:
            depth += -1 if tag[1] else 1
            if not depth:
                return


def are_bold(html: str, points: list[int]) -> bool:
    """Whether all points begin with a label, as those of a cause do: a fault of a link, say."""
    return all(LABEL.match(html, start) for start in points)


def stations(way: str) -> Stations:
    """Return the stations of the way: the name of each, and what it calls its causes."""
    return [
        {"name": plain(name), "causes": {id: plain(label) for id, label in STOP.findall(rest)}}
        for name, rest in STATION.findall(way)
    ]


def plain(heading: str) -> str:
    """Return words, still as HTML, without marks and a heading's permanent link."""
    return re.sub(r"</?(?:code|em|strong)>", "", HEADER_LINK.sub("", heading)).strip()


def shown(html: str) -> str:
    """Return what a result shows of a section."""
    return FOOTNOTE.sub("", CODE.sub("", FOLDED.sub("", html))).strip()


def on_post_build(config: Any) -> None:
    """Write the file of the language that was built."""
    language = config.plugins["i18n"].current_language
    guide = {"sections": found.pop(language, {}), "way": ways.pop(language, [])}
    target = Path(config.site_dir, "app", f"guide.{language}.json")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(guide, ensure_ascii=False), "utf-8")
