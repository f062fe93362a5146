"""The evidence of a claim in the same words wherever it stands: lists, time lines with and without one, diffs."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import folium
import pytest

from geo.api import Choices, Job, join_table
from geo.draw.pages.overlay import draw_overlay
from geo.draw.pages.timeline import MOST_LISTED, draw_timeline
from geo.draw.wording.catalogue import LANGUAGES
from geo.draw.wording.evidence import DOT, say_evidence, say_record_evidence, say_stale_level
from geo.draw.wording.localised_names import localise
from geo.draw.wording.records import Sides, say_record
from geo.join.joined_table import JoinedTable

RICH = """\
as_of: 2023-01
levels: {l: {name: Seen, rank: 1, valid_for: 18 months}}
sources:
  s: {title: "A <report> {{1}}", date: 2020-06-14, grade: B}
  t: {title: Told, author: B & C, date: 2020-05}
groups: {a: {name: Red}}
presence:
  - {group: a, in: Kabul, level: l, source: s, via: t, page: 12, observed: {from: 2019-09}, trend: growing, grade: 2,
     confidence: high, basis: claimed, note: a hedge · of two, quote: "they <said>", as_written: the capital, id: x,
     changed: {date: 2022-05, reason: misread}}
  - {group: a, in: Logar, level: l, source: s, observed: {to: 2020-02}}
  - {group: a, in: Ghor, level: l}
"""
RECORDS = 3
BLOCK = re.compile('<script[^>]*id="presence-data"[^>]*>(.*?)</script>')


def join(language: str, more: int) -> JoinedTable:
    months = [f"{2001 + n // 12}-{n % 12 + 1:02d}" for n in range(more)]
    rows = "".join(f"  - {{group: a, in: Herat, level: l, source: t, observed: {each}}}\n" for each in months)
    return join_table(RICH + rows, Job(Choices(language=language)))[0]


def render(drawn: folium.Map) -> str:
    return str(drawn.get_root().render())


def list_written(page: str, number: int) -> list[str]:
    """Read the lines that the list of records has of one, with marks for quotes; whether it is old is a line too."""
    block = re.search(f'<li id="record-{number}">.*?<div class="evidence">(.*?)</div>', page, re.DOTALL)
    assert block
    lines = re.findall("<p>(.*?)</p>", block[1], re.DOTALL)
    marked = (re.sub("<[^>]*>", "", line.replace("<q>", "“").replace("</q>", "”")) for line in lines)
    return [read_aloud(unescape(line)) for line in marked]


def read_aloud(text: str) -> str:
    """Leave out what keeps the direction of a name apart, which an element does in markup."""
    return text.translate(dict.fromkeys((0x2067, 0x2068, 0x2069)))


def list_shipped(block: dict[str, Any], number: int) -> list[str]:
    """Put together the lines that a script shows of a record where the page has no list, once it is out of date."""
    keys, row = block["records"]["keys"], block["records"]["rows"][number - 1]
    record = {key: value for key, value in zip(keys, row, strict=False) if value is not None}
    level = next(each for each in block["levels"] if each["id"] == record["level"])
    return [level["stale"], *(DOT.join(block["facts"][fact] for fact in line) for line in record["evidence"])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_in_the_same_words_everywhere(language: str) -> None:
    few, many = join(language, 7), join(language, 1_000)
    topology = join_table(RICH)[1]
    listed = render(draw_overlay(few, topology))
    assert len(many.table.records) > MOST_LISTED
    block = json.loads(BLOCK.search(render(draw_timeline(many, topology)))[1])  # type: ignore[index]
    local = localise(few)
    phrases, stale = local.phrases, say_stale_level(local.phrases, few.table.levels["l"])
    for number, record in enumerate(few.table.records[:RECORDS], 1):
        lines = list_written(listed, number)
        if number == 1:
            assert lines[0] == read_aloud(stale)
        told = [line for line in lines if line != read_aloud(stale)]
        assert told == list(map(read_aloud, say_record_evidence(phrases, record, few.table)))
        assert list(map(read_aloud, list_shipped(block, number))) == [read_aloud(stale), *told]
        sides = Sides(local.table, local.table, local.gazetteer, phrases)
        assert read_aloud(say_record(record, sides, few.table)).endswith(DOT.join(told))
        assert read_aloud(say_evidence(phrases, record.evidence, few.table)) in DOT.join(told) or record.trend


def test_a_page_with_a_list_has_its_words_once() -> None:
    block = json.loads(BLOCK.search(render(draw_timeline(join("en", 7), join_table(RICH)[1])))[1])  # type: ignore[index]
    assert "facts" not in block
    assert not any("evidence" in record for record in block["records"])
