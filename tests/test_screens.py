"""What people copy from Mautic's screens, and say around a paste, is read as what it says."""

import json

import pytest

from cases.mails import HEALTHY, access, sent
from pages import DOCS
from snippets.diagnosis import diagnose
from snippets.evidence import counts, screens, settings
from snippets.evidence.facts import Facts
from snippets.evidence.pastes import VISIBLE_TEXT, wrong_paste
from snippets.suspects import suspects

LANGUAGES = ("en", "fr", "de", "es", "pt-BR")
LABELS = json.loads((DOCS / "labels.json").read_text("utf-8"))["labels"]


@pytest.mark.parametrize("setting", settings.LABELS)
def test_settings_have_the_labels_of_the_interface(setting: str) -> None:
    assert list(settings.LABELS[setting]) == [LABELS[setting][name] for name in LANGUAGES]
    value, read = ("https://m.acme.example",) * 2 if setting == "site_url" else ("non", "0")
    for label in settings.LABELS[setting]:
        for line in (f"{label} {value}", f"- {label.replace(' ?', '')}: {value}"):
            assert settings.read(f"words\n{line}\nmore") == {setting: read}, line
            assert settings.lines(f"words\n{line}\nmore") == {setting: (2, line)}
    assert settings.read(f"{settings.LABELS[setting][0]} is a setting") == {}


@pytest.mark.parametrize(
    ("said", "release"),
    [
        ("We run Mautic 7.1.2.", "7.1.2"),
        ("(Mautic 5.2)", "5.2"),
        ("the version is 7.0.1 of Mautic, here", "7.0.1"),
        ("la 5.2.9 de Mautic", "5.2.9"),
        ("© Mautic 2026. All Rights Reserved.     v5.0.4", "5.0.4"),
        ("Mautic\nv6.0.3\n", "6.0.3"),
        ("Mautic, Version : 4.4.12", "4.4.12"),
        ("Mautic wurde von 4.4.12 auf 5.2.3 gebracht", "5.2.3"),
        ("Mautic 5.1.1 with PHP 8.1", "5.1.1"),
        ("Mautic läuft mit PHP 8.1", None),
        ("Mautic 5.1 here, Mautic 5.2 there", None),
        ("Mautic 9.4", None),
        ("Version 5.1 of our shop", None),
        ("[2026-11-18T10:00:20+00:00] mautic.ERROR: Mautic 5.1", None),
        ("<p>Mautic 5.1</p>", None),
    ],
)
def test_a_release_is_read_in_words(said: str, release: str | None) -> None:
    found = screens.release(said)
    assert (found and found[0]) == release


def test_words_around_a_paste_name_the_release_and_an_answer_wins() -> None:
    words = "It is Mautic 7.1.2.\n\n"
    for paste in (words + sent(HEALTHY), words + access("/r/1"), words + HEALTHY):
        assert diagnose(paste).context["release"] == "7.1.2"
        assert diagnose(paste, answers={"release": "5.2"}).context["release"] == "5.2"
    inside = sent(HEALTHY, text="We run Mautic 7.1.2.")
    assert "release" not in Facts.read([("m", inside)]).answers


LISTS = (
    "1,842 Sent\n{} Read\n0% Read",
    "0 En attente  1842 Envoyés  {} Lu  0 % lu",
    "Envoyés 1842   Lus {}",
    "3.204 Gesendet {} Gelesen",
    "120 Enviados {} Leídos",
    "120 Enviados\n{} Lidos",
    "Name,Sent,Read,Clicks\nA,100,{},4",
    'x; "sentCount": 842, "readCount": {}',
)


@pytest.mark.parametrize("text", LISTS)
def test_a_list_shows_that_nobody_opened(text: str) -> None:
    assert len(counts.unread(text.format(0))) == 1
    assert counts.unread(text.format(7)) == []
    [(_, sent_count, read_count)] = counts.rows(text.format(7))
    assert (sent_count > 90, read_count) == (True, 7)


def test_a_list_with_opens_or_few_sent_shows_nothing() -> None:
    assert counts.unread("842 Sent 7 Read") == []
    assert counts.unread("12 Sent 0 Read") == []
    assert counts.unread("842 Sent\nwords\nwords\nwords\n0 Read") == []


OPENED = {
    "en": "Email read  Autumn  6 Oct 2026",
    "fr": "E-mail lu  Automne",
    "de": "E-Mail gelesen  Herbst",
    "es": "Correo leído  Otoño",
    "pt": "E-mail lido  Outono",
}


