"""What one record of a log tells, piece by piece: each way in which formats write it."""

import json
from datetime import UTC, datetime
from itertools import combinations
from typing import Any

import pytest

from cases.mails import AGENT, HASH, REDIRECT
from snippets.evidence import formats
from snippets.evidence.formats import of_values, requests_of
from snippets.evidence.line import Line, plain_ip
from snippets.evidence.times import point_in_time

PIXEL = f"/email/{HASH}.gif"
AT = datetime(2024, 3, 12, 10, 0, 2, tzinfo=UTC)
TIMES = {
    "12/Mar/2024:10:00:02 +0000": "2024-03-12T10:00:02+00:00",
    "12/Mar/2024:10:00:02 +0130": "2024-03-12T10:00:02+01:30",
    "12/Mar/2024:10:00:02 +1030": "2024-03-12T10:00:02+10:30",
    "12/Mar/2024:10:00:02 -0745": "2024-03-12T10:00:02-07:45",
    "12/Mar/2024:10:00:02": "2024-03-12T10:00:02+00:00",
    "31/Dec/2023:23:59:58.655": "2023-12-31T23:59:58+00:00",
    " 01/Jan/2024:10:00:02 +0000 ": "2024-01-01T10:00:02+00:00",
    "Tue Mar 12 10:00:02 2024": "2024-03-12T10:00:02+00:00",
    "Tue Mar 12 10:00:02.123456 2024": "2024-03-12T10:00:02+00:00",
    "2024-03-12T10:00:02Z": "2024-03-12T10:00:02+00:00",
    "2024-03-12T10:00:02.5+02:00": "2024-03-12T10:00:02.500000+02:00",
    "2024-03-12T10:00:02.123456789Z": "2024-03-12T10:00:02.123456+00:00",
    "2024-03-12 10:00:02": "2024-03-12T10:00:02+00:00",
    "2024/03/12 10:00:02": "2024-03-12T10:00:02+00:00",
    "1710237602": "2024-03-12T10:00:02+00:00",
    "1710237602.500": "2024-03-12T10:00:02.500000+00:00",
    "1710237602000": "2024-03-12T10:00:02+00:00",
    "1710237602000000": "2024-03-12T10:00:02+00:00",
    "1710237602000000000": "2024-03-12T10:00:02+00:00",
    "100000000000": "5138-11-16T09:46:40+00:00",
    "100000000001": "1973-03-03T09:46:40.001000+00:00",
}
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@pytest.mark.parametrize(("said", "at"), TIMES.items())
def test_a_time_is_read_as_logs_write_it(said: str, at: str) -> None:
    found = point_in_time(said)
    assert found is not None
    assert found.isoformat() == at


@pytest.mark.parametrize("month", MONTHS)
def test_each_month_is_known(month: str) -> None:
    assert point_in_time(f"12/{month}/2024:10:00:02") == AT.replace(month=MONTHS.index(month) + 1)


