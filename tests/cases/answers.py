"""What the diagnosis says of each case, whole: `answers.txt`, so that each change shows in a diff.

`python tests/cases/answers.py` writes it anew. A case says what must come first and who must not
be blamed; here stands the rest, and whether it is right is for the reader of the diff to say.
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent.parent)]

from cases import Case, cases  # noqa: E402 (found by the path above)
from snippets.catalogue import Finding  # noqa: E402
from snippets.diagnosis import Diagnosis, diagnose  # noqa: E402
from snippets.evidence.sources import Quote  # noqa: E402
from snippets.problems import Problem  # noqa: E402

TARGET = HERE / "answers.txt"


def answer(case: Case) -> str:
    """Return what is said of a case, a line for each finding, what is healthy, what is asked."""
    try:
        return written(case.id, diagnose(case.evidence, case.before, case.answers))
    except Problem as problem:
        sys.exit(f"tests/cases/{case.id}: {problem}")


def written(name: str, found: Diagnosis) -> str:
    """Return a diagnosis in lines, the first with the name of the case."""
    lines = [name, *(f"  {finding_line(finding)}" for finding in found.findings)]
    lines += [f"  good: {' '.join(found.healthy)}"] if found.healthy else []
    lines += [f"  asked: {' '.join(found.questions)}"] if found.questions else []
    return "\n".join(lines) + "\n"


def finding_line(finding: Finding) -> str:
    """Return a cause, how certain it is, and in which lines or answers it was seen."""
    return " ".join([f"{finding.cause} {finding.certainty}", *map(place, finding.quotes)])


def place(quote: Quote) -> str:
    """Return where a quote stands: a file and its line, or the answer; its words if nowhere."""
    if quote.source == "answers":
        return quote.text.partition("=")[0]
    if not quote.source:
        return repr(quote.text)
    return f"{quote.source}:{quote.line}".removesuffix(":0")


def kept() -> dict[str, str]:
    """Return what the file says of each case, by its name."""
    found = dict[str, str]()
    name = ""
    for line in TARGET.read_text("utf-8").splitlines(keepends=True):
        name = name if line.startswith(" ") else line.strip()
        found[name] = found.get(name, "") + line
    return found


if __name__ == "__main__":
    TARGET.write_text("".join(map(answer, cases())), "utf-8")
