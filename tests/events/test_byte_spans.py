"""Spans of a text file come to what the whole file comes to, or prove nothing; row numbers are those of the file."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path
from typing import Any

import pytest

from geo.errors import EventsError
from geo.events.byte_spans import SpanCount, count_span, join_spans, list_spans
from geo.events.count_chunk import Rules
from geo.events.engines import PartCount, count_part
from geo.events.files.chunks import Part
from geo.events.files.inspect_file import inspect_file
from tests.daily import IS_WHOLE
from tests.events.conftest import ACLED, ACTORS, PAIR, event

RULES = Rules(PAIR, ACTORS)
LETTERS = ["a", ",", "\n", '"', '""', "\r\n", "é", "x y", ";", " "]
ODD = ['"', "\n", "\n\n", '5" x', "\r", ",", "   \n", "\r\n\r\n"]


def write_by_chance(path: Path, chance: random.Random, *, odd: bool) -> None:
    """Write events with notes of all kinds of signs; odd ones have something put in anywhere."""
    rows = [
        event(number, event_date=chance.choice(["2020-07-01", "soon"]), longitude=chance.choice(["61.5", "62.5", "99"]),
              notes="".join(chance.choices(LETTERS, k=chance.randint(0, 25))))
        for number in range(chance.randint(5, 60))
    ]  # fmt: skip
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=chance.choice(["\n", "\r\n"]), quoting=chance.choice([0, 1]))
    writer.writerows([ACLED, *rows])
    written = chance.choice(["", "", "\ufeff"]) + text.getvalue()
    if odd:
        place = chance.randrange(200, len(written))
        written = written[:place] + chance.choice(ODD) + written[place:]
    path.write_bytes(written.encode())


def show(counted: PartCount | None) -> Any:
    return counted and (counted.counts, sorted(counted.ids.tolist()), counted.last)


def count_by_spans(path: Path, size: int) -> PartCount | None:
    file = inspect_file(path)
    found: list[SpanCount | None] = []
    for part in list_spans(Part(file), size):
        try:
            found.append(count_span(part, RULES, 5))
        except EventsError:
            found.append(None)
    return join_spans(file, found)


def test_spans_come_to_what_the_whole_comes_to_or_prove_nothing(tmp_path: Path):
    proved = {False: 0, True: 0}
    for seed in range(20_000 if IS_WHOLE else 400):
        chance, path = random.Random(seed), tmp_path / "events.csv"
        odd = chance.random() < 0.4
        write_by_chance(path, chance, odd=odd)
        size = chance.choice([150, 300, 700, 1500])
        if path.stat().st_size < 2 * size:
            continue
        try:
            joined = count_by_spans(path, size)
        except EventsError:
            continue  # of the header
        if joined:
            proved[odd] += 1
            assert show(joined) == show(count_part(Part(inspect_file(path)), RULES, 7)), seed
    assert proved[False] > 100
    assert proved[True] > 10


@pytest.mark.parametrize(
    ("name", "text", "spans"),
    [
        ("a.csv", "id,date,lat,lon\n" + "1,2020-07-01,31.5,61.5\n" * 40, 9),
        ("a.json", '[{"id": 1, "lat": 31.5, "lon": 61.5, "date": "2020-07-01"}' + " " * 900 + "]", 1),
        ("small.csv", "id,date,lat,lon\n1,2020-07-01,31.5,61.5\n", 1),
    ],
)
def test_what_is_no_large_text_is_left_whole(name: str, text: str, spans: int, tmp_path: Path):
    (tmp_path / name).write_text(text)
    parts = list_spans(Part(inspect_file(tmp_path / name)), 100)
    assert len(parts) == spans
    edges = [part.span for part in parts if part.span]
    assert [begin for begin, _ in edges[1:]] == [end for _, end in edges[:-1]]


def test_a_packed_file_is_left_whole(tmp_path: Path):
    import gzip

    rows = "".join(f"{random.Random(number).random()},2020-07-01,31.5,61.5\n" for number in range(99))
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(f"id,date,lat,lon\n{rows}".encode()))
    assert len(list_spans(Part(inspect_file(tmp_path / "a.csv.gz")), 100)) == 1


def test_spans_of_rows_by_others_prove_nothing(tmp_path: Path):
    """A span that is missing, stands twice or ends within quotes is noticed."""
    path = tmp_path / "a.csv"
    path.write_text("id,date,lat,lon,notes\n" + '1,2020-07-01,31.5,61.5,"a\nb"\n' * 40)
    file = inspect_file(path)
    spans = [count_span(part, RULES, 5) for part in list_spans(Part(file), 300)]
    assert join_spans(file, spans) is not None
    for wrong in (spans[1:], spans[:-1], [*spans, spans[-1]], spans[::-1], [None, *spans[1:]]):
        assert join_spans(file, wrong) is None
