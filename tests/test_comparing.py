"""What changes from one release to another: as the recordings differ, and in words."""

import json
import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from pages import KEPT
from recordings import Recording, recordings
from snippets import comparing, documents, guide, linkchanges, links, releases
from snippets.__main__ import main
from snippets.links import Link
from snippets.releases import CHANGES, LINES, find
from snippets.words import said

PAGES = sorted((ROOT / "docs").glob("releases*.md"))
TOKEN = re.compile(r"\{trackable=\d+\}(?=(\s*))\1")  # blanks behind it in an `href` don't matter
# Recorded differences that no reader of the mail could tell.
ACCIDENTS = {
    "ATT35": "A quote that is never closed swallows what follows, with or without a token.",
    "ATT37": "The same.",
    "DUP21": "A click leads nowhere in both.",
    "HAZ21": "A token found again inside a token, not imitated either (`exceptions.py`).",
}


def by_case() -> dict[str, list[Recording]]:
    """Return the recordings of whole contents by case, each with its releases in order."""
    found = defaultdict(list)
    for name in ("links", "markup", "saving"):
        for recording in recordings(name):
            found[recording.id].append(recording)
    return found


CASES = by_case()


def flat(content: Any) -> str:
    """Return all parts of a recorded content as one text."""
    if isinstance(content, (dict, list)):
        parts = content.values() if isinstance(content, dict) else content
        return "\n".join(map(flat, parts))
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else content or ""


def received(recording: Recording) -> str:
    """Return what a reader gets: the recorded content, each token as where a click arrives."""
    if "error" in recording.result:
        return "error"
    known = {name: flat(to) for name, to in (recording.result["trackables"] or {}).items()}
    release = find(recording.release)

    def arrived(token: re.Match[str]) -> str:
        name = token[0].rstrip()
        if name not in known:
            return token[0]
        link = Link("", 1, 1, "", True, "tracked", known[name])
        return f"⟨{linkchanges.arrival(link, release)}⟩"

    return TOKEN.sub(arrived, flat(recording.result["content"]))


def explained(recording: Recording) -> list[Link]:
    """Return what the rules say of the links of a recorded content."""
    given = recording.input
    return links.explain(
        given["content"] if "content" in given else recording.result["saved"],
        release=recording.release,
        tokens=given.get("tokens") or {},
        untracked=given.get("doNotTrack") or (),
        url_fields=given.get("urlContactFields") or (),
    )


def differences(old: Recording, new: Recording) -> tuple[bool, bool, int]:
    """Return how two recordings differ: at all, in stopping the sending, in tracked places."""
    before, after = received(old), received(new)
    stops = (before == "error") != (after == "error")
    return before != after, stops, 0 if stops else after.count("⟨") - before.count("⟨")


def compared(old: Recording, new: Recording) -> tuple[bool, bool, int]:
    """Return the same, as the comparison says it."""
    releases_ = find(old.release), find(new.release)
    found = linkchanges.changed(explained(old), explained(new), *releases_)
    kinds = [one.kind for one in found]
    stops = bool({"stops", "sends"} & set(kinds))
    return bool(found), stops, 0 if stops else kinds.count("won") - kinds.count("lost")


@pytest.mark.parametrize("case", [case for case in CASES if case not in ACCIDENTS])
def test_a_comparison_says_what_the_recordings_differ_in(case: str) -> None:
    ran = CASES[case]
    for old, new in {*pairwise(range(len(ran))), (0, len(ran) - 1)}:
        pair = ran[old], ran[new]
        names = [recording.release for recording in pair]
        assert compared(*pair) == differences(*pair), names


@pytest.mark.parametrize("case", ACCIDENTS)
def test_an_accident_is_one(case: str) -> None:
    pairs = pairwise(CASES[case])
    assert any(compared(*pair) != differences(*pair) for pair in pairs)


def test_recorded_clicks_that_arrive_elsewhere_are_told() -> None:
    told = 0
    for recording in recordings("redirects"):
        given = recording.input
        if given["op"] == "click" and not given["query"] and "status" in recording.result:
            release = find(recording.release)
            link = Link("", 1, 1, given["url"], True, "tracked", given["url"])
            arrives = linkchanges.arrival(link, release)
            recorded = recording.result.get("location") or ""
            if "{" not in given["url"]:
                told += 1
                assert arrives.lower() == recorded.lower(), (recording.id, recording.release)
    assert told > 10


