"""Run inside Pyodide by the site's build: compile and zip what the reader's browser will need.

Python is compiled by the very interpreter that will load it, so the byte code always fits.
`/pyodide/python_stdlib.zip` and the folder `/packages` go in, `/stdlib.zip` and `/app.zip` come
out. The standard library is trimmed to the packages that the project imports, and to those that
a reader who edits an example may reasonably want.
"""

import importlib
import importlib.util
import re
import sys
import zipfile
from importlib._bootstrap_external import _code_to_hash_pyc  # type: ignore[attr-defined] # private
from pathlib import Path
from types import CodeType

PACKAGES = Path("/packages")
FOR_READERS = {
    "base64",
    "bisect",
    "calendar",
    "collections",
    "copy",
    "csv",
    "datetime",
    "difflib",
    "encodings",
    "enum",
    "functools",
    "hashlib",
    "heapq",
    "hmac",
    "html",
    "ipaddress",
    "itertools",
    "json",
    "math",
    "operator",
    "pprint",
    "quopri",
    "random",
    "re",
    "string",
    "stringprep",
    "struct",
    "textwrap",
    "time",
    "traceback",
    "typing",
    "unicodedata",
    "urllib",
    "zlib",
    "_strptime",
}
COMMAND = ("__main__", "command")  # not for the browser, and what they import isn't either
# Of a package that isn't named here only the modules that are imported are packed.
WHOLE = {"collections", "email", "encodings", "html", "json", "pyodide", "_pyodide", "re", "string"}
# Charsets of mainframes, of DOS and of other machines that send no e-mail; what no charset is.
NOT_NEEDED = re.compile(
    r"email/mime/|encodings/(?:cp(?:0|273|424|500|72|73|77|856|857|858|86[0-5]|869|875|10|11)|hp_|"
    r"palmos|ptcp|kz10|mbcs|oem|bz2_|uu_|rot_|hex_|zlib_|mac_(?!roman\.|cyrillic))"
)


def import_everything() -> None:
    """Import the project's modules, to see what they import themselves."""
    sys.path.insert(0, str(PACKAGES))
    for path in sorted(PACKAGES.rglob("*.py")):
        parts = path.relative_to(PACKAGES).with_suffix("").parts
        if parts[-1] not in COMMAND:
            importlib.import_module(".".join(parts).removesuffix(".__init__"))


def compiled(source: bytes, name: str, has_lines: bool) -> bytes:
    """Return the byte code of a module, without docstrings: a third smaller."""
    code = compile(source, name, "exec", dont_inherit=True, optimize=2)
    code = code if has_lines else without_lines(code)
    return bytes(_code_to_hash_pyc(code, importlib.util.source_hash(source), False))


def without_lines(code: CodeType) -> CodeType:
    """Return byte code without the numbers of its lines: an eighth smaller as it travels."""
    inner = (without_lines(x) if isinstance(x, CodeType) else x for x in code.co_consts)
    return code.replace(co_linetable=b"", co_consts=tuple(inner))


def pack(target: str, files: dict[str, bytes], folder: str) -> None:
    """Write a zip of files, modules compiled; always the same bytes for the same files.

    It is compressed as a whole later: that is smaller by a seventh than file by file.
    """
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in sorted(files.items()):
            if name.endswith(".py"):
                name, data = name + "c", compiled(data, f"{folder}/{name}", folder == "/app")
            archive.writestr(zipfile.ZipInfo(name), data)


def standard_library() -> dict[str, bytes]:
    """Return the files of the standard library that are needed."""
    with zipfile.ZipFile("/pyodide/python_stdlib.zip") as stock:
        return {name: stock.read(name) for name in stock.namelist() if is_needed(name)}


def is_needed(name: str) -> bool:
    """Whether the project imports a file of the standard library, or a reader may want it."""
    if name.endswith("/") or NOT_NEEDED.match(name):
        return False
    module = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    top = module.split(".")[0]
    if top in WHOLE or "." not in module:
        return (top in FOR_READERS or top in TOPS) and not is_frozen(module)
    return module in sys.modules and not is_frozen(module)


def is_frozen(module: str) -> bool:
    """Whether a module is part of the interpreter itself: its file is never read."""
    spec = importlib.util.find_spec(module) if module in sys.modules else None
    return spec is not None and spec.origin == "frozen"


def application() -> dict[str, bytes]:
    """Return the files of the project and of its dependencies."""
    return {
        str(path.relative_to(PACKAGES)): path.read_bytes()
        for path in PACKAGES.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


import_everything()
TOPS = {name.split(".")[0] for name in sys.modules}
pack("/app.zip", application(), "/app")
pack("/stdlib.zip", standard_library(), "/stdlib")
