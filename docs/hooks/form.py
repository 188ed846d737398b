"""Put the questions of the package into the form of `diagnose`, in the words of the page."""

from pathlib import Path
from typing import Any

import front
from project import module

QUESTIONS = "<!-- questions -->"  # where the page wants them


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Put in the fields, in the words of the page's language."""
    if QUESTIONS not in markdown:
        return markdown
    path = Path(page.file.abs_src_path)
    words = [front.words(path, key, dict[str, str]) for key in ("questions", "choices")]
    return markdown.replace(QUESTIONS, module("snippets.form").fields(*words))
