"""The words of Mautic's screens, one by one, in the languages in which people copy them."""

import pytest

from snippets.evidence import counts, screens
from snippets.evidence.asserted import Line

OPENED = [
    *("Email read", "E-mail opened", "email lu", "E-mail ouvert", "E-Mail gelesen"),
    *("E-Mail geöffnet", "email leído", "email lido", "email abierto", "email aberto"),
    *("correo leído", "Correo electrónico abierto"),
]
VISITED = [
    *("Page hit", "page visitée", "page vue", "Seitenaufruf", "Seitenbesuch", "Seiteaufruf"),
    *("página visitada", "página visitad", "visita de página", "visita à página"),
    "visita a la página",
]
UNMET = [
    *("Opens email", "Clicks email", "Emails ouverts", "Clics d'e-mail", "Clics d’email"),
    *("Öffnet die E-Mail", "Klickt E-Mail", "Aperturas de correo electrónico", "Emails clicks"),
    *("Abriu o e-mail", "Cliques no e-mail"),
]
NOT_FOUND = [
    *("Record not found.", "Enregistrement introuvable", "Daten nicht gefunden"),
    *("Registro no encontrado", "Registro não encontrado"),
]
FAILED = [
    "I think I broke it",
    "The site is currently offline due to encountering an error.",
]


@pytest.mark.parametrize("words", OPENED)
def test_an_event_that_says_that_an_email_was_opened(words: str) -> None:
    for said in (words, words.upper(), f"12:00 {words}!"):
        assert screens.opened(f"a\n{said}\nb") == [Line(2, said)]
        assert screens.on_timeline(said) == ("yes", Line(1, said))
        assert screens.is_screen(said)
    assert screens.opened(f"{words}x") == screens.opened(f"x{words}") == []


@pytest.mark.parametrize("words", VISITED)
def test_an_event_that_says_that_a_page_was_visited(words: str) -> None:
    for said in (words, words.upper()):
        assert screens.visited(f" {said} ") == [Line(1, said)]
        assert screens.on_timeline(f"{said}\n{OPENED[0]}") == ("yes", Line(2, OPENED[0]))
        assert screens.on_timeline(said) == ("yes", Line(1, said))
    assert screens.on_timeline("hello") is None


@pytest.mark.parametrize("words", UNMET)
def test_a_decision_that_nobody_met(words: str) -> None:
    for said in (f"{words} 0%", f"{words.upper()} 0 %", f"{words}: 0\u202f%"):
        assert screens.unmet(said) == [Line(1, said)]
        assert screens.is_screen(said)
    for other in (f"{words} 10%", f"{words} 1.0%", f"{words} 5%", words, f"{words}\n0%"):
        assert screens.unmet(other) == []


@pytest.mark.parametrize("words", NOT_FOUND)
def test_what_mautic_says_of_a_sending_it_does_not_find(words: str) -> None:
    assert screens.not_found(words.upper()) == [Line(1, words.upper())]
    assert screens.is_screen(words)


@pytest.mark.parametrize("words", FAILED)
def test_mautics_own_page_says_that_something_failed(words: str) -> None:
    assert screens.failed(words.upper()) == [Line(1, words.upper())]
    assert screens.status(f"a\n{words}") == ("500", Line(2, words))


NAMES = [
    *("Forbidden", "Not Found", "Page not found", "Internal Server Error", "Bad Gateway"),
    *("Method Not Allowed", "Service Unavailable", "Service Temporarily Unavailable"),
    *("Gateway Timeout", "Gateway Time-out", "Not Acceptable"),
]


@pytest.mark.parametrize("name", NAMES)
def test_the_page_of_a_server_says_its_status(name: str) -> None:
    for said in (
        f"403 {name}",
        f"HTTP Error 403: {name}",
        f"Erreur 403 – {name}",
        f"# 403 - {name}",
    ):
        assert screens.status(f"x\n{said.upper()}") == ("403", Line(2, said.upper()))
    assert screens.status(f"the 403 {name}") is None
    assert screens.status(f"410 {name}") is screens.status(f"505 {name}") is None
    for code in ("400", "409", "500", "504"):
        assert screens.status(f"{code} {name}") == (code, Line(1, f"{code} {name}"))


SENT = [
    *("sent", "sent count", "sent_count", "sentcount", "envoyé", "envoyés", "gesendet"),
    *("versendet", "versandt", "enviado", "enviadas"),
]
READ = [
    *("read", "read count", "read_count", "lu", "lus", "ouvert", "ouverts", "gelesen", "lesen"),
    *("geöffnet", "leído", "leídas", "lido", "lidas", "abierto", "abiertas", "aberto", "abertas"),
]


