"""French as it is printed, and one term for each thing; what a program can check of it."""

import re
from pathlib import Path

import pytest

from test_pages import PAGE_PATHS, SOURCES, TRANSLATIONS, name, prose

NOT_TEXT = re.compile(
    r"^---\n.*?\n---\n"  # front matter has a test of its own
    r"|^!!! \w+ |\[(?:[\w-]+)?#\d+[^\]]*\](?=\()"  # a thread carries its title, in English
    r"|<[^>]+>|`+[^`\n]*`+|\]\([^)]*\)|\{[^}\n]*\}|https?://\S+|^\[\^[\w-]+\]:|\[\^[\w-]+\]",
    re.DOTALL | re.MULTILINE,
)
BLOCK = re.compile(r"^( *)```.*?^\1```$", re.DOTALL | re.MULTILINE)
RULES = {
    "a curly apostrophe": r"\w'\w",
    "guillemets instead of quotation marks": r"[“”]|(?<![\w=])\"[^\"\n]*\"(?![\w\n])",
    "a narrow no-break space before ; ! ?": r"(?:[^\u202f\s!?]|[ \u00a0])[;!?](?=\s|$)",
    "a no-break space before the colon": r"[^\u00a0\s:/\w][ \u202f]?:(?=\s)|\w[ \u202f]:|\w:(?=\s)",
    "narrow no-break spaces inside guillemets": r"«[^\u202f]|[^\u202f]»",
    "no space before a comma or a full stop": r"\s[,.](?=\s|$)",
    "a no-break space before %": r"\d[ ]?%",
}
TERMS = {
    "e-mail": r"(?<!-)\b(?:[Ee]?mails?|[Ee]mails?|Mails?|[Cc]ourriels?|[Mm]él)\b",
    "désinscription": r"\b[Dd]ésabonne\w*",
    "redirection": r"\b[Rr]edirect\b",
    "réécrire": r"\b[Rr]é-écri\w*",
    "version": r"\b[Rr]eleases?\b",
    "jeton": r"\b[Tt]okens?\b",
    "en-tête": r"\b[Hh]eaders?\b",
    "clic": r"\b[Cc]licks?\b",
    "page d’arrivée": r"\b[Ll]anding pages?\b",
}
NAMES = re.compile(r"«\u202f[^»]*\u202f»|Apple Mail|System Settings|Email Settings|→ [\w ]+|#\w+")


def text(path: Path) -> str:
    """Return the words of a page: no code, no addresses, no attributes."""
    return NOT_TEXT.sub("x", BLOCK.sub("", prose(path)))


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_french_is_set_with(path: Path, rule: str) -> None:
    found = re.finditer(RULES[rule], text(path))
    assert [f[0] + text(path)[f.end() : f.end() + 20] for f in found] == []


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_one_term_for_each_thing(path: Path) -> None:
    if path.stem == "contributing":  # the glossary names the English terms
        return
    words = NAMES.sub("", text(path))
    assert {term: re.findall(other, words) for term, other in TERMS.items()} == {
        term: [] for term in TERMS
    }


@pytest.mark.parametrize("path", PAGE_PATHS, ids=name)
def test_front_matter_is_set_like_the_page(path: Path) -> None:
    front = path.read_text("utf-8").partition("---\n")[2].partition("\n---\n")[0]
    assert "'" not in front or path in TRANSLATIONS
    if path in SOURCES:
        assert re.findall(r"\w ?[!?](?=\s|$)|«[^\u202f]|[^\u202f]»", front) == []
