"""How Sphinx builds the site: offline, from the documents of this folder, of the root and of the code."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # for docs.made.sources; the package itself is installed

from geo import __version__  # noqa: E402

project = "presence-maps"
version = release = __version__
project_copyright = ""
html_show_copyright = html_show_sphinx = html_copy_source = html_show_sourcelink = False

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "docs.made.sources"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
highlight_language = "none"  # an indented block says not what it is written in

nitpicky = True
nitpick_ignore_regex = [
    # Names of other projects: to link them, a build would ask other hosts.
    ("py:.*", r"(datetime|geopandas|pandas|folium|matplotlib|pathlib|pytest|typing)\..*"),
    ("py:.*", r"(Path|GeoDataFrame|DataFrame|UserWarning|Exception|iterable|sequence|optional|mapping|str to .*)"),
]
autodoc_typehints = "none"  # the docstrings give them, once and in words
autodoc_member_order = "bysource"
napoleon_google_docstring = False
napoleon_use_rtype = False

html_show_search_summary = False  # it would fetch each page, which a browser refuses for pages on disk
html_use_index = html_domain_indices = False
html_theme = "furo"
html_title = "presence-maps"
html_static_path = ["style"]
html_css_files = ["site.css"]
