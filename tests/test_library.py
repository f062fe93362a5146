"""`import geo`: small, typed, lazy; the names a notebook needs and what they give."""

from __future__ import annotations

import inspect
import subprocess
import sys
import warnings
from datetime import date
from pathlib import Path
from typing import Any

import folium
import geopandas
import pandas as pd
import pytest
from matplotlib.figure import Figure

import geo
from geo.api import python_interface, render_maps
from geo.errors import BoundaryError, PresenceError, TableError
from geo.join.joined_table import JoinedTable

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "presence.yaml"
SHAPEFILE = ROOT / "shapefiles" / "provinces.shp"
ROOMS = {path.stem for path in (ROOT / "geo").iterdir()}


@pytest.fixture(scope="module")
def joined() -> JoinedTable:
    return geo.join_presence(geo.read_presence(TABLE))


def test_every_name_is_there_documented_with_an_example_and_typed() -> None:
    assert set(geo.__all__) == {*python_interface.__all__, "__version__"}
    assert set(geo.__all__) <= set(dir(geo))
    for name in python_interface.__all__:
        made = getattr(geo, name)
        assert made is getattr(python_interface, name)
        assert name not in ROOMS
        if inspect.isfunction(made):
            assert ">>> " in (made.__doc__ or "")
            assert "return" in made.__annotations__
    with pytest.raises(AttributeError, match="module 'geo' has no attribute 'draw_globe'"):
        _ = geo.draw_globe


def test_importing_it_loads_next_to_nothing() -> None:
    heavy = ("click", "yaml", "pandas", "geopandas", "folium")
    code = f"import sys, geo; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    ("name", "draw"),
    [("overlay", geo.draw_overlay), ("choropleth", geo.draw_choropleth), ("timeline", geo.draw_timeline)],
)
def test_a_map_in_python_is_the_page_of_the_command(name: str, draw: object, joined: JoinedTable) -> None:
    assert callable(draw)
    made = draw(joined)
    assert isinstance(made, folium.Map)
    assert made.get_root().render().encode() == render_maps(TABLE, [name]).pages[name]


def test_popups_and_plugins_of_folium_can_be_added(joined: JoinedTable) -> None:
    made = geo.draw_overlay(joined, standalone=False)
    folium.Marker([34.5, 69.2], popup="Kabul").add_to(made)
    page = made.get_root().render()
    assert "L.marker" in page
    assert 'id="presence-data"' in page


def test_figures_and_comparisons(joined: JoinedTable) -> None:
    assert isinstance(geo.draw_figure(joined, "overlay", size="half-page"), Figure)
    found = geo.compare_footprints(joined, ["haqqani", "isis-k"])
    assert (len(found.shared), len(found.union), found.coefficient) == (3, 9, 1.0)
    assert geo.compare_footprints(joined, ["let", "isis-k"], what_if=True).union > found.shared


def test_frames_come_out_and_go_in(joined: JoinedTable) -> None:
    assert isinstance(joined.units, geopandas.GeoDataFrame)
    frame = geo.read_boundaries()
    again = geo.join_presence(geo.read_presence(TABLE), frame.to_crs(32642), groups=["let"], level="operational")
    assert list(again.units.index) == list(joined.units.index)
    assert again.shown == ("let",)
    assert "given by the author of the map" in geo.draw_overlay(again).get_root().render()
    assert "Natural Earth" in geo.draw_overlay(geo.join_presence(geo.read_presence(TABLE), frame)).get_root().render()
    assert list(geo.read_boundaries(SHAPEFILE).index) == list(frame.index)


def test_boundaries_without_a_reference_system_or_units_are_refused() -> None:
    table, frame = geo.read_presence(TABLE), geo.read_boundaries()
    with pytest.raises(BoundaryError, match=r"no reference system; expected one: frame\.set_crs"):
        geo.join_presence(table, frame.set_crs(None, allow_override=True))
    with pytest.raises(BoundaryError, match="no unit has the code 'AF-KAB', which the table names"):
        geo.join_presence(table, frame.drop(index="AF-KAB"))


