"""Masks evidence for a public place: what isn't known to be harmless doesn't come through.

No list can name all that is personal. So everything is masked, part by part of an address, a tag,
a header or a line of text, unless it stands on a list of `harmless.json`.
"""

import json
import re
from collections.abc import Callable
from importlib.resources import files
from urllib.parse import unquote

# By kind, what may be seen: what servers, PHP and Mautic say everywhere, nothing of anybody.
HARMLESS = {
    kind: frozenset(words)
    for kind, words in json.loads(
        files(__package__).joinpath("harmless.json").read_text("utf-8")
    ).items()
}


def is_harmless(kind: str, word: str) -> bool:
    """Whether a word stands on a list of what says nothing of anybody."""
    return word.lower() in HARMLESS[kind]


KEPT_VALUES = re.compile(r"[0-9]{1,4}(?:px|%)?|true|false|_blank|_self|noopener|none|auto|")
STYLES = re.compile(
    r"(?i)\s*(?:display|visibility|opacity|position|overflow|(?:max-|min-)?(?:width|height)|border"
    r"|left|top|right|bottom|font-size|line-height|mso-hide)\s*:\s*-?[0-9.]*(?:px|%|em|pt)?"
    r"(?:none|block|hidden|inline|absolute|fixed|relative|all|auto|0)?(?:\s*!important)?\s*"
)
_IP = re.compile(
    r"(?:::ffff:)?(?<![\w.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![\w.])"
    r"|(?<![\w:.])(?=[0-9a-f:]*::|(?:[0-9a-f]{1,4}:){7})[0-9a-f:]{3,39}",
    re.I,
)
_PIECES = re.compile(
    r"(?P<tag></?[a-zA-Z][\w:-]*(?:\s[^<>]*)?/?>?)"
    r"|(?P<url>[a-zA-Z][a-zA-Z0-9+.-]{0,30}:/*[^\s\"'<>`]+|//[^\s\"'<>`]+)"
    r"|(?P<token>\{[^{}\s]{1,300}\}|\|URL\|)"
    r"|(?P<path>/[^\s\"'<>`]*)"
    r"|(?P<time>[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+(?:Z|[+-][0-9:]+)?)"
    r"|(?P<word>[^\s\"'<>()\[\]{}/,;:→=|]+)"
)
_URL = re.compile(
    r"(?s)(?P<scheme>[a-zA-Z][a-zA-Z0-9+.-]*:)?(?P<slashes>/*)(?P<place>[^/?#]*)"
    r"(?P<path>[^?#]*)(?P<query>\?[^#]*)?(?P<fragment>#.*)?"
)
_ATTRIBUTE = re.compile(r"([^\s=\"'<>/]+)(?:(\s*=\s*)(\"[^\"]*\"?|'[^']*'?|[^\s>]+))?")
_MOST = 5_000  # characters of one piece of evidence; the report shows fewer


def masked(text: str) -> str:
    """Return a text with everything masked that isn't known to be harmless."""
    text = re.sub(r"\s+", " ", text[:_MOST])
    text = _IP.sub("[ip]", text)
    return _PIECES.sub(_piece, text)


def _piece(found: re.Match[str]) -> str:
    kind, text = str(found.lastgroup), found[0]
    if text.startswith("[ip]"):
        return text
    return _MASKS[kind](text)


def address(text: str) -> str:
    """Return an address masked part by part: login, host, path, query, fragment."""
    found = _URL.fullmatch(text)
    if not found:
        return "[address]"
    scheme, slashes, place = (found["scheme"] or "").lower(), found["slashes"], found["place"]
    if scheme and not slashes:  # `mailto:`, `tel:`, `data:`; or a header, as `Subject:`
        return plain_scheme(scheme, text[len(scheme) :])
    if scheme not in ("", "http:", "https:", "ftp:", "view-source:"):
        scheme = "[scheme]:"
    login, _, name = place.rpartition("@")
    head = f"{scheme}{slashes}{'[login]@' if login else ''}{host(name)}"
    return head + path(found["path"]) + query(found["query"] or "") + fragment(found["fragment"])


def local(text: str) -> str:
    """Return an address without scheme and host, masked."""
    place, mark, behind = text.partition("#")
    before, question, values = place.partition("?")
    return path(before) + query(question + values) + fragment(mark + behind)


def plain_scheme(scheme: str, rest: str) -> str:
    """Return what has a scheme and no slashes: its scheme if that is known, the rest masked.

    Of one within the other only the first is looked at: there may be a thousand.
    """
    name = scheme.rstrip(":")
    inner = masked(rest) if ":" not in rest else "[…]"
    if name in ("http", "https") or is_harmless("headers", name) or is_harmless("words", name):
        return f"{scheme}{inner}" if "/" not in rest else f"{scheme}{path('/' + rest)[1:]}"
    if name in ("mailto", "tel", "sms", "callto", "data", "cid", "javascript"):
        return f"{scheme}[masked]{query('?' + rest.partition('?')[2]) if '?' in rest else ''}"
    return f"[masked]:{inner}"


