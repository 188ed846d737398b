"""The shortest piece of evidence that convinces: what is odd is marked, the rest is short.

A quote may be a `ct` of 300 characters, a tag over five lines, an address with a sign that nobody
sees. A reader gets pieces of text, each of a kind:

- "" for text as it stands;
- "odd" for what is wrong with it, or for the whole quote where no part of it is;
- "gap" for what was left out;
- "sign" for a character that can't be seen, by its name.
"""

import re
import unicodedata
from collections.abc import Iterator

Piece = tuple[str, str]
AROUND = 80  # characters of the line that are looked at on each side of a quote
MOST_AROUND = 24  # of them that are shown
LONGEST_ODD = 80  # characters of the odd part: two lines of a phone
LONGEST_PLAIN = 44  # of what stands beside it: one line of a phone
CT = re.compile(r"(?<=ct=)[\w%+/=.-]{17,}")
SIGNS = {"\n": "↵", "\r": "␍", "\t": "⇥"}
ENDS = (8, 4)  # characters of a `ct` that are shown
BOUNDS = "/?&#="  # what ends a part of an address

# What of a quote is odd, for the causes where it is a part: whatever the check looked for.
_HOST = r"(?<=://)[^/?#:\s\"']+"
_MARKUP = r"\s*[\r\n]+\s*|(?i:href)(?:\s+=\s*|=\s+)|(?<==[\"'])\s+|&#?\w+;|HTTPS?:|(?<=[\"']):?//"
_AGENT = r"(?<=\")[^\"]+(?=\"$)"  # the end of a line of the usual log
_DATABASE = (  # what the database doesn't know
    r"Unknown column '[^'\n]{1,100}'|Table '[^'\n]{1,200}' doesn't exist"
    r"|Base table or view not found|SQLSTATE\[\w+\]"
)
_REFUSED = (
    r"(?:GET|HEAD|POST) /\S*|(?<=\" )[45]\d\d(?= )|\[uri \"[^\"\n]{1,300}\"\]|with code [45]\d\d"
)
_KEPT = r"(?i)^[<*]? ?(?:cf-cache|x-(?:proxy-)?cache|x-varnish|age)[\w-]*:.*|\bHIT\b"
_SIGNAL = r"(?i)(?<![\w-])(?:dnt|(?:sec-)?gpc)\"?[ :=]+\"?1\b|\bHEAD\b|\b(?:Brave|DuckDuckGo)\b"
_STOPPED = (  # which link it was, of which e-mail, as the trace of Mautic's log has it
    r"MalformedUriException|(?<=prepareUrlForTracking\()\\*'[^'\n]+'|\\*'email\\*', \d+"
)
_COMPLAINT = re.compile(r"\.(?:ERROR|CRITICAL|ALERT|EMERGENCY): (.{1,80})")  # of Mautic's log
ODD = {
    cause: re.compile(pattern)
    for cause, pattern in {
        "site-url-host": _HOST,
        "esp-rewrap": _HOST,
        "https-proxy-scheme": r"http(?=://)",
        "ct-damaged": r"\bct=[^&#\s\"']*|(?<=clickthrough value: )\S+",
        "link-normalised": r"[^!-~]+|[|<>^`{}\[\]\"]+|%(?![0-9A-Fa-f]{2})|:443(?!\d)|:80(?!\d)",
        "link-markup-not-matched": _MARKUP,
        "ampersand-encoding": r"&(?:amp;|#0*38;|#x26;|%3B)+|(?<=[?&])amp;|amp%3B",
        "token-in-link": r"\{[^{}\s]*\}?|%7B.*?%7D|[\u200b-\u200d\u2060\ufeff]+",
        "send-stopped-by-link": rf"{_STOPPED}|^[^\w*:]+(?=http)|^[^\w]*://|^\S*\|\S*|[“”„«»]+",
        "server-blocks-tracking-url": _REFUSED,
        "schema-not-updated": _DATABASE,
        "pixel-cached": _KEPT,
        "privacy-signal": _SIGNAL,
        "unsubscribe-by-machine": r"(?:GET|HEAD|POST) /\S*",
        "unsubscribe-server-error": r"(?:GET|HEAD|POST) /\S*|(?<=\" )[45]\d\d(?= )",
        "bot-or-gateway-hits": _AGENT,
        "valid-hits-filtered": _AGENT,
        "query-glued": r"\?(?=[^?\s]*$)",
    }.items()
}


