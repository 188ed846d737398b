"""Without material: the causes of a symptom, the common ones first, without those ruled out."""

import pytest

from cases.mails import HEALTHY, access, sent
from snippets.catalogue import causes
from snippets.evidence.facts import Facts
from snippets.evidence.questions import Symptom, about
from snippets.suspects import AFTER_SENDING, COMMON, USUAL, common, suspects
from snippets.view import view


def named(**answers: str) -> list[str]:
    """Return the suspects for answers, keys written with `_`."""
    given = {key.replace("_", "-"): value for key, value in answers.items()}
    return suspects(Facts.read([], answers=given))


@pytest.mark.parametrize("symptom", Symptom)
def test_each_symptom_has_its_causes_the_common_ones_first(symptom: Symptom) -> None:
    found = named(symptom=symptom)
    assert set(found) == {cause.id for cause in causes() if symptom in cause.explains}
    first = [cause for cause in common(symptom) if cause in found]
    assert found[: len(first)] == first


SUSPECTS = {
    "open-missing": (
        "admin-logged-in send-context site-url-host images-blocked counter-version-bug "
        "server-blocks-tracking-url esp-rewrap https-proxy-scheme valid-hits-filtered "
        "pixel-hidden-or-altered tracking-setting-off gmail-clipping queue-not-consumed "
        "campaign-decision pixel-cached privacy-signal schema-not-updated "
        "send-stopped-by-link text-only-mail"
    ),
    "click-missing": (
        "admin-logged-in send-context site-url-host counter-version-bug token-in-link "
        "destination-broken link-markup-not-matched ampersand-encoding "
        "server-blocks-tracking-url esp-rewrap ct-damaged https-proxy-scheme "
        "valid-hits-filtered disable-tracking-attribute url-prefix-overlap "
        "tracking-setting-off queue-not-consumed attachment-not-tracked "
        "blocked-fifteen-seconds campaign-decision dynamic-content-click mailto-tracked "
        "pixel-cached plain-text-part privacy-signal query-glued schema-not-updated "
        "send-stopped-by-link link-normalised"
    ),
    "link-broken": (
        "send-context site-url-host token-in-link destination-broken link-markup-not-matched "
        "ampersand-encoding server-blocks-tracking-url esp-rewrap ct-damaged "
        "https-proxy-scheme disable-tracking-attribute unsubscribe-server-error "
        "unsubscribe-token-broken url-prefix-overlap mailto-tracked pixel-cached "
        "plain-text-part query-glued schema-not-updated unsubscribe-confirmation"
    ),
    "unsubscribe-broken": (
        "send-context site-url-host token-in-link server-blocks-tracking-url esp-rewrap "
        "https-proxy-scheme unsubscribe-server-error shared-or-wrong-contact-link "
        "list-unsubscribe-header unsubscribe-no-contact unsubscribe-token-broken "
        "gmail-clipping preference-page-ignored schema-not-updated unsubscribe-by-machine "
        "unsubscribe-confirmation unsubscribe-live-in-test"
    ),
    "too-many": (
        "apple-mail-privacy bot-or-gateway-hits own-copy-opened shared-or-wrong-contact-link "
        "disable-tracking-attribute pixel-hidden-or-altered url-prefix-overlap "
        "bot-list-emptied cors identified-by-ip"
    ),
    "wrong-contact": (
        "bot-or-gateway-hits ct-damaged shared-or-wrong-contact-link list-unsubscribe-header "
        "unsubscribe-token-broken cors identified-by-ip pixel-cached "
        "unsubscribe-by-machine unsubscribe-live-in-test"
    ),
    "page-missing": (
        "tracking-script-missing admin-logged-in cors site-url-host destination-broken "
        "server-blocks-tracking-url ct-damaged https-proxy-scheme valid-hits-filtered "
        "queue-not-consumed blocked-fifteen-seconds bot-list-emptied pixel-cached "
        "privacy-signal query-glued schema-not-updated"
    ),
    "unsubscribed-unwillingly": (
        "unsubscribe-by-machine shared-or-wrong-contact-link unsubscribe-live-in-test "
        "list-unsubscribe-header unsubscribe-token-broken"
    ),
    "decision-missing": (
        "campaign-decision admin-logged-in privacy-signal send-context attachment-not-tracked "
        "site-url-host images-blocked token-in-link destination-broken link-markup-not-matched "
        "ampersand-encoding server-blocks-tracking-url esp-rewrap ct-damaged "
        "https-proxy-scheme valid-hits-filtered disable-tracking-attribute "
        "pixel-hidden-or-altered url-prefix-overlap tracking-setting-off gmail-clipping "
        "queue-not-consumed apple-mail-privacy blocked-fifteen-seconds dynamic-content-click "
        "pixel-cached plain-text-part query-glued schema-not-updated "
        "send-stopped-by-link text-only-mail link-normalised"
    ),
    "send-failed": "schema-not-updated send-stopped-by-link",
}


