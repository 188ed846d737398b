"""What mail programs put above or below a message, and people copy: pictures blocked, a mail cut.

The sentences are the programs' own, in the languages of the guide. A message may hold one itself
(`Images not displayed? View in your browser`), so only what stands beside it counts.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from . import mixed
from .asserted import is_asserted
from .facts import Facts
from .kinds import SourceKind
from .sources import Quote, Source

WORDS = (SourceKind.TEXT, SourceKind.LOG)  # kinds of what people write and copy
NOTHING = re.compile(r"(?!)")
MOST = 50  # sentences or sizes of one paste: a few say as much
LARGEST = 200_000  # characters; the words around a paste are fewer
GAP = r"(?:[ \t\n\r>|\u00a0\u202f]{1,60})"  # between two words, on one line or broken over two


class Sentences(NamedTuple):
    """What programs say: its pattern, and words of which each sentence has one.

    The words are looked for first: most texts have none, and the pattern is slow.
    """

    words: tuple[str, ...]
    pattern: re.Pattern[str]


def sentences(words: str, *texts: str) -> Sentences:
    """Return sentences whose words may stand on several lines."""
    pattern = "|".join(f"(?:{text})" for text in texts).replace(" ", GAP)
    return Sentences(tuple(words.split()), re.compile(pattern, re.I))


# Gmail, below what it shows of a message that is too long.
_CLIPPED = sentences(
    "message nachricht mensaje mensagem gmail",
    r"[\[\"“„«'‘] ?(?:Message clipped|Message tronqué|Nachricht (?:ab)?gekürzt"
    r"|Nachricht abgeschnitten|Mensaje (?:recortado|acortado|cortado)"
    r"|Mensagem (?:cortada|recortada|reduzida|truncada)) ?[\]\"”“»'’]",
    r"(?:Message clipped|Message tronqué|Nachricht gekürzt|Mensaje recortado"
    r"|Mensagem cortada)[.…–-]{0,3} (?:View|Afficher|Vollständige|Gesamte|Ganze|Ver|Exibir)\b",
    r"\b(?:is|was|gets|being|est|a été|wird|wurde|es|está|fue|é|foi)"
    r" (?:clipped|cut|truncated|coupée?|tronquée?|gekürzt|abgeschnitten|recortad[oa]|cortad[oa]"
    r"|truncad[oa])(?: off)?"
    r" (?:in|by|dans|par|von|en|por|no|pelo) Gmail\b",
    r"\b(?:wird|wurde) (?:in|von) Gmail (?:gekürzt|abgeschnitten)\b",
    r"\bView entire message\b",
    r"\bAfficher l['’](?:intégralité du message|ensemble du message)",
    r"\b(?:Vollständige|Gesamte|Ganze) Nachricht (?:ansehen|anzeigen)\b",
    r"\bVer (?:el )?mensaje completo\b|\bVer todo el mensaje\b",
    r"\b(?:Ver|Exibir) (?:a )?(?:mensagem (?:completa|inteira)|toda a mensagem)\b",
)
# Outlook, Thunderbird, Apple Mail and Gmail, above a message whose pictures they didn't load.
_BLOCKED = sentences(
    "message nachricht mensaje mensagem outlook thunderbird"
    " pictures images bilder imágenes imagens remot ressource inhalte",
    # Outlook
    r"(?:click|right-click|tap)(?: or tap)? here to download (?:the )?(?:pictures|images)",
    r"Outlook prevented (?:the )?automatic download of",
    r"(?:some content|parts?|pictures|images) (?:in|of) this message (?:has|have|was|were)"
    r" (?:been )?blocked",
    r"cliquez ici pour télécharger (?:des|les) images",
    r"Outlook a empêché le téléchargement automatique",
    r"klicken Sie hier, um (?:die )?Bilder herunterzuladen",
    r"hat Outlook den automatischen Download von Bildern",
    r"haga clic aquí para descargar (?:las )?imágenes",
    r"Outlook (?:ha impedido|impidió|evitó) la descarga automática",
    r"clique aqui para (?:baixar|transferir|descarregar)(?: as)? imagens",
    r"Outlook (?:impediu|evitou) (?:o download automático|a transferência automática)",
    r"(?:certains contenus|certaines parties|du contenu) (?:de|dans) ce message"
    r" (?:ont|a) été bloqué",
    r"(?:ein Teil des Inhalts|einige Inhalte|Teile) (?:in )?dieser Nachricht wurden? blockiert",
    r"(?:parte del contenido|algunas partes) de este mensaje"
    r" (?:se ha|ha sido|han sido) bloquead[oa]",
    r"(?:parte do conteúdo|algumas partes) desta mensagem (?:foi|foram) bloquead[oa]",
    # Thunderbird
    r"(?:to protect your privacy, )?Thunderbird has blocked remote content",
    r"(?:pour protéger votre vie privée, )?Thunderbird a bloqué"
    r" (?:les|des|du|le) contenus? distants?",
    r"(?:zum Schutz Ihrer Privatsphäre )?hat Thunderbird externe Inhalte",
    r"(?:para proteger su privacidad, )?Thunderbird"
    r" (?:ha bloqueado|bloqueó) (?:el|los) contenidos? remotos?",
    r"(?:para proteger sua privacidade, o )?Thunderbird bloqueou (?:o|os) conteúdos? remotos?",
    # Apple Mail
    r"this message contains remote content(?!\s+(?:that|which)\b)",
    r"unable to load remote content(?: privately)?",
    r"ce message contient du contenu (?:distant|à distance)",
    r"diese (?:E-Mail|Nachricht) enthält (?:entfernte|externe) Inhalte",
    r"este mensaje (?:contiene|tiene) contenido remoto",
    r"esta mensagem (?:contém|tem) conteúdo remoto",
    # Yahoo, Roundcube
    r"this message contains blocked images|ce message contient des images bloquées"
    r"|diese Nachricht enthält blockierte Bilder|este mensaje contiene imágenes bloqueadas"
    r"|esta mensagem contém imagens bloqueadas",
    r"to protect your privacy,? remote resources have been blocked",
    r"des ressources distantes ont été bloquées",
    r"(?:externe|entfernte) (?:Inhalte|Ressourcen) (?:wurden )?(?:[\w-]{1,15} ){0,3}"
    r"(?:blockiert|geblockt)",
    r"los recursos remotos (?:han sido|fueron) bloqueados|os recursos remotos foram bloqueados",
    # Gmail
    r"images in this message are hidden\.",
    r"images are not displayed\. (?:Display|Show) ",
    r"les images ne sont pas affichées\. Afficher ",
    r"Bilder werden nicht angezeigt\. Bilder ",
    r"las imágenes no se muestran\. Mostrar |no se muestran las imágenes\. Mostrar ",
    r"as imagens não (?:são|estão sendo) exibidas\. (?:Exibir|Mostrar) ",
)
# The setting of Apple Mail, which loads each message's pictures, read or not.
_PROTECTED = sentences(
    "mail",
    r"Protect Mail Activity",
    r"Protéger l['’]activité (?:dans|de) Mail",
    r"(?:Mail-Aktivität(?:en)?|Aktivität(?:en)? in (?:„|\")?Mail(?:“|\")?) schützen",
    r"Proteger (?:la )?actividad (?:en|de) Mail",
    r"Proteger (?:a )?atividade (?:do|no|de) (?:app )?Mail",
)
# What says behind the name of a setting that it is off.
_OFF = re.compile(
    r"(?i)[\"'”»“\])]{0,3}[ \u00a0]?[:=(–-]?[ \t\u00a0]?(?:is |was |est |ist |está |estaba )?"
    r"(?:(?:switched |turned )?off|disabled|désactivée?|abgeschaltet|ausgeschaltet|deaktiviert"
    r"|aus|desactivad[oa]|desativad[oa])\b"
)


def clipped(facts: Facts) -> list[Quote]:
    """Return the words with which Gmail says that it cut a message."""
    return [quote for source in facts.sources for quote in said(source, _CLIPPED)]


def images_blocked(facts: Facts) -> list[Quote]:
    """Return the words with which a mail program says that it didn't load the pictures."""
    return [quote for source in facts.sources for quote in said(source, _BLOCKED)]


def activity_protected(facts: Facts) -> list[Quote]:
    """Return the words of Apple Mail's setting by which it loads the pictures of each message.

    Not where it is said to be off.
    """
    return [quote for source in facts.sources for quote in said(source, _PROTECTED, _OFF)]


def said(source: Source, wanted: Sentences, unlike: re.Pattern[str] = NOTHING) -> Iterator[Quote]:
    """Yield the lines beside a message on which a sentence begins that is asserted.

    What follows it must not begin `unlike`.
    """
    text = beside(source)
    low = text.lower()
    is_near = any(word in low for word in wanted.words)
    for found in islice(wanted.pattern.finditer(text) if is_near else (), MOST):
        is_unlike = unlike.match(text[found.end() : found.end() + 60])
        if not is_unlike and is_asserted(text, found.start(), found.end()):
            yield source.line(found.start(), text)


def beside(source: Source) -> str:
    """Return the words beside a message: of HTML what stands outside of its elements."""
    if source.kind == SourceKind.HTML:
        return mixed.outside(source.text)
    return source.words[:LARGEST] if source.mail or source.kind in WORDS else ""
