"""Explain a technical word where a page first uses it: by the page `glossary` of its language.

The word becomes a button that shows its explanation, without a script, by mouse, finger and
keyboard. Code, links, headings and drawings are left alone. This comes last: neither the search
nor what a result shows of a section holds the explanations.
"""

import re
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs.plugins import event_priority

import front

PAGE = "glossary"
ENTRY = re.compile(r"^(?P<terms>.+?) \{ #(?P<id>[\w-]+) \}\n:   (?P<text>.+(?:\n {4}.+)*)", re.M)
# What may not hold a button, then the piece of code that may itself be a term, tags, text.
PART = re.compile(
    r"<(?P<tag>a|button|pre|h[1-6]|svg|script|style|summary|form|label)\b.*?</(?P=tag)>"
    r'|<div class="(?:way|footnote)".*?</div>'
    r"|(?P<code><code>[^<]*</code>)|<[^>]*>|(?P<text>[^<]+)",
    re.DOTALL,
)

NUMBER = "(?:[sx]|e?n|e[sr]?)?"


class Term(NamedTuple):
    """A word of the glossary: the id of its entry, what explains it."""

    id: str
    explained: str


def on_pre_build(**_: Any) -> None:
    """Read the glossaries anew while the site is served."""
    terms.cache_clear()


@event_priority(-50)
def on_post_page(output: str, page: Any, config: Any) -> str:
    """Explain the words of a page, but for those of the glossary itself."""
    known = terms(Path(config.docs_dir), page.file.locale)
    before, article, rest = output.partition("<article")
    inside, end, after = rest.partition("</article>")
    if page.file.name == PAGE or not known or not end:
        return output
    return before + article + explain(inside, known) + end + after


@lru_cache
def terms(docs: Path, language: str) -> dict[str, Term]:
    """Return the words of a language's glossary, as they are written there; none without a page."""
    path = front.path_of(docs, PAGE, language)
    text = path.read_text("utf-8") if path.exists() else ""
    return {
        word: Term(entry["id"], shown(entry["text"]))
        for entry in ENTRY.finditer(text)
        for word in entry["terms"].split(", ")
    }


def shown(text: str) -> str:
    """Return an explanation as HTML: of Markdown, only code and emphasis are used there."""
    html = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(" ".join(text.split()), quote=False))
    return re.sub(r"\*([^*]+)\*", r"<em>\1</em>", html)


def explain(html: str, known: dict[str, Term]) -> str:
    """Return HTML in which the first use of each word shows its explanation."""
    told: set[str] = set()
    words = [word for word in known if "`" not in word]
    each = "|".join(f"(?P<w{at}>{used(word)})" for at, word in enumerate(words))
    use = re.compile(rf"(?<![\w-])(?:{each})(?![\w-])")

    def first(word: str, as_written: str) -> str:
        term = known[word]
        if term.id in told:
            return as_written
        told.add(term.id)
        return button(term, as_written)

    def part(piece: re.Match[str]) -> str:
        if piece["text"]:
            return use.sub(lambda at: first(words[int(str(at.lastgroup)[1:])], at[0]), piece[0])
        code = re.sub("</?code>", "`", piece["code"] or "")
        return first(code, piece[0]) if code in known else piece[0]

    return PART.sub(part, html) if words else html


def used(word: str) -> str:
    """Return an expression that reads a word in any case and number, but `HEAD` as it is.

    A number is an ending, as several languages have it: “links”, “redes”, “Kopfzeilen”.
    """
    if word.isupper():
        return re.escape(word)
    return f"(?i:{f'{NUMBER} '.join(map(re.escape, word.split()))}{NUMBER})"


def button(term: Term, as_written: str) -> str:
    """Return a word that shows its explanation when it is pressed."""
    return (
        f'<button type="button" class="term" popovertarget="{term.id}">{as_written}</button>'
        f'<span popover id="{term.id}" class="explained">{term.explained}</span>'
    )
