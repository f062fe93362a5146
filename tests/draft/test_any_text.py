"""Whatever a text is: a draft of it is made, holds comments only, and its quotes are the text's."""

from __future__ import annotations

import re
from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.draft.whole_text import draft_blocks
from geo.errors import TableError
from geo.export.record_draft import DraftFrame, write_record_draft
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.documents.read_document import parse_document
from geo.read.table.reader import read_presence
from tests.draft.score import TABLE

KNOWN, _ = read_presence(TABLE, read_gazetteer())
SAID = """\
ISIS-K LeT Taliban the The Haqqani Network al-Qaeda in from to and or not no where which who , . ; : ( ) - – | # * ' ’s
Kunar Kabul Ghazni Nuristan Loya Paktia city River eastern north Afghanistan 12 provinces across country camps cells
is are has been driven out of they both groups respectively while but unless seen never IS کنر طالبان حضور ندارند
<p> </p> <table> <tr><td> 2019 March since until"""
WORDS = st.sampled_from([*SAID.split(), "\n", "\n\n", "\t", "\x07", "\u202e"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, max_size=40), ending=st.sampled_from(["", ".md", ".html"]))
def test_any_words_make_a_draft_of_comments(words: list[str], ending: str) -> None:
    try:
        blocks = parse_document(" ".join(words).encode(), "a", ending).blocks
    except TableError:
        return
    draft = draft_blocks([blocks], KNOWN, read_gazetteer())
    written = write_record_draft(draft, read_gazetteer(), DraftFrame(("a",)))
    assert all(re.match("#|$", line) for line in re.split("[\n\r\u2028\u0085]", written))
    texts = [block.text for block in blocks]
    for record in draft.records:
        assert any(record.spot.quote in text for text in texts)
        assert record.as_written in record.spot.quote


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200), ending=st.sampled_from(["", ".md", ".html", ".pdf"]))
def test_any_bytes_are_a_text_or_told(data: bytes, ending: str) -> None:
    with suppress(TableError):
        parse_document(data, "a", ending)
