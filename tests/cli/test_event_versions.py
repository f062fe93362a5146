"""Events that their publisher changed or withdrew since: the newest row of an id counts, a withdrawn event does not."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

HEAD = "event_id_cnty,event_date,actor1,latitude,longitude,geo_precision,fatalities,timestamp\n"
KABUL, HERAT = "34.53,69.17", "34.35,62.2"
OLD = HEAD + f"A1,2020-07-01,A,{KABUL},1,1,100\nA2,2020-07-02,A,{KABUL},1,1,100\n"
NEW = HEAD + f"A1,2020-08-01,A,{HERAT},1,5,200\nA3,2020-07-03,A,{KABUL},1,1,200\n"


@pytest.fixture
def place(here: Path) -> Path:
    (here / "old.csv").write_text(OLD)
    (here / "new.csv").write_text(NEW)
    (here / "both.csv").write_text(NEW + OLD.removeprefix(HEAD))
    return here


def read_counts(place: Path) -> list[tuple[str, ...]]:
    rows = csv.DictReader(io.StringIO((place / "events" / "counts.csv").read_text("utf-8-sig")))
    return [(row["code"], row["period"], row["events"], row["deaths"]) for row in rows]


@pytest.mark.parametrize("files", [("old.csv", "new.csv"), ("new.csv", "old.csv"), ("both.csv",)])
@pytest.mark.parametrize("chunk", ["1", "1000"])
def test_the_newest_row_of_an_id_counts(files: tuple[str, ...], chunk: str, run: Run, place: Path) -> None:
    told = run("events", *files, "--to", "counts", "--chunk", chunk, code=0).stderr
    assert read_counts(place) == [("AF-HER", "2020-08", "1", "5"), ("AF-KAB", "2020-07", "2", "2")]
    assert "3 of 4 events counted" in told
    assert "left out: 1 with an id that stood before" in told
    assert "1 event with an id that stands" in told
    assert "expected each once; the newest, by its timestamp, is counted" in told


def test_of_rows_of_one_stamp_or_none_the_first_counts(run: Run, here: Path) -> None:
    (here / "e.csv").write_text(
        HEAD + f"A1,2020-07-01,A,{KABUL},1,1,100\nA1,2020-07-01,A,{KABUL},1,2,100\nA2,2020-07-01,A,{KABUL},1,1,\n"
        f"A2,2020-07-01,A,{KABUL},1,4,7\n"
    )
    run("events", "e.csv", "--to", "counts", code=0)
    assert read_counts(here) == [("AF-KAB", "2020-07", "2", "5")]


@pytest.mark.parametrize(
    "text",
    ["A2\nA9\n", "event_id_cnty,deleted_timestamp\nA2,123\n", "deleted_timestamp,EVENT_ID_CNTY\n123,A2\n123,\n"],
)
def test_what_is_withdrawn_does_not_count(text: str, run: Run, place: Path) -> None:
    (place / "d.csv").write_text(text)
    told = run("events", "old.csv", "--deleted", "d.csv", "--to", "counts", code=0).stderr
    assert read_counts(place) == [("AF-KAB", "2020-07", "1", "1")]
    assert "left out: 1 that --deleted lists as withdrawn" in told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\nA2,3\n", "d.csv: no column event_id_cnty; expected a CSV with that column, or one id a line"),
        ("", "no id"),
    ],
)
def test_a_list_without_ids_is_refused(text: str, said: str, run: Run, place: Path) -> None:
    (place / "d.csv").write_text(text)
    assert said in run("events", "old.csv", "--deleted", "d.csv", code=1).stderr
    assert not (place / "events").exists()


def test_where_all_is_withdrawn_that_is_said(run: Run, place: Path) -> None:
    (place / "d.csv").write_text("A1\nA2\n")
    told = run("events", "old.csv", "--deleted", "d.csv", code=1).stderr
    assert "none of 2 events counts: 2 deleted; expected events that are not in the file of --deleted" in told
