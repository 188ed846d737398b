"""Line and column of a place in a text."""

import re
from bisect import bisect_right
from typing import NamedTuple


class Position(NamedTuple):
    """A place in a text; the first line and the first column are 1."""

    line: int
    column: int


class Positions:
    """Turns offsets into lines and columns; a text is searched for line ends only once."""

    def __init__(self, text: str) -> None:
        self._starts = [0] + [found.end() for found in re.finditer("\n", text)]

    def of(self, offset: int) -> Position:
        """Return the line and column of an offset, both counted from 1."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)
