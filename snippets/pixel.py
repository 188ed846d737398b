"""The open pixel: the image by which Mautic notices that an e-mail is opened."""

import re
from dataclasses import dataclass

from . import releases, routes
from .clickthrough import encode
from .platform import markup
from .redirects import BASE

# --8<-- [start:insert]
IMAGE = '<img height="1" width="1" src="{tracking_pixel}" alt="" />'


def insert(html: str | None) -> str:
    """Return the HTML with the pixel before each lower-case `</body>`, else at the end (R70)."""
    html = html or ""
    if "</body>" in html:
        return html.replace("</body>", IMAGE + "</body>")
    return html + IMAGE


# --8<-- [end:insert]

# --8<-- [start:address]
BLANK = "data:image/gif;base64,R0lGODlhAQABAAD/ACwAAAAAAQABAAACADs="


def address(
    stat_hash: str | None,
    base: str = BASE,
    sent_time: int | None = None,
    release: str | releases.Release = releases.DEFAULT,
) -> str:
    """Return the address of the pixel; without a stat hash a blank image (R71, V51).

    `sent_time` is Unix time in seconds; it is part of the address from 7.0. Raises
    routes.Unroutable for an identifier that no address can hold (M7).
    """
    if not stat_hash:
        return BLANK
    url = routes.build("pixel", base, stat=stat_hash)
    if sent_time is None or not releases.find(release).has("pixel-ct"):
        return url
    return f"{url}?ct={encode({'sent_time': sent_time})}"


# --8<-- [end:address]


@dataclass(frozen=True)
class Pixel:
    """A pixel found in a mail: where its `<img` begins, its address, the stat hash in it."""

    offset: int
    address: str
    stat_hash: str


# --8<-- [start:find]
ADDRESS = re.compile(
    rf"((?:https?:)?//[^\s\"'<>#]*{routes.within('pixel')})(?:\?[^\s\"'<>#]*)?", re.I
)


def find(html: str) -> list[Pixel]:
    """Return the pixels of a mail, also behind an image proxy that keeps their address (P4)."""
    found = []
    for image in markup.elements(html):
        source = image.attributes.get("src") if image.name == "img" and image.is_shown else None
        pixel = ADDRESS.search(source.written) if source else None
        known = routes.read(pixel[1]) if pixel else None
        if pixel and known:
            found.append(Pixel(image.start, pixel[0], known.fields["stat"]))
    return found


# --8<-- [end:find]
