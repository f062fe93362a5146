"""Maps: pages drawn in memory, and written all or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.build.boundaries import BUNDLED, BoundaryFile
from geo.build.choices import match_group
from geo.build.endings import settle_file
from geo.build.tables import join_checked, stay_silent
from geo.errors import Problem, TableError
from geo.join.report import JoinReport
from geo.join.selection import Choices
from geo.model import Noun
from geo.read.names import nearest_names
from geo.write.files import write_files

if TYPE_CHECKING:
    from geo.join.presence import Joined
    from geo.model import Topology

__all__ = ["MAPS", "Built", "build_maps", "limit_groups", "refuse_undated", "render_maps"]

MAPS = ("choropleth", "overlay", "compare", "timeline", "report")
MOST_GROUPS = 50


@dataclass(frozen=True)
class Built:
    """Maps as bytes, by name, what became of the table's records, and what units are called."""

    pages: Mapping[str, bytes]
    report: JoinReport
    warnings: tuple[Problem, ...]
    noun: Noun


def render_maps(
    table: Path,
    only: Iterable[str] = MAPS,
    *,
    choices: Choices | None = None,
    boundaries: BoundaryFile = BUNDLED,
    compared: tuple[str, ...] = (),
    by: str = "published",
    basemap: bool = False,
    allow_empty: bool = False,
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
    allow_empty : bool
        Draw a table without records as well.
    progress : callable
        Is told in a few words what is done next.

    Returns
    -------
    Built

    Raises
    ------
    TableError
        If the table does not hold together or has no such group or level.
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
    from geo.join.overlap import list_comparable

    compared = tuple(next(iter(match_group(joined.whole, each)), each) for each in compared)
    pages = {}
    wanted = tuple(only)
    for name in wanted:
        if name == "compare" and len(wanted) > 1 and not compared and len(list_comparable(joined.footprints)) < 2:
            progress(f"leaving out compare: fewer than two groups are named in {joined.gazetteer.noun.many}")
            continue
        if name == "timeline" and len(wanted) > 1 and (steps := _count_steps(joined, by)) < 2:
            progress(f"leaving out timeline: {steps or 'no'} step{'s' * (steps != 1)} in time")
            continue
        progress(f"drawing {name}")
        pages[name] = _draw_page(name, joined, topology, table, compared, by, basemap)
    return Built(pages, joined.report, warnings, joined.gazetteer.noun)


def build_maps(
    table: Path,
    files: Mapping[str, Path],
    *,
    choices: Choices | None = None,
    boundaries: BoundaryFile = BUNDLED,
    compared: tuple[str, ...] = (),
    by: str = "published",
    basemap: bool = False,
    allow_empty: bool = False,
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

    Returns
    -------
    Built

    Raises
    ------
    TableError, BoundaryError
        As for `render_maps`.
    WriteError
        If a file cannot be written; FormatError if its ending promises something else.

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
    files = {name: settle_file(path, ["html"], read=[table])[0] for name, path in files.items()}
    built = render_maps(
        table, files, choices=choices, compared=compared, by=by, boundaries=boundaries, basemap=basemap,
        allow_empty=allow_empty, progress=progress,
    )  # fmt: skip
    progress("writing")
    write_files({path: built.pages[name] for name, path in files.items() if name in built.pages})
    return built


def _draw_page(
    name: str, joined: Joined, topology: Topology, path: Path, compared: tuple[str, ...], by: str, basemap: bool
) -> bytes:
    if name != "choropleth":
        limit_groups(joined, path)
    if name == "compare":
        _check_compared(joined, path, compared)
    draw = getattr(import_module(f"geo.draw.{name}"), f"draw_{name}")
    if name == "timeline":
        refuse_undated(joined, path, by)
    more: dict[str, dict[str, Any]] = {"compare": {"groups": compared}, "timeline": {"by": by}}
    drawn = draw(joined, topology, **more.get(name, {}))
    if basemap:
        from geo.draw.basemap import lay_basemap

        lay_basemap(drawn)
    page: str = drawn.get_root().render()
    return page.encode()


def refuse_undated(joined: Joined, path: Path | str, by: str) -> None:
    """Refuse a time line without a step in time."""
    if not _count_steps(joined, by):
        expected = {
            "published": "`date` on a source, or --by observed where records have `observed`",
            "observed": "`observed` on a record, or `date` on its source",
        }[by]
        raise TableError([Problem(str(path), "no record has a date, so there is no step in time", expected)])


def _count_steps(joined: Joined, by: str) -> int:
    from geo.join.timeline import lay_timeline

    return len(lay_timeline(joined.table, by).steps)


def _check_compared(joined: Joined, path: Path, compared: tuple[str, ...]) -> None:
    """Refuse to compare what is not two or three different groups, each named in a unit."""
    from geo.join.overlap import list_comparable

    known = list_comparable(joined.footprints)
    groups = joined.gazetteer.noun.fill("groups that a record names {a_unit} for")
    source, expected = str(path), f"{groups}: {', '.join(known) or 'none'}"
    problems = [
        Problem(source, f"{group!r} cannot be compared: {why}", expected, nearest_names(group, known))
        for group in dict.fromkeys(compared)
        if (why := _say_why_not(group, joined, known))
    ]
    if len(set(compared)) < len(compared):
        problems.append(Problem(source, "the same group stands twice in the comparison", expected))
    if (not compared and len(known) < 2) or (compared and not 2 <= len(compared) <= 3):
        problems.append(Problem(source, f"{len(compared or known)} to compare", f"two or three {expected}"))
    if problems:
        raise TableError(problems)


def _say_why_not(group: str, joined: Joined, known: Sequence[str]) -> str:
    if group not in joined.table.groups:
        return "there is no such group"
    return "" if group in known else f"no record that counts here names {joined.gazetteer.noun.forms['a_unit']} for it"


def limit_groups(joined: Joined, path: Path | str) -> None:
    """Refuse more groups than an overlay can tell apart."""
    if len(joined.shown) > MOST_GROUPS:
        found = f"{len(joined.shown)} groups are too many to tell apart on one overlay"
        raise TableError(
            [Problem(str(path), found, f"at most {MOST_GROUPS}; 'presence overlay --group ID' draws some of them")]
        )
