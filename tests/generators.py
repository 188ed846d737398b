"""python tests/generators.py PROGRAM: build the site with another generator, and compare.

PROGRAM takes the place of `mkdocs`: `properdocs`, for instance, installed beside it. The exit
status is 1 where a file differs by more than the name of the generator.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
GENERATOR = re.compile(rb'<meta name="generator" content="[^"]*">')
DATED = {"sitemap.xml.gz"}  # gzip notes the time; `sitemap.xml` is compared


def files(program: list[str], folder: Path) -> dict[str, bytes]:
    """Return what a program builds: name → content, without the name of the generator."""
    command = [*program, "build", "--strict", "-f", "mkdocs.yml", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True)
    return {
        path.relative_to(folder).as_posix(): GENERATOR.sub(b"", path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file() and path.name not in DATED
    }


def main(program: str) -> int:
    """Compare the two sites; print each file that differs."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        ours = files([sys.executable, "-m", "mkdocs"], Path(one))
        theirs = files([program], Path(two))
    differing = sorted(
        name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)
    )
    print(*differing, f"{len(ours)} files, {len(differing)} differ", sep="\n")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
