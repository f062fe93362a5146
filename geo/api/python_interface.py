"""What a Python program or a notebook asks for: ``import geo``, then tables, boundaries, joins and maps as values."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.api.boundaries import BoundaryFile, load_boundaries
from geo.api.checks.arguments import Gate, reword_for_python, reword_problem, show_value
from geo.api.checks.check_choices import find_groups, settle_choices
from geo.api.tables import refuse_empty
from geo.errors import BoundaryError, EventsError, PresenceError, Problem, TableError
from geo.join.filters import Choices
from geo.model import Activity, Gazetteer, NewEntry, Table
from geo.option_values import (
    BASES,
    CLASS_METHODS,
    CLASSES,
    COUNTS,
    FIGURES,
    LABELS,
    LANGUAGES,
    MEASURES,
    PERIODS,
    PROJECTIONS,
    SIZES,
    SOCIAL,
    STEPS_BY,
)
from geo.read.any_table import read_table
from geo.read.boundaries import bundled
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.boundaries.user_units import UnitChoices, UserUnits, gather_units, make_noun
from geo.yaml_words import Value

if TYPE_CHECKING:
    import folium
    import pandas
    from geopandas import GeoDataFrame
    from matplotlib.figure import Figure

    from geo.api.publication.verify_folder import Verification
    from geo.api.quotes.checked_quotes import CheckedQuotes
    from geo.join.joined_table import JoinedTable
    from geo.join.overlap import Overlap
    from geo.model import Topology

__all__ = [
    "PresenceError", "PresenceWarning", "add_records", "check_quotes", "compare_all", "compare_footprints",
    "count_events",
    "draw_choropleth", "draw_events", "draw_figure", "draw_overlay", "draw_timeline", "join_presence",
    "read_boundaries", "read_presence", "verify_folder",
]  # fmt: skip


FEWEST = 2
"""Groups of a comparison."""

PAIR_COLUMNS = [
    "group", "other", "shared", "only_group", "only_other", "union", "jaccard", "coefficient", "area_share",
    "population_share",
]  # fmt: skip


class PresenceWarning(UserWarning):
    """Something in a table or a boundary file is doubtful; `warnings.filterwarnings` can make it an error."""


@reword_for_python
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
        A file, as YAML, an .xlsx workbook or CSV, or a frame with one record a row and the columns that ``presence
        export`` gives to records: ``group``, ``in``, ``level``, ``source`` and so on; several groups or provinces in a
        cell as a list, or parted by semicolons.
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
    gate = Gate("read_presence")
    gate.check_flags(allow_empty=allow_empty)
    if not isinstance(source, Path | str) and not hasattr(source, "iloc"):
        gate.refuse(f"source {show_value(source)}", "the path of a table, or a pandas.DataFrame")
    if boundaries is not None and units is None:
        gate.refuse("boundaries without units", "units= with what one of them is called, such as 'district'")
    gate.close(TableError)
    gazetteer = read_gazetteer() if units is None else _gather_units(boundaries, units).gazetteer
    if isinstance(source, Path | str):
        table, doubts = read_table(source, gazetteer, allow_empty=allow_empty)
    else:
        from geo.read.dataframes import write_rows
        from geo.read.sheets.csv_reader import parse_separated
        from geo.read.sheets.grids_to_table import assemble_table

        grid = parse_separated(write_rows(source).encode(), "DataFrame")
        assembled = assemble_table([grid], gazetteer, allow_empty=allow_empty)
        table, doubts = assembled.table, (*assembled.told, *assembled.warnings)
    _warn(doubts)
    return table


@reword_for_python
def check_quotes(
    table: Path | str, *, boundaries: GeoDataFrame | None = None, units: str | None = None
) -> CheckedQuotes:
    r"""Look for each quote of a table in the copy of its source.

    Blanks, hyphens at ends of lines, quotation marks and ligatures make no difference; every other letter does.

    Parameters
    ----------
    table : Path or str
        A file, beside which the copies are that its sources name.
    boundaries, units
        As for `read_presence`.

    Returns
    -------
    CheckedQuotes
        ``findings`` say of each quote, in order, what became of it: its ``state`` is ``"found"``, ``"elsewhere"`` (its
        page or locator does not hold), ``"not found"`` or ``"no copy"``, and ``found`` has the places and, where there
        is none, the nearest words. ``errors`` are what `presence check --quotes` would fail for.

    Raises
    ------
    TableError
        If the table does not hold together, is standard input, or a link leads a copy out of its folder.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     made = Path(folder, "report.txt").write_text("The Reds are here. The Blues left.", encoding="utf-8")
    ...     text = "sources: {s: {title: A report, copy: {file: report.txt}}}\npresence:\n"
    ...     text += "- {group: Reds, in: Kabul, source: s, quote: The Reds are here.}\n"
    ...     text += "- {group: Reds, in: Kunar, source: s, quote: The Blues are here.}\n"
    ...     made = Path(folder, "t.yaml").write_text(text + "groups: {Reds: {name: Reds}}", encoding="utf-8")
    ...     checked = check_quotes(Path(folder, "t.yaml"))
    >>> [(each.of, each.state, each.found.nearest) for each in checked.findings]
    [('record 1', 'found', ''), ('record 2', 'not found', 'The Reds are here.')]
    """
    from geo.api.quotes.checked_quotes import prove_quotes
    from geo.api.quotes.copies import refuse_piped

    gate = Gate("check_quotes")
    gate.check_type("table", table, (str, Path), "the path of a table")
    if boundaries is not None and units is None:
        gate.refuse("boundaries without units", "units= with what one of them is called, such as 'district'")
    gate.close(TableError)
    refuse_piped(Path(table))
    gazetteer = read_gazetteer() if units is None else _gather_units(boundaries, units).gazetteer
    checked, _ = read_table(table, gazetteer, allow_empty=True)
    return prove_quotes(Path(table), checked)


@reword_for_python
def add_records(table: Path | str, records: Iterable[Mapping[str, Any]]) -> Table:
    r"""Put records into the text of a table that stands in a file, all or none.

    Comments, order and every other byte stay. The new text is read whole before it takes the place of the old one.

    Parameters
    ----------
    table : Path or str
        The file of a presence table.
    records : iterable of dict
        Each with the keys of a record, as ``group``, ``in``, ``level`` and ``source``; values are texts, numbers,
        dates, True, or lists and mappings of them. None leaves a key out.

    Returns
    -------
    Table
        The table with its new records.

    Raises
    ------
    TableError
        If the table has a mistake, or a record would be one; then the file is as it was.

    Warns
    -----
    PresenceWarning
        For what is doubtful in the new table.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "t.yaml")
    ...     _ = path.write_text("sources: {s: {title: S}}\ngroups: {a: {name: A}}  # all\n", encoding="utf-8")
    ...     table = add_records(path, [{"group": "a", "in": ["Kunar", "Ghor"], "source": "s"}])
    ...     print(path.read_text(encoding="utf-8"))
    sources: {s: {title: S}}
    groups: {a: {name: A}}  # all
    <BLANKLINE>
    presence:
      - group: a
        in: [Kunar, Ghor]
        source: s
    <BLANKLINE>
    """
    from geo.api.entry.added_entries import add_entries

    gate = Gate("add_records")
    gate.check_type("table", table, (str, Path), "the path of a table")
    listed = gate.take_list("records", records, ("...",)) or ()
    entries = []
    for number, record in enumerate(listed, 1):
        if gate.check_type(f"record {number}", record, Mapping, "a mapping, such as {'group': 'red', 'in': ['Kabul']}"):
            values = {str(key): value for key, value in record.items() if value is not None}
            written = {key: _word_value(gate, f"{key} of record {number}", value) for key, value in values.items()}
            entries.append(NewEntry(("presence",), written))
    gate.close(TableError)
    added = add_entries(Path(table), entries)
    _warn(added.warnings)
    return added.table


def _word_value(gate: Gate, name: str, value: Any) -> Value:
    """Write a value of a program as a table has it: texts, and lists and mappings of them."""
    if isinstance(value, Mapping):
        return {str(key): _word_value(gate, f"{key} in {name}", each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_word_value(gate, name, each) for each in value]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime) or not isinstance(value, str | int | float | date):
        gate.refuse(f"{name} {show_value(value)}", "a text, a number, a date, True, or a list or mapping of them")
    return f"{value:g}" if isinstance(value, float) else str(value)


@reword_for_python
def read_boundaries(
    file: Path | str | None = None,
    *,
    layer: str | None = None,
    key: str | None = None,
    aliases: Path | str | None = None,
    units: str | None = None,
    name: str | None = None,
    within: str | None = None,
    dissolve: bool = False,
) -> GeoDataFrame:
    """Read boundaries, by default the bundled provinces.

    Parameters
    ----------
    file : Path or str, optional
        GeoJSON, TopoJSON, Shapefile (also in a .zip), GeoPackage or GeoParquet.
    layer, key, aliases, units, name, within
        As for ``presence build --boundaries``: with ``units`` every shape is a unit of its own.
    dissolve : bool
        Unite the shapes of each province; with ``units`` those of each area of ``within``.

    Returns
    -------
    geopandas.GeoDataFrame
        Indexed by ``code``, with ``pcode``, ``name``, ``name_fa`` and geometry in degrees (EPSG:4326), counted on past
        180 where a country lies across it; of units of their own also ``region``.

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
    gate = Gate("read_boundaries")
    words = {"layer": layer, "key": key, "units": units, "name": name, "within": within}
    for word, value in words.items():
        if value is not None and not isinstance(value, str):
            gate.refuse(f"{word} {show_value(value)}", "a text, or None")
    gate.check_flags(dissolve=dissolve)
    for word, given in {"file": file, "aliases": aliases}.items():
        if given is not None and not isinstance(given, Path | str):
            gate.refuse(f"{word} {show_value(given)}", "the path of a file, or None")
    if file is None and (dissolve or any(each is not None for each in (*words.values(), aliases))):
        gate.refuse("words that say how a file is read, without one", "file= with the path of a boundary file")
    if units is None and (name is not None or within is not None):
        gate.refuse("name or within without units", "units= with what one of the shapes is called, such as 'district'")
    gate.close(BoundaryError)
    own = None if units is None else UnitChoices(make_noun(units), None, name, within, dissolve)
    path, others = (None if each is None else Path(each) for each in (file, aliases))
    chosen = BoundaryFile(path, layer, key, others, own, dissolve and own is None)
    found = load_boundaries(chosen)
    _warn(found.warnings)
    known = found.gazetteer.units
    return found.frame if own is None else found.frame.assign(region=[known[code].region for code in found.frame.index])


