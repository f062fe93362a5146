"""Crowded units: placing their labels takes bounded work, and no label stands where it could mislead."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

import geo
from geo.api import SIZES as FORMATS
from geo.api import BoundaryFile, Job, join_table
from geo.draw.figure.canvas import SIZES, Box, Sheet
from geo.draw.figure.draw_figure import draw_figure
from geo.draw.figure.fonts import Fonts
from geo.draw.figure.labels.candidates import list_beside
from geo.draw.figure.labels.free_space import CHUNK, MOST, ROUGH, Ground, OccupiedSpace, Placed
from geo.draw.figure.labels.label_text import Label, typeset_block
from geo.draw.figure.labels.place_labels import MOST_BESIDE, MOST_LISTED, MOST_NAMED, Arrangement, Fits, place_labels
from geo.draw.figure.labels.placement_search import EACH, MOST_EFFORT, PlacementSearch
from geo.draw.figure.projected_map import Land
from geo.draw.figure.save import keep_style
from geo.model import UnitNoun
from geo.read.boundaries.user_units import UnitChoices
from tests.daily import choose, takes_long
from tests.figure.countries import write_country, write_table

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


def never_fits(listed: Sequence[Label], left: int) -> bool:
    return False


Place = Callable[..., tuple[PlacementSearch, Arrangement]]


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Place:
    desks: list[PlacementSearch] = []

    class Watched(PlacementSearch):
        def __init__(self, *words: Any) -> None:
            super().__init__(*words)
            desks.append(self)

    monkeypatch.setattr("geo.draw.figure.labels.place_labels.PlacementSearch", Watched)

    def run(land: Land, fits: Fits = never_fits) -> tuple[PlacementSearch, Arrangement]:
        labels = [Label(code, f"Unit {code}", "A B") for code in land.units]
        with keep_style():
            arrangement = place_labels(Sheet(SIZES["a4"], Fonts("t.yaml")), land, labels, 8, fits)
        return desks[-1], arrangement

    return run


TIGHT = {
    "a full frame": make_grid(6, 5, BOX),
    "specks at both edges": [*make_grid(2, 1, Box(1, 100, 4, 103)), *make_grid(2, 1, Box(296, 100, 299, 103))],
    "a comb": [shapely.box(x, 2, x + 9, 198) for x in range(0, 297, 9)],
    "400 units": make_grid(20, 20, Box(30, 30, 270, 170)),
}


@pytest.mark.parametrize("case", TIGHT)
def test_the_work_is_bounded(case: str, place: Place) -> None:
    desk, arrangement = place(make_land(TIGHT[case]))
    placed = arrangement.placed
    # A turn that has begun is brought to an end, in which each label looks into its own unit.
    assert desk.effort < min(MOST_EFFORT, EACH * len(desk.labels)) + 10 * len(desk.labels)
    assert len({each.code for each in placed}) == len(placed)


def test_very_many_labels_stand_in_their_units_or_nowhere(place: Place) -> None:
    land = make_land([*make_grid(20, 20, Box(30, 30, 170, 170)), shapely.box(170, 30, 270, 170)])
    desk, arrangement = place(land)
    placed = arrangement.placed
    assert len(desk.labels) > MOST_NAMED
    assert [each.code for each in placed] == ["U400"]
    assert placed[0].leader is None


@pytest.mark.parametrize("more", choose([1, 0], 1))
def test_as_many_leaders_as_a_reader_can_follow(more: int, place: Place) -> None:
    land = make_land(make_grid(MOST_BESIDE + more, 1, Box(60, 95, 240, 105)))
    placed = place(land)[1].placed
    assert (sum(each.leader is not None for each in placed) > MOST_BESIDE / 4) == (more == 0)
    assert bool(placed) == (more == 0)


def test_no_more_leaders_are_tried_than_could_be_told_apart() -> None:
    land = make_land(make_grid(1, 1, Box(149, 99, 151, 101)))
    with keep_style():
        block = typeset_block(Fonts("t.yaml"), ((("a", True),),), 1)
    spots = list_beside(Ground(land, 1), "U0", block)
    ring = shapely.Point(150, 100).buffer(0.8).exterior
    wall = Placed("wall", block, Box(-9, -9, -8, -8), ring)
    taken = OccupiedSpace([wall], 0.1)
    assert len(spots.costs) > 2 * MOST
    assert taken.pick(spots) is None
    assert taken.chunks == MOST / CHUNK
    assert OccupiedSpace([], 0.1).pick(spots) is not None


def read_numbers(arrangement: Arrangement) -> dict[str, str]:
    """Return the numbers on the map by the codes of their units."""
    parts = [(each.code, str(part.run)) for each in arrangement.placed for part in each.block.parts]
    return {code: text for code, text in parts if text.startswith("#")}


@pytest.mark.parametrize("room", choose([1, 25, 0, 180], 1))
def test_what_has_no_room_is_listed_by_the_number_that_stands_on_the_map(room: int, place: Place) -> None:
    def fits(listed: Sequence[Label], left: int) -> bool:
        assert len(listed) + left == 180
        return len(listed) <= room

    _, arrangement = place(make_land(make_grid(10, 18, BOX)), fits)
    listed = [label.name.partition(" ")[0] for label in arrangement.listed]
    assert listed == [f"#{number}" for number in range(1, room + 1)]
    assert read_numbers(arrangement) == {label.code: label.name.partition(" ")[0] for label in arrangement.listed}
    assert len(arrangement.left) == 180 - room


def test_no_list_is_tried_that_is_longer_than_any_panel(place: Place) -> None:
    tried: list[int] = []

    def fits(listed: Sequence[Label], left: int) -> bool:
        tried.append(len(listed))
        return True

    _, arrangement = place(make_land(make_grid(40, 20, BOX)), fits)
    assert len(arrangement.listed) == max(tried) == MOST_LISTED
    assert len(tried) < 12
    assert len(arrangement.left) == 800 - MOST_LISTED


def test_units_too_small_for_a_number_are_listed_after_those_with_one(place: Place) -> None:
    land = make_land([*make_grid(60, 1, Box(0, 0, 300, 10)), *make_grid(10, 1, Box(0, 10, 300, 30))])
    _, arrangement = place(land, lambda listed, left: True)
    numbers = read_numbers(arrangement)
    assert [label.code for label in arrangement.listed] == [*numbers, *(f"U{number}" for number in range(60))]
    assert {*numbers} == {f"U{number}" for number in range(60, 70)}
    assert arrangement.left == ()


def test_what_has_room_is_neither_numbered_nor_listed(place: Place) -> None:
    _, arrangement = place(make_land(make_grid(3, 3, Box(10, 10, 290, 190))), lambda listed, left: True)
    assert (len(arrangement.placed), arrangement.listed, arrangement.left) == (9, (), ())
    assert read_numbers(arrangement) == {}


@takes_long
@pytest.mark.filterwarnings("ignore::geo.PresenceWarning")
@pytest.mark.parametrize("size", choose(FORMATS[::-1], 1))
def test_a_figure_lists_what_it_numbers_and_counts_the_rest(size: str, tmp_path: Path) -> None:
    units = make_grid(24, 20, Box(20, 10, 32, 20))
    names = [f"Place {number}" for number in range(480)]
    frame = geopandas.GeoDataFrame({"name": names, "code": names}, geometry=units, crs=4326)
    table = tmp_path / "t.yaml"
    table.write_text(f"presence: {{Red: [{', '.join(names)}], Blue: [{', '.join(names[:90])}]}}", encoding="utf-8")
    joined = geo.join_presence(geo.read_presence(table, boundaries=frame, units="place"), frame, units="place")
    texts = geo.draw_figure(joined, "overlay", size=size).axes[0].texts
    on_map = {text.get_text() for text in texts if str(text.get_label()).startswith("name ")}
    notes = " ".join(text.get_text() for text in texts if text.get_label() == "note")
    listed = re.findall(r"(?:#\d+ )?Place \d+: Red(?: \+ Blue)?[.;]", notes.partition("reports")[0])
    left = re.search(r"(\d+) more have no room here", notes)
    assert {entry.split()[0] for entry in listed if entry[0] == "#"} == {name for name in on_map if name[0] == "#"}
    named = sum(name.startswith("Place") for name in on_map)
    assert named + len(listed) + int(left[1] if left else 0) == 480
    assert len(listed) > 10


@takes_long
@pytest.mark.filterwarnings("ignore::geo.PresenceWarning")
@pytest.mark.parametrize(("country", "size"), [("four crowded at two edges", "half-page"), ("far apart", "slide")])
def test_who_has_no_room_on_the_map_is_told_where_the_panel_was_full(
    country: str, size: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_table(write_country(country, Path("b.geojson")), Path("t.yaml"))
    own = BoundaryFile(Path("b.geojson"), key="code", own=UnitChoices(UnitNoun("unit", "units"), None, "name"))
    joined, topology = join_table(Path("t.yaml"), Job(boundaries=own))
    texts = draw_figure(joined, topology, "overlay", size=size).axes[0].texts
    on_map, told = {text.get_label() for text in texts}, [text.get_text() for text in texts]
    listed = " ".join(told[next(place for place, text in enumerate(told) if text.startswith("UNITS WITHOUT")) + 1 :])
    left = re.search(r"(\d+) (?:more )?have no room", listed)
    shown = joined.units.index[~joined.units["group_class"].str.startswith("gap:")]
    named = sum(f"name {code}" in on_map for code in shown)
    assert named + listed.count("Unit") + int(left[1] if left else 0) == len(shown)
    assert named < len(shown)


def test_the_more_ragged_a_unit_the_more_it_is_thinned_for_measuring() -> None:
    ragged = [(x, 20 + 8 * (place % 2)) for place, x in enumerate(np.linspace(10, 140, 3000).tolist())]
    plain = shapely.Point(220, 100).buffer(60, quad_segs=64)
    ground = Ground(make_land([shapely.Polygon([*ragged, (140, 180), (10, 180)]), plain]), 8)
    assert shapely.get_num_coordinates(ground.units["U0"]) < 600
    assert ground.units["U0"].is_valid
    assert ground.units["U1"].equals_exact(plain.simplify(ROUGH))


@takes_long
@pytest.mark.filterwarnings("ignore::geo.PresenceWarning")
def test_units_that_a_record_names_have_their_names_before_those_of_a_region(tmp_path: Path) -> None:
    units = make_grid(24, 20, Box(20, 10, 32, 20))
    names = [f"Place {number}" for number in range(480)]
    regions = ["Many" if number < 300 else "" for number in range(480)]
    frame = geopandas.GeoDataFrame({"name": names, "region": regions}, index=names, geometry=units, crs=4326)
    table = tmp_path / "t.yaml"
    table.write_text(
        "groups: {red: {name: Red}}\npresence:\n"
        "  - {group: red, region: Many}\n  - {group: red, in: [Place 310, Place 400, Place 470]}\n",
        encoding="utf-8",
    )
    joined = geo.join_presence(geo.read_presence(table, boundaries=frame, units="place"), frame, units="place")
    texts = geo.draw_figure(joined, "overlay", size="half-page").axes[0].texts
    told = " ".join(text.get_text().replace("\n", " ") for text in texts if text.get_label() == "note")
    assert all(f"Place {number}: Red" in told for number in (310, 400, 470)), told
    assert "more have no room here" in told, "of the region"
