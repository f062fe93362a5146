"""Maps: pages drawn in memory, and written all or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.api.boundaries import BUNDLED, BoundaryFile, list_inputs
from geo.api.check_choices import match_group
from geo.api.map_refusals import check_compared, limit_groups, require_dates, say_why_not
from geo.api.maps_folder import LeftoverFiles, MapsFolder, write_folder, write_pages
from geo.api.output_paths import settle_file, spare_inputs
from geo.api.tables import join_checked, stay_silent
from geo.errors import PresenceError, Problem, TableError
from geo.join.filters import Choices
from geo.join.join_report import JoinReport
from geo.model import UnitNoun
from geo.option_values import MAPS
from geo.write.inventory import INVENTORY

if TYPE_CHECKING:
    from geo.join.joined_table import JoinedTable
    from geo.model import Topology

__all__ = ["MAPS", "Built", "build_maps", "render_maps"]


@dataclass(frozen=True)
class Built:
    """Maps as bytes, by name, what became of the table's records and of other files, and what units are called."""

    pages: Mapping[str, bytes]
    report: JoinReport
    warnings: tuple[Problem, ...]
    noun: UnitNoun
    left: LeftoverFiles = field(default_factory=LeftoverFiles)


def render_maps(
    table: Path,
    only: Iterable[str] = MAPS,
    *,
    choices: Choices | None = None,
    boundaries: BoundaryFile = BUNDLED,
    compared: tuple[str, ...] = (),
    by: str = "published",
    basemap: bool = False,
    allow_empty: bool | None = False,
    progress: Callable[[str], None] = stay_silent,
) -> Built:
    """Draw maps of a table, in memory.

    Parameters
    ----------
    table : Path
        The table; ``-`` is standard input.
    only : iterable of str
        Which of `MAPS`.
    choices : Choices, optional
        Level, groups and roll-up; everything without.
    compared : tuple of str
        Ids of the two or three groups of a comparison; the two that share most without. Where there are no two
        groups to compare, the comparison is left out unless it alone is wanted; so is a time line of fewer than two
        steps.
    by : str
        What the steps of a time line go by: ``"published"`` or ``"observed"``.
    boundaries : BoundaryFile
        The bundled provinces without.
    basemap : bool
        Lay the tiles of OpenStreetMap below; the pages then ask its server for them.
    allow_empty : bool or None
        Draw a table without records as well.
    progress : callable
        Is told in a few words what is done next.

    Returns
    -------
    Built

    Raises
    ------
    TableError
        If the table does not hold together or has no such group or level, or a map of it cannot be drawn; the last
        problem then says which others can.
    BoundaryError
        If the boundaries cannot be read or do not fit the table.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     table = Path(folder) / "t.yaml"
    ...     _ = table.write_text("presence: {Group A: [Kabul]}", encoding="utf-8")
    ...     built = render_maps(table, ["overlay"])
    >>> built.pages["overlay"][:15]
    b'<!DOCTYPE html>'
    """
    joined, topology, warnings = join_checked(table, choices or Choices(), boundaries, allow_empty, progress)
    compared = tuple(next(iter(match_group(joined.whole, each)), each) for each in compared)
    pages, failed, wanted = {}, {}, tuple(only)
    for name in wanted:
        if len(wanted) > 1 and (why := "" if name == "compare" and compared else say_why_not(name, joined, by)):
            progress(f"leaving out {name}: {why}")
            continue
        progress(f"drawing {name}")
        try:
            pages[name] = _draw_page(name, joined, topology, table, compared, by, basemap, boundaries)
        except Exception as error:  # noqa: BLE001  # raised below, once it is known which others can be drawn
            failed[name] = error
    if failed:
        raise _point_to_others(failed, tuple(pages), table)
    return Built(pages, joined.report, warnings, joined.gazetteer.noun)


def _point_to_others(failed: Mapping[str, Exception], drawn: Sequence[str], table: Path) -> Exception:
    """Return what went wrong, a fault of ours before all else, with the way to the maps that can be drawn."""
    others = " ".join(f"--only {name}" for name in drawn)
    problems: dict[Problem, None] = {}
    for error in failed.values():
        if not isinstance(error, PresenceError):
            if drawn:
                error.add_note(f"{others} draws the others")
            return error
        problems |= dict.fromkeys(error.problems)
    if drawn:
        found = f"{', '.join(failed)} cannot be drawn, so nothing is written"
        problems[Problem(str(table), found, f"{others}, which draws the others")] = None
    return TableError(problems)


def build_maps(
    table: Path,
    files: Mapping[str, Path],
    *,
    folder: MapsFolder | None = None,
    choices: Choices | None = None,
    boundaries: BoundaryFile = BUNDLED,
    compared: tuple[str, ...] = (),
    by: str = "published",
    basemap: bool = False,
    allow_empty: bool | None = False,
    progress: Callable[[str], None] = stay_silent,
) -> Built:
    """Draw maps of a table and write them, all or none.

    Parameters
    ----------
    table, choices, compared, by, boundaries, basemap, allow_empty, progress
        As for `render_maps`.
    files : mapping of str to Path
        For each map wanted, the file it goes to, .html or without an ending, which it is given; its folder is made
        if that folder's parent exists.
    folder : MapsFolder, optional
        In which all of them lie, where it is a build's own: what an earlier build left there goes.

    Returns
    -------
    Built

    Raises
    ------
    TableError, BoundaryError
        As for `render_maps`.
    WriteError
        If a file cannot be written, or one in ``folder`` is no longer as it was written; FormatError if its ending
        promises something else.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     table = Path(folder) / "t.yaml"
    ...     _ = table.write_text("presence: {Group A: [Kabul]}", encoding="utf-8")
    ...     _ = build_maps(table, {"choropleth": Path(folder) / "maps" / "choropleth.html"})
    ...     [path.name for path in (Path(folder) / "maps").iterdir()]
    ['choropleth.html']
    """
    files = {
        name: settle_file(path, ["html"], read=[table], table=table, boundaries=boundaries)[0]
        for name, path in files.items()
    }
    if folder:
        spare_inputs([folder.path / INVENTORY], [table, *list_inputs(boundaries)])
    built = render_maps(
        table, files, choices=choices, compared=compared, by=by, boundaries=boundaries, basemap=basemap,
        allow_empty=allow_empty, progress=progress,
    )  # fmt: skip
    progress("writing")
    pages = {path: built.pages[name] for name, path in files.items() if name in built.pages}
    if folder:
        return replace(built, left=write_folder(folder, pages))
    write_pages(pages)
    return built


def _draw_page(
    name: str, joined: JoinedTable, topology: Topology, path: Path, compared: tuple[str, ...], by: str, basemap: bool,
    boundaries: BoundaryFile,
) -> bytes:  # fmt: skip
    if name != "choropleth":
        limit_groups(joined, path, boundaries, name)
    if name == "compare":
        check_compared(joined, path, compared)
    if name == "timeline":
        require_dates(joined, path, by)
    from geo.draw.pages.kinds import KINDS

    more: dict[str, dict[str, Any]] = {"compare": {"groups": compared}, "timeline": {"by": by}}
    drawn = KINDS[name].draw(joined, topology, **more.get(name, {}))
    if basemap:
        from geo.draw.web.basemap import lay_basemap

        lay_basemap(drawn)
    page: str = drawn.get_root().render()
    return page.encode()
