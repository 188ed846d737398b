"""What people copy from Mautic's own screens, and say in words around what they paste.

Lists of e-mails, a contact's page, the footer with the release, an error page: words of the
interface, in the languages in which people pasted them. None of it is the source of a message.
"""

import re

from ..releases import LINES
from . import counts
from .asserted import MOST_SAID, NEGATION, Line, is_asserted, lines

MAUTIC = re.compile(r"(?i)\bMautic\b")
# A release as a footer has it, or as people say it: `Mautic 5.2.9`, `Version: 6.0.4`, `v5.0.4`.
_NUMBER = r"v?([1-9]\.[0-9]{1,2}(?:\.[0-9]{1,2})?)(?![\w.]*\w)"
_OTHERS = r"(?!PHP|My ?SQL|MariaDB|nginx|Apache|Symfony|Doctrine|Ubuntu|Debian|https?:)"
_NAMED = re.compile(
    rf"(?i)(?:\bMautic\b(?:{_OTHERS}[^\n<>]){{0,60}}?[ (:]|\bvers(?:ion|ión|ão)[ :]{{1,3}}"
    rf"|^[ \t]*(?=v[1-9])|\s(?=v[1-9][^\n]{{3,5}}$)){_NUMBER}",
    re.M,
)
_NAMED_BEHIND = re.compile(  # `5.2.9 of Mautic`
    r"(?i)(?<![\w.])v?([1-9]\.[0-9]{1,2}(?:\.[0-9]{1,2})?) (?:of|von|de|di|do|da) Mautic\b"
)
# Where a program tells its release, and what people say of theirs: `About says 5.0.4`.
_SAID = re.compile(
    r"(?i)(?<!\w)(?:(?:About|À propos|Über|Acerca de|Sobre|footer|pied de page|Fußzeile|rodapé"
    r"|pie de página)[^\w\n]{1,3}(?:\w{2,9}[^\w\n]{1,3}){0,2}"
    r"|(?:we run|we are on|we['’]re on|running|nous sommes en|nous utilisons(?: la)?|wir nutzen"
    r"|wir haben|usamos(?: la| a)?|estamos (?:en|na)(?: la)?)[ ](?:version |versión |versão )?)"
    rf"(?=v?[0-9]\.[0-9]+\.[0-9]){_NUMBER}"  # not `about 5.2 %`
)
_UPDATED = re.compile(  # from one release to another: the second one runs
    r"([1-9]\.[0-9]{1,2}(?:\.[0-9]{1,2})?)\s*(?:to|->|=>|→|auf|nach|à|vers|a|para)\s+"
    rf"(?:Mautic\s+)?{_NUMBER}",
    re.I,
)
# Of two releases, the one that runs since: `before: Mautic 6.0.8 / after: Mautic 7.1.1`.
_SINCE = re.compile(
    r"(?i)\b(?:after|now|since|new|today|après|maintenant|depuis|aujourd['’]hui|nachher|danach|jetzt"
    r"|seit|heute|después|ahora|desde|hoy|depois|agora|hoje)\b"
    rf"(?:(?!\bbefore\b|\bavant\b|\bvorher\b|\bantes\b)[^\n<>]){{0,60}}?"
    rf"\bMautic[ :]{{1,2}}{_NUMBER}"
)
_LOG_LINE = re.compile(r"\"(?:GET|HEAD|POST) /|^\[?[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]|<[a-zA-Z/!]")
# A campaign's decision that nobody met, as its page calls the two that concern an e-mail.
_UNMET = re.compile(
    r"(?i)\b(?:opens e-?mail|clicks e-?mail|emails ouverts|clics d['’]e-?mail"
    r"|öffnet (?:die )?e-mail|klickt (?:die )?e-mail|abre (?:o |el )?(?:e-?mail|correo)"
    r"|clique sur un e-?mail|clics? sur l['’]e-?mail|ouvre un e-?mail"
    r"|aperturas de correo electrónico|emails clicks|abriu o e-mail"
    r"|cliques no e-mail)\b[^\n]*?(?<![0-9.,])0[ \u202f\u00a0]?%"
)
# A field about URLs, whatever the language, that holds Mautic's own tracking address.
_DECISION = re.compile(
    r"(?i)\b(?:decision|décision|entscheidung|decisión|decisão)(?:e?s|en)?\b|\bclicks email\b"
)
_URL_FIELD = re.compile(r"(?i)\bURLs?\b")
_OWN_URL = re.compile(
    r"(?<![\w.])(?:https?:\\?/\\?/)?[\w.-]{1,253}(?::[0-9]+)?\\?/r\\?/(?:[0-9a-f]{25})?(?![\w?])"
)
# That mail programs show no button to unsubscribe, or that its header isn't there.
_BUTTON = (
    r"(?:List-Unsubscribe(?!:[ \t]*<)|(?:bouton|button|schaltfläche|knopf|botón|botão)[^\n]{0,40}?"
    r"(?:unsubscri|désabonn|désinscri|abmeld|abbestell|baja|suscripci|descadastr|cancelar)"
    r"|[«\"“„]?(?:unsubscribe|se désabonner|abmelden|abbestellen|cancelar (?:la )?suscripción"
    r"|darse de baja|cancelar inscrição)[»\"”“]?[^\n]{0,20}?"
    r"(?:button|bouton|schaltfläche|knopf|botón|botão))"
)
_LACKS = (
    r"\b(?:no|not|lacks?|missing|without|doesn['’]t|n['’]\w+[^\n]{0,20} pas|pas de|manque\w*"
    r"|absent\w*|sans|aucune?|fehl(?:t|en)|keinen?|nicht|ohne|falta\w*|sin|ningún|sem|nenhum|não)\b"
)
_NO_BUTTON = re.compile(rf"(?i){_LACKS}[^\n.;]{{0,60}}?{_BUTTON}|{_BUTTON}[^\n.;]{{0,40}}?{_LACKS}")
# Events of a contact's page.
_OPENED = re.compile(
    r"(?i)\be-?mail (?:read|opened|lu|ouvert|gelesen|geöffnet|leído|lido|abierto|aberto)\b"
    r"|\bcorreo(?: electrónico)? (?:leído|abierto)\b"
)
_VISITED = re.compile(
    r"(?i)\bpage (?:hit|visitée|vue|consultée)\b|\bseiten?(?:aufruf|besuch)\b"
    r"|\bpágina visita(?:da|d)\b|\bvisita (?:de|à|a la) página\b"
)
# Pages that a browser shows instead of what was asked for; the first is Mautic's own.
_FAILED = re.compile(r"(?i)I think I broke it|currently offline due to encountering an error")
_STATUS = re.compile(
    r"(?im)^[^\w\n]{0,9}(?:(?:HTTP )?(?:error|erreur|fehler)[ :]+)?(40[0-9]|50[0-4])[ \t:–—-]{1,4}"
    r"(?:forbidden|not found|page not found|internal server error|bad gateway|method not allowed"
    r"|service (?:temporarily )?unavailable|gateway time-?out|not acceptable)"
)
# What `curl` and browsers say of a host that nobody knows, or that doesn't answer.
_UNRESOLVED = re.compile(
    r"(?i)could not resolve host|name or service not known|NXDOMAIN|ERR_NAME_NOT_RESOLVED"
    r"|server not found|serveur introuvable|server nicht gefunden|servidor no encontrado"
    r"|servidor não encontrado"
)
_UNREACHED = re.compile(
    rf"{_UNRESOLVED.pattern}|curl: \((?:7|28|35|51|60)\)|certificate (?:has expired|problem)"
    r"|ERR_(?:CONNECTION|CERT|SSL)_\w+|(?:SSL|SEC)_ERROR_\w+|connection refused"
)
# People say that the page which a link leads to opens.
_SITE = (
    r"\b(?:link|page|shop|store|site|website|lien|boutique|seite|laden|webseite|enlace|página|tienda"
    r"|sitio|loja)\b"
)
_OPENS = (
    r"\b(?:opens?(?: fine| normally)?|works?(?: fine)?|loads?|marche|fonctionne|s['’]ouvre"
    r"|s['’]affiche|öffnet sich|geht auf|funktioniert|erscheint|se abre|abre|funciona|carga"
    r"|carrega)\b"
)
_ARRIVED = re.compile(rf"(?i){_SITE}[^\n.,;:]{{0,20}}{_OPENS}")
# The first line of an answer, as `curl` prints it, that refuses or fails.
_REFUSED = re.compile(r"(?m)^[<\s]{0,4}HTTP/[0-9](?:\.[0-9])? [45][0-9]{2}\b")
# What Mautic's page says that finds no sending, in the languages of the interface.
_NOT_FOUND = re.compile(
    r"(?i)\b(?:record not found|enregistrement introuvable|daten nicht gefunden"
    r"|registro no encontrado|registro não encontrado)\b"
)