@reword_for_python
def join_presence(
    table: Table,
    boundaries: GeoDataFrame | None = None,
    *,
    units: str | None = None,
    level: str | None = None,
    groups: Iterable[str] | None = None,
    roll_up: bool = False,
    as_of: str | date | None = None,
    basis: Iterable[str] = (),
    confidence: str | None = None,
    grade: str | None = None,
    allow_empty: bool = False,
) -> JoinedTable:
    """Join a table to boundaries.

    Parameters
    ----------
    table : Table
    boundaries : geopandas.GeoDataFrame, optional
        In any reference system, by code, or with columns that name each shape as a boundary file does; the bundled
        provinces without.
    units : str, optional
        As for `read_presence`.
    level : str, optional
        Count claims at this level or, where it has a rank, above.
    groups : iterable of str, optional
        The groups shown, by id, name or alias.
    roll_up : bool
        Count a group as the one that it is part of.
    as_of : str or datetime.date, optional
        Take only what was published by this year, month or day, such as ``"2020-06"``.
    basis : iterable of str
        Take only records that are ``"reported"``, ``"claimed"`` or ``"assessed"``, or some of these.
    confidence : str, optional
        Take only records with at least this confidence: ``"low"``, ``"moderate"`` or ``"high"``.
    grade : str, optional
        Take only records graded at least so: ``"B"``, ``"3"`` or ``"B3"``. ``report.hidden`` counts what was left out.
    allow_empty : bool
        Accept choices that leave no record.

    Returns
    -------
    JoinedTable
        ``units`` and ``claims`` are GeoDataFrames.

    Raises
    ------
    TableError
        If the table has no such group or level, or nothing is left of it.
    BoundaryError
        If the frame fails a check that a boundary file has to pass, or has not the units that the table names.

    Warns
    -----
    PresenceWarning
        For what was repaired in the boundaries or taken for granted.

    Examples
    --------
    >>> joined = join_presence(read_presence("presence.yaml"))
    >>> int(joined.units.loc["AF-KAB", "groups"])
    3
    """
    from geo.join import joined_table as joining

    gate = Gate("join_presence")
    gate.check_flags(roll_up=roll_up, allow_empty=allow_empty)
    gate.check_type("table", table, Table, "a table: geo.read_presence(FILE)")
    gate.close(TableError)
    shown = None if groups is None else gate.take_list("groups", groups, tuple(table.groups)[:2])
    chosen = gate.take_list("basis", basis, BASES[:2])
    day = gate.read_date("as_of", as_of)
    gate.close(TableError)
    asked = Choices(level, shown, roll_up, as_of=day, basis=chosen or (), confidence=confidence, grade=grade)
    choices = settle_choices("table", table, asked)
    gazetteer, frame, doubts = _find_units(boundaries, units)
    joined = joining.join_presence(table, gazetteer, frame, choices)
    if not allow_empty:
        refuse_empty("table", joined.table, table, choices)
    _warn(doubts)
    return joined


