"""Mutated evidence through the whole command, to be run by hand: `python tests/mutations.py 600`.

Every case, cut, glued, flipped and repeated at random, is diagnosed, rewritten and reported. A
traceback, an exit code that isn't one of the command's, or more than five seconds is a fault; the
input that caused it is kept in the folder named last, and printed.
"""

import contextlib
import io
import random
import sys
import tempfile
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from cases import cases  # noqa: E402 (found by the path above)
from snippets.__main__ import main  # noqa: E402
from wrappings import WRAPPINGS  # noqa: E402

SLOW = 5.0  # seconds
PIECES = [
    *(b"\x00", b"\xff\xfe", b"\r", b"\r\n\r\n", b"<!--", b'"', b"<a href=", b"&#", b"=", b"=?u?q?"),
    *(b"--b42", b"%", b"{", b"[{", b"\\u0000", b"http://", b"/r/", b"?ct=YTo", b"a:9{", b"\xc3"),
    *(b"Content-Type: multipart/mixed\n", b"Content-Transfer-Encoding: base64\n\n", b"\n\n"),
    *(b"#Fields: a b c\n", b"--abcdef-A--\n", b"GET /r/1 HTTP/1.1", b"charset=utf-7"),
]  # fmt: skip


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return evidence with a few things done to it at random."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((1, 3, 30, 300)))
        match chance.randrange(6):
            case 0:
                del data[at:end]
            case 1:
                data[at:at] = chance.choice(PIECES) * chance.choice((1, 1, 3, 200))
            case 2:
                data[at:end] = bytes(chance.randrange(256) for _ in range(end - at))
            case 3:
                data[at:at] = data[at:end] * chance.choice((1, 5, 50))
            case 4:
                del data[at:]
            case _:
                data = bytearray(bytes(data[at:]) + bytes(data[:at]))
    return bytes(data)


def runs(path: Path) -> list[list[str]]:
    """Return the commands to try with a file."""
    out = str(path.with_suffix(".out"))
    return [
        ["diagnose", str(path)],
        ["diagnose", str(path), "--report", "--answer=release=7.1"],
        ["diagnose", str(path), "--json", f"--before={path}", "--answer=symptom=click-missing"],
        ["links", str(path), f"--output={out}", "--lang=fr"],
        ["links", str(path), "--json", "--release=5.1.1"],
    ]


def fault(arguments: list[str]) -> str:
    """Run the command; return what is wrong with it, "" if nothing is."""
    start = time.process_time()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            code = main(arguments)
        except SystemExit as end:
            code = int(end.code or 0)
        except BaseException:
            return traceback.format_exc()
    took = time.process_time() - start
    if took > SLOW:
        return f"{took:.1f} seconds"
    return "" if code in (0, 1, 2) else f"exit code {code}"


def mutate(seconds: float, seed: int) -> int:
    """Try mutated cases for some seconds; return how many faults there were."""
    chance, pool = random.Random(seed), [(n, c) for case in cases() for n, c in case.evidence]
    folder, faults, tried, end = Path(tempfile.mkdtemp()), 0, 0, time.monotonic() + seconds
    while time.monotonic() < end:
        name, content = chance.choice(pool)
        if chance.random() < 0.3:
            wrapping = chance.choice(WRAPPINGS)
            content = wrapping.wrap(content.decode("utf-8", "surrogateescape"))
        path = folder / name
        path.write_bytes(mutated(content, chance))
        for arguments in runs(path):
            tried += 1
            if problem := fault(arguments):
                faults += 1
                kept = folder / f"fault-{faults}-{name}"
                kept.write_bytes(path.read_bytes())
                print(f"{' '.join(arguments)} ({kept})\n{problem}", flush=True)
    print(f"{tried} runs, {faults} faults, seed {seed}, inputs in {folder}")
    return faults


if __name__ == "__main__":
    sys.exit(mutate(float(sys.argv[1]) if len(sys.argv) > 1 else 60, int(time.time())) > 0)
