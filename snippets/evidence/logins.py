"""What people say of the browser they tried it with: that Mautic knew it as one of its users.

Mautic stands open in the tab beside; in a private window it counts; whoever has no account is
counted. In the languages of the guide.
"""

import re

from .asserted import COUNTS, MOST_SAID, NEGATION, Line, is_asserted, lines

_OTHER_TAB = (
    r"\b(?:(?:other|another|second|next|neighbou?ring) (?:browser )?(?:tab|window)"
    r"|(?:autre|second|deuxième|même) (?:onglet|fenêtre|navigateur)"
    r"|(?:ander\w+|zweiten|nächsten|gleichen|selben) (?:Browser-?)?(?:Tab|Reiter|Fenster|Browser)"
    r"|(?:otr[oa]|segund[oa]|mism[oa]) (?:pestaña|ventana|navegador)"
    r"|(?:outr[oa]|segund[oa]|mesm[oa]) (?:aba|guia|janela|separador|navegador)"
    r"|same (?:browser|window))\b"
)
_OPEN = (
    r"\b(?:open|logged|signed|ouvert\w*|connecté\w*|offen|geöffnet|angemeldet|eingeloggt|abiert[oa]"
    r"|sesión|abert[oa]|logad[oa]|conectad[oa])\b"
)
# `Mautic is open in another tab`, `L'autre onglet, c'est Mautic`
_BESIDE = re.compile(
    rf"(?i){_OTHER_TAB}[^\n.;]{{0,20}}\bMautic\b"
    rf"|\bMautic\b[^\n.;]{{0,40}}{_OPEN}[^\n.;]{{0,30}}{_OTHER_TAB}"
    rf"|{_OPEN}[^\n.;]{{0,20}}\bMautic\b[^\n.;]{{0,40}}{_OTHER_TAB}"
    rf"|\bMautic\b[^\n.;]{{0,20}}{_OTHER_TAB}[^\n.;]{{0,20}}{_OPEN}"
)
_SESSION = re.compile(
    r"(?i)\b(?:logged|signed) ?in(?:to| to| at| on)? (?:\w+ ){0,2}Mautic\b"
    r"|\bconnectée?s? (?:à|dans|sur) (?:\w+ ){0,2}Mautic\b"
    r"|\b(?:in|bei) (?:\w+ )?Mautic (?:\w+ )?(?:angemeldet|eingeloggt)\b"
    r"|\b(?:angemeldet|eingeloggt) (?:in|bei) (?:\w+ )?Mautic\b"
    r"|\b(?:sesión (?:iniciada|abierta)|conectad[oa]|logue?ad[oa]|identificad[oa]) (?:en|a)"
    r" (?:\w+ )?Mautic\b"
    r"|\b(?:logad[oa]|conectad[oa]|sessão (?:iniciada|aberta)) (?:no|em|ao) (?:\w+ )?Mautic\b"
)
_TRIED = re.compile(r"(?i)\b(?:click|clic|klick|geklickt|cliqu|clique)\w*")
_PRIVATE = (
    r"\b(?:(?:private|incognito|inprivate) (?:window|tab|mode|browsing|session)|incognito"
    r"|(?:navigation|fenêtre|onglet) privée?|privaten? (?:Fenster|Modus|Tab)|Inkognito\w*"
    r"|(?:ventana|navegación|modo|pestaña) (?:privad[oa]|(?:de )?incógnito)|incógnito"
    r"|(?:janela|navegação|guia|aba|modo) (?:privad[oa]|anônim[oa])|anônima)\b"
)
_IN_PRIVATE = re.compile(
    rf"(?i){_PRIVATE}[^\n.;]{{0,60}}?{COUNTS}|{COUNTS}[^\n.;]{{0,60}}?{_PRIVATE}"
)
_NO_ACCOUNT = re.compile(
    r"(?i)(?:\bno|n['’]t have(?: an?)?|\bnever had(?: an?)?|\bwithout(?: an?)?"
    r"|(?:\bpas|\baucun) ?(?:d['’])?|\bsans|\bkeinen?|\bohne|\bno tiene(?: una)?|\bsin"
    r"|\bnão tem(?: uma)?|\bsem) ?"
    r"(?:access|account|login|accès|compte|identifiants?|Zugang|Zugriff|Konto|Account|acceso"
    r"|cuenta|acesso|conta)\b[^\n.;]{0,25}\bMautic\b"
)
# `no` is a preposition in Portuguese: `aberto no outro separador`.
_NEGATED = re.compile(
    rf"(?i){NEGATION.replace('bno|', 'bno (?!Mautic|outr|mesm|meu|segund)|')}"
    r"|\b(?:nothing|nobody|none|rien|personne|nichts|niemand|nada|nadie|ninguém)\b"
)
_CLAUSE_ENDS = re.compile(r"[,.;:!?\n]|$")


def logged_in(text: str, about_clicks: bool = False) -> tuple[str, Line] | None:
    """Return "yes" with the line that says so: the browser of a test knew Mautic's user.

    Being logged in to Mautic is no news of an administrator, and hides no open: a click must be
    spoken of.
    """
    text = text[:MOST_SAID]
    if not (about_clicks or _TRIED.search(text)):  # it may be an open that is missed
        return None
    for line in lines(text, _BESIDE) + lines(text, _IN_PRIVATE) + lines(text, _NO_ACCOUNT):
        if is_said(line.text, _BESIDE) or is_said(line.text, _IN_PRIVATE):
            return "yes", line
        if _NO_ACCOUNT.search(line.text) and counts(_NO_ACCOUNT.sub("", line.text)):
            return "yes", line
    for line in lines(text, _SESSION):
        if is_said(line.text, _SESSION) and (about_clicks or _TRIED.search(line.text)):
            return "yes", line
    return None


def is_said(line: str, pattern: re.Pattern[str]) -> bool:
    """Whether a line asserts what a pattern finds, in itself and around it."""
    return any(
        is_asserted(line, found.start(), found.end())
        and not _NEGATED.search(clause(line, found.start(), found.end()))
        for found in pattern.finditer(line)
    )


def clause(line: str, start: int, end: int) -> str:
    """Return what stands between two offsets of a line, to the end of the clause, and before it.

    `nobody was …`, `… zählt auch nicht`.
    """
    begun = max((line.rfind(sign, 0, start) for sign in ",.;:"), default=-1) + 1
    ends = _CLAUSE_ENDS.search(line, end)
    return line[begun : ends.start() if ends else len(line)]


def counts(line: str) -> bool:
    """Whether a line asserts that something counts."""
    return is_said(line, re.compile(f"(?i){COUNTS}"))
