"""`presence boundaries`, and maps on boundaries of one's own."""

from __future__ import annotations

import html
from pathlib import Path

import geopandas
import pytest
from click.testing import Result

from tests.cli.conftest import Run

SHAPEFILE = Path(__file__).parents[2] / "shapefiles" / "provinces.shp"


@pytest.fixture
def file(here: Path) -> Path:
    """Write the provinces in another form, projection and order, with a name spoilt and a number that is nobody's."""
    frame = geopandas.read_file(SHAPEFILE)[["pcode", "name", "geometry"]].iloc[::-1].to_crs(3857)
    frame["name"] = frame["name"].replace("Kunar", "Konnar")
    frame["phone"] = "0700-SECRET"
    frame.to_file(here / "mine.gpkg")
    return here / "mine.gpkg"


def test_a_file_is_described(run: Run, file: Path) -> None:
    done = run("boundaries", file, code=0)
    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines[0][1:] == ["GeoPackage,", "34", "shapes,", "reference", "system", "EPSG:3857"]
    assert done.stdout.splitlines()[1:4] == [
        "34 of 34 provinces found", "to draw them:", f"  presence build --boundaries {file}"
    ]  # fmt: skip
    assert [(line[0], *line[2:]) for line in lines[5:8]] == [
        ("pcode", "34", "0"),
        ("name", "33", "0"),
        ("phone", "0", "0"),
    ]


def test_what_would_be_refused_is_an_error_with_the_nearest_name(run: Run, file: Path, here: Path) -> None:
    done = run("boundaries", file, "--key", "name", code=1)
    assert "33 of 34 provinces found\nnot found: Kunar" in done.stdout
    assert "(Konnar) is called by no name or code that is known here" in done.stderr
    assert "nearest: Kunar" in done.stderr
    (here / "aliases.csv").write_text("Konnar,Kunar\n", "utf-8")
    assert run("boundaries", file, "--key", "name", "--aliases", here / "aliases.csv").exit_code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("build",),
        ("overlay", "-o", "maps/overlay.html"),
        ("compare", "red", "blue"),
        ("figure", "matrix", "-o", "maps/o.svg"),
    ],
)
def test_maps_are_drawn_on_them_and_say_whose_they_are(
    run: Run, file: Path, here: Path, words: tuple[str, ...]
) -> None:
    run(*words, "--boundaries", file, code=0)
    made = list((here / "maps").glob("[!.]*"))
    assert made
    for path in made:
        text = path.read_text("utf-8")
        assert "Boundaries: mine.gpkg, given by the author of the map" in " ".join(text.split())
        assert "Natural Earth" not in text
        assert "0700-SECRET" not in text


def test_a_file_of_aliases_is_read_with_care(run: Run, file: Path, here: Path) -> None:
    for text, found in (
        ('"' + "x" * 200_000 + '",Kunar\n', "no CSV: field larger than field limit"),
        ("Konnar,Kunar\nKONNAR,Ghor\n", "'Konnar' stands there twice"),
    ):
        (here / "aliases.csv").write_text(text, "utf-8")
        refuse(run("build", "--boundaries", file, "--aliases", "aliases.csv"), here, found)
    (here / "aliases.csv").write_text("Kon-nar,Kunar\nKon nar,kunar\n", "utf-8")  # one name, one meaning
    assert run("check", "--boundaries", file, "--aliases", "aliases.csv").exit_code == 0
    refuse(run("build", "--boundaries", file, "--aliases", "no.csv"), here, "no.csv: there is no such file; expected")


def test_what_a_file_is_called_shows_nothing_else_on_the_map(run: Run, file: Path, here: Path) -> None:
    (here / "a\x01\x1b[31m\u202eb.gpkg").write_bytes(file.read_bytes())
    run("overlay", "-o", "maps/o.html", "--boundaries", "a\x01\x1b[31m\u202eb.gpkg", code=0)
    assert "Boundaries: a[31mb.gpkg, given by" in (here / "maps" / "o.html").read_text("utf-8")


@pytest.mark.parametrize("words", [("--layer", "x"), ("--key", "x"), ("--aliases", "x.csv")])
def test_words_about_no_file_are_wrong_usage(run: Run, here: Path, words: tuple[str, ...]) -> None:
    done = run("build", *words, code=2)
    assert "--boundaries FILE is missing" in done.stderr
    assert not (here / "maps").exists()


