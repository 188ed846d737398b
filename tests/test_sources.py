"""Every rule has a source that leads somewhere: ids, recordings, releases and pages agree."""

import ast
import io
import json
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from justhtml import JustHTML
from mkdocs.exceptions import PluginError

import front
import sources
from front import language_of, path_of, writing
from pages import DOCS, SNIPPETS
from recordings import HERE
from snippets import contexts, releases, rules
from test_pages import PAGE_PATHS, WRITTEN, built, name, prose

# R44 or L5b; "R41 to R46" names all between. No letter but those of the families names a rule.
FAMILIES = "".join(sorted({name[0] for name in rules.table()}))
ID = re.compile(rf"\b[{FAMILIES}]\d+[a-z]?\b")
TO = "|".join({writing(DOCS, language_of(path))["span"] for path in WRITTEN})
SPAN = re.compile(rf"\b([{FAMILIES}])(\d+) (?:{TO}) \1(\d+)\b")
SOURCES = [path for path in WRITTEN if path.name.startswith("sources.")]
RULE = re.compile(r"^(\w+) \{ #\w+ \}\n:   (.+(?:\n {4}.+)*)", re.MULTILINE)
THREAD = re.compile(r"(?:mautic|user-documentation)#\d+")


def named(text: str) -> set[str]:
    """Return the ids that a text names."""
    spans = {
        f"{letter}{number}"
        for letter, first, last in SPAN.findall(text)
        for number in range(int(first), int(last) + 1)
    }
    return spans | {match[0] for match in ID.finditer(text)}


def documentation(path: Path) -> str:
    """Return the docstrings and the comments of a module."""
    source = path.read_text("utf-8")
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, kinds)]
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    comments = [token.string for token in tokens if token.type == tokenize.COMMENT]
    return "\n".join([*(ast.get_docstring(node) or "" for node in nodes), *comments])


def places() -> Iterator[tuple[str, set[str]]]:
    """Yield (place, ids named there): documentation of the code, tables, prose of the pages."""
    for path in sorted(SNIPPETS.rglob("*.py")):
        yield path.name, named(documentation(path))
    for change_id, change in releases.CHANGES.items():
        yield change_id, named(change.source)
    for path in sorted(SNIPPETS.glob("*.json")):
        sources = re.findall(r'"source": "([^"]*)"', path.read_text("utf-8"))
        yield path.name, named(", ".join(sources))
    for path in PAGE_PATHS:
        if not path.name.startswith("sources."):  # which lists them all
            yield path.name, named(re.sub(r"`[^`]*`", "", prose(path)))


@cache
def recorded() -> list[dict[str, object]]:
    """Return every recorded case, whatever its file."""
    files = sorted(HERE.glob("*.json"))
    return [case for path in files for case in json.loads(path.read_text("utf-8"))]


def chosen(selector: str) -> list[dict[str, object]]:
    """Return the cases that a rule names by an id, a span of ids ("NVH03-NVH10") or a group."""
    span = re.fullmatch(r"([A-Z]+)(\d+)(?:-\1(\d+))?", selector)
    if not span:
        return [case for case in recorded() if case["group"] == selector]
    numbers = range(int(span[2]), int(span[3] or span[2]) + 1)
    found = ((case, re.fullmatch(r"([A-Z]+)(\d+)", str(case["id"]))) for case in recorded())
    return [case for case, id in found if id and id[1] == span[1] and int(id[2]) in numbers]


def recorded_lines(rule: rules.Rule) -> set[str]:
    """Return the release lines on which the recordings of a rule were made."""
    return {
        ".".join(version.split(".")[:2])
        for selector in rule.recordings
        for case in chosen(selector)
        for expected in case["expected"]  # type: ignore[attr-defined]
        for version in expected["versions"]
    }


def test_each_id_named_has_an_entry() -> None:
    unknown = {place: ids - set(rules.table()) for place, ids in places()}
    found = {place: ids for place, ids in unknown.items() if ids}
    assert not found, f"named, but not in snippets/rules.toml: {found}"


def test_each_entry_is_named_somewhere() -> None:
    names = set[str]().union(*(ids for _, ids in places()))
    assert set(rules.table()) - names == set()


def test_the_ids_of_a_text_are_found() -> None:
    assert named("Two rules (R9 to R11, L5b), no `%C3`; RFC 8058, UTF-8.") == {
        *("R9", "R10", "R11", "L5b")
    }


@pytest.mark.parametrize("rule", rules.table().values(), ids=rules.table())
def test_an_entry_is_whole(rule: rules.Rule) -> None:
    assert rule.known
    assert all(THREAD.fullmatch(thread) for thread in rule.threads)
    for version in filter(None, (rule.since, rule.until)):
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
        assert version < "4.4" or releases.find(version)


