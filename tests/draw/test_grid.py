"""The table of units: what stands in a cell for each way in which a group may stand there, and that it can be read."""

from __future__ import annotations

import re
from typing import Any

import pytest

from geo.draw.html import Markup
from geo.draw.marks.abbreviations import list_level_words
from geo.draw.marks.palette import INK, PALETTE, PAPER, Slot, choose_ink, measure_contrast, mix_colours
from geo.draw.marks.textures import TINT
from geo.draw.sections.grid import draw_grid, draw_grid_key, style_grid
from geo.draw.sections.units import draw_table
from geo.draw.wording.localised_names import localise
from geo.join.joined_table import JoinedTable
from geo.model import Level, Table
from tests.pages import join_data

KNOWN: dict[str, Any] = {
    "as_of": "2022-01",
    "levels": {
        "reported": {"name": "Reported presence", "rank": 1, "valid_for": "1 year"},
        "cells": {"name": "Sleeper cells", "rank": 2},
        "camps": {"name": "Camps"},
        "attacks": {"name": "Able to attack", "footprint": False},
    },
    "sources": {"s": {"title": "S", "date": "2021-12"}, "t": {"title": "T", "date": "2021-12"}},
    "groups": {"a": {"name": "Red Group", "short": "Red"}, "b": {"name": "Blue", "kind": "coalition"}},
}
KABUL = {"group": "a", "level": "cells", "in": ["Kabul"], "source": "s"}
OLD = {"level": "reported", "observed": "2019"}


def join(*records: dict[str, Any], **more: Any) -> JoinedTable:
    return join_data({**KNOWN, "presence": [{**KABUL, **each} for each in records], **more})


def read_row(joined: JoinedTable, name: str = "Kabul") -> list[str]:
    table = draw_grid(localise(joined), list(joined.footprints))
    found = re.search(f">{name}</a></th>(.*?)</tr>", table)
    assert found
    return re.findall("<td.*?</td>", found[1])


@pytest.mark.parametrize(
    ("records", "cell"),
    [
        ([{}], '<td class="named">Cells</td>'),
        (
            [{"level": "reported"}, {"level": "camps"}, {}],
            '<td class="named" title="Sleeper cells, Reported presence, Camps">Cells + Camps</td>',
        ),
        ([{"level": "reported"}, {}], '<td class="named" title="Sleeper cells, Reported presence">Cells</td>'),
        ([{}, {"level": "camps"}], '<td class="named">Cells + Camps</td>'),
        ([{"basis": "claimed"}], '<td class="claimed">Cells self</td>'),
        ([{"basis": "claimed"}, {}], '<td class="named">Cells</td>'),
        (
            [{"basis": "claimed"}, {"level": "reported"}],
            '<td class="named" title="Reported presence, Sleeper cells">Reported</td>',
        ),
        ([{"in": None, "region": "Capital"}], '<td class="region">region</td>'),
        ([OLD], '<td class="stale">old</td>'),
        ([{}, {"finding": "absent"}], '<td class="named disputed">Cells ≠<small> disputed</small></td>'),
        (
            [{"basis": "claimed"}, {"finding": "absent"}],
            '<td class="claimed disputed">Cells self ≠<small> disputed</small></td>',
        ),
        ([{"finding": "absent"}], "<td>× not found</td>"),
        ([{"finding": "inconclusive"}], "<td>? no result</td>"),
        ([{"level": "attacks"}], "<td>○ Attack</td>"),
        ([{}, {"level": "attacks"}], '<td class="named">Cells ○</td>'),
        ([{"in": None, "region": "Capital"}, {"level": "attacks"}], '<td class="region">region ○</td>'),
        ([{"in": None, "region": "Capital", "finding": "absent"}], "<td>not counted</td>"),
        ([{"in": ["Logar"]}], "<td></td>"),
    ],
)
def test_each_state_is_said_in_words(records: list[dict[str, Any]], cell: str) -> None:
    found = [{key: value for key, value in {**KABUL, **each}.items() if value is not None} for each in records]
    joined = join_data({**KNOWN, "presence": found})
    assert read_row(joined)[0] == cell


