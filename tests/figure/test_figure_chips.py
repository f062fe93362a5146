"""Chips in figures: the marks of the page in points, in the same slots from the left in every language."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch

from geo.api import Choices, Job, join_table
from geo.draw.figure.canvas import SIZES, Box, Sheet
from geo.draw.figure.draw_figure import draw_figure
from geo.draw.figure.fonts import Fonts
from geo.draw.figure.labels.chip_marks import GROUND, ChipRows, draw_chips, find_pixel, measure_rows
from geo.draw.figure.save import keep_style
from geo.draw.marks.chips import SIDE, SIGNS, STATES, STEP, Chip, list_marks
from geo.draw.marks.palette import INK, PALETTE, PAPER, STYLE_COLOURS, mix_colours
from geo.draw.marks.textures import TINT

STYLES = (Path(__file__).parents[2] / "geo/draw/web/css/labels.css").read_text(encoding="utf-8")
SIZE = 12.5
BLUE, GOLD = PALETTE[0], PALETTE[4]


def paint(*chips: Chip, across: int = 4) -> list[PathPatch]:
    with keep_style():
        sheet = Sheet(SIZES["a4"], Fonts("t.yaml"))
        rows = ChipRows(chips, across)
        wide, high = measure_rows(rows, SIZE)
        draw_chips(sheet, [(rows, Box(100 - GROUND, 50 - GROUND, 100 - GROUND + wide, 50 - GROUND + high), "X")], SIZE)
    return [
        patch for patch in sheet.axes.get_children() if isinstance(patch, PathPatch) and patch.get_label() == "chip"
    ]


def tell(patch: PathPatch) -> tuple[str, str, tuple[float, ...]]:
    """Return fill, line and corners of a mark."""
    box = patch.get_path().get_extents()
    fill, line = ("" if to_rgba(colour)[3] == 0 else to_hex(colour) for colour in get_colours(patch))
    return fill, line, tuple(round(float(side), 2) for side in (box.x0, box.y0, box.x1, box.y1))


def get_colours(patch: PathPatch) -> tuple[Any, Any]:
    return patch.get_facecolor(), patch.get_edgecolor()


def test_style_sheets_paint_marks_as_figures_do() -> None:
    rules = dict(re.findall(r"^\.(chip-[a-z]+) \{ ([^}]*)\}", STYLES, re.MULTILINE))
    colours = {f"var(--{name})": PAPER if colour == "#fff" else colour for name, colour in STYLE_COLOURS.items()}
    assert {*rules} == {mark.look for mark in SIGNS.values()}
    for mark in SIGNS.values():
        said = dict(part.strip().split(": ", 1) for part in rules[mark.look].split(";") if part.strip())
        assert [colours.get(said.get(key, ""), "") for key in ("fill", "stroke")] == [mark.fill, mark.stroke], mark
        assert float(said.get("stroke-width", 0)) == mark.width, mark


def test_a_pixel_of_a_chip_is_a_point_beside_letters_as_large_as_on_the_page() -> None:
    assert find_pixel(SIZE) == 1
    assert [tell(patch) for patch in paint(Chip(BLUE, "named"))] == [(BLUE, "", (100, 50, 100 + SIDE, 50 + SIDE))]
    tint = mix_colours(BLUE, PAPER, TINT)
    inner = (101, 51, 100 + SIDE - 1, 50 + SIDE - 1)
    assert [tell(patch) for patch in paint(Chip(BLUE, "claimed"))] == [
        (PAPER, "", inner), ("", BLUE, inner), (tint, "", inner),
    ]  # fmt: skip
    slash = [tell(patch) for patch in paint(Chip(BLUE, "named", is_disputed=True))][1:]
    assert slash == [("", PAPER, (100, 50, 111, 61)), ("", INK, (100, 50, 111, 61))]


@pytest.mark.parametrize(
    ("state", "kind", "struck"), list(product(STATES, ("group", "coalition", "population"), (False, True)))
)
def test_no_mark_leaves_its_slot(state: str, kind: str, struck: bool) -> None:
    chip = Chip(GOLD, state, is_disputed=struck, kind=kind, is_able=state != "able")
    drawn = paint(chip)
    letters = sum(mark == SIGNS["inconclusive"] for mark in list_marks(chip))
    assert drawn or letters
    for _, _, (left, top, right, bottom) in map(tell, drawn):
        assert left >= 100
        assert top >= 50
        assert right <= 100 + SIDE
        assert bottom <= 50 + SIDE


def test_marks_of_one_look_are_one_path_and_slots_are_counted_row_by_row() -> None:
    chips = [Chip(colour, "named") for colour in (BLUE, GOLD, BLUE, PALETTE[1], PALETTE[2])]
    drawn = {tell(patch)[0]: tell(patch)[2] for patch in paint(*chips, across=3) if tell(patch)[0]}
    assert drawn[BLUE] == (100, 50, 100 + 2 * STEP + SIDE, 50 + SIDE)
    assert drawn[PALETTE[1]] == (100, 50 + STEP, 100 + SIDE, 50 + STEP + SIDE)
    assert drawn[PALETTE[2]] == (100 + STEP, 50 + STEP, 100 + STEP + SIDE, 50 + STEP + SIDE)


def list_lefts(figure: Figure) -> list[float]:
    """Return where the marks of the five groups begin, in their order, from the ground of the unit's chips."""
    patches = [patch for patch in figure.axes[0].get_children() if isinstance(patch, PathPatch)]
    ground = next(patch for patch in patches if patch.get_label() == "chips AF-HEL").get_path().get_extents()
    lefts = {}
    for patch in patches:
        fill, box = to_hex(get_colours(patch)[0]), patch.get_path().get_extents()
        inside = ground.x0 <= box.x0 and box.x1 <= ground.x1 and ground.y0 <= box.y0 and box.y1 <= ground.y1
        if patch.get_label() == "chip" and inside:
            lefts[fill] = round((box.x0 - ground.x0) / (box.width or 1), 1)
    return [lefts[colour] for colour in PALETTE[:3]]


def test_slots_are_counted_from_the_left_in_every_language() -> None:
    table = "presence: {A: [Helmand], B: [Helmand], C: [Helmand]}"
    found = [
        list_lefts(draw_figure(*join_table(table, Job(Choices(language=language))), "overlay"))
        for language in ("en", "fa")
    ]
    assert found[0] == found[1] == sorted(found[0])
