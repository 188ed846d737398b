"""User agents: which are on Mautic's list of bots, and which on Matomo's."""

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

LONGEST_AGENT = 1_000  # signs looked at; the longest agent of a mail client seen has 400
# Where a word begins; Matomo also knows two makers' prefixes, and `_` behind another sign.
WORD = r"(?:^|[^A-Z0-9_-]|[^A-Z0-9-]_|sprd-|MZ-)"

# The proxies through which people see images: what they load, somebody opened.
MAIL_PROXIES = re.compile("GoogleImageProxy|YahooMailProxy")


class Bot(NamedTuple):
    """An entry of Matomo's list: its expression, and what it calls the bot."""

    expression: str
    name: str


@lru_cache
def lists() -> dict[str, list[str]]:
    """Return Mautic's own lists: "mautic", its default bots, and "ratio", those of the ratio."""
    found: dict[str, list[str]] = json.loads(
        Path(__file__).with_name("bots.json").read_text("utf-8")
    )
    return found


@lru_cache
def matomos() -> list[Bot]:
    """Return Matomo's list, in its order."""
    data = json.loads(Path(__file__).with_name("matomo-bots.json").read_text("utf-8"))
    return [Bot(*entry) for entry in data["bots"].items()]


# --8<-- [start:listed]
def listed(agent: str, entries: Iterable[str]) -> str:
    """Return the first entry that is a piece of the agent, in the same case; "" for none (L5b)."""
    return next((entry for entry in entries if entry in agent), "")


# --8<-- [end:listed]


# --8<-- [start:matomo]
@lru_cache
def matomo_bot(agent: str) -> Bot | None:
    """Return the first entry of Matomo's list that fits where a word begins (V5, V6)."""
    agent, bots = agent[:LONGEST_AGENT], matomos()
    if not fitting(0, len(bots)).search(agent):
        return None
    start, end = 0, len(bots)
    while end - start > 1:  # halve the list: to try each entry alone takes ten times as long
        middle = (start + end) // 2
        start, end = (start, middle) if fitting(start, middle).search(agent) else (middle, end)
    return bots[start]


# --8<-- [end:matomo]


@lru_cache
def fitting(start: int, end: int) -> re.Pattern[str]:
    """Return one expression for a piece of Matomo's list."""
    expressions = "|".join(bot.expression for bot in matomos()[start:end])
    return re.compile(f"{WORD}(?:{expressions})", re.I | re.A)


def name_of(bot: Bot, agent: str) -> str:
    """Return what Matomo calls a bot; where that depends on the agent, its own words."""
    found = re.search(f"{WORD}(?:{bot.expression})", agent[:LONGEST_AGENT], re.I | re.A)
    return found.expand(bot.name) if found else bot.name
