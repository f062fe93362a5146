"""Two tables, or one table at two times: what differs, as text, Markdown, JSON, and as a page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from geo.api.boundaries import load_boundaries, load_gazetteer
from geo.api.checks.check_choices import settle_choices
from geo.api.job import Job
from geo.api.maps import render_page
from geo.api.output_paths import settle_file
from geo.api.tables import refuse_empty
from geo.draw.pages.diff_data import describe_changes
from geo.draw.wording.catalogue import read_catalogue
from geo.draw.wording.diff import count_changes, count_claimed, count_corrections, write_passages
from geo.draw.wording.presence import say_hidden
from geo.draw.wording.records import Sides, say_table
from geo.draw.wording.translated_table import localise_table
from geo.export.report_text import write_outline, write_plain_outline
from geo.join.diff import Changes, find_changes
from geo.join.filters import Choices, Selection, select_records
from geo.model import Gazetteer, Moment, Table
from geo.read.any_table import parse_table
from geo.read.common.file_text import read_bytes
from geo.read.table.file_at_commit import read_commit
from geo.write.files import write_files

__all__ = ["Difference", "Version", "build_diff", "render_diff"]


@dataclass(frozen=True)
class Version:
    """A table as one file holds it, with ``commit`` as a commit of git does, with ``day`` as of that day."""

    path: Path
    commit: str | None = None
    day: Moment | None = None

    @property
    def name(self) -> str:
        """What messages call it, as git does."""
        if self.commit is not None:
            return f"{self.commit}:{self.path}"
        return "standard input" if str(self.path) == "-" else str(self.path)

    @property
    def label(self) -> str:
        """What a reader is told beside the title: no folder of this machine."""
        return self.commit if self.commit is not None else "" if str(self.path) == "-" else self.path.name


Read = tuple[Version, Table]


@dataclass(frozen=True)
class Difference:
    """What differs between two tables: as text in the form asked for, and as a page where it is wanted."""

    text: str
    page: bytes | None
    is_empty: bool


def render_diff(
    old: Version, new: Version, job: Job = Job(), *, form: str = "text", with_page: bool = False
) -> Difference:
    """Tell what differs between two tables in one of `DIFF_FORMS`, in memory.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     one, other = (Version(Path(folder) / name) for name in ("one.yaml", "other.yaml"))
    ...     _ = one.path.write_text("presence: {Group A: [Kabul]}", encoding="utf-8")
    ...     _ = other.path.write_text("presence: {Group A: [Kabul, Logar]}", encoding="utf-8")
    ...     print(render_diff(one, other).text.splitlines()[-3])
    Newly named
    """
    gazetteer = load_gazetteer(job.boundaries)
    read = [(version, _read(version, gazetteer, job)) for version in (old, new)]
    choices = _settle_both(read, job.choices)
    older, newer = (_select(version, table, choices, job.allow_empty) for version, table in read)
    job.progress("comparing")
    changes = find_changes(read[0][1], read[1][1], choices, (old.day, new.day))
    phrases = read_catalogue(choices.language)
    (told_older, _), (told_newer, known) = (localise_table(phrases, side.table, gazetteer) for side in (older, newer))
    sides = Sides(told_older, told_newer, known, phrases.about(known.noun), (old.label, new.label))
    if form == "json":
        text = json.dumps(describe_changes(changes, sides), ensure_ascii=False, indent=2)
    else:
        hidden = [say_hidden(phrases, side.hidden, len(table.records), version.day or choices.as_of)
                  for side, (version, table) in zip((older, newer), read, strict=True)]  # fmt: skip
        text = _write_text(changes, sides, hidden, form)
    page = _draw(read, changes, choices, job) if with_page else None
    return Difference(text, page, changes.is_empty)


def build_diff(
    old: Version, new: Version, job: Job = Job(), *, form: str = "text", file: Path | None = None
) -> Difference:
    """Tell the same and, where it has a file to go to, draw and write the page."""
    if file is None:
        return render_diff(old, new, job, form=form)
    file, _ = settle_file(file, ["html"], read=[old.path], table=new.path, boundaries=job.boundaries)
    found = render_diff(old, new, job, form=form, with_page=True)
    write_files({file: found.page or b""})
    return found


def _read(version: Version, gazetteer: Gazetteer, job: Job) -> Table:
    job.progress(f"reading {version.name}")
    data = read_bytes(version.path) if version.commit is None else read_commit(version.path, version.commit)
    return parse_table(data, version.name, gazetteer, allow_empty=job.allow_empty)[0]


def _settle_both(read: Sequence[Read], choices: Choices) -> Choices:
    """Refuse a level that one of the tables has not, and a group that neither has."""
    for version, table in read:
        settle_choices(version.name, table, replace(choices, groups=None))
    (old, older), (new, newer) = read
    both = replace(newer, groups={**older.groups, **newer.groups}, levels={**older.levels, **newer.levels})
    return settle_choices(" and ".join(dict.fromkeys((old.name, new.name))), both, choices)


def _choose(version: Version, choices: Choices) -> Choices:
    return replace(choices, as_of=version.day or choices.as_of)


def _select(version: Version, table: Table, choices: Choices, allow_empty: bool | None) -> Selection:
    """Take what counts of a table; where that is nothing, all would seem to be no longer named."""
    chosen = _choose(version, choices)
    selection = select_records(table, chosen)
    if not allow_empty:
        refuse_empty(version.name, selection.table, table, chosen)
    return selection


def _write_text(changes: Changes, sides: Sides, hidden: Sequence[str], form: str) -> str:
    phrases, tables = sides.phrases, zip((sides.old, sides.new), sides.labels, hidden, strict=True)
    older, newer = (f"{say_table(phrases, table, label)} {rest}".strip() for table, label, rest in tables)
    title = phrases.say("change_title", title=sides.new.title)
    lead = [phrases.say("change_older", said=older), phrases.say("change_newer", said=newer)]
    if changes.is_empty:
        lead.append(phrases.say("no_difference"))
    elif counts := [*count_changes(phrases, changes), *count_corrections(phrases, changes)]:
        counted = phrases.say("stop", said=phrases.say("semicolon").join(counts))
        lead.append(" ".join([counted, *count_claimed(changes, sides)]))
    write = write_outline if form == "markdown" else write_plain_outline
    return write(title, lead, write_passages(changes, sides))


def _draw(read: Sequence[Read], changes: Changes, choices: Choices, job: Job) -> bytes:
    from geo.draw.pages.diff import draw_diff
    from geo.join.joined_table import join_presence

    found = load_boundaries(job.boundaries)
    job.progress("drawing change")
    older, newer = (
        join_presence(table, found.gazetteer, found.frame, _choose(version, choices)) for version, table in read
    )
    labels = (read[0][0].label, read[1][0].label)
    return render_page(draw_diff(older, newer, found.topology, changes, labels))
