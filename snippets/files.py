"""Files as the command reads and writes them: in chunks, compressed or not, never half written."""

import errno
import gzip
import os
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from .evidence.sources import CHUNK, UnusableInput

GZIP = b"\x1f\x8b"
PROGRESS_AFTER = 1.0  # seconds; who waits less needs none
PROGRESS_EVERY = 0.5


def label(name: str) -> str:
    """Return how a source is called in what is printed."""
    plain = name.encode("utf-8", "replace").decode()
    return "stdin" if name == "-" else plain


def contents(name: str, most: int = -1) -> bytes:
    """Return the bytes of a file or of standard input: all, or at most so many."""
    read, found = 0, list[bytes]()
    for chunk in chunks(name):
        found.append(chunk)
        read += len(chunk)
        if 0 <= most <= read:
            break
    whole = b"".join(found)
    return whole[:most] if most >= 0 else whole


def chunks(name: str) -> Iterator[bytes]:
    """Yield the bytes of a file or of standard input; of a log packed by gzip what is inside."""
    if not name:
        raise UnusableInput("no-name")
    try:
        if name == "-":
            stream = sys.stdin.buffer if sys.stdin else None
            while stream and (chunk := stream.read(CHUNK)):
                yield chunk
            return
        with open(name, "rb") as file:
            is_packed = file.read(2) == GZIP
            file.seek(0)
            source = gzip.GzipFile(fileobj=file) if is_packed else file
            while chunk := source.read(CHUNK):
                yield chunk
    except (OSError, EOFError, zlib.error) as error:
        raise UnusableInput("unread", name=label(name), why=why(error)) from None


def watched(name: str, parts: Iterator[bytes], message: str) -> Iterator[bytes]:
    """Yield chunks, telling on a terminal how far they are: `message` has a `{done}`."""
    if not sys.stderr.isatty():
        yield from parts
        return
    size = Path(name).stat().st_size if Path(name).is_file() else 0
    start = shown = time.monotonic()
    done = 0
    for chunk in parts:
        yield chunk
        done, now = done + len(chunk), time.monotonic()
        if now - start > PROGRESS_AFTER and now - shown > PROGRESS_EVERY:
            shown = now
            share = f"{min(100, 100 * done // size)} %" if size else f"{done // 1_000_000} MB"
            print(f"\r{message.replace('{done}', share)}", end="", file=sys.stderr, flush=True)
    if shown != start:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def written(name: str, content: bytes, source: str) -> None:
    """Write a file beside its place, then put it there; `-` is standard output.

    What was there stays until the new one is whole. UnusableInput if it can't be written, or is
    the file that was read.
    """
    if name == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return
    target = Path(name)
    if source != "-" and target.exists() and target.samefile(source):
        raise UnusableInput("same-file", name=label(name))
    try:
        if target.exists() and not target.is_file():  # a device, a pipe
            target.write_bytes(content)
            return
        replaced(target.resolve(), content)
    except OSError as error:
        raise UnusableInput("unwritten", name=label(name), why=why(error)) from None


def replaced(target: Path, content: bytes) -> None:
    """Put a file in the place of another one at once, with the rights that one had."""
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~umask()
    handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:50]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, mode)
        os.replace(beside, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise


def umask() -> int:
    """Return the rights that new files don't get."""
    now = os.umask(0)
    os.umask(now)
    return now


def why(error: Exception) -> str:
    """Return the id of the reason of an error, or what the system says."""
    if isinstance(error, (EOFError, zlib.error, gzip.BadGzipFile)):
        return "damaged"
    number = error.errno if isinstance(error, OSError) else None
    return errno.errorcode.get(number or 0, "") or str(error)
