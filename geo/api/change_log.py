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
from geo.draw.wording.definition_changes import say_shift
from geo.draw.wording.records import Sides
from geo.draw.wording.translated_table import localise_table
from geo.errors import Problem
from geo.export.change_log import write_draft
from geo.join.change_log import PartChange, RecordChange, find_unlogged
from geo.model import Position, Table
from geo.option_values import DEFAULT_TABLE, PUBLISHED_TABLE
from geo.read.any_table import read_table
from geo.read.common.nodes import cut, quote
from geo.write.manifest import MANIFEST

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
    older, newer = (read_table(path, gazetteer, allow_empty=job.allow_empty)[0] for path in (old, new))
    phrases = read_catalogue(job.choices.language)
    (told_older, _), (told_newer, known) = (localise_table(phrases, table, gazetteer) for table in (older, newer))
    sides = Sides(told_older, told_newer, known, phrases.about(known.noun))
    return write_draft(_draft(change, sides, str(day or NO_DATE)) for change in find_unlogged(older, newer, gazetteer))


def _draft(change: RecordChange | PartChange, sides: Sides, date: str) -> dict[str, str | list[str]]:
    if isinstance(change, PartChange):
        said = sides.phrases.say("semicolon").join(say_shift(shift, sides) for shift in change.shifts)
        return {"date": date, "type": change.type, "what": said, "parts": [change.part]}
    entry: dict[str, str | list[str]] = {"date": date, "type": change.type, "what": say_record_change(change, sides)}
    entry |= {"why": change.correction.reason} if change.correction else {}
    return entry | ({"records": [change.id]} if change.id else {})


def list_unlogged(table: Table, path: Path, since: Path, job: Job = Job()) -> Iterator[Problem]:
    """Warn of all that a table, read from a path, says otherwise than when it was published, without an entry.

    ``since`` is what was published: that table, or the folder that holds it, a publication or another.
    """
    published, gazetteer = _find_published(since), load_gazetteer(job.boundaries)
    older = read_table(published, gazetteer, allow_empty=job.allow_empty)[0]
    name = "standard input" if str(path) == "-" else str(path)
    drafts = write_command("log", path, job.boundaries).replace("log", f"log {shlex.quote(str(published))}", 1)
    for change in find_unlogged(older, table, gazetteer):
        what, entry, position = _describe(change, table)
        found = f"{what}, {change.type} since {cut(str(published))}, of which the log says nothing"
        yield Problem(name, found, f"{entry} under `changes`; '{drafts}' drafts it", (), position, "warning")


def _find_published(since: Path) -> Path:
    """Find the table in a folder: a publication is known by the list of its files."""
    if not since.is_dir():
        return since
    inside = since / PUBLISHED_TABLE
    return inside if (since / MANIFEST).is_file() and inside.is_file() else since / DEFAULT_TABLE


def _describe(change: RecordChange | PartChange, table: Table) -> tuple[str, str, Position | None]:
    """Say what changed, which entry names it, and where it stands now."""
    if isinstance(change, PartChange):
        position = next((each for shift in change.shifts if (each := getattr(shift.new, "position", None))), None)
        return f"`{change.part}`", f"an entry such as `{{type: {change.type}, parts: {change.part}}}`", position
    position = table.records[change.new].position if change.new is not None else None
    if change.id:
        entry = f"an entry such as `{{type: {change.type}, records: {change.id}}}`"
        return f"record {quote(change.id)}", entry, position
    entry = f"an entry such as `{{type: {change.type}}}` whose `what` names its groups, and its place or else its level"
    return "a record without an id", entry, position
