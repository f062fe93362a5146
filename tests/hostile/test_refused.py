"""What cannot be shown safely is refused with its place, in words that a terminal can show."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from geo.cli.terminal import HIDDEN
from geo.errors import TableError
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.fields.mappings import Key, Kind
from geo.read.fields.scalars import Line
from geo.read.table.reader import parse_presence
from tests.daily import IS_WHOLE
from tests.hostile.plant import CLOSED, FREE, Spot, dump, find_spots, is_free, list_definitions, plant
from tests.hostile.strings import IDS, STRINGS, Fate
from tests.hostile.tables import LONG, SHORT, explain, read

TABLES = {"records": LONG, "short form": SHORT}
PLACES = [(form, spot) for form, table in TABLES.items() for spot in find_spots(table)]
FREE_PLACES = [(form, spot) for form, spot in PLACES if spot.is_free]
CLOSED_PLACES = list({spot.home: (form, spot) for form, spot in PLACES if isinstance(spot.field, CLOSED)}.values())
PLACE = re.compile(r"t\.yaml:\d+:\d+: ")
ADDRESSES = ("javascript:alert(1)", "data:text/html,x", " https://a", 'https://a/"x', "//a", "ftp://a", "https:a",
             "JaVaScRiPt:alert(1)", "\x01javascript:alert(1)", "java\tscript:alert(1)", "https://", "http://a b",
             "vbscript:x", "file:///etc/passwd", "blob:https://a/b", "https\n://a", "https://a/<b>", "https:///a",
             "https://a/\u202eb")  # fmt: skip


def must_be_refused(spot: Spot, fate: Fate) -> bool:
    return fate is Fate.REFUSED or (fate is Fate.PROSE and isinstance(spot.field, Line))


def check_words(said: str) -> None:
    """Check that each line of an error begins with its place and is fit for a terminal."""
    assert HIDDEN.search(said) is None, ascii(said)
    assert [line for line in said.split("\n") if not PLACE.match(line)] == []


def rotate(number: int) -> list[tuple[str, Spot]]:
    """Choose the fields that the string of a number is tried in: all of them in the whole, some otherwise."""
    return FREE_PLACES if IS_WHOLE else FREE_PLACES[number % 19 :: 19]


@pytest.mark.parametrize(("number", "name"), list(enumerate(STRINGS)))
def test_a_field_shows_a_string_or_refuses_it_with_its_place(
    number: int, name: str, record_property: Callable[[str, object], None]
) -> None:
    hostile = STRINGS[name]
    places = rotate(number)
    record_property("hostile", ["field of the table read alone", len(places)])
    for form, spot in places:
        text = hostile.text if hostile.fate is Fate.REFUSED else hostile.label(spot.name)
        said = explain(plant(TABLES[form], {spot: text}))
        assert bool(said) == must_be_refused(spot, hostile.fate), (spot.name, said)
        if said:
            check_words(said)


@pytest.mark.parametrize(("number", "name"), list(enumerate(STRINGS)))
def test_a_field_of_fixed_form_takes_nothing_that_is_hostile(
    number: int, name: str, record_property: Callable[[str, object], None]
) -> None:
    places = CLOSED_PLACES if IS_WHOLE else CLOSED_PLACES[number % 19 :: 19]
    record_property("hostile", ["field of fixed form", len(places)])
    for form, spot in places:
        said = explain(plant(TABLES[form], {spot: STRINGS[name].text}))
        is_address = name in ("web address",) and "url" in spot.home
        assert said or is_address, spot.name
        check_words(said) if said else None


@pytest.mark.parametrize("name", [name for name, hostile in STRINGS.items() if hostile.fate is Fate.REFUSED])
def test_what_is_refused_as_an_escape_is_refused_as_it_stands(name: str) -> None:
    text = STRINGS[name].text
    data = f"title: '{text}'\npresence: {{A: [Kabul]}}\n".encode("utf-8", "surrogatepass")
    with pytest.raises(TableError) as caught:
        parse_presence(data, "t.yaml", read_gazetteer())
    assert re.match(r"t\.yaml(:1:\d+)?: ", str(caught.value))
    assert HIDDEN.search(str(caught.value)) is None


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("key", ["url", "archived"])
def test_only_web_addresses_become_links(key: str, address: str) -> None:
    spot = next(spot for spot in find_spots(LONG) if spot.name == f"sources.s.{key}")
    said = explain(plant(LONG, {spot: address}))
    assert said
    check_words(said)


@pytest.mark.parametrize("id_", IDS)
def test_an_id_that_a_program_may_mistake_is_an_id(id_: str) -> None:
    table = {
        "groups": {id_: {"name": "A"}},
        "levels": {id_: {"name": "L"}},
        "presence": [{"group": id_, "in": "Kabul"}],
    }
    assert list(read(table).groups) == [id_]


def test_every_field_of_the_format_is_planted() -> None:
    planted = {spot.home for _, spot in PLACES}
    assert planted == set(list_definitions())
    assert len([spot for _, spot in FREE_PLACES]) > 80
    assert {spot.home for _, spot in FREE_PLACES} == {n for n, f in list_definitions().items() if is_free(f)}


def test_a_field_that_nobody_can_plant_is_an_error() -> None:
    @dataclass(frozen=True)
    class Riddle:
        def read(self, node: Any, reading: Any) -> None:
            """Read nothing."""

    kind = Kind("a new part", (Key("known", Line()), Key("riddle", Riddle())))
    with pytest.raises(TypeError, match=r"a new part\.riddle: no way known .* class Riddle"):
        list_definitions(kind)
    assert not issubclass(Riddle, (*FREE, *CLOSED))


def test_a_key_added_to_a_definition_is_planted(monkeypatch: pytest.MonkeyPatch) -> None:
    from geo.read.table.groups import GROUP
    from tests.hostile.plant import write_default

    wider = Kind(GROUP.label, (*GROUP.keys, Key("motto", Line()), Key("seat", Kind("a seat", (Key("town", Line()),)))))
    monkeypatch.setitem(vars(GROUP), "keys", wider.keys)
    monkeypatch.delitem(vars(GROUP), "fields", raising=False)
    filled = write_default({"groups": {"a": {"name": "A"}}}, lambda table: True)
    names = [spot.name for spot in find_spots(filled)]
    assert "groups.a.motto" in names
    assert "groups.a.seat.town" in names


def test_long_keys_can_be_dumped() -> None:
    assert dump({"a" * 2000: ["b"], "c": {"d": None}}) == b'{? "' + b"a" * 2000 + b'": ["b"], "c": {"d": null}}'
