"""The Content-Security-Policy of each page: this site only, and no script but those named here.

A static host sends no headers of its own, so the policy stands in the page. The worker that runs
Python inherits it, since the page starts it from a blob (`docs/app/python.js`).
"""

import base64
import hashlib
import logging
import re
from pathlib import Path
from typing import Any

from mkdocs.plugins import event_priority

INLINE_SCRIPTS = ("theme/first.js",)
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
log = logging.getLogger("mkdocs.hooks.policy")
allowed: set[str] = set()


def on_env(env: Any, config: Any, **_: Any) -> Any:
    """Give the templates the inline scripts that may run, and note their hashes."""
    scripts = {name: Path(config.docs_dir, name).read_text("utf-8") for name in INLINE_SCRIPTS}
    env.globals["inline"] = scripts
    allowed.clear()
    allowed.update(map(sha256, scripts.values()))
    return env


@event_priority(-300)
def on_post_page(output: str, page: Any, **_: Any) -> str:
    """Give a page its policy, the last thing before it is written."""
    return with_policy(output, page.file.src_uri)


@event_priority(-300)
def on_post_template(output_content: str, template_name: str, **_: Any) -> str:
    """Give the page for missing addresses its policy."""
    is_page = template_name == "404.html" and output_content
    return with_policy(output_content, template_name) if is_page else output_content


def with_policy(output: str, name: str) -> str:
    """Return the page with its policy; a warning for a script that it will not let run."""
    for script in INLINE.findall(output):
        if sha256(script) not in allowed:
            log.warning("%s: this inline script will not run: %.60s", name, script.strip())
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy()}">'
    return output.replace("<head>", f"<head>{meta}", 1)


def policy() -> str:
    """Return the policy, the same on every page."""
    rules = {
        "default-src": "'self'",
        "script-src": f"'self' 'wasm-unsafe-eval' {' '.join(sorted(allowed))}",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def sha256(script: str) -> str:
    """Return the hash of an inline script as a policy names it."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"
