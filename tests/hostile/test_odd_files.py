"""Whatever stands where a file is named: no command waits for it, reads it without end, or takes it for a file."""

from __future__ import annotations

import inspect
import os
import resource
import shutil
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import click
import pytest
from click.testing import CliRunner, Result

import geo
from geo.cli.main import COMMANDS, main
from tests.daily import choose
from tests.hostile.conftest import INTERRUPTED
from tests.publications import make_publication
from tests.remedies.of_commands import write_provinces

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")

SHAPES = Path(__file__).parents[2] / "shapefiles"
SECONDS = 30
MEMORY = 1_500_000_000

TABLE = """\
sources: {a: {title: A, date: 2020-01, copy: {file: r.txt}}, b: {title: B, date: 2020-03}}
groups: {red: {name: Red}, blue: {name: Blue}}
presence: [{group: red, in: [Kabul, Kunar], source: a}, {group: blue, in: Kabul, source: b}]
"""
EVENTS = "date,lat,lon\n2020-07-01,34.53,69.17\n"
GIVEN = {
    "table": "t.yaml", "tables": "t.yaml", "compared": "red blue", "files": "e.csv", "file": "n.yaml", "begun": "n",
    "kind": "overlay", "query": "kab", "boundary_file": "b.geojson", "sheets": "s.csv", "name": "overlay",
    "old": "u.yaml", "folder": "published", "texts": "r.txt",
    "source": "a", "words": "Red",
}  # fmt: skip
"""What each argument is given, by its name."""

MORE = {
    "choropleth": "-o x.html", "overlay": "-o x.html", "compare": "--table t.yaml -o x.html", "timeline": "-o x.html",
    "diff": "u.yaml -o x.html", "events": "--to counts --by all -o made", "figure": "-o x.svg", "embed": "",
    "import": "-o i.yaml", "quote": "--table t.yaml", "draft": "--table t.yaml -o d.yaml", "export": "-o x.csv",
    "build": "-o made", "watch": "-o made -q", "init": "--xlsx",
}  # fmt: skip
"""What else a command is given."""


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)


def make_loop(path: Path) -> None:
    path.symlink_to(path.name)


ODD: dict[str, Callable[[Path], None]] = {
    "pipe": make_pipe, "device": make_device, "socket": make_socket, "loop": make_loop, "folder": Path.mkdir,
}  # fmt: skip


def list_parameters() -> Iterator[tuple[str, click.Parameter]]:
    """List what each command takes that may name a file: a word that is no flag, number or one of a few."""
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        assert command
        for each in command.params:
            if isinstance(each.type, click.Path | click.types.StringParamType):
                yield name, each


def say(parameter: click.Parameter) -> str:
    return parameter.opts[0] if parameter.param_type_name == "option" else str(parameter.name)


TAKEN = {f"{name} {say(each)}": (name, each) for name, each in list_parameters()}
PATHS = [taken for taken, (_, each) in TAKEN.items() if isinstance(each.type, click.Path)] + ["events --format"]
WORDS = {say(each) + str(getattr(each, "help", "")): taken for taken, (_, each) in TAKEN.items() if taken not in PATHS}
"""A word that several commands take is declared once, so one of them will do."""

CASES = [(kind, taken) for taken in PATHS for kind in ODD] + [("pipe", taken) for taken in WORDS.values()]
"""A pipe shows whether a word is opened at all. A sixth of all is tried with every run of the tests."""


class _Waits(BaseException):  # what the program takes for no error of its own
    """A command has not ended."""


@contextmanager
def limit() -> Iterator[None]:
    """Let nothing wait or grow for ever."""

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise _Waits

    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    before, most = resource.getrlimit(resource.RLIMIT_AS)
    handler = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (before, most))
        signal.alarm(0)
        signal.signal(signal.SIGALRM, handler)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "t.yaml": TABLE,
        "u.yaml": TABLE,
        "e.csv": EVENTS,
        "s.csv": "group,in\nRed,Kabul\n",
        "r.txt": "Red is active in Kabul.",
    }.items():
        (tmp_path / name).write_text(text)
    write_provinces(tmp_path / "b.geojson")
    make_publication(tmp_path / "published")
    return tmp_path


