"""Run inside Pyodide by the site's build: compile and zip what the reader's browser will need.

Python is compiled by the very interpreter that will load it, so the byte code always fits.
`/pyodide/python_stdlib.zip` and the folder `/packages` go in, `/stdlib.zip` and `/app.zip` come
out. The standard library is trimmed to the packages that the project imports, and to those that
a reader who edits an example may reasonably want.
"""

import importlib
import importlib.util
import sys
import zipfile
from importlib._bootstrap_external import _code_to_hash_pyc  # type: ignore[attr-defined] # private
from pathlib import Path

PACKAGES = Path("/packages")
FOR_READERS = {
    "base64",
    "bisect",
    "calendar",
    "cmath",
    "collections",
    "copy",
    "csv",
    "datetime",
    "decimal",
    "difflib",
    "encodings",
    "enum",
    "fractions",
    "functools",
    "hashlib",
    "heapq",
    "hmac",
    "html",
    "ipaddress",
    "itertools",
    "json",
    "locale",
    "math",
    "numbers",
    "operator",
    "pprint",
    "quopri",
    "random",
    "re",
    "statistics",
    "string",
    "stringprep",
    "struct",
    "textwrap",
    "time",
    "traceback",
    "typing",
    "unicodedata",
    "urllib",
    "uuid",
    "zlib",
    "_pydatetime",
    "_pydecimal",
    "_strptime",
}
COMMAND = ("__main__", "command")  # not for the browser, and what they import isn't either
NOT_NEEDED = ("unittest/", "multiprocessing/", "importlib/metadata/", "email/mime/")


def import_everything() -> None:
    """Import the project's modules, to see what they import themselves."""
    sys.path.insert(0, str(PACKAGES))
    for path in sorted(PACKAGES.rglob("*.py")):
        parts = path.relative_to(PACKAGES).with_suffix("").parts
        if parts[-1] not in COMMAND:
            importlib.import_module(".".join(parts).removesuffix(".__init__"))


def compiled(source: bytes, name: str) -> bytes:
    """Return the byte code of a module, without docstrings: a third smaller."""
    code = compile(source, name, "exec", dont_inherit=True, optimize=2)
    return bytes(_code_to_hash_pyc(code, importlib.util.source_hash(source), False))


def pack(target: str, files: dict[str, bytes], folder: str) -> None:
    """Write a zip of files, modules compiled; always the same bytes for the same files."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in sorted(files.items()):
            if name.endswith(".py"):
                name, data = name + "c", compiled(data, f"{folder}/{name}")
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)


def standard_library() -> dict[str, bytes]:
    """Return the files of the standard library that are needed."""
    wanted = FOR_READERS | {name.split(".")[0] for name in sys.modules}
    with zipfile.ZipFile("/pyodide/python_stdlib.zip") as stock:
        return {
            name: stock.read(name)
            for name in stock.namelist()
            if name.split("/")[0].removesuffix(".py") in wanted
            and not name.startswith(NOT_NEEDED)
            and not name.endswith("/")
        }


def application() -> dict[str, bytes]:
    """Return the files of the project and of its dependencies."""
    return {
        str(path.relative_to(PACKAGES)): path.read_bytes()
        for path in PACKAGES.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


import_everything()
pack("/app.zip", application(), "/app")
pack("/stdlib.zip", standard_library(), "/stdlib")
