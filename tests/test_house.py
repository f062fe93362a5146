"""Rules of the house that no linter knows."""

from __future__ import annotations

import ast
import configparser
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import TypeGuard

import click
import pytest

from geo.cli import main as command_line
from geo.cli.main import main

ROOT = Path(__file__).parents[1]
MOST_FILES = 20
MODULES = sorted((ROOT / "geo").rglob("*.py"))
ROOMS = {"read", "join", "draw", "export", "write", "api", "cli", "model", "errors", "option_values", "events", "serve"}
COMMANDS = {name: main.get_command(click.Context(main), name) for name in main.list_commands(click.Context(main))}


def imported(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or ".")
    return found


@pytest.mark.parametrize(
    ("module", "may"),
    [
        ("model.py", set()),
        ("errors.py", {"geo.model"}),
        ("licences.py", set()),
        ("attribution.py", {"geo.model"}),
        ("sentences.py", set()),
        ("option_values.py", set()),
        (
            "write/files.py",
            {"geo.errors", "geo.write.output_folder", "geo.write.interrupts", "geo.write.standard_output"},
        ),
        ("source_documents.py", {"geo.model"}),
        ("write/output_folder.py", {"geo.errors", "geo.write.interrupts"}),
        ("write/interrupts.py", set()),
        ("write/standard_output.py", {"geo.errors"}),
    ],
)
def test_the_innermost_modules_need_the_standard_library_only(module: str, may: set[str]) -> None:
    names = imported(ast.parse((ROOT / "geo" / module).read_text(encoding="utf-8")))
    assert names
    assert {name for name in names if name.partition(".")[0] not in sys.stdlib_module_names} <= may


@cache
def read_module(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_no_function_bears_the_name_of_a_room() -> None:
    functions = [(path, node.name) for path in MODULES for node in read_module(path).body if is_function(node)]
    assert len(functions) > len(MODULES)
    assert [f"{path}: {name}" for path, name in functions if name in ROOMS] == []


def is_function(node: ast.stmt) -> TypeGuard[ast.FunctionDef]:
    return isinstance(node, ast.FunctionDef)


def test_every_module_says_what_it_is() -> None:
    assert [str(path) for path in MODULES if not ast.get_docstring(read_module(path))] == []


MADE_MARKUP = {
    # What folium rendered, in which no text of a user is.
    "draw/web/page.py": [
        "Markup('' if self.standalone else _VIEWPORT.sub('', header))", "Markup(body.strip())",
    ],
    "draw/wording/catalogue.py": ["TypeVar('Text', str, Markup)"],
}  # fmt: skip
"""Beside `geo.draw.html`."""


def test_only_a_literal_is_called_markup_and_nothing_is_escaped_by_hand() -> None:
    """Or a text of somebody's could be called so, and another one be forgotten."""
    for path in MODULES:
        name, tree = str(path.relative_to(ROOT / "geo")), read_module(path)
        if name == "draw/html.py":
            continue
        assert "markupsafe" not in imported(tree), name
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        assert sorted(map(ast.unparse, filter(_makes_markup, calls))) == MADE_MARKUP.get(name, []), name
        assert {ast.unparse(call.func) for call in calls if _read_name(call.func) == "escape"} <= {"re.escape"}, name
        renamed = [
            each for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for each in node.names if each.asname
        ]
        assert "Markup" not in [each.name for each in renamed], name


def _makes_markup(call: ast.Call) -> bool:
    given = [*call.args, *(each.value for each in call.keywords)]
    is_made = _read_name(call.func) == "Markup" and not all(isinstance(each, ast.Constant) for each in given)
    return is_made or "Markup" in map(_read_name, given)


def _read_name(node: ast.expr) -> str:
    return str(getattr(node, "id", getattr(node, "attr", "")))


KEY = re.compile(r"(between|change|gap|level|many|n):\S*")
KEY_WRITERS = {
    "join/classes.py": ["gap", "level", "many", "n"],
    # Of maps that no view of one table is: what differs between two, what two sources say.
    "draw/marks/diff_classes.py": ["change"],
    "draw/pages/source_comparison.py": ["between"],
}
"""Which modules write keys of classes, and of which families: whoever else needs one asks the class for its `.key`."""

TAKE_APART = {"count", "endswith", "find", "index", "partition", "removeprefix", "removesuffix", "rpartition", "rsplit",
              "rstrip", "split", "startswith", "strip"}  # fmt: skip
CLASSED = [
    path for path in MODULES
    if (room := path.relative_to(ROOT / "geo").parts)[0] in {"api", "draw", "export", "join"} and "web" not in room
]  # fmt: skip
"""Where classes are known: a text of another room may have a colon or a plus for reasons of its own."""


def list_texts(tree: ast.AST) -> list[str]:
    """List the literals but those that only stand there, which are docstrings."""
    nodes = [*ast.walk(tree)]
    said = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    texts = (node.value for node in nodes if isinstance(node, ast.Constant) and id(node) not in said)
    return [text for text in texts if isinstance(text, str)]


def test_a_key_of_a_class_is_written_by_its_class() -> None:
    found = {
        str(path.relative_to(ROOT / "geo")): sorted({match[1] for match in map(KEY.fullmatch, texts) if match})
        for path in MODULES
        if (texts := list_texts(read_module(path)))
    }
    assert {name: families for name, families in found.items() if families} == KEY_WRITERS


def test_no_key_of_a_class_is_taken_apart() -> None:
    """A class says itself which groups, number or level it is of."""
    assert [
        f"{path}: {ast.unparse(node)}" for path in CLASSED for node in ast.walk(read_module(path)) if takes_apart(node)
    ] == []


def takes_apart(node: ast.AST) -> bool:
    """Tell whether a text is split at, or asked for, what stands between the parts of a key or before them."""
    given: list[ast.expr] = []
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in TAKE_APART:
        given = node.args[:1]
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
        given = [node.left]
    texts = [text for each in given for text in list_texts(each)]
    return any(KEY.fullmatch(text) or (text and not text.strip("+~!:")) for text in texts)


MOST_WORDS = 8
PACKED_AT_ONCE = ROOT / "geo" / "api" / "python_interface.py"


def list_wide(path: Path) -> list[str]:
    """List the functions that take too many words, but for Click commands: their options are the user's own."""
    functions = [node for node in ast.walk(read_module(path)) if isinstance(node, ast.FunctionDef)]
    wide = {node: number for node in functions if (number := count_words(node.args)) > MOST_WORDS}
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.name} takes {number}"
        for node, number in wide.items()
        if not any(ast.unparse(each).startswith("click.command(") for each in node.decorator_list)
    ]


