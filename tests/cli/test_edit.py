"""`presence edit`: what a person changes is what the file holds afterwards, and nothing is lost on the way."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import pytest

from geo.api import check_table, render_maps
from geo.api.editing import session as session_module
from geo.api.editing.edit_draft import name_draft, read_draft, write_draft
from geo.api.editing.edit_table import describe_format, draw_edited_map, write_launcher
from geo.api.editing.merge_texts import merge_texts
from geo.api.editing.session import EditSession
from geo.errors import PresenceError, Problem, TableError, WriteError
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.updates.splice_change import read_plain
from geo.write import files
from geo.write.edit_lock import hold_file

ROOT = Path(__file__).parents[2]
TABLE = """# a table
groups:
  red: {name: Red Group}   # the first

  blue: {name: Blue Group, internal: "not for others"}
sources:
  team: {title: A report, date: 2024}
presence:
  # seen in May
  - {group: red, in: [Kabul], source: team}
  - group: blue
    in: Kunar   # by name
    source: team
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "t.yaml"
    path.write_text(TABLE, encoding="utf-8")
    return path


def ask(session: EditSession, do: str, **more: Any) -> dict[str, Any]:
    return session.answer({"do": do, "version": session.version, **more})


def change(session: EditSession, *path: str | int, to: Any) -> dict[str, Any]:
    return ask(session, "change", changes=[{"path": [*path], "value": to}])


def test_a_change_is_kept_shown_and_written(path: Path) -> None:
    session = EditSession(path)
    answer = change(session, "presence", 1, to={"group": "blue", "in": ["Kunar", "Ghor"], "source": "team"})
    assert (answer["done"], answer["changed"], answer["version"]) == (True, True, 1)
    assert answer["places"] == [["AF-KAB"], ["AF-KNR", "AF-GHO"]]
    assert path.read_text(encoding="utf-8") == TABLE
    assert ask(session, "show")["diff"][1:] == [
        "   # seen in May", "   - {group: red, in: [Kabul], source: team}", "   - group: blue",
        "-    in: Kunar   # by name", "+    in: [Kunar, Ghor]   # by name", "     source: team", " ",
    ]  # fmt: skip
    assert ask(session, "save")["saved"]
    assert path.read_text(encoding="utf-8") == TABLE.replace("in: Kunar ", "in: [Kunar, Ghor] ")
    assert not ask(session, "state")["changed"]


def test_what_check_refuses_is_refused_with_its_words_at_the_field(path: Path) -> None:
    session = EditSession(path)
    answer = change(session, "presence", 0, to={"group": "red", "in": ["Kabul", "Konnar"], "source": "teem"})
    path.write_text(TABLE.replace("[Kabul], source: team", "[Kabul, Konnar], source: teem"), encoding="utf-8")
    with pytest.raises(TableError) as caught:
        check_table(path)
    assert [each["message"] for each in answer["told"]] == [each.message for each in caught.value.problems]
    assert [each["path"] for each in answer["told"]] == [["presence", 0, "in", 1], ["presence", 0, "source"]]
    assert (answer["done"], answer["version"], session.data.decode()) == (False, 0, TABLE)


def test_everything_can_be_undone_and_done_again(path: Path) -> None:
    session = EditSession(path)
    texts = [session.data]
    change(session, "presence", 2, to={"group": "red", "in": "Herat", "source": "team"})
    texts.append(session.data)
    change(session, "presence", 0, to=None)
    texts.append(session.data)
    change(session, "groups", "green", to={"name": "Green"})
    texts.append(session.data)
    change(session, "title", to="A title")
    for text in reversed(texts):
        assert ask(session, "undo")["done"]
        assert session.data == text
    assert not session.undone
    assert not name_draft(path).exists()
    for text in texts[1:]:
        ask(session, "redo")
        assert session.data == text


