"""Answers of an administrator, checked against the questions. Part of the contract."""

import re
from collections.abc import Mapping, Sequence

from ..problems import Problem
from .questions import BY_KEY

UNKNOWN = "unknown"  # an answer to every question: it isn't asked again


class BadAnswer(Problem):
    """A key or value that isn't part of the contract; the sentence lists what is."""


def checked(answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers, stripped; BadAnswer for an unknown key or value. Empty ones go."""
    given = {key.strip(): str(value).strip() for key, value in answers.items()}
    for key, value in given.items():
        if key not in BY_KEY:
            raise BadAnswer("unknown-answer", key=key, known=", ".join(BY_KEY))
        if value and value != UNKNOWN:
            _check(key, value)
    return {key: value for key, value in given.items() if value}


def _check(key: str, value: str) -> None:
    question = BY_KEY[key]
    if question.choices and value not in question.choices:
        known = ", ".join(question.choices)
        raise BadAnswer("wrong-answer", key=key, value=value, known=known)
    if not re.fullmatch(question.pattern, value, re.A):
        raise BadAnswer(f"wrong-{key}", value=value)


def parse(pairs: Sequence[str]) -> dict[str, str]:
    """Return answers written `KEY=VALUE`."""
    answers = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals:
            raise BadAnswer("no-answer", pair=pair)
        answers[key] = value
    return checked(answers)
