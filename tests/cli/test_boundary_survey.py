"""`presence boundaries FILE` says what is in any file of areas, and the line that it says to type works."""

from __future__ import annotations

import json
import re
import shlex
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import geopandas
import pytest
import shapely

from tests.cli.conftest import Run
from tests.daily import choose

SHAPEFILE = Path(__file__).parents[2] / "shapefiles" / "provinces.shp"
TOPOJSON = SHAPEFILE.with_name("display.topojson")
PROVINCES = "presence: {Red: [Kabul]}\n"
Make = Callable[[Path], object]


def make_squares(fields: Mapping[str, Sequence[str]], number: int = 0) -> geopandas.GeoDataFrame:
    number = number or len(next(iter(fields.values())))
    shapes = [shapely.box(10 + west, 40, 11 + west, 41) for west in range(number)]
    return geopandas.GeoDataFrame(dict(fields), geometry=shapes, crs=4326)


def squares(number: int = 0, /, **fields: Sequence[str]) -> Make:
    return lambda path: make_squares(fields, number).to_file(path)


def provinces(change: Callable[[geopandas.GeoDataFrame], geopandas.GeoDataFrame]) -> Make:
    return lambda path: change(geopandas.read_file(SHAPEFILE)[["pcode", "name", "geometry"]]).to_file(path)


