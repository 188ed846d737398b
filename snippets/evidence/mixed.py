"""Several things in one paste: settings, an address that was reached, beside HTML or a message.

People paste what they have into one box, with a few words between. The largest thing decides how
the whole is read; what stands beside it is read as well, on the lines where it stands.
"""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from itertools import pairwise

from . import addresses, settings

MOST_LINES = 2_000  # of a paste; a whole log is no paste
# What people put around an address: a list, brackets, `href=`, a label.
LISTED = re.compile(r"(?<![>|*•+-])(?<![>|*•+-][ \t])(?:[>|*•+-][ \t]*)++(?=[\[(<\"'“«]|https?:)")
BEGUN = re.compile(r"(?i)\[[^\]]*\]\(|\(|\[|(?:href|src)=[\"']?|view-source:")
ENCLOSED = re.compile(r"(?i)^<?(https?://[^\s<>]+)>")  # `<https://…> and more`
# Not what an answer names itself: `Location: https://…`.
LABELLED = re.compile(r"(?!location:)[^<>\"']{1,80}:[ \t]+(https?://\S+)$", re.I)
ADDED = re.compile(r"(?:[?&]|%3F|%26)(?:utm_[a-z]+|ct)(?:=|%3D)", re.I)  # to a destination
UNFILLED = re.compile(r"(?i)%7B[a-z_][\w-]*(?:%3D[\w-]*)?%7D")  # a token, as a browser shows it
VOID = "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"
OPENED = re.compile(rf"<(?!(?:{VOID})\b)[a-z][\w:-]*(?:\s[^<>]*)?(?<!/)>", re.I)
CLOSED = re.compile(r"</[a-z][\w:-]*\s*>", re.I)
# A line of words that says what follows: `--- the template ---`, `2) What Jo received`, a comment.
CAPTION = re.compile(
    r"[ \t]*(?:(?:[-=*#_~–—]{2,}[ \t]+|\d{1,2}[).][ \t]+)\w[^<{}|]{1,120}"
    r"|<!--[ \t]*\w[^<>{}]{1,160}-->)"
)
# Words alone in a line: `In the editor (code view):`. They end in no sign of a sentence.
HEADING = re.compile(r"[ \t]*[^\W\d_][^<{}|\n]{2,120}(?<![.!?;,])")
TAG = re.compile(
    r"[ \t]*<(?:!--|!doctype|/?(?:html|body|table|tbody|tr|td|div|p|a|img|span|h[1-6]|ul|ol|li"
    r"|center|section|font|b|strong|style)[\s/>])",
    re.I,
)
DUMP = re.compile(r"(?i)[ \t]*(?:[$#>] ?)?(?:curl|wget|fetch\(|HTTP/[0-9.]|(?:GET|HEAD|POST) \S)")


def without(text: str, lines: Collection[int]) -> str:
    """Return a text in which these lines, counted from 0, are blank: others keep their numbers."""
    kept = ("" if at in lines else line for at, line in enumerate(text.split("\n")))
    return "\n".join(kept)


def only(lines: Mapping[int, str]) -> str:
    """Return a text with these lines alone, each where it stood."""
    return "\n".join(lines.get(at, "") for at in range(max(lines) + 1))


def pieces(text: str) -> list[str]:
    """Return the pieces of a paste that stand under captions, each on its lines, and the captions.

    A caption stands at the very beginning, or behind a blank line. What stands above the first one
    is a piece as well.
    """
    lines = text.split("\n")
    above = ["", *lines]
    captions = {at: line for at, line in enumerate(lines) if is_caption(line, above[at])}
    captions |= headings(lines)
    if not captions or len(lines) > MOST_LINES:
        return []
    bounds = pairwise([-1, *captions, len(lines)])
    spans = ({at: lines[at] for at in range(a + 1, b) if lines[at].strip()} for a, b in bounds)
    said = {at: line.strip("<!-> \t") for at, line in captions.items()}
    return [only(each) for each in (*spans, said) if each]


def is_caption(line: str, above: str) -> bool:
    """Whether a line, behind that one, says in words what follows."""
    return not above.strip() and CAPTION.fullmatch(line.rstrip()) is not None


