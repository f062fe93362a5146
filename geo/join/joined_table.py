"""Claims x boundaries: one frame of units, one of located claims, and a report."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from geo.errors import BoundaryError, Problem
from geo.join.classes import Gap, UnitClass, class_by_count, class_by_group, class_excluded_units
from geo.join.filters import Choices, select_records
from geo.join.footprints import Footprint, find_footprints, find_shown
from geo.join.join_report import JoinReport, report_join
from geo.model import Gazetteer, Table

__all__ = ["JoinedTable", "join_presence"]


@dataclass(frozen=True, eq=False, repr=False)
class JoinedTable:
    """A table and boundaries that fit each other.

    Parameters
    ----------
    table : Table
        What counts of it.
    whole : Table
        As it was given; a group keeps its colour, whatever is left out.
    gazetteer : Gazetteer
    choices : Choices
    units : geopandas.GeoDataFrame
        All units by code with full geometry (EPSG:4326), ``count_class`` and ``group_class``
        (keys of :mod:`geo.join.classes`) and ``groups`` (number of groups of ``kind: group`` named).
    claims : geopandas.GeoDataFrame
        One row a located claim: code, group, level, finding, named (or region only), capability (what the group can do
        there, and so not named), source, record.
    footprints : dict of str to Footprint
        Of every group with a located claim, in the table's order.
    shown : tuple of str
        Ids of those that the choices show.
    report : JoinReport
    count_classes, group_classes : dict of str to UnitClass
        Of all units, by code: how many groups are named there, and which.
    left_out : frozenset of str
        Units of records that do not count for another reason than the day of the map.
    """

    table: Table
    whole: Table
    gazetteer: Gazetteer
    choices: Choices
    units: gpd.GeoDataFrame
    claims: gpd.GeoDataFrame
    footprints: dict[str, Footprint]
    shown: tuple[str, ...]
    report: JoinReport
    count_classes: dict[str, UnitClass]
    group_classes: dict[str, UnitClass]
    left_out: frozenset[str] = frozenset()

    @property
    def besides(self) -> dict[str, Gap]:
        """What a unit is that nothing that counts names, by code, where it is another gap than that."""
        return class_excluded_units(self.table, self.left_out)

    def __repr__(self) -> str:
        noun, number = self.gazetteer.noun, len(self.table.records)
        records = f"{number} record{'s' * (number != 1)}"
        return f"<{self.table.title!r}: {records}, {len(self.report.named)} of {len(self.units)} {noun.many} named>"


def join_presence(
    table: Table,
    gazetteer: Gazetteer,
    boundaries: gpd.GeoDataFrame,
    choices: Choices | None = None,
    left_out: frozenset[str] = frozenset(),
) -> JoinedTable:
    """Join claims to boundaries, indexed by code in EPSG:4326, and class every unit.

    ``left_out`` are the units of records that whoever chose the table's has left out already. A unit that the
    boundaries lack, or a code that stands there twice, is a `BoundaryError`.

    Examples
    --------
    >>> from shapely import box
    >>> squares = gpd.GeoDataFrame(geometry=[box(0, 0, 1, 1)], index=["AF-KAB"], crs=4326)
    >>> joined = join_presence(Table("empty", {}, {}, {}, (), ()), Gazetteer({}, {}, ""), squares)
    >>> joined.units.group_class.to_dict(), joined.shown
    ({'AF-KAB': 'gap:none'}, ())
    """
    choices, whole = choices or Choices(), table
    selection = select_records(whole, choices)
    table, left_out = selection.table, left_out | selection.left_out
    footprints = find_footprints(table, choices)
    shown = find_shown(table, footprints, choices)
    report = report_join(table, boundaries.index, footprints, shown, choices, selection.hidden, left_out)
    _check_match(boundaries, report)
    counted = [group for group in shown if table.groups[group].kind == "group"]
    besides = class_excluded_units(table, left_out)
    by_count = class_by_count(report.units, footprints, counted, besides)
    by_group = class_by_group(report.units, footprints, shown, besides)
    units = boundaries.assign(
        groups=[sum(code in footprints[group].named for group in counted) for code in report.units],
        count_class=[each.key for each in by_count.values()],
        group_class=[each.key for each in by_group.values()],
    )
    claims = _locate_claims(table, boundaries)
    return JoinedTable(
        table, whole, gazetteer, choices, units, claims, footprints, shown, report, by_count, by_group, left_out
    )


def _check_match(boundaries: gpd.GeoDataFrame, report: JoinReport) -> None:
    twice = boundaries.index[boundaries.index.duplicated()].unique()
    problems = [
        Problem("boundaries", f"no unit has the code {code!r}, which the table names", "boundaries that hold it")
        for code in report.unplaced
    ] + [Problem("boundaries", f"the code {code!r} stands on two units", "each code once") for code in twice]
    if problems:
        raise BoundaryError(problems)


def _locate_claims(table: Table, boundaries: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    able = {level.id for level in table.levels.values() if level.is_capability}
    claims = [(claim, table.records[claim.record]) for claim in table.claims if claim.unit is not None]
    frame = pd.DataFrame(
        {
            "code": [claim.unit for claim, _ in claims],
            "group": [claim.group for claim, _ in claims],
            "level": [record.level for _, record in claims],
            "finding": [record.finding for _, record in claims],
            "named": [record.place.kind == "in" and record.level not in able for _, record in claims],
            "capability": [record.level in able for _, record in claims],
            "source": [record.evidence.source for _, record in claims],
            "record": [claim.record for claim, _ in claims],
        }
    )
    geometry = boundaries.geometry.reindex(frame["code"])
    return gpd.GeoDataFrame(frame, geometry=geometry.array, crs=boundaries.crs)
