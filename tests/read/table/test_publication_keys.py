"""Under what a table is published: each key read, and each mistake in it told with its place."""

# ruff: noqa: E501  # whole messages stand on one line each, to be found by search

from __future__ import annotations

import pytest

from geo.model import LoggedChange, Moment, Table
from geo.read.table.reader import parse_presence
from tests.read.few_units import GAZETTEER, complain

HEAD = """\
as_of: 2020-06-30
groups: {a: {name: A}}
presence: [{group: a, in: Kabul, id: a-1}, {group: a, in: Kunar, id: a-2}, {group: a, in: Paktia}]
"""
BARE = "groups: {a: {name: A}}\npresence: [{group: a, in: Kabul}]\n"


def log(*entries: str, head: str = HEAD) -> str:
    return head + f"changes: [{', '.join(entries)}]"


KEYS = "the keys date, type, what, why, records, parts"
PART = "a part of the table, such as title, levels/ID, sources/ID, regions/NAME, groups/ID, groups/ID/strength, groups/ID/statements, groups/ID/part_of or relations/ID/ID"
SOLAR = "calendar: solar-hijri\n"
CASES = {
    "authors": ("authors: [A. Author, The Desk]", ""),
    "authors of other scripts": ("authors: [احمد, Ахмад]", ""),
    "one author": ("authors: [A. Author]", ""),
    "one author without a list": ("authors: A. Author", "1:10: text where a list belongs; expected a list of names, such as [A. Author, The Desk]"),
    "no author": ("authors: []", "1:10: an empty list; expected a list of names, such as [A. Author, The Desk], at least 1"),
    "an author twice": ("authors: [A, B, A]", "1:17: 'A' names the same author twice; expected each author once"),
    "an author of two lines": ('authors: ["A\\nB"]', "1:11: a line break in a name; expected a name on one line"),
    "an author who is a mapping": ("authors: [{name: A}]", "1:11: a mapping where text belongs; expected a name on one line"),
    "a licence": ("licence: CC-BY-4.0", ""),
    "a licence of another kind": ("licence: LicenseRef-Desk-1", ""),
    "a licence in words": ("licence: Ask the desk before you publish it", ""),
    "a licence that is an address": ("licence: https://example.org/terms", ""),
    "a licence that is no text": ("licence: [CC-BY-4.0]", "1:10: a list where text belongs; expected a licence on one line, such as CC-BY-4.0"),
    "a licence spelt as Americans do": ("license: CC-BY-4.0", "1:1: unknown key 'license' in a presence table; expected `licence`"),
    "an author alone": ("author: A", "1:1: unknown key 'author' in a presence table; expected `authors`"),
    "an empty log": (log(), ""),
    "a log that is no list": ("changes: none", "1:10: text where a list belongs; expected a list of entries"),
    "an entry": (log("{date: 2020-07-01, type: corrected, what: A slip, why: Misread, records: [a-1]}"), ""),
    "an entry after the cut-off": (log("{date: 2026, type: added, what: More}"), ""),
    "an entry of one record": (log("{date: 2020-07, type: corrected, what: A slip, records: a-1}"), ""),
    "an entry of no record": (log("{date: 2020-07, type: corrected, what: A slip, records: []}"), "4:67: an empty list; expected a list of ids of records, at least 1"),
    "an entry of one record twice": (log("{date: 2020-07, type: corrected, what: A slip, records: [a-1, a-1]}"), "4:73: 'a-1' names the same record twice; expected each record once"),
    "an entry without keys": (log("{}"), "4:11: an entry of the log without `date`; expected `date`\n4:11: an entry of the log without `type`; expected `type`\n4:11: an entry of the log without `what`; expected `what`"),
    "an entry that is text": (log("a slip"), f"4:11: text where an entry of the log belongs; expected {KEYS}"),
    "an entry of another type": (log("{date: 2020-07, type: correct, what: A slip}"), "4:33: 'correct'; expected added, corrected or withdrawn; nearest: corrected"),
    "an entry with another key": (log("{date: 2020-07, type: added, what: A, reason: B}"), "4:49: unknown key 'reason' in an entry of the log; expected `why`"),
    "an entry of no date": (log("{date: 2020-13, type: added, what: A}"), "4:18: '2020-13', a day that is not in the calendar; expected a date as YYYY, YYYY-MM or YYYY-MM-DD"),
    "an unknown record": (log("{date: 2020-07, type: corrected, what: A, records: [b-9]}"), "4:63: unknown record 'b-9'; expected one of a-1, a-2"),
    "an unknown record, almost known": (log("{date: 2020-07, type: corrected, what: A, records: [a-11]}"), "4:63: unknown record 'a-11'; expected the `id` of a record; nearest: a-1"),
    "an unknown record that was added": (log("{date: 2020-07, type: added, what: A, records: A-1}"), "4:58: unknown record 'A-1'; expected the `id` of a record; nearest: a-1"),
    "a record of a table without ids": (log("{date: 2020-07, type: added, what: A, records: [a-1]}", head=BARE), "3:59: unknown record 'a-1'; expected a record that has it as its `id`"),
    "a withdrawn record": (log("{date: 2020-07, type: withdrawn, what: A, records: [b-9]}"), ""),
    "a withdrawn record that is no id": (log("{date: 2020-07, type: withdrawn, what: A, records: ['b 9']}"), "4:63: 'b 9'; expected an id of letters, digits, -, _ and . only"),
    "a withdrawn record that was added before": (log("{date: 2020-06, type: added, what: A, records: [b-9, a-1]}", "{date: 2020-07, type: withdrawn, what: A, records: b-9}"), ""),
    **{f"the part {part}": (log(f"{{date: 2020-07, type: corrected, what: A, parts: {part}}}"), "") for part in ("title", "not_applicable", "changes", "groups/a", "groups/a/strength", "groups/a/statements", "groups/a/part_of", "translations/fa", "regions/Eastern", "[title, groups/a]")},
    "a tie": (log("{date: 2020-07, type: corrected, what: A, parts: relations/b/a}", head=HEAD.replace("{a: {name: A}}", "{a: {name: A}, b: {name: B}}")), ""),
    "a withdrawn group, named by its tie too": (log("{date: 2020-07, type: withdrawn, what: A, parts: [groups/b, relations/a/b]}", "{date: 2020-06, type: corrected, what: A, parts: groups/b/strength}"), ""),
    "an unknown group": (log("{date: 2020-07, type: corrected, what: A, parts: groups/b}"), "4:60: unknown group 'b'; expected one of a"),
    "a tie of one group": (log("{date: 2020-07, type: corrected, what: A, parts: relations/a}"), f"4:60: 'relations/a'; expected {PART}"),
    "a part of a group that it has not": (log("{date: 2020-07, type: corrected, what: A, parts: groups/a/ties}"), f"4:60: 'groups/a/ties'; expected {PART}"),
    "a part that no table has": (log("{date: 2020-07, type: corrected, what: A, parts: colour}"), f"4:60: 'colour'; expected {PART}"),
    "a tag that is none": (log("{date: 2020-07, type: corrected, what: A, parts: translations/Dari!}"), "4:60: 'Dari!'; expected a language tag such as fa or ps"),
    "a part twice": (log("{date: 2020-07, type: corrected, what: A, parts: [title, title]}"), "4:68: 'title' names the same part twice; expected each part once"),
    "no part": (log("{date: 2020-07, type: corrected, what: A, parts: []}"), "4:60: an empty list; expected a list of parts of the table, such as [groups/red], at least 1"),
    "a part of a short form": (log("{date: 2020-07, type: corrected, what: A, parts: groups/red}", head="presence: {Red: [Kabul]}\n"), ""),
    "a month of another calendar": (SOLAR + log("{date: 1399-04, type: added, what: A}", head=BARE), "4:18: '1399-04', which lies in two months or years of our calendar; expected a day: YYYY-MM-DD"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "message"), CASES.values(), ids=CASES)
