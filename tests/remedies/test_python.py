"""What the library offers in a message is what a program can write: taken from there, and run."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas
import pytest

import geo
from tests.remedies.of_boundaries import name_layers, write
from tests.remedies.of_commands import MANY
from tests.remedies.of_tables import BASE, TABLE

EMPTY = "presence: []\n"
FILE = Path("t.yaml")


def plain() -> geopandas.GeoDataFrame:
    """Give provinces by code, as a program has them."""
    return geo.read_boundaries()[["name", "geometry"]]


def join(text: str = TABLE, **how: Any) -> Any:
    """Join a table of the folder."""
    FILE.write_text(text, "utf-8")
    return geo.join_presence(geo.read_presence(FILE), **how)


def read_empty(**how: Any) -> Any:
    """Read a table without a record."""
    FILE.write_text(BASE + EMPTY, "utf-8")
    return geo.read_presence(FILE, **how)


def write_layers(**how: Any) -> Any:
    """Read a file of two layers."""
    name_layers(Path("l.gpkg"))
    return geo.read_boundaries("l.gpkg", **how)


def read_own(key: str = "code") -> Any:
    """Read units of which one field has the same code for all."""
    write(lambda frame: frame.assign(code="x"))(Path("p.geojson"))
    return geo.read_boundaries("p.geojson", units="county", key=key)


Call = Callable[..., Any]
ROWS: list[tuple[str, Call, str, Callable[[Any], Any]]] = [
    ("an empty table", read_empty, r"or (allow_empty)=True", lambda m: read_empty(**{m[1]: True})),
    ("a path for a table", lambda: geo.join_presence("t.yaml"), r"(geo\.read_presence)\(FILE\)",  # type: ignore[arg-type]
     lambda m: geo.join_presence(eval(m[1])(FILE))),
    ("a table that is not joined", lambda: geo.draw_choropleth(geo.read_presence(FILE)), r"(geo\.join_presence)\((geo\.read_presence)\(FILE\)\)",  # type: ignore[arg-type]
     lambda m: geo.draw_choropleth(eval(m[1])(eval(m[2])(FILE)))),
    ("no such group", lambda: join(groups=["rde"]), r"nearest: (\w+)", lambda m: join(groups=[m[1]])),
    ("a text for a list", lambda: join(groups="red"), r"a list, such as (\[.*?\])", lambda m: join(groups=eval(m[1]))),
    ("no such level", lambda: join(level="cell"), r"nearest: (\w+)", lambda m: join(level=m[1])),
    ("no such basis", lambda: join(basis=["reportd"]), r"nearest: (\w+)", lambda m: join(basis=[m[1]])),
    ("a day", lambda: join(as_of="06/2020"), r"a date as '?(YYYY)'?", lambda m: join(as_of="2020")),
    ("too many groups", lambda: geo.draw_figure(join(MANY), "overlay"), r"choose some with (groups)=",
     lambda m: geo.draw_figure(join(MANY, **{m[1]: ["g0", "g1"]}), "overlay")),
    ("too many for a size", lambda: geo.draw_figure(join(MANY), "small-multiples"), r"choose some with (groups)=",
     lambda m: geo.draw_figure(join(MANY, **{m[1]: ["g0", "g1"]}), "small-multiples")),
    ("no such figure", lambda: geo.draw_figure(join(), "overly"), r"nearest: (\w+)", lambda m: geo.draw_figure(join(), m[1])),
    ("no reference system", lambda: join(boundaries=plain().set_crs(None, allow_override=True)), r"(frame\.set_crs\(4326\))",
     lambda m: join(boundaries=eval(m[1], {"frame": plain().set_crs(None, allow_override=True)}))),
    ("several layers", write_layers, r"(layer)= with one of its layers: (\w+)", lambda m: write_layers(**{m[1]: m[2]})),
    ("a code twice", read_own, r"(key)= with one of (\w+)", lambda m: read_own(**{m[1]: m[2]})),
]  # fmt: skip


@pytest.mark.parametrize(("call", "says", "again"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
@pytest.mark.filterwarnings("ignore::geo.PresenceWarning")
def test_what_the_library_offers_works(
    call: Call, says: str, again: Callable[[Any], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    FILE.write_text(TABLE, "utf-8")
    with pytest.raises(geo.PresenceError) as refused:
        call()
    match = re.search(says, str(refused.value))
    assert match, refused.value
    assert not re.search(r"--[a-z]|'presence ", str(refused.value))
    assert again(match) is not None
