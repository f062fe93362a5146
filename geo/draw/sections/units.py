"""The section with the table of all units: the map as a grid or, where two tables differ, what differs, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from geo.draw.html import Cell, Markup, frame_wide, tag, tag_row, tag_section, tag_table
from geo.draw.sections.grid import draw_grid, draw_grid_key
from geo.draw.sections.records import link_records
from geo.draw.wording.localised_names import LocalisedTable

__all__ = ["draw_changed_units", "draw_table"]

Lines = Mapping[str, Sequence[str]]

MOST_IN_ROW = 5
"""Links to records in a row of the table of units; whoever wants all of them chooses the unit on the map."""

LANGUAGE = {"name_fa": {"lang": "fa", "dir": "rtl"}}


def draw_table(whole: LocalisedTable, joined: LocalisedTable, *, filtered: bool = False, when: str = "") -> Markup:
    """Return the section with the grid of all units, its download and, if wanted, boxes to search and filter it.

    On a page of time it is of the step ``when``, and has a column for each group of the whole.
    """
    phrases, groups = joined.phrases, list(whole.footprints)
    tools = [_draw_filters(joined, groups)] if filtered else []
    table = frame_wide(phrases.say("table_of_units"), draw_grid(joined, groups, when))
    return _frame(joined, [*tools, _draw_download(joined), draw_grid_key(whole, joined, groups)], table)


def draw_changed_units(joined: LocalisedTable, lines: Lines) -> Markup:
    """Return the section with the table of all units that says of each in some lines what differs there."""
    table = frame_wide(joined.phrases.say("table_of_units"), _tell_units(joined, lines))
    return _frame(joined, [_draw_download(joined)], table)


def _frame(joined: LocalisedTable, tools: Iterable[Markup], table: Markup) -> Markup:
    return tag_section("table", joined.phrases.say("all_units"), tools, table)


def _draw_download(joined: LocalisedTable) -> Markup:
    return tag("button", {"id": "download-csv", "class": "plain", "type": "button"}, joined.phrases.say("download"))


def _draw_filters(joined: LocalisedTable, groups: Collection[str]) -> Markup:
    phrases = joined.phrases

    def choose(name: str, label: str, names: Mapping[str, str]) -> Markup:
        options = [tag("option", {"value": ""}, phrases.say("all"))]
        options += [tag("option", {"value": key}, each) for key, each in names.items()]
        return tag("label", {}, phrases.say(label), " ", tag("select", {"id": name}, options))

    table = joined.table
    search = tag("label", {}, phrases.say("search"), " ", tag("input", {"id": "filter-text", "type": "search"}))
    chosen = choose("filter-group", "group", {group: table.groups[group].name for group in groups})
    levels = choose("filter-level", "level", {level.id: level.name for level in table.levels.values()})
    return tag(
        "div", {"class": "filters"}, search, chosen, levels, tag("span", {"id": "filter-count", "role": "status"})
    )


def _tell_units(joined: LocalisedTable, lines: Lines) -> Markup:
    phrases = joined.phrases
    columns, noun = _choose_columns(joined), joined.gazetteer.noun
    heads = (noun.forms["Unit"], *columns.values(), phrases.say("changes_here"), phrases.say("records"))
    by_unit: dict[str, list[int]] = {}
    for claim in joined.table.claims:
        if claim.unit:
            by_unit.setdefault(claim.unit, []).append(claim.record + 1)
    codes = sorted(joined.report.units, key=lambda code: joined.gazetteer.units[code].name)
    rows = (_tell_unit(joined, code, columns, sorted(set(by_unit.get(code, ()))), lines[code]) for code in codes)
    caption = phrases.say("units_caption_change", n=phrases.write_number(len(codes)))
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


def _tell_unit(
    joined: LocalisedTable, code: str, columns: Iterable[str], records: list[int], lines: Sequence[str]
) -> Markup:
    unit = joined.gazetteer.units[code]
    cells: list[Cell] = [(LANGUAGE.get(column, {}), getattr(unit, column)) for column in columns]
    cells += [tag("br").join(lines), link_records(joined.phrases, records, MOST_IN_ROW)]
    return tag_row(tag("a", {"href": f"#unit={code}"}, unit.name), cells)
