"""Keep translations true: each remembers, section by section, the French text it was made from.

`translated` in the front matter of a translation holds the mark of each section's French prose.
Where that prose has changed since, the section says so and leads to the French one; a section not
translated yet is shown in French. The build never fails for it. By hand:

    python docs/hooks/translations.py                            what is stale, and what changed
    python docs/hooks/translations.py done docs/links.en.md      this page says what the French says
                                                                 (several pages can be named)
    python docs/hooks/translations.py done docs/links.en.md ID   … in these sections
    python docs/hooks/translations.py new de                     begin a language: its home page
    python docs/hooks/translations.py new de emails/links        begin a page of it
"""

import difflib
import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.utils import get_relative_url

import front

DOCS = Path(__file__).parent.parent
FIRST = (
    "index",
    "diagnose",
    "emails/troubleshooting",
)  # with the words around every page, and those of every answer
MODEL = "en"  # which a new page is made from: as the French one, with the words a translation has
WORDS = "front-matter"  # the words of a page's front matter count as a section of this name
HEADING = re.compile(r"^#{1,6} .*?\{ *#([\w-]+)[^}\n]*\} *$", re.MULTILINE)
# A block is the same in every language, which a test holds: only the prose around it is translated.
BLOCK = re.compile(r"^( *)(`{3,}|~{3,}).*?^\1\2 *\n?", re.MULTILINE | re.DOTALL)
NOTE = re.compile(r"^\[\^([\w-]+)\]:(?:.*\n?)(?:^(?: {4}|\t).*\n?)*", re.MULTILINE)
NOTED = re.compile(r"^translated:.*\n(?:  .*\n)*", re.MULTILINE)
OWN = re.compile(r"^(?:writing|synonyms):.*\n(?:  .*\n?)*", re.MULTILINE)  # no translation


# --8<-- [start:sections]
def sections(page: str) -> dict[str, str]:
    """Return the sections of a page by the ids of their headings, each without those below it."""
    _, body = apart(page)
    hidden = BLOCK.sub(lambda block: re.sub(r"[^\n]", " ", block[0]), body)
    starts = [(found.start(), found[1]) for found in HEADING.finditer(hidden)]
    ends = [start for start, _ in starts[1:]] + [len(body)]
    return {name: body[start:end] for (start, name), end in zip(starts, ends, strict=True)}


def mark(section: str) -> str:
    """Return the mark of a section's prose: eight hexadecimal digits, the same for any wrapping."""
    prose = " ".join(BLOCK.sub("", section).split())
    return hashlib.sha256(prose.encode()).hexdigest()[:8]


# --8<-- [end:sections]


def apart(page: str) -> tuple[str, str]:
    """Return the front matter of a page, without what it was translated from, and the rest."""
    found = re.match(r"---\n(.*?\n)---\n", page, re.DOTALL)
    return (NOTED.sub("", found[1]), page[found.end() :]) if found else ("", page)


def marks(page: str) -> dict[str, str]:
    """Return the mark of each section of a French page, its front matter's words among them."""
    return {WORDS: mark(OWN.sub("", apart(page)[0]))} | {
        name: mark(x) for name, x in sections(page).items()
    }


def french(translation: Path) -> str:
    """Return the text of the French page of a translation."""
    return front.source_of(translation).read_text("utf-8")


def noted(translation: Path) -> dict[str, str]:
    """Return the marks that a translation remembers."""
    found = front.read(translation).get("translated") or {}
    if not isinstance(found, dict):
        raise PluginError(f"{translation}: `translated` holds no `section: mark`.")
    return {str(name): str(value) for name, value in found.items()}


def missing(translation: Path) -> list[str]:
    """Return the sections that the French page has and the translation has not."""
    there = sections(translation.read_text("utf-8"))
    return [name for name in sections(french(translation)) if name not in there]


def stale(translation: Path) -> list[str]:
    """Return the sections whose French text has changed since they were translated."""
    remembered = noted(translation)
    now = marks(french(translation))
    return [name for name, value in now.items() if remembered.get(name, value) != value]


