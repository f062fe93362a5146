"""Records of presence and relations between groups."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from geo.model import Correction, Estimate, Evidence, Place, Record, Relation
from geo.read.common.nodes import Map, quote
from geo.read.fields.containers import Either, Items, Ref
from geo.read.fields.dates import Date
from geo.read.fields.mappings import IDENTIFIER, Key, Kind
from geo.read.fields.numbers import AS_KEYS, FIGURES, IN_BRACES, Number, build_estimate
from geo.read.fields.scalars import Choice, Flag, Line, Prose
from geo.read.fields.table_context import TableContext, find_position
from geo.read.table.evidence import EVIDENCE, take_evidence
from geo.read.table.groups import GROUPS
from geo.read.table.units import UNITS, list_written

__all__ = ["MOST_RECORDS", "RECORD", "RELATION"]

MOST_RECORDS = 100_000
PLACES = ("in", "region", "nationwide", "unlocated")
COUNT = Number(low=1, span=IN_BRACES)
BOUND = replace(COUNT, span=AS_KEYS)


def _build_record(values: dict[str, Any], node: Map, reading: TableContext) -> Record | None:
    is_said = "basis" in values
    evidence = take_evidence(values, node, reading)
    place = _take_place(values, node, reading)
    _check_id(values, node, reading)
    if "open_list" in values and place.kind != "in":
        found, units = f"`open_list` in a record with `{place.kind}`", reading.gazetteer.noun.many
        reading.error(node.keys["open_list"], found, f"it beside `in` only: it says that a list of {units} goes on")
    groups = values.pop("group")
    evidence = evidence if is_said else _settle_basis(evidence, groups, node, reading)
    level = values.pop("level", None) or _find_only_level(node, reading)
    if level is None:
        return None
    return Record(groups, place, level, evidence, position=find_position(node), **values)


def _settle_basis(evidence: Evidence, groups: tuple[str, ...], node: Map, reading: TableContext) -> Evidence:
    """Take what a source says of groups that it speaks for as claimed by themselves; of some of several, ask."""
    sources = filter(None, (evidence.source, evidence.via))
    favoured = {group for source in sources for group in reading.favours.get(source, ())}
    own = [group for group in groups if group in favoured]
    if own and len(own) < len(groups):
        found = (
            f"a record without `basis`, whose source favours {', '.join(map(quote, own))}, but not all of its groups"
        )
        reading.error(node.values["group"], found, "`basis`, or a record for each of them")
    return replace(evidence, basis="claimed") if own else evidence


def _check_id(values: dict[str, Any], node: Map, reading: TableContext) -> None:
    """Refuse an id that another record has, and ask for the one by which a correction is known for what it is."""
    if (id_ := values.get("id")) is None:
        if "changed" in values:
            known = "`id`, by which an older table's record is known for the same"
            expected = f"{known}; `presence fmt --ids TABLE` gives it"
            reading.warn(node.keys["changed"], "`changed` in a record without `id`", expected)
    elif first := reading.records.get(id_):
        found = f"the id {quote(id_)} of line {first.line} once more"
        reading.error(node.values["id"], found, "an id of its own for each record")
    else:
        reading.records[id_] = find_position(node.values["id"])


def _take_place(values: dict[str, Any], node: Map, reading: TableContext) -> Place:
    """Take the one key that says where out of the values."""
    kind = next(name for name in PLACES if name in values)
    value = values.pop(kind)
    if kind == "in":
        return Place(kind, units=value, written=list_written(node.values[kind], reading))
    if kind == "region":
        return Place(kind, units=_list_region(value, reading), region=value)
    if kind == "nationwide":
        return Place(kind)
    count = value if isinstance(value, Estimate) else Estimate(best=value)
    total = len(reading.gazetteer.units)
    if (
        not reading.gazetteer.parts
        and max(figure for figure in (count.low, count.best, count.high) if figure is not None) > total
    ):
        units = reading.gazetteer.noun.many
        reading.error(node.values[kind], f"more {units} than the {total} there are", f"a number up to {total}")
    return Place(kind, count=count)


def _list_region(name: str, reading: TableContext) -> tuple[str, ...]:
    """List a region's units in the order of the gazetteer."""
    units = set(reading.regions.get(name) or reading.gazetteer.regions.get(name, ()))
    return tuple(code for code in reading.gazetteer.units if code in units)


