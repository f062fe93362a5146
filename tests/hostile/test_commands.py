"""Whatever a table, a file name, a page or a word on the command line holds: a terminal shows it and obeys none of it.

Commands and what they take are found in the group of commands; a parameter that nothing is known for is an error.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from geo.api import MAPS
from geo.cli.main import main
from geo.cli.terminal import HIDDEN
from geo.write.inventory import INVENTORY
from tests.blank_figures import leave_out_drawing
from tests.cli.test_embed import PAGE
from tests.daily import IS_WHOLE, choose
from tests.hostile.conftest import INTERRUPTED
from tests.hostile.plant import dump, find_spots, plant
from tests.hostile.strings import STRINGS, Fate
from tests.hostile.sweep import TURNS, turn
from tests.hostile.tables import LONG, SHORT
from tests.publications import make_publication

SOURCES = Path(__file__).parents[2] / "geo" / "cli"
SHAPES = str(Path(__file__).parents[2] / "shapefiles" / "provinces.shp")
TEXT = str(Path(__file__).parents[1] / "draft" / "texts" / "news.html")
EVENTS = str(Path(__file__).with_name("events.csv"))
PRINTERS = ("print", "click.echo", "click.secho", "sys.stdout.write", "sys.stderr.write")
COMMANDS = main.list_commands(click.Context(main))
NEEDED = {"embed": ("overlay",), "import": ("export",)}
"""Commands that begin with what another one writes."""

# Each of the other maps is drawn by a command of its own.
GIVEN = {"import": {"out": "new.yaml"}} | (
    {} if IS_WHOLE else {name: {"only": "report"} for name in ("build", "watch")}
)

WORDS = (
    "\x1b[2J\x1b]0;x\x07red",
    "a\x9b31mb",
    "a\nt.yaml:1:1: all is well",
    "a\rb",
    "a\u202eb\u2028c",
    "a'b\"c `id` $x",
    "گروه <b> {0} %s",
)
"""Words that may be a file's name, a group or anything else on a command line."""


