"""Answers of an administrator, checked against the questions. Part of the contract."""

import re
from collections.abc import Mapping, Sequence

from .questions import BY_KEY


class BadAnswer(ValueError):
    """A key or value that isn't part of the contract; the message lists what is."""


def checked(answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers, stripped; BadAnswer for an unknown key or value. Empty ones go."""
    given = {key.strip(): str(value).strip() for key, value in answers.items()}
    for key, value in given.items():
        if key not in BY_KEY:
            raise BadAnswer(f"Unknown answer {key!r}. Known: {', '.join(BY_KEY)}.")
        if value:
            _check(key, value)
    return {key: value for key, value in given.items() if value}


def _check(key: str, value: str) -> None:
    question = BY_KEY[key]
    if question.choices and value not in question.choices:
        raise BadAnswer(f"{key} cannot be {value!r}. Possible: {', '.join(question.choices)}.")
    if not re.fullmatch(question.pattern, value, re.A):
        raise BadAnswer(f"{key} cannot be {value!r}. It is {question.meaning}.")


def parse(pairs: Sequence[str]) -> dict[str, str]:
    """Return answers written `KEY=VALUE`."""
    answers = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals:
            raise BadAnswer(
                f"{pair!r} is no answer. Write KEY=VALUE, for instance symptom=open-missing."
            )
        answers[key] = value
    return checked(answers)
