"""What a Python program or a notebook asks for: ``import geo``, then tables, boundaries, joins and maps as values."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.build.boundaries import BoundaryFile, load_boundaries
from geo.errors import BoundaryError, Problem
from geo.join.selection import Choices
from geo.model import Activity, Gazetteer, Table
from geo.read import boundaries as bundled
from geo.read import presence
from geo.read.dates import read_day
from geo.read.gazetteer import read_gazetteer
from geo.read.layers import Layer
from geo.read.own_units import Gathered, OwnUnits, gather_units, make_noun

if TYPE_CHECKING:
    import folium
    from geopandas import GeoDataFrame
    from matplotlib.figure import Figure

    from geo.join.overlap import Overlap
    from geo.join.presence import Joined
    from geo.model import Topology

__all__ = [
    "PresenceWarning", "compare_footprints", "count_events", "draw_choropleth", "draw_events", "draw_figure",
    "draw_overlay", "draw_timeline", "join_presence", "read_boundaries", "read_presence",
]  # fmt: skip


class PresenceWarning(UserWarning):
    """Something in a table or a boundary file is doubtful; `warnings.filterwarnings` can make it an error."""


def read_presence(
    source: Path | str | Any,
    *,
    boundaries: GeoDataFrame | None = None,
    units: str | None = None,
    allow_empty: bool = False,
) -> Table:
    """Read and check a presence table.

    Parameters
    ----------
    source : Path, str or pandas.DataFrame
        A file, or a frame with one record a row and the columns of a spreadsheet (``docs/spreadsheets.md``); several
        groups or provinces in a cell as a list, or parted by semicolons.
    boundaries : geopandas.GeoDataFrame, optional
        With ``units``, the units that the table names, by index (the code) and ``name``; those of the same ``region``,
        where there is such a column, are the region of that name.
    units : str, optional
        What a unit of those boundaries is called, such as ``"district"``; the bundled provinces without.
    allow_empty : bool
        Accept a table without records.

    Returns
    -------
    Table

    Raises
    ------
    TableError
        With every error found; rows of a frame are counted from 2, below the header.

    Warns
    -----
    PresenceWarning
        For what is doubtful.

    Examples
    --------
    >>> import pandas
    >>> frame = pandas.DataFrame({"group": ["Red"], "in": [["Kabul", "Kunar"]], "source": ["A report"]})
    >>> [(claim.group, claim.unit) for claim in read_presence(frame).claims]
    [('red', 'AF-KAB'), ('red', 'AF-KNR')]
    """
    gazetteer = read_gazetteer() if units is None else _gather_units(boundaries, units).gazetteer
    if isinstance(source, Path | str):
        table, doubts = presence.read_presence(source, gazetteer, allow_empty=allow_empty)
    else:
        from geo.read.separated import parse_separated
        from geo.read.sheets import assemble_table

        grid = parse_separated(_write_rows(source).encode(), "DataFrame")
        assembled = assemble_table([grid], gazetteer, allow_empty=allow_empty)
        table, doubts = assembled.table, assembled.warnings
    _warn(doubts)
    return table


def _write_rows(frame: Any) -> str:
    """Write a frame as CSV, each value as a person would: no ``12.0`` for twelve, nothing for nothing."""
    text = frame.apply(lambda column: column.map(_write_cell))
    return str(text.to_csv(index=False))


def _write_cell(value: Any) -> str:
    if isinstance(value, list | tuple | set | frozenset):
        return "; ".join(map(_write_cell, sorted(value) if isinstance(value, set | frozenset) else value))
    if value is None or value != value:  # only a NaN, or a day that is none, differs from itself
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).removesuffix(" 00:00:00")  # a day of pandas


def read_boundaries(
    file: Path | str | None = None,
    *,
    layer: str | None = None,
    key: str | None = None,
    aliases: Path | str | None = None,
    units: str | None = None,
    name: str | None = None,
    within: str | None = None,
) -> GeoDataFrame:
    """Read boundaries, by default the bundled provinces.

    Parameters
    ----------
    file : Path or str, optional
        GeoJSON, TopoJSON, Shapefile (also in a .zip), GeoPackage or GeoParquet.
    layer, key, aliases, units, name, within
        As for ``presence build --boundaries``: with ``units`` every shape is a unit of its own.

    Returns
    -------
    geopandas.GeoDataFrame
        Indexed by ``code``, with ``pcode``, ``name``, ``name_fa`` and geometry in degrees (EPSG:4326); of units of
        their own also ``region``.

    Raises
    ------
    BoundaryError
        Naming every shape that is no province beyond doubt.

    Warns
    -----
    PresenceWarning
        For what was repaired or taken for granted.

    Examples
    --------
    >>> read_boundaries().loc["AF-PAN", "name"]
    'Panjshir'
    """
    own = None if units is None else OwnUnits(make_noun(units), None, name, within)
    path, others = (None if each is None else Path(each) for each in (file, aliases))
    chosen = BoundaryFile(path, layer, key, others, own)
    found = load_boundaries(chosen)
    _warn(found.warnings)
    known = found.gazetteer.units
    return found.frame if own is None else found.frame.assign(region=[known[code].region for code in found.frame.index])


def join_presence(
    table: Table,
    boundaries: GeoDataFrame | None = None,
    *,
    units: str | None = None,
    level: str | None = None,
    groups: Iterable[str] | None = None,
    roll_up: bool = False,
    as_of: str | None = None,
    basis: Iterable[str] = (),
    confidence: str | None = None,
    grade: str | None = None,
) -> Joined:
    """Join a table to boundaries.

    Parameters
    ----------
    table : Table
    boundaries : geopandas.GeoDataFrame, optional
        Indexed by code, in any reference system; the bundled provinces without.
    units : str, optional
        As for `read_presence`.
    level : str, optional
        Count claims at this level or, where it has a rank, above.
    groups : iterable of str, optional
        Ids of the groups shown.
    roll_up : bool
        Count a group as the one that it is part of.
    as_of : str, optional
        Take only what was published by this year, month or day, such as ``"2020-06"``.
    basis : iterable of str
        Take only records that are ``"reported"``, ``"claimed"`` or ``"assessed"``, or some of these.
    confidence : str, optional
        Take only records with at least this confidence: ``"low"``, ``"moderate"`` or ``"high"``.
    grade : str, optional
        Take only records graded at least so: ``"B"``, ``"3"`` or ``"B3"``. ``report.hidden`` counts what was left out.

    Returns
    -------
    Joined
        ``units`` and ``claims`` are GeoDataFrames.

    Raises
    ------
    BoundaryError
        If the frame has no reference system, or not the units that the table names.

    Examples
    --------
    >>> joined = join_presence(read_presence("presence.yaml"))
    >>> int(joined.units.loc["AF-KAB", "groups"])
    3
    """
    from geo.join import presence as joining

    gazetteer = read_gazetteer()
    if units is not None:
        own = _gather_units(boundaries, units)
        gazetteer, boundaries = own.gazetteer, own.frame
    elif boundaries is None:
        boundaries = bundled.read_boundaries()
    elif boundaries.crs is None:
        raise BoundaryError([Problem("boundaries", "no reference system", "one: frame.set_crs(4326) for degrees")])
    else:
        boundaries = boundaries.to_crs(4326)
        if not _is_bundled(boundaries):
            gazetteer = _name_giver(gazetteer)
    shown = tuple(groups) if groups is not None else None
    choices = Choices(
        level, shown, roll_up, as_of=read_day(as_of), basis=tuple(basis), confidence=confidence, grade=grade
    )
    return joining.join_presence(table, gazetteer, boundaries, choices)


def _gather_units(frame: GeoDataFrame | None, units: str) -> Gathered:
    """Make units of a frame's rows."""
    if frame is None or frame.crs is None or "name" not in frame:
        found = "units without boundaries" if frame is None else "boundaries without a reference system or a name"
        expected = "boundaries=, a GeoDataFrame by code with `name`, perhaps `region`, and a reference system"
        raise BoundaryError([Problem("boundaries", found, expected)])
    columns = {"code": frame.index, "name": frame["name"], **({"region": frame["region"]} if "region" in frame else {})}
    fields = {name: tuple(map(str, values)) for name, values in columns.items()}
    own = OwnUnits(make_noun(units), "code", "name", "region" if "region" in frame else None)
    gathered = gather_units(Layer("boundaries", "GeoDataFrame", "", fields, frame.geometry.to_crs(4326)), own)
    return replace(gathered, gazetteer=_name_giver(gathered.gazetteer))


