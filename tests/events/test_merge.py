"""All parts become one count: the same for any chunks and any order of files, each event once, and after a stop."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.event_files import write_events
from geo.errors import EventsError
from geo.events.activity import describe_activity
from geo.events.count_chunk import Rules
from geo.events.engines import LocalEngine, PartCount, count_part
from geo.events.files.chunks import Part, list_parts
from geo.events.files.inspect_file import inspect_file
from geo.events.merge import Totals, count_all
from geo.events.saved_part_counts import dump_part_count, name_part, parse_part_count
from geo.export.csv_sheets import write_separated
from geo.export.events import list_counts
from geo.read.actor_list import Actors
from geo.read.boundaries.gazetteer import read_gazetteer
from tests.daily import IS_WHOLE
from tests.events.conftest import ACTORS, PAIR, Write, event, provinces, tally

MADE_UP = Actors({"a": "A", "b": "B"}, {f"Made-up Group {n}, Branch": "ab"[n % 2] for n in range(1, 20)})
MANY = 10_000 if IS_WHOLE else 150


def digest(totals: Totals, path: Path, rules: Rules) -> str:
    """Sum up the file of counts, as a user gets it."""
    activity = describe_activity(totals.counts, rules, [inspect_file(path)])
    return hashlib.sha256(write_separated(list_counts(activity, read_gazetteer()))).hexdigest()


def test_any_size_of_chunk_gives_the_same_digest(tmp_path: Path):
    path = write_events(tmp_path / "events.csv", MANY, breaks=7)
    rules = Rules(provinces(), MADE_UP)
    found = {
        size: digest(count_all([Part(inspect_file(path))], rules, LocalEngine(size)), path, rules)
        for size in (1, 7, MANY, 200_000)
    }
    assert len(set(found.values())) == 1


def test_the_order_of_files_makes_no_difference(tmp_path: Path):
    files = [write_events(tmp_path / f"{seed}.csv", 200, seed=seed) for seed in (1, 2, 3)]
    for file, letter in zip(files, "xyz", strict=True):
        file.write_text(file.read_text().replace("\nAFG", f"\n{letter}"))
    one, two = (tally(*order, units=provinces(), actors=MADE_UP).counts for order in (files, files[::-1]))
    assert one == two
    assert one.tally["read"] == 600


@pytest.mark.parametrize("size", [1, 2, 1000])
def test_an_id_that_stands_twice_counts_once_as_its_first_row_has_it(size: int, write: Write):
    first = write([event(1), event(2), event(5, actor1="nobody"), event(2, fatalities="9"), event(2)], "first.csv")
    rows = [event(2, longitude="63.5"), event(3), event(5, actor1="nobody"), event(1), event(4, longitude="9")]
    second = write(rows, "second.csv")
    found = tally(first, second, rows=size)
    assert found.counts.tally == {"read": 10, "counted": 3, "outside": 1, "unmapped": 1, "duplicate": 5}
    assert found.counts.rows == {
        (None, 0, 24246): (3, 6, 3, 6, 6), ("taliban", 0, 24246): (3, 6, 3, 6, 6),
    }  # fmt: skip
    assert found.counts.actors == {"Taliban": 3, "nobody": 1}
    assert found.repeats.counts == {(str(first), str(first)): 2, (str(first), str(second)): 3}
    assert {key: number for key, number in found.repeats.differing.items() if number} == {
        (str(first), str(second)): 1
    }  # fmt: skip


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"longitude": "63.5"}, "another place, date or actor"),
        ({"event_date": "2021-01-01"}, "another place, date or actor"),
        ({"actor1": "IS"}, "another place, date or actor"),
        ({"notes": "corrected", "fatalities": "7", "geo_precision": "2"}, None),
    ],
)
def test_ids_that_do_not_mean_an_event_are_refused(other: dict[str, str], told: str | None, write: Write):
    paths = [write([event(1), event(2)], "a.csv"), write([event(1, **other), event(2, **other)], "b.csv")]
    if told is None:
        assert tally(*paths).counts.tally == {"read": 4, "counted": 2, "duplicate": 2}
        return
    with pytest.raises(EventsError, match=f"b.csv: 2 ids that stand in .*a.csv too, 2 of them with {told}"):
        tally(*paths)


@pytest.mark.parametrize("blank", ["", " ", "\t"])
def test_events_without_an_id_count_each(blank: str, write: Write):
    found = tally(write([event(1), *[event(event_id_cnty=blank)] * 3, event(1), event(event_id_cnty=" AFG1 ")]))
    assert found.counts.tally == {"read": 6, "counted": 4, "duplicate": 2}
    assert found.blank == 3


@pytest.mark.parametrize("other", ["300001", "300001.0", " 300001 ", "300001.00", "3.00001e+05", "3.00001E+5"])
def test_an_id_is_the_same_as_a_number_a_float_and_a_text(other: str, write: Write):
    first, second = write([event(event_id_cnty="300001")], "a.csv"), write([event(event_id_cnty=other)], "b.csv")
    both = write([event(event_id_cnty="300001"), event(event_id_cnty=other)], "c.csv")
    for paths in ((first, second), (second, first), (both,)):
        assert tally(*paths).counts.tally == {"read": 2, "counted": 1, "duplicate": 1}


@pytest.mark.parametrize("pair", [("007", "7"), ("A1.0", "A1"), ("1.5", "1"), ("12E5", "1200000"), ("x.0", "x")])
def test_ids_that_only_look_alike_are_two(pair: tuple[str, str], write: Write):
    assert tally(write([event(event_id_cnty=each) for each in pair])).counts.tally == {"read": 2, "counted": 2}


def test_an_event_is_told_in_the_same_way_by_files_of_two_kinds(write: Write, tmp_path: Path):
    import pandas as pd

    rows = [("1", "Taleban", "IS", "1", "31.50", "61.5", "2020-07-01 00:00:00.000", "2020-07-01 00:00:00.000", "3")]
    header = ("id", "side_a", "side_b", "where_prec", "latitude", "longitude", "date_start", "date_end", "best")
    path = write(rows, "a.csv", header)
    frame = pd.DataFrame(rows, columns=list(header)).astype({"id": float, "latitude": float, "longitude": float})
    for column in ("date_start", "date_end"):
        frame[column] = pd.to_datetime(frame[column])
    frame.to_excel(tmp_path / "a.xlsx", index=False)
    frame.to_parquet(tmp_path / "a.parquet", index=False)
    found = tally(path, tmp_path / "a.xlsx", tmp_path / "a.parquet")
    assert found.counts.tally == {"read": 3, "counted": 1, "duplicate": 2}
    assert not any(found.repeats.differing.values())


@pytest.mark.parametrize("blank", ["NA", "NULL", "NaN", " NA ", "<NA>", "-", "n/a", "(blank)"])
def test_an_id_that_says_that_it_is_none_is_none(blank: str, write: Write):
    found = tally(write([event(1), *[event(event_id_cnty=blank)] * 3]))
    assert found.counts.tally == {"read": 4, "counted": 4}
    assert found.blank == 3


def test_na_of_r_is_no_actor(write: Write):
    rows = [
        event(1, actor1="NA", assoc_actor_1="NA"),
        event(2, actor1="NA"),
        event(3, actor1="X", assoc_actor_1="NA; NA"),
    ]
    assert tally(write(rows)).counts.actors == {"X": 1}


def test_an_id_counts_as_its_first_row_that_lies_in_a_unit_and_in_time_has_it(write: Write):
    found = tally(write([event(1, latitude=""), event(1)]))
    assert found.counts.tally == {"read": 2, "counted": 1, "no_coordinates": 1}
    assert not found.repeats.counts


def test_ids_that_only_share_64_bits_are_told_apart(write: Write, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("geo.events.count_chunk.hash_ids", lambda ids: np.full(len(ids), 7, np.uint64))
    found = tally(write([event(1), event(2), event(2)]))
    assert found.counts.tally == {"read": 3, "counted": 2, "duplicate": 1}


def test_without_ids_nothing_is_taken_for_the_same(write: Write):
    path = write([("31.5", "61.5", "2020-07-01", "IS")] * 2, header=("lat", "lon", "date", "actor"))
    found = tally(path)
    assert found.counts.tally == {"read": 2, "counted": 2}
    assert found.unnumbered == (str(path),)


def test_what_is_kept_of_a_part_stands_for_it(write: Write):
    paths = [write([event(1), event(2)], "a.csv"), write([event(2), event(3)], "b.csv")]
    parts = [part for path in paths for part in list_parts(inspect_file(path))]
    rules = Rules(PAIR, ACTORS, places=True)
    kept: dict[int, PartCount] = {}

    def keep(place: int, tallied: PartCount) -> None:
        read = parse_part_count(dump_part_count(tallied, "a"), "a", rules)
        assert read
        kept[place] = read

    whole = count_all(parts, rules, LocalEngine(), keep=keep)
    asked: list[int] = []
    engine = LocalEngine(tell=lambda place, rows, done: asked.append(place))
    assert count_all(parts, rules, engine, known=kept) == whole
    assert count_all(parts, rules, engine, known={1: kept[1]}) == whole
    assert asked == [0]


KEPT: dict[str, Any] = {
    "rows": [[None, 0, 24245, 2, 3, 1, 3, 4], ["taliban", 0, 24245, 2, 3, 1, 3, 4]],
    "tally": {"read": 3, "counted": 2, "outside": 1}, "actors": {"Taliban": 2},
    "samples": {"undated": [["a.csv", 2, "soon"]]}, "notes": {"no_id": 1},
    "places": [[615000, 315000, None, 24245, 2]], "left": [[0, 24245, 1]], "spans": {"": [18383, 18400]},
    "types": {"Battles": 2},
}  # fmt: skip


def seal(lists: object, ids: bytes = bytes(16), name: str = "a") -> bytes:
    """Write what is kept of a part as one who knows how may do it."""
    rest = json.dumps(lists).encode() + b"\n" + ids
    return hashlib.sha256(name.encode() + b"\n" + rest).hexdigest().encode() + b"\n" + rest


def test_bytes_that_are_not_whole_stand_for_nothing(write: Write):
    rules = Rules(PAIR, ACTORS)
    data = dump_part_count(count_part(Part(inspect_file(write([event()]))), rules), "a")
    assert parse_part_count(data, "a", rules) is not None
    assert parse_part_count(data, "b", rules) is None
    for broken in (b"", data[:50], data[:-30], data.replace(b"tally", b"tulip"), data.replace(b"1", b"2", 1), b"PK"):
        assert parse_part_count(broken, "a", rules) is None


def test_numbers_that_add_up_are_taken(write: Write):
    rules = Rules(PAIR, Actors({"taliban": "Taliban"}, {"Taliban": "taliban"}), places=True)
    assert parse_part_count(seal(KEPT), "a", rules)


@pytest.mark.parametrize(
    "changed",
    [
        {"rows": [[None, 9, 24245, 2, 0, 0, 0, 0]]}, {"rows": [[None, -1, 24245, 2, 0, 0, 0, 0]]},
        {"rows": [[None, "0", 24245, 2, 0, 0, 0, 0]]}, {"rows": [["nobody", 0, 24245, 2, 0, 0, 0, 0]]},
        {"rows": [[None, 0, 10**9, 2, 0, 0, 0, 0]]}, {"rows": [[None, 0, 0, 2, 0, 0, 0, 0]]},
        {"rows": [[None, 0, "x", 2, 0, 0, 0, 0]]},
        {"rows": [[None, 0, 24245, 1, 0, 0, 0, 0]]}, {"rows": [[None, 0, 24245, 2, -5, 0, 0, 0]]},
        {"rows": [[None, 0, 24245, 2, 0, 3, 0, 0]]}, {"rows": [[None, 0, 24245, 2, 0]]},
        {"rows": [[None, 0, 24245, 2, 0, 0, 0]]},
        {"rows": [[None, 0, 24245, 2, 3, 1, 4, 4]]}, {"rows": [[None, 0, 24245, 2, 3, 1, 3, 2]]},
        {"rows": [[None, 0, 24245, 2.0, 0, 0, 0, 0]]}, {"rows": [[[], 0, 24245, 2, 0, 0, 0, 0]]}, {"rows": {}},
        {"rows": 1}, {"rows": None},
        {"tally": {"read": 2, "counted": 2, "outside": 1}}, {"tally": {"read": 3, "counted": 2, "odd": 1}},
        {"tally": {"read": True, "counted": 2}}, {"tally": {}}, {"tally": ["ab"]}, {"actors": {"Taliban": -1}},
        {"actors": {"Taliban": None}}, {"actors": [[1, 2]]}, {"samples": {"odd": []}}, {"samples": {"undated": 3}},
        {"samples": []}, {"samples": None}, {"samples": "x"},
        {"samples": {"undated": [["a.csv", "2", "x"]]}}, {"samples": {"undated": [["a.csv", 2, 3]]}},
        {"notes": {"odd": 1}}, {"notes": {"no_id": -1}},
        {"places": [[10**9, 0, None, 24245, 2]]}, {"places": [[0.5, 0, None, 24245, 2]]},
        {"places": [[0, 0, "nobody", 24245, 2]]}, {"places": [[0, 0, None, 10**9, 2]]}, {"places": [[0, 0]]},
        {"left": [[9, 24245, 1]]}, {"left": [[0, 10**9, 1]]}, {"left": [[0, 24245, -1]]}, {"left": [[0, 24245, 2]]},
        {"left": None}, {"spans": {"": [1]}}, {"spans": {"": [1, 10**9]}}, {"spans": {"": [1, "x"]}}, {"spans": []},
        {"types": {"Battles": -1}}, {"types": None},
    ],
)  # fmt: skip
def test_numbers_that_cannot_be_are_refused_under_any_seal(changed: dict[str, Any]):
    rules = Rules(PAIR, Actors({"taliban": "Taliban"}, {"Taliban": "taliban"}), places=True)
    assert parse_part_count(seal(KEPT | changed), "a", rules) is None


@pytest.mark.parametrize("lists", [[], None, 3, "x", {}, [[[[]]]]])
def test_what_is_no_list_of_counts_is_refused_under_any_seal(lists: object):
    assert parse_part_count(seal(lists), "a", Rules(PAIR)) is None


def test_more_ids_than_events_and_half_an_id_are_refused():
    rules = Rules(PAIR, Actors({"taliban": "Taliban"}, {"Taliban": "taliban"}), places=True)
    assert parse_part_count(seal(KEPT, bytes(32)), "a", rules) is None
    assert parse_part_count(seal(KEPT, bytes(9)), "a", rules) is None
    assert parse_part_count(seal(KEPT), "a", Rules(PAIR, rules.actors)) is None, "places that nobody asked for"


def test_what_was_counted_otherwise_has_another_name(write: Write):
    part = Part(inspect_file(write([event()])))
    names = {
        name_part(part, rules)
        for rules in (
            Rules(PAIR), Rules(PAIR, ACTORS), Rules(PAIR, Actors({}, {})), Rules(PAIR, by="year"), Rules(PAIR, since=3),
            Rules(PAIR, precision=("1",)), Rules(PAIR, size="district"), Rules(PAIR, places=True), Rules(provinces()),
        )
    }  # fmt: skip
    assert len(names) == 9
    before = name_part(part, Rules(PAIR))
    os.utime(part.file.path, ns=(1, 1))
    assert name_part(Part(inspect_file(part.file.path)), Rules(PAIR)) != before


STATED = {
    "Farah": "Farah", "Ghazni": "Ghazni", "Hilmand": "Helmand", "Hirat": "Herat", "Paktya": "Paktia",
    "Sari Pul": "Sar-e Pol", "Uruzgan": "Uruzgan", "Panjsher": "Panjshir",
}  # fmt: skip


def test_each_event_of_ucdp_that_states_a_province_falls_in_it_and_those_of_the_country_are_counted_apart(ged: Path):
    import csv

    with ged.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    stated = [row for row in rows if row["adm_1"]]
    assert (len(rows), len(stated)) == (135, 133)
    from geo.events.point_in_unit import assign_points
    from geo.read.common.names import fold_name, index_units

    index = index_units(read_gazetteer())
    lon, lat = (np.array([float(row[name]) for row in stated]) for name in ("longitude", "latitude"))
    found = [provinces().codes[place] for place in assign_points(provinces(), lon, lat)]
    names = [row["adm_1"].removesuffix(" province") for row in stated]
    expected = [index[fold_name(STATED.get(name, name))] for name in names]
    assert found == expected
    tally_all = tally(ged, units=provinces(), actors=None, precision=("1", "2", "3", "4", "5")).counts.tally
    assert tally_all == {"read": 135, "counted": 133, "imprecise": 2}
    assert tally(ged, units=provinces(), actors=None).counts.tally == {"read": 135, "counted": 132, "imprecise": 3}
