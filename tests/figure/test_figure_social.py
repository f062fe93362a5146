"""A picture for social media says little, in letters that are read at 400 pixels, and explains all that it shows."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

import pytest
from click.testing import CliRunner
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image
from pypdf import PdfReader

from geo.api import Choices, Job, join_table
from geo.cli.main import main
from geo.draw.figure.canvas import SOCIAL, SOFT
from geo.draw.figure.compare import choose_compared, plan_compare
from geo.draw.figure.draw_figure import draw_figure
from geo.draw.figure.legend_panel import Item
from geo.draw.figure.save import Shown, keep_style, save_figure
from geo.draw.figure.single_map import FigurePlan, ShownClasses, plan_view
from geo.draw.figure.social import DRAWN, PRINT, Explained, explain_classes, lay_out_social
from geo.draw.marks.legend import find_looks
from geo.draw.marks.map_classes import Bands, Fill, Outline
from geo.draw.pages.table_views import view_comparison, view_counts, view_groups
from geo.draw.sections.group_rows import count_groups
from geo.draw.wording.captions import write_credit, write_stamp
from geo.draw.wording.few_words import list_off_map_ways
from geo.draw.wording.localised_names import LocalisedTable, localise
from geo.errors import TableError
from geo.join.classes import CLAIMED, NAMED, STANDINGS, Combination, Gap, GroupCount, GroupShade
from geo.join.joined_table import JoinedTable, join_presence
from geo.join.overlap import compare_footprints, measure_units
from geo.model import Topology
from tests.daily import choose
from tests.random_tables import make_table

ROOT = Path(__file__).parents[2]
TABLES = {
    "default": ROOT / "presence.yaml",
    "dense": ROOT / "tests" / "golden" / "tables" / "dense.yaml",
    "three reports": ROOT / "examples" / "three-reports.yaml",
}
LANGUAGES = "en", "fa", "ps"
EACH = list(itertools.product(TABLES, DRAWN, LANGUAGES))
DISCLAIMER = {
    "en": "Presence is not control. Silence is not absence.",
    "fa": "حضور کنترل نیست. خاموشی نبود نیست.",
    "ps": "شتون واک نه دی. چوپتیا نشتوالی نه دی.",
}
MARKS = re.compile("[\u200e\u2066-\u2069]")
MANY = "".join(f"  g{number}: {{name: Group of the province number {number}}}\n" for number in range(30))
CROWD = f"groups:\n{MANY}presence:\n" + "".join(f"- {{group: g{number}, in: Kabul}}\n" for number in range(30))
HEAD = """\
as_of: 2024-06
levels: {reported: {name: Reported presence, rank: 1, valid_for: 12 months}, attacks: {name: Able, footprint: false}}
sources: {un: {title: Report, date: 2024}, old: {title: Old report, date: 2018}}
not_applicable: [Nimroz]
groups:
  red: {name: Red Group}
  blue: {name: Blue Group}
  green: {name: Green Group}
  all: {name: Red-Blue coalition, kind: coalition}
