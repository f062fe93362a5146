"""Days and grades on the command line: what they leave out is told, what cannot be meant is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import geo
from geo.api import MAPS, STEPS_BY
from tests.cli.conftest import run_presence
from tests.pages import list_maps

TABLE = """\
title: Time
as_of: 2021-12-31
levels: {cells: {name: Cells, rank: 1, valid_for: 12 months}}
sources:
  old: {title: Old, date: 2020-03, grade: B}
  new: {title: New, date: 2021-07, grade: D}
  none: {title: Undated}
groups: {a: {name: Group A}, b: {name: Group B}}
presence:
  - {group: a, in: Kabul, source: old, confidence: high, grade: 2}
  - {group: b, in: Kunar, source: new, confidence: low}
  - {group: b, in: Ghor, source: none, basis: claimed}
"""
EARLY = "none of 3 records is left by what was chosen; the first was published 2020-03; expected other choices"


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "presence.yaml").write_text(TABLE, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "said", "on_page"),
    [
        ("--as-of 2020-12", "2 records left out",
         "2 of 3 records are not shown: 1 published after December 2020; 1 without a date of publication."),
        ("--confidence moderate", "2 records left out", "1 of lower confidence; 1 without a confidence."),
        ("--basis reported", "1 record left out", "1 of another basis."),
        ("--grade C", "2 records left out", "1 of a lower grade; 1 without a grade"),
        ("--grade 3", "2 records left out", "2 without a grade"),
        ("", "1 record out of date", "1 record is out of date."),
    ],
)  # fmt: skip
def test_what_is_left_out_is_counted_here_and_on_the_page(words: str, said: str, on_page: str, shelf: Path) -> None:
    done = run_presence("overlay", *words.split(), code=0)
    assert said in done.output
    assert on_page in (shelf / "maps" / "overlay.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ("overlay --as-of 2019", 1, EARLY),
        ("timeline --as-of 2019", 1, EARLY),
        ("overlay --as-of 03/04/2021", 2, "'03/04/2021', where day and month could be either; expected a date as YYYY"),
        ("overlay --as-of 2021-02-30", 2, "a day that is not in the calendar"),
        ("overlay --grade G", 2, "expected a letter A-E of the source, a digit 1-5 of the item, or both: B3"),
        ("overlay --grade ''", 2, "expected a letter A-E"),
        ("overlay --confidence sure", 2, "'sure' is not one of 'low', 'moderate', 'high'"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_written(words: str, code: int, message: str, shelf: Path) -> None:
    done = run_presence(*[word.strip("'") for word in words.split()])
    assert (done.exit_code, message in done.output) == (code, True), done.output
    assert not (shelf / "maps").exists()


BARE = "sources: {s: {title: S%s}}\ngroups: {a: {name: A}}\npresence: [{group: a, in: Kabul, source: s%s}]\n"


@pytest.mark.parametrize(
    ("seen", "by", "said"),
    [
        ("", "published",
         "no record has a date of publication, so there is no step in time; "
         "expected `date` on the sources that records rest on"),
        (", observed: 2020", "published", "`date` on the sources that records rest on; --by observed goes by what was"),
        ("", "observed", "no record has a date, so there is no step in time; "
         "expected `date` on the sources that records rest on, or `observed` on records"),
    ],
)  # fmt: skip
def test_a_time_line_needs_dates_and_what_it_asks_for_is_enough(seen: str, by: str, said: str, shelf: Path) -> None:
    (shelf / "presence.yaml").write_text(BARE % ("", seen), "utf-8")
    done = run_presence("timeline", "--by", by)
    assert (done.exit_code, f"presence.yaml: {said}" in done.output or said in done.output) == (1, True), done.output
    assert not (shelf / "maps").exists()
    with pytest.raises(geo.PresenceError, match="so there is no step in time"):
        geo.draw_timeline(geo.join_presence(geo.read_presence("presence.yaml")), by=by)
    ways = [BARE % (", date: 2021", seen)] + [BARE % ("", ", observed: 2020")] * ("`observed`" in said)
    for way in ways:
        (shelf / "presence.yaml").write_text(way, "utf-8")
        assert run_presence("timeline", "--by", by).exit_code == 0
    if seen:
        assert run_presence("timeline", "--by", "observed").exit_code == 0


def test_all_maps_leave_out_a_time_line_of_one_step(shelf: Path) -> None:
    assert "timeline.html" in run_presence("build").output
    (shelf / "presence.yaml").write_text("presence: {Group A: [Kabul], Group B: [Kabul]}", "utf-8")
    done = run_presence("build", "-o", "other")
    assert "leaving out timeline: no record has a date of publication" in done.output
    written = list_maps(shelf / "presence.yaml", without=["timeline"])
    assert {path.stem for path in (shelf / "other").glob("*.html")} == {*written}


UNDATED = """\
sources: {a: {title: A, date: 2021}, b: {title: B, date: 2023}, c: {title: C}}
groups: {x: {name: Red}, y: {name: Blue}}
presence:
  - {group: x, in: Kabul, source: a}
  - {group: x, in: Kunar, source: b}
  - {group: y, in: Ghor, source: c}
