"""How fast and how small the maps are, beside plain folium + geopandas in the same run."""
