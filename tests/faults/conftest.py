"""What a command is given so that it writes, found from the command itself; and the figures at the end."""

from __future__ import annotations

import os
import signal
from collections import defaultdict
from pathlib import Path
from typing import Any

import click
import pytest

from geo.api import build_maps
from geo.cli.main import main
from tests.publications import make_publication

TABLE = """\
version: 1
as_of: 2020-06-14
sources: {s: {title: A source, date: 2020-06, copy: {file: made/report.txt}}}
groups: {red: {name: Red}, blue: {name: Blue}}
presence:
  - {group: [red, blue], in: [Kabul, Kunar], source: s}
"""
CONTEXT = click.Context(main)
APART = ("fmt", "watch", "edit")  # what one reads is what it writes; the others do not end: tests/cli/test_edit.py
COMMANDS: tuple[str, ...] = tuple(name for name in main.list_commands(CONTEXT) if name not in APART)
READERS = ("check", "log", "provinces", "boundaries", "schema", "verify", "quote")
WORDS = {  # otherwise they spare what stands there
    "init": ("begun.yaml", "--force"),
    "publish": ("--force", "--lang", "en"),
    "compare": ("red", "blue"),
    "diff": ("presence.yaml", "made/other.yaml", "-o", "change.html"),
    "log": ("made/other.yaml",),
    "quote": ("s", "active"),
    "draft": ("made/report.txt", "-o", "draft.yaml", "--force"),
    "import": ("made/records.csv", "-o", "imported.yaml", "--force"),
}
SHAPES = str(Path(__file__).parents[2] / "shapefiles" / "provinces.shp")
GIVEN = {
    "boundary_file": (SHAPES,),
    "table": ("presence.yaml",),
    "file": ("made/overlay.html",),
    "files": ("made/events.csv",),
    "folder": ("made/published",),
    "groups": ("red", "blue"),
}
# Jobs in a shell's background ignore Ctrl-C, those of nohup a hang-up; what is tried here must hear both.
for heard, handler in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
    if signal.getsignal(heard) is signal.SIG_IGN:
        signal.signal(heard, handler)
# Coverage would follow every fork; compiled modules are what an installed package has.
ENV = {key: value for key, value in os.environ.items() if not key.startswith(("COV", "PYTHONDONTWRITEBYTECODE"))}


def list_words(name: str) -> list[str]:
    """List words by which a command finds what it needs in the folder that `place` makes."""
    command = main.get_command(CONTEXT, name)
    assert command is not None
    words = [name, *WORDS.get(name, ())]
    for parameter in command.params if name not in WORDS else ():
        if parameter.required and isinstance(parameter, click.Argument):
            known = GIVEN.get(str(parameter.name))
            if isinstance(parameter.type, click.Choice):
                known = (str(parameter.type.choices[0]),)
            assert known, f"say in tests/faults/conftest.py what {name!r} is given as {parameter.name!r}"
            words += known
    return words


@pytest.fixture(scope="session")
def map_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Build a map once, for commands that begin with one."""
    folder = tmp_path_factory.mktemp("map")
    (folder / "presence.yaml").write_text(TABLE, "utf-8")
    build_maps(folder / "presence.yaml", {"overlay": folder / "overlay.html"})
    return (folder / "overlay.html").read_bytes()


@pytest.fixture
def place(tmp_path: Path, map_file: bytes) -> Path:
    """Make a folder in which every command finds what it needs."""
    for each in (tmp_path, *tmp_path.parents[:2]):  # A fault may take our rights away.
        each.chmod(0o755)
    return make_place(tmp_path / "place", map_file)


def make_place(made: Path, map_file: bytes) -> Path:
    """Put what commands are given into a new folder."""
    (made / "made").mkdir(parents=True)
    (made / "made" / "overlay.html").write_bytes(map_file)
    (made / "made" / "events.csv").write_text("date,lat,lon\n2020-07-01,34.53,69.17\n", "utf-8")
    (made / "made" / "records.csv").write_text("group,in\nRed,Kabul\n", "utf-8")
    (made / "made" / "report.txt").write_text("Red is active in Kabul.\n", "utf-8")
    (made / "made" / "other.yaml").write_text(TABLE.replace("Kunar", "Ghor"), "utf-8")
    (made / "presence.yaml").write_text(TABLE, "utf-8")
    make_publication(made / "made" / "published")
    return made


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what `docs/trust.md` records: for each fault runs, files lost or damaged, leftovers."""
    figures: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, counts in getattr(report, "user_properties", ()):
                if report.when == "call" and name.startswith("fault: "):
                    figures[name] = [a + b for a, b in zip(figures[name], counts, strict=True)]
    if figures:
        terminalreporter.section("faults: runs, files lost or damaged, leftovers")
        for name, (runs, lost, left) in sorted(figures.items()):
            terminalreporter.line(f"{name.removeprefix('fault: '):50} {runs:6} {lost:4} {left:4}")
