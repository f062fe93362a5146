"""Each kind and size of figure of countries that are hard to draw: drawn soon, or refused with what does draw it.

All with `make figures`, a figure of some with every run.
"""

from __future__ import annotations

import itertools
import re
import shlex
import time
from pathlib import Path

import pytest
import shapely
from click.testing import CliRunner
from matplotlib.figure import Figure

from geo.cli.main import main
from geo.draw.figure import save
from geo.draw.figure.save import save_figure
from geo.option_values import FIGURES, SIZES
from tests.daily import IS_WHOLE
from tests.figure.countries import COUNTRIES, write_country, write_table

LONGEST = 10
"""Seconds of the processor that a figure may take, the start of Python left out."""

EACH = list(itertools.product(COUNTRIES, FIGURES, SIZES))
SOME = [(country, FIGURES[place % len(FIGURES)], SIZES[place % len(SIZES)]) for place, country in enumerate(COUNTRIES)]
DOTS, TOUCH = 300, 2
"""Dots an inch, so many that letters are not moved onto them; by so many the boxes around letters may touch."""

OPTIONS = "--boundaries b.geojson --units unit --key code --name name"


def check(figure: Figure) -> None:
    """See that no text leaves the sheet, or stands on another."""
    own = figure.dpi
    figure.set_dpi(DOTS)
    texts = [text for text in figure.axes[0].texts if text.get_text().strip()]
    boxes = [shapely.box(*text.get_window_extent().extents) for text in texts]
    sheet = shapely.box(*figure.bbox.extents)
    figure.set_dpi(own)
    assert [text.get_text() for text, box in zip(texts, boxes, strict=True) if not sheet.contains(box)] == []
    inner = shapely.buffer(boxes, -TOUCH)
    pairs = shapely.STRtree(inner).query(inner, predicate="intersects").T
    assert [(texts[one].get_text(), texts[other].get_text()) for one, other in pairs if one < other] == []


def run(line: str) -> str:
    """Run a command, and return what it says of a figure or page that it refuses."""
    start = time.process_time()
    done = CliRunner().invoke(main, shlex.split(line))
    assert time.process_time() - start < LONGEST
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    refused = re.search("^t.yaml: .*", done.stderr, re.MULTILINE) if done.exit_code else None
    assert refused or done.exit_code == 0, done.output
    return refused[0] if refused else ""


def follow(line: str, refused: str, kind: str, size: str) -> None:
    """Do each that a message says, and see the figure, or the page, drawn."""
    reasons = rf"6 groups are too many for a figure of {kind} in this size|a figure of {kind} has no room in this size"
    assert re.search(reasons, refused), refused
    most = re.search(r"at most (\d+);", refused)
    chosen = range(int(most[1]) if most else 2 if kind == "compare" else 1)
    ways = [line + "".join(f" --group g{group}" for group in chosen)] if "--group" in refused else []
    ways += [line.replace(size, fits) for fits in re.findall("--size (.*)", refused)]
    ways += [f"{page} -o p.html" for page in re.findall("'presence (.*)'", refused)]
    assert ways, refused
    assert [run(way) for way in ways] == [""] * len(ways)


@pytest.mark.filterwarnings("ignore::geo.PresenceWarning")
@pytest.mark.parametrize(("country", "kind", "size"), EACH if IS_WHOLE else SOME[1::4])
def test_a_figure_is_drawn_or_told_how(
    country: str, kind: str, size: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    drawn: list[Figure] = []

    def keep(figure: Figure, form: str, dpi: int) -> bytes:
        drawn.append(figure)
        return save_figure(figure, form, dpi)

    monkeypatch.setattr(save, "save_figure", keep)
    write_table(write_country(country, Path("b.geojson")), Path("t.yaml"))
    line = f"figure {kind} t.yaml {OPTIONS} --size {size} -o f.svg"
    if refused := run(line):
        follow(line, refused, kind, size)
    else:
        assert Path("f.svg").stat().st_size > 10_000
    for figure in drawn:
        check(figure)
