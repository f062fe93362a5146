"""Nothing in the repository reads outside it: a clone that stands alone in an empty folder is whole."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

import pytest

from tests.sources import ROOT, list_sources

KINDS = {".py", ".md", ".yaml", ".yml", ".toml", ".cfg", ".txt", ".ipynb", ".html", ".js", ".css", ".in", ""}
FED = "tests/fuzz/corpus/"
"""What readers are fed with names files that nobody opens."""

UP = re.compile(r"(?<![\w./%])(?:\.\./)+[\w./-]*")
READERS = re.compile("open|(?:read|load|from)(?:_?[a-z]+)*")
HOMES = {"home": "Path.", "expanduser": ""}
CLONE = PurePosixPath("/clone")
PYTHONS = {"/usr/bin", "/usr/local/bin", "Path.home"}
"""Where tests/matrix.py looks for a Python to run."""
OWN_MEMORY = "/proc/self/statm"
"""What a process of a test uses, so that it may be given so much more and no less."""


def list_outside(name: str, text: str) -> list[str]:
    """Name the paths outside the clone that a file of it leads to."""
    if not name.endswith(".py"):
        # A script of a shell, and make, work from the project's root.
        folder = PurePosixPath(name).parent if PurePosixPath(name).suffix else PurePosixPath()
        return [path for path in UP.findall(text) if is_outside(CLONE / folder / path)]
    file, nodes = CLONE / name, list(ast.walk(ast.parse(text)))
    known: dict[str, PurePosixPath] = {}
    for node in nodes:
        if isinstance(node, ast.Assign) and (path := follow(node.value, file, known)):
            known |= {target.id: path for target in node.targets if isinstance(target, ast.Name)}
    return sorted({told for node in nodes for told in tell(node, file, known)})


def tell(node: ast.AST, file: PurePosixPath, known: Mapping[str, PurePosixPath]) -> Iterator[str]:
    """Tell where a piece of Python leads, if that is outside."""
    if not isinstance(node, ast.expr):
        return
    path = follow(node, file, known)
    if path and is_outside(path):
        yield str(path) if not path.is_relative_to(CLONE) else ast.unparse(node)
    elif isinstance(node, ast.Attribute) and node.attr in HOMES and ast.unparse(node).startswith(HOMES[node.attr]):
        yield ast.unparse(node)
    elif isinstance(node, ast.Call) and READERS.fullmatch(
        str(getattr(node.func, "attr", getattr(node.func, "id", "")))
    ):
        given = [each.value for each in node.args if isinstance(each, ast.Constant)]
        yield from (each for each in given if isinstance(each, str) and re.match(r"(?:/|~/|\.\./)\w", each))


def follow(node: ast.expr, file: PurePosixPath, known: Mapping[str, PurePosixPath]) -> PurePosixPath | None:
    """Follow a path from ``__file__``, a text or a name; a part that is not known here is one step down."""
    match node:
        case ast.Name(id=name):
            return file if name == "__file__" else known.get(name)
        case ast.Call(func=ast.Name(id="Path"), args=[ast.Constant(value=str(text))]):
            return CLONE / text
        case ast.Call(func=ast.Name(id="Path"), args=[ast.Name(id="__file__")]):
            return file
        case ast.Call(func=ast.Attribute(value=value, attr="resolve" | "absolute")):
            return follow(value, file, known)
        case ast.Attribute(value=value, attr="parent"):
            return (path := follow(value, file, known)) and path / ".."
        case ast.Subscript(value=ast.Attribute(value=value, attr="parents"), slice=ast.Constant(value=int(steps))):
            return (path := follow(value, file, known)) and path.joinpath(*[".."] * (steps + 1))
        case ast.BinOp(left=left, op=ast.Div(), right=ast.Constant(value=str(text))):
            return (path := follow(left, file, known)) and path / text
        case ast.BinOp(left=left, op=ast.Div()):
            return (path := follow(left, file, known)) and path / "unknown"
    return None


def is_outside(path: PurePosixPath) -> bool:
    """Tell whether a path leaves the clone, though it may come back: the clone may be called otherwise."""
    if not path.is_relative_to(CLONE):
        return not path.is_relative_to("/dev")
    depth = 0
    for part in path.relative_to(CLONE).parts:
        depth += -1 if part == ".." else 1
        if depth < 0:
            return True
    return False


def test_no_file_leads_out_of_the_clone() -> None:
    assert [name for name in list_sources() if not (ROOT / name).resolve().is_relative_to(ROOT.resolve())] == []
    read = [name for name in list_sources() if PurePosixPath(name).suffix in KINDS and not name.startswith(FED)]
    found = {name: set(list_outside(name, (ROOT / name).read_text("utf-8"))) for name in read}
    assert {name: paths for name, paths in found.items() if paths} == {
        "tests/hostile/test_odd_files.py": {OWN_MEMORY},
        "tests/matrix.py": PYTHONS,
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("tests/read/a.py", "DATA = Path(__file__).parents[3] / 'shared' / 'data'"),
        ("tests/a.py", "Path(__file__).parent.parent.parent"),
        ("tests/a.py", "ROOT = Path(__file__).resolve().parents[1]\nread(ROOT.parent / 'x.csv')"),
        ("tests/a.py", "ROOT = Path(__file__).parents[1]\nTABLE = ROOT / '../clone/presence.yaml'"),
        ("tests/a.py", "Path('/data/events.csv').read_text()"),
        ("tests/a.py", "Path('../shared/a.csv')"),
        ("tests/a.py", "geopandas.read_file('../shared/a.geojson')"),
        ("benchmarks/a.py", "pd.read_csv('/data/a.csv')"),
        ("benchmarks/a.py", "Path.home() / 'a.csv'"),
        ("benchmarks/a.py", "Path('~/a.csv').expanduser()"),
        ("docs/a.md", "see [the design](../../shared/design.md)"),
        ("docs/tables/a.md", "```{literalinclude} ../../../shared/a.yaml"),
        ("Makefile", "\tcp ../shared/a.csv maps"),
        (".ci/run", "cat ../shared/a.csv"),
    ],
)
def test_what_leads_out_is_seen(name: str, text: str) -> None:
    assert list_outside(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("tests/read/a.py", "DATA = Path(__file__).parents[2] / 'tests' / 'data' / name"),
        ("tests/a.py", "ROOT = Path(__file__).parent\nROOT.parent / 'presence.yaml'"),
        ("tests/a.py", "(tmp_path / '..' / 'x').write_text('a')\nrun('../../evil', '/etc/passwd')"),
        ("tests/a.py", "Path('maps') / 'a.html'\nserver.get('/maps/a.html')"),
        ("tests/a.py", "(ROOT / name).parent\nROOT = Path(__file__).parents[1]\nPath('/dev/full')"),
        ("docs/a.md", "[the house](../CONTRIBUTING.md), and `presence events /data/*.csv`"),
        ("docs/tables/a.md", "../../presence.yaml"),
        (".ci/run", 'cd "$(dirname "$0")/.."'),
    ],
)
def test_what_stays_inside_is_left_alone(name: str, text: str) -> None:
    assert list_outside(name, text) == []
