"""Mautic's own settings, out of its file `local.php`: what it says needs no answer."""

import re
from collections.abc import Mapping

LARGEST = 200_000  # characters; the file with every setting has about 20 000
# `'key' => 'value',` or a list: `'key' => array( … ),` and `'key' => [ … ],`.
_ENTRY = re.compile(
    r"^\s*['\"](?P<key>[a-z]\w{2,80})['\"]\s*=>\s*"
    r"(?:(?:array\s*\(|\[)(?P<list>[^()\[\]]*)[)\]]|(?P<value>'[^'\n]*'|\"[^\"\n]*\"|[\w.-]+))",
    re.M,
)
_TEXT = re.compile(r"'([^'\n]*)'|\"([^\"\n]*)\"")
_FILE = re.compile(r"\$parameters\s*=\s*(?:array\s*\(|\[)")
Setting = str | tuple[str, ...]


def read(text: str) -> dict[str, Setting]:
    """Return the settings by their keys, {} for any other text; a list is a tuple.

    Numbers and `true` stay words. Of a list with keys only the values are kept.
    """
    begin = _FILE.search(text[:LARGEST])
    if not begin:
        return {}
    found = dict[str, Setting]()
    for entry in _ENTRY.finditer(text[:LARGEST], begin.end()):
        if entry["list"] is not None:
            values = re.sub(r"['\"]?\w+['\"]?\s*=>", "", entry["list"])
            found[entry["key"]] = tuple(one or two for one, two in _TEXT.findall(values))
        else:
            found[entry["key"]] = entry["value"].strip("'\"")
    return found


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
