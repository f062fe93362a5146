"""Entries put into the text of a table: at the end of their list, and no other letter moves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from yaml import YAMLError

from geo.errors import Problem, TableError
from geo.model import Gazetteer, Group, NewEntry, Table
from geo.read.common.file_text import MARK, check_size, decode_text
from geo.read.common.names import nearest_names
from geo.read.common.nodes import quote
from geo.read.table.reader import parse_presence
from geo.read.updates.extents import Extent, read_extents
from geo.read.updates.text_page import LINE_END, TextPage
from geo.read.yaml.tidy import Edit, apply
from geo.yaml_words import Value, split_block, write_json, write_value, write_word

__all__ = ["BY_HAND", "LISTED", "SHORT", "EntrySplicer", "splice_entries"]

BY_HAND = "one that 'presence fmt' tidied, or the entry put there by hand"
SHORT = "the short form, in which a record has no room for a level or a source"
LISTED = "a list of records, each with `group` and `in`"
STEP = "  "
BESIDE = 60
"""Letters of an entry that may stand on the line of the one before, in brackets."""


def splice_entries(
    data: bytes, source: str, gazetteer: Gazetteer, entries: Sequence[NewEntry], before: Table | None = None
) -> tuple[bytes, Table, tuple[Problem, ...]]:
    r"""Put entries into a table, each at the end of the list or mapping that it is for; where there is none it is made.

    Comments, order, line ends and every other byte stay. Entries are written as the one before them is. The result has
    been read whole; beside it are the table that was read from it and what is doubtful there. A table with errors,
    and an entry that the reader refuses, is a `TableError`, for which ``source`` is the file's name. ``before`` is the
    table, where it was read already.

    Examples
    --------
    >>> from geo.read.boundaries.gazetteer import read_gazetteer
    >>> text = b"groups: {a: {name: A}}\npresence:\n  - {group: a, in: Kabul}  # one\n# end"
    >>> entry = NewEntry(("presence",), {"group": "a", "in": ["Kunar"], "quote": "In Kunar."})
    >>> print(splice_entries(text, "t.yaml", read_gazetteer(), [entry])[0].decode())
    groups: {a: {name: A}}
    presence:
      - {group: a, in: Kabul}  # one
      - {group: a, in: [Kunar], quote: "In Kunar."}
    # end
    """
    if before is None or not entries:
        before, warnings = parse_presence(data, source, gazetteer, allow_empty=True)
        if not entries:
            return data, before, warnings
    text = decode_text(data, source)
    mark = MARK if data.startswith(MARK) else b""
    for under in dict.fromkeys(each.under for each in entries):
        added = [each for each in entries if each.under == under]
        text = apply(text, EntrySplicer(TextPage(text), source).list_edits(under, added))
    spliced = mark + text.encode()
    check_size(spliced, source, "the table with new entries")
    try:
        after, warnings = parse_presence(spliced, source, gazetteer, allow_empty=True)
    except TableError as error:
        raise TableError(_blame(error.problems, text, entries)) from None
    if not _holds(after, before, entries):
        raise TableError([Problem(source, "a table whose text leaves no room for a new entry", BY_HAND)])
    return spliced, after, warnings


class EntrySplicer:
    """One text, and where it may be added to."""

    def __init__(self, page: TextPage, source: str) -> None:
        self.page, self.source = page, source
        self.text, self.root, self.line_end = page.text, page.root, page.line_end

    def list_edits(self, under: tuple[str, ...], entries: Sequence[NewEntry]) -> list[Edit]:
        """List what is put where for entries that all go under the same keys."""
        parent = self.root
        for key in under[:-1]:
            if parent.kind != "map" or key not in parent.values:
                known = tuple(parent.values)
                found = f"a new entry for {' / '.join(map(quote, under))}, and no {quote(key)} in the table"
                raise TableError([Problem(self.source, found, "what the table defines", nearest_names(key, known))])
            parent = parent.values[key]
        place = parent.values.get(under[-1])
        if place is None:
            return list(self._open_section(parent, under[-1], entries))
        if place.kind == "list":
            return list(self._add_items(place, [each.values for each in entries]))
        if place.kind == "map" and all(each.name for each in entries):
            return list(self._add_pairs(place, [(str(each.name), each) for each in entries]))
        raise TableError([Problem(self.source, SHORT, LISTED)])

    def _open_section(self, parent: Extent, key: str, entries: Sequence[NewEntry]) -> Iterator[Edit]:
        """Make the list or mapping of a key that the table does not have."""
        is_map = entries[0].name is not None
        if parent.flow:
            named = {str(each.name): each.values for each in entries}
            value: Value = named if is_map else [each.values for each in entries]
            yield from self._add_flow(parent, [f"{self._word(key)}: {self._write(value)}"])
            return
        blanks = " " * parent.column
        lines = [f"{blanks}{write_word(key)}:"]
        if is_map:
            lines += [f"{blanks}{STEP}{write_word(str(each.name))}: {write_value(each.values)}" for each in entries]
        else:
            lines += [line for each in entries for line in _write_item(each.values, blanks + STEP, is_block=True)]
        is_root = parent is self.root
        if is_root and not parent.last.keeps:
            lines.insert(0, "")
        yield self._put_lines(self._find_end(parent, is_root=is_root), lines)

    def _add_items(self, place: Extent, entries: Sequence[Mapping[str, Value]]) -> Iterator[Edit]:
        """Put entries at the end of a list, written as the one before them is."""
        if place.flow:
            yield from self._add_flow(place, [self._write(each) for each in entries])
            return
        before = place.items[-1]
        lines: list[str] = []
        for each in entries:
            lines += [""] if self._is_spaced(place.items) else []
            lines += _write_item(each, " " * place.column, is_block=before.kind == "map" and not before.flow)
        yield self._put_lines(self._find_end(place), lines)

    def _add_pairs(self, place: Extent, entries: Sequence[tuple[str, NewEntry]]) -> Iterator[Edit]:
        """Put named entries at the end of a mapping."""
        if place.flow:
            pairs = [f"{self._word(name)}: {self._write(each.values)}" for name, each in entries]
            yield from self._add_flow(place, pairs)
            return
        before, blanks = place.inner[-1], " " * place.column
        lines: list[str] = []
        for name, each in entries:
            if each.values and before.kind == "map" and not before.flow:
                inner = " " * before.column
                lines += [f"{blanks}{write_word(name)}:", *_write_keys(each.values, inner)]
            else:
                lines.append(f"{blanks}{write_word(name)}: {write_value(each.values)}")
        yield self._put_lines(self._find_end(place), lines)

    def _word(self, key: str) -> str:
        return write_json(key) if self.page.is_json else write_word(key)

    def _write(self, value: Value) -> str:
        """Write a value, in a table that is JSON as JSON."""
        return write_json(value) if self.page.is_json else write_value(value)

    def _is_spaced(self, items: Sequence[Extent]) -> bool:
        """Tell whether an empty line parts the last two items of a list."""
        if len(items) == 1:
            return False
        gap = LINE_END.sub("\n", self.text[items[-2].end : items[-1].start])
        return re.search(r"\n[ \t]*\n", gap) is not None

    def _find_end(self, place: Extent, *, is_root: bool = False) -> int:
        """Find the end of the line after which a block goes on: behind comments that are its own."""
        last = place.last
        end = self.page.end_lines(place)
        at = end
        while not last.keeps and (found := LINE_END.match(self.text, at)):
            at = self.page.end_line(found.end())
            line = self.text[found.end() : at]
            stripped = line.lstrip(" \t")
            if stripped.startswith("#") and (is_root or len(line) - len(stripped) >= place.column > 0):
                end = at
            elif stripped or not is_root:
                break
        return end

    def _put_lines(self, end: int, lines: Sequence[str]) -> Edit:
        return end, end, "".join(f"{self.line_end}{line}" for line in lines)

    def _add_flow(self, place: Extent, parts: Sequence[str]) -> Iterator[Edit]:
        """Put parts at the end of what stands in brackets; a comment stays behind the part that it follows."""
        line = self.text[: place.start].rpartition("\n")[2].rpartition("\r")[2]
        blanks = " " * (len(line) - len(line.lstrip(" "))) + STEP
        closing = place.end - 1
        if not place.inner:
            yield from self._fill(place.start + 1, closing, blanks, parts)
            return
        last = place.inner[-1]
        start = [*place.keys.values()][-1].start if place.kind == "map" else last.start
        before = self.text[:start].rpartition("\n")[2].rpartition("\r")[2]
        comma = _find_comma(self.text[last.end : closing])
        after = last.end + (comma + 1 if comma is not None else 0)
        line_end = self.page.end_line(after)
        if line_end < closing and not before.strip():
            if comma is None:
                yield last.end, last.end, ","
            joined = f",{self.line_end}{before}".join(parts)
            yield line_end, line_end, f"{self.line_end}{before}{joined}{',' if comma is not None else ''}"
            return
        is_short = sum(map(len, parts)) <= BESIDE
        yield (
            last.end,
            last.end,
            "".join(f", {part}" if is_short else f",{self.line_end}{blanks}{part}" for part in parts),
        )

    def _fill(self, start: int, closing: int, blanks: str, parts: Sequence[str]) -> Iterator[Edit]:
        """Fill brackets in which nothing stands but, perhaps, comments."""
        if LINE_END.search(self.text, start, closing):
            before = self.text[:closing].rpartition("\n")[2].rpartition("\r")[2]
            joined = f",{self.line_end}{before}{STEP}".join(parts)
            yield closing, closing, f"{STEP}{joined}{self.line_end}{before}"
        else:
            joined = f",{self.line_end}{blanks}".join(parts)
            yield start, start, f"{self.line_end}{blanks}{joined}"


def _find_comma(tail: str) -> int | None:
    """Find the comma after the last part in brackets, which need not be there and may stand behind a comment."""
    found = re.match(r"(?:[^,#]|#[^\r\n]*)*", tail)
    return found.end() if found and tail[found.end() : found.end() + 1] == "," else None


def _write_item(values: Mapping[str, Value], blanks: str, *, is_block: bool) -> list[str]:
    """Write an item of a list: a key a line, or all in braces."""
    if not (is_block and values):
        return [f"{blanks}- {write_value(values)}"]
    first, *others = _write_keys(values, blanks + STEP)
    return [f"{blanks}- {first.lstrip()}", *others]


def _write_keys(values: Mapping[str, Value], blanks: str) -> list[str]:
    lines = []
    for key, value in values.items():
        if block := split_block(value):
            lines += [f"{blanks}{write_word(key)}: |-", *(f"{blanks}{STEP}{line}".rstrip() for line in block)]
        else:
            lines.append(f"{blanks}{write_word(key)}: {write_value(value, key)}")
    return lines


def _blame(problems: Sequence[Problem], text: str, entries: Sequence[NewEntry]) -> list[Problem]:
    """Say of errors in which new entry they are, for their lines are those of no file."""
    try:
        root = read_extents(text)
    except (YAMLError, ValueError):  # an escape that names no character
        return [replace(each, position=None) for each in problems]
    starts = [_find_new(root, number, entries) for number in range(len(entries))]
    lines = [(len(LINE_END.findall(text, 0, start)) + 1, number) for number, start in enumerate(starts, 1)]
    told = []
    for each in problems:
        number = max((line, at) for line, at in [(0, 0), *lines] if not each.position or line <= each.position.line)[1]
        named = f"new entry {number}: " if number and len(entries) > 1 and each.position else ""
        told.append(replace(each, found=named + each.found, position=None))
    return told


def _find_new(root: Extent, number: int, entries: Sequence[NewEntry]) -> int:
    """Find where a new entry begins in the text that holds it."""
    under = entries[number].under
    place = root
    for key in under:
        place = place.values[key]
    after = sum(each.under == under for each in entries[number + 1 :])
    return place.inner[-1 - after].start


def _holds(after: Table, before: Table, entries: Sequence[NewEntry]) -> bool:
    """Tell whether a table is another one with as many entries more at the ends of its lists."""
    counts: dict[tuple[str, ...], int] = {}
    for each in entries:
        counts[each.under] = counts.get(each.under, 0) + 1
    records, ties = counts.get(("presence",), 0), counts.get(("relations",), 0)
    groups = {id_: _trim(group, counts) for id_, group in after.groups.items()}
    groups = {id_: group for id_, group in groups.items() if id_ in before.groups or ("groups",) not in counts}
    sources = {id_: each for id_, each in after.sources.items() if id_ in before.sources or ("sources",) not in counts}
    trimmed = replace(
        after, records=after.records[: len(after.records) - records], claims=before.claims, groups=groups,
        relations=after.relations[: len(after.relations) - ties], sources=sources,
    )  # fmt: skip
    return trimmed == before and len(after.records) == len(before.records) + records


def _trim(group: Group, counts: dict[tuple[str, ...], int]) -> Group:
    strengths = len(group.strengths) - counts.get(("groups", group.id, "strength"), 0)
    statements = len(group.statements) - counts.get(("groups", group.id, "statements"), 0)
    return replace(group, strengths=group.strengths[:strengths], statements=group.statements[:statements])
