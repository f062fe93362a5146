"""Every class, mark, code and record off the map is explained in the figure, whole, or there is no figure."""

from __future__ import annotations

import itertools

import pytest
from matplotlib.figure import Figure

from geo.api import SIZES, Choices, Job, join_table
from geo.draw.figure.canvas import SIZES as FORMATS
from geo.draw.figure.canvas import Box, Sheet
from geo.draw.figure.compare import plan_compare
from geo.draw.figure.draw_figure import draw_figure
from geo.draw.figure.fonts import Fonts
from geo.draw.figure.legend_panel import LEAD, Item, Section, TypeSetting, find_setting, place_sections
from geo.draw.figure.legend_rows import name_units, say_chips
from geo.draw.figure.save import keep_style
from geo.draw.figure.single_map import plan_view
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
@pytest.mark.parametrize("size", SIZES)
def test_the_legend_of_an_overlay_counts_what_the_page_counts(size: str) -> None:
    joined, topology = join_table(LONG_NAMES)
    figure = draw_figure(joined, topology, "overlay", size=size)
    cells = [text.get_text() for text in figure.axes[0].texts if text.get_label() == "cell"]
    assert sorted(cells) == sorted(str(len(joined.footprints[group].named)) for group in joined.shown)


def test_a_brief_legend_says_the_same_by_short_names() -> None:
    table = "groups:\n  a: {name: Long name of A, short: AA}\n  b: {name: B}\npresence:\n"
    table += "  - {group: [a, b], in: Kabul}\n  - {group: a, in: [Herat, Ghor], basis: claimed}\n"
    table += "  - {group: b, region: Eastern}\n"
    joined, topology = join_table(table)
    plan = plan_view(localise(joined), topology, "overlay", name_units(joined.gazetteer, "en"))
    full, brief = ([item for each in sections for item in each.items] for sections in (plan.sections, plan.brief))
    assert plan.sections[0].heads == ("named in", "only this group", "own claim", "region only")
    assert [(item.text, item.more, item.counts) for item in full[:2]] == [
        ("AA", "Long name of A", ("3", "2", "2", "0")), ("B", "", ("1", "0", "0", "4")),
    ]  # fmt: skip
    assert [(item.text, item.count) for item in brief[:2]] == [("AA", "3"), ("B", "1")]
    small = " ".join(item.text for item in brief if item.small)
    assert small.startswith("AA: Long name of A. Only this group: AA 2. Own claim: AA 2. Region only: B 4. ")
    assert [item.text for item in full if item.fill][:2] == [
        "Long name of A + B",
        "Long name of A, only by its own claim",
    ]
    assert [item.text for item in brief if item.fill][:2] == ["AA + B", "AA, only by its own claim"]
    assert [item.fill for item in full if item.fill] == [item.fill for item in brief if item.fill]
    assert [item.chip for item in full if item.chip] == [item.chip for item in brief if item.chip]


def test_a_brief_comparison_keeps_its_legend_where_short_names_are_the_names() -> None:
    joined, topology = join_table("presence: {Red: [Kabul, Herat], Blue: [Kabul]}")
    plan = plan_compare(localise(joined), topology, ("red", "blue"), name_units(joined.gazetteer, "en"))
    wanted = [item.text for item in plan.sections[0].items]
    assert wanted[:2] == ["Red + Blue", "Only Red, of those compared"]
    assert [item.text for item in plan.brief[0].items] == wanted


def test_the_authors_letters_stand_for_a_group_where_a_name_is_too_long_and_none_are_invented() -> None:
    table = "groups:\n  a: {name: Alpha, letters: XYZ}\n  b: {name: Beta}\npresence:\n  - {group: [a, b], in: Kabul}\n"
    joined, topology = join_table(table)
    told = localise(joined)
    plan = plan_view(told, topology, "overlay", name_units(joined.gazetteer, "en"))
    assert [(item.text, item.more) for item in plan.sections[0].items] == [("XYZ", "Alpha"), ("Beta", "")]
    assert next(item.text for section in plan.brief for item in section.items if item.fill) == "XYZ + Beta"
    assert say_chips(told, plan.shown.chips["AF-KAB"]) == "XYZ + Beta"


