"""The words for what is found: kinds of sources, of addresses, of places, of wrappers.

They are enumerations, so that a word that isn't one of them fails the type check.
"""

from enum import StrEnum


class SourceKind(StrEnum):
    """What one thing that was given is."""

    MESSAGE = "message"
    HTML = "html"
    TEXT = "text"
    LOG = "log"
    ADDRESS = "address"
    SETTINGS = "settings"


class AddressKind(StrEnum):
    """What an address is to Mautic: the kinds of `routes`; `OTHER` is none of its own."""

    TRACKED = "tracked"
    PIXEL = "pixel"
    UNSUBSCRIBE = "unsubscribe"
    VALIDATE = "validate"
    WEB_VIEW = "web-view"
    NO_HASH = "no-hash"
    PAGE_HIT = "page-hit"
    ASSET = "asset"
    OTHER = "other"


class Where(StrEnum):
    """Where an address was found; `GIVEN` is alone."""

    HREF = "href"
    IMAGE = "image"
    TEXT = "text"
    HEADER = "header"
    LOG = "log"
    GIVEN = "given"


class WrapperKind(StrEnum):
    """Who wraps addresses: the provider that sends, a gateway or an image proxy that receives."""

    PROVIDER = "provider"
    GATEWAY = "gateway"
    PROXY = "proxy"


class Damage(StrEnum):
    """What is wrong with a `ct`; `NONE` where nothing is, or where there is no `ct`."""

    NONE = ""
    CUT = "cut"
    SCRAMBLED = "scrambled"
    BROKEN = "broken"
