"""What a person answers where a new entry asks: words become the values of a table, or it is said why not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.errors import Problem
from geo.model import Gazetteer
from geo.read.common.names import fold_name
from geo.read.common.nodes import Text
from geo.read.common.plain_values import make_node
from geo.read.fields.containers import Items, Ref, UnitName
from geo.read.fields.mappings import IDENTIFIER, Kind, Named
from geo.read.fields.scalars import Choice, Field
from geo.read.table.groups import STATEMENT, STRENGTH
from geo.read.table.reader import open_context
from geo.read.table.records import RECORD, RELATION
from geo.read.table.sources import SOURCE
from geo.read.yaml.parse import parse_tree
from geo.yaml_words import Value

__all__ = ["AnswerReader", "Option"]

COMMA = re.compile(r"\s*[,;،؛]\s*")
SPAN = re.compile(r"(\S+)?\s*(?:\bto\b|–|\.\.)\s*(\S+)?")
KINDS = {"presence": RECORD, "relations": RELATION, "sources": SOURCE, "strength": STRENGTH, "statements": STATEMENT}
GROUPED = ("strength", "statements")
"""Parts that stand under a group."""

SPANNED = {"observed": ("from", "to"), "unlocated": ("low", "high")}
"""Keys whose answer may have two ends, and what these are called."""


@dataclass(frozen=True)
class Option:
    """One of the values that may be chosen, and what it is called."""

    value: str
    name: str = ""


class AnswerReader:
    r"""Reads answers for one table, whose own names they are.

    Examples
    --------
    >>> from geo.read.boundaries.gazetteer import read_gazetteer
    >>> reader = AnswerReader(b"groups: {a: {name: Red Group}}\npresence: []", "t.yaml", read_gazetteer())
    >>> reader.read("presence", "group", "red group"), reader.read("presence", "in", "Konar, Ghor")
    ('a', ['Kunar', 'Ghor'])
    >>> reader.read("presence", "in", "Konnar").message
    "unknown province 'Konnar'; expected a province, not a district or town; nearest: Kunar"
    """

    def __init__(self, data: bytes, source: str, gazetteer: Gazetteer) -> None:
        self.context = open_context(parse_tree(data, source), source, gazetteer)

    def list_keys(self, part: str) -> tuple[str, ...]:
        """List the keys of an entry of a part of the table whose values are answered in a line."""
        fields = KINDS[part].fields
        own = ("group",) if part in GROUPED else ()
        return own + tuple(key for key, field in fields.items() if not _is_nested(field))

    def is_needed(self, part: str, key: str) -> bool:
        """Tell whether an entry must have a key."""
        return key == "group" or key in KINDS[part].required

    def list_options(self, part: str, key: str) -> tuple[Option, ...]:
        """List what may be chosen under a key; nothing where it is free, or a unit."""
        field = _find_field(part, key)
        field = field.item if isinstance(field, Items) else field
        if isinstance(field, Choice):
            return tuple(map(Option, field.options))
        if not isinstance(field, Ref):
            return ()
        known = self.context.ids.get(field.kind, {})
        return tuple(Option(id_, names[0] if names and names[0] != id_ else "") for id_, names in known.items())

    def read(self, part: str, key: str, answer: str) -> Value | Problem:
        """Read an answer as the value of a key; groups, levels and sources may be given by their names."""
        field = _find_field(part, key)
        value = self._shape(field, key, answer.strip())
        context = self.context
        context.problems, context.errors = [], 0
        field.read(make_node(value, key), context)
        return context.problems[0] if context.errors else value

    def check_id(self, answer: str) -> Problem | None:
        """Say what is wrong with an id."""
        context = self.context
        context.problems, context.errors = [], 0
        IDENTIFIER.read(Text(answer, True, 1, 1), context)
        return context.problems[0] if context.errors else None

    def _shape(self, field: Field, key: str, answer: str) -> Value:
        """Give an answer the shape that its field wants."""
        if key in SPANNED and (found := SPAN.fullmatch(answer)):
            return {name: end for name, end in zip(SPANNED[key], found.groups(), strict=True) if end}
        if isinstance(field, Items) and isinstance(field.item, Ref | UnitName):
            parts = [self._name(field.item, each) for each in COMMA.split(answer) if each]
            return parts[0] if len(parts) == 1 and isinstance(field.item, Ref) and field.or_one else parts or answer
        if isinstance(field, Items) and not isinstance(field.item, Kind):
            return [each for each in COMMA.split(answer) if each]
        return self._name(field, answer)

    def _name(self, field: Field, answer: str) -> str:
        """Give the id of what goes by a name; a unit is called by its own, if no other is."""
        gazetteer = self.context.gazetteer
        if isinstance(field, UnitName) and not gazetteer.parts and (code := self.context.identify_unit(answer)):
            name = gazetteer.units[code].name
            return name if self.context.identify_unit(name) == code else answer
        if not isinstance(field, Ref) or answer in self.context.ids.get(field.kind, {}):
            return answer
        meant = self.context.list_meant(field.kind, fold_name(answer))
        return meant[0] if len(meant) == 1 else answer


def _is_nested(field: Field) -> bool:
    return isinstance(field, Kind | Named) or (isinstance(field, Items) and isinstance(field.item, Kind))


def _find_field(part: str, key: str) -> Field:
    """Find what reads a key; the group of a strength or a statement is the one under which it stands."""
    fields = KINDS[part].fields
    return Ref("group") if key == "group" and key not in fields else fields[key]
