"""The user's list of actors: each is of one group, matched as a whole, and a mistake has its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import TableError
from geo.read.actor_list import Actors, parse_actors

LIST = b"""
groups:
  taliban: {name: Taliban, actors: [Taliban, Taleban], internal: ask Ann}
  haqqani: "HQN: Haqqani Network"
  is: [IS, is]
ignore: [Civilians]
"""


def test_a_list_is_read():
    found = parse_actors(LIST, "map.yaml")
    assert found.groups == {"taliban": "Taliban", "haqqani": "haqqani", "is": "is"}
    assert found.actors == {
        "Taliban": "taliban", "Taleban": "taliban", "HQN: Haqqani Network": "haqqani", "IS": "is", "is": "is",
        "Civilians": None,
    }  # fmt: skip
    assert "Ann" not in repr(found)


@pytest.mark.parametrize(
    ("actor", "group"),
    [
        ("Taleban", "taliban"), ("TALEBAN", "taliban"), ("civilians", None), ("hqn: haqqani network", "haqqani"),
        ("Taliban ", "taliban"), ("Tale\u200bban", "taliban"), ("HQN: Haqqani\u2011Network", "haqqani"),
    ],
)  # fmt: skip
def test_exact_first_then_folded(actor: str, group: str | None):
    assert parse_actors(LIST, "map.yaml").find(actor) == group


@pytest.mark.parametrize("actor", ["Taliban - Red Unit", "Tali", "Haqqani Network", "", "Tale ban"])
def test_never_by_a_part(actor: str):
    with pytest.raises(KeyError):
        parse_actors(LIST, "map.yaml").find(actor)


def test_where_only_case_tells_two_apart_the_exact_one_counts():
    found = Actors({"a": "A", "b": "B"}, {"Fox": "a", "FOX": "b"})
    assert (found.find("Fox"), found.find("FOX")) == ("a", "b")
    with pytest.raises(KeyError):
        found.find("fox")


@given(st.dictionaries(st.text(min_size=1), st.sampled_from(["a", "b", None])))
def test_every_actor_of_a_list_is_found_as_it_is_written(actors: dict[str, str | None]):
    found = Actors({"a": "A", "b": "B"}, actors)
    assert {actor: found.find(actor) for actor in actors} == actors


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("groups: {}", "no group; expected actors by group"),
        ("ignore: [x]", "no group"),
        ("[a]", "1:1: no mapping; expected actors by group"),
        ("group: {a: [b]}", "1:1: unknown key 'group'; expected one of groups, ignore; nearest: groups"),
        ("groups: {a: []}", "1:13: no actor"),
        ("groups: {a: [[b]]}", "1:14: no actor"),
        ("groups: {a: ['']}", "1:14: no actor"),
        ("groups: {a: {name: A}}", "1:13: the group 'a' without `actors`"),
        ("groups: {any: [x]}", "1:10: the group 'any'; expected another id"),
        ("groups: {a b: [x]}", "1:10: 'a b'; expected an id"),
        ("groups: {a: [x], b: [x]}", "1:22: 'x' stands for another group on line 1; expected one group for each actor"),
        ("groups: {a: [x]}\nignore: [x]", "2:10: 'x' stands for another group on line 1"),
        ("groups: {a: {actors: [x], colour: red}}", "unknown key 'colour'"),
    ],
)
def test_a_mistake_has_its_place(text: str, said: str):
    with pytest.raises(TableError) as error:
        parse_actors(text.encode(), "map.yaml")
    assert said in str(error.value)
    assert str(error.value).startswith("map.yaml:")


def test_an_actor_that_a_comment_cuts_is_told():
    (doubt,) = parse_actors(b"groups:\n  a: Battalion #055\n  b: [B] # c", "map.yaml").doubts
    assert str(doubt).startswith("map.yaml:2:16: text cut at ` #055`")
    assert parse_actors(LIST, "map.yaml").doubts == ()


def test_several_at_once():
    with pytest.raises(TableError) as error:
        parse_actors(b"groups: {a: [], b: [], 'c d': [x]}", "map.yaml")
    assert len(error.value.problems) == 3


def test_two_groups_of_one_name_are_refused() -> None:
    text = b"groups:\n  a: {name: Group A, actors: [A]}\n  b: {name: GROUP  a, actors: [B]}\n  c: [C]\n"
    with pytest.raises(TableError, match=r"^t:3:3: 'GROUP  a' for 'b', which is the name of 'a'; expected one of"):
        parse_actors(text, "t")
    assert parse_actors(b"groups: {a: {name: Red, actors: [A]}, b: {name: Reds, actors: [B]}}", "t").groups
