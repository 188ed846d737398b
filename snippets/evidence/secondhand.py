"""What stands in a paste and isn't the reader's own, or isn't so any more.

An example of a manual, the log of somebody in a forum, a state of before, another server: it may be
right, but it doesn't prove what is wrong here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
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
    r"backups?|sauvegarde|sicherung|respaldo|until|used to|previously|formerly|last year"
    r"|jusqu['’]\w+|auparavant|autrefois"
    r"|l['’]an dernier|vorher|letztes jahr|hasta|anteriormente|até|removed|deleted|undone|reverted"
    r"|supprimée?s?|retirée?s?|entfernt|gelöscht|eliminad[oa]s?|quitad[oa]s?|removid[oa]s?"
)
# Whose it is, whether it is, when it was: in words above a piece, in the languages of the guide.
FOREIGN = re.compile(
    rf"(?i)(?<![\w.@/-])(?:{_INSTALLATIONS}|(?:\w+\.)?mautic\.(?:org|com)|{_PUBLISHED}|{_PEOPLE}|{_OTHERS}"
    rf"|{_SUPPOSED}|{_PAST})(?![\w@/-]|\.\w)|^\W*(?:before|avant|antes|vor)\b"
)
# Who asks for help supposes nothing and names nobody.
REQUEST = re.compile(
    r"(?i)\b(?:can|could|would) (?:you|some(?:body|one))\b"
    r"|\bquelqu['’]un (?:peut|pourrait|sait|aurait)\b|\b(?:kann|könnte|weiß|würde) jemand\b"
    r"|\b(?:alguien|alguém) (?:puede|podría|sabe|sabría|pode|poderia|saberia)\b"
    r"|\b(?:podría|poderia)[mn]? (?:usted(?:es)?|ustedes|decirme|ayudarme|alguien|alguém|me)\b"
)
# Who vouches for what stands below: the reader, or a file, a log, a program that is named.
OWN = re.compile(
    r"(?i)\b(?:I|we|my|mine|ours?|here|me|us|je|mon|ma|mes|nous|notre|nos|ici|chez|ich|wir|mein\w*"
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
WORD = re.compile(  # or a host
    r"[«(\"'“„]?[^\W\d_][\w'’-]*(?:\.[a-z][\w-]*){0,4}[.,;:!?)»\"'”“]*"
)
PROMPT = re.compile(r"[\w@.:~\[\] -]{1,80}[$#][ \t]+\S")  # `root@staging:~# php …`
SENTENCE = re.compile(r"\w[)»\"'”“]?(?:[.,…]|[ \u00a0\u202f]?[:?!])(?=\s|$)")
LONG = 6  # words; fewer are a title, and need nobody who vouches for what follows
FEWEST_WORDS = 3  # of a line that introduces something, unless a colon ends it
LARGEST = 200_000  # characters of a paste that somebody may have written words around
LONGEST_LINE = 500  # characters of what somebody says
DENIAL = re.compile(f"(?i){NEGATION}")
MOST_BELOW = 4  # lines
MOST_WORDS = 0.75  # of what stands in such a line; of a line of a log fewer are words
FEWER_WORDS = 0.5  # of a comment, which may name a file: `# staging .env`
# A file to be copied and filled in: `.env.example`, `local.php.dist`.
TEMPLATE = re.compile(
    r"(?i)(?:^|[._-])(?:example|sample|dist|template|tpl)(?:[._-]|$)"
    r"|\.github/|\.gitlab-ci|(?-i:Test\.php$)"  # or settings for tests
)
QUOTED = re.compile(r"[ \t]*>")  # a line of the mail that somebody answers
DUMP = re.compile(
    r"(?m)^[ \t]*<[ \t]"
)  # an answer, as `curl -v` marks it beside the `>` of a request


PAIRS = (("„", "“"), ("«", "»"), ("“", "”"))  # quotation marks


@dataclass(frozen=True)
class Words:
    """What the words of a line tell, or those of a paragraph so far.

    Whether what follows is foreign, whether somebody vouches for it, a file or program at least,
    whether it is a comment, and how many words there are, with the signs of a sentence or not.
    """

    is_foreign: bool = False
    is_vouched: bool = False
    is_named: bool = False
    is_comment: bool = False
    is_sentence: bool = False
    count: int = 0
    marks: tuple[int, ...] = (0, 0, 0, 0)

    @classmethod
    def of(cls, line: str) -> "Words":
        """Return what one line tells; of a very long one the beginning."""
        line = line[:LONGEST_LINE]
        vouching = {own[0].lower() for own in OWN.finditer(line)}
        pairs = (line.count(a) - line.count(b) for a, b in PAIRS)
        return cls(
            FOREIGN.search(REQUEST.sub("", line)) is not None,
            vouching - {"mautic"} != set(),
            vouching != set(),
            COMMENT.match(line) is not None,
            SENTENCE.search(line) is not None,
            len(line.split()),
            (line.count('"'), *pairs),
        )

    def then(self, more: "Words") -> "Words":
        """Return what both tell, one behind the other."""
        return Words(
            self.is_foreign or more.is_foreign,
            self.is_vouched or more.is_vouched,
            self.is_named or more.is_named,
            self.is_comment if self.count else more.is_comment,
            self.is_sentence or more.is_sentence,
            self.count + more.count,
            tuple(a + b for a, b in zip(self.marks, more.marks, strict=True)),
        )

    @property
    def is_quoting(self) -> bool:
        """Whether a quotation begins in it, and goes on below."""
        double, *others = self.marks
        return double % 2 == 1 or any(count > 0 for count in others)

    def is_doubt(self, *, of_setting: bool, of_words: bool) -> bool:
        """Whether a line below isn't the reader's own: a setting, words as well, anything else.

        Configuration looks like words, and has none of the signs that part and end them; comments
        are short of a verb. A setting needs who vouches for it, and all speak of Mautic.
        """
        if self.is_foreign or self.is_quoting:
            return self.count > 0
        if of_setting:
            return self.count > 0 and not self.is_vouched
        is_long = self.is_sentence and not self.is_comment and self.count >= LONG
        return is_long and not of_words and not self.is_named


def introductions(lines: Sequence[str], said: Sequence[bool]) -> Iterator[Words]:
    """Yield for each line what the words above it tell, those of the line itself too."""
    words, is_within = Words(), False
    for line, is_said in zip(lines, said, strict=True):
        if is_said:
            words = (words if is_within else Words()).then(Words.of(line))
            is_within = True
        elif line.strip():
            is_within = False
            if (prompt := PROMPT.match(line)) and ANOTHER.search(prompt[0]):
                words = Words(is_foreign=True, count=1)
        yield words


def is_words(line: str) -> bool:
    """Whether a line is said by somebody, and is neither a setting nor printed by a program."""
    line = line[:LONGEST_LINE]
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


class Told(NamedTuple):
    """The lines of a paste, which of them somebody says, and what each is told to be."""

    lines: list[str]
    said: list[bool]
    words: list[Words]


@lru_cache(maxsize=4)  # the settings, links and requests of a paste ask the same of it
def told(text: str) -> Told:
    """Return what words say of the lines of a paste; a whole log is none."""
    lines = text.split("\n") if len(text) <= LARGEST else []
    lines = lines if len(lines) <= MOST_LINES else []
    said = list(map(is_words, lines))
    return Told(lines, said, list(introductions(lines, said)))


def not_own(name: str, text: str) -> set[int]:
    """Return the numbers of the lines of a paste that aren't the reader's own, or not any more."""
    lines, said, every = told(text)
    if not lines or TEMPLATE.search(name):
        return set(range(1, len(lines) + 1))
    set_there = settings.spanned(text)
    found = {number for number in set_there if is_denied(lines, said, number)}
    for number, words in enumerate(every, 1):
        if words.is_doubt(of_setting=number in set_there, of_words=said[number - 1]):
            found.add(number)
    return found | answered(lines, said)


def foreign(text: str) -> set[int]:
    """Return the numbers of those lines of which words say so, or that somebody answers."""
    lines, said, every = told(text)
    found = {number for number, words in enumerate(every, 1) if words.is_foreign}
    return found | answered(lines, said)


def answered(lines: Sequence[str], said: Sequence[bool]) -> set[int]:
    """Return the numbers of the lines of a mail that is answered in a paste."""
    found = {number for number, line in enumerate(lines, 1) if QUOTED.match(line)}
    return found if any(said) and not any(map(DUMP.match, lines)) else set()


def is_denied(lines: Sequence[str], said: Sequence[bool], number: int) -> bool:
    """Whether the words right below a setting say that it isn't set: `we have no such line`."""
    below = range(number, min(number + MOST_BELOW, len(lines)))
    words = " ".join(lines[at][:LONGEST_LINE] for at in below if said[at])
    return DENIAL.search(words) is not None and NOWHERE.search(words) is not None
