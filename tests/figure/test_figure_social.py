"""A picture for social media says little, in letters that are read at 400 pixels, and explains all that it shows."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from geo.api import Choices, Job, join_table
from geo.cli.main import main
from geo.draw.figure.canvas import SOCIAL
from geo.draw.figure.draw_figure import draw_figure
from geo.draw.figure.save import Shown, keep_style, save_figure
from geo.draw.figure.social import DRAWN, PRINT, ShownMap, choose_shown
from geo.draw.marks.legend import find_looks
from geo.draw.marks.map_classes import Bands, Fill, Outline
from geo.draw.pages.table_views import view_comparison, view_counts, view_groups
from geo.draw.wording.localised_names import localise
from geo.errors import TableError
from geo.join.overlap import choose_pair
from tests.daily import choose
from tests.random_tables import make_table

ROOT = Path(__file__).parents[2]
TABLES = {
    "default": ROOT / "presence.yaml",
    "dense": ROOT / "tests" / "golden" / "tables" / "dense.yaml",
    "three reports": ROOT / "examples" / "three-reports.yaml",
}
EACH = list(itertools.product(TABLES, DRAWN))
GROUPS = {"default": ("Haqqani", "ISIS-K"), "dense": ("Ash", "Iris"), "three reports": ("ISIS-K",)}
DISCLAIMER = "Presence is not control. Silence is not absence."
MANY = "".join(f"  g{number}: {{name: Group of the province number {number}}}\n" for number in range(30))
CROWD = f"groups:\n{MANY}presence:\n" + "".join(f"- {{group: g{number}, in: Kabul}}\n" for number in range(30))


@cache
def draw(table: str, kind: str) -> Shown:
    figure = draw_figure(*join_table(TABLES[table]), kind, size="social")
    assert isinstance(figure, Shown)
    return figure


@pytest.mark.parametrize(("table", "kind"), choose(EACH, 3))
def test_it_is_read_at_400_pixels(table: str, kind: str) -> None:
    figure = draw(table, kind)
    texts = figure.axes[0].texts
    small = [text.get_text() for text in texts if float(text.get_fontsize()) < SOCIAL.small]
    assert [round(side * 96) for side in figure.get_size_inches()] == [1200, 630]
    assert SOCIAL.small / SOCIAL.width * 400 >= 9
    assert {float(text.get_fontsize()) for text in texts if text.get_text() in small} <= {PRINT}
    assert " ".join(small).replace("\u200e", "").partition("Boundaries:")[0].startswith("Sources: ")
    said = " ".join(text.get_text() for text in texts)
    assert DISCLAIMER in said
    assert figure.words
    assert figure.words.title in said
    assert not [group for group in GROUPS[table] if group not in said]


@pytest.mark.parametrize(("table", "kind"), choose(EACH, 3))
def test_nothing_is_cut_and_nothing_touches_another(table: str, kind: str) -> None:
    figure = draw(table, kind)
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


def list_looks(fill: Fill, explained: bool) -> set[object]:
    """List what of a fill has to be explained, or is: of bands every colour and every way to stand."""
    if not isinstance(fill, Bands):
        return {fill if not isinstance(fill, Outline) else "outline"}
    standings = {standing for _, standing in fill.bands} - {"named"}
    colours = {slot.colour for slot, _ in fill.bands}
    alone = len(fill.bands) == 1 or not explained
    return standings | (colours if alone and not standings & {"claimed", "region", "stale"} else set())


def check_explained(shown: ShownMap) -> None:
    fills = {item.fill for key in shown.keys[:1] for item in key if item.fill}
    fills |= {each.fill for each in shown.strip}
    told = {look for fill in fills for look in list_looks(fill, explained=True)}
    told |= {getattr(fill, "colour", None) for fill in fills}
    for each in dict.fromkeys(shown.classes.values()):
        whole = each.fill in fills
        assert whole or list_looks(each.fill, explained=False) <= told, each
    assert not shown.disputed or "outline" in told


@pytest.mark.parametrize("seed", range(40))
def test_all_that_is_drawn_is_explained(seed: int) -> None:
    joined, _ = join_table(make_table(seed), Job(allow_empty=True))
    for kind in ("overlay", "choropleth"):
        check_explained(choose_shown(localise(joined, "en"), kind))


@pytest.mark.parametrize(("table", "kind"), EACH)
def test_classes_are_those_of_the_page(table: str, kind: str) -> None:
    joined, _ = join_table(TABLES[table])
    told = localise(joined, "en")
    compared = choose_pair(joined.footprints)
    shown = choose_shown(replace(told, shown=compared) if kind == "compare" else told, kind)
    looks = find_looks(told)
    views = {"overlay": view_groups, "choropleth": view_counts}
    view = views[kind](told, looks) if kind in views else view_comparison(told, looks, compared)
    assert shown.classes == view.classes
    assert shown.disputed == view.disputed
    assert [row.count for row in shown.rows] == [row.count for row in view.rows if row in shown.rows]


def test_filters_are_said() -> None:
    joined, topology = join_table(TABLES["three reports"], Job(Choices(level="reported", groups=("aqis", "isis-k"))))
    texts = draw_figure(joined, topology, "choropleth", size="social").axes[0].texts
    said = " ".join(text.get_text() for text in texts)
    assert "Reported presence" in said
    assert "AQIS: 3, ISIS-K: 0" in said


@pytest.mark.parametrize(
    ("table", "kind", "says"),
    [
        ("presence: {Red: [Kabul]}", "matrix", "cannot be read in a picture for social media, .* expected a figure of "
         "choropleth, overlay, compare, or --size a4$"),
        ("presence: {Red: [Kabul]}", "small-multiples", "cannot be read in a picture for social media"),
        (CROWD, "overlay", "has no room in this size to explain all that it shows; expected choose some with --group"),
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


@pytest.mark.parametrize("form", ["svg", "pdf"])
def test_the_other_formats_have_the_same_shape_and_words(form: str) -> None:
    data = save_figure(draw("default", "overlay"), form)
    assert b"900 472.5" in data
    assert b"Three groups are named" in data