def spell(name: str, odd: click.Parameter, path: str) -> list[str]:
    """Spell a command that names the odd file in one place, and files as they should be in all others."""
    command = main.get_command(click.Context(main), name)
    assert command
    words = [name]
    for each in command.params:
        if each.param_type_name == "argument":
            given = GIVEN[str(each.name)].split()
            words += [path, *given[1:]] if each is odd else given
    more = MORE.get(name, "").split()
    for option in odd.opts if odd.param_type_name == "option" else ():
        if option in more:
            del more[more.index(option) : more.index(option) + 2]
    if odd.name == "into":  # a table that there is, and none beside it
        more = []
    if odd.param_type_name == "option":
        more += [odd.opts[0], *[path] * odd.nargs]
    if odd.name == "aliases" and name != "boundaries":
        more += ["--boundaries", "b.geojson"]
    return [*words, *more]


def call(name: str, odd: click.Parameter, path: str) -> Result:
    with limit():
        return CliRunner().invoke(main, spell(name, odd, path))


@pytest.mark.parametrize(("kind", "taken"), choose(CASES, 51))
def test_what_is_no_file_is_neither_waited_for_nor_taken_for_one(kind: str, taken: str, desk: Path) -> None:
    name, parameter = TAKEN[taken]
    path = desk / "odd.toml"
    ODD[kind](path)
    before = os.lstat(path)
    result = call(name, parameter, path.name)
    assert result.exit_code in (0, 1, 2, INTERRUPTED), result.output
    assert "it waits" not in result.output
    after = os.lstat(path)
    assert (stat.S_IFMT(after.st_mode), after.st_ino) == (stat.S_IFMT(before.st_mode), before.st_ino)
    if taken == "events --format" or (isinstance(parameter.type, click.Path) and kind != "folder"):
        assert (name == "watch") + result.exit_code, result.output
        assert "odd.toml" in result.stderr


def list_functions() -> Iterator[tuple[str, str]]:
    """List what each function of the library takes that may be a path."""
    for name in geo.__all__:
        function = getattr(geo, name)
        if inspect.isfunction(function):
            for parameter in inspect.signature(function).parameters.values():
                if "Path" in str(parameter.annotation):
                    yield name, parameter.name


NEEDED: dict[str, dict[str, Any]] = {
    "add_records": {"records": [{"group": "red", "in": "Kabul"}]},
    "count_events": {"files": ["e.csv"], "by": "all"},
    "read_boundaries": {"file": "b.geojson"},
    "verify_folder": {"folder": "published"},
}


@pytest.mark.parametrize(("name", "parameter"), [*list_functions()])
@pytest.mark.parametrize("kind", ODD)
def test_the_library_neither_waits_for_it_nor_takes_it_for_a_file(
    kind: str, name: str, parameter: str, desk: Path
) -> None:
    ODD[kind](desk / "odd.toml")
    odd = [Path("odd.toml")] if parameter == "files" else Path("odd.toml")
    given: dict[str, Any] = {**NEEDED.get(name, {}), parameter: odd}
    with limit(), pytest.raises(geo.PresenceError, match=r"^odd\.toml: "):
        getattr(geo, name)(**given)


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("part", [".dbf", ".shx", ".prj"])
def test_no_part_of_a_shapefile_is_waited_for(kind: str, part: str, desk: Path) -> None:
    for each in (".shp", ".dbf", ".shx", ".prj"):
        shutil.copy(SHAPES / f"provinces{each}", desk / f"odd{each}")
    (desk / f"odd{part}").unlink()
    ODD[kind](desk / f"odd{part}")
    with limit(), pytest.raises(geo.PresenceError, match=rf"^odd\{part}: "):
        geo.read_boundaries("odd.shp")


def test_a_table_comes_through_standard_input_by_each_of_its_names(desk: Path) -> None:
    words = [sys.executable, "-m", "geo", "check"]
    with (desk / "t.yaml").open() as file:
        assert subprocess.run([*words, "/dev/stdin"], stdin=file, check=False).returncode == 0
        file.seek(0)
        named = [*words, f"/dev/fd/{file.fileno()}"]
        assert subprocess.run(named, pass_fds=[file.fileno()], check=False).returncode == 0
    assert subprocess.run([*words, "-"], input=TABLE.encode(), check=False).returncode == 0
    done = subprocess.run([*words, "/dev/stdin"], input=TABLE.encode(), check=False, capture_output=True)
    assert (done.returncode, b"expected a file, or - for standard input" in done.stderr) == (1, True)