def test_a_hostile_name_of_a_file_is_text_on_the_map(run: Run, file: Path, here: Path) -> None:
    name = "{{7*7}}<img src=x onerror=alert(1)>$x.gpkg"
    file.rename(here / name)
    for words in (("overlay", "-o", "maps/o.html"), ("figure", "matrix", "-o", "maps/m.svg")):
        assert run(*words, "--boundaries", name).exit_code == 0
    page = (here / "maps" / "o.html").read_text("utf-8")
    assert f"Boundaries: {name}, given by" in html.unescape(page)
    assert "<img" not in page + (here / "maps" / "m.svg").read_text("utf-8")


def test_the_order_of_shapes_in_a_file_makes_no_difference(run: Run, file: Path, here: Path) -> None:
    assert run("overlay", "-o", "one.html", "--boundaries", file).exit_code == 0
    frame = geopandas.read_file(file).sample(frac=1, random_state=1)
    file.unlink()
    frame.to_file(file)
    assert run("overlay", "-o", "two.html", "--boundaries", file).exit_code == 0
    assert (here / "one.html").read_bytes() == (here / "two.html").read_bytes()


def test_a_province_without_a_shape_is_told_to_author_and_reader(run: Run, file: Path, here: Path) -> None:
    frame = geopandas.read_file(file)
    frame[~frame["name"].isin(["Ghor", "Panjshir"])].to_file(here / "fewer.gpkg")
    done = run("build", "--boundaries", "fewer.gpkg", code=0)
    assert "no shape for Ghor, Panjshir, which are on no map; expected boundaries of all provinces" in done.stderr
    for path in sorted((here / "maps").glob("*.html")):
        text = path.read_text("utf-8")
        assert "The boundaries have no shape for Ghor and Panjshir: not on this map." in text
        assert "of 32 provinces" in text


def refuse(done: Result, here: Path, found: str) -> None:
    assert done.exit_code == 1, done.output
    assert found in done.stderr
    assert "Traceback" not in done.stderr
    assert not (here / "maps").exists()


def test_what_cannot_be_drawn_is_refused_and_nothing_written(run: Run, file: Path, here: Path) -> None:
    frame = geopandas.read_file(file)
    frame[frame["name"] != "Kabul"].to_file(here / "fewer.gpkg")
    refuse(run("build", "--boundaries", "fewer.gpkg"), here, "no unit has the code 'AF-KAB', which the table names")
    refuse(run("build", "--boundaries", "none.shp"), here, "none.shp: there is no such file; expected a boundary file")
    refuse(run("build", "--boundaries", "presence.yaml"), here, "presence.yaml: the file is of no known kind")
    refuse(
        run("build", "--boundaries", file, "--key", "nme"), here, "no field 'nme'; expected one of pcode, name, phone"
    )
    (here / "aliases.csv").write_text("Konnar\n", "utf-8")
    refuse(run("build", "--boundaries", file, "--aliases", "aliases.csv"), here, "a line of 1 values: 'Konnar'")
    (here / "aliases.csv").write_text("Konnar,Kunar\nKonnar,Ghor\n", "utf-8")
    refuse(run("build", "--boundaries", file, "--aliases", "aliases.csv"), here, "'Konnar' stands there twice")


def write_districts(folder: Path) -> Path:
    """Halve each province; the halves of two provinces have the same names, and codes tell all apart."""
    from shapely import box, intersection

    rows = []
    for place, row in enumerate(geopandas.read_file(SHAPEFILE).itertuples()):
        west, south, east, north = row.geometry.bounds
        middle = (west + east) / 2
        for name, part in (("West", box(west, south, middle, north)), ("East", box(middle, south, east, north))):
            shape = intersection(row.geometry, part)
            known = f"{name} {row.name}" if place > 1 else name
            rows.append({"D_NAME": known, "D_CODE": f"D{place:02d}{name[0]}", "P_NAME": row.name, "geometry": shape})
    geopandas.GeoDataFrame(rows, crs=4326).to_file(folder / "districts.geojson")
    return folder / "districts.geojson"


DISTRICTS = """\
title: Districts
groups: {red: {name: Red}}
levels: {cells: {name: Cells}}
sources: {s: {title: A source}}
presence:
  - {group: red, in: [West Kabul, D33E], level: cells, source: s}
  - {group: red, region: Kunar, level: cells, source: s}
"""
OWN = ("--boundaries", "districts.geojson", "--units", "district", "--within", "P_NAME")


