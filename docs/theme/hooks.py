"""What Material and static-i18n leave undone: languages, fallback pages, the policy of a page.

A language is its pages: it exists as soon as `index.xx.md` does, whose front matter holds the
words of the frame around a page. The templates in `overrides` show what is worked out here.
"""

import base64
import hashlib
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from mkdocs.plugins import event_priority
from mkdocs.utils.meta import get_data
from mkdocs_static_i18n.config import I18nPluginLanguage

INLINE = re.compile(r"<script>(.*?)</script>", re.S)


@cache
def site(docs: str, language: str, source: str) -> dict[str, Any]:
    """Return what the home page of a language says about the site, from its front matter."""
    name = "index.md" if language == source else f"index.{language}.md"
    _, front = get_data(Path(docs, name).read_text("utf-8"))
    return dict(front["site"])


def on_pre_build(**_: Any) -> None:
    """Read the words anew when a page was changed while the site is served."""
    site.cache_clear()


@event_priority(100)
def on_config(config: Any) -> Any:
    """Add every language that has a home page, then give the templates the words of this one."""
    i18n = config.plugins["i18n"]
    for home in sorted(Path(config.docs_dir).glob("index.*.md")):
        language = home.suffixes[0][1:]
        if language not in i18n.all_languages:
            i18n.config.languages.append(added(language, config))
    current = i18n.current_language or i18n.default_language
    config.extra["words"] = words(config, current)
    return config


def added(language: str, config: Any) -> I18nPluginLanguage:
    """Return the settings of a language, as if they stood in `mkdocs.yml`."""
    about = site(config.docs_dir, language, config.plugins["i18n"].default_language)
    settings = I18nPluginLanguage()
    settings.load_dict(
        {
            "locale": language,
            "name": about["language"],
            "site_name": about["name"],
            "site_description": about["description"],
            "nav_translations": about["sections"],
        }
    )
    settings.validate()
    return settings


def words(config: Any, language: str) -> dict[str, Any]:
    """Return the words of the frame around a page, in a language."""
    source = config.plugins["i18n"].default_language
    return dict(site(config.docs_dir, language, source)["words"])


def on_page_content(html: str, page: Any, **_: Any) -> str:
    """Put the no-break spaces of headings back, which Markdown's contents list loses."""
    waiting = [page, *page.toc]
    while waiting:
        item = waiting.pop()
        item.title = unbroken(item.title)
        waiting += [] if item is page else item.children
    return html


def unbroken(text: str) -> str:
    """Return a text with no-break spaces where French has them; other languages have none."""
    return re.sub("(?<=«) | (?=[;!?»])", "\u202f", text).replace(" :", "\u00a0:")


def on_page_context(context: Any, page: Any, config: Any, **_: Any) -> Any:
    """Tell the templates where the page exists: a page not translated counts as the French one."""
    i18n = config.plugins["i18n"]
    there = {x: file for x, file in page.file.alternates.items() if file.locale == x}
    urls = {x: address(file.url, config) for x, file in there.items()}
    context["alternates"] = urls | {"x-default": urls[i18n.default_language]}
    context["canonical"] = urls[page.file.locale]
    context["is_translated"] = page.file.locale == i18n.current_language
    return context


def address(url: str, config: Any) -> str:
    """Return the whole address of a page; a home page is called by its folder."""
    return urljoin(config.site_url, url).removesuffix("index.html")


def on_template_context(context: Any, config: Any, **_: Any) -> Any:
    """Give the page for missing addresses the home page of each language."""
    i18n = config.plugins["i18n"]
    context["address"] = address
    context["homes"] = [
        {"language": x.locale, "url": x.link.lstrip("/") + "index.html", **words(config, x.locale)}
        for x in i18n.config.languages
    ]
    return context


@event_priority(-200)
def on_post_page(output: str, page: Any, config: Any) -> str:
    """Give the page its policy; one not translated is in the language it is written in."""
    language = config.plugins["i18n"].current_language
    output = output.replace(f'<html lang="{language}"', f'<html lang="{page.file.locale}"', 1)
    return with_policy(output)


def on_post_template(output_content: str, template_name: str, config: Any) -> str:
    """Keep the French page for missing addresses: each language would write it over the last."""
    if template_name != "404.html":
        return output_content
    is_source = config.plugins["i18n"].is_default_language_build
    return with_policy(output_content) if is_source else ""


def on_post_build(config: Any) -> None:
    """Publish none of Material's own scripts: no page asks for them."""
    shutil.rmtree(Path(config.site_dir, "assets", "javascripts"), ignore_errors=True)


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
