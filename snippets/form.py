"""The questions as fields of a form, in the words of a language."""

from collections.abc import Iterable, Mapping
from html import escape

from .evidence.questions import QUESTIONS, Question
from .releases import find, to_choose

WIDTHS = {"http-status": 5}  # characters; other free answers may be long
OLDER = ("4.3", "4.2", "4.1", "4.0", "3.3", "2.16")  # lines of which single releases aren't known


def fields(labels: Mapping[str, str], words: Mapping[str, str]) -> dict[str, str]:
    """Return the HTML of each question by key: `labels` by key, the `words` of choices by value.

    A question that helps with some symptoms only names them in `data-for`. KeyError for a
    question or a choice without words.
    """
    return {question.key: field(question, labels, words) for question in QUESTIONS}


def field(question: Question, labels: Mapping[str, str], words: Mapping[str, str]) -> str:
    """Return the HTML of one question."""
    key = question.key
    if key == "release":
        inner = releases(question)
    else:
        inner = select(question, words) if question.choices else text(question)
    label = f'<label for="{key}">{escape(labels[key])}\n</label>'
    helps = f' data-for="{" ".join(question.helps)}"' if is_special(question) else ""
    return f"<p{helps}>{label}{inner}</p>"


def is_special(question: Question) -> bool:
    """Whether a question is only asked for some symptoms."""
    return question.key not in ("symptom", "release", "site-url")


def select(question: Question, words: Mapping[str, str]) -> str:
    """Return a list to choose from."""
    groups = question.groups or {"": question.choices}
    options = "".join(group(words.get(name, ""), each, words) for name, each in groups.items())
    attributes = f'id="{question.key}" name="{question.key}" data-answer'
    return f'<select {attributes}>\n<option value=""></option>{options}\n</select>'


def group(title: str, values: Iterable[str], words: Mapping[str, str]) -> str:
    """Return choices, under their title if they have one."""
    found = "".join(
        f'\n<option value="{value}">{escape(words[value])}</option>' for value in values
    )
    return f'\n<optgroup label="{escape(title)}">{found}</optgroup>' if title else found


def releases(question: Question) -> str:
    """Return the list of releases, by line; what a reader has but isn't there stays open."""
    groups = {**to_choose(), "": list(OLDER)}
    attributes = f'id="{question.key}" name="{question.key}" data-answer'
    return f'<select {attributes}>\n<option value=""></option>{options(groups)}\n</select>'


def release_list(id: str, name: str, line: str) -> str:
    """Return the list of the releases of the table, the newest of a line chosen."""
    return f'<select id="{id}" name="{name}">{options(to_choose(), str(find(line)))}\n</select>'


def options(groups: Mapping[str, list[str]], chosen: str = "") -> str:
    """Return releases to choose from, by line."""
    return "".join(
        f'\n<optgroup label="{line or "≤ 4.3"}">'
        + "".join(f"<option{' selected' * (each == chosen)}>{each}</option>" for each in group)
        + "</optgroup>"
        for line, group in groups.items()
    )


def text(question: Question) -> str:
    """Return a field for free text; the browser refuses what the answer can't be."""
    size = f' size="{WIDTHS[question.key]}"' if question.key in WIDTHS else ""
    attributes = f'id="{question.key}" name="{question.key}" data-answer'
    fits = f' pattern="\\s*(?:{escape(question.pattern)})\\s*"' if question.is_shaped else ""
    return f'<input {attributes} placeholder="{escape(question.example)}"{size}{fits}>'
