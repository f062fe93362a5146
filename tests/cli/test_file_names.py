"""The ending of a name says what is in the file: every command that writes, by every ending, or nothing is written."""

from __future__ import annotations

import io
import itertools
import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from geo.api import (  # fmt: skip
    FORMATS,
    OUTPUT,
    FigureOptions,
    Version,
    build_diff,
    build_events,
    build_figure,
    build_maps,
    build_source_comparison,
    export_table,
    import_table,
    watch_table,
    write_starter,
)
from geo.api.output_paths import ENDINGS, OTHERS, settle_file
from geo.cli.main import COMMANDS, main
from geo.errors import FormatError, WriteError
from geo.write.standard_output import print_bytes
from tests.blank_figures import leave_out_drawing
from tests.daily import choose

Run = Callable[..., Result]

TABLE = """\
title: A test
sources: {s: {title: S, date: 2019-03-01}, t: {title: T, date: 2020-03-01}}
groups: {red: {name: Red}, blue: {name: Blue}}
presence:
  - {group: [red, blue], in: [Kabul, Kunar], source: s}
  - {group: red, in: Kabul, source: t}
"""
TEXT = "The Red group is active in Kabul.\n"
SHEET = "group,in\nRed Group,Kabul; Paktia\n"
EVENTS = "id,date,actor,lat,lon\n1,2020-07-01,Taleban,34.53,69.17\n"

FILES = {
    "overlay": ("overlay",),
    "choropleth": ("choropleth",),
    "timeline": ("timeline",),
    "compare": ("compare", "red", "blue"),
    "compare sources": ("compare", "--source", "s", "--source", "t"),
    "diff": ("diff", "presence.yaml", "other.yaml"),
    "figure": ("figure", "matrix", "--size", "half-page"),  # the one drawn soonest
    "import": ("import", "records.csv"),
    "draft": ("draft", "report.txt"),
}
"""Commands whose ``-o`` is one file; `MADE` says of which kind."""

FOLDERS = {
    "build": ("build", "--only", "overlay"),
    "watch": ("watch",),
    "events": ("events", "events.csv", "--to", "counts"),
    "export": ("export",),
    "publish": ("publish", "--lang", "en"),
}
MADE = dict.fromkeys(FILES, ("html",)) | {"figure": FORMATS, "import": ("yaml",), "draft": ("yaml",)}
BEGINNINGS = {"draft": b"## A draft"}
"""How a file begins that is another than its format's usual one."""

MAGIC = {
    "html": b"<!DOCTYPE html>", "svg": b"<?xml", "png": b"\x89PNG\r\n", "pdf": b"%PDF-", "yaml": b"version: 1\n",
    "xlsx": b"PK\x03\x04", "gpkg": b"SQLite format 3\0", "geojson": b"{", "markdown": b"#", "csv": b"\xef\xbb\xbf",
    "stix": b"{",
}  # fmt: skip
ASKED = (*ENDINGS, ".PNG", ".Html", ".YAML", ".docx", ".json", ".tif", ".v2", ".", ".06")


@pytest.fixture
def folder(run: Run, here: Path) -> Path:
    for name, text in {
        "presence.yaml": TABLE, "other.yaml": TABLE.replace("Kunar", "Logar"), "records.csv": SHEET,
        "events.csv": EVENTS, "report.txt": TEXT,
    }.items():  # fmt: skip
        (here / name).write_text(text, encoding="utf-8")
    return here


