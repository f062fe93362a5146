"""One table as it is edited: its text is the truth, each change is read whole before it counts, all can be undone."""

from __future__ import annotations

import difflib
import re
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from geo.api.boundaries import load_boundaries, load_gazetteer
from geo.api.editing.edit_draft import drop_draft, read_draft, write_draft
from geo.api.editing.entry_changes import list_changes, merge_entries
from geo.api.editing.merge_texts import merge_texts
from geo.api.editing.pasted import Pasted, propose_rows, propose_text
from geo.api.editing.starter_example import has_example, remove_example
from geo.api.entry.added_entries import check_path
from geo.api.job import Job
from geo.errors import PresenceError, Problem, TableError, WriteError
from geo.model import Position, Table
from geo.read.boundaries.bundled import Boundaries
from geo.read.common.file_text import A_TABLE, MARK, decode_text, read_bytes
from geo.read.table.reader import check_tree
from geo.read.updates.move_entry import drop_comments, list_comments, move_entry
from geo.read.updates.rename_id import rename_id
from geo.read.updates.splice_change import Path as Keys
from geo.read.updates.splice_change import list_places, parse_once, read_plain, splice_change
from geo.read.updates.splice_entries import LISTED, SHORT
from geo.read.updates.splice_records import list_lost_comments
from geo.write.files import write_files

__all__ = ["EditSession"]

LINE_END = re.compile("(\r\n|\r|\n)")
MOST_UNDONE = 200
MOST_BYTES = 100_000_000
DEEPEST = 20
RENAMED = ("groups", "sources", "levels", "regions")
CONFLICT = "was changed on disk in the same lines as here, so nothing was written"
CHOOSE = "one of both: take the file as it is now, which can be undone here, or put its lines into the text by hand"
MERGED = (
    "was changed on disk meanwhile: its changes and those made here stand in one text now, which is not written yet"
)