def unnoted(translation: Path) -> list[str]:
    """Return the sections of a translation that remember no French text."""
    there = {WORDS, *sections(translation.read_text("utf-8"))} - noted(translation).keys()
    return [name for name in marks(french(translation)) if name in there]


def translations(language: str = "*") -> list[Path]:
    """Return the pages of a language, of all languages without one."""
    return sorted(path for path in DOCS.rglob(f"*.{language}.md") if front.source_of(path).exists())


def length(page: str) -> int:
    """Return how many words of a page there are to translate, those of its front matter included.

    What stands in a block, a link's address or an attribute is the same in every language.
    """
    words, body = apart(page)
    spoken = re.sub(r"^ *[\w-]+:(?= |$)", "", OWN.sub("", words), flags=re.MULTILINE)
    prose = re.sub(r"\[\^[\w-]+\]|\]\([^)]*\)|\{[^}]*\}|<[^>]*>|`[^`]*`", " ", BLOCK.sub("", body))
    return len(re.findall(r"\w[\w’.-]*", f"{spoken} {prose}"))


def wanted() -> dict[str, int]:
    """Return the pages that a language needs, the first to be translated first, by their words."""
    pages = [path for path in DOCS.rglob("*.md") if front.language_of(path) == front.SOURCE]
    names = [path.relative_to(DOCS).with_suffix("").as_posix() for path in pages]
    order = [name for name in FIRST if name in names]
    order += sorted({*names} - {*FIRST})
    return {name: length((DOCS / f"{name}.md").read_text("utf-8")) for name in order}


def on_page_markdown(markdown: str, page: Any, config: Any, **_: Any) -> str:
    """Mark the sections of a translation that are stale, and show the missing ones in French."""
    path = Path(page.file.abs_src_path)
    source = page.file.alternates.get(config.plugins["i18n"].default_language)
    if source is None or path == Path(source.abs_src_path):
        return markdown
    words, address = config.extra["words"]["translation"], get_relative_url(source.url, page.url)
    for name in stale(path):
        link = f'<a href="{address}#{name}" hreflang="{front.SOURCE}">{escape(words["french"])}</a>'
        markdown = below(markdown, name, f"{escape(words['stale'])} {link}")
    return completed(markdown, path, escape(words["missing"]), page.file.locale)


def below(markdown: str, name: str, words: str, language: str = "") -> str:
    """Return a page with a note below the heading of a section."""
    attribute = f' lang="{language}"' if language else ""
    note = f'\n\n<p class="stale"{attribute}>{words}</p>\n'
    return HEADING.sub(lambda found: found[0] + note * (found[1] == name), markdown)


def completed(markdown: str, path: Path, words: str, language: str) -> str:
    """Return a page with the French sections that it lacks, each where it belongs."""
    source, before = french(path), ""
    lacking = missing(path)
    for name, section in sections(source).items():
        if name in lacking:
            text = below(NOTE.sub("", section).strip(), name, words, language)
            end = ends(markdown).get(before, 0)
            shown = f'\n\n<div lang="{front.SOURCE}" markdown>\n\n{text}\n\n</div>\n\n'
            markdown = markdown[:end].rstrip() + shown + markdown[end:].lstrip()
        before = name
    return with_notes(markdown, source) if lacking else markdown


def ends(markdown: str) -> dict[str, int]:
    """Return where each section of a page ends."""
    found, at = dict[str, int](), 0
    for name, section in sections(markdown).items():
        at = markdown.index(section, at) + len(section)
        found[name] = at
    return found


def with_notes(markdown: str, source: str) -> str:
    """Return a page with the French footnotes that its French sections ask for."""
    known = {found[1] for found in NOTE.finditer(markdown)}
    wanted = [x[0].rstrip() for x in NOTE.finditer(source) if f"[^{x[1]}]" in markdown]
    missing_notes = [text for text in wanted if text[2 : text.index("]")] not in known]
    return "\n\n".join([markdown.rstrip(), *missing_notes]) + "\n"


