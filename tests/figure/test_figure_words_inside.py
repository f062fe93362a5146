"""A file of a figure says what it shows: title, alternative text, language and credit, read back from each format."""

from __future__ import annotations

import io
import struct
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from pypdf import PdfReader

from geo.api import FIGURES, Choices, Job, join_table
from geo.draw.figure.draw_figure import draw_figure
from geo.draw.figure.save import Shown, save_figure
from geo.draw.figure.words_inside import FigureWords, tag_pdf
from geo.model import Moment
from tests.daily import choose

SVG = "{http://www.w3.org/2000/svg}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
ALT = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}AltTextAccessibility"
TABLE = """\
version: 1
title: "Groups & <b>نام</b> ]]>"
byline: "A. Author & Söhne"
as_of: 2020-06-14
sources: {s: {title: S, date: 2020-06-01, internal: SECRETWORD}}
groups:
  a: {name: Red, internal: SECRETWORD}
  b: {name: "گروه سرخ", short: "سرخ"}
presence:
  - {group: [a, b], in: [Kabul, Kunar], source: s, internal: SECRETWORD}
  - {group: a, in: [Herat], source: s, confidence: high}
  - {group: b, region: Eastern, as_written: in the east, source: s}
  - {group: a, nationwide: true, as_written: everywhere, source: s}
"""
ALL = Choices()
DISCLAIMER = "Presence is not control. Silence is not absence."


@cache
def draw(kind: str, more: str = "", choices: Choices = ALL, after: str = "") -> Shown:
    joined, topology = join_table(more + TABLE + after, Job(choices))
    figure = draw_figure(joined, topology, kind, size="slide")
    assert isinstance(figure, Shown)
    return figure


def tell(kind: str, more: str = "", choices: Choices = ALL, after: str = "") -> FigureWords:
    words = draw(kind, more, choices, after).words
    assert words
    return words