def test_districts_are_units_of_their_own(run: Run, here: Path) -> None:
    write_districts(here)
    (here / "d.yaml").write_text(DISTRICTS, "utf-8")
    done = run("boundaries", *OWN[1:], code=0)
    assert "68 districts" in done.stdout
    assert "names that several districts share: East, West" in done.stderr
    assert run("check", "d.yaml").exit_code == 1, "not without their boundaries"
    assert run("check", "d.yaml", *OWN).exit_code == 0
    assert run("fmt", "d.yaml", *OWN).exit_code == 0
    done = run("build", "d.yaml", *OWN, code=0)
    assert "2 of 68 districts named, 2 only as part of a region, 64 in no record" in done.output
    for name in ("choropleth", "overlay", "report"):
        page = (here / "maps" / f"{name}.html").read_text("utf-8")
        text = html.unescape(page)
        assert "2 of 68 districts are named, 2 more only as part of a region" in text
        assert "Find a district" in text
        assert "districts.geojson, given by the author of the map" in text
        assert "province" not in text.replace('className:"province"', "").replace(".province", "").lower()
    assert run("figure", "matrix", "d.yaml", "-o", "o.svg", *OWN).exit_code == 0
    assert run("compare", "red", "blue", "--table", "d.yaml", *OWN).exit_code == 1


def test_claims_of_districts_leave_under_their_own_word(run: Run, here: Path) -> None:
    write_districts(here)
    (here / "d.yaml").write_text(DISTRICTS, "utf-8")
    assert run("export", "d.yaml", "-o", "out", "--format", "csv", "--of", "units", "--hxl", *OWN).exit_code == 0
    lines = (here / "out" / "claims.csv").read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("code,pcode,district,status,group")
    assert lines[1].startswith("#loc+code+iso,")
    assert lines[2].startswith("D13W,,West Kabul,named")
    assert run("export", "d.yaml", "-o", "table", "--format", "csv", *OWN).exit_code == 0
    sheets = sorted((here / "table").glob("*.csv"))
    assert run("import", *sheets, "-o", "back.yaml", *OWN).exit_code == 0
    assert run("check", "back.yaml", *OWN).exit_code == 0


def test_districts_are_rolled_up_to_the_provinces_that_hold_them(run: Run, here: Path) -> None:
    write_districts(here)
    (here / "d.yaml").write_text("presence: {Red: [West Kabul, D33E, D33W, Herat]}", "utf-8")
    own = ("--boundaries", "districts.geojson", "--units", "province", "--within", "P_NAME", "--dissolve")
    done = run("overlay", "d.yaml", "-o", "o.html", *own, "--key", "D_CODE", code=0)
    assert "3 of 34 provinces named" in done.output
    page = (here / "o.html").read_text("utf-8")
    assert "A province is coloured where a record names any part of it." in page
    assert "The table names: West Kabul, D33E, D33W and Herat" in page, "or the page would say more than the table"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("--units", "district"), "--boundaries FILE is missing"),
        (("--boundaries", "districts.geojson", "--within", "P_NAME"), "go with --units NOUN"),
        (
            ("--boundaries", "districts.geojson", "--units", "a<b>"),
            "expected a word for a kind of area",
        ),
        ((*OWN, "--name", "NAME"), "no field 'NAME'; expected one of D_NAME, D_CODE, P_NAME"),
    ],
)
def test_what_is_said_of_districts_must_hold_together(run: Run, here: Path, words: tuple[str, ...], found: str) -> None:
    write_districts(here)
    done = run("build", *words)
    assert done.exit_code == (1 if "--name" in words else 2)
    assert found in done.stderr
    assert not (here / "maps").exists()


def test_in_another_language_nothing_is_said_of_them_in_english(run: Run, here: Path) -> None:
    write_districts(here)
    (here / "d.yaml").write_text(DISTRICTS, "utf-8")
    own = ("--boundaries", "districts.geojson", "--units", "ولسوالی/ولسوالی", "--within", "P_NAME", "--lang", "fa")
    run("overlay", "d.yaml", "-o", "o.html", *own, code=0)
    page = html.unescape((here / "o.html").read_text("utf-8"))
    for english in ("given by the author", "the boundary file", "Natural Earth", "district "):
        assert english not in page
    assert "districts.geojson\u2069، دادهٔ نویسندهٔ نقشه" in page
    geopandas.read_file(SHAPEFILE)[["name", "geometry"]].to_file(here / "mine.gpkg")
    run("overlay", "-o", "p.html", "--boundaries", "mine.gpkg", "--lang", "fa", code=0)
    assert "Natural Earth" not in (here / "p.html").read_text("utf-8"), "or its makers would be credited with it"
