"""Records become claims; two equal claims or relations are an error that names both lines."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import astuple

from geo.errors import Problem
from geo.model import Claim, Gazetteer, Place, Position, Record, Relation
from geo.read.common.nodes import cut

__all__ = ["count_claims", "expand_records", "find_clashes", "find_relation_clashes"]

PAGES = "each claim once, with all its pages in `page`, or another source or period"


def count_claims(records: Iterable[Record]) -> int:
    """Count the claims that records would expand to: groups times units, summed up.

    Examples
    --------
    >>> from geo.model import Evidence
    >>> count_claims([Record(("let", "ttp"), Place("in", ("AF-KAB", "AF-LOG")), "cells", Evidence())])
    4
    >>> count_claims([])
    0
    """
    return sum(len(record.groups) * max(1, len(record.place.units)) for record in records)


def expand_records(records: Iterable[Record]) -> tuple[Claim, ...]:
    """Write each record out as one claim for each group and unit; a nationwide or unlocated one has no unit.

    Examples
    --------
    >>> from geo.model import Evidence
    >>> expand_records([Record(("let",), Place("in", ("AF-KAB",)), "cells", Evidence())])
    (Claim(group='let', unit='AF-KAB', record=0),)
    >>> expand_records([])
    ()
    """
    return tuple(claim for index, record in enumerate(records) for claim in record.expand(index))


def find_clashes(records: Iterable[Record], source: str, gazetteer: Gazetteer) -> tuple[Problem, ...]:
    """Find claims that stand twice: equal group, place, level, finding, basis, period and source.

    There is a problem of the file ``source`` for each record that repeats something, with the place of the first.

    Examples
    --------
    >>> from geo.model import Evidence
    >>> nobody = Gazetteer({}, {}, "nobody")
    >>> record = Record(("let",), Place("nationwide"), "cells", Evidence(), position=Position(3, 5))
    >>> find_clashes([record], "t.yaml", nobody)
    ()
    >>> print(find_clashes([record, record], "t.yaml", nobody)[0].found)
    the claim of line 3 once more: let, nationwide, level cells
    """
    first: dict[Hashable, tuple[int, Record]] = {}
    problems = []
    for index, record in enumerate(records):
        evidence = record.evidence
        rest = (record.level, record.finding, evidence.basis, evidence.observed, evidence.source)
        keys = [(group, place, rest) for group in record.groups for place in _list_places(record.place, gazetteer)]
        repeated = [key for key in keys if first.setdefault(key, (index, record))[0] != index]
        if repeated:
            group, place, _ = repeated[0]
            more = f", and {len(repeated) - 1} more" if len(repeated) > 1 else ""
            claim = ", ".join(map(cut, (group, _describe_place(place, gazetteer), f"level {record.level}"))) + more
            found = f"the claim of {_name_line(first[repeated[0]][1].position)} once more: {claim}"
            problems.append(Problem(source, found, PAGES, (), record.position))
    return tuple(problems)


def find_relation_clashes(relations: Iterable[Relation], source: str) -> tuple[Problem, ...]:
    """Find relations that stand twice: equal ends, type, standing, what exactly, period, source and via.

    There is a problem for each repetition, with the place of the first. The order within ``between`` makes no
    difference.

    Examples
    --------
    >>> from geo.model import Evidence
    >>> tie = Relation("rivalry", Evidence(), between=("a", "b"), standing="ended", position=Position(9, 5))
    >>> turned = Relation("rivalry", Evidence(), between=("b", "a"), standing="ended", position=Position(11, 5))
    >>> print(find_relation_clashes([tie, turned], "t.yaml")[0].found)
    the relation of line 9 once more
    """
    first: dict[Hashable, tuple[int, Relation]] = {}
    problems = []
    for index, relation in enumerate(relations):
        evidence = relation.evidence
        ends = (frozenset(relation.between), relation.from_group, relation.to_group)
        key = (ends, relation.type, relation.standing, relation.what, evidence.observed, evidence.source, evidence.via)
        earlier, same = first.setdefault(key, (index, relation))
        if earlier != index:
            found = f"the relation of {_name_line(same.position)} once more"
            expected = "each relation once, or another standing, source or period, or another `what`"
            problems.append(Problem(source, found, expected, (), relation.position))
    return tuple(problems)


def _list_places(place: Place, gazetteer: Gazetteer) -> list[tuple[str, Hashable]]:
    """List what a claim's place is compared by: a region is one place, however many units it holds.

    Two records of different parts of one unit are no claim twice.
    """
    if place.kind == "in":
        return [] if gazetteer.parts else [("in", code) for code in place.units]
    return [(place.kind, place.region or (place.count and astuple(place.count)))]


def _describe_place(place: tuple[str, Hashable], gazetteer: Gazetteer) -> str:
    kind, value = place
    if kind == "in" and value in gazetteer.units:
        return gazetteer.units[str(value)].name
    return f"region {value}" if kind == "region" else kind


def _name_line(position: Position | None) -> str:
    return f"line {position.line}" if position else "an earlier line"