# What of the table of releases changes the mail itself, beside its links.
IN_THE_MAIL = {"pixel-ct", "sent-time-in-ct", "signed-unsubscribe", "brand-token"}
IN_THE_MAIL |= {"dnc-and-resubscribe-tokens"}


def test_whole_mails_differ_where_it_is_said() -> None:
    """Those recorded with the settings that a comparison assumes: none but the mail."""
    by_id, compared_ = defaultdict(list), 0
    for recording in recordings("mail"):
        if not set(recording.input) - {"html", "text"}:
            by_id[recording.id].append(recording)
    for ran in by_id.values():
        for old, new in pairwise(ran):
            given = mail(old.input["html"], old.input.get("text", ""))
            found = comparing.compare(given, old.release, new.release)
            named = {name.removeprefix("-") for name in found.changes}
            differ = any(old.result.get(k) != new.result.get(k) for k in ("html", "text", "errors"))
            assert bool(found.links or named & IN_THE_MAIL) == differ, (old.id, new.release)
            compared_ += 1
    assert compared_ > 40


def test_what_is_counted_otherwise_is_said_to_be() -> None:
    """Recorded requests that count in one release and not in the next."""
    by_id, changed = defaultdict(list), set()
    for recording in recordings("hits"):
        by_id[recording.id].append(recording)
    for ran in by_id.values():
        for old, new in pairwise(ran):
            for key, touched in (("open_counted", "<p>x</p>"), ("click_counted", URL)):
                if old.result.get(key) != new.result.get(key):
                    found = comparing.compare(mail(touched), old.release, new.release)
                    assert set(found.changes) & set(releases.HITS), (old.id, new.release)
                    changed.add(key)
    assert changed == {"open_counted", "click_counted"}


URL = "See https://a.example/"


def mail(html: str, text: str = "") -> documents.Document:
    """Return a mail of an HTML and a text part."""
    return documents.Document({"html": html, "text": text} if text else {"": html})


def told(html: str, old: str, new: str) -> list[tuple[str, str, str]]:
    """Return what is said of each changed link: kind, address, reason."""
    found = comparing.compare(mail(html), old, new).links
    return [(one.kind, one.after.href, one.after.reason) for one in found]


@pytest.mark.parametrize(
    ("html", "old", "new", "expected"),
    [
        ('<a href="https://a.example/été">', "7.0", "7.1", ("lost", "normalised")),
        ('<a href="https://a.example/?a=1&amp;b=2">', "5.1", "5.2", ("won", "tracked")),
        ('<a href=" https://a.example/">', "7.0.0", "7.0.1", ("won", "tracked")),
        ('<a href="mailto:jo@a.example">', "4.4", "5.0", ("won", "tracked")),
        ('<a href="://a.example">', "5.2", "7.1", ("stops", "malformed")),
        ('<a href="://a.example">', "7.1", "7.2", ("sends", "malformed")),
        ('<a href="://a.example">', "5.2", "7.2", ("lost", "malformed")),
        ('<a href="https://a.example/?x.y=1">', "7.0.0", "7.1", ("elsewhere", "tracked")),
        ('<a href="https://a.example/?x=1&amp;x=2">', "7.0", "7.1", ("elsewhere", "tracked")),
        ('<a href="%7Bcontactfield%3Dweb%7D">', "5.0", "5.1", ("elsewhere", "tracked")),
    ],
)
def test_each_way_in_which_a_link_changes(
    html: str, old: str, new: str, expected: tuple[str, str]
) -> None:
    [(kind, _, reason)] = told(html, old, new)
    assert (kind, reason) == expected


def test_an_accent_elsewhere_loses_a_link_that_is_written_right() -> None:
    html = '<p>Été <a href="https://a.example/my%20page.pdf">x</a></p>'
    assert told(html, "7.0", "7.1") == [("lost", "https://a.example/my%20page.pdf", "normalised")]
    assert told(html.replace("É", "E").replace("é", "e"), "7.0", "7.1") == []


