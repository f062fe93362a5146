"""The part of a page that compares footprints: numbers, small maps, all pairs, all combinations, ties between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geo.draw.html import Cell, Markup, frame_wide, tag, tag_row, tag_section, tag_table
from geo.draw.marks.overlap_shades import GRADES, grade_overlap, name_grade, shade_grade
from geo.draw.marks.palette import EDGE, INK, OUTLINE, Slot
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.compare import list_measures, write_comparison
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import name_group
from geo.join.joined_table import JoinedTable
from geo.join.overlap import combine_footprints, compare_footprints, compare_pairs, list_comparable, measure_units

__all__ = ["draw_comparison", "draw_pair_form"]

MOST_COMPARED = 3
MOST_IN_MATRIX = 12
BAR = 110
"""Pixels: length of the bar of the most frequent combination."""


def draw_pair_form(joined: LocalisedTable, compared: Sequence[str]) -> Markup:
    """Return the boxes in which a reader chooses two or three groups; the script fills in what follows."""

    def choose(place: int) -> Markup:
        wanted = compared[place] if place < len(compared) else ""
        options = [tag("option", {"value": ""}, "–")] if place == MOST_COMPARED - 1 else []
        for group in list_comparable(joined.footprints):
            mark = {"selected": ""} if group == wanted else {}
            options.append(tag("option", {"value": group, **mark}, name_group(joined, group)))
        label = joined.phrases.say(("pair_first", "pair_second", "pair_third")[place])
        return tag("label", {}, label, tag("select", {"data-compare": str(place)}, options))

    return tag(
        "fieldset", {"id": "pair"}, tag("legend", {}, joined.phrases.say("pair")), map(choose, range(MOST_COMPARED))
    )


def draw_comparison(joined: LocalisedTable, compared: Sequence[str], slots: Mapping[str, Slot]) -> Markup:
    """Return the section with the figures of two or three groups, the matrix of pairs and the combinations."""
    phrases = joined.phrases
    measures = measure_units(joined.units, joined.gazetteer)
    named = compare_footprints(joined.footprints, compared, measures)
    what_if = compare_footprints(joined.footprints, compared, measures, what_if=True)
    heads = (phrases.say(key) for key in HEADS)
    rows = (
        tag_row(row.label, (row.named, row.what_if), {"data-measure": row.key})
        for row in list_measures(joined, named, what_if)
    )
    return tag_section(
        "compare", phrases.say("view_compare"),
        tag("p", {"id": "comparison"}, write_comparison(joined, named)),
        tag("div", {"id": "small-maps", "class": "small-maps"}),
        frame_wide(phrases.say("measures"), tag_table({"id": "measures"}, heads, rows)),
        tag("p", {"class": "region-note"}, phrases.say("measure_note")),
        tag("div", {"id": "ties-between"}),
        _draw_matrix(joined, slots),
        _draw_combinations(joined, slots),
    )  # fmt: skip


HEADS = ("measure", "measure_named", "measure_what_if")


def _draw_matrix(joined: LocalisedTable, slots: Mapping[str, Slot]) -> str:
    phrases = joined.phrases
    groups = list_comparable(joined.footprints)
    if not 2 <= len(groups) <= MOST_IN_MATRIX:
        return ""
    measures = measure_units(joined.units, joined.gazetteer)
    pairs = compare_pairs(joined.footprints, groups, measures)
    names = [_draw_name(group, joined, slots) for group in groups]
    rows = []
    for first, name in zip(groups, names, strict=True):
        cells: list[Cell] = []
        for second in groups:
            if first == second:
                cells.append(({"class": "self"}, phrases.write_number(len(joined.footprints[first].named))))
                continue
            found = pairs.get((first, second)) or pairs[second, first]
            shared, union = (
                phrases.write_number(len(found.shared)),
                phrases.write_number(len(found.union)),
            )
            pair = phrases.join_names([name_group(joined, first), name_group(joined, second)], "comma")
            label = phrases.say("pair_shared", groups=pair, n=shared, total=union)
            button = tag(
                "button", {"type": "button", "data-pair": f"{first},{second}", "aria-label": label},
                tag("strong", {}, shared), tag("small", {}, phrases.say("of", of=union)),
            )  # fmt: skip
            cells.append(({"class": f"heat-{grade_overlap(found.jaccard)}"}, button))
        rows.append(tag_row(name, cells))
    table = tag_table({"id": "matrix"}, [None, *names], rows, phrases.say("matrix"))
    return (
        tag("h3", {}, phrases.say("all_pairs"))
        + frame_wide(phrases.say("matrix_of_pairs"), table)
        + _draw_grades(phrases)
    )


def _draw_grades(phrases: Catalogue) -> Markup:
    """Return what the shades of the matrix mean."""
    return tag("ul", {"class": "grades"}, (_draw_grade(phrases, grade) for grade in range(1, GRADES + 1)))


def _draw_grade(phrases: Catalogue, grade: int) -> Markup:
    square = tag("rect", {"width": "30", "height": "16", "fill": shade_grade(grade)})
    swatch = tag("svg", {"class": "swatch", "width": "30", "height": "16", "aria-hidden": "true"}, square)
    return tag("li", {}, swatch, tag("span", {}, name_grade(phrases, grade)))


def _draw_name(group: str, joined: JoinedTable, slots: Mapping[str, Slot]) -> Markup:
    square = tag("rect", {"width": "10", "height": "10", "fill": slots[group].colour})
    key = tag("svg", {"class": "key", "viewBox": "0 0 10 10", "aria-hidden": "true"}, square)
    return key + tag("bdi", {}, joined.table.groups[group].short)


def _draw_combinations(joined: LocalisedTable, slots: Mapping[str, Slot]) -> str:
    phrases = joined.phrases
    groups = list_comparable(joined.footprints)
    found = combine_footprints(joined.footprints, groups)
    if not found or len(groups) > MOST_IN_MATRIX:
        return ""
    most = max(map(len, found.values()))
    heads = [*(_draw_name(group, joined, slots) for group in groups), joined.gazetteer.noun.forms["Units"]]
    rows = (_draw_combination(key, units, groups, most, joined, slots) for key, units in found.items())
    table = tag_table({"id": "combinations"}, heads, rows, phrases.say("combinations"))
    return tag("h3", {}, phrases.say("all_combinations")) + frame_wide(phrases.say("all_combinations"), table)


def _draw_combination(
    key: tuple[str, ...],
    units: frozenset[str],
    groups: Sequence[str],
    most: int,
    joined: LocalisedTable,
    slots: Mapping[str, Slot],
) -> Markup:
    phrases = joined.phrases
    cells: list[Cell] = []
    for group in groups:
        look = {"fill": slots[group].colour, "stroke": INK} if group in key else {"fill": "none", "stroke": EDGE}
        dot = tag("circle", {"cx": "8", "cy": "8", "r": "6", **look})
        cells.append(({"class": "dot"}, tag("svg", {"width": "16", "height": "16", "aria-hidden": "true"}, dot)))
    names = sorted(joined.gazetteer.units[unit].name for unit in units)
    width = round(BAR * len(units) / most)
    bar = tag("rect", {"width": str(width), "height": "12", "fill": OUTLINE})
    said = " + ".join(name_group(joined, group) for group in key)
    label = phrases.say(
        "combination",
        groups=said,
        n=phrases.write_number(len(units)),
        units=phrases.say("comma").join(names),
    )
    button = tag(
        "button", {"type": "button", "data-units": ",".join(sorted(units)), "aria-label": label,
         "aria-pressed": "false"},
        tag("svg", {"width": str(width), "height": "12", "aria-hidden": "true"}, bar), " ",
        tag("strong", {}, phrases.write_number(len(units))), " ", tag("span", {}, phrases.say("comma").join(names)),
    )  # fmt: skip
    return tag_row(None, [*cells, button], {"data-groups": ",".join(key)})
