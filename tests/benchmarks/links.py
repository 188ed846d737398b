"""How long a rewrite takes, next to a bare pass of html.parser: `python -m tests.benchmarks.links`.

One line per mail: how many times as long as html.parser takes for the same mail in the same run, so
that machines compare; then the geometric mean, and how the time grows with the size. Templates of
others are rendered when it is run; for that it needs npm and, the first time, the network.
"""

import json
import subprocess
import tempfile
from collections.abc import Callable
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from statistics import geometric_mean, median
from time import process_time

from snippets.links import rewrite

NEWSLETTER = Path(__file__).parent.parent / "recordings" / "newsletter.html"
PACKAGES = ("mjml@5.4.1", "foundation-emails@2.5.1", "inky@1.5.0", "juice@12.2.0", "mailgen@2.0.36")
CACHE = Path(tempfile.gettempdir()) / "mautic-tracking-benchmarks"

WORD_PARAGRAPH = """<p class=MsoNormal style='margin-bottom:8.0pt;line-height:107%'><span
lang=FR style='font-size:11.0pt;line-height:107%;font-family:"Calibri",sans-serif'>Voir <a
href="https://acme.example/catalogue.aspx?id={0}&amp;lang=fr"><span style='color:#0563C1'>le
catalogue n° {0}</span></a>, ou écrivez-nous.<o:p></o:p></span></p>
"""
WORD_TEXT = """<p class=MsoNormal style='margin-bottom:8.0pt;line-height:107%'><b><span
lang=FR style='font-size:11.0pt;font-family:"Calibri",sans-serif'>Nos nouveautés :</span></b><span
lang=FR style='font-size:11.0pt;font-family:"Calibri",sans-serif'> elles vous attendent en magasin,
tous les jours de la semaine.<o:p></o:p></span></p>
"""
TEXT_PARAGRAPH = """Hello,

what is new in our shop: https://acme.example/offers/{0}?colour=blue (until Sunday). All the
others are to be found on https://acme.example/offers, and we answer to questions@acme.example.

"""


def mails() -> dict[str, str]:
    """Return mails of different make by name."""
    word = "".join(WORD_PARAGRAPH.format(n) + 2 * WORD_TEXT for n in range(10))
    own = {
        "newsletter, 100 KB": NEWSLETTER.read_text("utf-8"),
        "Word": f"<html><body lang=FR>{word}</body></html>",
    }
    return own | rendered()


def rendered() -> dict[str, str]:
    """Return mails rendered from templates that others publish on npm."""
    CACHE.mkdir(exist_ok=True)
    install = ["npm", "install", "--no-audit", "--no-fund", "--silent", *PACKAGES]
    subprocess.run(install, cwd=CACHE, check=True)
    script = Path(__file__).with_name("mails.mjs").resolve()
    done = subprocess.run(["node", script], cwd=CACHE, check=True, capture_output=True)
    found: dict[str, str] = json.loads(done.stdout)
    return found


def milliseconds(work: Callable[[], object], runs: int) -> float:
    """Return the median time of a piece of work in milliseconds."""
    times = []
    for _ in range(runs):
        start = process_time()
        work()
        times.append(1000 * (process_time() - start))
    return median(times)


def compared(html: str, runs: int = 41) -> float:
    """Return how many times as long as html.parser a rewrite takes; both by turns."""
    quotients = []
    for _ in range(runs):
        ours = milliseconds(partial(rewrite, html), 3)
        quotients.append(ours / milliseconds(partial(HTMLParser().feed, html), 3))
    return median(quotients)


def main() -> None:
    """Print the figures."""
    figures = {}
    for name, html in mails().items():
        figures[name] = compared(html)
        print(f"{name:24} {len(html) / 1000:6.1f} KB {figures[name]:6.2f}")
    print(f"geometric mean {geometric_mean(figures.values()):27.2f}")
    text = "".join(map(TEXT_PARAGRAPH.format, range(10)))  # html.parser has nothing to do in it
    taken = milliseconds(partial(rewrite, text), 99)
    print(f"a plain text of {len(text) / 1000:.1f} KB: {taken:.2f} ms\n")
    print_growth()


def print_growth() -> None:
    """Print how the time grows: a KB of a large mail should take as long as one of a small one."""
    head, body, foot = NEWSLETTER.read_text("utf-8").partition("<body")
    each = []
    for times, runs in ((0.1, 99), (1, 25), (10, 5), (100, 3)):
        html = head + body + foot[: int(len(foot) * min(times, 1))] * max(int(times), 1)
        taken = milliseconds(partial(rewrite, html), runs)
        each.append(1e6 * taken / len(html))
        print(f"{len(html) / 1e6:7.2f} MB {taken:9.1f} ms {each[-1]:7.1f} µs per KB")
    print(f"from the quickest to the slowest KB: {max(each) / min(each):.1f} times")


if __name__ == "__main__":
    main()