def test_groups_and_sources_are_counted_and_no_coalition() -> None:
    joined = join({}, {"group": "b"}, {"group": "b", "source": "t", "in": ["Kabul", "Logar"]})
    assert [read_row(joined, name)[2:] for name in ("Kabul", "Logar", "Zabul")] == [
        ["<td>1</td>", "<td>2</td>"], ["<td>0</td>", "<td>1</td>"], ["<td>0</td>", "<td>0</td>"],
    ]  # fmt: skip


def test_units_that_no_record_may_name_say_so() -> None:
    joined = join({}, not_applicable=["AF-ZAB"])
    said = '<td colspan="1">Not applicable: the question does not apply here</td>'
    assert read_row(joined, "Zabul") == [said, "<td>0</td>", "<td>0</td>"]


def test_it_is_a_table_by_region_whose_cells_have_heads() -> None:
    table = draw_grid(localise(join({})), ["a"])
    assert table.count('<th scope="row">') == 34
    assert table.count('<th scope="rowgroup" colspan="4">') == 8
    assert '<th scope="col" class="group" title="Red Group"><bdi>Red</bdi></th>' in table
    assert "AF-KAB</td>" not in table


def test_only_what_occurs_is_explained() -> None:
    joined = join({}, {"basis": "claimed", "in": ["Logar"]}, OLD)
    local = localise(joined)
    key = draw_grid_key(local, local, ["a"])
    shown = re.findall(r'<span data-l[a-z]+="[a-z]+"><strong[^>]*>(.*?)</strong> (.*?)</span>', key)
    assert shown == [("Cells", "Sleeper cells"), ("self", "only claimed by the group itself")]
    assert '<span data-look="stale" hidden=""><strong class="stale">old</strong>' in key, "perhaps at another step"
    assert key.endswith("</span>· no record, which is not absence.</p>")


def test_the_step_is_said() -> None:
    local = localise(join({}))
    assert '<caption><strong id="grid-when">Step shown: May.</strong> All 34 provinces.</caption>' in draw_table(
        local, local, when="May"
    )


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ({"camps": "Camps"}, ["Camps"]),
        ({"cells": "Sleeper cells", "operational": "Operational presence"}, ["Cells", "Operational"]),
        ({"a": "Some presence", "b": "Some presence here"}, ["Some presence", "Here"]),
        ({"a": "Long word here", "b": "Long word here"}, ["Long word here", "Long word here"]),
        ({"x": "حضور گزارش‌شده", "y": "حضور عملیاتی"}, ["گزارش‌شده", "عملیاتی"]),
        ({"x": ""}, [""]),
    ],
)
def test_levels_are_called_by_a_word_of_their_name(names: dict[str, str], words: list[str]) -> None:
    levels = {key: Level(key, name) for key, name in names.items()}
    assert list(list_level_words(Table("t", levels, {}, {}, (), ())).values()) == words


@pytest.mark.parametrize("hue", [*PALETTE, "#000000", "#ffffff", "#808080", "#7b7b7b", "#ff0000"])
def test_letters_are_read_on_every_hue_and_its_tint(hue: str) -> None:
    tint = mix_colours(hue, PAPER, TINT)
    for ground, ink in ((hue, choose_ink(hue, PAPER, INK)), (tint, choose_ink(tint, INK, PAPER))):
        assert measure_contrast(ground, ink) >= 4.5


def test_no_colour_ends_a_rule() -> None:
    looks = {"a": Slot("a", 0, "red}body{")}
    with pytest.raises(ValueError, match="is no colour"):
        style_grid("no record", looks, ["a"])
    assert isinstance(draw_grid(localise(join({})), ["a"]), Markup)
