"""Mautic's settings, however they are written: lines of `local.php`, or of an environment."""

import pytest

from snippets import agents
from snippets.evidence import settings
from snippets.evidence.facts import Facts

PHP = """<?php
$parameters = array(
\t'db_port' => 3306,
\t'site_url' => 'https://m.acme.example',
\t'mailer_append_tracking_pixel' => true,
\t'disable_trackable_urls' => 0,
\t"mailer_from_name" => "Acme's shop",
\t'do_not_track_ips' => array(
\t\t0 => '203.0.113.7',
\t\t'1' => "198.51.100.0/24",
\t),
\t'do_not_track_bots' => ['MSNBOT', "Bing"],
\t'cache_adapter' => mautic.cache.adapter-x,
\t'messenger_dsn_hit' => 'doctrine://default',
\t'empty' => '',
);
"""
READ = {
    "db_port": "3306",
    "site_url": "https://m.acme.example",
    "mailer_append_tracking_pixel": "true",
    "disable_trackable_urls": "0",
    "mailer_from_name": "Acme's shop",
    "do_not_track_ips": ("203.0.113.7", "198.51.100.0/24"),
    "do_not_track_bots": ("MSNBOT", "Bing"),
    "cache_adapter": "mautic.cache.adapter-x",
    "messenger_dsn_hit": "doctrine://default",
    "empty": "",
}


def test_the_file_is_read_whole_with_the_line_of_each_setting() -> None:
    assert settings.read(PHP) == READ
    assert settings.read(PHP.replace("array(", "[").replace("),", "],")) == READ
    assert settings.is_file(PHP)
    lines = PHP.split("\n")
    found = settings.lines(PHP)
    assert list(found) == list(READ)
    assert all(lines[number - 1].strip() == line for number, line in found.values())
    assert [number for number, _ in found.values()] == [3, 4, 5, 6, 7, 8, 12, 13, 14, 15]


def test_a_list_over_lines_is_read_whole_beside_a_log() -> None:
    log = '198.51.100.7 - - [12/Mar/2024:09:14:03 +0000] "GET /mtc.js HTTP/1.1" 200 9 "-" "a/1"\n'
    pasted = f"{log}--- local.php\n\n{PHP.partition('$parameters = array(')[2]}"
    assert Facts.read([("x", pasted)]).settings == READ
    assert Facts.read([("x", pasted + "<p>Hello</p>")]).settings == READ


KNOWN = [
    *("site_url", "disable_trackable_urls", "mailer_append_tracking_pixel", "anonymize_ip"),
    *("messenger_dsn_hit", "messenger_dsn_email", "do_not_track_ips", "do_not_track_bots"),
    *("show_contact_preferences", "track_contact_by_ip", "unsubscribe_text", "webview_text"),
    *("cors_restrict_domains", "cors_valid_domains"),
]


@pytest.mark.parametrize("key", KNOWN)
def test_one_line_of_a_setting_that_tells_of_tracking_is_enough(key: str) -> None:
    assert settings.read(f"'{key}' => 'x',") == {key: "x"}
    assert settings.read("'locale' => 'fr',") == {}
    assert settings.lines(f"'{key}'=>'x',") == {key: (1, f"'{key}'=>'x',")}
    assert settings.lines(f"'{key}'  =>'x',") == {key: (1, f"'{key}'  =>'x',")}
    assert settings.read(f"'locale' => 'fr',\n'{key}' => 1") == {"locale": "fr", key: "1"}


OPENINGS = ("$parameters = array(", "$parameters=[", "$parameters  =  array  (")


@pytest.mark.parametrize("opening", OPENINGS)
def test_the_beginning_of_the_file_makes_any_line_a_setting(opening: str) -> None:
    assert settings.read(f"{opening}\n'locale' => 'fr',") == {"locale": "fr"}


VARIABLES = {
    "MAUTIC_SITE_URL=https://m.acme.example": "https://m.acme.example",
    "export MAUTIC_SITE_URL='https://m.acme.example'": "https://m.acme.example",
    "ENV MAUTIC_SITE_URL https://m.acme.example": "https://m.acme.example",
    "  - MAUTIC_SITE_URL=https://m.acme.example": "https://m.acme.example",
    '  "MAUTIC_SITE_URL": https://m.acme.example': None,
    "      MAUTIC_SITE_URL: https://m.acme.example": "https://m.acme.example",
    "-e MAUTIC_SITE_URL=https://m.acme.example": "https://m.acme.example",
    "-eMAUTIC_SITE_URL=https://m.acme.example  ": "https://m.acme.example",
    'MAUTIC_SITE_URL="https://m.acme.example"': "https://m.acme.example",
    "MAUTIC_SITE_URL=$HOST": None,
    "MAUTIC_SITE_URL=": None,
    "# MAUTIC_SITE_URL=https://m.acme.example": None,
    "mautic_site_url=https://m.acme.example": None,
}


@pytest.mark.parametrize(("line", "value"), VARIABLES.items())
def test_a_variable_is_read_as_shells_and_compose_files_write_it(
    line: str, value: str | None
) -> None:
    assert settings.read(f"A=1\n{line}\nB=2") == ({"site_url": value} if value else {})
    said = {"site_url": (2, line.strip())} if value else {}
    assert settings.lines(f"A=1\n{line}\nB=2") == said


LISTS = {
    "[\"203.0.113.7\", '10.0.0.1']": ("203.0.113.7", "10.0.0.1"),
    "'[\"203.0.113.7\"]'": ("203.0.113.7",),
    "[]": (),
    "[x": "[x",
    "x]": "x]",
}


