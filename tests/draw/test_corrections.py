"""A correction is told wherever the evidence of its record is, in each language, and places nothing in time."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from geo.api import (
    Choices,
    ExportOptions,
    Job,
    Version,
    build_source_comparison,
    render_diff,
    render_exports,
    render_maps,
)
from geo.draw.html import Markup
from geo.draw.wording.catalogue import LANGUAGES, read_catalogue
from geo.draw.wording.presence import describe_correction
from geo.join.timeline import find_steps
from geo.model import Correction, Moment
from tests.hostile.plant import dump
from tests.hostile.tables import read

REASON = "Kunar <was> misread"
CHANGED = Correction(Moment(2021, 5), REASON)
TABLE: dict[str, Any] = {
    "as_of": "2021-12",
    "levels": {"low": {"name": "Low", "rank": 1, "valid_for": "12 months"}},
    "sources": {"s": {"title": "S", "date": "2020-07"}, "t": {"title": "T", "date": "2021-07"}},
    "groups": {"a": {"name": "A"}, "b": {"name": "B"}},
    "presence": [
        {"group": ["a", "b"], "in": ["Kabul", "Kunar"], "source": "s", "id": "x", "as_written": "there",
         "changed": {"date": "2021-05", "reason": REASON}},
        {"group": "b", "in": "Kabul", "source": "t"},
    ],
}  # fmt: skip
PLAIN = TABLE | {
    "presence": [{key: value for key, value in TABLE["presence"][0].items() if key != "changed"}, TABLE["presence"][1]]
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "t.yaml").write_bytes(dump(TABLE))
    return tmp_path / "t.yaml"


def say(language: str) -> str:
    return str(Markup.escape(describe_correction(read_catalogue(language), CHANGED)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_tells_it_with_the_record(path: Path, tmp_path: Path, language: str) -> None:
    choices = Choices(language=language)
    pages = render_maps(path, ("overlay", "choropleth", "compare", "report", "timeline"), Job(choices)).pages
    texts = {name: page.decode() for name, page in pages.items()}
    build_source_comparison(path, tmp_path / "two.html", ("s", "t"), Job(choices))
    texts["two sources"] = (tmp_path / "two.html").read_text("utf-8")
    version = Version(path)
    texts["change"] = (render_diff(version, version, Job(choices), with_page=True).page or b"").decode()
    for name, text in texts.items():
        assert re.search(f'<li id="record-1">.*?{re.escape(say(language))}', text), name
        block = json.loads(re.findall(r'id="presence-data"[^>]*>(.*?)</script>', text, re.S)[0])
        assert (block["records"][0]["id"], block["records"][0]["changed"]) == (
            "x", {"date": "2021-05", "reason": REASON}
        ), name  # fmt: skip
        assert block["records"][1].keys().isdisjoint(("id", "changed")), name
    assert texts["two sources"].count(say(language)) > 1, "with the claim as well"


@pytest.mark.parametrize(
    ("of", "columns"),
    [("table", ("id", "changed.date", "changed.reason")), ("units", ("record", "changed_date", "changed_reason"))],
)
def test_every_export_holds_it(path: Path, of: str, columns: tuple[str, ...]) -> None:
    name = {"table": "presence.csv", "units": "claims.csv"}[of]
    files = render_exports(path, ["csv", "markdown"], options=ExportOptions(of))
    rows = list(csv.DictReader(io.StringIO(files[name].decode("utf-8-sig"), newline="")))
    assert [tuple(row[column] for column in columns) for row in (rows[0], rows[-1])] == [
        ("x", "2021-05", REASON), ("", "", "")
    ]  # fmt: skip
    assert "Kunar \\<was\\> misread" in files["table.md" if of == "table" else "units.md"].decode()


@pytest.mark.parametrize("by", ["published", "observed"])
def test_its_date_places_nothing_in_time(by: str) -> None:
    assert find_steps(read(TABLE), by) == find_steps(read(PLAIN), by)
    assert {str(step)[:4] for step in find_steps(read(TABLE), by).steps} <= {"2020", "2021"}
