"""The table of all units, which says in words what the map shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from geo.draw.html import Cell, Markup, frame_wide, tag, tag_row, tag_section, tag_table
from geo.draw.sections.records import link_records
from geo.draw.wording.catalogue import say, word, write_number
from geo.draw.wording.presence import describe_unit
from geo.join.joined_table import JoinedTable

__all__ = ["draw_table", "draw_units"]

Lines = Mapping[str, Sequence[str]]

MOST_IN_ROW = 5
"""Links to records in a row of the table of units; whoever wants all of them chooses the unit on the map."""

LANGUAGE = {"name_fa": {"lang": "fa", "dir": "rtl"}}


def draw_table(
    joined: JoinedTable, *, filtered: bool = False, linked: bool = True, lines: Lines | None = None
) -> Markup:
    """Return the section with the table of all units, its download and, if wanted, boxes to search and filter it.

    With ``lines``, they stand for what is said of each unit: what differs there from another table.
    """
    button = tag("button", {"id": "download-csv", "class": "plain", "type": "button"}, word("download"))
    tools = _draw_filters(joined) if filtered else ""
    noun = joined.gazetteer.noun
    table = frame_wide(say(noun, "table_of_units"), draw_units(joined, lines, linked=linked))
    return tag_section("table", say(noun, "all_units"), tools, button, table)


def _draw_filters(joined: JoinedTable) -> Markup:
    def choose(name: str, label: str, names: Mapping[str, str]) -> Markup:
        options = [tag("option", {"value": ""}, word("all"))]
        options += [tag("option", {"value": key}, each) for key, each in names.items()]
        return tag("label", {}, word(label), " ", tag("select", {"id": name}, options))

    table = joined.table
    search = tag("label", {}, word("search"), " ", tag("input", {"id": "filter-text", "type": "search"}))
    groups = choose("filter-group", "group", {group: table.groups[group].name for group in joined.footprints})
    levels = choose("filter-level", "level", {level.id: level.name for level in table.levels.values()})
    return tag(
        "div", {"class": "filters"}, search, groups, levels, tag("span", {"id": "filter-count", "role": "status"})
    )


def draw_units(joined: JoinedTable, lines: Lines | None = None, *, linked: bool = True) -> Markup:
    """Return the table of all units: the map in words; ``linked`` to the records, where the page lists them."""
    columns, noun = _choose_columns(joined), joined.gazetteer.noun
    said = word("changes_here" if lines else "records_say")
    heads = (noun.forms["Unit"], *columns.values(), said, *([word("records")] if linked else []))
    by_unit: dict[str, list[int]] = {}
    for claim in joined.table.claims:
        if claim.unit:
            by_unit.setdefault(claim.unit, []).append(claim.record + 1)
    codes = sorted(joined.report.units, key=lambda code: joined.gazetteer.units[code].name)
    rows = (
        _draw_unit(
            joined, code, columns, sorted(set(by_unit.get(code, ()))) if linked else None, (lines or {}).get(code)
        )
        for code in codes
    )
    caption = say(noun, "units_caption_change" if lines else "units_caption", n=write_number(len(codes)))
    return tag_table({"id": "units"}, heads, rows, caption)


def _choose_columns(joined: JoinedTable) -> dict[str, str]:
    """Name the columns of a unit's other names and codes, of which a user's own units may have none."""
    units = [joined.gazetteer.units[code] for code in joined.report.units]
    heads = {"name_fa": word("dari"), "code": word("code"), "pcode": word("pcode")}
    return {key: head for key, head in heads.items() if any(getattr(unit, key) for unit in units)}


def _draw_unit(
    joined: JoinedTable, code: str, columns: Iterable[str], records: list[int] | None, lines: Sequence[str] | None
) -> Markup:
    unit = joined.gazetteer.units[code]
    cells: list[Cell] = [(LANGUAGE.get(column, {}), getattr(unit, column)) for column in columns]
    cells.append(tag("br").join(lines or describe_unit(joined, code)))
    cells += [] if records is None else [link_records(records, MOST_IN_ROW)]
    return tag_row(tag("a", {"href": f"#unit={code}"}, unit.name), cells)
