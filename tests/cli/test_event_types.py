"""Events of some types only: as the files name them, or in the words of a format."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

import geo

Run = Callable[..., Result]

ACLED = (
    "event_id_cnty,event_date,event_type,sub_event_type,actor1,latitude,longitude,geo_precision,fatalities\n"
    + "".join(
        f"AFG{number},2020-07-{number:02},{kind},A,34.53,69.17,1,1\n"
        for number, kind in enumerate(
            (
                "Battles,Armed clash",
                "Battles,Armed clash",
                "Protests,Peaceful protest",
                " battles ,Non-state actor overtakes",
            ),
            1,
        )
    )
)
UCDP = "id,type_of_violence,date_start,date_end,side_a,side_b,where_prec,latitude,longitude,best\n" + "".join(
    f"{number},{kind},2020-07-01,2020-07-01,A,B,1,34.53,69.17,1\n" for number, kind in enumerate((1, 1, 1, 2, 3, 3), 1)
)
OWN = "id,date,type,latitude,longitude\n1,2020-07-01,Attack,34.53,69.17\n2,2020-07-01,,34.53,69.17\n"
FILES = {"acled": ACLED, "ucdp": UCDP, "own": OWN, "none": "id,date,latitude,longitude\n1,2020-07-01,34.53,69.17\n"}


@pytest.fixture
def place(here: Path) -> Path:
    for name, text in FILES.items():
        (here / f"{name}.csv").write_text(text)
    return here


@pytest.mark.parametrize(
    ("file", "types", "counted"),
    [
        ("acled", (), 4),
        ("acled", ("Battles",), 3),
        ("acled", ("BATTLES", "Protests"), 4),
        ("acled", ("Armed clash",), 2),
        ("acled", ("Armed clash", "Peaceful protest"), 3),
        ("ucdp", ("1",), 3),
        ("ucdp", ("state-based",), 3),
        ("ucdp", ("One-Sided", "2"), 3),
        ("own", ("attack",), 1),
    ],
)
@pytest.mark.filterwarnings("ignore::geo.PresenceWarning")
def test_events_of_these_types_count(file: str, types: tuple[str, ...], counted: int, run: Run, place: Path) -> None:
    words = [word for each in types for word in ("--type", each)]
    told = run("events", f"{file}.csv", "--by", "all", *words, code=0).stderr
    rows = list(csv.DictReader(io.StringIO((place / "events" / "counts.csv").read_text("utf-8-sig"))))
    assert [row["events"] for row in rows] == [str(counted)]
    rest = {"acled": 4, "ucdp": 6, "own": 2}[file] - counted
    assert (f"left out: {rest} of another type than --type asks for" in told) == bool(rest)
    page = (place / "events" / "events.html").read_text("utf-8")
    assert ("Only events of these types count: " in page) == bool(types)
    activity = geo.count_events([f"{file}.csv"], by="all", types=types)
    assert activity.counts[0].events == counted
    assert (activity.types, sum(each.events for each in activity.left_out)) == (types, rest)


def test_an_event_of_another_type_is_left_out_where_it_lies(run: Run, place: Path) -> None:
    run("events", "ucdp.csv", "--type", "2", "--panel", "p.csv", "--to", "counts", code=0)
    rows = list(csv.DictReader(io.StringIO((place / "p.csv").read_text("utf-8-sig"))))
    here = {(row["code"], row["period"]): (row["events"], row["left_out"]) for row in rows}
    assert here["AF-KAB", "2020-07"] == ("1", "5")
    assert here["AF-KAB", "2020-08"] == ("0", "0")


def test_records_say_of_which_types_they_are(run: Run, place: Path) -> None:
    (place / "g.yaml").write_text("groups: {a: [A]}")
    run("events", "ucdp.csv", "--groups", "g.yaml", "--type", "one-sided", "--to", "records", "-o", ".", code=0)
    assert "Only events of the types one-sided." in (place / "events.yaml").read_text()


@pytest.mark.parametrize(
    ("file", "words", "code", "said"),
    [
        ("acled", ("Battle",), 1, "none of 4 events counts: 4 other type; no event is of the type 'Battle'; expected a "
         "type as files name it, such as Armed clash, Battles"),
        ("acled", ("Battles", "Protest"), 0, "warning: no event is of the type 'Protest'; expected a type as files"),
        ("acled", ("Battles", "Protest"), 0, "nearest: Protests"),
        ("none", ("Battles",), 1, "none.csv: no column of types, so --type says nothing; expected the command without"),
    ],
)  # fmt: skip
def test_a_type_that_no_event_has_is_told(
    file: str, words: tuple[str, ...], code: int, said: str, run: Run, place: Path
) -> None:
    asked = [word for each in words for word in ("--type", each)]
    assert said in run("events", f"{file}.csv", *asked, "--to", "counts", code=code).stderr
