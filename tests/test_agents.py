"""User agents: the whole lists of bots, and the question "does this agent count?"."""

import json
import re
import time

import pytest

from matomo_bots import made, readable
from snippets import agents, hits, releases
from snippets.__main__ import main

GMAIL = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"


def test_the_lists_are_whole() -> None:
    assert len(agents.lists()["mautic"]) == 389
    assert len(agents.matomos()) == 843


def test_each_entry_is_an_expression_with_a_name() -> None:
    for bot in agents.matomos():
        assert re.compile(bot.expression, re.I | re.A)
        assert bot.name


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (GMAIL, "Gmail Image Proxy"),
        ("YahooMailProxy; https://help.yahoo.com/kb/", "Yahoo! Mail Proxy"),
        ("barracuda sentinel (ee)", "Barracuda Sentinel"),
        ("360Spider-Image", "360Spider-Image"),
        ("x/1 _AcoonBot", "Acoon"),
        ("MyOwnBot/1.0", "Generic Bot"),
    ],
)
def test_the_entry_of_matomos_list(agent: str, name: str) -> None:
    bot = agents.matomo_bot(agent)
    assert bot is not None
    assert agents.name_of(bot, agent) == name


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Mozilla/5.0",
        hits.BROWSER,
        "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)",
        "xBarracuda Sentinel",
        "x-AcoonSpeed",
        "Cubot Note 7",
    ],
)
def test_what_matomo_takes_for_no_bot(agent: str) -> None:
    assert agents.matomo_bot(agent) is None


def test_the_first_entry_that_fits_is_found() -> None:
    alone = {bot: alone_as(bot) for bot in agents.matomos()}
    for bot in agents.matomos()[:40]:
        agent = re.sub(r"\\(.)", r"\1", bot.expression)
        first = next((each for each, entry in alone.items() if entry.search(agent)), None)
        assert agents.matomo_bot(agent) == first


def alone_as(bot: agents.Bot) -> re.Pattern[str]:
    """Return the expression of one entry that is tried alone."""
    return re.compile(f"{agents.WORD}(?:{bot.expression})", re.I | re.A)


@pytest.mark.parametrize(
    "agent", ["a" * 100_000, "Google " * 20_000, "ias-va " * 70 + "admantx " * 70, "_-" * 50_000]
)
def test_judging_a_hostile_agent_ends(agent: str) -> None:
    # Not a timing: an expression that tries all ways through a text takes minutes here.
    start = time.process_time()
    agents.matomo_bot(agent)
    assert time.process_time() - start < 30


def test_mautics_list_knows_the_case_of_letters() -> None:
    assert hits.click_counts(hits.Request(user_agent="Wget/1.21"), "5.2").entry == "Wget"
    assert hits.click_counts(hits.Request(user_agent="WGET/1.21"), "5.2").counted


def test_an_emptied_list_is_not_the_default_one() -> None:
    agent = agents.lists()["ratio"][0]
    emptied = hits.Request(user_agent=agent, default_agents=False)
    assert hits.open_counts(emptied, "6.0").counted
    at_once = hits.Request(user_agent=agent, default_agents=False, seconds_after_send=1)
    assert hits.open_counts(at_once, "6.0").reason == "bot-ratio"
    assert hits.click_counts(at_once, "5.2").counted
    own = hits.Request(user_agent="Corp/1", default_agents=False, excluded_agents=("Corp",))
    assert hits.click_counts(own, "5.2").entry == "Corp"


def test_an_agent_by_release() -> None:
    dropped = {row.release: row for row in hits.by_release(GMAIL) if not row.is_counted}
    assert list(dropped) == [x for x in releases.LINES if releases.find(x).has("matomo-bots")]
    assert dropped["7.2"].evidence == "reported"
    opens = [row.release for row in hits.by_release("Wget/1.21") if row.open.counted]
    assert opens == ["4.4", "5.0", "5.1", "5.2"]


def test_the_command_tells_the_entry(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agent", GMAIL, "--lang", "en"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["Version", "Open", "Click", "Why"]
    assert lines[7].startswith("7.1")
    assert lines[7].endswith("on Matomo’s list of bots as Gmail Image Proxy")
    assert any(line.startswith("Mautic 7.2.1: known from") for line in lines[-4:])


def test_the_command_for_scripts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agent", "Mozilla/5.0", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [row["release"] for row in answer["releases"]] == list(releases.LINES)
    assert main(["agent", " "]) == 2
    assert main(["agent", "x", "--lang", "xx"]) == 2
    errors = capsys.readouterr().err.splitlines()
    assert errors[0] == "The user agent is empty. Enter it as the access log shows it."


def test_the_data_file_is_made_so_that_python_can_read_it() -> None:
    assert readable(r"(?<!cu|a[b|c])bot(?!s)|(?<!P)x") == r"(?<!cu)(?<!a[b|c])bot(?!s)|(?<!P)x"
    data = made([{"regex": "(?<!a|bc)d", "name": "D", "url": ""}], "a list")
    assert data["bots"] == {"(?<!a)(?<!bc)d": "D"}
    assert "LGPL-3.0-or-later" in data["licence"]
