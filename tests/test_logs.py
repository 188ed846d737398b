"""Logs of every format and size: what they tell, whole, in bounded memory."""

import json
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

import pytest

from cases.mails import AGENT, HASH, access, click
from snippets.diagnosis import diagnose
from snippets.evidence import logs
from snippets.evidence.facts import Facts
from snippets.evidence.tally import KEPT_AROUND, Tally

PATH = click()
HOST = "m.acme.example"
FIELDS = "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query c-ip cs(User-Agent) sc-status"
CLOUD = "#Fields: date time c-ip cs-method cs-uri-stem sc-status cs(User-Agent) cs-uri-query"
STEM, _, QUERY = PATH.partition("?")
LINE = access(PATH, status=403, ip="203.0.113.9").strip()
JSON = {
    "ClientIP": "203.0.113.9",
    "ClientRequestURI": PATH,
    "ClientRequestMethod": "GET",
    "ClientRequestUserAgent": AGENT,
    "EdgeResponseStatus": 403,
    "EdgeStartTimestamp": "2024-03-12T10:00:00Z",
}
GOOGLE = {
    "httpRequest": {
        "requestUrl": f"https://{HOST}{PATH}",
        "status": 403,
        "remoteIp": "203.0.113.9",
        "requestMethod": "GET",
        "userAgent": AGENT,
    },
    "timestamp": "2024-03-12T10:00:00Z",
}
MODSEC = {
    "transaction": {
        "client_ip": "203.0.113.9",
        "time_stamp": "Tue Mar 12 10:00:00 2024",
        "request": {"method": "GET", "uri": PATH, "headers": {"User-Agent": AGENT}},
        "response": {"http_code": 403},
    }
}
CADDY = {
    "ts": 1710237600.0,
    "request": {
        "client_ip": "203.0.113.9",
        "method": "GET",
        "uri": PATH,
        "headers": {"User-Agent": [AGENT]},
    },
    "status": 403,
}
AUDIT = f"""--5d6f7a8b-A--
[12/Mar/2024:10:00:00 +0000] ZfAo5X8AAQEAAB 203.0.113.9 33317 10.0.0.1 443
--5d6f7a8b-B--
GET {PATH} HTTP/1.1
Host: {HOST}
User-Agent: {AGENT}

--5d6f7a8b-F--
HTTP/1.1 403 Forbidden

--5d6f7a8b-H--
Message: Access denied with code 403 (phase 2).

--5d6f7a8b-Z--
"""
WITH_AGENT = {
    "combined": LINE,
    "vhost": f"{HOST}:443 {LINE}",
    "in JSON of Docker": json.dumps({"log": f"{LINE}\n", "stream": "stdout", "time": "2024"}),
    "IIS": f"{FIELDS}\n2024-03-12 10:00:00 10.0.0.5 GET {STEM} {QUERY} 203.0.113.9 "
    f"{AGENT.replace(' ', '+')} 403",
    "CloudFront": f"{CLOUD}\n2024-03-12\t10:00:00\t203.0.113.9\tGET\t{STEM}\t403\t"
    f"{AGENT.replace(' ', '%20')}\t{QUERY}",
    "ALB": f"https 2024-03-12T10:00:00.186641Z app/lb/50dc6c495c0c9188 203.0.113.9:2817 10.0.0.1:80"
    f' 0.086 0.048 0.037 403 403 0 57 "GET https://{HOST}:443{PATH} HTTP/1.1" "{AGENT}" - -',
    "Cloudflare": json.dumps(JSON),
    "JSON with a list of headers": json.dumps(
        {"time": "2024-03-12T10:00:00Z", "clientIp": "203.0.113.9", "url": PATH, "status": 403}
        | {"headers": [{"name": "Host", "value": HOST}, {"name": "User-Agent", "value": AGENT}]}
    ),
    "printed JSON": json.dumps(JSON, indent=2),
    "a list of printed JSON": json.dumps([JSON], indent=2),
    "a list of JSON": json.dumps([JSON]),
    "Google Cloud": json.dumps(GOOGLE),
    "Caddy": json.dumps(CADDY),
    "Caddy on a console": f"2024/03/12 10:00:00.123 INFO http.log.access {json.dumps(CADDY)}",
    "kubectl": f"2024-03-12T10:00:00Z stdout F {json.dumps(CADDY)}",
    "ModSecurity": AUDIT,
    "ModSecurity's JSON": json.dumps(MODSEC),
    "pairs with names of one's own": f'request_uri="{PATH}" http_code=403 remote_ip=203.0.113.9 '
    f'method=GET timestamp=2024-03-12T10:00:00Z agent="{AGENT}"',
    "pairs": f'at=info method=GET path="{PATH}" host={HOST} fwd="203.0.113.9" status=403 '
    f'ts=2024-03-12T10:00:00Z user_agent="{AGENT}"',
}
HAPROXY = (
    "Mar 12 10:00:00 lb hap[14]: 203.0.113.9:33317 [12/Mar/2024:10:00:00.655] in~ m/w1"
    " 10/0/30/69/109 403 2750 - - ---- 1/1/1/1/0 0/0"
)
WITH_AGENT |= {
    "HAProxy with headers": f'{HAPROXY} {{{HOST}|{AGENT}}} "GET {PATH} HTTP/1.1"',
    "HAProxy with both": f'{HAPROXY} {{{AGENT}|{HOST}}} {{nginx/1.24.0|}} "GET {PATH} HTTP/1.1"',
    "HAProxy with TLS": f'{HAPROXY} {{|{AGENT}}} "GET https://{HOST}{PATH} HTTP/2.0"'
    f" 0/0000000000000000/0/0/0 {HOST}/TLSv1.3/TLS_AES_256_GCM_SHA384",
}
WITH_AGENT |= {
    "a format of nginx": "log_format own escape=json '$status|$remote_addr|$request_method|'\n"
    "    '$request_uri|$time_local|$http_user_agent'; # our own\n"
    f"403|203.0.113.9|GET|{PATH}|12/Mar/2024:10:00:00 +0000|{AGENT}",
    "a format of nginx with tabs": r'#log_format own "$time_iso8601\t$remote_addr\t$status\t'
    r'$http_user_agent\t$uri$is_args$args\t-";'
    f"\n2024-03-12T10:00:00+00:00\t203.0.113.9\t403\t{AGENT}\t{PATH}\t-",
    "a format of nginx in an answer": "> log_format own '$msec $remote_addr $host$request_uri '\n>"
    " '$http_user_agent $status'\n"
    f"> 1710237600.123 203.0.113.9 {HOST}{PATH} {AGENT} 403",
    "a format of Apache": r'LogFormat "%!200{X-Forwarded-For}i \"%r\" %>s %t \"%{User-Agent}i\"" x'
    f'\n203.0.113.9, 10.0.0.1 "GET {PATH} HTTP/1.1" 403 [12/Mar/2024:10:00:00 +0000] "{AGENT}"',
    "a log of Apache": 'CustomLog "logs/own" "%{%Y-%m-%d %H:%M:%S}t %a:%p %s %U%q %{user-agent}i"\n'
    f"2024-03-12 10:00:00 203.0.113.9:443 403 {PATH} {AGENT}",
}
WITHOUT_AGENT = {
    "HAProxy": f'{HAPROXY} "GET {PATH} HTTP/1.1"',
    "nginx errors": "2024/03/12 10:00:00 [error] 7#7: *1 access forbidden by rule, client: "
    f'203.0.113.9, server: {HOST}, request: "GET {PATH} HTTP/1.1", host: "{HOST}"',
    "Apache errors": "[Tue Mar 12 10:00:00.123456 2024] [authz_core:error] [pid 7] [client "
    f"203.0.113.9:33] AH01630: client denied by server configuration: /var/www/m{STEM}",
    "ModSecurity in Apache": "[Tue Mar 12 10:00:00.123456 2024] [:error] [pid 7] "
    "[client 203.0.113.9:33] [client 203.0.113.9] ModSecurity: Access denied with code 403 "
    f'(phase 2). [hostname "{HOST}"] [uri "{STEM}"]',
    "ModSecurity in nginx": "2024/03/12 10:00:00 [error] 7#7: *1 [client 203.0.113.9] ModSecurity: "
    f'Access denied with code 403 (phase 2). [uri "{STEM}"] [unique_id "1"]',
}


