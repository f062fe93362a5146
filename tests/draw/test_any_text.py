"""Any text in every field of a table: each page keeps its elements, and its data block reads back to that text.

What people are known to attack with is planted field by field under ``tests/hostile``; here are texts nobody chose.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from geo.api import MAPS
from geo.draw.marks.abbreviations import list_level_words
from geo.errors import TableError
from geo.join.joined_table import join_presence
from geo.model import Table
from geo.read.boundaries.bundled import read_boundaries, read_topology
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.fields.scalars import Prose
from tests.daily import choose
from tests.hostile.draw import draw_map
from tests.hostile.plant import find_spots, plant
from tests.hostile.tables import LONG, read
from tests.hostile.test_skeleton import read_skeleton

HARMLESS = "Zq words"
LONGER, WORD = "Of zqxjw or so", "Zqxjw"
"""Harmless as well, and as the name of a level long enough for a grid to call it by this word of it."""
BLOCK = re.compile(r'<script type="application/json" id="presence-data">(.*?)</script>', re.DOTALL)
SECOND = [("groups", "b", "name"), ("groups", "b", "short"), ("groups", "b", "aliases"), ("levels", "own", "name"),
          ("levels", "able", "name")]  # fmt: skip
"""What may not be called as the first of its kind is."""
SPOTS = [spot for spot in find_spots(LONG) if spot.is_free and spot.path[:3] not in SECOND]


def make_table(text: str) -> Table | None:
    """Put a text into every field that may hold it beside the others; nothing where the reader refuses it."""
    spots = [spot for spot in SPOTS if "\n" not in text or isinstance(spot.field, Prose)]
    try:
        return read(plant(LONG, dict.fromkeys(spots, text)))
    except TableError:
        return None


def draw(name: str, table: Table | None) -> str:
    assert table is not None
    joined = join_presence(table, read_gazetteer(), read_boundaries())
    return str(draw_map(name, joined, read_topology()).get_root().render())


@cache
def draw_harmless(name: str, text: str) -> str:
    return draw(name, make_table(text))


def find_word(text: str) -> str:
    """Return the word that a grid makes of a level of that name; nothing where it needs none."""
    table = make_table(text)
    assert table is not None
    word = list_level_words(table)["low"]
    return word if word != table.levels["low"].name else ""


def put_into(block: Any, text: str, harmless: str) -> Any:
    """Put a text where the harmless one stands in a data block, and drop hash and codes, which are made of it."""
    if isinstance(block, dict):
        pairs = ((key, value) for key, value in block.items() if key not in ("hash", "code"))
        return {put_into(key, text, harmless): put_into(value, text, harmless) for key, value in pairs}
    if isinstance(block, list):
        return [put_into(value, text, harmless) for value in block]
    return block.replace(harmless, text) if isinstance(block, str) else block


def check_page(name: str, text: str, page: str) -> None:
    """Compare a page with that of a harmless text of as many lines, which ends a sentence where the text does."""
    word = find_word(text)
    lines = [LONGER if word else HARMLESS] * len(text.split("\n")[:2])
    harmless = "\n".join(lines) + text[-1] * (text[-1] in ".!?…؟")
    before = draw_harmless(name, harmless)
    expected, found = read_skeleton(before), read_skeleton(page)
    assert found.parts == expected.parts
    assert found.scripts == expected.scripts
    (old,), (new,) = BLOCK.findall(before), BLOCK.findall(page)
    expected_block = put_into(put_into(json.loads(old), text, harmless), word or WORD, WORD)
    assert put_into(json.loads(new), "", "\0") == expected_block


pieces = st.sampled_from(
    ["</script>", "</title>", "</style>", "<!--", "-->", "<![CDATA[", "<?x", "<plaintext>", "<img src=x onerror=y>",
     "{{7*7}}", "{%", "{#", "$map", "$$", "${x}", "`", "\\", "&lt;", "&#60;", '"', "'", ">", "<", "&", "%s", "%", "=",
     "javascript:x", "\u200f", "\u200c", "كابل", "e\u0301", "\U0001f600", "\ufeff", "\xad", "a" * 300]
)  # fmt: skip
plain = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
texts = st.lists(pieces | plain | st.just("\n"), min_size=1, max_size=6).map("".join).map(str.strip).filter(bool)


@pytest.mark.parametrize("name", choose(MAPS, 3))
def test_any_text_in_every_field_leaves_the_page_its_elements(name: str) -> None:
    share = 20 if name == "report" else 12

    @settings(max_examples=max(3, settings().max_examples // share))
    @given(texts)
    @example("?")
    def try_text(text: str) -> None:
        table = make_table(text)
        assume(table is not None)
        check_page(name, text, draw(name, table))

    try_text()


@pytest.mark.parametrize("name", MAPS)
def test_a_text_that_got_through_as_markup_would_be_seen(name: str) -> None:
    """What the property is about can fail: an element, an attribute, a script, a letter of the data more."""
    page = draw_harmless(name, HARMLESS)
    check_page(name, HARMLESS, page)
    for old, new in {
        "<h1": "<b></b><h1", 'id="units"': 'id="units" onclick="x"', "</html>": "<script>x</script></html>",
        f'"title":"{HARMLESS}"': '"title":"Zq word"', "</body>": "<!--x--></body>",
    }.items():  # fmt: skip
        assert old in page
        with pytest.raises(AssertionError):
            check_page(name, HARMLESS, page.replace(old, new, 1))
