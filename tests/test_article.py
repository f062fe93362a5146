"""The invented article and its table: every claim has its sentence, and the review makes the one of the other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from geo.api import open_review
from geo.api.drafts import DraftOptions
from geo.api.tables import join_table
from geo.cli.main import main
from geo.model import Evidence, Table
from tests.walkthrough import follow

ROOT = Path(__file__).parents[1]
ARTICLE, TABLE = (ROOT / "examples" / name for name in ("article.txt", "article.yaml"))
DOCUMENT = ROOT / "docs" / "from-an-article.md"


@pytest.fixture(scope="module")
def table() -> Table:
    return join_table(TABLE)[0].table


def list_evidence(table: Table) -> list[Evidence]:
    groups = table.groups.values()
    return [
        *(record.evidence for record in table.records),
        *(tie.evidence for tie in table.relations),
        *(strength.evidence for group in groups for strength in group.strengths),
        *(statement.evidence for group in groups for statement in group.statements),
    ]


def test_both_say_at_once_that_they_are_invented(table: Table) -> None:
    assert ARTICLE.read_text("utf-8").startswith(
        "Invented for demonstration: this article reports nothing that happened"
    )
    assert "made up" in TABLE.read_text("utf-8").splitlines()[0]
    assert "invented" in table.title
    assert all("invented" in source.title for source in table.sources.values())


def test_a_check_passes_and_finds_every_quote() -> None:
    """It warns of one thing: an article of 190 words cannot be quoted for twelve claims by a tenth of it."""
    done = CliRunner().invoke(main, ["check", "--quotes", str(TABLE)])
    assert (done.exit_code, done.stderr.count("\n")) == (0, 1)
    assert "more than a tenth of the 190 in its copy" in done.stderr
    assert "12 quotes: 12 found, 0 elsewhere, 0 not found, 0 no copy" in done.stdout


def test_every_claim_has_a_sentence_that_the_article_has(table: Table) -> None:
    article = re.sub(r"\s+", " ", ARTICLE.read_text("utf-8"))
    quotes = [evidence.quote or "" for evidence in list_evidence(table)]
    assert len(quotes) == 12
    assert [quote for quote in quotes if not quote or quote not in article] == []
    assert [
        each.as_written for each in table.records if (each.as_written or "") not in (each.evidence.quote or "")
    ] == []


def test_whoever_does_what_the_document_says_has_this_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert follow(DOCUMENT.read_text("utf-8").partition("## Draw it")[0], DOCUMENT, tmp_path) == []
    assert (tmp_path / "presence.yaml").read_bytes() == TABLE.read_bytes()


def test_of_the_article_all_but_the_open_question_stands_in_the_table(tmp_path: Path) -> None:
    copy = tmp_path / "article.yaml"
    copy.write_bytes(TABLE.read_bytes())
    review = open_review([ARTICLE], options=DraftOptions(copy, "courier-2021"))
    known = [review.find_known(item) for item in review.items]
    assert [bool(each and each.is_same) for each in known].count(False) == 1
    (left,) = (item for item, each in zip(review.items, known, strict=True) if not (each and each.is_same))
    assert "provinces bordering Pakistan, but named none" in left.proposal.spot.quote
