"""Requests and answers with their headers: what `curl` and a browser's tools show."""

import pytest

from cases.mails import click, link
from snippets.evidence import dumps, mixed, pastes
from snippets.evidence.facts import Facts
from snippets.evidence.line import Line

URL = link()
VERBOSE = f"""\
$ curl -v '{URL}'
*   Trying 203.0.113.5:443...
* HTTP/1.1 200 established
> GET {click()} HTTP/2
> Host: m.acme.example
> User-Agent: curl/8.5
> DNT: 1
>
< HTTP/2 302
< Date: Tue, 12 Mar 2024 10:00:00 GMT
< Location: https://shop.example/
<
"""


def only(text: str) -> Line:
    """Return the one request of a dump."""
    [found] = dumps.requests(text)
    return found


def test_what_curl_shows_is_read_whole() -> None:
    found = only(VERBOSE)
    assert (found.number, found.path, found.status) == (4, click(), 302)
    assert (found.method, found.agent) == ("GET", "curl/8.5")
    assert found.headers == {"host": "m.acme.example", "user-agent": "curl/8.5", "dnt": "1"}
    assert found.answer["location"] == "https://shop.example/"
    assert f"{found.at:%H:%M:%S %z}" == "10:00:00 +0000"
    assert dumps.is_dump(VERBOSE)


COMMANDS = {
    f"$ curl -I '{URL}'": "HEAD",
    f"curl -sI {URL}": "HEAD",
    f"curl -IL {URL}": "HEAD",
    f'curl --head "{URL}"': "HEAD",
    f"curl -i {URL}": "GET",
    f"$curl {URL}": "GET",
    f"curl --header x {URL}": "GET",
}


@pytest.mark.parametrize(("command", "method"), COMMANDS.items())
def test_an_answer_belongs_to_the_command_above_it(command: str, method: str) -> None:
    text = f"{command}\nHTTP/1.1 404 Not Found\nServer: nginx\n"
    assert dumps.is_dump(text)
    found = only(text)
    assert (found.path, found.status, found.method) == (URL, 404, method)
    assert (found.number, found.answer) == (2, {"server": "nginx"})
    assert found.text == f"{command} → HTTP/1.1 404 Not Found"


def test_an_answer_behind_another_belongs_to_where_that_led() -> None:
    text = (
        f"curl -IL {URL}\nHTTP/1.1 301 x\nlocation: https://a.example/\n\n"
        "HTTP/1.1 302 y\nLocation: https://b.example/\n\nHTTP/1.1 200 z\n\nHTTP/1.1 200 z\n"
    )
    found = [(line.path, line.status, line.method) for line in dumps.requests(text)]
    assert found == [
        (URL, 301, "HEAD"),
        ("https://a.example/", 302, "HEAD"),
        ("https://b.example/", 200, "HEAD"),
        ("", 200, "HEAD"),
    ]
    assert [line.text for line in dumps.requests(text)][1] == "HTTP/1.1 302 y"


TOOLS = f"""\
Request URL: {URL}
Request Method: HEAD
Status Code: 403 Forbidden
Response Headers
Server: cloudflare
Date: 1710237600
Request Headers
User-Agent: Firefox
"""


@pytest.mark.parametrize("change", ["", "URL {}", "Request URL:\t{}", "URL: {}"])
def test_what_a_browsers_tools_show_is_read_whole(change: str) -> None:
    first, rest = TOOLS.split("\n", 1)
    text = f"{change.format(URL) or first}\n{rest}"
    assert dumps.is_dump(text)
    found = only(text)
    assert (found.path, found.method, found.status) == (URL, "HEAD", 403)
    assert found.answer == {"server": "cloudflare", "date": "1710237600"}
    assert (found.agent, found.headers) == ("Firefox", {"user-agent": "Firefox"})
    assert f"{found.at:%Y-%m-%d %H:%M}" == "2024-03-12 10:00"


# What Firefox shows of a request, in its console and beside a panel; HTTPie, without its request.
ANSWERED = {
    f"XHRGET{URL}\n[HTTP/2 403 Forbidden 120ms]": (1, "GET"),
    f"HEAD\n{URL}\n[HTTP/1.1 403  9ms]": (2, "HEAD"),
    f"GET {URL}\nStatus\n403\nVersionHTTP/2": (1, "GET"),
    f"jo@web:~/x$ http -h HEAD '{URL}'\nHTTP/1.1 403 Forbidden": (2, "HEAD"),
    f"❯ https --headers {URL.removeprefix('https://')} a:=1\nHTTP/2 403 Forbidden": (2, "GET"),
    f"xh {URL} 'x\nHTTP/2 403 Forbidden": (2, "GET"),
}


