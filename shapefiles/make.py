"""Make the files of this folder from ``inputs/``: ``python -m shapefiles.make`` in a clone, installed or not."""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import replace
from pathlib import Path

import geopandas
import numpy as np
import shapely
from numpy.typing import NDArray

from geo.draw.topology.arcs import Arc, decode_arc, decode_arcs, encode_arc
from geo.draw.topology.simplify import find_label_points, thin_arcs, thin_units
from geo.draw.topology.svg_paths import count_uses
from geo.draw.topology.topojson import dump_topology
from geo.model import Topology
from geo.read.boundaries.gazetteer import COLUMNS

Coordinates = NDArray[np.float64]
Geometries = NDArray[np.object_]

HERE = Path(__file__).parent
FIELDS = {"ocha_pcode": "pcode", "iso_3166_2": "code", "ocha_region": "region", "population_2019_20": "population"}
WINDOW = shapely.box(47.7, 25.9, 87.4, 41.2)
"""What a map three times as wide as high shows, or a telephone."""
VIEW = shapely.box(59.5, 28.5, 76, 39.5)
LARGEST_GAP = 1.0
"""Square degrees; what is larger belongs to a country of which nothing is drawn."""
LABELLED = ("PAK", "IRN", "TKM", "UZB", "TJK", "CHN")
GRID = 5_500
"""Steps along the longer side of all that is drawn: 0.003 degrees each, under a pixel at four times a page's width."""
COARSE_STEPS = 8
NEAR_TOLERANCE, FAR_TOLERANCE = 0.05, 0.2
LAYER_OPTIONS = {"ENCODING": "UTF-8", "DBF_DATE_LAST_UPDATE": "2020-06-14"}


def make_all(folder: Path) -> None:
    """Write Shapefile, gazetteer and display topology into a folder.

    Parameters
    ----------
    folder : Path
        Made if its parent exists; files of the same names are replaced.
    """
    folder.mkdir(exist_ok=True)
    provinces = join_provinces()
    write_shapefile(provinces, folder / "provinces.shp")
    write_gazetteer(folder / "gazetteer.csv")
    topology = dump_topology(make_topology(provinces))
    text = json.dumps(topology, ensure_ascii=False, separators=(",", ":"))
    (folder / "display.topojson").write_text(text + "\n", encoding="utf-8", newline="\n")


def read_rows() -> list[dict[str, str]]:
    """Read the gazetteer's input, its columns renamed to the gazetteer's."""
    with (HERE / "inputs" / "afghan_provinces.csv").open(encoding="utf-8", newline="") as file:
        return [{FIELDS.get(column, column): value for column, value in row.items()} for row in csv.DictReader(file)]


def join_provinces() -> geopandas.GeoDataFrame:
    """Give each polygon its codes and names by ``adm1_code`` alone: Natural Earth's other attributes are wrong."""
    shapes = geopandas.read_file(HERE / "inputs" / "ne_10m_admin_1_afghanistan.geojson").set_index("adm1_code")
    rows = read_rows()
    keys = [row["natural_earth_adm1_code"] for row in rows]
    if sorted(keys) != sorted(shapes.index):
        raise SystemExit("the gazetteer's and Natural Earth's adm1_code differ")
    columns: dict[str, list[str]] = {name: [row[name] for row in rows] for name in ("code", "pcode", "name", "name_fa")}
    geometry = shapes.geometry.loc[keys].to_numpy()
    return geopandas.GeoDataFrame({**columns, "adm1_code": keys}, geometry=geometry, crs=4326)


def write_shapefile(provinces: geopandas.GeoDataFrame, path: Path) -> None:
    """Write the Shapefile with a fixed date in its header, so that its bytes do not change from day to day."""
    provinces.to_file(path, driver="ESRI Shapefile", engine="pyogrio", layer_options=LAYER_OPTIONS)


