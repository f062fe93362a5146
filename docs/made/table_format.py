"""The reference of the table format, from the definitions by which `presence check` reads a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import singledispatch

from docs.made.commands import escape
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.fields.containers import Either, Items, Ref, UnitName
from geo.read.fields.dates import EXPECTED, Date
from geo.read.fields.mappings import INTERNAL, Key, Kind, Named
from geo.read.fields.numbers import Number
from geo.read.fields.scalars import Choice, Flag, Id, Line, Pattern, Prose
from geo.read.table.evidence import EVIDENCE
from geo.read.table.json_schema import ABOUT_INTERNAL
from geo.read.table.root import REGIONS, TABLE, Regions
from geo.read.table.shorthand import Shorthand

__all__ = ["list_kinds", "word_field", "write_format"]

NOUN = read_gazetteer().noun
"""What the bundled units are called; a boundary file of one's own may call its units otherwise."""

SHARED = Kind("evidence", EVIDENCE)


def write_format() -> str:
    """Write a section for each kind of mapping, from the whole table inwards.

    Returns
    -------
    str
        Markdown.

    Examples
    --------
    >>> write_format().splitlines()[0]
    '## A presence table'
    """
    kinds = {kind.label: kind for kind in (*list_kinds(TABLE), SHARED, *list_kinds(SHARED))}
    return "\n".join(map(_write_kind, kinds.values()))


def list_kinds(field: object) -> Iterator[Kind]:
    """List the kinds of mapping that a field may hold, each before those within it.

    Parameters
    ----------
    field : Field

    Returns
    -------
    iterator of Kind

    Examples
    --------
    >>> [kind.label for kind in list_kinds(TABLE)][:3]
    ['a presence table', 'a translation', 'a level']
    """
    if isinstance(field, Kind):
        yield field
        for key in _list_own(field):
            yield from list_kinds(key.field)
    elif isinstance(field, Items | Named):
        yield from list_kinds(field.item if isinstance(field, Items) else field.field)
    elif isinstance(field, Regions):
        yield from list_kinds(REGIONS)
    elif isinstance(field, Either):
        for part in (field.items, field.map):
            yield from list_kinds(part)


def _list_own(kind: Kind) -> tuple[Key, ...]:
    """List the keys of a kind without those of evidence, which have a section of their own."""
    return tuple(key for key in kind.keys if kind is SHARED or key not in EVIDENCE)


def _write_kind(kind: Kind) -> str:
    lines = [f"## {kind.label[0].upper()}{kind.label[1:]}\n"]
    if kind.one_of:
        choices = [" with ".join(f"`{name}`" for name in names) for names in kind.one_of]
        lines.append(f"Exactly one of these must stand there: {', '.join(choices[:-1])} or {choices[-1]}.\n")
    lines += [_write_key(key) for key in _list_own(kind)]
    if len(_list_own(kind)) < len(kind.keys):
        lines.append("Beside these all keys of [evidence](#evidence) may stand there.\n")
    if kind is TABLE:
        lines.append(f"`{INTERNAL}`\n: {ABOUT_INTERNAL} It may stand in any mapping. _Text._\n")
    return "\n".join(lines)


def _write_key(key: Key) -> str:
    needed = "; required" if key.required else ""
    words = re.sub(r"^(\[?)([a-z])", lambda start: start[1] + start[2].upper(), word_field(key.field))
    return f"`{key.name}`\n: {escape(NOUN.fill(key.help))} _{words}{needed}._\n"


def _link(words: str, field: object) -> str:
    """Let words lead to the first kind of mapping that a field holds."""
    words = escape(NOUN.fill(words))
    kind = next(list_kinds(field), None)
    return f"[{words}](#{kind.label.replace(' ', '-')})" if kind else words


@singledispatch
def word_field(field: object) -> str:
    """Say in words what a field takes.

    Parameters
    ----------
    field : Field

    Returns
    -------
    str
        Markdown, as the end of a sentence.

    Raises
    ------
    TypeError
        For a class that nothing is known about.

    Examples
    --------
    >>> word_field(Choice(("low", "high")))
    '`low` or `high`'
    >>> word_field(None)
    Traceback (most recent call last):
    TypeError: no words known for a field of class NoneType
    """
    raise TypeError(f"no words known for a field of class {type(field).__name__}")


@word_field.register(Prose | Line | Pattern)
def _(field: Prose | Line | Pattern) -> str:
    return escape(field.expected)


@word_field.register
def _(field: Id) -> str:
    return escape(field.form.expected)


@word_field.register
def _(field: Choice) -> str:
    *most, last = [f"`{word}`" for word in field.options]
    return f"{', '.join(most)} or {last}" if most else last


@word_field.register
def _(field: Flag) -> str:
    return f"`{field.word}`"


@word_field.register
def _(field: Date) -> str:  # noqa: ARG001
    return EXPECTED


@word_field.register
def _(field: Number) -> str:
    return f"{'a whole number' if field.whole else 'a share'} from {field.low:,} to {field.high:,}"


@word_field.register
def _(field: Ref) -> str:
    return f"the name of a {field.kind}" if field.kind == "region" else f"the id of a {field.kind}"


@word_field.register
def _(field: UnitName) -> str:  # noqa: ARG001
    return NOUN.forms["a_unit"]


@word_field.register(Items | Either)
def _(field: Items | Either) -> str:
    return _link(field.expected, field)


@word_field.register
def _(field: Kind) -> str:
    return (f"{word_field(field.short)}, or " if field.short else "") + _link(field.label, field)


@word_field.register
def _(field: Named) -> str:
    return f"under each {'id' if isinstance(field.key, Id) else 'name'} {word_field(field.field)}"


@word_field.register
def _(field: Regions) -> str:  # noqa: ARG001
    return f"under each name {word_field(REGIONS.field)}"


@word_field.register
def _(field: Shorthand) -> str:  # noqa: ARG001
    return "group names with their provinces"
