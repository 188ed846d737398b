"""The rules in the pages: their evidence on “Sources”, a link wherever a footnote names a rule.

The page says each rule; `snippets/rules.toml` holds how it is known, the front matter of the page
the words for that: another language needs its page only.
"""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

import front
from project import module

rules = module("snippets.rules")

PAGE = "sources.md"
RULE = re.compile(r"^(?P<id>[A-Z]\d+[a-z]?) \{ #\w+ \}\n:   .+(?:\n {4}.+)*", re.MULTILINE)
FOOTNOTE = re.compile(r"^\[\^[\w-]+\]:.*(?:\n {4}.*)*", re.MULTILINE)
# Code and links stay as they are; the groups of what else is found hold an id.
ID = re.compile(r"`[^`]*`|\[[^\]]*\]\([^)]*\)|\b([A-Z]\d+[a-z]?)\b")


def on_pre_build(**_: Any) -> None:
    """Read the rules anew when they were changed while the site is served."""
    rules.table.cache_clear()


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Put evidence below each rule that a page says, and links into every footnote."""
    if RULE.search(markdown):
        words = front.words(Path(page.file.abs_src_path), "rules", dict[str, str])
        markdown = RULE.sub(lambda said: told(said, words, page.file.src_uri), markdown)
    to = posixpath.relpath(PAGE, posixpath.dirname(page.file.src_uri))
    return FOOTNOTE.sub(lambda found: ID.sub(lambda id: linked(id, to), found[0]), markdown)


def linked(found: re.Match[str], page: str = "") -> str:
    """Return an id as a link to its line, on that page or on this one; anything else as it is."""
    return f"[{found[1]}]({page}#{found[1].lower()})" if found[1] in rules.table() else found[0]


def told(said: re.Match[str], words: dict[str, str], where: str) -> str:
    """Return a rule as the page says it, rules that it names linked, its evidence below it."""
    if said["id"] not in rules.table():
        raise PluginError(f"{where}: snippets/rules.toml has no {said['id']}.")
    head, _, sentence = said[0].partition("\n")
    evidence = " ".join(about(rules.find(said["id"]), words))
    return f"{head}\n{ID.sub(linked, sentence)}\n    <small>{evidence}</small>"


def about(rule: Any, words: dict[str, str]) -> Iterator[str]:
    """Yield sentences on a rule: its releases, how it is known, what shows it."""
    if rule.since or rule.until:
        name = " ".join(key for key in ("since", "until") if getattr(rule, key))
        yield words[name].format(since=rule.since, until=rule.until)
    for way, (first, last) in rule.known.items():
        lines = words["one" if first == last else "lines"].format(first=first, last=last)
        yield words[way].format(lines=lines)
    if rule.recordings:
        yield words["recordings"].format(", ".join(f"`{name}`" for name in rule.recordings))
    if rule.threads:
        yield words["threads"].format(", ".join(map(thread, rule.threads)))


def thread(name: str) -> str:
    """Return the link to an issue or pull request, for instance "mautic#16253"."""
    repository, number = name.split("#")
    text = f"#{number}" if repository == "mautic" else name
    return f"[{text}](https://github.com/mautic/{repository}/issues/{number})"
