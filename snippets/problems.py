"""What is wrong with what was given: an id and values, for a sentence in the reader's language."""

from .words import sentence


class Problem(ValueError):
    """Something that a reader can mend; `id` and `values` make the sentence of a language.

    As a string it is the English sentence; where no words are at hand (in the browser the page has
    them) the id with its values.
    """

    def __init__(self, id_: str, **values: str) -> None:
        super().__init__(id_)
        self.id = id_
        self.values = values

    def __str__(self) -> str:
        return sentence(self.id, self.values, "en")
