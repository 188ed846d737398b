"""Call settings and menus as Mautic's interface calls them, in the language of the page.

`[[site_url]]` becomes « URL du site », `[[path site_url]]` the way to it; at its first use in a
section, a setting is also given its English name and its key. The names stand in
`docs/labels.json`: settings by their key, the rest by its English name, as in `[[send_example]]`.
"""

import json
import re
from functools import lru_cache
from html import escape
from typing import Any

from mkdocs.exceptions import PluginError

from project import ROOT

TABLE = ROOT / "docs" / "labels.json"
ENGLISH = "en"
NAME = r"\[\[(?P<path>path\s+)?(?P<name>[^\[\]]+)\]\]"
LABEL = re.compile(NAME)
# Blocks and pieces of code stay as they are; a heading starts a section, and explains nothing.
PART = re.compile(
    r"^ *(?P<fence>`{3,}|~{3,}).*?^ *(?P=fence) *$"
    r"|(?P<code>`+)[^`]+(?P=code)"
    rf"|^(?P<heading>#+) .*?$|{NAME}",
    re.MULTILINE | re.DOTALL,
)


def on_pre_build(**_: Any) -> None:
    """Read the names anew when they were changed while the site is served."""
    table.cache_clear()


@lru_cache(1)
def table() -> dict[str, Any]:
    """Return the names in each language, and its quotation marks."""
    return dict(json.loads(TABLE.read_text("utf-8")))


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Put in the names; the first time in a section, say them in English, too."""
    return put(markdown, page.file.locale, page.file.src_uri)


def put(markdown: str, language: str, where: str) -> str:
    """Return a page with the names put in."""
    told: set[str] = set()

    def named(part: re.Match[str]) -> str:
        if part["heading"]:
            told.clear()
            return said(part[0], language, where)
        if not part["name"]:
            return part[0]
        name = checked(part, where)
        more = "" if name in told else explained(name, language)
        told.add(name)
        return way(part, name, language, where) + more

    return PART.sub(named, markdown)


def said(text: str, language: str, where: str) -> str:
    """Return a text with the names put in, and nothing explained: a heading, a word of a form."""
    return LABEL.sub(lambda found: way(found, checked(found, where), language, where), text)


def named(value: Any, language: str, where: str) -> Any:
    """Return words of the front matter with the names of Mautic's interface put in."""
    if isinstance(value, dict):
        return {key: named(inner, language, where) for key, inner in value.items()}
    if isinstance(value, list):
        return [named(inner, language, where) for inner in value]
    return said(value, language, where) if isinstance(value, str) else value


def checked(found: re.Match[str], where: str) -> str:
    """Return the name that a page asks for; PluginError where the table has none."""
    name = found["name"].strip()
    if name not in table()["labels"]:
        raise PluginError(f"{where}: docs/labels.json has no `{name}`.")
    return name


def way(found: re.Match[str], name: str, language: str, where: str) -> str:
    """Return a name in its quotation marks, behind the way to it if the page asks for that."""
    marks = table()["quotes"].get(language, table()["quotes"][ENGLISH])
    quoted = str(marks).format(label(name, language))
    if not found["path"]:
        return quoted
    if not (tab := table()["labels"][name].get("tab")):
        raise PluginError(f"{where}: docs/labels.json knows no way to `{name}`.")
    return " → ".join([label("configuration", language), label(tab, language), quoted])


def label(name: str, language: str) -> str:
    """Return what the interface shows: in English where it isn't translated, as it is printed."""
    names = table()["labels"][name]
    text = str(names.get(language, names[ENGLISH]))
    return re.sub(" (?=[?!;])", "\u202f", text.replace("'", "’"))


def explained(name: str, language: str) -> str:
    """Return, in parentheses, the English name if the page uses another, and a setting's key."""
    english = label(name, ENGLISH)
    known = [] if english == label(name, language) else [f'<i lang="en">{escape(english)}</i>']
    known += [f"`{name}`"] if "tab" in table()["labels"][name] else []
    return f" ({', '.join(known)})" if known else ""