def list_all(folder: Path) -> dict[Path, bytes | None]:
    return {path: path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def test_every_command_that_writes_where_it_is_told_is_tried_here() -> None:
    context = main.make_context("presence", ["check"], resilient_parsing=True)
    commands = {name: main.get_command(context, name) for name in COMMANDS}
    writing = {
        name for name, command in commands.items() if command and "out" in {each.name for each in command.params}
    }
    assert writing == {words[0] for words in (FILES | FOLDERS).values()}


@pytest.mark.parametrize(("command", "ending"), choose(itertools.product(FILES, ASKED), 95))
def test_a_file_holds_what_its_ending_says_or_is_not_written(run: Run, folder: Path, command: str, ending: str) -> None:
    before, form = list_all(folder), ENDINGS.get(ending.lower())
    result = run(*FILES[command], "-o", f"x{ending}")
    if form and form in MADE[command]:
        assert result.exit_code == 0, result.stderr
        assert (folder / f"x{ending}").read_bytes().startswith(BEGINNINGS.get(command, MAGIC[form]))
        assert list_all(folder).keys() - before.keys() == {folder / f"x{ending}"}
    else:
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(f"x{ending}: the ending {ending.lower()!r}, where {MADE[command][0]}")
        assert all(f".{made}" in result.stderr for made in MADE[command])
        assert list_all(folder) == before
        assert "reading" not in result.stderr


@pytest.mark.parametrize(
    ("command", "ending"), choose(itertools.product(FOLDERS, [*ENDINGS, *sorted(OTHERS), ".CSV"]), 55)
)
def test_no_folder_is_made_that_is_called_like_a_file(run: Run, folder: Path, command: str, ending: str) -> None:
    before = list_all(folder)
    result = run(*FOLDERS[command], "-o", f"x{ending}")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(
        f"x{ending}: the ending {ending.lower()!r}, where a folder is made; expected a name"
    )
    assert list_all(folder) == before
    assert "reading" not in result.stderr


@pytest.mark.parametrize("words", [("--resume", "kept.csv"), ("--to", "map", "-o", "a.html/b")])
def test_that_holds_for_every_folder(run: Run, folder: Path, words: tuple[str, ...]) -> None:
    result = run("events", "events.csv", *words)
    assert result.exit_code == (2 if "--resume" in words else 1)
    assert not (folder / words[-1]).exists()


def test_a_page_makes_no_folder_that_is_called_like_a_file(run: Run, folder: Path) -> None:
    assert run("overlay", "-o", "x.csv/overlay.html").exit_code == 2
    assert not (folder / "x.csv").exists()


@pytest.mark.parametrize("name", ["maps.csv", "report.v2", "2020.06", "plain"])
@pytest.mark.parametrize("command", [name for name in FOLDERS if name != "watch"])
def test_other_folders_are_left_alone(
    run: Run, folder: Path, command: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_drawing(monkeypatch)
    if name == "maps.csv":  # Whoever has made it knows that it is a folder.
        (folder / name).mkdir()
    run(*FOLDERS[command], "-o", name, code=0)
    assert any((folder / name).iterdir())


@pytest.mark.parametrize("command", FILES)
def test_a_name_without_an_ending_is_given_one_and_told(run: Run, folder: Path, command: str) -> None:
    form = MADE[command][0]
    result = run(*FILES[command], "-o", "made", code=0)
    assert f"wrote made.{form}" in result.stderr
    assert (folder / f"made.{form}").read_bytes().startswith(BEGINNINGS.get(command, MAGIC[form]))
    assert not (folder / "made").exists()


@pytest.mark.parametrize("ending", ["", ".svg", ".png", ".pdf", ".PDF", ".jpg", ".html"])
@pytest.mark.parametrize("form", FORMATS)
def test_a_format_and_an_ending_agree_or_nothing_is_drawn(run: Run, folder: Path, form: str, ending: str) -> None:
    before = list_all(folder)
    result = run(*FILES["figure"], "--format", form, "-o", f"x{ending}")
    if ending.lower() in ("", f".{form}"):
        assert result.exit_code == 0, result.stderr
        assert (folder / f"x{ending or f'.{form}'}").read_bytes().startswith(MAGIC[form])
    else:
        assert result.exit_code == 2
        assert f"where {form} is written; expected .{form}" in result.stderr
        known = ENDINGS[ending.lower()] in FORMATS
        assert (f", or the format {ENDINGS[ending.lower()]}" in result.stderr) == known
        assert list_all(folder) == before


@pytest.mark.parametrize("form", FORMATS)
def test_a_figure_without_a_name_is_called_by_its_kind(run: Run, folder: Path, form: str) -> None:
    assert run(*FILES["figure"], "--format", form).exit_code == 0
    assert (folder / "maps" / f"matrix-half-page.{form}").read_bytes().startswith(MAGIC[form])


@pytest.mark.parametrize("name", ["x.yaml", "x.yml", "x.YAML", "x"])
def test_a_new_table_is_yaml(run: Run, folder: Path, name: str) -> None:
    result = run("init", name)
    made = name if "." in name else f"{name}.yaml"
    assert result.exit_code == 0, result.stderr
    assert f"wrote {made}; edit it, then run 'presence build {made}'" in result.stderr
    assert (folder / made).read_bytes().startswith(b"#")
    assert run("check", made).exit_code == 0


@pytest.mark.parametrize("name", ["x.csv", "x.xlsx", "x.html", "x.json", "x.txt", "-"])
def test_a_new_table_is_nothing_else(run: Run, folder: Path, name: str) -> None:
    before = list_all(folder)
    assert run("init", name).exit_code == 2
    assert list_all(folder) == before


@pytest.mark.parametrize("ending", choose([each for each in ENDINGS if each not in (".htm", ".yml")], 6))
def test_the_command_that_a_refusal_names_makes_that_format(run: Run, folder: Path, ending: str) -> None:
    refused = run("import" if ending != ".yaml" else "overlay", "records.csv", "-o", f"my file{ending}", code=2)
    found = re.search(r"; '(presence .*)' makes (\w+)$", refused.stderr.strip())
    assert found
    words = ["records.csv" if word == "SHEET" else word for word in shlex.split(found[1])]
    before = list_all(folder)
    run(*words[1:], code=0)
    made = [path for path in list_all(folder) if path not in before and path.is_file()]
    assert made
    assert all(path.read_bytes().startswith(MAGIC[found[2]]) for path in made)
    assert found[2] == ENDINGS[ending].replace("jpeg", "png")


@pytest.mark.parametrize("command", [name for name in FILES if name != "diff"])
def test_standard_output_holds_the_file_and_nothing_else(run: Run, folder: Path, command: str) -> None:
    before = list_all(folder)
    result = run(*FILES[command], "-o", "-", code=0)
    assert "wrote standard output" in result.stderr
    assert list_all(folder) == before
    run(*FILES[command], "-o", "made")
    assert result.stdout_bytes == (folder / f"made.{MADE[command][0]}").read_bytes()


@pytest.mark.parametrize("form", FORMATS)
def test_standard_output_takes_every_format(run: Run, folder: Path, form: str) -> None:
    result = run(*FILES["figure"], "--format", form, "-o", "-")
    assert result.stdout_bytes.startswith(MAGIC[form])
    assert run(*FILES["figure"], "-o", f"x.{form}").exit_code == 0
    assert result.stdout_bytes == (folder / f"x.{form}").read_bytes()


@pytest.mark.parametrize("form", ["xlsx", "geojson", "gpkg", "markdown", "stix"])
def test_an_export_of_one_file_is_printed(run: Run, folder: Path, form: str) -> None:
    before = list_all(folder)
    result = run("export", "--format", form, "-o", "-", code=0)
    assert result.stdout_bytes.startswith(MAGIC[form])
    assert list_all(folder) == before


def test_from_standard_input_to_standard_output(run: Run, folder: Path) -> None:
    result = run("overlay", "-", "-o", "-", input=TABLE, code=0)
    assert result.stdout_bytes.startswith(MAGIC["html"])
    assert run("export", "-", "--format", "markdown", "-o", "-", input=TABLE).stdout_bytes.startswith(b"#")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["build", "-o", "-"], "a folder of files is written; expected a folder; 'presence overlay -o -'"),
        (["watch", "-o", "-"], "a folder of files is written"),
        (["events", "events.csv", "-o", "-"], "a folder of files is written"),
        (["events", "events.csv", "--resume", "-"], "a folder of files is written"),
        (
            ["export", "--format", "csv", "-o", "-"],
            ", table.csv; expected a folder, or one format that is one file, such as xlsx",
        ),
        (["export", "--format", "xlsx", "--format", "gpkg", "-o", "-"], "2 files are written: table.xlsx, units.gpkg;"),
        (["diff", "presence.yaml", "other.yaml", "-o", "-"], "Standard output has the text"),
        (["overlay", "--open", "-o", "-"], "--open opens a file"),
        (["timeline", "--open", "-o", "-"], "--open opens a file"),
        (["compare", "red", "blue", "--open", "-o", "-"], "--open opens a file"),
    ],
)
def test_what_does_not_go_to_standard_output_is_refused(run: Run, folder: Path, words: list[str], says: str) -> None:
    before = list_all(folder)
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in " ".join(result.stderr.split())
    assert list_all(folder) == before


