"""`presence edit`: what is pasted is proposed by the code of `draft --review` and `import --into`, and no more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from geo.api import DraftOptions, open_review
from geo.api.editing.session import EditSession
from tests.hostile.strings import list_shown

ROOT = Path(__file__).parents[2]
TABLE = """levels: {seen: {name: Seen}, camps: {name: Camps}}
groups:
  red: {name: Red Group}
  blue: {name: Blue Group, aliases: [Blues]}
sources:
  team: {title: A report, date: 2024}
presence:
  - {id: red-1, group: red, in: [Kabul], level: seen, source: team}
"""


@pytest.fixture
def session(tmp_path: Path) -> EditSession:
    path = tmp_path / "t.yaml"
    path.write_text(TABLE, encoding="utf-8")
    return EditSession(path)


def ask(session: EditSession, do: str, **more: Any) -> dict[str, Any]:
    return session.answer({"do": do, "version": session.version, **more})


def paste(session: EditSession, text: str, source: str = "", *, rows: bool = False) -> dict[str, Any]:
    return ask(session, "propose", text=text, source=source, rows=rows)


def test_a_text_proposes_what_a_review_of_it_does(tmp_path: Path) -> None:
    text = ROOT / "examples/article.txt"
    table = tmp_path / "t.yaml"
    table.write_bytes((ROOT / "presence.yaml").read_bytes())
    session = EditSession(table)
    found = paste(session, text.read_text("utf-8"), "un-2020")["proposals"]
    review = open_review([text], options=DraftOptions(table, "un-2020"))
    wanted = [review.find_entry(item) for item in review.items if not review.find_known(item)]
    assert [(each["path"], each["value"]) for each in found] == [
        ([*each.under], {key: value for key, value in each.values.items() if value != "?"}) for each in wanted
    ]
    assert all("".join(text for text, _ in each["sentence"]) == each["value"]["quote"] for each in found)
    assert {path.name for path in tmp_path.iterdir()} == {"t.yaml"}
    assert session.version == 0


def test_what_is_asked_must_be_answered(session: EditSession) -> None:
    (found,) = paste(session, "The Blues are in Herat.", "team")["proposals"]
    assert [(each["key"], "level" in each["said"]) for each in found["doubts"]] == [("level", True)]
    assert found["sentence"] == [("The ", ""), ("Blues", "who"), (" are in ", ""), ("Herat", "where"), (".", "")]
    answer = ask(session, "change", changes=[{"path": ["presence", 1], "value": found["value"]}])
    assert (answer["done"], answer["told"][0]["path"]) == (False, ["presence", 1, "level"])
    value = {**found["value"], "level": "camps"}
    assert ask(session, "change", changes=[{"path": ["presence", 1], "value": value}])["done"]
    answer = paste(session, "The Blues are in Herat.", "team")
    assert (answer["proposals"], answer["known"]) == ([], 1)


def test_nothing_of_a_text_reaches_the_disk(session: EditSession) -> None:
    paste(session, "The Blues are in Herat, says a secret note.")
    kept = b"".join(path.read_bytes() for path in session.path.parent.iterdir())
    assert b"secret" not in kept


@pytest.mark.parametrize("rows", [False, True])
def test_the_short_form_has_no_room_for_proposals(tmp_path: Path, rows: bool) -> None:
    path = tmp_path / "t.yaml"
    path.write_text("presence: {Red Group: [Kabul]}\n", encoding="utf-8")
    answer = paste(EditSession(path), "The Red Group is in Ghor.", rows=rows)
    assert (answer["done"], "the short form" in answer["told"][0]["message"]) == (False, True)


@pytest.mark.parametrize("rows", [False, True])
def test_a_text_that_is_too_long_or_none_is_told(session: EditSession, rows: bool) -> None:
    answer = paste(session, "x" * 1_000_001, rows=rows)
    assert (answer["done"], "more than 1,000,000 letters" in answer["told"][0]["message"]) == (False, True)
    for text in ("", " \n", "\x00", "\ud800", "%PDF-1.7", "\u202e"):
        answer = paste(session, text, rows=rows)
        assert not answer.get("proposals"), text
    with pytest.raises(TypeError):
        ask(session, "propose", text=3, rows=rows)
    assert session.data.decode() == TABLE


def test_a_table_without_groups_or_with_mistakes_reads_no_text(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    for text, told in (
        ("title: T\n", "without groups"),
        ("groups: {a: {name: A}}\npresence: [{group: b, in: Kabul}]\n", "unknown"),
    ):
        path.write_text(text, encoding="utf-8")
        answer = paste(EditSession(path), "The A are in Kabul.")
        assert (answer["done"], told in answer["told"][0]["message"]) == (False, True)


HEADED = "Group\tProvince\tLevel\tNote\nBlues\tHerat; Ghor\tCamps\tsaid twice\nred\tKonnar\tcamps\t\n"


@pytest.mark.parametrize(
    ("text", "columns", "values", "told"),
    [
        (HEADED, {"B": "in"}, [{"group": "blue", "in": ["Herat", "Ghor"], "level": "camps", "note": "said twice"}],
         "B3: unknown"),
        ("Red Group\tKunar\tSeen\nBlues\tGhor\tcamps\n", {"A": "group", "B": "in", "C": "level"},
         [{"group": "red", "in": "Kunar", "level": "seen"}, {"group": "blue", "in": "Ghor", "level": "camps"}], ""),
        ("Kunar\tBlues\tCamps\t2020-05\tit was said by more than one elder\n",
         {"A": "in", "B": "group", "C": "level", "D": "observed", "E": "note"},
         [{"group": "blue", "in": "Kunar", "level": "camps", "observed": "2020-05",
           "note": "it was said by more than one elder"}], ""),
        ("group\tin\tlevel\tsource\nred\tKabul\tseen\tteam\n", {}, [], ""),
        ("id\tgroup\tin\tlevel\tsource\tnote\nred-1\tred\tKabul\tseen\tteam\tnew\n", {},
         [{"id": "red-1", "group": "red", "in": ["Kabul"], "level": "seen", "source": "team", "note": "new"}], ""),
        ("group\tin\tlevel\nGreen\tKabul\tseen\n", {}, [], "A2: unknown group 'Green'"),
        ("group\tin\tcolour\nred\tKunar\tx\n", {}, [], "unknown column 'colour'"),
        ("red\tKunar\tcamps\tx\n", {"A": "group", "B": "in", "C": "level"},
         [{"group": "red", "in": "Kunar", "level": "camps"}], "the column D, left out"),
    ],
)  # fmt: skip
def test_rows(session: EditSession, text: str, columns: dict[str, str], values: list[Any], told: str) -> None:
    answer = paste(session, text, rows=True)
    assert answer["columns"] == columns
    assert [each["value"] for each in answer["proposals"]] == values
    assert told in " ".join(each["message"] for each in answer["told"])
    assert bool(told) == bool(answer["told"])
    number = 1
    for each in answer["proposals"]:
        path = each["path"] if len(each["path"]) > 1 else ["presence", number]
        number += len(each["path"]) == 1
        assert ask(session, "change", changes=[{"path": path, "value": each["value"]}])["done"]
    assert paste(session, text, rows=True)["proposals"] == []


def test_rows_without_a_source_may_be_given_one(session: EditSession) -> None:
    for text in ("blue\tGhor\tcamps", "group\tin\tlevel\nblue\tGhor\tcamps"):
        (found,) = paste(session, text, "team", rows=True)["proposals"]
        assert found["value"] == {"group": "blue", "in": "Ghor", "level": "camps", "source": "team"}
    (found,) = paste(session, "group\tin\tlevel\tsource\nblue\tGhor\tcamps\t", "team", rows=True)["proposals"]
    assert "source" not in found["value"]


@pytest.mark.parametrize("word", list_shown())
def test_hostile_words_are_proposed_as_words_or_refused(session: EditSession, word: str) -> None:
    for rows, text in (
        (False, f"The Red Group is in Kunar {word}."),
        (True, f"red\tKunar\tcamps\t{word}"),
        (True, word),
    ):
        answer = paste(session, text, rows=rows)
        assert "proposals" in answer or answer["told"]
    assert session.data.decode() == TABLE
