"""What is in a boundary file, and the words by which maps can be drawn on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from geo.api.boundaries import BoundaryFile, inspect_boundaries, match_boundaries, read_own
from geo.errors import BoundaryError, Problem
from geo.read.common.nodes import quote

if TYPE_CHECKING:
    from geo.read.boundaries.layers import Layer
    from geo.read.boundaries.match_to_gazetteer import Match
    from geo.read.boundaries.user_units import UnitChoices, UserUnits

__all__ = ["Survey", "survey_boundaries"]


@dataclass(frozen=True, eq=False)
class Survey:
    """What is in one layer of a boundary file.

    ``match`` says which shapes look like provinces, where not every shape was asked to be a unit of its own; ``drawn``
    the same on maps of provinces, of shapes that are united where the file has several for a province. ``provinces``
    and ``own`` are how the file is read for maps of provinces, and for those on which every shape, or what is united of
    several, is a unit; each where there can be any. ``gathered`` are those units.
    """

    layer: Layer
    match: Match | None
    drawn: Match | None
    provinces: BoundaryFile | None
    own: BoundaryFile | None
    gathered: UserUnits | None
    problems: tuple[Problem, ...]


def survey_boundaries(file: BoundaryFile) -> tuple[Survey, ...]:
    """Tell what is in a boundary file: in each of its layers with areas, where it has several and none was asked for.

    One on which no map can be drawn is refused with the reasons of all layers.
    """
    from geo.read.boundaries.layers import list_layers

    names = list_layers(file.path or Path()) if file.layer is None else ()
    files = [replace(file, layer=name) for name in names] if len(names) > 1 else [file]
    surveys: list[Survey] = []
    problems: list[Problem] = []
    for each in files:
        try:
            surveys.append(_survey(each))
        except BoundaryError as error:
            problems += [_name_layer(problem, each.layer if names else None) for problem in error.problems]
    if not surveys:
        raise BoundaryError(problems)
    doubts = tuple(replace(problem, severity="warning") for problem in problems)
    return (replace(surveys[0], problems=(*surveys[0].problems, *doubts)), *surveys[1:])


def _name_layer(problem: Problem, layer: str | None) -> Problem:
    return replace(problem, found=f"layer {quote(layer)}: {problem.found}") if layer else problem


def _survey(file: BoundaryFile) -> Survey:
    if file.own is not None:
        layer, units = read_own(file, file.own)
        return Survey(layer, None, None, None, file, units, units.warnings)
    layer, match = inspect_boundaries(file)
    provinces, drawn = _find_provinces(file, layer, match)
    asked = file.key is not None or file.aliases is not None or file.dissolve
    own, gathered = (None, None) if asked or provinces == file else _find_own(layer, file)
    if drawn and gathered and len({unit.name for unit in gathered.gazetteer.units.values()}) <= drawn.found:
        own, gathered = None, None  # All that has a name of its own is a province.
    if provinces is None and own is None and not asked:
        raise BoundaryError(match.problems)
    doubts = gathered.warnings if gathered else ()
    return Survey(layer, match, drawn, provinces, own, gathered, (*layer.warnings, *match.problems, *doubts))


def _find_provinces(file: BoundaryFile, layer: Layer, match: Match) -> tuple[BoundaryFile | None, Match | None]:
    """Find how maps of provinces can be drawn: as the file stands, or with the shapes of each united."""
    if _is_drawable(match):
        return file, match
    united = replace(file, dissolve=True)
    drawn = match_boundaries(layer, united)[1]
    return (united, drawn) if _is_drawable(drawn) else (None, None)


def _is_drawable(match: Match) -> bool:
    return bool(match.found) and all(problem.severity != "error" for problem in match.problems)


def _find_own(layer: Layer, file: BoundaryFile) -> tuple[BoundaryFile | None, UserUnits | None]:
    """Find how every shape is a unit of its own, in words that leave nothing to be looked for."""
    from geo.read.boundaries.user_units import gather_units

    own, key = _choose_words(layer, file.layer or "")
    try:
        gathered = gather_units(layer, replace(own, key=key))
    except BoundaryError:
        return None, None
    return replace(file, key=key, own=own), gathered


def _choose_words(layer: Layer, called: str) -> tuple[UnitChoices, str | None]:
    from geo.read.boundaries.unit_fields import find_code, find_name, find_noun, find_whole, find_within
    from geo.read.boundaries.user_units import UnitChoices, make_noun

    name = find_name(layer.fields)
    noun = make_noun(find_noun(layer.fields, name, layer.source, called))
    if whole := find_whole(layer.fields, name):
        return UnitChoices(noun, None, name, whole, dissolve=True), None
    return UnitChoices(noun, None, name, find_within(layer.fields, name)), find_code(layer.fields)
