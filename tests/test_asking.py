"""What is asked next: nothing that is told already, and nothing that makes no sense."""

import pytest

from cases.mails import access, anchor, click, link, message, page, pixel, sent
from snippets.asking import TOLD, is_known, questions
from snippets.catalogue import Finding
from snippets.causes import Certainty
from snippets.evidence.facts import Facts

SHOP = anchor("https://shop.example/offer")
HIT = access(click())
OPEN = access("/email/65f0a1b2c3d4e512345678.gif", status=200)
BARE = '{"url": "/r/92e770d1b72fa6ddf729b5f71?ct=x", "status": 302}'

# For each question what tells its answer, and what doesn't.
TELLING = {
    "sent-via": ([sent(SHOP)], [message(page(SHOP)), page(SHOP)]),
    "too-many-of": ([HIT], [link()]),
    "links-replaced": ([page(SHOP), sent(SHOP)], [link(), HIT]),
    "pixel-present": (
        [sent(SHOP), page(pixel()), "https://m.acme.example/email/65f0a1b2c3d4e512345678.gif"],
        [page(SHOP), OPEN],
    ),
    "images-loaded": ([OPEN], [HIT, sent(pixel())]),
    "redirect-works": ([HIT], [OPEN, link()]),
    "http-status": ([HIT], [link()]),
    "user-agent": ([HIT], [BARE, link()]),
    "client-ip": ([HIT], [BARE, link()]),
    "from-domain": ([sent(SHOP)], [page(SHOP)]),
    "role": ([link(), page(SHOP)], ["https://shop.example/offer"]),
}


def facts(*given: str, **answers: str) -> Facts:
    """Return the facts of pieces of evidence."""
    said = {name.replace("_", "-"): value for name, value in answers.items()}
    return Facts.read([(str(n), one) for n, one in enumerate(given)], answers=said)


@pytest.mark.parametrize("key", TELLING)
def test_nothing_is_asked_that_the_evidence_tells(key: str) -> None:
    tells, silent = TELLING[key]
    assert all(is_known(key, facts(given)) for given in tells)
    assert not any(is_known(key, facts(given)) for given in silent)
    assert set(TELLING) | {"consumer-running"} == set(TOLD)


def test_whether_the_queue_is_emptied_is_asked_where_there_is_one() -> None:
    assert is_known("consumer-running", facts(queue="sync"))
    assert is_known("consumer-running", facts(release="7.1"))
    assert not is_known("consumer-running", facts(queue="async"))


def test_an_answer_is_known_also_if_it_is_that_nobody_knows() -> None:
    assert is_known("release", facts(release="7.1"))
    assert is_known("release", facts(link(), release="unknown"))
    assert not is_known("release", facts(link()))


def test_first_is_asked_what_decides_the_first_cause() -> None:
    seen = Finding("link-normalised", Certainty.LIKELY, decided_by=("queue", "release"))
    later = Finding("ct-damaged", Certainty.LIKELY, decided_by=("proxy",))
    shop = "https://shop.example/offer"
    missing = facts(shop, symptom="link-broken")
    assert questions(missing, [seen, later]) == ("queue", "release", "role")
    assert questions(facts(shop, symptom="link-broken", queue="sync"), [seen]) == (
        "release",
        "role",
        "http-status",
    )
    sure = Finding("ct-damaged", Certainty.SURE, decided_by=("proxy",))
    assert questions(missing, [later, sure]) == ()
    healthy = Finding("no-fault-in-mail", Certainty.SURE, decided_by=("proxy",))
    assert questions(missing, [healthy]) == ("role", "http-status", "release")
    assert questions(facts(link()), []) == ("symptom", "release", "site-url")


ASKED_FIRST = {
    "open-missing": "release images-loaded by-hand-counts",
    "click-missing": "logged-in sent-via release",
    "link-broken": "http-status site-url from-domain",
    "unsubscribe-broken": "sent-via http-status contact-exists",
    "too-many": "too-many-of sent-via user-agent",
    "wrong-contact": "site-url",
    "page-missing": "script-on-page logged-in http-status",
    "unsubscribed-unwillingly": "sent-via user-agent",
    "decision-missing": "timeline-shows release logged-in",
    "send-failed": "release",
}


@pytest.mark.parametrize(("symptom", "asked"), ASKED_FIRST.items())
def test_what_is_asked_of_somebody_who_has_nothing_to_show(symptom: str, asked: str) -> None:
    assert " ".join(questions(facts(symptom=symptom), [])) == asked


def test_where_only_answers_are_known_only_what_would_change_them_is_asked() -> None:
    assert questions(facts(symptom="wrong-contact"), []) == ("site-url",)
    assert questions(facts(symptom="send-failed"), []) == ("release",)
    asked = questions(facts(symptom="link-broken"), [])
    assert "http-status" in asked
    assert "redirect-works" not in asked
