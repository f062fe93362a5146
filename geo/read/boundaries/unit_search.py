"""Looking provinces up: for a person who wants to know how a name is written here."""

from __future__ import annotations

from geo.errors import PresenceError, Problem
from geo.model import Unit
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.common.names import fold_name, nearest_names
from geo.read.common.nodes import quote

__all__ = ["find_units"]


def find_units(query: str = "") -> tuple[Unit, ...]:
    """Find provinces by name, alias, code or region or, where none is exactly so, by a part of one.

    They stand in the gazetteer's order; everything matches the empty text. If nothing matches, a `PresenceError` holds
    the nearest names.

    Examples
    --------
    >>> [unit.name for unit in find_units("konar")], len(find_units())
    (['Kunar'], 34)
    """
    units = read_gazetteer().units.values()
    wanted = fold_name(query)
    names = {unit.code: (unit.name, unit.name_fa, *unit.aliases, unit.region) for unit in units}
    keys = {unit.code: (*names[unit.code], unit.code, unit.hasc, f"pcode:{unit.pcode}") for unit in units}
    exact = tuple(unit for unit in units if wanted in map(fold_name, keys[unit.code]))
    found = exact or tuple(unit for unit in units if any(wanted in fold_name(key) for key in keys[unit.code]))
    if not found:
        near = nearest_names(query, [name for group in names.values() for name in group])
        raise PresenceError([Problem("provinces", f"nothing matches {quote(query)}", "a name, code or region", near)])
    return found