@pytest.mark.parametrize(("text", "found"), ANSWERED.items())
def test_an_answer_belongs_to_what_was_asked_above_it(text: str, found: tuple[int, str]) -> None:
    assert dumps.is_dump(text)
    line = only(text)
    assert (line.number, line.method, line.path, line.status) == (*found, URL, 403)


def test_headers_stand_behind_the_address_of_httpie() -> None:
    found = only(f"http {URL} 'User-Agent:x y' DNT:1 a==2 b=3 c:=4\nHTTP/1.1 302 Found")
    assert (found.agent, found.headers) == ("x y", {"user-agent": "x y", "dnt": "1"})


def test_a_request_behind_an_answer_is_for_where_that_led() -> None:
    text = f"GET {click()} HTTP/1.1\n\nHTTP/1.1 302 x\nLocation: https://a.example/b?c\n\n"
    [first, second] = dumps.requests(f"{text}GET /b?c HTTP/1.1\nHost: a.example\n")
    assert (first.path, second.path) == (click(), "https://a.example/b?c")
    assert dumps.requests(f"{text}GET /other HTTP/1.1\n")[1].path == "/other"


SECTIONS = [
    "Response headers",
    "RESPONSE HEADER:",
    "Response Headers (12)",
    "Response:",
    "response",
]


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_says_whose_headers_follow(section: str) -> None:
    other = section.lower().replace("response", "Request")
    text = f"GET {click()} HTTP/1.1\n{section}\nage: 7\n{other}\nhost: m\n"
    found = only(text)
    assert (found.answer, found.headers) == ({"age": "7"}, {"host": "m"})


def test_a_header_that_begins_like_a_section_is_none() -> None:
    found = only(f"GET {click()} HTTP/1.1\nResponse-Time: 7\nRequest Id: 5\nhost: m\n")
    assert (found.headers, found.answer) == ({"response-time": "7", "host": "m"}, {})
    answered = only(f"GET {click()} HTTP/1.1\nHTTP/1.1 200 OK\nRequest-Id: 5\nage: 7\n")
    assert answered.answer == {"request-id": "5", "age": "7"}


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize("version", ["1.0", "1.1", "2", "3"])
def test_a_request_line_alone_is_a_request_without_an_answer(method: str, version: str) -> None:
    text = f"{method} {click()} HTTP/{version}\nHost: m.acme.example\nhello there\n"
    assert dumps.is_dump(text)
    found = only(text)
    assert (found.method, found.path, found.status) == (method, click(), 0)
    assert found.headers == {"host": "m.acme.example"}


DUMPS = {
    "HTTP/1.1 200 OK\nServer: x\nAge: 7\n": True,
    "HTTP/1.1 200 OK\nServer: x\nwords\n": True,
    "HTTP/1.1 200 OK\nServer: x\nwords\nand words\n": False,
    "HTTP/1.1 200 OK\n": False,
    "words\nHTTP/1.1 200 OK\nServer: x\n": False,
    "HTTP/1.1 200 established\nServer: x\n": False,
    "HTTP/1.1 100 Continue\nServer: x\n": False,
    "Status: 200\nServer: x\n": True,
    "Status Code: 200\nServer: x\n": True,
    "Server: x\nAge: 7\n": False,
    f"curl {URL}\n": False,
    f"Request URL: {URL}\n": False,
    f"Request URL: {URL}\nStatus 200\n": True,
    f"GET {click()} HTTP/1.1 \n": True,
    f"see GET {click()} HTTP/1.1\n": False,
    f"GET {click()} HTTP/1.1 200\n": False,
    f"PUT {click()} HTTP/1.1\n": False,
    "": False,
}


@pytest.mark.parametrize(("text", "is_one"), DUMPS.items())
def test_a_dump_is_known_by_a_request_or_by_an_answer(text: str, is_one: bool) -> None:
    assert dumps.is_dump(text) == is_one


def test_a_dump_is_known_within_its_first_lines() -> None:
    request = f"GET {click()} HTTP/1.1\n"
    assert dumps.is_dump("x\n" * 499 + request)
    assert not dumps.is_dump("x\n" * 500 + request)
    assert dumps.is_dump("x" * (50_000 - len(request)) + "\n" + request)
    assert not dumps.is_dump("x" * 50_000 + "\n" + request)
    assert len(dumps.requests("x\n" * 19_999 + request)) == 1
    assert dumps.requests("x\n" * 20_000 + request) == []


