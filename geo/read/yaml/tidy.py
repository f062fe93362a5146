"""A table made tidy: its text is spliced at known places, so that comments, order and every word stay.

Tidied are blanks at the end of lines, the end of the file, line ends, a byte order mark, the indentation (two columns a
step, lists under their key as well) and the blanks around ``-``, ``:``, ``,`` and brackets. Words, quotes, comments,
empty lines and the breaks of lines are the author's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from yaml import tokens as yt

from geo.errors import TableError
from geo.read.common.file_text import check_size, decode_text
from geo.read.common.nodes import List, Map, Node, Text
from geo.read.fields.mappings import INTERNAL
from geo.read.yaml.comments import find_cut
from geo.read.yaml.indent import CLOSING, OPENING, Layout, Source, is_written
from geo.read.yaml.parse import LOADER, parse_tree, pause_collector

__all__ = ["hide_internal", "is_same_tree", "tidy_text"]

Edit = tuple[int, int, str]
HIDDEN = "(internal)"
LONE = re.compile("\r(?!\n)")
"""A line end that YAML knows and `Source` does not."""


def tidy_text(data: bytes, source: str) -> str:
    r"""Tidy the text of a table so that whoever reads it finds the same values; else it stays as it was.

    If it is no YAML that a table may be written in, or would be too large to be read again, that is a `TableError`, for
    which ``source`` is the file's name.

    Examples
    --------
    >>> tidy_text(b"groups :\r\n- {a:  1,b: [ x,y ]}   # note", "t.yaml")
    'groups:\n  - {a: 1, b: [x, y]}   # note\n'
    """
    text = decode_text(data, source)
    with pause_collector():
        tree, tidied = parse_tree(data, source), splice(text)
        check_size(tidied.encode(), source, "the tidy table")
        return tidied if _holds(tidied, tree) else text


def _holds(text: str, tree: Node) -> bool:
    """Tell whether a text is one from which a tree is read."""
    try:
        return is_same_tree(parse_tree(text.encode(), ""), tree)
    except TableError:
        return False


def is_same_tree(one: Node, other: Node) -> bool:
    """Tell whether two trees hold the same, wherever it stands.

    Examples
    --------
    >>> is_same_tree(parse_tree(b"a: [1]", "t"), parse_tree(b"a:  [ 1 ]", "t"))
    True
    >>> is_same_tree(parse_tree(b"a: 1", "t"), parse_tree(b"a: '1'", "t"))
    False
    """
    if isinstance(one, Text) and isinstance(other, Text):
        return (one.text, one.plain) == (other.text, other.plain)
    if isinstance(one, List) and isinstance(other, List):
        return len(one.items) == len(other.items) and all(map(is_same_tree, one.items, other.items))
    if isinstance(one, Map) and isinstance(other, Map):
        return (list(one.values), one.flow) == (list(other.values), other.flow) and all(
            map(is_same_tree, one.values.values(), other.values.values())
        )
    return False


def hide_internal(text: str) -> str:
    """Replace each text under ``internal`` in the text of a good table by one word, so that the rest may be shown.

    Examples
    --------
    >>> hide_internal("{internal: a secret, note: none}")
    '{internal: (internal), note: none}'
    """
    text = LONE.sub("\n", text)
    place = Source(text)
    tokens = list(scan(text))
    edits = []
    for key, colon, value in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if isinstance(colon, yt.ValueToken) and isinstance(value, yt.ScalarToken) and key.value == INTERNAL:
            start, end = place.find(value.start_mark), place.find(value.end_mark)
            edits.append((start, end, HIDDEN + ("\n" if text[start:end].endswith("\n") else "")))
            line_end = (text + "\n").index("\n", end)
            if value.plain and find_cut(text[end:line_end], 0):  # the rest of a text that YAML cuts
                edits.append((end, line_end, ""))
    return apply(text, edits)


def scan(text: str) -> Iterator[Any]:
    """Give the tokens of a text."""
    loader = LOADER(text)
    try:
        while (token := loader.get_token()) is not None:
            yield token
    finally:
        loader.dispose()


def splice(text: str) -> str:
    """Tidy a text, whatever becomes of its values; twice is as good as once."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    source = Source(text)
    layout = Layout(source)
    edits: list[Edit] = []
    previous: Any = None
    for token in scan(text):
        layout.take(token)
        if is_written(token):
            edits += _close_gap(previous, token, source)
            previous = token
    edits += _edit_lines(source, layout)
    tidied = apply(text, edits)
    if len(source.lines) - 1 in layout.kept:  # the end of a text after | or >, where each line end may count
        return tidied
    return tidied.rstrip("\n") + "\n"


def _close_gap(previous: Any, token: Any, source: Source) -> Iterator[Edit]:
    """Give the blanks between two tokens on one line the width they should have."""
    if previous is None or previous.end_mark.line != token.start_mark.line:
        return
    start, end = source.find(previous.end_mark), source.find(token.start_mark)
    gap = source.text[start:end]
    wanted = _choose_gap(previous, token)
    if wanted is not None and gap != wanted and not gap.strip(" \t"):
        yield start, end, wanted


def _choose_gap(previous: Any, token: Any) -> str | None:
    """Say which blanks belong between two tokens; None where they are left."""
    ends = isinstance(token, (yt.FlowEntryToken, *CLOSING))
    if isinstance(previous, yt.BlockEntryToken):
        return " "
    if isinstance(previous, yt.ValueToken | yt.FlowEntryToken):
        return None if ends else " "
    if isinstance(previous, OPENING):
        return None if isinstance(token, yt.FlowEntryToken) else ""
    if ends or (isinstance(token, yt.ValueToken) and isinstance(previous, yt.ScalarToken)):
        return ""
    return None


def _edit_lines(source: Source, layout: Layout) -> Iterator[Edit]:
    """Indent each line, and cut the blanks at its end."""
    for number, line in enumerate(source.lines):
        start, width = source.starts[number], source.measure(number)
        if number in layout.kept and not line.strip(" "):
            yield start, start + len(line), " " * layout.indents.get(number, len(line))
            continue
        if number in layout.indents:
            yield start, start + width, " " * layout.indents[number]
        stripped = line.rstrip(" \t")
        if number not in layout.kept and len(stripped) < len(line):
            yield start + max(len(stripped), width if stripped else 0), start + len(line), ""


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Replace parts of a text, each given by its start and end."""
    parts, done = [], 0
    for start, end, new in sorted(edits):
        if start >= done:
            parts += [text[done:start], new]
            done = end
    return "".join([*parts, text[done:]])
