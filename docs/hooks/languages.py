"""What Material and static-i18n leave undone: languages, fallback pages, the frame's words.

A language is its pages: it exists as soon as `index.xx.md` does, whose front matter holds the
words of the frame around a page. The templates in `overrides` show what is worked out here.
"""

import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs_static_i18n.config import I18nPluginLanguage

import front


@event_priority(100)
def on_config(config: Any) -> Any:
    """Add every language that has a home page, then give the templates the words of this one."""
    i18n = config.plugins["i18n"]
    for language in front.languages(Path(config.docs_dir)):
        if language not in i18n.all_languages:
            i18n.config.languages.append(added(language, config))
    current = i18n.current_language or i18n.default_language
    config.extra["words"] = words(config, current)
    return config


def added(language: str, config: Any) -> I18nPluginLanguage:
    """Return the settings of a language, as if they stood in `mkdocs.yml`."""
    home = Path(config.docs_dir, f"index.{language}.md")
    about = front.words(home, "site", front.Site)
    for name in sections(config.nav or []):
        if name not in about["sections"]:
            raise PluginError(f"{home}: `site.sections.{name}` is missing.")
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


def sections(nav: list[Any]) -> list[str]:
    """Return the names of the sections of the navigation, which each language translates."""
    return [name for entry in nav if isinstance(entry, dict) for name in entry]


def words(config: Any, language: str) -> dict[str, Any]:
    """Return the words of the frame around a page, from the home page of the language."""
    kind = front.Source if language == front.SOURCE else front.Site
    home = front.path_of(Path(config.docs_dir), "index", language)
    return dict(front.words(home, "site", kind)["words"])


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
    return urljoin(str(config.site_url), url).removesuffix("index.html")


def on_template_context(context: Any, config: Any, **_: Any) -> Any:
    """Give the page for missing addresses the home page of each language."""
    i18n = config.plugins["i18n"]
    context["address"] = address
    context["homes"] = [
        {"language": x.locale, "url": x.link.lstrip("/") + "index.html", **words(config, x.locale)}
        for x in i18n.config.languages
    ]
    return context


def on_post_page(output: str, page: Any, **_: Any) -> str:
    """Say in which language a page is written: one that is not translated, in French."""
    return re.sub('<html lang="[^"]*"', f'<html lang="{page.file.locale}"', output, count=1)


def on_post_template(output_content: str, template_name: str, config: Any) -> str:
    """Keep the French page for missing addresses: each language would write it over the last."""
    is_source = config.plugins["i18n"].is_default_language_build
    return output_content if is_source or template_name != "404.html" else ""


def on_post_build(config: Any) -> None:
    """Publish none of Material's own scripts: no page asks for them."""
    shutil.rmtree(Path(config.site_dir, "assets", "javascripts"), ignore_errors=True)