def test_each_mistake_is_told_with_its_place(text: str, message: str) -> None:
    assert complain(text) == message.splitlines()


def read(text: str) -> Table:
    return parse_presence(text.encode(), "t.yaml", GAZETTEER, allow_empty=True)[0]


def test_a_log_stands_in_its_own_order_and_before_the_records_too() -> None:
    entries = (
        "changes: [{date: 2021, type: added, what: A, records: [a-2, a-1]}, {date: 2020-05-01, type: added, what: B}]\n"
    )
    logged = (
        LoggedChange(Moment(2021), "added", "A", records=("a-2", "a-1")),
        LoggedChange(Moment(2020, 5, 1), "added", "B"),
    )
    assert read(entries + HEAD).changes == read(HEAD + entries).changes == logged


def test_nothing_is_there_where_nothing_was_written() -> None:
    table = read(HEAD)
    assert (table.authors, table.licence, table.changes) == ((), None, ())


@pytest.mark.parametrize(
    ("licence", "meant"),
    [
        ("CC BY 4.0", "CC-BY-4.0"), ("cc-by-sa-4.0", "CC-BY-SA-4.0"), ("CC0 1.0", "CC0-1.0"), ("ODBL-1.0", "ODbL-1.0"),
        ("CC-BY-4.0", ""), ("CC BY", ""), ("All rights reserved", ""),
    ],
)  # fmt: skip
def test_a_licence_that_is_almost_an_identifier_is_told(licence: str, meant: str) -> None:
    table, problems = parse_presence(f"licence: {licence}\n{HEAD}".encode(), "t.yaml", GAZETTEER)
    assert table.licence == licence
    told = [str(each) for each in problems if each.position and each.position.line == 1]
    expected = f"t.yaml:1:10: '{licence}', which programs do not know; expected {meant}, its SPDX identifier"
    assert [each.removeprefix("warning: ") for each in told] == ([expected] if meant else [])


