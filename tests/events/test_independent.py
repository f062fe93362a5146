"""Counts are those of another program: pandas and geopandas, which share no line with ours; whatever the file."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import pytest

from geo.api import EventOptions, count_events, load_boundaries
from geo.model import Activity
from tests.daily import choose

NUMBER = 400
FIRST = dt.date(2019, 11, 1)
FORMS = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "year": "%Y", "all": ""}
DEATHS = {"ucdp-ged": ("deaths", "low", "high"), "gdelt": None}
"""Columns of deaths, the lowest and the highest; one for all three in other kinds of file."""


def make_events() -> list[dict[str, Any]]:
    """Make up events, a tenth of them twice, a tenth imprecise; some lie outside of the country."""
    rng = random.Random(15)
    events = [
        {
            "id": 300_001 + number, "lon": round(rng.uniform(60, 75), 5), "lat": round(rng.uniform(29, 38.5), 5),
            "day": FIRST + dt.timedelta(rng.randrange(500)), "precise": rng.random() > 0.1, "deaths": rng.randrange(9),
            "low": 0, "high": 0,
        }
        for number in range(NUMBER)
    ]  # fmt: skip
    for event in events:
        deaths: Any = event["deaths"]
        event["low"], event["high"] = rng.randint(0, deaths), deaths + rng.choice([0, 0, 2])
    events += [dict(events[place]) for place in range(0, NUMBER, 10)]
    rng.shuffle(events)
    return events


EVENTS = make_events()


def as_ucdp(event: dict[str, Any]) -> dict[str, Any]:
    day = f"{event['day']} 00:00:00.000"
    return {"id": event["id"], "side_a": "A", "side_b": "B", "where_prec": 1 if event["precise"] else 6,
            "latitude": event["lat"], "longitude": event["lon"], "date_start": day, "date_end": day,
            "best": event["deaths"], "low": event["low"], "high": event["high"]}  # fmt: skip


def as_acled(event: dict[str, Any]) -> dict[str, Any]:
    return {"event_id_cnty": f"AFG{event['id']}", "event_date": f"{event['day']:%d %B %Y}", "time_precision": 1,
            "actor1": "A", "latitude": event["lat"], "longitude": event["lon"],
            "geo_precision": 1 if event["precise"] else 4, "fatalities": event["deaths"]}  # fmt: skip


def as_gtd(event: dict[str, Any]) -> dict[str, Any]:
    day = event["day"]
    return {"eventid": event["id"], "iyear": day.year, "imonth": day.month, "iday": day.day, "gname": "A",
            "latitude": event["lat"], "longitude": event["lon"], "specificity": 1 if event["precise"] else 5,
            "nkill": event["deaths"]}  # fmt: skip


def as_gdelt(event: dict[str, Any]) -> dict[str, Any]:
    return {"GLOBALEVENTID": event["id"], "SQLDATE": f"{event['day']:%Y%m%d}", "Actor1KnownGroupCode": "A",
            "ActionGeo_Type": 4 if event["precise"] else 1, "ActionGeo_Lat": event["lat"],
            "ActionGeo_Long": event["lon"]}  # fmt: skip


def as_own(event: dict[str, Any]) -> dict[str, Any]:
    return {"id": event["id"], "date": str(event["day"]), "actor": "A", "latitude": event["lat"],
            "longitude": event["lon"], "deaths": event["deaths"]}  # fmt: skip


KINDS = {"ucdp-ged": as_ucdp, "acled": as_acled, "gtd": as_gtd, "gdelt": as_gdelt, "generic": as_own}


def count_otherwise(by: str, *, precise: bool) -> dict[tuple[str, str], int]:
    """Count events with `geopandas.sjoin` and `groupby`."""
    return {cell: figures[0] for cell, figures in sum_otherwise(by, precise=precise).items()}


def sum_otherwise(by: str, *, precise: bool) -> dict[tuple[str, str], list[int]]:
    """Count events and add up their deaths, the lowest and the highest, in the same way."""
    frame = pd.DataFrame(EVENTS).drop_duplicates("id")
    frame = frame[frame["precise"]] if precise else frame
    points = geopandas.GeoDataFrame(frame, geometry=geopandas.points_from_xy(frame["lon"], frame["lat"]), crs=4326)
    units = load_boundaries().frame[["geometry"]]
    joined = points.sjoin(units, predicate="intersects").drop_duplicates("id")
    days = pd.to_datetime(joined["day"])
    period = (
        days.dt.to_period("Q").astype(str).str.replace("Q", "-Q") if by == "quarter" else days.dt.strftime(FORMS[by])
    )
    groups = joined.assign(events=1).groupby(["code", period])
    sums = groups[["events", "deaths", "low", "high"]].sum()
    return {
        (str(unit), str(when)): [*map(int, row)] for (unit, when), row in zip(sums.index, sums.to_numpy(), strict=True)
    }


def list_cells(activity: Activity) -> dict[tuple[str, str], int]:
    return {(each.unit, str(each.period or "")): each.events for each in activity.counts}


@pytest.mark.parametrize("by", ["day", "week", "month", "quarter", "year", "all"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_cell_differs_from_an_independent_count(kind: str, by: str, tmp_path: Path) -> None:
    pd.DataFrame(map(KINDS[kind], EVENTS)).to_csv(tmp_path / "events.csv", index=False, sep="\t")
    activity, _, _ = count_events([tmp_path / "events.csv"], reading=EventOptions(by=by))
    assert activity.sources[0].id == kind
    expected = count_otherwise(by, precise=kind != "generic")
    assert list_cells(activity) == expected
    assert sum(expected.values()) > NUMBER / 4
    sums = sum_otherwise(by, precise=kind != "generic")
    names = DEATHS.get(kind, ("deaths", "deaths", "deaths"))
    told = {(each.unit, str(each.period or "")): (each.deaths, each.low, each.high) for each in activity.counts}
    places = dict(zip(("events", "deaths", "low", "high"), range(4), strict=True))
    assert told == {cell: tuple(row[places[name]] for name in names) if names else (None,) * 3
                    for cell, row in sums.items()}  # fmt: skip


def write_json(frame: pd.DataFrame, path: Path) -> None:
    path.write_text(json.dumps({"Result": json.loads(frame.to_json(orient="records"))}))


def write_points(frame: pd.DataFrame, path: Path) -> None:
    points = geopandas.points_from_xy(frame["longitude"], frame["latitude"])
    geopandas.GeoDataFrame(frame.drop(columns=["longitude", "latitude"]), geometry=points, crs=4326).to_file(path)


WRITERS: dict[str, Callable[[pd.DataFrame, Path], None]] = {
    "csv": lambda frame, path: frame.to_csv(path, index=False),
    "csv.gz": lambda frame, path: frame.to_csv(path, index=False),
    "xlsx": lambda frame, path: frame.to_excel(path, index=False),
    "parquet": lambda frame, path: frame.to_parquet(path, index=False, row_group_size=150),
    "json": write_json,
    "geojson": write_points,
}
CHANGES: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "as they are": lambda frame: frame,
    "ids as text": lambda frame: frame.astype({"id": str}),
    "ids as float": lambda frame: frame.astype({"id": float}),
    "rows shuffled": lambda frame: frame.sample(frac=1, random_state=3),
    "dates as times": lambda frame: frame.assign(date=frame["date"] + "T10:30:00Z"),
}


@pytest.mark.parametrize(("ending", "change"), choose(itertools.product(WRITERS, CHANGES), 15))
def test_the_same_events_in_any_file_are_the_same_counts(ending: str, change: str, tmp_path: Path) -> None:
    frame = CHANGES[change](pd.DataFrame(map(as_own, EVENTS)))
    WRITERS[ending](frame, tmp_path / f"events.{ending}")
    activity, _, doubts = count_events([tmp_path / f"events.{ending}"])
    assert list_cells(activity) == count_otherwise("month", precise=False)
    assert activity.tally["duplicate"] > 10
    assert any("with an id that stands twice" in each.found for each in doubts)