MARKS = {"> ": True, "< ": True, "* ": True, ">": True, "": True, "  ": True, "+ ": False}


@pytest.mark.parametrize(("mark", "is_read"), MARKS.items())
def test_the_marks_of_curl_are_no_part_of_a_line(mark: str, is_read: bool) -> None:
    found = dumps.requests(f"{mark}GET {click()} HTTP/1.1\n")
    assert [line.path for line in found] == ([click()] if is_read else [])


REACHED = "https://shop.example/?utm_source=x"
ADDED = ["?utm_source=x", "&utm_medium=x", "?ct=x", "&ct=YTo", "%3Futm_source%3Dx", "%26ct%3Dx"]


@pytest.mark.parametrize("added", ADDED)
def test_what_mautic_adds_shows_that_an_address_was_reached(added: str) -> None:
    assert mixed.is_reached(f"https://shop.example/{added}")
    assert mixed.is_reached(f"HTTPS://shop.example/{added.upper()}")
    for other in (
        "https://shop.example/?UTM",
        "https://shop.example/utm_source=x",
        f"see {REACHED}",
    ):
        assert not mixed.is_reached(other)
    assert mixed.is_reached(URL)
    assert mixed.is_reached("https://links.acme.example/ls/click?upn=u001.abc")
    assert not mixed.is_reached(f"{REACHED}<")
    assert not mixed.is_reached("ftp://shop.example/?ct=x")


LINES = {
    REACHED: REACHED,
    f"afterwards: {REACHED}": REACHED,
    f"afterwards:{REACHED}": None,
    f"a < b: {REACHED}": None,
    f"{'x' * 80}: {REACHED}": REACHED,
    f"{'x' * 81}: {REACHED}": None,
    f"- {REACHED}": REACHED,
    f"<{REACHED}>": None,
    f"{REACHED} and more": None,
    "https://shop.example/": None,
}


@pytest.mark.parametrize(("line", "address"), LINES.items())
def test_an_address_stands_alone_on_its_line(line: str, address: str | None) -> None:
    wanted = {1: address} if address else {}
    assert mixed.reached_in(f"hello\n{line}\nbye") == wanted
    in_log = wanted if ": http" not in line else {}
    assert mixed.reached_in(f"hello\n{line}\nbye", is_log=True) == in_log


OPENED = {
    "<p>": True,
    "<p class=x>": True,
    "<P\tx>": True,
    "<br>": False,
    "<img src=x>": False,
    "<p/>": False,
    "<p></p>": False,
    "</p>": False,
    "<div></div ><p>": True,
    "1 < 2": False,
}
VOID = [
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
    *("source", "track", "wbr"),
]


@pytest.mark.parametrize(("above", "is_within"), OPENED.items())
def test_what_stands_in_an_element_was_written_by_somebody(above: str, is_within: bool) -> None:
    found = mixed.reached_in(f"{above}\n{REACHED}\n")
    assert found == ({} if is_within else {1: REACHED})
    assert mixed.reached_in(f"{above}\n</p></div>\n{REACHED}\n") == {2: REACHED}


@pytest.mark.parametrize("name", VOID)
def test_an_element_without_an_end_holds_nothing(name: str) -> None:
    assert mixed.reached_in(f"<{name}>\n{REACHED}\n") == {1: REACHED}
    assert mixed.reached_in(f"<{name}x>\n{REACHED}\n") == {}


def test_a_paste_has_so_many_lines() -> None:
    assert mixed.reached_in("\n" * 1_999 + REACHED) == {1_999: REACHED}
    assert mixed.reached_in("\n" * 2_000 + REACHED) == {}


def test_lines_keep_their_numbers() -> None:
    assert mixed.without("a\nb\nc", [0, 2]) == "\nb\n"
    assert mixed.only({1: "b", 3: "d"}) == "\nb\n\nd"
    assert mixed.settings_in("a\n'site_url' => 'x'\n") == [1]


BARE = {
    f"> - {URL}": URL,
    f">-{URL}": URL,
    f"•  {URL}": URL,
    f"+\t{URL}": URL,
    f"* * {URL},": URL,
    f"({URL})": URL,
    f"({URL}).": URL,
    f"[{URL}]": URL,
    f"[a link]({URL})": URL,
    f"href='{URL}'": URL,
    f"src={URL}": URL,
    f'SRC="{URL}"': URL,
    f"view-source:{URL}": URL,
    f"“{URL}”": URL,
    f"«\u202f{URL}\u00a0»": URL,
    f"`{URL}`": URL,
    f"<{URL}> and more": URL,
    f"contact,{URL}": URL,
    f"{URL}!?": URL,
    "word.": "word",
    "[word]": "word",
    "{token}": "{token}",
    "": "",
}