def test_a_small_number_is_a_time_too() -> None:
    assert point_in_time(60) == datetime(1970, 1, 1, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize("seconds", [1710237602, 1710237602.0, 1710237602000])
def test_a_number_is_a_time(seconds: float) -> None:
    assert point_in_time(seconds) == AT


NO_TIMES = ["", "x", "12/Foo/2024:10:00:02", "99/Mar/2024:10:00:02", "Tue Foo 12 10:00:02 2024"]


@pytest.mark.parametrize(
    "said", [*NO_TIMES, None, [], "17102376", "9" * 20, float("inf"), float("nan"), 1e30]
)
def test_what_is_no_time_is_unknown(said: object) -> None:
    assert point_in_time(said) is None


# The names that servers and services give to each value, as their manuals write them.
NAMES = {
    "path": "ClientRequestURI RequestPath request_uri requestUrl cs-uri-stem uri path url request",
    "query": "cs-uri-query query_string ClientRequestQuery args",
    "status": "EdgeResponseStatus DownstreamStatus elb_status_code sc-status response_status"
    " statusCode http_code status",
    "method": "ClientRequestMethod cs-method method",
    "agent": "cs(User-Agent) agent",
    "ip": "ClientIP ClientHost remoteIp remote_addr c-ip fwd client_addr client ip",
    "time": "EdgeStartTimestamp StartUTC time_iso8601 time_local timestamp datetime time ts",
}
VALUES = {
    "path": "/r/1",
    "query": "ct=x",
    "status": "403",
    "method": "HEAD",
    "agent": "Acme/1.0 mail",
    "ip": "203.0.113.9",
    "time": "2024-03-12T10:00:02Z",
}
COMPLETE = Line(7, "record", "/r/1?ct=x", 403, "203.0.113.9", "HEAD", "Acme/1.0 mail", AT)
ALL_NAMES = [(key, name) for key, names in NAMES.items() for name in names.split()]


def without(key: str) -> dict[str, str]:
    """Return the values of a request by names of our own, but for one."""
    named = {"path": "url", "time": "ts"}
    return {named.get(name, name): value for name, value in VALUES.items() if name != key}


@pytest.mark.parametrize(("key", "name"), ALL_NAMES)
def test_a_value_is_known_by_each_of_its_names(key: str, name: str) -> None:
    named = without(key) | {name: VALUES[key]}
    assert of_values(7, "record", named) == COMPLETE
    outer = {f"a.b.{name}": value for name, value in named.items()}
    assert of_values(7, "record", outer) == COMPLETE


@pytest.mark.parametrize("key", NAMES)
def test_of_several_names_the_most_exact_one_counts(key: str) -> None:
    for better, worse in combinations(NAMES[key].split(), 2):
        both = without(key) | {worse: "of another", better: VALUES[key]}
        assert of_values(7, "record", both) == COMPLETE, (better, worse)


def test_a_name_that_is_exact_counts_more_than_one_that_only_ends_like_it() -> None:
    found = of_values(
        1, "x", {"cache_status": "HIT", "a.myurl": "no", "url": "/r/1", "status": 200}
    )
    assert (found and (found.path, found.status)) == ("/r/1", 200)


@pytest.mark.parametrize("nothing", [None, "", "-"])
def test_a_value_that_says_nothing_is_missing(nothing: object) -> None:
    found = of_values(1, "x", {"url": "/r/1", "status": 200, "agent": nothing, "ip": nothing})
    assert found == Line(1, "x", "/r/1", 200)
    assert of_values(1, "x", {"url": nothing, "status": 200}) is None
    assert of_values(1, "x", {"url": "/r/1", "status": nothing}) is None


@pytest.mark.parametrize("status", ["99", "600", "2000", "20x", "", "٢٠٠"])
def test_a_record_without_a_status_tells_of_no_request(status: str) -> None:
    assert of_values(1, "x", {"url": "/r/1", "status": status}) is None


@pytest.mark.parametrize("status", ["100", "199", "200", "599"])
def test_each_status_is_one(status: str) -> None:
    found = of_values(1, "x", {"url": "/r/1", "status": status})
    assert found is not None
    assert found.status == int(status)


PATHS = {
    "/r/1": ("", "/r/1"),
    "GET /r/1 HTTP/1.1": ("GET", "/r/1"),
    "HEAD /r/1": ("HEAD", "/r/1"),
    "https://m.acme.example/r/1": ("", "https://m.acme.example/r/1"),
    "": ("", ""),
}


@pytest.mark.parametrize(("said", "found"), PATHS.items())
def test_a_path_may_stand_in_a_request_line(said: str, found: tuple[str, str]) -> None:
    assert formats.request_line(said) == found
    line = of_values(1, "x", {"request": said, "status": 200})
    assert (line and (line.method, line.path)) == ((found[0] or "GET", found[1]) if said else None)


@pytest.mark.parametrize("path", ["r/1", "word", "ftp://x", "*"])
def test_what_is_no_path_is_no_request(path: str) -> None:
    assert of_values(1, "x", {"url": path, "status": 200}) is None


def test_a_query_is_put_behind_its_path_once() -> None:
    def path(**named: str) -> str:
        found = of_values(1, "x", {"status": 200, **named})
        return found.path if found else ""

    assert path(url="/r/1", query="ct=x") == "/r/1?ct=x"
    assert path(url="/r/1", query="?ct=x") == "/r/1?ct=x"
    assert path(url="/r/1?ct=y", query="ct=x") == "/r/1?ct=y"
    assert path(url="/r/1", query="-") == "/r/1"


def test_date_and_time_may_stand_apart() -> None:
    apart = {"url": "/r/1", "status": 200, "date": "2024-03-12", "time": "10:00:02"}
    found = of_values(1, "x", apart)
    assert found is not None
    assert found.at == AT
    whole = of_values(1, "x", apart | {"time": "2024-03-12T10:00:02Z", "date": "1999-01-01"})
    assert whole is not None
    assert whole.at == AT


AGENTS = {
    "Acme/1.0 mail": "Acme/1.0 mail",
    "Acme/1.0+mail+(x)": "Acme/1.0 mail (x)",
    "Acme/1.0%20mail": "Acme/1.0 mail",
    "Acme/1.0%2520mail": "Acme/1.0%20mail",
    "C++": "C++",
    "a+b/1": "a+b/1",
    "Acme/1.0": "Acme/1.0",
    "": "",
}


@pytest.mark.parametrize(("written", "agent"), AGENTS.items())
def test_the_blanks_of_an_agent_may_be_written_as_signs(written: str, agent: str) -> None:
    assert formats.decoded_agent(written) == agent


ADDRESSES = {
    "203.0.113.219": "203.0.113.219",
    "203.0.113.219:2817": "203.0.113.219",
    "12:203.0.113.219": "203.0.113.219",
    "access.log:12:203.0.113.219": "203.0.113.219",
    "::ffff:203.0.113.219": "203.0.113.219",
    "[2001:db8::7]": "2001:db8::7",
    "12:2001:db8::7": "2001:db8::7",
    "3:12:fd00::7": "fd00::7",
    "2001:db8::7": "2001:db8::7",
    "": "",
}


@pytest.mark.parametrize(("written", "ip"), ADDRESSES.items())
def test_an_address_is_read_without_what_stands_around_it(written: str, ip: str) -> None:
    assert plain_ip(written) == ip


def logged(
    before: str = "203.0.113.9 - - ", rest: str = ' 498 "-" "Acme/1.0"', status: str = "302"
) -> str:
    """Return a line of an access log."""
    return f'{before}[12/Mar/2024:10:00:02 +0000] "GET /r/1?ct=x HTTP/1.1" {status}{rest}'


ACCESS = Line(1, "", "/r/1?ct=x", 302, "203.0.113.9", "GET", "Acme/1.0", AT)
BEFORE = [
    "203.0.113.9 - - ",
    "203.0.113.9 - jo ",
    "m.acme.example:443 203.0.113.9 - - ",
    "Mar 12 10:00:00 web nginx[7]: 203.0.113.9 - - ",
    "access.log:12:203.0.113.9 - - ",
]


@pytest.mark.parametrize("before", BEFORE)
def test_what_stands_before_an_access_log_is_free(before: str) -> None:
    [found] = requests_of(1, logged(before))
    assert (found.text, *read(found)) == (logged(before), *read(ACCESS))


def read(line: Line) -> tuple[Any, ...]:
    """Return what a line says, without its number and text."""
    said = (line.path, line.status, line.ip, line.method, line.agent, line.at)
    return (*said, line.headers, line.answer)


RESTS = {
    ' 498 "-" "Acme/1.0 (x)"': "Acme/1.0 (x)",
    ' 498 "https://a.example/" "Acme/1.0"': "Acme/1.0",
    ' 498 "-" "a bare word"': "a bare word",
    ' 498 "-" "-" "Acme/1.0"': "Acme/1.0",
    ' 498 "-" ""': "",
    ' 498 "-"': "",
    "": "",
}


@pytest.mark.parametrize(("rest", "agent"), RESTS.items())
def test_the_agent_is_what_looks_like_one_or_the_second_text(rest: str, agent: str) -> None:
    [found] = requests_of(1, logged(rest=rest))
    assert (found.agent, found.status, found.path) == (agent, 302, "/r/1?ct=x")


def test_a_status_has_three_digits() -> None:
    assert requests_of(1, logged(status="3020")) == []
    assert requests_of(1, logged(status="30")) == []


def test_an_access_log_may_be_quoted() -> None:
    line = logged().replace('"', '\\"')
    [found] = requests_of(1, f'{{"log": "{line}"}}')
    assert read(found) == read(ACCESS)
    [escaped] = requests_of(1, f"web: {line}")
    assert read(escaped) == read(ACCESS)


def test_a_host_stands_for_an_address_only_alone() -> None:
    [found] = requests_of(1, logged("dsl-7.acme.example - - "))
    assert found.ip == "dsl-7.acme.example"


SIGNALS = {
    '{"name": "Sec-GPC", "value": "1"}, {"name": "x", "value": "2"}': {"sec-gpc": "1"},
    ' "DNT: 1"': {"dnt": "1"},
    ' "Sec-GPC: 1"': {"sec-gpc": "1"},
    " sec_gpc=1": {"sec-gpc": "1"},
    ' gpc="1"': {"sec-gpc": "1"},
    ' "http_dnt": "0"': {"dnt": "0"},
    ' "Dnt":["1"]': {"dnt": "1"},
    ' "Purpose: prefetch"': {"purpose": "prefetch"},
    ' "Sec-Purpose: prefetch;prerender"': {"sec-purpose": "prefetch;prerender"},
    ' "repurpose: 1" "x-dnt: 1"': {},
    ' "DNT: 1" "Sec-GPC: 1"': {"dnt": "1", "sec-gpc": "1"},
}


@pytest.mark.parametrize(("added", "headers"), SIGNALS.items())
def test_a_format_of_ones_own_may_add_privacy_headers(added: str, headers: dict[str, str]) -> None:
    [found] = requests_of(1, logged(rest=f' 498 "-" "Acme/1.0"{added}'))
    assert found.headers == headers


def error(words: str, head: str = "2024/03/12 10:00:02 [error] 7#7: *1 ") -> str:
    """Return a line of nginx's log of errors."""
    return f'{head}{words}, client: 203.0.113.9, server: m, request: "GET /r/1?ct=x HTTP/1.1"'


WORDS = {
    "access forbidden by rule": 403,
    "Permission denied": 403,
    "limiting requests, excess: 5.2": 503,
    "limiting connections by zone": 503,
    "upstream timed out (110)": 504,
    "upstream prematurely closed connection": 502,
    "connect() failed (111)": 502,
    "no live upstreams": 502,
    "recv() failed (104: Connection reset by peer)": 502,
    "No such file or directory": 404,
    "file does not exist": 404,
    "script not found or unable to stat": 404,
    "unable to stat": 404,
    "rewrite or internal redirection cycle, internal redirect": 500,
    "PHP Fatal error": 500,
    "PHP message: PHP Parse error": 500,
    "PHP Parse error": 500,
    "PHP message: PHP Fatal error": 500,
    "Uncaught Exception": 500,
    "Access denied with code 406 (phase 2)": 406,
    "upstream answered with status 429": 429,
    'http_code="503"': 503,
    "nothing that is known": 0,
}


@pytest.mark.parametrize(("words", "status"), WORDS.items())
def test_the_words_of_an_error_say_the_status(words: str, status: int) -> None:
    [found] = requests_of(1, error(words))
    assert read(found) == ("/r/1?ct=x", status, "203.0.113.9", "GET", "", AT, {}, {})


LEVELS = (
    "ERROR",
    "error",
    "crit",
    "alert",
    "emerg",
    "warn",
    "notice",
    "authz_core:error",
    ":error",
)


@pytest.mark.parametrize("level", LEVELS)
def test_each_level_of_an_error_log_is_known(level: str) -> None:
    [found] = requests_of(1, error("x", f"2024/03/12 10:00:02 [{level}] 7#7: "))
    assert (found.status, found.at) == (0, AT)


@pytest.mark.parametrize("level", ["info", "debug", "errors", "x error"])
def test_other_levels_tell_of_no_request(level: str) -> None:
    assert requests_of(1, error("x", f"2024/03/12 10:00:02 [{level}] 7#7: ")) == []


FILES = (
    f"/r/{REDIRECT}",
    f"/redirect/{REDIRECT}",
    PIXEL,
    f"/email/unsubscribe/{HASH}",
    f"/email/dnc/{HASH}",
    f"/email/resubscribe/{HASH}",
    f"/email/view/{HASH}",
)
APACHE = "[Tue Mar 12 10:00:02.123456 2024] [core:error] [pid 7] [client 203.0.113.9:33] "


@pytest.mark.parametrize("path", FILES)
def test_an_error_log_may_name_the_file_or_the_uri_alone(path: str) -> None:
    by_file = requests_of(1, f"{APACHE}AH00128: File does not exist: /var/www/m{path}")
    by_uri = requests_of(1, f'{APACHE}ModSecurity: Access denied with code 404 [uri "{path}"]')
    for [found] in (by_file, by_uri):
        assert read(found) == (path, 404, "203.0.113.9", "GET", "", AT, {}, {})
    assert requests_of(1, f"File does not exist: /var/www/m{path}") == []
    [bare] = requests_of(1, f"[error] not found: {path}")
    assert read(bare) == (path, 404, "", "GET", "", None, {}, {})


def test_an_error_log_that_names_no_address_of_mautics_tells_nothing() -> None:
    assert requests_of(1, f"{APACHE}AH00128: File does not exist: /var/www/m/logo.gif") == []
    assert requests_of(1, f"{APACHE}AH00128: File does not exist: /var/www/r/abc") == []
    [named] = requests_of(1, f'{APACHE}x: /var/www/m{PIXEL} denied [uri "/mtc.js"]')
    assert (named.path, named.status) == ("/mtc.js", 403)


def test_of_an_error_the_client_counts_and_no_text_is_an_agent() -> None:
    [found] = requests_of(1, error("10.0.0.1 timed out") + ', host: "m.acme.example"')
    assert (found.ip, found.agent) == ("203.0.113.9", "")
    line = '2024-03-12T10:00:02Z 203.0.113.9 "GET /r/1 HTTP/2.0" 302 "bare words" "x"'
    [bare] = requests_of(1, line)
    assert bare.agent == "bare words"


def test_the_time_stands_near_the_beginning() -> None:
    for length, is_read in ((379, True), (380, False)):
        line = f'{"x" * length} [2024-03-12 10:00:02Z] "GET /r/1 HTTP/2.0" 302'
        [found] = requests_of(1, line)
        assert (found.at is not None) == is_read


BALANCED = (
    "https 2024-03-12T10:00:02.186641Z app/lb/50dc6c495c0c9188 203.0.113.9:2817 {target} "
    '{times} {statuses} 0 57 "GET https://m:443/r/1?ct=x HTTP/1.1" "Acme/1.0 (x)" - -'
)


@pytest.mark.parametrize(
    ("times", "statuses", "status"),
    [
        ("0.086 0.048 0.037", "302 302", 302),
        ("-1 -1 -1", "503 -", 503),
        ("0.000 0.001 -1", "504 -", 504),
    ],
)
def test_a_balancer_of_amazons_says_its_own_status(times: str, statuses: str, status: int) -> None:
    line = BALANCED.format(target="10.0.0.1:80", times=times, statuses=statuses)
    [found] = requests_of(1, line)
    assert (found.status, found.ip, found.agent) == (status, "203.0.113.9", "Acme/1.0 (x)")
    assert found.at is not None
    assert found.at.replace(microsecond=0) == AT


PROXIED = (
    "hap[14]: 203.0.113.9:33317 [12/Mar/2024:10:00:02.655] in~ m/w1 {timers} {status} 2750 - - "
    '---- 1/1/1/1/0 0/0 {captured}"GET /r/1?ct=x HTTP/1.1"'
)


@pytest.mark.parametrize("timers", ["10/0/30/69/109", "10/0/30/+109", "-1/-1/-1/-1/0", "1/2/3"])
@pytest.mark.parametrize(
    ("captured", "agent"),
    [
        ("", ""),
        ("{m.acme.example|Acme/1.0 (x)} ", "Acme/1.0 (x)"),
        ("{Acme/1.0} {text/html} ", "Acme/1.0"),
        ("{m.acme.example} ", ""),
    ],
)
def test_haproxy_has_timers_before_the_status(timers: str, captured: str, agent: str) -> None:
    line = PROXIED.format(timers=timers, status=503, captured=captured)
    [found] = requests_of(1, line)
    assert read(found) == ("/r/1?ct=x", 503, "203.0.113.9", "GET", agent, AT, {}, {})


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_a_request_in_quotes_has_its_status_behind(method: str) -> None:
    line = f'2024-03-12T10:00:02Z 203.0.113.9 "{method} /r/1 HTTP/2.0" 302 "Acme/1.0"'
    [found] = requests_of(1, line)
    assert read(found) == ("/r/1", 302, "203.0.113.9", method, "Acme/1.0", AT, {}, {})
    assert requests_of(1, line.replace(" 302", " 3020")) == []
    assert requests_of(1, line.replace(" 302", " 602")) == []


def test_an_address_of_the_new_kind_is_no_time() -> None:
    line = '10:00:02 {} "GET /r/1 HTTP/2.0" 302'
    for ip in ("2001:db8::7", "2001:db8:1:2:3:4:5:6", "::1"):
        [found] = requests_of(1, line.format(ip))
        assert found.ip == ip
    [found] = requests_of(1, line.format("-"))
    assert found.ip == ""


AUDIT = """--5d6f7a8b-A--
[12/Mar/2024:10:00:02 +0000] ZfAo5X8AAQEAAB 203.0.113.9 33317 10.0.0.1 443
--5d6f7a8b-B--
HEAD /r/1?ct=x HTTP/1.1
user-AGENT:  Acme/1.0
DNT: 1
{answer}
--5d6f7a8b-Z--
"""


def test_an_audit_record_is_read_by_its_sections() -> None:
    [found] = requests_of(1, AUDIT.format(answer="--5d6f7a8b-F--\nHTTP/1.1 406 Not Acceptable"))
    assert read(found)[:4] == ("/r/1?ct=x", 406, "203.0.113.9", "HEAD")
    assert read(found)[4:7] == ("Acme/1.0", AT, {"dnt": "1"})
    [found] = requests_of(1, AUDIT.format(answer="Message: Access denied with code 403"))
    assert found.status == 403
    [bare] = requests_of(1, "--5d6f7a8b-B--\nGET /r/1 HTTP/1.1\n")
    assert read(bare) == ("/r/1", 0, "", "GET", "", None, {}, {})
    assert requests_of(1, "--5d6f7a8b-A--\n[12/Mar/2024:10:00:02 +0000] x 203.0.113.9\n") == []


REQUEST = {"url": "/r/1", "status": 302}


def nested(depth: int) -> dict[str, Any]:
    """Return a request in JSON inside of so many objects."""
    return REQUEST if depth == 0 else {"outer": nested(depth - 1)}


def test_json_is_read_so_deep_and_so_far() -> None:
    def count(data: object) -> int:
        return len(requests_of(1, json.dumps(data)))

    assert count(nested(5)) == 1
    assert count(nested(6)) == 0
    few = {f"a{number}": 1 for number in range(498)}
    assert count({**few, **REQUEST}) == 1
    assert count({**few, "one": 1, **REQUEST}) == 0


def test_json_may_have_lists_prefixes_and_texts_with_a_line() -> None:
    def paths(text: str) -> list[tuple[str, int]]:
        return [(line.path, line.status) for line in requests_of(1, text)]

    one = ("/r/1", 302)
    assert paths(json.dumps([REQUEST, 5, {"url": "/r/2", "status": 403}])) == [one, ("/r/2", 403)]
    assert paths(json.dumps({"request": ["/r/1"], "status": [302, 500]})) == [one]
    assert paths(f"web | {json.dumps(REQUEST)} and more") == [one]
    assert paths(json.dumps({"message": logged(), "x": "short"})) == [("/r/1?ct=x", 302)]
    assert paths(json.dumps({**REQUEST, "message": 'a line: "GET /r/2 HTTP/1.1" 403'})) == [one]
    assert paths(json.dumps({"message": "GET /r/1 302"})) == []
    assert paths('{"url": "/r/1", "status": 302') == []
    assert paths(json.dumps({"a": [], "b": {}})) == []
    [found] = requests_of(9, json.dumps({"MESSAGE": logged()}))
    assert (found.number, found.text) == (9, json.dumps({"MESSAGE": logged()}))
    assert read(found) == read(ACCESS)


def test_what_a_text_in_json_tells_is_told_whole() -> None:
    for inner in (
        error("access forbidden by rule"),
        f'{AT} 203.0.113.9 "HEAD /r/1 HTTP/2" 302 "A/1"',
    ):
        [plain] = requests_of(7, inner)
        [found] = requests_of(7, json.dumps({"level": "x", "message": inner}))
        assert read(found) == read(plain)
        assert found.number == 7


def test_pairs_are_a_request_from_three_on() -> None:
    assert [line.path for line in requests_of(1, "path=/r/1 status=302 x=1")] == ["/r/1"]
    assert requests_of(1, "path=/r/1 status=302") == []
    [found] = requests_of(1, f'at=info path="/r/1" status=302 agent="{AGENT}" fwd="203.0.113.9"')
    assert (found.agent, found.ip) == (AGENT, "203.0.113.9")
    many = " ".join(f"a{number}=1" for number in range(498))
    assert len(requests_of(1, f"{many} path=/r/1 status=302")) == 1
    assert requests_of(1, f"{many} one=1 path=/r/1 status=302") == []


def test_of_a_record_so_much_is_read() -> None:
    room = 64_000 - len(logged())
    assert len(requests_of(1, " " * room + logged())) == 1
    assert requests_of(1, " " * (room + len(logged()) - 40) + logged()) == []