"""
OBSERVED = """\
sources: {s: {title: S, date: 2021-01}, t: {title: T, date: 2021-02}}
groups: {x: {name: Red}, y: {name: Blue}}
presence:
  - {group: x, in: Kabul, source: s, observed: 2020-01-01}
  - {group: y, in: Kunar, source: t, observed: 2020-02-01}
"""
EARLIER = """\
sources: {s: {title: S, date: 2021-01}, t: {title: T, date: 2022-02}}
levels: {old: {name: Old, valid_for: 1 month}, new: {name: New}}
groups: {x: {name: Red}, y: {name: Blue}}
presence:
  - {group: [x, y], in: Kabul, level: old, source: s}
  - {group: x, nationwide: true, level: new, source: t}
"""


@pytest.mark.parametrize(
    ("table", "by"),
    [(UNDATED, "published"), (UNDATED, "observed"), (OBSERVED, "observed"), (EARLIER, "observed"),
     (EARLIER, "published"), (OBSERVED, "published")],
    ids=["undated-group", "undated-group by observed", "observed-groups", "no group in the last step",
         "out of date in the last step", "leaves alone what has both groups in the last step"],
)  # fmt: skip
def test_a_group_that_is_not_in_the_last_step_is_drawn_and_in_the_legend(table: str, by: str, shelf: Path) -> None:
    (shelf / "presence.yaml").write_text(table, "utf-8")
    run_presence("timeline", "--by", by, code=0)
    page = (shelf / "maps" / "timeline.html").read_text("utf-8")
    block = json.loads(re.findall('id="presence-data">(.*?)</script>', page, re.DOTALL)[0])
    assert [(each["name"], each["slot"], each["colour"]) for each in block["groups"]] == [
        ("Red", 0, "#0072b2"), ("Blue", 1, "#d55e00"),
    ]  # fmt: skip
    assert block["choices"]["groups"] == ["x", "y"]
    assert {"n:1", "n:2"} < set(block["colours"])
    assert re.findall('<tr data-of="(.*?)">', page) == ["x", "y"]
    strips = re.findall('<th scope="row"><bdi>(.*?)</bdi>', page)
    assert strips[1:] == ["Red", "Blue"]
    assert strips[0].startswith("Sources that speak")


def test_all_maps_of_a_table_with_an_undated_group_are_drawn(shelf: Path) -> None:
    (shelf / "presence.yaml").write_text(UNDATED, "utf-8")
    run_presence("build", code=0)
    assert {path.stem for path in (shelf / "maps").glob("*.html")} == {*MAPS}
    assert "1 record has no date and stands at no step." in (shelf / "maps" / "timeline.html").read_text("utf-8")


@pytest.mark.parametrize("by", STEPS_BY)
def test_the_time_line_of_the_three_reports_is_drawn_by_both(by: str, shelf: Path) -> None:
    table = Path(__file__).parents[2] / "examples" / "three-reports.yaml"
    assert run_presence("timeline", str(table), "--by", by).exit_code == 0