def spare_figures(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a publication have no figures on most runs: what they say of a hostile table is seen in test_figures.py."""
    if command == "publish" and not IS_WHOLE:
        leave_out_drawing(monkeypatch)


def get_command(name: str) -> click.Command:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    return command


def list_texts() -> list[tuple[str, str]]:
    """List every parameter of every command that takes text of any kind."""
    return [(name, str(each.name)) for name in COMMANDS for each in get_command(name).params if takes_text(each)]


def takes_text(each: click.Parameter) -> bool:
    return not getattr(each, "is_flag", False) and not isinstance(each.type, click.IntRange)


def write_words(command: str, planted: dict[str, str]) -> Iterator[str]:
    """Write a command line: what a command needs, and what is planted instead or besides."""
    yield command
    for each in get_command(command).params:
        name = str(each.name)
        if isinstance(each, click.Option):
            if name in planted:
                yield from (each.opts[-1], *[planted[name]] * each.nargs)
            elif name == "table":
                yield from (each.opts[-1], "presence.yaml")
        elif name in planted:
            yield from ([planted[name], "b"] if each.nargs == -1 else [planted[name]])
        elif isinstance(each.type, click.Choice):
            yield each.type.choices[-1]  # of figures the one drawn soonest
        elif each.required or name == "compared":  # none are needed where sources are compared
            known = {
                "compared": ("a", "b"),
                "groups": ("a", "b"),
                "file": ("maps/overlay.html",),
                "old": ("other.yaml",),
                "folder": ("published",),
            }
            known |= {
                "sheets": ("export/table.xlsx",),
                "boundary_file": (SHAPES,),
                "files": (EVENTS,),
                "texts": (TEXT,),
                "source": ("s",),
                "words": ("Words",),
            }
            yield from (known | {"tables": ("presence.yaml", "other.yaml")})[name]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return a function that runs `presence` as on a terminal, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "maps").mkdir()
    make_publication(tmp_path / "published")
    return lambda *words, **extra: CliRunner().invoke(main, list(words), color=True, **extra)


def check_told(result: Result, codes: tuple[int, ...] = (0, 1, 2, INTERRUPTED)) -> None:
    for stream in (result.stdout, result.stderr):
        assert HIDDEN.search(stream) is None, ascii(stream)
        assert "\r" not in stream
        assert "Traceback" not in stream
        assert not any(line.startswith("t.yaml:1:1") for line in stream.splitlines())
    assert result.exit_code in codes


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("number", choose(range(0, len(TURNS), 13), 1))
def test_a_command_tells_of_a_hostile_table_what_a_terminal_can_show(
    command: str,
    number: int,
    run: Callable[..., Result],
    record_property: Callable[[str, object], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spare_figures(command, monkeypatch)
    spots = [spot for spot in find_spots(LONG) if spot.is_free]
    Path("presence.yaml").write_bytes(dump(plant(LONG, turn(spots, number))))
    Path("other.yaml").write_bytes(dump(plant(LONG, turn(spots, number + 1))))
    record_property("hostile", ["command on a hostile table", len(spots)])
    if command in NEEDED:
        check_told(run(*NEEDED[command]), (0,))
    words = list(write_words(command, GIVEN.get(command, {})))
    codes = {"init": (0, 1), "figure": (0, 1), "quote": (1,), "watch": (INTERRUPTED,), "edit": (INTERRUPTED,)}
    check_told(run(*words), codes.get(command, (0,)))
    assert all(path.suffix in (".html", ".svg") or path.name == INVENTORY for path in Path("maps").iterdir())


@pytest.mark.parametrize(("command", "name"), list_texts())
def test_a_hostile_word_on_the_command_line_is_shown_and_not_obeyed(
    command: str,
    name: str,
    run: Callable[..., Result],
    record_property: Callable[[str, object], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spare_figures(command, monkeypatch)
    Path("presence.yaml").write_bytes(dump(LONG))
    Path("other.yaml").write_bytes(dump(SHORT))
    Path("maps/overlay.html").write_text(PAGE % "A map", encoding="utf-8")
    words = WORDS if IS_WHOLE else [WORDS[len(command + name) % len(WORDS)]]
    record_property("hostile", ["word on the command line", len(words)])
    for word in words:
        check_told(run(*write_words(command, {name: word})))
        check_told(run(*write_words(command, {name: word}), "--nosuch" + word))
        check_told(run(command, "--help", word), (0,))


@pytest.mark.parametrize("word", WORDS)
def test_a_table_with_a_hostile_name_is_named_so_that_it_can_be_seen(word: str, run: Callable[..., Result]) -> None:
    path = Path(f"{word}.yaml".replace("/", ""))
    path.write_bytes(dump(LONG))
    check_told(run("check", str(path)), (0,))
    check_told(run("overlay", str(path), "-o", f"maps/{path.stem}.html"), (0,))
    check_told(run("embed", f"maps/{path.stem}.html"), (0,))
    result = run("check", str(path), "--format", "json")
    check_told(result, (0,))
    assert {problem["file"] for problem in json.loads(result.stdout)["problems"]} == {str(path)}
    path.write_text("titel: x\n", encoding="utf-8")
    result = run("check", str(path))
    check_told(result, (1,))
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("title", [*WORDS, "</title><script>x</script>", '"><script>alert(1)</script>'])
def test_a_page_with_a_hostile_title_makes_a_snippet_that_shows_it(title: str, run: Callable[..., Result]) -> None:
    import html

    Path("maps/overlay.html").write_text(PAGE % html.escape(title), encoding="utf-8")
    result = run("embed", "maps/overlay.html")
    check_told(result, (0,))
    assert result.stdout.count("<script") == 2
    assert result.stdout.count("<iframe") == 2


@pytest.mark.parametrize("name", [name for name, hostile in STRINGS.items() if hostile.fate is not Fate.SHOWN])
def test_an_error_quotes_nothing_that_a_terminal_obeys(name: str, run: Callable[..., Result]) -> None:
    text = STRINGS[name].text
    wrong = {"groups": {text: {"name": text, text: text}}, "levels": {text: text}, "regions": {text: [text]},
             "presence": [{"group": [text, "a", "nosuch"], "in": [text, "Kabull"], "level": text, "source": text},
                          {"group": "nosuch", "region": text, "level": "nosuch", "observed": text}]}  # fmt: skip
    Path("presence.yaml").write_bytes(dump(wrong))
    for form in ("text", "github", "json"):
        result = run("check", "--format", form)
        check_told(result, (1,))
        assert form != "github" or all(
            line.startswith("::error file=presence.yaml,") for line in result.stdout.splitlines()
        )
    assert json.loads(result.stdout)["ok"] is False


def test_no_file_is_named_after_what_a_table_holds(run: Callable[..., Result]) -> None:
    names = {spot: f"../../evil/CON{at}" for at, spot in enumerate(find_spots(LONG)) if spot.is_free}
    Path("presence.yaml").write_bytes(dump(plant(LONG, names)))
    assert run("build").exit_code == 0
    assert {path.name for path in Path("maps").iterdir()} == {INVENTORY, *(f"{name}.html" for name in MAPS)}
    assert {path.name for path in Path().iterdir()} == {"maps", "presence.yaml", "published"}


def test_a_real_terminal_gets_no_escape(tmp_path: Path) -> None:
    """Click takes escapes out of what goes to a file by itself, and leaves them to a terminal."""
    pty = pytest.importorskip("pty")
    (tmp_path / "\x1b[31mt.yaml").write_text("title: x\nfoo\x1b: y\n", encoding="utf-8")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "geo", "check", str(tmp_path / "\x1b[31mt.yaml")]
    done = subprocess.run(command, stdout=theirs, stderr=theirs, stdin=subprocess.DEVNULL, check=False, timeout=60)
    os.close(theirs)
    told = os.read(ours, 10_000).decode()
    os.close(ours)
    assert done.returncode == 1
    assert "\\x1b[31mt.yaml:2:4" in told
    assert "\x1b" not in told


def test_only_one_function_prints() -> None:
    """What else prints is a way past the door: the class of Click's own errors, which has its own call of it."""
    found = {path.name: count_calls(path) for path in SOURCES.glob("*.py")}
    assert {name: number for name, number in found.items() if number} == {"terminal.py": 1, "main.py": 1}


def count_calls(path: Path) -> int:
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return sum(ast.unparse(node.func) in PRINTERS for node in nodes if isinstance(node, ast.Call))