def test_a_draft_is_for_its_owner_goes_on_and_is_gone_once_saved(path: Path) -> None:
    first = EditSession(path)
    change(first, "title", to="A title")
    draft = name_draft(path)
    assert stat.S_IMODE(draft.stat().st_mode) == 0o600
    second = EditSession(path)
    answer = ask(second, "state")
    assert (answer["drafted"], answer["changed"], answer["table"]["title"]) == (True, True, "A title")
    ask(second, "save")
    assert not draft.exists()
    assert 'title: "A title"' in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["{", "[]", '{"form": "presence edit 2", "base": "", "text": ""}', "[" * 9999])
def test_a_file_that_is_no_draft_is_not_written_over(path: Path, text: str) -> None:
    name_draft(path).write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match="no draft that could be gone on with"):
        EditSession(path)
    assert name_draft(path).read_text(encoding="utf-8") == text


def test_a_file_changed_meanwhile_is_merged_and_looked_at_before_it_is_written(path: Path) -> None:
    session = EditSession(path)
    change(session, "presence", 1, "source", to=None)
    theirs = TABLE.replace("Red Group", "Red Army").replace("# seen in May", "# seen in June")
    path.write_text(theirs, encoding="utf-8")
    answer = ask(session, "save")
    assert (answer["done"], answer.get("saved"), answer["changed"]) == (False, None, True)
    assert path.read_text(encoding="utf-8") == theirs
    assert ask(session, "save")["saved"]
    written = path.read_text(encoding="utf-8")
    assert written == theirs.replace("by name\n    source: team", "by name")
    assert ask(session, "undo")["done"] is True
    assert session.data == theirs.encode() or "by name" in session.data.decode()


