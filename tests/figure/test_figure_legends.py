"""Every class, mark, code and record off the map is explained in the figure, whole, or there is no figure."""

from __future__ import annotations

import itertools

import pytest
from matplotlib.figure import Figure

from geo.api import SIZES, Choices, Job, join_table
from geo.draw.figure.canvas import SIZES as FORMATS
from geo.draw.figure.canvas import Box, Sheet
from geo.draw.figure.draw_figure import draw_figure
from geo.draw.figure.fonts import Fonts
from geo.draw.figure.legend_panel import LEAD, Item, Section, TypeSetting, find_setting, place_sections
from geo.draw.figure.legend_rows import name_units
from geo.draw.figure.save import keep_style
from geo.draw.figure.single_map import plan_view
from geo.draw.marks.legend import find_looks
from geo.draw.marks.map_classes import Solid
from geo.draw.wording.localised_names import localise
from geo.errors import TableError
from tests.daily import choose, takes_long
from tests.pages import NO_RECORD

NAMES = {
    "a": "Front of the River Valleys and the Eastern Hills, Upper Branch",
    "b": "Movement of the Seven Passes and Party of the Seven Passes",
    "c": "Tower Movement of the Plains, Council of the Free faction",
    "d": "Islands Movement of the North and Brigade of the Second Bridge",
    "e": "Lakes Alliance in the Southern Subregion of the Two Lakes",
    "f": "Joint Society of Helpers, also called the Mountain Helpers",
}
PLACES = {
    "a": "Kunar, Nangarhar, Nuristan, Badakhshan, Kabul",
    "b": "Badakhshan, Baghlan, Takhar",
    "c": "Kunar, Nangarhar, Khost, Paktika",
    "d": "Badakhshan, Faryab, Jowzjan, Kunduz",
    "e": "Ghazni, Helmand, Kandahar, Nimroz, Paktika, Zabul, Kunar",
    "f": "Badakhshan, Takhar, Kunduz",
}
LONG_NAMES = "presence:\n" + "".join(f'  "{name}": [{PLACES[key]}]\n' for key, name in NAMES.items())
CODES = ("F", "M", "T", "I", "L", "J")
MANY = "presence:\n" + "".join(f"  {letter} group: [Kabul, Herat]\n" for letter in "ABCDE") + "  F group: [Herat]\n"


def say_all(figure: Figure, *roles: str) -> str:
    return " ".join(text.get_text() for text in figure.axes[0].texts if not roles or text.get_label() in roles)


@takes_long
@pytest.mark.parametrize("size", SIZES)
def test_groups_with_long_names_are_all_named_whole(size: str) -> None:
    joined, topology = join_table(LONG_NAMES)
    figure = draw_figure(joined, topology, "overlay", size=size)
    said = say_all(figure, "legend", "note", "caption")
    assert [name for name in NAMES.values() if name not in said] == []
    assert "…" not in said
    counts = [text.get_text() for text in figure.axes[0].texts if text.get_label() == "count"]
    assert sum(map(int, counts)) == 34


@takes_long
def test_where_names_are_too_long_for_each_row_each_stands_once_with_its_code() -> None:
    joined, topology = join_table(LONG_NAMES)
    plan = plan_view(localise(joined), topology, "overlay", name_units(joined.gazetteer, "en"))
    brief, full = ({item.fill for item in sections[0].items} for sections in (plan.brief, plan.sections))
    assert brief == full | {Solid(slot.colour) for slot in find_looks(joined).slots.values()}
    figure = draw_figure(joined, topology, "overlay", size="half-page")
    said = say_all(figure, "legend")
    assert [said.count(name) for name in NAMES.values()] == [1] * 6
    assert [code for code, name in zip(CODES, NAMES.values(), strict=True) if f"{code}: {name}" not in said] == []
    for mixed in ("F M I J", "F T L", "F T", "M J", "T L", "I J"):
        assert f" {mixed} " in f" {said} "
    assert "which counts provinces with exactly these groups" in say_all(figure)


def test_a_legend_that_fits_is_not_made_brief() -> None:
    joined, topology = join_table("presence: {Red: [Kabul, Herat], Blue: [Kabul]}")
    for size in choose(SIZES, 1):
        said = say_all(draw_figure(joined, topology, "overlay", size=size), "legend")
        assert said == f"Red + Blue Red {NO_RECORD}"


LABELLED = {"en": ("Kabul", "Herat"), "code": ("AF-KAB", "AF-HER")}


