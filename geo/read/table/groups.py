"""Groups, and what is said about their strength and themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from geo.model import Estimate, Group, PartOf, Place, Statement, Strength
from geo.read.common.nodes import Map
from geo.read.fields.containers import Either, Items, Ref
from geo.read.fields.mappings import Key, Kind
from geo.read.fields.numbers import AS_KEYS, FIGURES, PERSONS, SHARE, Number, build_estimate
from geo.read.fields.scalars import Choice, Line, Pattern, Prose
from geo.read.fields.table_context import TableContext
from geo.read.table.evidence import EVIDENCE, take_evidence
from geo.read.table.translations import NOTES, name_key, take_notes
from geo.read.table.units import UNITS_ALONE, list_written

__all__ = ["GROUP", "GROUPS", "STATEMENT", "STRENGTH", "find_cycles"]

GROUPS = Items(Ref("group"), "a group or a list of groups", distinct="group", or_one=True)


def _figures(number: Number) -> tuple[Key, ...]:
    return tuple(Key(name, number, help=text) for name, text in FIGURES.items())


def _build_strength(values: dict[str, Any], node: Map, reading: TableContext) -> Strength | None:
    evidence = take_evidence(values, node, reading)
    share = values.pop("share", None)
    if share is not None and any(name in values for name in ("low", "best", "high")):
        reading.error(node.keys["share"], "a share beside a number", "either `share` or low, best, high")
        return None
    if isinstance(share, float):
        share = Estimate(best=share)
    estimate = share or build_estimate(values, node, reading)
    if estimate is None:
        return None
    return Strength(estimate=estimate, evidence=evidence, is_share=share is not None, **values)


def _build_whole(values: dict[str, Any], node: Map, reading: TableContext) -> Strength | None:
    """Build a strength that is no part of another: a share needs the group it is a share of."""
    if "share" in values and "of" not in values:
        reading.error(node.keys["share"], "a share without `of`", "`of`: the group it is a share of")
    elif "of" in values and "share" not in values:
        reading.error(node.keys["of"], "`of` without `share`", "`share`, or no `of`")
    return _build_strength(values, node, reading)


PART_STRENGTH = Kind(
    "a part of a strength",
    (
        *_figures(PERSONS),
        Key(
            "share",
            Either(
                "a share, or {low, best, high}",
                SHARE,
                None,
                Kind("a share", _figures(replace(SHARE, span=AS_KEYS)), build_estimate),
            ),
            help="A part from 0 to 1, or {low, best, high}: of the group under `of`, or of what `of_which` is in.",
        ),
        Key(
            "counts",
            Line("what is counted, such as fighters"),
            required=True,
            help="What is counted, such as fighters.",
        ),
        *EVIDENCE,
    ),
    _build_strength,
)
STRENGTH = Kind(
    "a strength",
    (
        *PART_STRENGTH.keys,
        Key("of", Ref("group"), help="The group that `share` is a share of."),
        Key("of_which", Items(PART_STRENGTH, "a list of strengths"), help="Parts of this strength."),
    ),
    _build_whole,
)


def _build_statement(values: dict[str, Any], node: Map, reading: TableContext) -> Statement:
    evidence = take_evidence(values, node, reading)
    units = values.pop("in", None)
    place = Place("in", units, written=list_written(node.values["in"], reading)) if units else None
    return Statement(evidence=evidence, place=place, **values)


def _build_part_of(values: dict[str, Any], node: Map, reading: TableContext) -> PartOf:
    return PartOf(evidence=take_evidence(values, node, reading), **values)


def _build_group(values: dict[str, Any], node: Map, reading: TableContext) -> Group:
    take_notes(values, node, reading)
    values["strengths"] = values.pop("strength", ())
    values.setdefault("short", values["name"])
    return Group(**values)


STATEMENT = Kind(
    "a statement",
    (
        Key(
            "text",
            Prose(),
            required=True,
            help="A sentence about the group that is no presence; on the page, never on the map.",
        ),
        Key("about", GROUPS, help="Other groups that it concerns."),
        Key("in", UNITS_ALONE, help="The {units} that it speaks of, by name or code; it is no presence there."),
        *EVIDENCE,
    ),
    _build_statement,
)
PART_OF = Kind(
    "a membership",
    (Key("group", Ref("group"), required=True, help="The group it belongs to: an id under `groups`."), *EVIDENCE),
    _build_part_of,
)
LETTERS = Line("letters on one line, at most 5", 5)

GROUP = Kind(
    "a group",
    (
        Key("name", Line(), required=True, help="The name shown."),
        Key("short", Line(), help="A shorter name, where space is scarce; the name itself without it."),
        Key(
            "kind",
            Choice(("group", "coalition", "population")),
            help="group (the default), coalition (several not told apart) or population (such as foreign fighters).",
        ),
        Key("aliases", Items(Line(), "a list of names", or_one=True), help="Other names it goes by."),
        Key(
            "colour",
            Pattern("#[0-9a-fA-F]{6}", 'a colour as "#rrggbb", in quotes'),
            help='A colour of its own as "#rrggbb"; the quotes are needed.',
        ),
        Key(
            "letters",
            LETTERS,
            help="At most 5 that stand for it where there is room for no name; no two groups share them.",
        ),
        name_key("Its"),
        Key("note", Prose(), help="Anything to know about the group. It is published."),
        NOTES,
        Key("part_of", PART_OF, help="The group it is part of, and who says so."),
        Key("strength", Items(STRENGTH, "a list of strengths"), help="How strong it is said to be."),
        Key("statements", Items(STATEMENT, "a list of statements"), help="Sourced sentences about the group."),
    ),
    _build_group,
)


def find_cycles(groups: dict[str, Group]) -> tuple[tuple[str, ...], ...]:
    """Find groups that would be part of themselves: each ring once, from the one that stands first in the file.

    Examples
    --------
    >>> from geo.model import Evidence
    >>> def member(id, of):
    ...     return Group(id, id, id, part_of=PartOf(of, Evidence()))
    >>> find_cycles({"a": member("a", "b"), "b": member("b", "a"), "c": member("c", "a")})
    (('a', 'b'),)
    """
    rings: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in groups:
        trail: list[str] = []
        current: str | None = start
        while current is not None and current in groups and current not in done:
            done.add(current)
            trail.append(current)
            part_of = groups[current].part_of
            current = part_of.group if part_of else None
        if current in trail:
            rings.append(tuple(trail[trail.index(current) :]))
    return tuple(rings)
