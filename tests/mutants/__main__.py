"""Count which mutants of the rules and causes the tests notice: `python tests/mutants 300`.

To be run by hand; it takes about half an hour of computing. The same number and `--seed` give the
same sample. A mutant is first shown to the examples of the documentation alone; if those don't
notice, to the cases, its own first; then to the suite without what can't tell: the browser, the
build, the tools. Of each, those go first that run what was
changed (`reach.py`); a mutant that none of them notices is shown to all the others, too, and at
last to the type check, which is a part of the suite. Mutants that change nothing that anybody
could observe are listed in `equivalent.toml`, each with the reason; they don't count.
"""

import argparse
import contextlib
import gzip
import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import tomllib
from collections.abc import Callable, Collection, Iterator
from itertools import islice
from pathlib import Path

import hypothesis  # noqa: F401 (loaded once, for all processes that are forked)
import pytest
import sybil  # noqa: F401

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent)]

from mutants.changes import ROOT, Mutant, mutants  # noqa: E402 (found by the path above)
from mutants.reach import KEPT, AllBut, Only, Reach, Reached, Recorder, state  # noqa: E402

# Modules that print and shape what was found; the others hold rules and causes, read evidence.
SHAPING = {
    *(
        "__main__",
        "command",
        "comparing",
        "linkchanges",
        "documents",
        "excerpts",
        "files",
        "form",
        "guide",
        "masking",
        "overview",
    ),
    *("printing", "problems", "report", "rules", "view", "words"),
}
# In French alone: a test holds that the blocks of all languages are the same.
DOCS = ("docs", "--ignore-glob=*.??.md")
LATEST = ("tests/test_command_line.py", "tests/test_wrappings.py")  # these take long
SUITE = (
    "tests",
    *("--ignore=tests/browser", "--ignore=tests/cases/test_cases.py"),
    *(f"--ignore={file}" for file in LATEST),
    *(f"--ignore=tests/test_{name}.py" for name in ("build", "ci", "gates", "package", "runtime")),
    *(f"--ignore=tests/test_{name}.py" for name in ("drawings", "front", "translations")),
    "--ignore=tests/test_typography.py",
)
OPTIONS = ("-n0", "-x", "-q", "-m", "not slow", "--tb=no", "-p", "no:cacheprovider")
SECONDS = 60  # of computing; what takes longer goes round in circles
MEMORY = 4 << 30  # bytes
QUICK = 1.0  # seconds of computing while recorded; what takes longer is tried last
CASE = "case "


def modules() -> list[Path]:
    """Return the modules to change, in order."""
    found = sorted((ROOT / "snippets").rglob("*.py"))
    return [path for path in found if path.stem not in SHAPING]


def sample(count: int, seed: int, within: str = "") -> list[Mutant]:
    """Return so many mutants; the same for the same seed and the same modules."""
    every = [mutant for path in modules() for mutant in mutants(path) if within in str(mutant)]
    random.Random(seed).shuffle(every)
    return list(islice((mutant for mutant in every if mutant.is_python()), count))


def equivalents() -> set[tuple[str, ...]]:
    """Return the file, the line, the old and the new text of each mutant that changes nothing."""
    listed = tomllib.loads((HERE / "equivalent.toml").read_text("utf-8"))["mutant"]
    return {tuple(each[name] for name in ("file", "line", "old", "new")) for each in listed}


def key(mutant: Mutant) -> tuple[str, ...]:
    """Return what tells a mutant from others, also once its line has moved."""
    lines = (ROOT / mutant.file).read_text("utf-8").splitlines()
    return mutant.file, lines[mutant.line - 1].strip(), mutant.old, mutant.new


class Tree:
    """A copy of the checkout in which one module at a time is changed."""

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="mutants-"))
        for name in ("docs", "snippets", "tests"):
            shutil.copytree(ROOT / name, self.root / name)
        for path in [*ROOT.glob("*.*"), ROOT / "LICENSE", ROOT / ".requirements.txt"]:
            if path.is_file():
                shutil.copy2(path, self.root)

    @contextlib.contextmanager
    def changed(self, mutant: Mutant) -> Iterator[None]:
        """Put a mutant in the place of its module for a while."""
        path = self.root / mutant.file
        content, times = path.read_bytes(), path.stat()
        path.write_bytes(mutant.source())
        try:
            yield
        finally:
            path.write_bytes(content)
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))  # its bytecode stays valid

    def passes(self, test: Callable[[], bool], seconds: int = SECONDS) -> bool:
        """Whether a test passes in a process of its own, which has loaded nothing of ours."""
        sys.stdout.flush()
        child = os.fork()
        if not child:
            self._run(test, seconds)
        _, status = os.waitpid(child, 0)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)  # what a test that was ended had started
        return os.waitstatus_to_exitcode(status) == 0

    def _run(self, test: Callable[[], bool], seconds: int) -> None:
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        os.chdir(self.root)
        sys.path[:0] = [str(self.root), str(self.root / "tests")]
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        try:
            os._exit(0 if test() else 1)
        finally:
            os._exit(1)


def pass_with_pytest(*arguments: str, plugin: object = None) -> bool:
    """Whether these tests pass; 5 is that there are none."""
    return int(pytest.main([*OPTIONS, *arguments], [plugin] if plugin else [])) in (0, 5)


