"""The table of all units, which says in words what the map shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from geo.draw.html import Cell, Markup, frame_wide, tag, tag_row, tag_section, tag_table
from geo.draw.sections.records import link_records
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import describe_unit

__all__ = ["draw_table", "draw_units"]

Lines = Mapping[str, Sequence[str]]

MOST_IN_ROW = 5
"""Links to records in a row of the table of units; whoever wants all of them chooses the unit on the map."""

LANGUAGE = {"name_fa": {"lang": "fa", "dir": "rtl"}}


def draw_table(
    joined: LocalisedTable, *, filtered: bool = False, linked: bool = True, lines: Lines | None = None
) -> Markup:
    """Return the section with the table of all units, its download and, if wanted, boxes to search and filter it.

    With ``lines``, they stand for what is said of each unit: what differs there from another table.
    """
    phrases = joined.phrases
    button = tag("button", {"id": "download-csv", "class": "plain", "type": "button"}, phrases.say("download"))
    tools = _draw_filters(joined) if filtered else ""
    table = frame_wide(phrases.say("table_of_units"), draw_units(joined, lines, linked=linked))
    return tag_section("table", phrases.say("all_units"), tools, button, table)


def _draw_filters(joined: LocalisedTable) -> Markup:
    phrases = joined.phrases

    def choose(name: str, label: str, names: Mapping[str, str]) -> Markup:
        options = [tag("option", {"value": ""}, phrases.say("all"))]
        options += [tag("option", {"value": key}, each) for key, each in names.items()]
        return tag("label", {}, phrases.say(label), " ", tag("select", {"id": name}, options))

    table = joined.table
    search = tag("label", {}, phrases.say("search"), " ", tag("input", {"id": "filter-text", "type": "search"}))
    groups = choose("filter-group", "group", {group: table.groups[group].name for group in joined.footprints})
    levels = choose("filter-level", "level", {level.id: level.name for level in table.levels.values()})
    return tag(
        "div", {"class": "filters"}, search, groups, levels, tag("span", {"id": "filter-count", "role": "status"})
    )


def draw_units(joined: LocalisedTable, lines: Lines | None = None, *, linked: bool = True) -> Markup:
    """Return the table of all units: the map in words; ``linked`` to the records, where the page lists them."""
    phrases = joined.phrases
    columns, noun = _choose_columns(joined), joined.gazetteer.noun
    said = phrases.say("changes_here" if lines else "records_say")
    heads = (noun.forms["Unit"], *columns.values(), said, *([phrases.say("records")] if linked else []))
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
    caption = phrases.say("units_caption_change" if lines else "units_caption", n=phrases.write_number(len(codes)))
    return tag_table({"id": "units"}, heads, rows, caption)


def _choose_columns(joined: LocalisedTable) -> dict[str, str]:
    """Name the columns of a unit's other names and codes, of which a user's own units may have none."""
    phrases = joined.phrases
    units = [joined.gazetteer.units[code] for code in joined.report.units]
    heads = {
        "name_fa": phrases.say("dari"),
        "code": phrases.say("code"),
        "pcode": phrases.say("pcode"),
    }
    return {key: head for key, head in heads.items() if any(getattr(unit, key) for unit in units)}


def _draw_unit(
    joined: LocalisedTable, code: str, columns: Iterable[str], records: list[int] | None, lines: Sequence[str] | None
) -> Markup:
    unit = joined.gazetteer.units[code]
    cells: list[Cell] = [(LANGUAGE.get(column, {}), getattr(unit, column)) for column in columns]
    cells.append(tag("br").join(lines or describe_unit(joined, code)))
    cells += [] if records is None else [link_records(joined.phrases, records, MOST_IN_ROW)]
    return tag_row(tag("a", {"href": f"#unit={code}"}, unit.name), cells)