@pytest.mark.parametrize(("written", "address"), BARE.items())
def test_an_address_is_read_without_what_people_put_around_it(written: str, address: str) -> None:
    assert mixed.bare(written) == address


WORDS = "Bonjour Jo, voici notre offre de printemps pour vous."
HEADERS = "From: a@b.example\nTo: c@d.example\nSubject: x\nMessage-ID: <1@a.example>\n\n"
PASTES = {
    "words as one reads them": (WORDS, pastes.VISIBLE_TEXT),
    "seven words": ("one two three four five six seven", ""),
    "eight words": ("one two three four five six seven eight", pastes.VISIBLE_TEXT),
    "letters": ("a b c d e f g h i j 12 34", ""),
    "with an address of Mautic": (f"{WORDS} {URL}", ""),
    "with a provider's": (f"{WORDS} https://links.acme.example/ls/click?upn=x", ""),
    "with another": (f"{WORDS} https://shop.example/", pastes.VISIBLE_TEXT),
    "headers": (HEADERS, pastes.HEADERS_ONLY),
    "a message": (HEADERS + WORDS, ""),
    "html": (f"<p>{WORDS}</p>", ""),
}


TABLES = {
    "a,b,c,d\n1,2,3,4\n": True,
    "a;b;c;d\n1;2;3;4\n": True,
    "a\tb\tc\td\n1\t2\t3\t4\n": True,
    'a,b,c,d\n"1, 2",3,4,5\n': True,
    "a,b,c,d\n": False,
    "a,b,c,d\n1,2,3\n": False,
    "a,b\n1,2\n": False,
    "words, and words\nmore words\n": False,
    "a,b,c,d\n\n1,2,3,4\n": True,
}


@pytest.mark.parametrize(("text", "is_one"), TABLES.items())
def test_rows_of_as_many_cells_are_a_table(text: str, is_one: bool) -> None:
    assert pastes.is_table(text) == is_one
    assert pastes.is_table("a,b,c,d\n" * 20 + "x\n")
    assert not pastes.is_table("a,b,c,d\n" * 19 + "x\n")


DATED = {
    "2024-03-12 10:00:02 x\ny\n2024-03-12 10:00:03 z\n": True,
    "2024-03-12 10:00:02 x\ny\n": False,
    "words\n": False,
}


@pytest.mark.parametrize(("text", "is_log"), DATED.items())
def test_lines_that_begin_with_a_time_are_another_log(text: str, is_log: bool) -> None:
    assert pastes.is_dated(text) == is_log
    line = "2024-03-12 10:00:02 x\n"
    assert pastes.is_dated(line * 26 + "x\n" * 30)
    assert not pastes.is_dated(line * 25 + "x\n" * 30)


@pytest.mark.parametrize(("text", "answer"), PASTES.values(), ids=PASTES)
def test_what_is_pasted_instead_of_the_source_is_known(text: str, answer: str) -> None:
    assert pastes.wrong_paste(Facts.read([("x", text)])) == answer
    assert pastes.wrong_paste(Facts.read([("x", text), ("y", WORDS)])) == ""
    assert pastes.wrong_paste(Facts.read([("x", text)], before="<p>x</p>")) == ""
    assert pastes.wrong_paste(Facts.read([], answers={"release": "7.1"})) == ""


def test_each_of_several_commands_of_a_browser_is_a_request_with_its_own_headers() -> None:
    command = "curl '{}' \\\n  -H 'user-agent: Mozilla/5.0' \\\n  -H '{}'\n"
    text = (
        command.format(URL, "sec-gpc: 1") + "\nhers\n" + command.format(URL, "accept-language: en")
    )
    mine, hers = dumps.requests(text)
    assert mine.headers == {"user-agent": "Mozilla/5.0", "sec-gpc": "1"}
    assert hers.headers == {"user-agent": "Mozilla/5.0", "accept-language": "en"}
    assert (mine.number, hers.number) == (1, 6)


def test_a_request_copied_for_powershell_is_read() -> None:
    text = f'Invoke-WebRequest -UseBasicParsing -Uri "{URL}" `\n-Headers @{{\n  "sec-gpc"="1"\n}}\n'
    found = only(text)
    assert (found.path, found.headers) == (URL, {"sec-gpc": "1"})
