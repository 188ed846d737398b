"""Settings are called as Mautic's interface calls them: by `docs/labels.json`, never by hand."""

import re
from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

import labels
from front import language_of
from pages import DOCS
from test_pages import PAGE_PATHS, built, name, prose

# Names that are also words of the language: as a quotation they can mean something else.
WORDS = {"configuration", "contacts", "emails", "marketing", "read", "segments", "transactional"}


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("[[site_url]]", "« URL du site » (<i lang='en'>Site URL</i>, `site_url`)"),
        (
            "[[path site_url]].",
            "Configuration → Paramètres système → « URL du site »"
            " (<i lang='en'>Site URL</i>, `site_url`).",
        ),
        ("[[send_example]]", "« Envoyer un exemple » (<i lang='en'>Send example</i>)"),
        ("[[email_type]]", "« Email type »"),
        ("## [[send_example]] { #x }", "## « Envoyer un exemple » { #x }"),
        ("`[[site_url]]`\n```\n[[site_url]]\n```", "`[[site_url]]`\n```\n[[site_url]]\n```"),
    ],
)
def test_a_name_is_put_in(markdown: str, shown: str) -> None:
    wanted = shown.replace("'", '"').replace("« ", "«\u202f").replace(" »", "\u202f»")
    assert labels.put(markdown, "fr", "x.md") == wanted


def test_a_name_is_explained_once_in_a_section() -> None:
    text = "[[site_url]], [[site_url]]\n\n## A { #a }\n\n[[site_url]]"
    found = labels.put(text, "en", "x.en.md")
    assert found == "“Site URL” (`site_url`), “Site URL”\n\n## A { #a }\n\n“Site URL” (`site_url`)"


def test_a_language_without_quotation_marks_of_its_own_has_the_english_ones() -> None:
    assert labels.said("[[send_example]]", "cs", "x.cs.md") == "“Send example”"


@pytest.mark.parametrize("text", ["[[site_ulr]]", "# [[path site_ulr]]", "a [[ site_ulr ]]"])
def test_an_unknown_name_stops_the_build(text: str) -> None:
    with pytest.raises(PluginError, match=r"emails/x\.md.*`site_ulr`"):
        labels.put(text, "fr", "emails/x.md")


def test_what_is_no_setting_has_no_way() -> None:
    with pytest.raises(PluginError, match=r"x\.md.*`send_example`"):
        labels.put("[[path send_example]]", "fr", "x.md")


@pytest.mark.parametrize("path", PAGE_PATHS, ids=name)
def test_each_name_of_a_page_is_known(path: Path) -> None:
    labels.put(path.read_text("utf-8"), language_of(path), name(path))


@pytest.mark.parametrize("path", PAGE_PATHS, ids=name)
def test_no_page_types_a_name_by_hand(path: Path) -> None:
    before, after = labels.table()["quotes"][language_of(path)].split("{}")
    quotation = rf"{before.strip()}\s?([^{after.strip()}]+?)\s?{after.strip()}"
    quoted = re.findall(quotation, re.sub(r"\s+", " ", prose(path)))
    places = re.findall(r"(?:[A-Z]\w+ )?[A-Z]\w+ Settings", prose(path))
    typed = {known.lower() for known in quoted} & by_hand(language_of(path))
    assert typed | {*places} == set()


def by_hand(language: str) -> set[str]:
    """Return the names that a page could type, in its language and in English."""
    known = labels.table()["labels"].keys() - WORDS
    names = {labels.label(key, x).lower() for key in known for x in (language, "en")}
    return {re.sub(r"\s+", " ", name) for name in names}


@pytest.mark.parametrize("path", PAGE_PATHS, ids=name)
def test_every_name_is_put_in_when_the_site_is_built(path: Path, site: Path) -> None:
    html = built(path, site).read_text("utf-8")
    assert re.findall(r"\[\[\w.*?\]\]", re.sub(r"<code.*?</code>", "", html, flags=re.S)) == []


def test_each_name_has_its_english_form() -> None:
    for key, names in labels.table()["labels"].items():
        assert names["en"], key
        assert names.get("tab", "configuration") in labels.table()["labels"], key
    assert labels.TABLE == DOCS / "labels.json"
