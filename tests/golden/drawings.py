"""What is drawn: each kind of page and figure, of three tables, two versions of one, and files of events."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from geo.api import (
    FIGURES,
    MAPS,
    SOCIAL,
    STEPS_BY,
    Choices,
    EventOptions,
    EventOutputs,
    FigureOptions,
    Job,
    MapOptions,
    Version,
    build_events,
    build_figure,
    build_source_comparison,
    render_diff,
    render_maps,
)  # fmt: skip
from geo.option_values import LANGUAGES

__all__ = ["DRAWINGS", "draw"]

ROOT = Path(__file__).parents[2]
DENSE, OLDER = (ROOT / "tests" / "golden" / "tables" / name for name in ("dense.yaml", "dense-older.yaml"))
FULL = ROOT / "tests" / "data" / "full.yaml"
TABLES = {"presence": ROOT / "presence.yaml", "full": FULL, "dense": DENSE}
DEATHS = ROOT / "tests" / "data" / "events" / "events-deaths.csv"
EVENTS, ACTORS = (ROOT / "docs" / "tables" / name for name in ("events.csv", "groups.yaml"))

Draw = Callable[[], bytes]


def _draw_page(table: Path, name: str, language: str = "en", count: str = "groups", by: str = "published") -> bytes:
    return render_maps(table, [name], Job(Choices(language=language, count=count)), MapOptions(by=by)).pages[name]


def _draw_figure(table: Path, kind: str, labels: str | None = None, language: str = "en", size: str = "a4") -> bytes:
    job, options = Job(Choices(language=language)), FigureOptions(size=size, labels=labels)
    with TemporaryDirectory() as folder:
        return build_figure(table, kind, Path(folder) / "figure.svg", job, options).pages[kind]


def _draw_sources(table: Path, *sources: str) -> bytes:
    with TemporaryDirectory() as folder:
        return build_source_comparison(table, Path(folder) / "sources.html", (sources[0], sources[1])).pages["sources"]


def _draw_diff(old: Path, new: Path) -> bytes:
    return render_diff(Version(old), Version(new), with_page=True).page or b""


def _draw_events(file: Path, **how: Any) -> bytes:
    with TemporaryDirectory() as folder:
        (page,) = build_events([file], Path(folder), outputs=EventOutputs(("map",)), **how).files.values()
    return page


def _list_drawings() -> Iterator[tuple[str, Draw]]:
    for label, table in TABLES.items():
        # No unit is named in the full table: there is nothing to compare.
        lacking, labels = (("compare",), "fa") if table == FULL else ((), None)
        for name in MAPS:
            if name not in (*lacking, "timeline"):
                yield f"{label}/{name}", partial(_draw_page, table, name)
        for by in STEPS_BY:
            yield f"{label}/timeline-{by}", partial(_draw_page, table, "timeline", by=by)
        yield f"{label}/choropleth-sources", partial(_draw_page, table, "choropleth", count="sources")
        for kind in FIGURES:
            if kind not in lacking:
                yield f"{label}/figure-{kind}", partial(_draw_figure, table, kind, labels)
        yield f"{label}/figure-social", partial(_draw_figure, table, "overlay", size=SOCIAL)
    for language in LANGUAGES[1:]:
        for name in ("overlay", "report"):
            yield f"dense/{name}-{language}", partial(_draw_page, DENSE, name, language)
        yield f"dense/figure-overlay-{language}", partial(_draw_figure, DENSE, "overlay", None, language)
    yield "dense/sources", partial(_draw_sources, DENSE, "first", "third")
    yield "dense/diff", partial(_draw_diff, OLDER, DENSE)
    yield "events/all", partial(_draw_events, DEATHS)
    yield "events/groups", partial(_draw_events, EVENTS, groups=ACTORS, reading=EventOptions(places=True))


DRAWINGS = dict(_list_drawings())


@cache
def draw(name: str) -> bytes:
    """Draw one of `DRAWINGS`, once."""
    return DRAWINGS[name]()
