"""What screens and people say of a page of one's own for preferences (U5)."""

import re

from .asserted import NEGATION, Line, is_asserted, lines

# The fields of an e-mail and of a page, by their labels, and what people call such a page.
_LABEL = (
    r"(?:preferences? cent(?:er|re)(?: page)?|page du centre de préférences?|centre de préférences?"
    r"|Abmeldeseite|Einstellungscenter(?:-?Seite)?|Präferenz(?:center|seite|zentrum)"
    r"|página central de preferencias|(?:página del )?centro de preferencias?"
    r"|(?:página d[eo] )?centro de preferências|preference page|page de préférences"
    r"|página de preferencias|página de preferências|Einstellungsseite)"
)
_NOTHING = r"(?:no\b|non\b|nein\b|não\b|none\b|aucune?\b|keine?\b|ningun|nenhum|0\b|-+$|–|$)"
_CHOSEN = re.compile(rf"(?i)\b{_LABEL}[\"'”»]?[ \t]*[:=→][ \t]*(?!{_NOTHING})\S")
_MADE = re.compile(
    r"(?i)\b(?:made|built|created|chose|chosen|selected|have|créée?|choisie?|fait|sélectionnée?"
    r"|erstellt|gewählt|ausgewählt|angelegt|gebaut|haben?|cread[oa]|creé|elegid[oa]|elegí|hecho"
    rf"|criei|criad[oa]|escolhi|escolhid[oa]|fiz)\b[^\n.;]{{0,60}}{_LABEL}"
    rf"|{_LABEL}[^\n.;]{{0,60}}\b(?:erstellt|gewählt|ausgewählt|angelegt|gebaut|chosen|created"
    r"|published|choisie|créée|publiée|veröffentlicht|elegida|creada|publicada|escolhida|criada)\b"
)
_DENIED = re.compile(f"(?i){NEGATION}")


def made(text: str) -> list[Line]:
    """Return the lines that say that there is such a page, or that an e-mail has one chosen.

    What follows may be denied: that it is shown, for instance.
    """
    found = [
        (line, pattern.search(line.text))
        for pattern in (_CHOSEN, _MADE)
        for line in lines(text, pattern)
    ]
    said = [(line, at) for line, at in found if at and not _DENIED.search(at[0])]
    return [line for line, at in said if is_asserted(line.text, at.start(), len(line.text))]
