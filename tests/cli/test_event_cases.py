"""Files of events as people and services give them, one kind of fault each: counted rightly, or refused with help."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from click.testing import Result

import geo
from geo.errors import EventsError
from geo.model import Activity, EventCount, Moment

Run = Callable[..., Result]

CASES = Path(__file__).parents[1] / "data" / "events"


class Case(NamedTuple):
    """Files and options; events counted and deaths stated; what is told, with rows."""

    files: Sequence[str]
    counted: int
    deaths: int | None
    told: Sequence[str] = ()
    words: Sequence[str] = ()


COUNTED = {
    "events-ids": Case(["events-ids.csv", "events-ids-float.csv"], 5, 5, ["5 events with an id that stands in"]),
    "events-deaths": Case(
        ["events-deaths.csv"], 4, 1203,
        ["2 events whose deaths are no whole number, so that none are counted, such as '10+' in row 3, '2.5' in row 4",
         "1 event whose deaths stand in groups of three digits, read as thousands, such as '1,200' in row 2"],
    ),
    "events-with-counts": Case(["events-with-counts.csv"], 19, 33, words=["--count-column", "events"]),
    "events-api-dates": Case(["events-api-dates.csv"], 1, 3),
    "events-iso-z": Case(["events-iso-z.csv"], 3, None),
    "events-slashes": Case(
        ["events-slashes.csv"], 2, None,
        ["1 event left out with a date that is missing or of no known form, such as '01/02/2020' in row 3; "
         "expected --dates %d/%m/%Y or --dates %m/%d/%Y"],
    ),
    "events-slashes, settled": Case(["events-slashes.csv"], 3, None, words=["--dates", "%d/%m/%Y"]),
    "events.json": Case(["events.json"], 1, None),
    "events.geojson": Case(["events.geojson"], 1, None),
    "events-ucdp-api": Case(["events-ucdp-api.json"], 1, 3, ["(GED): 1 of 1 event counted"]),
    "events-acled-api": Case(["events-acled-api.json"], 1, 3, ["(ACLED): 1 of 1 event counted"]),
    "events-na": Case(["events-na.csv"], 3, None),
    "events-outlier-year": Case(
        ["events-outlier-year.csv"], 5, None,
        ["1 event left out of a year before 1900 or after 2100, such as '1020-01-01' in row 7"], ["--by", "day"],
    ),
    "events-year-0202": Case(
        ["events-year-0202.csv"], 1, None,
        ["left out: 1 of a year before 1900 or after 2100", "such as '0202-07-01' in row 2"],
    ),
    "events-zero-width": Case(
        ["events-zero-width.csv"], 3, None, words=["--groups", str(CASES / "zero-width-groups.yaml")]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", COUNTED)
def test_what_is_counted(name: str, run: Run, here: Path) -> None:
    case = COUNTED[name]
    result = run("events", *(str(CASES / file) for file in case.files), "--to", "counts", *case.words, code=0)
    rows = list(csv.DictReader(io.StringIO((here / "events" / "counts.csv").read_text("utf-8-sig"))))
    whole = [row for row in rows if row["group"] == "any"]
    assert sum(int(row["events"]) for row in whole) == case.counted
    stated = [int(row["deaths"]) for row in whole if row["deaths"]]
    assert (sum(stated) if stated else None) == case.deaths
    for said in case.told:
        assert said in result.stderr


REFUSED = {
    "events-same-header": ("events-same-header.csv", "2 columns of one name: date (column 2) and date (column 3)"),
    "events-two-lat": ("events-two-lat.csv", "2 columns of one name: lat (column 2) and lat (column 5)"),
    "events-cut-short": ("events-cut-short.csv", "a row of 27 cells, where the header has 31: row 11"),
    "events-cut-date": ("events-cut-date.csv", "a row of 4 cells, where the header has 5: row 3"),
    "events-with-counts": ("events-with-counts.csv", "a column 'events', so that a row seems to be a count"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_with_its_place(name: str, run: Run, here: Path) -> None:
    file, said = REFUSED[name]
    result = run("events", str(CASES / file), "--by", "day", code=1)
    assert said in result.stderr
    assert "; expected " in result.stderr
    assert not (here / "events").exists()
    with pytest.raises(EventsError, match=r"column|row"):
        geo.count_events([CASES / file], by="day")


def test_actors_are_what_is_named(run: Run, here: Path) -> None:
    assert run("events", str(CASES / "events-na.csv"), "--actors").stdout == "1\tX\n"
    (here / "ids.csv").write_text(
        (CASES / "events-na.csv").read_text().replace("\n1,", "\nNA,").replace("\n2,", "\nNA,")
    )
    assert run("events", "ids.csv", "--to", "counts").exit_code == 0
    result = run("events", str(CASES / "events-zero-width.csv"), "--groups", str(CASES / "zero-width-groups.yaml"))
    assert "does not name" not in result.stderr


def test_a_last_line_without_its_end_is_told(run: Run, here: Path) -> None:
    text = "id,lat,lon,date\n1,34.52,69.17,2020-01-15\n2,34.52,69.17,2020-01-1"
    for name, end, told in (("cut.csv", "", True), ("whole.csv", "\n", False), ("dos.csv", "\r\n", False)):
        (here / name).write_bytes((text + end).encode())
        result = run("events", name, "--to", "counts", "--by", "day", code=0)
        assert ("the last line has no end, so it may have been cut" in result.stderr) == told


@pytest.mark.parametrize("hidden", [0, 1, 2])
def test_hidden_rows_of_a_workbook_are_told(hidden: int, run: Run, here: Path) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["id", "lat", "lon", "date"])
    for each in (1, 2, 3):
        page.append([each, 34.52, 69.17, "2020-01-01"])
    for line in range(hidden):
        page.row_dimensions[line + 2].hidden = True
    book.create_sheet("notes").row_dimensions[1].hidden = True
    book.save(here / "a.xlsx")
    result = run("events", "a.xlsx", "--to", "counts")
    assert "3 of 3 events counted" in result.stderr
    told = f"{hidden} row{'s' * (hidden > 1)} hidden, as by a filter, and counted all the same"
    assert (told in result.stderr) == (hidden > 0)
    assert ("hidden" in result.stderr) == (hidden > 0)


def test_dates_in_words_are_read(run: Run, here: Path) -> None:
    days = [
        "4-Jan-2020",
        "4 Jan 2020",
        "January 4, 2020",
        "Jan 4, 2020",
        "Jan 4 2020",
        "04 January 2020",
        "4-January-2020",
    ]
    rows = "".join(f'{number},34.52,69.17,"{day}"\n' for number, day in enumerate(days))
    (here / "a.csv").write_text("id,lat,lon,date\n" + rows)
    assert run("events", "a.csv", "--to", "counts", "--by", "day").exit_code == 0
    [row] = (here / "events" / "counts.csv").read_text("utf-8-sig").splitlines()[1:]
    assert row == "any,,AF-KAB,Kabul,2020-01-04,7,,,,yes"


def test_an_option_is_offered_for_the_first_of_several_odd_dates(run: Run, here: Path) -> None:
    days = ["soon", "12.01.2020", "01/02/2020", "2020-01-01"]
    rows = "".join(f"{number},34.52,69.17,{day}\n" for number, day in enumerate(days))
    (here / "a.csv").write_text("id,lat,lon,date\n" + rows)
    result = run("events", "a.csv", "--to", "counts")
    assert "row 4; expected --dates %d.%m.%Y or --dates %m.%d.%Y" in result.stderr
    result = run("events", "a.csv", "--to", "counts", "--dates", "%d.%m.%Y")
    assert "row 4; expected --dates %d/%m/%Y or --dates %m/%d/%Y" in result.stderr
    assert "2 of 4 events counted" in result.stderr


def test_an_id_is_one_with_signs_that_nobody_sees(run: Run, here: Path) -> None:
    rows = "".join(f"{each},34.52,69.17,2020-01-01\n" for each in ("AFG1", "AFG\u200b1", "\ufeffAFG1", "AFG-1"))
    (here / "a.csv").write_text("id,lat,lon,date\n" + rows)
    assert "2 of 4 events counted" in run("events", "a.csv", "--to", "counts").stderr


def test_the_library_takes_what_the_command_takes() -> None:
    with pytest.warns(geo.PresenceWarning, match="no ids"):
        found = geo.count_events([CASES / "events-with-counts.csv"], count_column="events")
    assert found.tally == {"read": 19, "counted": 19}
    found = geo.count_events([CASES / "events-slashes.csv"], dates=["%m/%d/%Y"])
    assert [str(each.period) for each in found.counts] == ["2020-01"]
    assert found.tally == {"read": 3, "counted": 3}


LEFT_ALONE = {
    "two columns that are not read": "id,lat,lon,date,note,note\n1,34.52,69.17,2020-01-01,a,b\n",
    "a note below the table": "id,lat,lon,date,note\n1,34.52,69.17,2020-01-01,a\nSource: nobody\n",
    "empty cells at the end": "id,lat,lon,date,note,more\n1,34.52,69.17,2020-01-01,,\n",
    "a quote with line breaks and separators": 'id,lat,lon,date,note,more\n1,34.52,69.17,2020-01-01,"a,\nb",\n',
    "a comma at the end of all rows": "id,lat,lon,date,\n1,34.52,69.17,2020-01-01,\n",
}


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_what_is_no_fault(name: str, run: Run, here: Path) -> None:
    (here / "a.csv").write_text(LEFT_ALONE[name])
    result = run("events", "a.csv", "--to", "counts", code=0)
    assert "Events: 1 of " in result.stderr


def test_what_lies_just_outside_is_counted_as_such_and_what_lies_elsewhere_is_told(run: Run, here: Path) -> None:
    (here / "a.csv").write_text(
        "id,date,lat,lon,adm_1,country\n"
        "1,2020-07-01,34.53,69.17,Kabul province,Afghanistan\n"
        "2,2020-07-01,34.53,69.17,Hilmand province,Afghanistan\n"
        "3,2020-07-01,37.2437,67.4215,Balkh province,Afghanistan\n"
        "4,2020-07-01,37.2437,67.4215,,Afghanistan\n"
        "5,2020-07-01,37.2437,67.4215,,Uzbekistan\n"
    )
    result = run("events", "a.csv", "--by", "all")
    page = (here / "events" / "events.html").read_text("utf-8")
    assert "2 events lie up to 3 km outside all provinces; each counts in the one that the source names" in page
    assert "1 event lies in another province than the source names; it counts where it lies." in page
    assert "4 of 5 events counted" in result.stderr
    assert "left out: 1 in no province" in result.stderr
    assert (
        "2 events up to 3 km outside all units, counted in the one that the file names or else the nearest, "
        "such as 'Balkh province' in row 4" in result.stderr
    )
    assert "1 event in another unit than the file itself names, counted where they lie" in result.stderr
    assert "'Hilmand province' in row 3" in result.stderr
    assert (here / "events" / "counts.csv").read_text("utf-8-sig").splitlines()[1:] == [
        "any,,AF-BAL,Balkh,,2,,,,yes", "any,,AF-KAB,Kabul,,2,,,,yes",
    ]  # fmt: skip


def test_days_without_an_event_are_gaps_where_there_would_be_thousands(run: Run, here: Path) -> None:
    days = ("1950-03-01", "2019-12-30", "2020-01-02")
    (here / "a.csv").write_text("id,date,lat,lon\n" + "".join(f"{day},{day},34.53,69.17\n" for day in days))
    for words, steps, told in ((("--by", "day"), 3, True), (("--by", "day", "--since", "2019"), 367, False)):
        assert run("events", "a.csv", *words).exit_code == 0
        page = (here / "events" / "events.html").read_text("utf-8")
        assert f'max="{steps}"' in page
        assert ("Periods without a recorded event are left out of slider and bars" in page) == told


def test_more_steps_than_a_slider_holds_are_refused() -> None:
    from datetime import date, timedelta

    days = [date(1950, 1, 1) + timedelta(number) for number in range(20_001)]
    periods = tuple(Moment(day.year, day.month, day.day) for day in days)
    counts = tuple(EventCount(None, "AF-KAB", period, 1) for period in periods)
    activity = Activity("Events", "day", {}, counts, periods, (), {})
    with pytest.raises(geo.PresenceError, match="20,001 periods with events are more than a slider can hold"):
        geo.draw_events(activity)
