"""What a figure says is what the page says; what cannot be drawn is refused with a remedy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely
from click.testing import CliRunner
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch

from geo.api import Choices, Job, join_table
from geo.cli.main import main
from geo.draw.figure.draw_figure import draw_figure
from geo.draw.figure.fills import paint_fill
from geo.draw.figure.fonts import Fonts
from geo.draw.figure.legend_rows import name_units
from geo.draw.figure.save import keep_style
from geo.draw.figure.single_map import plan_view
from geo.draw.marks.legend import describe_class, describe_classes, find_looks, fold_alone, list_rows
from geo.draw.marks.map_classes import Bands, Net, Solid
from geo.draw.marks.palette import PALETTE, PAPER, Slot
from geo.draw.marks.textures import MESH, WIRE, colour_net
from geo.draw.pages.compare import draw_compare
from geo.draw.wording.localised_names import localise
from geo.errors import TableError
from geo.join.classes import NAMED, REGION, GroupLevel
from geo.join.overlap import choose_pair

TABLE = """\
version: 1
title: A test
as_of: 2020-06-14
levels:
  low: {name: Low, rank: 1}
  high: {name: High, rank: 2}
sources:
  s: {title: A source}
groups:
  red: {name: Red}
  blue: {name: Blue}
  ray: {name: Ray, part_of: {group: red, source: s}}
  far: {name: Far away}
presence:
  - {group: [red, blue], in: [Kabul, Kunar], level: low, source: s}
  - {group: red, in: [Herat], level: high, source: s}
  - {group: blue, region: Eastern, as_written: in the east, level: low, source: s}
  - {group: ray, in: [Ghor], level: low, source: s}
  - {group: far, nationwide: true, as_written: everywhere, level: low, source: s}
