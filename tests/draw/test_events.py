"""The page of recorded events as text: the same input gives the same bytes, and nothing is fetched or left unsaid."""

from __future__ import annotations

from dataclasses import replace

import geopandas
import numpy as np
import pytest
import shapely

from geo.api import load_boundaries
from geo.draw.pages.event_block import build_event_block
from geo.draw.pages.events import draw_events
from geo.draw.wording.events import count_undated
from geo.draw.wording.localised_names import localise_units
from geo.join.event_classes import class_activity
from geo.model import Activity, EventCount, EventPlace, EventSource, Moment

YEARS = (Moment(2019), Moment(2020))
COUNTS = (EventCount(None, "AF-KAB", YEARS[0], 1200, 4), EventCount(None, "AF-KAB", None, 2))
PLACES = tuple(EventPlace(69 + number / 1000, 34.5, None, YEARS[0], 1) for number in range(1000))
SOURCE = EventSource("s", "Source", "Author (2020), Data.", "CC BY 4.0.", "https://example.org", "a town")
MADE = Activity("Events", "year", {}, COUNTS, YEARS, (SOURCE,), {"read": 1202, "counted": 1202}, (), PLACES)


def draw(activity: Activity) -> str:
    known = load_boundaries()
    return str(draw_events(known.frame, known.gazetteer, known.topology, activity).get_root().render())


def test_the_same_input_gives_the_same_bytes() -> None:
    pages = [draw(MADE) for _ in range(2)]
    assert pages[0] == pages[1]
    assert draw(replace(MADE, title="Others")) != pages[0]


@pytest.mark.parametrize(
    "said",
    [
        "Author (2020), Data. Licence: CC BY 4.0.",
        "2 events count for the whole time only",
        "Counted if placed at least so precisely: a town.",
        "Events: 1,202 read; 1,202 counted.",
        "not per year",
        "natural breaks (Fisher–Jenks)",
        'href="#period=2019"',
        'href="https://example.org"',
    ],
)
def test_what_a_reader_must_know_stands_there(said: str) -> None:
    assert said in draw(MADE)


def test_places_are_small() -> None:
    without = draw(replace(MADE, places=None))
    assert len(draw(MADE)) - len(without) < 20 * len(PLACES)
    assert "event_points.js" not in without
    assert "leaflet-points-pane" not in without


@pytest.mark.parametrize(("east", "expected"), [(183, [181, 179]), (179.5, [-179, 179])])
def test_places_stand_on_the_side_of_180_on_which_the_units_are_drawn(east: float, expected: list[float]) -> None:
    known = load_boundaries().gazetteer
    west = 177 if east > 180 else -180
    units = geopandas.GeoDataFrame(geometry=[shapely.box(west, -20, east, -15)], index=["AF-KAB"], crs=4326)
    places = tuple(EventPlace(lon, lat, None, YEARS[0], 1) for lon, lat in ((-179, -17), (179, -16)))
    activity = replace(MADE, places=places)
    classed = class_activity(activity, known.units, ["AF-KAB"])
    block = build_event_block(localise_units(units, known, "en"), classed, "")
    assert np.cumsum(block["events"]["places"]["lon"]).tolist() == [each * 10_000 for each in expected]  # type: ignore[index]


@pytest.mark.parametrize(("by", "number"), [("year", 2), ("all", 0)])
def test_events_of_no_period_are_told_where_there_are_periods(by: str, number: int) -> None:
    assert count_undated(replace(MADE, by=by)) == number


@pytest.mark.parametrize(("address", "linked"), [("javascript:alert(1)", False), ("HTTPS://example.org", True)])
def test_only_addresses_of_the_web_are_linked(address: str, linked: bool) -> None:
    assert (f'href="{address}"' in draw(replace(MADE, sources=(replace(SOURCE, url=address),)))) == linked


@pytest.mark.parametrize(("number", "told"), [(20, "part-19.csv."), (5_000, "part-19.csv, and 4,980 more.")])
def test_of_very_many_files_the_first_are_named(number: int, told: str) -> None:
    files = tuple(f"part-{each}.csv" for each in range(number))
    page = draw(replace(MADE, sources=(replace(SOURCE, files=files),)))
    assert told in page
    assert "part-20.csv" not in page
