"""What `presence events` says of the time that files cover: on the terminal, in panel and counts, on the page."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from geo.api import EventOptions, EventOutputs, build_events
from geo.errors import EventsError

Run = Callable[..., Result]

HEAD = "id,date,actor,latitude,longitude,deaths\n"
EVENTS = HEAD + (
    "1,2020-01-10,A,34.53,69.17,2\n2,2020-03-31,A,34.53,69.17,\n3,2020-03-05,B,34.35,62.2,4\n"
    "4,2020-01-15,C,34.35,62.2,1\n5,2020,A,34.35,62.2,1\n"
)
GROUPS = "groups: {a: [A], b: {name: Group B, actors: [B]}}\n"


@pytest.fixture
def place(here: Path) -> Path:
    (here / "e.csv").write_text(EVENTS)
    (here / "g.yaml").write_text(GROUPS)
    return here


def read_rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def tell(rows: list[dict[str, str]], unit: str, *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row[column] for column in columns) for row in rows if row["code"] == unit]


def test_the_panel_has_every_unit_in_every_period(run: Run, place: Path) -> None:
    words = ("--covers", "2019-12..2020-02-15", "--covers", "2020-03", "--to", "counts", "--panel", "p.csv")
    told = run("events", "e.csv", "--groups", "g.yaml", *words, code=0).stderr
    assert "covers 2019-12-01 to 2020-02-15 and 2020-03-01 to 2020-03-31: as --covers says" in told
    assert "of 4 months: 1 covered in part" in told
    assert "wrote p.csv" in told
    rows = read_rows(place / "p.csv")
    assert len(rows) == 3 * 34 * 4
    assert [row["group"] for row in rows] == [group for group in ("any", "a", "b") for _ in range(34 * 4)]
    any_row = [row for row in rows if row["group"] == "any"]
    assert tell(any_row, "AF-KAB", "period", "first_day", "last_day", "covered", "events", "deaths", "left_out") == [
        ("2019-12", "2019-12-01", "2019-12-31", "yes", "0", "0", "0"),
        ("2020-01", "2020-01-01", "2020-01-31", "yes", "1", "2", "0"),
        ("2020-02", "2020-02-01", "2020-02-29", "partly", "0", "0", "0"),
        ("2020-03", "2020-03-01", "2020-03-31", "yes", "1", "", "0"),
    ]
    assert tell(any_row, "AF-HER", "period", "events", "left_out") == [
        ("2019-12", "0", "0"), ("2020-01", "0", "1"), ("2020-02", "0", "0"), ("2020-03", "1", "0"),
    ]  # fmt: skip
    own = [row for row in rows if row["group"] == "b"]
    assert tell(own, "AF-HER", "group_name", "events", "deaths", "left_out") == [
        ("Group B", "0", "0", ""), ("Group B", "0", "0", ""), ("Group B", "0", "0", ""), ("Group B", "1", "4", ""),
    ]  # fmt: skip


def test_what_is_not_covered_is_empty(run: Run, place: Path) -> None:
    words = ("--since", "2019-12", "--until", "2020-04", "--covers", "2020-01..2020-03-15", "--panel", "p.csv")
    told = run("events", "e.csv", *words, "--to", "counts", code=0).stderr
    assert "of 5 months: 2 not covered, 1 covered in part" in told
    rows = tell(read_rows(place / "p.csv"), "AF-KHO", "period", "covered", "events", "deaths", "deaths_low", "left_out")
    assert rows == [
        ("2019-12", "no", "", "", "", "0"), ("2020-01", "yes", "0", "0", "0", "0"),
        ("2020-02", "yes", "0", "0", "0", "0"), ("2020-03", "partly", "0", "0", "0", "0"),
        ("2020-04", "no", "", "", "", "0"),
    ]  # fmt: skip


def test_the_same_input_gives_the_same_bytes_in_whatever_order_rows_stand(run: Run, place: Path) -> None:
    lines = EVENTS.splitlines()
    (place / "r.csv").write_text("\n".join([lines[0], *reversed(lines[1:])]) + "\n")
    for name in ("e", "r"):
        run("events", f"{name}.csv", "--groups", "g.yaml", "--to", "counts", "--panel", f"p-{name}.csv", code=0)
    assert (place / "p-e.csv").read_bytes() == (place / "p-r.csv").read_bytes()


@pytest.mark.parametrize(
    ("by", "periods"),
    [
        ("all", [""]),
        ("year", ["2019", "2020"]),
        ("quarter", ["2019-Q4", "2020-Q1"]),
        ("week", ["2019-W52", "2020-W01"]),
        ("day", ["2019-12-28", "2019-12-29", "2019-12-30", "2019-12-31", "2020-01-01", "2020-01-02"]),
    ],
)
def test_a_panel_has_periods_of_every_length(by: str, periods: list[str], run: Run, here: Path) -> None:
    (here / "e.csv").write_text(HEAD + "1,2019-12-28,A,34.53,69.17,2\n2,2020-01-02,A,34.53,69.17,1\n")
    run("events", "e.csv", "--by", by, "--to", "counts", "--panel", "p", code=0)
    rows = tell(read_rows(here / "p.csv"), "AF-KAB", "period", "events")
    assert [period for period, _ in rows] == periods
    assert sum(int(events) for _, events in rows) == 2


def test_files_that_leave_years_between_them_do_not_cover_these(run: Run, here: Path) -> None:
    for year in (2015, 2017):
        (here / f"{year}.csv").write_text(
            HEAD + f"{year},{year}-03-01,A,34.53,69.17,2\n{year}1,{year}-09-01,A,34.1,62.1,1\n"
        )
    told = run("events", "2015.csv", "2017.csv", "--by", "year", "--panel", "p.csv", code=0).stderr
    assert "covers 2015-03-01 to 2015-09-01 and 2017-03-01 to 2017-09-01: from the files' first to last date" in told
    assert "of 3 years: 1 not covered, 2 covered in part" in told
    assert tell(read_rows(here / "p.csv"), "AF-KAB", "covered", "events") == [
        ("partly", "1"), ("no", ""), ("partly", "1"),
    ]  # fmt: skip
    page = (here / "events" / "events.html").read_text("utf-8")
    assert "The files cover the time from their first to their last date: 1 March 2015 to 1 September 2015; " in page
    assert "The files cover only a part of this time." in page
    assert re.search(r'href="#period=2016">2016</a></th><td class="figure">not covered</td>', page)
    assert re.search(r'href="#period=2015">2015</a><small>covered in part</small></th><td class="figure">2</td>', page)


def test_events_that_a_rule_says_are_not_covered_count_and_are_told(run: Run, place: Path) -> None:
    told = run("events", "e.csv", "--covers", "2020-01", "--to", "counts", code=0).stderr
    assert "e.csv: warning: 2 events in a month that is not covered, counted all the same" in told
    rows = read_rows(place / "events" / "counts.csv")
    assert {row["period"]: row["covered"] for row in rows} == {"": "yes", "2020-01": "yes", "2020-03": "no"}


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("date,latitude,longitude\n2020-01-10,34.53,69.17\n", (), "covers 2020-01-10 to 2020-01-10: from the files'"),
        ("latitude,longitude\n34.53,69.17\n", ("--by", "all"), "what time the files cover is not known: no event has"),
    ],
)
def test_the_terminal_says_how_it_is_known(text: str, words: tuple[str, ...], said: str, run: Run, here: Path) -> None:
    (here / "e.csv").write_text(text)
    assert said in run("events", "e.csv", *words, "--to", "counts", code=0).stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--covers", "soon"), "--covers: 'soon', which is no span of time; expected years, months or days such as"),
        (("--covers", "2021..2019"), "'2021..2019', which ends before it begins; expected the earlier first"),
        (("--panel", "p.xlsx"), "p.xlsx: the ending '.xlsx', where csv is written; expected .csv"),
        (("--panel", "e.csv"), "e.csv"),
        (("--panel", "events/counts.csv"), "counts.csv"),
        (("--panel", "no/such/p.csv"), "no/such"),
    ],
)
def test_what_is_refused(words: tuple[str, ...], said: str, run: Run, place: Path) -> None:
    result = run("events", "e.csv", *words)
    assert result.exit_code == (2 if "ending" in said else 1)
    assert said in result.stderr
    assert not (place / "events").exists()
    assert (place / "e.csv").read_text() == EVENTS


def test_a_panel_that_would_be_too_long_is_refused(here: Path) -> None:
    (here / "e.csv").write_text(HEAD + "1,1901-01-10,A,34.53,69.17,2\n2,2020-01-10,A,34.53,69.17,2\n")
    outputs = EventOutputs(("counts",), panel=here / "p.csv")
    with pytest.raises(EventsError, match="1,477,810 rows of units, periods and groups are more than a panel holds"):
        build_events([here / "e.csv"], here / "out", reading=EventOptions(by="day"), outputs=outputs)
    assert not (here / "out").exists()