@pytest.mark.parametrize("symptom", Symptom)
def test_what_a_symptom_may_come_from(symptom: Symptom) -> None:
    assert named(symptom=symptom) == SUSPECTS[symptom].split()


def test_common_causes_are_causes() -> None:
    assert set(COMMON) <= {cause.id for cause in causes()}


@pytest.mark.parametrize("symptom", USUAL)
def test_the_usual_causes_of_a_symptom_explain_it_and_are_seen_at_once(symptom: Symptom) -> None:
    usual = list(USUAL[symptom])
    assert named(symptom=symptom)[: len(usual)] == usual


# Each answer that takes causes off a list, with the rule that excludes them; no other does. How
# one e-mail was sent says nothing of the copies of it that unsubscribe somebody (U2, V70, X8).
RULED_OUT = {
    "images-loaded=yes": "images-blocked",  # P11
    "queue=sync": "queue-not-consumed",  # K20
    "logged-in=no": "admin-logged-in",  # L1
    "timeline-shows=no": "counter-version-bug campaign-decision",  # nothing to count, or to see
    "timeline-shows=yes": (  # what is dropped is never recorded: L1, V1, K13, V10, V8
        "admin-logged-in valid-hits-filtered blocked-fifteen-seconds privacy-signal"
    ),
    "links-replaced=yes": "link-markup-not-matched tracking-setting-off",  # R44, K18
    "links-replaced=partly": "tracking-setting-off",
    "trackable-urls-disabled=no": "tracking-setting-off",  # K18
    "pixel-present=yes": "tracking-setting-off",  # P14
    "link-inside=body": "dynamic-content-click",
    "too-many-of=clicks": "apple-mail-privacy",  # P17
    "release=7.0.2": "privacy-signal",  # V8
} | {
    f"sent-via={way}": "send-context"  # X1 to X5
    for way in ("segment", "campaign", "form-to-contact", "point-trigger", "api")
}


def test_an_answer_rules_out_only_what_a_fact_excludes() -> None:
    found: dict[str, set[str]] = {}
    for symptom in Symptom:
        for question in about(symptom):
            for value in question.choices or {"release": ("7.0.2", "7.1")}.get(question.key, ()):
                left = suspects(Facts((), {"symptom": symptom, question.key: value}))
                if gone := set(named(symptom=symptom)) - set(left):
                    found.setdefault(f"{question.key}={value}", set()).update(gone)
    assert found == {answer: set(causes.split()) for answer, causes in RULED_OUT.items()}


def test_an_unknown_answer_rules_out_nothing() -> None:
    assert named(symptom="click-missing", logged_in="unknown") == named(symptom="click-missing")


def test_material_speaks_for_itself() -> None:
    facts = Facts.read([("x", "<p>Hello</p>")], answers={"symptom": "open-missing"})
    assert suspects(facts) == []


def test_what_no_message_shows_is_left_to_be_looked_at_beside_a_sound_one() -> None:
    assert {cause.id for cause in causes()} >= AFTER_SENDING
    sound = view(sent(HEALTHY), answers={"symptom": "open-missing", "images-loaded": "yes"})
    assert sound["verdict"]["kind"] == "healthy"
    assert set(sound["suspects"]) == {
        cause.id for cause in causes() if Symptom.OPEN_MISSING in cause.explains
    } & AFTER_SENDING - {"images-blocked"}
    assert view(sent(HEALTHY))["suspects"] == []
    hidden = sent(HEALTHY.replace("<img ", '<img style="display:none" '))
    assert view(hidden, answers={"symptom": "open-missing"})["suspects"] == []
    logged = [sent(HEALTHY), access("/r/1")]
    assert view(logged, answers={"symptom": "open-missing"})["suspects"] == []


def test_a_view_names_them_beside_what_answers_show() -> None:
    possible = view(answers={"symptom": "too-many"})
    shown = [card["cause"] for card in possible["cards"]]
    assert shown == ["apple-mail-privacy", "bot-or-gateway-hits"]
    assert possible["suspects"][0] == "own-copy-opened"
    assert not set(shown) & set(possible["suspects"])
    answered = view(answers={"symptom": "click-missing", "logged-in": "yes"})
    assert [card["certainty"] for card in answered["cards"]] == ["likely"]
    assert "admin-logged-in" not in answered["suspects"]
    assert answered["suspects"]


def test_who_tries_a_campaign_out_is_asked_for_the_login_first() -> None:
    unseen = view(answers={"symptom": "decision-missing", "timeline-shows": "no"})
    assert [(card["cause"], card["certainty"]) for card in unseen["cards"]] == [
        ("admin-logged-in", "possible")
    ]
    assert unseen["verdict"]["depends"] == "logged-in"
    others = {"symptom": "decision-missing", "timeline-shows": "no", "logged-in": "no"}
    assert view(answers=others)["cards"] == []