def write_gazetteer(path: Path) -> None:
    """Write the gazetteer with the columns of ``geo.model.Unit``."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(read_rows())


def make_topology(provinces: geopandas.GeoDataFrame) -> Topology:
    """Thin provinces and neighbours together; borders that no province has are thinned once more, far ones harder."""
    neighbours = place_neighbours(provinces)
    topology = thin_units(provinces.set_index("code"), neighbours, steps=GRID)
    spare = set(count_uses(topology.units))
    near = {number for number, arc in enumerate(decode_arcs(topology)) if VIEW.intersects(shapely.LineString(arc))}
    thin = thin_arcs(thin_arcs(topology, NEAR_TOLERANCE, spare=spare), FAR_TOLERANCE, spare=spare | near)
    arcs = (arc if number in spare else round_arc(arc) for number, arc in enumerate(thin.arcs))
    return replace(thin, arcs=tuple(arcs))


def round_arc(arc: Arc) -> Arc:
    """Round the corners of an arc to a coarser grid, which packs better, but for its ends, where others begin."""
    points = decode_arc(arc)
    points[1:-1] = np.rint(points[1:-1] / COARSE_STEPS).astype(int) * COARSE_STEPS
    return encode_arc(points)


def place_neighbours(provinces: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Fit what lies around to the provinces and put a label into what the view shows of each country."""
    frame = geopandas.read_file(HERE / "inputs" / "ne_10m_neighbours.geojson").set_index("adm0_a3").sort_index()
    frame["geometry"] = fit_around(frame.geometry.to_numpy(), shapely.coverage_union_all(provinces.geometry.to_numpy()))
    frame = frame[~frame.is_empty]
    frame[["lon", "lat"]] = np.array(find_label_points(frame.geometry.to_numpy(), places=2))
    known = frame.index.isin(LABELLED)
    seen = keep_areas(shapely.intersection(frame.geometry[known].to_numpy(), VIEW))
    frame.loc[known, ["lon", "lat"]] = np.array(find_label_points(seen, places=2))
    return frame.assign(name=frame["admin"].where(known, ""))


def fit_around(countries: Geometries, middle: shapely.Polygon) -> Geometries:
    """Clip countries to the window and make them meet the middle one's border exactly: no gap, no overlap.

    Their own borders with it are thinned already and do not fit. Small gaps go to the country they touch most; where
    two countries meet on an edge of the middle one, the point moves to that edge's nearest vertex.
    """
    clipped = shapely.difference(shapely.intersection(countries, WINDOW), middle)
    gaps = shapely.get_parts(WINDOW.difference(shapely.union_all([*clipped, middle])))
    gaps = gaps[shapely.area(gaps) < LARGEST_GAP]
    touching = np.array([shapely.area(shapely.intersection(clipped, gap.buffer(0.01))) for gap in gaps])
    owners = np.argmax(touching, axis=1)
    filled = np.array([shapely.union_all([part, *gaps[owners == n]]) for n, part in enumerate(clipped)])
    vertices = shapely.points(shapely.get_coordinates(middle.exterior))
    tree = shapely.STRtree(vertices)

    def snap(points: Coordinates) -> Coordinates:
        spots = shapely.points(points)
        nearest = shapely.get_coordinates(vertices[tree.nearest(spots)])
        on_border = shapely.dwithin(spots, middle.exterior, 1e-9)
        return np.where(on_border[:, None], nearest, points)

    snapped = [shapely.transform(part, snap) for part in filled]
    return keep_areas(shapely.make_valid(snapped, method="structure", keep_collapsed=False))


def keep_areas(geometries: Geometries) -> Geometries:
    """Keep the parts that have an area: overlays leave lines and points where borders only touch."""
    parts = (shapely.get_parts(geometry) for geometry in geometries)
    return np.array([shapely.multipolygons(some[shapely.area(some) > 0]) for some in parts])


if __name__ == "__main__":
    make_all(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
