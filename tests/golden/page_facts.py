"""The facts of a page: elements, attributes and texts; legend; tables as rows; the data block. No script, no style."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from tests.golden.words import digest, fold, round_numbers, word

__all__ = ["list_page_facts"]

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LEFT_OUT = {"script", "style"}
DRAWN = {"cx", "cy", "d", "dx", "dy", "height", "points", "r", "rx", "ry", "transform", "viewbox", "width", "x", "x1",
         "x2", "y", "y1", "y2"}  # fmt: skip
LEAFLET = re.compile(r"(?<=Leaflet) \d+(?:\.\d+)+")
"""Which version is installed is no fact of ours."""

LONGEST_PATH, LONGEST_VALUE = 60, 100
"""Letters of a path that is shown, and of a value of the data block that stands in one line."""


@dataclass
class Element:
    """An element with what is in it, texts as they come."""

    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    parts: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        yield self
        for part in self.parts:
            if isinstance(part, Element):
                yield from part.walk()

    def find(self, **wanted: str) -> list[Element]:
        """Find elements by words that stand in their attributes; `kind` is an element's name."""
        kind = wanted.pop("kind", "")
        return [
            each for each in self.walk()
            if kind in ("", each.tag)
            and all(value in (each.attributes.get(name.strip("_")) or "").split() for name, value in wanted.items())
        ]  # fmt: skip

    @property
    def text(self) -> str:
        """What stands in it, blanks folded."""
        return fold("".join(part if isinstance(part, str) else part.text for part in self.parts)).strip()


class Tree(HTMLParser):
    """Builds the tree of a page; entities are decoded."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("page")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            last = self._open[-1].parts[-1]
            assert isinstance(last, Element)
            self._open.append(last)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].parts.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].tag == tag, f"</{tag}> ends <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        parts = self._open[-1].parts
        if parts and isinstance(parts[-1], str):
            parts[-1] += data
        else:
            parts.append(data)

    def handle_comment(self, data: str) -> None:
        self._open[-1].parts.append(Element("!comment", {}, [data]))

    def handle_decl(self, decl: str) -> None:
        self._open[-1].parts.append(Element("!declared", {}, [decl]))


def list_page_facts(page: str) -> list[str]:
    """List the facts of a page, one a line."""
    tree = Tree()
    tree.feed(LEAFLET.sub("", page))
    tree.close()
    root = tree.root
    data, shared = (
        [json.loads("".join(map(str, each.parts))) for each in root.find(**{how: what})]
        for how, what in (("id", "presence-data"), ("type", "application/ld+json"))
    )
    return [
        "# Elements", *(line for part in root.parts for line in _outline(part, "")),
        "", "# Legend", *_list_legend(root),
        "", "# Tables", *(line for table in root.find(kind="table") for line in _list_rows(table)),
        "", "# Data set", *(line for block in shared for line in _flatten("", block)),
        "", "# Data", *(line for block in data for line in _flatten("", block)),
    ]  # fmt: skip


def _outline(part: Element | str, indent: str, loose: bool = False) -> Iterator[str]:
    """Give each element and text a line, what lies in it indented; a text by itself stands beside its element."""
    if isinstance(part, str):
        if part.strip() or "\n" not in part:
            yield f"{indent}{word(fold(part))}"
        return
    loose = loose or part.attributes.get("id") == "ties"
    line = " ".join([f"{indent}{part.tag}", *_list_attributes(part, loose)])
    inner = [] if part.tag in LEFT_OUT else part.parts
    if len(inner) == 1 and isinstance(inner[0], str):
        yield f"{line}: {word(fold(inner[0]))}"
        return
    yield line
    for each in inner:
        yield from _outline(each, f"{indent} ", loose)


def _list_attributes(element: Element, loose: bool) -> Iterator[str]:
    for name, value in sorted(element.attributes.items()):
        if loose and _is_laid_out(element, name):
            continue
        if value is None:
            yield name
        elif name == "content" and element.attributes.get("http-equiv") == "Content-Security-Policy":
            yield f"{name}=(policy)"
        else:
            yield f"{name}={word(_shorten(name, value))}"


def _is_laid_out(element: Element, name: str) -> bool:
    """Tell whether networkx decides it, of which each version lays the diagram of ties out in another way."""
    return (
        name in ("transform", "viewbox", "x", "y")
        or (element.tag == "svg" and name in ("height", "width"))
        or (element.tag == "path" and name == "d" and "transform" not in element.attributes)
    )


def _shorten(name: str, value: str) -> str:
    if name == "class":
        return " ".join(sorted(value.split()))
    if name in DRAWN:
        value = round_numbers(value)
    is_long = name == "d" and len(value) > LONGEST_PATH
    return digest(value) if is_long or value.startswith("data:") else value


def _list_legend(root: Element) -> Iterator[str]:
    for element in root.walk():
        classes = set((element.attributes.get("class") or "").split())
        if classes & {"legend-row", "legend-note"}:
            said = [part.strip() if isinstance(part, str) else part.text for part in element.parts]
            yield f"{element.attributes.get('data-key') or '(note)'}: {word(' '.join(filter(None, map(fold, said))))}"


def _list_rows(table: Element) -> Iterator[str]:
    yield f"table {table.attributes.get('id') or ''}".rstrip()
    for row in table.walk():
        if row.tag in ("caption", "tr"):
            cells = [each.text for each in row.parts if isinstance(each, Element) and each.tag in ("td", "th")]
            yield f" {row.tag}: {' | '.join(word(cell)[1:-1] for cell in cells or [row.text])}"


def _flatten(path: str, value: Any) -> Iterator[str]:
    """Name each value by its path, what is short in one line; arcs, which nobody reads, by a mark for all."""
    if path == "geometry.arcs":
        yield f"{path} = {len(value)}: {digest(word(value))}"
    elif not isinstance(value, dict | list) or len(word(value)) <= LONGEST_VALUE:
        yield f"{path} = {word(value)}"
    elif isinstance(value, dict):
        for key in sorted(value):
            yield from _flatten(f"{path}.{key}".lstrip("."), value[key])
    else:
        for number, each in enumerate(value):
            yield from _flatten(f"{path}[{number}]", each)