@pytest.mark.parametrize("name", ["_list_worse", "_keep_old"])
def test_a_file_changed_while_it_is_being_saved_is_merged(
    path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """However late: while the text is read once more, or when the new file stands ready beside the old one."""
    place = EditSession if name == "_list_worse" else files
    work = getattr(place, name)

    def work_slowly(*given: Any) -> Any:
        done = work(*given)
        path.write_text(theirs, encoding="utf-8")
        return done

    session = EditSession(path)
    change(session, "presence", 1, "source", to=None)
    theirs = TABLE.replace("Red Group", "Red Army")
    with monkeypatch.context() as slow:
        slow.setattr(place, name, work_slowly)
        answer = ask(session, "save")
    assert (answer["done"], answer.get("saved"), answer["changed"]) == (False, None, True)
    assert "meanwhile" in answer["told"][0]["message"]
    assert path.read_text(encoding="utf-8") == theirs
    assert ask(session, "save")["saved"]
    assert path.read_text(encoding="utf-8") == theirs.replace("by name\n    source: team", "by name")


def test_the_same_lines_changed_are_a_conflict_and_nothing_is_written(path: Path) -> None:
    session = EditSession(path)
    change(session, "groups", "red", to={"name": "Red Front"})
    theirs = TABLE.replace("Red Group", "Red Army")
    path.write_text(theirs, encoding="utf-8")
    answer = ask(session, "save")
    assert not answer["done"]
    assert "same lines" in answer["told"][0]["message"]
    assert "+  red: {name: Red Army}   # the first" in answer["conflict"]
    assert path.read_text(encoding="utf-8") == theirs
    assert ask(session, "reload")["table"]["groups"]["red"] == {"name": "Red Army"}
    ask(session, "undo")
    assert b"Red Front" in session.data
    assert not ask(session, "save")["done"]
    assert path.read_text(encoding="utf-8") == theirs


def test_what_was_undone_past_a_merge_is_no_way_over_another_s_changes(path: Path) -> None:
    session = EditSession(path)
    change(session, "title", to="A title")
    path.write_text(TABLE.replace("Kunar", "Ghor"), encoding="utf-8")
    ask(session, "save")
    ask(session, "save")
    while session.undone:
        ask(session, "undo")
    assert b"Ghor" in session.data


def test_random_texts_of_two_are_merged_or_told() -> None:
    for seed in range(300):
        rng = random.Random(seed)
        base = [f"{number}\n" for number in range(12)]
        at, other = rng.sample(range(12), 2)
        mine, theirs = [*base], [*base]
        mine[at] = "mine\n" if rng.random() < 0.7 else ""
        theirs[other] = rng.choice(["theirs\n", "", f"{other}\nmore\n"])
        merged = merge_texts("".join(base), "".join(mine), "".join(theirs))
        if merged is None:
            assert abs(at - other) <= 1, seed
            continue
        both = [*base]
        both[at], both[other] = mine[at], theirs[other]
        assert merged == "".join(both), seed


def test_another_tab_is_told_and_changes_nothing(path: Path) -> None:
    session = EditSession(path)
    change(session, "title", to="One")
    answer = session.answer({"do": "change", "version": 0, "changes": [{"path": ["title"], "value": "Two"}]})
    assert (answer["done"], answer["stale"], answer["table"]["title"]) == (False, True, "One")


def test_a_table_with_mistakes_opens_and_is_mended_one_by_one(path: Path) -> None:
    path.write_text(TABLE.replace("Kabul", "Kabulu").replace("in: Kunar", "in: Konnar"), encoding="utf-8")
    session = EditSession(path)
    told = ask(session, "state")["problems"]
    assert [each["path"] for each in told] == [["presence", 0, "in", 0], ["presence", 1, "in"]]
    assert not change(session, "presence", 0, "in", to=["Herrat"])["done"]
    assert change(session, "presence", 0, "in", to=["Herat"])["done"]
    assert ask(session, "save")["saved"]
    assert "Herat" in path.read_text(encoding="utf-8")
    session.table, session.problems = session._check(session.data.replace(b"Konnar", b"Konarr"))
    assert not ask(session, "save")["done"]
    answer = change(session, "presence", 1, "in", to=["Kunar"])
    assert (answer["done"], answer["problems"]) == (True, [])
    assert ask(session, "save")["saved"]


def test_a_wrong_table_takes_no_more_mistakes_and_is_told_the_new_ones_alone(path: Path) -> None:
    path.write_text(TABLE.replace("in: Kunar", "in: Konnar"), encoding="utf-8")
    session = EditSession(path)
    old = ask(session, "state")["problems"]
    answer = change(session, "presence", 0, "in", to=["Konnar"])
    assert (answer["done"], answer["problems"]) == (False, old)
    assert [(each["message"], each["path"]) for each in answer["told"]] == [
        (old[0]["message"], ["presence", 0, "in", 0])
    ]
    answer = change(session, "presence", 0, to={"group": "rad", "in": "Kabul", "source": "teem"})
    assert [each["path"] for each in answer["told"]] == [["presence", 0, "group"], ["presence", 0, "source"]]
    worse = session.data.replace(b"[Kabul]", b"[Konnar]")
    session.data, (session.table, session.problems) = worse, session._check(worse)
    answer = ask(session, "save")
    assert (answer["done"], [each["path"] for each in answer["told"]]) == (False, [["presence", 0, "in", 0]])
    assert b"[Kabul]" in path.read_bytes()


@pytest.mark.parametrize("text", ["a: [", "\ttitle: x", "- a\n- b", "just words", "a: &x 1\nb: *x"])
def test_what_is_no_table_is_text_until_it_is_one(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    session = EditSession(path)
    answer = ask(session, "show")
    assert answer["text"] == text
    assert answer["problems"]
    with pytest.raises(PresenceError):
        draw_edited_map(session, "en")
    assert ask(session, "text", text=TABLE)["done"]
    assert ask(session, "save")["saved"]
    assert path.read_text(encoding="utf-8") == TABLE


ONE = """groups:
  # the only one
  red: {name: Red Group}
sources:
  team:
    title: A report
presence:  # all
  - group: red
    in: Kabul
    source: team
"""


def test_the_only_record_source_and_group_of_a_table_in_blocks_can_go(path: Path) -> None:
    path.write_text(ONE, encoding="utf-8")
    session = EditSession(path)
    for part, key in (("groups", "red"), ("sources", "team")):
        answer = change(session, part, key, to=None)
        assert not answer["done"]
        assert [each["message"].partition(";")[0] for each in answer["told"]] == [f"unknown {part[:-1]} '{key}'"]
    for where, left in ((("presence", 0), []), (("sources", "team"), {}), (("groups", "red"), {})):
        answer = change(session, *where, to=None)
        assert (answer["done"], answer["table"][where[0]]) == (True, left)
    assert session.data.decode() == "groups: {}\n  # the only one\nsources: {}\npresence: []  # all\n"
    assert change(session, "groups", "blue", to={"name": "Blue"})["done"]
    assert change(session, "presence", 0, to={"group": "blue", "in": "Kabul"})["done"]
    assert ask(session, "save")["saved"]


def test_a_thousand_problems_are_told_as_fast_as_one(path: Path) -> None:
    numbers = range(1000)
    groups = "".join(f"  g{number}: {{name: Group {number}}}\n" for number in numbers)
    records = "".join(f"  - {{group: g{number}, in: Kabul}}\n" for number in numbers)
    path.write_text(f"sources: {{s: {{title: S}}}}\ngroups:\n{groups}presence:\n{records}", encoding="utf-8")
    session = EditSession(path)
    start = time.process_time()
    told = ask(session, "state")["problems"]
    assert time.process_time() - start < 1
    assert [each["path"] for each in told] == [["presence", number, "source"] for number in numbers]


def test_a_new_table_is_made_from_nothing_by_the_form_alone(tmp_path: Path) -> None:
    """The five records of the article, with levels and source, as a form gives them."""
    path = tmp_path / "new.yaml"
    path.write_text("# mine\n", encoding="utf-8")
    wanted = read_plain((ROOT / "presence.yaml").read_bytes(), "t")
    session = EditSession(path)
    for part in ("sources", "levels", "groups"):
        for key, value in wanted[part].items():
            bare = {"name": value["name"]} if part == "groups" else value
            assert change(session, part, key, to=bare)["done"], (part, key)
    for key, value in wanted["groups"].items():
        assert change(session, "groups", key, to=value)["done"]
    for number, record in enumerate(wanted["presence"]):
        assert change(session, "presence", number, to=record)["done"]
    assert ask(session, "save")["saved"]
    made = read_plain(path.read_bytes(), "t")
    assert made == {part: wanted[part] for part in ("sources", "levels", "groups", "presence")}
    assert path.read_text(encoding="utf-8").startswith("# mine\n")


def test_an_empty_file_is_a_table_to_begin_with(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    path.touch()
    session = EditSession(path)
    assert ask(session, "state")["table"] == {}
    assert change(session, "groups", "a", to={"name": "A"})["done"]
    assert "without a record" in ask(session, "state")["problems"][0]["message"]


@pytest.mark.parametrize(
    "asked",
    [
        {}, {"do": "no"}, {"do": "change"}, {"do": "change", "changes": [{}]}, {"do": "change", "changes": 3},
        {"do": "change", "changes": [{"path": [], "value": "x"}]}, {"do": "text"}, {"do": "text", "text": 3},
        {"do": "change", "changes": [{"path": [0], "value": "x"}]},
        {"do": "change", "changes": [{"path": ["title", True], "value": "x"}]},
        {"do": "change", "changes": [{"path": ["title"], "value": 3}]},
        {"do": "change", "changes": [{"path": ["title"], "value": [[3]]}]},
        {"do": "change", "changes": [{"path": ["presence", 99], "value": {"a": "b"}}]},
        {"do": "change", "changes": [{"path": ["presence", -1], "value": None}]},
        {"do": "change", "changes": [{"path": ["x"] * 30, "value": "x"}]},
    ],
)  # fmt: skip
def test_a_question_that_is_none_changes_nothing(path: Path, asked: dict[str, Any]) -> None:
    session = EditSession(path)
    with pytest.raises((KeyError, TypeError, ValueError)):
        session.answer({"version": 0, **asked})
    assert (session.data.decode(), session.version) == (TABLE, 0)


@pytest.mark.parametrize(
    "word", ["\ud800", "\x00", "\u202e", "a\u2028b", "{{7*7}}", "</script><script>alert(1)</script>"]
)
def test_a_hostile_text_is_a_text_or_is_refused(path: Path, word: str) -> None:
    session = EditSession(path)
    answer = change(session, "presence", 0, "note", to=word)
    if answer["done"]:
        assert answer["table"]["presence"][0]["note"] == word
        assert b"<script>alert" not in draw_edited_map(session, "en")
    else:
        assert answer["told"]
        assert session.data.decode() == TABLE
    assert not ask(session, "text", text="title: " + "\x01")["done"]


def test_a_disk_that_is_full_loses_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise WriteError([Problem(str(path), "cannot be written: No space left on device", "free space on the disk")])

    session = EditSession(path)
    with monkeypatch.context() as broken:
        broken.setattr(session_module, "write_draft", fail)
        answer = change(session, "title", to="A title")
        assert answer["done"]
        assert "No space left" in answer["told"][0]["message"]
        broken.setattr(session_module, "write_files", fail)
        answer = ask(session, "save")
        assert not answer["done"]
        assert answer["changed"]
    assert path.read_text(encoding="utf-8") == TABLE
    assert ask(session, "save")["saved"]


def test_a_folder_that_is_gone_is_told_and_the_text_stays(path: Path) -> None:
    session = EditSession(path)
    shutil.rmtree(path.parent)
    assert change(session, "title", to="A title")["done"]
    answer = ask(session, "save")
    assert (answer["done"], "there is no such file" in answer["told"][0]["message"]) == (False, True)
    assert 'title: "A title"' in ask(session, "show")["text"]


@pytest.mark.parametrize("name", ["-", "t.csv", "t.xlsx"])
def test_only_a_table_in_yaml_is_edited(tmp_path: Path, name: str) -> None:
    with pytest.raises(TableError):
        EditSession(Path(name) if name == "-" else tmp_path / name)


def test_one_editor_at_a_time(path: Path) -> None:
    with hold_file(path):
        with pytest.raises(WriteError, match="is open in another"), hold_file(path):
            pass
        link = path.with_name("link.yaml")
        link.symlink_to(path)
        with pytest.raises(WriteError), hold_file(link):
            pass
    with hold_file(path):
        pass
    assert not list(path.parent.glob(".*.lock"))


def test_no_page_but_the_editor_s_has_its_script(path: Path) -> None:
    for page in render_maps(path).pages.values():
        assert b"presenceEdit" not in page
    drawn = draw_edited_map(EditSession(path), "fa")
    assert drawn.count(b"presenceEdit") > 1
    assert b"not for others" not in drawn
    assert b'lang="fa"' in drawn


def test_every_key_of_the_format_is_in_what_a_form_is_made_of() -> None:
    known = describe_format(read_gazetteer())
    assert {"presence", "groups", "relations", "title", "changes"} <= known["schema"]["properties"].keys()
    assert len(known["units"]) == 34
    assert "کابل" in next(unit for unit in known["units"] if unit["name"] == "Kabul")["names"]


def test_the_page_that_leads_to_the_editor_is_its_owner_s() -> None:
    with write_launcher("http://127.0.0.1:1/#token") as launcher:
        path = Path(launcher.removeprefix("file://"))
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert "url=http://127.0.0.1:1/#token" in path.read_text(encoding="utf-8")
    assert not path.exists()


@contextmanager
def start(path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    words = [sys.executable, "-m", "geo", "edit", str(path), "--no-open"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT) as process:
        assert process.stdout
        yield process, process.stdout.readline().strip()


def post(address: str, **asked: Any) -> dict[str, Any]:
    base, _, token = address.partition("/#")
    host = base.removeprefix("http://")
    connection = HTTPConnection(host, timeout=20)
    headers = {"Origin": base, "Content-Type": "application/json", "X-Presence-Token": token}
    try:
        connection.request("POST", "/ask", json.dumps(asked), headers)
        said: dict[str, Any] = json.loads(connection.getresponse().read())
    finally:
        connection.close()
    return said


def test_the_command_prints_its_address_and_ends_by_a_signal(path: Path) -> None:
    with start(path) as (process, address):
        assert post(address, do="state")["table"]["groups"]["red"] == {"name": "Red Group"}
        second = subprocess.run(
            [sys.executable, "-m", "geo", "edit", str(path), "--no-open"], capture_output=True, text=True, cwd=ROOT,
            timeout=60, check=False,
        )  # fmt: skip
        assert (second.returncode, "is open in another 'presence edit'" in second.stderr) == (1, True)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
    assert not list(path.parent.glob(".*.lock"))


@pytest.mark.parametrize("seed", range(int(os.environ.get("PRESENCE_KILLS", "2"))))
def test_a_kill_at_any_moment_of_a_write_leaves_a_whole_file(path: Path, seed: int) -> None:
    whole: set[bytes] = {path.read_bytes()}
    ended = threading.Event()

    def edit() -> None:
        try:
            version, number = 0, 0
            while not ended.is_set():
                number += 1
                value = {"path": ["title"], "value": f"title {number}"}
                version = post(address, do="change", version=version, changes=[value])["version"]
                whole.add(TABLE.encode() + f"title: title {number}\n".encode())
                version = post(address, do="save", version=version)["version"]
        except (OSError, HTTPException, ValueError, KeyError):
            pass

    with start(path) as (process, address):
        editor = threading.Thread(target=edit)
        editor.start()
        time.sleep(0.4 + random.Random(seed).random() * 0.6)
        process.kill()
        process.wait(20)
        ended.set()
        editor.join(20)
    numbers = {each.rstrip().rpartition(b" ")[2] for each in whole}
    written = path.read_bytes()
    assert written in whole or written.rstrip().rpartition(b" ")[2] not in numbers
    EditSession(path)
    with hold_file(path):
        check_table(path)


def test_a_draft_goes_by_no_link_and_is_its_owners_alone(tmp_path: Path) -> None:
    """What an archive or another user put beside a table leads to no other file."""
    table, draft, other = tmp_path / "t.yaml", tmp_path / "t.yaml.edit.json", tmp_path / "other"
    table.write_text("presence: {A: [Kabul]}\n", "utf-8")
    other.write_text("mine", "utf-8")
    draft.symlink_to("nowhere")
    with pytest.raises(TableError, match="no file of yours"):
        EditSession(table)
    draft.unlink()
    draft.touch(0o644)
    with pytest.raises(TableError, match="no draft that could be gone on with"):
        EditSession(table)
    draft.unlink()
    write_draft(table, b"presence: {A: [Kabul]}\n", "title: کابل\n".encode())
    assert stat.S_IMODE(draft.stat().st_mode) == 0o600
    draft.unlink()
    draft.symlink_to(other)
    write_draft(table, b"a", b"b")
    assert other.read_text("utf-8") == "mine"
    assert not draft.is_symlink()
    assert stat.S_IMODE(draft.stat().st_mode) == 0o600
    assert read_draft(table) == (b"a", b"b")


def test_a_lock_that_is_not_ours_is_told(tmp_path: Path) -> None:
    (tmp_path / ".t.yaml.edit.lock").symlink_to("elsewhere/nowhere")
    with pytest.raises(WriteError, match=r"is held by \.t\.yaml\.edit\.lock"), hold_file(tmp_path / "t.yaml"):
        pass
