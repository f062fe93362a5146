"""`presence fmt`: what it writes, what it tells, and when it keeps its hands off."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from geo.read.common import file_text

Run = Callable[..., Result]

UNTIDY = "title :  x  \r\npresence: {A: [ Kabul,Herat ]}   # note"
TIDIED = "title: x\npresence: {A: [Kabul, Herat]}   # note\n"


@pytest.fixture
def untidy(here: Path) -> Path:
    path = here / "untidy.yaml"
    path.write_bytes(UNTIDY.encode())
    return path


def test_a_table_is_tidied_in_its_place_once(run: Run, untidy: Path) -> None:
    result = run("fmt", "untidy.yaml")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "tidied untidy.yaml\n")
    assert untidy.read_bytes() == TIDIED.encode()
    assert run("fmt", "untidy.yaml").stderr == "1 table tidy already\n"
    assert run("fmt", "-q", "untidy.yaml").output == ""


def test_without_a_name_it_is_the_table_of_the_folder(run: Run, here: Path) -> None:
    before = (here / "presence.yaml").read_bytes()
    assert run("fmt").stderr == "1 table tidy already\n"
    (here / "presence.yaml").write_bytes(before + b"\n\n")
    assert run("fmt").stderr == "tidied presence.yaml\n"
    assert (here / "presence.yaml").read_bytes() == before


def test_check_writes_nothing_and_has_an_exit_code(run: Run, untidy: Path) -> None:
    result = run("fmt", "--check", "untidy.yaml", "presence.yaml")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "would tidy untidy.yaml\n")
    assert untidy.read_bytes() == UNTIDY.encode()
    assert run("fmt", "--check", "presence.yaml").exit_code == 0


def test_diff_shows_what_would_change_and_writes_nothing(run: Run, untidy: Path) -> None:
    result = run("fmt", "--diff", "untidy.yaml", code=0)
    assert result.stdout.splitlines() == [
        "--- untidy.yaml", "+++ untidy.yaml", "@@ -1,3 +1,2 @@", r"-title :  x  \r",
        "-presence: {A: [ Kabul,Herat ]}   # note", "-\\ no line end at the end of the file",
        "+title: x", "+presence: {A: [Kabul, Herat]}   # note",
    ]  # fmt: skip
    assert untidy.read_bytes() == UNTIDY.encode()
    assert run("fmt", "--diff", "--check", "untidy.yaml").exit_code == 1


def test_a_diff_does_not_show_what_is_internal(run: Run, untidy: Path) -> None:
    table = "internal:   Zq7secret\npresence:\n- {group: a,in: Kabul, internal: 'Zq7secret, x'}\ngroups: {a: {name: A}}"
    untidy.write_text(table, encoding="utf-8")
    result = run("fmt", "--diff", "untidy.yaml")
    assert "Zq7secret" not in result.output
    assert "+  - {group: a, in: Kabul, internal: (internal)}" in result.stdout


def test_a_mistake_in_one_table_keeps_all_as_they_are(run: Run, here: Path, untidy: Path) -> None:
    wrong = b"presence:  {A: [Kabool]}"
    (here / "wrong.yaml").write_bytes(wrong)
    result = run("fmt", "untidy.yaml", "wrong.yaml", "nosuch.yaml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert [line.partition(": ")[0] for line in result.stderr.splitlines()] == ["wrong.yaml:1:17", "nosuch.yaml"]
    assert untidy.read_bytes() == UNTIDY.encode()
    assert (here / "wrong.yaml").read_bytes() == wrong


def test_a_table_without_records_may_be_one_just_begun(run: Run, untidy: Path) -> None:
    untidy.write_text("title:   x", encoding="utf-8")
    assert run("fmt", "untidy.yaml").exit_code == 0
    assert untidy.read_text(encoding="utf-8") == "title: x\n"


def test_standard_input_has_no_place(run: Run) -> None:
    result = run("fmt", "-", input=UNTIDY, code=1)
    assert result.stderr == "standard input: cannot be tidied in its place; expected the path of a presence table\n"


def test_a_file_named_twice_is_tidied_once(run: Run, untidy: Path) -> None:
    assert run("fmt", "untidy.yaml", "untidy.yaml").stderr == "tidied untidy.yaml\n"


@pytest.mark.skipif(sys.platform == "win32", reason="rights as POSIX has them")
def test_the_file_keeps_its_rights_and_nothing_is_left_beside_it(run: Run, here: Path, untidy: Path) -> None:
    untidy.chmod(0o640)
    assert run("fmt", "untidy.yaml").exit_code == 0
    assert untidy.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in here.iterdir()) == ["presence.yaml", "untidy.yaml"]


def test_a_table_that_cannot_be_written_stays(run: Run, untidy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("geo.write.files.os.fsync", fail)
    result = run("fmt", "untidy.yaml", code=1)
    assert result.stderr.startswith("untidy.yaml: cannot be written: No space left on device")
    assert untidy.read_bytes() == UNTIDY.encode()


BARE = "groups: {a: {name: A}}\npresence:\n  - {group: a, in: Kabul}\n  - {group: a, in: Kunar, id: mine}\n"


def test_each_record_gets_an_id_once(run: Run, here: Path) -> None:
    path = here / "bare.yaml"
    path.write_text(BARE, "utf-8")
    assert run("fmt", "bare.yaml").stderr == "1 table tidy already\n"
    result = run("fmt", "--ids", "--check", "bare.yaml")
    assert (result.exit_code, result.stderr) == (1, "would tidy bare.yaml, with 1 new id\n")
    assert path.read_text("utf-8") == BARE
    shown = run("fmt", "--ids", "--diff", "bare.yaml").stdout.splitlines()
    assert run("fmt", "--ids", "bare.yaml").stderr == "tidied bare.yaml, with 1 new id\n"
    told = path.read_text("utf-8")
    (id_,) = re.findall(r"id: (a-[0-9a-f]{4}),", told)
    assert told == BARE.replace("{group: a, in: Kabul}", f"{{id: {id_}, group: a, in: Kabul}}")
    assert f"+  - {{id: {id_}, group: a, in: Kabul}}" in shown
    assert run("fmt", "--ids", "--check", "bare.yaml").stderr == "1 table tidy already\n"
    assert run("diff", "bare.yaml", "bare.yaml", "-q").exit_code == 0


def test_ids_are_given_in_all_tables_or_in_none(run: Run, here: Path) -> None:
    for name, text in (("bare.yaml", BARE), ("short.yaml", "presence: {A: [Kabul]}\n")):
        (here / name).write_text(text, "utf-8")
    result = run("fmt", "--ids", "bare.yaml", "short.yaml", code=1)
    assert result.stderr.startswith("short.yaml:1:11: the short form, in which a record has no room for an id;")
    assert (here / "bare.yaml").read_text("utf-8") == BARE


def test_the_remedy_for_a_correction_without_an_id_works(run: Run, here: Path) -> None:
    corrected = BARE.replace("in: Kabul", "in: Kabul, source: s, changed: {date: 2020, reason: misread}")
    corrected = "sources: {s: {title: S}}\n" + corrected.replace("Kunar", "Kunar, source: s")
    (here / "bare.yaml").write_text(corrected, "utf-8")
    assert "`presence fmt --ids TABLE` gives it" in run("check", "--strict", "bare.yaml").stderr
    assert run("fmt", "--ids", "bare.yaml").exit_code == 0
    assert run("check", "--strict", "bare.yaml").exit_code == 0


def test_a_table_that_would_be_too_large_to_read_again_stays(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = b"presence: {A: [Kabul,Herat]}"
    (here / "t.yaml").write_bytes(before)
    monkeypatch.setattr(file_text, "LARGEST_FILE", len(before))
    result = run("fmt", "t.yaml", code=1)
    assert "t.yaml: the tidy table is larger than 16 MB; expected a smaller table" in result.stderr
    assert (here / "t.yaml").read_bytes() == before
    monkeypatch.setattr(file_text, "LARGEST_FILE", len(before) + 2)
    assert run("fmt", "t.yaml").exit_code == 0
    assert run("check", "t.yaml").exit_code == 0
