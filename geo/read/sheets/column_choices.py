"""How a sheet of records is to be taken: what its reader left out, renamed or pointed at."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from geo.model import CellPosition
from geo.read.common.names import fold_name
from geo.read.common.nodes import Text

__all__ = ["AS_IT_IS", "ColumnChoices", "find_columns", "name_column", "offer_column", "offer_ignore", "quote_argument"]


@dataclass(frozen=True)
class ColumnChoices:
    """What a user says of the sheet of records; columns go by header or letter."""

    ignore: Collection[str] = ()
    """Columns to leave out."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Another name for a column."""
    header: int | None = None
    """The row of the header; the rows above it are left out."""
    same: Mapping[str, str] = field(default_factory=dict)
    """Names of groups and sources, and the name by which each is meant."""
    is_asked: bool = True
    """Whether there is a command line, whose options may be offered."""

    def offer(self, *offers: str, otherwise: str = "") -> str:
        """Join ways out, where there is a command line to take them."""
        return " or ".join((*filter(None, [otherwise]), *(offers if self.is_asked else ())))


AS_IT_IS = ColumnChoices(is_asked=False)


def find_columns(name: str, head: Mapping[int, Text]) -> tuple[int, ...]:
    """Find the columns that go by a header or, where none does, by a letter.

    Examples
    --------
    >>> head = {1: Text("Province", False, 1, 1), 3: Text("Type of  presence", False, 1, 3)}
    >>> find_columns("type of presence", head), find_columns("B", head), find_columns("Levels", head)
    ((3,), (2,), ())
    """
    folded = fold_name(name)
    found = tuple(column for column, cell in head.items() if fold_name(cell.text) == folded)
    if found or not re.fullmatch("[A-Za-z]{1,3}", name.strip()):
        return found
    number = 0
    for letter in name.strip().upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return (number,) if number <= max(head, default=0) + 1 else ()


def name_column(column: int, head: Mapping[int, Text]) -> str:
    """Name a column so that `find_columns` finds it alone: by its header if it can, else by its letter."""
    text = " ".join(head[column].text.split()) if column in head else ""
    if text and text.isprintable() and find_columns(text, head) == (column,):
        return text
    return str(CellPosition(1, column))[:-1]


def offer_ignore(column: int, head: Mapping[int, Text]) -> str:
    """Word the option that leaves a column out.

    Examples
    --------
    >>> offer_ignore(1, {1: Text("Notes on it", False, 1, 1)}), offer_ignore(2, {})
    ('--ignore "Notes on it"', '--ignore B')
    """
    return f"--ignore {quote_argument(name_column(column, head))}"


def offer_column(column: int, key: str, head: Mapping[int, Text]) -> str:
    """Word the option that names a column anew."""
    return f"--column {quote_argument(f'{name_column(column, head)}={key}')}"


def quote_argument(text: str) -> str:
    """Spell a word of a command line; in double quotes where it can, which every shell knows.

    Examples
    --------
    >>> quote_argument("Notes"), quote_argument("Type of presence=level"), quote_argument("a $x")
    ('Notes', '"Type of presence=level"', "'a $x'")
    """
    if re.fullmatch(r"[\w@%+=:,./-]+", text):
        return text
    if re.search(r'["$`\\!]', text):
        import shlex

        return shlex.quote(text)
    return f'"{text}"'
