"""The map of a page projects as the pictures made in Python do, back again, and bends the same edges."""

from __future__ import annotations

import numpy as np
import pytest

from geo.draw.topology.arcs import decode_arcs
from geo.draw.topology.projection import EqualArea
from geo.draw.topology.topojson import dump_topology
from geo.draw.web.assets import read_projection
from geo.model import Shape, Topology
from geo.read.boundaries.bundled import read_topology
from tests.pages import join_data, sketch_page
from tests.scripts.node import Node, Rules

LEAFLET = """{
  point: (x, y) => ({ x, y }), latLng: (lat, lng) => ({ lat, lng }), bounds: (...corners) => corners,
  transformation: (...factors) => factors, extend: Object.assign, CRS: { Earth: {} },
}"""
"""As much of it as the projection touches."""
PROJECT = f"""(lon, lat, places) => {{
  const L = {LEAFLET};
  const {{ project, unproject }} = ({read_projection()})(lon, lat).projection;
  return places.map(([lng, lat]) => [project({{ lat, lng }}), unproject(project({{ lat, lng }}))]);
}}"""
CENTRES = [(67.69, 33.93), (180.0, -17.0), (0.0, 0.0), (10.0, 89.0), (0.0, -90.0), (108.5, 61.5)]


@pytest.fixture
def rules(node: Node) -> Rules:
    return node.load(sketch_page("overlay", join_data({"presence": {"A": ["Kabul"]}})))


@pytest.mark.parametrize("centre", CENTRES)
def test_both_project_alike_and_the_map_finds_its_way_back(centre: tuple[float, float], rules: Rules) -> None:
    random = np.random.default_rng(20)
    places = np.column_stack([centre[0] + random.uniform(-170, 170, 300), random.uniform(-89, 89, 300)])
    answers = rules.ask(PROJECT, *centre, [list(centre), *places.tolist()])
    places = np.vstack([centre, places])
    there = [[at["x"], at["y"]] for at, _ in answers]
    assert np.abs(there - EqualArea(*centre).project(places)).max() < 1e-9
    back = np.array([[at["lng"], at["lat"]] for _, at in answers])
    off = np.abs(back - places) % 360
    off[:, 0] *= np.cos(np.radians(places[:, 1]))
    assert np.minimum(off, 360 - off).max() < 1e-6, "a decimetre"


def test_folium_meets_no_template_in_it() -> None:
    assert not {"{{", "{%", "{#"} & {read_projection()[at : at + 2] for at in range(len(read_projection()))}


LONG = Topology(
    (0.5, 0.25), (-10, 40), (((0, 0), (60, 0), (0, 40), (-60, 0), (0, -40)),), (Shape("A", (((0,),),), (5, 45)),)
)


@pytest.mark.parametrize("topology", [LONG, read_topology()], ids=["long edges", "provinces"])
def test_both_bend_the_same_edges(topology: Topology, rules: Rules) -> None:
    there = rules.ask("(geometry) => decodeArcs(geometry)", dump_topology(topology))
    here = decode_arcs(topology)
    assert len(there) == len(here)
    for one, other in zip(there, here, strict=True):
        assert np.array(one)[:, ::-1] == pytest.approx(other, abs=1e-9)