def _name_giver(gazetteer: Gazetteer) -> Gazetteer:
    return replace(gazetteer, credit="given by the author of the map", file="")


def compare_footprints(joined: Joined, groups: Sequence[str], *, what_if: bool = False) -> Overlap:
    """Compare the provinces that two or more groups are named in.

    Parameters
    ----------
    joined : Joined
    groups : sequence of str
        Their ids.
    what_if : bool
        Count every province of the regions claimed as if it were named: a what-if, not a bound.

    Returns
    -------
    Overlap
        Units shared and alone, Jaccard index, overlap coefficient, shares of area and of settled population.

    Examples
    --------
    >>> found = compare_footprints(join_presence(read_presence("presence.yaml")), ["haqqani", "isis-k"])
    >>> len(found.shared), len(found.union), found.coefficient
    (3, 9, 1.0)
    """
    from geo.join import overlap

    measures = overlap.measure_units(joined.units, joined.gazetteer)
    return overlap.compare_footprints(joined.footprints, groups, measures, what_if=what_if)


def draw_choropleth(
    joined: Joined, *, count: str = "groups", language: str = "en", standalone: bool = True
) -> folium.Map:
    """Draw how many groups are named in each province, or how many independent sources name any.

    Parameters
    ----------
    joined : Joined
    count : str
        ``"groups"`` or ``"sources"``; those of one author, or that quote each other or the same third one, are one.
    language : str
        ``"en"``, ``"fa"`` (Dari) or ``"ps"`` (Pashto).
    standalone : bool
        One file that asks no server or, for popups and plugins of your own, folium's usual assets.

    Returns
    -------
    folium.Map
        Shows itself in a notebook; ``save`` writes the page.

    Examples
    --------
    >>> "groups" in draw_choropleth(join_presence(read_presence("presence.yaml"))).get_root().render()
    True
    """
    from geo.draw.choropleth import draw_choropleth as draw

    joined = replace(joined, choices=replace(joined.choices, count=count))
    return draw(_translate(joined, language), _find_topology(joined), standalone=standalone)


