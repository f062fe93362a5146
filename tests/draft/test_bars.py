"""The bars of issue 24 on texts in the manner of reports and news, each beside the pairs that a person expects."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from geo.api.drafts import DraftOptions, propose_draft
from geo.read.documents.read_document import read_document
from tests.draft.score import TABLE, Score, score_text

TEXTS = sorted(each for each in (Path(__file__).parent / "texts").iterdir() if each.suffix != ".pairs")
WORDS_OF_A_DENSE_TEXT = 6_000


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    return {text.name: score_text(text) for text in TEXTS}


@pytest.mark.parametrize("name", [text.name for text in TEXTS])
def test_every_pair_is_proposed_or_asked_and_none_is_wrong(name: str, scores: dict[str, Score]) -> None:
    assert (scores[name].missing, scores[name].wrong) == (set(), set())


def test_questions_are_few_and_mostly_offer_the_answer(scores: dict[str, Score]) -> None:
    pairs = sum(len(score.expected) for score in scores.values())
    asked = sum(len(score.asked) for score in scores.values())
    answers = [known for score in scores.values() for known in score.questions.values()]
    assert asked <= pairs / 5
    assert sum(answers) >= len(answers) / 2


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.name)
def test_each_quote_stands_in_the_text_on_its_line(text: Path) -> None:
    blocks = read_document(text).blocks
    draft = propose_draft([text], options=DraftOptions(TABLE)).draft
    spots = [each.spot for part in (draft.records, draft.strengths, draft.statements, draft.ties) for each in part]
    assert spots
    for spot in spots:
        held = [block for block in blocks if spot.quote in block.text]
        assert any(block.find_line(block.text.index(spot.quote)) == spot.line for block in held), spot
    for record in draft.records:
        assert record.as_written in record.spot.quote


def test_lines_are_those_of_the_file() -> None:
    text = next(each for each in TEXTS if each.name == "monitoring.txt")
    lines = text.read_text("utf-8").splitlines()
    for record in propose_draft([text], options=DraftOptions(TABLE)).draft.records:
        first = record.spot.quote.split()[0]
        assert first in lines[record.spot.line - 1].split(), record.spot


def test_the_same_text_gives_the_same_bytes() -> None:
    """And holds nothing but comments."""
    drafts = [propose_draft(TEXTS, options=DraftOptions(TABLE, "x")).data for _ in range(2)]
    assert drafts[0] == drafts[1]
    drafted = drafts[0].decode()
    assert all(re.match("#|$", line) for line in drafted.split("\n"))
    assert "# presence:" in drafted


def test_a_thousand_words_take_no_longer_than_a_blink(tmp_path: Path) -> None:
    """Each sentence another one, so that none is known from before; other work of this machine counts little."""
    base = TEXTS[3].read_text("utf-8") + TEXTS[1].read_text("utf-8")
    parts: list[str] = []
    while sum(len(part.split()) for part in parts) < WORDS_OF_A_DENSE_TEXT:
        parts.append(re.sub(r"\. ", f" in {len(parts)} ways. ", base))
    path = tmp_path / "long.txt"
    path.write_text("\n\n".join(parts), "utf-8")
    start = time.process_time()
    assert propose_draft([path], options=DraftOptions(TABLE)).draft.records
    thousands = sum(len(part.split()) for part in parts) / 1000
    assert (time.process_time() - start) / thousands < 0.15, "the bar is 0.05 s on a machine that does nothing else"
