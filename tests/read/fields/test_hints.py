"""Common mistakes: the message names the remedy, and what only looks like one is left alone."""

# ruff: noqa: E501  # whole messages stand on one line each, to be found by search

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.common.names import index_units
from geo.read.fields.containers import Either, Items
from geo.read.fields.hints import COUNTRY, KEYS, find_meant_key
from geo.read.fields.mappings import Kind, Named
from geo.read.fields.scalars import Field
from geo.read.table.root import TABLE
from tests.read.few_units import complain

DATA = Path(__file__).parents[2] / "data"
HEAD = (
    "sources: {s: {title: S}}\nlevels: {l: {name: L}}\ngroups: {a: {name: A}, b: {name: B}}\n"
    "regions: {Own: Kabul, All: [Kunar], North: Kunar}\n"
)


def expect(message: str) -> list[str]:
    """A message with its usual parts put in; none where the table is good."""
    words = {
        "country": "the whole country goes under `nationwide: true`, in a record of its own",
        "region": "expected a province; a region goes under `region`, in a record of its own",
        "province": "expected a province, not a district or town",
        "after": "after a comma, without a colon, in",
        "brackets": "expected brackets around a list:",
        "list": "several in one text; expected a list, such as",
        "keys": "expected the keys group, in, open_list, region, nationwide, unlocated, level, finding, trend, as_written, source, via, basis, grade, confidence, observed, note, translations, quote, page, locator, id, changed",
    }
    return [line.format(**words) for line in message.splitlines()]


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("in: Kabul", ""),
        ("region: Eastern", ""),
        ("region: Own", ""),
        ("region: All", ""),
        ("in: Eastern", "6:8: unknown province 'Eastern', which is a region; {region}"),
        ("in: [Kabul, south  EASTERN]", "6:16: unknown province 'south  EASTERN', which is a region; {region}"),
        ("in: Own", "6:8: unknown province 'Own', which is a region; {region}"),
        ("in: All", "6:8: unknown province 'All', which is a region; {region}"),
        ("in: Easter", "6:8: unknown province 'Easter'; {province}"),
        ("in: Afghanistan", "6:8: unknown province 'Afghanistan', which is the whole country; expected a province; {country}"),
        ("in: افغانستان", "6:8: unknown province 'افغانستان', which is the whole country; expected a province; {country}"),
        ("in: All provinces", "6:8: unknown province 'All provinces', which is the whole country; expected a province; {country}"),
        ("in: Afganistan", "6:8: unknown province 'Afganistan'; {province}"),
        ("in: Khogyani", "6:8: unknown province 'Khogyani'; {province}"),
        ("in: Spin Boldak", "6:8: unknown province 'Spin Boldak'; {province}"),
        ("in: Asadabad", "6:8: unknown province 'Asadabad', which is the capital of Kunar; {province}"),
        ("in: Kabul Province", "6:8: unknown province 'Kabul Province'; {province}; nearest: Kabul"),
        ("in: ولایت کابل", "6:8: unknown province 'ولایت کابل'; {province}; nearest: Kabul"),
        ("region: Kabul", "6:12: unknown region 'Kabul', which is a province; expected a region; a province goes under `in`"),
        ("region: afghanistan", "6:12: unknown region 'afghanistan', which is the whole country; expected a region; {country}"),
    ],
)  # fmt: skip
def test_a_place_of_another_kind_is_told_where_it_goes(place: str, message: str) -> None:
    assert complain(f"{HEAD}presence:\n- {{{place}, group: a}}") == expect(message)


