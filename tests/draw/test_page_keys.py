"""What a table says for its page: on the page, in its language, and never as more than it is."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest

from geo.api import Choices, Job, join_table
from geo.draw.cover.content import Edition
from geo.draw.cover.cover import draw_cover
from geo.draw.pages.choropleth import draw_choropleth
from geo.draw.pages.overlay import draw_overlay
from geo.draw.wording.localised_names import localise
from geo.draw.wording.presence import describe_unit
from geo.export.unit_sheets import list_claims, list_units

TABLE = """\
title: A title
subtitle: A subtitle
headline: What the author says
translations: {fa: {title: عنوان, headline: سرخط نویسنده}}
as_of: 2021
levels:
  seen: {name: Seen, rank: 1, names: {fa: دیده}, note: A level., translations: {fa: {note: یک سطح.}}}
  attacks: {name: Able to attack, footprint: false}
sources:
  s: {title: A source, date: 2020, note: Not read., translations: {fa: {note: خوانده نشد.}}}
  paper: {title: A paper of theirs, favours: a, derived: true}
groups:
  a:
    name: Alpha
    letters: XYZ
    note: A group.
    translations: {fa: {note: یک گروه.}}
    statements: [{text: It was driven out., in: [Ghor, Herat], source: s}, {text: Elsewhere., source: s}]
  b: {name: Beta}
regions: {Borderland: {in: [Kunar, Nangarhar], names: {fa: خاور}}}
presence:
  - {group: a, in: [Kabul, Logar], level: seen, source: s, note: A hedge., translations: {fa: {note: یک احتیاط.}}}
  - {group: a, in: [Kabul, Farah], level: attacks, source: s}
  - {group: b, nationwide: true, level: attacks, source: s}
  - {group: b, region: Borderland, level: seen, source: s}
  - {group: a, in: Balkh, level: seen, source: paper}
relations:
  - {between: [a, b], type: alliance, standing: discussed, what: a joint unit, source: s}
  - {from: b, to: a, type: splinter, what: a quarrel over money, source: s}
