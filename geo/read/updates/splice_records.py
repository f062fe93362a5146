"""The text of a table with what rows of a sheet change: spliced at known places, and no other letter moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from yaml import tokens as yt

from geo.model import NewEntry
from geo.read.common.nodes import Map
from geo.read.common.plain_values import to_value
from geo.read.fields.mappings import INTERNAL
from geo.read.table.records import RECORD
from geo.read.updates.extents import Extent
from geo.read.updates.merge_rows import KeyChange, RowOutcome
from geo.read.updates.splice_entries import EntrySplicer
from geo.read.updates.splice_values import ValueSplicer, find_value
from geo.read.updates.text_page import LINE_END, TextPage
from geo.read.yaml.indent import is_written
from geo.read.yaml.tidy import Edit, apply, scan

__all__ = ["list_lost_comments", "splice_rows"]

ORDER = {name: place for place, name in enumerate((*(key.name for key in RECORD.keys), INTERNAL))}


def splice_rows(text: str, source: str, rows: Iterable[RowOutcome]) -> str:
    r"""Write into the text of a table, which holds together, what rows of a sheet change.

    Line ends are those of the text, the first of them for what is new.
    """
    page = TextPage(text)
    rows = tuple(rows)
    edits: list[Edit] = []
    for row in rows:
        if row.record is None and row.changes and (held := find_value(page.root, ("presence", row.index))):
            edits += _change_record(ValueSplicer(page), held, row.changes)
    changed = apply(text, _join_insertions(edits))
    added = [NewEntry(("presence",), _write_record(row.record)) for row in rows if row.record is not None]
    return (
        apply(changed, EntrySplicer(TextPage(changed), source).list_edits(("presence",), added)) if added else changed
    )


def list_lost_comments(before: str, after: str) -> tuple[str, ...]:
    r"""List the comments of a text that another has no more: those that stood within what was replaced.

    Examples
    --------
    >>> list_lost_comments("a: [b, # one\n c] # two", "a: d # two")
    ('# one',)
    """
    return tuple((Counter(_list_comments(before)) - Counter(_list_comments(after))).elements())


def _list_comments(text: str) -> Iterator[str]:
    """List the comments of a text: what stands between its tokens."""
    done = 0
    for token in scan(text):
        if is_written(token) or isinstance(token, yt.StreamEndToken):
            start, end = token.start_mark.index, token.end_mark.index
            yield from (line[line.index("#") :].rstrip() for line in LINE_END.split(text[done:start]) if "#" in line)
            done = end
            if isinstance(token, yt.ScalarToken) and token.style in ("|", ">"):
                head = LINE_END.split(text[start:end])[0]
                yield from [head[head.index("#") :].rstrip()] if "#" in head else []


def _write_record(record: Map) -> dict[str, object]:
    return {name: to_value(value) for name, value in record.values.items()}


def _join_insertions(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Join what is put in at one place, in the order in which it was listed."""
    joined: dict[int, str] = {}
    for start, end, new in edits:
        if start == end:
            joined[start] = joined.get(start, "") + new
        else:
            yield start, end, new
    yield from ((start, start, new) for start, new in joined.items())


def _change_record(splicer: ValueSplicer, record: Extent, changes: Sequence[KeyChange]) -> Iterator[Edit]:
    """Change keys of a record, and of mappings in it."""
    for change in changes:
        *under, name = change.path
        held, in_flow = record, record.flow
        for each in under:
            held = held.values[each]
            in_flow = in_flow or held.flow
        if change.value is None:
            yield from splicer.remove_key(held, name)
            continue
        new = to_value(change.value)
        if change.was:
            yield from splicer.replace(held, change.was, new, in_flow=in_flow, renamed=name)
        elif name in held.values:
            yield from splicer.replace(held, name, new, in_flow=in_flow)
        else:
            yield from splicer.add_key(held, name, new, ORDER, in_flow=in_flow)
