"""What saving in the editor does to a mail before it is ever sent."""

import re
from urllib.parse import unquote_to_bytes

from . import releases
from .platform.text import from_bytes, to_bytes

SCRIPT = re.compile(r"<script\b|</script>", re.I)


# --8<-- [start:save]
def save(html: str, release: str | releases.Release = releases.DEFAULT) -> str:
    """Return the HTML as it is stored: one accent in the mail, and all of it is decoded.

    `%20` becomes a space, `%C3%A9` an `é`, in every link; only scripts stay (R80, V23). Pure ASCII
    goes through a filter of another project, which was not recorded; it is returned unchanged.
    """
    if html.isascii() or not releases.find(release).has("saving-decodes"):
        return html
    pieces = around_scripts(html)
    pieces[::2] = [from_bytes(unquote_to_bytes(to_bytes(piece))) for piece in pieces[::2]]
    return "".join(pieces)


# --8<-- [end:save]


def around_scripts(html: str) -> list[str]:
    """Return the HTML in pieces: every second one is a script, from its tag to its end tag."""
    pieces, end, opened = list[str](), 0, -1
    for mark in SCRIPT.finditer(html):
        if mark[0].startswith("</") and opened >= 0:
            pieces += [html[end:opened], html[opened : mark.end()]]
            end, opened = mark.end(), -1
        elif not mark[0].startswith("</") and opened < 0:
            opened = mark.start()
    return [*pieces, html[end:]]
