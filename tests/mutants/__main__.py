"""Count which mutants of the rules and causes the tests notice: `python tests/mutants 300`.

To be run by hand; it takes half an hour of computing. The same number and `--seed` give the same
sample. A mutant is first shown to the examples of the documentation alone; if those don't notice,
to the cases, its own first; then to the suite without what can't tell: the browser, the build, the
tools, the command in a process of its own. Mutants that change nothing that anybody could observe
are listed in `equivalent.toml`, each with the reason; they don't count.
"""

import argparse
import contextlib
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
SUITE = (
    "tests",
    *("--ignore=tests/browser", "--ignore=tests/cases", "--deselect=tests/test_command_line.py"),
    *(f"--ignore=tests/test_{name}.py" for name in ("build", "ci", "gates", "package", "runtime")),
    *(f"--ignore=tests/test_{name}.py" for name in ("drawings", "front", "translations")),
    *(f"--ignore=tests/test_{name}.py" for name in ("typography", "wrappings")),
)
OPTIONS = ("-n0", "-x", "-q", "-m", "not slow", "--tb=no", "-p", "no:cacheprovider")
SECONDS = 120  # of computing; what takes longer goes round in circles
MEMORY = 4 << 30  # bytes


def modules() -> list[Path]:
    """Return the modules to change, in order."""
    found = sorted((ROOT / "snippets").rglob("*.py"))
    return [path for path in found if path.stem not in SHAPING]


def sample(count: int, seed: int, within: str = "") -> list[Mutant]:
    """Return so many mutants; the same for the same seed and the same modules."""
    every = [mutant for path in modules() for mutant in mutants(path) if within in str(mutant)]
    random.Random(seed).shuffle(every)
    return list(islice((mutant for mutant in every if mutant.is_python()), count))


def equivalents() -> set[tuple[str, str, str]]:
    """Return the file, the old and the new text of each mutant that changes nothing."""
    listed = tomllib.loads((HERE / "equivalent.toml").read_text("utf-8"))["mutant"]
    return {(each["file"], each["old"], each["new"]) for each in listed}


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

    def passes(self, test: Callable[[], bool]) -> bool:
        """Whether a test passes in a process of its own, which has loaded nothing of ours."""
        sys.stdout.flush()
        child = os.fork()
        if not child:
            self._run(test)
        _, status = os.waitpid(child, 0)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)  # what a test that was ended had started
        return os.waitstatus_to_exitcode(status) == 0

    def _run(self, test: Callable[[], bool]) -> None:
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
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


def pass_with_pytest(*arguments: str) -> bool:
    """Whether these tests pass; 5 is that there are none."""
    return int(pytest.main([*OPTIONS, *arguments])) in (0, 5)


def pass_with_cases(module: str) -> bool:
    """Whether every case has the answer it should, those of the cause that was changed first."""
    from cases import answers, cases
    from snippets.diagnosis import diagnose

    own, kept = module.replace("_", "-"), answers.kept()
    for case in sorted(cases(), key=lambda case: case.folder != own):
        found = diagnose(case.evidence, case.before, case.answers)
        if found.failed or answers.written(case.id, found) != kept[case.id]:
            return False
    return True


def noticed_by(tree: Tree, file: str) -> str:
    """Return what notices that a module was changed: "docs", "suite", "" for nothing."""
    module, folder = Path(file).stem, Path(file).parent.name
    is_rule = folder in ("snippets", "platform")  # recordings ask for nothing else
    suite = SUITE if is_rule else (*SUITE, "--ignore=tests/recordings")
    if not tree.passes(lambda: pass_with_pytest(*DOCS)):
        return "docs"
    if not tree.passes(lambda: pass_with_cases(module)):
        return "suite"
    return "" if tree.passes(lambda: pass_with_pytest(*suite)) else "suite"


def main() -> int:
    """Try a sample and print what survived, and the scores."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("count", type=int, nargs="?", default=300)
    options.add_argument("--seed", type=int, default=12)
    options.add_argument("--within", default="", help="only mutants whose line has this text")
    given = options.parse_args()
    tree, known = Tree(), equivalents()
    if noticed := noticed_by(tree, ""):
        raise SystemExit(f"Without any mutant, the tests fail already: {noticed}.")
    fates = dict[Mutant, str]()
    for mutant in sample(given.count, given.seed, given.within):
        if (mutant.file, mutant.old, mutant.new) in known:
            continue
        with tree.changed(mutant):
            fates[mutant] = noticed_by(tree, mutant.file)
        if not fates[mutant]:
            print(mutant, flush=True)
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
    docs, suite = (list(noticed).count(by) for by in ("docs", "suite"))
    count = len(noticed) or 1
    return (
        f"{name}: {len(noticed)} mutants, whole suite {(docs + suite) / count:.0%}, "
        f"documentation alone {docs / count:.0%}"
    )


if __name__ == "__main__":
    sys.exit(main())