def test_no_name_of_a_province_is_taken_for_the_country() -> None:
    assert not COUNTRY & set(index_units(read_gazetteer()))


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ("{group: [a, b], in: [Kabul, Paktia]}", ""),
        ("{group: a, in: Kabul, Paktia}", "6:25: the text 'Paktia' {after} a record; {brackets} `in: [Kabul, Paktia]`"),
        ("{group: a, in: Kabul, Paktia, Kunar, level: l}", "6:25: the text 'Paktia' {after} a record; {brackets} `in: [Kabul, Paktia, Kunar]`"),
        ("{group: a, in: Khogyani, Sherzad}", "6:18: unknown province 'Khogyani'; {province}\n6:28: the text 'Sherzad' {after} a record; {brackets} `in: [Khogyani, Sherzad]`"),
        ("{group: a, b, in: Kabul}", "6:14: the text 'b' {after} a record; {brackets} `group: [a, b]`"),
        ("{group: a, in: Kabul, note: one, two}", "6:36: the text 'two' {after} a record; expected quotes around text that holds a comma"),
        ("{group: a, in: [Kabul], Paktia}", "6:27: the text 'Paktia' {after} a record; expected quotes around text that holds a comma"),
        ("{group: a, in: Kabul, Paktia, internal: x}", "6:25: the text {after} a record; expected quotes around text that holds a comma"),
        ("{group: a, in: Kabul and Paktia}", "6:18: 'Kabul and Paktia', {list} [Kabul, Paktia]"),
        ("{group: a, in: [Kabul & Paktia, Kunar]}", "6:19: 'Kabul & Paktia', {list} [Kabul, Paktia]"),
        ("{group: a, in: 'Kabul, Konnar and Paktia'}", "6:18: 'Kabul, Konnar and Paktia', {list} [Kabul, Konnar, Paktia]"),
        ("{group: a, in: '[Kabul, Paktia]'}", "6:18: '[Kabul, Paktia]', {list} [Kabul, Paktia]"),
        ("{group: a, in: 'کابل، پکتیا'}", "6:18: 'کابل، پکتیا', {list} [کابل, پکتیا]"),
        ("{group: a, in: Sar-e Pol}", ""),
        ("{group: a, in: Khogyani and Sherzad}", "6:18: unknown province 'Khogyani and Sherzad'; {province}"),
        ("{group: a/b, in: Kabul}", "6:11: 'a/b', {list} [a, b]"),
        ("{group: x/y, in: Kabul}", "6:11: unknown group 'x/y'; expected one of a, b"),
        ("\n  group: a, b\n  in: Kabul; Paktia", "7:10: 'a, b', {list} [a, b]\n8:7: 'Kabul; Paktia', {list} [Kabul, Paktia]"),
        ("\n  group: a\n  in: Kabul\n  note: Kabul, Paktia and Kunar\n  quote: a, b", ""),
    ],
)  # fmt: skip
def test_a_list_without_brackets_is_shown_with_them(record: str, message: str) -> None:
    assert complain(f"{HEAD}presence:\n- {record}") == expect(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("presence: {A: [Kabul, Paktia], B: Kunar}", ""),
        ("presence: {A: Kabul, Paktia, B: Kunar}", "1:22: the text 'Paktia' {after} the short form; {brackets} `A: [Kabul, Paktia]`"),
        ("presence:\n  A: Kabul, Paktia", "2:6: 'Kabul, Paktia', {list} [Kabul, Paktia]"),
        ("presence: {Army and Front: Kabul}", ""),
        ("presence: {A: Kabul, B}", "1:23: nothing stands here; expected a province, or leave the key out; text that begins with # needs quotes"),
        ("regions: {North: Kabul, Kunar}", "1:25: the text 'Kunar' {after} regions; {brackets} `North: [Kabul, Kunar]`"),
        ("groups: {a: {name: A, aliases: X, Y}}", "1:35: the text 'Y' {after} a group; {brackets} `aliases: [X, Y]`, or quotes around text that holds a comma"),
        ("groups:\n  a:\n    name: A\n    aliases: Army of the West, East and a", ""),
        ("groups: {a: {name: A}, b: {name: B}}\nrelations:\n- between: a, b\n  type: splinter", "3:12: 'a, b', {list} [a, b]"),
        ("presence: {Internal: SECRET, Kabul}", "1:12: the key 'Internal'; expected `internal` in small letters\n1:35: nothing stands here; expected a province, or leave the key out; text that begins with # needs quotes"),
        (f"presence: {{A: Kabul, Kunar, {'x' * 90}}}", "1:22: the text 'Kunar' {after} the short form; {brackets} `A: [one, another]`"),
    ],
)  # fmt: skip
def test_lists_elsewhere(text: str, message: str) -> None:
    assert complain(text) == expect(message)


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ("group: a, in: Kabul, observed: 2020", ""),
        ("group: a, in: Kabul, date: 2020", "6:25: unknown key 'date' in a record; expected `observed`"),
        ("group: a, in: Kabul, Observed: 2020", "6:25: unknown key 'Observed' in a record; expected `observed`"),
        ("group: a, in: Kabul, As Written: x", "6:25: unknown key 'As Written' in a record; expected `as_written`"),
        ("group: a, province: Kabul", "6:14: unknown key 'province' in a record; expected `in`"),
        ("group: a, provinces: [Kabul]", "6:14: unknown key 'provinces' in a record; expected `in`"),
        ("groups: [a], in: Kabul", "6:4: unknown key 'groups' in a record; expected `group`"),
        ("group: a, in: Kabul, sources: s", "6:25: unknown key 'sources' in a record; expected `source`"),
        ("group: a, in: Kabul, status: l", "6:25: unknown key 'status' in a record; expected `level`"),
        ("group: a, in: Kabul, level: l, status: x", "6:35: unknown key 'status' in a record; expected `finding`"),
        ("group: a, in: Kabul, observed: 2020, date: 2020", "6:41: unknown key 'date' in a record; {keys}"),
        ("group: a, in: Kabul, observd: 2020", "6:25: unknown key 'observd' in a record; {keys}; nearest: observed"),
        ("group: a, in: Kabul, colour: red", "6:25: unknown key 'colour' in a record; {keys}"),
        ("group: a, in: Kabul, internal: x, date: 2020", "6:38: unknown key in a record; {keys}"),
        ("colour: red", "6:3: a record without `group`; expected `group`\n6:3: none of `in`, `region`, `nationwide`, `unlocated` in a record; expected either `in`, `region`, `nationwide` or `unlocated`\n6:4: unknown key 'colour' in a record; {keys}"),
    ],
)  # fmt: skip
def test_a_wrong_key_is_told_the_right_one(record: str, message: str) -> None:
    assert complain(f"{HEAD}presence:\n- {{{record}}}") == expect(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sources: {s: {title: S, date: 2020}}", ""),
        ("sources: {s: {name: S}}", "1:15: unknown key 'name' in a source; expected `title`"),
        ("sources: {s: {title: S, link: 'https://a'}}", "1:25: unknown key 'link' in a source; expected `url`"),
        ("groups: {a: {name: A, type: group, color: red}}", "1:23: unknown key 'type' in a group; expected `kind`\n1:36: unknown key 'color' in a group; expected `colour`"),
        ("groups: {a: {title: A}}", "1:14: unknown key 'title' in a group; expected `name`"),
        ("date: 2020\nsource: {}\nrecords: []", "1:1: unknown key 'date' in a presence table; expected `as_of`\n2:1: unknown key 'source' in a presence table; expected `sources`\n3:1: unknown key 'records' in a presence table; expected `presence`"),
        ("groups: {a: {name: A}, b: {name: B}}\nrelations: [{groups: [a, b], type: rivalry, status: ended}]", "2:14: unknown key 'groups' in a relation; expected `between`\n2:45: unknown key 'status' in a relation; expected `standing`"),
    ],
)  # fmt: skip
def test_wrong_keys_elsewhere(text: str, message: str) -> None:
    assert complain(text) == expect(message)


