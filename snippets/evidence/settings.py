"""Mautic's own settings: lines of `local.php`, or variables of its environment.

What they say needs no answer.
"""

import re
from collections.abc import Mapping

LARGEST = 200_000  # characters; the file with every setting has about 20 000
# `'key' => 'value',` or a list: `'key' => array( … ),` and `'key' => [ … ],`; in front of it at
# most signs that a list or a quotation puts there, and no comment.
_ENTRY = re.compile(
    r"^[^\w'\"#/\n]{0,20}['\"](?P<key>[a-z]\w{2,80})['\"]\s*=>\s*"
    r"(?:(?:array\s*\(|\[)(?P<list>[^()\[\]]*)[)\]]|(?P<value>'[^'\n]*'|\"[^\"\n]*\"|[\w.-]+))",
    re.M,
)
_BEGINS = re.compile(r"[^\w'\"#/\n]{0,20}['\"](?P<key>[a-z]\w{2,80})['\"]\s*=>")
# `MAUTIC_KEY=value` of `.env` or a shell, `MAUTIC_KEY: value` of a compose file; lists are JSON.
_VARIABLE = re.compile(
    r"^[^\w'\"#/\n]{0,20}(?:export[ \t]+|ENV[ \t]+|-e[ \t]*)?['\"]?"
    r"MAUTIC_(?P<key>[A-Z][A-Z_]{2,80})(?:=|:[ \t]+|[ \t]+)(?P<value>\S[^\n]*)$",
    re.M,
)
_TEXT = re.compile(r"'([^'\n]*)'|\"([^\"\n]*)\"")
_FILE = re.compile(r"\$parameters\s*=\s*(?:array\s*\(|\[)")
# Settings that tell of tracking: lines with one of them are Mautic's without the file's beginning.
KNOWN = {
    *("site_url", "disable_trackable_urls", "mailer_append_tracking_pixel", "anonymize_ip"),
    *("messenger_dsn_hit", "messenger_dsn_email", "do_not_track_ips", "do_not_track_bots"),
    *("show_contact_preferences", "track_contact_by_ip", "unsubscribe_text", "webview_text"),
}
Setting = str | tuple[str, ...]
# The questions that a setting answers, with its key.
TELLS = {
    "site-url": "site_url",
    "trackable-urls-disabled": "disable_trackable_urls",
    "queue": "messenger_dsn_hit",
}


def read(text: str) -> dict[str, Setting]:
    """Return the settings by their keys, {} for any other text; a list is a tuple.

    Numbers and `true` stay words. Of a list with keys only the values are kept.
    """
    text = text[:LARGEST]
    found = dict(_entry(entry) for entry in _ENTRY.finditer(text))
    if not _FILE.search(text) and not KNOWN & found.keys():
        found = {}
    variables = (_variable(variable) for variable in _VARIABLE.finditer(text))
    return found | {key: value for key, value in variables if "$" not in value}  # filled elsewhere


def is_file(text: str) -> bool:
    """Whether a text is settings and nothing else that has tags: those in a value don't count."""
    if not read(text):
        return False
    others = [line for line in text[:LARGEST].split("\n") if not _is_setting(line)]
    return re.search(r"<!|</?[a-zA-Z]", "\n".join(others)) is None


def _is_setting(line: str) -> bool:
    return any(pattern.match(line) for pattern in (_BEGINS, _VARIABLE))


def lines(text: str) -> dict[str, tuple[int, str]]:
    """Return where each setting stands, by its key: the number of its line, and the line."""
    found = dict[str, tuple[int, str]]()
    own = text[:LARGEST].split("\n") if read(text) else []
    for number, line in enumerate(own, 1):
        begun = _BEGINS.match(line) or _VARIABLE.match(line)
        if begun:
            found[begun["key"].lower()] = (number, line.strip())
    return found


def _entry(entry: re.Match[str]) -> tuple[str, Setting]:
    if entry["list"] is None:
        return entry["key"], entry["value"].strip("'\"")
    values = re.sub(r"['\"]?\w+['\"]?\s*=>", "", entry["list"])
    return entry["key"], _texts(values)


def _variable(variable: re.Match[str]) -> tuple[str, Setting]:
    value = variable["value"].strip()
    bare = value.strip("'\"")
    is_list = bare.startswith("[") and bare.endswith("]")
    return variable["key"].lower(), _texts(bare) if is_list else bare


def _texts(values: str) -> tuple[str, ...]:
    return tuple(one or two for one, two in _TEXT.findall(values))


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