# Beside the words of a format, what lines of it tell besides: headers of both sides.
TOLD = {
    "log_format x '$status $request_uri $http_sec_gpc $sent_http_location';": "403 {} 1 /x",
    'LogFormat "%s %U %{Sec-GPC}i %{Location}o" x': "403 {} 1 /x",
    "capture request header Sec-GPC len 1\nhttp-response capture res.hdr(Location) id 0": HAPROXY
    + ' {{1}} {{/x}} "GET {} HTTP/1.1"',
}


@pytest.mark.parametrize(("told", "line"), TOLD.items())
def test_a_format_that_is_told_above_names_the_headers(told: str, line: str) -> None:
    [found] = logs.requests(f"{told}\n{line.format(STEM)}")
    assert (found.path, found.headers["sec-gpc"], found.answer) == (STEM, "1", {"location": "/x"})


def test_lines_in_another_format_than_was_told_are_read_as_ever() -> None:
    told = "ErrorLogFormat \"%t\"\nlog_format x '$body_bytes_sent';\nlog_format y '$status"
    assert logs.requests(f"{told}\n{LINE}") == [replace(only_request(LINE), number=4)]


def only_request(text: str) -> logs.Line:
    """Return the request that a log tells of."""
    found = list(logs.requests(text))
    assert len(found) == 1, f"{len(found)} requests read; path and status must be found at least"
    return found[0]


