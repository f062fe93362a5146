"""What only a group itself claims has a look of its own where one group is shown at its levels."""

from __future__ import annotations

import re
from typing import Any

import pytest

from geo.draw.marks.legend import find_looks, list_level_rows, list_nets
from geo.draw.marks.map_classes import Net, Outline, Solid
from geo.draw.marks.textures import colour_net, weave_nets
from geo.draw.wording.localised_names import localise
from geo.join.classes import class_by_level
from tests.pages import join_data, sketch_page

KNOWN: dict[str, Any] = {
    "levels": {
        "seen": {"name": "Seen", "rank": 1},
        "cells": {"name": "Cells", "rank": 2},
        "camps": {"name": "Camps"},
        "attacks": {"name": "Able to attack", "footprint": False},
    },
    "sources": {"un": {"title": "UN", "date": "2020"}, "paper": {"title": "Newsletter", "date": "2021"}},
    "groups": {"a": {"name": "A"}, "b": {"name": "B"}},
}
UN = {"group": "a", "source": "un"}
PAPER = {"group": "a", "source": "paper", "basis": "claimed"}
REPORTED = {**UN, "in": ["Kabul", "Logar"], "level": "seen"}


@pytest.mark.parametrize(
    ("records", "rows"),
    [
        ([REPORTED], {"Cells": 0, "Seen": 2}),
        (
            [REPORTED, {**PAPER, "in": ["Kabul", "Ghor"], "level": "seen"}],
            {"Cells": 0, "Seen": 2, "Seen, only by the group’s own claim": 1},
        ),
        (
            [REPORTED, {**PAPER, "in": "Ghor", "level": "cells"}, {**PAPER, "in": "Herat", "level": "camps"}],
            {
                "Cells": 0, "Cells, only by the group’s own claim": 1, "Seen": 2,
                "Camps, only by the group’s own claim": 1,
            },
        ),
        ([REPORTED, {**PAPER, "region": "Western", "level": "seen"}], {"Cells": 0, "Seen": 2}),
        ([REPORTED, {**PAPER, "in": "Ghor", "level": "attacks"}], {"Cells": 0, "Seen": 2}),
        ([REPORTED, {**PAPER, "in": "Ghor", "level": "seen", "finding": "absent"}], {"Cells": 0, "Seen": 2}),
    ],
)  # fmt: skip
def test_it_has_a_row_with_its_count_and_each_unit_is_in_one_row(
    records: list[dict[str, Any]], rows: dict[str, int]
) -> None:
    joined = join_data({**KNOWN, "presence": records})
    classes = class_by_level(joined.report.units, joined.footprints, "a", joined.besides)
    told = list_level_rows(localise(joined), find_looks(joined), [*classes.values()], "a")
    assert {row.shown.label: row.count for row in told if row.shown.key.startswith("level:")} == rows
    assert list(rows) == [row.shown.label for row in told][: len(rows)], "the stronger first"
    fills = {row.shown.key: row.shown.fill for row in told}
    assert all(isinstance(fill, Net) == key.endswith("*") for key, fill in fills.items())
    assert sum(row.count for row in told if not isinstance(row.shown.fill, Outline)) == len(classes) == 34


@pytest.mark.parametrize(
    ("language", "said"), [("fa", "Seen، تنها به ادعای خود گروه"), ("ps", "Seen، یوازې د ډلې په خپله ادعا")]
)
def test_it_is_called_so_in_each_language(language: str, said: str) -> None:
    joined = join_data({**KNOWN, "presence": [{**PAPER, "in": "Ghor", "level": "seen"}]}, language=language)
    classes = class_by_level(joined.report.units, joined.footprints, "a")
    labels = [
        row.shown.label for row in list_level_rows(localise(joined), find_looks(joined), [*classes.values()], "a")
    ]
    assert said in [re.sub("[\u2068\u2069]", "", label) for label in labels]


@pytest.mark.parametrize(
    ("name", "records", "levels"),
    [
        ("choropleth", [{**PAPER, "in": "Ghor", "level": "cells"}], ["cells"]),
        ("report", [{**PAPER, "in": "Ghor", "level": "cells"}, {**PAPER, "in": "Herat", "level": "camps"}],
         ["cells", "camps"]),
        ("timeline", [{**PAPER, "in": "Ghor", "level": "seen"}], ["seen"]),
        ("choropleth", [], []),
        ("report", [{**PAPER, "in": "Ghor", "level": "attacks"}], []),
        ("overlay", [{**PAPER, "in": "Ghor", "level": "cells"}], []),
    ],
)  # fmt: skip
def test_a_page_has_the_patterns_that_its_script_may_name_and_no_others(
    name: str, records: list[dict[str, Any]], levels: list[str]
) -> None:
    joined = join_data({**KNOWN, "presence": [REPORTED, *records]})
    looks = find_looks(joined)
    nets = [Net(looks.levels[level]) for level in levels]
    page = sketch_page(name, joined).get_root().render()
    found = re.findall(r'<pattern id="(net-[^"]+)"', page)
    assert found == [each.name for each in weave_nets(nets)]
    assert found == [f"{net.name}{size}" for net in nets for size in ("", "-large")]


def test_a_net_is_drawn_in_the_colours_of_its_level() -> None:
    joined = join_data({**KNOWN, "presence": [REPORTED, {**PAPER, "in": "Ghor", "level": "seen"}]})
    looks = find_looks(joined)
    (net,) = list_nets(joined, looks)
    assert Solid(net.colour) == Solid(looks.levels["seen"])
    tint, line = colour_net(net)
    for texture in weave_nets([net, net]):
        assert texture.ground == tint
        assert f'stroke="{line}"' in texture.marks[0]
