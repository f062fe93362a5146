"""A figure says what the page of its kind says, in each language, in its direction, and cuts none of it."""

from __future__ import annotations

import html
import io
import itertools
import re
from functools import cache
from pathlib import Path

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from pypdf import PdfReader

from geo.api import FIGURES, Choices, Job, join_table
from geo.draw.figure.compare import choose_compared, plan_compare
from geo.draw.figure.draw_figure import draw_figure
from geo.draw.figure.fonts import Fonts, unmark
from geo.draw.figure.labels.place_labels import Arrangement
from geo.draw.figure.legend_rows import name_units
from geo.draw.figure.save import keep_style, save_figure
from geo.draw.figure.single_map import FigurePlan, plan_view
from geo.draw.figure.small_multiples import plan_multiples
from geo.draw.pages.kinds import KINDS
from geo.draw.wording.catalogue import LANGUAGES, read_catalogue
from geo.draw.wording.localised_names import localise
from geo.errors import TableError
from tests.daily import IS_WHOLE, choose
from tests.draw.test_languages import OTHERS, list_strange
from tests.draw.test_languages import TABLE as SPOKEN

ROOT = Path(__file__).parents[2]
TABLE = """\
version: 1
title: A test
subtitle: What it is meant as
as_of: 2020-06-14
levels: {low: {name: Low, rank: 1}, old: {name: Old, rank: 2, valid_for: 1 year}}
sources:
  s: {title: A source}
  t: {title: Another, date: 2015}
groups:
  red: {name: Red}
  blue: {name: Blue}
  green: {name: Green}
  many: {name: Many, kind: coalition}
presence:
  - {group: [red, blue], in: [Kabul, Kunar, Logar], level: low, source: s}
  - {group: red, in: [Herat, Ghor], level: low, source: s}
  - {group: red, in: [Kabul], level: low, finding: absent, source: s}
  - {group: green, in: [Balkh, Kabul], level: low, basis: claimed, source: s}
  - {group: green, region: Eastern, as_written: in the east, level: low, source: s}
  - {group: many, in: [Kabul, Zabul], level: low, source: s}
  - {group: blue, in: [Takhar], level: old, source: t}
  - {group: green, nationwide: true, level: low, source: s}
  - {group: red, unlocated: 3, level: low, source: s}
"""


def read(figure: Figure) -> str:
    """Return all that a figure says, without marks of direction, which each line has of its own."""
    said = " ".join(text.get_text() for text in figure.axes[0].texts)
    return re.sub("[\u200e\u2067\u2068\u2069]", "", said)


@cache
def draw(kind: str, groups: tuple[str, ...] | None = None, table: str = TABLE, language: str = "en") -> Figure:
    return draw_figure(*join_table(table, Job(Choices(groups=groups, language=language))), kind)


