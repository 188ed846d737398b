"""Put what the package knows into the forms of pages: its questions, and lists of releases."""

import re
from pathlib import Path
from typing import Any

import front
from project import module

QUESTIONS = "<!-- questions -->"  # where the page wants them


RELEASES = re.compile(r"<!-- releases (?P<id>[\w-]+) (?P<name>\w+) (?P<line>[\d.]+) -->")


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Put in the fields, in the words of the page's language."""
    markdown = RELEASES.sub(
        lambda found: module("snippets.form").release_list(**found.groupdict()), markdown
    )
    if QUESTIONS not in markdown:
        return markdown
    path = Path(page.file.abs_src_path)
    words = [front.words(path, key, dict[str, str]) for key in ("questions", "choices")]
    return markdown.replace(QUESTIONS, module("snippets.form").fields(*words))
