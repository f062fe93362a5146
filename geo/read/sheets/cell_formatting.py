"""What a workbook shows beside its texts: strikes, fills and comments."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from typing import Any, NamedTuple
from xml.etree import ElementTree

from geo.model import CellPosition
from geo.read.common.nodes import quote
from geo.read.sheets.cells import Mark

__all__ = [
    "Styles", "find_inline", "has_raised", "join_areas", "join_numbers", "list_comments", "report_formatting",
]  # fmt: skip

SEVERAL = re.compile(rb"<(?:\w+:)?(?:strike\b|vertAlign\s+val=[\"']superscript)")
ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
THREADED = re.compile(r"\[Threaded comment\].*?\n\s*(?:Comment|Kommentar|Commentaire)\s*:\s*", re.DOTALL)
WHITE = ("FFFFFF", "theme 0", "indexed 1", "indexed 9", "indexed 64", "indexed 65")
SHOWS_NOTHING = (";;;", ";;", ";")
MOST_AREAS = 40

Tell = Callable[[Mark, str, str], None]


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


def find_inline(part: bytes) -> Mapping[str, Any]:
    """Find texts with strikes and raised signs that stand in the XML of the sheet itself, by the names of their cells.

    openpyxl gives the parts of such a text only where it does not read by rows.
    """
    if not SEVERAL.search(part):
        return {}
    from openpyxl.cell.rich_text import CellRichText
    from openpyxl.xml.constants import SHEET_MAIN_NS

    found = {}
    cell: Any
    for _, cell in ElementTree.iterparse(BytesIO(part)):  # noqa: S314  # XML with entities was refused
        if cell.tag == f"{{{SHEET_MAIN_NS}}}c":
            inline = cell.find(f"{{{SHEET_MAIN_NS}}}is")
            if inline is not None and SEVERAL.search(ElementTree.tostring(inline)):
                found[cell.get("r", "")] = CellRichText.from_tree(inline)
            cell.clear()
    return found


class Look(NamedTuple):
    """How a cell looks: its fill is empty where it has none; unseen is what is white on white or shown as nothing."""

    is_struck: bool
    fill: str
    is_unseen: bool


PLAIN = Look(False, "", False)


@dataclass
class Styles:
    """Looks by the number of a style, of which a workbook has few."""

    known: dict[Any, Look] = field(default_factory=dict)

    def find(self, cell: Any) -> Look:
        """Find how a cell looks."""
        if not (number := getattr(cell, "_style_id", 0)):
            return PLAIN
        if number not in self.known:
            fill, font = _name_fill(cell.fill), cell.font
            is_white = font is not None and font.color is not None and not fill and not _name_colour(font.color)
            is_unseen = is_white or cell.number_format.replace(" ", "") in SHOWS_NOTHING
            self.known[number] = Look(bool(font and font.strike), fill, is_unseen)
        return self.known[number]

    def keep_unstruck(self, cell: Any, value: Any) -> tuple[Any, bool]:
        """Give what a cell holds without what is struck out, or nothing, and tell whether anything was.

        A part of a text has a font of its own, or that of its cell.
        """
        is_struck = self.find(cell).is_struck
        if isinstance(value, str) or not isinstance(value, list):
            return (None, True) if is_struck else (value, False)
        kept = [part for part in value if not (is_struck if isinstance(part, str) else part.font and part.font.strike)]
        return "".join(map(str, kept)).strip() or None, len(kept) < len(value)


def has_raised(value: Any) -> bool:
    """Tell whether some signs of a text are raised."""
    parts = value if isinstance(value, list) else []
    return any(not isinstance(part, str) and part.font and part.font.vertAlign == "superscript" for part in parts)


def _name_fill(fill: Any) -> str:
    """Name the colour of a cell; nothing for white and for no fill."""
    if fill is None or not fill.fill_type or fill.fill_type == "none":
        return ""
    colour = getattr(fill, "fgColor", None)
    return "several colours" if colour is None else _name_colour(colour)


def _name_colour(colour: Any) -> str:
    """Name a colour; nothing for white."""
    name = f"#{colour.rgb[-6:]}" if colour.type == "rgb" else f"{colour.type} {colour.value}"
    return "" if name.removeprefix("#") in WHITE and not colour.tint else name


def report_formatting(marks: Iterable[Mark], tell: Tell) -> None:
    """Tell marks: all cells of one fill together, and so all that nobody sees."""
    looks: dict[tuple[str, str], list[Mark]] = {}
    for mark in marks:
        if mark.kind == "comment":
            tell(mark, f"a comment, {quote(mark.text)}, which is not taken", "it in `note`, or no comment")
        elif mark.kind == "raised":
            found = "raised signs, as of a footnote, taken for a part of the text"
            tell(mark, found, "the text without them, the footnote in `note`")
        else:
            looks.setdefault((mark.kind, mark.text), []).append(mark)
    for (kind, colour), group in looks.items():
        areas = join_areas((mark.line, mark.column) for mark in group)
        if kind == "fill":
            found = f"filled with {colour}: {areas}; a colour is not read"
            tell(group[0], found, "what it means as text, and no fill")
        else:
            found = f"white on white, or of a format that shows nothing: {areas}, and taken all the same"
            tell(group[0], found, "cells that can be seen, or emptied")


def join_areas(cells: Iterable[tuple[int, int]]) -> str:
    """Name cells by row and column, those beside or below each other as one area.

    Examples
    --------
    >>> join_areas([(2, 1), (2, 2), (3, 1), (3, 2), (4, 4)])
    'A2:B3, D4'
    """
    rows: dict[int, list[int]] = {}
    for line, column in cells:
        rows.setdefault(line, []).append(column)
    spans: dict[tuple[int, int], list[int]] = {}
    for line, columns in rows.items():
        for span in join_numbers(columns):
            spans.setdefault(span, []).append(line)
    corners = [((top, left), (bottom, right)) for (left, right), lines in spans.items()
               for top, bottom in join_numbers(lines)]  # fmt: skip
    areas = [":".join(dict.fromkeys(str(CellPosition(*corner)) for corner in area)) for area in sorted(corners)]
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