def draw_overlay(joined: Joined, *, language: str = "en", standalone: bool = True) -> folium.Map:
    """Draw all groups at once, in equal bands.

    Parameters
    ----------
    joined, language, standalone
        As for `draw_choropleth`.

    Returns
    -------
    folium.Map

    Examples
    --------
    >>> draw_overlay(join_presence(read_presence("presence.yaml"))).get_name()
    'map_presence'
    """
    from geo.draw.overlay import draw_overlay as draw

    return draw(_translate(joined, language), _find_topology(joined), standalone=standalone)


def draw_timeline(
    joined: Joined, *, by: str = "published", language: str = "en", standalone: bool = True
) -> folium.Map:
    """Draw a table at every step in time at which something changes, with a slider.

    Parameters
    ----------
    joined : Joined
        With at least one record that has a date.
    by : str
        ``"published"``: each step is what could have been drawn on that day; ``"observed"``: what is now reported
        of it.
    language, standalone
        As for `draw_choropleth`.

    Returns
    -------
    folium.Map

    Examples
    --------
    >>> 'id="step"' in draw_timeline(join_presence(read_presence("presence.yaml"))).get_root().render()
    True
    """
    from geo.draw.timeline import draw_timeline as draw

    return draw(_translate(joined, language), _find_topology(joined), by=by, standalone=standalone)


def draw_figure(joined: Joined, kind: str, *, size: str = "a4", labels: str = "en") -> Figure:
    """Draw a figure for print or a slide.

    Parameters
    ----------
    joined : Joined
    kind : str
        ``"choropleth"``, ``"overlay"``, ``"compare"``, ``"small-multiples"`` or ``"matrix"``.
    size : str
        ``"a4"``, ``"half-page"`` or ``"slide"``.
    labels : str
        ``"en"``, ``"fa"`` (Dari) or ``"code"``.

    Returns
    -------
    matplotlib.figure.Figure

    Examples
    --------
    >>> figure = draw_figure(join_presence(read_presence("presence.yaml")), "matrix", size="slide")
    >>> float(figure.get_size_inches()[1])
    7.5
    """
    from geo.draw.figure.draw import draw_figure as draw

    return draw(joined, _find_topology(joined), kind, size=size, labels=labels)


