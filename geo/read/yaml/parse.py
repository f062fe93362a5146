"""YAML as a plain tree that keeps every line and column, and refuses what can mislead.

All scalars stay text: the schema decides what is a number or a date, so ``NO`` is never False and ``017`` never 15.
The tree is built from PyYAML's event stream without recursion, so that no depth of nesting can break it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from geo.errors import Problem, TableError
from geo.read.common.file_text import A_TABLE, Wanted, decode_text, read_bytes
from geo.read.common.nodes import Node, Text
from geo.read.yaml.builder import Builder

__all__ = ["parse_tree", "pause_collector", "read_tree"]

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

TOO_DEEP = "exceeded maximum nesting depth"
"""What libyaml, as in PyYAML 6.0.4, says of brackets it looked ahead over: without the place where our limit ends."""


def read_tree(path: Path | str, cuts: list[Problem] | None = None, wanted: Wanted = A_TABLE) -> Node:
    """Read a YAML file, or standard input where the path is ``-``, as `parse_tree` does.

    ``wanted`` is what it should be, for messages.

    Examples
    --------
    >>> read_tree("no/such.yaml")
    Traceback (most recent call last):
    geo.errors.TableError: no/such.yaml: there is no such file; expected the path of a presence table
    """
    return parse_tree(read_bytes(path, wanted), "standard input" if str(path) == "-" else str(path), cuts)


def parse_tree(data: bytes, source: str, cuts: list[Problem] | None = None) -> Node:
    """Turn the bytes of a YAML document into a tree, and give its root; ``source`` is the file's name, for messages.

    Where the text is no YAML, or holds an anchor, alias, tag, merge key, duplicate key, a key that is no text, a second
    document, nothing at all, or more than the limits of depth and size, that is a `TableError`. ``cuts`` gains a
    warning for each text that YAML cuts since a ``#`` stands in it.

    Examples
    --------
    >>> root = parse_tree(b"title: NO", "t.yaml")
    >>> value = root.values["title"]
    >>> value.text, value.plain, value.line, value.column
    ('NO', True, 1, 8)
    >>> parse_tree(b"", "t.yaml")
    Traceback (most recent call last):
    geo.errors.TableError: t.yaml: the file is empty; expected a presence table
    >>> cuts = []
    >>> parse_tree(b"name: Battalion #055", "t.yaml", cuts).values["name"].text, cuts[0].found
    ('Battalion', 'text cut at ` #055`')
    """
    text = decode_text(data, source)
    with pause_collector():
        builder = _build(text, source, LOADER)
    if builder.problems:
        raise TableError(builder.problems) from None
    if builder.root is None or (isinstance(builder.root, Text) and not builder.root.text):
        raise TableError([Problem(source, "the file is empty", "a presence table")])
    if cuts is not None:
        cuts += builder.cuts
    return builder.root


def _build(text: str, source: str, loader: Any) -> Builder:
    builder = Builder(source, text)
    try:
        builder.build(loader(text))
    except yaml.YAMLError as error:
        if getattr(error, "problem", "") == TOO_DEEP and loader is not yaml.SafeLoader:
            return _build(text, source, yaml.SafeLoader)
        builder.note_syntax(error)
    except (ValueError, OverflowError):  # the pure Python scanner on an escape beyond Unicode
        builder.refuse(None, "an escape that names no character", "another escape or the character itself")
    return builder


@contextmanager
def pause_collector() -> Iterator[None]:
    """Keep the garbage collector from walking a growing tree again and again: it halves the time.

    Afterwards all is as before.

    Examples
    --------
    >>> with pause_collector():
    ...     gc.isenabled()
    False
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
