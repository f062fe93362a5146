"""One function per thing a user can ask for: the rooms wired together, for the command line and Python alike.

Rooms that need geopandas or folium are imported where they are used, so that checking a table stays quick.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module, resources
from pathlib import Path
from typing import TYPE_CHECKING

from geo.draw.embed import HEIGHT, RESIZE_HASH, draw_frame, draw_picture
from geo.draw.palette import Slot, assign_slots
from geo.errors import Problem, TableError, WriteError
from geo.join.footprints import Choices
from geo.join.report import JoinReport
from geo.model import Table
from geo.read.boundaries import read_topology
from geo.read.gazetteer import read_gazetteer
from geo.read.names import nearest_names
from geo.read.page import read_page
from geo.read.presence import parse_presence, read_presence
from geo.write.files import write_files

if TYPE_CHECKING:
    from geo.join.presence import Joined
    from geo.model import Topology

__all__ = [
    "FIGURES", "FORMATS", "LABELS", "MAPS", "SIZES", "Built", "Checked", "Choices", "JoinReport", "Snippets",
    "build_figure", "build_maps", "build_snippets", "check_table", "join_table", "render_maps", "stay_silent",
    "write_starter",
]  # fmt: skip

MAPS = ("choropleth", "overlay", "compare", "report")
FIGURES = ("choropleth", "overlay", "compare", "small-multiples", "matrix")
SIZES = ("a4", "half-page", "slide")
FORMATS = ("svg", "png", "pdf")
LABELS = ("en", "fa", "code")
MOST_GROUPS = 50


@dataclass(frozen=True)
class Checked:
    """A table that holds together, what is doubtful in it, and the colours its groups will have."""

    table: Table
    warnings: tuple[Problem, ...]
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class Built:
    """Maps as bytes, by name, and what became of the table's records."""

    pages: Mapping[str, bytes]
    report: JoinReport
    warnings: tuple[Problem, ...]


@dataclass(frozen=True)
class Snippets:
    """HTML by which other pages show a map.

    Parameters
    ----------
    live : str
        Shows the file itself, as it is whenever the page around it is opened.
    frozen : str
        Shows a copy whose name carries its hash, so that it never changes; empty where no copy was wanted.
    picture : str
        A figure with a link, for systems that strip frames.
    copy : Path, optional
        The copy, beside the file.
    resize_hash : str
        Source for a Content-Security-Policy that lets the snippets' script run.
    """

    live: str
    frozen: str
    picture: str
    copy: Path | None
    resize_hash: str


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
    joined, _ = _join(table, choices or Choices(), allow_empty, stay_silent)
    return joined, read_topology()


