"""Put what the package knows into the forms of pages: its questions, and lists of releases."""

import re
from pathlib import Path
from typing import Any

import front
from project import module

# Where the page wants them: the one that is named, or all others.
PLACE = re.compile(r"<!-- questions?(?: ([\w-]+))? -->")


RELEASES = re.compile(r"<!-- releases (?P<id>[\w-]+) (?P<name>\w+) (?P<line>[\d.]+) -->")


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Put in the fields, in the words of the page's language."""
    markdown = RELEASES.sub(
        lambda found: module("snippets.form").release_list(**found.groupdict()), markdown
    )
    named = {place[1] for place in PLACE.finditer(markdown)}
    if not named:
        return markdown
    path = Path(page.file.abs_src_path)
    words = [front.words(path, key, dict[str, str]) for key in ("questions", "choices")]
    fields = module("snippets.form").fields(*words)
    others = "\n".join(field for key, field in fields.items() if key not in named)
    return PLACE.sub(lambda place: fields[place[1]] if place[1] else others, markdown)
