"""The front matter of pages: what it must hold, told by file and key where it does not.

The words that a reader sees around a page (`site` of a home page) and those of the scripts (`ui`
of the page `diagnose`) stand there, once for each language. MkDocs takes front matter that can't
be read for text of the page: here the build stops.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, TypedDict, get_args, get_origin, get_type_hints

import yaml
from mkdocs.exceptions import PluginError

import labels

SOURCE = "fr"  # the language of a page without a language in its name
# Of each page; of those that hold words around the page, of forms, lists and drawings.
KEYS = {"title", "description", "hide"} | {"site", "ui", "command", "questions", "choices"}
KEYS |= {"compare", "rules", "drawings", "translated", "synonyms", "writing"}

PLAIN = (str, bool, int)


class Missing(TypedDict):
    """The page for missing addresses."""

    title: str
    text: str


class Scheme(TypedDict):
    """The names of the colour schemes."""

    system: str
    light: str
    dark: str


class Translation(TypedDict):
    """Notes in a translation: on a section that is older than the French one, or missing."""

    stale: str
    french: str
    missing: str


class Search(TypedDict):
    """The box of the search."""

    open: str
    close: str
    hint: str
    ignored: str
    none: str
    opens: str
    clicks: str
    unsubscribe: str
    failed: str


class Words(TypedDict):
    """The frame around a page."""

    home: str
    menu: str
    scheme: Scheme
    copy_code: str
    copied: str
    footer: str
    untranslated: str
    translation: Translation
    missing: Missing
    search: Search


class Source(TypedDict):
    """`site` of the French home page; the rest stands in `mkdocs.yml`."""

    words: Words


class Site(Source):
    """`site` of the home page of another language; `kept`: the tests ask that it be whole."""

    language: str
    kept: bool
    name: str
    description: str
    sections: dict[str, str]


class Ui(TypedDict):
    """What the scripts say: `ui` of the page `diagnose`."""

    comma: str
    run: str
    first: str
    stop: str
    reset: str
    code: str
    running: str
    loading: str
    reading: str
    stopped: str
    failed: str
    silent: str
    error: str
    errorAt: str
    diagnose: str
    diagnoseFirst: str
    nothing: str
    ask: str
    dontKnow: str
    reply: str
    change: str
    answered: str
    suspects: dict[str, str]
    otherSuspects: str
    moreSuspects: dict[str, str]
    checkFailed: str
    cut: str
    unrecognised: str
    wanted: dict[str, str]
    requests: dict[str, str]
    problems: dict[str, str]
    known: dict[str, str]
    agent: dict[str, str]
    healthyTitle: str
    said: str
    saidNames: dict[str, str]
    saidWords: dict[str, str]
    report: str
    copy: str
    copied: str
    inGuide: str
    line: str
    column: str
    sources: dict[str, str]
    certainty: dict[str, str]
    healthy: dict[str, str]
    verdict: dict[str, dict[str, str]]
    verdictHealthy: str
    verdictNothing: str
    verdictIncomplete: str
    depends: str
    absent: str
    of: dict[str, str]
    shared: str
    wrong: dict[str, str]
    whatToCopy: str
    empty: str
    more: str
    way: str
    wholeWay: str
    moreEvidence: dict[str, str]
    moreAdvice: dict[str, str]
    corrected: str
    again: str
    trackedOf: dict[str, str]
    followed: str
    noReason: str
    recognised: str
    kinds: dict[str, str]
    counted: dict[str, dict[str, str]]
    others: str
    forum: str
    openIssue: str
    copyReport: str
    nothingSent: str


class Command(TypedDict):
    """What the command alone says: `command` of the page `diagnose`."""

    tracked: str
    untracked: str
    count: str
    stopped: str
    progress: str
    help: dict[str, str]
    system: dict[str, str]


class Compare(TypedDict):
    """What is said of two releases compared: `compare` of the page `releases`."""

    changes: str
    list: str
    nothing: str
    nothingAtAll: str
    sent: str
    stops: str
    sends: str
    lost: str
    won: str
    elsewhere: str
    also: str
    reasons: str
    leads: str
    nowhere: str
    headers: str
    marketing: str
    transactional: str
    headersLost: str
    headersWon: str


class Writing(TypedDict):
    """How a language is written: `writing` of the page `contributing`, which the tests read.

    The six points of a cause's section; the word inside “4.4 to 7.2”; the words for how something
    is known; the words of a sentence, at most and in the middle; for each term what must not stand
    in its place, for each rule of printing what breaks it. All but the points are regular
    expressions.
    """

    points: list[str]
    span: str
    evidence: str
    longest: int
    median: int
    terms: dict[str, str]
    printed: dict[str, str]


def languages(docs: Path) -> list[str]:
    """Return the languages of the guide, French first: each is there by its home page."""
    return [SOURCE, *sorted(map(language_of, docs.glob("index.*.md")))]


def is_kept(docs: Path, language: str) -> bool:
    """Whether a language is kept whole and current, as its home page promises; French is."""
    home = path_of(docs, "index", language)
    return language == SOURCE or (home.exists() and bool(read(home)["site"].get("kept")))


def language_of(path: Path) -> str:
    """Return the language of a page, which its name holds: `links.pt-BR.md`."""
    return path.suffixes[0][1:] if len(path.suffixes) > 1 else SOURCE


# The words of the forms, of answers and of the command, by the pages that hold them.
WITH_WORDS: dict[str, dict[str, Any]] = {
    "diagnose": {
        "ui": Ui,
        "command": Command,
        "questions": dict[str, str],
        "choices": dict[str, str],
    },
    "releases": {"compare": Compare},
}


def path_of(docs: Path, name: str, language: str) -> Path:
    """Return where a page stands in a language, whether it is translated or not."""
    return docs / (f"{name}.md" if language == SOURCE else f"{name}.{language}.md")


def source_of(translation: Path) -> Path:
    """Return the French page of a translation."""
    return translation.with_suffix("").with_suffix(".md")


def read(path: Path) -> dict[str, Any]:
    """Return the front matter of a page; PluginError names the file and what can't be read."""
    start, _, rest = path.read_text("utf-8").partition("---\n")
    if start or "\n---\n" not in rest:
        raise PluginError(f"{path}: a page begins with its front matter, between lines `---`.")
    try:
        front = parsed(rest.partition("\n---\n")[0])
    except yaml.YAMLError as problem:
        raise PluginError(f"{path}: its front matter is no YAML: {problem}") from None
    if not isinstance(front, dict):
        raise PluginError(f"{path}: its front matter holds no `key: value`.")
    return front