@lru_cache(maxsize=MOST_LINES)
def opened_in(line: str) -> int:
    """Return how many more elements a line of HTML opens than it closes; three readers ask."""
    return len(OPENED.findall(line)) - len(CLOSED.findall(line))


def headings(lines: list[str]) -> dict[int, str]:
    """Return the lines of words alone, outside of any element, with HTML right below."""
    found, depth = dict[int, str](), 0
    for at, line in enumerate(lines[:MOST_LINES]):
        above = lines[at - 1] if at else ""
        below = next((each for each in lines[at + 1 : at + 3] if each.strip()), "")
        is_alone = not above.strip() and depth <= 0 and TAG.match(below) is not None
        if is_alone and HEADING.fullmatch(line.rstrip()):
            found[at] = line
        depth += opened_in(line)
    return found


def markup_above(text: str) -> dict[int, str]:
    """Return the lines of HTML that stand above the first request or answer of a dump.

    What follows an answer is the page that it brought.
    """
    lines = text.split("\n")
    found, is_within = dict[int, str](), False
    for at, line in enumerate(lines[:MOST_LINES]):
        if DUMP.match(line):
            break
        is_within = bool(line.strip()) and (is_within or TAG.match(line) is not None)
        if is_within:
            found[at] = line
    return found


def settings_in(text: str) -> list[int]:
    """Return the lines of a text that are Mautic's settings."""
    return sorted(number - 1 for number in settings.spanned(text))


def reached_in(text: str, is_log: bool = False) -> dict[int, str]:
    """Return the lines that are one address, seen after sending, outside of any element.

    It leads to Mautic, through a provider, or carries what Mautic adds: nobody writes such an
    address in the editor. A few words may stand before it, though not in a log: there they are
    the name of a header.
    """
    found, depth = dict[int, str](), 0
    for at, line in enumerate(text.split("\n")[:MOST_LINES]):
        labelled = None if is_log else LABELLED.match(line.strip())
        address = bare(labelled[1] if labelled else line)
        if depth <= 0 and "<" not in line and is_reached(address):
            found[at] = address
        depth += opened_in(line)
    return found


def outside(text: str) -> str:
    """Return the words of a paste that stand outside of any element; other lines are blank."""
    lines, others, depth = text.split("\n"), list[int](), 0
    for at, line in enumerate(lines):
        if depth > 0 or "<" in line or at >= MOST_LINES:
            others.append(at)
        depth = max(0, depth + opened_in(line))
    return without(text, set(others))


def in_sentences(text: str) -> dict[int, str]:
    """Return the lines of a text with the address in them that carries what Mautic adds.

    Or a token that was not filled in.

    Somebody says in words where a click led: `I end up on https://…?ct=… and see nothing`.
    """
    found = dict[int, str]()
    for at, line in enumerate(text.split("\n")[:MOST_LINES]):
        for word in re.findall(r"(?i)https?://[^\s<>\"'“”«»]{1,20000}", line):
            address = addresses.read(word.rstrip(".,;:!?)"))
            is_made = ADDED.search(word) or UNFILLED.search(word)
            if is_made and not address.is_mautic and not address.peeled.wrappers:
                found.setdefault(at, address.given)
    return found


def is_reached(text: str) -> bool:
    """Whether a text is one address that was seen after sending."""
    if not re.fullmatch(r"(?i)https?://[^\s<>\"']{1,20000}", text):
        return False
    address = addresses.read(text)
    is_made = ADDED.search(text) or UNFILLED.search(text)
    return address.is_mautic or bool(address.peeled.wrappers) or is_made is not None


def bare(line: str) -> str:
    """Return an address without what people put around it: brackets, `href=`, a link's text."""
    line = LISTED.sub("", line.strip()).rstrip(".,;:!?").strip("<>\"'`“”«»\u202f\u00a0")
    if enclosed := ENCLOSED.search(line):
        return enclosed[1]
    if opened := BEGUN.match(line):
        closing = ")" if opened[0].endswith("(") else "]" if opened[0] == "[" else ""
        line = line[opened.end() :].removesuffix(closing).strip("<>\"'`“”")
    if column := re.search(r"(?i),(https?://\S+)", line):
        line = column[1]
    return line.rstrip(".,;:!?") if re.match(r"(?i)https?://", line) else line