def _find_units(frame: GeoDataFrame | None, units: str | None) -> tuple[Gazetteer, GeoDataFrame, tuple[Problem, ...]]:
    """Find the units to join to, and what is doubtful in a frame that a user brings."""
    gazetteer = read_gazetteer()
    if units is not None:
        own = _gather_units(frame, units)
        return own.gazetteer, own.frame, own.warnings
    if frame is None:
        return gazetteer, bundled.read_boundaries(), ()
    from geo.read.boundaries.match_to_gazetteer import match_layer, settle_units
    from geo.read.dataframes import read_shapes

    layer = read_shapes(frame)
    found, doubts = settle_units(layer, match_layer(layer, gazetteer), gazetteer)
    return (gazetteer if _is_bundled(found) else _name_giver(gazetteer)), found, doubts


def _gather_units(frame: GeoDataFrame | None, units: str) -> UserUnits:
    """Make units of a frame's rows."""
    expected = "boundaries=, a GeoDataFrame by code with `name`, perhaps `region`"
    if not isinstance(units, str):
        raise BoundaryError([Problem("units", show_value(units), "what a unit is called, such as 'district'")])
    if frame is None:
        raise BoundaryError([Problem("boundaries", "units without boundaries", expected)])
    from geo.read.dataframes import read_shapes

    noun = make_noun(units)
    layer = read_shapes(frame)
    if "name" not in layer.fields:
        raise BoundaryError([Problem("boundaries", "no column `name`", expected)])
    kept = {name: layer.fields[name] for name in ("code", "name", "name_fa", "region") if name in layer.fields}
    own = UnitChoices(noun, "code", "name", "region" if "region" in kept else None)
    gathered = gather_units(replace(layer, fields=kept), own)
    known = _name_giver(gathered.gazetteer)
    return replace(gathered, gazetteer=known, warnings=(*layer.warnings, *gathered.warnings))