"""
SLOTS = [Slot(group, place, PALETTE[place]) for place, group in enumerate("abc")]


def list_said(figure: Figure, role: str) -> list[str]:
    return [text.get_text() for text in figure.axes[0].texts if text.get_label() == role]


@pytest.mark.parametrize("kind", ["choropleth", "overlay"])
def test_classes_counts_and_colours_are_those_of_the_page(kind: str) -> None:
    joined, topology = join_table(TABLE)
    view, classes = ("overlay", joined.group_classes) if kind == "overlay" else ("count", joined.count_classes)
    told, looks = localise(joined), find_looks(joined)
    rows = list_rows(told, looks, classes, view)
    rows = fold_alone(told.phrases, rows) if kind == "overlay" else rows
    plan = plan_view(told, topology, kind, name_units(told.gazetteer, "en"))
    assert plan.shown.classes == describe_classes(told, looks, classes, view)
    items = [(each.fill, each.text, each.count) for section in plan.sections for each in section.items if each.fill]
    assert items == [(row.shown.fill, row.shown.label, str(row.count)) for row in rows]
    figure = draw_figure(joined, topology, kind)
    assert list_said(figure, "count") == [str(row.count) for row in rows]
    painted = {patch.get_facecolor() for patch in figure.axes[0].get_children() if isinstance(patch, PathPatch)}
    from matplotlib.colors import to_rgba

    wanted = [looks.slots["red"].colour, looks.slots["blue"].colour] if view == "overlay" else [looks.counts[2]]
    assert {to_rgba(colour) for colour in wanted} <= painted


def test_one_group_shows_its_levels() -> None:
    joined, topology = join_table(TABLE, Job(Choices(groups=("red",))))
    plan = plan_view(localise(joined), topology, "choropleth", name_units(joined.gazetteer, "en"))
    assert [plan.shown.classes[code].of for code in ("AF-HER", "AF-KAB")] == [GroupLevel("high"), GroupLevel("low")]
    assert [(item.text, item.count) for item in plan.sections[0].items][:2] == [("High", "1"), ("Low", "2")]


OWN = "  - {group: red, in: [Logar, Herat], level: low, basis: claimed, source: s}\n"


def test_a_level_of_which_only_the_group_itself_speaks_has_a_row_and_a_look_of_its_own() -> None:
    joined, topology = join_table(TABLE + OWN, Job(Choices(groups=("red",))))
    plan = plan_view(localise(joined), topology, "choropleth", name_units(joined.gazetteer, "en"))
    items = plan.sections[0].items
    assert [(item.text, item.count) for item in items][:3] == [
        ("High", "1"), ("Low", "2"), ("Low, only by the group’s own claim", "1"),
    ]  # fmt: skip
    assert sum(int(item.count) for item in items) == len(joined.report.units)
    net = plan.shown.classes["AF-LOG"].fill
    assert isinstance(net, Net)
    assert items[2].fill == net
    assert items[1].fill == Solid(net.colour) == plan.shown.classes["AF-KAB"].fill
    painted = {
        patch.get_facecolor()
        for kind in ("choropleth", "small-multiples")
        for patch in draw_figure(joined, topology, kind).axes[0].get_children()
        if isinstance(patch, PathPatch)
    }
    from matplotlib.colors import to_rgba

    assert {to_rgba(colour) for colour in (net.colour, *colour_net(net))} <= painted


def test_a_net_is_lines_of_its_width_on_a_tint() -> None:
    square = shapely.box(0, 0, 10 * MESH, 10 * MESH)
    (ground, tint), (lines, dark) = paint_fill(Net("#3c9093"), square, 1)
    assert ground == square
    assert (tint, dark) == colour_net(Net("#3c9093"))
    assert lines.area == pytest.approx(2 * 10 * WIRE * 10 * MESH - (10 * WIRE) ** 2), "no crossing is there twice"
    assert square.covers(lines)


@pytest.mark.parametrize("standings", [(NAMED, NAMED), (NAMED, REGION, NAMED), (REGION,)])
def test_bands_are_equal_and_fill_the_unit(standings: tuple[str, ...]) -> None:
    square = shapely.box(0, 0, 420, 420)
    bands = tuple(zip(SLOTS, standings, strict=False))
    inks = paint_fill(Bands(bands), square, 1)
    seen: dict[str, float] = {}
    for place, (shape, colour) in enumerate(inks):
        above = shapely.union_all([later for later, _ in inks[place + 1 :]])
        seen[colour] = seen.get(colour, 0) + shape.difference(above).area
    for slot, standing in bands:
        share = seen[slot.colour] + (seen[PAPER] if standing == REGION else 0)
        assert share / square.area == pytest.approx(1 / len(bands), abs=0.02)


def test_a_group_called_many_keeps_its_colour() -> None:
    joined, _ = join_table("{groups: {many: {name: Many}}, presence: [{group: many, in: [Kabul]}]}")
    told, looks = localise(joined), find_looks(joined)
    assert describe_class(told, looks, joined.group_classes["AF-KAB"]).fill == Solid(PALETTE[0])


def test_compare_writes_counts_as_fractions_and_labels_the_what_if() -> None:
    joined, topology = join_table(TABLE, Job(Choices(groups=("red", "blue"))))
    said = " ".join(text.get_text() for text in draw_figure(joined, topology, "compare").axes[0].texts)
    assert "• Provinces named for both: 2 • Provinces named for Red alone of those compared: 1" in said
    assert "Jaccard index: provinces named for both, as a part of those named for either: 2/3 = 0.67" in said
    assert "as a part of those of the group with the fewest: 2/2 = 1.00" in said
    assert "• Provinces named for Blue alone of those compared: 3" in said
    assert "fewest: 2/3 = 0.67 • A what-if, not a bound: no source names these provinces." in said


@pytest.mark.parametrize(
    ("groups", "says"),
    [
        (("red",), "1 to compare"),
        (("red", "blue", "ray", "far"), "4 to compare"),
        (("red", "red"), "group 'red' is to be compared with itself"),
        (("red", "far"), "'far' cannot be compared: no record that counts here names a province for it"),
    ],
)
def test_what_is_no_comparison_is_refused(groups: tuple[str, ...] | None, says: str) -> None:
    joined, topology = join_table(TABLE, Job(Choices(groups=groups)))
    with pytest.raises(TableError, match=says) as caught:
        draw_figure(joined, topology, "compare", source="t.yaml")
    assert "expected two or three groups that a record names a province for: red, blue, ray" in str(caught.value)
    assert str(caught.value).startswith("t.yaml: ")


def test_without_groups_the_two_that_share_most_are_compared_as_on_the_page() -> None:
    joined, topology = join_table(TABLE)
    asked, _ = join_table(TABLE, Job(Choices(groups=("red", "blue"))))
    assert choose_pair(joined.footprints) == ("red", "blue")
    alone, chosen = (draw_figure(each, topology, "compare") for each in (joined, asked))
    assert [text.get_text() for text in alone.axes[0].texts] == [text.get_text() for text in chosen.axes[0].texts]
    page = draw_compare(joined, topology).get_root().render()
    block = page.partition('type="application/json" id="presence-data">')[2].partition("</script>")[0]
    assert json.loads(block)["choices"]["compared"] == ["red", "blue"]


@pytest.mark.parametrize(
    ("presence", "says"),
    [
        ("{Red: [Kabul]}", "1 to compare; expected two or three groups that a record names a province for: red"),
        ("{}", "0 to compare; expected two or three groups that a record names a province for: none"),
    ],
)
def test_without_groups_fewer_than_two_are_no_comparison(presence: str, says: str) -> None:
    joined, topology = join_table(f"presence: {presence}", Job(allow_empty=True))
    with pytest.raises(TableError, match=f"^t.yaml: {says}"):
        draw_figure(joined, topology, "compare", source="t.yaml")


def test_part_and_whole_rolled_up_are_no_comparison() -> None:
    joined, topology = join_table(TABLE, Job(Choices(groups=("red", "ray"), roll_up=True)))
    with pytest.raises(TableError, match="with --roll-up red and ray are one group"):
        draw_figure(joined, topology, "compare")


@pytest.mark.parametrize("kind", ["small-multiples", "matrix"])
def test_too_many_groups_are_refused_with_a_way_out(kind: str) -> None:
    many = "presence:\n" + "".join(f"  Group {number}: [Kabul]\n" for number in range(45))
    with pytest.raises(TableError, match=r"45 groups are too many .* at most \d+; choose some with --group"):
        draw_figure(*join_table(many), kind, size="half-page")


def test_dari_is_joined_and_runs_to_the_left() -> None:
    with keep_style():
        fonts = Fonts("t.yaml")
        word = "ننگرهار"
        joined, apart = fonts.measure(word, 20), sum(fonts.measure(letter, 20) for letter in word)
    assert 0.4 * apart < joined < 0.9 * apart
    said = list_said(draw_figure(*join_table(TABLE), "overlay", labels="fa"), "name AF-HER")
    assert any("هرات" in text for text in said)


def test_a_character_without_a_font_is_an_error_that_names_it() -> None:
    with pytest.raises(TableError, match=r"^t.yaml: no font here has the character .* \(U\+12345 CUNEIFORM") as caught:
        Fonts("t.yaml", fallbacks=()).admit("a\U00012345")
    assert "expected a font that has it" in str(caught.value)


def test_control_characters_cannot_break_a_file() -> None:
    assert Fonts("t.yaml").admit("a\x07b\u202ec\n d") == "a\ufffdbc d"


@pytest.mark.parametrize("words", [("nothing",), ("overlay", "--size", "a3"), ("overlay", "--format", "gif")])
def test_wrong_words_are_told_the_right_ones(words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(TABLE, encoding="utf-8")
    result = CliRunner().invoke(main, ["figure", words[0], str(tmp_path / "t.yaml"), *words[1:]])
    assert result.exit_code == 2
    assert "is not one of" in result.stderr


@pytest.mark.parametrize("form", ["svg", "pdf"])
def test_dots_an_inch_are_refused_where_there_are_none(form: str, tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(TABLE, encoding="utf-8")
    file = tmp_path / f"a.{form}"
    result = CliRunner().invoke(main, ["figure", "matrix", str(tmp_path / "t.yaml"), "--dpi", "96", "-o", str(file)])
    assert result.exit_code == 2
    assert f"96 dots an inch; expected a PNG; {form.upper()} has no dots" in result.stderr
    assert not file.exists()


def test_the_command_writes_where_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "presence.yaml").write_text(TABLE, encoding="utf-8")
    result = CliRunner().invoke(main, ["figure", "matrix", "--size", "slide", "--format", "png", "--dpi", "36"])
    assert result.exit_code == 0, result.output
    assert [path.name for path in (tmp_path / "maps").iterdir()] == ["matrix-slide.png"]
    assert "wrote " in result.stderr
