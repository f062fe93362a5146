"""Ranges of strengths: open ends stay open, shares keep off the scale of figures, nothing is added up."""

import re
from pathlib import Path

import pytest

from geo.draw.sections.groups import draw_groups
from geo.draw.sections.strengths import draw_strength_ranges, list_rows, pick_end
from geo.draw.wording.catalogue import read_catalogue
from geo.draw.wording.localised_names import localise
from geo.join.joined_table import join_presence
from geo.model import Estimate, Evidence, Group, Strength, Table
from geo.read.boundaries.bundled import read_boundaries
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.table.reader import parse_presence

ROOT = Path(__file__).parents[2]
HOSTILE = "</table><script>alert(1)</script>{{7*7}}"
ENGLISH = read_catalogue("en")
DASHED = "stroke-dasharray"


def read_table() -> Table:
    return parse_presence((ROOT / "presence.yaml").read_bytes(), "presence.yaml", read_gazetteer())[0]


def make_table(*strengths: Strength, name: str = "Alpha") -> Table:
    return Table("t", {}, {}, {"a": Group("a", name, "A", strengths=strengths), "b": Group("b", "Beta", "B")}, (), ())


def draw_estimate(estimate: Estimate, **parts: object) -> str:
    return draw_strength_ranges(ENGLISH, make_table(Strength(estimate, "fighters", Evidence(), **parts)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("estimate", "dots", "stops", "open_ends"),
    [
        (Estimate(best=800), 1, 0, 0),
        (Estimate(400, 500, 600), 1, 2, 0),
        (Estimate(400, None, 600), 0, 2, 0),
        (Estimate(low=10_000), 0, 1, 1),
        (Estimate(high=2200), 0, 1, 1),
        (Estimate(low=100, best=200), 1, 1, 1),
    ],
)
def test_ends_that_no_source_gives_stay_open(estimate: Estimate, dots: int, stops: int, open_ends: int) -> None:
    drawn = draw_estimate(estimate)
    assert (drawn.count("h0"), drawn.count("v12"), drawn.count(DASHED)) == (dots, stops, open_ends)


def test_open_ends_point_their_own_way() -> None:
    low, high = (
        re.search(r"M(\d+) \d+H(\d+)", draw_estimate(each)) for each in (Estimate(low=500), Estimate(high=500))
    )
    assert low
    assert high
    assert int(low[1]) == int(high[2]), "the figure stands at the same point of the scale"
    assert int(low[2]) > 288, "at least: past the end of the scale"
    assert int(high[1]) == 8, "up to: from zero"


def test_default_table_in_rows() -> None:
    table = read_table()
    foreign = "the 10,000 or more foreign terrorist fighters in Afghanistan"
    assert [(row.group, row.of) for row in list_rows(ENGLISH, table)] == [
        ("haqqani", "the fighters of Taliban"), ("isis-k", ""), ("isis-k", "the up to 2,200 fighters"),
        ("let", ""), ("al-qaeda", ""), ("foreign-fighters", ""), ("foreign-fighters", foreign),
    ]  # fmt: skip
    figures, shares = draw_strength_ranges(ENGLISH, table).split('<table id="shares"')
    assert figures.count("<svg") == 5
    assert "do not add up" in figures
    assert "little precise information" in figures
    assert f"fighters from Pakistan, of {foreign}" in figures
    assert shares.count("<svg") == shares.count("<rect") == 2, "each on a bar of its own"
    assert "of the fighters of Taliban" in shares
    assert "foreign fighters with combat experience in Syria and Iraq, of the up to 2,200 fighters" in shares


def test_parts_of_a_share_say_of_what() -> None:
    part = Strength(Estimate(best=5), "snipers", Evidence())
    share = Strength(Estimate(best=0.5), "fighters", Evidence(), is_share=True, of="b", of_which=(part,))
    assert "snipers, of 50 % of the fighters of Beta" in draw_strength_ranges(ENGLISH, make_table(share))


def test_shares_leave_the_scale_alone() -> None:
    share = Strength(Estimate(best=0.5), "fighters", Evidence(), is_share=True, of="b")
    figure = Strength(Estimate(best=800), "fighters", Evidence())
    assert "From 0 to 1,000<" in draw_strength_ranges(ENGLISH, make_table(share, figure))
    assert 'd="M148 13h0"' in draw_strength_ranges(ENGLISH, make_table(share)), "half of the bar"
    assert 'id="strengths"' not in draw_strength_ranges(ENGLISH, make_table(share)), "no table without a row"
    assert 'id="shares"' not in draw_strength_ranges(ENGLISH, make_table(figure))


@pytest.mark.parametrize("figures", [[], [0], [1], [0.4], [600, 2200, 10_000], [999_999], [1e15]])
def test_scale_ends_past_every_figure(figures: list[float]) -> None:
    assert all(each < pick_end(figures) <= max(each * 2, 1) for each in figures[-1:])


def test_table_without_strengths_has_no_chart() -> None:
    assert draw_strength_ranges(ENGLISH, make_table()) == ""


def test_hostile_text_stays_text() -> None:
    drawn = draw_strength_ranges(
        ENGLISH, make_table(Strength(Estimate(best=1), HOSTILE, Evidence(note=HOSTILE)), name=HOSTILE)
    )
    assert "<script" not in drawn
    assert "{{" not in drawn
    assert drawn.count("alert(1)") == 3


def test_chart_stands_in_groups_only_when_wanted() -> None:
    joined = localise(join_presence(read_table(), read_gazetteer(), read_boundaries()))
    assert "strengths" not in draw_groups(joined, {})
    assert 'id="strengths"' in draw_groups(joined, {}, charts=True)
