"""The table at the project's root says what facts.md says of the article, and the starter table is sound."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from geo.model import Estimate, Table
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.table.reader import parse_presence, read_presence

ROOT = Path(__file__).parents[3]
STARTER = (ROOT / "geo" / "read" / "starter.yaml").read_text(encoding="utf-8")
CELLS = {"Kabul", "Nangarhar", "Kunar"}


@pytest.fixture(scope="module")
def table() -> Table:
    checked, warnings = read_presence(ROOT / "presence.yaml", read_gazetteer())
    assert warnings == ()
    return checked


def list_named(table: Table, group: str, level: str | None = None) -> set[str]:
    """Names of the units that a claim names for a group."""
    units = read_gazetteer().units
    return {
        units[claim.unit].name
        for claim in table.claims
        if claim.unit and claim.group == group
        for record in [table.records[claim.record]]
        if record.place.kind == "in" and level in (None, record.level)
    }


def test_the_footprints(table: Table) -> None:
    operational = {"Kabul", "Paktia", "Paktika", "Khost", "Logar", "Wardak", "Ghazni"}
    assert list_named(table, "haqqani", "cells") == list_named(table, "isis-k") == list_named(table, "let") == CELLS
    assert list_named(table, "haqqani", "operational") == operational
    assert len(list_named(table, "haqqani")) == 9
    assert {group for group in table.groups if list_named(table, group)} == {"haqqani", "isis-k", "let"}


def test_what_is_off_the_map_or_in_a_region(table: Table) -> None:
    rest = [(record.groups, record.place.kind, record.level) for record in table.records if record.place.kind != "in"]
    assert rest == [
        (("let",), "region", "reported"),
        (("isis-k",), "nationwide", "reported"),
        (("al-qaeda",), "unlocated", "camps"),
    ]
    units = read_gazetteer().units
    region, _, camps = (record.place for record in table.records if record.place.kind != "in")
    assert [units[code].name for code in region.units] == ["Kunar", "Laghman", "Nangarhar", "Nuristan"]
    assert camps.count == Estimate(best=12)
    assert table.levels["camps"].rank is None
    assert [level.rank for level in table.levels.values()] == [1, 2, 3, None]


def test_the_strengths(table: Table) -> None:
    figures = {
        group.id: [(strength.estimate, strength.is_share) for strength in group.strengths]
        + [(part.estimate, part.is_share) for strength in group.strengths for part in strength.of_which]
        for group in table.groups.values()
        if group.strengths
    }
    assert figures == {
        "haqqani": [(Estimate(best=0.2), True)],
        "isis-k": [(Estimate(high=2200), False), (Estimate(low=0.1), True)],
        "let": [(Estimate(best=800), False)],
        "al-qaeda": [(Estimate(best=600), False)],
        "foreign-fighters": [(Estimate(low=10000), False), (Estimate(high=6500), False)],
    }


def test_the_relations(table: Table) -> None:
    ties = {
        (tie.between or (tie.from_group, tie.to_group), tie.type, tie.standing, tie.evidence.via)
        for tie in table.relations
    }
    assert ties == {
        (("haqqani", "isis-k"), "alliance", "emerging", "un-2020"),
        (("haqqani", "isis-k", "let"), "alliance", "emerging", None),
        (("isis-k", "isis"), "affiliate", "existing", None),
        (("isis-k", "taliban"), "splinter", None, None),
        (("taliban", "al-qaeda"), "alliance", "existing", None),
        (("taliban", "al-qaeda"), "support", "existing", None),
        (("al-qaeda", "haqqani"), "alliance", "existing", None),
        (("haqqani", "al-qaeda"), "alliance", "discussed", "un-2020"),
        (("aqis", "al-qaeda"), "affiliate", "existing", None),
    }
    members = {group.id: group.part_of.group for group in table.groups.values() if group.part_of}
    assert members == {"haqqani": "taliban"}


def test_everything_has_the_article_as_its_source(table: Table) -> None:
    evidence = [
        *(record.evidence for record in table.records),
        *(relation.evidence for relation in table.relations),
        *(strength.evidence for group in table.groups.values() for strength in group.strengths),
        *(statement.evidence for group in table.groups.values() for statement in group.statements),
    ]
    assert {item.source for item in evidence} == {"ahmad-2020"}
    assert {item.via for item in evidence} == {None, "un-2020"}
    assert {item.basis for item in evidence} == {"reported"}


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ("haqqani", ["complex raids", "own name", "triangle", "transactional", "Zawahiri"]),
        ("isis-k", ["negligible", "limited communication", "in doubt", "scapegoat", "nearly every attack"]),
        ("let", ["smuggling", "explosives training", "targeted assassinations", "logistics"]),
        ("al-qaeda", ["at large", "Hamza bin Laden", "believed to be in Iran", "Unaffected"]),
        ("aqis", ["Asim Umar"]),
        ("taliban", ["factions"]),
        ("foreign-fighters", ["recruit"]),
    ],
)
def test_no_statement_is_missing(table: Table, group: str, words: list[str]) -> None:
    text = " ".join(statement.text for statement in table.groups[group].statements)
    assert [word for word in words if word not in text] == []


def test_the_starter_is_without_warnings() -> None:
    checked, warnings = parse_presence(STARTER.encode(), "starter.yaml", read_gazetteer())
    assert (warnings, len(checked.claims)) == ((), 7)


def test_what_the_starter_shows_in_comments_works_too() -> None:
    shown = re.sub(r"(?m)^( *)# ( *(?:- \{|[a-z_]+:(?: |$)|North:))", r"\1\2", STARTER)
    checked, warnings = parse_presence(shown.encode(), "starter.yaml", read_gazetteer())
    assert warnings == ()
    assert len(checked.records) == 5
    assert checked.records[0].evidence.observed is not None
    assert checked.groups["group-a"].part_of is not None
    assert checked.regions
    assert checked.relations
