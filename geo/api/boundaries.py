"""Boundaries: the bundled ones, or those of a file that the user names."""

from __future__ import annotations

import csv
import io
import shlex
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import UNSAFE, BoundaryError, Problem, TableError
from geo.option_values import DEFAULT_TABLE
from geo.read.boundaries.bundled import Boundaries, read_boundaries, read_topology
from geo.read.boundaries.formats import find_parts, open_container
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.common.file_text import decode_text, read_bytes
from geo.read.common.names import fold_name
from geo.read.common.nodes import quote

if TYPE_CHECKING:
    from geo.model import Gazetteer, UnitNoun
    from geo.read.boundaries.layers import Layer
    from geo.read.boundaries.match_to_gazetteer import Match
    from geo.read.boundaries.user_units import UnitChoices, UserUnits

__all__ = [
    "BUNDLED",
    "BoundaryFile",
    "inspect_boundaries",
    "list_inputs",
    "load_boundaries",
    "load_gazetteer",
    "match_boundaries",
    "read_own",
    "write_command",
    "write_inspection_command",
]


@dataclass(frozen=True)
class BoundaryFile:
    """A boundary file as the user names it; without a path the bundled provinces.

    ``key`` is the only field by which shapes are told, all without. ``aliases`` is a CSV file: what a text of the file
    is, and the name or code that it means here or ``-`` for no unit. With ``own`` every shape is a unit of its own,
    instead of one of the bundled gazetteer; ``dissolve`` unites the shapes of each unit of that.
    """

    path: Path | None = None
    layer: str | None = None
    key: str | None = None
    aliases: Path | None = None
    own: UnitChoices | None = None
    dissolve: bool = False


BUNDLED = BoundaryFile()
LONGEST_NAME = 100


def list_inputs(file: BoundaryFile) -> list[Path]:
    """List the files that are read for boundaries: that of a user, the other parts of a Shapefile, and the aliases.

    Examples
    --------
    >>> list_inputs(BUNDLED), [path.name for path in list_inputs(BoundaryFile(Path("a.gpkg"), aliases=Path("b.csv")))]
    ([], ['a.gpkg', 'b.csv'])
    """
    found = [path for path in (file.path, file.aliases) if path]
    with suppress(OSError):  # Whoever reads the file tells of a folder that is none.
        found += find_parts(file.path.parent.iterdir(), file.path.stem).values() if file.path else ()
    return found


def write_command(command: str, table: Path, file: BoundaryFile = BUNDLED) -> str:
    """Spell a command that reads the same table with the same boundaries, as a shell takes it.

    Examples
    --------
    >>> write_command("check", Path("presence.yaml")), write_command("check", Path("a b.yaml"), BoundaryFile(Path("c")))
    ('presence check', "presence check 'a b.yaml' --boundaries c")
    """
    words = ["presence", *command.split(), *([str(table)] if str(table) != DEFAULT_TABLE else [])]
    return shlex.join([*words, *(["--boundaries", str(file.path)] if file.path else []), *_spell_options(file)])


def write_inspection_command(file: BoundaryFile) -> str:
    """Spell the command that tells what is in a boundary file.

    Examples
    --------
    >>> write_inspection_command(BoundaryFile(Path("c.gpkg"), layer="adm 1"))
    "presence boundaries c.gpkg --layer 'adm 1'"
    """
    return shlex.join(["presence", "boundaries", str(file.path), *_spell_options(file)])


def _spell_options(file: BoundaryFile) -> list[str]:
    given = {name: getattr(file, name) for name in ("layer", "key", "aliases")}
    if file.own:
        given |= {
            "units": _spell_noun(file.own.noun),
            "name": file.own.name,
            "within": file.own.within,
        }
    words = [word for name, value in given.items() if value is not None for word in (f"--{name}", str(value))]
    return [*words, *(["--dissolve"] if file.dissolve or (file.own and file.own.dissolve) else [])]


def _spell_noun(noun: UnitNoun) -> str:
    from geo.read.boundaries.user_units import make_noun

    return noun.one if make_noun(noun.one) == noun else f"{noun.one}/{noun.many}"


