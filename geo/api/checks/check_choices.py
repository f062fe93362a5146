"""The one gate for what a user may choose: commands and library ask the same questions and get the same answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from geo.api.checks.arguments import Gate, show_value
from geo.errors import TableError
from geo.join.filters import Choices
from geo.model import Group, Table
from geo.option_values import BASES, CONFIDENCE, COUNTS, GRADE, GRADES, LANGUAGES
from geo.read.common.names import fold_name, nearest_names

__all__ = ["find_groups", "match_group", "settle_choices"]


def settle_choices(source: str, table: Table, choices: Choices) -> Choices:
    """Refuse what neither the tool nor this table knows; groups may be called by a name or an alias, and get their ids.

    Examples
    --------
    >>> table = Table("t", {}, {}, {"let": Group("let", "Lashkar-e-Taiba", "LeT")}, (), ())
    >>> settle_choices("t.yaml", table, Choices(groups=("lashkar-e-taiba",))).groups
    ('let',)
    >>> settle_choices("t.yaml", table, Choices(groups=("lett",), confidence="sure"))
    Traceback (most recent call last):
    geo.errors.TableError: t.yaml: no group 'lett'; expected one of let; nearest: let
    t.yaml: confidence 'sure'; expected one of 'low', 'moderate', 'high'
    """
    gate = Gate(source)
    groups = choices.groups
    if groups is not None:
        listed = gate.take_list("groups", groups, tuple(table.groups)[:2])
        if listed == ():
            gate.refuse("groups []", f"some of {', '.join(table.groups)}, or None, which shows all")
        groups = find_groups(gate, table, listed) if listed is not None else None
    if choices.level is not None and choices.level not in tuple(table.levels):
        _refuse_unknown(gate, "level", choices.level, table.levels)
    gate.choose("language", choices.language, LANGUAGES)
    gate.choose("count", choices.count, COUNTS)
    gate.choose_some("basis", choices.basis, BASES)
    if choices.confidence is not None:
        gate.choose("confidence", choices.confidence, CONFIDENCE)
    if choices.grade is not None and not (isinstance(choices.grade, str) and GRADE.fullmatch(choices.grade)):
        gate.refuse(f"grade {show_value(choices.grade)}", GRADES)
    gate.close(TableError)
    return replace(choices, groups=groups)


def find_groups(gate: Gate, table: Table, asked: Iterable[Any]) -> tuple[str, ...]:
    """Find groups by id, name, short name or alias; the gate is told of those that there are not."""
    found: list[str] = []
    for each in asked:
        meant = match_group(table, each) if isinstance(each, str) else ()
        if len(meant) > 1:
            gate.refuse(f"{each!r}, which {len(meant)} groups are called", f"one of {', '.join(meant)}")
        elif not meant:
            _refuse_unknown(gate, "group", each, table.groups)
        found += meant[:1]
    return tuple(found)


def match_group(table: Table, text: str) -> tuple[str, ...]:
    """List the ids of the groups that a text means: the one that has it for its id, else all that are called so.

    Examples
    --------
    >>> groups = {"let": Group("let", "Lashkar-e-Taiba", "LeT", aliases=("Army of the Pure",))}
    >>> [match_group(Table("t", {}, {}, groups, (), ()), text) for text in ("let", "ARMY of the pure", "army")]
    [('let',), ('let',), ()]
    """
    if text in table.groups:
        return (text,)
    folded = fold_name(text)
    return tuple(group.id for group in table.groups.values() if folded in set(map(fold_name, _list_names(group))))


def _list_names(group: Group) -> tuple[str, ...]:
    return group.id, group.name, group.short, *group.aliases, *group.names.values()


def _refuse_unknown(gate: Gate, kind: str, name: Any, known: Iterable[str]) -> None:
    near = nearest_names(name, known) if isinstance(name, str) else ()
    gate.refuse(f"no {kind} {show_value(name)}", f"one of {', '.join(known) or 'none'}", near)