def _name_giver(gazetteer: Gazetteer) -> Gazetteer:
    return replace(gazetteer, credit="given by the author of the map", file="")


@reword_for_python
def compare_footprints(joined: JoinedTable, groups: Sequence[str], *, what_if: bool = False) -> Overlap:
    """Compare the provinces that two or more groups are named in.

    Parameters
    ----------
    joined : JoinedTable
    groups : sequence of str
        At least two, by id, name or alias, each with a province that a record names for it.
    what_if : bool
        Count every province of the regions claimed as if it were named: a what-if, not a bound.

    Returns
    -------
    Overlap
        Units shared and alone, Jaccard index, overlap coefficient, shares of area and of settled population.

    Raises
    ------
    TableError
        If these are no groups to compare, with those that can be.

    Examples
    --------
    >>> found = compare_footprints(join_presence(read_presence("presence.yaml")), ["haqqani", "isis-k"])
    >>> len(found.shared), len(found.union), found.coefficient
    (3, 9, 1.0)
    """
    from geo.join import overlap

    gate = Gate("compare_footprints")
    gate.check_flags(what_if=what_if)
    _check_joined(gate, joined)
    gate.close(TableError)
    known = overlap.list_comparable(joined.footprints)
    listed = gate.take_list("groups", groups, known[:2])
    gate.close(TableError)
    chosen = find_groups(gate, joined.whole, listed or ())
    unnamed = joined.gazetteer.noun.fill("for which a record names {a_unit}")
    for group in dict.fromkeys(chosen):
        if group not in known:
            gate.refuse(f"group {group!r}, for which none does", f"groups {unnamed}: {', '.join(known) or 'none'}")
        elif chosen.count(group) > 1:
            gate.refuse(f"group {group!r} twice", f"different groups of {', '.join(known)}")
    if not gate.problems and len(chosen) < FEWEST:
        gate.refuse(f"{len(chosen)} to compare", f"at least two groups {unnamed}: {', '.join(known) or 'none'}")
    gate.close(TableError)
    measures = overlap.measure_units(joined.units, joined.gazetteer)
    return overlap.compare_footprints(joined.footprints, chosen, measures, what_if=what_if)


