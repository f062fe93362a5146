"""`--group` limits what is off the map as it limits the map: on every page, in every figure, in report and block."""

from __future__ import annotations

import json
import re

import pytest
from matplotlib.text import Text

from geo.api import Choices, Job, join_table
from geo.draw.figure.draw_figure import draw_figure
from geo.draw.pages.choropleth import draw_choropleth
from geo.draw.pages.overlay import draw_overlay
from geo.draw.pages.report import draw_report
from geo.draw.pages.timeline import draw_timeline
from tests.daily import choose

TABLE = """\
sources: {s: {title: S, date: 2020}, t: {title: T, date: 2021}}
groups: {red: {name: Red}, blue: {name: Blue}, far: {name: Remote}, part: {name: Part, part_of: {group: far}}}
presence:
  - {group: red, in: Kabul, source: s}
  - {group: blue, in: Ghor, source: t}
  - {group: [red, far], nationwide: true, source: s}
  - {group: [blue, red, part], unlocated: 12, source: t}
  - {group: blue, unlocated: 7, source: t}
  - {group: far, unlocated: 5, source: t}
"""
BOTH = ["Red and Remote are reported across the country (Reported presence) – S (2020)",
        "Blue, Red and Part are reported in 12 provinces that the source does not name (Reported presence) – T (2021)",
        "Blue is reported in 7 provinces that the source does not name (Reported presence) – T (2021)",
        "Remote is reported in 5 provinces that the source does not name (Reported presence) – T (2021)"]  # fmt: skip
RED = ["Red is reported across the country (Reported presence) – S (2020)",
       "Red is reported in 12 provinces that the source does not name (Reported presence) – T (2021)"]  # fmt: skip
FAR = ["Remote is reported across the country (Reported presence) – S (2020)", BOTH[3]]
FAR_AND_PART = [
    FAR[0],
    "Part is reported in 12 provinces that the source does not name (Reported presence) – T (2021)",
    BOTH[3],
]
PAGES = {"overlay": draw_overlay, "choropleth": draw_choropleth, "timeline": draw_timeline, "report": draw_report}
CASES = [
    (None, False, BOTH, ""),
    (("red", "blue", "far", "part"), False, BOTH, "Shown: Red, Blue, Remote and Part."),
    (("red",), False, RED, "Shown: Red. 3 of 6 records are not shown: 3 of other groups."),
    (("far",), False, FAR, "Shown: Remote. 4 of 6 records are not shown: 4 of other groups."),
    (("part",), True, FAR_AND_PART, "3 of 6 records are not shown: 3 of other groups."),
]


def read_list(page: str) -> list[str]:
    section = re.findall('<section id="off-map".*?>(.*?)</section>', page, re.DOTALL)[0]
    return [re.split(" <a |</li>", item)[0] for item in section.split("<li>")[1:]]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("groups", "roll_up", "off_map", "lede"), CASES)
def test_a_page_tells_of_the_groups_chosen_alone(
    groups: tuple[str, ...] | None, roll_up: bool, off_map: list[str], lede: str, name: str
) -> None:
    joined, topology = join_table(TABLE, Job(Choices(groups=groups, roll_up=roll_up)))
    page = PAGES[name](joined, topology).get_root().render()
    assert read_list(page) == off_map
    said = re.findall('<meta name="description" content="(.*?)"', page)[0]
    assert said.endswith("".join(f" {each}." for each in off_map))
    assert lede in page


@pytest.mark.parametrize("kind", choose(["overlay", "choropleth", "small-multiples", "matrix"], 2))
@pytest.mark.parametrize(("groups", "roll_up", "off_map", "lede"), [CASES[0], CASES[2]])
def test_a_figure_tells_of_the_groups_chosen_alone(
    groups: tuple[str, ...] | None, roll_up: bool, off_map: list[str], lede: str, kind: str
) -> None:
    joined, topology = join_table(TABLE, Job(Choices(groups=groups, roll_up=roll_up)))
    texts = [each.get_text() for each in draw_figure(joined, topology, kind).findobj(Text)]
    said = " ".join(texts).replace("•", "\n•")
    assert re.findall("• (.*)", said)[0].startswith(off_map[0][:20])
    assert all(each[:30] in said for each in off_map)
    assert ("Remote" in said) == (groups is None)
    assert lede in said


def test_nothing_off_the_map_of_the_groups_chosen_is_said_so() -> None:
    table = "groups: {a: {name: A}, b: {name: B}}\n"
    table += "presence: [{group: a, in: Kabul}, {group: b, in: Ghor}, {group: b, nationwide: true}]"
    for groups, said in ((("a",), "No record of the groups shown is left off the map."), (("b",), "B is reported")):
        page = draw_overlay(*join_table(table, Job(Choices(groups=groups)))).get_root().render()
        assert said in re.findall('<section id="off-map".*?>(.*?)</section>', page, re.DOTALL)[0]


def test_the_block_says_which_groups_were_not_chosen_but_may_be_switched_on() -> None:
    page = draw_overlay(*join_table(TABLE, Job(Choices(groups=("red",))))).get_root().render()
    found = json.loads(re.findall('id="presence-data">(.*?)</script>', page, re.DOTALL)[0])["off_map"]
    assert [(each["groups"], each.get("other"), "say" in each) for each in found] == [
        (["red"], None, False), (["blue", "red"], ["blue"], True), (["blue"], ["blue"], False),
    ]  # fmt: skip
    assert found[1]["say"] == [
        ["", f" {verb} reported in 12 provinces that the source does not name (Reported presence) – T (2021)"]
        for verb in ("is", "are")
    ]
