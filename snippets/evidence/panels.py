"""The lines of requests as browsers' tools and Varnish print them, in the form of HTTP's own."""

import re
from collections.abc import Iterator

LONGEST = 10_000  # signs of a line that are read
MARK = re.compile(r"^[<>*] ?")  # of `curl -v`
# What a panel shows beside its value or above it, without a colon.
LABEL = re.compile(
    r"(?i)(?P<name>Request URL|Request Method|Status Code|DNT|Sec-GPC|Sec-Purpose|User-Agent"
    r"|:method|:path)"
    r":?(?:[ \t]+(?P<value>\S.*))?$"
)
STATUS = re.compile(r"(?i)(?:Status|État|Statut|Estado)$")  # of Firefox: the number stands below
# Of Firefox's console: `XHRGET`, its address behind it or below, then `[HTTP/2 403 Forbidden 9ms]`.
ASKED = re.compile(r"(?:XHR)?(?P<method>GET|HEAD|POST)(?P<url>https?://\S+)?$")
ANSWERED = re.compile(r"\[(HTTP/[0-9.]+ [1-5][0-9]{2}\b[^\]]*)\]$")
PSEUDO = re.compile(r":(?P<name>method|path):[ \t]*(?P<value>\S+)$")
VARNISH = re.compile(
    r"(?:-+[ \t]+)?(?P<tag>ReqMethod|ReqURL|ReqHeader|RespStatus|RespHeader)[ \t]+"
    r"(?P<value>.*)$"
)


def lines(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the number, the line as it is given, and what it says as a line of HTTP."""
    label, method, has_url = "", "GET", False
    for number, raw in enumerate(text.splitlines(), 1):
        line = MARK.sub("", raw[:LONGEST].strip()).strip()
        if label:
            line, label = f"{label}{line}", ""
        elif logged := VARNISH.match(line):
            tag, value = logged["tag"], logged["value"]
            method = value if tag == "ReqMethod" else method
            line = as_http(tag, value, method)
        elif shown := LABEL.match(line):
            label = "" if shown["value"] else f"{shown['name']}: "
            line = f"{shown['name']}: {shown['value']}" if shown["value"] else ""
        elif STATUS.match(line):
            label, line = "Status: ", ""
        elif asked := ASKED.match(line):
            label = "" if asked["url"] else f"{asked['method']} "
            line = f"{asked['method']} {asked['url']}" if asked["url"] else ""
        elif answered := ANSWERED.match(line):
            line = answered[1]
        has_url = has_url or line.lower().startswith("request url:")
        if pseudo := PSEUDO.match(line):  # of HTTP/2, where no address is shown above
            method = pseudo["value"] if pseudo["name"] == "method" else method
            line = f"{method} {pseudo['value']} HTTP/2" if not has_url else ""
            line = line if pseudo["name"] == "path" else ""
        yield number, raw, line


def as_http(tag: str, value: str, method: str) -> str:
    """Return what a line of Varnish's log says, "" for what HTTP has no line for."""
    said = {
        "ReqURL": f"{method} {value} HTTP/1.1",
        "RespStatus": f"HTTP/1.1 {value}",
        "ReqHeader": value,
        "RespHeader": value,
    }
    return said.get(tag, "")
