"""Where a page will stand, once somebody publishes it: what search engines and social media ask of its head."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from geo.draw.html import Markup, chain, tag

__all__ = ["Address", "draw_address", "place_page"]

PICTURE_SIZE = {"og:image:width": "1200", "og:image:height": "630"}


@dataclass(frozen=True)
class Address:
    """The whole address of a page and of the picture that stands for it, which is none where that is empty.

    ``picture_said`` is the picture in words; ``languages`` are the addresses of the same page by language.
    """

    url: str
    picture: str = ""
    picture_said: str = ""
    languages: Mapping[str, str] = field(default_factory=dict)


def draw_address(address: Address) -> Markup:
    """Draw what the head of a page says of its address; only whole addresses mean anything there.

    Examples
    --------
    >>> print(draw_address(Address("https://example.org/a.html")))
    <link rel="canonical" href="https://example.org/a.html"/><meta property="og:url" content="https://example.org/a.html"/>
    """
    links = [{"rel": "canonical", "href": address.url}]
    links += [{"rel": "alternate", "hreflang": lang, "href": url} for lang, url in address.languages.items()]
    told = {"og:url": address.url}
    if address.picture:
        told |= {"og:image": address.picture, **PICTURE_SIZE, "og:image:alt": address.picture_said}
    metas = [{"property": key, "content": text} for key, text in told.items()]
    metas += [{"name": "twitter:card", "content": "summary_large_image"}] * bool(address.picture)
    return chain([*(tag("link", each) for each in links), *(tag("meta", each) for each in metas)])


def place_page(drawn: Any, address: Address | None, stamp: str = "") -> None:
    """Tell a map of folium, which stands in a page of ours, where that will be, and what more its foot says of that."""
    figure = drawn.get_root()
    texts = figure.page.texts
    figure.page = replace(figure.page, address=address, texts={**texts, "stamp": f"{texts['stamp']} {stamp}".strip()})