"""
ALL = """\
presence:
- {group: red, in: [Kabul, Herat, Balkh], level: reported, source: un}
- {group: red, in: [Kabul], level: reported, source: un, finding: absent}
- {group: red, in: [Ghor, Farah], level: reported, source: un, basis: claimed}
- {group: blue, in: [Herat], level: reported, source: un}
- {group: blue, in: [Ghor, Farah, Balkh, Bamyan], level: reported, source: old, observed: 2018}
- {group: green, region: eastern, level: reported, source: un}
- {group: red, in: [Kunar], level: reported, source: un}
- {group: all, in: [Balkh, Herat, Khost], level: reported, source: un}
- {group: blue, in: [Takhar], level: attacks, source: un}
- {group: red, in: [Zabul], level: reported, source: un, finding: absent}
- {group: blue, in: [Badghis], level: reported, source: un, finding: inconclusive}
"""
"""Every way to stand, alone and beside a group that is named."""
OFF = """\
- {group: green, nationwide: true, level: reported, source: un, finding: absent}
- {group: red, nationwide: true, level: reported, source: un}
- {group: blue, nationwide: true, level: reported, source: un}
- {group: red, unlocated: 3, level: reported, source: un}
"""
MORE = "  grey: {name: Grey Group}\n  pink: {name: Pink Group}\n"
MADE = {
    "bands": HEAD + ALL,
    "shades": HEAD + MORE + ALL + "- {group: grey, in: [Kabul], level: reported, source: un}\n",
}


@dataclass(frozen=True)
class Told:
    """What a picture is to explain, and how it does."""

    joined: LocalisedTable
    plan: FigurePlan
    explained: Explained

    @property
    def shown(self) -> ShownClasses:
        return self.plan.shown

    def say(self, *key: str, **words: object) -> str:
        return self.joined.phrases.say(*key, **words)


def tell(joined: JoinedTable, topology: Topology, kind: str, language: str = "en") -> Told:
    whole, compared = choose_compared(joined, "t.yaml") if kind == "compare" else (joined, ())
    told = localise(whole, language)
    names = dict.fromkeys(told.gazetteer.units, "")
    plan = plan_compare(told, topology, compared, names) if compared else plan_view(told, topology, kind, names)
    if compared:
        told = replace(told, shown=tuple(group for group in told.footprints if group in compared))
    return Told(told, plan, explain_classes(told, plan.shown))


def list_tables() -> Iterator[tuple[str, Told]]:
    tables: dict[str, Path | str] = {**TABLES, **MADE, **{f"random {seed}": make_table(seed) for seed in range(20)}}
    for (name, table), kind in itertools.product(tables.items(), DRAWN):
        joined, topology = join_table(table, Job(allow_empty=True))
        try:
            yield f"{name}, {kind}", tell(joined, topology, kind)
        except TableError:
            assert kind == "compare", name


@cache
def tell_tables() -> list[tuple[str, Told]]:
    return [*list_tables()]


@cache
def draw(table: str, kind: str, language: str) -> Shown:
    figure = draw_figure(*join_table(TABLES[table], Job(Choices(language=language))), kind, size="social")
    assert isinstance(figure, Shown)
    return figure


def read(texts: list[Text]) -> str:
    return MARKS.sub("", " ".join(text.get_text() for text in texts))


def find_notes(figure: Shown) -> str:
    """Return what stands beside or below the map, in the key and beneath it: neither headline, kicker nor print."""
    return read([
        text for text in figure.axes[0].texts
        if float(text.get_fontsize()) == SOCIAL.small and text.get_color() != SOFT
    ])  # fmt: skip


@pytest.mark.parametrize(("table", "kind", "language"), choose(EACH, 5))
def test_it_is_read_at_400_pixels(table: str, kind: str, language: str) -> None:
    figure, joined = draw(table, kind, language), join_table(TABLES[table])[0]
    texts = list(figure.axes[0].texts)
    small = [text for text in texts if float(text.get_fontsize()) < SOCIAL.small]
    large = [text for text in texts if float(text.get_fontsize()) > SOCIAL.small]
    assert [round(side * 96) for side in figure.get_size_inches()] == [1200, 630]
    assert SOCIAL.small / SOCIAL.width * 400 >= 9
    assert {float(text.get_fontsize()) for text in small} == {PRINT}
    told = localise(joined, language)
    print_ = " ".join(read(small).split())
    stamps = (write_stamp(told, with_day=False, with_names=each) for each in (True, False))
    assert any(MARKS.sub("", stamp) in print_ for stamp in stamps)
    assert MARKS.sub("", write_credit(told)) in print_
    assert DISCLAIMER[language] in find_notes(figure)
    assert figure.words
    assert read(large) == MARKS.sub("", figure.words.title)


@pytest.mark.parametrize(("table", "kind", "language"), choose(EACH, 5))
def test_nothing_is_cut_and_nothing_touches_another(table: str, kind: str, language: str) -> None:
    figure = draw(table, kind, language)
    texts = [text for text in figure.axes[0].texts if text.get_text()]
    with keep_style():
        figure.set_dpi(150)
        renderer = FigureCanvasAgg(figure).get_renderer()
        boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts]
    for said, box in boxes:
        assert "…" not in said
        assert box.x0 >= 0, said
        assert box.y0 >= 0, said
        assert box.x1 <= figure.bbox.x1, said
        assert box.y1 <= figure.bbox.y1, said
    for (said, box), (other, around) in itertools.combinations(boxes, 2):
        assert not box.shrunk(1.0, 0.7).overlaps(around.shrunk(1.0, 0.7)), (said, other)


@pytest.mark.parametrize(("table", "kind", "language"), choose(EACH, 5))
def test_the_key_that_is_drawn_is_one_that_explains_all(table: str, kind: str, language: str) -> None:
    figure, (joined, topology) = draw(table, kind, language), join_table(TABLES[table])
    told = tell(joined, topology, kind, language)
    drawn = {role: sorted(MARKS.sub("", text.get_text()) for text in figure.axes[0].texts if text.get_label() == role)
             for role in ("legend", "count")}  # fmt: skip
    signs = [each.sign for each in told.explained.strip]
    keys = [
        (
            "".join(sorted("".join(item.text for item in key))),
            sorted([*signs, *(item.count for item in key if item.count)]),
        )
        for key in told.explained.keys
    ]
    letters = "".join(sorted("".join(drawn["legend"])))
    squeezed = [(MARKS.sub("", said).replace(" ", ""), counts) for said, counts in keys]
    assert (letters.replace(" ", ""), drawn["count"]) in squeezed


def list_looks(fill: Fill | None, *, explained: bool) -> set[object]:
    """List what of a fill has to be explained, or is: of bands every colour and every way to stand."""
    if not isinstance(fill, Bands):
        return {"outline" if isinstance(fill, Outline) else fill}
    standings = {standing for _, standing in fill.bands} - {NAMED}
    colours = {slot.colour for slot, _ in fill.bands}
    alone = len(fill.bands) == 1 or not explained
    return standings | (colours if alone and not standings else set())


def find_unexplained(told: Told, key: tuple[Item, ...]) -> list[str]:
    fills = {item.fill for item in key if item.fill} | {each.fill for each in told.explained.strip}
    looks = {look for fill in fills for look in list_looks(fill, explained=True)}
    looks |= {getattr(fill, "colour", None) for fill in fills}
    drawn = {each.label: each.fill for each in told.shown.classes.values()}
    lacking = [label for label, fill in drawn.items()
               if fill not in fills and not list_looks(fill, explained=False) <= looks]  # fmt: skip
    several = any(isinstance(fill, Bands) and [how for _, how in fill.bands if how in (NAMED, CLAIMED)][1:]
                  for fill in drawn.values())  # fmt: skip
    said = any(isinstance(fill, Bands) and len(fill.bands) > 1 for fill in fills)
    return [*lacking, *(["outline"] if told.shown.disputed and "outline" not in looks else []),
            *(["bands"] if several and not said else [])]  # fmt: skip


def test_all_that_is_drawn_is_explained_by_every_key() -> None:
    for name, told in tell_tables():
        for key in told.explained.keys:
            assert not find_unexplained(told, tuple(key)), name
            drawn = {each.fill for each in told.shown.classes.values()}
            for left_out in key if key != told.explained.keys[0] else ():
                if left_out.fill in drawn and not (isinstance(left_out.fill, Bands) and len(left_out.fill.bands) > 1):
                    rest = tuple(item for item in key if item != left_out)
                    assert find_unexplained(told, rest), (name, left_out.text)


def find_count(told: Told, key: tuple[Item, ...], *phrase: str, **words: object) -> int:
    text = told.say(*phrase, **words)
    found = [item.count for item in key if item.text == text[:1].upper() + text[1:]]
    return int(found[0]) if found else 0


def count_several(told: Told) -> dict[str, int]:
    """Count from the footprints alone, as a reader of the table would, in how many units several are named."""
    prints, kinds = told.joined.footprints, {group: each.kind for group, each in told.joined.table.groups.items()}
    named = [[group for group in told.joined.shown if code in prints[group].named] for code in told.shown.classes]
    several = [groups for groups in named if sum(kinds[group] == "group" for group in groups) > 1]
    return {
        "all": sum(len(groups) == len(told.joined.shown) for groups in named),
        "two": sum(len(groups) == 2 for groups in named),
        "several": len(several),
        "with others": sum(len(groups) > 1 for groups in named) - len(several),
    }


def test_key_headline_full_figure_and_page_count_the_same() -> None:
    for name, told in tell_tables():
        joined, counts = told.joined, count_several(told)
        by_group = count_groups(joined.footprints, joined.shown)
        rows = {row.shown.of: row.count for row in told.shown.rows}
        for key in map(tuple, told.explained.keys):
            if told.shown.view == "compare" and any(
                isinstance(item.fill, Bands) and item.text in {row.shown.label for row in told.shown.rows}
                for item in key
            ):
                assert {item.text: int(item.count) for item in key if not isinstance(item.fill, Outline)} == {
                    {Gap("na"): told.say("social", "na")}.get(row.shown.of, row.shown.label): row.count  # type: ignore[arg-type]
                    for row in told.shown.rows if row.count and not isinstance(row.shown.fill, Outline)
                }, name  # fmt: skip
                continue
            if told.shown.view in ("overlay", "compare") and not any(isinstance(of, GroupShade) for of in rows):
                for group in joined.shown:
                    names = joined.table.groups[group].name, joined.table.groups[group].short
                    found = {item.count for item in key if item.text in names}
                    more = "+" * joined.footprints[group].is_open
                    assert found <= {f"{by_group[group].named}{more}"}, name
                    assert found or not any(isinstance(of, Combination) and group in dict(of.standings) for of in rows)
                for how in STANDINGS[1:]:
                    places = sum(count for of, count in rows.items()
                                 if isinstance(of, Combination) and how in dict(of.standings).values())  # fmt: skip
                    assert find_count(told, key, "chip", how) == places, name
            if told.shown.view == "overlay" and not any(isinstance(of, GroupShade) for of in rows):
                choropleth = view_counts(joined, find_looks(joined)).rows
                page = sum(row.count for row in choropleth if getattr(row.shown.of, "number", 0) > 1)
                assert find_count(told, key, "social", "several") == counts["several"] == page, name
                kinds = told.say("coalitions"), told.say("populations")
                uncounted = [*kinds, joined.phrases.join_names(kinds)]
                assert counts["with others"] == sum(
                    find_count(told, key, "social", "several_uncounted", kinds=each) for each in uncounted
                ), name
            if told.shown.view == "compare":
                overlap = compare_footprints(
                    joined.footprints, joined.shown, measure_units(joined.units, joined.gazetteer)
                )
                both = find_count(told, key, "social", "both") + find_count(told, key, "social", "all_three")
                assert both == counts["all"] == len(overlap.shared), name
                assert not both or f" {both} " in f"{told.plan.head.headline} ", name
                assert find_count(told, key, "social", "two_of_three") == (
                    counts["two"] if len(joined.shown) > 2 else 0
                )
            if any(isinstance(of, GroupCount | GroupShade) for of in rows):
                claimed = find_count(told, key, "social", "claimed")
                said = joined.phrases.say_count("summary_claimed", claimed)
                assert (said in told.plan.head.deck) if claimed else ("own claim" not in told.plan.head.deck), name
                nought = [item for item in key if item.text.startswith(told.say("social", "nought"))]
                assert [int(item.count) for item in nought] == [rows[of] for of in rows if of == GroupShade(0)], name
                for item in nought:
                    inside = [int(number) for number in re.findall(r"\((\d+)\)", item.text)]
                    assert not inside or sum(inside) == int(item.count), name


@pytest.mark.parametrize(("table", "kind"), [
    ("bands", "overlay"), ("shades", "overlay"), ("bands", "choropleth"), ("bands", "compare"),
])  # fmt: skip
def test_each_way_to_stand_has_its_row(table: str, kind: str) -> None:
    told = tell(*join_table(MADE[table]), kind)
    wanted = {
        ("bands", "overlay"): [
            "Red Group 6", "Blue Group 1", "Green Group 0", "Red-Blue coalition 3", "Several groups 1",
            "Several only with coalitions 1", "Only claimed by the group itself 2", "Only as part of a region 4",
            "Only in records out of date 4",
        ],
        ("shades", "overlay"): [
            "2 groups named 2", "1 group named 4", "Of these only by own claim 2",
            "No group named: coalitions, region only, out of date 5",
        ],
        ("bands", "choropleth"): [
            "2 groups named 1", "1 group named 5", "Of these only by own claim 2", "Only as part of a region 3",
            "Only in records out of date 1", "Only in other records 1",
        ],
        ("bands", "compare"): [
            "Red Group 6", "Red-Blue coalition 3", "Both 2", "Only claimed by the group itself 2",
            "Only in other records 6",
        ],
    }[table, kind]  # fmt: skip
    said = [f"{item.text} {item.count}" for item in told.explained.keys[-1]]
    assert said[: len(wanted)] == wanted


@pytest.mark.parametrize(("table", "kind"), [*itertools.product([*TABLES, *MADE], DRAWN)])
def test_classes_are_those_of_the_page(table: str, kind: str) -> None:
    tables: dict[str, Path | str] = {**TABLES, **MADE}
    told = tell(*join_table(tables[table]), kind)
    joined, looks = told.joined, find_looks(told.joined)
    views = {"overlay": view_groups, "choropleth": view_counts}
    view = views[kind](joined, looks) if kind in views else view_comparison(joined, looks, joined.shown)
    assert told.shown.classes == view.classes
    assert told.shown.disputed == view.disputed
    assert [row for row in told.shown.rows if row.count] == [row for row in view.rows if row.count]


def test_filters_are_said() -> None:
    joined, topology = join_table(TABLES["three reports"], Job(Choices(level="reported", groups=("aqis", "isis-k"))))
    for kind, says in (("choropleth", "AQIS: 3, ISIS-K: 0"), ("overlay", "al-Qaeda in the Indian Subcontinent")):
        figure = draw_figure(joined, topology, kind, size="social")
        assert isinstance(figure, Shown)
        said = find_notes(figure)
        assert "Only claims at the level Reported presence or above are counted." in said
        assert says in said


def test_a_group_that_was_asked_for_and_is_nowhere_named_is_in_the_key() -> None:
    told = tell(
        *join_table(TABLES["three reports"], Job(Choices(level="reported", groups=("aqis", "isis-k")))), "overlay"
    )
    assert [(item.text, item.count) for item in told.explained.keys[-1]][:2] == [("AQIS", "3"), ("ISIS-K", "0")]


@pytest.mark.parametrize(
    ("off", "whole", "brief"),
    [
        ("", "", None),
        ("- {group: red, unlocated: 3, level: reported, source: un}\n",
         "Not on the map: Red Group is reported in 3 provinces that the source does not name (Reported presence) – "
         "Report (2024).", "Not on the map: Red Group in 3 provinces not named."),
        ("- {group: red, nationwide: true, level: reported, source: un, finding: absent}\n",
         "Not on the map: Red Group: looked and not found, across the country (Reported presence) – Report (2024).",
         "Not on the map: Red Group across the country (looked and not found)."),
        (OFF, None, "Not on the map: Green Group across the country (looked and not found); "
         "Red Group and Blue Group across the country; Red Group in 3 provinces not named."),
        ("- {group: red, unlocated: 3, level: reported, source: un}\n"
         "- {group: red, unlocated: 5, level: reported, source: old}\n"
         "- {group: blue, unlocated: 5, level: reported, source: old}\n", None,
         "Not on the map: Red Group in 3 provinces not named (2024); Red Group in 5 provinces not named (2018); "
         "Blue Group in 5 provinces not named."),
        ("- {group: red, nationwide: true, level: attacks, source: un}\n", None,
         "Not on the map: Red Group across the country (able to act there; not reported as present)."),
    ],
)  # fmt: skip
def test_what_is_on_no_map_keeps_finding_and_number_in_few_words(
    off: str, whole: str | None, brief: str | None
) -> None:
    ways = list_off_map_ways(localise(join_table(HEAD + ALL + off)[0], "en"), None)
    assert whole is None or ways[0] == whole
    assert ways[1:2] == ([brief] if brief else [])
    assert [("(20" in way, "(20" in (brief or "")) for way in ways[2:]] in ([], [(False, True)])


FULL = "al-Qaeda is reported in 12 provinces that the source does not name (Camps)"
READING = "Region Eastern: as OCHA draws it; that the source means these provinces is the table author’s reading."
BRIEF_READING = "Region Eastern: as OCHA draws it, by the table author’s reading."


@pytest.mark.parametrize(
    ("table", "kind", "says", "never"),
    [
        ((ROOT / "presence.yaml"), "overlay", [FULL, READING], []),
        ((ROOT / "presence.yaml"), "choropleth", [FULL, READING, "Haqqani: 9+, ISIS-K: 3, LeT: 3."], []),
        # No region draws either of those compared, and al-Qaeda is none of them.
        ((ROOT / "presence.yaml"), "compare", ["ISIS-K is reported across the country"], [FULL, "Region Eastern"]),
        (HEAD + ALL + OFF, "choropleth",
         ["Red Group in 3 provinces not named", "Green Group across the country (looked and not found)", BRIEF_READING],
         ["that the source"]),
    ],
)  # fmt: skip
def test_the_full_words_stand_where_they_fit_and_short_ones_elsewhere(
    table: Path | str, kind: str, says: list[str], never: list[str]
) -> None:
    figure = draw_figure(*join_table(table), kind, size="social")
    assert isinstance(figure, Shown)
    said = find_notes(figure)
    assert [text for text in says if text not in said] == []
    assert [text for text in never if text in said] == []


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (TABLES["default"], "The boundaries have no shape for Panjshir and Samangan: not on this map."),
        (MADE["bands"], "2 provinces have no shape: not on this map."),
    ],
)
def test_units_without_a_shape_are_said(table: Path | str, says: str) -> None:
    joined, topology = join_table(table)
    less = join_presence(joined.whole, joined.gazetteer, joined.units.drop(["AF-PAN", "AF-SAM"]))
    figure = draw_figure(less, topology, "overlay", size="social")
    assert isinstance(figure, Shown)
    assert says in find_notes(figure)


AUTHOR = "What the author of the table has to say of it"


@pytest.mark.parametrize(("kind", "has_room"), [("overlay", True), ("choropleth", False)])
def test_a_headline_of_the_author_stands_with_ours_or_ours_alone(kind: str, has_room: bool) -> None:
    figure = draw_figure(*join_table(f"headline: {AUTHOR}\n{MADE['bands']}"), kind, size="social")
    assert isinstance(figure, Shown)
    large = read([text for text in figure.axes[0].texts if float(text.get_fontsize()) > SOCIAL.small])
    ours = "Two groups and a coalition are named in Herat"
    assert large == (AUTHOR if has_room else ours)
    assert (f"{ours}." in find_notes(figure)) == has_room


@pytest.mark.parametrize(
    ("table", "kind", "says"),
    [
        ("presence: {Red: [Kabul]}", "matrix", "cannot be read in a picture for social media, .* expected a figure of "
         "choropleth, overlay, compare, or --size a4$"),
        ("presence: {Red: [Kabul]}", "small-multiples", "cannot be read in a picture for social media"),
        (CROWD, "overlay", r"has no room in this size to explain all that it shows; expected choose at most "
         r"\d+ with --group, such as --group g0"),
        (f"title: {'Long words ' * 40}\nsources: {{s: {{title: S}}}}\npresence: {{Red: [Kabul]}}", "overlay", ""),
        (f"sources: {{s: {{title: {'Long words ' * 40}}}}}\npresence: {{Red: [Kabul]}}", "overlay", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_refused_with_what_fits(table: str, kind: str, says: str) -> None:
    joined, topology = join_table(table)
    if not says:
        assert draw_figure(joined, topology, kind, size="social")
        return
    with pytest.raises(TableError, match=says):
        draw_figure(joined, topology, kind, size="social")


def test_so_many_groups_fit_as_the_refusal_says_and_not_one_more() -> None:
    with pytest.raises(TableError) as caught:
        draw_figure(*join_table(CROWD), "overlay", size="social")
    found = re.search(r"at most (\d+) with --group, such as ((?:--group \w+ ?)+)", str(caught.value))
    assert found
    most, spelt = int(found[1]), tuple(found[2].split()[1::2])

    def has_room(groups: tuple[str, ...]) -> bool:
        told = tell(*join_table(CROWD, Job(Choices(groups=groups))), "overlay")
        return lay_out_social(told.joined, told.shown, told.plan.head, "t") is not None

    assert has_room(spelt)
    assert [has_room(tuple(f"g{number}" for number in range(many))) for many in (most, most + 1)] == [True, False]


@pytest.mark.parametrize("words", [(), ("--dpi", "48")])
def test_the_command_makes_a_png_of_1200_pixels(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    table = str(TABLES["default"])
    result = CliRunner().invoke(main, ["figure", "choropleth", table, "--size", "social", *words])
    assert result.exit_code == 0, result.output
    picture = Image.open(io.BytesIO((tmp_path / "maps" / "choropleth-social.png").read_bytes()))
    assert picture.size == ((600, 315) if words else (1200, 630))


def test_an_svg_has_the_same_shape_and_words_in_its_picture() -> None:
    data = save_figure(draw("default", "overlay", "en"), "svg").decode()
    assert 'viewBox="0 0 900 472.5"' in data
    drawn = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", data)).replace("\u200e", "")
    for words in ("Three groups are named in", "Haqqani Network", DISCLAIMER["en"]):
        assert words in drawn


def test_a_pdf_has_the_same_shape_and_words_in_its_picture() -> None:
    page = PdfReader(io.BytesIO(save_figure(draw("default", "overlay", "en"), "pdf"))).pages[0]
    assert (page.mediabox.width, page.mediabox.height) == (900, 472.5)
    drawn = " ".join(page.extract_text().split())
    for words in ("Three groups are named in", "Haqqani Network", DISCLAIMER["en"]):
        assert words in drawn


@pytest.mark.parametrize("align", ["right", "center", "left"])
def test_names_with_figures_stand_in_a_pdf_from_right_to_left(align: Literal["right", "center", "left"]) -> None:
    names = ["Reds", "Blues", "Greens"]
    line = "\u2067نام: " + "، ".join(f"\u2068{name}\u2069 (۲۳)" for name in names) + "\u2069"
    figure = Figure(figsize=(8, 1))
    text = figure.add_axes((0, 0, 1, 1)).text(0.5, 0.5, line, ha=align)
    stands: dict[str, float] = {}

    def see(said: str, outer: list[float], inner: list[float], *_: object) -> None:
        stands[said.strip()] = inner[4] * outer[0] + outer[4]

    PdfReader(io.BytesIO(save_figure(figure, "pdf"))).pages[0].extract_text(visitor_text=see)
    assert sorted(names, key=lambda name: -stands[name]) == names
    assert text.get_text() == line
