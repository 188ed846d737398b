"""Clicks that a mail provider reports as events, in the JSON of each of them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .line import Line, plain_ip
from .objects import as_dict, flattened
from .times import point_in_time

LINKS = ("link", "url", "OriginalLink", "target_link_url")
TIMES = ("timestamp", "receivedat", "tsevent", "time")
CLICKS = ("click", "clicked")


def of_event(number: int, record: str, event: Mapping[str, Any]) -> Line | None:
    """The click that a provider reports as an event; its status is the provider's, so 0."""
    event = next((each for each in map(as_dict, within(event)) if is_click(each)), event)
    inner = event.get("click")
    click = inner if isinstance(inner, dict) else event if is_click(event) else {}
    link = str(next((click[name] for name in LINKS if name in click), ""))
    values = {re.sub("[^a-z.]", "", name.lower()): v for name, v in flattened(click)}
    ip, agent, time = (
        next((v for ending in names for name, v in values.items() if name.endswith(ending)), "")
        for names in (("ipaddress", "ip"), ("useragent", "agent"), TIMES)
    )
    if not link.startswith("http") or not ip:
        return None
    return Line(number, record, link, 0, plain_ip(str(ip)), "GET", str(agent), point_in_time(time))


def within(event: Mapping[str, Any]) -> Iterator[Any]:
    """Yield what an event is wrapped in: `event-data` of Mailgun, `msys` of SparkPost."""
    yield as_dict(event.get("event-data"))
    yield as_dict(event.get("msys")).get("track_event")


def is_click(event: Mapping[str, Any]) -> bool:
    """Whether an event says that it is a click: of SendGrid, Mailjet, Mailgun, Postmark."""
    return any(str(event.get(name)).lower() in CLICKS for name in ("event", "RecordType", "type"))
