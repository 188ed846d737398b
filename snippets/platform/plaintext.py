"""The addresses in a plain text, as the platform's search finds and cuts them.

Source: R15, R17, R18, R19. Written as a scan, because the one big expression of the platform
takes quadratic time on long words.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .text import is_utf8

_SPACE = "\t-\r \x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_WORD = re.compile(f"[^{_SPACE}]+")
_SCHEME = re.compile("(?:https?|ftp)://", re.I)
_LETTER = "a-zA-Z\u00a1-\uffff"
_LABEL = f"[{_LETTER}0-9]+(?:-[{_LETTER}0-9]+)*"
_LABELS = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_TOP_LEVEL = re.compile(rf"\.[{_LETTER}]{{2,}}")
_MIDDLE = r"\.(?:1?[0-9]{1,2}|2[0-4][0-9]|25[0-5])"
_IP = re.compile(
    r"(?!(?:10|127)(?:\.[0-9]{1,3}){3})(?!(?:169\.254|192\.168)(?:\.[0-9]{1,3}){2})"
    r"(?!172\.(?:1[6-9]|2[0-9]|3[01])(?:\.[0-9]{1,3}){2})"
    r"(?:[1-9][0-9]?|1[0-9]{2}|2[01][0-9]|22[0-3])"
    rf"(?:{_MIDDLE}){{2}}\.(?:[1-9][0-9]?|1[0-9]{{2}}|2[0-4][0-9]|25[0-4])"
)
_PORT = re.compile(r":\d{2,5}")
_TAG = re.compile(r"<(?![ \t\n\r\v\f]|\Z)[^>]*>?")


class Found(NamedTuple):
    """An address in a text and where it begins."""

    start: int
    address: str


def visible(text: str) -> str:
    """Return a plain text without what the platform takes for tags: `<` and all up to `>`."""
    return _TAG.sub("", text)


def addresses(text: str) -> list[Found]:
    """Return the addresses the search finds, uncut; none if the text isn't UTF-8."""
    if not is_utf8(text):
        return []
    words = (word for word in _WORD.finditer(text) if "://" in word[0])
    return [found for word in words for found in _in_word(word[0], word.start())]


def _in_word(word: str, offset: int) -> Iterator[Found]:
    schemes = list(_SCHEME.finditer(word))
    logins = _login_ends(word) if schemes and "@" in word else []
    end = 0
    for scheme in schemes:
        if scheme.start() < end:
            continue
        host = _host(word, scheme.end(), logins)
        if host is not None:
            end = _end(word, host)
            yield Found(offset + scheme.start(), word[scheme.start() : end])


def _login_ends(word: str) -> list[int]:
    """Where a host begins behind an `@`."""
    return [at.end() for at in re.finditer("@", word) if _host_end(word, at.end()) is not None]


def _host(word: str, start: int, logins: list[int]) -> int | None:
    """The end of the host that belongs to a scheme: the last one behind an `@` comes first."""
    if logins and logins[-1] > start + 1:
        return _host_end(word, logins[-1])
    return _host_end(word, start)


def _host_end(word: str, start: int) -> int | None:
    number = _IP.match(word, start)
    if number:
        return number.end()
    labels = _LABELS.match(word, start)
    if not labels:
        return None
    ends = [top.end() for top in _TOP_LEVEL.finditer(word, labels.start(), labels.end())]
    return ends[-1] if ends else None


def _end(word: str, host_end: int) -> int:
    port = _PORT.match(word, host_end)
    end = port.end() if port else host_end
    return len(word) if word.startswith("/", end) else end


def cut(address: str) -> str:
    """Drop what can't end an address: punctuation, a lone `}`, letters that aren't ASCII (R18)."""
    closing, opening = address.find("}"), address.find("{")
    closed_first = closing >= 0 and (opening < 0 or closing < opening)
    kept = re.compile("[A-Za-z0-9/]" if closed_first else "[A-Za-z0-9/}]")
    end = len(address)
    while end and not kept.match(address, end - 1):
        end -= 1
        if closed_first and end <= closing:
            closed_first, kept = False, re.compile("[A-Za-z0-9/}]")
    return address[:end]


LONGEST_DEFAULT = 4_000  # characters


def defaults(text: str) -> set[str]:
    """Return what stands between a `|` and a `}`, from each `|` on: possible defaults."""
    ended = (before for line in text.split("\n") for before in line.split("}")[:-1])
    return {
        before[bar.end() :]
        for before in ended
        for bar in re.finditer(r"\|", before)
        if 0 < len(before) - bar.end() <= LONGEST_DEFAULT
    }


def with_default(text: str, address: str) -> list[str]:
    """Return the tokens of which this address is the default: `{name|address}` (R19)."""
    ending, tokens, end = f"|{address}}}", [], 0
    at = text.find(ending)
    while at >= 0:
        start = text.find("{", max(end, text.rfind("\n", 0, at) + 1), at)
        if start >= 0:
            end = at + len(ending)
            tokens.append(text[start:end])
        at = text.find(ending, max(end, at + 1))
    return tokens
