"""What a page quotes or shows, and doesn't say or do itself."""

import re

# What mail programs put around the mail that is answered, or passed on; and around code.
ANSWERED = re.compile(
    r"(?i)<(/?)blockquote\b[^>]*>"
    r"|<div\s[^<>]{0,500}\b(?:gmail_quote|yahoo_quoted|divRplyFwdMsg)\b"  # up to the end
)
CODE = re.compile(r"(?i)<(/?)(?:code|pre|samp|kbd|tt|textarea)\b[^>]*>")


def without(text: str, tags: re.Pattern[str]) -> str:
    """Return a text without what stands between these tags, however deep; its lines are kept."""
    kept, depth, last = list[str](), 0, 0
    for tag in tags.finditer(text):
        piece = text[last : tag.start()]
        kept.append(piece if depth == 0 else "\n" * piece.count("\n"))
        depth = max(0, depth + (-1 if tag[1] else 1))
        last = tag.end()
    return "".join(kept) + (text[last:] if depth == 0 else "")
