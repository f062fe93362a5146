"""The table of three reports: what it holds, how it is told apart, and what a page of it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from geo.api import Choices, Job, render_maps
from geo.api.tables import join_table
from geo.cli.main import main
from geo.join.joined_table import JoinedTable
from geo.model import Estimate, Evidence, Moment, Table

TABLE = Path(__file__).parents[1] / "examples" / "three-reports.yaml"
SOUTH = {"Nimroz", "Helmand", "Kandahar"}
NEW = {"Nuristan", "Badghis", "Sar-e Pol", "Baghlan", "Badakhshan", "Kunduz"}
THABAT = {
    "Badakhshan", "Balkh", "Farah", "Faryab", "Ghazni", "Helmand", "Jowzjan", "Kapisa", "Kabul", "Kandahar", "Kunar",
    "Kunduz", "Khost", "Logar", "Nangarhar", "Takhar", "Uruzgan", "Zabul",
}  # fmt: skip


@pytest.fixture(scope="module")
def joined() -> JoinedTable:
    return join_table(TABLE)[0]


@pytest.fixture(scope="module")
def table(joined: JoinedTable) -> Table:
    return joined.table


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {name: page.decode() for name, page in render_maps(TABLE, ["choropleth", "report"]).pages.items()}


def list_named(joined: JoinedTable, group: str, source: str, level: str | None = None) -> set[str]:
    """Names of the units that one source names for a group."""
    rows = joined.claims[(joined.claims["group"] == group) & (joined.claims["source"] == source)]
    rows = rows[rows["named"] & (rows["finding"] == "present")]
    return {joined.gazetteer.units[row.code].name for row in rows.itertuples() if level in (None, row.level)}


def list_evidence(table: Table) -> list[Evidence]:
    return [
        *(record.evidence for record in table.records),
        *(strength.evidence for group in table.groups.values() for strength in group.strengths),
        *(statement.evidence for group in table.groups.values() for statement in group.statements),
    ]


def test_a_strict_check_passes() -> None:
    done = CliRunner().invoke(main, ["check", "--strict", str(TABLE)])
    assert (done.exit_code, done.stderr) == (0, "")


def test_aqis_is_named_in_the_same_three_provinces_by_both_reports_of_the_un(joined: JoinedTable) -> None:
    assert list_named(joined, "aqis", "un-2020") == list_named(joined, "aqis", "un-2021") == SOUTH


def test_isis_k_is_named_in_seven_provinces_in_2021_and_in_2020_only_able_to_attack_in_kabul(
    joined: JoinedTable,
) -> None:
    before, after = (list_named(joined, "isis-k", source) for source in ("un-2020", "un-2021"))
    assert (before, after) == (set(), {*NEW, "Kabul"})
    assert list_named(joined, "isis-k", "un-2021", "cells") == after
    assert joined.footprints["isis-k"].capabilities == {"AF-KAB": ("attacks",)}
    assert joined.claims.loc[joined.claims["capability"], ["code", "source"]].values.tolist() == [["AF-KAB", "un-2020"]]


def test_in_july_2020_kabul_is_no_province_of_isis_k() -> None:
    then, _ = join_table(TABLE, Job(Choices(as_of=Moment(2020, 7))))
    assert not then.footprints["isis-k"].named
    assert {then.count_classes[code].key for code in ("AF-KAB",)} == {"gap:capability"}


def test_a_newsletter_is_the_voice_of_whom_it_favours(table: Table) -> None:
    assert table.sources["thabat"].favours == ("al-qaeda", "al-qaeda-and-allies")


def test_a_setback_is_neither_presence_nor_absence(joined: JoinedTable) -> None:
    footprint = joined.footprints["isis-k"]
    assert not {"AF-KNR", "AF-NAN"} & footprint.covered
    assert {record.finding for record in joined.table.records} == {"present"}
    said = " ".join(statement.text for statement in joined.table.groups["isis-k"].statements)
    assert said.count("Kunar") == said.count("Nangarhar") == 2


def test_what_the_newsletter_says_of_all_together_is_said_of_nobody_alone(joined: JoinedTable) -> None:
    together = joined.table.groups["al-qaeda-and-allies"]
    assert list_named(joined, together.id, "lwj-2021") == THABAT
    assert (len(THABAT), together.kind) == (18, "coalition")
    (record,) = (record for record in joined.table.records if together.id in record.groups)
    assert (record.groups, record.evidence.basis, record.evidence.via) == ((together.id,), "claimed", "thabat")
    assert "al-qaeda" not in joined.footprints


def test_counts_without_names_stay_apart(table: Table) -> None:
    counts = {record.evidence.source: record.place.count for record in table.records if record.place.count}
    assert counts == {"un-2020": Estimate(best=12), "un-2021": Estimate(low=15)}
    assert {record.groups for record in table.records if record.place.count} == {("al-qaeda",)}


def test_the_strengths(table: Table) -> None:
    assert {group.id: [each.estimate for each in group.strengths] for group in table.groups.values()} == {
        "al-qaeda": [Estimate(400, None, 600)],
        "aqis": [Estimate(150, None, 200)],
        "al-qaeda-and-allies": [],
        "isis-k": [Estimate(500, None, 1500), Estimate(high=10000)],
        "etim": [Estimate(best=500)],
        "pakistani-fighters": [Estimate(6000, None, 6500)],
        "taliban": [],
        "ttp": [],
    }


def test_everything_has_one_of_the_three_reports_as_its_source(table: Table) -> None:
    dates = {source: str(known.date) for source, known in table.sources.items() if known.date}
    assert dates == {"un-2020": "2020-07", "lwj-2021": "2021-04", "un-2021": "2021-07"}
    assert {evidence.source for evidence in list_evidence(table)} == set(dates)
    assert {evidence.via for evidence in list_evidence(table)} == {None, "thabat", "states-2020", "states-2021"}
    assert (str(table.as_of), table.relations) == ("2021-07", ())


def read_text(page: str, section: str) -> str:
    found = re.search(rf'<section id="{section}".*?</section>', page, re.DOTALL)
    assert found
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", found[0]))


def test_a_page_lists_the_counts_beside_the_map_and_adds_nothing_up(pages: dict[str, str]) -> None:
    for page in pages.values():
        off_map = read_text(page, "off-map")
        assert "12 provinces" in off_map
        assert "15 or more provinces" in off_map
        assert re.findall(r"\b(?:27|30|33|45)\b[^<{]{0,20}provinces", page) == []
        assert "al-Qaeda, AQIS and allied groups together" in read_text(page, "claims")


def test_a_count_of_groups_leaves_the_combined_entity_out(joined: JoinedTable) -> None:
    counts = joined.units["groups"]
    assert int(counts["AF-BAL"]) == 0  # only the newsletter names Balkh
    assert joined.units.loc["AF-BAL", "count_class"] == "gap:other"
    assert int(counts["AF-BDS"]) == 2  # ETIM in 2020 and ISIS-K in 2021


def test_a_page_of_aqis_alone_names_its_three_provinces() -> None:
    page = render_maps(TABLE, ["choropleth"], Job(Choices(groups=("aqis",)))).pages["choropleth"].decode()
    assert "3 of 34 provinces are named" in page
