"""The shape of Mautic's own addresses, written once: it builds them and reads them."""

import re
from typing import NamedTuple
from urllib.parse import quote


class Route(NamedTuple):
    """One of Mautic's addresses: what it is for, and its path; what stands in `[…]` may lack."""

    kind: str
    path: str


# --8<-- [start:routes]
ROUTES = {
    "tracked": Route("tracked", "/r/{redirect}"),
    "tracked-formerly": Route("tracked", "/redirect/{redirect}"),
    "tracked-odd": Route("tracked", "/r/{word}"),  # another form of id: only a `ct` proves it
    "pixel": Route("pixel", "/email/{stat}.gif"),
    "unsubscribe": Route("unsubscribe", "/email/unsubscribe/{stat}[/{email}/{signature}]"),
    "dnc": Route("unsubscribe", "/email/dnc/{stat}[/{email}/{signature}]"),
    "resubscribe": Route("unsubscribe", "/email/resubscribe/{stat}[/{email}/{signature}]"),
    "validate": Route("validate", "/email/validate/{action}/{signature}/{stat}"),
    "web-view": Route("web-view", "/email/view/{stat}"),
    "preview": Route("web-view", "/email/preview/{number}"),
    "no-hash": Route("no-hash", "/email/unsubscribe"),
    "page-hit": Route("page-hit", "/mtc/event"),
    "page-pixel": Route("page-hit", "/mtracking.gif"),
    "page-script": Route("page-hit", "/mtc.js"),
    "asset": Route("asset", "/asset/{slug}"),
}
# --8<-- [end:routes]
# Routes of one recipient alone: what such an address does, it does in that name.
PERSONAL = (
    *("tracked", "tracked-formerly", "pixel", "web-view"),
    *("unsubscribe", "dnc", "resubscribe", "validate"),
)
NOT_IN_MAILS = ("page-hit", "asset")  # kinds that no part of a mail proves its sending by

# --8<-- [start:fields]
FIELDS = {
    "redirect": r"[0-9a-f]{25}",  # the beginning of a SHA-1 (K1)
    "word": r"[0-9a-zA-Z]{1,40}",
    "stat": r"[0-9a-fA-F]{13,22}|x{14}",  # 13 signs of a test, 22 of a contact, a preview's x (P4)
    "email": r"[^/\s]+",
    "signature": r"[0-9a-f]{32,128}",  # of a hash function; 64 signs today (U1)
    "action": r"unsubscribe|resubscribe",
    "number": r"[0-9]{1,10}",
    "slug": r"[^/\s]+",
}
# --8<-- [end:fields]


class Unroutable(ValueError):
    """A value that can't stand in an address: Mautic's router refuses it, the sending fails."""


class Found(NamedTuple):
    """An address of Mautic's own: its route, the folder Mautic stands in, the fields."""

    route: str
    folder: str
    fields: dict[str, str]

    @property
    def kind(self) -> str:
        """What the address is for."""
        return ROUTES[self.route].kind


# --8<-- [start:build]
def build(route: str, base: str, **fields: str) -> str:
    """Return an address; an optional part with an empty field is left out (P4, K1, U1, M3).

    Raises Unroutable for a `/` in a field, and for a `.` or a blank in front of `.gif` (M7).
    """
    path, _, optional = ROUTES[route].path.rstrip("]").partition("[")
    names = re.findall(r"\{(\w+)\}", optional)
    if names and all(fields.get(name) for name in names):
        path += optional
    for name, after in re.findall(r"\{(\w+)\}(.?)", path):
        refused = re.search(r"[/.\s]" if after == "." else "/", fields[name])
        if refused:
            raise Unroutable(f"{fields[name]!r} can't be put into {path}: it has {refused[0]!r}.")
        path = path.replace(f"{{{name}}}", quote(fields[name], safe="@:;,=+!*|"))
    return base + path


# --8<-- [end:build]


def expression(path: str, *, named: bool) -> str:
    """Return the regular expression of a path, its fields as groups."""
    pieces = re.split(r"(\{\w+\}|[\[\]])", path)
    signs = {"[": "(?:", "]": ")?"}
    for at, piece in enumerate(pieces):
        if piece.startswith("{"):
            name = piece.strip("{}")
            pieces[at] = f"({'?P<' + name + '>' if named else '?:'}{FIELDS[name]})"
        else:
            pieces[at] = signs.get(piece) or re.escape(piece)
    return "".join(pieces)


def beginning(route: str) -> str:
    """Return what stands before the first field of a route: `/r/`, `/email/unsubscribe/`."""
    return re.split(r"[\[{]", ROUTES[route].path)[0]


def within(*routes: str) -> str:
    """Return an expression that finds such addresses anywhere in a text."""
    return "|".join(f"(?:{expression(ROUTES[name].path, named=False)})" for name in routes)


# What a path ends with; `(?<!/)` keeps a search through many slashes linear.
_READERS = {
    name: (beginning(name), re.compile(rf"(?<!/)/+{expression(route.path[1:], named=True)}/?\Z"))
    for name, route in ROUTES.items()
}


# --8<-- [start:read]
def read(path: str) -> Found | None:
    """Return what a path says, None if it isn't one of Mautic's own."""
    for name, (start, reader) in _READERS.items():
        found = reader.search(path) if start in path else None
        if found:
            fields = {key: value for key, value in found.groupdict().items() if value}
            return Found(name, path[: found.start()], fields)
    return None


# --8<-- [end:read]


def is_personal(url: str) -> bool:
    """Whether a URL is one that Mautic made for one recipient: in no e-mail may it be written."""
    found = read(re.split("[?#]", url, maxsplit=1)[0])
    return found is not None and found.route in PERSONAL
