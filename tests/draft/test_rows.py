"""What rows of tables and items below a heading or a lead-in are read as: a document, and what is proposed of it."""

from __future__ import annotations

import pytest

from geo.draft.whole_text import draft_blocks
from geo.model import Table
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.documents.text_blocks import split_markdown
from geo.read.table.reader import read_presence
from tests.draft.score import TABLE
from tests.draft.test_rules import word

NOTES = "| Where | Who | Comment |\n|---|---|---|\n"
PRESENCE = "| Province | Group | Presence |\n|---|---|---|\n"
MARKS = "| Province | ISIS-K | LeT |\n|---|---|---|\n"
CASES = {
    NOTES + "| Herat | ISIS-K | Camps, not villages |": "isis-k: Herat",
    NOTES + "| Farah | LeT | No longer there since 2020 |": "not let: Farah",
    NOTES + "| Khost | Haqqani Network | AQIS left in 2021 |": "haqqani: Khost; not aqis: Khost",
    NOTES + "| Balkh | - | LeT denies that it keeps men there |": "?let: Balkh",
    NOTES + "| Kunduz | ISIS-K | Once LeT as well |": "isis-k: Kunduz; ?let: Kunduz",
    NOTES + "| Takhar | ISIS-K | withdrew in 2020 |": "not isis-k: Takhar",
    NOTES + "| Ghor | ISIS-K | not confirmed |": "?isis-k: Ghor",
    PRESENCE + "| Ghor | LeT | Unconfirmed |": "?let: Ghor",
    PRESENCE + "| Ghor | LeT | Former |": "?let: Ghor",
    PRESENCE + "| Ghor | LeT | – |": "?let: Ghor",
    PRESENCE + "| Ghor | LeT | Absent since 2020 |": "not let: Ghor",
    "| Place | Who | Seen |\n|---|---|---|\n| Ghor | LeT | no |\n| Farah | LeT | yes |": "not let: Ghor; let: Farah",
    MARKS + "| Farah | not seen | seen in 2020 |": "not isis-k: Farah; let: Farah",
    MARKS + "| Herat | not confirmed | – |": "",
    "| Province | Status |\n|---|---|\n| Kunar | LeT: yes; ISIS-K: no |": "let: Kunar; not isis-k: Kunar",
    "| Place | Who |\n|---|---|\n| Ghor | LeT until 2019, ISIS-K now |": "isis-k: Ghor; ?let: Ghor",
    "| Group | Where |\n|---|---|\n| LeT | Kunar, Ghor; no longer Farah |": "let: Kunar, Ghor; not let: Farah",
    "## Absent in\n\n- LeT: Ghor, Farah\n\n## Present in\n\n- LeT: Kunar": "not let: Ghor, Farah; let: Kunar",
    "LeT has withdrawn from:\n\n- Ghor\n- Farah": "not let: Ghor; not let: Farah",
    "# LeT\n\n- Kunar: camps\n- Ghor: none\n- Zabul – no longer": "let: Kunar; not let: Ghor; not let: Zabul",
    "- Ghor: ISIS-K is no longer present. LeT visible in the hills.": "not isis-k: Ghor; let: Ghor",
    "- Ghor: Road open. LeT and al-Qaeda both seen by shepherds.": "let+al-qaeda: Ghor",
    "- Ghor: LeT in the hills; ISIS-K no longer reported there.": "let: Ghor; not isis-k: Ghor",
    "- Ghor: Haqqani-run prison; the bridge is not passable.": "haqqani: Ghor",
    "- Ghor: no road open, LeT cells": "let: Ghor",
    "- Ghor: LeT expected by winter\n- Farah: LeT gone since May": "not let: Farah",
}


@pytest.fixture(scope="module")
def table() -> Table:
    return read_presence(TABLE, read_gazetteer())[0]


@pytest.mark.parametrize(("text", "said"), CASES.items())
def test_a_row_or_an_item_is_read_as_it_is_meant(text: str, said: str, table: Table) -> None:
    assert "; ".join(map(word, draft_blocks([split_markdown(text)], table, read_gazetteer()).records)) == said