def read_svg(data: bytes) -> tuple[str, str, str, str]:
    root = ET.fromstring(data)
    assert [each.tag for each in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{root[0].get('id')} {root[1].get('id')}"
    names = [each.text or "" for each in root.iter("{http://purl.org/dc/elements/1.1/}title")]
    return root[0].text or "", root[1].text or "", root.get(LANG) or "", " ".join(names)


def read_chunks(data: bytes) -> Iterator[tuple[str, str, str]]:
    """Give keyword, language and text of each chunk of international text."""
    place = 8
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        if data[place + 4 : place + 8] == b"iTXt":
            key, _, rest = data[place + 8 : place + 8 + length].partition(b"\0")
            assert rest[:2] == b"\0\0", "not compressed"
            language, _, text = rest[2:].partition(b"\0")
            yield key.decode("latin-1"), language.decode(), text.partition(b"\0")[2].decode("utf-8")
        place += length + 12


def read_png(data: bytes) -> tuple[str, str, str, str]:
    chunks = list(read_chunks(data))
    texts = {key: text for key, _, text in chunks}
    xmp = ET.fromstring(texts["XML:com.adobe.xmp"])
    assert next(next(xmp.iter(ALT)).iter(f"{RDF}li")).text == texts["Description"]
    credit = f"{texts.get('Author', '')} {texts['Copyright']}"
    return texts["Title"], texts["Description"], {lang for _, lang, _ in chunks if lang}.pop(), credit


def read_pdf(data: bytes) -> tuple[str, str, str, str]:
    reader = PdfReader(io.BytesIO(data), strict=True)
    catalog: Any = reader.root_object
    about: Any = reader.metadata
    assert catalog["/MarkInfo"]["/Marked"]
    document = catalog["/StructTreeRoot"]["/K"].get_object()
    figure = document["/K"].get_object()
    (page,) = reader.pages
    drawn: Any = page.get_contents()
    assert (figure["/S"], figure["/Pg"], figure["/Alt"]) == ("/Figure", page, about.subject)
    assert (drawn.get_data().count(b"BDC"), drawn.get_data().count(b"EMC")) == (1, 1)
    assert catalog["/StructTreeRoot"]["/ParentTree"]["/Nums"][1][0].get_object() == figure
    assert DISCLAIMER in " ".join(page.extract_text().split())
    return about.title or "", about.subject or "", catalog["/Lang"], f"{about.author} {about['/Keywords']}"


READERS = {"svg": read_svg, "png": read_png, "pdf": read_pdf}


@pytest.mark.parametrize("kind", choose(FIGURES, 2))
@pytest.mark.parametrize("form", READERS)
def test_a_file_says_what_its_figure_shows(form: str, kind: str) -> None:
    data = save_figure(draw(kind), form, 40)
    title, said, language, credit = READERS[form](data)
    assert said.startswith("Map. " * (kind != "matrix") + title)
    assert language == "en"
    for words in ("Groups & <b>نام</b> ]]>", "14 June 2020", "Red is reported across the country", DISCLAIMER, "Data "):
        assert words in said
    assert "A. Author & Söhne" in credit
    assert "Boundaries: Natural Earth" in credit
    assert b"SECRETWORD" not in data


def test_a_map_tells_its_classes_unit_by_unit() -> None:
    said = tell("overlay").description
    assert "Red + گروه سرخ: 2 (Kabul, Kunar). Red: 1 (Herat)." in said
    assert "No record names this province: 28." in said
    places = {"absent": "Ghazni", "inconclusive": "Zabul"}
    looked = "".join(f"  - {{group: a, in: {place}, finding: {key}, source: s}}\n" for key, place in places.items())
    said = tell("overlay", "not_applicable: [Takhar]\n", after=looked).description
    assert "region only: 3 (Laghman, Nangarhar, Nuristan)." in said
    assert "Looked and not found: 1 (Ghazni)." in said
    assert "without a result: 1 (Zabul)." in said
    assert "Takhar" not in said


def test_the_authors_alternative_text_stands_for_ours_where_all_groups_are_on_a_map() -> None:
    own = "alt: The author's own words\n"
    filtered = Choices(as_of=Moment(2020, 6, 14)), Choices(confidence="high")
    cases = [("overlay", ALL, True), ("overlay", Choices(groups=("a",)), False), ("matrix", ALL, False)]
    for kind, choices, wanted in (*cases, *(("overlay", each, False) for each in filtered)):
        said = tell(kind, own, choices).description
        assert said.startswith("The author's own words. Red") == wanted, kind
        assert (tell(kind, own, choices).title in said) != wanted, kind


@pytest.mark.parametrize("form", READERS)
def test_what_is_unknown_is_left_out_and_a_figure_without_words_left_alone(form: str) -> None:
    figure = Shown(figsize=(1, 1))
    plain = save_figure(figure, form, 40)
    figure.words = FigureWords("T")
    saved = save_figure(figure, form, 40)
    assert b"iTXt" not in plain
    assert b"/StructTreeRoot" not in plain
    assert b"<desc" not in plain
    assert plain != saved
    assert b"Author" not in saved
    assert b"creator" not in saved


def test_what_is_no_pdf_of_one_page_is_an_error() -> None:
    with pytest.raises(ValueError, match="no PDF as matplotlib writes it"):
        tag_pdf(b"%PDF-1.4\n", FigureWords("T"))


@pytest.mark.parametrize("size", ["a4", "social"])
def test_nothing_is_left_to_a_list_a_click_or_a_chip(size: str) -> None:
    groups = "".join(f"  g{number}: {{name: Group {number}}}\n" for number in range(5))
    records = "- {group: [g0, g1, g2, g3, g4], in: Kabul, source: s}\n- {group: g0, region: Eastern, source: s}\n"
    joined, topology = join_table(f"sources: {{s: {{title: S}}}}\ngroups:\n{groups}presence:\n{records}")
    figure = draw_figure(joined, topology, "overlay", size=size)
    assert isinstance(figure, Shown)
    assert figure.words
    said = figure.words.description
    assert "choose" not in said
    assert "chips" not in said
    assert "listed below" not in said
    assert "Kabul: Group 0 + Group 1 + Group 2 + Group 3 + Group 4." in said
    assert "Nuristan: Group 0, region only." in said
