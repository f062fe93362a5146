"""`presence events`: what is written and told, what is refused, and that nothing is half-written."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import webbrowser
from collections.abc import Callable
from pathlib import Path

import pytest
import shapely
from click.testing import Result

from benchmarks.event_files import write_events
from geo.api import EventOptions, count_events
from geo.cli.progress import Progress
from geo.errors import PresenceError, name_install
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.table.reader import read_presence
from tests.daily import takes_long
from tests.events.ged import write_ged

Run = Callable[..., Result]

HEADER = "event_id_cnty,event_date,actor1,latitude,longitude,geo_precision,fatalities\n"
EVENTS = (
    HEADER
    + """\
AFG1,2020-07-01,Taliban,34.53,69.17,1,2
AFG2,2020-07-09,IS,34.53,69.17,1,0
AFG3,2020-09-01,Taliban,34.53,69.17,1,1
AFG4,2020-09-01,Police,34.53,69.17,1,1
AFG5,2020-09-01,Taliban,34.35,62.2,1,1
AFG6,2020-09-01,Taliban,69.17,34.53,1,1
AFG7,2020-09-01,Taliban,,,1,1
"""
)
MAP = "groups: {taliban: {name: The Taliban, actors: [Taliban]}, isis-k: {name: ISIS-K, actors: [is]}}\n"


@pytest.fixture
def place(here: Path) -> Path:
    (here / "a.csv").write_text(EVENTS, "utf-8")
    (here / "map.yaml").write_text(MAP, "utf-8")
    return here


def read_csv(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def test_counts_and_a_map(run: Run, place: Path) -> None:
    result = run("events", "a.csv", "--groups", "map.yaml", code=0)
    assert read_csv(place / "events" / "counts.csv") == [
        ["group", "group_name", "code", "province", "period", "events", "deaths", "deaths_low", "deaths_high",
         "covered"],
        ["any", "", "AF-HER", "Herat", "2020-09", "1", "1", "1", "1", "partly"],
        ["any", "", "AF-KAB", "Kabul", "2020-07", "2", "2", "2", "2", "yes"],
        ["any", "", "AF-KAB", "Kabul", "2020-09", "1", "1", "1", "1", "partly"],
        ["taliban", "The Taliban", "AF-HER", "Herat", "2020-09", "1", "1", "1", "1", "partly"],
        ["taliban", "The Taliban", "AF-KAB", "Kabul", "2020-07", "1", "2", "2", "2", "yes"],
        ["taliban", "The Taliban", "AF-KAB", "Kabul", "2020-09", "1", "1", "1", "1", "partly"],
        ["isis-k", "ISIS-K", "AF-KAB", "Kabul", "2020-07", "1", "0", "0", "0", "yes"],
    ]  # fmt: skip
    assert read_csv(place / "events" / "unmapped.csv") == [["actor", "events"], ["Police", "1"]]
    page = (place / "events" / "events.html").read_text("utf-8")
    assert "The most events are recorded in Kabul: 3 of 4" in page
    assert "acleddata.com" in page
    assert result.stdout == ""
    assert "4 of 7 events counted (geo_precision 1, 2 or 3)" in result.stderr
    for said in ("1 without coordinates", "1 whose latitude and longitude may have changed places",
                 "1 of no actor that --groups gives to a group", "does not name: Police 1",
                 "warning: 1 event left out that would lie on the map if latitude and longitude"):  # fmt: skip
        assert said in result.stderr


def test_the_same_input_gives_the_same_bytes(run: Run, place: Path) -> None:
    made = []
    for out in ("one", "two"):
        assert (
            run(
                "events", "a.csv", "--groups", "map.yaml", "--to", "map", "--to", "counts", "--to", "records", "-o", out
            ).exit_code
            == 0
        )
        made.append({path.name: path.read_bytes() for path in (place / out).iterdir()})
    assert made[0] == made[1]
    assert set(made[0]) == {"events.html", "counts.csv", "unmapped.csv", "events.yaml"}


def test_records_say_what_they_are(run: Run, place: Path) -> None:
    words = ("events", "a.csv", "--groups", "map.yaml", "--to", "records", "--by", "year", "--threshold", "2",
             "-o", ".", "--downloaded", "2026-11-01")  # fmt: skip
    assert run(*words).exit_code == 0
    table, warnings = read_presence(place / "events.yaml", read_gazetteer())
    assert not warnings
    (record,) = table.records
    assert (record.groups, record.place.units, str(record.evidence.observed)) == (("taliban",), ("AF-KAB",), "2020")
    assert record.evidence.note == "2 recorded events, 3 deaths stated"
    assert table.levels["activity"].name == "Recorded events (from 2 recorded events in a year)"
    assert table.subtitle == (
        "Activity from events: no presence and no control follows from it; below 2 events in a year nobody is named"
    )
    assert str(table.sources["acled"].date) == "2026-11-01"
    assert str(table.sources["acled"].note).startswith(
        "4 of 7 events counted. The files cover 2020-07-01 to 2020-09-01, from their first to their last date. "
        "Places count where geo_precision 1, 2 or 3. 2 events of groups are below the threshold and make no record. "
        "From a.csv. ACLED's terms"
    )
    assert run("overlay", "events.yaml", "-o", "overlay.html").exit_code == 0
    page = (place / "overlay.html").read_text("utf-8")
    legend = re.search(r'class="legend-note">([^<]*)', page)
    assert legend
    assert "Recorded events (from 2 recorded events in a year)" in legend[1]


def test_records_say_what_time_was_asked_for_and_what_lies_in_no_period(run: Run, place: Path) -> None:
    (place / "g.csv").write_text(
        "id,date,actor,lat,lon\n1,2020,Taliban,34.53,69.17\n2,2020-07-01,Taliban,34.53,69.17\n"
    )
    words = ("events", "g.csv", "--groups", "map.yaml", "--to", "records", "--to", "map", "-o", ".", "--since", "2020")
    result = run(*words)
    assert "in no single month, so counted for the whole time only: 1" in result.stderr
    table, _ = read_presence(place / "events.yaml", read_gazetteer())
    note = str(table.sources["generic"].note)
    assert "Only events from 2020-01-01 to the end." in note
    assert "1 events of groups lie in no single month and make no record." in note
    assert "1 January 2020" in (place / "events.html").read_text("utf-8")
    assert run(*words, "--by", "all", "--force").exit_code == 0
    table, _ = read_presence(place / "events.yaml", read_gazetteer())
    assert [str(record.evidence.observed) for record in table.records] == ["2020-01-01 to open"]


def test_whoever_takes_events_for_presence_says_so_with_the_threshold(run: Run, place: Path) -> None:
    words = ("events", "a.csv", "--groups", "map.yaml", "--to", "records", "-o", ".", "--level", "Presence by events")
    assert run(*words).exit_code == 0
    table, _ = read_presence(place / "events.yaml", read_gazetteer())
    assert table.levels["activity"].name == "Presence by events (from 1 recorded event in a month)"
    assert table.subtitle == "Activity from events, taken for: Presence by events"


def test_the_page_of_events_says_presence_and_control_only_to_deny_them(run: Run, place: Path) -> None:
    assert run("events", "a.csv", "--groups", "map.yaml", "--to", "map").exit_code == 0
    page = (place / "events" / "events.html").read_text("utf-8")
    said = re.sub(r"<script.*?</script>|<style.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL).lower()
    assert "recorded event" in said
    found = re.findall(r"[^.;:]*\b(?:presence|controls?)\b(?!-maps)[^.;:]*", said)
    assert found
    for sentence in found:
        assert "neither presence nor control" in sentence, sentence


def test_actors_are_listed_most_events_first(run: Run, place: Path) -> None:
    result = run("events", "a.csv", "--actors")
    assert result.stdout == "3\tTaliban\n1\tIS\n1\tPolice\n"
    assert not (place / "events").exists()


def test_without_groups_all_events_count(run: Run, place: Path) -> None:
    assert run("events", "a.csv", "--to", "counts", "--by", "all").exit_code == 0
    assert read_csv(place / "events" / "counts.csv")[1:] == [
        ["any", "", "AF-HER", "Herat", "", "1", "1", "1", "1", "yes"],
        ["any", "", "AF-KAB", "Kabul", "", "4", "4", "4", "4", "yes"],
    ]  # fmt: skip
    assert not (place / "events" / "unmapped.csv").exists()


def test_a_page_with_points_of_data_that_may_be_passed_on(run: Run, place: Path) -> None:
    run("events", str(write_ged(place / "ged.csv")), "--points", "--to", "map", code=0)
    page = (place / "events" / "events.html").read_text("utf-8")
    assert '"places":{' in page


def test_a_page_with_points_says_with_whose_leave(run: Run, place: Path) -> None:
    assert run("events", "a.csv", "--points", "--may-pass-on", "--to", "map").exit_code == 0
    page = (place / "events" / "events.html").read_text("utf-8")
    assert "places stand here with the publisher’s leave, as the author of the map says" in page
    assert "counts stand here instead" not in page


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("a.csv", "--points"), 1, "(ACLED), which may not be passed on: ACLED's terms"),
        (("a.csv", "--to", "records"), 1, "records without groups; expected --groups"),
        (("a.csv", "--level", "X"), 1, "--level 'X' without records"),
        (("a.csv", "--points", "--to", "counts"), 1, "points without a map"),
        (("a.csv", "a.csv"), 1, "a.csv: the same file as a.csv; expected each file once"),
        (("a.csv", "ged.csv"), 1, "a file of ucdp-ged, and a.csv is of acled; expected files of one collection"),
        (("a.csv", "--groups", "no.yaml"), 1, "no.yaml: there is no such file"),
        (("a.csv", "--groups", "a.csv"), 1, "a.csv:1:1: no mapping; expected actors by group"),
        (("a.csv", "--since", "2021"), 1, "expected another --since or --until"),
        (("a.csv", "--since", "2021", "--until", "2020"), 1, "--since: no time lies between 2021 and 2020"),
        (("g.csv", "--precision", "1", "--by", "all"), 1, "g.csv: no column of precision, so --precision says nothing"),
        (("g.csv",), 1, "g.csv: no column of dates; expected a column date, or --by all"),
        (("commas.csv",), 1, "none of 1 events counts: 1 bad coordinates, such as '34,53'; expected degrees"),
        (("odd.csv",), 1, "none of 1 events counts: 1 undated, such as '15/03/2020'; expected dates of a form"),
        (("head.csv",), 1, "none of 0 events counts; expected a file with rows of events"),
        (("a.csv", "-o", "no/such"), 1, "no/such: no folder to make it in"),
        (("a.csv", "--resume", "no/such"), 1, "no/such: no folder to make it in"),
        (("a.csv", "--points", "--may-pass-on", "--resume", "k"), 1, "keeps coordinates, which may not be kept"),
        (("a.csv", "--threshold", "2"), 2, "--threshold goes with --to records"),
        (("a.csv", "--since", "03/04/2021"), 2, "--since"),
        (("a.csv", "--format", "acledd"), 1, "no format 'acledd'"),
        (("a.csv", "--scheduler", "tcp://127.0.0.1:1"), 2, "--scheduler goes with --engine dask"),
        (("a.csv", "--groups", "map.yaml", "--to", "records", "--threshold", "9"), 1, "no group has 9"),
        (("no.csv",), 2, "does not exist"),
        ((), 2, "Missing argument"),
        (("map.yaml",), 1, "map.yaml:1:1: an unknown format with the columns"),
        (("a.csv", "--to", "map", "--boundaries", "no.shp"), 1, "no.shp: there is no such file"),
        (("a.csv", "--separator", "semicolon"), 1, "an unknown format"),
        (("a.csv", "--encoding", "klingon"), 1, "the file is not klingon"),
    ],
)  # fmt: skip
def test_what_is_refused(words: tuple[str, ...], code: int, said: str, run: Run, place: Path) -> None:
    (place / "g.csv").write_text("lat,lon\n34.53,69.17\n")
    (place / "commas.csv").write_text('date;lat;lon\n2020-03-15;"34,53";"69,17"\n')
    (place / "odd.csv").write_text("date,lat,lon\n15/03/2020,34.53,69.17\n")
    (place / "head.csv").write_text("date,lat,lon\n")
    write_ged(place / "ged.csv")
    before = sorted(place.rglob("*"))
    result = run("events", *words)
    assert result.exit_code == code, result.stderr
    assert said in result.stderr
    assert sorted(place.rglob("*")) == before


def test_dates_of_another_form_are_read_by_the_file_that_says_theirs(run: Run, place: Path) -> None:
    (place / "odd.csv").write_text("date,lat,lon\n15/03/2020,34.53,69.17\n")
    told = run("events", "odd.csv").stderr
    assert "or --format FILE.toml whose `dates` say theirs: %d/%m/%Y" in told
    dates = told.partition("theirs: ")[2].strip()
    (place / "odd.toml").write_text(
        f"odd = {{start=['date'], longitude=['lon'], latitude=['lat'], title='O', dates=['{dates}']}}"
    )
    assert run("events", "odd.csv", "--format", "odd.toml", "--to", "counts").exit_code == 0
    assert read_csv(place / "events" / "counts.csv")[1][4:6] == ["2020-03", "1"]


def test_every_file_that_is_wrong_is_told(run: Run, place: Path) -> None:
    (place / "b.csv").write_text("x,y\n")
    (place / "c.csv").write_text("")
    result = run("events", "a.csv", "b.csv", "c.csv", code=1)
    assert "b.csv" in result.stderr
    assert "c.csv: the file is empty" in result.stderr


def test_records_that_stand_there_are_replaced_by_force_alone(run: Run, place: Path) -> None:
    words = ("events", "a.csv", "--groups", "map.yaml", "--to", "records")
    assert run(*words).exit_code == 0
    assert run(*words).exit_code == 0, "the same once more"
    table = place / "events" / "events.yaml"
    table.write_text(edited := table.read_text("utf-8") + "# mine\n", "utf-8")
    result = run(*words, code=1)
    assert "events.yaml: exists already, and holds something else; expected another folder: -o, or --force" in (
        result.stderr.replace("\\", "/")
    )
    assert table.read_text("utf-8") == edited
    assert run(*words, "-o", "other").exit_code == 0
    assert run(*words, "--force").exit_code == 0
    assert table.read_text("utf-8") != edited


def test_what_was_read_is_not_written_over(run: Run, place: Path) -> None:
    (place / "counts.csv").write_text(EVENTS, "utf-8")
    result = run("events", "counts.csv", "--to", "counts", "-o", ".", code=1)
    assert "is one of the files that are read" in result.stderr
    assert (place / "counts.csv").read_text("utf-8") == EVENTS


def test_events_of_two_files_with_the_same_ids_count_once_and_are_told(run: Run, place: Path) -> None:
    (place / "b.csv").write_text(
        HEADER + "AFG1,2020-07-01,Taliban,34.53,69.17,1,5\nAFG9,2020-07-01,IS,34.35,62.2,1,2\n"
    )
    result = run("events", "a.csv", "b.csv", "--to", "counts", "--by", "all", code=0)
    assert "b.csv: warning: 1 event with an id that stands in a.csv too; expected each once" in result.stderr
    assert read_csv(place / "events" / "counts.csv")[1][5] == "2"


def test_a_stopped_run_goes_on_where_it_was(run: Run, place: Path) -> None:
    (place / "b.csv").write_text(EVENTS.replace("AFG", "XX"), "utf-8")
    words = ("events", "a.csv", "b.csv", "--groups", "map.yaml", "--to", "counts", "--resume", "kept")
    assert run(*words).exit_code == 0
    first = (place / "events" / "counts.csv").read_bytes()
    kept = list((place / "kept").iterdir())
    assert len(kept) == 2
    for text in (b"2020-07-09", b"AFG2", b"69.17"):
        assert not any(text in path.read_bytes() for path in kept), "no row is kept"
    min(kept).unlink()
    again = run(*words)
    assert "1 of 2 parts were counted before" in again.stderr
    assert (place / "events" / "counts.csv").read_bytes() == first


@pytest.mark.parametrize("kind", ["half", "other part", "folder", "pipe", "link to itself"])
def test_what_is_kept_and_was_changed_is_no_count(run: Run, place: Path, kind: str) -> None:
    (place / "b.csv").write_text(EVENTS.replace("AFG", "XX"), "utf-8")
    words = ("events", "a.csv", "b.csv", "--to", "counts", "--resume", "kept")
    assert run(*words).exit_code == 0
    first = (place / "events" / "counts.csv").read_bytes()
    one, other = sorted((place / "kept").iterdir())
    data = one.read_bytes()
    one.unlink()
    makers: dict[str, Callable[[], object]] = {
        "half": lambda: one.write_bytes(data[: len(data) // 2]), "other part": lambda: shutil.copy(other, one),
        "folder": one.mkdir, "pipe": lambda: os.mkfifo(one), "link to itself": lambda: one.symlink_to(one.name),
    }  # fmt: skip
    makers[kind]()
    done = run(*words, "-o", "again", code=1)
    assert re.search(rf"kept/{one.name}: .*--resume kept.*; expected what was kept; delete it,", done.stderr)
    assert not (place / "again").exists()
    one.rmdir() if kind == "folder" else one.unlink()
    assert run(*words, "-o", "again").exit_code == 0
    assert (place / "again" / "counts.csv").read_bytes() == first


@takes_long
def test_a_killed_run_leaves_nothing_half_written_and_the_next_one_goes_on(here: Path, run: Run) -> None:
    for number in range(3):
        file = write_events(here / f"{number}.csv", 500 if number < 2 else 50_000, seed=number)
        file.write_text(file.read_text().replace("\nAFG", f"\nA{number}-"))
    (here / "map.yaml").write_text("groups: {a: ['Made-up Group 1, Branch']}")
    words = [sys.executable, "-m", "geo", "events", "0.csv", "1.csv", "2.csv", "--groups", "map.yaml", "--to", "counts",
             "--resume", "kept"]  # fmt: skip
    env = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
    env["PYTHONPATH"] = str(Path(__file__).parents[2])
    process = subprocess.Popen(words, cwd=here, env=env, stderr=subprocess.DEVNULL)
    while len(list(here.glob("kept/*.counts"))) < 2:
        assert process.poll() is None
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not (here / "events").exists()
    done = run(*words[3:], code=0)
    assert "2 of 3 parts were counted before" in done.stderr
    resumed = (here / "events" / "counts.csv").read_bytes()
    assert run(*words[3:-2], "-o", "whole").exit_code == 0
    assert (here / "whole" / "counts.csv").read_bytes() == resumed


def test_a_group_of_which_nobody_takes_part_is_told_with_who_looks_like_it(run: Run, place: Path) -> None:
    (place / "map.yaml").write_text("groups: {taliban: [Talibann], isis-k: [IS]}\n")
    result = run("events", "a.csv", "--groups", "map.yaml", "--to", "counts", "--downloaded", "2026-11-01")
    told = "a.csv: warning: no actor of the group 'taliban' takes part in an event that could count; nearest: Taliban"
    assert told in result.stderr
    assert "isis-k" not in result.stderr


@pytest.mark.parametrize(("words", "asked"), [((), True), (("--downloaded", "2026-11-01"), False)])
def test_the_day_of_download_is_asked_for_where_it_is_to_be_cited(
    words: tuple[str, ...], asked: bool, run: Run, place: Path
) -> None:
    result = run("events", "a.csv", "--to", "counts", *words)
    assert ("is to be cited with the day of download; expected --downloaded DATE" in result.stderr) == asked


def test_it_opens_the_page(run: Run, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def take(url: str) -> bool:
        seen.append(url)
        return True

    monkeypatch.setattr(webbrowser, "open", take)
    assert run("events", "a.csv", "--open").exit_code == 0
    assert seen == [(place / "events" / "events.html").resolve().as_uri()]


def test_progress_is_told_now_and_then_and_not_when_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    for quiet in (False, True):
        progress = Progress(quiet=quiet, clock=iter([0.0, 4.0, 11.0, 12.0, 22.0]).__next__)
        for step in range(1, 6):
            progress(step * 1000, step * 20, 100)
        progress.end()
    told = capsys.readouterr().err
    assert told == "3,000 events, 60 %, 273 a second, 7 s left\n5,000 events, 100 %, 227 a second\n"


def test_mapclassify_is_asked_for_before_the_work(run: Run, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mapclassify", None)
    result = run("events", "a.csv", code=1)
    assert f"mapclassify is not installed; expected it: {name_install('mapclassify', 'pyarrow')}\n" in result.stderr
    assert "counting" not in result.stderr
    assert run("events", "a.csv", "--to", "counts").exit_code == 0


OVER = {"Zed": [68, 70], "Alpha": [69, 71]}
SPOTS = """id,lat,lon,date
1,34.51,69.52,2020-01-01
2,34.51,68.52,2020-01-01
3,34.51,70.52,2020-01-01
4,34.61,69.62,2020-01-02
"""


@pytest.mark.parametrize("order", [["Zed", "Alpha"], ["Alpha", "Zed"]])
@pytest.mark.parametrize("dissolve", [(), ("--within", "whole", "--dissolve")])
def test_a_point_in_two_units_belongs_to_the_first_in_the_file(
    order: list[str], dissolve: tuple[str, ...], run: Run, here: Path
) -> None:
    features = [
        {"type": "Feature", "properties": {"name": name, "whole": name}, "geometry": json.loads(
            shapely.to_geojson(shapely.box(OVER[name][0], 34, OVER[name][1], 35)))}
        for place, name in enumerate(order)
    ]  # fmt: skip
    (here / "u.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    (here / "e.csv").write_text(SPOTS)
    done = run(
        "events",
        "e.csv",
        "--boundaries",
        "u.geojson",
        "--units",
        "unit",
        *dissolve,
        "--to",
        "counts",
        "-o",
        "out",
        code=0,
    )
    assert "overlap" in done.stderr
    rows = [line.split(",") for line in (here / "out" / "counts.csv").read_text("utf-8-sig").splitlines()]
    counted = {row[rows[0].index("unit")]: int(row[rows[0].index("events")]) for row in rows[1:]}
    assert counted == {order[0]: 3, order[1]: 1}


def test_the_first_command_of_the_page_on_events_needs_no_extra_and_its_first_line_names_the_one_for_maps(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = Path(__file__).parents[2] / "docs"
    page = (docs / "events.md").read_text("utf-8")
    assert page.split("\n\n")[1].startswith(
        "Maps need the extra `events`: in a clone `pipx install --force '.[events]'`"
    )
    command = re.findall(r"^\$ presence (.*)$", page, re.MULTILINE)[0]
    for library in ("mapclassify", "dask", "distributed"):
        monkeypatch.setitem(sys.modules, library, None)
    (here / "events.csv").write_bytes((docs / "tables" / "events.csv").read_bytes())
    result = run(*command.split(), code=0)
    assert result.stdout.startswith("4\tGroup A\n")


def test_the_library_keeps_nothing_in_a_file(place: Path) -> None:
    (place / "kept").touch()
    reading = EventOptions(by="all", keep=place / "kept")
    with pytest.raises(PresenceError, match=r"kept: this is no folder; expected a folder for what is kept"):
        count_events([place / "a.csv"], reading=reading)
