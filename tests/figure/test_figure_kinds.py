"""Every kind, size and format: drawn without a warning, the same bytes again, all text in its place."""

from __future__ import annotations

import hashlib
import io
import itertools
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
import pytest
from fontTools import subset
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.text import Text
from pypdf import PdfReader

from geo.api import FIGURES, FORMATS, SIZES, Choices, Job, join_table
from geo.draw.figure.draw_figure import draw_figure
from geo.draw.figure.save import keep_style, save_figure
from geo.draw.marks.palette import FIELD, LAND
from geo.errors import TableError
from geo.option_values import LANGUAGES
from tests.daily import IS_WHOLE, choose, takes_long

TABLE = """\
version: 1
title: "$x$ <script>alert(1)</script> & {{7*7}} \\\\frac{1}{2} ]]> نام (Kabul)"
subtitle: "${HOME} $\\\\alpha$ unclosed $"
as_of: 2020-06-14
levels:
  low: {name: "Low & <b>", rank: 1}
  high: {name: "High $y$", rank: 2}
  camps: {name: Camps}
sources:
  s: {title: "S <x> $z$", internal: SECRETWORD}
groups:
  a: {name: "$A_1$ <b>", short: "$A$", internal: SECRETWORD}
  b: {name: "گروه سرخ", short: "سرخ"}
  c: {name: Third & co, short: Third}
  d: {name: AveryveryveryveryveryverylongwordwithoutanyblankwhichmustbebrokensomewhereItIsSoLong, short: Long}
  e: {name: E, kind: population}
presence:
  - {group: [a, b], in: [Kabul, Kunar, Herat], level: low, source: s, internal: SECRETWORD}
  - {group: [a, b, c, d, e], in: [Helmand], level: high, source: s}
  - {group: [a, c], in: [Kandahar], level: high, source: s}
  - {group: [a], in: [Kandahar, Ghor], level: high, finding: absent, source: s}
  - {group: [c], in: [Balkh], level: high, finding: inconclusive, source: s}
  - {group: b, region: Eastern, level: camps, as_written: x, source: s}
  - {group: d, region: Western, level: low, as_written: x, source: s}
  - {group: c, nationwide: true, level: low, as_written: "everywhere <i>", source: s}
"""
OFF_MAP = {"a4": 28, "half-page": 1, "slide": 4}
"""So many records more of which the place is not known have room in every kind of figure."""


def draw(kind: str, size: str = "half-page", off_map: int | None = None, language: str = "en") -> Figure:
    number = OFF_MAP[size] if off_map is None else off_map
    more = (f"  - {{group: a, unlocated: {place}, level: camps, source: s}}\n" for place in range(2, number + 2))
    choices = Choices(groups=("a", "b", "c") if kind == "compare" else None, language=language)
    joined, topology = join_table(TABLE + "".join(more), Job(choices))
    return draw_figure(joined, topology, kind, size=size, source="t.yaml")


@cache
def draw_once(kind: str, size: str, language: str = "en") -> Figure:
    """Draw a figure for tests that look at it, or save it: the bytes are those of a process that did nothing else."""
    return draw(kind, size, language=language)


# What every kind says is compared in tests/golden: on most runs one with a map and one without stand for all.
KINDS = FIGURES if IS_WHOLE else ("overlay", "matrix")
# Every format is made from the same drawing: on most runs the one that shows its order stands for all.
FORMS = {kind: FORMATS if IS_WHOLE or kind == "matrix" else ("svg",) for kind in KINDS}


@cache
def write_forms(kind: str) -> dict[str, bytes]:
    figure = draw_once(kind, "half-page")
    return {form: save_figure(figure, form, 60) for form in FORMS[kind]}


def hash_forms() -> str:
    # Where labels of a map stand is compared with tests/golden, whatever the seed.
    kinds = FIGURES if IS_WHOLE else ("matrix",)
    return "\n".join(hashlib.sha256(page).hexdigest() for kind in kinds for page in write_forms(kind).values())


DRAWN = list(itertools.product(FIGURES, SIZES))
QUICK = DRAWN if IS_WHOLE else [("overlay", "half-page"), ("matrix", "half-page")]
SPOKEN = [(*each, language) for language in LANGUAGES for each in DRAWN]
TURNED = [("compare", "half-page", "fa"), ("small-multiples", "half-page", "ps"), ("matrix", "a4", "fa")]


@pytest.mark.parametrize(
    ("kind", "size", "language"), SPOKEN if IS_WHOLE else [*((*each, "en") for each in QUICK), *TURNED]
)
def test_no_text_leaves_the_page_or_touches_another(kind: str, size: str, language: str) -> None:
    figure = draw_once(kind, size, language)
    texts = [text for text in figure.axes[0].get_children() if isinstance(text, Text) and text.get_text()]
    with keep_style():
        figure.set_dpi(150)
        renderer = FigureCanvasAgg(figure).get_renderer()
        boxes = [(text.get_text(), text.get_label(), text.get_window_extent(renderer)) for text in texts]
    assert len(boxes) > 10
    for said, _, box in boxes:
        assert box.x0 >= 0, said
        assert box.y0 >= 0, said
        assert box.x1 <= figure.bbox.x1, said
        assert box.y1 <= figure.bbox.y1, said
    # Lines of one paragraph may share the room that the font keeps above and below its letters.
    tight = [(said, role, box.shrunk(1.0, 0.8)) for said, role, box in boxes]
    for (said, _, box), (other, _, around) in itertools.combinations(tight, 2):
        assert not box.overlaps(around) or said.strip() == "" or other.strip() == "", (said, other)


