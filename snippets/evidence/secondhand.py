"""What stands in a paste and isn't the reader's own, or isn't so any more.

An example of a manual, the log of somebody in a forum, a state of before, another server: it may be
right, but it doesn't prove what is wrong here.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile, takewhile
from typing import NamedTuple

from . import settings
from .asserted import NEGATION
from .mixed import MOST_LINES

_INSTALLATIONS = (
    r"old|former|previous|staging|test|demo|dev|local|ancien\w*|recette|alte[nrs]?|früher\w*"
    r"|antigu[oa]|anterior|velh[oa]|antig[oa]|switched off|abgeschaltet|preprod|préprod|sandbox"
    r"|pruebas|homologação|test-?(?:server|system|instanz)"
)
# Another installation, by the words of the line or by its name: not the one that sends.
ANOTHER = re.compile(rf"(?i)\b(?:{_INSTALLATIONS})\b|\bmautic\.(?:org|com)\b")
_PUBLISHED = (
    r"docs?|documentation|documentación|documentação|doku(?:mentation)?|manu(?:al|el)"
    r"|hand(?:book|buch)|tutorials?|tutoriel|anleitung|readme|changelog|release notes|examples?"
    r"|exemple|beispiel|ejemplo|exemplo|samples?|forums?|foro|fórum|thread|stack ?overflow|reddit"
    r"|blogs?|chatgpt|copilot"
)
_PEOPLE = (
    r"some(?:body|one)|quelqu['’]un|jemand|alguien|alguém|colleagues?|collègues?|kolleg(?:en|e|in)"
    r"|compañer[oa]s?|colegas?|h(?:is|er)|their|leurs?|sein(?:e[mnrs]?)?|dele|dela"
    r"|wrote|writes|écrit|schr(?:ieb|eibt)|escrib(?:e|ió)|escreveu?"
)
_OTHERS = (
    r"(?:an)?other (?:server|instance|installation|mautic|site|host|machine|customer)"
    r"|autre (?:serveur|instance|installation|mautic|site|hôte|client)"
    r"|ander\w+ (?:server|instanz|installation|mautic|host|kunden?)"
    r"|otr[oa] (?:servidor|instancia|instalación|mautic|sitio|cliente)"
    r"|outr[oa] (?:servidor|instância|instalação|mautic|site|cliente)"
    r"|not (?:ours|mine)|pas (?:le|la) (?:nôtre|mien\w*)|nicht (?:unser|mein)\w*"
    r"|no (?:es|son) (?:nuestr|mí)\w+|não é (?:noss|meu)\w*"
    r"|compar(?:ison|aison|ación|ação)|vergleich"
)
_SUPPOSED = (
    r"what if|suppos\w+|imagine[rz]?|would|could|might|pourrait|serait|könnte|wäre|würde|podría"
    r"|sería|poderia|seria|(?:if|in case)(?! (?:I|we)\b)|(?:wenn|falls)(?! (?:ich|wir)\b)"
)
_PAST = (
    r"until|used to|previously|formerly|last year|jusqu['’]\w+|auparavant|autrefois"
    r"|l['’]an dernier|vorher|letztes jahr|hasta|anteriormente|até|removed|deleted|undone|reverted"
    r"|supprimée?s?|retirée?s?|entfernt|gelöscht|eliminad[oa]s?|quitad[oa]s?|removid[oa]s?"
)
# Whose it is, whether it is, when it was: in words above a piece, in the languages of the guide.
FOREIGN = re.compile(
    rf"(?i)(?<![\w.@/-])(?:{_INSTALLATIONS}|mautic\.(?:org|com)|{_PUBLISHED}|{_PEOPLE}|{_OTHERS}"
    rf"|{_SUPPOSED}|{_PAST})(?![\w@/-]|\.\w)|^\W*(?:before|avant|antes|vor)\b"
)
# Who vouches for what stands below: the reader, or a file, a log, a program that is named.
OWN = re.compile(
    r"(?i)\b(?:I|we|my|mine|ours?|here|je|mon|ma|mes|nous|notre|nos|ici|chez|ich|wir|mein\w*"
    r"|unser\w*|hier|yo|mis?|nuestr[oa]s?|aquí|eu|meus?|minhas?|noss[oa]s?|aqui|mautic)\b|\bj['’]"
    r"|\w\.(?:php|ya?ml|conf|toml|ini)\b|\.env\b|\b(?:configuration|config|settings) *[>:›]"
    r"|\b\w*log\b|\bselect\b"
)
# What is said of the lines above it: that they stand nowhere.
NOWHERE = re.compile(
    r"(?i)\b(?:lines?|files?|settings?|entr(?:y|ies)|here|ours?|lignes?|fichiers?|ici|chez nous"
    r"|zeilen?|datei(?:en)?|hier|bei uns|líneas?|archivos?|aquí|linhas?|arquivos?|aqui)\b"
)
KEY = re.compile(r"[ \t-]*[a-z_-]+:[ \t]*")  # of YAML, alone on its line
# A comment, with which files of settings and people in a log say what follows.
COMMENT = re.compile(r"[ \t>]*(?:#+|//+|;+|--+|/\*+|=+>)[ \t]*(?=[^\W\d_])")
# `Site URL: https://…` says what is set; it introduces nothing.
LABELLED = re.compile(r"[^:]{2,60}:[ \t]+\S+(?:[ \t]+\S+){0,2}[ \t]*")
MATERIAL = re.compile(
    r"=>|^[ \t]*[-+]?[ \t]*(?:[<\[{|$]|(['\"]).*\1[ \t]*[,;)]*[ \t]*$)|\d\d:\d\d:\d\d"
)
WORD = re.compile(r"[«(\"'“„]?[^\W\d_][\w'’-]*[.,;:!?)»\"'”“]*")
PROMPT = re.compile(r"[\w@.:~\[\] -]{1,80}[$#][ \t]+\S")  # `root@staging:~# php …`
SENTENCE = re.compile(r"\w[)»\"'”“]?[.,:?!…](?=\s|$)")
LONG = 6  # words; fewer are a title, and need nobody who vouches for what follows
FEWEST_WORDS = 3  # of a line that introduces something, unless a colon ends it
MOST_BELOW = 4  # lines
MOST_WORDS = 0.75  # of what stands in such a line; of a line of a log fewer are words
FEWER_WORDS = 0.5  # of a comment, which may name a file: `# staging .env`
# A file to be copied and filled in: `.env.example`, `local.php.dist`.
TEMPLATE = re.compile(r"(?i)(?:^|[._-])(?:example|sample|dist|template|tpl)(?:[._-]|$)")
QUOTED = re.compile(r"[ \t]*>")  # a line of the mail that somebody answers
DUMP = re.compile(
    r"(?m)^[ \t]*<[ \t]"
)  # an answer, as `curl -v` marks it beside the `>` of a request


PAIRS = (("„", "“"), ("«", "»"), ("“", "”"))  # quotation marks


class Introduction(NamedTuple):
    """A line of words in a paste, and what the paragraph says that it ends for now."""

    number: int
    said: str


def introductions(lines: Sequence[str]) -> Iterator[Introduction]:
    """Yield the lines of words of a paste, each with those above it in the same paragraph."""
    said = ""
    for number, line in enumerate(lines, 1):
        if is_words(line):
            said = f"{said} {line}"
            yield Introduction(number, said)
        elif line.strip():
            said = ""
            if (prompt := PROMPT.match(line)) and ANOTHER.search(prompt[0]):
                yield Introduction(number, prompt[0])


def is_foreign(said: str) -> bool:
    """Whether words tell of a manual, of somebody else, of another server, or of another time.

    Or quote somebody, whose words go on below.
    """
    is_open = said.count('"') % 2 == 1 or any(said.count(a) > said.count(b) for a, b in PAIRS)
    return is_open or FOREIGN.search(said) is not None


def is_words(line: str) -> bool:
    """Whether a line is said by somebody, and is neither a setting nor printed by a program."""
    comment = COMMENT.match(line)
    words = line[comment.end() if comment else 0 :].strip(" \t>*-•").split()
    if not words or MATERIAL.search(line) or KEY.fullmatch(line):
        return False
    if not comment and (LABELLED.fullmatch(line) or QUOTED.match(line)):
        return False
    is_said = len(words) >= FEWEST_WORDS or line.rstrip().endswith(":") or comment is not None
    least = FEWER_WORDS if comment else MOST_WORDS
    return is_said and sum(map(is_word, words)) >= least * len(words)


def is_word(text: str) -> bool:
    """Whether a piece between blanks is a word, with the signs of a sentence around it."""
    return WORD.fullmatch(text) is not None


def not_own(name: str, text: str) -> set[int]:
    """Return the numbers of the lines of a paste that aren't the reader's own, or not any more."""
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        return set()
    if TEMPLATE.search(name):
        return set(range(1, len(lines) + 1))
    answered = [number for number, line in enumerate(lines, 1) if QUOTED.match(line)]
    is_answer = answered and any(map(is_words, lines)) and DUMP.search(text) is None
    found = set(answered if is_answer else ())
    set_there = settings.spanned(text)
    said = ""
    above = {each.number: each.said for each in introductions(lines)}
    for number in range(1, len(lines) + 1):
        said = above.get(number, said)
        is_vouched = OWN.search(said) is not None
        is_sentence = number in set_there or is_long(said, lines[number - 1])
        if said and (is_foreign(said) or (is_sentence and not is_vouched)):
            found.add(number)
    return found | {number for number in set_there if is_denied(lines, number)}


def is_long(said: str, line: str) -> bool:
    """Whether words above a line are a sentence, and no title; comments seldom are.

    Configuration looks like words, and has none of the signs that part and end them.
    """
    is_said = SENTENCE.search(said) is not None and COMMENT.match(said) is None
    return is_said and len(said.split()) >= LONG and not is_words(line)


def is_denied(lines: Sequence[str], number: int) -> bool:
    """Whether the words right below a setting say that it isn't set: `we have no such line`."""
    below = dropwhile(lambda line: not is_words(line), lines[number : number + MOST_BELOW])
    said = " ".join(takewhile(is_words, below))
    return re.search(f"(?i){NEGATION}", said) is not None and NOWHERE.search(said) is not None