def _find_only_level(node: Map, reading: TableContext) -> str | None:
    """Give the level of a record that names none: there must be no choice."""
    levels = list(reading.ids["level"])
    if len(levels) == 1:
        return levels[0]
    reading.error(node, "a record without `level`", "the id of a level, since the table has several", levels[:3])
    return None


def _build_correction(values: dict[str, Any], _node: Map, _reading: TableContext) -> Correction:
    return Correction(**values)


CORRECTION = Kind(
    "a correction",
    (
        Key("date", Date(), required=True, help="When it was corrected: YYYY, YYYY-MM or YYYY-MM-DD."),
        Key("reason", Prose(), required=True, help="What was wrong. It is published."),
    ),
    _build_correction,
)

RECORD = Kind(
    "a record",
    (
        Key("group", GROUPS, required=True, help="Who is present: one id under `groups`, or a list of them."),
        Key("in", UNITS, help="The {units} that the source names, by name or code."),
        Key(
            "open_list",
            Flag(),
            help="true where the source names these as some of more (“including”): it may mean others too.",
        ),
        Key(
            "region",
            Ref("region"),
            help="A region where the source names no {unit}: one of yours under `regions`, or one that is known.",
        ),
        Key("nationwide", Flag(), help="true where the source says: across the country."),
        Key(
            "unlocated",
            Either(
                "a number of {units}, or {low, best, high}",
                COUNT,
                None,
                Kind("a count", tuple(Key(name, BOUND, help=text) for name, text in FIGURES.items()), build_estimate),
            ),
            help="How many {units}, where the source counts them and names none.",
        ),
        Key(
            "level",
            Ref("level"),
            help="What kind of presence: an id under `levels`; may be left out where there is only one.",
        ),
        Key(
            "finding",
            Choice(("present", "absent", "inconclusive")),
            help="present (the default), absent (looked and not found) or inconclusive.",
        ),
        Key("trend", Choice(("growing", "stable", "shrinking", "unclear")), help="Which way the source says it goes."),
        Key("as_written", Prose(), help="The place in the source's own words."),
        *EVIDENCE,
        Key("id", IDENTIFIER, help="What the record is known by in every version of the table; no two have the same."),
        Key("changed", CORRECTION, help="That the record was corrected: the table was wrong, and nothing happened."),
    ),
    _build_record,
    one_of=tuple((name,) for name in PLACES),
)


def _build_relation(values: dict[str, Any], node: Map, reading: TableContext) -> Relation:
    evidence = take_evidence(values, node, reading)
    values["from_group"], values["to_group"] = values.pop("from", None), values.pop("to", None)
    if values["from_group"] is not None and values["from_group"] == values["to_group"]:
        reading.error(node.values["to"], "a relation of a group with itself", "another group")
    if values["type"] != "splinter" and "standing" not in values:
        reading.error(node, "a relation without `standing`", "`standing`, which only a splinter may leave out")
    return Relation(evidence=evidence, position=find_position(node), **values)


RELATION = Kind(
    "a relation",
    (
        Key(
            "between",
            Items(Ref("group"), "a list of groups", at_least=2, distinct="group"),
            help="Two or more groups, where the tie has no direction.",
        ),
        Key("from", Ref("group"), help="The splinter, affiliate or supporter."),
        Key("to", Ref("group"), help="Its origin, parent or beneficiary."),
        Key(
            "type",
            Choice(("alliance", "support", "affiliate", "splinter", "rivalry")),
            required=True,
            help="What kind of tie.",
        ),
        Key(
            "standing",
            Choice(("existing", "emerging", "discussed", "ended", "disputed")),
            help="Whether it stands; only a splinter may leave it out.",
        ),
        Key("what", Line("a phrase on one line"), help="What exactly stands or is discussed, such as a joint unit."),
        *EVIDENCE,
    ),
    _build_relation,
    one_of=(("between",), ("from", "to")),
)
