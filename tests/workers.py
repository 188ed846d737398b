"""How the tests are shared among processes, and which of them are slow.

`pytest` alone runs all tests, in as many processes as there are processors; a narrow question (a
file, `-k`) is answered sooner by one. `-n 0` never starts a second, `-n 4` always four.
"""

import gc
import os
from collections.abc import Generator
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).parent.parent
RAN: set[str] = set()
BUILT = {"site", "built", "browser", "asking"}  # fixtures that build a site, or start a browser
PAGE_BY_PAGE = "tests/browser/test_accessibility.py"


def pytest_configure(config: pytest.Config) -> None:
    """Explain the marker."""
    config.addinivalue_line(
        "markers", "slow: builds the site, runs a tool or a great input; `-m 'not slow'`"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Return one process for a narrow question, else let xdist count the processors."""
    is_narrow = config.option.keyword or not any(Path(arg).is_dir() for arg in config.args)
    return 0 if is_narrow else None


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect ten thousand tests without looking for garbage: a quarter of the time less."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the built site or a browser as slow, and begin with it, the longest.

    `-k site_url_host` finds what is called after the cause `site-url-host`, too.
    """
    for item in items:
        if BUILT & set(getattr(item, "fixturenames", ())):
            item.add_marker("slow")
        item.extra_keyword_matches.add(item.name.replace("-", "_"))
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Let a file that is skipped as a whole fail where CI is set, like a test."""
    report = yield
    if report.skipped and os.environ.get("CI"):
        report.outcome, report.longrepr = "failed", f"{report.nodeid} was skipped"
    return report


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note the files of which a test ran."""
    if report.when == "call":
        RAN.add(report.nodeid.partition("::")[0])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in CI whether a test of every file ran: a setting may leave some out without a word."""
    if os.environ.get("CI"):
        left = sorted(with_tests() - RAN)
        named = ", ".join(left[:5])
        told = (
            f"No test ran of {len(left)} files: {named} …" if left else "A test of every file ran."
        )
        terminalreporter.write_line(told)


def with_tests() -> set[str]:
    """Return the files that hold tests: modules, and pages with a block of Python."""
    pages = (path for path in (ROOT / "docs").rglob("*.md") if "```py" in path.read_text("utf-8"))
    modules = (ROOT / "tests").rglob("test_*.py")
    return {path.relative_to(ROOT).as_posix() for path in (*pages, *modules)}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let a test that is skipped fail where CI is set: nothing may be wanting there."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI"):
        report.outcome = "failed"
    return report


class FileByFile(LoadScopeScheduling):  # type: ignore[misc] # xdist has no types
    """Gives a file to one process: its tests share a page's namespace, a browser, a server."""

    def _split_scope(self, nodeid: str) -> str:
        """Return what a process takes at once; of the longest file a width."""
        file, _, test = nodeid.partition("::")
        view = test.partition("[")[2].split("-")[:1] if file == PAGE_BY_PAGE else ()
        return "-".join((file, *view))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> FileByFile:
    """Share the tests by file, in the order of the collection."""
    config.option.loadscopereorder = False
    return FileByFile(config, log)
