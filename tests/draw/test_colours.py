"""Colours: any two that can stand side by side differ for every eye, by the figures that docs/colours.md gives."""

import itertools
from functools import cache
from pathlib import Path

import pytest
from coloraide import Color

from geo.draw.marks.diff_classes import list_change_classes
from geo.draw.marks.map_classes import Net, Solid
from geo.draw.marks.overlap_shades import GRADES, ink_on, shade_grade
from geo.draw.marks.palette import (
    BOTH,
    CLASH,
    FIRST,
    GREY,
    LEVEL_RAMP,
    MANY,
    NOT_SHOWN,
    PALETTE,
    PAPER,
    RAMP,
    SECOND,
    UNNAMED_PAPER,
    UNRANKED,
    mix_colours,
    pick_ramp,
)  # fmt: skip
from geo.draw.marks.textures import TINT, colour_net
from geo.draw.web.assets import read_style
from geo.draw.wording.catalogue import read_catalogue
from geo.join.classes import MOST_BANDS

APART = 10
"""Least CIEDE2000 between two colours: about ten times what is just seen between two patches side by side."""

STEP = 8
"""Least L* between neighbouring classes of an ordered fill."""

SIGHTS: dict[str, tuple[str, str] | None] = {
    "normal": None,
    "protanopia": ("protan", "machado"),
    "deuteranopia": ("deutan", "machado"),
    "tritanopia": ("tritan", "machado"),
    "tritanopia (Brettel)": ("tritan", "brettel"),
}

AROUND = {"paper": PAPER, "gap": UNNAMED_PAPER, "other": NOT_SHOWN, "many": MANY, "grey": GREY}

NAMES = ("blue", "vermillion", "green", "pink", "orange", "sky", "wine", "brown", "violet", "sage")

DOCUMENT = Path(__file__).parents[2] / "docs" / "colours.md"


@cache
def see(colour: str, sight: str) -> Color:
    """Simulate at severity 1, as a screen could show it; the method by name, as the default mixes three."""
    how = SIGHTS[sight]
    seen = Color(colour).filter(how[0], 1, method=how[1]) if how else Color(colour)
    return seen.convert("srgb").clip()


@cache
def measure(first: str, second: str, sight: str = "normal") -> float:
    return see(first, sight).delta_e(see(second, sight), method="2000")


def find_closest(colours: tuple[str, ...], sight: str) -> tuple[float, str, str]:
    return min((measure(one, two, sight), one, two) for one, two in itertools.combinations(colours, 2))


def lightness(colour: str) -> float:
    return Color(colour).convert("lab-d65")["lightness"]


def find_nearest(colour: str) -> tuple[float, str]:
    return min((measure(colour, fixed), name) for name, fixed in AROUND.items())


def contrast(colour: str) -> float:
    return Color(colour).contrast(PAPER, method="wcag21")


def list_distances() -> list[str]:
    rows = []
    for groups in range(2, len(PALETTE) + 1):
        least = [find_closest(PALETTE[:groups], sight)[0] for sight in SIGHTS]
        rows.append(f"| {groups} | " + " | ".join(f"{each:.1f}" for each in least) + " |")
    return rows


def list_hues() -> list[str]:
    rows = []
    for slot, (name, colour) in enumerate(zip(NAMES, PALETTE, strict=True), start=1):
        apart, fixed = find_nearest(colour)
        figures = f"{lightness(colour):.1f} | {contrast(colour):.2f} | {apart:.1f} ({fixed})"
        rows.append(f"| {slot} | {name} | `{colour}` | {figures} |")
    return rows


RAMPS = {"counts": RAMP, "levels": LEVEL_RAMP}


def list_steps() -> list[str]:
    return [
        f"| {place} | " + " | ".join(f"`{colour}` | {lightness(colour):.1f}" for colour in pair) + " |"
        for place, pair in enumerate(zip(RAMP, LEVEL_RAMP, strict=True), start=1)
    ]


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("groups", range(2, len(PALETTE) + 1))
def test_groups_are_apart_for_every_eye(groups: int, sight: str) -> None:
    least, one, two = find_closest(PALETTE[:groups], sight)
    table = "\n".join(["least CIEDE2000 by number of groups: " + ", ".join(SIGHTS), *list_distances()])
    assert least >= APART, f"{one} and {two} are {least:.1f} apart in {sight}\n{table}"


@pytest.mark.parametrize("colour", PALETTE)
def test_group_is_apart_from_paper_gaps_and_greys(colour: str) -> None:
    assert find_nearest(colour)[0] >= APART, find_nearest(colour)


@pytest.mark.parametrize("sight", SIGHTS)
def test_what_only_a_group_claims_is_apart_from_what_others_report_of_it_and_from_the_gaps(sight: str) -> None:
    tints = [mix_colours(hue, PAPER, TINT) for hue in PALETTE]
    assert all(measure(hue, tint, sight) >= APART for hue, tint in zip(PALETTE, tints, strict=True))
    # Of more groups chips show it, which have an outline.
    pairs = itertools.product(tints[:MOST_BANDS], (PAPER, UNNAMED_PAPER, NOT_SHOWN))
    assert min(measure(tint, ground, sight) for tint, ground in pairs) >= 6


