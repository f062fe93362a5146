"""Persons by unit from a CSV: joined by name or code, and whatever does not join is refused with its place."""

from __future__ import annotations

import pytest

from geo.errors import TableError
from geo.model import Gazetteer, Unit, UnitNoun
from geo.read.populations import parse_populations

UNITS = {
    code: Unit(code, f"P{code}", "", name, "") for code, name in (("A", "Alpha"), ("B", "Beta Town"), ("C", "Gamma"))
}
KNOWN = Gazetteer(UNITS, {}, "", noun=UnitNoun("district", "districts"))


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("name,population\nAlpha,12\n", {"A": 12}),
        ("code,population\nA,12\nB,0\n", {"A": 12, "B": 0}),
        ("District,People\nbeta-town, 1200 \n", {"B": 1200}),
        ('name,population\nAlpha,"1,234,567"\nGamma,12.0\n', {"A": 1234567, "C": 12}),
        ("name,population\nAlpha,\nGamma,NA\n", {}),
        ("note,pop,unit\nx,5,Gamma\n", {"C": 5}),
    ],
)
def test_persons_are_read(text: str, people: dict[str, int]) -> None:
    assert parse_populations(text.encode(), "p.csv", KNOWN) == people


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "name,population\nAlfa,12\n",
            "p.csv:A2: no district 'Alfa'; expected one of the districts of the map; nearest: Alpha",
        ),
        (
            "name,population\nAlpha,12\nalpha,13\n",
            "p.csv:A3: 'alpha', which stands in row 2 too; expected each district",
        ),
        (
            "name,population\nAlpha,many\n",
            "p.csv:B2: 'many' for 'Alpha', which is no number of persons; expected persons, such",
        ),
        ("name,population\nAlpha,1.5\n", "'1.5' for 'Alpha', which is no number of persons"),
        ("name,population\nAlpha,-3\n", "'-3' for 'Alpha'"),
        ("name,population\nAlpha,12 thousand\n", "'12 thousand' for 'Alpha'"),
        ("name,population\nAlpha,9999999999\n", "'9999999999' for 'Alpha'"),
        (
            "name,number\nAlpha,12\n",
            "columns name, number; expected a CSV with the columns name (or code) and population",
        ),
        ("", "columns of nothing; expected a CSV with"),
    ],
)
def test_what_does_not_join_is_refused(text: str, said: str) -> None:
    with pytest.raises(TableError) as error:
        parse_populations(text.encode(), "p.csv", KNOWN)
    assert said in str(error.value)
