"""What mail programs say of a message is read in each language, whole or broken, unless denied."""

import pytest

from cases.mails import HEALTHY, sent
from snippets.diagnosis import diagnose
from snippets.evidence import clipping, notices
from snippets.evidence.facts import Facts

CLIPPED = (
    "[Message clipped]  View entire message",
    "[Message tronqué]  Afficher l’intégralité du message",
    "[Nachricht gekürzt]  Vollständige Nachricht ansehen",
    "[Mensaje recortado]  Ver mensaje completo",
    "[Mensagem cortada]  Ver mensagem inteira",
)
BLOCKED = (
    "Click here to download pictures. To help protect your privacy, Outlook prevented it.",
    "Cliquez ici pour télécharger des images.",
    "Klicken Sie hier, um Bilder herunterzuladen.",
    "Haga clic aquí para descargar imágenes.",
    "Clique aqui para baixar imagens.",
    "Some content in this message has been blocked because the sender isn’t in your list.",
    "Certains contenus de ce message ont été bloqués.",
    "Ein Teil des Inhalts dieser Nachricht wurde blockiert.",
    "Parte del contenido de este mensaje se ha bloqueado.",
    "Parte do conteúdo desta mensagem foi bloqueado.",
    "To protect your privacy, Thunderbird has blocked remote content in this message.",
    "Pour protéger votre vie privée, Thunderbird a bloqué les contenus distants de ce message.",
    "Zum Schutz Ihrer Privatsphäre hat Thunderbird externe Inhalte in dieser Nachricht blockiert.",
    "Para proteger su privacidad, Thunderbird ha bloqueado el contenido remoto de este mensaje.",
    "Para proteger sua privacidade, o Thunderbird bloqueou o conteúdo remoto desta mensagem.",
    "This message contains remote content.",
    "Ce message contient du contenu distant.",
    "Diese E-Mail enthält entfernte Inhalte.",
    "Este mensaje contiene contenido remoto.",
    "Esta mensagem contém conteúdo remoto.",
    "Images are not displayed. Display images below",
    "Les images ne sont pas affichées. Afficher les images ci-dessous",
    "Bilder werden nicht angezeigt. Bilder unten anzeigen",
    "Las imágenes no se muestran. Mostrar las imágenes",
    "As imagens não são exibidas. Exibir imagens abaixo",
    "This message contains blocked images.",
    "To protect your privacy remote resources have been blocked.",
)
PROTECTED = (
    "Protect Mail Activity: on",
    "Protéger l’activité dans Mail",
    "Mail-Aktivität schützen",
    "Proteger la actividad en Mail",
    "Proteger Atividade do Mail",
)
READERS = (
    (notices.clipped, CLIPPED),
    (notices.images_blocked, BLOCKED),
    (notices.activity_protected, PROTECTED),
)
SAID = [(reader, sentence) for reader, sentences in READERS for sentence in sentences]


@pytest.mark.parametrize(("reader", "sentence"), SAID, ids=[sentence for _, sentence in SAID])
def test_a_sentence_is_read_whole_broken_and_quoted(reader: object, sentence: str) -> None:
    assert callable(reader)
    broken = sentence.replace(" ", "\n", 2)
    for text in (sentence, broken, "> " + broken.replace("\n", "\n> "), f"<p>a</p>\n{sentence}"):
        facts = Facts.read([("notes.txt", f"Mautic 5.2, what she sees:\n\n{text}\n")])
        assert len(reader(facts)) >= 1, text
        assert reader(facts)[0].line >= 3


@pytest.mark.parametrize(("reader", "sentence"), SAID, ids=[sentence for _, sentence in SAID])
def test_a_sentence_of_the_message_itself_or_denied_is_none(reader: object, sentence: str) -> None:
    assert callable(reader)
    inside = sent(f"<p>\n{sentence}\n</p>{HEALTHY}", text=sentence)
    pasted = f"<html><body>\n<p>\n{sentence}\n</p>{HEALTHY}</body></html>"
    for text in (inside, pasted, f"Mautic 5.2: there is no {sentence}"):
        assert reader(Facts.read([("given", text)])) == [], text


def test_a_letter_that_asks_whether_pictures_are_shown_is_no_program() -> None:
    for own in ("Images not displayed? View in browser", "Bilder werden nicht angezeigt? Hier"):
        assert not notices.images_blocked(Facts.read([("notes.txt", f"Mautic 5.2\n{own}")]))


@pytest.mark.parametrize(
    ("said", "offset"),
    [
        ("$ grep -ob email/ mail.html\n149290:email/6ac785c510aef460516116.gif", 149290),
        ("$ grep -b gif *.html\nmail.html:812:email/6ac785c510aef460516116.gif", 812),
        ("The pixel stands at byte 118 402 of the HTML.", 118402),
        ("Le pixel est à l’octet 103.500", 103500),
        ("$ grep -n email/ mail.html\n812:email/6ac785c510aef460516116.gif", None),
        ("12:30 email/6ac785c510aef460516116.gif", None),
    ],
)
def test_the_bytes_before_the_pixel_are_read(said: str, offset: int | None) -> None:
    found = clipping.pixel_offsets(Facts.read([("notes.txt", f"Mautic 5.2\n{said}")]))
    assert [at for at, _ in found] == ([] if offset is None else [offset])
    first = diagnose([("notes.txt", f"Mautic 5.2\n{said}")]).first
    assert (first == "gmail-clipping") == (offset is not None and offset > 102_000)


@pytest.mark.parametrize(
    ("said", "sizes"),
    [
        ("-rw-r--r-- 1 a a 149377 Oct  8 14:40 sent.html", [149377]),
        ("  121877 sent.html", [121877]),
        ("The HTML has 139 KB", [139000]),
        ("L’HTML fait 139 Ko.", [139000]),
        ("The picture has 300 KB", []),
    ],
)
def test_sizes_of_html_are_read(said: str, sizes: list[int]) -> None:
    found = clipping.html_sizes(Facts.read([("notes.txt", f"Mautic 5.2\n{said}")]))
    assert [size for size, _ in found] == sizes
