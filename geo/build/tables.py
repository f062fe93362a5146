"""Tables: checked, joined to the boundaries, or begun."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from geo.draw.palette import Slot, assign_slots
from geo.errors import Problem, TableError, WriteError
from geo.join.footprints import Choices
from geo.model import Table
from geo.read.boundaries import read_topology
from geo.read.gazetteer import read_gazetteer
from geo.read.names import nearest_names
from geo.read.presence import parse_presence, read_presence
from geo.read.source import read_bytes
from geo.write.files import write_files

if TYPE_CHECKING:
    from geo.join.presence import Joined
    from geo.model import Topology

__all__ = ["Checked", "check_table", "join_checked", "join_table", "spare_table", "stay_silent", "write_starter"]


@dataclass(frozen=True)
class Checked:
    """A table that holds together, what is doubtful in it, and the colours its groups will have."""

    table: Table
    warnings: tuple[Problem, ...]
    slots: tuple[Slot, ...]


def stay_silent(line: str) -> None:
    """Take a line of progress and do nothing with it."""


def check_table(table: Path, *, allow_empty: bool = False) -> Checked:
    """Read a table and check all that can be checked without drawing it.

    Parameters
    ----------
    table : Path
        The table; ``-`` is standard input.
    allow_empty : bool
        Accept a table without records.

    Returns
    -------
    Checked

    Raises
    ------
    TableError
        If the table cannot be read or does not hold together.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     table = Path(folder) / "t.yaml"
    ...     _ = table.write_text("presence: {Group A: [Kabul]}", encoding="utf-8")
    ...     checked = check_table(table)
    >>> len(checked.table.records), [slot.group for slot in checked.slots]
    (1, ['group-a'])
    """
    checked, warnings = read_presence(table, read_gazetteer(), allow_empty=allow_empty)
    return Checked(checked, warnings, assign_slots(checked))


def join_table(
    table: Path | str, *, choices: Choices | None = None, allow_empty: bool = False
) -> tuple[Joined, Topology]:
    """Prepare what `draw_choropleth` and `draw_overlay` need, for a notebook.

    Parameters
    ----------
    table : Path or str
        A file or, as str, the text of a table itself.
    choices, allow_empty
        As for `render_maps`.

    Returns
    -------
    tuple of Joined and Topology

    Raises
    ------
    TableError, BoundaryError
        As for `render_maps`.

    Examples
    --------
    >>> joined, topology = join_table("presence: {Group A: [Kabul]}")
    >>> joined.report.named, len(topology.units)
    (('AF-KAB',), 34)
    """
    joined, _ = join_checked(table, choices or Choices(), allow_empty, stay_silent)
    return joined, read_topology()


def join_checked(
    table: Path | str,
    choices: Choices,
    allow_empty: bool,
    progress: Callable[[str], None],
    data: bytes | None = None,
) -> tuple[Joined, tuple[Problem, ...]]:
    """Read a table, a file or as str its text, check it and the choices, and join it to the boundaries.

    Where a file was read already, ``data`` is what stood in it.
    """
    gazetteer = read_gazetteer()
    if isinstance(table, str):
        name = "table"
        checked, warnings = parse_presence(table.encode(), name, gazetteer, allow_empty=allow_empty)
    else:
        name = str(table)
        progress("reading standard input" if name == "-" else f"reading {name}")
        name = "standard input" if name == "-" else name
        data = read_bytes(table) if data is None else data
        checked, warnings = parse_presence(data, name, gazetteer, allow_empty=allow_empty)
    _check_choices(name, checked, choices)
    # Only now, so that a table with a mistake is told so without waiting for geopandas.
    from geo.join.presence import join_presence
    from geo.read.boundaries import read_boundaries

    progress(f"joining {len(checked.records)} records to {len(gazetteer.units)} provinces")
    level, groups, roll_up = choices.level, choices.groups, choices.roll_up
    joined = join_presence(checked, gazetteer, read_boundaries(), level=level, groups=groups, roll_up=roll_up)
    return joined, warnings


def _check_choices(source: str, table: Table, choices: Choices) -> None:
    """Refuse a group or level that the table does not have."""
    wanted = [("group", name, tuple(table.groups)) for name in choices.groups or ()]
    if choices.level is not None:
        wanted.append(("level", choices.level, tuple(table.levels)))
    problems = [
        Problem(source, f"no {kind} {name!r}", f"one of {', '.join(known)}", nearest_names(name, known))
        for kind, name, known in wanted
        if name not in known
    ]
    if problems:
        raise TableError(problems)


def spare_table(table: Path, file: Path) -> None:
    """Refuse to write over the table itself."""
    if os.path.realpath(file) == os.path.realpath(table):  # Path.resolve() ends in an error on a link to itself
        raise WriteError([Problem(str(file), "is the table itself", "another file for the map")])


def write_starter(path: Path, *, force: bool = False) -> Path:
    """Write a commented table to start from.

    Parameters
    ----------
    path : Path
        The new file.
    force : bool
        Replace a file that stands there.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    WriteError
        If a file stands there and ``force`` is not given, or it cannot be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_starter(Path(folder) / "presence.yaml").stat().st_size > 0
    True
    """
    if path.exists() and not force:
        raise WriteError([Problem(str(path), "exists already", "another name, or --force to replace it")])
    return write_files({path: resources.files("geo.read").joinpath("starter.yaml").read_bytes()})[0]
