"""The words of a language: one place for each, the front matter of the page `diagnose`."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

SOURCE = "fr"


@lru_cache
def said() -> dict[str, dict[str, dict[str, str]]]:
    """Return what the pages say, by language: `words`, and the `headings` of sections.

    The file is made from the pages by `docs/hooks/wording.py`.
    """
    text = Path(__file__).with_name("words.json").read_text("utf-8")
    found: dict[str, dict[str, dict[str, str]]] = json.loads(text)
    return found


def languages() -> list[str]:
    """Return the languages that the diagnosis speaks, French first."""
    return list(said())


def meant(locale: str) -> str | None:
    """Return the language that a locale means: pt-BR for "pt_BR.UTF-8", "pt" and "pt_PT"."""
    name = re.split("[.@]", locale)[0].replace("_", "-").lower()
    by_name = {language.lower(): language for language in languages()}
    by_name = {one.split("-")[0]: language for one, language in by_name.items()} | by_name
    return by_name.get(name) or by_name.get(name.split("-")[0])


@lru_cache
def own(language: str) -> dict[str, dict[str, str]]:
    """Return what the pages of a language say; nothing where it has none."""
    return said().get(language) or {"words": {}, "headings": {}, "changes": {}, "sections": {}}


@lru_cache
def words(language: str = SOURCE) -> Mapping[str, str]:
    """Return the words in the front matter of the page `diagnose`, by their names.

    `ui.nothing`, `ui.certainty.sure`, `questions.release`, `choices.open-missing`. In French where
    the language has none.
    """
    return MappingProxyType(own(SOURCE)["words"] | own(language)["words"])


def sentence(id_: str, values: Mapping[str, object], language: str) -> str:
    """Return the sentence of a problem in a language; its id and values where it has none."""
    pattern = words(language).get(f"ui.problems.{id_}")
    if pattern is None:
        return " ".join([id_, *(f"{name}={value}" for name, value in values.items())]) + "."
    known = words(language)
    shown = {
        name: known.get(f"command.system.{value}") or known.get(f"ui.sources.{value}") or value
        for name, value in values.items()
    }
    return filled(pattern, shown)


def filled(pattern: str, values: Mapping[str, object]) -> str:
    """Return words with their values; a `{name}` that has none stays.

    Blanks are ordinary ones, also where French sets narrow ones: who reads a terminal searches it.
    """
    plain = re.sub("[\u00a0\u202f]", " ", pattern)
    return re.sub(r"\{(\w+)\}", lambda found: str(values.get(found[1], found[0])), plain)
