"""Nodes as plain values, and plain values as nodes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geo.read.common.nodes import List, Map, Node, Text
from geo.yaml_words import Value, write_value

__all__ = ["make_node", "to_value", "trim_value", "word_node"]


def to_value(node: Node) -> Value:
    """Give the value of a node, its texts to the letter.

    Examples
    --------
    >>> to_value(make_node({"in": ["Kabul "]}))
    {'in': ['Kabul ']}
    """
    if isinstance(node, Text):
        return node.text
    if isinstance(node, List):
        return [to_value(item) for item in node.items]
    return {name: to_value(value) for name, value in node.values.items()}


def trim_value(value: Value) -> Any:
    """Give what a value says to whoever reads it: blanks around a text say nothing.

    Examples
    --------
    >>> trim_value({"in": ("Kabul ",)})
    {'in': ['Kabul']}
    """
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        return {name: trim_value(each) for name, each in value.items()}
    return [trim_value(each) for each in value]


def word_node(node: Node | None) -> Any:
    """Give what a node says, however it is written.

    Examples
    --------
    >>> word_node(make_node({"a": ["b", "c "]}))
    {'a': ['b', 'c']}
    """
    return None if node is None else trim_value(to_value(node))


def make_node(value: Value, key: str = "") -> Node:
    """Make the node that would be read where a value is written.

    Examples
    --------
    >>> make_node({"in": ["Kabul"]}).values["in"].items[0].text
    'Kabul'
    """
    if isinstance(value, str):
        return Text(value, not write_value(value, key).startswith('"'), 1, 1)
    if isinstance(value, Mapping):
        made = Map(True, 1, 1)
        for name, each in value.items():
            made.keys[name], made.values[name] = Text(name, True, 1, 1), make_node(each, name)
        return made
    listed = List(1, 1)
    listed.items = [make_node(each) for each in value]
    return listed
