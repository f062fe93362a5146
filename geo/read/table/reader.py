"""The whole presence table: read, checked and expanded, with every error of the file at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from geo.errors import Problem, TableError
from geo.model import Gazetteer, Group, Level, Position, Record, Source, Table
from geo.read.common.nodes import List, Map, Node, Text, cut, quote
from geo.read.fields.mappings import INTERNAL
from geo.read.fields.table_context import TableContext, find_position
from geo.read.table.claims import count_claims, expand_records, find_clashes, find_relation_clashes
from geo.read.table.derived_claims import find_derived_claims
from geo.read.table.duplicate_names import refuse_namesakes
from geo.read.table.groups import find_cycles
from geo.read.table.publication import list_withdrawn, warn_of_standing
from geo.read.table.root import TABLE
from geo.read.table.shorthand import ExpandedShorthand
from geo.read.yaml.parse import parse_tree, pause_collector, read_tree
from geo.source_documents import name_documents

__all__ = ["DEFAULT_LEVEL", "check_tree", "open_context", "parse_presence", "read_presence"]

MOST_CLAIMS = 1_000_000
DEFAULT_TITLE = "Reported presence"
DEFAULT_LEVEL = Level("reported", "Reported presence")
LONGEST_RING = 8
ONE_SOURCE = "one source with `page` on its records, `via` where one quotes the other, or titles that tell them apart"


def read_presence(
    path: Path | str, gazetteer: Gazetteer, *, allow_empty: bool | None = False
) -> tuple[Table, tuple[Problem, ...]]:
    """Read and check a presence table, or standard input where the path is ``-``, as `parse_presence` does.

    Examples
    --------
    >>> read_presence("no/such.yaml", Gazetteer({}, {}, "nobody"))
    Traceback (most recent call last):
    geo.errors.TableError: no/such.yaml: there is no such file; expected the path of a presence table
    """
    source = "standard input" if str(path) == "-" else str(path)
    with pause_collector():
        cuts: list[Problem] = []
        return check_tree(read_tree(path, cuts), source, gazetteer, allow_empty, cuts)


def parse_presence(
    data: bytes, source: str, gazetteer: Gazetteer, *, allow_empty: bool | None = False
) -> tuple[Table, tuple[Problem, ...]]:
    """Check the bytes of a presence table; the warnings beside it stand in the order of the file ``source``.

    ``allow_empty`` is whether a table without records is one, whose map would read as "no armed groups"; None where
    nobody can ask so. A `TableError` holds every error found.

    Examples
    --------
    >>> table, warnings = parse_presence(b"title: None yet", "t.yaml", Gazetteer({}, {}, "nobody"), allow_empty=True)
    >>> table.title, table.records, warnings
    ('None yet', (), ())
    """
    with pause_collector():
        cuts: list[Problem] = []
        return check_tree(parse_tree(data, source, cuts), source, gazetteer, allow_empty, cuts)


def check_tree(
    root: Node, source: str, gazetteer: Gazetteer, allow_empty: bool | None, cuts: Iterable[Problem] = ()
) -> tuple[Table, tuple[Problem, ...]]:
    """Turn a tree into a table: read every part, check the parts against each other, then expand.

    ``cuts`` are warnings of the text that the tree was read from; where they stand on the line of an error, they say
    why. All else is as in `parse_presence`.

    Examples
    --------
    >>> check_tree(parse_tree(b"title: A", "t"), "t", Gazetteer({}, {}, "nobody"), True)[0].title
    'A'
    """
    reading = TableContext(source, gazetteer, _collect_ids(root, gazetteer))
    values = TABLE.read_values(root, reading)
    presence = values.get("presence") or ()
    sketch = presence if isinstance(presence, ExpandedShorthand) else ExpandedShorthand({}, presence)
    groups = {id_: group for id_, group in {**(values.get("groups") or {}), **sketch.groups}.items() if group}
    relations = values.get("relations") or ()
    refuse_namesakes(root, reading)
    _refuse_capabilities_alone(root, values.get("levels") or {}, reading)
    _check_whole(root, groups, sketch.records, allow_empty, reading)
    _check_applicable(values.get("not_applicable") or (), sketch.records, reading)
    _limit_claims(root, sketch.records, source)
    reading.problems += find_clashes(sketch.records, source, gazetteer)
    reading.problems += find_relation_clashes(relations, source)
    _warn_unsourced(root, sketch.records, reading)
    _warn_documents(root, values.get("sources") or {}, reading)
    if not reading.errors:
        known = values.get("levels") or {DEFAULT_LEVEL.id: DEFAULT_LEVEL}, values.get("sources") or {}
        reading.problems += find_derived_claims(sketch.records, *known, source, gazetteer)
        log = root.values.get("changes") if isinstance(root, Map) else None
        warn_of_standing(log, values.get("changes") or (), reading)
    problems = sorted((*cuts, *reading.problems), key=lambda problem: problem.position or Position(0, 0))
    if errors := [problem for problem in problems if problem.severity == "error"]:
        lines = {problem.position.line for problem in errors if problem.position}
        telling = [problem for problem in cuts if problem.position and problem.position.line in lines]
        raise TableError([*errors, *telling])
    table = Table(
        title=values.get("title") or DEFAULT_TITLE,
        levels=values.get("levels") or {DEFAULT_LEVEL.id: DEFAULT_LEVEL},
        sources=values.get("sources") or {},
        groups=groups,
        records=sketch.records,
        claims=expand_records(sketch.records),
        relations=relations,
        regions=reading.regions,
        region_names=values.get("regions") or {},
        translations=values.get("translations") or {},
        not_applicable=values.get("not_applicable") or (),
        authors=values.get("authors") or (),
        changes=values.get("changes") or (),
        **{name: values.get(name) for name in ("as_of", "subtitle", "byline", "alt", "headline", "licence")},
    )
    return table, tuple(problems)


def open_context(root: Node, source: str, gazetteer: Gazetteer) -> TableContext:
    """Give what single parts of a table that holds together are read by: its ids, regions, calendar and the like.

    Examples
    --------
    >>> open_context(parse_tree(b"groups: {a: {name: A}}", "t"), "t", Gazetteer({}, {}, "nobody")).ids["group"]
    {'a': ('A',)}
    """
    reading = TableContext(source, gazetteer, _collect_ids(root, gazetteer))
    TABLE.read_values(root, reading)
    return reading


def _collect_ids(root: Node, gazetteer: Gazetteer) -> dict[str, dict[str, tuple[str, ...]]]:
    """List what the table defines before reading it, so that the order of its parts makes no difference."""
    ids = {kind: _list_names(root, f"{kind}s") for kind in ("group", "source", "level", "region")}
    ids["level"] = ids["level"] or {DEFAULT_LEVEL.id: (DEFAULT_LEVEL.name,)}
    ids["region"] = dict.fromkeys((*ids["region"], *gazetteer.regions), ())
    ids["record"] = _list_record_ids(root)
    ids["part"] = list_withdrawn(root.values.get("changes"), "parts") if isinstance(root, Map) else {}
    return ids


def _list_record_ids(root: Node) -> dict[str, tuple[str, ...]]:
    """List the ids of records, those that were withdrawn too, if the table has a log that may name them."""
    if not isinstance(root, Map) or "changes" not in root.values:
        return {}
    part = root.values.get("presence")
    records = part.items if isinstance(part, List) else []
    ids = (record.values.get("id") for record in records if isinstance(record, Map))
    return {node.text: () for node in ids if isinstance(node, Text)} | list_withdrawn(root.values["changes"])


def _list_names(root: Node, section: str) -> dict[str, tuple[str, ...]]:
    """List the ids of a section, each with its name, short name and aliases."""
    part = root.values.get(section) if isinstance(root, Map) else None
    if not isinstance(part, Map):
        return {}
    result: dict[str, tuple[str, ...]] = {}
    for id_, node in part.values.items():
        if id_ != INTERNAL:
            fields = [node.values.get(key) for key in ("name", "short", "aliases")] if isinstance(node, Map) else []
            nodes: Iterable[Any] = [
                item for field in fields for item in (field.items if isinstance(field, List) else [field])
            ]
            result[id_] = tuple(item.text for item in nodes if isinstance(item, Text))
    return result


def _check_whole(
    root: Node, groups: dict[str, Group], records: tuple[Record, ...], allow_empty: bool | None, reading: TableContext
) -> None:
    """Check what no single part can know."""
    if not records and not reading.errors and not allow_empty:
        reading.error(
            root,
            "a table without a record, whose map would read as if no group were present",
            "a record" if allow_empty is None else "a record, or --allow-empty",
        )
    for ring in find_cycles(groups):
        node: Any = root
        for key in ("groups", ring[0]):
            node = node.values[key]
        shown = ring if len(ring) <= LONGEST_RING else (*ring[: LONGEST_RING - 1], "…")
        found = f"a group that is part of itself: {' in '.join(map(cut, (*shown, ring[0])))}"
        reading.error(node.keys["part_of"], found, "no ring of `part_of`")


def _refuse_capabilities_alone(root: Node, levels: Mapping[str, Level | None], reading: TableContext) -> None:
    """Refuse a table all of whose levels are capabilities: no group could be present anywhere."""
    if levels and all(level and level.is_capability for level in levels.values()):
        part: Any = root.values["levels"]  # type: ignore[union-attr]
        node = part.values[[*levels][-1]].values["footprint"]
        reading.error(node, "`footprint: false` on every level", "a level of presence, without it")


def _check_applicable(excluded: tuple[str, ...], records: tuple[Record, ...], reading: TableContext) -> None:
    """Refuse a record that names a unit to which the question is said not to apply."""
    for record in records if excluded else ():
        if record.place.kind == "in" and (both := sorted(set(excluded) & set(record.place.units))):
            names = ", ".join(reading.gazetteer.units[code].name for code in both)
            found = f"a record that names {names}, which stands under `not_applicable`"
            expected = "it in one place only"
            reading.problems.append(Problem(reading.source, found, expected, position=record.position))


def _limit_claims(root: Node, records: tuple[Record, ...], source: str) -> None:
    """Stop before records are written out: a few short ones of many groups and units are more than memory holds."""
    if (claims := count_claims(records)) > MOST_CLAIMS:
        found = f"records that make {claims:,} claims (each group in each unit)"
        raise TableError([Problem(source, found, f"at most {MOST_CLAIMS:,}", position=find_position(root))])


def _warn_documents(root: Node, sources: Mapping[str, Source | None], reading: TableContext) -> None:
    """Warn of sources whose titles name one document and of which none is said to quote the other."""
    named = name_documents(filter(None, sources.values()))
    place = {id_: number for number, id_ in enumerate(named)}
    pairs = (pair for pair in reading.quoted if pair <= place.keys() and len({named[id_] for id_ in pair}) == 1)
    told = {max(pair, key=place.__getitem__) for pair in pairs}
    part: Any = root.values.get("sources") if isinstance(root, Map) else None
    for id_, first in named.items():
        if id_ != first and id_ not in told:
            title, line = part.values[id_].values["title"], part.values[first].values["title"].line
            reading.warn(title, f"{quote(title.text)} names the document of {quote(first)} on line {line}", ONE_SOURCE)


def _warn_unsourced(root: Node, records: tuple[Record, ...], reading: TableContext) -> None:
    """Ask for the sources of records that have none; once for the whole of the short form."""
    part = root.values.get("presence") if isinstance(root, Map) else None
    if isinstance(part, Map):
        if records:
            reading.warn(part, "records in the short form, which have no source", "records with `source`")
        return
    for record in records:
        if record.evidence.source is None:
            problem = Problem(reading.source, "a record without a source", "`source`", (), record.position, "warning")
            reading.problems.append(problem)