@reword_for_python
def compare_all(joined: JoinedTable, *, what_if: bool = False) -> pandas.DataFrame:
    """Compare all pairs of groups for which a record names a province.

    Parameters
    ----------
    joined : JoinedTable
    what_if : bool
        As for `compare_footprints`.

    Returns
    -------
    pandas.DataFrame
        A row a pair, in the order of the table: ``group`` and ``other`` (ids), ``shared``, ``only_group``,
        ``only_other`` and ``union`` (numbers of provinces), ``jaccard``, ``coefficient``, ``area_share`` and
        ``population_share`` (0 to 1; missing where a share is not defined). No row where fewer than two groups are
        named anywhere.

    Raises
    ------
    TableError
        If it is given no joined table.

    Examples
    --------
    >>> frame = compare_all(join_presence(read_presence("presence.yaml")))
    >>> print(frame[["group", "other", "shared", "union"]].head(1).to_string(index=False))
      group  other  shared  union
    haqqani isis-k       3      9
    """
    import pandas

    from geo.join import overlap

    gate = Gate("compare_all")
    gate.check_flags(what_if=what_if)
    _check_joined(gate, joined)
    gate.close(TableError)
    measures = overlap.measure_units(joined.units, joined.gazetteer)
    known = overlap.list_comparable(joined.footprints)
    pairs = overlap.compare_pairs(joined.footprints, known, measures, what_if=what_if)
    rows = [
        {
            "group": group, "other": other, "shared": len(found.shared), "only_group": len(found.only[group]),
            "only_other": len(found.only[other]), "union": len(found.union), "jaccard": found.jaccard,
            "coefficient": found.coefficient, "area_share": found.area_share,
            "population_share": found.population_share,
        }
        for (group, other), found in pairs.items()
    ]  # fmt: skip
    shares = dict.fromkeys(("jaccard", "coefficient", "area_share", "population_share"), "float64")
    return pandas.DataFrame(rows, columns=PAIR_COLUMNS).astype(shares)


@reword_for_python
def draw_choropleth(
    joined: JoinedTable,
    *,
    count: str = "groups",
    language: str = "en",
    standalone: bool = True,
    projection: str = "equal-area",
) -> folium.Map:
    """Draw how many groups are named in each province, or how many independent sources name any.

    Parameters
    ----------
    joined : JoinedTable
    count : str
        ``"groups"`` or ``"sources"``; those of one author or document, or that quote each other or the same third one,
        are one.
    language : str
        ``"en"``, ``"fa"`` (Dari) or ``"ps"`` (Pashto).
    standalone : bool
        One file that asks no server or, for popups and plugins of your own, folium's usual assets.
    projection : str
        ``"equal-area"``, or ``"mercator"`` for tiles, which lie right in no other.

    Returns
    -------
    folium.Map
        Shows itself in a notebook; ``save`` writes the page.

    Examples
    --------
    >>> "groups" in draw_choropleth(join_presence(read_presence("presence.yaml"))).get_root().render()
    True
    """
    from geo.draw.pages.choropleth import draw_choropleth as draw

    gate = Gate("draw_choropleth")
    gate.choose("count", count, COUNTS)
    joined = _take(gate, joined, language, standalone, projection)
    joined = replace(joined, choices=replace(joined.choices, count=count))
    drawn = draw(joined, _find_topology(joined), standalone=standalone)
    return _lay_out(_picture(drawn, joined, "choropleth") if count == "groups" else drawn, projection)


@reword_for_python
def draw_overlay(
    joined: JoinedTable, *, language: str = "en", standalone: bool = True, projection: str = "equal-area"
) -> folium.Map:
    """Draw all groups at once, in equal bands.

    Parameters
    ----------
    joined, language, standalone, projection
        As for `draw_choropleth`.

    Returns
    -------
    folium.Map

    Examples
    --------
    >>> draw_overlay(join_presence(read_presence("presence.yaml"))).get_name()
    'map_presence'
    """
    from geo.draw.pages.overlay import draw_overlay as draw

    joined = _take(Gate("draw_overlay"), joined, language, standalone, projection)
    drawn = draw(joined, _find_topology(joined), standalone=standalone)
    return _lay_out(_picture(drawn, joined, "overlay"), projection)


