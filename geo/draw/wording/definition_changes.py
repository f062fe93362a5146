"""What two tables say otherwise beside their records, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields

from geo.draw.serialise import to_plain
from geo.draw.wording.catalogue import join_names, word
from geo.draw.wording.evidence import say_evidence
from geo.draw.wording.presence import describe_date, describe_span, describe_strength
from geo.draw.wording.records import Sides
from geo.draw.wording.relations import Tie, describe_tie
from geo.join.definition_changes import DefinitionChange
from geo.model import Moment, PartOf, Relation, Span, Statement, Strength, Table

__all__ = ["say_shift"]


def say_shift(shift: DefinitionChange, sides: Sides) -> str:
    """Say what one table says otherwise than the other, beside their records."""
    named = sides.groups[shift.key].name if shift.part in ("part_of", "strength", "statement") else ""
    part = word("part", shift.part, group=named)
    old, new = (
        "" if value is None else _say_value(value, shift, sides, table)
        for value, table in ((shift.old, sides.old), (shift.new, sides.new))
    )
    if old and new:
        return word("shift_other", part=part, old=old, new=new)
    return word("shift_new" if new else "shift_gone", part=part, said=new or old)


def _say_value(value: object, shift: DefinitionChange, sides: Sides, table: Table) -> str:
    if isinstance(value, Strength):
        parts = [_say_value(each, shift, sides, table) for each in value.of_which]
        told = [describe_strength(value, table.groups), say_evidence(value.evidence, table), *parts]
        return word("semicolon").join(told)
    if isinstance(value, Statement):
        about = join_names([table.groups[each].name for each in value.about])
        told = [value.text, word("about", groups=about) if about else "", say_evidence(value.evidence, table)]
        return " ".join(filter(None, told))
    if isinstance(value, PartOf):
        return f"{table.groups[value.group].name} · {say_evidence(value.evidence, table)}"
    if isinstance(value, Relation):
        ends = value.between or (value.from_group or "", value.to_group or "")
        tie = Tie(0, value.type, value.standing, ends, not value.between, value.evidence)
        said = describe_tie(tie, lambda group: table.groups[group].name)
        return f"{said} · {say_evidence(value.evidence, table)}"
    if shift.part in ("region", "not_applicable"):
        names = join_names([sides.gazetteer.units[str(code)].name for code in value])  # type: ignore[attr-defined]
        if shift.part == "not_applicable":
            return names
        return word("change_item", group=shift.key, units=names)
    return _list_values(value)


def _list_values(value: object) -> str:
    """List every value of a level, a source or a group, as its table has them."""
    if isinstance(value, Moment):
        return describe_date(value)
    if not hasattr(value, "__dataclass_fields__"):
        return str(value)
    names = [field.name for field in fields(value) if field.name != "id"]  # type: ignore[arg-type]
    return word("comma").join(_flatten([getattr(value, name) for name in names]))


def _flatten(values: Iterable[object]) -> list[str]:
    """Write out values in order, each once: a group's short name is mostly its name."""
    found: list[str] = []
    for value in values:
        if isinstance(value, Mapping):
            found += _flatten(value.values())
        elif isinstance(value, tuple):
            found += _flatten(value)
        elif value is not None:
            found.append(_write(value))
    return list(dict.fromkeys(found))


def _write(value: object) -> str:
    if isinstance(value, Moment):
        return describe_date(value)
    return describe_span(value) if isinstance(value, Span) else str(to_plain(value))
