"""The facts of a figure in SVG: title, texts with their places, and paths by what they are filled with."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from xml.etree import ElementTree

from tests.golden.words import fold, round_numbers, word

__all__ = ["list_figure_facts"]

SVG = "{http://www.w3.org/2000/svg}"
PLACE = re.compile(r"(-?[\d.]+) (-?[\d.]+)")
SPECIFIC = re.compile(r"(?:font-family|clip-path): [^;]*;? ?")
"""Which fonts a machine has, and marks that matplotlib makes up."""


def list_figure_facts(svg: str) -> list[str]:
    """List the facts of a figure, one a line."""
    root = ElementTree.fromstring(svg)
    size = " ".join(f"{name}={round_numbers(root.get(name, ''), 0)}" for name in ("width", "height", "viewBox"))
    titles = [each for each in root.iter() if each.tag.endswith(("}title", "}desc"))]
    return [
        f"svg {size}",
        *(f"{_name(each)}: {word(fold(each.text or ''))}" for each in titles),
        "", "# Texts", *map(_tell_text, root.iter(f"{SVG}text")),
        "", "# Paths", *_list_paths(root),
    ]  # fmt: skip


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _look(element: ElementTree.Element) -> str:
    return round_numbers(SPECIFIC.sub("", element.get("style", "")), 1)


def _round(number: str | float) -> str:
    return f"{round(float(number)) + 0}"


def _tell_text(element: ElementTree.Element) -> str:
    place = ",".join(_round(element.get(name, "0")) for name in ("x", "y"))
    return f"{place} {word(fold(''.join(element.itertext())))} {_look(element)}"


def _list_paths(root: ElementTree.Element) -> Iterator[str]:
    """Tell how many paths look so, and of each the corners of the box it lies in and of how many parts it is.

    Where the outline of a letter ends is up to a font's reader, so of outlines only the number is told.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for element in root.iter():
        if _name(element) in ("path", "use", "image"):
            found[f"{_name(element)} {_look(element)}"].append(_tell_box(element))
    for look, boxes in sorted(found.items()):
        yield f"{len(boxes)} × {look}"
        yield from (f" {box}" for box in sorted(filter(None, boxes)))


def _tell_box(element: ElementTree.Element) -> str:
    path = element.get("d") or f"{element.get('x', 0)} {element.get('y', 0)}"
    if "Q" in path:
        return ""
    places = [(float(x), float(y)) for x, y in PLACE.findall(path)]
    across, down = zip(*places, strict=True)
    corners = (",".join(map(_round, map(edge, (across, down)))) for edge in (min, max))
    return f"{' to '.join(corners)}, parts: {path.count('M')}"
