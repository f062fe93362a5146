"""The diagram of ties: each tie once, no box over another, the same bytes everywhere, text stays text."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import product
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.draw.marks.palette import assign_slots
from geo.draw.relations.diagram import Diagram, draw_ties_diagram, lay_out_ties, trace_tie
from geo.draw.relations.layout import Box
from geo.draw.relations.layout_costs import Field, count_cost, weigh_lines
from geo.draw.relations.wrapped_text import measure_text, wrap_text
from geo.draw.sections.groups import draw_ties
from geo.draw.wording.catalogue import read_catalogue
from geo.draw.wording.localised_names import localise
from geo.draw.wording.relations import Tie, describe_tie, list_ties
from geo.join.joined_table import join_presence
from geo.model import Evidence, Group, PartOf, Relation, Table
from geo.read.boundaries.bundled import read_boundaries
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.table.reader import parse_presence
from tests.daily import takes_long

ROOT = Path(__file__).parents[2]
HOSTILE = '</svg><script>alert(1)</script>{{7*7}}" onload="x'
ENGLISH = read_catalogue("en")
TYPES = ("alliance", "support", "affiliate", "splinter", "rivalry")
STANDINGS = ("existing", "emerging", "discussed", "ended", "disputed")


def read_table() -> Table:
    return parse_presence((ROOT / "presence.yaml").read_bytes(), "presence.yaml", read_gazetteer())[0]


def make_table(*relations: Relation, groups: int = 3, name: str = "Group {}", **parts: Group) -> Table:
    made = {f"g{each}": Group(f"g{each}", name.format(each), f"G{each}") for each in range(groups)}
    return Table("t", {}, {}, made | parts, (), (), relations=relations)


def check_layout(diagram: Diagram) -> None:
    boxes = diagram.layout.boxes
    for place, box in enumerate(boxes):
        assert box.width / 2 <= box.x <= diagram.layout.width - box.width / 2, box
        assert box.height / 2 <= box.y <= diagram.layout.height - box.height / 2, box
        assert not [other for other in boxes[:place] if box.overlaps(other)], box
        for line in diagram.lines[place]:
            assert measure_text(line, 13) <= box.width - 16, "8 pixels on each side"
    for tie in diagram.ties:
        check_lines(diagram, tie)


def check_lines(diagram: Diagram, tie: Tie) -> None:
    """A tie's lines leave what they join at its border, and are over no name and no badge but their own."""
    curves = trace_tie(diagram, tie)
    assert len(curves) == (1 if len(tie.groups) == 2 else len(tie.groups))
    own = {f"tie {tie.number}"}
    for curve, place in product(curves, range(1, 200)):
        x, y = curve.find_point(place / 200)
        over = {box.key for box in diagram.layout.boxes if is_within(box, x, y)}
        assert over <= own, (tie, place)
    ends = [curves[0].start, curves[0].end] if len(curves) == 1 else [curve.end for curve in curves]
    for group, (x, y) in zip(tie.groups, ends, strict=True):
        box = next(box for box in diagram.layout.boxes if box.key == group)
        assert abs(x - box.x) <= box.width / 2 + 0.1
        assert abs(y - box.y) <= box.height / 2 + 0.1


def is_within(box: Box, x: float, y: float) -> bool:
    return abs(x - box.x) < box.width / 2 - 2 and abs(y - box.y) < box.height / 2 - 2


def test_every_tie_of_the_default_table_stands_once() -> None:
    table = read_table()
    diagram = lay_out_ties(ENGLISH, table)
    assert diagram is not None
    check_layout(diagram)
    parts = [group for group in table.groups.values() if group.part_of]
    assert len(diagram.ties) == len(table.relations) + len(parts) == 10
    assert [box.key for box in diagram.layout.boxes] == [*diagram.groups, *(f"tie {each}" for each in range(1, 11))]
    assert set(diagram.groups) == {"haqqani", "isis-k", "let", "al-qaeda", "aqis", "taliban", "isis"}
    svg = draw_ties_diagram(ENGLISH, table, {})
    for tie in diagram.ties:
        assert len(re.findall(rf">{tie.number}</text>", svg)) == 1


