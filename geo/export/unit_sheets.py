"""Units and claims as sheets: what is joined, in rows that a GIS or a spreadsheet can filter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple

from geo.join.joined_table import JoinedTable
from geo.model import Record, Sheet

__all__ = ["list_claims", "list_standings", "list_units"]

STATUS = {"in": "named", "region": "region-only", "nationwide": "nationwide", "unlocated": "unlocated"}
UNIT_TAGS = {
    "code": "#{tag}+code+iso", "pcode": "#{tag}+code+v_pcode", "name": "#{tag}+name", "name_fa": "#{tag}+name+i_fa",
    "region": "#region+name", "status": "#status", "groups": "#indicator+groups+num", "named": "#group+name+list",
    "region_only": "#group+region_only+list",
    **{key: f"#group+{key}+list" for key in ("own_claim", "disputed", "out_of_date", "absent", "inconclusive", "able")},
}  # fmt: skip
CLAIM_TAGS = {
    "code": "#{tag}+code+iso", "pcode": "#{tag}+code+v_pcode", "unit": "#{tag}+name", "status": "#status",
    "group": "#group+id", "group_name": "#group+name", "level": "#status+level", "finding": "#status+finding",
    "source": "#meta+source", "observed": "#date+observed", "note": "#description+note",
}  # fmt: skip
STANDINGS = {
    "named": "named", "region_only": "region", "own_claim": "claimed", "disputed": "disputed", "out_of_date": "stale",
    "absent": "absent", "inconclusive": "inconclusive", "able": "capabilities",
}  # fmt: skip
"""How a group may stand in a unit, and which units of its footprint that are."""

SOURCES = ("source", "via")
EVIDENCE = ("basis", "source", "source_title", "via", "via_title", "grade", "confidence", "note", "quote", "page")
CLAIM_COLUMNS = (
    "code", "pcode", "unit", "status", "group", "group_name", "level", "level_name", "finding", "trend",
    "observed", *EVIDENCE, "as_written", "region", "count_low", "count_best", "count_high",
    "record", "changed_date", "changed_reason", "open_list",
)  # fmt: skip


def list_units(joined: JoinedTable, *, with_tags: bool = False) -> Sheet:
    """List every unit: whether it is named, for how many groups of ``kind: group``, and how each of any kind stands.

    ``with_tags`` adds a row of HXL hashtags.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> from geo.join.joined_table import join_presence
    >>> from geo.model import Gazetteer, Table
    >>> squares = gpd.GeoDataFrame(geometry=[box(0, 0, 1, 1)], index=["AF-KAB"], crs=4326)
    >>> list_units(join_presence(Table("empty", {}, {}, {}, (), ()), Gazetteer({}, {}, ""), squares)).rows[0][5]
    'no record'
    """
    report, units = joined.report, joined.gazetteer.units
    parts = {"named": report.named, "region-only": report.region_only, "not counted": report.uncounted,
             "no record": report.uncovered}  # fmt: skip
    status = {code: word for word, codes in parts.items() for code in codes}
    rows = []
    for code, count in zip(joined.units.index, joined.units["groups"], strict=True):
        unit = units.get(code)
        known = (unit.pcode, unit.name, unit.name_fa, unit.region) if unit else ("", "", "", "")
        standing = ("; ".join(groups) for groups in list_standings(joined, code).values())
        rows.append((str(code), *known, status[code], str(count), *standing))
    return Sheet(
        "units",
        tuple(UNIT_TAGS),
        tuple(rows),
        frozenset({"groups"}),
        _tag(UNIT_TAGS.values(), joined) if with_tags else (),
    )


def list_standings(joined: JoinedTable, code: str) -> dict[str, list[str]]:
    """List the groups that a map shows by how they stand in a unit, by name; one may stand there in several ways.

    Those of ``own_claim`` and ``disputed`` are of ``named`` too, those of ``disputed`` of ``absent``.

    Examples
    --------
    >>> from geo.api import join_table
    >>> joined, _ = join_table("presence: {Red: [Kabul]}")
    >>> {key: names for key, names in list_standings(joined, "AF-KAB").items() if names}
    {'named': ['Red']}
    """
    shown = {joined.table.groups[group].name: joined.footprints[group] for group in joined.shown}
    return {
        key: [name for name, footprint in shown.items() if code in getattr(footprint, units)]
        for key, units in STANDINGS.items()
    }


def list_claims(joined: JoinedTable, *, with_tags: bool = False) -> Sheet:
    """List every claim with its evidence; those without a unit have no code.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from geo.join.joined_table import join_presence
    >>> from geo.model import Gazetteer, Table
    >>> none = gpd.GeoDataFrame(geometry=[], index=[], crs=4326)
    >>> list_claims(join_presence(Table("empty", {}, {}, {}, (), ()), Gazetteer({}, {}, ""), none)).rows
    ()
    """
    table = joined.table
    rows = []
    for record in table.records:
        rest = _describe_record(record, joined)
        is_able = record.place.units and table.levels[record.level].is_capability
        status = "capability" if is_able else STATUS[record.place.kind]
        for code in record.place.units or ("",):
            unit = joined.gazetteer.units.get(code)
            where = (code, unit.pcode, unit.name) if unit else (code, "", "")
            for group in record.groups:
                who = (group, table.groups[group].name, record.level, table.levels[record.level].name)
                rows.append((*where, status, *who, *rest))
    tags = _tag((CLAIM_TAGS.get(column) or f"#meta+{column}" for column in CLAIM_COLUMNS), joined) if with_tags else ()
    columns = tuple(joined.gazetteer.noun.one if column == "unit" else column for column in CLAIM_COLUMNS)
    return Sheet("claims", columns, tuple(rows), frozenset({"count_low", "count_best", "count_high"}), tags)


def _tag(tags: Iterable[str], joined: JoinedTable) -> tuple[str, ...]:
    return tuple(tag.replace("{tag}", joined.gazetteer.tag) for tag in tags)


def _describe_record(record: Record, joined: JoinedTable) -> tuple[str, ...]:
    """Say all of a record that does not differ between its claims."""
    evidence, sources = record.evidence, joined.table.sources
    titles = {f"{key}_title": sources[each].title for key in SOURCES if (each := getattr(evidence, key))}
    said = {key: titles.get(key, getattr(evidence, key, None)) for key in EVIDENCE}
    count = astuple(record.place.count) if record.place.count else ("", "", "")
    observed = str(evidence.observed) if evidence.observed else ""
    place = (record.as_written, record.place.region, *count)
    changed = (record.changed.date, record.changed.reason) if record.changed else ("", "")
    values = (
        record.finding,
        record.trend,
        observed,
        *said.values(),
        *place,
        record.id,
        *changed,
        "true" if record.open_list else "",
    )
    return tuple("" if value is None else str(value) for value in values)