@reword_for_python
def draw_timeline(
    joined: JoinedTable,
    *,
    by: str = "published",
    language: str = "en",
    standalone: bool = True,
    projection: str = "equal-area",
) -> folium.Map:
    """Draw a table at every step in time at which something changes, with a slider.

    Parameters
    ----------
    joined : JoinedTable
        With at least one record that has a date.
    by : str
        ``"published"``: each step is what could have been drawn on that day; ``"observed"``: what is now reported
        of it.
    language, standalone, projection
        As for `draw_choropleth`.

    Returns
    -------
    folium.Map

    Raises
    ------
    TableError
        If no record has a date.

    Examples
    --------
    >>> 'id="step"' in draw_timeline(join_presence(read_presence("presence.yaml"))).get_root().render()
    True
    """
    from geo.api.checks.map_refusals import require_dates
    from geo.draw.pages.timeline import draw_timeline as draw

    gate = Gate("draw_timeline")
    gate.choose("by", by, STEPS_BY)
    joined = _take(gate, joined, language, standalone, projection)
    require_dates(joined, "table", by)
    return _lay_out(draw(joined, _find_topology(joined), by=by, standalone=standalone), projection)


@reword_for_python
def draw_figure(
    joined: JoinedTable, kind: str, *, size: str = "a4", labels: str | None = None, language: str = "en"
) -> Figure:
    """Draw a figure for print or a slide.

    Parameters
    ----------
    joined : JoinedTable
    kind : str
        ``"choropleth"``, ``"overlay"``, ``"compare"``, ``"small-multiples"`` or ``"matrix"``.
    size : str
        ``"a4"``, ``"half-page"`` or ``"slide"``; ``"social"`` (1200 x 630 pixels at 96 dots an inch, without names of
        provinces) is for ``"choropleth"``, ``"overlay"`` and ``"compare"``.
    labels : str, optional
        Names of provinces on the map: ``"en"``, ``"fa"`` (Dari) or ``"code"``; by default as in the language.
    language : str
        ``"en"``, ``"fa"`` (Dari) or ``"ps"`` (Pashto).

    Returns
    -------
    matplotlib.figure.Figure

    Examples
    --------
    >>> figure = draw_figure(join_presence(read_presence("presence.yaml")), "matrix", size="slide")
    >>> float(figure.get_size_inches()[1])
    7.5
    """
    from geo.api.checks.map_refusals import limit_groups, write_page_command
    from geo.draw.figure.draw_figure import draw_figure as draw

    gate = Gate("draw_figure")
    gate.choose("kind", kind, FIGURES)
    gate.choose("size", size, (*SIZES, SOCIAL))
    if labels is not None:
        gate.choose("labels", labels, LABELS)
    gate.choose("language", language, LANGUAGES)
    _check_joined(gate, joined)
    gate.close(TableError)
    if kind == "overlay":
        limit_groups(joined, "table")
    joined = _translate(joined, language)
    return draw(joined, _find_topology(joined), kind, size=size, labels=labels, page=write_page_command(kind))