@pytest.mark.parametrize(("written", "value"), LISTS.items())
def test_the_list_of_a_variable_is_json(written: str, value: settings.Setting) -> None:
    found = settings.read(f"MAUTIC_DO_NOT_TRACK_IPS={written}")
    assert found == {"do_not_track_ips": value}


def test_a_list_that_is_filled_in_elsewhere_is_not_read() -> None:
    assert settings.read("MAUTIC_DO_NOT_TRACK_IPS='[\"$IP\"]'") == {}


@pytest.mark.parametrize("before", ["// ", "# ", "/* ", '"x" => ', "text ", "." * 21])
def test_a_comment_or_another_value_is_no_setting(before: str) -> None:
    assert settings.read(f"{before}'site_url' => 'x'") == {}


@pytest.mark.parametrize("before", ["", "  ", "> ", "- ", "+\t", "." * 20])
def test_a_few_signs_may_stand_before_a_setting(before: str) -> None:
    assert settings.read(f"{before}'site_url' => 'x'") == {"site_url": "x"}


def test_what_has_tags_besides_is_no_file_of_settings() -> None:
    assert settings.is_file("'unsubscribe_text' => '<a href=\"|URL|\">x</a>',")
    assert settings.is_file("MAUTIC_UNSUBSCRIBE_TEXT=<a href='|URL|'>x</a>\n")
    for other in ("<p>x</p>", "</p>", "<!-- x -->", "<!DOCTYPE html>"):
        assert not settings.is_file(f"'site_url' => 'x',\n{other}")
    assert settings.is_file("<?php\n'site_url' => 'x',\n1 < 2")
    assert not settings.is_file("<?php\n")


def test_of_a_long_file_so_much_is_read() -> None:
    line = "'site_url' => 'x'\n"
    room = "\n" * (200_000 - len(line))
    assert settings.read(room + line) == {"site_url": "x"}
    assert settings.lines(room + line) == {"site_url": (len(room) + 1, line.strip())}
    assert settings.read("\n" * 4 + room + line) == {}
    assert settings.lines("\n" * 4 + room + line) == {}


OFF = ("0", "false", "False", "null", "off", "no", "NO")


@pytest.mark.parametrize("value", OFF)
def test_a_setting_is_off(value: str) -> None:
    assert settings.is_on(value) is False


@pytest.mark.parametrize("value", ["1", "true", "on", "yes", "00"])
def test_a_setting_is_on(value: str) -> None:
    assert settings.is_on(value) is True


@pytest.mark.parametrize("value", [None, "", (), ("1",)])
def test_a_setting_may_say_nothing(value: settings.Setting | None) -> None:
    assert settings.is_on(value) is None


ANSWERED = {
    "'site_url' => 'https://m.acme.example'": {"site-url": "https://m.acme.example"},
    "'site_url' => ''": {},
    "'site_url' => ['x']": {},
    "'disable_trackable_urls' => 1": {"trackable-urls-disabled": "yes"},
    "'disable_trackable_urls' => false": {"trackable-urls-disabled": "no"},
    "'disable_trackable_urls' => ''": {},
    "'messenger_dsn_hit' => 'sync://'": {"queue": "sync"},
    "'messenger_dsn_hit' => 'doctrine://default'": {"queue": "async"},
    "'messenger_dsn_hit' => ''": {},
    "'messenger_dsn_hit' => ['x']": {},
    "'anonymize_ip' => 1": {},
}


@pytest.mark.parametrize(("line", "answers"), ANSWERED.items())
def test_settings_answer_questions_and_are_quoted(line: str, answers: dict[str, str]) -> None:
    assert settings.answers(settings.read(line)) == answers
    facts = Facts.read([("local.php", f"\n{line}")])
    assert facts.answers == answers
    assert [(q.text, q.line, q.source) for q in facts.told.values()] == [
        (line, 2, "local.php") for _ in answers
    ]
    assert list(facts.told) == list(answers)


SAID = [
    ("site-url", "site_url", "https://other.example"),
    ("queue", "messenger_dsn_hit", "sync"),
    ("trackable-urls-disabled", "disable_trackable_urls", "no"),
]


@pytest.mark.parametrize(("key", "setting", "said"), SAID)
def test_what_the_reader_answers_counts_more_than_a_setting(
    key: str, setting: str, said: str
) -> None:
    facts = Facts.read([("local.php", f"'{setting}' => '1'")], answers={key: said})
    assert facts.answers[key] == said
    assert facts.told == {}


def test_the_whole_list_of_bots_is_read_as_mautic_writes_it() -> None:
    listed = [*agents.lists()["mautic"], "Edg"]
    escaped = (each.replace("\\", "\\\\").replace("'", "\\'") for each in listed)
    text = "'do_not_track_bots' => [\n" + "".join(f"\t'{each}',\n" for each in escaped) + "],\n"
    assert any("'" in each for each in listed)
    assert settings.read(f"{text}'site_url' => 'https://m.acme.example',") == {
        "do_not_track_bots": tuple(listed),
        "site_url": "https://m.acme.example",
    }


COMMENTED = """'do_not_track_ips' => array(
    0 => '10.0.0.1',  // our (old) gateway, l'école
    // 1 => '10.0.0.2',
    /* 2 => '10.0.0.3', */
    3 => "10.0.0.4#", # x
    {}
'anonymize_ip' => 0,
"""


@pytest.mark.parametrize("end", ["),", "...", "…", ""])
def test_comments_are_no_part_of_a_list_nor_is_its_end_needed(end: str) -> None:
    text = COMMENTED.format(end)
    assert settings.read(text) == {
        "do_not_track_ips": ("10.0.0.1", "10.0.0.4#"),
        "anonymize_ip": "0",
    }
    assert settings.spanned(text) >= {1, 2, 3, 4, 5, 7}
    assert settings.spanned("nothing\nof Mautic's") == set()
