"""A figure holds hostile text as text: no element of SVG, no action of PDF and no chunk of PNG comes of it."""

from __future__ import annotations

import io
import re
import struct
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from pypdf import PdfReader

from geo.api import FIGURES, FORMATS, LABELS
from geo.draw.figure.draw_figure import draw_figure
from geo.draw.figure.fonts import Fonts, clean_text
from geo.draw.figure.save import save_figure
from geo.errors import TableError
from geo.join.joined_table import JoinedTable, join_presence
from geo.read.boundaries.bundled import read_boundaries, read_topology
from geo.read.boundaries.gazetteer import read_gazetteer
from tests.daily import IS_WHOLE, choose, takes_long
from tests.hostile.gazetteers import plant_gazetteer, plant_topology
from tests.hostile.plant import Spot, find_spots, plant
from tests.hostile.strings import STRINGS, Fate
from tests.hostile.sweep import SHOWN, TURNS, rotate, takes, turn
from tests.hostile.tables import LONG, read

SPOTS = [spot for spot in find_spots(LONG) if spot.is_free]
ACTIONS = {"/JS", "/JavaScript", "/URI", "/OpenAction", "/AA", "/A", "/Launch", "/EmbeddedFiles", "/AcroForm", "/GoToR",
           "/SubmitForm", "/Names", "/XFA", "/Metadata"}  # fmt: skip
ELEMENTS = {
    "svg", "title", "desc", "metadata", "RDF", "Work", "type", "format", "language", "creator", "rights", "Agent",
    "defs", "style", "g", "path", "text", "tspan",
}  # fmt: skip
CHUNKS = {b"IHDR", b"pHYs", b"iTXt", b"IDAT", b"IEND"}
MARK = re.compile("M[0-9]{3}M")
PAIRS = [(number, kind) for kind in FIGURES for number in TURNS]
# Of the one that is drawn soonest first.
TURNED = sorted(rotate(TURNS, FIGURES), key=lambda each: each[1] != "matrix")
LONG_TEXT = 300
LEAST = 8
"""So many signs of a text are shown at least, before an ellipsis."""

Record = Callable[[str, object], None]


def join(table: Any) -> JoinedTable:
    return join_presence(read(table), read_gazetteer(), read_boundaries())


def save(joined: JoinedTable, kind: str, form: str, size: str = "a4", **options: Any) -> bytes:
    return save_figure(draw_figure(joined, read_topology(), kind, size=size, **options), form, 40)


def read_svg(data: bytes) -> tuple[list[tuple[str, dict[str, str]]], str]:
    """Give the elements of a picture, each with its attributes, and its text without blanks."""
    root = ET.fromstring(data)
    elements = [(each.tag.rpartition("}")[2], dict(each.attrib)) for each in root.iter()]
    said = "".join("".join(each.itertext()) for each in root.iter() if each.tag.endswith(("}text", "}title")))
    return elements, squeeze(said)


def squeeze(text: str) -> str:
    """Leave out blanks and marks of direction, which a line's end and its own direction add and take away."""
    return re.sub(r"[\s\u200e\u200f]", "", text)


@cache
def list_said(kind: str) -> tuple[Spot, ...]:
    """List the fields whose text a figure shows, by a figure in which each holds its own mark."""
    marks = {spot: f"M{place:03}M" for place, spot in enumerate(SPOTS)}
    said = set(MARK.findall(read_svg(save(join(plant(LONG, marks)), kind, "svg"))[1]))
    return tuple(spot for spot, mark in marks.items() if mark in said)


def is_drawn(name: str) -> bool:
    """Tell whether a font of this machine has all of a string; the others are an error that names the character."""
    try:
        Fonts("t.yaml").admit(STRINGS[name].text)
    except TableError:
        return False
    return True


@cache
def list_drawn() -> tuple[str, ...]:
    """Name the strings that can be drawn here; all of them need fewer turns than there are."""
    return tuple(name for name in SHOWN if is_drawn(name))


def check_svg(data: bytes, texts: Iterable[str]) -> None:
    """Check that a picture has no element but those of every figure, leads nowhere and shows what it should."""
    elements, said = read_svg(data)
    assert {tag for tag, _ in elements} <= ELEMENTS
    assert [name for _, names in elements for name in names if name.startswith("on")] == []
    links = {value for _, names in elements for name, value in names.items() if name.endswith(("href", "src"))}
    assert [link for link in links if not link.startswith("#")] == []
    assert [text for text in texts if not is_said(squeeze(clean_text(text)), said)] == []


def is_said(text: str, said: str) -> bool:
    """Tell whether a text stands there, whole or, where there is no more room, cut with an ellipsis.

    A row of the legend writes its count after the first line of its name, so figures may stand within.
    """
    whole = re.compile("[0-9]{0,2}".join(map(re.escape, text)))
    return bool(whole.search(said)) or any(f"{text[:size]}…" in said for size in range(LEAST, len(text)))


@pytest.mark.parametrize(("number", "kind"), choose(PAIRS, 1))
def test_text_in_every_field_of_a_figure_is_text(number: int, kind: str, record_property: Record) -> None:
    planted = turn(SPOTS, number, list_drawn())
    record_property("hostile", ["SVG figure", len(planted)])
    for _, picture in draw_apart(planted, kind, "svg"):
        check_svg(picture, [])


def draw_apart(planted: Mapping[Spot, str], kind: str, form: str) -> Iterator[tuple[Mapping[Spot, str], bytes]]:
    """Draw figures that hold all texts between them, each long text in one of its own; give each with what it holds."""
    long = {spot: text for spot, text in planted.items() if len(text) >= LONG_TEXT}
    rest = {spot: text for spot, text in planted.items() if spot not in long}
    for texts in (rest, *({spot: text} for spot, text in long.items())):
        yield from draw_planted(texts, kind, form)


