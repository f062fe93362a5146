"""Markup by which another page shows one of our maps: a frame, and a picture for systems that strip frames."""

from __future__ import annotations

from urllib.parse import quote

from geo.draw.html import Markup, chain, tag, tag_source, tell_language
from geo.draw.web.assets import hash_source
from geo.draw.wording.catalogue import read_catalogue
from geo.sentences import end_sentence

__all__ = ["HEIGHT", "RESIZE", "RESIZE_HASH", "draw_frame", "draw_picture"]

HEIGHT = 900
"""Height of a frame, in CSS pixels, where its page cannot tell its own."""

RESIZE = """
// Gives each map the height that it asks for. The sender is known by its window: a sandboxed frame has the origin
// "null", as any other has, so there is no origin to check. Nothing but a number within bounds is taken.
addEventListener("message", (event) => {
  const height = event.data?.presenceMaps?.height;
  if (!Number.isFinite(height) || height < 200 || height > 20000) return;
  for (const frame of document.querySelectorAll("iframe[data-presence-map]"))
    if (event.source === frame.contentWindow) frame.style.height = height + "px";
});
"""
"""The same for every map, so that a site's Content-Security-Policy can allow it by one hash."""

RESIZE_HASH = hash_source(RESIZE)

RIGHTS = "allow-scripts allow-popups allow-downloads"


def draw_frame(title: str, file: str, height: int = HEIGHT, language: str = "en", base: str = "") -> Markup:
    """Draw the frame of a map, so many CSS pixels high until the script beside it gives it its height.

    ``file`` is the name of the page, in the folder at the address ``base`` or, without, in that of the page around it;
    ``language`` is that of the page.

    Examples
    --------
    >>> draw_frame('A "map"', "a b.html").partition(" width")[0]
    Markup('<iframe data-presence-map="" title="A &quot;map&quot;" src="a%20b.html#embed"')
    """
    attributes = {
        "data-presence-map": "", "title": title, "src": f"{base}{_address(file)}#embed", "width": "100%",
        "height": str(height), "style": "border:0", "loading": "lazy", "referrerpolicy": "no-referrer",
        "sandbox": RIGHTS, **tell_language(language),
    }  # fmt: skip
    return chain([tag("iframe", attributes, ""), "\n", tag_source("script", RESIZE), "\n"])


def draw_picture(title: str, description: str, file: str, picture: str, language: str = "en", base: str = "") -> Markup:
    """Draw a picture that leads to the map; a description says the map in words, ``base`` is as for a frame.

    Examples
    --------
    >>> print(draw_picture("A map", "Where.", "a.html", "a.png"), end="")
    <figure lang="en" dir="ltr">
    <a href="a.html"><img src="a.png" alt="Where." width="100%"/></a>
    <figcaption><bdi dir="ltr">A map.</bdi> <a href="a.html">Open the map</a></figcaption>
    </figure>
    """
    link = {"href": base + _address(file)}
    image = {"src": base + _address(picture), "alt": description or title, "width": "100%"}
    told = tell_language(language)
    said = end_sentence(title)
    # Whatever direction the title leaves open, the link after it does not turn.
    caption = tag(
        "figcaption",
        {},
        tag("bdi", {"dir": told["dir"]}, said),
        " ",
        tag("a", link, read_catalogue(language).say("open_map")),
    )
    shown = tag("a", link, tag("img", image))
    return tag("figure", told, "\n", shown, "\n", caption, "\n") + "\n"


def _address(file: str) -> str:
    """Write a file's name as an address beside the page: without "./", a colon in it would make a scheme."""
    return ("./" if ":" in file else "") + quote(file, safe=":")