def render_maps(
    table: Path,
    only: Iterable[str] = MAPS,
    *,
    choices: Choices | None = None,
    compared: tuple[str, ...] = (),
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
        groups to compare, the comparison is left out unless it alone is wanted.
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
    joined, warnings = _join(table, choices or Choices(), allow_empty, progress)
    from geo.join.overlap import list_comparable

    topology = read_topology()
    pages = {}
    wanted = tuple(only)
    for name in wanted:
        if name == "compare" and len(wanted) > 1 and not compared and len(list_comparable(joined.footprints)) < 2:
            progress("leaving out compare: fewer than two groups are named in provinces")
            continue
        progress(f"drawing {name}")
        pages[name] = _draw_page(name, joined, topology, table, compared)
    return Built(pages, joined.report, warnings)


def build_maps(
    table: Path,
    files: Mapping[str, Path],
    *,
    choices: Choices | None = None,
    compared: tuple[str, ...] = (),
    allow_empty: bool = False,
    progress: Callable[[str], None] = stay_silent,
) -> Built:
    """Draw maps of a table and write them, all or none.

    Parameters
    ----------
    table, choices, compared, allow_empty, progress
        As for `render_maps`.
    files : mapping of str to Path
        For each map wanted, the file it goes to; its folder is made if that folder's parent exists.

    Returns
    -------
    Built

    Raises
    ------
    TableError, BoundaryError
        As for `render_maps`.
    WriteError
        If a file cannot be written.

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
    for path in files.values():
        _spare_table(table, path)
    built = render_maps(table, files, choices=choices, compared=compared, allow_empty=allow_empty, progress=progress)
    progress("writing")
    write_files({path: built.pages[name] for name, path in files.items() if name in built.pages})
    return built


def build_figure(
    table: Path,
    kind: str,
    file: Path,
    *,
    form: str = "svg",
    size: str = "a4",
    dpi: int = 300,
    labels: str = "en",
    choices: Choices | None = None,
    allow_empty: bool = False,
    progress: Callable[[str], None] = stay_silent,
) -> Built:
    """Draw a figure for print or a slide, without a browser, and write it.

    Parameters
    ----------
    table, choices, allow_empty, progress
        As for `render_maps`; the groups of a ``compare`` are those of the choices or, without, the two that share
        most.
    kind : str
        One of `FIGURES`.
    file : Path
        Where it goes; its folder is made if that folder's parent exists.
    form, size, labels : str
        One of `FORMATS`, of `SIZES`, and of `LABELS` (names of provinces: English, Dari or codes).
    dpi : int
        Dots an inch of a PNG.

    Returns
    -------
    Built
        Its only page is called ``kind``.

    Raises
    ------
    TableError, BoundaryError
        As for `render_maps`; also if the groups cannot be drawn so or no font has a character of the table.
    WriteError
        If the file cannot be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     table = Path(folder) / "t.yaml"
    ...     _ = table.write_text("presence: {Group A: [Kabul]}", encoding="utf-8")
    ...     built = build_figure(table, "overlay", Path(folder) / "a.pdf", form="pdf")
    >>> built.pages["overlay"][:5]
    b'%PDF-'
    """
    _spare_table(table, file)
    joined, warnings = _join(table, choices or Choices(), allow_empty, progress)
    if kind == "overlay":
        _limit_groups(joined, table)
    from geo.draw.figure.draw import draw_figure
    from geo.draw.figure.save import save_figure

    progress(f"drawing {kind}")
    figure = draw_figure(joined, read_topology(), kind, size=size, labels=labels, source=str(table))
    built = Built({kind: save_figure(figure, form, dpi)}, joined.report, warnings)
    progress("writing")
    write_files({file: built.pages[kind]})
    return built


def build_snippets(
    file: Path, *, picture: str = "overlay.png", height: int | None = None, freeze: bool = True
) -> Snippets:
    """Write the HTML by which another page shows a map, and a copy of the map that never changes.

    Parameters
    ----------
    file : Path
        A map, as `build_maps` writes it.
    picture : str
        Name of the figure that stands in for the map where frames are stripped.
    height : int, optional
        Of the frame, in CSS pixels, where the map cannot tell its own.
    freeze : bool
        Copy the file to ``NAME-HASH.html`` beside it; the hash is the first 12 digits of the file's SHA-256.

    Returns
    -------
    Snippets

    Raises
    ------
    PresenceError
        If the file cannot be read or is none of our maps.
    WriteError
        If the copy cannot be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> data = '<title>A</title><script id="presence-data">{"version":1}</script>'
    >>> with TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "a.html").write_text(data, encoding="utf-8")
    ...     build_snippets(Path(folder) / "a.html").copy.name
    'a-04c8d5aa011a.html'
    """
    page, data = read_page(file)
    high = height or HEIGHT
    mark = f"-{hashlib.sha256(data).hexdigest()[:12]}"
    copy = file.with_name(f"{file.stem.removesuffix(mark)}{mark}{file.suffix}") if freeze else None
    if copy and copy != file:
        write_files({copy: data})
    return Snippets(
        draw_frame(page.title, file.name, high),
        draw_frame(page.title, copy.name, high) if copy else "",
        draw_picture(page.title, page.description, file.name, picture),
        copy,
        RESIZE_HASH,
    )


def _spare_table(table: Path, file: Path) -> None:
    if file.resolve() == table.resolve():
        raise WriteError([Problem(str(file), "is the table itself", "another file for the map")])


def _join(
    table: Path | str, choices: Choices, allow_empty: bool, progress: Callable[[str], None]
) -> tuple[Joined, tuple[Problem, ...]]:
    gazetteer = read_gazetteer()
    if isinstance(table, str):
        name = "table"
        checked, warnings = parse_presence(table.encode(), name, gazetteer, allow_empty=allow_empty)
    else:
        name = str(table)
        progress("reading standard input" if name == "-" else f"reading {name}")
        checked, warnings = read_presence(table, gazetteer, allow_empty=allow_empty)
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


def _draw_page(name: str, joined: Joined, topology: Topology, path: Path, compared: tuple[str, ...]) -> bytes:
    if name != "choropleth":
        _limit_groups(joined, path)
    if name == "compare":
        _check_compared(joined, path, compared)
    draw = getattr(import_module(f"geo.draw.{name}"), f"draw_{name}")
    page: str = draw(joined, topology, *([compared] if name == "compare" else [])).get_root().render()
    return page.encode()


def _check_compared(joined: Joined, path: Path, compared: tuple[str, ...]) -> None:
    """Refuse to compare what is not two or three different groups, each named in a unit."""
    from geo.join.overlap import list_comparable

    known = list_comparable(joined.footprints)
    source, expected = str(path), f"groups that a record names a province for: {', '.join(known) or 'none'}"
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
    return "" if group in known else "no record that counts here names a province for it"


def _limit_groups(joined: Joined, path: Path) -> None:
    if len(joined.shown) > MOST_GROUPS:
        found = f"{len(joined.shown)} groups are too many to tell apart on one overlay"
        raise TableError([Problem(str(path), found, f"at most {MOST_GROUPS}; choose some of them")])


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
