"""The table of releases: what is asked of it, and what a new row must bring with it."""

import re
from pathlib import Path

import pytest

from conftest import ROOT
from front import language_of, path_of, writing
from pages import DOCS, KEPT
from recordings import HERE, recordings
from snippets import guide, releases, rules
from snippets.evidence import answers

PAGES = [path_of(DOCS, "releases", language) for language in KEPT]
INTRODUCTIONS = [*PAGES, *(path_of(DOCS, "index", language) for language in KEPT)]


@pytest.mark.parametrize(
    ("name", "full"), [("7.0", "7.0.2"), ("7.0.0", "7.0.0"), ("v5.1.1", "5.1.1"), ("4.4", "4.4.13")]
)
def test_a_release_by_its_name(name: str, full: str) -> None:
    assert str(releases.find(name)) == full


@pytest.mark.parametrize("name", ["3.3", "9.0", "seven", "", "7"])
def test_unknown_releases_are_told_with_the_known(name: str) -> None:
    with pytest.raises(releases.UnknownRelease, match=r"Known versions: 4\.4, .* 7\.2"):
        releases.find(name)


def test_a_change_holds_from_since_until() -> None:
    has = {v: releases.find(v).has("ct-to-destination") for v in ("4.4", "5.0", "6.0", "7.0.0")}
    assert has == {"4.4": False, "5.0": True, "6.0": True, "7.0.0": False}


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("2.15.2", (2, 15, 2)),
        ("v7.0.0-rc.1", (7, 0, 0)),
        ("7.0", (7, 0, 2)),
        ("3.3", (3, 3, 999)),
        ("5.1.1.4", (5, 1, 1)),
    ],
)
def test_any_version_number_is_parsed(name: str, version: tuple[int, int, int]) -> None:
    assert releases.parse(name).version == version
    assert answers.checked({"release": name}) == {"release": name}


@pytest.mark.parametrize("name", ["seven", "7.", "7,1", "", "١.٢"])
def test_what_is_no_version_number_is_refused_in_words(name: str) -> None:
    with pytest.raises(releases.UnknownRelease, match=r"is not a version number\. Write it"):
        releases.parse(name)


def test_a_release_to_come_is_asked_for_by_name() -> None:
    coming = releases.find("next")
    assert str(coming) == "next"
    assert coming.has("unsubscribe-confirmation")
    assert coming.has("normalised-address")
    assert coming.evidence() == "reported"
    named = [name for name in releases.LINES if name != releases.NEXT]
    assert not any(releases.find(name).has("unsubscribe-confirmation") for name in named)


@pytest.mark.parametrize(
    ("version", "changes", "evidence"),
    [
        ("7.1", (), "recorded"),
        ("7.1", ("normalised-address",), "recorded"),
        ("7.1", ("one-click",), "read"),
        ("5.0", ("mailto-tracked",), "read"),
        ("7.2", ("normalised-address",), "reported"),
        ("7.2", (), "reported"),
    ],
)
def test_evidence_is_no_surer_than_line_and_change(
    version: str, changes: tuple[str, ...], evidence: str
) -> None:
    assert releases.find(version).evidence(*changes) == evidence


def test_of_an_unknown_line_nothing_was_run() -> None:
    assert releases.parse("3.3.5").evidence() == "reported"


def test_the_counter_fault_is_cured_by_5_1_1() -> None:
    versions = ("4.4", "5.0.0", "5.0", "5.1.0", "5.1.1", "5.2")
    faulty = [v for v in versions if releases.find(v).has("read-counter-fault")]
    assert faulty == ["5.0.0", "5.0", "5.1.0"]


def test_a_fault_ends_only_where_its_correction_is_known() -> None:
    for name in ("template-clicks-not-unique", "translations-not-summed"):
        assert [v for v in ("5.2", "6.0", "7.0", "7.1") if releases.find(v).has(name)] == [
            "6.0",
            "7.0",
            "7.1",
        ]
        assert releases.find("6.0").brought(name)
        assert not releases.find("7.1").brought(name)
        assert f"-{name}" not in releases.between(releases.find("6.0"), releases.find("next"))


@pytest.mark.parametrize("name", releases.CHANGES)
def test_every_change_names_a_source_and_a_known_release(name: str) -> None:
    change = releases.CHANGES[name]
    assert change.source in rules.table() or re.fullmatch(r"#\d{4,5}", change.source)
    assert change.since == releases.NEXT or change.since.count(".") == 2
    assert releases.parse(change.since) < releases.parse(change.until)


def test_a_line_has_recordings_or_is_marked() -> None:
    recorded = {r.release for file in HERE.glob("*.json") for r in recordings(file.stem)}
    named = {version for line in releases.LINES.values() for version in line.recorded}
    assert named == recorded, "left: `recorded` in LINES; right: tests/recordings"
    for name, line in releases.LINES.items():
        assert bool(line.recorded) == (line.evidence == "recorded"), name
        assert all(releases.find(version).line == name for version in line.recorded), name
        assert name == releases.NEXT or releases.find(line.newest).line == name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
@pytest.mark.parametrize("name", releases.LINES)
def test_a_line_has_its_section_which_says_if_nothing_was_run(page: Path, name: str) -> None:
    line, text = releases.LINES[name], page.read_text("utf-8")
    anchor = "{ #release-" + name.replace(".", "-") + " }"
    assert anchor in text, f"{page.name} has no section of {name}: ### {name} {anchor}"
    section = " ".join(re.split(r"\n##", text.partition(anchor)[2])[0].split())
    if line.evidence != "recorded" and name != releases.NEXT:
        said = guide.words(language_of(page))[f"ui.known.{line.evidence}"]
        wanted = " ".join(said.replace("{release}", line.newest).split())
        assert wanted in section, f"{page.name}: how {name} is known is not said in its section"


NUMBERED = [name for name in releases.LINES if name != releases.NEXT]


@pytest.mark.parametrize("page", [ROOT / "README.md", *INTRODUCTIONS], ids=lambda page: page.name)
def test_where_readers_begin_the_span_of_releases_is_told(page: Path) -> None:
    to = "to" if page.parent == ROOT else writing(DOCS, language_of(page))["span"]
    told = re.findall(rf"\b{NUMBERED[0]} {to} (\d+\.\d+)\b", page.read_text("utf-8"))
    wanted = f"{NUMBERED[0]} {to} {NUMBERED[-1]}"
    assert set(told) == {NUMBERED[-1]}, f"{page.name} must say {wanted!r}, and never another end"


@pytest.mark.parametrize("language", KEPT)
def test_the_recorded_releases_are_told(language: str) -> None:
    text = (
        path_of(DOCS, "contributing", language).read_text("utf-8").partition("{ #recordings }")[2]
    )
    told = re.findall(r"\d+\.\d+(?:\.\d+)?", text.partition("\n\n")[2].partition(". ")[0])
    ran = [version for line in releases.LINES.values() for version in line.recorded]
    assert told == ran, f"contributing ({language}) must list what was recorded: {ran}"


def test_the_release_assumed_is_the_newest_that_was_recorded() -> None:
    recorded = [name for name, line in releases.LINES.items() if line.recorded]
    assert recorded[-1] == releases.DEFAULT, "DEFAULT is the newest line that was recorded"


def test_no_other_module_compares_versions() -> None:
    """No module compares what a release is called; it asks what the release has."""
    compared = re.compile(r"(?:release|known)\.(?:version|line) *(?:[<>]=?|[!=]=|in\b|not in\b)")
    for module in (ROOT / "snippets").rglob("*.py"):
        found = compared.findall(module.read_text("utf-8"))
        assert found == [] or module.name == "releases.py", module
