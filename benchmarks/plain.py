"""What one would write without us: folium and geopandas, the usual way, on the same table and boundaries.

Reads only what it draws, the records with ``in``; regions, notes, sources and everything off the map are left out,
and nothing is checked. That favours plain. Run as ``python plain.py TABLE BOUNDARIES FOLDER``.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path

import folium
import geopandas
import yaml

COLOURS = ["#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#bbbbbb", "#332288", "#117733", "#882255"]


def read_groups(path: Path) -> dict[str, dict[str, str]]:
    """Return the level of each group in each province that a record names."""
    table = yaml.safe_load(path.read_text("utf-8"))
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for record in table["presence"]:
        names = record["group"] if isinstance(record["group"], list) else [record["group"]]
        for name in names:
            groups[table["groups"][name]["name"]] |= dict.fromkeys(record.get("in", []), record["level"])
    return {name: levels for name, levels in groups.items() if levels}


def draw_choropleth(frame: geopandas.GeoDataFrame, groups: dict[str, dict[str, str]]) -> folium.Map:
    """Draw the number of groups in each province."""
    counts = Counter(province for levels in groups.values() for province in levels)
    frame = frame.assign(groups=[counts[name] for name in frame["name"]])
    drawn = folium.Map(location=[33.9, 67.7], zoom_start=6, tiles=None)
    folium.Choropleth(
        geo_data=frame,
        data=frame,
        columns=["code", "groups"],
        key_on="feature.properties.code",
        fill_color="YlOrRd",
        name="Groups",
        legend_name="Number of groups",
    ).add_to(drawn)
    folium.LayerControl().add_to(drawn)
    return drawn


def draw_overlay(frame: geopandas.GeoDataFrame, groups: dict[str, dict[str, str]]) -> folium.Map:
    """Draw one layer for each group."""
    drawn = folium.Map(location=[33.9, 67.7], zoom_start=6, tiles=None)
    for place, (name, levels) in enumerate(groups.items()):
        layer = frame[frame["name"].isin(levels)].assign(group=name)
        layer["level"] = [levels[province] for province in layer["name"]]
        style = {"fillColor": COLOURS[place % len(COLOURS)], "fillOpacity": 0.5, "color": "#555555", "weight": 1}
        folium.GeoJson(
            layer,
            name=name,
            style_function=lambda _, style=style: style,
            tooltip=folium.GeoJsonTooltip(fields=["name", "group", "level"]),
        ).add_to(drawn)
    folium.LayerControl().add_to(drawn)
    return drawn


def main(table: str, boundaries: str, folder: str) -> None:
    """Write both maps."""
    frame = geopandas.read_file(boundaries)
    groups = read_groups(Path(table))
    draw_choropleth(frame, groups).save(f"{folder}/choropleth.html")
    draw_overlay(frame, groups).save(f"{folder}/overlay.html")


if __name__ == "__main__":
    main(*sys.argv[1:])
