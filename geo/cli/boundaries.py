"""`presence boundaries`: what is in a boundary file, and which units its shapes are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import options
from geo.cli.say import count, word_warnings
from geo.cli.text import align, echo, show_line
from geo.errors import BoundaryError

if TYPE_CHECKING:
    from geo.build import BoundaryFile

__all__ = ["command"]

HEAD = ("FIELD", "FIRST VALUE", "RIGHT", "WRONG")
OWN_HEAD = ("CODE", "NAME", "WITHIN", "ALSO")
WIDEST = 32


@click.command("boundaries")
@click.argument("boundary_file", type=click.Path(path_type=Path), metavar="FILE")
@options.boundary_words
def command(boundaries: BoundaryFile) -> None:
    """Tell what is in a boundary file.

    FILE is GeoJSON, TopoJSON, a Shapefile (or a .zip of one) or a GeoPackage in any reference system. A shape is
    taken for a unit if a field names it and the unit's capital lies in it; for each field is told for how many
    shapes it names that unit (right) or another (wrong). With --units NOUN every shape is a unit of its own, and the
    names and codes are listed by which a table may name it. The exit code is 1 where maps would be refused.

    \b
    Examples:
      presence boundaries provinces.geojson
      presence boundaries adm.gpkg --layer adm1 --key ADM1_PCODE
      presence boundaries districts.geojson --units district --within ADM1_EN
    """
    from geo.build import inspect_boundaries
    from geo.read.gazetteer import read_gazetteer

    if boundaries.own is not None:
        _list_own(boundaries)
        return
    layer, match = inspect_boundaries(boundaries)
    known = read_gazetteer().units
    echo(show_line(f"{layer.source}: {layer.kind}, {count(len(match.codes), 'shape')}, reference system {layer.crs}"))
    fields = [
        (show_line(name)[:WIDEST], show_line(values[0])[:WIDEST], str(match.right[name]), str(match.wrong[name]))
        for name, values in layer.fields.items()
        if name in match.right
    ]
    echo("\n".join(align([HEAD, *fields])))
    echo(f"{match.found} of {len(known)} provinces found")
    if missing := [unit.name for code, unit in known.items() if code not in match.codes]:
        echo(f"not found: {', '.join(missing)}")
    errors = [problem for problem in match.problems if problem.severity == "error"]
    for line in word_warnings([*layer.warnings, *(each for each in match.problems if each not in errors)]):
        echo(line, err=True)
    if errors:
        raise BoundaryError(errors)


def _list_own(boundaries: BoundaryFile) -> None:
    """List the units of a file by the names and codes that a table may use."""
    from geo.build import load_boundaries

    found = load_boundaries(boundaries)
    units = found.gazetteer.units.values()
    echo(
        "\n".join(align([OWN_HEAD, *((unit.code, unit.name, unit.region, ", ".join(unit.aliases)) for unit in units)]))
    )
    echo(f"{len(units)} {found.gazetteer.noun.one if len(units) == 1 else found.gazetteer.noun.many}")
    for line in word_warnings(found.warnings):
        echo(line, err=True)