def test_a_lost_link_comes_with_its_repair_which_the_rules_accept() -> None:
    html = '<p>\n<a class="b" href="https://a.example/x|y">x</a></p>'
    [one] = comparing.compare(mail(html), "7.0", "7.1").links
    assert (one.after.line, one.repair) == (2, '<a href="https://a.example/x%7Cy" class="b">')
    assert told(one.repair, "7.0", "7.1") == []


def test_a_link_that_its_author_excludes_is_not_repaired() -> None:
    html = '<a data-mautic-disable-tracking="true" href="https://a.example/">'
    [one] = comparing.compare(mail(html), "7.0", "7.1").links
    assert (one.kind, one.after.reason, one.repair) == ("lost", "disabled", "")


def test_links_of_the_text_part_are_compared_too() -> None:
    found = comparing.compare(mail("<p>x</p>", "See https://a.example/x|y"), "7.0", "7.1").links
    assert [(one.kind, one.after.part) for one in found] == [("lost", "text")]


@pytest.mark.parametrize(
    ("html", "old", "new", "names"),
    [
        ("<p>No link</p>", "5.2", "6.0", {"opens-filtered", "bot-ratio"}),
        ("Only text", "5.2", "7.1", set()),
        ("See https://a.example/", "7.0", "7.1", {"privacy-signals"}),
        ("<p>{unsubscribe_text}</p>", "5.0", "5.1", {"signed-unsubscribe"}),
        ("<p>{brand=name}</p>", "5.2", "6.0", {"brand-token"}),
        ('<a href="https://a.example/">', "6.0", "7.0", {"-ct-to-destination", "pixel-ct"}),
    ],
)
def test_only_what_touches_the_mail_is_told(html: str, old: str, new: str, names: set[str]) -> None:
    found = comparing.compare(mail(html), old, new)
    assert names <= set(found.changes)
    assert not set(found.changes) & {"saving-decodes", "normalised-address", "minify"}
    assert found.is_empty == (not names)


@pytest.mark.parametrize(
    ("html", "old", "new", "expected"),
    [
        ("<p>x</p>", "4.4", "5.0", [("transactional", 2, 0)]),
        ("<p>x</p>", "7.1", "7.2", [("marketing", 2, 0)]),
        ("<p>{unsubscribe_url}</p>", "7.1", "7.2", [("transactional", 0, 2)]),
        ("<p>x</p>", "4.4.0", "4.4", [("marketing", 0, 1), ("transactional", 0, 1)]),
        ("<p>{unsubscribe_url}</p>", "5.0", "7.1", []),
    ],
)
def test_headers_by_type_of_e_mail(html: str, old: str, new: str, expected: list[Any]) -> None:
    found = comparing.compare(mail(html), old, new).headers
    assert [(each.type, len(each.lost), len(each.won)) for each in found] == expected


def test_nothing_is_said_of_the_links_of_a_mail_that_was_sent() -> None:
    html = '<a href="https://m.example/r/92e770d1b72fa6ddf729b5f71?ct=x|y">x</a>'
    found = comparing.compare(mail(html), "7.0", "7.1")
    assert found.is_sent
    assert not found.links
    assert "privacy-signals" in found.changes


@pytest.mark.parametrize("name", CHANGES)
def test_of_each_change_it_is_written_what_it_touches(name: str) -> None:
    places = [
        *(names for names in comparing.TOUCHES.values()),
        comparing.ASKED,
        comparing.NOT_OF_A_MAIL,
    ]
    assert sum(names.count(name) for names in places) == 1, (
        f"{name!r} belongs into one of TOUCHES, ASKED, NOT_OF_A_MAIL in snippets/comparing.py"
    )