@pytest.mark.parametrize("text", WITH_AGENT.values(), ids=WITH_AGENT)
def test_a_format_tells_all_of_a_request(text: str) -> None:
    line = only_request(text)
    assert (line.path.removeprefix(f"https://{HOST}").removeprefix(":443"), line.status) == (
        PATH,
        403,
    )
    assert (line.ip, line.method, line.agent) == ("203.0.113.9", "GET", AGENT)
    assert line.at is not None
    assert line.at.isoformat().startswith("2024-03-12T10:00:00")
    assert diagnose(text).first == "server-blocks-tracking-url"


@pytest.mark.parametrize("text", WITHOUT_AGENT.values(), ids=WITHOUT_AGENT)
def test_a_format_tells_of_a_refused_request(text: str) -> None:
    line = only_request(text)
    assert (line.path.partition("?")[0], line.status, line.ip) == (STEM, 403, "203.0.113.9")
    assert line.at is not None
    assert diagnose(text).first == "server-blocks-tracking-url"


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("limiting requests, excess: 5.2 by zone", 503),
        ("upstream timed out (110: Connection timed out)", 504),
        ("connect() failed (111: Connection refused) while connecting to upstream", 502),
        ('open() "/var/www/x.gif" failed (2: No such file or directory)', 404),
        ("something else happened", 0),
    ],
)
def test_the_words_of_an_error_are_a_status(words: str, status: int) -> None:
    line = f'2024/03/12 10:00:00 [error] 7#7: *1 {words}, request: "GET {PATH} HTTP/1.1"'
    assert [found.status for found in logs.requests(line)] == [status]


ORDINARY = access(f"/email/{HASH}.gif", status=200)
OTHERS = access("/wp-content/x.jpg", status=200)


def streamed(chunks: Iterator[bytes]) -> Facts:
    """Return the facts of a log that comes in chunks."""
    return Facts.read([("access.log", chunks)])


def test_the_newest_lines_count_as_much_as_the_first() -> None:
    late = access(PATH, status=403)
    for times in (3, 7_000):  # of so many the text that is shown ends before the newest
        found = diagnose(ORDINARY * times + late * 3)
        assert found.first == "server-blocks-tracking-url"
        assert found.context["requests"]["refused"] == 3
        assert found.findings[0].quotes[-1].line == times + 3


def test_one_refusal_in_a_day_of_traffic_explains_nothing() -> None:
    refused = access(f"/email/{HASH}.gif", status=403)
    found = diagnose(ORDINARY * 1_000 + refused + ORDINARY * 1_000)
    assert [
        str(f.certainty) for f in found.findings if f.cause == "server-blocks-tracking-url"
    ] == ["possible"]


@pytest.mark.slow
def test_a_log_is_counted_whole_in_bounded_memory() -> None:
    chunk = ((OTHERS * 9 + ORDINARY) * 400).encode()
    tracemalloc.start()
    facts = streamed(chunk for _ in range(30))  # 20 MB
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    [tally] = [source.tally for source in facts.sources]
    assert tally is not None
    assert (tally.lines, tally.size) == (120_000, 30 * len(chunk))
    assert sum(facts.asked.values()) == 12_000
    assert len(facts.visits) <= 2 * KEPT_AROUND + 10
    assert peak < 50_000_000


@pytest.mark.parametrize("size", [1, 7, 64, 1000])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", ["combined", "IIS", "printed JSON", "ModSecurity"])
def test_chunks_may_end_anywhere(name: str, encoding: str, size: int) -> None:
    content = f"{OTHERS}{WITH_AGENT[name]}\n".encode(encoding)
    tally = Tally.of(content[at : at + size] for at in range(0, len(content), size))
    assert [(line.path, line.status) for line in tally.visits()] == [(PATH, 403)]