@pytest.mark.parametrize("sight", SIGHTS)
def test_a_net_is_seen_on_its_tint_and_is_apart_from_the_level_as_others_report_it(sight: str) -> None:
    for colour in (*LEVEL_RAMP, *UNRANKED, GREY):
        tint, line = colour_net(Net(colour))
        assert measure(tint, line, sight) >= APART
        assert max(measure(colour, tint, sight), measure(colour, line, sight)) >= APART
        assert Color(line).contrast(tint, method="wcag21") >= 2


@pytest.mark.parametrize("colour", [*PALETTE, *UNRANKED])
def test_fill_is_seen_on_paper(colour: str) -> None:
    assert contrast(colour) >= 2


@pytest.mark.parametrize("ramp", RAMPS.values(), ids=RAMPS)
@pytest.mark.parametrize("classes", range(2, len(RAMP) + 1))
def test_neighbouring_classes_are_a_step_apart(classes: int, ramp: tuple[str, ...]) -> None:
    light = [lightness(colour) for colour in pick_ramp([str(place) for place in range(classes)], ramp).values()]
    steps = [one - two for one, two in itertools.pairwise(light)]
    assert min(steps) >= STEP, [f"{step:.1f}" for step in steps]


@pytest.mark.parametrize("ramp", RAMPS.values(), ids=RAMPS)
@pytest.mark.parametrize("field", [PAPER, UNNAMED_PAPER, NOT_SHOWN])
def test_lightest_class_is_apart_from_the_gaps(field: str, ramp: tuple[str, ...]) -> None:
    assert min(measure(colour, field) for colour in ramp) >= APART


@pytest.mark.parametrize("ramp", RAMPS.values(), ids=RAMPS)
@pytest.mark.parametrize("sight", SIGHTS)
def test_ordered_fills_keep_their_order_for_every_eye(sight: str, ramp: tuple[str, ...]) -> None:
    light = [see(colour, sight).convert("lab-d65")["lightness"] for colour in ramp]
    assert light == sorted(light, reverse=True)


def test_counts_and_levels_are_told_apart() -> None:
    """But for the darkest step, which is nearly black in both."""
    assert min(measure(one, two) for one, two in zip(RAMP[:-1], LEVEL_RAMP[:-1], strict=True)) >= APART


@pytest.mark.parametrize("sight", SIGHTS)
def test_unranked_levels_are_apart_from_each_other_and_the_ramp(sight: str) -> None:
    pairs = [*itertools.combinations(UNRANKED, 2), *itertools.product(UNRANKED, LEVEL_RAMP)]
    least, one, two = min((measure(one, two, sight), one, two) for one, two in pairs)
    assert least >= APART, f"{one} and {two} are {least:.1f} apart in {sight}"


def test_shades_of_the_matrix_are_those_of_the_style_sheet_and_read() -> None:
    style = read_style(("compare.js",))
    for grade in range(1, GRADES + 1):
        shade = shade_grade(grade)
        white = ";color:var(--ground)" if ink_on(shade) == PAPER else ""
        assert f"--heat-{grade}:{shade}" in style
        assert f".heat-{grade}{{background:var(--heat-{grade}){white}}}" in style
        assert Color(shade).contrast(ink_on(shade), method="wcag21") >= 4.5


# From the test data that Sharma, Wu and Dalal publish with their paper: hue across 0°, and a dark pair.
@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_measure_is_ciede2000(
    one: tuple[float, float, float], two: tuple[float, float, float], expected: float
) -> None:
    first, second = Color("lab-d65", one), Color("lab-d65", two)
    assert first.delta_e(second, method="2000") == pytest.approx(expected, abs=1e-4)


# One entry of each matrix that Machado and others publish for severity 1.0: a full primary shows its column.
@pytest.mark.parametrize(
    ("primary", "sight", "channel", "expected"),
    [
        ("#ff0000", "protanopia", "red", 0.152286),
        ("#ff0000", "deuteranopia", "red", 0.367322),
        ("#00ff00", "tritanopia", "blue", 0.691367),
    ],
)
def test_sight_is_machado_at_severity_one(primary: str, sight: str, channel: str, expected: float) -> None:
    assert see(primary, sight).convert("srgb-linear")[channel] == pytest.approx(expected, abs=1e-6)


def test_document_gives_the_measured_figures() -> None:
    rows = [line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    figures = [row for row in rows if row[2].isdigit()]
    assert figures == [*list_hues(), *list_distances(), *list_steps()]


@pytest.mark.parametrize("sight", SIGHTS)
def test_what_differs_between_tables_is_told_apart_by_every_eye(sight: str) -> None:
    fills = [each.fill for each in list_change_classes(read_catalogue("en")).values()]
    flat = tuple(fill.colour for fill in fills if isinstance(fill, Solid))
    assert len(flat) == 5
    assert find_closest(flat, sight)[0] >= APART


@pytest.mark.parametrize("sight", SIGHTS)
def test_what_two_sources_say_is_told_apart_by_every_eye_and_from_the_gaps(sight: str) -> None:
    told = (FIRST, SECOND, BOTH, CLASH)
    assert find_closest(told, sight)[0] >= APART
    assert min(measure(one, gap, sight) for one, gap in itertools.product(told, (PAPER, UNNAMED_PAPER, NOT_SHOWN))) >= 9
    if sight == "normal":
        assert min(measure(one, hue) for one, hue in itertools.product(told, PALETTE)) >= APART
        assert lightness(CLASH) < lightness(FIRST) < lightness(SECOND) <= lightness(BOTH), "what is loud is darker"
