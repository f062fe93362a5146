"""The part of a page that compares footprints: numbers, small maps, ties between, all pairs, all combinations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo.draw.html import Cell, Markup, chain, frame_wide, tag, tag_row, tag_section, tag_table
from geo.draw.marks.overlap_shades import GRADES, grade_overlap, name_grade, shade_grade
from geo.draw.marks.palette import INK, OUTLINE, Slot
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.compare import list_measures, write_comparison
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import name_group, write_named
from geo.join.joined_table import JoinedTable
from geo.join.overlap import combine_footprints, compare_footprints, compare_pairs, list_comparable, measure_units

__all__ = ["draw_comparison", "draw_pair_form"]

MOST_COMPARED = 3
MOST_WITH_DOTS = 12
"""Groups: of more the cells of the matrix hold one figure, and combinations are a list."""
MOST_IN_MATRIX = 60
"""Groups: of more nobody reads the pairs, which are as many as the square of that, nor the combinations."""
BAR = 60
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

    note = tag("p", {"id": "pair-note", "class": "region-note", "role": "status"})
    return tag(
        "fieldset", {"id": "pair"}, tag("legend", {}, joined.phrases.say("pair")),
        map(choose, range(MOST_COMPARED)), note,
    )  # fmt: skip


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
    """Return what each two groups share; the script makes cells that choose a pair."""
    phrases = joined.phrases
    groups = list_comparable(joined.footprints)
    if not 2 <= len(groups) <= MOST_IN_MATRIX:
        return ""
    is_large = len(groups) > MOST_WITH_DOTS
    pairs = compare_pairs(joined.footprints, groups, measure_units(joined.units, joined.gazetteer))
    names = [_draw_name(group, joined, slots) for group in groups]

    def draw_cell(first: str, second: str) -> Cell:
        if first == second:
            return {"class": "self"}, write_named(joined, first)
        found = pairs.get((first, second)) or pairs[second, first]
        shared = phrases.write_number(len(found.shared))
        look = {"class": f"heat-{grade_overlap(found.jaccard)}"} if found.shared else {}
        if is_large:
            return look, shared if found.shared else ""
        of = tag("small", {}, phrases.say("of", of=phrases.write_number(len(found.union))))
        return look, tag("strong", {}, shared) + " " + of

    rows = (
        tag_row(name, [draw_cell(first, second) for second in groups], {"data-of": first})
        for first, name in zip(groups, names, strict=True)
    )
    key, look = ("matrix_many", {"class": "large"}) if is_large else ("matrix", {})
    table = tag_table({"id": "matrix", **look}, [None, *names], rows, phrases.say(key))
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


@dataclass(frozen=True)
class _Combinations:
    """What each row of the combinations is drawn from."""

    joined: LocalisedTable
    slots: Mapping[str, Slot]
    groups: Sequence[str]
    most: int

    def draw(self, found: Mapping[tuple[str, ...], frozenset[str]]) -> Markup:
        """Return a table of dots or, of more groups than one tells apart in it, a list."""
        if len(self.groups) > MOST_WITH_DOTS:
            return tag("ul", {}, (self._draw_item(*each) for each in found.items()))
        units = self.joined.gazetteer.noun.forms["Units"]
        heads = [*(_draw_name(group, self.joined, self.slots) for group in self.groups), units]
        table = tag_table({}, heads, (self._draw_row(*each) for each in found.items()))
        return frame_wide(self.joined.phrases.say("all_combinations"), table)

    def _draw_item(self, key: tuple[str, ...], units: frozenset[str]) -> Markup:
        phrases = self.joined.phrases
        number, names = phrases.write_number(len(units)), self._name_units(units)
        groups = " + ".join(self.joined.table.groups[group].short for group in key)
        said = phrases.say("combination", groups=groups, n=number, units=names)
        return tag("li", {"data-units": ",".join(sorted(units)), "data-groups": ",".join(key)}, said)

    def _draw_row(self, key: tuple[str, ...], units: frozenset[str]) -> Markup:
        number = self.joined.phrases.write_number(len(units))
        cells: list[Cell] = [self._draw_dot(group, key) for group in self.groups]
        width = str(round(BAR * len(units) / self.most))
        bar = tag("rect", {"width": width, "height": "12", "fill": OUTLINE})
        told = chain([
            tag("span", {"class": "visually-hidden"}, f"{self._name_groups(key)}: "),
            tag("svg", {"width": width, "height": "12", "aria-hidden": "true"}, bar),
            tag("strong", {}, number), tag("span", {}, self._name_units(units)),
        ], " ")  # fmt: skip
        return tag_row(None, [*cells, told], {"data-units": ",".join(sorted(units)), "data-groups": ",".join(key)})

    def _draw_dot(self, group: str, key: tuple[str, ...]) -> Cell:
        """Return a cell with the dot of a group; a line joins those named."""
        place, ends = self.groups.index(group), [self.groups.index(key[end]) for end in (0, -1)]
        joins = ["line"] if ends[0] <= place <= ends[1] and len(key) > 1 else []
        joins += [name for name, end in zip(("first", "last"), ends, strict=True) if joins and place == end]
        look = {"class": " ".join(joins)} if joins else {}
        if group not in key:
            return look, ""
        dot = tag("circle", {"cx": "7", "cy": "7", "r": "6", "fill": self.slots[group].colour, "stroke": INK})
        return look, tag("svg", {"width": "14", "height": "14", "aria-hidden": "true"}, dot)

    def _name_groups(self, key: tuple[str, ...]) -> str:
        return " + ".join(name_group(self.joined, group) for group in key)

    def _name_units(self, units: frozenset[str]) -> str:
        return self.joined.phrases.say("comma").join(sorted(self.joined.gazetteer.units[unit].name for unit in units))


def _draw_combinations(joined: LocalisedTable, slots: Mapping[str, Slot]) -> str:
    """Return each combination of groups named together; those of one group are folded. The script makes rows choose."""
    phrases, groups = joined.phrases, list_comparable(joined.footprints)
    found = combine_footprints(joined.footprints, groups)
    if not found or len(groups) > MOST_IN_MATRIX:
        return ""
    drawn = _Combinations(joined, slots, groups, max(map(len, found.values())))
    several, alone = ({key: found[key] for key in found if (len(key) == 1) == is_single} for is_single in (False, True))
    number = phrases.write_number(sum(map(len, alone.values())))
    folded = tag("summary", {}, phrases.say("combinations_alone", n=number))
    note = phrases.say("combinations_many" if len(groups) > MOST_WITH_DOTS else "combinations")
    return tag("h3", {}, phrases.say("all_combinations")) + tag(
        "div", {"id": "combinations"}, tag("p", {"class": "region-note"}, note),
        drawn.draw(several) if several else "",
        tag("details", {}, folded, drawn.draw(alone)) if alone else "",
    )  # fmt: skip
