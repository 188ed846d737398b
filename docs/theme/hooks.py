"""The site's own touch on MkDocs: what Material and static-i18n leave undone.

Search finds pages of the reader's language only, alternates are absolute, nothing is asked of
another host, and the page for missing addresses is French with links to the other languages.
"""

import base64
import hashlib
import json
import re
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.plugins import event_priority

ALTERNATE = re.compile(r'<link rel="alternate"[^>]*hreflang[^>]*>\s*')
SEARCH_NAMES = {"fr": "Recherche", "en": "Search"}
WITHOUT_STEMMER = ["stopWordFilter"]  # with it, Material finds nothing for `destinataire`


def language_of(config: Any) -> str:
    """Return the language being built."""
    return str(config.plugins["i18n"].current_language)


def prefix(config: Any, language: str) -> str:
    """Return where the pages of a language begin: "" or "en/"."""
    return "" if language == config.plugins["i18n"].default_language else f"{language}/"


@event_priority(-200)
def on_post_page(output: str, page: Any, config: Any) -> str:
    """Finish a page: alternates, search in its language, no requests to other hosts."""
    output = ALTERNATE.sub("", output).replace("</head>", alternates(page, config) + "</head>", 1)
    # Material would ask api.github.com for stars and releases.
    output = output.replace('data-md-component="source"', "")
    name = SEARCH_NAMES.get(language_of(config), SEARCH_NAMES["en"])
    output = output.replace('role="dialog">', f'role="dialog" aria-label="{name}">', 1)
    return with_policy(with_own_search(output, config))


INLINE = re.compile(r"<script>(.*?)</script>", re.S)


def with_policy(output: str) -> str:
    """Return the page with its Content-Security-Policy: this site only, known scripts only."""
    hashes = sorted({sha256(script) for script in INLINE.findall(output)})
    policy = "; ".join(
        [
            "default-src 'self'",
            f"script-src 'self' 'wasm-unsafe-eval' {' '.join(hashes)}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'none'",
        ]
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return output.replace("<head>", f"<head>{meta}", 1)


def sha256(script: str) -> str:
    """Return the hash of an inline script as a policy names it."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def alternates(page: Any, config: Any) -> str:
    """Return links to the page in each language, absolute, and to the French one for all others.

    The blank in `rel` keeps Material from asking each of them for a sitemap.
    """
    files = page.file.alternates
    default = config.plugins["i18n"].default_language
    urls = {language: address(file.url, config) for language, file in files.items()}
    if default in urls:
        urls["x-default"] = urls[default]
    return "".join(
        f'<link rel="alternate " hreflang="{language}" href="{escape(url)}">\n'
        for language, url in urls.items()
    )


def address(url: str, config: Any) -> str:
    """Return the whole address of a page."""
    return str(config.site_url) + ("" if url in ("./", "index.html") else url)


def with_own_search(output: str, config: Any) -> str:
    """Let the page look for the index of its own language: its `base` is the language's root."""
    if not prefix(config, language_of(config)):
        return output

    def own(found: re.Match[str]) -> str:
        base = found[1]
        return '"base": "' + ("." if base == ".." else base.removesuffix("/..")) + '"'

    return re.sub(r'"base": "([^"]*)"', own, output, count=1)


@event_priority(-200)
def on_post_build(config: Any) -> None:
    """Write an index per language, once the last language is built, and the French 404 page."""
    i18n = config.plugins["i18n"]
    index = Path(config.site_dir, "search", "search_index.json")
    if not index.exists() or i18n.building:
        return
    whole = json.loads(index.read_text("utf-8"))
    for language in i18n.build_languages:
        write_index(whole, language, config)
    write_not_found(config)


def write_index(whole: dict[str, Any], language: str, config: Any) -> None:
    """Write the part of the index that belongs to one language, below its root."""
    i18n = config.plugins["i18n"]
    own = prefix(config, language)
    others = tuple(f"{x}/" for x in i18n.build_languages if x != i18n.default_language)
    docs = [
        {**doc, "location": doc["location"].removeprefix(own)}
        for doc in whole["docs"]
        if (doc["location"].startswith(own) if own else not doc["location"].startswith(others))
    ]
    words = {**whole["config"], "lang": [language], "pipeline": WITHOUT_STEMMER}
    target = Path(config.site_dir, own, "search", "search_index.json")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps({"config": words, "docs": docs}, ensure_ascii=False), "utf-8")


def write_not_found(config: Any) -> None:
    """Write the page for missing addresses from the French home page's frame."""
    home = Path(config.site_dir, "index.html").read_text("utf-8")
    root = re.sub(r"^https?://[^/]+", "", str(config.site_url))
    links = [
        f'<a href="{root}{prefix(config, x)}index.html" lang="{x}">{TITLES.get(x, x)}</a>'
        for x in config.plugins["i18n"].build_languages
    ]
    body = f"<h1>{TITLES['missing']}</h1><p>{TITLES['moved']}</p><p>{' · '.join(links)}</p>"
    page = re.sub(
        r"(<article[^>]*>).*?(</article>)", lambda m: m[1] + body + m[2], home, flags=re.S
    )
    page = re.sub(r'((?:href|src)=")(?!https?:|#|/|data:|mailto:)', rf"\g<1>{root}", page)
    page = page.replace('"base": "."', f'"base": "{root.rstrip("/") or "/"}"', 1)
    page = re.sub(r'<link rel="(?:canonical|alternate )"[^>]*>', "", page)
    page = page.replace("<head>", '<head><meta name="robots" content="noindex">', 1)
    Path(config.site_dir, "404.html").write_text(page, "utf-8")


TITLES = {
    "missing": "Cette page n’existe pas",
    "moved": "L’adresse est peut-être ancienne. Repartez de l’accueil\u00a0:",
    "fr": "Accueil en français",
    "en": "Home page in English",
}