@lru_cache(maxsize=256)
def parsed(text: str) -> Any:
    """Return what YAML holds; each hook asks, so it is kept: an eighth of a build went into it."""
    return yaml.safe_load(text)


def words(path: Path, key: str, wanted: Any) -> dict[str, Any]:
    """Return what the front matter of a page holds under a key, once it is complete.

    It has the names that the French page has. What a language that is not kept lacks is French.
    """
    found = in_full(read(path).get(key), path, key)
    problems = list(compared(found, wanted, key))
    if language_of(path) != SOURCE:
        problems += same_names(found, read(source_of(path)).get(key), key)
    if problems:
        raise PluginError("\n".join(f"{path}: {problem}" for problem in problems))
    return dict(labels.named(found or {}, language_of(path), str(path)))


def in_full(found: Any, path: Path, key: str) -> Any:
    """Return what stands under a key of a page, and in French what a language may lack."""
    language = language_of(path)
    homes = (folder for folder in path.parents if path_of(folder, "index", language).exists())
    docs = next(homes, None)
    if docs is None or is_kept(docs, language):
        return found
    return completed(found, read(source_of(path)).get(key))


def completed(words: Any, source: Any) -> Any:
    """Return words with those of the source that they lack."""
    if words is None or not isinstance(source, dict) or not isinstance(words, dict):
        return source if words is None else words
    lacking = {key: value for key, value in source.items() if key not in words}
    return {key: completed(value, source.get(key)) for key, value in words.items()} | lacking


def writing(docs: Path, language: str) -> dict[str, Any]:
    """Return how a language is written, as its page `contributing` says."""
    path = path_of(docs, "contributing", language)
    found = read(path).get("writing")
    if problems := list(compared(found, Writing, "writing")):
        raise PluginError("\n".join(f"{path}: {problem}" for problem in problems))
    return dict(found or {})


def compared(value: Any, wanted: Any, name: str) -> Iterator[str]:
    """Yield in what a value is not of the kind wanted: text, a list or names with values."""
    hints = {} if wanted in PLAIN or not isinstance(wanted, type) else get_type_hints(wanted)
    if hints or get_origin(wanted) is dict:
        if not isinstance(value, dict):
            yield f"`{name}` is missing, or holds no `key: value`."
            return
        for key in [*hints, *(key for key in value if key not in hints)]:
            kind = hints.get(key) if hints else get_args(wanted)[1]
            if kind is None:
                yield f"`{name}.{key}` is used by nothing."
            elif key not in value:
                yield f"`{name}.{key}` is missing."
            else:
                yield from compared(value[key], kind, f"{name}.{key}")
    elif get_origin(wanted) is list:
        items = value if isinstance(value, list) else [value]
        for number, item in enumerate(items):
            yield from compared(item, str, f"{name}[{number}]")
    elif wanted in PLAIN and wanted is not str:
        if type(value) is not wanted:
            yield f"`{name}` must be {'true or false' if wanted is bool else 'a number'}."
    elif not isinstance(value, str) or not value.strip():
        yield f"`{name}` must be a text, not {value!r}; put it in quotation marks."


def same_names(value: Any, source: Any, name: str) -> list[str]:
    """Return which free names of the French page a translation lacks, or has alone."""
    if not isinstance(value, dict) or not isinstance(source, dict):
        return []
    found = [f"`{name}.{key}` is missing." for key in source.keys() - value.keys()]
    for key in value.keys() & source.keys():
        found += same_names(value[key], source[key], f"{name}.{key}")
    return sorted(found)


def on_files(files: Any, **_: Any) -> Any:
    """Stop the build at a page whose front matter can't be read, or isn't what pages have."""
    for file in files.documentation_pages():
        path = Path(file.abs_src_path)
        if problems := about(read(path)):
            raise PluginError(f"{path}: {problems[0]}")
    return files


def about(page: dict[str, Any]) -> list[str]:
    """Return what the front matter of a page lacks, or has and nothing reads."""
    found = list(compared(page.get("description"), str, "description"))
    found += compared(page.get("title", "none"), str, "title")
    found += compared(page.get("hide", []), list[str], "hide")
    found += compared(page.get("translated", {}), dict[str, str], "translated")
    found += compared(page.get("synonyms", {}), dict[str, str], "synonyms")
    found += compared(page["writing"], Writing, "writing") if "writing" in page else []
    return found + [f"`{key}` is used by nothing." for key in page if key not in KEYS]
