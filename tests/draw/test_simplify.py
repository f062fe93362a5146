"""Thinned boundaries: every shared border once, every unit valid, no gaps, no overlaps."""

from collections import Counter
from itertools import pairwise

import geopandas
import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geo.draw.topology.arcs import cut_arcs, decode_arc, encode_arc, rebuild_polygons
from geo.draw.topology.simplify import find_label_points, thin_arcs, thin_topology, thin_units
from geo.model import Topology

WINDOW = shapely.box(60, 29, 75, 39)


def make_frame(*polygons):
    codes = [f"U{number}" for number in range(len(polygons))]
    return geopandas.GeoDataFrame(index=codes, geometry=list(polygons), crs=4326)


def make_coverage(seed, count):
    """Cut the window into cells with winding borders, each drawn once, so that both sides share it exactly."""
    spots = np.random.default_rng(seed).uniform([60, 29], [75, 39], (count, 2))
    edges = shapely.voronoi_polygons(shapely.MultiPoint(spots), extend_to=WINDOW, only_edges=True)
    borders = shapely.union(shapely.intersection(edges, WINDOW), WINDOW.exterior)

    def wind(points):
        swing = np.sin(points[:, 0] * 9.7 + points[:, 1] * 5.3) * np.cos(points[:, 0] * 3.1 - points[:, 1] * 7.9)
        return points + 0.02 * np.column_stack([swing, np.sin(swing * 3)])

    lines = shapely.get_parts(shapely.transform(shapely.segmentize(borders, 0.11), wind))
    return make_frame(*shapely.get_parts(shapely.polygonize(lines)))


def is_whole(polygons):
    """Tell whether polygons are valid, do not overlap and leave no gap between them."""
    union = shapely.union_all(polygons)
    whole = union.geom_type == "Polygon" and not union.interiors
    return bool(whole and shapely.is_valid(polygons).all() and shapely.coverage_is_valid(polygons))


def list_rings(topology):
    shapes = (*topology.units, *topology.neighbours)
    return [ring for shape in shapes for polygon in shape.polygons for ring in polygon]


def list_edges(topology):
    """All edges of all arcs, whatever their direction."""
    arcs = [decode_arc(arc).tolist() for arc in topology.arcs]
    return [frozenset(map(tuple, edge)) for arc in arcs for edge in pairwise(arc)]


SQUARE = shapely.box(60, 30, 61, 31)
ENCLAVE = shapely.box(60.4, 30.4, 60.6, 30.6)
LAYOUTS = {
    "alone": ((SQUARE,), 1),
    "side by side": ((SQUARE, shapely.box(61, 30, 62, 31)), 3),
    "apart": ((SQUARE, shapely.box(63, 30, 64, 31)), 2),
    "touching in a corner": ((SQUARE, shapely.box(61, 31, 62, 32)), 2),
    "an enclave": ((SQUARE.difference(ENCLAVE), ENCLAVE), 2),
    "a hole": ((SQUARE.difference(ENCLAVE),), 2),
    "two parts": ((shapely.union(SQUARE, shapely.box(63, 30, 64, 31)), shapely.box(61, 30, 63, 31)), 6),
    "four round a point": (tuple(shapely.box(x, y, x + 1, y + 1) for x in (60, 61) for y in (30, 31)), 8),
}


@pytest.mark.parametrize(("polygons", "count"), LAYOUTS.values(), ids=LAYOUTS.keys())
def test_cuts_and_rebuilds_each_layout(polygons, count):
    topology = thin_units(make_frame(*polygons))
    assert len(topology.arcs) == count
    for rebuilt, polygon in zip(rebuild_polygons(topology), polygons, strict=True):
        assert shapely.area(shapely.symmetric_difference(rebuilt, polygon)) < 1e-3


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(2, 60), st.sampled_from([0.0, 0.012, 0.05, 0.2]))
def test_any_coverage_stays_whole(seed, count, tolerance):
    frame = make_coverage(seed, count)
    full = frame.geometry.to_numpy()
    assume(is_whole(full))
    topology = thin_units(frame, tolerance=tolerance)
    rebuilt = np.array(rebuild_polygons(topology))
    assert is_whole(rebuilt)
    moved = shapely.area(shapely.symmetric_difference(full, rebuilt))
    assert (moved <= shapely.length(full) * (tolerance + topology.scale[0])).all()


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(2, 60))
def test_each_border_is_stored_once_and_used_both_ways(seed, count):
    topology = thin_units(make_coverage(seed, count))
    edges = list_edges(topology)
    assert len(edges) == len(set(edges))
    uses = Counter(number for ring in list_rings(topology) for number in ring)
    assert set(uses.values()) == {1}
    assert {number if number >= 0 else ~number for number in uses} == set(range(len(topology.arcs)))


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(2, 40), st.floats(0, 20))
def test_thinning_arcs_keeps_ends_grid_and_rings(seed, count, tolerance):
    before = thin_units(make_coverage(seed, count))
    after = thin_arcs(before, tolerance)
    assert (after.units, after.scale, after.translate) == (before.units, before.scale, before.translate)
    assert len(after.arcs) == len(before.arcs)
    for old, new in zip(map(decode_arc, before.arcs), map(decode_arc, after.arcs), strict=True):
        assert new[[0, -1]].tolist() == old[[0, -1]].tolist()
        assert {*map(tuple, new.tolist())} <= {*map(tuple, old.tolist())}
    sizes = [len(arc) - 1 for arc in after.arcs]
    assert all(sum(sizes[max(number, ~number)] for number in ring) >= 3 for ring in list_rings(after))


