"""What sentences are read as: a table of cases, with those that are left alone among them.

In `rules.txt` a line of text stands above what is proposed of it. A question has its candidates behind a question mark.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.draft.proposals import RecordProposal
from geo.draft.whole_text import draft_blocks
from geo.model import Table
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.documents.text_blocks import split_text
from geo.read.table.reader import read_presence
from tests.draft.score import TABLE, name_places

LINES = (Path(__file__).parent / "rules.txt").read_text("utf-8").splitlines()
CASES = [(text, said.removeprefix("=>").strip()) for text, said in zip(LINES[::2], LINES[1::2], strict=True)]


@pytest.fixture(scope="module")
def table() -> Table:
    return read_presence(TABLE, read_gazetteer())[0]


def word(record: RecordProposal) -> str:
    who = "+".join(record.groups) or f"?{'+'.join(record.candidates)}"
    places = "unclear" if record.kind == "unclear" else ", ".join(name_places(record))
    return f"{'not ' * (record.finding == 'absent')}{who}: {places}"


@pytest.mark.parametrize(("text", "said"), CASES, ids=[text[:40] for text, _ in CASES])
def test_a_sentence_is_read_as_it_is_meant(text: str, said: str, table: Table) -> None:
    records = draft_blocks([split_text(text)], table, read_gazetteer(), {"pakistan": ("AF-KNR",)}).records
    assert "; ".join(map(word, records)) == said
