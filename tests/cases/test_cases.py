"""Every case has its cause first, and blames nothing that is right."""

import json
import random
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cases import Case, answers, cases
from snippets.__main__ import main
from snippets.catalogue import Cause, Finding, causes, ordered
from snippets.causes import Certainty
from snippets.diagnosis import Diagnosis, examine, in_order, look, with_verdict
from snippets.evidence.facts import Facts
from snippets.evidence.wrappers import PROVIDER_HEADERS
from snippets.report import written
from snippets.verdicts import HEALTHY
from snippets.view import view_of

ALL = cases()
BY_ID = {case.id: case for case in ALL}
VERDICTS = [*(cause.id for cause in causes()), *HEALTHY]


@cache
def read(case_id: str) -> Facts:
    """Return the facts of a case: read once for all that is asked of it."""
    case = BY_ID[case_id]
    return Facts.read(case.evidence, case.before, case.answers)


@cache
def diagnosed(case_id: str) -> Diagnosis:
    """Return the diagnosis of a case."""
    return examine(read(case_id))


KEPT = answers.kept()
PERSONAL = re.compile(
    r"(?i)jo roe|\w@|YTo\d|client\.example|[0-9a-f]{13}|\b4711\b|203\.0\.113|198\.51\.100"
)


@pytest.mark.parametrize("case", ALL, ids=BY_ID)
def test_case(case: Case) -> None:
    found = diagnosed(case.id)
    has_its_cause_first(case, found)
    assert answers.written(case.id, found) == KEPT.get(case.id), (
        "If that is right, run `python tests/cases/answers.py`."
    )
    names_nobody(written(read(case.id), found))
    if not set(HEALTHY).isdisjoint(finding.cause for finding in found.findings):
        has_no_sign_against_it(case, view_of(read(case.id), found))


def has_its_cause_first(case: Case, found: Diagnosis) -> None:
    """Fail if a case has another cause first, or blames what is right."""
    names = [finding.cause for finding in found.findings]
    assert found.first in [case.expected, *case.also], names
    assert set(names).isdisjoint(case.innocent)
    assert found.failed == ()


def names_nobody(report: str) -> None:
    """Fail if a report names somebody, or leaves code open."""
    assert PERSONAL.findall(report) == []
    assert all(line.count("`") % 2 == 0 for line in report.splitlines())


def has_no_sign_against_it(case: Case, shown: dict[str, Any]) -> None:
    """Fail if something is called healthy beside a sign against it."""
    context = shown["diagnosis"]["context"]
    given = b"\n".join(content for _, content in case.evidence)
    assert "missing" not in {**context, **shown["verdict"]}
    assert PROVIDER_HEADERS.keys().isdisjoint(context.get("wrappers", []))
    assert {"", "esp-rewrap"}.isdisjoint(link["reason"] for link in shown["links"]["untracked"])
    assert re.findall(rb"curl: \([0-9]+\)|(?m:^[< ]*HTTP/[0-9.]+ [45][0-9]{2})", given) == []
    assert case.answers.get("http-status", "200")[0] not in "45"


def test_answers_are_kept_of_no_case_that_is_gone() -> None:
    assert set(KEPT) == set(BY_ID)


def test_a_folder_is_named_like_a_cause() -> None:
    assert {case.folder for case in ALL} == set(VERDICTS)
    named = {verdict for case in ALL for verdict in (case.expected, *case.also, *case.innocent)}
    assert named <= {*VERDICTS, None}


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_cause_has_cases_and_one_that_only_looks_like_it(verdict: str) -> None:
    own = [case for case in ALL if case.folder == verdict]
    count = [case.expected for case in own].count(verdict)
    assert count >= 2, f"{count} of the two cases that tests/cases/{verdict} needs"
    looks_like = [case for case in ALL if verdict in case.innocent]
    looks_like += [case for case in own if case.expected != verdict]
    assert looks_like or verdict in HEALTHY, (
        f"tests/cases/{verdict} needs a case that only looks like it: with `expected` or `innocent`"
    )


SHUFFLES = ("reversed", "by page", *range(6))


def another_order(name: object) -> tuple[Cause, ...]:
    """Return the causes in another order that their relations allow."""
    if name == "reversed":
        return ordered(causes(), lambda cause: [-ord(letter) for letter in cause.id])
    if name == "by page":
        return ordered(causes(), lambda cause: (cause.page, len(cause.id)))
    numbers = random.Random(f"order {name}")
    places = {cause.id: numbers.random() for cause in causes()}
    return ordered(causes(), lambda cause: places[cause.id])


@cache
def findings(case_id: str) -> dict[str, Finding]:
    """Return what each cause finds in a case, before one is put above another."""
    found, _ = look(read(case_id), causes())
    return {finding.cause: finding for finding in found}


@pytest.mark.slow
@pytest.mark.parametrize("name", SHUFFLES)
def test_the_order_of_looking_is_told_by_its_reasons_alone(name: object) -> None:
    order = another_order(name)
    assert order != causes()
    different = []
    for case in ALL:
        known = findings(case.id)
        found = in_order([known[cause.id] for cause in order if cause.id in known])
        if all(finding.certainty == Certainty.POSSIBLE for finding in found):
            found = with_verdict(read(case.id), found)
        first = found[0].cause if found else None
        if first != diagnosed(case.id).first:
            different.append((case.id, diagnosed(case.id).first, first))
    assert different == []


def test_a_cause_goes_before_another_for_a_reason_that_a_case_needs() -> None:
    needed = set()
    for case in ALL:
        found = diagnosed(case.id).findings
        tied = [other for other in found[1:] if in_order([other, found[0]])[0] is other]
        needed |= {(found[0].cause, other.cause) for other in tied}
    told = {(cause.id, other) for cause in causes() for other in cause.before}
    assert told - needed == set()
    assert all(len(reason.split()) > 4 for cause in causes() for reason in cause.before.values())


@pytest.mark.parametrize("case", ALL[::9], ids=[case.id for case in ALL[::9]])
def test_the_command_says_the_same(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = []
    for name, content in case.evidence:
        (tmp_path / name).write_bytes(content)
        files.append(str(tmp_path / name))
    options = [f"--answer={key}={value}" for key, value in case.answers.items()]
    if case.before is not None:
        (tmp_path / "the before").write_bytes(case.before)
        options.append(f"--before={tmp_path / 'the before'}")
    code = main(["diagnose", *files, "--json", *options])
    given: dict[str, Any] = json.loads(capsys.readouterr().out)
    found = diagnosed(case.id)
    assert [f["cause"] for f in given["findings"]] == [f.cause for f in found.findings]
    assert code == (0 if found.is_healthy else 1)
