"""Whatever a log's count calls not counted leads to a cause; nothing is blamed where all counts.

The log is generated: who asks, with which headers, in which format, in which release.
"""

import json
from dataclasses import dataclass
from functools import partial
from operator import attrgetter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.mails import HASH, click
from snippets import agents, traffic
from snippets.diagnosis import Diagnosis, examine, named
from snippets.evidence.facts import Facts
from snippets.evidence.kept import in_question
from snippets.evidence.questions import MISSING
from snippets.hits import BROWSER

# What says why a request isn't counted, by the cause that tells it.
CAUSES = {
    "privacy-signal": "privacy-signal",
    "head-request": "privacy-signal",
    "prefetch": "privacy-signal",
    "listed-bot": "valid-hits-filtered",
    "matomo-bot": "valid-hits-filtered",
    "blocked-fifteen-seconds": "blocked-fifteen-seconds",
}
PROXIES = ("GoogleImageProxy", "YahooMailProxy")  # through which people open
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:152.0) Gecko/20100101 Firefox/152.0"
GMAIL = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
AGENTS = (BROWSER, FIREFOX, GMAIL, "Googlebot/2.1 (+http://www.google.com/bot.html)", "MSNBOT")
SIGNALS: tuple[dict[str, str], ...] = (
    {},
    {"DNT": "1"},
    {"DNT": "0"},
    {"Sec-GPC": "1"},
    {"Sec-Purpose": "prefetch"},
    {"Purpose": "prerender"},
)
RELEASES = ("", "4.4.13", "5.2.10", "6.0.8", "7.0.2", "7.1.3", "7.2.1")
EXCLUDED = "203.0.113.9"
SETTINGS = f"<?php\n$parameters = array(\n\t'do_not_track_ips' => array('{EXCLUDED}'),\n);\n"


@dataclass(frozen=True)
class Asked:
    """A request of a generated log."""

    path: str
    agent: str
    method: str
    headers: dict[str, str]
    ip: str
    second: int

    @property
    def status(self) -> int:
        """What Mautic answers."""
        return 200 if ".gif" in self.path else 302

    def in_nginx(self) -> str:
        """Return it as a line of an access log, its signals in fields behind the agent."""
        fields = "".join(f' {name.lower()}="{value}"' for name, value in self.headers.items())
        return (
            f"{self.ip} - - [12/Mar/2024:10:{self.second // 60:02}:{self.second % 60:02} +0000] "
            f'"{self.method} {self.path} HTTP/1.1" {self.status} 43 "-" "{self.agent}"{fields}\n'
        )

    def in_json(self) -> str:
        """Return it as a line of JSON, as Caddy writes one."""
        request = {
            "remote_ip": self.ip,
            "method": self.method,
            "uri": self.path,
            "headers": {"User-Agent": [self.agent]} | {n: [v] for n, v in self.headers.items()},
        }
        line = {"ts": 1_710_237_600 + self.second, "request": request, "status": self.status}
        return json.dumps(line) + "\n"

    def in_developer_tools(self) -> str:
        """Return it as the network panel of a browser copies it."""
        headers = {"Host": "m.acme.example", "User-Agent": self.agent, **self.headers}
        lines = [f"{name}: {value}" for name, value in headers.items()]
        asked = "\n".join([f"{self.method} {self.path} HTTP/1.1", *lines])
        return f"{asked}\n\nHTTP/1.1 {self.status}\nServer: nginx\n\n"


REQUESTS = st.builds(
    Asked,
    st.sampled_from([f"/email/{HASH}.gif", click()]),
    st.sampled_from(AGENTS),
    st.sampled_from(["GET", "GET", "HEAD"]),
    st.sampled_from(SIGNALS),
    st.sampled_from([EXCLUDED, "198.51.100.7", "192.0.2.44"]),
    st.sampled_from(range(0, 3_600, 200)),  # two of them are minutes apart
)
SECOND = attrgetter("second")
LOGS = st.lists(REQUESTS, min_size=1, max_size=6, unique_by=SECOND).map(partial(sorted, key=SECOND))


def lost(facts: Facts, found: Diagnosis) -> set[str]:
    """Return the causes that the requests of a log call for and that aren't named.

    A robot among others is rightly not counted: nobody misses it.
    """
    fates = [(visit, traffic.fate_of(facts, visit)) for visit in in_question(facts)]
    told = {finding.cause for finding in found.findings} | set(found.aside)
    wanted = {
        CAUSES[fate.reason]
        for visit, fate in fates
        if not fate.counted
        and not (is_robot(visit.line.agent) and any(is_person(v.line.agent) for v, _ in fates))
    }
    return wanted - told


def is_robot(agent: str) -> bool:
    """Whether an agent is a robot's, and no proxy's through which people open."""
    known = agents.listed(agent, agents.lists()["mautic"]) or agents.matomo_bot(agent)
    return bool(known) and not any(proxy in agent for proxy in PROXIES)


def is_person(agent: str) -> bool:
    """Whether an agent isn't a robot's."""
    return not is_robot(agent)


@pytest.mark.slow
@settings(deadline=None, max_examples=400)
@given(
    LOGS,
    st.sampled_from([Asked.in_nginx, Asked.in_json, Asked.in_developer_tools]),
    st.sampled_from(RELEASES),
    st.sampled_from([None, *MISSING]),
    st.booleans(),
)
def test_what_is_not_counted_has_a_cause(log, written, release, symptom, is_excluding) -> None:  # type: ignore[no-untyped-def]
    evidence: list[tuple[str, str | bytes]] = [("access.log", "".join(map(written, log)))]
    evidence += [("local.php", SETTINGS)] if is_excluding else []
    answers = {"release": release, "symptom": symptom}
    facts = Facts.read(named(evidence), None, {k: v for k, v in answers.items() if v})
    found = examine(facts)
    assert lost(facts, found) == set()
    blamed = {finding.cause: str(finding.certainty) for finding in found.findings}
    if not traffic.uncounted(facts) and release:
        assert "sure" not in {blamed.get(cause) for cause in CAUSES.values()}
        assert "privacy-signal" not in blamed or symptom
    if traffic.uncounted(facts) and is_excluding:
        excluded = [v for v in facts.visits if v.line.ip == EXCLUDED]
        hit = [v for v in excluded if traffic.is_by_address(facts, v)]
        assert not hit or "valid-hits-filtered" in blamed
