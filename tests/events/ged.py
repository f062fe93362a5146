"""Made-up events in the form of UCDP GED, at real places whose provinces are known; no row of anybody's."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

__all__ = ["COLUMNS", "write_ged"]

PLACES = Path(__file__).parents[1] / "data" / "places.csv"
"""Capitals (``where_prec`` 1), towns (2), districts (3), provinces (4), a road (5) and twice the country alone (6)."""

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high",
    "low", "gwnoa", "gwnob",
)  # fmt: skip
SIDES = (
    ("Nowhere's Government", "Taleban", "700"),
    ("Nowhere's Government", "IS", "700"),
    ("Taleban", "Civilians", ""),
)


def write_ged(path: Path) -> Path:
    """Write one event for each place; every seventh source has a second line, and every source commas and quotes."""
    with PLACES.open(encoding="utf-8", newline="") as places, path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(_make_event(number, place) for number, place in enumerate(csv.DictReader(places), 1))
    return path


def _make_event(number: int, place: dict[str, str]) -> dict[str, object]:
    begin = dt.datetime(1989, 1, 1) + dt.timedelta(days=90 * number)
    end = begin + dt.timedelta(days=number % 3)
    side_a, side_b, country = SIDES[number % len(SIDES)]
    name, lat, lon = place["place"], place["latitude"], place["longitude"]
    described = {key: place[key] for key in ("where_prec", "adm_1", "latitude", "longitude")} | {
        "adm_2": name if name.endswith("district") else "",
        "where_coordinates": name,
        "where_description": f"{name}, as nobody reported",
        "geom_wkt": f"POINT ({lon} {lat})",
        "priogrid_gid": int((float(lat) + 90) * 2) * 720 + int((float(lon) + 180) * 2) + 1,
    }
    again = "" if number % 7 else ";\nNobody, a second time"
    told = {
        "number_of_sources": 2,
        "source_article": f'Nobody, {begin:%Y-%m-%d}, "A made-up event"{again}',
        "source_office": "Nobody;Nobody",
        "source_date": f"{begin:%Y-%m-%d};{end:%Y-%m-%d}",
        "source_headline": "A made-up event;The same again",
    }
    counted = {"deaths_b": number % 5, "best": number % 5, "high": number % 5 + 1, "low": 0}
    return described | told | counted | {
        "id": 900_000 + number, "relid": f"XXX-{begin:%Y}-1-1-{number}", "year": begin.year, "active_year": 1,
        "code_status": "Clear", "type_of_violence": 1 if country else 3, "conflict_name": "Nowhere: Government",
        "dyad_name": f"{side_a} - {side_b}", "side_a": side_a, "side_b": side_b, "country": "Afghanistan",
        "country_id": 700, "region": "Asia", "event_clarity": 1 + number % 2, "date_prec": 1 + number % 2,
        "date_start": f"{begin:%Y-%m-%d} 00:00:00.000", "date_end": f"{end:%Y-%m-%d} 00:00:00.000",
        "deaths_a": 0, "deaths_civilians": 0, "deaths_unknown": 0, "gwnoa": country,
    }  # fmt: skip