def load_boundaries(file: BoundaryFile = BUNDLED) -> Boundaries:
    """Read boundaries and find the units of the gazetteer in them, in its order, or take each shape for a unit.

    Examples
    --------
    >>> len(load_boundaries().frame)
    34
    """
    gazetteer = read_gazetteer()
    if file.path is None:
        bundled = read_boundaries()
        return Boundaries(gazetteer, bundled, read_topology(), tuple(bundled.index))
    from geo.draw.topology.simplify import thin_units
    from geo.read.boundaries.match_to_gazetteer import settle_units

    name = UNSAFE.sub("", file.path.name).encode("utf-8", "replace").decode()[:LONGEST_NAME]
    credit = f"{name}, given by the author of the map"
    if file.own is not None:
        own = _gather(file, file.own)
        known = replace(own.gazetteer, credit=credit, file=name)
        return Boundaries(known, own.frame, thin_units(own.frame), own.order, own.warnings)
    layer, match = inspect_boundaries(file)
    frame, warnings = settle_units(layer, match, gazetteer)
    order = tuple(code for code in match.codes if code in frame.index)
    known = replace(gazetteer, credit=credit, file=name)
    return Boundaries(known, frame, thin_units(frame), order, warnings)


def load_gazetteer(file: BoundaryFile = BUNDLED) -> Gazetteer:
    """Read what a table may name: the bundled units, or those of a file that has its own.

    Examples
    --------
    >>> load_gazetteer().noun.many
    'provinces'
    """
    if file.own and file.path:
        return _gather(file, file.own).gazetteer
    if file.path:  # Its shapes change no name, but a file that is none is told now and not when maps are drawn.
        open_container(file.path, file.layer)
    if file.aliases:
        _read_aliases(file.aliases)
    return read_gazetteer()


def _gather(file: BoundaryFile, own: UnitChoices) -> UserUnits:
    return read_own(file, own)[1]


def read_own(file: BoundaryFile, own: UnitChoices) -> tuple[Layer, UserUnits]:
    """Read a file whose shapes are units of their own, and what was found in it on the way."""
    from geo.read.boundaries.layers import read_layer
    from geo.read.boundaries.user_units import gather_units

    layer = read_layer(file.path or Path(), file.layer)
    aliases = _read_aliases(file.aliases) if file.aliases else {}
    found = gather_units(layer, replace(own, key=file.key), aliases)
    return layer, replace(found, warnings=(*layer.warnings, *found.warnings))


def inspect_boundaries(file: BoundaryFile) -> tuple[Layer, Match]:
    """Read a boundary file and tell what each of its shapes is, as far as it can be told.

    The match holds as problems what `load_boundaries` would refuse.

    Examples
    --------
    >>> inspect_boundaries(BoundaryFile(Path("no/such.shp")))
    Traceback (most recent call last):
    geo.errors.BoundaryError: no/such.shp: there is no such file; expected a boundary file
    """
    from geo.read.boundaries.layers import read_layer

    return match_boundaries(read_layer(file.path or Path(), file.layer), file)


def match_boundaries(layer: Layer, file: BoundaryFile) -> tuple[Layer, Match]:
    """Tell what each shape of a layer is, once those of a province are united where that is asked for."""
    from geo.read.boundaries.dissolve import dissolve_shapes
    from geo.read.boundaries.match_to_gazetteer import match_layer, name_shapes

    gazetteer, aliases = read_gazetteer(), _read_aliases(file.aliases) if file.aliases else {}
    if file.dissolve:
        layer = dissolve_shapes(layer, name_shapes(layer, gazetteer, key=file.key, aliases=aliases))
    return layer, match_layer(layer, gazetteer, key=file.key, aliases=aliases)


def _read_aliases(path: Path) -> Mapping[str, str]:
    """Read pairs from a CSV file without a head."""
    expected = "two values a line: a text of the boundary file, and the name or code that it means"
    try:
        text = decode_text(read_bytes(path), str(path))
        rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    except TableError as error:
        raise BoundaryError([replace(problem, expected=expected) for problem in error.problems]) from None
    except csv.Error as error:
        raise BoundaryError([Problem(str(path), f"no CSV: {error}", expected)]) from None
    rows = [row for row in rows if any(row)]
    if odd := next((row for row in rows if len(row) != 2 or not all(row)), None):
        raise BoundaryError([Problem(str(path), f"a line of {len(odd)} values: {quote(', '.join(odd))}", expected)])
    counts = Counter(text for text, _ in {(fold_name(text), fold_name(meant)) for text, meant in rows})
    if twice := next((text for text, _ in rows if counts[fold_name(text)] > 1), None):
        raise BoundaryError([Problem(str(path), f"{quote(twice)} stands there twice", expected)])
    return {row[0]: row[1] for row in rows}