def say(kind: str, groups: tuple[str, ...] | None = None, table: str = TABLE) -> str:
    """Return what is said around the map: what stands on it takes the time of a figure."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("geo.draw.figure.draw_map.place_labels", lambda *_: Arrangement(()))
        return read(draw.__wrapped__(kind, groups, table))


def plan(kind: str, language: str, table: str | Path = TABLE) -> FigurePlan:
    joined, topology = join_table(table, Job(Choices(language=language)))
    names = name_units(joined.gazetteer, "en")
    if kind == "compare":
        whole, compared = choose_compared(joined, "t.yaml")
        return plan_compare(localise(whole), topology, compared, names)
    return plan_view(localise(joined), topology, kind, names)


TIMED = ROOT / "examples/three-reports.yaml"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", [TABLE, SPOKEN, ROOT / "presence.yaml", TIMED], ids=["all", "spoken", "own", "time"])
@pytest.mark.parametrize("kind", ["overlay", "choropleth", "compare"])
def test_headline_deck_classes_and_counts_are_those_of_the_page(kind: str, table: str | Path, language: str) -> None:
    joined, _ = join_table(table, Job(Choices(language=language)))
    page, made = KINDS[kind].describe(localise(joined)), plan(kind, language, table)
    view = page.view
    assert (made.head.headline, made.head.deck) == (view.headline, view.summary)
    phrases = read_catalogue(language)
    legend = view.rows if page.rows is None else page.rows
    rows = [(row.shown.fill, phrases.write_number(row.count)) for row in legend if row.count]
    items = [item for section in made.sections for item in section.items if item.fill]
    assert [(item.fill, item.count) for item in items if item.count != phrases.write_number(0)] == rows
    assert made.shown.chips == view.chips
    assert {code: each.fill for code, each in made.shown.classes.items()} == {
        code: each.fill for code, each in view.classes.items()
    }


@pytest.mark.parametrize(
    ("kind", "groups", "headline"),
    [
        ("choropleth", ("red",), "Red is named in 5 provinces; claims about Kabul are disputed"),
        ("choropleth", ("many",), "Many is named in Kabul and Zabul"),
        ("compare", ("red", "blue"), "Red and Blue are both named in 3 of the 5 provinces named for either"),
        ("matrix", None, "Red and Blue are both named in 3 of the 5 provinces named for either"),
        ("matrix", ("blue", "many"), "Blue and Many are both named in 1 of the 4 provinces named for either"),
        ("matrix", ("blue",), "Blue is named in Kabul, Kunar and Logar"),
        ("small-multiples", ("red", "blue"), "Red is named in 5 provinces, Blue in 3"),
        (
            "small-multiples", None,
            "Three groups and a coalition are each named in 2 to 5 provinces, Red in the most",
        ),
    ],
)  # fmt: skip
def test_the_headline_is_of_this_figure(kind: str, groups: tuple[str, ...] | None, headline: str) -> None:
    assert headline in say(kind, groups)


@pytest.mark.parametrize(
    ("presence", "kind", "headline"),
    [
        ("{A: [Kabul], B: [Herat]}", "matrix", "No two groups are named in the same province"),
        ("{A: [Kabul], B: [Kabul]}", "matrix", "A and B are named in the same province"),
        ("{A: [Kabul], B: [Ghor], C: [Ghor], D: [Herat]}", "small-multiples",
         "Four groups are each named in 1 province"),
        ("{A: [Kabul, Ghor], B: [Ghor], C: [Ghor], D: [Herat, Kabul]}", "small-multiples",
         "Four groups are each named in 1 to 2 provinces, A and D in the most"),
    ],
)  # fmt: skip
def test_it_is_true_of_all_that_is_shown(presence: str, kind: str, headline: str) -> None:
    assert headline in say(kind, table=f"presence: {presence}")


def test_deck_kicker_and_foot_say_what_the_page_says() -> None:
    said = say("overlay")
    for words in (
        "A test, as of 14 June 2020 · 2 sources Three groups and a coalition are named in Kabul, ",
        "in Kabul, in part by own claims alone; ",
        "claims about it are disputed 7 of 34 provinces are named (1 only for a coalition), "
        "3 more only as part of a region, 1 more in old records; "
        "in 1 of them only by the group’s own claim; claims about 1 are disputed. "
        "Presence is not control. Silence is not absence.",
        "1 record is out of date.", "What it is meant as.", "As of 14 June 2020. Sources: A source and Another. Data ",
        "thinned for display. Drawn with matplotlib. Presence is not control. Silence is not absence.",
    ):  # fmt: skip
        assert words in said


def test_the_authors_headline_is_over_the_whole_map_alone() -> None:
    table = f'headline: "Ours: what nobody else has"\n{TABLE}'
    said = say("overlay", table=table)
    assert "Ours: what nobody else has Three groups and a coalition are named in Kabul" in said
    assert "Ours" not in say("overlay", ("red",), table)
    assert "Ours" not in say("matrix", table=table)


def test_compare_speaks_of_no_group_that_it_does_not_show() -> None:
    said = say("compare", ("red", "blue"))
    assert "Green" not in said
    assert "Region Eastern" not in said, "which is claimed for another"
    assert "Shown:" not in said
    assert "are not shown" not in said
    assert "• Red is reported in 3 provinces that the source does not name (Low)" in said
    assert "Only in records of other groups" in said
    groups = "groups: {a: {name: A}, b: {name: B}, c: {name: Grey}}"
    table = f"{groups}\npresence: [{{group: [a, b], in: Kabul}}, {{group: c, unlocated: 2}}]"
    assert "Grey" in say("overlay", table=table)
    assert "Grey" not in say("compare", table=table)


EACH = list(itertools.product(FIGURES, OTHERS))


def draw_spoken(kind: str, language: str) -> Figure:
    return draw(kind, None, SPOKEN, language)


@pytest.mark.parametrize(("kind", "language"), EACH if IS_WHOLE else EACH[::3])
def test_a_figure_in_a_language_holds_no_english(kind: str, language: str) -> None:
    figure, (joined, _) = draw_spoken(kind, language), join_table(SPOKEN, Job(Choices(language=language)))
    texts = [text.get_text() for text in figure.axes[0].texts]
    phrases, known = read_catalogue(language), joined.gazetteer
    page = f"<body>{html.escape(' '.join(texts))}"
    assert list_strange(page, phrases, known, known.translations[language]) == []
    assert not re.search("[0-9]", re.sub("[0-9a-f]{12}|1:10m|3166-2", "", " ".join(texts)))


@pytest.mark.parametrize(("kind", "language"), EACH if IS_WHOLE else EACH[1::4])
def test_lines_run_and_begin_at_the_right(kind: str, language: str) -> None:
    figure = draw_spoken(kind, language)
    with keep_style():
        renderer = FigureCanvasAgg(figure).get_renderer()
        boxes = [
            (text, text.get_window_extent(renderer)) for text in figure.axes[0].texts if text.get_label() == "caption"
        ]
    starts = [box.x1 for text, box in boxes if text.get_horizontalalignment() == "right"]
    assert max(starts) - min(starts) < 0.95 * figure.bbox.width
    assert boxes[0][1].x1 == pytest.approx(figure.bbox.x1 - 30, abs=3)
    arabic = [text.get_text() for text, _ in boxes if re.search("[\u0620-\u06ef]", text.get_text())]
    assert all(said.startswith("\u2067") and said.endswith("\u2069") for said in arabic)


def test_legend_and_swatches_stand_on_the_other_side() -> None:
    made = {language: draw_spoken("overlay", language) for language in ("en", "fa")}
    lefts = {
        language: [text.get_position()[0] for text in figure.axes[0].texts if text.get_label() == "legend"]
        for language, figure in made.items()
    }
    wide = made["en"].bbox.width
    assert min(lefts["en"]) == pytest.approx(wide - max(lefts["fa"]), abs=1)
    assert max(lefts["fa"]) < wide / 2 < min(lefts["en"])


NAMED = [("fa", None, "هرات"), ("ps", None, "هرات"), ("fa", "en", "Herat"), ("fa", "code", "AF-HER"),
         ("en", "fa", "هرات"), ("en", None, "Herat")]  # fmt: skip


@pytest.mark.parametrize(("language", "labels", "name"), choose(NAMED, 3))
def test_names_on_the_map_follow_the_language_or_what_was_asked(language: str, labels: str | None, name: str) -> None:
    joined, topology = join_table("presence: {A: [Herat]}", Job(Choices(language=language)))
    texts = draw_figure(joined, topology, "overlay", labels=labels).axes[0].texts
    assert [read_name(text.get_text()) for text in texts if text.get_label() == "name AF-HER"] == [name]


def read_name(text: str) -> str:
    return text.strip("\u200e\u2067\u2069")


def test_a_line_from_the_right_is_kept_so_and_latin_in_it_apart() -> None:
    with keep_style():
        fonts, apart = Fonts("t.yaml", is_right_to_left=True), "\u2068Haqqani Network\u2069"
        assert fonts.admit(f"از {apart} (کابل).") == f"\u2067از {apart} (کابل).\u2069"
        assert fonts.admit(fonts.admit(f"از {apart}.")) == f"\u2067از {apart}.\u2069"
        assert fonts.admit("Haqqani (x)") == "Haqqani (x)"
        assert fonts.admit("۳/۹") == "\u2067۳/۹\u2069"
        lines = fonts.wrap(f"از {apart} در", fonts.measure("از Haqqani N", 10), 10)
        assert lines == ["\u2067از \u2068Haqqani\u2069\u2069", "\u2067\u2068Network\u2069 در\u2069"]
        assert Fonts("t.yaml").admit("نام (Kabul)") == "\u200eنام (Kabul)"


def test_per_cent_stays_with_its_number() -> None:
    with keep_style():
        fonts = Fonts("t.yaml")
        assert fonts.wrap("nearly 20 % of it", fonts.measure("nearly 20", 10) + 1, 10)[0] == "nearly"


@pytest.mark.parametrize(
    ("word", "room", "lines"),
    [("Lashkar-e-Taiba", "Lashkar-e-Tai", ["Lashkar-e-", "Taiba"]), ("e-Taiba", "e-Taiba", ["e-Taiba"]),
     ("Lashkar", "Lashk", ["Lashk", "ar"]), ("-kar", "-ka", ["-ka", "r"])],
)  # fmt: skip
def test_a_long_word_is_broken_between_its_parts(word: str, room: str, lines: list[str]) -> None:
    fonts = Fonts("t.yaml")
    with keep_style():
        assert fonts.wrap(word, fonts.measure(room, 10) + 0.1, 10) == lines


@pytest.mark.parametrize("kind", choose(FIGURES, 2))
@pytest.mark.parametrize(("what", "words"), [("title", 50), ("headline", 15), ("subtitle", 50)])
def test_a_long_text_is_written_whole_or_refused(kind: str, what: str, words: int) -> None:
    long = " ".join(f"word{number:03}" for number in range(words))
    table = re.sub("(?m)^(title|subtitle): .*\n", "", TABLE).replace("version: 1\n", "version: 1\ntitle: T\n")
    table = table.replace("title: T\n", f"title: {long}\n") if what == "title" else f"{table}{what}: {long}\n"
    try:
        said = say(kind, table=table)
    except TableError as error:
        assert "has no room in this size" in str(error)  # noqa: PT017  # either is right
        return
    if what != "headline" or kind in ("overlay", "choropleth"):
        assert long in said
    assert "…" not in said


def test_the_name_of_a_small_map_is_whole() -> None:
    table = "presence:\n" + "".join(f'  "Front of the {place} and the Hills, Branch": [Kabul]\n' for place in "ABCDEF")
    joined, topology = join_table(table)
    figure = draw_figure(joined, topology, "small-multiples")
    assert all(f"Front of the {place} and the Hills, Branch" in read(figure) for place in "ABCDEF")
    assert plan_multiples(localise(joined), topology).head.headline == "Six groups are each named in 1 province"


def test_a_pdf_has_few_marks_of_direction_and_the_figure_keeps_its_own() -> None:
    figure = draw_spoken("matrix", "fa")
    before = [text.get_text() for text in figure.axes[0].texts]
    page = PdfReader(io.BytesIO(save_figure(figure, "pdf"))).pages[0].extract_text()
    assert not re.search("[\u2067-\u2069]", page)
    assert [text.get_text() for text in figure.axes[0].texts] == before
    assert unmark("\u2067از \u2068Red\u2069.\u2069") == "\u200fاز Red."
    assert unmark("\u200eنام (Kabul)") == "\u200eنام (Kabul)"