def former(path: Path, name: str, value: str) -> str | None:
    """Return the French section that a translation was made from, as the history has it."""
    git = ["git", "-C", str(path.parent)]
    log = subprocess.run(
        [*git, "log", "--format=%H", "--", path.name], capture_output=True, text=True
    )
    for commit in log.stdout.split():
        show = [*git, "show", f"{commit}:./{path.name}"]
        page = subprocess.run(show, capture_output=True, text=True).stdout
        if marks(page).get(name) == value:
            return apart(page)[0] if name == WORDS else sections(page)[name]
    return None


def output(*command: str) -> str:
    """Return what a command prints, "" where it fails: a download of the project has no history."""
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False).stdout


def difference(translation: Path, name: str) -> str:
    """Return what changed in the French text of a section since it was translated."""
    source = front.source_of(translation)
    page = source.read_text("utf-8")
    now = apart(page)[0] if name == WORDS else sections(page)[name]
    old = former(source, name, noted(translation)[name])
    if old is None:
        return "  The history has the text no more that was translated.\n"
    return "".join(
        f"  {line.rstrip()}\n"
        for line in difflib.unified_diff(old.splitlines(), now.splitlines(), lineterm="", n=1)
        if not line.startswith(("---", "+++"))
    )


def told() -> Iterator[str]:
    """Yield what is stale and what is missing, a section at a time."""
    for path in translations():
        name = path.relative_to(DOCS)
        for section in stale(path):
            yield f"{name} #{section}: the French text has changed.\n{difference(path, section)}"
        for section in unnoted(path):
            yield f"{name} #{section}: which French text it was made from is not noted (`done`).\n"
        for section in missing(path):
            yield f"{name} #{section}: not translated yet.\n"


def done(path: Path, names: list[str]) -> None:
    """Note in a translation that it says what the French page says, in some sections or in all."""
    source = front.source_of(path)
    if path == source or not (path.is_file() and source.is_file()):
        raise SystemExit(f"{path} is no translation of a French page beside it.")
    now, text = marks(french(path)), path.read_text("utf-8")
    there = {WORDS, *sections(text)}
    if wrong := [name for name in names if name not in there & now.keys()]:
        known = ", ".join(name for name in now if name in there)
        raise SystemExit(
            f"{path.name} and its French page have no section {', '.join(wrong)}. Known: {known}."
        )
    kept = {name: value for name, value in noted(path).items() if name in now}
    kept |= {name: now[name] for name in names or now if name in there & now.keys()}
    lines = "".join(f'  {name}: "{kept[name]}"\n' for name in now if name in kept)
    words, body = apart(text)
    path.write_text(f"---\n{words}translated:\n{lines}---\n{body}", "utf-8")


def begun(language: str, name: str = "index") -> Path:
    """Return a page of a language that is begun: the English one, still to be translated."""
    path, model = (front.path_of(DOCS, name, each) for each in (language, MODEL))
    if not re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", language) or language == front.SOURCE:
        raise SystemExit(f"{language!r} is no code such as `de` or `pt-BR`.")
    if path.exists() or not model.exists():
        raise SystemExit(f"{path} exists already, or the guide has no page {name!r}.")
    text = NOTED.sub("", model.read_text("utf-8"))
    path.write_text(text.replace("\n  kept: true\n", "\n  kept: false\n"), "utf-8")
    return path


def lacking(language: str) -> Iterator[str]:
    """Yield the pages that a language has not, with the number of their words."""
    there = {
        name: n for name, n in wanted().items() if not front.path_of(DOCS, name, language).exists()
    }
    for name, number in there.items():
        yield f"{number:6} {name}"
    yield f"{sum(there.values()):6} words in all"


def main(arguments: list[str]) -> int:
    """Run the command; 1 if something is stale."""
    match arguments:
        case []:
            lines = list(told())
            print("\n".join(lines) or "Every translation says what the French page says.")
            return int(bool(lines))
        case ["done", page, *more]:
            pages = [page, *(name for name in more if name.endswith(".md"))]
            for name in pages:
                done(Path(name).resolve(), [name for name in more if name not in pages])
        case ["new", language, *names]:
            for path in [begun(language, name) for name in names or ["index"]]:
                print(f"Translate {path.relative_to(DOCS)}, its front matter first; then `done`.")
            print("What is missing is shown in French. These pages are:")
            print("\n".join(lacking(language)))
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