@pytest.mark.parametrize(("size", "labels"), choose(itertools.product(SIZES, LABELLED), 2))
def test_where_only_a_number_stands_on_the_map_the_groups_are_listed(size: str, labels: str) -> None:
    names = LABELLED[labels]
    said = say_all(draw_figure(*join_table(MANY), "overlay", size=size, labels=labels), "legend", "note", "caption")
    assert "6 groups, listed below" in said
    assert "5 groups, listed below" in said
    assert f"{names[0]}: A B C D E" in said
    assert f"{names[1]}: A B C D E F" in said
    assert "A A group, B B group, C C group, D D group, E E group, F F group" in said
    assert "see the table" not in said


def test_records_that_only_cover_or_grew_old_keep_their_marks_in_the_list() -> None:
    groups = "".join(f"  g{number}: {{name: {letter} group}}\n" for number, letter in enumerate("ABCDE"))
    records = "".join(f"  - {{group: g{number}, in: [Kunar]}}\n" for number in range(4))
    table = f"version: 1\ntitle: T\ngroups:\n{groups}presence:\n{records}"
    table += "  - {group: g4, region: Eastern, as_written: in the east}\n"
    assert "Kunar: A B C D (E)" in say_all(draw_figure(*join_table(table), "overlay"))


@pytest.mark.parametrize(
    ("size", "kind"), choose(itertools.product(SIZES, ("choropleth", "small-multiples", "matrix")), 3)
)
def test_small_print_has_room_somewhere(size: str, kind: str) -> None:
    table = "version: 1\ntitle: T\nlevels:\n  low: {name: Low, rank: 1}\n  high: {name: High, rank: 2}\n"
    table += "groups:\n  a: {name: A}\n  b: {name: B}\npresence:\n  - {group: [a, b], in: [Kabul], level: low}\n"
    table += "".join(f"  - {{group: a, unlocated: {number}, level: low}}\n" for number in range(2, 12))
    said = say_all(draw_figure(*join_table(table), kind, size=size), "note", "caption")
    assert all(
        f"• A is reported in {number} provinces that the source does not name (Low)" in said for number in range(2, 12)
    )


def test_too_many_groups_are_told_a_size_only_if_it_has_room() -> None:
    table = "presence:\n" + "".join(f"  Group {number}: [Kabul]\n" for number in range(30))
    joined, topology = join_table(table)
    with pytest.raises(TableError, match=r"at most \d+; choose some with --group$") as caught:
        draw_figure(joined, topology, "matrix", size="a4")
    most = int(str(caught.value).partition("at most ")[2].partition(";")[0])
    chosen, _ = join_table(table, Job(Choices(groups=tuple(joined.shown[:most]))))
    assert draw_figure(chosen, topology, "matrix", size="a4")


def test_a_heading_wider_than_its_column_has_more_lines_above_its_items() -> None:
    with keep_style():
        sheet, box = Sheet(FORMATS["a4"], Fonts("t.yaml")), Box(10, 10, 100, 300)
        sections = [Section(heading, (Item("x", small=True),)) for heading in ("Short", "Without a name on the map")]
        spots = place_sections(sheet.fonts, sections, box, TypeSetting(9.5, 7.5)) or []
        assert [spot.what for spot in spots if isinstance(spot.what, str)] == ["SHORT", "WITHOUT A NAME", "ON THE MAP"]
        assert all(sheet.fonts.measure(str(spot.what), 7.5, bold=True) <= 90 for spot in spots[:1] + spots[2:4])
    one, item, first, second, last = (spot.top for spot in spots)
    assert second - first == pytest.approx(7.5 * LEAD)
    assert last - second == pytest.approx(item - one)
    assert first - 7.5 > item + 7.5 * LEAD


@pytest.mark.parametrize(("high", "columns"), [(600, 1), (300, 2)])
def test_a_panel_is_set_in_columns_where_one_is_too_low(high: float, columns: int) -> None:
    items = tuple(Item(f"Row number {number}", Solid("#b38180"), str(number)) for number in range(24))
    with keep_style():
        sheet, box = Sheet(FORMATS["a4"], Fonts("t.yaml")), Box(10, 10, 250, 10 + high)
        section = Section("Heading", items)
        assert (find_setting(sheet, [section], box, 1) is not None) == (columns == 1)
        setting = find_setting(sheet, [section], box, columns)
        assert setting is not None
        spots = place_sections(sheet.fonts, [section], box, setting)
    assert spots is not None
    assert [spot.what for spot in spots] == ["HEADING", *items]
    assert len({spot.left for spot in spots}) == columns
    assert all(box.left <= spot.left < spot.right <= box.right + 1e-9 for spot in spots)
    assert place_sections(sheet.fonts, [section, section, section], box, TypeSetting(9.5, 7.5, columns)) is None
