"""`presence edit`: entries moved, renamed and dropped, changes of two, changes in words, the starter's example."""

from __future__ import annotations

import random
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from geo.api.editing.edit_draft import name_draft, write_draft
from geo.api.editing.entry_changes import list_changes, merge_entries
from geo.api.editing.session import EditSession
from geo.read.updates.splice_change import read_plain, splice_change

TABLE = """# a table
groups:
  # the first
  red: {name: Red Group}   # in braces

  blue: {name: Blue Group}
sources:
  team: {title: A report, date: 2024}
presence:
  # seen in May
  - {group: red, in: [Kabul], source: team}
    # by two people
  - group: blue
    in: Kunar   # by name
    source: team
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "t.yaml"
    path.write_text(TABLE, encoding="utf-8")
    return path


def ask(session: EditSession, do: str, *path: str | int, **more: Any) -> dict[str, Any]:
    return session.answer({"do": do, "version": session.version, "path": [*path], **more})


def change(session: EditSession, *path: str | int, to: Any) -> dict[str, Any]:
    return ask(session, "change", changes=[{"path": [*path], "value": to}])


def test_an_entry_is_moved_with_its_comments(path: Path) -> None:
    session = EditSession(path)
    assert ask(session, "move", "presence", 0, by=1)["done"]
    head, _, records = TABLE.partition("presence:\n")
    one, other = records.partition("  - group: blue")[0], records.partition("people\n")[2]
    assert session.data.decode() == f"{head}presence:\n{other}{one}"
    assert ask(session, "move", "groups", "blue", by=-1)["done"]
    assert [*read_plain(session.data, "t")["groups"]] == ["blue", "red"]
    assert ask(session, "undo")["done"]
    assert ask(session, "undo")["done"]
    assert session.data.decode() == TABLE


@pytest.mark.parametrize("do", ["drop", "move", "rename"])
@pytest.mark.parametrize(
    "where", [["title", 0], ["title", "x"], ["x", "y"], ["presence"], [], "presence", [0, 0], ["presence", True]]
)
def test_a_place_that_is_none_changes_nothing(path: Path, do: str, where: Any) -> None:
    path.write_text(f"title: T\n{TABLE}", encoding="utf-8")
    session = EditSession(path)
    with pytest.raises((KeyError, TypeError, ValueError)):
        session.answer({"do": do, "version": 0, "path": where, "by": 1, "to": "y", "comments": "drop"})
    assert session.version == 0


@pytest.mark.parametrize(
    ("path_to", "by"),
    [(("presence", 0), -1), (("presence", 1), 1), (("presence", 7), 1), (("groups", "x"), 1), (("title", "x"), 1),
     (("presence", 0), 2), (("presence", 0), "1"), (("presence",), 1)],
)  # fmt: skip
def test_a_move_that_is_none_changes_nothing(path: Path, path_to: tuple[str | int, ...], by: Any) -> None:
    session = EditSession(path)
    with pytest.raises((KeyError, TypeError, ValueError)):
        ask(session, "move", *path_to, by=by)
    assert session.data.decode() == TABLE


def test_an_id_is_changed_wherever_it_stands_and_a_wrong_one_is_refused(path: Path) -> None:
    session = EditSession(path)
    assert ask(session, "rename", "groups", "red", to="the-reds")["done"]
    assert ask(session, "rename", "sources", "team", to="report")["done"]
    wanted = TABLE.replace("  red:", "  the-reds:").replace("group: red", "group: the-reds").replace("team", "report")
    assert session.data.decode() == wanted
    for taken in ("blue", "", "two words", "../x", "a: b"):
        assert not ask(session, "rename", "groups", "the-reds", to=taken)["done"], taken
    assert session.data.decode() == wanted
    with pytest.raises(TypeError):
        ask(session, "rename", "presence", "x", to="y")
    with pytest.raises(ValueError, match="there is not"):
        ask(session, "rename", "groups", "green", to="y")


def test_of_comments_it_is_asked_what_becomes_of_them(path: Path) -> None:
    session = EditSession(path)
    answer = ask(session, "drop", "presence", 0)
    assert (answer["done"], answer["comments"]) == (False, ("# seen in May", "# by two people"))
    assert session.data.decode() == TABLE
    assert ask(session, "drop", "presence", 0, comments="leave")["done"]
    assert "# seen in May\n    # by two people\n  - group: blue" in session.data.decode()
    ask(session, "undo")
    assert ask(session, "drop", "presence", 0, comments="drop")["done"]
    assert "presence:\n  - group: blue" in session.data.decode()
    told = ask(session, "show")["entries"]
    assert [(each["part"], each["how"], each["value"]) for each in told[1:]] == [
        ("comment", "dropped", "# seen in May"), ("comment", "dropped", "# by two people"),
    ]  # fmt: skip
    ask(session, "undo")
    assert ask(session, "drop", "presence", 1)["done"]
    assert not ask(session, "drop", "groups", "red", comments="drop")["done"] or "red" not in session.data.decode()


def test_what_will_change_is_told_entry_by_entry(path: Path) -> None:
    session = EditSession(path)
    change(session, "presence", 2, to={"group": "red", "in": "Herat", "source": "team"})
    change(session, "groups", "blue", to={"name": "Blue Front"})
    ask(session, "rename", "sources", "team", to="report")
    change(session, "title", to="T")
    told = [(each["part"], each["how"], each["was"], each["key"]) for each in ask(session, "show")["entries"]]
    assert told == [
        ("groups", "changed", "blue", "blue"), ("sources", "renamed", "team", "report"),
        ("presence", "added", None, 2), ("title", "added", None, None),
    ]  # fmt: skip


def test_two_who_both_add_at_the_end_are_brought_together(path: Path) -> None:
    session = EditSession(path)
    change(session, "presence", 2, to={"group": "red", "in": "Herat", "source": "team"})
    change(session, "groups", "green", to={"name": "Green"})
    theirs = TABLE + "  - {group: blue, in: Ghor, source: team}  # theirs\n"
    theirs = theirs.replace("sources:", "  grey: {name: Grey}\nsources:")
    path.write_text(theirs, encoding="utf-8")
    assert not ask(session, "save")["done"]
    assert path.read_text(encoding="utf-8") == theirs
    assert ask(session, "save")["saved"]
    written = path.read_text(encoding="utf-8")
    plain = read_plain(written.encode(), "t")
    assert [*plain["groups"]] == ["red", "blue", "grey", "green"]
    assert [each["in"] for each in plain["presence"]] == [["Kabul"], "Kunar", "Ghor", "Herat"]
    assert [line for line in theirs.splitlines() if line not in written.splitlines()] == []


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (("presence", 0, "note", "mine"), ("presence", 0, "note", "theirs")),
        (("groups", "red", "name", "Mine"), ("groups", "red", "name", "Theirs")),
        (("presence", 1, None, None), ("presence", 1, "note", "theirs")),
        (("title", None, None, "Mine"), ("title", None, None, "Theirs")),
    ],
)  # fmt: skip
def test_the_same_entry_changed_by_both_is_a_conflict(path: Path, mine: Any, theirs: Any) -> None:
    def put(data: bytes, part: str, key: Any, name: Any, value: Any) -> bytes:
        where = tuple(each for each in (part, key, name) if each is not None)
        return splice_change(data, "t", where, value)

    base = TABLE.encode()
    assert merge_entries(base, put(base, *mine), put(base, *theirs), "t") is None
    same = put(base, *mine)
    assert merge_entries(base, same, same, "t") in (same, None)


def test_random_entries_of_two_are_all_there_once_or_it_is_a_conflict() -> None:
    merged = 0
    for seed in range(150):
        rng = random.Random(seed)
        base = {"groups": {f"g{at}": {"name": f"G{at}"} for at in range(3)},
                "presence": [{"group": "g0", "in": f"P{at}"} for at in range(5)]}  # fmt: skip
        text = "groups:\n" + "".join(f"  g{at}: {{name: G{at}}}\n" for at in range(3))
        text += "presence:\n" + "".join(f"  - {{group: g0, in: P{at}}}\n" for at in range(5))
        made, touched = [], []
        for who in ("mine", "theirs"):
            data, own = text.encode(), set[str]()
            path: tuple[str | int, ...]
            value: dict[str, str] | None
            for _ in range(3):
                plain = read_plain(data, "t")
                at, how = rng.randrange(len(plain["presence"])), rng.random()
                name = plain["presence"][at]["in"]
                if how < 0.5:
                    path = ("presence", len(plain["presence"]))
                    value = {"group": "g1", "in": f"{who}{rng.random()}"}
                elif how < 0.7:
                    path, value = ("groups", f"{who}{rng.randrange(99)}"), {"name": f"{rng.random()}"}
                else:
                    path = ("presence", at)
                    value = None if how < 0.85 else {"group": who, "in": name}
                    own.add(name)
                data = splice_change(data, "t", path, value)
            made.append(data)
            touched.append(own)
        both = merge_entries(text.encode(), made[0], made[1], "t")
        if touched[0] & touched[1]:
            continue
        if both is None:
            continue
        merged += 1
        one, other, whole = (read_plain(each, "t") for each in (*made, both))
        for part in ("groups", "presence"):
            count = [len(each[part]) - len(base[part]) for each in (one, other, whole)]
            assert count[2] == count[0] + count[1], seed
        for each in (one, other):
            changed = [change for change in list_changes(base, each) if change.how in ("added", "changed")]
            for change_ in changed:
                value = each[change_.part][change_.key]
                held = whole[change_.part]
                assert value in (held if isinstance(held, list) else held.values()), seed
    assert merged > 60, merged


def test_a_draft_that_says_nothing_else_is_gone_without_a_word(path: Path) -> None:
    for base, text in ((b"title: old\n", TABLE.encode()), (b"title: old\n", b"title: old\n")):
        write_draft(path, base, text)
        session = EditSession(path)
        assert (session.data.decode(), session.drafted, name_draft(path).exists()) == (TABLE, False, False)


def test_the_starter_s_example_goes_at_once_and_what_was_added_stays(path: Path) -> None:
    starter = resources.files("geo.read").joinpath("starter.yaml").read_text("utf-8")
    path.write_text(starter, encoding="utf-8")
    session = EditSession(path)
    assert ask(session, "state")["example"]
    assert ask(session, "bare")["done"]
    assert read_plain(session.data, "t") == {"version": "1"}
    assert "made up" not in session.data.decode()
    assert not ask(session, "state")["example"]
    ask(session, "undo")
    change(session, "groups", "mine", to={"name": "Mine"})
    change(session, "presence", 2, to={"group": ["mine", "group-b"], "in": "Kabul", "level": "reported"})
    answer = ask(session, "bare")
    assert answer["table"] == {
        "version": "1", "levels": {"reported": {"name": "Reported presence", "rank": "1"}},
        "groups": {"group-b": {"name": "Group B"}, "mine": {"name": "Mine"}},
        "presence": [{"group": ["mine", "group-b"], "in": "Kabul", "level": "reported"}],
    }  # fmt: skip
    path.write_text(TABLE, encoding="utf-8")
    session = EditSession(path)
    name_draft(path).unlink(missing_ok=True)
    assert not ask(session, "state")["example"]
