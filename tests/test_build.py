"""The build: what it says when something is missing, what it keeps, that two of them get on."""

import io
import logging
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import front
import npm
import runtime
import search
import serving
import styles
from conftest import ROOT, checkout
from front import path_of
from pages import DOCS, KEPT

BUILD = (sys.executable, "-m", "mkdocs", "build", "--strict", "-d")
ARCHIVE = f"pyodide-{runtime.PYODIDE}.tgz"
PARSER = f"css-tree-{styles.CSS_TREE}.tgz"


def build(folder: Path, to: str = "site", **environment: str) -> subprocess.Popen[str]:
    """Begin a build of a checkout in one of its folders."""
    return subprocess.Popen(
        [*BUILD, str(folder / to)],
        cwd=folder,
        env=os.environ | environment,
        stderr=subprocess.PIPE,
        text=True,
    )


def said(building: subprocess.Popen[str]) -> str:
    """Return what a build that fails says."""
    _, text = building.communicate()
    assert building.returncode != 0
    return text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "line", "key"),
    [
        ("index.en.md", "E-mails: E-mails, ", "site.sections.E-mails"),
        ("diagnose.en.md", "  proxy: ", "questions.proxy"),
    ],
)
def test_a_missing_word_stops_the_build(tmp_path: Path, page: str, line: str, key: str) -> None:
    path = checkout(tmp_path) / "docs" / page
    text = path.read_text("utf-8")
    whole = line if line.endswith(("\n", ", ")) else line + text.partition(line)[2].split("\n")[0]
    assert whole in text
    path.write_text(text.replace(whole, "", 1), "utf-8")
    assert f"{path}: `{key}` is missing." in said(build(tmp_path))