def test_triangle_is_one_tie_of_three_and_only_sought() -> None:
    diagram = lay_out_ties(ENGLISH, read_table())
    assert diagram is not None
    shared = [tie for tie in diagram.ties if len(tie.groups) == 3]
    assert [tie.number for tie in shared] == [2]
    assert diagram.lines[len(diagram.groups) + 1] == ("2",)
    title = "Haqqani Network, ISIS-Khorasan and Lashkar-e-Taiba: one alliance of 3, emerging"
    assert f"<title>{title}</title>" in draw_ties_diagram(ENGLISH, read_table(), {})
    pairs = [set(tie.groups) for tie in diagram.ties if len(tie.groups) == 2]
    assert {"haqqani", "let"} not in pairs
    assert {"let", "isis-k"} not in pairs


@pytest.mark.parametrize(
    ("standing", "look"),
    [
        ("existing", 'stroke-width="1.8"/>'),
        ("emerging", 'stroke-dasharray="9 5"'),
        ("discussed", 'stroke-dasharray="2 5"'),
        ("disputed", 'stroke-dasharray="12 4 2 4"'),
        ("disputed", ">1 ?</text>"),
        ("ended", 'stroke-width="1.1"/>'),
    ],
)
def test_standing_shows_without_colour(standing: str, look: str) -> None:
    looks = {
        each: draw_ties_diagram(ENGLISH, make_table(Relation("alliance", Evidence(), ("g0", "g1"), standing=each)), {})
        for each in STANDINGS
    }
    assert look in looks[standing]
    assert len(set(looks.values())) == len(STANDINGS)


@pytest.mark.parametrize("kind", ["support", "affiliate", "splinter"])
def test_direction_has_one_mark_at_the_end_and_words_in_the_list(kind: str) -> None:
    table = make_table(Relation(kind, Evidence(), from_group="g0", to_group="g1", standing="existing"))
    assert draw_ties_diagram(ENGLISH, table, {}).count('transform="matrix') == 2, "one in the diagram, one in its key"
    assert re.fullmatch(f"Group 0 is an? {kind}(er)? of Group 1: existing", describe(table))


def describe(table: Table) -> str:
    return describe_tie(ENGLISH, list_ties(table)[0], lambda group: table.groups[group].name)


def test_tie_that_is_only_discussed_is_not_said_to_be() -> None:
    table = make_table(Relation("support", Evidence(), from_group="g0", to_group="g1", standing="discussed"))
    assert describe(table) == "Group 0 as a supporter of Group 1: discussed"


def test_table_without_ties_gives_a_sentence() -> None:
    assert draw_ties_diagram(ENGLISH, make_table(), {}) == "<p>The table holds no tie.</p>"


def test_too_many_ties_give_a_sentence() -> None:
    many = [Relation("rivalry", Evidence(note=str(each)), ("g0", "g1"), standing="ended") for each in range(41)]
    assert draw_ties_diagram(ENGLISH, make_table(*many), {}).startswith("<p>There are too many ties")


def test_what_would_run_over_a_name_is_only_listed() -> None:
    """Of seven ties between two groups no picture keeps all lines apart."""
    many = [Relation("rivalry", Evidence(note=str(each)), ("g0", "g1"), standing="ended") for each in range(7)]
    assert draw_ties_diagram(ENGLISH, make_table(*many), {}).startswith("<p>There are too many ties")


def test_hostile_names_stay_text() -> None:
    relation = Relation("alliance", Evidence(note=HOSTILE), ("g0", "g1"), standing="disputed")
    svg = draw_ties_diagram(
        ENGLISH, make_table(relation, name=HOSTILE.replace("{", "{{").replace("}", "}}") + "{}"), {}
    )
    known = {"div", "svg", "g", "path", "rect", "text", "title", "ul", "li"}
    assert {element.tag for element in ET.fromstring(svg).iter()} <= known
    attributes = {name for element in ET.fromstring(svg).iter() for name in element.attrib}
    assert not {name for name in attributes if name == "style" or name.startswith("on")}
    assert "{{" not in svg