def numbers(text: str) -> list[tuple[int, int]]:
    """Return how many were sent and opened, row by row."""
    return [(sent, read) for _, sent, read in counts.rows(text)]


@pytest.mark.parametrize("word", SENT)
def test_the_words_for_what_was_sent(word: str) -> None:
    for said in (f"30 {word}", f"{word.title()}: 30", f'"{word}": "30"', f"{word} = 30"):
        assert numbers(f"{said}\n4 read") == [(30, 4)]


@pytest.mark.parametrize("word", READ)
def test_the_words_for_what_was_opened(word: str) -> None:
    for said in (f"4 {word}", f"{word.title()} 4"):
        assert numbers(f"30 sent\n{said}") == [(30, 4)]
    assert numbers(f"30 sent\n{word} 4 %") == []


def test_counts_stand_in_a_line_in_a_list_or_in_a_table() -> None:
    assert numbers("9 Sent  0 Read") == [(9, 0)]
    assert numbers("Sent 9, Read 0") == [(9, 0)]
    assert numbers("1 234 sent\n1.234 read") == [(1234, 1234)]
    assert numbers("30 sent\n\n\n4 read") == [(30, 4)]
    assert numbers("30 sent\n\n\n\n4 read") == []
    assert numbers("30 sent\n4 read\n3 read") == [(30, 4)]
    table = "Name{0}Sent{0}Read\nSpring{0}30{0}4\nSummer{0}40{0}0\n"
    for sign in ("\t", ";", ",", "|", " | ", "  "):
        assert numbers(table.format(sign)) == [(30, 4), (40, 0)]
    assert numbers('"name","sent_count","read_count"\n"Spring","30","4"\n') == [(30, 4)]
    assert numbers("Read;Sent\n4;30\nx;y\n5\n") == [(30, 4)]
    assert [line.number for line in counts.unread("Sent;Read\n20;0\n19;0\n30;1\n")] == [2]


UNIQUE = [
    *("unique clicks", "unique click", "clics uniques", "clic unique", "eindeutige Klicks"),
    *("einmalige Klick", "clics únicos", "clic único", "cliques únicos", "clique único"),
]


@pytest.mark.parametrize("words", UNIQUE)
def test_more_clicks_than_opens_are_told(words: str) -> None:
    for said in (f"5 {words}", f"{words.title()}: 5"):
        assert [line.text for line in counts.more_clicks(f"30 sent\n4 read\n{said}")] == [said]
        assert counts.more_clicks(f"30 sent\n5 read\n{said}") == []
        assert counts.more_clicks(f"30 sent\n4 read\n\n\n\n{said}") == []
        assert counts.more_clicks(said) == []


RELEASES = {
    "Mautic 5.2.9": "5.2.9",
    "mautic (5.2)": "5.2",
    "Mautic: v6.0.4": "6.0.4",
    "Mautic\nVersion: 6.0.4": "6.0.4",
    "Mautic\nVersión 6.0.4": "6.0.4",
    "Mautic\nversão 6.0.4": "6.0.4",
    "Mautic\nv6.0.4": "6.0.4",
    "Mautic from 4.4.12 to 5.2.3": "5.2.3",
    "Mautic 4.4.12 -> 5.2.3": "5.2.3",
    "Mautic 4.4.12 → Mautic 5.2.3": "5.2.3",
    "Mautic von 4.4.12 nach 5.2.3": "5.2.3",
    "Mautic de 4.4.12 à 5.2.3": "5.2.3",
    "Mautic de 4.4.12 a 5.2.3": "5.2.3",
    "Mautic de 4.4.12 para 5.2.3": "5.2.3",
    "Mautic 5.2.3.4": None,
    "Mautic 5.2x": None,
    "Mautic with MySQL 8.0": None,
    "Mautic, MariaDB 10.6": None,
    "Mautic, nginx 1.24": None,
    "Mautic and Symfony 5.4": None,
    "Version 5.2": None,
    "Mautic 5.2.3, and Mautic 5.2.4": None,
    "Mautic 5.2.3, yes, Mautic 5.2.3": "5.2.3",
}


@pytest.mark.parametrize(("said", "release"), RELEASES.items())
def test_the_release_that_a_text_names(said: str, release: str | None) -> None:
    found = screens.release(said)
    assert (found[0] if found else None) == release


def test_of_a_long_text_so_much_is_read() -> None:
    room = "\n" * (20_000 - len(OPENED[0]))
    assert screens.opened(room + OPENED[0])
    assert not screens.opened("\n" + room + OPENED[0])
    assert not screens.is_screen("\n" + room + OPENED[0])
    assert screens.release("\n" * 19_990 + "Mautic 5.2") is not None
    assert screens.release("\n" * 19_991 + "Mautic 5.2") is None