def test_what_is_internal_to_an_entry_is_dropped() -> None:
    assert "hush" not in repr(read(log("{date: 2020-07, type: added, what: A, internal: hush}")))


ONE = "{date: 2020-07, type: withdrawn, what: A, records: [a-1]}"
STANDING = {
    "a withdrawn record": (log(ONE), "a-1"),
    "added before": (log(ONE, "{date: 2020-06, type: added, what: A, records: a-1}"), "a-1"),
    "another added since": (log(ONE, "{date: 2020-08, type: added, what: A, records: a-2}"), "a-1"),
    "added again": (log(ONE, "{date: 2020-08, type: added, what: A, records: a-1}"), ""),
    "a corrected record": (log(ONE.replace("withdrawn", "corrected")), ""),
    "a record that is gone": (log(ONE.replace("a-1", "a-9")), ""),
    "a withdrawn group": (log("{date: 2020-07, type: withdrawn, what: A, parts: [groups/a]}"), "groups/a"),
    "a group that is gone": (log("{date: 2020-07, type: withdrawn, what: A, parts: [groups/b]}"), ""),
    "a figure of a group": (log("{date: 2020-07, type: withdrawn, what: A, parts: [groups/a/strength]}"), ""),
}


@pytest.mark.parametrize("name", STANDING)
def test_what_was_withdrawn_and_stands_is_told(name: str) -> None:
    text, told = STANDING[name]
    problems = parse_presence(text.encode(), "t.yaml", GAZETTEER)[1]
    found = [str(each).removeprefix("warning: ") for each in problems if "withdrawn" in str(each)]
    expected = "expected an entry of another type, or the table without it"
    place = 4, text.splitlines()[3].find(told) + 1
    wanted = f"t.yaml:{place[0]}:{place[1]}: '{told}', withdrawn as this says, and still in the table; {expected}"
    assert found == ([wanted] if told else [])
