"""Every kind of page and figure says what it said: facts as they are kept, and facts as they are drawn now.

``python -m tests.golden`` writes them anew. PRESENCE_MOVE=1 compares every byte as well, for a change that moves code.
"""

from __future__ import annotations

import json
import os

import pytest

from geo.api import FIGURES, MAPS, STEPS_BY
from geo.option_values import LANGUAGES
from tests.golden.drawings import DRAWINGS, draw
from tests.golden.facts import (
    BYTES,
    compare,
    explain,
    find_file,
    list_bytes,
    list_facts,
    list_strays,
    read_kept,
)  # fmt: skip

MOVES = pytest.mark.skipif(os.environ.get("PRESENCE_MOVE") != "1", reason="for moves only: each new script differs")
PAGE, FIGURE = "dense/overlay", "presence/figure-compare"


@pytest.mark.parametrize("name", DRAWINGS)
def test_what_is_drawn_says_what_it_said(name: str) -> None:
    file, drawn = find_file(name), list_facts(draw(name))
    kept = read_kept(file)
    # A plain comparison of lists would be spelt out by pytest, all of it.
    differences = compare(file, kept, drawn) if kept != drawn else []
    assert not differences, explain(differences)


def test_there_are_facts_of_every_kind_and_of_nothing_else() -> None:
    kinds = {name.partition("/")[2] for name in DRAWINGS}
    assert {*MAPS, *(f"figure-{kind}" for kind in FIGURES), "sources", "diff"} - {"timeline"} <= kinds
    assert {*(f"timeline-{by}" for by in STEPS_BY)} <= kinds
    assert {f"{name}-{language}" for name in ("overlay", "report") for language in LANGUAGES[1:]} <= kinds
    assert list_strays() == []


@MOVES
def test_what_is_drawn_is_the_same_to_the_byte() -> None:
    differences = compare(BYTES, read_kept(BYTES), list_bytes())
    assert not differences, explain(differences)


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (PAGE, "Looked and not found</span>", "Looked and found</span>", 'gap:absent: "Looked and found 1'),
        (PAGE, '<ul id="legend">', '<ul id="legend" hidden>', 'ul hidden id="legend"'),
        (PAGE, ' aria-live="polite"', "", 'span id="summary": '),
        (PAGE, ">North Eastern</span>", ">North Western</span>", '"North Western"'),
        (PAGE, '<h1 id="headline">', '<h1 id="headline">\xa0', '"\\u00a0'),
        (PAGE, ' fill="url(#fill-na)"', ' fill="url(#fill-none)"', 'fill="url(#fill-none)"'),
        (PAGE, "<bdi>Ash Column</bdi>", "Ash Column", "Ash Column"),
        (PAGE, "<style>", "<style></style><style>", "style"),
        (PAGE, '"rank":3', '"rank":4', '"rank": 4'),
        (PAGE, '"roll_up":false', '"roll_up":0', "choices.roll_up = 0"),
        (PAGE, '"arcs":[[[', '"arcs":[[[1', "geometry.arcs = "),
        (FIGURE, ">Khost</text>", ">Host</text>", '"Host"'),
        (FIGURE, 'x="30" y="60.73"', 'x="30" y="61.73"', "30,62 "),
        (FIGURE, "fill: #d55e00", "fill: #d55e01", "path fill: #d55e01"),
        (FIGURE, "<dc:title>", "<dc:title>Now ", 'title: "Now '),
    ],
)
def test_a_change_is_named_with_file_line_and_command(name: str, old: str, new: str, told: str) -> None:
    before = draw(name).decode()
    assert old in before
    kept, drawn = list_facts(before.encode()), list_facts(before.replace(old, new, 1).encode())
    differences = compare(find_file(name), kept, drawn)
    assert differences
    message = explain(differences)
    assert f"tests/golden/facts/{name}.txt:" in message
    assert told in message.partition("is  ")[2]
    assert "python -m tests.golden" in message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<html lang="en" dir="ltr">', "<html  dir='ltr' lang='en'>"),
        ("’", "&#8217;"),
        ("Leaflet 1.9.3 and", "Leaflet 1.10.0 and"),
        ("<main>\n", "<main>\n\n  "),
        ('"use strict";', '"use strict"; let more;'),
        (":root{", ":root{--more:0;"),
        ("script-src &#x27;sha256-", "script-src &#x27;sha256-0"),
    ],
)
def test_what_is_no_fact_is_left_alone(old: str, new: str) -> None:
    before = draw(PAGE).decode()
    assert old in before
    assert list_facts(before.replace(old, new, 1).encode()) == list_facts(before.encode())


def test_a_page_that_leaves_an_element_open_is_refused() -> None:
    with pytest.raises(AssertionError, match="</p> ends <b>"):
        list_facts(b"<p><b></p>")


def test_the_order_of_keys_is_no_fact_and_that_of_items_is() -> None:
    blocks = [{"a": 1, "b": [1, 2]}, {"b": [1, 2], "a": 1}, {"a": 1, "b": [2, 1]}]
    page = '<script type="application/json" id="presence-data">{}</script>'
    first, second, third = (list_facts(page.format(json.dumps(block)).encode()) for block in blocks)
    assert first == second != third
