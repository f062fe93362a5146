"""No command writes over what it reads, by whatever name or link, and nothing changes where it is refused."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from click.testing import Result

from tests.blank_figures import leave_out_drawing

Run = Callable[..., Result]

TABLE = """\
sources: {a: {title: A}, b: {title: B}}
groups: {red: {name: Red}, blue: {name: Blue}}
presence: [{group: red, in: Kabul, source: a}, {group: blue, in: [Kabul, Logar], source: b}]
"""
FORMAT = """\
[mine]
title = "Mine"
longitude = ["lon"]
latitude = ["lat"]
start = ["date"]
dates = ["%Y-%m-%d"]
actors = ["who"]
"""
ON = ["--boundaries", "b.shp", "--aliases", "a.csv"]
MAP = ["presence.yaml", "b.shp", "b.dbf", "b.prj", "a.csv"]
EVENTS = ["e.csv", "--groups", "g.yaml", "--format", "f.toml", *ON]
READ = ["e.csv", "g.yaml", "f.toml", *MAP[1:]]

COMMANDS = [
    (["overlay", *ON, "-o"], MAP, ""), (["choropleth", *ON, "-o"], MAP, ""), (["timeline", *ON, "-o"], MAP, ""),
    (["compare", "red", "blue", *ON, "-o"], MAP, ""),
    (["compare", "--source", "a", "--source", "b", *ON, "-o"], MAP, ""),
    (["figure", "overlay", *ON, "-o"], MAP, ""),
    (["diff", "presence.yaml", "new.yaml", *ON, "-o"], [*MAP, "new.yaml"], ""),
    (["import", "sheet.csv", "--force", "-o"], ["sheet.csv"], ""),
    (["import", "sheet.csv", "--force", *ON, "--units", "province", "-o"], ["sheet.csv", *MAP[1:]], ""),
    (["draft", "r.txt", "--force", *ON, "-o"], [*MAP, "r.txt"], ""),
    (["build", *ON, "-o"], MAP, "overlay.html"), (["build", *ON, "--force", "-o"], MAP, ".presence-maps.json"),
    (["watch", *ON, "-o"], MAP, "report.html"),
    (["events", *EVENTS, "-o"], READ, "events.html"), (["events", *EVENTS, "-o"], READ, "counts.csv"),
    (["events", *EVENTS, "-o"], READ, "unmapped.csv"),
    (["events", *EVENTS, "--to", "records", "--force", "-o"], READ, "events.yaml"),
    (["export", *ON, "--format", "csv", "-o"], ["presence.yaml"], "presence.csv"),
    (["publish", *ON, "--lang", "en", "--force", "-o"], MAP, "overlay.html"),
    (["export", *ON, "--format", "geojson", "-o"], MAP, "units.geojson"),
]  # fmt: skip
"""What is typed, what of it is read, and which file of a folder is written."""


@pytest.fixture
def full(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_drawing(monkeypatch)  # A publication is drawn before it is known which files it has.
    for name in ("presence.yaml", "new.yaml"):
        (here / name).write_text(TABLE, "utf-8")
    (here / "sheet.csv").write_text("group,in\nRed,Kabul\n", "utf-8")
    (here / "e.csv").write_text("date,lat,lon,who\n2020-07-01,34.53,69.17,Taliban\n", "utf-8")
    (here / "g.yaml").write_text("groups: {taliban: [Taliban]}\n", "utf-8")
    (here / "r.txt").write_text("Red is active in Kabul.\n", "utf-8")
    (here / "f.toml").write_text(FORMAT, "utf-8")
    (here / "a.csv").write_text("Cabul,Kabul\n", "utf-8")
    with as_file(files("geo.shapefiles")) as folder:
        for part in ("shp", "dbf", "shx", "prj"):
            shutil.copy(folder / f"provinces.{part}", here / f"b.{part}")
    return here


def name_same(given: Path, _: Path) -> Path:
    return given


def name_link(given: Path, place: Path) -> Path:
    place.symlink_to(given)
    return place


def name_hard_link(given: Path, place: Path) -> Path:
    os.link(given, place)
    return place


def name_round_about(given: Path, _: Path) -> Path:
    return Path("..", given.parent.name, given.name)


@pytest.mark.parametrize("way", [name_same, name_link, name_hard_link, name_round_about])
@pytest.mark.parametrize(
    ("words", "inputs", "inside"), COMMANDS, ids=[" ".join([*each[0][:2], each[2]]) for each in COMMANDS]
)
def test_what_is_read_is_not_written_over(
    run: Run, full: Path, words: list[str], inputs: list[str], inside: str, way: Callable[[Path, Path], Path]
) -> None:
    before = {path.name: path.read_bytes() for path in full.iterdir() if path.is_file()}
    for number, name in enumerate(inputs):
        if inside:  # A folder in which the file to be written is the input, which is possible only by a link.
            if way not in (name_link, name_hard_link):
                continue
            out = full / f"out{number}"
            out.mkdir()
            way(full / name, out / inside)
        else:
            ending = Path(name).suffix if way in (name_same, name_round_about) else ".html"
            out = way(full / name, full / f"x{number}{ending}")
        result = run(*words, str(out), code=1)
        assert "is one of the files that are read; expected another place" in result.stderr, (name, result.stderr)
        assert {name: (full / name).read_bytes() for name in before} == before


def test_other_files_are_written(run: Run, full: Path) -> None:
    (full / "b.txt").write_text("beside the shapes, no part of them", "utf-8")
    os.link(full / "b.txt", full / "x.html")
    assert run("overlay", *ON, "-o", "x.html").exit_code == 0
    assert run("overlay", "-o", "b.html").exit_code == 0, "boundaries that are not read"