@reword_for_python
def count_events(
    files: Iterable[Path | str],
    groups: Path | str | Mapping[str, Sequence[str]] | None = None,
    *,
    by: str = "month",
    since: str | date | None = None,
    until: str | date | None = None,
    places: bool = False,
    may_pass_on: bool = False,
    dates: Sequence[str] = (),
    count_column: str | None = None,
    covers: str | Sequence[str] = (),
    types: str | Sequence[str] = (),
) -> Activity:
    r"""Count the events of files of UCDP GED, ACLED, GTD, GDELT or another format in provinces.

    Parameters
    ----------
    files : iterable of Path or str
        All of one collection: paths, folders, patterns (``"data/*.csv"``), addresses (``"s3://bucket/events.parquet"``)
        or ``"-"``.
    groups : Path, str or mapping, optional
        A YAML file, or the actors of each group by its id; all events count as they are without.
    by : str
        ``"all"``, ``"year"``, ``"quarter"``, ``"month"``, ``"week"`` (of ISO 8601) or ``"day"``.
    since, until : str or datetime.date, optional
        A year, month or day; events that do not surely lie between them do not count.
    places : bool
        Keep coordinates, for points on the map.
    may_pass_on : bool
        You have leave to pass on rows whose licence forbids it, as a page with points does.
    dates : sequence of str
        Forms of dates that are tried before those of the format, such as ``"%d/%m/%Y"``.
    count_column : str, optional
        The column that says how many events a row is; each row is one without.
    covers : str or sequence of str
        Time that the files cover, such as ``"2018..2023"``; their dates and the format's rule tell without.
    types : str or sequence of str
        Types of events that count, as files name them, such as ``"Battles"``, or as UCDP does: ``"one-sided"``.

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
    from geo.api.events import counts
    from geo.read.actor_list import Actors, read_actors

    gate = Gate("count_events")
    gate.choose("by", by, PERIODS)
    gate.check_flags(places=places, may_pass_on=may_pass_on)
    first, last = gate.read_date("since", since), gate.read_date("until", until)
    listed = gate.take_list("files", files, ("events.csv",)) or ()
    for file in listed:
        gate.check_type("a file", file, (Path, str), "the path of a file")
    named = _list_actors(gate, groups) if isinstance(groups, Mapping) else {}
    if groups is not None and not isinstance(groups, Mapping):
        gate.check_type(
            "groups", groups, (Path, str), "the path of a file, or actors by group: {'taliban': ['Taleban']}"
        )
    forms = gate.take_list("dates", [dates] if isinstance(dates, str) else dates, ("%d/%m/%Y",)) or ()
    for form in forms:
        gate.check_type("dates", form, str, "a form of dates: '%d/%m/%Y'")
    spans = gate.take_list("covers", [covers] if isinstance(covers, str) else covers, ("2018..2023",)) or ()
    for span in spans:
        gate.check_type("covers", span, str, "a span of time: '2018..2023'")
    asked = gate.take_list("types", [types] if isinstance(types, str) else types, ("Battles",)) or ()
    for each in asked:
        gate.check_type("types", each, str, "a type of events: 'Battles'")
    if count_column is not None:
        gate.check_type("count_column", count_column, str, "the name of a column")
    gate.close(EventsError)
    actors = None
    if isinstance(groups, Mapping):
        actors = Actors({group: group for group in groups}, named)
    elif groups is not None:
        actors = read_actors(groups)
    reading = counts.EventOptions(
        by=by, since=first, until=last, places=places, may_pass_on=may_pass_on, dates=tuple(forms),
        count_column=count_column, agree=_tell_effort, covers=tuple(spans), types=tuple(asked),
    )  # fmt: skip
    activity, _, doubts = counts.count_events(list(map(str, listed)), actors, reading=reading)
    _warn(doubts)
    return activity


def _tell_effort(told: str) -> bool:
    """Tell that much is counted, and go on: who wrote a program is not there to be asked."""
    _warn([Problem("count_events", told, severity="warning")])
    return True


@reword_for_python
def draw_events(
    activity: Activity,
    *,
    method: str = "fisher-jenks",
    classes: int = 5,
    measure: str = "events",
    language: str = "en",
    standalone: bool = True,
    projection: str = "equal-area",
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
    measure : str
        What the map shows first, ``"events"`` or ``"deaths"``; the page has both where events state deaths.
    language, standalone, projection
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
    from geo.draw.pages.events import draw_events as draw

    gate = Gate("draw_events")
    gate.check_type("activity", activity, Activity, "recorded events: geo.count_events(FILES)")
    gate.choose("method", method, CLASS_METHODS)
    gate.choose("measure", measure, MEASURES)
    if type(classes) is not int or classes not in CLASSES:
        gate.refuse(f"classes {show_value(classes)}", f"a whole number from {CLASSES[0]} to {CLASSES[-1]}")
    _check_page(gate, language, standalone, projection)
    gate.close(EventsError)
    drawn = draw(
        bundled.read_boundaries(), read_gazetteer(), bundled.read_topology(), activity,
        method=method, classes=classes, measure=measure, language=language, standalone=standalone,
    )  # fmt: skip
    return _lay_out(drawn, projection)


@reword_for_python
def verify_folder(
    folder: Path | str, *, signers: Path | str | None = None, at_least: str | date | None = None
) -> Verification:
    """Tell whether the folder of a publication is as it was published, and by which key its list was signed.

    Parameters
    ----------
    folder : Path or str
        What ``presence publish`` wrote, or a copy of it.
    signers : Path or str, optional
        A file of allowed signers of OpenSSH, which must not stand in that folder. Without it a signature is checked,
        but not whose it is; a folder without one then matches its own list, which anyone can write.
    at_least : str or datetime.date, optional
        The table must be of this year, month or day, or later.

    Returns
    -------
    Verification
        ``is_whole`` is whether all holds that was checked; ``files`` says of each what became of it, ``differing`` of
        those that are not as listed, ``faults`` what is wrong with signature, signer or date.

    Raises
    ------
    PresenceError
        If nothing can be told: there is no list that could be ours, or a file cannot be read or changes meanwhile.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     verify_folder(folder)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    geo.errors.PresenceError: ...: holds no manifest.json; expected a folder that 'presence publish' wrote
    """
    from geo.api.publication import verify_folder as verifying

    gate = Gate("verify_folder")
    paths = {"folder": folder} if signers is None else {"folder": folder, "signers": signers}
    for name, value in paths.items():
        gate.check_type(name, value, (str, Path), "a path")
    day = gate.read_date("at_least", at_least)
    gate.close()
    asked = verifying.VerifyOptions(None if signers is None else Path(signers), day)
    return verifying.verify_folder(Path(folder), asked)


def _list_actors(gate: Gate, groups: Mapping[str, Iterable[str]]) -> dict[str, str | None]:
    """List the group of each actor; an actor of two groups would count for the later one only."""
    found: dict[str, str | None] = {}
    for group, names in groups.items():
        gate.check_type("a group", group, str, "the id of a group, a text")
        for name in gate.take_list(f"actors of {group!r}", names, ("Taliban", "Taleban")) or ():
            if gate.check_type("an actor", name, str, "a name, a text") and found.setdefault(name, group) != group:
                gate.refuse(f"the actor {name!r} of two groups, {found[name]!r} and {group!r}", "one group")
    return found


def _check_joined(gate: Gate, joined: Any) -> None:
    from geo.join.joined_table import JoinedTable

    gate.check_type("joined", joined, JoinedTable, "a joined table: geo.join_presence(geo.read_presence(FILE))")


def _check_page(gate: Gate, language: Any, standalone: Any, projection: Any) -> None:
    gate.choose("language", language, LANGUAGES)
    gate.check_flags(standalone=standalone)
    gate.choose("projection", projection, PROJECTIONS)


def _lay_out(drawn: folium.Map, projection: str) -> folium.Map:
    from geo.draw.web.mercator import use_mercator

    return use_mercator(drawn) if projection == "mercator" else drawn


def _picture(drawn: folium.Map, joined: JoinedTable, kind: str) -> folium.Map:
    """Let a notebook keep the figure of the same kind beside the page, for where no page can be shown.

    One that is refused, for it has no room to explain itself, is left out.
    """
    from geo.draw.web.page import PicturedMap

    language = joined.choices.language

    def draw_picture() -> bytes | None:
        try:
            from geo.draw.figure.save import SCREEN, save_figure
        except ImportError:  # No matplotlib: whoever takes pages alone can do without.
            return None
        for size in ("slide", "a4"):
            with suppress(TableError):
                return save_figure(draw_figure(joined, kind, size=size, language=language), "png", SCREEN)
        return None

    if isinstance(drawn, PicturedMap):
        drawn.draw_picture = draw_picture
    return drawn


def _take(gate: Gate, joined: Any, language: Any, standalone: Any, projection: Any) -> JoinedTable:
    """Check what every page takes, and give the joined table in the language of the page."""
    _check_joined(gate, joined)
    _check_page(gate, language, standalone, projection)
    gate.close(TableError)
    return _translate(joined, language)


def _translate(joined: JoinedTable, language: str) -> JoinedTable:
    return replace(joined, choices=replace(joined.choices, language=language))


def _find_topology(joined: JoinedTable) -> Topology:
    """Give the thinned boundaries that belong to a join: the bundled ones, with neighbours, or made for it."""
    if _is_bundled(joined.units):
        return bundled.read_topology()
    from geo.draw.topology.simplify import thin_units

    return thin_units(joined.units)


def _is_bundled(frame: GeoDataFrame) -> bool:
    ours = bundled.read_boundaries()
    return list(frame.index) == list(ours.index) and bool(frame.geometry.geom_equals_exact(ours.geometry, 0).all())


def _warn(problems: Iterable[Problem]) -> None:
    for problem in problems:
        warnings.warn(str(reword_problem(problem)), PresenceWarning, stacklevel=4)
