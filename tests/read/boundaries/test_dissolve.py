"""A file of several shapes for a province: what one field calls the same is united, and the capital decides as ever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import geopandas
import pytest
import shapely

import geo
from geo.api import BoundaryFile, inspect_boundaries, load_boundaries
from geo.errors import PresenceError
from geo.read.boundaries.bundled import read_boundaries
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.boundaries.layers import Layer
from geo.read.boundaries.match_to_gazetteer import match_layer

FRAME = read_boundaries()


def halve(shape: shapely.Geometry) -> list[shapely.Geometry]:
    west, south, east, north = shape.bounds
    half = shapely.box(west, south, (west + east) / 2, north)
    return [shapely.intersection(shape, half), shapely.difference(shape, half)]


@pytest.fixture
def halves(tmp_path: Path) -> Path:
    """Write each province in two rows."""
    rows = [
        {"name": row.name, "part": f"{side} of {row.name}", "geometry": part}
        for row in FRAME.itertuples()
        for side, part in zip(("West", "East"), halve(row.geometry), strict=True)
    ]
    geopandas.GeoDataFrame(rows, crs=4326).to_file(tmp_path / "halves.gpkg")
    return tmp_path / "halves.gpkg"


def test_two_rows_for_each_province_are_the_provinces(halves: Path) -> None:
    with pytest.raises(PresenceError, match="one shape for each unit: --dissolve, which unites those of one province"):
        load_boundaries(BoundaryFile(halves))
    found = load_boundaries(BoundaryFile(halves, dissolve=True))
    assert list(found.frame.index) == list(FRAME.index)
    apart = shapely.symmetric_difference(found.frame.geometry.to_numpy(), FRAME.geometry.to_numpy())
    assert shapely.area(apart).max() < 1e-9
    assert len(geo.read_boundaries(halves, dissolve=True)) == 34
    with pytest.raises(PresenceError, match="dissolve=True, which unites"):
        geo.read_boundaries(halves)


def test_the_field_that_is_given_is_gone_by(halves: Path) -> None:
    layer, match = inspect_boundaries(BoundaryFile(halves, key="part", dissolve=True))
    assert (len(layer.geometry), match.found) == (68, 0), "no part is called a province"


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"name": ("Kabul", "Kabul"), "code": ("", "")}, ["AF-KAB"]),
        ({"name": ("Kabul", "Paghman"), "province": ("Kabul", "Kabul")}, ["AF-KAB"]),
        ({"name": ("Kabul", "Herat")}, ["AF-KAB"]),
        ({"name": ("Herat", "Herat")}, []),
    ],
)
def test_what_is_united_is_believed_no_more_than_any_shape(
    fields: Mapping[str, Sequence[str]], found: list[str], tmp_path: Path
) -> None:
    shapes = halve(FRAME.geometry["AF-KAB"])
    holds = [part.contains(shapely.Point(69.17, 34.53)) for part in shapes]
    shapes = shapes if holds[0] else shapes[::-1]
    geopandas.GeoDataFrame(dict(fields), geometry=shapes, crs=4326).to_file(tmp_path / "some.gpkg")
    _, match = inspect_boundaries(BoundaryFile(tmp_path / "some.gpkg", dissolve=True))
    assert sorted(filter(None, match.codes)) == found


def test_what_is_left_out_is_united_with_nothing(halves: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("West of Kabul,-\n", "utf-8")
    layer, match = inspect_boundaries(BoundaryFile(halves, aliases=tmp_path / "a.csv", dissolve=True))
    assert (len(layer.geometry), match.codes.count("-")) == (35, 1)


def test_a_frame_is_told_to_be_dissolved_first() -> None:
    shapes = geopandas.GeoSeries(halve(FRAME.geometry["AF-KAB"]), crs=4326)
    layer = Layer("boundaries", "GeoDataFrame", "", {"name": ("Kabul", "Kabul")}, shapes)
    said = [problem.expected for problem in match_layer(layer, read_gazetteer()).problems]
    assert any("one shape for each unit: dissolve them first" in each for each in said)
    assert not any("--dissolve" in each for each in said)
