"""The same evidence in another wrapping has the same first finding.

Each case is tried in each wrapping that fits its kinds: more than 30 000 diagnoses. A sample runs
always; `WRAPPINGS=all pytest tests/test_wrappings.py` runs them all and prints what differs.
"""

import os
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from zlib import crc32

import pytest

from cases import Case, cases
from snippets.diagnosis import diagnose
from snippets.evidence import addresses
from snippets.evidence.kinds import SourceKind
from snippets.evidence.sources import UnusableInput, recognised
from wrappings import WRAPPINGS, Wrapping

ALL = cases()
# Of the pairs, one in so many is tried unless all are asked for: always the same ones, whatever
# cases are added.
STEP = 1 if os.environ.get("WRAPPINGS") == "all" else 131
MOST_DIFFERENT = 0.01


def tried() -> Iterator[tuple[Case, Wrapping]]:
    """Yield each case of the sample with each wrapping that fits some piece of its evidence."""
    for case, wrapping in product(ALL, WRAPPINGS):
        is_drawn = crc32(f"{case.id} {wrapping.name}".encode()) % STEP == 0
        if is_drawn and any(kinds_of(*piece) & set(wrapping.kinds) for piece in case.evidence):
            yield case, wrapping


@lru_cache(maxsize=16)  # a case is asked about with one wrapping after another
def kinds_of(name: str, content: bytes) -> set[str]:
    """Return the kind of a piece of evidence; of an address of Mautic's own two kinds."""
    source = recognised(name, content)
    is_own = source.kind == SourceKind.ADDRESS and addresses.read(source.text).is_mautic
    return {str(source.kind)} | ({"own address"} if is_own else set())


def first(case: Case, wrapping: Wrapping) -> str | None:
    """Return the first finding of a case in a wrapping."""
    evidence = []
    for name, content in case.evidence:
        fits = bool(kinds_of(name, content) & set(wrapping.kinds))
        text = content.decode("utf-8", "surrogateescape")
        evidence.append((name, wrapping.wrap(text) if fits else content))
    try:
        return diagnose(evidence, case.before, case.answers).first
    except UnusableInput as problem:
        return str(problem)


def differing(pairs: list[tuple[Case, Wrapping]]) -> list[str]:
    """Return which pairs give another first finding than the case as it is, and no right one."""
    plain = {case.id: diagnose(case.evidence, case.before, case.answers).first for case, _ in pairs}
    found = ((case, wrapping, first(case, wrapping)) for case, wrapping in pairs)
    return [
        f"{case.id} [{wrapping.name}]: {plain[case.id]} → {verdict}"
        for case, wrapping, verdict in found
        if verdict not in (plain[case.id], case.expected, *case.also)
    ]


@pytest.mark.slow
def test_wrapped_cases_have_the_same_finding() -> None:
    pairs = list(tried())
    assert len({wrapping.name for _, wrapping in pairs}) > len(WRAPPINGS) * 0.8
    found = differing(pairs)
    print(*found, f"{len(found)} of {len(pairs)}", sep="\n")
    assert len(found) <= len(pairs) * MOST_DIFFERENT
