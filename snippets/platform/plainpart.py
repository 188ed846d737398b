"""The text part Mautic makes from the HTML of a mail, when nobody wrote one. Source: R3."""

import re
from html import unescape

_DROPPED = re.compile(r"<(head|style|script|title)\b.*?</\1\s*>", re.I | re.S)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_LINK = re.compile(r"<a\s(?:[^>]*?\s)?href=([\"'])(.*?)\1[^>]*>(.*?)</a>", re.I | re.S)
_WITHOUT_ADDRESS = ("#", "mailto:", "javascript:")
WIDTH = 70


def text_of(html: str) -> str:
    """Return the text of an HTML mail: links as `label [address]`, lines of 70 characters."""
    html = _COMMENT.sub("", _DROPPED.sub("", html))
    html = re.sub(r"\s+", " ", html)
    html = _LINK.sub(_link, html)
    html = re.sub(r"<br\s*/?>", "\n", html, flags=re.I)
    html = re.sub(r"<(?:p|div|h[1-6]|ul|ol|table)\b[^>]*>", "\n\n", html, flags=re.I)
    text = unescape(re.sub(r"<[^>]*>", "", html))
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", re.sub(r"[ \t]+", " ", text))
    return wrapped(re.sub(r"\n{3,}", "\n\n", text).strip())


def _link(link: re.Match[str]) -> str:
    address, label = unescape(link[2]).strip(), link[3]
    if address.lower().startswith(_WITHOUT_ADDRESS):
        return label
    if not re.match(r"(?:[a-z][a-z0-9+.-]*:|[/{])", address, re.I):
        address = "/" + address
    return f"{label} [{address}]"


def wrapped(text: str) -> str:
    """Return the text with a line break instead of the last space before each 70 characters."""
    return "\n".join(_wrapped(line) for line in text.split("\n"))


def _wrapped(line: str) -> str:
    lines, current = [], ""
    for word in line.split(" "):
        if current and len(current) + 1 + len(word) > WIDTH:
            lines.append(current)
            current = word
        else:
            current = f"{current} {word}" if current else word
    return "\n".join([*lines, current])