def is_screen(text: str) -> bool:
    """Whether a text is copied from a screen of Mautic's, or speaks of Mautic."""
    head = text[:MOST_SAID]
    patterns = (MAUTIC, _UNMET, _OPENED, _FAILED, _STATUS, _NOT_FOUND)
    return any(pattern.search(head) for pattern in patterns) or bool(counts.rows(head))


def release(text: str) -> tuple[str, Line] | None:
    """Return the one release of Mautic that a text names, None if it names none or several."""
    found = dict[str, Line]()
    said = text[:MOST_SAID] if MAUTIC.search(text[:MOST_SAID]) else ""
    for number, line in enumerate(said.split("\n"), 1):
        if _LOG_LINE.search(line):
            continue
        updated = _UPDATED.search(line)
        patterns = (_NAMED, _NAMED_BEHIND, _SAID)
        found_in = [said for pattern in patterns for said in pattern.finditer(line)]
        names = [updated[2]] if updated else [named[1] for named in found_in]
        for name in names:
            if ".".join(name.split(".")[:2]) in LINES:
                found.setdefault(name, Line(number, line.strip()))
    since = [found[name] for name in _SINCE.findall(said) if name in found]
    if len(found) == 2 and len(set(since)) == 1:
        found = {name: line for name, line in found.items() if name in _SINCE.findall(said)}
    return next(iter(found.items())) if len(found) == 1 else None