@pytest.mark.slow
def test_a_warning_stops_the_build(tmp_path: Path) -> None:
    page = checkout(tmp_path, [front.SOURCE]) / "docs" / "contributing.md"
    wrong = "[there](nowhere.md)\n\n<script>alert(1)</script>"
    page.write_text(f"{page.read_text('utf-8')}\n{wrong}\n", "utf-8")
    text = said(build(tmp_path))
    assert "contains a link 'nowhere.md'" in text
    assert "this inline script will not run: alert(1)" in text


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder that the hooks keep their files in."""
    monkeypatch.setattr(npm, "cache", lambda: tmp_path)
    monkeypatch.setattr(runtime, "cache", lambda: tmp_path)
    return tmp_path


def given(content: bytes) -> Any:
    """Return a stand-in for the download that brings this content."""
    return lambda name, version, archive: archive.write_bytes(content)


def pinned() -> str:
    """Return the integrity of the archive that the tests take for the right one."""
    return "sha512-" + npm.hash_of(b"right")


@pytest.mark.parametrize("kept", [b"tampered", b"", None])
def test_a_damaged_package_is_fetched_anew(
    cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    kept: bytes | None,
) -> None:
    caplog.set_level(logging.INFO)
    if kept is not None:
        (cache / "p-1.tgz").write_bytes(kept)
    monkeypatch.setattr(npm, "fetch", given(b"right"))
    assert npm.package("p", "1", pinned()).read_bytes() == b"right"
    told = [(record.levelname, "was damaged" in record.message) for record in caplog.records]
    assert told == ([] if kept is None else [("INFO", True)])  # a warning stops a strict build


def test_another_package_than_the_pinned_one_is_not_taken(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(npm, "fetch", given(b"other"))
    with pytest.raises(npm.Unavailable, match=r"not the file that was pinned.*npm view p@1"):
        npm.package("p", "1", pinned())
    assert not (cache / "p-1.tgz").exists()


@pytest.mark.parametrize("damage", [lambda data: data[: len(data) // 2], lambda data: b""])
def test_a_damaged_runtime_is_made_again(
    cache: Path, monkeypatch: pytest.MonkeyPatch, damage: Any
) -> None:
    made: list[int] = []

    def pack(stock: runtime.Files, modules: runtime.Files) -> runtime.Files:
        made.append(1)
        return {"app.zip": b"app" * 1000, "stdlib.zip": b"stdlib"}

    monkeypatch.setattr(runtime, "pack", pack)
    modules = {"snippets/a.py": b"a = 1"}
    first = runtime.packed({}, modules, modules)
    assert (runtime.packed({}, modules, modules), len(made)) == (first, 1)
    (archive,) = cache.glob("runtime-*.zip")
    archive.write_bytes(damage(archive.read_bytes()))
    assert (runtime.packed({}, modules, modules), len(made)) == (first, 2)
    changed = {"snippets/a.py": b"a = 2"}
    assert (runtime.packed({}, changed, changed), len(made)) == (first, 3)


def test_while_serving_a_changed_snippet_packs_nothing_anew() -> None:
    before = {"snippets/a.py": b"import re\n", "snippets/b.py": b"from json import loads\n"}
    after = before | {"snippets/a.py": b"import re\nprint(re)\n"}
    assert runtime.imports(before) == runtime.imports(after)
    after["snippets/a.py"] = b"import csv\n"
    assert runtime.imports(before) != runtime.imports(after)
    with zipfile.ZipFile(io.BytesIO(runtime.zipped(after))) as archive:
        assert archive.read("snippets/a.py") == b"import csv\n"


def test_a_checkout_that_cannot_be_written_keeps_its_files_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(npm, "ROOT", tmp_path / "file")  # no folder can be made in it
    monkeypatch.setattr(npm, "user_cache_path", lambda name: tmp_path / "user" / name)
    assert npm.cache() == tmp_path / "user" / "mautic-tracking-guide"
    monkeypatch.setattr(npm, "user_cache_path", lambda name: tmp_path / "file" / name)
    with pytest.raises(npm.Unavailable, match="can be written"):
        npm.cache()


def own_cache(folder: Path) -> Path:
    """Return a copy of the checkout with a cache of its own, nothing in it."""
    (checkout(folder, [front.SOURCE]) / ".cache").unlink()
    (folder / ".cache").mkdir()
    return folder


@pytest.mark.slow
def test_offline_it_is_said_what_to_do(tmp_path: Path) -> None:
    folder = own_cache(tmp_path)
    offline = {"npm_config_offline": "true", "npm_config_cache": str(tmp_path / "npm")}
    text = said(build(folder, **offline))
    assert f"npm could not fetch pyodide@{runtime.PYODIDE}" in text
    assert str(folder / ".cache" / ARCHIVE) in text


@pytest.mark.slow
def test_two_builds_at_once_in_one_checkout(tmp_path: Path) -> None:
    folder = own_cache(tmp_path)
    for archive in (ARCHIVE, PARSER):
        shutil.copy(ROOT / ".cache" / archive, folder / ".cache")
    building = {to: build(folder, to) for to in ("one", "two")}
    for each in building.values():
        _, text = each.communicate()
        assert each.returncode == 0, text
    one, two = ((folder / to / "app" / "app.bin").read_bytes() for to in building)
    assert one == two


@pytest.mark.parametrize("language", KEPT)
def test_each_hook_is_explained_to_contributors(language: str) -> None:
    section = (
        path_of(DOCS, "contributing", language).read_text("utf-8").partition("{ #additions }")[2]
    )
    rows = re.findall(r"^\|[^|]*\|", section.partition("\n## ")[0], re.MULTILINE)
    explained = set(re.findall(r"`(?:docs/hooks/)?(\w+\.py)`", "".join(rows)))
    named = re.findall(r"docs/hooks/(\w+\.py)", (ROOT / "mkdocs.yml").read_text("utf-8"))
    assert named
    assert set(named) <= explained


def test_a_build_of_the_changed_pages_alone_is_refused(tmp_path: Path) -> None:
    command = [*BUILD, str(tmp_path / "site"), "--dirty"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "can't be built with --dirty: a changed snippet" in done.stderr
    assert not (tmp_path / "site").exists()


def test_a_changed_hook_is_told_while_serving(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "policy.py").write_text("a = 1")
    monkeypatch.setattr(serving, "HERE", tmp_path)
    monkeypatch.setattr(serving, "LOADED", serving.contents())
    with caplog.at_level(logging.WARNING):
        serving.on_pre_build()
        assert caplog.messages == []
        (tmp_path / "policy.py").write_text("a = 2")
        serving.on_pre_build()
    assert caplog.messages == [
        "docs/hooks/policy.py has changed: start `mkdocs serve` again to see it."
    ]


class File:
    """A file of one build."""

    def __init__(self, src_uri: str) -> None:
        self.src_uri = src_uri


class Page:
    """A page as MkDocs gives it to the hooks, and how often it was rendered."""

    def __init__(self, uri: str, markdown: str) -> None:
        self.file, self.markdown, self.times = SimpleNamespace(dest_uri=uri), markdown, 0
        self.toc: list[str] = []
        self._title_from_render, self.present_anchor_ids = "T", {"top"}
        self.links_to_anchors: dict[Any, Any] | None = None
        self.content = ""

    def render(self, config: Any, files: Any) -> None:
        """Do what MkDocs does, as far as the hook is concerned."""
        self.times += 1
        self.content = f"rendered {self.markdown}"
        self.links_to_anchors = {files[0]: {"top": "a.md#top"}}


class Listed(list[File]):
    """The files of a build."""

    def get_file_from_path(self, path: str) -> File:
        """Return the file of that path."""
        return next(file for file in self if file.src_uri == path)


def test_while_serving_a_page_is_rendered_when_what_it_shows_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "SNIPPETS", tmp_path)
    monkeypatch.setattr(serving, "rendered", {})
    monkeypatch.setitem(serving.STATE, "serving", True)
    (tmp_path / "links.py").write_text("a = 1")
    (tmp_path / "mkdocs.yml").write_text("site_name: x")
    config = SimpleNamespace(config_file_path=str(tmp_path / "mkdocs.yml"))

    def built(markdown: str, *others: str) -> tuple[int, str]:
        files = Listed(File(uri) for uri in ("a.md", *others))
        page = Page("b.html", markdown)
        serving.on_page_markdown(markdown, page)
        page.render(config, files)
        assert page.links_to_anchors == {files[0]: {"top": "a.md#top"}}
        return page.times, page.content

    included = '```python\n--8<-- "links.py:rewrite"\n```'
    assert built(included) == (1, f"rendered {included}")
    assert built(included) == (0, f"rendered {included}")
    (tmp_path / "links.py").write_text("a = 2")
    assert [built(included)[0], built(included)[0]] == [1, 0]
    assert [built("other text")[0], built("other text")[0]] == [1, 0]
    assert [built("other text", "new.md")[0], built("other text", "new.md")[0]] == [1, 0]
    (tmp_path / "mkdocs.yml").write_text("site_name: y")
    assert built("other text", "new.md")[0] == 1


def test_while_serving_the_same_sections_are_indexed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[Any] = []

    def run(command: list[str], **_: Any) -> SimpleNamespace:
        ran.append(command)
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(search, "subprocess", SimpleNamespace(run=run))
    search.index.cache_clear()
    for pages in (("a",), ("a",), ("a", "b")):
        search.index(pages)
    assert len(ran) == 2
    search.index.cache_clear()


def test_a_site_to_publish_is_rendered_as_usual() -> None:
    page = Page("b.html", "text")
    serving.on_page_markdown("text", page)
    assert "render" not in vars(page)
