"""The still picture: no name stands within a line of another unit's sign, which would read as its own."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import shapely

from geo.api import BoundaryFile, Job, render_maps
from geo.model import UnitNoun
from geo.read.boundaries.user_units import UnitChoices

STILL = re.compile(r'<figure id="static">.*?</svg>', re.DOTALL)
LABEL = re.compile(r'<text x="(\d+)" y="(\d+)"([^>]*)>([^<]*)(?:<tspan [^>]*>([^<]*)</tspan>)?')
LETTER = 6.2


Labels = list[tuple[str, float, float]]


def read_labels(page: str) -> tuple[Labels, Labels]:
    """Return the names and the signs of a still picture with their places."""
    found = STILL.search(page)
    assert found
    names: Labels = []
    signs: Labels = []
    for x, y, looks, first, second in LABEL.findall(found[0]):
        (signs if "bold" in looks else names).append((first, float(x), float(y)))
        if second:
            signs.append((second, float(x), float(y) + 12))
    return names, signs


@pytest.mark.parametrize("high", [0.2, 0.3, 0.4])
def test_no_name_reads_as_that_of_anothers_sign(high: float, tmp_path: Path) -> None:
    shapes = {f"Row {at:02}": shapely.box(0, at * high, 12, at * high + high) for at in range(24)}
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": shapely.geometry.mapping(shape)}
        for name, shape in shapes.items()
    ]
    (tmp_path / "b.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    (tmp_path / "t.yaml").write_text(json.dumps({"presence": {"Quebec": list(shapes)[::3]}}), "utf-8")
    own = BoundaryFile(tmp_path / "b.geojson", own=UnitChoices(UnitNoun("row", "rows"), name="name"))
    page = render_maps(tmp_path / "t.yaml", ["choropleth"], Job(boundaries=own)).pages["choropleth"].decode()
    names, signs = read_labels(page)
    assert signs
    assert names
    held = {(x, y + 12) for _, x, y in names}
    for name, x, y in names:
        for sign, across, down in signs:
            if (across, down) == (x, y + 12) or abs(x - across) >= (len(name) + len(sign)) * LETTER / 2:
                continue
            assert abs(down - y) >= 24, (
                name,
                sign,
                "its own" if (across, down) in held else "of a unit without a name",
            )
