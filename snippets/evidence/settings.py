"""Mautic's own settings: lines of `local.php`, or variables of its environment.

What they say needs no answer.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

LARGEST = 200_000  # characters; the file with every setting has about 20 000
# `'key' => 'value',` or a list: `'key' => array( … ),` and `'key' => [ … ],`; in front of it at
# most signs that a list or a quotation puts there, and no comment.
_COMMENT = r"//[^\n]*|#[^\n]*|/\*(?s:.{0,500}?)\*/"  # of PHP
_STRING = r"'(?:[^'\\\n]|\\.)*+'|\"(?:[^\"\\\n]|\\.)*+\""  # `'Jamie\'s Spider'`
_INSIDE = rf"(?:{_STRING}|{_COMMENT}|[^()\[\]'\"])*+"
# What goes on behind a list whose end was cut: its strings, up to the key of another setting.
_ITEMS = rf"(?:(?:\w+\s*=>\s*)?(?:{_STRING})(?!\s*=>)|{_COMMENT}|[\s,.…])*+"
_ENTRY = re.compile(
    r"^[^\w'\"#/\n]{0,20}['\"](?P<key>[a-z]\w{2,80})['\"]\s*=>\s*"
    rf"(?:(?:array\s*\(|\[)(?:(?P<list>{_INSIDE})[)\]]|(?P<open>{_ITEMS}))"
    rf"|(?P<value>{_STRING}|[\w.-]+))",
    re.M,
)
_BEGINS = re.compile(r"[^\w'\"#/\n]{0,20}['\"](?P<key>[a-z]\w{2,80})['\"]\s*=>")
# `MAUTIC_KEY=value` of `.env` or a shell, `MAUTIC_KEY: value` of a compose file; lists are JSON.
_VARIABLE = re.compile(
    r"^[^\w'\"#/\n]{0,20}(?:export[ \t]+|ENV[ \t]+|-e[ \t]*)?['\"]?"
    r"MAUTIC_(?P<key>[A-Z][A-Z_]{2,80})(?:=|:[ \t]+|[ \t]+)(?P<value>\S[^\n]*)$",
    re.M,
)
_TEXT = re.compile(_STRING)
_STRING_OR_COMMENT = re.compile(rf"(?P<string>{_STRING})|{_COMMENT}")
# A comment over lines of its own, as PHP has it; what a change, as `diff` shows it, takes out.
_REMARK = re.compile(r"^[ \t]*/\*", re.M)
_CHANGE = re.compile(r"^@@ -[0-9]", re.M)
_REMOVED = re.compile(r"^-[^\n]*", re.M)
_FILE = re.compile(r"\$parameters\s*=\s*(?:array\s*\(|\[)")
# Settings that tell of tracking: lines with one of them are Mautic's without the file's beginning.
KNOWN = {
    *("site_url", "disable_trackable_urls", "mailer_append_tracking_pixel", "anonymize_ip"),
    *("messenger_dsn_hit", "messenger_dsn_email", "do_not_track_ips", "do_not_track_bots"),
    *("show_contact_preferences", "track_contact_by_ip", "unsubscribe_text", "webview_text"),
    *("cors_restrict_domains", "cors_valid_domains"),
}
# What the page “Configuration” calls settings, in the languages in which people copy from it.
LABELS = {
    "site_url": (
        *("Site URL", "URL du site", "URL der Webseite", "Enlace del Sitio (URL)"),
        "URL do Site",
    ),
    "disable_trackable_urls": (
        *("Disable trackable urls", "Désactiver le tracking des URLs"),
        *("Deaktivieren Sie nachverfolgbare URLs", "Deshabilita el seguimiento de URLs"),
        "Desabilitar as URLs monitoradas",
    ),
    "mailer_append_tracking_pixel": (
        "Append tracking pixel into email body ?",
        "Ajouter le pixel de tracking dans le corps de l'e-mail ?",
        "Tracking-Pixel zum E-Mail Body hinzufügen?",
        "¿Adjuntar el pixel de seguimiento al cuerpo del email?",
        "Anexar código de rastreamento no corpo do email?",
    ),
    "show_contact_preferences": (
        "Show contact preference settings",
        "Afficher les paramètres de préférence du contact",
        "Kontakteinstellungen anzeigen",
        "Mostrar los ajustes de preferencias del contacto",
        "Mostrar configurações de preferência de contato",
    ),
    "track_contact_by_ip": (
        *("Identify visitors by IP", "Identifier les visiteurs par IP"),
        *("Besucher via IP identifizieren", "Identifica visitas por IP"),
        "Identificar visitantes pelo IP",
    ),
}
SAID = {"1": ("yes", "oui", "ja", "sí", "si", "sim"), "0": ("no", "non", "nein", "não")}
Setting = str | tuple[str, ...]
# The questions that a setting answers, with its key.
TELLS = {
    "site-url": "site_url",
    "trackable-urls-disabled": "disable_trackable_urls",
    "queue": "messenger_dsn_hit",
}


def _plain(label: str) -> str:
    """Return a label without what people leave out or change when they copy it."""
    return re.sub(r"[\s?¿:]+", " ", label.replace("’", "'")).strip().lower()


KEYS = {_plain(label): key for key, labels in LABELS.items() for label in labels}
_LABELLED = re.compile(
    r"[^\w\n¿]{0,9}¿?(?P<label>"
    + "|".join(re.escape(label).replace("\\ ", "\\s+") for label in sorted(KEYS, reverse=True))
    + r")[ \t\u202f\u00a0]*\??[ \t]*[:=–→-]?[ \t]*[\"'«]?(?P<value>[^\s\"'»,;]+)[\"'».;]?[ \t]*$",
    re.I,
)


@lru_cache(maxsize=8)
def read(text: str) -> Mapping[str, Setting]:
    """Return the settings by their keys, {} for any other text; a list is a tuple.

    Numbers and `true` stay words. Of a list with keys only the values are kept. What was read is
    kept as well, since many ask what a text sets.
    """
    return dict(every(text))


def every(text: str) -> list[tuple[str, Setting]]:
    """Return the settings with their keys, also those that another line sets anew."""
    text = in_force(text)
    found = [_entry(entry) for entry in _ENTRY.finditer(text)]
    if not _FILE.search(text) and KNOWN.isdisjoint(key for key, _ in found):
        found = []
    variables = [one for one in _VARIABLE.finditer(text) if "$" not in one["value"]]
    found += map(_variable, variables)  # those with a `$` are filled in elsewhere
    return found + [(key, value) for _, _, key, value in labelled(text)]


def in_force(text: str) -> str:
    """Return a text without what a comment over several lines, or a change, takes out of it."""
    text = text[:LARGEST]
    remark = _REMARK.search(text)
    while remark and (end := text.find("*/", remark.end())) >= 0:
        start, end = remark.start(), end + 2
        text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
        remark = _REMARK.search(text, end)
    return _REMOVED.sub(_blank, text) if _CHANGE.search(text) else text


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


@lru_cache(maxsize=8)
def labelled(text: str) -> Sequence[tuple[int, str, str, str]]:
    """Return the settings that stand behind their labels: number, line, key, value of each.

    `Disable trackable urls: Yes`; a value that is neither yes nor no must be an address.
    """
    values = {word: value for value, words in SAID.items() for word in words}
    found = list[tuple[int, str, str, str]]()
    for number, line in enumerate(in_force(text).split("\n"), 1):
        said = _LABELLED.match(line)
        key = KEYS[_plain(said["label"])] if said else ""
        value = said["value"] if said else ""
        value = value if key == "site_url" else values.get(value.lower(), "")
        if value and (key != "site_url" or value.startswith("http")):
            found.append((number, line.strip(), key, value))
    return found


def is_file(text: str) -> bool:
    """Whether a text is settings and nothing else that has tags: those in a value don't count.

    Labels with their values are a page that somebody copied, and no file.
    """
    if not read(text) or labelled(text):
        return False
    others = [line for line in text[:LARGEST].split("\n") if not _is_setting(line)]
    return re.search(r"<!|</?[a-zA-Z]", "\n".join(others)) is None


def is_shortened(text: str, key: str) -> bool:
    """Whether whoever gave a list left out a piece of it: `// …`, `...`."""
    found = (entry for entry in _ENTRY.finditer(in_force(text)) if entry["key"] == key)
    return any(re.search(r"\.\.\.|…|\betc\b", entry["list"] or "") for entry in found)


def spanned(text: str) -> set[int]:
    """Return the numbers of all lines on which settings stand, those of a long list too."""
    found = {number for number, _ in lines(text).values()}
    for entry in _ENTRY.finditer(in_force(text)) if found else ():
        first = text.count("\n", 0, entry.start("key")) + 1
        found |= set(range(first, first + entry[0].rstrip().count("\n") + 1))
    return found


def _is_setting(line: str) -> bool:
    return any(pattern.match(line) for pattern in (_BEGINS, _VARIABLE))


def lines(text: str) -> dict[str, tuple[int, str]]:
    """Return where each setting stands, by its key: the number of its line, and the line."""
    found = dict[str, tuple[int, str]]()
    own = in_force(text).split("\n") if read(text) else []
    for number, line in enumerate(own, 1):
        begun = _BEGINS.match(line) or _VARIABLE.match(line)
        if begun:
            found[begun["key"].lower()] = (number, line.strip())
    return found | {key: (number, line) for number, line, key, _ in labelled(text)}


def _entry(entry: re.Match[str]) -> tuple[str, Setting]:
    if entry["value"] is not None:
        return entry["key"], entry["value"].strip("'\"")
    inner = _STRING_OR_COMMENT.sub(_without_comment, entry["list"] or entry["open"] or "")
    values = re.sub(r"['\"]?\w+['\"]?\s*=>", "", inner)
    return entry["key"], _texts(values)


def _without_comment(found: re.Match[str]) -> str:
    return found["string"] or ""


def _variable(variable: re.Match[str]) -> tuple[str, Setting]:
    value = variable["value"].strip()
    bare = value.strip("'\"")
    is_list = bare.startswith("[") and bare.endswith("]")
    return variable["key"].lower(), _texts(bare) if is_list else bare


def _texts(values: str) -> tuple[str, ...]:
    texts = (found[0][1:-1] for found in _TEXT.finditer(values))
    return tuple(re.sub(r"\\(['\"\\])", r"\1", text) for text in texts)


def is_on(value: Setting | None) -> bool | None:
    """Whether a setting is switched on, None where nothing is said."""
    if not isinstance(value, str) or not value:
        return None
    return value.lower() not in ("0", "false", "null", "off", "no")


def answers(settings: Mapping[str, Setting]) -> dict[str, str]:
    """Return what settings answer of the questions that a person would be asked."""
    found = dict[str, str]()
    site = settings.get("site_url")
    if isinstance(site, str) and site:
        found["site-url"] = site
    untracked = is_on(settings.get("disable_trackable_urls"))
    if untracked is not None:
        found["trackable-urls-disabled"] = "yes" if untracked else "no"
    queue = settings.get("messenger_dsn_hit")
    if isinstance(queue, str) and queue:
        found["queue"] = "sync" if queue.startswith("sync:") else "async"
    return found
