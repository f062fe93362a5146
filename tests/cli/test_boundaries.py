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
    done = run("boundaries", file)
    assert done.exit_code == 0, done.output
    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines[0][1:] == ["GeoPackage,", "34", "shapes,", "reference", "system", "EPSG:3857"]
    assert [(line[0], *line[2:]) for line in lines[2:5]] == [
        ("pcode", "34", "0"),
        ("name", "33", "0"),
        ("phone", "0", "0"),
    ]
    assert "34 of 34 provinces found" in done.stdout


def test_what_would_be_refused_is_an_error_with_the_nearest_name(run: Run, file: Path, here: Path) -> None:
    done = run("boundaries", file, "--key", "name")
    assert done.exit_code == 1
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
        ("figure", "overlay", "-o", "maps/o.svg"),
    ],
)
def test_maps_are_drawn_on_them_and_say_whose_they_are(
    run: Run, file: Path, here: Path, words: tuple[str, ...]
) -> None:
    done = run(*words, "--boundaries", file)
    assert done.exit_code == 0, done.output
    made = list((here / "maps").iterdir())
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
    refuse(run("build", "--boundaries", file, "--aliases", "no.csv"), here, "no.csv: there is no such file; expected")


def test_what_a_file_is_called_shows_nothing_else_on_the_map(run: Run, file: Path, here: Path) -> None:
    (here / "a\x01\x1b[31m\u202eb.gpkg").write_bytes(file.read_bytes())
    done = run("overlay", "-o", "maps/o.html", "--boundaries", "a\x01\x1b[31m\u202eb.gpkg")
    assert done.exit_code == 0
    assert "Boundaries: a[31mb.gpkg, given by" in (here / "maps" / "o.html").read_text("utf-8")


@pytest.mark.parametrize("words", [("--layer", "x"), ("--key", "x"), ("--aliases", "x.csv")])
def test_words_about_no_file_are_wrong_usage(run: Run, here: Path, words: tuple[str, ...]) -> None:
    done = run("build", *words)
    assert done.exit_code == 2
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
    done = run("build", "--boundaries", "fewer.gpkg")
    assert done.exit_code == 0, done.output
    assert "no shape for Ghor, Panjshir, which are on no map; expected boundaries of all provinces" in done.stderr
    for path in sorted((here / "maps").iterdir()):
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
