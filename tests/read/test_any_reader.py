"""Every reader there is, found by looking: any bytes give a value, or an error that a user can mend."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geo.read
from geo.api import render_exports
from geo.errors import PresenceError
from geo.model import CellPosition, NewEntry
from geo.read.boundaries.gazetteer import parse_gazetteer
from geo.read.common.file_text import refuse_file
from tests.fuzz.targets import check_error

TESTS = Path(__file__).parents[1]
SEEDS = [path.read_bytes() for folder in ("data", "fuzz/corpus") for path in sorted((TESTS / folder).rglob("*.*"))]
SEEDS += render_exports(TESTS / "data" / "full.yaml", ["xlsx", "csv"]).values()
GAZETTEER = parse_gazetteer((TESTS / "data" / "units.csv").read_text("utf-8"), "units.csv")
ENTRY = NewEntry(("presence",), {"group": "red", "in": "Kabul"})
PATHS = ("Path", "Path | str")
OF_A_KNOWN_TEXT = ("drop_comments", "list_comments", "move_entry", "rename_id", "splice_change")
"""What takes a path in a text that its caller has read; `tests/read/updates` tries it on any text."""


def list_types(function: Callable[..., Any]) -> list[str]:
    """Give the types of what a function must be given, as written: some are imported for the type checker only."""
    parameters = inspect.signature(function).parameters.values()
    return [parameter.annotation for parameter in parameters if parameter.default is parameter.empty]


def find_readers() -> Iterator[Callable[..., Any]]:
    """Find each public function of ``geo.read`` that parses something, or takes bytes or a path."""
    for info in walk_packages(geo.read.__path__, "geo.read."):
        module = import_module(info.name)
        for name in () if info.ispkg else module.__all__:
            function = getattr(module, name)
            first = list_types(function)[:1] if inspect.isfunction(function) else []
            if first and name not in OF_A_KNOWN_TEXT and (name.startswith("parse_") or first[0] in ("bytes", *PATHS)):
                yield function


READERS = {f"{reader.__module__}.{reader.__name__}": reader for reader in find_readers()}


def test_the_readers_are_found() -> None:
    assert {name.rpartition(".")[2] for name in READERS} >= {
        "parse_tree", "read_tree", "parse_presence", "read_presence", "parse_gazetteer", "parse_topology",
        "parse_page", "read_page", "decode_text", "read_bytes", "parse_spreadsheet", "read_spreadsheet",
    }  # fmt: skip


def stop(line: int, column: int, found: str, expected: str) -> NoReturn:
    refuse_file("input", found, expected, CellPosition(line, column))


def call(name: str, data: bytes, path: Path) -> None:
    """Call a reader with bytes, with their text or with a file that holds them, as its first parameter asks."""
    first, *rest = list_types(READERS[name])
    source = str(path) if first in PATHS else "input"
    if first in PATHS:
        path.write_bytes(data)
    given: Any = data if first == "bytes" else data.decode("utf-8", "replace") if first == "str" else path
    others = {"str": source, "Gazetteer": GAZETTEER, "Stop": stop, "Sequence[NewEntry]": [ENTRY]}
    try:
        READERS[name](given, *(others[kind] for kind in rest))
    except PresenceError as error:
        check_error(error, source)


@st.composite
def damage(draw: st.DrawFn) -> bytes:
    """Take a good or a bad example and cut, double, turn or overwrite parts of it."""
    data = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 4))):
        at, length = draw(st.integers(0, len(data))), draw(st.integers(0, 30))
        part = data[at : at + length]
        put = draw(
            st.sampled_from([b"", part * 2, part * 300, part[::-1], b"[" * 3000, b"9" * 5000, b"1e999", b"NaN", b"<!["])
            | st.sampled_from([bytes([part[0] ^ 1 << bit]) + part[1:] for bit in range(8)] if part else [b"\0"])
            | st.binary(max_size=6)
            | st.text(max_size=4).map(lambda text: text.encode("utf-8", "surrogatepass"))
        )
        data = data[:at] + put + data[at + length :]
    return data


@pytest.mark.parametrize("name", READERS)
def test_any_bytes_give_a_value_or_a_clean_error(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("any") / "input"

    @settings(max_examples=settings().max_examples * 2 // 3)
    @given(st.binary(max_size=60) | damage() | damage() | damage())
    def read(data: bytes) -> None:
        call(name, data, path)

    read()


@pytest.mark.parametrize("name", READERS)
def test_every_example_gives_a_value_or_a_clean_error(name: str, tmp_path: Path) -> None:
    for data in SEEDS:
        call(name, data, tmp_path / "input")


PATH_READERS = [
    name for name, reader in READERS.items() if list_types(reader)[0] in PATHS and not reader.__name__.startswith("is_")
]
"""Not what only looks at a name."""


@pytest.mark.parametrize("name", PATH_READERS)
@given(text=st.text(st.characters(exclude_characters="/"), max_size=12) | st.text("x", min_size=250, max_size=300))
def test_any_path_gives_a_clean_error(name: str, text: str) -> None:
    """A folder that is not there keeps the path from naming a file of this machine."""
    path = Path("no-such-folder") / text
    rest = [{"str": "HEAD", "Gazetteer": GAZETTEER}[kind] for kind in list_types(READERS[name])[1:]]
    with pytest.raises(PresenceError) as caught:
        READERS[name](path, *rest)
    check_error(caught.value, str(path))
