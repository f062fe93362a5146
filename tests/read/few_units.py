"""The small gazetteer that most tests of the reader read with: some provinces, called what the bundled ones are; what
is said of a table that is read with it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from geo.errors import TableError
from geo.model import Gazetteer
from geo.read.boundaries.gazetteer import parse_gazetteer, read_gazetteer
from geo.read.table.reader import parse_presence

UNITS = (Path(__file__).parents[1] / "data" / "units.csv").read_text(encoding="utf-8")
GAZETTEER: Gazetteer = replace(
    parse_gazetteer(UNITS, "units.csv"), noun=read_gazetteer().noun, whole=read_gazetteer().whole
)


def complain(text: str) -> list[str]:
    """List all messages of a table, without the file's name."""
    try:
        parse_presence(text.encode(), "t.yaml", GAZETTEER, allow_empty=True)
    except TableError as error:
        return [str(problem).removeprefix("t.yaml:") for problem in error.problems]
    return []
