"""What a map of recorded events shows first: events, or the deaths that they state, with between which they may lie."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

UCDP = """id,date_start,date_end,side_a,side_b,where_prec,latitude,longitude,best,low,high
1,2020-07-01,2020-07-01,A,B,1,34.53,69.17,10,4,25
2,2020-07-02,2020-07-02,A,B,1,34.53,69.17,2,2,2
3,2020-07-02,2020-07-02,A,B,1,34.35,62.2,30,30,30
4,2020-07-02,2020-07-02,A,B,1,34.35,62.2,,,
5,2020-07-02,2020-07-02,A,B,1,36.7,67.11,0,0,0
"""
ACLED = "event_id_cnty,event_date,actor1,latitude,longitude,geo_precision,fatalities\nA1,2020-07-01,A,34.53,69.17,1,3\n"


@pytest.fixture
def place(here: Path) -> Path:
    (here / "u.csv").write_text(UCDP)
    (here / "a.csv").write_text(ACLED)
    (here / "n.csv").write_text("id,date,latitude,longitude\n1,2020-07-01,34.53,69.17\n")
    return here


def read_page(run: Run, place: Path, *words: str) -> str:
    run("events", *words, "--to", "map", code=0)
    return (place / "events" / "events.html").read_text("utf-8")


def read_row(page: str, unit: str) -> list[str]:
    (row,) = re.findall(rf'<th scope="row"><a href="#unit={unit}">.*?</tr>', page)
    return re.findall(r"<td[^>]*>([^<]*)</td>", row)


def test_deaths_first(run: Run, place: Path) -> None:
    page = read_page(run, place, "u.csv", "--measure", "deaths")
    assert "The most deaths are stated in Herat: 30 of 42" in page
    assert "Provinces by deaths that recorded events state" in page
    assert "Events recorded, but no deaths stated" in page
    assert "UCDP: deaths are its best estimates; in brackets stand its lowest and its highest" in page
    assert [read_row(page, f"AF-{unit}")[-1] for unit in ("KAB", "HER", "BAL", "KHO")] == [
        "12 (6 to 27)",
        "30",
        "0",
        "–",
    ]


def test_events_first_unless_asked(run: Run, place: Path) -> None:
    page = read_page(run, place, "u.csv")
    assert "The most events are recorded in Herat and Kabul: 2 each, of 5" in page
    assert "Provinces by recorded events" in page


def test_what_the_source_says_of_its_figures(run: Run, place: Path) -> None:
    assert "ACLED itself calls them the least reliable part of its data." in read_page(run, place, "a.csv")
    page = read_page(run, place, "n.csv")
    assert "least reliable" not in page
    assert "Deaths stated" not in re.sub(r"<script.*?</script>", "", page)


def test_deaths_that_nobody_states_are_refused(run: Run, place: Path) -> None:
    result = run("events", "n.csv", "--measure", "deaths", code=1)
    assert (
        "n.csv: no event states deaths, so --measure deaths shows nothing; expected the command without"
        in result.stderr
    )
    assert not (place / "events").exists()


def test_rates_are_of_the_people_of_the_users_file(run: Run, place: Path) -> None:
    (place / "p.csv").write_text("name,population\nKabul,50000\nHirat,400000\n")
    page = read_page(run, place, "u.csv", "--population", "p.csv")
    assert [read_row(page, f"AF-{unit}")[1:3] for unit in ("KAB", "HER", "BAL")] == [
        ["50,000", "4.0"], ["400,000", "0.5"], ["–", "–"],
    ]  # fmt: skip
    assert "People are as the author’s file p.csv states them" in page
    assert "CSO/NSIA" not in re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)


def test_people_of_no_province_are_refused(run: Run, place: Path) -> None:
    (place / "p.csv").write_text("name,population\nKabull,50000\n")
    result = run("events", "u.csv", "--population", "p.csv", code=1)
    assert "p.csv:A2: no province 'Kabull'; expected one of the provinces of the map; nearest: Kabul" in result.stderr
    assert not (place / "events").exists()
    assert "there is no such file" in run("events", "u.csv", "--population", "no.csv", code=1).stderr