@pytest.mark.parametrize("language", OPENED)
def test_a_list_and_a_contact_that_disagree_show_the_fault_of_a_release(language: str) -> None:
    text = f"842 Sent 0 Read\n{OPENED[language]}\n"
    asked = diagnose(text)
    assert [(f.cause, str(f.certainty)) for f in asked.findings] == [
        ("counter-version-bug", "likely")
    ]
    assert asked.questions[0] == "release"
    assert diagnose(text + "Mautic v5.0.4").findings[0].certainty == "sure"
    assert diagnose(text + "Mautic v5.2.0").first != "counter-version-bug"
    assert diagnose(text, answers={"symptom": "click-missing"}).first != "counter-version-bug"
    assert diagnose(text.replace(" 0 Read", " 9 Read")).first is None


def test_more_readers_who_click_than_open_show_the_same_fault() -> None:
    text = "Sent 2 410\nRead 1\nUnique clicks 322\n"
    assert [line.text for line in counts.more_clicks(text)] == ["Unique clicks 322"]
    assert counts.more_clicks(text.replace("Read 1", "Read 900")) == []
    assert counts.more_clicks(text.replace("Read 1", "Read 1\n\n\n\n")) == []
    assert [str(f.certainty) for f in diagnose(text + "Mautic 5.0.2").findings] == ["likely"]
    assert diagnose(text + "Mautic 5.0.2").first == "counter-version-bug"
    assert diagnose(text + "Mautic 6.0.2").first is None
    export = '{"email": {"sentCount": 842, "readCount": 0, "clickCount": 214}}'
    assert diagnose(export).first == "counter-version-bug"
    assert diagnose(export.replace("214", "0")).first is None
    assert diagnose(export.replace('"readCount": 0', '"readCount": 90')).first is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["opens_email", "clicks_email"])
def test_a_decision_that_nobody_met_beside_an_event_is_the_campaigns(
    name: str, language: str
) -> None:
    text = f"{LABELS[name][language]}   0 %   0\nEmail read  Autumn  6 Oct 2026\n"
    assert diagnose(text).first == "campaign-decision"
    assert diagnose(text.replace(" 0 %", " 40 %")).first is None
    assert diagnose(text.replace("Email read", "Email sent")).first is None


def test_a_browser_that_asks_not_to_be_tracked_is_read_in_words() -> None:
    words = "Mautic 7.1.2, tested with Brave, not logged in\n"
    assert diagnose(words).first == "privacy-signal"
    assert diagnose(words.replace("7.1.2", "6.0.2")).first is None
    assert diagnose(words.replace("Brave", "a brave colleague")).first is None


def test_a_screen_is_never_called_the_text_of_a_message() -> None:
    for text in (
        *OPENED.values(),
        "Uh oh! I think I broke it. If I do it again, please report me to the administrator!",
        "403 Forbidden\nnginx, and a few words around it so that there are enough of them",
        "Record not found. That is all there is to be seen on this white page, and nothing more",
        "crontab -l\n*/5 * * * * php /var/www/mautic/bin/console mautic:segments:update every day",
        "a,b,c,d\none word,two words,three words,four words\nmore words,and so on,and on,and on",
    ):
        words = f"{text} and what else somebody writes around it in words"
        for pasted in (text, words if "," not in text else text):
            assert wrong_paste(Facts.read([("x", pasted)])) == "", pasted
    letter = "Dear members, the regatta is on Sunday, and we look forward to seeing you all there."
    assert wrong_paste(Facts.read([("x", letter)])) == VISIBLE_TEXT


def test_a_page_that_failed_tells_its_status() -> None:
    assert Facts.read([("x", "Error 403 - Forbidden")]).answers == {"http-status": "403"}
    broken = diagnose("Uh oh! I think I broke it.", answers={"symptom": "unsubscribe-broken"})
    assert "server-blocks-tracking-url" not in [f.cause for f in broken.findings]
    assert broken.first in ("unsubscribe-server-error", "schema-not-updated")


def test_what_mautic_says_of_a_test_link_is_known_in_each_language() -> None:
    for language in LANGUAGES:
        assert screens.not_found(f"Seite: {LABELS['record_not_found'][language]}")
    assert diagnose("Daten nicht gefunden.").first == "unsubscribe-no-contact"


def test_screens_leave_the_other_suspects_to_be_looked_at() -> None:
    facts = Facts.read([("x", "Mautic 5.2.3 shows no opens")], answers={"symptom": "open-missing"})
    assert len(suspects(facts)) > 5
