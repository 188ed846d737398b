"""What was recorded holds with other line ends, too: CR LF, and tags broken over lines.

`.eml` files, Windows and the forms of a browser deliver CR LF; editors and transport break lines
at blanks. For the parser a CR is a blank like LF, and the search for ` href="…"` looks at LF only.
"""

from typing import Any

import pytest

from recordings import Recording, label, recordings
from recordings.test_recordings import rewritten, wanted_links
from snippets.platform import markup
from snippets.rewriting import parts

WIDTH = 60
LINKS = [
    recording
    for name in ("links", "markup", "saving")
    for recording in recordings(name)
    if recording.id != "HAZ21" and "content" in recording.input
]


def changed(value: Any, change: Any) -> Any:
    """Return a content with each of its texts changed; bytes are changed as Latin-1."""
    if isinstance(value, bytes):
        text: str = change(value.decode("latin-1"))
        return text.encode("latin-1")
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: changed(item, change) for name, item in value.items()}
    return [changed(item, change) for item in value] if isinstance(value, list) else value


def with_crlf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


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


@pytest.mark.parametrize(
    "recording",
    [r for r in LINKS if changed(r.input["content"], with_crlf) != r.input["content"]],
    ids=label,
)
def test_with_cr_lf(recording: Recording) -> None:
    content = recording.input["content"]
    if has_break_in_address(content):
        pytest.skip("The address that is recorded can't be derived.")
    wanted = wanted_links(recording)
    if wanted != "error":
        wanted[0] = changed(wanted[0], with_crlf)
    assert rewritten(recording, changed(content, with_crlf)) == wanted


@pytest.mark.parametrize(
    "recording",
    [r for r in LINKS if changed(r.input["content"], wrapped) != r.input["content"]],
    ids=label,
)
def test_with_tags_broken_over_lines(recording: Recording) -> None:
    """The same links are found; where they are replaced may differ, in the same way as with LF."""
    broken = changed(recording.input["content"], wrapped)
    found, wanted = rewritten(recording, broken), wanted_links(recording)
    with_lf = rewritten(recording, changed(broken, lambda text: text.replace("\r\n", "\n")))
    if "error" in (found, wanted):
        assert found == wanted == with_lf
        return
    assert found[1] == wanted[1] == with_lf[1]
    assert changed(found[0], with_crlf) == changed(with_lf[0], with_crlf)


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
