"""Mistakes in boundary files, and the remedies that are offered."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import geopandas
import shapely

from tests.remedies.follow import Case, Content, Desk, Mend, add, instead, make, put
from tests.remedies.of_tables import TABLE

__all__ = ["CASES"]

SHAPES = Path(__file__).parents[2] / "shapefiles"
LOOK = "boundaries p.geojson"
OWN = f"{LOOK} --units county"


@cache
def read() -> geopandas.GeoDataFrame:
    """Read the bundled provinces, plainly."""
    frame = geopandas.read_file(SHAPES / "provinces.shp")[["pcode", "name", "geometry"]]
    return frame.assign(geometry=shapely.coverage_simplify(frame.geometry.to_numpy(), 0.02))


def write(
    change: Callable[[geopandas.GeoDataFrame], geopandas.GeoDataFrame] = lambda frame: frame,
) -> Callable[[Path], None]:
    """Write the provinces with something changed."""
    return lambda path: change(read().copy()).to_file(path, driver="GeoJSON" if path.suffix == ".geojson" else None)


def edit(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], None]:
    """Write the provinces as GeoJSON with something changed in it."""

    def made(path: Path) -> None:
        found = json.loads(read().to_json())
        change(found)
        path.write_text(json.dumps(found), "utf-8")

    return made


def file(name: str, content: Content, *steps: tuple[str, Mend], command: str = LOOK, **files: Content) -> Case:
    named = {each.replace("_", "."): each_content for each, each_content in files.items()}
    return Case(name, command, {"p.geojson": content, **named}, steps)


def rename(old: str, new: str, column: str = "name") -> Callable[[geopandas.GeoDataFrame], geopandas.GeoDataFrame]:
    return lambda frame: frame.assign(**{column: frame[column].replace(old, new)})


def swap(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    return frame.assign(geometry=shapely.transform(frame.geometry.to_numpy(), lambda corners: corners[:, ::-1]))


FAYZABAD = shapely.Point(70.58, 37.12).buffer(0.2)


def split(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Cut the first province into two shapes of one name."""
    first = frame.geometry.iloc[0]
    west, south, east, north = first.bounds
    half = shapely.box(west, south, (west + east) / 2, north)
    parts = [shapely.difference(first, half), shapely.intersection(first, half)]
    both = frame.iloc[[0, 0]].assign(geometry=parts)
    return geopandas.GeoDataFrame(geopandas.pd.concat([both, frame.iloc[1:]]), crs=frame.crs)