def draw_planted(planted: Mapping[Spot, str], kind: str, form: str) -> Iterator[tuple[Mapping[Spot, str], bytes]]:
    """Draw a figure that holds all texts or, where so many leave no room to explain it, one for each half.

    A text so long that it alone leaves no room is refused.
    """
    try:
        yield planted, save(join(plant(LONG, planted)), kind, form)
    except TableError as error:
        texts = list(planted.items())
        if "has no room" not in str(error) or (len(texts) == 1 and len(texts[0][1]) < LONG_TEXT):
            raise
        if len(texts) == 1:
            return
        for half in (texts[::2], texts[1::2]):
            yield from draw_planted(dict(half), kind, form)


@takes_long
@pytest.mark.parametrize("kind", FIGURES if IS_WHOLE else ["overlay"])
@pytest.mark.parametrize(("place", "name"), choose(list(enumerate(SHOWN)), 2))
def test_a_string_in_a_field_of_a_figure_is_shown_whole(
    place: int, name: str, kind: str, record_property: Record
) -> None:
    spots = [spot for spot in list_said(kind) if takes(spot, STRINGS[name])]
    if not spots:
        pytest.skip("no field that this figure shows takes it")
    spot = spots[place % len(spots)]
    text = STRINGS[name].label(spot.name)
    record_property("hostile", ["SVG figure, one field", 1])
    if name in list_drawn():
        for _, picture in draw_planted({spot: text}, kind, "svg"):
            check_svg(picture, [text])
    else:
        with pytest.raises(TableError, match=r"no font here has the character .* \(U\+"):
            save(join(plant(LONG, {spot: text})), kind, "svg")


@pytest.mark.parametrize(("number", "kind"), choose(TURNED, 1))
def test_a_pdf_holds_text_and_nothing_that_acts(number: int, kind: str, record_property: Record) -> None:
    planted = turn(SPOTS, number, list_drawn())
    record_property("hostile", ["PDF figure", len(planted)])
    for texts, picture in draw_apart(planted, kind, "pdf"):
        reader = PdfReader(io.BytesIO(picture))
        assert len(reader.pages) == 1
        assert not list(reader.pages[0].annotations or [])
        assert list_keys(reader) & ACTIONS == set()
        said = squeeze(reader.pages[0].extract_text())
        assert "Presenceisnotcontrol." in said
        title = next((text for spot, text in texts.items() if spot.name == "title"), "")
        assert squeeze(clean_text(title)) in said or len(title) > 100 or not title.isascii()


def list_keys(reader: PdfReader) -> set[str]:
    """List the keys of every dictionary of a PDF, whatever leads to it."""
    return {key for each in walk_pdf(reader) for key in each}


def walk_pdf(reader: PdfReader) -> Iterator[dict[str, Any]]:
    size = int(str(reader.trailer["/Size"]))
    todo: list[Any] = [reader.trailer, *(reader.get_object(number) for number in range(1, size))]
    while todo:
        each = todo.pop()
        if isinstance(each, dict):
            yield each
            todo += each.values()
        elif isinstance(each, list):
            todo += each


def test_the_walk_of_a_pdf_sees_what_acts() -> None:
    plain = save(join(LONG), "matrix", "pdf")
    assert list_keys(PdfReader(io.BytesIO(plain))) & ACTIONS == set()
    acting = plain.replace(b"/Type /Page ", b"/AA << /JS (x) >> /Type /Page ")
    assert acting != plain
    assert list_keys(PdfReader(io.BytesIO(acting))) & ACTIONS == {"/AA", "/JS"}


@pytest.mark.parametrize(("number", "kind"), choose(TURNED, 1))
def test_a_png_holds_a_picture_and_nothing_else(number: int, kind: str, record_property: Record) -> None:
    planted = turn(SPOTS, number, list_drawn())
    record_property("hostile", ["PNG figure", len(planted)])
    for _, picture in draw_apart(planted, kind, "png"):
        assert set(read_chunks(picture)) == CHUNKS


def read_chunks(data: bytes) -> Iterator[bytes]:
    place = 8
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        yield data[place + 4 : place + 8]
        place += length + 12


@takes_long
@pytest.mark.parametrize("labels", LABELS if IS_WHOLE else ["fa"])
@pytest.mark.parametrize("number", choose(range(0, len(TURNS), 4), 1))
def test_a_hostile_gazetteer_is_text_in_a_figure(number: int, labels: str, record_property: Record) -> None:
    names = [STRINGS[name] for name in list_drawn() if STRINGS[name].fate is Fate.SHOWN]
    gazetteer = plant_gazetteer(number, names)
    table = read(plant(LONG, {spot: "The west" for spot in find_spots(LONG) if spot.name == "presence.3.region"}))
    joined = join_presence(table, gazetteer, read_boundaries())
    record_property("hostile", ["SVG figure of a hostile gazetteer", len(gazetteer.units)])
    data = save_figure(draw_figure(joined, plant_topology(number, names), "overlay", labels=labels), "svg")
    check_svg(data, [])


def test_letters_that_nobody_sees_are_left_out_of_a_figure() -> None:
    assert clean_text("a\u200bb") == "ab"
    assert unicodedata.category("\u200b") == "Cf"
    assert set(FORMATS) == {"svg", "png", "pdf"}, "a new format needs a test here"


def test_a_figure_shows_what_a_reader_needs() -> None:
    assert {"title", "byline", "groups.a.name", "sources.s.author"} <= {spot.name for spot in list_said("overlay")}
    assert len(list_drawn()) >= len(SHOWN) - 3