LEAST = {"half-page": 6.5, "a4": 0, "slide": 11}


@pytest.mark.parametrize(("kind", "size"), QUICK)
def test_letters_are_large_enough(kind: str, size: str) -> None:
    sizes = [float(text.get_fontsize()) for text in draw_once(kind, size).axes[0].texts]
    assert min(sizes) >= LEAST[size]


@takes_long
def test_another_process_with_another_hash_seed_writes_the_same_bytes() -> None:
    """Nor is there pyplot with its global state, or anything that is internal."""
    code = "import sys, tests.figure.test_figure_kinds as t; print(t.hash_forms(), 'matplotlib.pyplot' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120,
        env={**os.environ, "PYTHONHASHSEED": "77", "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert done.stdout == f"{hash_forms()} False\n"


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_of_its_format_and_holds_nothing_internal(kind: str) -> None:
    pages = write_forms(kind)
    assert [form for form, page in pages.items() if b"SECRETWORD" in page] == []
    beginnings = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}
    assert [form for form, page in pages.items() if not page.startswith(beginnings[form])] == []


def test_hostile_words_are_shown_as_they_are_and_nothing_else_is_markup() -> None:
    import xml.etree.ElementTree as ET

    root = ET.fromstring(save_figure(draw_once("overlay", "half-page"), "svg"))
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    said = " ".join("".join(element.itertext()) for element in root.iter() if element.tag.endswith("}text"))
    assert not names & {"script", "b", "i", "image", "a", "foreignObject"}
    for words in ("$x$ <script>alert(1)</script> & {{7*7}}", "${HOME} $\\alpha$ unclosed $", "$A_1$ <b>"):
        assert words in said


def test_letters_stay_letters_in_svg_and_pdf() -> None:
    figure = draw_once("overlay", "half-page")
    assert "گروه سرخ" in save_figure(figure, "svg").decode()
    assert b"/FontFile2" in save_figure(figure, "pdf")


def test_a_font_in_a_pdf_has_no_more_than_its_letters() -> None:
    page: Any = PdfReader(io.BytesIO(save_figure(draw_once("overlay", "half-page"), "pdf"))).pages[0]
    fonts = [each.get_object() for each in page["/Resources"]["/Font"].values()]
    within = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"]["/FontFile2"].get_data() for font in fonts]
    assert within
    assert [tag for tag in (b"GSUB", b"GPOS", b"GDEF") if any(tag in each for each in within)] == []
    plain = subset.Options
    with pytest.raises(KeyError):
        save_figure(Figure(), "gif")
    assert subset.Options is plain


@pytest.mark.parametrize(("kind", "size"), QUICK)
def test_every_figure_carries_what_it_needs_to_stand_alone(kind: str, size: str) -> None:
    said = " ".join(text.get_text() for text in draw_once(kind, size).axes[0].texts)
    for words in ("Presence is not control. Silence is not absence.", "14 June 2020", "Sources: S <x> $z$", "Data "):
        assert words in said
    assert "reported, but cannot be placed" in said.lower()
    for number in range(2, OFF_MAP[size] + 2):
        assert f"• $A$ is reported in {number} provinces that the source does not name (Camps)" in said


TIGHT = [*((kind, "half-page") for kind in FIGURES[::-1]), ("overlay", "slide")]


@pytest.mark.parametrize(("kind", "size"), choose(TIGHT, 1))
def test_what_has_no_room_is_refused_and_the_size_that_fits_is_named(kind: str, size: str) -> None:
    with pytest.raises(TableError, match=r"^t.yaml: a figure of .* has no room in this size .* or --size a4$"):
        draw(kind, size, 28)
    assert draw(kind, "a4", 28)


@takes_long
@pytest.mark.parametrize("size", choose(SIZES[::-1], 1))
def test_what_has_room_in_no_size_is_left_to_a_page(size: str) -> None:
    groups = "".join(f"  g{number}: {{name: Group {number}}}\n" for number in range(60))
    records = "".join(f"  - {{group: g{number}, nationwide: true, as_written: x}}\n" for number in range(60))
    table = f"version: 1\ntitle: T\ngroups:\n{groups}presence:\n{records}"
    with pytest.raises(
        TableError, match=r"expected choose some with --group, or a page, which has room for all: PAGE$"
    ):
        draw_figure(*join_table(table), "choropleth", size=size, page="PAGE")


def test_small_maps_show_the_country_alone() -> None:
    """Neighbours would be most of what a small map shows, and nobody could name them."""
    grounds = {to_rgba(colour) for colour in (FIELD, LAND)}
    patches = [
        each for each in draw_once("small-multiples", "a4").axes[0].get_children() if isinstance(each, PathPatch)
    ]
    assert not grounds & {each.get_facecolor() for each in patches}
    around = [each for each in draw_once("overlay", "half-page").axes[0].get_children() if isinstance(each, PathPatch)]
    assert grounds & {each.get_facecolor() for each in around}


def test_drawing_leaves_no_setting_behind() -> None:
    before = dict(matplotlib.rcParams)
    save_figure(draw("matrix"), "svg")
    assert dict(matplotlib.rcParams) == before
