"""The page around a map: it holds the map in a frame, so that not a byte of the map is touched, and reloads it."""

from __future__ import annotations

from collections.abc import Iterable

from geo.draw.html import Markup, chain, tag, tag_source
from geo.draw.marks.palette import EDGE, INK, PAPER, STYLE_COLOURS
from geo.draw.serialise import dump_json
from geo.draw.web.assets import hash_source
from geo.draw.web.embed import RIGHTS
from geo.serve.preview import Shown

__all__ = ["POLICY", "describe_state", "draw_preview"]

STYLE = f"""
html, body {{ margin: 0; height: 100%; font: 15px/1.4 system-ui, sans-serif; color: {INK}; background: {PAPER}; }}
body {{ display: flex; flex-direction: column; }}
nav {{ display: flex; flex-wrap: wrap; gap: 0 1em; padding: 0.3em 0.8em; border-bottom: 1px solid {EDGE}; }}
nav a {{ padding: 0.3em 0; color: {STYLE_COLOURS["accent"]}; }}
nav a[aria-current] {{ font-weight: bold; text-decoration: none; }}
#problems {{ margin: 0; padding: 0.6em 0.8em; max-height: 40vh; overflow: auto;
  background: {STYLE_COLOURS["marked"]}; color: {INK};
  white-space: pre-wrap; overflow-wrap: anywhere; font-family: ui-monospace, monospace; }}
#problems:empty {{ display: none; }}
iframe {{ flex: 1; width: 100%; min-height: 0; border: 0; }}
"""

SCRIPT = """
"use strict";(() => {
const frame = document.querySelector("iframe");
const told = document.getElementById("problems");
const links = [...document.querySelectorAll("nav a")];
const names = links.map((link) => link.dataset.map).join();
let version = Number(document.body.dataset.version);
const find = () => links.find((link) => link.dataset.map === location.hash.slice(1)) ?? links[0];
const mark = () => {
  for (const link of links) link.removeAttribute("aria-current");
  find()?.setAttribute("aria-current", "page");
};
const load = () => {
  mark();
  if (links.length) frame.src = find().href;
};
// Text is compared first: what is replaced is read aloud again and loses its selection.
const tell = (text) => { if (told.textContent !== text) told.textContent = text; };
const ask = async () => {
  try {
    const state = await (await fetch("/state", { cache: "no-store" })).json();
    if (state.maps.join() !== names) return location.reload();
    tell(state.problems.join("\\n"));
    if (state.version !== version) { version = state.version; load(); }
  } catch {
    tell("The preview has ended: nothing here is kept up to date any more.");
  }
  setTimeout(ask, 500);
};
for (const link of links)
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.hash = link.dataset.map;
  });
addEventListener("hashchange", load);
location.hash ? load() : mark();
ask();
})();
"""

POLICY = (
    f"default-src 'none'; script-src {hash_source(SCRIPT)}; style-src {hash_source(STYLE)}; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy of this page; that of a map stands in the map."""


def draw_preview(shown: Shown) -> Markup:
    """Draw the page that holds a map in a frame, with what is wrong above it; its script asks for later states.

    Examples
    --------
    >>> page = draw_preview(Shown({"overlay": b""}, ("t.yaml:1:1: unknown key '<b>'",), 1))
    >>> "unknown key &#x27;&lt;b&gt;&#x27;" in page, 'src="/maps/overlay.html"' in page
    (True, True)
    """
    names = list(shown.pages)
    frame = {"title": "The map", "sandbox": RIGHTS, "name": "map", "referrerpolicy": "no-referrer"}
    frame |= {"src": f"/maps/{names[0]}.html"} if names else {}
    head = (tag("meta", {"charset": "utf-8"}), tag("title", {}, "Preview: presence maps"), tag_source("style", STYLE))
    body = (
        tag("nav", {"aria-label": "Maps"}, _draw_links(names)),
        tag("pre", {"id": "problems", "role": "status"}, "\n".join(shown.problems)),
        tag("iframe", frame, ""),
        tag_source("script", SCRIPT),
    )
    page = tag("html", {"lang": "en"}, tag("head", {}, head), tag("body", {"data-version": str(shown.version)}, body))
    return chain([Markup("<!DOCTYPE html>\n"), page, "\n"])


def describe_state(shown: Shown) -> str:
    r"""Say in JSON what the page's script asks for again and again.

    Examples
    --------
    >>> describe_state(Shown({"overlay": b""}, ("<b>",), 2))
    '{"version":2,"maps":["overlay"],"problems":["\\u003cb\\u003e"]}'
    """
    return dump_json({"version": shown.version, "maps": list(shown.pages), "problems": list(shown.problems)})


def _draw_links(names: Iterable[str]) -> Iterable[Markup]:
    """Draw a link to each map; without scripts it opens in the frame too."""
    return (tag("a", {"href": f"/maps/{name}.html", "target": "map", "data-map": name}, name) for name in names)