def test_list_has_part_of_and_the_same_numbers_as_the_diagram() -> None:
    table = read_table()
    joined = localise(join_presence(table, read_gazetteer(), read_boundaries()))
    slots = {slot.group: slot for slot in assign_slots(table)}
    plain, drawn = draw_ties(joined), draw_ties(joined, slots, diagram=True)
    assert "<svg" not in plain
    assert len(re.findall("<svg[^>]*img", drawn)) == 1
    badges = re.findall(r">(\d+)</text>", drawn)
    assert badges == [str(tie.number) for tie in list_ties(table)]
    assert plain.count("<li data-groups=") == drawn.count("<li data-groups=") == 10
    assert re.search(r"Haqqani Network</bdi></strong> is part of <strong><bdi>Taliban", plain)
    assert slots["haqqani"].colour in drawn


def test_networkx_is_imported_only_for_a_diagram() -> None:
    code = "import sys, geo.draw.relations.diagram, geo.draw.sections.groups; sys.exit('networkx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0


@st.composite
def tables(draw: st.DrawFn, groups: int, ties: int) -> Table:
    ends = st.lists(st.integers(0, groups - 1), min_size=2, max_size=3, unique=True)
    relations = []
    for _ in range(ties):
        names, standing = [f"g{each}" for each in draw(ends)], draw(st.sampled_from(STANDINGS))
        evidence = Evidence(note=draw(st.text(max_size=60)))
        relations.append(Relation(draw(st.sampled_from(TYPES)), evidence, tuple(names), standing=standing))
    whole = Group("whole", draw(st.text(min_size=1, max_size=60)), "W")
    part = Group("part", "Part", "P", part_of=PartOf("whole", Evidence()))
    return make_table(*relations, groups=groups, whole=whole, part=part)


@pytest.mark.parametrize(
    "seed", [pytest.param(0), pytest.param(1, marks=takes_long), pytest.param(2, marks=takes_long)]
)
def test_fifteen_groups_and_25_ties_keep_the_rules(seed: int) -> None:
    dice = Random(seed)
    ends = [tuple(f"g{each}" for each in dice.sample(range(15), dice.choice([2, 2, 2, 3]))) for _ in range(25)]
    relations = [Relation(dice.choice(TYPES), Evidence(), each, standing=dice.choice(STANDINGS)) for each in ends]
    diagram = lay_out_ties(ENGLISH, make_table(*relations, groups=15, name="Front of the long name {}"))
    assert diagram is not None
    assert len(diagram.ties) == 25
    check_layout(diagram)


@settings(max_examples=settings().max_examples // 10)
@given(tables(3, 3))
def test_few_ties_keep_the_rules(table: Table) -> None:
    diagram = lay_out_ties(ENGLISH, table)
    assert diagram is not None
    check_layout(diagram)


@settings(max_examples=20)
@given(st.integers(2, 8), st.integers(1, 12), st.sampled_from([60, 300, 900]), st.integers(0, 2**32 - 1))
def test_a_move_costs_what_the_whole_then_costs(groups: int, ties: int, wide: int, seed: int) -> None:
    dice = np.random.default_rng(seed)
    count = groups + ties
    ends = [dice.permutation(groups)[: dice.integers(2, 5)].tolist() for _ in range(ties)]
    at, size = dice.integers(0, wide, (count, 2)).astype(float), dice.integers(20, 160, (count, 2)).astype(float)
    field = Field(at, size, weigh_lines(ends, groups), np.arange(count) < groups)
    whole = count_cost(field)
    for box in range(count):
        points = np.array([at[box], *dice.integers(0, wide, (3, 2))], dtype=float)
        here, *there = field.cost_places(box, points) + field.cost_lines(box, points)
        for point, cost in zip(points[1:], there, strict=True):
            moved = at.copy()
            moved[box] = point
            assert count_cost(replace(field, at=moved)) - whole == cost - here


@given(st.text(max_size=80), st.integers(40, 200))
def test_wrapping_loses_nothing_and_keeps_the_width(text: str, width: int) -> None:
    lines = wrap_text(text, 12, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(measure_text(line, 12) <= width for line in lines)