def status(text: str) -> tuple[str, Line] | None:
    """Return the status of a page that says that something failed, None for any other text."""
    for number, line in enumerate(text[:MOST_SAID].split("\n"), 1):
        if said := _STATUS.search(line):
            return said[1], Line(number, line.strip())
        if _FAILED.search(line):
            return "500", Line(number, line.strip())
    return None


def failed(text: str) -> list[Line]:
    """Return the lines of Mautic's own page that says that something failed."""
    return lines(text, _FAILED)


def unresolved(text: str) -> list[Line]:
    """Return the lines in which a program says that it doesn't know a host."""
    return lines(text, _UNRESOLVED)


def unreached(text: str) -> list[Line]:
    """Return the lines in which a program says that it doesn't reach or trust a host."""
    return lines(text, _UNREACHED)


def refused(text: str) -> list[Line]:
    """Return the lines of answers to a program that refuse what was asked for, or fail."""
    return lines(text, _REFUSED)


def opened(text: str) -> list[Line]:
    """Return the events of a contact's page that say that an e-mail was opened."""
    return lines(text, _OPENED)


def on_timeline(text: str) -> tuple[str, Line] | None:
    """Return "yes" with the event of a contact's page, if it shows an open or a visit."""
    events = [*opened(text), *visited(text)]
    return ("yes", events[0]) if events else None


def visited(text: str) -> list[Line]:
    """Return the events of a contact's page that say that a page was visited."""
    return lines(text, _VISITED)


def arrived(text: str) -> list[Line]:
    """Return the lines that say that the page which a link leads to opens."""
    found = ((line, _ARRIVED.search(line.text)) for line in lines(text, _ARRIVED))
    denied = re.compile(f"(?i){NEGATION}")
    said = [(line, at) for line, at in found if at and not denied.search(at[0])]
    return [line for line, at in said if is_asserted(line.text, at.start(), at.end())]


def not_found(text: str) -> list[Line]:
    """Return the lines in which Mautic says that it finds no sending."""
    return lines(text, _NOT_FOUND)


def unmet(text: str) -> list[Line]:
    """Return the decisions of a campaign, about an e-mail, that nobody met."""
    return lines(text, _UNMET)


def without_button(text: str) -> list[Line]:
    """Return the lines that miss the button to unsubscribe of mail programs, or its header."""
    return lines(text, _NO_BUTTON)


def limited_to_tracking(text: str) -> list[Line]:
    """Return the fields of a campaign's decision that limit it to Mautic's own tracking address."""
    if not _DECISION.search(text[:MOST_SAID]):
        return []
    named = [line.number for line in lines(text, _URL_FIELD)]
    found = lines(text, _OWN_URL)
    return [line for line in found if any(0 <= line.number - number <= 2 for number in named)]


def is_tracking(properties: str) -> bool:
    """Whether what the database keeps of a decision limits it to Mautic's own tracking address."""
    return _OWN_URL.search(properties) is not None
