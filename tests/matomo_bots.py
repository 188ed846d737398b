"""Make `snippets/matomo-bots.json` from Matomo's list of bots, as a package of PyPI carries it.

    pip download --no-deps device_detector==6.5.1
    python -m tests.matomo_bots device_detector-6.5.1-py3-none-any.whl > snippets/matomo-bots.json

The package is not installed, and nothing of its code is run. Of each entry the expression and the
name are kept. One expression has look-behinds of several lengths, which Python doesn't know: they
are written as several of one length.
"""

import json
import re
import sys
import zipfile
from typing import Any

import yaml

LIST = "device_detector/regexes/upstream/bots.yml"
# `(?<!cu|Hu)`, no brackets inside but `[…]`.
LOOK_BEHIND = re.compile(r"\(\?<!((?:[^()\[\]]|\[[^\]]*\])*)\)")
ALTERNATIVES = re.compile(r"(?:[^|\[\]]|\[[^\]]*\])+")


def readable(expression: str) -> str:
    """Return an expression as Python can read it."""
    return LOOK_BEHIND.sub(
        lambda found: "".join(f"(?<!{each})" for each in ALTERNATIVES.findall(found[1])), expression
    )


def made(rows: list[dict[str, Any]], origin: str) -> dict[str, Any]:
    """Return the data file: where it comes from, its licence, each expression and its name."""
    return {
        "source": f"V5: the bots of Matomo's Device Detector, https://matomo.org, in {origin}",
        "licence": "LGPL-3.0-or-later; see matomo-bots.json.license",
        "changed": "only expressions and names are kept; look-behinds split for Python",
        "bots": {readable(row["regex"]): row["name"] for row in rows},
    }


def main() -> None:
    """Read the list out of the package named on the command line and print the data file."""
    with zipfile.ZipFile(sys.argv[1]) as package:
        rows = yaml.safe_load(package.read(LIST))
    origin = sys.argv[1].rpartition("/")[2].removesuffix("-py3-none-any.whl")
    print(json.dumps(made(rows, f"{origin} of PyPI"), ensure_ascii=False, indent=0))


if __name__ == "__main__":
    main()
