"""What two tables say otherwise beside their records, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import Field, fields

from geo.draw.serialise import to_plain
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.change_log import say_logged_change
from geo.draw.wording.evidence import say_evidence
from geo.draw.wording.presence import describe_span, describe_strength
from geo.draw.wording.records import Sides, say_statement_place
from geo.draw.wording.relations import Tie, describe_tie
from geo.join.definition_changes import DefinitionChange
from geo.model import LoggedChange, Moment, PartOf, Relation, Source, Span, Statement, Strength, Table

__all__ = ["say_shift"]


def say_shift(shift: DefinitionChange, sides: Sides) -> str:
    """Say what one table says otherwise than the other, beside their records."""
    phrases = sides.phrases
    named = sides.groups[shift.key].name if shift.part in ("part_of", "strength", "statement") else ""
    part = phrases.say("part", shift.part, group=named, key=shift.key)
    old, new = (
        "" if value is None else _say_value(value, shift, sides, table)
        for value, table in ((shift.old, sides.old), (shift.new, sides.new))
    )
    if old and new:
        return phrases.say("shift_other", part=part, old=old, new=new)
    return phrases.say("shift_new" if new else "shift_gone", part=part, said=new or old)


def _say_value(value: object, shift: DefinitionChange, sides: Sides, table: Table) -> str:
    phrases = sides.phrases
    if isinstance(value, Strength):
        parts = [_say_value(each, shift, sides, table) for each in value.of_which]
        told = [
            describe_strength(phrases, value, table.groups),
            say_evidence(phrases, value.evidence, table),
            *parts,
        ]
        return phrases.say("semicolon").join(told)
    if isinstance(value, Statement):
        about = phrases.join_names([table.groups[each].name for each in value.about])
        told = [
            value.text,
            phrases.say("about", groups=about) if about else "",
            say_statement_place(phrases, value, sides.gazetteer),
            say_evidence(phrases, value.evidence, table),
        ]
        return " ".join(filter(None, told))
    if isinstance(value, LoggedChange):
        return say_logged_change(phrases, value)
    if isinstance(value, PartOf):
        return f"{table.groups[value.group].name} · {say_evidence(phrases, value.evidence, table)}"
    if isinstance(value, Relation):
        ends = value.between or (value.from_group or "", value.to_group or "")
        tie = Tie(0, value.type, value.standing, ends, not value.between, value.evidence, value.what)
        said = describe_tie(phrases, tie, lambda group: table.groups[group].name)
        return f"{said} · {say_evidence(phrases, value.evidence, table)}"
    if shift.part in ("region", "not_applicable"):
        names = phrases.join_names([sides.gazetteer.units[str(code)].name for code in value])  # type: ignore[attr-defined]
        if shift.part == "not_applicable":
            return names
        return phrases.say("change_item", group=shift.key, units=names)
    return _list_values(phrases, value, table)


def _list_values(phrases: Catalogue, value: object, table: Table) -> str:
    """List every value of a level, a source or a group, as its table has them."""
    if isinstance(value, Moment):
        return phrases.write_date(value)
    values: list[object] = [value]
    if hasattr(value, "__dataclass_fields__"):
        told = {field.name: getattr(value, field.name) for field in _list_told(value)}
        told |= {name: phrases.say("flag", name) for name, each in told.items() if isinstance(each, bool)}
        if isinstance(value, Source) and value.favours:
            groups = [table.groups[group].name for group in value.favours]
            told["favours"] = phrases.say("favours", groups=phrases.join_names(groups))
        values = [*told.values()]
    return phrases.say("comma").join(_flatten(phrases, values))


def _list_told(value: object) -> list[Field[object]]:
    """List what is told of a value: not what it is known by, and nothing that is the author's alone."""
    return [field for field in fields(value) if field.compare and field.name != "id"]  # type: ignore[arg-type]


def _flatten(phrases: Catalogue, values: Iterable[object]) -> list[str]:
    """Write out values in order, each once: a group's short name is mostly its name."""
    found: list[str] = []
    for value in values:
        if isinstance(value, Mapping):
            found += _flatten(phrases, value.values())
        elif isinstance(value, tuple):
            found += _flatten(phrases, value)
        elif value is not None:
            found.append(_write(phrases, value))
    return list(dict.fromkeys(found))


def _write(phrases: Catalogue, value: object) -> str:
    if isinstance(value, Moment):
        return phrases.write_date(value)
    return describe_span(phrases, value) if isinstance(value, Span) else str(to_plain(value))