"""


def draw(text: str = TABLE, **choices: Any) -> str:
    joined, topology = join_table(text, Job(Choices(**choices)))
    return str(draw_overlay(joined, topology).get_root().render())


def read_text(page: str, element: str) -> str:
    found = re.search(rf'<(\w+)[^>]* id="{element}"[^>]*>(.*?)</\1>', page, re.DOTALL)
    assert found
    return unescape(re.sub("<[^>]*>", "", found[2]))


def read_block(page: str) -> dict[str, object]:
    (block,) = re.findall(r'id="presence-data">(.*?)</script>', page, re.DOTALL)
    told = json.loads(block)
    assert isinstance(told, dict)
    return told


OURS = "Alpha is named in Balkh, Kabul and Logar; in Balkh by own claims alone"
OWN = ["Seen", "A title", "A hedge.", "A level", "Not read.", "A group.", "Borderland"]


@pytest.mark.parametrize(
    ("choices", "headline", "ours"),
    [
        ({}, "What the author says", True),
        ({"roll_up": True}, "What the author says", True),
        ({"language": "fa"}, "سرخط نویسنده", True),
        ({"language": "ps"}, "What the author says", True),
        ({"groups": ("a",)}, OURS, False),
        ({"level": "seen"}, OURS, False),
        ({"basis": ("reported",)}, "Alpha is named in Kabul and Logar", False),
    ],
)
def test_the_headline_of_the_table_stands_where_ours_would(choices: dict[str, Any], headline: str, ours: bool) -> None:
    page = draw(**choices)
    assert read_text(page, "headline") == headline
    if choices.get("language", "en") == "en":
        assert read_text(page, "summary").startswith(f"{OURS}. 3 of 34") == ours
    assert ("own_headline" in read_block(page)) == ours


def test_a_headline_that_ends_by_itself_is_ended_once() -> None:
    asked = TABLE.replace("What the author says", '"Who is where?"')
    joined, _ = join_table(asked)
    cover = draw_cover(localise(joined), Edition("en", ("en",), {}))
    for page in (draw(asked), cover):
        (said,) = re.findall('<meta name="description" content="([^"]*)"', page)
        assert "Who is where? " in said
        assert "?." not in said


def test_a_table_without_a_headline_has_ours_once() -> None:
    page = draw(TABLE.replace("headline: What the author says\n", "").replace(", headline: سرخط نویسنده", ""))
    assert read_text(page, "headline") == OURS
    assert read_text(page, "summary").startswith("3 of 34 provinces are named")
    assert "own_headline" not in read_block(page)


@pytest.mark.parametrize(
    ("language", "said", "unsaid"),
    [
        ("en", OWN, ["دیده", "یک احتیاط", "خاور"]),
        ("fa", ["دیده", "عنوان", "یک احتیاط.", "یک سطح", "خوانده نشد.", "یک گروه.", "خاور", "A subtitle"],
         OWN),
        ("ps", OWN, ["دیده", "یک احتیاط", "خاور"]),
    ],
)  # fmt: skip
def test_a_page_says_it_in_its_language_or_as_it_is_written(language: str, said: list[str], unsaid: list[str]) -> None:
    page = re.sub("<script>.*?</script>", "", draw(language=language), flags=re.DOTALL)
    assert [each for each in said if each not in page] == []
    assert [each for each in unsaid if each in page] == []


def test_what_a_group_can_do_is_told_and_never_counted() -> None:
    joined, topology = join_table(TABLE)
    local = localise(joined)
    assert describe_unit(local, "AF-KAB") == ["Alpha (Seen)", "Alpha (Able to attack): able to act there"]
    assert describe_unit(local, "AF-FRA") == ["Alpha (Able to attack): able to act there; not reported as present"]
    assert joined.units.group_class["AF-FRA"] == joined.units.count_class["AF-FRA"] == "gap:capability"
    assert joined.units.group_class["AF-KAB"] == "a"
    assert (joined.report.named, joined.report.uncounted) == (("AF-BAL", "AF-KAB", "AF-LOG"), ("AF-FRA",))
    page = draw()
    assert "Able to act there; not reported as present" in read_text(page, "legend")
    assert "B: able to act there; not reported as present, across the country (Able to attack)" not in page
    assert "Beta: able to act there; not reported as present, across the country (Able to attack)" in page
    assert "Beta is reported across the country" not in page
    assert "never counted: Able to attack." in page
    counts = str(draw_choropleth(joined, topology).get_root().render())
    assert "Able to act there; not reported as present" in read_text(counts, "legend")


def test_what_a_group_can_do_has_a_status_of_its_own_in_exports() -> None:
    joined, _ = join_table(TABLE)
    claims = {(row[2], row[4]): row[3] for row in list_claims(joined).rows if row[6] == "attacks"}
    assert claims == {("Kabul", "a"): "capability", ("Farah", "a"): "capability", ("", "b"): "nationwide"}
    status = {row[1 + 1]: row[5] for row in list_units(joined).rows}
    assert (status["Farah"], status["Kabul"], status["Ghor"]) == ("not counted", "named", "no record")
    frame = joined.claims.set_index(["code", "level"])
    assert frame.loc[("AF-FRA", "attacks"), ["named", "capability"]].tolist() == [False, True]
    assert frame.loc[("AF-KAB", "seen"), ["named", "capability"]].tolist() == [True, False]


def test_a_table_without_capabilities_says_nothing_of_them() -> None:
    page = draw("presence: {Alpha: Kabul}")
    assert "able to act" not in page.lower().replace("fill-capability", "")


def test_a_tie_leads_with_what_exactly_stands() -> None:
    text = unescape(re.sub("<[^>]*>", "", draw()))
    assert "a joint unit: discussed (Alpha and Beta; kind of tie: alliance)" in text
    assert "a quarrel over money (Beta is a splinter of Alpha)" in text


def test_a_statement_of_units_is_numbered_and_says_which() -> None:
    page = draw()
    assert "It was driven out. (speaks of Ghor and Herat)" in read_text(page, "statement-1")
    assert 'id="statement-2"' not in page
    assert read_block(page)["statements"] == [{"group": "a", "units": ["AF-GHO", "AF-HER"]}]
    assert "statements" not in read_block(draw("presence: {Alpha: Kabul}"))


def test_a_source_says_for_whom_it_speaks_and_what_it_is_made_of() -> None:
    said = read_text(draw(), "source-2")
    assert "made of other sources, speaks for Alpha" in said
    assert "claimed by the group itself" in read_text(draw(), "record-5")
