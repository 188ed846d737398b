"""Whatever stands around evidence, the same is read of it: each header, link and request."""

from collections.abc import Iterator
from typing import Any

import pytest

from cases.mails import (
    HASH,
    HEALTHY,
    access,
    anchor,
    click,
    link,
    page,
    pixel,
    sent,
    unsubscribe,
)
from snippets.evidence.facts import Facts
from snippets.evidence.kinds import Where
from wrappings import WRAPPINGS, Wrapping

MAIL = sent(
    f'<p>Hello Jo,</p>\n<a title="1 &gt; 0"\nhref="https://shop.example/a">A</a>\n{HEALTHY}',
    f"Hello Jo,\n\nOffer: {link()}\n",
    Received="from mta.acme.example (203.0.113.5)\r\n\tby mx.client.example; Tue, 12 Mar 2024",
    Message_ID="<1@acme.example>",
)
HTML = page(f"\n<p>Hello Jo,</p>\n<p>{anchor(link())}</p>\n{unsubscribe()}\n{pixel()}\n")
REQUESTS = ((click(), 302), (f"/email/{HASH}.gif", 200), (f"/email/unsubscribe/{HASH}", 404))
LOG = "".join(access(path, second, status) for second, (path, status) in enumerate(REQUESTS))
SAMPLES = {"message": MAIL.replace("\r\n", "\n"), "html": HTML, "log": LOG}
PAIRS = [(kind, wrapping) for wrapping in WRAPPINGS for kind in wrapping.kinds if kind in SAMPLES]


def seen(content: str | bytes) -> Iterator[Any]:
    """Yield what is read of evidence, but for where it stands."""
    facts = Facts.read([("given", content)])
    for source in facts.sources:
        yield source.kind, source.is_cut
        if source.mail:
            yield dict(source.mail.headers), bare(source.mail.html), bare(source.mail.text)
    for place in facts.places:
        if place.where != Where.LOG:
            yield place.where, place.address, place.link and place.link.reason
    for visit in facts.visits:
        line = visit.line
        yield line.path, line.status, line.ip, line.method, line.agent, line.at


def bare(text: str) -> list[str]:
    """Return the lines of a text that aren't blank, without blanks at their ends."""
    return [line.rstrip() for line in text.split("\n") if line.strip()]


PLAIN = {kind: list(seen(text)) for kind, text in SAMPLES.items()}


def test_the_samples_have_what_is_to_be_read() -> None:
    headers = dict(PLAIN["message"][1][0])
    assert headers["Received"].endswith("by mx.client.example; Tue, 12 Mar 2024")
    kinds = [place[1].kind for place in PLAIN["message"][2:]]
    assert kinds == ["other", "tracked", "unsubscribe", "pixel", "tracked", "unsubscribe"]
    assert [place[1].kind for place in PLAIN["html"][1:]] == kinds[1:4]
    assert [(path, status) for path, status, *_ in PLAIN["log"][1:]] == list(REQUESTS)


@pytest.mark.parametrize(
    ("kind", "wrapping"), PAIRS, ids=[f"{kind}, {wrapping.name}" for kind, wrapping in PAIRS]
)
def test_the_same_is_read_in_any_wrapping(kind: str, wrapping: Wrapping) -> None:
    assert list(seen(wrapping.wrap(SAMPLES[kind]))) == PLAIN[kind]
