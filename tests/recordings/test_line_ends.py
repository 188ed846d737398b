"""What was recorded holds with other line ends, too: CR LF, and tags broken over lines.

`.eml` files, Windows and the forms of a browser deliver CR LF; editors and transport break lines
at blanks. For the parser a CR is a blank like LF, and the search for ` href="…"` looks at LF only.
"""

from collections.abc import Callable
from typing import Any

import pytest

from recordings import Recording, by_id, by_release, recordings
from recordings.test_recordings import rewritten, wanted_links
from snippets.platform import markup
from snippets.rewriting import parts

WIDTH = 60
FILES = ("links", "markup", "saving")
Change = Callable[[str], str]


def changed(value: Any, change: Change) -> Any:
    """Return a content with each of its texts changed; bytes are changed as Latin-1."""
    if isinstance(value, bytes):
        text: str = change(value.decode("latin-1"))
        return text.encode("latin-1")
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: changed(item, change) for name, item in value.items()}
    return [changed(item, change) for item in value] if isinstance(value, list) else value


def with_lf(text: str) -> str:
    return text.replace("\r\n", "\n")


def with_crlf(text: str) -> str:
    return with_lf(text).replace("\n", "\r\n")


def wrapped(text: str) -> str:
    """Return the text with CR LF for the blank before an attribute, in lines that are too long."""
    pieces, end = [], 0
    for element in markup.Reading(text).live():
        for attribute in element.attributes.values():
            blank = attribute.name - 1
            begin = max(text.rfind("\n", 0, blank) + 1, end)
            if blank - begin > WIDTH and text[blank] == " ":
                pieces += [text[end:blank], "\r\n"]
                end = attribute.name
    return "".join(pieces) + text[end:]


def has_break_in_address(content: Any) -> bool:
    """Whether an address goes over a line end: there CR counts as a sign of its own (MKP160)."""
    hrefs = [
        element.value("href") or "" for part in parts(content) for element in markup.elements(part)
    ]
    return any("\n" in href.strip() for href in hrefs)


def changing(change: Change) -> pytest.MarkDecorator:
    """Parametrize a test with the cases whose content a change makes another."""
    cases = by_id(r for name in FILES for r in recordings(name) if "content" in r.input)
    found = {
        id_: case
        for id_, case in cases.items()
        if id_ != "HAZ21" and changed(case[0].input["content"], change) != case[0].input["content"]
    }
    return pytest.mark.parametrize("case", found.values(), ids=found)


def in_crlf(result: Any) -> Any:
    """Return rewritten content with other line ends, and its links."""
    return result if result == "error" else [changed(result[0], with_crlf), result[1]]


def links(result: Any) -> Any:
    """Return the links that were found."""
    return result if result == "error" else result[1]


@changing(with_crlf)
def test_with_cr_lf(case: list[Recording]) -> None:
    content = changed(case[0].input["content"], with_crlf)
    found = by_release(case, lambda recording: rewritten(recording, content))
    if has_break_in_address(content):
        assert "error" not in found.values()  # what is recorded doesn't tell more
    else:
        assert found == by_release(case, lambda recording: in_crlf(wanted_links(recording)))


@changing(wrapped)
def test_with_tags_broken_over_lines(case: list[Recording]) -> None:
    """The same links are found; where they are replaced may differ, in the same way as with LF."""
    broken = changed(case[0].input["content"], wrapped)
    unbroken = changed(broken, with_lf)
    for recording in case:
        found = rewritten(recording, broken)
        assert links(found) == links(wanted_links(recording)), recording.release
        assert in_crlf(found) == in_crlf(rewritten(recording, unbroken)), recording.release


def test_a_link_broken_over_lines_is_found_but_not_replaced() -> None:
    from snippets.links import explain, rewrite

    html = (
        '<p><a class="b"\r\nhref="https://a.example/"\r\n>A</a> <a href="https://b.example/">B</a>'
    )
    assert [link.reason for link in explain(html)] == ["line-break", "tracked"]
    assert rewrite(html).trackables == {
        "{trackable=1}": "https://a.example/",
        "{trackable=2}": "https://b.example/",
    }