def count_events(
    files: Iterable[Path | str],
    groups: Path | str | Mapping[str, Sequence[str]] | None = None,
    *,
    by: str = "month",
    since: str | None = None,
    until: str | None = None,
    places: bool = False,
    may_pass_on: bool = False,
) -> Activity:
    r"""Count the events of files of UCDP GED, ACLED, GTD, GDELT or another format in provinces.

    Parameters
    ----------
    files : iterable of Path or str
        All of one collection.
    groups : Path, str or mapping, optional
        A YAML file, or the actors of each group by its id; all events count as they are without.
    by : str
        ``"all"``, ``"year"``, ``"month"`` or ``"day"``.
    since, until : str, optional
        A year, month or day; events that do not surely lie between them do not count.
    places : bool
        Keep coordinates, for points on the map.
    may_pass_on : bool
        You have leave to pass on rows whose licence forbids it, as a page with points does.

    Returns
    -------
    Activity
        ``counts`` by group, unit and period; ``tally`` says what was left out and why.

    Raises
    ------
    EventsError
        If a file cannot be read or is of no known format.

    Warns
    -----
    PresenceWarning
        For what is doubtful, such as ids that stand twice.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "events.csv"
    ...     _ = file.write_text("id,date,actor,lat,lon\n1,2020-07-01,Taleban,34.53,69.17\n")
    ...     activity = count_events([file], {"taliban": ["Taliban", "Taleban"]})
    >>> [(each.group, each.unit, str(each.period), each.events) for each in activity.counts]
    [(None, 'AF-KAB', '2020-07', 1), ('taliban', 'AF-KAB', '2020-07', 1)]
    """
    from geo.build import event_counts
    from geo.read.actors import Actors, read_actors

    actors = None
    if isinstance(groups, Mapping):
        named = {name: group for group, names in groups.items() for name in names}
        actors = Actors({group: group for group in groups}, named)
    elif groups is not None:
        actors = read_actors(groups)
    reading = event_counts.EventReading(
        by=by, since=read_day(since), until=read_day(until), places=places, may_pass_on=may_pass_on
    )
    activity, _, doubts = event_counts.count_events([Path(file) for file in files], actors, reading=reading)
    _warn(doubts)
    return activity


def draw_events(
    activity: Activity,
    *,
    method: str = "fisher-jenks",
    classes: int = 5,
    language: str = "en",
    standalone: bool = True,
) -> folium.Map:
    """Draw recorded events as counts and rates per 100,000 people, over time.

    Parameters
    ----------
    activity : Activity
        From `count_events`.
    method : str
        How numbers are put into classes: ``"fisher-jenks"``, ``"quantiles"``, ``"equal-interval"``, ``"head-tail"``.
    classes : int
        At most so many.
    language, standalone
        As for `draw_choropleth`.

    Returns
    -------
    folium.Map

    Examples
    --------
    >>> from geo.model import EventCount
    >>> counts = (EventCount(None, "AF-KAB", None, 3),)
    >>> "recorded in Kabul" in draw_events(Activity("Events", "all", {}, counts, (), (), {})).get_root().render()
    True
    """
    from geo.draw.events import draw_events as draw

    joined = _translate(join_presence(Table(activity.title, {}, {}, {}, (), ())), language)
    return draw(joined, activity, _find_topology(joined), method=method, classes=classes, standalone=standalone)


def _translate(joined: Joined, language: str) -> Joined:
    return replace(joined, choices=replace(joined.choices, language=language))


def _find_topology(joined: Joined) -> Topology:
    """Give the thinned boundaries that belong to a join: the bundled ones, with neighbours, or made for it."""
    if _is_bundled(joined.units):
        return bundled.read_topology()
    from geo.draw.thinning import thin_units

    return thin_units(joined.units)


def _is_bundled(frame: GeoDataFrame) -> bool:
    ours = bundled.read_boundaries()
    return list(frame.index) == list(ours.index) and bool(frame.geometry.geom_equals_exact(ours.geometry, 0).all())


def _warn(problems: Iterable[Problem]) -> None:
    for problem in problems:
        warnings.warn(str(problem), PresenceWarning, stacklevel=3)
