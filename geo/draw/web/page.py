"""The page around a folium map: our own figure assembles it after folium has made its part."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

import folium
from branca.element import Figure

from geo.draw.html import Markup, chain, fill_layout, tag, tag_source, tell_language
from geo.draw.marks.palette import PALETTE
from geo.draw.serialise import dump_json
from geo.draw.topology.projection import centre_on
from geo.draw.web import assets
from geo.draw.web.address import Address, draw_address
from geo.draw.web.folium_layer import Picture, UnitLayer
from geo.draw.web.mercator import refuse_tiles

__all__ = ["Page", "PageFigure", "PicturedMap", "make_map"]

MAP_NAME = "presence"
FRAME_HEIGHT = "780px"
"""Height of the frame in a notebook, where nothing else sets one."""

ICON = "data:image/svg+xml," + quote(
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 6 6'>"
    f"<path fill='{PALETTE[0]}' d='M0 0h6v6'/><path fill='{PALETTE[2]}' d='M0 0v6h6'/>"
    f"<path stroke='{PALETTE[1]}' stroke-width='2' d='M0 0l6 6'/></svg>",
    safe="/:=",
)
"""Bands of three groups, as a map has them; the only policy that a page has allows no picture from elsewhere."""

_RANDOM_ID = re.compile(r"\b[0-9a-f]{32}\b")
_VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>')


@dataclass(frozen=True)
class Page:
    """Everything of a page that is not folium's.

    Parameters
    ----------
    title, description : str
        Plain text.
    texts : mapping of str to str
        Plain text for a ``$name`` of ``page.html``.
    parts : mapping of str to Markup
        Markup for all others but ``map``, and in place of a text of that name.
    patterns : Markup
        The hidden SVG with the patterns.
    scripts : tuple of str
        Names of the script files that only this kind of page needs.
    block : mapping
        The data block.
    headline : str
        Plain text: what it is called where somebody shares it.
    dataset : mapping
        What it shows, as JSON-LD, for search engines and catalogues.
    lang : str
        Language of the page.
    tabbed : bool
        Show one section at a time.
    style : str
        Rules of style that only this page needs.
    pictures : tuple of str
        Hosts that the page may ask for pictures; none without.
    address : Address, optional
        Where it will stand.
    """

    title: str
    description: str
    texts: Mapping[str, str]
    parts: Mapping[str, Markup]
    patterns: Markup
    scripts: tuple[str, ...]
    block: Mapping[str, object]
    headline: str
    dataset: Mapping[str, object]
    lang: str = "en"
    tabbed: bool = False
    style: str = ""
    pictures: tuple[str, ...] = ()
    address: Address | None = None


class PageFigure(Figure):
    """A branca figure that renders our page, so that ``save``, ``_repr_html_`` and ``build`` give the same.

    Folium renders what it is given a second time as a Jinja template; nothing of a user's text is in its part,
    and the page is put together afterwards by plain substitution, once.
    """

    def __init__(self, page: Page, *, standalone: bool) -> None:
        super().__init__(height=FRAME_HEIGHT)
        self.page = page
        self.standalone = standalone

    def render(self, **kwargs: object) -> str:
        """Return the whole page as HTML."""
        for child in self._children.values():
            if isinstance(child, folium.Map):
                refuse_tiles(child)
            child.render(**kwargs)
        header, body, script = _number_ids(
            self.header.render(**kwargs), self.html.render(**kwargs), self.script.render(**kwargs)
        )
        page, drawn = self.page, Markup(body.strip())
        data = tag_source("script", dump_json(page.block), {"type": "application/json", "id": "presence-data"})
        layout = fill_layout(assets.read_layout(), page.texts, {**page.parts, "map": drawn})
        scripts = [assets.read_leaflet_script()] if self.standalone else []
        scripts += [script.strip(), assets.read_script(page.scripts)]
        styles = [assets.read_leaflet_style()] if self.standalone else []
        styles += [f"{assets.read_style(page.scripts)}\n{page.style}".strip()]
        head = _draw_head(page, scripts, styles, Markup("" if self.standalone else _VIEWPORT.sub("", header)))
        parts = (page.patterns, layout, data, *(tag_source("script", each) for each in scripts))
        whole = tag(
            "html", tell_language(page.lang),
            head, tag("body", {"class": "tabbed"} if page.tabbed else {}, parts),
        )  # fmt: skip
        return str(chain([Markup("<!DOCTYPE html>\n"), whole, "\n"]))


class PicturedMap(folium.Map):
    """A map that a notebook also keeps as a picture, for where no page can be shown: in PDF, in LaTeX.

    ``draw_picture`` draws it, once it is asked for; without, or where it has none, the page stands alone.
    """

    draw_picture: Callable[[], bytes | None] | None = None

    def _repr_png_(self) -> bytes | None:
        return self.draw_picture() if self.draw_picture else None


def _number_ids(*parts: str) -> list[str]:
    """Replace folium's random ids by numbers in order of first sight: same input, same bytes."""
    seen: dict[str, str] = {}
    return [_RANDOM_ID.sub(lambda match: seen.setdefault(match[0], f"part{len(seen)}"), part) for part in parts]


def _draw_head(page: Page, scripts: list[str], styles: list[str], folium_header: Markup) -> Markup:
    hashes = [" ".join(map(assets.hash_source, each)) for each in (scripts, styles)]
    policy = (
        f"default-src 'none'; script-src {hashes[0]}; style-src {hashes[1]}; "
        f"img-src {' '.join(('data:', *page.pictures))}; base-uri 'none'; form-action 'none'"
    )
    metas = [
        {"charset": "utf-8"},
        *([] if folium_header else [{"http-equiv": "Content-Security-Policy", "content": policy}]),
        {"name": "viewport", "content": "width=device-width, initial-scale=1"},
        {"name": "description", "content": page.description, "property": "og:description"},
        {"property": "og:title", "content": page.headline},
        {"property": "og:type", "content": "website"},
        {"name": "referrer", "content": "no-referrer"},
    ]
    dataset = {**page.dataset, "url": page.address.url} if page.address else page.dataset
    return tag(
        "head", {},
        (tag("meta", attributes) for attributes in metas),
        draw_address(page.address) if page.address else "",
        tag("title", {}, page.title),
        tag("link", {"rel": "icon", "href": ICON}),
        tag_source("script", dump_json(dataset), {"type": "application/ld+json"}),
        folium_header,
        (tag_source("style", style) for style in styles),
    )  # fmt: skip


def make_map(page: Page, picture: Picture, *, standalone: bool) -> folium.Map:
    """Return a folium map of equal areas inside our page.

    Parameters
    ----------
    page : Page
    picture : Picture
        The same units, for programs that take the map apart.
    standalone : bool
        Inline Leaflet and forbid everything else; otherwise keep folium's usual assets for popups and plugins.
    """
    centre = centre_on(picture.topology)
    drawn = PicturedMap(
        location=[centre.lat, centre.lon],
        # Folium writes it behind "L.CRS."; in the map's own script it is there for programs that take the map apart.
        crs=f"Earth && ({assets.read_projection()})({centre.lon}, {centre.lat})",
        zoom_start=6,
        tiles=None,
        zoom_snap=0.1,
        zoom_delta=0.7,
        scroll_wheel_zoom=False,
        attribution_control=False,
    )
    drawn._id = MAP_NAME
    if standalone:
        drawn.default_js, drawn.default_css = [], []
    drawn.add_child(UnitLayer(picture), name="units")
    PageFigure(page, standalone=standalone).add_child(drawn, name=drawn.get_name())
    return drawn
