"""What an address of Mautic says: its kind, host, hash, and the data in its `ct`."""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from .. import routes
from ..clickthrough import BadClickthrough, decode
from ..platform.serialised import serialised
from .kinds import AddressKind, Damage
from .wrappers import Peeled, peel

_HEAD = re.compile(r"(?i)(?P<scheme>https?)://(?:[^/?#\s@]*@)?(?P<host>[^/?#\s@]*)")
LONGEST_PATH = 4_000
OF_A_STAT = (AddressKind.PIXEL, AddressKind.UNSUBSCRIBE, AddressKind.VALIDATE)
_IDS = ("stat", "redirect", "word", "number", "slug")  # the field that tells one from another
_CT = re.compile(r"(?:^|[&;?])ct=([^&#\s]*)")
# Base64 with its padding, and something behind it; a `ct` ends with its padding.
_GLUED = re.compile(r"((?:[A-Za-z0-9+/_-]|%2[BF])+(?:=|%3D){1,2}+)(.+)$", re.I)
# A stat hash is made when the e-mail is sent, and begins with that time in seconds (P4).
SENT_IN_HASH = re.compile(r"(?P<seconds>[0-9a-f]{8})[0-9a-f]{5,14}")
FIRST_MAUTIC = 1_388_534_400  # 1 January 2014; a hash of another kind gives times before or beyond
LAST_TIME = 4_000_000_000
SCRAMBLED = re.compile(r"^(?:LGb|Yjo[0-9]+|.*(?:fbhedf|ZmJoZWRm|fzbvy))")


@dataclass(frozen=True)
class Address:
    """An address as it was given, and what is known about it.

    `url` is without wrappers; `kind` is the kind of a route; `ct` is the raw text behind `ct=`,
    None if there is none; `data` what it decodes to; `rest` is what stands behind a `ct` without
    being a parameter.
    """

    given: str
    url: str
    kind: AddressKind
    peeled: Peeled
    scheme: str = ""
    host: str = ""
    folder: str = ""
    hash: str = ""
    email: str = ""
    signature: str = ""
    query: str = ""
    ct: str | None = None
    data: Any = None
    damage: Damage = Damage.NONE
    rest: str = ""

    @property
    def is_mautic(self) -> bool:
        """Whether this is an address that Mautic itself puts into a mail."""
        return self.kind != AddressKind.OTHER and self.kind not in routes.NOT_IN_MAILS

    @property
    def stat(self) -> str:
        """The stat hash: of the pixel and the unsubscribe links, or in the `ct`."""
        if self.kind in OF_A_STAT:
            return self.hash
        return str(self.data.get("stat") or "") if isinstance(self.data, Mapping) else ""

    @property
    def sent_at(self) -> datetime | None:
        """When the e-mail was sent: as the `ct` says, or the stat hash; None if neither does."""
        said = self.data.get("sent_time") if isinstance(self.data, Mapping) else None
        in_hash = SENT_IN_HASH.fullmatch(self.stat.lower())
        seconds = said if isinstance(said, int) else int(in_hash["seconds"], 16) if in_hash else 0
        return datetime.fromtimestamp(seconds, UTC) if FIRST_MAUTIC < seconds < LAST_TIME else None

    def as_dict(self) -> dict[str, Any]:
        """Return what the address says, as plain data: only what is there."""
        said = {
            "wrappers": [wrapper.name for wrapper in self.peeled.wrappers],
            "url": self.url.partition("?")[0],
            "kind": self.kind,
            "host": self.host,
            "hash": self.hash,
            "ct": self.data,
            "damage": self.damage,
            "rest": self.rest,
        }
        return {name: value for name, value in said.items() if value}


@lru_cache(maxsize=1_000)
def read(given: str) -> Address:
    """Return what an address says; kept, since many checks ask for the links of one mail."""
    peeled = peel(given.strip())
    url = peeled.address.replace("&amp;", "&").replace("&#61;", "=")
    place, _, query = url.partition("#")[0].partition("?")
    head = _HEAD.match(place[:LONGEST_PATH])
    if head:
        path = place[head.end() : LONGEST_PATH]
        found = routes.read(path)
        if found and (found.route != "tracked-odd" or _ct(query)[0] is not None):
            return _mautic(given, url, peeled, head, found)
    other = re.match(r"(?i)([a-z][a-z0-9+.-]*):(?://([^/?#\s]*))?", url[:LONGEST_PATH])
    scheme, host = (other[1].lower(), other[2] or "") if other else ("", "")
    return Address(
        given, url, AddressKind.OTHER, peeled, scheme, host, query=query, ct=_ct(query)[0]
    )


def of_path(path: str) -> Address:
    """Return what a path in a log says; the host is not known."""
    return read(path if "://" in path else f"https://log.invalid{path}")


def _mautic(
    given: str, url: str, peeled: Peeled, head: re.Match[str], found: routes.Found
) -> Address:
    query = url[:2_000_000].partition("?")[2].partition("#")[0]
    ct, rest = _ct(query)
    data, damage = decoded(ct) if ct else (None, Damage.NONE)
    rest = rest or _behind(ct or "", data)
    fields = found.fields
    return Address(
        given,
        url,
        AddressKind(found.kind),
        peeled,
        scheme=head["scheme"].lower(),
        host=head["host"],
        folder=found.folder,
        hash=next((fields[name] for name in _IDS if name in fields), ""),
        email=unquote(fields.get("email", "")),
        signature=fields.get("signature", ""),
        query=query,
        ct=ct,
        data=data,
        damage=damage,
        rest=rest,
    )


def _ct(query: str) -> tuple[str | None, str]:
    """The `ct`, and what was glued behind it: `…fX0%3Dcontact/` or `…fX0%3D&contact/`."""
    found = _CT.search(query)
    if not found:
        return None, ""
    ct, behind = found[1], query[found.end() :]
    glued = _GLUED.match(ct)
    if glued:
        return glued[1], glued[2]
    first = behind.lstrip("&").partition("&")[0]
    return ct, first if first and "=" not in first else ""


def _behind(ct: str, data: Any) -> str:
    """What goes on behind the data, where no padding shows the end: `…fX19/contact`."""
    if not isinstance(data, Mapping):
        return ""
    letters = base64.b64encode(serialised(data)).decode().rstrip("=")
    plain = unquote(ct)
    return plain[len(letters) :].lstrip("=") if plain.startswith(letters) else ""


def decoded(ct: str) -> tuple[Any, Damage]:
    """Return what a `ct` says, None if it can't be read, and how it is damaged."""
    try:
        return decode(ct), Damage.NONE
    except BadClickthrough as error:
        plain = unquote(ct)
        if SCRAMBLED.match(plain):
            return None, Damage.SCRAMBLED
        starts_well = plain.startswith(("YTo", "YTpb"))
        is_cut = error.kind == "broken" and starts_well
        return None, Damage.CUT if is_cut else Damage.BROKEN
