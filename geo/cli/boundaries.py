"""`presence boundaries`: what is in a boundary file, and the line to type for a map on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import options
from geo.cli.messages import count, word_warnings
from geo.cli.terminal import align, echo, show_line
from geo.errors import LONGEST_LIST, BoundaryError, Problem
from geo.option_values import DEFAULT_TABLE

if TYPE_CHECKING:
    from geo.api import BoundaryFile, Survey
    from geo.model import Unit
    from geo.read.boundaries.user_units import UserUnits

__all__ = ["command"]

HEAD = ("FIELD", "FIRST VALUE", "RIGHT", "WRONG")
OWN_HEAD = ("CODE", "NAME", "WITHIN", "ALSO")
WIDEST = 32
SEVERAL = 3


@click.command("boundaries")
@click.argument("boundary_file", type=click.Path(path_type=Path), metavar="FILE")
@options.boundary_words
def command(boundaries: BoundaryFile) -> None:
    """Tell what is in a boundary file.

    FILE is GeoJSON, TopoJSON, a Shapefile (or a .zip of one) or a GeoPackage in any reference system. First comes how
    many shapes there are, which look like provinces, and the line to type for maps on them: of provinces, or with
    every shape as a unit of its own. Then for each field for how many shapes it names the province that they are
    (right) or another (wrong): a shape is taken for a province if a field names it and the province's capital lies in
    it. Problems come last. With --units NOUN the names and codes are listed by which a table may name the units. The
    exit code is 0 where maps can be drawn by a line that is told, 1 where by none.

    \b
    Examples:
      presence boundaries provinces.geojson
      presence boundaries adm.gpkg --layer adm1 --key ADM1_PCODE
      presence boundaries districts.geojson --units district --within ADM1_EN
    """
    from geo.api import survey_boundaries

    surveys = survey_boundaries(boundaries)
    echo("\n\n".join("\n".join(_describe(survey, is_own=boundaries.own is not None)) for survey in surveys))
    told = [problem for survey in surveys for problem in _choose_told(survey)]
    is_drawn = any(survey.provinces or survey.own for survey in surveys)
    errors = [] if is_drawn else [each for each in told if each.severity == "error"]
    for line in word_warnings(each for each in told if is_drawn or each.severity != "error")[:LONGEST_LIST]:
        echo(line, err=True)
    if not is_drawn:
        raise BoundaryError(errors)


def _describe(survey: Survey, *, is_own: bool) -> list[str]:
    """Say what is in a layer: the lines to type before the fields, or before the names where units are of its own."""
    layer, drawn = survey.layer, survey.own or survey.provinces
    named = f", layer {drawn.layer}" if drawn and drawn.layer else ""
    shapes = count(len(layer.geometry), "shape")
    lines = [show_line(f"{layer.source}{named}: {layer.kind}, {shapes}, reference system {layer.crs}")]
    lines += _say_provinces(survey)
    if survey.own is not None and survey.gathered is not None:
        lines += _say_own(survey.own, survey.gathered, is_own=is_own)
    return [*lines, *(_list_names(survey.gathered) if is_own and survey.gathered else _list_fields(survey))]


def _say_provinces(survey: Survey) -> list[str]:
    if survey.match is None:
        return []
    from geo.api import write_command
    from geo.read.boundaries.gazetteer import read_gazetteer

    known, match = read_gazetteer().units, survey.drawn or survey.match
    is_united = survey.provinces is not None and match is not survey.match
    united = ", where those of one are united" if is_united else ""
    lines = [f"{match.found} of {len(known)} provinces found{united}"]
    missing = [unit.name for code, unit in known.items() if code not in match.codes]
    lines += [f"not found: {', '.join(missing)}"] if len(missing) <= match.found and missing else []
    if survey.provinces:
        lines += ["to draw them:", f"  {write_command('build', Path(DEFAULT_TABLE), survey.provinces)}"]
    return lines


def _say_own(own: BoundaryFile, found: UserUnits, *, is_own: bool) -> list[str]:

    from geo.api import write_command, write_inspection_command

    noun, number = found.gazetteer.noun, len(found.gazetteer.units)
    names = [unit.name for unit in found.gazetteer.units.values()][:SEVERAL]
    more = ", ..." if number > SEVERAL else ""
    each = "" if is_own else f": {', '.join(names)}{more}"
    lines = [
        f"{number} {noun.one if number == 1 else noun.many}{each}",
        f"to draw {noun.many}, of a table that names them:",
    ]
    lines += [f"  {write_command('build', Path(DEFAULT_TABLE), own)}"]
    lines += [] if is_own else ["to list their names and codes:", f"  {write_inspection_command(own)}"]
    return list(map(show_line, lines))


def _list_fields(survey: Survey) -> list[str]:
    """List the fields of a file, and where any shape looks like a province, for how many they are right."""
    match = survey.match
    if match is None or not match.found:
        rows = [(name, values[0]) for name, values in survey.layer.fields.items()]
        return align([HEAD[:2], *((show_line(name)[:WIDEST], show_line(value)[:WIDEST]) for name, value in rows)])
    fields = [
        (show_line(name)[:WIDEST], show_line(values[0])[:WIDEST], str(match.right[name]), str(match.wrong[name]))
        for name, values in survey.layer.fields.items()
        if name in match.right
    ]
    return align([HEAD, *fields])


def _list_names(found: UserUnits) -> list[str]:
    """List the units of a file by the names and codes that a table may use."""
    units = found.gazetteer.units.values()
    return align([OWN_HEAD, *((unit.code, unit.name, unit.region, _list_others(unit)) for unit in units)])


def _list_others(unit: Unit) -> str:
    return ", ".join(filter(None, (unit.name_fa, *unit.aliases)))


def _choose_told(survey: Survey) -> list[Problem]:
    """Leave out what does not matter: of provinces that are united, or of units of their own that hardly look so."""
    match = survey.match
    if match is None or not (survey.provinces or survey.own):
        return list(survey.problems)
    if survey.provinces:
        return [each for each in survey.problems if each.severity != "error"]
    strange = match.strange if 2 * match.found < len(match.codes) else ()
    return [each for each in survey.problems if each not in strange]
