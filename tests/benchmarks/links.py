"""How long a rewrite takes, next to a bare pass of html.parser: `python -m tests.benchmarks.links`.

Prints milliseconds (median of 25 runs) for the newsletter of the recordings, and for the same
body repeated to 1 and 10 MB. Compare within one run only: machines differ.
"""

from collections.abc import Callable
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from statistics import median
from time import perf_counter

from snippets.links import rewrite

NEWSLETTER = Path(__file__).parent.parent / "recordings" / "newsletter.html"


def milliseconds(work: Callable[[], object], runs: int = 25) -> float:
    """Return the median time of a piece of work in milliseconds."""
    times = []
    for _ in range(runs):
        start = perf_counter()
        work()
        times.append(1000 * (perf_counter() - start))
    return median(times)


def main() -> None:
    """Print the figures."""
    html = NEWSLETTER.read_text("utf-8")
    ours = milliseconds(lambda: rewrite(html))
    bare = milliseconds(lambda: HTMLParser().feed(html))
    print(f"rewrite {ours:.1f} ms, html.parser {bare:.1f} ms: {ours / bare:.2f} times")
    head, body, foot = html.partition("<body")
    for times, runs in ((1, 25), (10, 5), (100, 3)):
        large = head + body + foot * times
        taken = milliseconds(partial(rewrite, large), runs)
        print(f"{len(large) / 1e6:6.1f} MB {taken:8.1f} ms")


if __name__ == "__main__":
    main()
