"""Groups or levels of one name, groups of the same letters: a map could not tell them apart, nor could a table."""

from __future__ import annotations

from collections.abc import Iterator

from geo.read.common.names import fold_case
from geo.read.common.nodes import List, Map, Node, Text, quote
from geo.read.fields.table_context import TableContext

__all__ = ["refuse_namesakes"]

SECTIONS = (("groups", ("name", "short", "aliases")), ("groups", ("letters",)), ("levels", ("name",)))
"""Which names of which parts are compared with one another."""

WORDS = {"name": "is the name", "short": "is the short name", "aliases": "is an alias", "letters": "are the letters"}
CLASHING = {
    "name": ("name", "short", "aliases"), "short": ("name", "short"), "aliases": ("name",), "letters": ("letters",),
}  # fmt: skip
"""Which names of others each may not be: two groups may share an alias, by which neither is found."""


def refuse_namesakes(root: Node, reading: TableContext) -> None:
    """Refuse names that differ in case or width at most; those that are alike in other ways may be two things."""
    for section, keys in SECTIONS:
        part = root.values.get(section) if isinstance(root, Map) else None
        if isinstance(part, Map):
            _refuse_in(section, part, keys, reading)


def _refuse_in(section: str, part: Map, keys: tuple[str, ...], reading: TableContext) -> None:
    known: dict[str, dict[str, tuple[str, Text]]] = {}
    for id_, node in part.values.items():
        own: dict[str, tuple[str, Text]] = {}
        for key, text in _list_texts(node, keys):
            if folded := fold_case(text.text):
                own.setdefault(folded, (key, text))
        for folded, (key, text) in own.items():
            called = known.setdefault(folded, {})
            if whose := next((each for each in CLASHING[key] if each in called), None):
                other, where = called[whose]
                found = f"{quote(text.text)} for {quote(id_)}, which {WORDS[whose]} of {quote(other)}"
                tell = "letters" if key == "letters" else "names"
                expected = f"one of these {section}, or {tell} that tell them apart"
                reading.error(text, f"{found} on line {where.line}", expected)
            called.setdefault(key, (id_, text))


def _list_texts(node: Node, keys: tuple[str, ...]) -> Iterator[tuple[str, Text]]:
    """List the names of a group or level with the key that each stands under."""
    values = node.values if isinstance(node, Map) else {}
    for key in keys:
        value = values.get(key)
        for each in value.items if isinstance(value, List) else [value]:
            if isinstance(each, Text):
                yield key, each
