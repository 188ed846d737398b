"""Every case has its cause first, and blames nothing that is right."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cases import Case, cases
from cases.own import OWN
from snippets.causes.registry import HEALTHY, PAGES
from snippets.diagnosis import diagnose
from snippets.report import report

ROOT = Path(__file__).parent.parent.parent
ALL = list(cases())


@pytest.mark.parametrize("case", ALL, ids=[case.id for case in ALL])
def test_case(case: Case) -> None:
    found = diagnose(case.evidence, case.before, case.answers)
    causes = [finding.cause for finding in found.findings]
    assert found.first in [case.expected, *case.also_acceptable], causes
    assert set(causes).isdisjoint(case.must_not_blame)


PERSONAL = re.compile(
    r"(?i)jo roe|\w@|YTo\d|client\.example|[0-9a-f]{13}|\b4711\b|203\.0\.113|198\.51\.100"
)


@pytest.mark.parametrize("case", ALL, ids=[case.id for case in ALL])
def test_the_report_of_a_case_names_nobody(case: Case) -> None:
    text = report(case.evidence, case.before, case.answers)
    assert PERSONAL.findall(text) == []
    assert all(line.count("`") % 2 == 0 for line in text.splitlines())


@pytest.mark.parametrize("cause", [*PAGES])
def test_a_cause_has_three_cases_of_its_own(cause: str) -> None:
    assert [case.expected for case in OWN[cause]].count(cause) >= 2
    assert len(OWN[cause]) >= 3
    is_innocent = any(cause in case.innocent or case.expected != cause for case in OWN[cause])
    assert is_innocent or cause in HEALTHY


@pytest.mark.parametrize("case", ALL[::9], ids=[case.id for case in ALL[::9]])
def test_the_command_says_the_same(case: Case, tmp_path: Path) -> None:
    files = []
    for name, content in case.evidence:
        (tmp_path / name).write_bytes(content.encode("utf-8", "surrogateescape"))
        files.append(str(tmp_path / name))
    options = [f"--answer={key}={value}" for key, value in case.answers.items()]
    if case.before is not None:
        (tmp_path / "before").write_text(case.before, "utf-8", newline="")
        options.append(f"--before={tmp_path / 'before'}")
    command = [sys.executable, "-m", "snippets", "diagnose", *files, "--json", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    found = diagnose(case.evidence, case.before, case.answers)
    given = json.loads(done.stdout)
    assert [f["cause"] for f in given["findings"]] == [f.cause for f in found.findings]
    assert done.returncode == (0 if found.is_healthy else 1)