def host(name: str) -> str:
    """Return the name of a host with each label masked that isn't common; its port stays."""
    bare, colon, port = name.partition(":")
    if name.startswith("[") or not bare:
        return "[ip]" if bare else ""
    known = next((h for h in HARMLESS["public-hosts"] if f".{bare.lower()}".endswith(f".{h}")), "")
    if known:
        return f"{'[…].' if len(bare) > len(known) else ''}{known}"
    labels = [label if is_harmless("labels", label) else "[host]" for label in bare.split(".")]
    shown = ".".join(labels) if labels else ""
    return shown + (f":{port}" if colon and re.fullmatch("[0-9]{1,5}", port) else "")


def path(text: str) -> str:
    """Return a path with each segment masked that isn't Mautic's own; its slashes stay."""
    segments = re.split(r"(/|%2F)", text, flags=re.I)
    return "".join(s if n % 2 else segment(s) for n, s in enumerate(segments))


def segment(text: str) -> str:
    """Return a segment of a path: as it is, its token, or what kind of characters it has."""
    if not text or is_harmless("segments", text):
        return text
    if re.fullmatch(r"\{[^{}]*\}", text):
        return token(text)
    extension = text.rpartition(".")[2].lower()
    ending = f".{extension}" if "." in text and is_harmless("extensions", extension) else ""
    signs = "".join(sign for sign in "{}[]|&;%()" if sign in text)
    signs += "é" if not text.isascii() else ""
    signs += " " if " " in text or "%20" in text else ""
    return f"[…{' with ' + ' '.join(signs) if signs.strip() else ''}]{ending}"


def query(text: str) -> str:
    """Return a query with its values masked, and the names that aren't common."""
    if not text:
        return ""
    pieces = re.split(r"(&amp;|[&;?])", text)
    return "".join(p if n % 2 else parameter(p) for n, p in enumerate(pieces))


def parameter(text: str) -> str:
    """Return one parameter, masked."""
    if not text:
        return ""
    name, equals, value = text.partition("=")
    if not equals:
        return token(name) if name.startswith("{") and name.endswith("}") else "[value]"
    name = name if is_harmless("parameters", name) else "[name]"
    if value.startswith("{") and value.endswith("}"):
        return f"{name}={token(value)}"
    shown = value if not value or is_harmless("values", value) else "[value]"
    return f"{name}={shown}"


def fragment(text: str | None) -> str:
    """Return a fragment masked; Gmail's proxy has the address that it shows in it."""
    if not text or text == "#":
        return text or ""
    inner = text[1:]
    if not re.match("(?i)https?://", inner):
        return "#[…]"
    shown, mark, _ = inner.partition("#")
    return f"#{address(shown)}{'#[…]' if mark else ''}"


def token(text: str) -> str:
    """Return a token of Mautic: its name if it is one, the field if every Mautic has it."""
    if text == "|URL|":
        return text
    name, equals, rest = text.strip("{}").partition("=")
    if not is_harmless("tokens", name):
        return "{[token]}"
    field, bar, _ = rest.partition("|")
    is_known = is_harmless("fields", field) or re.fullmatch("[0-9]{1,3}", field)
    field = field if is_known else "[field]"
    return "{" + name + (f"={field}" if equals else "") + ("|[default]" if bar else "") + "}"


def tag(text: str) -> str:
    """Return a tag with the attributes that matter to Mautic; of text in them nothing is left."""
    opened = re.match(r"</?([a-zA-Z][\w:-]*)", text)
    if not opened:
        return "<…"
    name = opened[0] if is_harmless("tags", opened[1]) else "<…"
    shown = [
        attribute(*found.groups(default=""))
        for found in _ATTRIBUTE.finditer(text[opened.end() :])
        if found[0].strip("/>")
    ]
    return " ".join([name, *shown]) + (">" if text.endswith(">") else "")


def attribute(name: str, equals: str, value: str) -> str:
    """Return an attribute, masked; `…` for one that doesn't matter."""
    if not is_harmless("attributes", name):
        return "…"
    if not equals:
        return name
    quote = value[0] if value[:1] in "\"'" else ""
    inner = value.strip(quote) if quote else value
    if name.lower() in ("href", "src"):
        shown = masked(inner) if inner else ""
    elif name.lower() == "style":
        styles = inner.split(";")
        shown = ";".join(s if not s.strip() or STYLES.fullmatch(s) else "…" for s in styles)
    else:
        shown = inner if KEPT_VALUES.fullmatch(inner) else "…"
    return f"{name}={quote}{shown}{quote}"


def word(text: str) -> str:
    """Return a word if it is one of a server, of PHP or of Mautic; else a mask."""
    bare = text.strip(".,;:!?*#\\-_").lower()
    if not bare or is_harmless("words", bare) or is_harmless("headers", bare):
        return text
    if re.fullmatch(r"=3[dD]\S{0,2}|[0-9]{1,2}\.[0-9]", text):
        return text
    if re.fullmatch(r"mautic\.(?:error|critical|alert|emergency)", bare):
        return text
    if re.fullmatch(r"[\w.+-]+@[\w.-]+", unquote(text)):
        return "[e-mail]"
    return "[number]" if re.fullmatch(r"[\d.,:+-]+", text) else "[…]"


_MASKS: dict[str, Callable[[str], str]] = {
    "tag": tag,
    "url": address,
    "token": token,
    "path": local,
    "time": lambda text: text,
    "word": word,
}