def test_a_frame_is_a_table_too() -> None:
    frame = pd.DataFrame(
        {
            "group": ["Red Group", "Blue Group", "Red Group"],
            "in": [["Kabul", "Kunar"], "Herat; کابل", None],
            "unlocated": [None, None, 12],
            "source": ["A report"] * 3,
            "observed": [pd.Timestamp("2020-05-01"), pd.NaT, pd.Timestamp("2020-06-14")],
        }
    )
    table = geo.read_presence(frame)
    claims = [(claim.group, claim.unit) for claim in table.claims]
    assert claims == [("red-group", "AF-KAB"), ("red-group", "AF-KNR"), ("blue-group", "AF-HER"),
                      ("blue-group", "AF-KAB"), ("red-group", None)]  # fmt: skip
    assert str(table.records[0].evidence.observed) == "2020-05-01"
    assert table.records[2].place.count is not None
    with pytest.raises(TableError, match=r"DataFrame:B3: unknown province 'Konnar'.*nearest: Kunar"):
        geo.read_presence(pd.DataFrame({"group": ["Red", "Red"], "in": ["Kabul", "Konnar"], "source": ["S", "S"]}))


def test_doubts_are_warnings_of_python(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text("presence: {Red: [Kabul]}", "utf-8")
    with pytest.warns(geo.PresenceWarning, match="records in the short form, which have no source"):
        geo.read_presence(path)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        geo.read_presence(TABLE)


def test_rows_of_a_frame_are_units_of_their_own() -> None:
    frame = geo.read_boundaries().assign(region="Here").rename(lambda code: code[3:])
    table = geo.read_presence("tests/data/counties.yaml", boundaries=frame, units="county")
    joined = geo.join_presence(table, frame.to_crs(32642), units="county")
    assert joined.report.named == ("KAB", "LOG")
    page = geo.draw_overlay(joined).get_root().render()
    assert "2 of 34 counties are named, 32 more only as part of a region" in page
    with pytest.raises(BoundaryError, match="units without boundaries; expected boundaries=, a GeoDataFrame by code"):
        geo.join_presence(table, units="county")
    with pytest.raises(PresenceError, match="units: '7'; expected a word for a kind of area"):
        geo.join_presence(table, frame, units="7")


def test_a_frame_as_a_file_gives_it_has_its_codes_in_a_column() -> None:
    frame = geo.read_boundaries().assign(region="Here").rename(lambda code: code[3:])
    for plain in (frame.reset_index(), frame.rename_axis("mine").assign(code="no code")):
        table = geo.read_presence("tests/data/counties.yaml", boundaries=plain, units="county")
        assert geo.join_presence(table, plain, units="county").report.named == ("KAB", "LOG")


def test_a_file_of_districts_is_read_with_what_holds_them() -> None:
    with pytest.warns(geo.PresenceWarning, match="names were taken from the field 'name'"):
        frame = geo.read_boundaries(SHAPEFILE, units="county", key="code", within="pcode")
    assert frame.loc["AF-KAB", ["name", "region"]].tolist() == ["Kabul", "AF01"]


NEW = {"group": "let", "in": ["Kunar"], "level": "cells", "source": "un-2020", "observed": date(2020, 5, 1), "page": 3}


def test_records_of_a_program_go_into_the_text_of_a_table(tmp_path: Path) -> None:
    path = tmp_path / "presence.yaml"
    path.write_bytes(TABLE.read_bytes())
    table = geo.add_records(path, [{**NEW, "observed": {"from": "2020-05"}, "note": None}, {**NEW, "in": "Ghor"}])
    assert [record.place.units for record in table.records[-2:]] == [("AF-KNR",), ("AF-GHO",)]
    assert str(table.records[-1].evidence.observed) == "2020-05-01"
    left = iter(path.read_text("utf-8").splitlines())
    assert all(line in left for line in TABLE.read_text("utf-8").splitlines())


@pytest.mark.parametrize(
    ("records", "message"),
    [
        ({"group": "let"}, "add_records: records of type dict; expected a list"),
        (["let"], "record 1 'let'; expected a mapping"),
        ([NEW, {**NEW, "in": {1, 2}}], "in of record 2 of type set; expected a text, a number"),
        ([NEW, {**NEW, "in": "Konar "}, {**NEW, "group": "lte"}], "new entry 3: unknown group 'lte'; .*nearest: let"),
        ([{**NEW, "level": "?"}], r"unknown level '\?'"),
    ],
)
def test_a_record_that_is_none_leaves_the_table_as_it_was(tmp_path: Path, records: Any, message: str) -> None:
    path = tmp_path / "presence.yaml"
    path.write_bytes(TABLE.read_bytes())
    with pytest.raises(TableError, match=message):
        geo.add_records(path, records)
    assert path.read_bytes() == TABLE.read_bytes()