def beginnings_and_ends() -> dict[str, str]:
    """Return the line of the release with which each change begins or ends, by its name."""
    known = list(LINES)
    found = {}
    for name, change in CHANGES.items():
        for key, version in ((name, change.since), (f"-{name}", change.until)):
            line = next((x for x in known if releases.numbers(version)[:2] <= find(x).version), "")
            if version != "99" and (find(known[0]).line != line or version.startswith(line)):
                found[key] = line
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_change_has_its_sentence_where_its_release_is(page: Path) -> None:
    sections = re.split(r"^### .*\{ #release-([\w-]+) \}$", page.read_text("utf-8"), flags=re.M)
    written = {
        name: line.replace("-", ".")
        for line, text in zip(sections[1::2], sections[2::2], strict=True)
        for names in re.findall(r'^  \{ data-change="([^"]*)" \}$', text, re.M)
        for name in names.split()
    }
    assert written == beginnings_and_ends(), (
        "left: sentences with `data-change`; right: snippets/releases.py (-name: it ends there)"
    )


@pytest.mark.parametrize("language", KEPT)
def test_the_package_has_the_sentences_and_where_there_is_more(language: str) -> None:
    own = said()[language]
    assert set(own["changes"]) == set(own["sections"]) == set(beginnings_and_ends()), (
        "python docs/hooks/wording.py copies the sentences to snippets/words.json"
    )
    for name, text in own["changes"].items():
        assert not re.search(r"\*\*|\]\(|data-change", text), name
    for name, address in own["sections"].items():
        path, _, id_ = address.partition("#")
        suffix = "" if language == guide.SOURCE else f".{language}"
        page = ROOT / "docs" / path.replace(".html", f"{suffix}.md")
        assert f"#{id_} }}" in page.read_text("utf-8"), name


HTML = '<p><a href="https://a.example/x|y">x</a></p>'


@pytest.fixture
def newsletter(tmp_path: Path) -> str:
    """Return a mail in a file."""
    path = tmp_path / "newsletter.html"
    path.write_text(HTML, "utf-8")
    return str(path)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Run a command; return exit code and what was printed."""
    code = main(["compare", *arguments, "--lang", "en"])
    out = capsys.readouterr()
    return code, out.out + out.err


def test_the_command_tells_link_reason_repair_and_section(
    newsletter: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = run(capsys, newsletter, "--from", "5.2", "--to", "7.1")
    assert code == 1
    assert "What changes for this e-mail from Mautic 5.2.11 to 7.1.3" in out
    assert f"After: {guide.heading('normalised', 'en')}" in out
    assert 'Write instead: <a href="https://a.example/x%7Cy">' in out
    assert "→ https://mautic-tracking-guide.github.io/en/emails/links.html#normalised" in out
    assert "Opens through the image proxies of Gmail and Yahoo no longer count" in out


def test_without_a_mail_the_command_lists_all_changes_in_the_order_of_the_page(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out = run(capsys, "--from", "6.0", "--to", "7.1")
    assert code == 1
    wanted = {guide.changes([name], "en").popitem()[0] for name in named("6.0", "7.1")}
    lines = [line.strip() for line in out.splitlines()]
    assert wanted == {line for line in lines[1:] if line and not line.startswith("→")}
    assert out.index("line break between the quotes") < out.index("image proxies of Gmail")


def named(old: str, new: str) -> list[str]:
    """Return the names of the changes between two releases."""
    return releases.between(find(old), find(new))


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["--from", "7.0.1", "--to", "7.0.2"], 0, "nothing that we know of changes in tracking"),
        (["FILE", "--from", "5.2.1", "--to", "5.2"], 0, "nothing that we know of changes for this"),
        (["--from", "7.1", "--to", "5.2"], 2, "Mautic 7.1.3 is newer than 5.2.11"),
        (["--from", "3.2", "--to", "5.2"], 2, "Mautic 3.2 is not known here. Known"),
        (["--from", "5.2", "--to", "soon"], 2, "Mautic soon is not known here. Known"),
        (["--from", "7.1", "--to", "7.2"], 1, "we ran none of its code"),
    ],
)
def test_what_the_command_says_and_its_exit_code(
    arguments: list[str],
    code: int,
    sentence: str,
    newsletter: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    given = [newsletter if each == "FILE" else each for each in arguments]
    found, out = run(capsys, *given)
    assert found == code
    assert sentence in out


def test_json_is_one_object(newsletter: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = run(capsys, newsletter, "--from", "7.0", "--to", "7.1", "--json")
    found = json.loads(out)
    assert found["links"][0]["kind"] == "lost"
    assert found["changes"] == ["matomo-bots", "privacy-signals"]
    assert found["known"] == {}
