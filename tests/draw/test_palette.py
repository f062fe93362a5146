"""Colours: slots that stay, ramps that are ordered for every eye."""

import pytest

from geo.draw.marks.palette import GREY, PALETTE, RAMP, assign_slots, pick_ramp
from geo.model import Table
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.table.reader import parse_presence


def parse(text: str) -> Table:
    return parse_presence(text.encode(), "t.yaml", read_gazetteer())[0]


@pytest.mark.parametrize("classes", range(1, 14))
def test_classes_keep_their_order_on_the_ramp(classes: int) -> None:
    places = [RAMP.index(colour) for colour in pick_ramp([str(number) for number in range(classes)]).values()]
    assert places == sorted(places)
    assert len(set(places)) == min(classes, len(RAMP))


def test_groups_without_a_located_claim_take_no_slot() -> None:
    table = parse(
        "groups: {a: {name: A}, b: {name: B}, c: {name: C}}\n"
        "presence:\n  - {group: a, nationwide: true, level: reported}\n"
        "  - {group: c, region: Eastern, level: reported}\n"
        "  - {group: b, in: Kabul, level: reported}\n"
    )
    assert [(slot.group, slot.slot, slot.colour) for slot in assign_slots(table)] == [
        ("b", 0, PALETTE[0]),
        ("c", 1, PALETTE[1]),
    ]


def test_own_colour_stands_and_is_not_given_twice() -> None:
    table = parse(
        f"groups: {{a: {{name: A}}, b: {{name: B, colour: '{PALETTE[0]}'}}}}\n"
        "presence: [{group: [a, b], in: Kabul, level: reported}]"
    )
    assert [slot.colour for slot in assign_slots(table)] == [PALETTE[1], PALETTE[0]]


def test_from_the_eleventh_on_grey() -> None:
    table = parse("presence: {" + ", ".join(f"Group {letter}: [Kabul]" for letter in "abcdefghijkl") + "}")
    colours = [slot.colour for slot in assign_slots(table)]
    assert colours == [*PALETTE, GREY, GREY]
