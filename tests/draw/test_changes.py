"""What differs is counted alike in headline, legend, signs, table, terminal and program: tables at random."""

from __future__ import annotations

import json
import random
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from geo.api import Job, join_table
from geo.draw.marks.diff_classes import FIXED, OTHER, SIGNS
from geo.draw.marks.map_classes import LegendRow
from geo.draw.pages.diff import describe_diff
from geo.draw.wording.catalogue import capitalise, read_catalogue
from geo.draw.wording.diff import count_changes, count_corrections, name_change
from geo.draw.wording.localised_names import localise
from geo.join.diff import find_changes
from geo.join.joined_table import JoinedTable
from geo.join.record_comparison import Altered
from tests.random_tables import CODES, make_table

LOOKED = """
levels: {l: {name: L}}
sources: {s: {title: S, date: 2020}, t: {title: T, date: 2021}}
groups: {a: {name: A}, b: {name: B}}
presence:
- {group: a, in: [Kabul, Logar, Herat], level: l, source: s}
"""
SINCE = (
    LOOKED.replace("in: [Kabul, Logar, Herat]", "in: Kabul, finding: absent")
    + """
- {group: b, in: [Kabul, Farah], level: l, source: t}
- {group: a, in: Logar, level: l, source: t, finding: absent}
"""
)
SIDES = {"change:named": 2, "change:unnamed": 3, "change:absent": 2, "change:several": 1, "gap:none": 30}


def vary(text: str, seed: int) -> str:
    """Leave some records of a table out; correct others: place, or level."""
    dice, table = random.Random(seed), json.loads(text)
    taken = {code for each in table["presence"] for code in each.get("in", ())} | {*table.get("not_applicable", ())}
    free, records = [code for code in CODES if code not in taken], []
    for number, record in enumerate(table["presence"]):
        turn = dice.choice(["kept", "kept", "left out", "corrected"])
        if turn == "corrected":
            record |= {"changed": {"date": "2040", "reason": "misread"}, "note": f"record {number}"}
            record |= {"in": [free.pop()]} if "in" in record and free else {}
        records += [record] if turn != "left out" else []
    return json.dumps(table | {"presence": records})


def give_ids(text: str) -> str:
    """Give each record an id, by which it is known for the same in another version."""
    table = json.loads(text)
    table["presence"] = [{"id": f"r{place}", **each} for place, each in enumerate(table["presence"])]
    return json.dumps(table)


def join(text: str) -> JoinedTable:
    """Join a table, perhaps an empty one, to the bundled provinces."""
    return join_table(text, Job(allow_empty=True))[0]


def count_alike(old: JoinedTable, new: JoinedTable) -> dict[str, LegendRow]:
    """Return the rows of the legend by key, once all else is found to count the same."""
    phrases = read_catalogue("en").about(new.gazetteer.noun)
    changes = find_changes(old.table, new.table)
    older, newer = (localise(each) for each in (old, new))
    content = describe_diff(older, newer, changes)
    rows = {row.shown.key: row for row in content.view.rows}
    told = content.data["given"]
    assert isinstance(told, dict)
    terminal = [*count_changes(phrases, changes), *count_corrections(phrases, changes)]
    said = []
    for kind, sign in SIGNS.items():
        units = {code for each in changes.units if each.kind == kind for code in each.units}
        number = rows[f"change:{kind}"].count if f"change:{kind}" in rows else 0
        assert number == len(units)
        assert {code for code, signs in told["signs"].items() if sign in signs.split(" ")} == units
        name = f"{name_change(phrases, kind)}: "
        assert {code for code, lines in told["lines"].items() if any(each.startswith(name) for each in lines)} == units
        assert [each.removeprefix(name).split()[0] for each in terminal if each.startswith(name)] == [str(number)][
            :number
        ]
        said += [phrases.say_count("change_headline", number, kind)] if number else []
    assert content.view.headline in (capitalise("; ".join(said)), "No difference", f"What differs: {new.table.title}")
    check_rows(rows, told["classes"], told["signs"])
    check_corrections(changes.corrections, rows, content.view.summary)
    return rows


def check_rows(rows: dict[str, LegendRow], classes: dict[str, str], signs: dict[str, str]) -> None:
    """Each class has a row; what it counts beside its own colour it says; its own colours are all units."""
    assert set(classes.values()) <= set(rows)
    own = {key: row.count for key, row in rows.items()}
    for key, row in rows.items():
        apart = re.search(r" \((\d+) in another colour\)$", row.shown.label)
        own[key] -= int(apart[1]) if apart else 0
        assert own[key] == list(classes.values()).count(key)
        bearing = sum(row.shown.sign in each.split(" ") for each in signs.values())
        assert row.count == (bearing if row.shown.sign else own[key])
    assert sum(own.values()) == len(classes)
    assert set(" ".join(signs.values()).split()) <= {*SIGNS.values(), FIXED, OTHER}


def check_corrections(corrections: tuple[Altered, ...], rows: dict[str, LegendRow], summary: str) -> None:
    """Records are counted as records, and where they stand as units."""
    units = {code for each in corrections for code in each.units}
    assert (rows["change:corrected"].count if units else 0) == len(units)
    said = re.search(r"Corrected: (\d+) records?(?:, in (\d+) province)?", summary)
    assert (said and [int(each or 0) for each in said.groups()]) == (
        [len(corrections), len(units)] if corrections else None
    )


@settings(max_examples=8)
@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_all_count_the_same_changes(seed: int, other: int) -> None:
    text = give_ids(make_table(seed))
    new, some, varied = map(join, (text, make_table(other), vary(text, other)))
    for older, newer in ((some, new), (new, varied), (varied, new)):
        count_alike(older, newer)


def test_who_has_looked_counts_as_no_longer_named_as_well() -> None:
    rows = count_alike(join(LOOKED), join(SINCE))
    assert {key: row.count for key, row in rows.items()} == SIDES
    assert rows["change:unnamed"].shown.label == "− No longer named (2 in another colour)"


def test_units_newly_named_by_own_claims_alone_are_counted_apart() -> None:
    claimed = LOOKED + "- {group: a, in: [Ghor, Farah], level: l, source: t, basis: claimed}\n"
    told = compare(LOOKED, claimed + "- {group: b, in: Farah, level: l, source: t}\n")
    assert "In 1 of those newly named only by the group’s own claim." in told
    assert "own claim" not in compare(LOOKED, LOOKED + "- {group: b, in: Farah, level: l, source: t}\n")


def compare(old: str, new: str) -> str:
    """Return what the page of two tables says below its headline."""
    before, after = join(old), join(new)
    changes = find_changes(before.table, after.table)
    return describe_diff(localise(before), localise(after), changes).view.summary
