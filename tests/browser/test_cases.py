"""Every case is diagnosed in the page as on the command line: one Python, the same answer."""

import json
from itertools import islice
from typing import Any

from playwright.sync_api import Page

from cases import Case, cases
from snippets.diagnosis import diagnose

# Bytes travel as text, a character each: as lists of numbers they take most of the time.
ASK = """async ([files, before, answers]) => {
    const { ask } = await import(new URL("app/python.js", location.origin + "/"));
    const bytes = (text) => Uint8Array.from(text, (character) => character.charCodeAt(0));
    const evidence = files.map(([name, content]) => [name, bytes(content)]);
    return ask("diagnose", [evidence, before === null ? null : bytes(before), answers]);
}"""


def asked(page: Page, case: Case) -> Any:
    """Return what the page's own Python says about a case."""
    files = [[name, content.decode("latin-1")] for name, content in case.evidence]
    before = None if case.before is None else case.before.decode("latin-1")
    return page.evaluate(ASK, [files, before, case.answers])


def test_cases_are_diagnosed_like_on_the_command_line(page: Page) -> None:
    page.goto("diagnose.html")
    for case in islice(cases(), 0, None, 5):  # all take a minute, and tell no more
        found = asked(page, case)["diagnosis"]
        given = json.loads(json.dumps(diagnose(case.evidence, case.before, case.answers).as_dict()))
        assert found == given, case.id