def count_words(taken: ast.arguments) -> int:
    return len([*taken.posonlyargs, *taken.args, *taken.kwonlyargs, *filter(None, (taken.vararg, taken.kwarg))])


def test_no_function_takes_more_words_than_can_be_told_apart() -> None:
    """What travels together is a value."""
    wide = [line for path in MODULES if path != PACKED_AT_ONCE for line in list_wide(path)]
    assert wide == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_an_example(name: str) -> None:
    command = COMMANDS[name]
    assert command is not None
    assert command.name == name
    assert f"\n    presence {name}" in command.get_help(click.Context(command))
    assert command_line.COMMANDS[name] == command.get_short_help_str(60)
    assert not command.get_short_help_str(60).endswith("...")
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def read_setup() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def test_every_package_is_listed_for_the_wheel() -> None:
    listed = read_setup()["options"]["packages"].split()
    there = ["geo.shapefiles"] + [
        ".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "geo").rglob("__init__.py")
    ]
    assert sorted(listed) == sorted(there)


def test_every_file_that_is_no_module_is_listed_for_the_wheel() -> None:
    data = read_setup()["options.package_data"]
    for package, patterns in data.items():
        folder = ROOT / ("shapefiles" if package == "geo.shapefiles" else package.replace(".", "/"))
        for pattern in patterns.split():
            listed = set(folder.glob(pattern))
            assert listed, f"{package}: {pattern} matches nothing"
    kinds = {path.suffix for path in (ROOT / "geo").rglob("*") if path.is_file()} - {".py", ".pyc"}
    assert kinds <= {Path(pattern).suffix or pattern[2:] for text in data.values() for pattern in text.split()} | {""}


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="an unpacked archive has no history")
@pytest.mark.parametrize("folder", ["geo", "shapefiles", "tests", "benchmarks"])
def test_no_module_is_hidden_from_a_clone(folder: str) -> None:
    """A pattern in .gitignore that is meant for one folder can swallow another of the same name."""
    words = ["git", "ls-files", "--others", "--ignored", "--exclude-standard", folder]
    hidden = subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT).stdout.splitlines()
    assert [path for path in hidden if path.endswith((".py", ".js", ".css", ".html", ".csv", ".yaml"))] == []


def test_no_room_is_overfull() -> None:
    """A command is a file, so that their room may hold more."""
    files = Counter(path.parent for path in (ROOT / "geo").rglob("*.*") if path.is_file() and path.suffix != ".pyc")
    assert [str(room) for room, number in files.items() if number > MOST_FILES and room.name != "cli"] == []


def test_no_module_bears_the_name_of_a_folder_beside_it() -> None:
    assert [str(path) for path in MODULES if path.with_suffix("").is_dir()] == []


def test_the_examples_of_every_room_are_run(pytestconfig: pytest.Config) -> None:
    """Pytest skips folders of some names: 49 examples were never run while the room of `geo.api` was called build."""
    skipped = pytestconfig.getini("norecursedirs")
    rooms = [folder for folder in (ROOT / "geo").rglob("*") if folder.is_dir() and list(folder.glob("*.py"))]
    assert [room for room in rooms if any(fnmatch(room.name, pattern) for pattern in skipped)] == []


COLOUR = re.compile(r"(?<![&\w])#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})\b(?![-\w])")


def list_colours() -> Iterator[str]:
    """Find colours written out, with their places, where only the palette may write them."""
    for path in sorted((ROOT / "geo").rglob("*")):
        name = path.relative_to(ROOT).as_posix()
        if path.suffix == ".py" and name != "geo/draw/marks/palette.py":
            tree = read_module(path)
            told = {id(said) for each in ast.walk(tree) if (said := find_told(each))}
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
                    yield from (f"{name}:{node.lineno}: {each}" for each in COLOUR.findall(node.value))
        if path.suffix in (".js", ".css", ".html"):
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                rules = line.partition("{")[2] if path.suffix == ".css" else line
                yield from (f"{name}:{number}: {each}" for each in COLOUR.findall(rules))


def find_told(node: ast.AST) -> ast.expr | None:
    """Find what a definition says of itself, where examples may name colours."""
    if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) or not node.body:
        return None
    first = node.body[0]
    return first.value if isinstance(first, ast.Expr) else None


def test_colours_stand_in_the_palette_alone() -> None:
    assert list(list_colours()) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("fill: #1d2125;", ["#1d2125"]), ("#fff", ["#fff"]), ("0 0 2px #0003", ["#0003"]), ("#abcdef12", ["#abcdef12"]),
        ("url(#fill-none)", []), ("#unit=AF-KAB", []), ("&#123;", []), ("#add-row", []), ("page#facade", []),
    ],
)  # fmt: skip
def test_what_is_a_colour(text: str, found: list[str]) -> None:
    assert COLOUR.findall(text) == found