def test_a_failure_prints_no_part_of_a_file(run: Run, folder: Path) -> None:
    result = run("overlay", "--group", "none", "-o", "-")
    assert (result.exit_code, result.stdout_bytes) == (1, b"")


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("data", "is_shown"),
    [(b"<svg/>\n\t", True), ("نقشه".encode(), True), (b"\x89PNG\r\n\x1a", False), (b"\x1b[2J", False)],
)
def test_a_terminal_is_given_text_only(monkeypatch: pytest.MonkeyPatch, data: bytes, is_shown: bool) -> None:
    there = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", Terminal(there))
    if is_shown:
        print_bytes(data)
    else:
        with pytest.raises(WriteError, match="standard output: is a terminal"):
            print_bytes(data)
    assert there.getvalue() == (data if is_shown else b"")


def test_the_library_refuses_what_a_command_refuses(folder: Path) -> None:
    table = Path("presence.yaml")
    before = list_all(folder)
    for call in (
        lambda: build_maps(table, {"overlay": Path("x.png")}),
        lambda: build_maps(table, {"overlay": Path("x.csv", "overlay.html")}),
        lambda: build_source_comparison(table, Path("x.svg"), ("s", "t")),
        lambda: build_figure(table, "overlay", Path("x.png"), options=FigureOptions("svg")),
        lambda: build_figure(table, "overlay", Path("x.jpg")),
        lambda: build_figure(table, "overlay", Path("x.jpg"), options=FigureOptions("jpg")),
        lambda: build_diff(Version(table), Version(Path("other.yaml")), file=Path("x.md")),
        lambda: import_table([Path("records.csv")], Path("x.csv")),
        lambda: export_table(table, Path("x.xlsx"), ["xlsx"]),
        lambda: build_events([Path("events.csv")], Path("x.csv")),
        lambda: watch_table(table, {"overlay": Path("x.svg")}),
        lambda: write_starter(Path("x.csv")),
    ):
        with pytest.raises(FormatError):
            call()
    assert list_all(folder) == before


def test_a_device_is_no_file_to_be_given_an_ending(run: Run, folder: Path) -> None:
    (folder / "pipe").symlink_to("/dev/null")
    result = run("overlay", "-o", "pipe")
    assert (result.exit_code, "it is no ordinary file" in result.stderr) == (1, True)
    assert not (folder / "pipe.html").exists()


@given(
    name=st.text("aZ.é -", min_size=1, max_size=6),
    ending=st.sampled_from(["", *ASKED]),
    form=st.sampled_from(["", *FORMATS]),
)
def test_a_name_that_is_settled_ends_as_its_format_says(name: str, ending: str, form: str) -> None:
    asked = Path(f"{name}{ending}")
    try:
        file, settled = settle_file(asked, FORMATS, form or None)
    except FormatError:
        return
    if file == OUTPUT:
        assert str(asked) == "-"
    elif not file.is_dir():
        assert ENDINGS[f".{file.name.lower().rpartition('.')[2]}"] == settled == (form or settled)
        assert file.name.startswith(asked.name)
