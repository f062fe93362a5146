"""What makes markup a page in a browser: scripts, styles, folium, and frames on other pages."""