def list_kinds(field: Field) -> Iterator[Kind]:
    """Every kind of mapping that can stand somewhere in a field."""
    if isinstance(field, Kind):
        yield field
    parts = {Kind: ("fields",), Named: ("field",), Items: ("item",), Either: ("text", "items", "map")}
    for name in parts.get(type(field), ()):
        inner = getattr(field, name)
        for each in inner.values() if isinstance(inner, dict) else filter(None, [inner]):
            yield from list_kinds(each)


KINDS = {kind.label: frozenset(kind.fields) for kind in list_kinds(TABLE)}


def test_the_kinds_are_all_found() -> None:
    assert {"a presence table", "a record", "a relation", "a group", "a part of a strength", "a period"} <= KINDS.keys()


@pytest.mark.parametrize(("wrong", "right"), [(wrong, right) for wrong, rights in KEYS.items() for right in rights])
def test_every_mistake_in_the_table_leads_to_a_key_that_there_is(wrong: str, right: str) -> None:
    """In a kind that has the right key and not the wrong one; where it stands already, it is not named again."""
    kinds = [keys for keys in KINDS.values() if right in keys and wrong not in keys]
    others = set(KEYS[wrong]) - {right}
    assert any(find_meant_key(wrong, keys - others) == right for keys in kinds)
    assert all(find_meant_key(wrong, keys - {*others, right}) is None for keys in kinds)
