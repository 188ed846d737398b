"""The rules in the pages: the list of “Sources”, and a link wherever a footnote names a rule.

Sentences and evidence stand in `snippets/rules.toml`; the words between them in the front matter
of the page, so that another language needs its page only.
"""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import front
from project import module

rules = module("snippets.rules")

PAGE = "sources.md"
LIST = re.compile(r"^<!-- rules ([A-Z])(?:(\d+) to (\d+))? -->$", re.MULTILINE)
FOOTNOTE = re.compile(r"^\[\^[\w-]+\]:.*(?:\n {4}.*)*", re.MULTILINE)
# Code and links stay as they are; the groups of what else is found hold an id.
ID = re.compile(r"`[^`]*`|\[[^\]]*\]\([^)]*\)|\b([A-Z]\d+[a-z]?)\b")


def on_pre_build(**_: Any) -> None:
    """Read the rules anew when they were changed while the site is served."""
    rules.table.cache_clear()


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Put lists of rules where a page wants them, and links into every footnote."""
    if LIST.search(markdown):
        words = front.words(Path(page.file.abs_src_path), "rules", dict[str, str])
        markdown = LIST.sub(lambda found: listed(found, words, page.file.locale), markdown)
    to = posixpath.relpath(PAGE, posixpath.dirname(page.file.src_uri))
    return FOOTNOTE.sub(lambda found: ID.sub(lambda id: linked(id, to), found[0]), markdown)


def linked(found: re.Match[str], page: str = "") -> str:
    """Return an id as a link to its line, on that page or on this one; anything else as it is."""
    return f"[{found[1]}]({page}#{found[1].lower()})" if found[1] in rules.table() else found[0]


def listed(found: re.Match[str], words: dict[str, str], language: str) -> str:
    """Return a list of the rules that a comment names: a letter, from one number to another."""
    first, last = int(found[2] or 0), int(found[3] or 999)
    chosen = [
        rule
        for rule in rules.table().values()
        if rule.id[0] == found[1] and first <= int(re.sub(r"\D", "", rule.id)) <= last
    ]
    return "\n".join(
        f"{rule.id} {{ #{rule.id.lower()} }}\n"
        f":   {ID.sub(linked, rule.sentence(language))}\n"
        f"    <small>{' '.join(about(rule, words))}</small>\n"
        for rule in chosen
    )


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
