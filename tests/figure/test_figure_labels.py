"""Labels: every sign is drawn, and no reader can take a label for that of another unit."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.text import Text
from shapely.geometry.base import BaseGeometry

from geo.api import LABELS, SIZES, Choices, Job, join_table
from geo.draw.figure.canvas import Sheet
from geo.draw.figure.draw_figure import draw_figure
from geo.draw.figure.labels.label_text import Label
from geo.draw.figure.labels.place_labels import Arrangement, Fits, place_labels
from geo.draw.figure.projected_map import Land
from geo.draw.figure.save import keep_style
from geo.draw.marks.legend import class_groups, describe_classes, find_looks
from geo.draw.wording.localised_names import localise
from geo.join.classes import class_by_group
from geo.join.joined_table import JoinedTable
from geo.read.boundaries.gazetteer import read_gazetteer
from tests.daily import IS_WHOLE, choose, takes_long

KINDS = ("overlay", "choropleth", "compare")
EACH = list(itertools.product(KINDS, SIZES, LABELS))
PAIRED = [each for each in EACH if sum(map(tuple.index, (KINDS, SIZES, LABELS), each)) % 3 == 0]
"""Every two of kind, size and labels meet in one of these."""

TABLE = """\
version: 1
title: A test
as_of: 2020-06-14
levels:
  low: {name: Low, rank: 1}
sources:
  s: {title: A source}
groups:
  haqqani: {name: Haqqani}
  isis: {name: Isis}
  let: {name: Let}
presence:
  - {group: [haqqani, isis, let], in: [Kabul, Nangarhar, Kunar], level: low, source: s}
  - {group: haqqani, in: [Khost, Paktia, Logar, Paktika, Ghazni, Wardak], level: low, source: s}
  - {group: let, region: Eastern, as_written: in the east, level: low, source: s}
