"""The headers that HAProxy was told to capture: `{host|agent}` before a request, and their names.

A block for the request stands before one for the answer; of one alone only its values tell which
it is, unless the lines of the configuration that name the headers are there, too.
"""

import re

MARKS = ("capture request", "capture response", "http-request capture", "http-response capture")
_BEGINS = re.compile(r"[0-9]/[0-9]+ (?=\{)")  # behind the lengths of two queues
_BETWEEN = re.compile(r"\} ?\{")
_NAMED = re.compile(
    r"\bcapture[ \t]+(?P<side>request|response)[ \t]+header[ \t]+(?P<name>[\w-]+)"
    r"|\bhttp-(?P<of>request|response)[ \t]+capture[ \t]+re[qs]\.hdr\((?P<header>[\w-]+)\)"
)
_AGENT = re.compile(r"[\w.-]+/[0-9]")
# What stands in `Server` and `X-Powered-By` of an answer looks like a user agent.
_SERVER = re.compile(r"(?i)(?:nginx|apache|openresty|litespeed|microsoft-iis|caddy|envoy|php)\b")


def blocks(before: str) -> list[list[str]]:
    """Return the values of each block that stands before a request."""
    begun, before = _BEGINS.search(before), before.rstrip()
    if not begun or not before.endswith("}"):
        return []
    return [block.split("|") for block in _BETWEEN.split(before[begun.end() + 1 : -1])]


def agent(before: str) -> str:
    """Return the user agent among the captured headers of a request, "" without one."""
    values = (value for block in blocks(before)[:1] for value in block)
    agents = (value for value in values if _AGENT.match(value) and not _SERVER.match(value))
    return next(agents, "")


class Captures:
    """The names of the captured headers, as lines of the configuration tell them in their order."""

    def __init__(self) -> None:
        self._names: dict[str, list[str]] = {"request": [], "response": []}

    @property
    def are_told(self) -> bool:
        """Whether any captured header was named."""
        return any(self._names.values())

    def take(self, line: str) -> bool:
        """Take in a line that names a captured header; False for any other line."""
        found = _NAMED.search(line)
        if found:
            name = found["name"] or found["header"]
            self._names[found["side"] or found["of"]].append(name.lower())
        return found is not None

    def read(self, line: str) -> dict[str, dict[str, str]]:
        """Return the captured headers of a line by their side and name, {} if they don't fit."""
        before, _, _ = line.rpartition(' "')
        told = [(side, names) for side, names in self._names.items() if names]
        found = blocks(f"{before} ") if told else []
        if [len(values) for values in found] != [len(names) for _, names in told]:
            return {}
        return {
            side: {name: value for name, value in zip(names, values, strict=True) if value}
            for (side, names), values in zip(told, found, strict=True)
        }