def spare(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Cut the capital out of the first province."""
    return frame.assign(geometry=[frame.geometry.iloc[0].difference(FAYZABAD), *frame.geometry.iloc[1:]])


def repeat(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Draw the first province once more, far from its capital."""
    again = frame.iloc[:1].assign(geometry=frame.geometry.iloc[:1].translate(25))
    return geopandas.GeoDataFrame(geopandas.pd.concat([frame, again]), crs=frame.crs)


def both_named(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Let the first province stand there twice."""
    return geopandas.GeoDataFrame(geopandas.pd.concat([frame.iloc[:1], frame]), crs=frame.crs)


def with_letters(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    return frame.assign(part=frame["name"].str[:1])


def name_layers(path: Path) -> None:
    for layer in ("one", "two"):
        read().to_file(path, layer=layer, driver="GPKG")


def write_shapefile(path: Path) -> None:
    for each in SHAPES.glob("provinces.*"):
        if each.suffix not in (".dbf", ".shx"):
            shutil.copy(each, path.with_suffix(each.suffix))


def complete(_: object, desk: Desk) -> None:
    for each in SHAPES.glob("provinces.*"):
        shutil.copy(each, desk.folder / f"s{each.suffix}")


def pack(*names: str) -> bytes:
    """Make an archive of empty files."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, b"")
    return data.getvalue()


def pack_shapefiles(path: Path) -> None:
    """Make an archive of two Shapefiles."""
    with zipfile.ZipFile(path, "w") as archive:
        for each in SHAPES.glob("provinces.*"):
            for name in ("one", "two"):
                archive.write(each, f"{name}{each.suffix}")


NAMED = [
    file("a name of another", write(rename("Panjshir", "Parwan")), (r"or an alias: (shape \d+) and what it means here; nearest: (Panjshir)",
         lambda match, desk: (make("a.csv", r"\1,\2")(match, desk), add("--aliases a.csv")(match, desk))), command=f"{LOOK} --key name"),
    file("a name spoilt", write(rename("Kunar", "Konnar")), (r"nearest: (\w+)", put("Konnar", file="p.geojson")), command=f"{LOOK} --key name"),
    file("a name spoilt, and an alias", write(rename("Kunar", "Konnar")),
         (r"or an alias: (\w+) and what it means here; nearest: (\w+)",
          lambda match, desk: (make("a.csv", r"\1,\2")(match, desk), add("--aliases a.csv")(match, desk))), command=f"{LOOK} --key name"),
    file("another field", write(rename("Kunar", "Konnar")), (r"expected a (field) that names it", instead("--key name", "--key pcode")), command=f"{LOOK} --key name"),
    file("a field", write(), (r"nearest: (\w+)", instead("nam")), command=f"{LOOK} --key nam"),
    file("a field like none", write(), (r"one of (\w+)", instead("zzz")), command=f"{LOOK} --key zzz"),
    file("an alias of nobody", write(rename("Kunar", "Konnar")), (r"nearest: (\w+)", put("Kunarr", file="a.csv")), command=f"{LOOK} --key name --aliases a.csv",
         a_csv="Konnar,Kunarr\n"),
    file("aliases that are none", write(rename("Kunar", "Konnar")), (r"two values a line", make("a.csv", "Konnar,Kunar\n")), command=f"{LOOK} --key name --aliases a.csv",
         a_csv="Konnar\n"),
    file("an alias twice", write(rename("Kunar", "Konnar")), (r"stands there twice; expected two values a line", make("a.csv", "Konnar,Kunar\n")),
         command=f"{LOOK} --key name --aliases a.csv", a_csv="Konnar,Kunar\nKonnar,Ghor\n"),
    file("latitude first", write(swap), (r"expected longitude first", make("p.geojson", write()))),
    file("two shapes of one", write(split), (r"one shape for each unit: (--dissolve), which unites those of one province", add(r"\1")), command="overlay t.yaml --boundaries p.geojson", t_yaml=TABLE),
    file("a shape too many", write(split), (r"or an alias that leaves this one out: (shape \d+,-)",
         lambda match, desk: (make("a.csv", r"\1")(match, desk), add("--aliases a.csv")(match, desk))), command="overlay t.yaml --boundaries p.geojson", t_yaml=TABLE),
    file("two capitals of one", write(both_named), (r"both \w+; expected one shape for each unit: (--dissolve)", add(r"\1")), command="overlay t.yaml --boundaries p.geojson", t_yaml=TABLE),
    file("a province missing", write(lambda frame: frame.iloc[1:]), (r"expected boundaries of all provinces", make("p.geojson", write())),
         command="overlay t.yaml --boundaries p.geojson", t_yaml=TABLE),
]  # fmt: skip

READ = [
    file("no such file", write(), (r"expected a boundary file", instead("q.geojson", "p.geojson")), command="boundaries q.geojson"),
    file("a folder", write(), (r"expected a file: GeoJSON", instead("boundaries .", "boundaries p.geojson")), command="boundaries ."),
    file("a picture", b"\x89PNG", (r"expected GeoJSON, TopoJSON", make("p.geojson", write()))),
    file("an empty file", "", (r"expected GeoJSON, TopoJSON", make("p.geojson", write()))),
    file("no JSON", "{", (r"GeoJSON or TopoJSON, whole and unchanged", make("p.geojson", write()))),
    file("a shape alone", '{"type": "Polygon"}', (r"expected a FeatureCollection", make("p.geojson", write()))),
    file("a system by an address", edit(lambda found: found.update(crs={"type": "link", "properties": {"href": "http://example.org"}})),
         (r"such as (EPSG:4326)", make("p.geojson", edit(lambda found: found.update(crs={"type": "name", "properties": {"name": "EPSG:4326"}}))))),
    file("no polygons", write(lambda frame: frame.assign(geometry=frame.geometry.representative_point())),
         (r"no areas: 34 × Point; expected polygons, one for each unit", make("p.geojson", write()))),
    file("no shape", edit(lambda found: found["features"][0].update(geometry=None)), (r"expected a polygon for each unit", make("p.geojson", write()))),
    file("nothing in it", edit(lambda found: found.update(features=[])), (r"expected polygons, one for each unit|expected a file with polygons", make("p.geojson", write()))),
    file("far from Earth", edit(lambda found: (found.update(crs={"type": "name", "properties": {"name": "EPSG:4326"}}), [
        each["geometry"].update(coordinates=[[[9e5, 9e5], [9e5, 9e6], [9e6, 9e6], [9e5, 9e5]]], type="Polygon") for each in found["features"]])),
         (r"the file's true reference system", make("p.geojson", write()))),
    file("several layers", write(), (r"(--layer) with one of its layers: (\w+)", add(r"\1 \2")), command="check t.yaml --boundaries l.gpkg --units county", l_gpkg=name_layers, t_yaml=TABLE),
    file("no such layer", write(), (r"(--layer) with one of its layers: (\w+)", instead("--layer on", r"\1 \2")), command="boundaries l.gpkg --layer on", l_gpkg=name_layers),
    file("half a Shapefile", write(), (r"all its parts side by side", complete), command="boundaries s.shp", s_shp=write_shapefile),
    file("a broken border", edit(lambda found: found["features"][0]["geometry"].update(type="Polygon", coordinates=[[[69, 34], [70, 35], [70, 34], [69, 35], [69, 34]]])),
         (r"valid shapes; they were repaired", make("p.geojson", write())), command=f"{LOOK} --units county --key pcode --name name"),
]  # fmt: skip

UNITS = [
    file("units called regions", write(), (r"such as '(area)'", instead("units region", r"units \1")), command=f"{LOOK} --units region"),
    file("codes were looked for", write(), (r"(--key) FIELD where another", add(r"\1 pcode")), (r"(--name) FIELD where another", add(r"\1 name")), command=OWN),
    file("codes made of names", write(lambda frame: frame[["name", "geometry"]]), (r"(--key) FIELD where one has codes",
         lambda match, desk: (make("p.geojson", write())(match, desk), add("--key pcode")(match, desk))), command=OWN),
    file("codes made of numbers", write(lambda frame: frame[["name", "geometry"]].assign(name="Kabul").iloc[:2]), (r"codes were made .*; (--within name --dissolve) where", add(r"\1")), command=OWN),
    file("two shapes of one code", write(lambda frame: both_named(frame)), (r"(--within pcode --dissolve), which makes one county", add(r"\1")), command=OWN),
    file("a code twice and no other", write(lambda frame: frame[["name", "geometry"]].assign(code="x")), (r"expected a code of its own for each: the command without --key", instead(" --key code", "")),
         command=f"{OWN} --key code"),
    file("no name for one", write(lambda frame: frame.assign(name=frame["name"].replace("Kunar", ""))), (r"no name for shape \d+, called by \w+; expected a name for each", make("p.geojson", write())), command=OWN),
    file("no fields at all", write(lambda frame: frame[["geometry"]]), (r"called by their codes; expected a field of names", make("p.geojson", write())), command=OWN),
    file("no field of names", write(lambda frame: frame[["pcode", "geometry"]]), (r"(--name) with one of (\w+)", add(r"\1 \2")), command=OWN),
    file("no such field", write(), (r"nearest: (\w+)", instead("pcod")), command=f"{OWN} --key pcod"),
    file("a code missing", write(lambda frame: frame.assign(code=frame["pcode"].replace("AF01", ""))), (r"(--key) with a field that all shapes have", instead("--key code", r"\1 pcode")),
         command=f"{OWN} --key code"),
    file("a code twice", write(lambda frame: frame.assign(code=frame["pcode"].replace("AF01", "AF02"))), (r"(--key) with one of (\w+)", instead("--key code", r"\1 \2")),
         command=f"{OWN} --key code"),
    file("codes for names", write(), (r"names that are codes, .*; expected (--name name)", instead("--name pcode", r"\1")), command=f"{OWN} --name pcode --key name"),
    file("dissolved by nothing", write(with_letters), (r"expected (--within) FIELD", add(r"\1 part")), command=f"{OWN} --dissolve"),
    file("an alias of no unit", write(), (r"nearest: (\w+)", put("Kabull", file="a.csv")), command=f"{OWN} --aliases a.csv", a_csv="x,Kabull\n"),
    file("a name that is shared", write(lambda frame: frame.assign(part=frame["pcode"], name=frame["name"].replace("Kunar", "Kabul"))),
         (r"'Kabul', which 2 counties are called; expected one of them: (Kabul \(Kabul\)),", put("in: Kabul", r"in: \1")),
         command="check t.yaml --units county --key pcode --name name --boundaries p.geojson", t_yaml=TABLE),
    file("a name that is shared, and told apart", write(lambda frame: frame.assign(part=frame["pcode"], name=frame["name"].replace("Kunar", "Kabul"))),
         (r"'Kabul', which 2 counties are called; expected one of them: (Kabul \(AF01\)),", put("in: Kabul", r"in: \1")),
         command="check t.yaml --units county --key pcode --name name --within part --boundaries p.geojson", t_yaml=TABLE),
]  # fmt: skip


def merge(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Let one shape be two provinces, as before one of them was founded."""
    first, second = (frame[frame["name"] == name] for name in ("Parwan", "Panjshir"))
    union = shapely.union(first.geometry.iloc[0], second.geometry.iloc[0])
    rest = frame[frame["name"] != "Panjshir"]
    return rest.assign(
        geometry=rest.geometry.where(
            rest["name"] != "Parwan", geopandas.GeoSeries([union] * len(rest), index=rest.index)
        )
    )


def without_prj(path: Path, crs: int = 4326) -> None:
    """Write a Shapefile that does not say in which reference system it is."""
    read().to_crs(crs).to_file(path)
    path.with_suffix(".prj").unlink()


def give_prj(match: object, desk: Desk) -> None:
    read().to_file(desk.folder / "s.shp")


def with_metres(path: Path) -> None:
    without_prj(path, 32642)


def shrink(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Let all shapes be districts called as their provinces."""
    return frame.assign(geometry=frame.geometry.scale(0.3, 0.3, origin="centroid"))


def name_system(code: str) -> Callable[[dict[str, Any]], None]:
    return lambda found: found.update(crs={"type": "name", "properties": {"name": code}})


def move(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Scale numbers and shift them, as drawings are made, under a system in metres."""
    metres = frame.to_crs(32642)
    return metres.assign(geometry=metres.geometry.affine_transform([0.008, 0, 0, 0.008, 1300, -27_000]))


MORE = [
    file("a province without its capital", write(spare), (r"expected other borders", make("p.geojson", write()))),
    file("a province elsewhere once more", write(repeat), (r"or an alias that leaves this one out", make("p.geojson", write())),
         command="overlay t.yaml --boundaries p.geojson", t_yaml=TABLE),
    file("a district called as its province", write(lambda frame: shrink(frame[frame["name"] == "Kunduz"])), (r"or (--units district), which", add(r"\1 --key pcode --name name")),
         command="overlay t.yaml --boundaries p.geojson", t_yaml=TABLE.replace("Kabul", "Kunduz")),
    file("a system of nobody", edit(name_system("EPSG:99999")), (r"such as (EPSG:4326)", make("p.geojson", edit(name_system("EPSG:4326"))))),
    file("a drawing's numbers", write(move), (r"the file's true reference system, with numbers that nobody scaled or shifted", make("p.geojson", write())),
         command=f"{OWN} --key pcode --name name"),
    file("a district among provinces", write(lambda frame: frame.assign(geometry=frame.geometry.where(frame["name"] != "Kunduz", shrink(frame).geometry))),
         (r"expected a shape of the whole province", make("p.geojson", write()))),
    file("a province before it was divided", write(merge), (r"expected one shape for each province of today", make("p.geojson", write()))),
    file("no system", write(), (r"expected one; its numbers were taken for degrees", give_prj), command="boundaries s.shp", s_shp=without_prj),
    file("metres of no system", write(), (r"a file in longitude and latitude", give_prj), command="boundaries s.shp", s_shp=with_metres),
    file("two that overlap", write(lambda frame: frame.assign(geometry=frame.geometry.where(frame["name"] != "Kunduz", frame.geometry.translate(0.2)))),
         (r"expected each place in one shape", make("p.geojson", write()))),
    file("not UTF-8", b'{"type": "FeatureCollection\xff"}', (r'saved as "UTF-8"', make("p.geojson", write()))),
    file("a damaged GeoPackage", b"SQLite format 3\0", (r"a file that is whole and unchanged", make("p.geojson", write()))),
    file("two Shapefiles of one name", write(), (r"unpack it and name the \.shp", instead("two.zip", "s.shp")), command="overlay t.yaml --boundaries two.zip", two_zip=pack("a.shp", "b/a.shp"),
         s_shp=write(), t_yaml=TABLE),
    file("two Shapefiles in one", write(), (r"expected (--layer) with one of (\w+)", add(r"\1 \2")), command="overlay t.yaml --boundaries two.zip", two_zip=pack_shapefiles, t_yaml=TABLE),
    file("parts that share a name", write(lambda frame: frame.assign(part=frame["pcode"], name=frame["name"].replace("Kunar", "Kabul"))),
         (r"expected others in a table|expected their codes", make("p.geojson", write(with_letters))), command=f"{OWN} --key pcode --name name --within part --dissolve"),
    file("names that are shared", write(lambda frame: frame.assign(name=frame["name"].replace("Kunar", "Kabul"))),
         (r"expected their codes in a table", make("p.geojson", write())), command=f"{OWN} --key pcode --name name"),
]  # fmt: skip
CASES = [*NAMED, *READ, *UNITS, *MORE]
