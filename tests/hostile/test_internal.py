"""What stands under ``internal`` is in no byte of any output, and no output knows that it stands there."""

from __future__ import annotations

import io
import itertools
import re
import zlib
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from geo.api import DIFF_FORMS, EXPORTS, FIGURES, FORMATS, MAPS, FigureOptions, build_figure, render_maps
from geo.cli.main import main
from geo.read.fields.mappings import INTERNAL
from tests.blank_figures import leave_out_drawing
from tests.daily import IS_WHOLE
from tests.hostile.conftest import INTERRUPTED
from tests.hostile.plant import add_internal, dump, find_spots, plant
from tests.hostile.strings import STRINGS
from tests.hostile.tables import LONG, SHORT, explain

SECRET = "Zq7secret"
TOLD = add_internal(LONG, lambda: f"call {SECRET} <b>{SECRET}</b>, {{{{{SECRET}}}}}: {SECRET}")
TEXT = Path(__file__).parents[1] / "draft" / "texts" / "news.html"
PLACE = re.compile(r":\d+:\d+|127\.0\.0\.1:\d+|,line=\d+,col=\d+|\"column\": \d+")
NEEDED = {"embed": ["overlay"], "import": ["export", "--format", "csv"]}
COMMANDS = main.list_commands(click.Context(main))


def count_mappings(value: Any) -> int:
    if isinstance(value, list):
        return sum(map(count_mappings, value))
    return 1 + sum(map(count_mappings, value.values())) if isinstance(value, dict) else 0


def write_both(folder: Path) -> tuple[Path, Path]:
    """Write a table with what is internal and one without, each under the same name."""
    paths = folder / "told" / "presence.yaml", folder / "untold" / "presence.yaml"
    for path, table in zip(paths, (TOLD, LONG), strict=True):
        path.parent.mkdir()
        path.write_bytes(dump(table))
    return paths


def test_internal_stands_on_every_mapping() -> None:
    assert dump(TOLD).count(b"call Zq7secret") == count_mappings(LONG) > 30


@pytest.mark.parametrize("name", MAPS)
def test_no_page_knows_what_is_internal(name: str, tmp_path: Path) -> None:
    told, untold = (render_maps(path, [name]).pages[name] for path in write_both(tmp_path))
    assert SECRET.encode() not in told
    assert told == untold, "not even the hash knows"


# All forms are made from the same drawing: on most runs only one is made of the kind that says most.
DRAWN = (
    [*itertools.product(FIGURES, FORMATS)] if IS_WHOLE else [("overlay", "svg"), ("matrix", "png"), ("matrix", "pdf")]
)


@pytest.mark.parametrize(("kind", "form"), DRAWN)
def test_no_figure_knows_what_is_internal(kind: str, form: str, tmp_path: Path) -> None:
    options = FigureOptions(form, dpi=40 if form == "png" else None)
    told, untold = (
        build_figure(path, kind, path.with_suffix(f".{form}"), options=options).pages[kind]
        for path in write_both(tmp_path)
    )
    assert told == untold
    assert SECRET.encode() not in told + open_streams(told)
    if form == "pdf":
        assert SECRET not in " ".join(page.extract_text() for page in PdfReader(io.BytesIO(told)).pages)


def open_streams(data: bytes) -> bytes:
    """Give what a PDF's packed streams hold."""
    opened = b""
    for start in re.finditer(rb"stream\r?\n", data):
        unpack = zlib.decompressobj()
        try:
            opened += unpack.decompress(data[start.end() :])
        except zlib.error:
            continue
    return opened


def test_streams_are_opened() -> None:
    assert open_streams(b"stream\n" + zlib.compress(b"secret") + b"\nendstream") == b"secret"


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_tells_what_is_internal(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if command == "publish" and not IS_WHOLE:
        leave_out_drawing(monkeypatch)
    said = [run(command, path.parent, monkeypatch) for path in write_both(tmp_path)]
    assert SECRET not in said[0]
    assert PLACE.sub("", said[0]) == PLACE.sub("", said[1])
    left = {path: path.read_bytes() for path in tmp_path.joinpath("told").rglob("*") if path.is_file()}
    assert [path.name for path, data in left.items() if SECRET.encode() in data] == ["presence.yaml"]


def run(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a command, `check` in both its forms, and give all that it says."""
    monkeypatch.chdir(folder)
    Path("other.yaml").write_bytes(dump(SHORT))
    words = {"figure": [["matrix"]], "compare": [["a", "b"]], "embed": [["maps/overlay.html"]],
             "check": [[], ["--strict"], ["--format", "json"], ["--format", "github"]], "init": [["new.yaml"]],
             "events": [[str(Path(__file__).with_name("events.csv")), "--to", "counts"]],
             "log": [["other.yaml"]], "verify": [["maps"]], "draft": [[str(TEXT)]],
             "quote": [["s", "Words"]],
             "diff": [["presence.yaml", "other.yaml", "--format", form, "-o", f"{form}.html"] for form in DIFF_FORMS],
             "boundaries": [[str(Path(__file__).parents[2] / "shapefiles" / "provinces.shp")]],
             "import": [["export/presence.csv", "-o", "imported.yaml"]],
             "export": [[part for form in EXPORTS for part in ("--format", form)], ["--of", "units"]]}  # fmt: skip
    # The address of an editor has a token, which is another each time.
    monkeypatch.setattr("secrets.token_urlsafe", lambda _: "token")
    if command in NEEDED:
        assert CliRunner().invoke(main, NEEDED[command]).exit_code == 0
    results: list[Result] = [CliRunner().invoke(main, [command, *more]) for more in words.get(command, [[]])]
    assert {result.exit_code for result in results} <= {0, 1, INTERRUPTED}
    return "\n".join(result.stdout + result.stderr for result in results)


@pytest.mark.parametrize("name", ["bell", "U+202E", "mixed scripts", "colour", "blanks"])
def test_no_error_beside_it_tells_what_is_internal(name: str) -> None:
    """Each field in turn holds what is refused, on a table with a secret everywhere."""
    spots = [spot for spot in find_spots(TOLD) if not (spot.is_key and spot.path[-1] == INTERNAL)]  # or it were none
    hostile = STRINGS[name]
    refused = 0
    for spot in spots if IS_WHOLE else spots[len(name) % 5 :: 5]:
        said = explain(plant(TOLD, {spot: hostile.text}))
        refused += bool(said)
        assert SECRET not in said, spot.name
    assert refused


@pytest.mark.parametrize("wrong", [[SECRET], {SECRET: SECRET}, {"a": [SECRET]}, None])
def test_an_internal_that_is_no_text_is_named_by_its_place_alone(wrong: Any) -> None:
    said = explain(LONG | {"internal": wrong})
    assert SECRET not in said
    assert bool(said) == (wrong is not None)
