"""What a fuzzer calls: each target takes any bytes and lets nothing out but what is a defect."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import shapely
import yaml

from geo.draw.topology.topojson import dump_topology
from geo.errors import PresenceError
from geo.events.count_chunk import Rules
from geo.events.engines import LocalEngine
from geo.events.files.chunks import list_parts
from geo.events.files.formats import parse_formats
from geo.events.files.inspect_file import inspect_file
from geo.events.merge import count_all
from geo.events.point_in_unit import Units
from geo.events.tally import Counts
from geo.export.yaml_table import write_table
from geo.join.classes import class_by_group
from geo.join.filters import Choices
from geo.join.footprints import find_footprints
from geo.read.actor_list import Actors, parse_actors
from geo.read.boundaries.bundled import parse_topology
from geo.read.boundaries.gazetteer import parse_gazetteer
from geo.read.own_page import parse_page
from geo.read.sheets.file_to_grids import parse_spreadsheet
from geo.read.sheets.grids_to_table import assemble_table, list_values
from geo.read.table.reader import parse_presence
from geo.read.yaml import parse

__all__ = ["TARGETS", "check_error"]

SOURCE = "input"
GAZETTEER = parse_gazetteer((Path(__file__).parents[1] / "data" / "units.csv").read_text(encoding="utf-8"), "units.csv")
UNSAFE = frozenset(
    map(chr, (*range(10), *range(11, 32), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
LONGEST_PROBLEM = 2000


def check_error(error: PresenceError, source: str = SOURCE) -> None:
    """Check that an error names the file, says what was found, is short and cannot play tricks on a terminal."""
    assert error.problems
    for problem in error.problems:
        assert problem.file == source, problem
        assert problem.found, problem
        assert len(str(problem)) <= LONGEST_PROBLEM, str(problem)[:LONGEST_PROBLEM]
    assert not UNSAFE & set(str(error)), repr(str(error))


def try_tree(data: bytes) -> None:
    """Build a tree with the parser in pure Python, whose every branch the fuzzer sees."""
    before, parse.LOADER = parse.LOADER, yaml.SafeLoader
    try:
        parse.parse_tree(data, SOURCE)
    finally:
        parse.LOADER = before


def try_table(data: bytes) -> None:
    """Read a table and, where it is one, find what its groups cover."""
    table, _ = parse_presence(data, SOURCE, GAZETTEER, allow_empty=True)
    for roll_up in (False, True):
        footprints = find_footprints(table, Choices(roll_up=roll_up))
        class_by_group(GAZETTEER.units, footprints, footprints)


def try_topology(data: bytes) -> None:
    """Read thinned boundaries; what is written of them reads back the same."""
    topology = parse_topology(data.decode("utf-8", "replace"), SOURCE)
    assert parse_topology(json.dumps(dump_topology(topology), allow_nan=False), SOURCE) == topology
    arcs = {arc for shape in topology.units for rings in shape.polygons for ring in rings for arc in ring}
    assert all(topology.arcs[arc if arc >= 0 else ~arc] for arc in arcs)


def try_gazetteer(data: bytes) -> None:
    """Read a gazetteer; a unit of it is found by its code."""
    gazetteer = parse_gazetteer(data.decode("utf-8", "replace"), SOURCE)
    assert all(code == unit.code for code, unit in gazetteer.units.items())
    assert all(code in gazetteer.units for codes in gazetteer.regions.values() for code in codes)


def try_page(data: bytes) -> None:
    """Read one of our pages, or what pretends to be one."""
    assert parse_page(data.decode("utf-8", "replace"), SOURCE).title


def try_spreadsheet(data: bytes) -> None:
    """Read a spreadsheet; the table it makes is written so that it reads back the same."""
    assembled = assemble_table(parse_spreadsheet(data, SOURCE), GAZETTEER, allow_empty=True)
    again, _ = parse_presence(write_table(list_values(assembled.root)), SOURCE, GAZETTEER, allow_empty=True)
    assert again == assembled.table


def try_actors(data: bytes) -> None:
    """Read a list of actors; each is found as it is written."""
    found = parse_actors(data, SOURCE)
    assert found.groups
    assert all(found.find(actor) == group for actor, group in found.actors.items())


def try_formats(data: bytes) -> None:
    """Read formats of events; each says where a place stands."""
    assert all(form.longitude and form.latitude for form in parse_formats(data, SOURCE) if form.known_by)


RULES = Rules(Units(("A",), (shapely.box(60, 30, 64, 34).wkb,)), Actors({"t": "T"}, {"Taliban": "t"}))


def try_events(data: bytes) -> None:
    """Count a file of events, whole and two rows at a time: the same, or a refusal of what is met first."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / SOURCE
        path.write_bytes(data)
        answers = [count_events(path, rows) for rows in (2, 10_000)]
    assert answers[0] == answers[1] or all(isinstance(answer, str) for answer in answers)
    if isinstance(answers[0], Counts):
        read = answers[0].tally.get("read", 0)
        assert read == sum(number for key, number in answers[0].tally.items() if key != "read")


def count_events(path: Path, rows: int) -> Counts | str:
    try:
        parts = list_parts(inspect_file(path))
        return count_all(parts, RULES, LocalEngine(rows)).counts
    except PresenceError as error:
        check_error(PresenceError([replace(each, file=SOURCE) for each in error.problems if each.file == str(path)]))
        return str(error)


def expect_clean_errors(attempt: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """Return the attempt with errors that a user can mend taken as an answer."""

    def attempt_cleanly(data: bytes) -> None:
        try:
            attempt(data)
        except PresenceError as error:
            check_error(error)

    return attempt_cleanly


TARGETS = {
    "tree": expect_clean_errors(try_tree),
    "table": expect_clean_errors(try_table),
    "topology": expect_clean_errors(try_topology),
    "gazetteer": expect_clean_errors(try_gazetteer),
    "page": expect_clean_errors(try_page),
    "spreadsheet": expect_clean_errors(try_spreadsheet),
    "actors": expect_clean_errors(try_actors),
    "formats": expect_clean_errors(try_formats),
    "events": expect_clean_errors(try_events),
}