@pytest.mark.parametrize("tolerance", [0.01, 0.05, 0.3])
def test_no_dropped_point_lies_farther_than_the_tolerance(tolerance):
    before = thin_units(make_coverage(7, 20))
    after = thin_arcs(before, tolerance)
    assert sum(map(len, after.arcs)) < sum(map(len, before.arcs))
    for old, new in zip(before.arcs, after.arcs, strict=True):
        line = shapely.LineString(decode_arc(new) * before.scale[0])
        assert shapely.distance(shapely.points(decode_arc(old) * before.scale[0]), line).max() <= tolerance + 1e-9


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(2, 40), st.sampled_from([0.01, 0.05, 0.2]))
def test_a_topology_thinned_as_a_whole_stays_whole(seed, count, tolerance):
    frame = make_coverage(seed, count)
    assume(is_whole(frame.geometry.to_numpy()))
    before = thin_units(frame)
    after = thin_topology(before, tolerance)
    assert is_whole(np.array(rebuild_polygons(after)))
    assert [(shape.key, shape.label) for shape in after.units] == [(shape.key, shape.label) for shape in before.units]
    assert sum(map(len, after.arcs)) <= sum(map(len, before.arcs))


def test_spared_arcs_stay_and_nothing_is_thinned_at_zero():
    topology = thin_units(make_coverage(3, 12))
    everything = range(len(topology.arcs))
    assert thin_arcs(topology, 1, spare=everything) == topology
    assert thin_arcs(topology, 1, spare=[0]).arcs[0] == topology.arcs[0]
    straight = thin_units(make_frame(SQUARE, shapely.box(61, 30, 62, 31)))
    assert thin_arcs(straight, 0) == straight


def test_a_unit_smaller_than_the_grid_is_not_lost():
    tiny = shapely.box(60, 30, 60.0004, 30.0004)
    topology = thin_units(make_frame(shapely.box(65, 30, 75, 38), tiny), tolerance=0)
    assert shapely.area(rebuild_polygons(topology)[1]) == pytest.approx(tiny.area, rel=0.3)
    assert topology.scale[0] < 0.0004


def test_a_fine_grid_is_only_taken_where_needed():
    assert thin_units(make_coverage(1, 30)).scale[0] == pytest.approx(15 / 10_000, rel=0.02)


def test_neighbours_share_their_border_with_the_units():
    neighbours = make_frame(shapely.box(61, 30, 62, 31)).assign(name="East", lon=61.5, lat=30.5)
    topology = thin_units(make_frame(SQUARE), neighbours)
    assert [(shape.key, shape.name, shape.label) for shape in topology.neighbours] == [("U0", "East", (61.5, 30.5))]
    used = [
        {max(n, ~n) for part in shape.polygons for ring in part for n in ring}
        for shape in (*topology.units, *topology.neighbours)
    ]
    assert len(used[0] & used[1]) == 1
    assert len(rebuild_polygons(topology)) == 1
    assert rebuild_polygons(topology, topology.neighbours)[0].bounds == pytest.approx((61, 30, 62, 31), abs=1e-3)


def test_nothing_in_nothing_out():
    empty = thin_units(make_frame())
    assert empty == Topology((1.0, 1.0), (0.0, 0.0), (), ())
    assert thin_arcs(empty, 1) == thin_topology(empty, 1) == empty
    assert rebuild_polygons(empty) == []


@given(st.lists(st.tuples(st.integers(-(2**30), 2**30), st.integers(-(2**30), 2**30)), min_size=1, max_size=30))
def test_an_arc_written_and_read_is_the_same(points):
    assert decode_arc(encode_arc(np.array(points))).tolist() == [list(point) for point in points]


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_ring_and_its_twin_share_one_arc_wherever_they_start(turn):
    ring = np.array([[5, 5], [9, 5], [9, 9], [5, 9]])
    twin = np.roll(ring, turn, axis=0)[::-1]
    arcs, members = cut_arcs([np.vstack([ring, ring[:1]]), np.vstack([twin, twin[:1]])])
    assert (len(arcs), members) == (1, [(0,), (~0,)])


U_SHAPE = shapely.box(60, 30, 66, 36).difference(shapely.box(61, 31, 65, 36))
LONG_ARM = shapely.union(shapely.box(60, 30, 62, 32), shapely.box(62, 30.9, 70, 31))


@pytest.mark.parametrize("polygon", [U_SHAPE, LONG_ARM, SQUARE.difference(ENCLAVE)])
def test_a_label_stands_inside_where_the_centroid_may_not(polygon):
    (label,) = find_label_points(np.array([polygon]))
    assert polygon.contains(shapely.Point(label))
    assert polygon.exterior.distance(shapely.Point(label)) > 0.15


def test_a_label_stands_in_the_widest_part():
    (label,) = find_label_points(np.array([LONG_ARM]))
    assert label == pytest.approx((61, 31), abs=0.2)
    parts = shapely.union(shapely.box(60, 30, 60.2, 30.2), shapely.box(70, 30, 73, 33))
    assert shapely.box(70, 30, 73, 33).contains(shapely.Point(find_label_points(np.array([parts]))[0]))
