"""Put the sections of the causes beside the page's scripts, one file for each language.

A result shows what the guide says of a cause: name, what to change, why. The scripts take it from
this file, so that a result needs no other page; code and footnotes are for the guide alone.
"""

import json
import re
from pathlib import Path
from typing import Any

from project import module

SECTION = re.compile(
    r'<h2 id="([\w-]+)">(.*?)</h2>\n(.*?)(?=<h[123] |<div class="footnote">|\Z)', re.S
)
HEADER_LINK = re.compile(r'<a class="headerlink".*?</a>')
# Code to run, and what it prints; a piece of configuration is part of what to change.
CODE = re.compile(
    r'<div class="(?:language-py\w*|[\w-]+ output) highlight">.*?</div>\n?', re.DOTALL
)
FOOTNOTE = re.compile(r'<sup id="fnref.*?</sup>')
found: dict[str, dict[str, dict[str, str]]] = {}


def on_page_content(html: str, config: Any, **_: Any) -> str:
    """Note the sections of causes on a page."""
    causes = module("snippets.catalogue").pages()
    noted = found.setdefault(config.plugins["i18n"].current_language, {})
    for section in SECTION.finditer(html):
        if section[1] in causes:
            noted[section[1]] = {"title": plain(section[2]), "html": shown(section[3])}
    return html


def plain(heading: str) -> str:
    """Return the words of a heading, still as HTML, without its permanent link and its marks."""
    return re.sub(r"</?(?:code|em|strong)>", "", HEADER_LINK.sub("", heading)).strip()


def shown(html: str) -> str:
    """Return what a result shows of a section."""
    return FOOTNOTE.sub("", CODE.sub("", html)).strip()


def on_post_build(config: Any) -> None:
    """Write the sections of the language that was built."""
    language = config.plugins["i18n"].current_language
    target = Path(config.site_dir, "app", f"sections.{language}.json")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(found.pop(language, {}), ensure_ascii=False), "utf-8")
