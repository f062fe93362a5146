"""The log of corrections: drafted from what differs between two tables, and asked for of what was published."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

from geo.api.boundaries import load_gazetteer, write_command
from geo.api.checks.arguments import Gate
from geo.api.job import Job
from geo.draw.wording.catalogue import read_catalogue
from geo.draw.wording.change_log import say_record_change
from geo.draw.wording.records import Sides
from geo.draw.wording.translated_table import localise_table
from geo.errors import Problem
from geo.export.change_log import write_draft
from geo.join.change_log import RecordChange, find_unlogged
from geo.model import Table
from geo.option_values import DEFAULT_TABLE
from geo.read.common.nodes import cut, quote
from geo.read.table.reader import read_presence

__all__ = ["NO_DATE", "draft_log", "list_unlogged"]

NO_DATE = "YYYY-MM-DD"
"""Stands where nobody said when."""


def draft_log(old: Path, new: Path, job: Job = Job(), date: str | None = None) -> str:
    r"""Draft entries for what a newer table adds, corrects and withdraws, but for what its log tells already.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     one, other = (Path(folder) / name for name in ("one.yaml", "other.yaml"))
    ...     _ = one.write_text("presence: {Group A: [Kabul]}", encoding="utf-8")
    ...     _ = other.write_text("presence: {Group A: [Kabul], Group B: [Logar]}", encoding="utf-8")
    ...     print("\n".join(draft_log(one, other, date="2021").splitlines()[1:5]))
    changes:
      - date: 2021
        type: added
        what: 'Group B: Reported presence. Logar'
    """
    gate = Gate("draft_log")
    day = gate.read_date("date", date)
    gate.close()
    gazetteer = load_gazetteer(job.boundaries)
    older, newer = (read_presence(path, gazetteer, allow_empty=job.allow_empty)[0] for path in (old, new))
    phrases = read_catalogue(job.choices.language)
    (told_older, _), (told_newer, known) = (localise_table(phrases, table, gazetteer) for table in (older, newer))
    sides = Sides(told_older, told_newer, known, phrases.about(known.noun))
    return write_draft(_draft(change, sides, str(day or NO_DATE)) for change in find_unlogged(older, newer))


def _draft(change: RecordChange, sides: Sides, date: str) -> dict[str, str | list[str]]:
    entry: dict[str, str | list[str]] = {"date": date, "type": change.type, "what": say_record_change(change, sides)}
    entry |= {"why": change.correction.reason} if change.correction else {}
    return entry | ({"records": [change.id]} if change.id else {})


def list_unlogged(table: Table, path: Path, since: Path, job: Job = Job()) -> Iterator[Problem]:
    """Warn of each record that a table, read from a path, holds otherwise than when it was published, without an entry.

    ``since`` is what was published: that table, or the folder that holds it as `DEFAULT_TABLE`.
    """
    published = since / DEFAULT_TABLE if since.is_dir() else since
    older = read_presence(published, load_gazetteer(job.boundaries), allow_empty=job.allow_empty)[0]
    name = "standard input" if str(path) == "-" else str(path)
    drafts = write_command("log", path, job.boundaries).replace("log", f"log {shlex.quote(str(published))}", 1)
    for change in find_unlogged(older, table):
        record = f"record {quote(change.id)}" if change.id else "a record without an id"
        entry = f"`{{type: {change.type}, records: {change.id}}}`" if change.id else f"`{{type: {change.type}}}`"
        found = f"{record}, {change.type} since {cut(str(published))}, of which the log says nothing"
        expected = f"an entry such as {entry} under `changes`; '{drafts}' drafts it"
        position = table.records[change.new].position if change.new is not None else None
        yield Problem(name, found, expected, (), position, "warning")