def test_a_line_of_any_length_is_no_trouble() -> None:
    tally = Tally.of([b"GET /r/" + b"x" * 1_000_000 for _ in range(20)])
    assert tally.lines == 1
    assert tally.visits() == []


def test_requests_at_once_are_found_in_the_middle() -> None:
    others = [
        access(f"/email/{n:022x}.gif", n // 40 % 3000, 200, ip=f"9.{n % 250}.1.1")
        for n in range(5_000)
    ]
    machine = [access(click(f"{n:025x}"), 3000, ip="198.51.100.77") for n in range(5)]
    text = "".join([*others[:2_500], *machine, *others[2_500:]])
    found = diagnose(text)
    assert found.context["requests"]["machines"] == 5
    assert "bot-or-gateway-hits" in [finding.cause for finding in found.findings]


NOTHING = {
    "a page": "<html><head><title>404</title></head><body><h1>Not Found</h1></body></html>",
    "a tag": "<b>hello</b>",
    "a readme": "# Title\n\n<p align=center>A <a href='https://a.example'>tool</a></p>\n",
    "a mail": "From: a@b.example\nTo: c@d.example\nSubject: x\n"
    "Message-ID: <x@y>\nContent-Type: text/html\n\n<a href='https://a.example'>x</a>",
    "a log": OTHERS * 5,
    "words": "Bonjour, rien ne marche.",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_what_has_nothing_of_mautic_is_never_healthy(text: str) -> None:
    found = diagnose([("given", text)])
    assert found.first is None or not found.is_healthy
    assert found.context["unrecognised"] == ["given"]


CONFIGURATION = {
    "nginx": "server {\n server_name a.example;\n location / { try_files $uri /index.php; }\n}",
    "Apache": "<VirtualHost *:443>\nRewriteEngine On\n</VirtualHost>\n",
    "Mautic": "<?php\n$parameters = [\n 'site_url' => 'https://m.acme.example',\n];\n",
}


@pytest.mark.parametrize("text", CONFIGURATION.values(), ids=CONFIGURATION)
def test_configuration_is_evidence_and_no_mail(text: str) -> None:
    found = diagnose(text)
    assert "unrecognised" not in found.context
    assert found.first is None


def test_what_is_counted_of_a_log() -> None:
    other = access("/r/our-offers", 1)
    broken = '[2024-03-12 10:00:00] mautic.ERROR: Invalid clickthrough value: "x"\n'
    log = access(click(), 0) + other + broken
    tally = Tally.of([log.encode()])
    assert (tally.lines, tally.size) == (3, len(log))
    assert (tally.machines, tally.errors, tally.others) == (0, 1, 1)
    assert list(tally.groups.values()) == [1]


@pytest.mark.parametrize("seconds", [(0, 1, 2), (0, 5, 10)])
def test_three_addresses_of_a_mail_at_once_are_a_machine(seconds: tuple[int, ...]) -> None:
    log = "".join(access(click(letter * 25), at) for letter, at in zip("abc", seconds, strict=True))
    assert Tally.of([log.encode()]).machines == 3


def test_two_addresses_at_once_are_none_nor_three_in_more_than_ten_seconds() -> None:
    two = access(click("a" * 25), 0) + access(click("b" * 25), 1)
    slow = two + access(click("c" * 25), 11)
    assert Tally.of([two.encode()]).machines == Tally.of([slow.encode()]).machines == 0


SHOWN = f"""$ curl -v -A 'Acme/1.0' {HOST}
> GET {PATH} HTTP/1.1
> User-Agent: Acme/1.0
> DNT: 1
>
< HTTP/1.1 302 Found
< Date: Tue, 12 Mar 2024 10:00:00 GMT
< User-Agent: of the answer
< Location: https://shop.example/
"""


def test_headers_are_of_the_request_or_of_the_answer() -> None:
    [visit] = Facts.read([("x", SHOWN)]).visits
    assert (visit.line.status, visit.line.agent) == (302, "Acme/1.0")
    assert visit.line.headers["dnt"] == "1"
    assert (visit.location, visit.line.answer["user-agent"]) == (
        "https://shop.example/",
        "of the answer",
    )
    assert f"{visit.line.at:%H:%M %z}" == "10:00 +0000"


def test_values_between_tabs_may_have_blanks() -> None:
    fields = "#Fields: date time c-ip cs-method cs-uri-stem sc-status x-note"
    values = ["2024-03-12", "10:00:00", "203.0.113.9", "GET", STEM, "403", "not for us"]
    [line] = logs.requests("\n".join([fields, "\t".join(values)]))
    assert (line.status, line.ip) == (403, "203.0.113.9")
