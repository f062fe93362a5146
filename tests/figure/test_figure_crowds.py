"""Crowded units: placing their labels takes bounded work, and no label stands where it could mislead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from geo.draw.figure.blocks import Label, set_block
from geo.draw.figure.desk import EACH, MOST_EFFORT, Desk
from geo.draw.figure.fonts import Fonts
from geo.draw.figure.ground import CHUNK, MOST, Ground, Placed, Taken
from geo.draw.figure.labels import MOST_BESIDE, MOST_NAMED, place_labels
from geo.draw.figure.land import Land
from geo.draw.figure.sheet import SIZES, Box, Sheet, keep_style
from geo.draw.figure.spots import list_beside

BOX = Box(0, 0, 300, 200)


def make_land(units: Sequence[BaseGeometry]) -> Land:
    named = {f"U{number}": unit for number, unit in enumerate(units)}
    points = {code: (unit.centroid.x, unit.centroid.y) for code, unit in named.items()}
    country = shapely.union_all(list(units))
    left, _, right, _ = country.bounds
    return Land(BOX, named, points, (), shapely.MultiLineString(), country.boundary, right - left)


def make_grid(across: int, down: int, room: Box) -> list[BaseGeometry]:
    wide, high = room.width / across, room.height / down
    return [
        shapely.box(room.left + x * wide, room.top + y * high, room.left + (x + 1) * wide, room.top + (y + 1) * high)
        for x in range(across)
        for y in range(down)
    ]


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Callable[[Land], tuple[Desk, list[Placed]]]:
    desks: list[Desk] = []

    class Watched(Desk):
        def __init__(self, *words: Any) -> None:
            super().__init__(*words)
            desks.append(self)

    monkeypatch.setattr("geo.draw.figure.labels.Desk", Watched)

    def run(land: Land) -> tuple[Desk, list[Placed]]:
        labels = [Label(code, f"Unit {code}", "A B") for code in land.units]
        with keep_style():
            placed = place_labels(Sheet(SIZES["a4"], Fonts("t.yaml")), land, labels, 8)
        return desks[-1], placed

    return run


TIGHT = {
    "a full frame": make_grid(6, 5, BOX),
    "specks at both edges": [*make_grid(2, 1, Box(1, 100, 4, 103)), *make_grid(2, 1, Box(296, 100, 299, 103))],
    "a comb": [shapely.box(x, 2, x + 9, 198) for x in range(0, 297, 9)],
    "400 units": make_grid(20, 20, Box(30, 30, 270, 170)),
}


@pytest.mark.parametrize("case", TIGHT)
def test_the_work_is_bounded(case: str, place: Callable[[Land], tuple[Desk, list[Placed]]]) -> None:
    desk, placed = place(make_land(TIGHT[case]))
    # A turn that has begun is brought to an end, in which each label looks into its own unit.
    assert desk.effort < min(MOST_EFFORT, EACH * len(desk.labels)) + 10 * len(desk.labels)
    assert len({each.code for each in placed}) == len(placed)


def test_very_many_labels_stand_in_their_units_or_nowhere(place: Callable[[Land], tuple[Desk, list[Placed]]]) -> None:
    land = make_land([*make_grid(20, 20, Box(30, 30, 170, 170)), shapely.box(170, 30, 270, 170)])
    desk, placed = place(land)
    assert len(desk.labels) > MOST_NAMED
    assert [each.code for each in placed] == ["U400"]
    assert placed[0].leader is None


@pytest.mark.parametrize("more", [0, 1])
def test_as_many_leaders_as_a_reader_can_follow(more: int, place: Callable[[Land], tuple[Desk, list[Placed]]]) -> None:
    land = make_land(make_grid(MOST_BESIDE + more, 1, Box(60, 95, 240, 105)))
    _, placed = place(land)
    assert (sum(each.leader is not None for each in placed) > MOST_BESIDE / 4) == (more == 0)
    assert bool(placed) == (more == 0)


def test_no_more_leaders_are_tried_than_could_be_told_apart() -> None:
    land = make_land(make_grid(1, 1, Box(149, 99, 151, 101)))
    with keep_style():
        block = set_block(Fonts("t.yaml"), ((("a", True),),), 1)
    spots = list_beside(Ground(land, 1), "U0", block)
    ring = shapely.Point(150, 100).buffer(0.8).exterior
    wall = Placed("wall", block, Box(-9, -9, -8, -8), ring)
    taken = Taken([wall], 0.1)
    assert len(spots.costs) > 2 * MOST
    assert taken.pick(spots) is None
    assert taken.chunks == MOST / CHUNK
    assert Taken([], 0.1).pick(spots) is not None