"""
NAMES = sorted(unit.name for unit in read_gazetteer().units.values())


def write_dense(groups: int, name: str = "{letter} group") -> str:
    lines = (f"  {name.format(letter='ABCDEFGH'[place])}: [{', '.join(NAMES)}]\n" for place in range(groups))
    return "presence:\n" + "".join(lines)


def write_random(seed: int) -> str:
    chance = random.Random(seed)
    groups = [f"{letter}{'elta' * chance.randint(0, 1)}" for letter in "ABCDEF"[: chance.randint(2, 6)]]
    chosen = {group: chance.sample(NAMES, chance.randint(5, 34)) for group in groups}
    return "presence:\n" + "".join(f"  {group}: [{', '.join(names)}]\n" for group, names in chosen.items())


@dataclass
class Seen:
    """What stands on a map: texts by code, boxes of texts and chips, and leaders, in points."""

    names: dict[str, str] = field(default_factory=dict)
    signs: dict[str, str] = field(default_factory=dict)
    chips: list[str] = field(default_factory=list)
    notes: str = ""
    boxes: dict[str, list[BaseGeometry]] = field(default_factory=dict)
    leaders: dict[str, BaseGeometry] = field(default_factory=dict)
    size: float = 0


def look_at(figure: Figure) -> Seen:
    seen = Seen()
    with keep_style():
        renderer = FigureCanvasAgg(figure).get_renderer()
        for text in (each for each in figure.axes[0].get_children() if isinstance(each, Text)):
            kind, _, code = str(text.get_label()).partition(" ")
            seen.notes += f" {text.get_text()}" if kind == "note" else ""
            if kind not in ("name", "sign"):
                continue
            seen.size = float(text.get_fontsize())
            said = seen.names if kind == "name" else seen.signs
            said[code] = f"{said.get(code, '')} {text.get_text()}".strip()
            box = text.get_window_extent(renderer).shrunk(1.0, 0.8)
            high = figure.bbox.height
            seen.boxes.setdefault(code, []).append(shapely.box(box.x0, high - box.y1, box.x1, high - box.y0))
    for patch in (each for each in figure.axes[0].get_children() if isinstance(each, PathPatch)):
        kind, _, code = str(patch.get_label()).partition(" ")
        if kind == "leader":
            seen.leaders[code] = shapely.LineString(patch.get_path().vertices)
        if kind == "chips" and code:
            seen.chips.append(code)
            seen.boxes.setdefault(code, []).append(shapely.MultiPoint(patch.get_path().vertices).envelope)
    return seen


def draw_and_look(
    table: str, kind: str, size: str, labels: str, monkeypatch: pytest.MonkeyPatch
) -> tuple[JoinedTable, Land, Seen]:
    lands: dict[Figure, Land] = {}

    def place(sheet: Sheet, land: Land, labels: Iterable[Label], size: float, fits: Fits) -> Arrangement:
        lands[sheet.figure] = land
        return place_labels(sheet, land, labels, size, fits)

    monkeypatch.setattr("geo.draw.figure.draw_map.place_labels", place)
    joined, topology = join_table(table)
    figure = draw_figure(joined, topology, kind, size=size, labels=labels)
    return joined, lands[figure], look_at(figure)


def check_signs(joined: JoinedTable, kind: str, seen: Seen) -> None:
    classes = joined.count_classes if kind == "choropleth" else class_groups(joined, joined.shown)
    if kind == "compare":
        pair = tuple(joined.footprints)[:2]
        classes = class_by_group(joined.report.units, joined.footprints, pair)
    shown = describe_classes(localise(joined), find_looks(joined), classes)
    numbers = kind == "choropleth"
    assert seen.signs == {code: each.sign for code, each in shown.items() if numbers and each.sign}
    wanted = {code for code, each in shown.items() if not numbers and not each.is_gap}
    assert len(seen.chips) == len({*seen.chips})
    assert {*seen.chips} <= wanted
    # What has no room on the map is listed beside it by its name or, where nothing more can be, counted.
    untold = [code for code in wanted - {*seen.chips} if f"{joined.gazetteer.units[code].name}: " not in seen.notes]
    left = re.search(r"(\d+) (?:more )?ha(?:ve|s) no room", seen.notes)
    assert len(untold) <= (int(left[1]) if left else 0)


def check_places(land: Land, seen: Seen) -> None:
    for code, boxes in seen.boxes.items():
        unit = land.units[code]
        if code in seen.leaders:
            start, end = (shapely.Point(point) for point in seen.leaders[code].coords)
            assert unit.contains(start), code
            assert shapely.union_all(boxes).distance(end) < 0.8 * seen.size, code
            assert not any(box.intersects(other) for box in boxes for other in land.units.values()), code
        else:
            assert all(box.intersection(unit).area > 0.6 * box.area for box in boxes), code
    for (code, boxes), (other, around) in itertools.combinations(seen.boxes.items(), 2):
        assert not any(box.intersects(each) for box in boxes for each in around), (code, other)
    for code, leader in seen.leaders.items():
        others = [box for other, boxes in seen.boxes.items() if other != code for box in boxes]
        others += [each for other, each in seen.leaders.items() if other != code]
        assert not any(leader.intersects(each) for each in others), code


@pytest.mark.parametrize(("kind", "size", "labels"), EACH if IS_WHOLE else choose(PAIRED, 3))
def test_every_sign_stands_in_its_unit_or_is_joined_to_it(
    kind: str, size: str, labels: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined, land, seen = draw_and_look(TABLE, kind, size, labels, monkeypatch)
    check_signs(joined, kind, seen)
    check_places(land, seen)
    units = joined.gazetteer.units
    assert {*seen.signs, *seen.chips} <= set(seen.names)
    for code, name in seen.names.items():
        wanted = {"en": units[code].name, "fa": units[code].name_fa, "code": code}[labels]
        assert name.replace("\u200e", "") == wanted


FULL = [
    (write_dense(6), "half-page", "choropleth"),
    (write_dense(4), "a4", "overlay"),
    (write_random(2), "slide", "overlay"),
]
FULLER = [
    *((write_dense(groups), size, kind) for groups, kind in ((6, "choropleth"), (4, "overlay")) for size in SIZES),
    (write_dense(6), "half-page", "overlay"),
    (write_dense(4, "Group {letter}"), "half-page", "overlay"),
    *((write_random(seed), size, "overlay") for seed, size in enumerate(SIZES)),
]


@takes_long
@pytest.mark.parametrize(("table", "size", "kind"), FULLER if IS_WHOLE else choose(FULL, 2))
def test_signs_in_all_units_find_room(table: str, size: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    joined, land, seen = draw_and_look(table, kind, size, "en", monkeypatch)
    check_signs(joined, kind, seen)
    check_places(land, seen)


def test_levels_of_one_group_are_named_beside_the_map_too(monkeypatch: pytest.MonkeyPatch) -> None:
    joined, topology = join_table(TABLE, Job(Choices(groups=("haqqani",))))
    seen = look_at(draw_figure(joined, topology, "choropleth", size="half-page"))
    assert joined.footprints["haqqani"].named <= set(seen.names)
    assert (seen.signs, seen.chips) == ({}, [])


def test_a_large_unit_needs_no_leader(monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, seen = draw_and_look("presence: {Red: [Helmand, Herat]}", "overlay", "half-page", "en", monkeypatch)
    assert {*seen.chips} == {"AF-HEL", "AF-HER"}
    assert not seen.leaders
