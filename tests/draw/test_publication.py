"""Authors, licence and the log of corrections where a page is cited; of the log nothing anywhere else."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from geo.api import Choices, Job, Version, render_diff
from geo.draw.wording.captions import write_rights
from geo.draw.wording.localised_names import localise
from tests.hostile.plant import dump
from tests.pages import join_data, sketch_page

TABLE: dict[str, Any] = {
    "title": "A table",
    "as_of": "2021-06",
    "authors": ["A. Author", "The <Desk>"],
    "licence": "CC-BY-4.0",
    "groups": {"a": {"name": "A"}, "b": {"name": "B"}},
    "presence": [
        {"group": "a", "in": ["Kabul", "Kunar"], "id": "a-1"},
        {"group": "b", "in": "Kabul", "id": "b-1"},
    ],
    "changes": [
        {"date": "2021-07", "type": "added", "what": "Kabul", "records": ["a-1", "b-1"]},
        {"date": "2022-02-03", "type": "corrected", "what": "Kunar <was> misread", "why": "A & B", "records": ["b-1"]},
        {"date": "2021-07", "type": "withdrawn", "what": "Zq7 in Ghor", "records": ["c-1"]},
    ],
}


def draw(name: str = "report", table: Any = TABLE, **choices: Any) -> str:
    return str(sketch_page(name, join_data(table, **choices)).get_root().render())


def read_part(page: str, id_: str) -> str:
    found = re.search(rf'<(section|p)\b[^>]* ?id="{id_}"[^>]*>(.*?)</\1>', page, re.DOTALL)
    return found[2] if found else ""


def strip(markup: str) -> str:
    return re.sub("[\u2066-\u2069]", "", unescape(re.sub("<[^>]*>", " ", markup)))


def list_entries(page: str) -> list[str]:
    return [" ".join(strip(each).split()) for each in re.findall("<li>(.*?)</li>", read_part(page, "corrections"))]


def test_the_report_cites_authors_and_licence() -> None:
    page = draw()
    assert strip(read_part(page, "citation")).startswith("A. Author and The <Desk>. A table. Map made with")
    assert '<a href="https://creativecommons.org/licenses/by/4.0/" rel="noopener noreferrer">CC-BY-4.0</a>' in page
    assert strip(read_part(page, "foot-line")).count("Authors: A. Author and The <Desk>. Licence: CC-BY-4.0.") == 1


@pytest.mark.parametrize(
    ("said", "rights"),
    [
        ({}, "Authors: A. Author and The <Desk>. Licence: CC-BY-4.0."),
        ({"byline": "A. Author"}, "Authors: A. Author and The <Desk>. Licence: CC-BY-4.0."),
        ({"byline": "A. Author, The <Desk>"}, "Licence: CC-BY-4.0."),
        ({"authors": [*"ABCD"]}, "Authors: A, B, C and D. Licence: CC-BY-4.0."),
        ({"authors": [*"ABCDEF"], "licence": "Ask us"}, "Authors: A, B, C, and 3 more. Licence: Ask us."),
    ],
)
def test_the_foot_says_whose_it_is_and_how_it_may_be_used(said: dict[str, Any], rights: str) -> None:
    assert re.sub("[\u2066-\u2069]", "", write_rights(localise(join_data(TABLE | said)))) == rights


def test_words_are_no_link() -> None:
    page = draw(table=TABLE | {"licence": "javascript:alert(1)"})
    assert strip(read_part(page, "licence")).split() == ["Licence:", "javascript:alert(1)", "."]
    assert "<a" not in read_part(page, "licence")


def test_the_log_stands_newest_first_with_links_to_the_records_that_are_there() -> None:
    page = draw()
    assert list_entries(page) == [
        "Corrected 3 February 2022: Kunar <was> misread Why: A & B · record 2",
        "Withdrawn July 2021: Zq7 in Ghor record c-1",
        "Added July 2021: Kabul record 1 and record 2",
    ]
    assert re.findall('href="(#record-[0-9]+)"', read_part(page, "corrections")) == [
        "#record-2",
        "#record-1",
        "#record-2",
    ]
    assert "<was>" not in page


def test_a_record_that_is_left_out_goes_by_its_id() -> None:
    records = [TABLE["presence"][0] | {"basis": "claimed"}, TABLE["presence"][1]]
    entries = list_entries(draw(table=TABLE | {"presence": records}, basis=("reported",)))
    assert entries[2] == "Added July 2021: Kabul record a-1 and record 1"


@pytest.mark.parametrize(
    ("language", "heading", "entry"),
    [("fa", "تصحیح‌ها", "پس‌گرفته‌شده در"), ("ps", "سمونونه", "بېرته اخیستل شوی")],
)
def test_the_log_is_told_in_the_language_of_the_page(language: str, heading: str, entry: str) -> None:
    page = draw(language=language)
    assert heading in read_part(page, "corrections")
    assert any(entry in each for each in list_entries(page))


@pytest.mark.parametrize("name", ["choropleth", "overlay", "compare", "timeline", "report"])
def test_nothing_of_the_log_is_drawn_or_placed_in_time(name: str) -> None:
    sources = {"s": {"title": "S", "date": "2020"}, "t": {"title": "T", "date": "2021"}}
    records = [record | {"source": each} for record, each in zip(TABLE["presence"], sources, strict=True)]
    table = TABLE | {"sources": sources, "presence": records}
    page, plain = (draw(name, each) for each in (table, {key: each for key, each in table.items() if key != "changes"}))
    known, unlogged = (
        json.loads(re.findall(r'id="presence-data">(.*?)</script>', each, re.DOTALL)[0]) for each in (page, plain)
    )
    assert {key for key in known if known[key] != unlogged[key]} == {"hash"}
    assert ("Zq7" in page) == (name == "report")
    if name != "report":
        hashes = known["hash"][:12], unlogged["hash"][:12]
        assert page.replace(known["hash"], unlogged["hash"]).replace(*hashes) == plain


def test_a_table_without_them_is_as_it_was() -> None:
    page = draw(table={key: TABLE[key] for key in ("title", "groups", "presence")})
    assert not read_part(page, "corrections") + read_part(page, "licence")
    assert "Licence" not in page


def test_a_diff_lists_what_is_new_in_the_log(tmp_path: Path) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_bytes(dump(TABLE | {"changes": TABLE["changes"][:1]}))
    new.write_bytes(dump(TABLE))
    made = render_diff(Version(old), Version(new), Job(Choices()), with_page=True)
    page = (made.page or b"").decode()
    section = read_part(page, "changes")
    assert "Log of corrections" in section
    assert [strip(each).split(":")[0].strip() for each in re.findall("<li>(.*?)</li>", section)] == [
        "Corrected 3 February 2022", "Withdrawn July 2021",
    ]  # fmt: skip
    assert 'href="#record-2"' in section
    assert "Licence: CC-BY-4.0." in strip(read_part(page, "foot-line"))
