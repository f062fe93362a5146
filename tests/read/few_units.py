"""The small gazetteer that most tests of the reader read with: some provinces, called what the bundled ones are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from geo.model import Gazetteer
from geo.read.boundaries.gazetteer import parse_gazetteer, read_gazetteer

UNITS = (Path(__file__).parents[1] / "data" / "units.csv").read_text(encoding="utf-8")
GAZETTEER: Gazetteer = replace(
    parse_gazetteer(UNITS, "units.csv"), noun=read_gazetteer().noun, whole=read_gazetteer().whole
)