class EditSession:
    """A table's text from when it is opened until it is saved.

    Each question is a mapping with ``do``; each answer says whether that was done, what was wrong with it, and how the
    table is now. A change that the reader refuses is answered with its words, and the text stays as it was; a table
    that was wrong already takes what makes it no worse.
    """

    def __init__(self, path: Path, job: Job = Job()) -> None:
        check_path(path)
        self.path, self.job = path, replace(job, allow_empty=True)
        self.gazetteer = load_gazetteer(job.boundaries)
        self.lock, self.drawing = threading.RLock(), threading.Lock()
        self.base = self.data = read_bytes(path, replace(A_TABLE, is_piped=False))
        # Each with the file that it was made of: what is undone is no way to write over another's changes.
        self.undone: list[tuple[bytes, bytes]] = []
        self.redone: list[tuple[bytes, bytes]] = []
        self.version = 0
        self.drafted = False
        if (kept := read_draft(path)) and kept[1] not in (self.base, kept[0]):
            self.base, self.data = kept
            self.drafted = True
        elif kept:
            drop_draft(path)
        decode_text(self.data, str(path))
        self.table, self.problems = self._check(self.data)

    @cached_property
    def boundaries(self) -> Boundaries:
        """What its map is drawn on."""
        return load_boundaries(self.job.boundaries)

    def answer(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Do what a page asks, one thing at a time."""
        done = {
            "state": lambda: {}, "change": lambda: self._change(asked["changes"]),
            "text": lambda: self._put_text(asked["text"]), "undo": lambda: self._step(self.undone, self.redone),
            "redo": lambda: self._step(self.redone, self.undone), "show": self._show_text,
            "save": self._save, "reload": self._reload, "drop": lambda: self._drop(asked),
            "move": lambda: self._move(asked), "rename": lambda: self._rename(asked),
            "propose": lambda: self._propose(asked), "bare": self._remove_example,
        }[asked["do"]]  # fmt: skip
        with self.lock:
            if asked["do"] not in ("state", "show") and asked.get("version") != self.version:
                return {"done": False, "stale": True, "told": [], **self._describe()}
            try:
                result = {"done": True, "told": [], **done()}
            except PresenceError as error:
                result = {"done": False, "told": [self._tell(each) for each in error.problems]}
            return {**result, **self._describe()}

    def _check(self, data: bytes) -> tuple[Table | None, tuple[Problem, ...]]:
        """Read the whole table: what it says, if it holds together, and all that is wrong or doubtful."""
        try:
            root, cuts = parse_once(data, str(self.path))
            table, warnings = check_tree(root, str(self.path), self.gazetteer, True, cuts)
        except TableError as error:
            return None, error.problems
        if not table.records and data.strip():
            try:
                check_tree(root, str(self.path), self.gazetteer, False)
            except TableError as error:
                warnings += tuple(replace(each, severity="warning") for each in error.problems)
        return table, warnings

    def _change(self, changes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        data = self.data
        for each in changes:
            path, value = _take_path(each["path"]), each["value"]
            data = splice_change(data, str(self.path), path, None if value is None else _take_value(value))
        return self._accept(data)

    def _drop(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Take an entry out; of comments that are its own it is asked first what becomes of them."""
        (part, key), name, data = _take_path(asked["path"]), str(self.path), self.data
        number = self._find_number(part, key)
        found = list_comments(data, name, str(part), number)
        if found and asked.get("comments") not in ("drop", "leave"):
            return {"done": False, "comments": found}
        if found and asked["comments"] == "drop":
            data = drop_comments(data, name, str(part), number)
        return self._accept(splice_change(data, name, (part, key), None))

    def _move(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        part, key = _take_path(asked["path"])
        number, by = self._find_number(part, key), asked["by"]
        return self._accept(move_entry(self.data, str(self.path), str(part), number, by))

    def _rename(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        part, old = _take_path(asked["path"])
        if not isinstance(asked["to"], str) or part not in RENAMED:
            raise TypeError("an id")
        return self._accept(rename_id(self.data, str(self.path), self.gazetteer, str(part), str(old), asked["to"]))

    def _find_number(self, part: str | int, key: str | int) -> int:
        """Say which of its part an entry is."""
        held = read_plain(self.data, str(self.path))[str(part)]
        if not isinstance(held, dict | list):
            raise TypeError("a part that has entries")
        return [*(held if isinstance(held, dict) else range(len(held)))].index(key)

    def _propose(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Read a text or rows by the table as it stands; none of it is kept."""
        text, source = asked["text"], asked.get("source", "")
        if not isinstance(text, str) or not isinstance(source, str):
            raise TypeError("a text")
        if self.table is None:
            return {"done": False, "told": [self._tell(each) for each in self.problems]}
        if isinstance(read_plain(self.data, str(self.path)).get("presence"), dict):
            raise TableError([Problem(str(self.path), SHORT, LISTED)])
        pasted = Pasted(self.path, self.data, self.table, self.gazetteer)
        return propose_rows(pasted, text, source) if asked["rows"] else propose_text(pasted, text, source, self.job)

    def _remove_example(self) -> dict[str, Any]:
        return self._accept(remove_example(self.data, str(self.path)))

    def _put_text(self, text: str) -> dict[str, Any]:
        if not isinstance(text, str):
            raise TypeError("a text")
        before = decode_text(self.data, str(self.path))
        text = keep_line_ends(before, text)
        mark = MARK if self.data.startswith(MARK) else b""
        data = mark + text.encode("utf-8", "surrogatepass")
        decode_text(data, str(self.path))
        return self._accept(data)

    def _accept(self, data: bytes) -> dict[str, Any]:
        """Let a text count if the reader takes it, or finds nothing wrong but what was wrong before."""
        if data == self.data:
            return {}
        table, problems = self._check(data)
        if table is None and not _count_errors(problems) <= _count_errors(self.problems):
            before = [self._tell(each) for each in self.problems]
            return {"done": False, "told": _list_new([self._tell(each, data) for each in problems], before)}
        self._keep()
        self.redone = []
        return self._take(data, table, problems)

    def _keep(self) -> None:
        self.undone = [*self.undone[-MOST_UNDONE:], (self.base, self.data)]
        while len(self.undone) > 1 and sum(len(data) for _, data in self.undone) > MOST_BYTES:
            del self.undone[0]

    def _take(self, data: bytes, table: Table | None, problems: tuple[Problem, ...]) -> dict[str, Any]:
        self.data, self.table, self.problems = data, table, problems
        self.version += 1
        try:
            if data == self.base:
                drop_draft(self.path)
            else:
                write_draft(self.path, self.base, data)
        except WriteError as error:
            return {"told": [self._tell(each) for each in error.problems]}
        return {}

    def _step(self, source: list[tuple[bytes, bytes]], target: list[tuple[bytes, bytes]]) -> dict[str, Any]:
        if not source:
            return {}
        target.append((self.base, self.data))
        self.base, data = source.pop()
        return self._take(data, *self._check(data))

    def _show_text(self) -> dict[str, Any]:
        """Show the text, and what saving would change in the file: by its lines, and entry by entry."""
        before, after = (_split(data) for data in (self.base, self.data))
        diff = [*difflib.unified_diff(before, after, lineterm="")][2:]
        return {"text": decode_text(self.data, str(self.path)), "diff": diff, "entries": self._list_changes()}

    def _list_changes(self) -> list[dict[str, Any]]:
        """List what is changed, each with what it says now, or said."""
        name = str(self.path)
        try:
            old, new = (read_plain(data, name) for data in (self.base, self.data))
        except TableError:
            return []
        told = []
        for each in list_changes(old, new):
            tree, key = (old, each.was) if each.how == "dropped" else (new, each.key)
            value = tree[each.part] if key is None else tree[each.part][key]
            told.append({"part": each.part, "how": each.how, "was": each.was, "key": key, "value": value})
        texts = [decode_text(data, name) for data in (self.base, self.data)]
        for how, pair in (("dropped", texts), ("added", texts[::-1])):
            told += [{"part": "comment", "how": how, "value": each} for each in list_lost_comments(*pair)]
        return told

    def _save(self) -> dict[str, Any]:
        if worse := self._list_worse():
            return {"done": False, "told": worse}
        # Whatever takes time comes before the file is looked at: another may write it meanwhile.
        on_disk = read_bytes(self.path, replace(A_TABLE, is_piped=False))
        if on_disk != self.base:
            return self._merge(on_disk)
        if self.data != on_disk:
            try:
                write_files({self.path: self.data}, known={self.path: on_disk})
            except WriteError:
                on_disk = read_bytes(self.path, replace(A_TABLE, is_piped=False))
                if on_disk in (self.base, self.data):
                    raise
                return self._merge(on_disk)
        for steps in (self.undone, self.redone):
            steps[:] = [(self.data, data) for base, data in steps if base == self.base]
        self.base, self.drafted = self.data, False
        drop_draft(self.path)
        return {"saved": True}

    def _list_worse(self) -> list[dict[str, Any]]:
        """List what is wrong that was not wrong in the file."""
        if self.table is not None:
            return []
        before = self._check(self.base)[1]
        if _count_errors(self.problems) <= _count_errors(before):
            return []
        return _list_new([self._tell(each) for each in self.problems], [self._tell(each, self.base) for each in before])

    def _merge(self, on_disk: bytes) -> dict[str, Any]:
        """Put what was changed on disk meanwhile into the text, or show where both changed the same."""
        name = str(self.path)
        texts = (decode_text(each, name) for each in (self.base, self.data, on_disk))
        merged = merge_texts(*texts)
        data = None if merged is None else (MARK if on_disk.startswith(MARK) else b"") + merged.encode()
        table, problems = (None, ()) if data is None else self._check(data)
        if table is None and (entries := merge_entries(self.base, self.data, on_disk, name)):
            data = entries
            table, problems = self._check(data)
        if data is None or table is None:
            diff = [*difflib.unified_diff(_split(self.data), _split(on_disk), lineterm="")][2:]
            told = [self._tell(Problem(name, CONFLICT, CHOOSE)), *(self._tell(each, data) for each in problems)]
            return {"done": False, "told": told, "conflict": diff}
        self._keep()
        self.base = on_disk
        self._take(data, table, problems)
        return {"done": False, "told": [self._tell(Problem(name, MERGED, "a look at it, then to be saved"))]}

    def _reload(self) -> dict[str, Any]:
        """Take the file as it is now; what was edited can be had back by undoing that."""
        data = read_bytes(self.path, replace(A_TABLE, is_piped=False))
        decode_text(data, str(self.path))
        self._keep()
        self.base, self.drafted = data, False
        return self._take(data, *self._check(data))

    def _describe(self) -> dict[str, Any]:
        try:
            plain: dict[str, Any] | None = read_plain(self.data, str(self.path))
        except TableError:
            plain = None
        places = [list(record.place.units) for record in self.table.records] if self.table else []
        return {
            "version": self.version, "table": plain, "places": places, "changed": self.data != self.base,
            "undo": bool(self.undone), "redo": bool(self.redone), "drafted": self.drafted,
            "problems": [self._tell(each) for each in self.problems], "example": has_example(plain),
        }  # fmt: skip

    def _tell(self, problem: Problem, data: bytes | None = None) -> dict[str, Any]:
        """Say a problem as `check` does, with the keys that lead to it."""
        told: dict[str, Any] = {"message": problem.message, "severity": problem.severity, "path": []}
        if isinstance(place := problem.position, Position):
            told |= {"line": place.line, "column": place.column}
            if places := list_places(self.data if data is None else data, str(self.path)):
                told["path"] = [*places.find(place.line, place.column, problem.message)]
        return told


def _count_errors(problems: Sequence[Problem]) -> Counter[str]:
    """Count mistakes by their wording: one more of a kind is one more."""
    return Counter(each.message for each in problems if each.severity == "error")


def _list_new(told: Sequence[dict[str, Any]], before: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """List what was not told before: of what is worded alike that which stands elsewhere."""
    known = Counter((each["message"], *each["path"]) for each in before)
    more = Counter(each["message"] for each in told) - Counter(each["message"] for each in before)
    new: list[dict[str, Any]] = []
    for each in told:
        key = (each["message"], *each["path"])
        if known[key]:
            known[key] -= 1
        elif more[each["message"]]:
            more[each["message"]] -= 1
            new.append(each)
    return new


def keep_line_ends(before: str, text: str) -> str:
    r"""Give the lines of a browser's text field, which knows one line end only, those that they had, or the first.

    Examples
    --------
    >>> keep_line_ends("a\r\nb\nc", "a\nb\nnew\nc")
    'a\r\nb\nnew\r\nc'
    """
    held, given = LINE_END.split(before), LINE_END.split(text)
    known, lines = held[::2], given[::2]
    ends = [held[1] if len(held) > 1 else "\n"] * (len(lines) - 1)
    if len({*held[1::2]}) > 1:
        for block in difflib.SequenceMatcher(None, known, lines, autojunk=False).get_matching_blocks():
            for number in range(min(block.size, len(known) - 1 - block.a, len(ends) - block.b)):
                ends[block.b + number] = held[2 * (block.a + number) + 1]
    return "".join(line + end for line, end in zip(lines, [*ends, ""], strict=True))


def _split(data: bytes) -> list[str]:
    return data.decode("utf-8-sig").replace("\r\n", "\n").split("\n")


def _take_path(said: Any) -> Keys:
    """Take keys and numbers, or raise."""
    if not isinstance(said, list) or not 0 < len(said) <= DEEPEST:
        raise TypeError("a path")
    if not isinstance(said[0], str) or not all(isinstance(each, str) or type(each) is int for each in said):
        raise TypeError("a path")
    return tuple(said)


def _take_value(said: Any, depth: int = 0) -> Any:
    """Take texts, lists and mappings of these, or raise."""
    if depth > DEEPEST:
        raise ValueError("too deep")
    if isinstance(said, dict):
        return {name: _take_value(each, depth + 1) for name, each in said.items()}
    if isinstance(said, list):
        return [_take_value(each, depth + 1) for each in said]
    if not isinstance(said, str):
        raise TypeError("a text")
    return said