def test_a_legend_that_fits_is_not_made_brief() -> None:
    joined, topology = join_table("presence: {Red: [Kabul, Herat], Blue: [Kabul]}")
    for size in choose(SIZES, 1):
        figure = draw_figure(joined, topology, "overlay", size=size)
        assert say_all(figure, "legend") == f"Red Blue Red + Blue One group alone, in its colour {NO_RECORD}"
        assert say_all(figure, "head") == "in named group this only"
        assert say_all(figure, "cell") == "2 1 1 0"


LABELLED = {"en": ("Kabul", "Herat"), "code": ("AF-KAB", "AF-HER")}


@pytest.mark.parametrize(("size", "labels"), choose(itertools.product(SIZES, LABELLED), 2))
def test_of_many_groups_a_shade_says_how_many_and_chips_which(size: str, labels: str) -> None:
    joined, topology = join_table(MANY)
    figure = draw_figure(joined, topology, "overlay", size=size, labels=labels)
    said = say_all(figure, "legend", "note", "caption")
    assert "6 groups named" in said
    assert "5 groups named" in said
    assert "named no record" in said
    rows = [str(patch.get_label()) for patch in figure.axes[0].patches if str(patch.get_label()).startswith("chips AF")]
    assert sorted(rows) == ["chips AF-HER", "chips AF-KAB"]
    for word in ("on the map", "listed", "see the table", "A B C D E"):
        assert word not in said


def test_of_so_many_groups_that_no_chips_tell_them_apart_each_unit_is_listed() -> None:
    groups = "".join(f"  g{number}: {{name: Long name of {number}, short: G{number}}}\n" for number in range(13))
    records = "".join(f"  - {{group: g{number}, in: Kunar}}\n" for number in range(12))
    table = f"groups:\n{groups}presence:\n{records}  - {{group: g12, region: Eastern, as_written: in the east}}\n"
    figure = draw_figure(*join_table(table), "overlay")
    said = say_all(figure)
    assert f"Kunar: {' + '.join(f'G{number}' for number in range(12))} + G12, region only." in said
    assert "Nuristan: G12, region only." in said
    assert not [patch for patch in figure.axes[0].patches if str(patch.get_label()).startswith("chips AF")]


ODD = """
levels: {low: {name: Low, rank: 1}, able: {name: Able, footprint: false}, old: {name: Old, valid_for: 1 year}}
as_of: 2020-06-14
sources: {s: {title: S, date: 2020-01-01}, t: {title: T, date: 2015-01-01}}
groups: {a: {name: Aa}, b: {name: Bb}, c: {name: Cc}, d: {name: Dd}, e: {name: Ee}, f: {name: Ff}, g: {name: Gg}}
presence:
  - {group: [a, b], in: Kunar, level: low, source: s}
  - {group: a, in: Kunar, level: low, finding: absent, source: s}
  - {group: b, in: Kunar, level: able, source: s}
  - {group: c, in: Kunar, level: low, basis: claimed, source: s}
  - {group: d, region: Eastern, level: low, source: s}
  - {group: e, in: Kunar, level: old, source: t}
  - {group: f, in: Kunar, level: low, finding: inconclusive, source: s}
  - {group: g, in: Kunar, level: able, source: s}
"""


def test_a_list_says_all_that_chips_show() -> None:
    joined, topology = join_table(ODD)
    told = localise(joined)
    plan = plan_view(told, topology, "overlay", name_units(joined.gazetteer, "en"))
    assert say_chips(told, plan.shown.chips["AF-KNR"]) == (
        "Aa (disputed) + Bb (able to act) + Cc, only by its own claim + Dd, region only + "
        "Ee, only in outdated records + Ff: looked, without a result + Gg: able to act, not reported present"
    )
    assert say_chips(told, plan.shown.chips["AF-NUR"]) == "Dd, region only"
    key = [item.text for section in plan.sections for item in section.items if item.chip and item.small]
    assert key == [
        "named", "named, and able to act", "named, but disputed", "only claimed by the group itself",
        "only as part of a region", "only in records out of date", "able to act, not reported present",
        "looked, no result", "no record",
    ]  # fmt: skip


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
