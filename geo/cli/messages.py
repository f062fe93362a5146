"""What is told on the way and at the end, on standard error; results go to standard output."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from geo.cli.terminal import echo, show_line
from geo.errors import Problem

if TYPE_CHECKING:
    from geo.api import BoundaryFile, Built, Job, Published

__all__ = [
    "MOST_WARNINGS", "choose_voice", "count", "cut_warnings", "name_place", "open_file", "summarise", "tell_built",
    "tell_published", "word_warnings",
]  # fmt: skip

MOST_WARNINGS = 5

Voice = Callable[[str], None]


def choose_voice(quiet: bool) -> Voice:
    """Return what takes a line for the user: standard error, or nothing when ``quiet``.

    Examples
    --------
    >>> choose_voice(quiet=True)("drawing overlay")
    """
    if not quiet:
        return _echo
    from geo.api import stay_silent

    return stay_silent


def _echo(line: str) -> None:
    echo(show_line(line), err=True)


def open_file(file: Path, voice: Voice) -> None:
    """Open a file in the user's browser, or say that there is none."""
    import webbrowser

    if not webbrowser.open(file.resolve().as_uri()):
        voice(f"no browser found; open {file} in one yourself")


def count(number: int, noun: str) -> str:
    """Put a number before a regular noun.

    Examples
    --------
    >>> count(1, "record"), count(0, "group")
    ('1 record', '0 groups')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def name_place(file: Path) -> str:
    """Name where something went.

    Examples
    --------
    >>> name_place(Path("a.html")), name_place(Path("-"))
    ('a.html', 'standard output')
    """
    from geo.api import OUTPUT

    return "standard output" if file == OUTPUT else str(file)


def word_warnings(warnings: Iterable[Problem]) -> list[str]:
    """Word each warning as compilers do, place first.

    Examples
    --------
    >>> word_warnings([Problem("t.yaml", "no source", severity="warning")])
    ['t.yaml: warning: no source']
    """
    return [str(replace(warning, found=f"warning: {warning.found}")) for warning in warnings]


def tell_built(built: Built, files: Mapping[str, Path], table: Path, job: Job) -> None:
    """Tell what became of a job on a table."""
    for line in summarise(built, files, table, job.boundaries):
        job.progress(line)


def tell_published(published: Published, folder: Path, table: Path, job: Job) -> None:
    """Tell what was published where, what is in it and what is doubtful."""
    size = sum(map(len, published.files.values()))
    job.progress(
        f"wrote {folder}: {count(len(published.files), 'file')} ({size / 1_000_000:.1f} MB); see index.html there"
    )
    if published.key:
        job.progress(
            f"signed manifest.json by {published.key}; 'presence verify' with --signers says whose key that is"
        )
    for path in published.removed:
        job.progress(f"removed {path}, which this run does not write again")
    job.progress(_word_report(published))
    for line in cut_warnings(published.warnings, table, job.boundaries):
        job.progress(line)


def summarise(
    built: Built, files: Mapping[str, Path], table: Path, boundaries: BoundaryFile | None = None
) -> list[str]:
    """Say what was written where, what is on the map and what is not; sizes are in kB of 1000 bytes.

    Examples
    --------
    >>> from geo.api import Built, JoinReport
    >>> from geo.model import UnitNoun
    >>> report = JoinReport(("a", "b", "c"), ("a",), ("b",), (), ("c",), (4,), (), ())
    >>> built = Built({"overlay": b"x" * 1600}, report, (), UnitNoun())
    >>> summarise(built, {"overlay": Path("o.html")}, Path("t.yaml"))[0]
    'wrote o.html (2 kB)'
    >>> summarise(Built({}, report, (), UnitNoun("area", "areas")), {}, Path("t.yaml"))
    ['1 of 3 areas named, 1 only as part of a region, 1 in no record; 1 record covers the whole country']
    """
    lines = [
        f"wrote {name_place(path)} ({len(built.pages[name]) / 1000:.0f} kB)"
        for name, path in files.items()
        if name in built.pages
    ]
    lines += [f"removed {path}, which this run does not write again" for path in built.left.removed]
    if built.left.others:
        lines.append("not of this run: " + ", ".join(f"{path} ({why})" for path, why in built.left.others.items()))
    return [*lines, _word_report(built), *cut_warnings(built.warnings, table, boundaries)]


def cut_warnings(warnings: Sequence[Problem], table: Path, boundaries: BoundaryFile | None = None) -> list[str]:
    """Word the first warnings of a table and its boundaries and, where there are more, which commands tell them all.

    Examples
    --------
    >>> doubts = [Problem("t.yaml", "no source", severity="warning")] * 7
    >>> cut_warnings(doubts, Path("t.yaml"))[-1]
    "... and 2 warnings more: see 'presence check t.yaml'"
    """
    from geo.api import BUNDLED, write_command, write_inspection_command

    file, hidden = boundaries or BUNDLED, warnings[MOST_WARNINGS:]
    if not hidden:
        return word_warnings(warnings)
    of_file = [each for each in hidden if each.file == str(file.path)]
    commands = [write_command("check", table, file)] if len(of_file) < len(hidden) else []
    commands += [write_inspection_command(file)] if of_file else []
    told = " and ".join(f"'{command}'" for command in commands)
    more = f"... and {count(len(hidden), 'warning')} more: see {told}"
    return [*word_warnings(warnings[:MOST_WARNINGS]), more]


def _word_report(built: Built | Published) -> str:
    report, noun = built.report, built.noun
    off_map = len(report.nationwide), len(report.unlocated)
    parts = [
        f"{len(report.named)} of {len(report.units)} {noun.one if len(report.units) == 1 else noun.many} named",
        f"{len(report.region_only)} only as part of a region",
        f"{len(report.uncounted)} in a record that this map does not count" if report.uncounted else "",
        f"{len(report.uncovered)} in no record",
    ]
    hidden = sum(report.hidden.values())
    ends = [
        f"{count(hidden, 'record')} left out" if hidden else "",
        f"{count(report.stale, 'record')} out of date" if report.stale else "",
        f"{count(off_map[0], 'record')} cover{'s' if off_map[0] == 1 else ''} the whole country" if off_map[0] else "",
        f"{count(off_map[1], 'record')} name{'s' if off_map[1] == 1 else ''} no {noun.one}" if off_map[1] else "",
    ]
    return "; ".join(filter(None, [", ".join(filter(None, parts)), *ends]))
