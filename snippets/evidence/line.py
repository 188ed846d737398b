"""One request, as a record of a log or a transcript tells of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

_V4 = re.compile(r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}")
_NUMBER_OF_GREP = re.compile(r"^(?:[0-9]*:)+(?=(?:[23][0-9a-f]{3}|f[cde][0-9a-f]{2}):)")


@dataclass(frozen=True, slots=True)
class Line:
    """One request: address, method, path, status, user agent; `at` is None if unreadable.

    `status` is 0 where the record doesn't say it. `headers` are those of the request, `answer`
    those of the response; names in lower case.
    """

    number: int
    text: str
    path: str
    status: int
    ip: str = ""
    method: str = "GET"
    agent: str = ""
    at: datetime | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    answer: Mapping[str, str] = field(default_factory=dict)


def plain_ip(text: str) -> str:
    """Return an address without what `grep` put before it (`12:`) or the port behind it."""
    if v4 := _V4.search(text):
        return v4[0]
    return _NUMBER_OF_GREP.sub("", text.strip("[]"))