@pytest.mark.parametrize("rule", rules.table().values(), ids=rules.table())
def test_a_recorded_rule_has_recordings(rule: rules.Rule) -> None:
    for selector in rule.recordings:
        assert chosen(selector), selector
    if rule.recordings or "recorded" in rule.known:
        assert set(rule.known["recorded"]) <= recorded_lines(rule)
        until = releases.numbers(rule.until or "99")
        ran = [line for line in map(releases.numbers, recorded_lines(rule)) if line < until]
        assert releases.numbers(rule.known["recorded"].last) == max(ran), (
            f"`recorded` of {rule.id} in snippets/rules.toml ends before its newest recordings"
        )


def test_each_recording_judges_a_rule() -> None:
    judging = [c["id"] for r in rules.table().values() for s in r.recordings for c in chosen(s)]
    assert {case["id"] for case in recorded()} - set(judging) == set()


TABLES = (releases.LINKS, releases.CLICKS, releases.HITS, releases.SENDING)


def ends(change: releases.Change) -> bool:
    """Whether a change ends, and isn't known from a thread alone."""
    return change.until != releases.Change.until and not change.source.startswith("#")


@pytest.mark.parametrize("change_id", releases.CHANGES)
def test_a_change_rests_on_what_its_rule_rests_on(change_id: str) -> None:
    change = releases.CHANGES[change_id]
    if change.source.startswith("#"):  # a thread
        assert change.evidence == "reported"
    else:
        known = rules.find(change.source).evidence(change.since, change.until)
        assert known == change.evidence, (
            f"{change.source} in snippets/rules.toml is {known} from {change.since} on"
        )


@pytest.mark.parametrize("change_id", [id_ for id_, one in releases.CHANGES.items() if ends(one)])
def test_the_end_of_a_change_is_known_like_its_beginning(change_id: str) -> None:
    change = releases.CHANGES[change_id]
    rule = rules.find(change.source)
    [alike] = [table for table in TABLES if change_id in table]
    is_followed = any(other.since == change.until for other in alike.values())
    assert rule.until == change.until or rule.evidence(change.until) or is_followed, (
        f"snippets/rules.toml says nothing of {change.source} in {change.until}"
    )


@pytest.mark.parametrize("row", contexts.rows(), ids=lambda row: row["context"])
def test_a_way_of_sending_rests_on_what_its_rules_rest_on(row: dict[str, str]) -> None:
    found = {
        rules.find(name).evidence(row["since"], row.get("until", "99"))
        for name in named(row["source"])
    }
    assert found == {row["evidence"]}


def test_an_unknown_rule_is_said() -> None:
    with pytest.raises(rules.UnknownRule, match=r"rules\.toml"):
        rules.find("R999")


@cache
def tree(path: Path) -> JustHTML:
    """Return a page of the built site."""
    return JustHTML(path.read_text("utf-8"), sanitize=False)


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_the_page_of_sources_says_each_rule_once(path: Path) -> None:
    said = RULE.findall(path.read_text("utf-8"))
    assert sorted(id for id, _ in said) == sorted(rules.table())
    for id, text in said:
        assert re.fullmatch(r"\S.{10,400}[.]", " ".join(text.split())), id


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_each_rule_can_be_linked_to(path: Path, site: Path) -> None:
    terms = tree(built(path, site)).query("dl > dt")
    assert sorted(term.to_text() for term in terms) == sorted(rules.table())
    for term in terms:
        assert (term.attrs or {})["id"] == term.to_text().lower()


def test_a_rule_that_no_table_has_stops_the_build() -> None:
    said = sources.RULE.search("R999 { #r999 }\n:   Mautic\n    sends.\n")
    assert said
    with pytest.raises(PluginError, match=r"sources\.de\.md.*R999"):
        sources.told(said, {}, "sources.de.md")


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_the_page_of_sources_tells_how_a_rule_is_known(path: Path, site: Path) -> None:
    page, words = tree(built(path, site)), front.words(path, "rules", dict[str, str])
    names = [term.to_text() for term in page.query("dl > dt")]
    about = dict(zip(names, page.query("dd > small"), strict=True))["V24"].to_text()
    recorded = words["recorded"].format(lines=words["one"].format(first="7.1"))
    since = words["since until"].format(since="7.1.0", until="7.2.0")
    assert about.startswith(f"{since} {recorded}")
    assert "NVF15-NVF16" in about
    assert "#16253" in about


@pytest.mark.parametrize("path", PAGE_PATHS, ids=name)
def test_a_footnote_leads_to_each_rule_it_names(path: Path, site: Path) -> None:
    address = built(path, site)
    wanted = built(path_of(DOCS, "sources", language_of(path)), site).resolve()
    notes = tree(address).query(".footnote li")
    assert len(notes) == len(re.findall(r"^\[\^[\w-]+\]:", prose(path), re.MULTILINE))
    for note in notes:
        links = [(link.attrs or {})["href"] or "" for link in note.query("a")]
        to = [link.partition("#") for link in links if "sources.html#" in link]
        ids = {id for _, _, id in to} - {"recordings"}
        assert ids == {id.lower() for id in ID.findall(note.to_text())}
        assert {(address.parent / page).resolve() for page, _, _ in to} <= {wanted}