def excerpt(quote: str, cause: str, around: tuple[str, str] = ("", "")) -> list[Piece]:
    """Return a quote in pieces, marked by its cause, with the ends of the line `around` it."""
    before, after = around
    pieces = [("…", "gap")] if len(before) > MOST_AROUND else []
    pieces += [(before[-MOST_AROUND:], "")]
    pieces += marked(quote, ODD.get(cause))
    pieces += [(after[:MOST_AROUND], "")]
    pieces += [("…", "gap")] if len(after) > MOST_AROUND else []
    return [piece for text, kind in pieces for piece in made_visible(text, kind) if piece[0]]


def brief(address: str) -> list[Piece]:
    """Return an address in pieces of which none is odd."""
    return [
        p for text, kind in shortened(address, "", LONGEST_ODD) for p in made_visible(text, kind)
    ]


def mended_part(old: str, new: str) -> list[Piece]:
    """Return a mended address in pieces: what is new in it is odd, with what it stands beside.

    Where something only went, the word or token is marked that it went from.
    """
    begin = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(new))
    behind = zip(old[begin:][::-1], new[begin:][::-1], strict=False)
    length = min(len(old), len(new)) - begin
    same = next((i for i, (a, b) in enumerate(behind) if a != b), length)
    end = len(new) - min(same, length)
    begin = next((i for i in range(begin, 0, -1) if new[i - 1] in BOUNDS), 0)
    end = next((i for i in range(end, len(new)) if new[i] in BOUNDS), len(new))
    head, tail = new[:begin], new[end:]
    pieces = [("…", "gap"), (head[-MOST_AROUND:], "")] if len(head) > MOST_AROUND else [(head, "")]
    pieces += shortened(new[begin:end], "odd", LONGEST_ODD)
    pieces += [(tail[:MOST_AROUND], ""), *([("…", "gap")] if len(tail) > MOST_AROUND else [])]
    return [piece for text, kind in pieces for piece in made_visible(text, kind) if piece[0]]


def marked(quote: str, odd: re.Pattern[str] | None) -> list[Piece]:
    """Return a quote in odd pieces and others, each shortened; all of it is odd if no part is.

    Of a line of Mautic's log that is what it complains about, not the time before it.
    """
    spans = [found.span() for found in odd.finditer(quote)] if odd else []
    complaint = None if spans else _COMPLAINT.search(quote)
    spans = [complaint.span(1)] if complaint else spans
    if not spans:
        return list(shortened(quote, "odd", LONGEST_ODD))
    pieces, last = list[Piece](), 0
    for start, end in spans:
        pieces += shortened(quote[last:start], "", LONGEST_PLAIN)
        pieces += shortened(quote[start:end], "odd", LONGEST_ODD)
        last = end
    return pieces + list(shortened(quote[last:], "", LONGEST_PLAIN))


def shortened(text: str, kind: str, most: int) -> Iterator[Piece]:
    """Yield a text without the middle of its `ct`, then without its own middle."""
    ct = CT.search(text)
    if ct and len(text) > most:
        first, last = ct[0][: ENDS[0]], ct[0][-ENDS[1] :]
        yield from shortened(text[: ct.start()], kind, most)
        yield from ((first, kind), ("…", "gap"), (last, kind))
        yield from shortened(text[ct.end() :], kind, most)
    elif len(text) > most:
        end = most // 3
        yield from ((text[: most - end], kind), ("…", "gap"), (text[-end:], kind))
    else:
        yield text, kind


def made_visible(text: str, kind: str) -> Iterator[Piece]:
    """Yield a text with a name instead of each character that can't be seen."""
    last = 0
    for at, character in enumerate(text):
        if name := name_of(character):
            yield from ((text[last:at], kind), (name, "sign"))
            last = at + 1
    yield text[last:], kind


def name_of(character: str) -> str:
    """Return how a character is shown that can't be seen, "" for one that can."""
    if character in SIGNS:
        return SIGNS[character]
    is_seen = character.isprintable() and not unicodedata.combining(character)
    return "" if is_seen else f"U+{ord(character):04X}"


def plain(pieces: list[Piece]) -> str:
    """Return an excerpt as one text, for where nothing can be marked."""
    return "".join(text for text, _ in pieces)
