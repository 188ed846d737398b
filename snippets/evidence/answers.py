"""The questions an administrator can answer, and what may be answered. Part of the contract."""

import re
from collections.abc import Mapping, Sequence

from .. import contexts
from ..releases import Release

YES_NO = ("yes", "no")
CHOICES: dict[str, Sequence[str]] = {
    "symptom": (
        "open-missing",
        "click-missing",
        "link-broken",
        "unsubscribe-broken",
        "too-many",
        "wrong-contact",
        "page-missing",
    ),
    "release": (),
    "sent-via": tuple(contexts.names()),
    "site-url": (),
    "logged-in": YES_NO,
    "links-replaced": (*YES_NO, "partly"),
    "pixel-present": YES_NO,
    "images-loaded": YES_NO,
    "redirect-works": YES_NO,
    "http-status": (),
    "by-hand-counts": YES_NO,
    "timeline-shows": YES_NO,
    "contact-exists": YES_NO,
    "proxy": YES_NO,
    "queue": ("sync", "async"),
    "consumer-running": YES_NO,
    "trackable-urls-disabled": YES_NO,
    "clicks-counted": YES_NO,
    "link-inside": ("body", "dynamic-content"),
    "unsubscribe-opened": ("link", "directly"),
    "from-domain": (),
    "user-agent": (),
    "client-ip": (),
    "role": ("href", "tracked", "destination", "pixel", "unsubscribe"),
}
FORMATS = {
    "release": (r"v?\d{1,3}(\.\d{1,4}){0,3}(-[\w.]+)?", "a version number, for instance 5.1.1"),
    "http-status": (r"[1-5]\d\d", "a number from 100 to 599"),
    "site-url": (r"\S+", "an address, for instance https://mautic.example.com"),
}


class BadAnswer(ValueError):
    """A key or value that isn't part of the contract; the message lists what is."""


def checked(answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers, stripped; BadAnswer for an unknown key or value. Empty ones go."""
    given = {key.strip(): str(value).strip() for key, value in answers.items()}
    for key, value in given.items():
        if key not in CHOICES:
            raise BadAnswer(f"Unknown answer {key!r}. Known: {', '.join(CHOICES)}.")
        if value:
            _check(key, value)
    return {key: value for key, value in given.items() if value}


def _check(key: str, value: str) -> None:
    choices = CHOICES[key]
    if choices and value not in choices:
        raise BadAnswer(f"{key} cannot be {value!r}. Possible: {', '.join(choices)}.")
    pattern, meaning = FORMATS.get(key, ("(?s).*", ""))
    if not re.fullmatch(pattern, value, re.A):
        raise BadAnswer(f"{key} cannot be {value!r}. It is {meaning}.")


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


def any_release(version: str) -> Release:
    """Return the release of a version number, also one older than the table: 2.15.2."""
    numbers = [int(number) for number in re.findall(r"\d+", version.partition("-")[0])[:3]]
    if len(numbers) == 2:  # "7.0" means the newest patch
        numbers.append(999)
    numbers += [0] * (3 - len(numbers))
    return Release((numbers[0], numbers[1], numbers[2]))