def pass_with_cases(names: Collection[str], recorder: Recorder | None = None) -> bool:
    """Whether these cases, in this order, have the answer they should; all of them if none."""
    from cases import answers, cases
    from snippets.diagnosis import diagnose

    kept, every = answers.kept(), {case.id: case for case in cases()}
    for case in [every[name] for name in names] or every.values():
        with recorder.recording(CASE + case.id) if recorder else contextlib.nullcontext():
            found = diagnose(case.evidence, case.before, case.answers)
        if found.failed or answers.written(case.id, found) != kept[case.id]:
            return False
    return True


def pass_with_types() -> bool:
    """Whether the modules have their types: that a truth is None, no test of a value notices."""
    from mypy import api

    return api.run(["snippets"])[2] == 0


def recorded(tree: Tree) -> Reach:
    """Return which tests reach what; recorded anew if anything has changed."""
    now, kept = state(), json.loads(gzip.decompress(KEPT.read_bytes())) if KEPT.exists() else {}
    if kept.get("state") != now:
        target = tree.root / "reached.json"
        if not tree.passes(lambda: record(tree.root, target), seconds=1800):
            raise SystemExit("Without any mutant, the tests fail already.")
        kept = {"state": now, "tests": json.loads(target.read_text("utf-8"))}
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_bytes(gzip.compress(json.dumps(kept).encode(), 1))
    return Reach({name: Reached(*found) for name, found in kept["tests"].items()})


def record(root: Path, target: Path) -> bool:
    """Run all tests and write what each reaches."""
    recorder = Recorder(root)
    passed = pass_with_pytest(*DOCS, plugin=recorder) and pass_with_cases((), recorder)
    passed = passed and pass_with_pytest(*SUITE, plugin=recorder)
    recorder.write(target)
    return passed


def noticed_by(tree: Tree, mutant: Mutant, reach: Reach) -> str:
    """Return what notices a mutant of the tests that run it: "docs", "suite", "" for nothing."""
    own = CASE + Path(mutant.file).stem.replace("_", "-")
    found = sorted(reach.of(mutant), key=lambda name: (not name.startswith(own), name))
    pages = [name for name in found if name.startswith("docs/")]
    cases = [name.removeprefix(CASE) for name in found if name.startswith(CASE)]
    quick = quick_tests(mutant, reach)
    files = sorted({name.partition("::")[0] for name in quick})
    if pages and not tree.passes(lambda: pass_with_pytest(*pages)):
        return "docs"
    if cases and not tree.passes(lambda: pass_with_cases(cases)):
        return "suite"
    if quick and not tree.passes(lambda: pass_with_pytest(*files, plugin=Only(quick))):
        return "suite"
    return ""


def quick_tests(mutant: Mutant, reach: Reach) -> list[str]:
    """Return the tests of the suite that run a mutant, but for the slow ones."""
    tests = (name for name in reach.of(mutant) if name.startswith("tests/"))
    return sorted(name for name in tests if reach.tests[name].seconds < QUICK)


def noticed_by_others(tree: Tree, mutant: Mutant, reach: Reach) -> str:
    """Return what notices a mutant of all that it was not yet shown to: "types" is the last."""
    tried, quick = reach.of(mutant), quick_tests(mutant, reach)
    others = sorted(name.removeprefix(CASE) for name in reach.tests.keys() - tried if CASE in name)
    if not tree.passes(lambda: pass_with_pytest(*DOCS)):
        return "docs"
    if others and not tree.passes(lambda: pass_with_cases(others)):
        return "suite"
    if not tree.passes(lambda: pass_with_pytest(*SUITE, plugin=AllBut(quick))):
        return "suite"
    if not tree.passes(lambda: pass_with_pytest(*LATEST)):
        return "suite"
    return "" if tree.passes(pass_with_types, seconds=600) else "types"


def main() -> int:
    """Try a sample and print what survived, and the scores."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("count", type=int, nargs="?", default=300)
    options.add_argument("--seed", type=int, default=12)
    options.add_argument("--within", default="", help="only mutants whose line has this text")
    given = options.parse_args()
    tree, known = Tree(), equivalents()
    reach, fates = recorded(tree), dict[Mutant, str]()
    for mutant in sample(given.count, given.seed, given.within):
        if key(mutant) not in known:
            with tree.changed(mutant):
                fates[mutant] = noticed_by(tree, mutant, reach)
            print(fates[mutant] or "not yet", mutant, flush=True)
    for mutant in [mutant for mutant, noticed in fates.items() if not noticed]:
        with tree.changed(mutant):
            fates[mutant] = noticed_by_others(tree, mutant, reach)
        print(fates[mutant] or "survives", mutant, flush=True)
    shutil.rmtree(tree.root)
    for name, group in groups(fates).items():
        print(score(name, group))
    return 0


def groups(fates: dict[Mutant, str]) -> dict[str, Collection[str]]:
    """Return what noticed the mutants: of all, and of the causes, the evidence, the rules."""
    found: dict[str, list[str]] = {"all": list(fates.values())}
    for mutant, noticed in fates.items():
        folder = Path(mutant.file).parent.name
        found.setdefault(folder if folder != "snippets" else "rules", []).append(noticed)
    return dict(found)


def score(name: str, noticed: Collection[str]) -> str:
    """Return how many of a group were noticed, as a line."""
    docs, suite, types = (list(noticed).count(by) for by in ("docs", "suite", "types"))
    count = len(noticed) or 1
    return (
        f"{name}: {len(noticed)} mutants, whole suite {(docs + suite + types) / count:.0%}, "
        f"documentation alone {docs / count:.0%}, types alone {types / count:.0%}"
    )


if __name__ == "__main__":
    sys.exit(main())