def halve(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Write two rows for each province."""
    west, south, east, north = frame.geometry.bounds.to_numpy().T
    halves = shapely.box(west, south, (west + east) / 2, north)
    shapes = frame.geometry.to_numpy()
    first = frame.assign(geometry=shapely.intersection(shapes, halves), part=[f"A{each}" for each in range(34)])
    second = frame.assign(geometry=shapely.difference(shapes, halves), part=[f"B{each}" for each in range(34)])
    return geopandas.GeoDataFrame(geopandas.pd.concat([first, second]), crs=4326)


def misspell(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    return frame.assign(pcode="x", name=frame["name"].replace("Kunar", "Konnar"))


def write_layers(path: Path) -> None:
    make_squares({"name": ("Aa", "Bb")}).to_file(path, layer="adm one")
    make_squares({"name": ("Cc", "Dd", "Ee")}).to_file(path, layer="adm2")
    squared = make_squares({"name": ("Aa", "Bb")})
    squared.assign(geometry=squared.geometry.representative_point()).to_file(path, layer="places")


def write_collections(path: Path) -> None:
    square = shapely.geometry.mapping(shapely.box(10, 40, 11, 41))
    features = [{"type": "Feature", "properties": {"title": name}, "geometry": {"type": "GeometryCollection",
                 "geometries": [square]}} for name in ("Aa", "Bb")]  # fmt: skip
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")


def pack_shapefiles(path: Path) -> None:
    """Pack two Shapefiles into one archive, as humanitarian data are handed out."""
    make_squares({"ADM1_EN": ("Aa", "Bb")}).to_file(path.with_name("adm1.shp"))
    make_squares(TWINS).to_file(path.with_name("adm2 of today.shp"))
    with zipfile.ZipFile(path, "w") as archive:
        for part in sorted(path.parent.glob("adm*")):
            archive.write(part, f"a folder/{part.name}")


TWINS = {"ADM2_EN": ("Nawa", "", "Nawa"), "ADM1_EN": ("Ghazni", "Ghazni", "Helmand")}
ROWS = {"name": ("Aa", "Aa", "Bb"), "code": ("X1", "X1", "X2")}
FILES: dict[str, tuple[str, Make, str, list[str]]] = {
    "provinces": ("p.gpkg", provinces(lambda frame: frame), "34 of 34 provinces found", []),
    "some provinces": ("p.gpkg", provinces(lambda frame: frame[frame["name"].isin(["Kabul", "Ghor"])]), "2 of 34", []),
    "provinces in two rows each": ("p.gpkg", provinces(halve), "34 of 34 provinces found, where those of one are", []),
    "one province misspelt": ("p.gpkg", provinces(misspell),
                              "33 of 34 provinces found", ["nearest: Kunar"]),
    "districts": ("d.geojson", squares(**TWINS), "3 districts: ", ["no name for shape 2"]),
    "a name twice": ("d.geojson", squares(name=("Aa", "Aa")), "2 areas: Aa, Aa", ["such as Aa (40.5 N 10.5 E)"]),
    "no name": ("d.shp", squares(rank=("1", "2")), "2 areas", ["no field that gives areas names"]),
    "no fields": ("d.geojson", squares(2), "2 areas: 1, 2", []),
    "two rows for a unit": ("d.gpkg", squares(**ROWS), "2 areas: Aa, Bb", []),
    "counties by their file": ("the counties.gpkg", squares(label=("Aa", "Bb")), "2 counties", []),
    "regions": ("d.gpkg", squares(region=("Aa", "Bb")), "2 administrative regions", []),
    "a field with a blank": ("d.gpkg", squares(0, **{"the name": ("Aa", "Bb"), "ISO code": ("X", "Y")}), "2 areas", []),
    "layers": ("l.gpkg", write_layers, "2 areas: Aa, Bb", ["layer 'places': shape 1 (Aa) is no area but a Point"]),
    "an archive of several": ("a.zip", pack_shapefiles, "2 areas: Aa, Bb", []),
    "collections": ("c.geojson", write_collections, "2 areas", []),
    "TopoJSON": ("t.topojson", lambda path: path.write_bytes(TOPOJSON.read_bytes()), "34 of 34", []),
}  # fmt: skip


def list_lines(said: str, command: str) -> list[list[str]]:
    """List the commands that are to be typed."""
    return [shlex.split(line)[1:] for line in re.findall(rf"^  (presence {command} .*)$", said, re.MULTILINE)]


@pytest.mark.parametrize("name", choose(FILES, 6))
def test_the_line_to_type_works_in_every_file_of_areas(name: str, run: Run, here: Path) -> None:
    file, make, summary, told = FILES[name]
    make(here / file)
    done = run("boundaries", file, code=0)
    first, *rest = done.stdout.splitlines()
    assert first.startswith(file)
    assert " shapes, reference system EPSG:4326" in first
    summaries = rest[: next(place for place, line in enumerate(rest) if line.startswith("FIELD"))]
    assert any(line.startswith(summary) for line in summaries)
    assert all(each in done.stderr for each in told), done.stderr
    builds, looks = list_lines(done.stdout, "build"), list_lines(done.stdout, "boundaries")
    assert builds
    for look in looks:
        listed = run(*look, code=0)
        assert "are meant" not in listed.stderr
    for build in builds:
        (here / "presence.yaml").write_text(write_table(run(*find_look(build, looks)).stdout, build), "utf-8")
        done = run(*build, "--only", "overlay", "-o", "maps")
        assert done.exit_code == 0, f"{shlex.join(build)}\n{done.output}"
        assert "1 of " in done.stderr
        (here / "maps" / "overlay.html").unlink()


def find_look(build: list[str], looks: list[list[str]]) -> list[str]:
    """Find the line that lists the names for a map; those of provinces are known."""
    words = build[build.index("--boundaries") + 1 :]
    return next((look for look in looks if look[1:] == words), ["provinces", "Kabul"])


def write_table(listed: str, build: list[str]) -> str:
    """Name the first unit that is listed by its code."""
    lines = listed.splitlines()
    if "--units" not in build:
        return PROVINCES
    code = lines[next(place for place, line in enumerate(lines) if line.startswith("CODE ")) + 1].split()[0]
    return f'presence: {{Red: ["{code}"]}}\n'


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (make_squares({"name": ("Aa", "Bb")}).representative_point().to_frame("geometry"), "is no area but a Point"),
        (geopandas.GeoDataFrame({"a": ["x"]}, geometry=[shapely.Point(1, 1).buffer(0)], crs=4326), "has no shape"),
        (make_squares({"name": ("Aa",)}).set_crs(3857, allow_override=True), "numbers that look like degrees"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_what_it_is(
    frame: geopandas.GeoDataFrame, said: str, run: Run, here: Path
) -> None:
    frame.to_file(here / "f.gpkg")
    done = run("boundaries", "f.gpkg", code=1)
    assert said in done.stderr
    assert "presence build" not in done.stdout


def test_what_is_asked_of_provinces_is_answered_of_provinces(run: Run, here: Path) -> None:
    FILES["one province misspelt"][1](here / "p.gpkg")
    done = run("boundaries", "p.gpkg", "--key", "name", code=1)
    assert "presence build" not in done.stdout
    assert "nearest: Kunar" in done.stderr


def test_why_districts_are_no_provinces_is_not_told_of_each(run: Run, here: Path) -> None:
    make_squares({"name": [f"Unit {'abcdefghij'[each]}" for each in range(9)]}).to_file(here / "d.gpkg")
    done = run("boundaries", "d.gpkg")
    assert "is called by no name" not in done.output


def test_a_file_of_which_much_is_doubtful_ends_somewhere(run: Run, here: Path) -> None:
    frame = geopandas.read_file(SHAPEFILE)[["name", "geometry"]]
    frame = geopandas.GeoDataFrame(geopandas.pd.concat([frame] * 4), crs=4326)
    frame.assign(name=[f"{name}{'' if place < 34 * 3 else 'xx'}" for place, name in enumerate(frame["name"])]).to_file(
        here / "many.gpkg"
    )
    done = run("boundaries", "many.gpkg")
    assert len(done.stderr.splitlines()) <= 50


def test_units_that_were_asked_for_come_with_the_line_and_their_names(run: Run, here: Path) -> None:
    make_squares(TWINS).to_file(here / "d.gpkg")
    done = run("boundaries", "d.gpkg", "--units", "woreda", "--within", "ADM1_EN", code=0)
    lines = done.stdout.splitlines()
    assert lines[:5] == [
        "d.gpkg: GeoPackage, 3 shapes, reference system EPSG:4326",
        "3 woredas",
        "to draw woredas, of a table that names them:",
        "  presence build --boundaries d.gpkg --units woreda --within ADM1_EN",
        "CODE          NAME    WITHIN   ALSO",
    ]
    assert "nawa-ghazni   Nawa    Ghazni   Nawa (Ghazni)" in lines
