"""The Python of the tests answers a page: the same `runner.py`, without a worker to load.

What a page shows of an answer is the same, whoever gave it. Loading Python in a page takes two
seconds of computing, and `test_cases` holds that it answers as Python does here.
"""

import importlib.util
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from playwright.sync_api import BrowserContext

from pages import DOCS

CALLS = ("prepare", "diagnose", "compare")  # running blocks would change the rules for all tests
# Bytes travel as text, a character each.
WORKER = """
const told = async (value) => {
    if (value instanceof File) return told(new Uint8Array(await value.arrayBuffer()));
    if (Array.isArray(value)) return Promise.all(value.map(told));
    if (!(value instanceof Uint8Array)) return value;
    return { bytes: Array.from(value, (byte) => String.fromCharCode(byte)).join("") };
};
window.Worker = class {
    constructor() {
        queueMicrotask(() => this.onmessage({ data: { ready: true } }));
    }
    async postMessage({ id, call, args }) {
        const result = JSON.parse(await askTheTests(call, await told(args)));
        this.onmessage({ data: { id, result } });
    }
    terminate() {}
};
"""


def stand_in(context: BrowserContext) -> None:
    """Let the pages of a context ask Python here."""
    context.expose_function("askTheTests", answer)
    context.add_init_script(WORKER)


def answer(call: str, args: list[Any]) -> str:
    """Return what the runner says, as text."""
    assert call in CALLS
    said: str = getattr(RUNNER, call)(*map(given, args))
    return said


def given(value: Any) -> Any:
    """Return what the runner is given: bytes where the page has them."""
    if isinstance(value, Mapping) and value.keys() == {"bytes"}:
        return value["bytes"].encode("latin-1")
    return [given(each) for each in value] if isinstance(value, list) else value


def runner() -> ModuleType:
    """Return the module that the worker asks."""
    spec = importlib.util.spec_from_file_location("runner", DOCS / "app" / "runner.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


RUNNER = runner()
