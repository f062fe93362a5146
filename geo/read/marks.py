"""What a workbook shows beside its texts: hidden rows and columns, strikes, fills and comments."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from xml.etree import ElementTree

from geo.model import CellPosition
from geo.read.cells import Mark
from geo.read.nodes import quote

__all__ = ["Hidden", "Styles", "find_hidden", "join_numbers", "list_comments", "word_marks"]

ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
UNSEEN = re.compile(rb"\b(?:hidden=[\"'](?:1|true)|(?:ht|width)=[\"']0(?:\.0*)?)[\"']")
ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
THREADED = re.compile(r"\[Threaded comment\].*?\n\s*(?:Comment|Kommentar|Commentaire)\s*:\s*", re.DOTALL)
WHITE = ("FFFFFF", "theme 0", "indexed 1", "indexed 9", "indexed 64", "indexed 65")
MOST_AREAS = 40

Tell = Callable[[Mark, str, str], None]


@dataclass(frozen=True)
class Hidden:
    """Rows and columns that nobody sees."""

    rows: frozenset[int]
    columns: frozenset[int]


def find_hidden(part: bytes) -> Hidden:
    """Find hidden rows and columns in the XML of a sheet; a filter hides rows in the same way.

    Examples
    --------
    >>> find_hidden(b'<cols><col min="2" max="3" hidden="1"/></cols><row r="4" hidden="1"><row>')
    Hidden(rows=frozenset({4}), columns=frozenset({2, 3}))
    """
    rows, number = set(), 0
    for match in ROW.finditer(part):
        number = _get_number(match[1], b"r") or number + 1
        if UNSEEN.search(match[1]):
            rows.add(number)
    columns: set[int] = set()
    for match in COLUMN.finditer(part):
        if UNSEEN.search(match[1]):
            columns.update(range(_get_number(match[1], b"min"), min(_get_number(match[1], b"max"), 20_000) + 1))
    return Hidden(frozenset(rows), frozenset(columns))


def _get_number(attributes: bytes, name: bytes) -> int:
    match = re.search(rb"\b" + name + rb"=[\"']([0-9]{1,7})[\"']", attributes)
    return int(match[1]) if match else 0


def list_comments(archive: zipfile.ZipFile, path: str, count_column: Callable[[str], int]) -> Iterator[Mark]:
    """List the comments on a sheet, whose XML stands at ``path`` of the archive."""
    folder, name = posixpath.split(path)
    links = f"{folder}/_rels/{name}.rels"
    if links not in archive.namelist():
        return
    for link in ElementTree.fromstring(archive.read(links)):  # noqa: S314  # XML with entities was refused
        if not link.get("Type", "").endswith("/comments"):
            continue
        target = posixpath.normpath(posixpath.join("/" + folder, link.get("Target", "")))[1:]
        for comment in ElementTree.fromstring(archive.read(target)).findall(".//{*}comment"):  # noqa: S314  # as above
            match = ADDRESS.fullmatch(comment.get("ref", ""))
            text = "".join(each.text or "" for each in comment.findall(".//{*}t"))
            if match and text.strip():
                said = THREADED.sub("", text).strip()
                yield Mark("comment", said, int(match[2]), count_column(match[1]))


@dataclass
class Styles:
    """Strikes and fills by the number of a style, of which a workbook has few."""

    known: dict[Any, tuple[bool, str]] = field(default_factory=dict)

    def list_marks(self, cell: Any, line: int, column: int) -> Iterator[Mark]:
        """List what the style of a cell may mean."""
        number = getattr(cell, "_style_id", 0)
        if number not in self.known:
            self.known[number] = bool(cell.font and cell.font.strike), _name_fill(cell.fill)
        is_struck, fill = self.known[number]
        if cell.value is not None and (is_struck or _has_struck_part(cell.value)):
            yield Mark("strike", "", line, column)
        if fill:
            yield Mark("fill", fill, line, column)


def _has_struck_part(value: Any) -> bool:
    parts = [] if isinstance(value, str) or not isinstance(value, list) else value
    return any(part.font is not None and part.font.strike for part in parts if not isinstance(part, str))


def _name_fill(fill: Any) -> str:
    """Name the colour of a cell; nothing for white and for no fill."""
    if fill is None or not fill.fill_type or fill.fill_type == "none":
        return ""
    colour = getattr(fill, "fgColor", None)
    if colour is None:
        return "several colours"
    name = f"#{colour.rgb[-6:]}" if colour.type == "rgb" else f"{colour.type} {colour.value}"
    return "" if name.removeprefix("#") in WHITE and not colour.tint else name


def word_marks(marks: Iterable[Mark], tell: Tell) -> None:
    """Tell marks: all cells of one fill together, and so all that are struck out."""
    groups: dict[tuple[str, str], list[Mark]] = {}
    for mark in marks:
        key = (mark.kind, mark.text) if mark.kind != "comment" else (mark.kind, f"{mark.line} {mark.column}")
        groups.setdefault(key, []).append(mark)
    for (kind, _), group in groups.items():
        first, areas = group[0], _join_areas(group)
        if kind == "comment":
            tell(first, f"a comment, {quote(first.text)}, which is not taken", "it in `note`, or no comment")
        elif kind == "strike":
            tell(first, f"struck out: {areas}, and taken all the same", "no strike, or the cells emptied")
        else:
            found = f"filled with {first.text}: {areas}; a colour is not read"
            tell(first, found, "what it means as text, and no fill")


def _join_areas(marks: list[Mark]) -> str:
    """Name cells, those beside each other as one area."""
    rows: dict[int, list[int]] = {}
    for mark in marks:
        rows.setdefault(mark.line, []).append(mark.column)
    areas = []
    for line, columns in rows.items():
        for start, end in join_numbers(columns):
            last = "" if start == end else f":{CellPosition(line, end)}"
            areas.append(f"{CellPosition(line, start)}{last}")
    more = f" and {len(areas) - MOST_AREAS} more" if len(areas) > MOST_AREAS else ""
    return ", ".join(areas[:MOST_AREAS]) + more


def join_numbers(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Join numbers that follow each other into spans.

    Examples
    --------
    >>> join_numbers([3, 1, 2, 7])
    [(1, 3), (7, 7)]
    """
    spans = []
    for _, run in groupby(enumerate(sorted(set(numbers))), key=lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        spans.append((found[0], found[-1]))
    return spans
